//! A package as written, every part with the place where it was written.

use crate::files::{Origin, ParsedFile};
use crate::finding::Place;
use crate::written::{
    Activity, Area, Case, Concept, Document, Fact, Goal, Inconsistency, Instrument, Interest, KnownPlace,
    Package, Party, Section, ServiceLevel, Statement,
};
use crate::yaml::Segment;
use indexmap::IndexMap;
use std::collections::HashSet;

/// The most sections, activities, areas and so on in a package: ids are compiled to small numbers.
pub(crate) const MAX_ITEMS: usize = 10_000;

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
    /// `doelen.yaml`, doelen
    pub goals: Vec<Item<Goal>>,
    /// `doelen.yaml`, diensten
    pub services: Vec<Item<ServiceLevel>>,
    /// `inconsistenties.yaml`
    pub inconsistencies: Vec<Item<Inconsistency>>,
    /// `gevallen/*.yaml`
    pub cases: Vec<Item<Case>>,
    /// `schets/plaatsen.yaml`
    pub places: Option<Item<IndexMap<String, KnownPlace>>>,
    /// Ids of what was written but could not be read.
    pub lost: HashSet<String>,
}

impl WrittenPackage {
    /// Leaves out what is more than a package can hold; the checks report it.
    pub(crate) fn truncate(&mut self) {
        self.sections.truncate(MAX_ITEMS);
        self.interests.truncate(MAX_ITEMS);
        self.activities.truncate(MAX_ITEMS);
        self.areas.truncate(MAX_ITEMS);
        self.facts.truncate(MAX_ITEMS);
        self.parties.truncate(MAX_ITEMS);
        self.documents.truncate(MAX_ITEMS);
        self.instruments.truncate(MAX_ITEMS);
        self.statements.truncate(MAX_ITEMS);
    }

    /// Whether an id that is not found was written all the same, in a file or value that could not be read: that has
    /// been reported already. `name` is the file it belongs in, or a folder with `/`.
    pub(crate) fn may_hold(&self, name: &str, id: &str) -> bool {
        let mut belonging = self.files.iter().filter(|file| file.name.starts_with(name)).peekable();
        let missing = !name.ends_with('/') && belonging.peek().is_none();
        missing || belonging.any(|file| !file.whole) || self.lost.contains(id)
    }

    /// Whether `item` was written with this key, also when what stands there could not be read.
    pub(crate) fn writes<T>(&self, item: &Item<T>, key: &str) -> bool {
        let file = self.files.get(item.origin.file);
        let root = file.and_then(|file| file.root.as_ref());
        root.is_some_and(|root| root.at(&item.origin.path).get(key).is_some())
    }

    /// Where something below `item` was written.
    pub fn place<T>(&self, item: &Item<T>, below: &[Segment]) -> Place {
        item.origin.place(&self.files, below)
    }
}
