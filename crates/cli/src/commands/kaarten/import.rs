//! `brink kaarten importeer`

use super::keep::{coverage, keep, tell};
use crate::Status;
use crate::area::area;
use crate::arguments::{Cli, Importeer};
use crate::commands::toets::today;
use crate::embedded;
use crate::error::CliError;
use brink_fetch::{FetchError, Values, select};
use brink_geo::crs::Crs;
use brink_geo::feature::Features;
use brink_geo::layer::{About, Coverage, Kind};
use brink_geo::read::{ReadOptions, read_file};
use std::collections::BTreeMap;
use std::io::Write;

pub(super) fn import(cli: &Cli, arguments: &Importeer) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let (_, area) = area(&package, &arguments.gebied)?;
    let coverage = match &arguments.dekking {
        Some(id) => Coverage::Area(self::area(&package, id)?.1.id.clone()),
        None => coverage(&package, &area.id),
    };
    let crs = arguments.crs.as_deref().map(Crs::parse).transpose();
    let crs = crs.map_err(|error| CliError::Usage(format!("`--crs`: {error}")))?;
    if let Some(date) = &arguments.datum
        && brink_policy::dates::days(date).is_none()
    {
        return Err(CliError::Usage(format!(
            "`--datum {date}` is geen datum\n  schrijf een datum als 2026-01-31"
        )));
    }
    let options = ReadOptions { crs, layer: arguments.laag.clone(), ..ReadOptions::default() };
    let read = read_file(&arguments.file, &options).map_err(|error| CliError::Map(error.to_string()))?;
    let features = selected(read, &arguments.kenmerk)?;
    let name =
        arguments.file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let about = About {
        date: arguments.datum.clone().unwrap_or_else(today),
        licence: arguments.licentie.clone().unwrap_or_default(),
        ..About::new(&area.id, Kind::Echt, &area.name, arguments.bron.clone().unwrap_or(name))
    };
    let change = keep(cli, &package, about, coverage, features, arguments.forceer)
        .map_err(|error| CliError::Map(format!("{}: {error}", area.id)))?;
    let mut out = anstream::stdout().lock();
    if cli.json {
        writeln!(out, "{change:#}")?;
    } else {
        tell(&mut out, &area.id, &change)?;
    }
    Ok(Status::Answered)
}

/// How many names or values there are that a message tells.
const TOLD: usize = 20;

/// Features that have one of the values asked for, of every property asked for.
fn selected(features: Features, wanted: &[String]) -> Result<Features, CliError> {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in wanted {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(CliError::Usage(format!(
                "`--kenmerk {pair}` mist een waarde\n  schrijf --kenmerk NAAM=WAARDE"
            )));
        };
        values.entry(name.trim().to_owned()).or_default().push(value.trim().to_owned());
    }
    let had = features.features.len();
    if had == 0 {
        return Err(CliError::Map("het bestand heeft geen vormen".to_owned()));
    }
    let values = values.into_iter().map(|(name, values)| (name, Values::Any(values))).collect();
    let some = |present: &[String]| present.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", ");
    let kept = select(features, &values).map_err(|error| match &error {
        FetchError::NoAttribute { name, present } => {
            CliError::Usage(format!("geen vorm heeft het kenmerk `{name}`\n  er zijn: {}", some(present)))
        }
        FetchError::NoMatch { name, present, .. } => CliError::Map(format!(
            "van de {had} vormen heeft er geen dit kenmerk\n  `{name}` is er: {}",
            some(present)
        )),
        other => CliError::Map(other.to_string()),
    })?;
    if kept.features.is_empty() {
        return Err(CliError::Map(format!("van de {had} vormen heeft er geen al deze kenmerken")));
    }
    Ok(kept)
}
