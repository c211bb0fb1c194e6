//! `brink kaarten lijst`

use crate::Status;
use crate::arguments::Cli;
use crate::error::CliError;
use crate::show::Styles;
use crate::{embedded, ground};
use brink_geo::layer::{Coverage, Kind};
use brink_policy::AreaId;
use brink_policy::written::Determination;
use serde_json::json;
use std::io::Write;

/// Every area of the package, with its layer or without.
pub(super) fn list(cli: &Cli) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let ground = ground::ground(cli, &package)?;
    let mut out = anstream::stdout().lock();
    let (mut real, mut drawn, mut follows, mut without) = (0, 0, 0, 0);
    let mut rows = Vec::new();
    for (n, area) in package.vocabulary.areas.iter().enumerate() {
        let layer = ground.layer(AreaId::from_index(n));
        let kind = match (layer.map(|layer| layer.about.kind), area.determination) {
            (Some(Kind::Echt), _) => {
                real += 1;
                "echt"
            }
            (Some(Kind::Schets), _) => {
                drawn += 1;
                "schets"
            }
            (None, Determination::Overal | Determination::Buiten) => {
                follows += 1;
                "overal-of-buiten"
            }
            (None, Determination::Afgeleid) => {
                follows += 1;
                "afgeleid"
            }
            (None, _) => {
                without += 1;
                "geen kaart"
            }
        };
        rows.push((area, layer, kind));
    }
    if cli.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(area, layer, kind)| {
                let about = layer.map(|layer| &layer.about);
                json!({
                    "gebied": area.id, "naam": area.name, "kaartsoort": kind,
                    "bron": about.map(|about| &about.source), "datum": about.map(|about| &about.date),
                    "licentie": about.map(|about| &about.licence), "hash": about.map(|about| &about.hash),
                    "dekking": layer.map(|layer| spoken(&layer.coverage)),
                    "vormen": about.map(|about| about.features), "hectare": about.map(|about| about.hectares.round()),
                })
            })
            .collect();
        serde_json::to_writer_pretty(&mut out, &rows).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(Status::Answered);
    }
    let (heading, quiet) = (Styles::HEADING, Styles::QUIET);
    writeln!(
        out,
        "{heading}{:<46} {:<11} {:<10} {:>6} {:>10}{heading:#}",
        "gebied", "kaart", "datum", "vormen", "hectare"
    )?;
    for (area, layer, kind) in &rows {
        match layer.map(|layer| &layer.about) {
            Some(about) => writeln!(
                out,
                "{:<46} {kind:<11} {:<10} {:>6} {:>10.0}",
                area.id, about.date, about.features, about.hectares
            )?,
            None => writeln!(out, "{quiet}{:<46} {kind}{quiet:#}", area.id)?,
        }
    }
    let folder = ground::folder(cli, &package)?;
    writeln!(
        out,
        "\n{real} met een echte kaart, {drawn} met een schets, {follows} volgen uit andere, {without} zonder kaart.\nEchte kaarten staan in {}.",
        folder.display()
    )?;
    Ok(Status::Answered)
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
