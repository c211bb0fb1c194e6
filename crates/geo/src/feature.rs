//! What a reader gives: shapes with their names.

use geo_types::Geometry;
use std::collections::BTreeMap;

/// A shape with a name and what is written about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The id the file gives it, or its number in the file, from 1.
    pub id: String,
    /// Its shape, in RD New.
    pub geometry: Geometry<f64>,
    /// What is written about it, as text.
    pub properties: BTreeMap<String, String>,
}

/// Everything a file held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// In the order of the file.
    pub features: Vec<Feature>,
    /// What was mended or left out, for people.
    pub remarks: Vec<Remark>,
}

/// Something that was mended or left out while reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The feature it is about; empty for the whole file.
    pub feature: String,
    /// In Dutch, for people.
    pub text: String,
}
