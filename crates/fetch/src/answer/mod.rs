//! What an answer is, before it is read as features.

mod check;
pub(crate) mod geojson;
pub(crate) mod gml;
pub(crate) mod xml;

pub(crate) use check::{check, words};
