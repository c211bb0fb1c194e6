//! Output for people: at most as wide as the terminal, colours only there.

pub(crate) mod assessment;
pub(crate) mod finding;
mod layout;

pub(crate) use layout::{Styles, paragraph, paragraph_with, width};
