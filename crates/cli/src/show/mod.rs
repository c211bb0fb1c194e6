//! Output for people: at most as wide as the terminal, colours only there.

pub(crate) mod assessment;
pub(crate) mod finding;
mod follow_up;
pub(crate) mod here;
mod layout;
pub(crate) mod ledger;
mod norms;
mod questions;
pub(crate) mod suitability;

pub(crate) use layout::{Styles, count, paragraph, paragraph_with, series, tame, width};
