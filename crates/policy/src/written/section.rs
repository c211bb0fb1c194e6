//! `onderdelen.yaml`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A section (*onderdeel*) of the source: its place and the fingerprints of its paragraphs, never its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Nummer, zoals 5.6.2.
    pub nummer: String,
    /// Titel.
    pub titel: String,
    /// Eerste en laatste regel in de bron.
    pub regels: [u32; 2],
    /// De alinea's, in volgorde.
    #[serde(default)]
    pub alineas: Vec<Paragraph>,
}

/// A paragraph of the source: where it stands and a fingerprint of its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// Eerste en laatste regel in de bron.
    pub regels: [u32; 2],
    /// Tekst, kop, opsomming, kader, tabel of bijschrift.
    pub soort: String,
    /// Vingerafdruk van de tekst, ongevoelig voor afbreking en leestekens.
    pub vingerafdruk: String,
}
