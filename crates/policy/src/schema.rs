//! JSON Schema per kind of file, for editors.

use crate::written::{
    Activity, Area, Case, Fact, Goals, Inconsistency, Interest, Package, Section, Statement, Terms,
};
use schemars::{Schema, schema_for};

/// Name and schema of every kind of file.
#[must_use]
pub fn all() -> Vec<(&'static str, Schema)> {
    vec![
        ("pakket", schema_for!(Package)),
        ("onderdelen", schema_for!(Vec<Section>)),
        ("belangen", schema_for!(Vec<Interest>)),
        ("activiteiten", schema_for!(Vec<Activity>)),
        ("gebieden", schema_for!(Vec<Area>)),
        ("gegevens", schema_for!(Vec<Fact>)),
        ("termen", schema_for!(Terms)),
        ("normen", schema_for!(Vec<Statement>)),
        ("doelen", schema_for!(Goals)),
        ("inconsistenties", schema_for!(Vec<Inconsistency>)),
        ("gevallen", schema_for!(Vec<Case>)),
    ]
}
