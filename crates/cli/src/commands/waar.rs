//! `brink waar`: what applies at a place, whatever the plan.

use crate::Status;
use crate::arguments::{Cli, Waar};
use crate::commands::toets::today;
use crate::error::CliError;
use crate::show;
use crate::{embedded, ground, spot};
use brink_assess::here;
use brink_geo::layer::cut_out;
use geo_types::{Geometry, MultiPolygon};
use serde_json::{Value, json};
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Waar) -> Result<Status, CliError> {
    let Some(place) = spot::place(arguments.punt.as_deref(), arguments.vlak.as_deref())? else {
        return Err(CliError::Usage(
            "er is geen plek\n  geef --punt LON,LAT of --vlak BESTAND, bijvoorbeeld: brink waar --punt 6.56,52.99".to_owned(),
        ));
    };
    let package = embedded::package(cli)?;
    let ground = ground::ground(cli, &package)?;
    let answer = here(&package, &ground, &place, &today());
    let mut out = anstream::stdout().lock();
    if arguments.geojson {
        // What of each area is in the plan; at a point or line, the area as it is.
        let within = match place.geometry() {
            Geometry::Polygon(polygon) => Some(MultiPolygon(vec![polygon.clone()])),
            Geometry::MultiPolygon(polygons) => Some(polygons.clone()),
            _ => None,
        };
        let mut features: Vec<Value> = Vec::new();
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
                features.push(json!({
                    "type": "Feature",
                    "geometry": show::geojson::geometry(&shape)?,
                    "properties": {
                        "gebied": area.id, "naam": area.naam, "relatie": area.relatie, "aandeel": area.aandeel,
                        "kaartsoort": area.kaartsoort, "belangen": area.belangen,
                        "normen": area.normen.iter().map(|norm| norm.id).collect::<Vec<_>>(),
                    },
                }));
            }
        }
        let all =
            json!({ "type": "FeatureCollection", "features": features, "voorbehoud": answer.voorbehoud });
        serde_json::to_writer(&mut out, &all).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else if cli.json {
        serde_json::to_writer_pretty(&mut out, &answer).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", show::here::text(&answer, arguments.alles))?;
    }
    Ok(Status::Answered)
}
