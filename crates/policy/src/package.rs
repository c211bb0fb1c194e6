//! A package as written, every part with the place where it was written.

use crate::files::{Origin, ParsedFile};
use crate::finding::Place;
use crate::written::{
    Activity, Area, Case, Concept, Document, Fact, Inconsistency, Instrument, Interest, Package, Party,
    Section, Statement,
};
use crate::yaml::Segment;

/// A value and where it was written.
#[derive(Debug, Clone)]
pub struct Item<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub origin: Origin,
}

impl<T> std::ops::Deref for Item<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Everything the files of a package say.
#[derive(Debug, Default)]
pub struct WrittenPackage {
    /// The trees, for places.
    pub files: Vec<ParsedFile>,
    /// `pakket.yaml`
    pub package: Option<Item<Package>>,
    /// `onderdelen.yaml`
    pub sections: Vec<Item<Section>>,
    /// `belangen.yaml`
    pub interests: Vec<Item<Interest>>,
    /// `activiteiten.yaml`
    pub activities: Vec<Item<Activity>>,
    /// `gebieden.yaml`
    pub areas: Vec<Item<Area>>,
    /// `gegevens.yaml`
    pub facts: Vec<Item<Fact>>,
    /// `termen.yaml`, partijen
    pub parties: Vec<Item<Party>>,
    /// `termen.yaml`, documenten
    pub documents: Vec<Item<Document>>,
    /// `termen.yaml`, instrumenten
    pub instruments: Vec<Item<Instrument>>,
    /// `termen.yaml`, begrippen
    pub concepts: Vec<Item<Concept>>,
    /// `normen/*.yaml`
    pub statements: Vec<Item<Statement>>,
    /// `inconsistenties.yaml`
    pub inconsistencies: Vec<Item<Inconsistency>>,
    /// `gevallen/*.yaml`
    pub cases: Vec<Item<Case>>,
}

impl WrittenPackage {
    /// Where something below `item` was written.
    pub fn place<T>(&self, item: &Item<T>, below: &[Segment]) -> Place {
        item.origin.place(&self.files, below)
    }
}
