//! The areas a place lies in, as shapes.

use crate::error::ReplyError;
use crate::geojson::{Feature, FeatureCollection};
use brink_assess::{Ground, Here};
use brink_geo::layer::cut_out;
use brink_geo::place::Place;
use brink_policy::compiled::Compiled;
use geo_types::{Geometry, MultiPolygon};
use schemars::JsonSchema;
use serde::Serialize;

/// What applies at a place, on the map.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "WaarVormen")]
pub struct HereShapes<'p> {
    /// De gebieden.
    #[serde(flatten)]
    pub shapes: FeatureCollection<HereProperties<'p>>,
    /// Dat dit geen besluit is.
    pub voorbehoud: &'p str,
}

/// What is known of a shape of an area.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "WaarEigenschappen")]
pub struct HereProperties<'p> {
    /// Id van het gebied.
    pub gebied: &'p str,
    /// Naam van het gebied.
    pub naam: &'p str,
    /// Hoe de plek ligt: binnen, deels of raakt.
    #[schemars(extend("enum" = ["binnen", "deels", "raakt"]))]
    pub relatie: &'static str,
    /// Deel van de plek dat erin ligt, van 0 tot 1.
    pub aandeel: Option<f64>,
    /// Echte kaart of schets.
    pub kaartsoort: &'static str,
    /// Belangen van de normen die er gelden.
    pub belangen: Vec<&'p str>,
    /// Normen die er gelden.
    pub normen: Vec<&'p str>,
}

/// Of each area that `answer` names the shapes: what of it is in a drawn plan; at a point or line, the area as it is.
pub fn here_shapes<'p>(
    package: &Compiled,
    ground: &Ground,
    place: &Place,
    answer: &Here<'p>,
) -> Result<HereShapes<'p>, ReplyError> {
    let within = match place.geometry() {
        Geometry::Polygon(polygon) => Some(MultiPolygon(vec![polygon.clone()])),
        Geometry::MultiPolygon(polygons) => Some(polygons.clone()),
        _ => None,
    };
    let mut features = Vec::new();
    for area in &answer.geraakt {
        let id = package.vocabulary.index.areas.get(area.id);
        let Some(layer) = id.and_then(|id| ground.layer(*id)) else {
            continue;
        };
        let shapes = match &within {
            Some(within) => cut_out(&layer.shapes, within),
            None => layer.shapes.clone(),
        };
        for shape in shapes {
            let properties = HereProperties {
                gebied: area.id,
                naam: area.naam,
                relatie: area.relatie,
                aandeel: area.aandeel,
                kaartsoort: area.kaartsoort,
                belangen: area.belangen.clone(),
                normen: area.normen.iter().map(|norm| norm.id).collect(),
            };
            features.push(Feature::new(&shape, properties)?);
        }
    }
    Ok(HereShapes { shapes: FeatureCollection::new(features), voorbehoud: answer.voorbehoud })
}
