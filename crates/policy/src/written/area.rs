//! `gebieden.yaml`

use super::{OneOrMany, SourceFilter};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An area (*gebied*). A plan in a child lies in its parents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Unieke naam in kleine letters met koppeltekens.
    pub id: String,
    /// Naam zoals een lezer hem ziet.
    pub naam: String,
    /// Bestuurlijk, groep, gebiedsaanwijzing, kaart, object, ondergrond of zone.
    pub soort: String,
    /// Nummer van de kaart in de visie.
    #[serde(default)]
    pub kaart: Option<u16>,
    /// Of dat kaartnummer vaststaat.
    #[serde(default)]
    pub kaart_zeker: Option<bool>,
    /// Gebied waar dit deel van is; meer dan een mag.
    #[serde(default)]
    pub ouder: OneOrMany,
    /// Vlak, lijn of punt.
    pub geometrie: GeometryKind,
    /// Strook om een ander gebied heen.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// Of de bron de grens geeft: ja, nee of onbekend.
    pub begrensd: String,
    /// Hoe lidmaatschap wordt vastgesteld.
    pub bepaling: Determination,
    /// Alles wat buiten dat andere gebied ligt.
    #[serde(default)]
    pub complement_van: Option<String>,
    /// Beschermingsniveau, als de bron dat noemt.
    #[serde(default)]
    pub niveau: Option<String>,
    /// Waar het ligt, in woorden.
    #[serde(default)]
    pub ligging: Option<String>,
    /// Onderdelen van de visie die het gebied noemen.
    #[serde(default)]
    pub onderdelen: Vec<String>,
    /// Waar de kaart ervan te halen is.
    #[serde(default)]
    pub bronnen: Vec<MapSource>,
    /// Andere namen.
    #[serde(default)]
    pub aliassen: Vec<String>,
    /// Keuze of waarschuwing van de redactie.
    #[serde(default)]
    pub opmerking: Option<String>,
}

/// A service or file that has the map of an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MapSource {
    /// Hoe de dienst spreekt: ogc-api-features, wfs, arcgis, atom of bestand.
    pub dienst: MapService,
    /// Adres van de dienst of het bestand.
    pub url: String,
    /// Laag van de dienst of het bestand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub laag: Option<String>,
    /// Dataset van een ATOM-feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
    /// Wat de dienst zelf al weglaat: kenmerken met hun waarden, of een tekst in de taal van de dienst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<SourceFilter>,
    /// Wat van de laag bij dit gebied hoort: kenmerk en waarde of waarden.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub kenmerk: IndexMap<String, OneOrMany>,
    /// Coördinatenstelsel, als de dienst het niet of verkeerd zegt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// Onder welke licentie.
    pub licentie: String,
    /// Wie de kaart bijhoudt.
    pub bronhouder: String,
}

/// How a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MapService {
    /// OGC API Features.
    OgcApiFeatures,
    /// WFS 2.0.
    Wfs,
    /// ArcGIS REST.
    Arcgis,
    /// An ATOM feed with downloads.
    Atom,
    /// A file.
    Bestand,
}

/// How membership is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Determination {
    /// From a map of the vision or the ordinance.
    Kaart,
    /// From a data set.
    Geodata,
    /// From children, a complement or a zone.
    Afgeleid,
    /// By asking.
    Opgave,
    /// Every place lies in it.
    Overal,
    /// Outside the territory of the vision: no place there lies in it.
    Buiten,
    /// The source says it is not delimited yet.
    NogTeBepalen,
}

/// The kind of geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GeometryKind {
    /// A polygon.
    Vlak,
    /// A line.
    Lijn,
    /// A point.
    Punt,
}

/// A strip around another area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Het gebied waar de strook omheen ligt.
    pub van: String,
    /// Breedte in meters; leeg als de bron geen maat geeft.
    #[serde(default)]
    pub meter: Option<f64>,
}
