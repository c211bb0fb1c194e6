//! The areas of a package with their maps.

use brink_assess::Ground;
use brink_geo::layer::{Coverage, Kind};
use brink_policy::AreaId;
use brink_policy::compiled::Compiled;
use brink_policy::written::Determination;
use schemars::JsonSchema;
use serde::Serialize;

/// An area with its map, or without.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Laag")]
pub struct LayerReply<'p> {
    /// Id van het gebied.
    pub gebied: &'p str,
    /// Naam van het gebied.
    pub naam: &'p str,
    /// Waar de kennis van het gebied op rust: een echte kaart, een schets, andere gebieden, of niets.
    #[schemars(extend("enum" = ["echt", "schets", "overal-of-buiten", "afgeleid", "geen kaart"]))]
    pub kaartsoort: &'static str,
    /// Bestand of dienst waar de kaart uit komt.
    pub bron: Option<&'p str>,
    /// Datum van de kaart (jjjj-mm-dd); leeg als die niet bekend is.
    pub datum: Option<&'p str>,
    /// Licentie; leeg als die niet bekend is.
    pub licentie: Option<&'p str>,
    /// SHA-256 van de vormen.
    pub hash: Option<&'p str>,
    /// Voor welke plekken de kaart iets zegt: een gebied, of in woorden.
    pub dekking: Option<&'p str>,
    /// Aantal vormen.
    pub vormen: Option<usize>,
    /// Oppervlakte in hectare.
    pub hectare: Option<f64>,
}

/// Every area of the package, with its layer or without.
#[must_use]
pub fn layers<'p>(package: &'p Compiled, ground: &'p Ground) -> Vec<LayerReply<'p>> {
    let areas = package.vocabulary.areas.iter().enumerate();
    areas
        .map(|(n, area)| {
            let layer = ground.layer(AreaId::from_index(n));
            let about = layer.map(|layer| &layer.about);
            LayerReply {
                gebied: &area.id,
                naam: &area.name,
                kaartsoort: match (about.map(|about| about.kind), area.determination) {
                    (Some(Kind::Echt), _) => "echt",
                    (Some(Kind::Schets), _) => "schets",
                    (None, Determination::Overal | Determination::Buiten) => "overal-of-buiten",
                    (None, Determination::Afgeleid) => "afgeleid",
                    (None, _) => "geen kaart",
                },
                bron: about.map(|about| about.source.as_str()),
                datum: about.map(|about| about.date.as_str()),
                licentie: about.map(|about| about.licence.as_str()),
                hash: about.map(|about| about.hash.as_str()),
                dekking: layer.map(|layer| spoken(&layer.coverage)),
                vormen: about.map(|about| about.features),
                hectare: about.map(|about| about.hectares.round()),
            }
        })
        .collect()
}

/// For which places a layer is complete.
fn spoken(coverage: &Coverage) -> &str {
    match coverage {
        Coverage::Area(area) => area,
        Coverage::Shape(shape) if shape.0.is_empty() => "alleen wat erop staat",
        Coverage::Shape(_) => "een eigen vorm",
        Coverage::Everywhere => "overal",
    }
}
