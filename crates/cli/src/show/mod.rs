//! Output for people: at most as wide as the terminal, colours only there.

pub(crate) mod assessment;
pub(crate) mod finding;
pub(crate) mod geojson;
pub(crate) mod geopackage;
pub(crate) mod here;
pub(crate) mod picture;
pub(crate) mod suitability;
mod layout;
pub(crate) mod ledger;

pub(crate) use layout::{Styles, count, paragraph, paragraph_with, tame, width};
