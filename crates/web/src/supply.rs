//! What the server is given to work with.

use crate::example;
use brink_geo::layer::Layer;
use brink_policy::{Compiled, WrittenPackage};
use brink_source::{Document, Index};
use std::path::PathBuf;

/// Where the package, layers and text come from.
pub struct Supply {
    /// Reads everything anew. The fault is for the operator.
    pub load: Box<dyn Fn() -> Result<Parts, String> + Send + Sync>,
    /// Files and folders to look at: when one of them changes, everything is read anew.
    pub watch: Vec<PathBuf>,
}

/// What was read.
pub struct Parts {
    /// The package to judge with.
    pub package: Compiled,
    /// The package as written.
    pub written: WrittenPackage,
    /// The drawings of the package, and over them the layers of the operator.
    pub layers: Vec<Layer>,
    /// Names of places.
    pub places: Vec<PlaceName>,
    /// Example plans.
    pub examples: Vec<Example>,
    /// The text of the vision, when the operator has it.
    pub text: Option<SourceText>,
}

/// A place by name.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceName {
    /// Its name.
    pub name: String,
    /// Longitude and latitude of its middle.
    pub at: [f64; 2],
    /// The area of its municipality.
    pub municipality: Option<String>,
    /// Inhabitants, about.
    pub inhabitants: Option<f64>,
}

/// An example plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its name, for an address.
    pub name: String,
    /// The plan, as JSON.
    pub plan: serde_json::Value,
}

impl Example {
    /// The address of its page, from the root of the server; `None` when it is no plan.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        Some(format!("/toets?{}", example::query(&self.plan)?.query()))
    }
}

/// The text of a vision, and a way to search it.
pub struct SourceText {
    /// The text.
    pub document: Document,
    /// Its index.
    pub index: Index,
}
