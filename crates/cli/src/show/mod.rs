//! Output for people: at most as wide as the terminal, colours only there.

pub(crate) mod assessment;
pub(crate) mod finding;
pub(crate) mod geojson;
pub(crate) mod here;
mod layout;
pub(crate) mod ledger;
pub(crate) mod suitability;

pub(crate) use layout::{Styles, count, paragraph, paragraph_with, tame, width};
