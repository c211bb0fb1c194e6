//! `brink kaarten ophalen`

use super::keep::{coverage, keep, tell};
use super::progress::Bar;
use crate::Status;
use crate::area::area;
use crate::arguments::{Cli, Ophalen};
use crate::commands::toets::today;
use crate::error::CliError;
use crate::show::count;
use crate::{embedded, ground};
use brink_fetch::{Answer, FetchOptions, Source, Validators, fetch};
use brink_geo::layer::{About, Kind};
use brink_geo::store;
use brink_policy::compiled::Compiled;
use brink_policy::written::MapSource;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::io::Write;

/// What is kept with a fetched layer, to hear later that nothing changed.
#[derive(Default, Serialize, Deserialize)]
struct Memo {
    validators: Option<Validators>,
}

pub(super) fn collect(cli: &Cli, arguments: &Ophalen) -> Result<Status, CliError> {
    let loaded = embedded::loaded(cli)?;
    let package = loaded
        .compiled
        .as_ref()
        .ok_or_else(|| CliError::Map("het pakket is niet te gebruiken".to_owned()))?;
    for area in &arguments.areas {
        self::area(package, area)?;
    }
    let folder = ground::folder(cli, package)?;
    let mut out = anstream::stdout().lock();
    let (mut done, mut failed, mut asked) = (0, 0, 0);
    for area in &loaded.written.areas {
        let wanted = arguments.areas.is_empty() || arguments.areas.contains(&area.id);
        let Some(written) = area.bronnen.first().filter(|_| wanted) else {
            if wanted && !arguments.areas.is_empty() {
                let error = CliError::Map(format!(
                    "het pakket noemt geen bron\n  importeer een bestand met `brink kaarten importeer BESTAND --gebied {}`",
                    area.id
                ));
                failure(cli, &mut out, &area.id, &error)?;
                failed += 1;
            }
            continue;
        };
        asked += 1;
        let memo: Memo = store::read(&store::path(&folder, &area.id))
            .ok()
            .and_then(|layer| serde_json::from_str(&layer.about.memo).ok())
            .unwrap_or_default();
        let validators = memo.validators.filter(|_| !arguments.opnieuw);
        match one(cli, package, &area.id, &area.naam, written, validators, arguments.forceer) {
            Ok(change) => {
                done += 1;
                if cli.json {
                    writeln!(out, "{change}")?;
                } else {
                    tell(&mut out, &area.id, &change)?;
                }
            }
            Err(error) => {
                failed += 1;
                failure(cli, &mut out, &area.id, &error)?;
            }
        }
    }
    if asked == 0 && failed == 0 {
        return Err(CliError::Map("het pakket noemt van geen gebied waar de kaart te halen is".to_owned()));
    }
    if !cli.json {
        writeln!(
            out,
            "\n{} opgehaald, {} mislukt",
            count(done, "laag", "lagen"),
            count(failed, "laag", "lagen")
        )?;
    }
    Ok(if failed == 0 { Status::Answered } else { Status::Findings })
}

/// Says why a layer was not fetched; the one that was there stays.
fn failure(cli: &Cli, out: &mut impl Write, area: &str, error: &CliError) -> std::io::Result<()> {
    if cli.json {
        writeln!(out, "{}", json!({ "gebied": area, "fout": error.to_json() }))
    } else {
        writeln!(out, "{area}: {error}")
    }
}

/// Fetches one layer: whole, or the old one stays.
fn one(
    cli: &Cli,
    package: &Compiled,
    area: &str,
    name: &str,
    written: &MapSource,
    validators: Option<Validators>,
    forced: bool,
) -> Result<Value, CliError> {
    let source: Source = serde_json::to_value(written)
        .and_then(serde_json::from_value)
        .map_err(|error| CliError::Map(format!("de bron in gebieden.yaml deugt niet: {error}")))?;
    // A file is looked for where the package is.
    let folder = cli.pakket.clone().unwrap_or_else(|| ".".into());
    let options = FetchOptions { fetched_at: today(), validators, folder, ..FetchOptions::default() };
    let mut bar = Bar::new(area);
    let answer = fetch(&source, &options, &mut bar);
    bar.done();
    let fetched = match answer.map_err(|error| CliError::Map(error.to_string()))? {
        Answer::Fetched(fetched) => fetched,
        Answer::NotModified => {
            return Ok(json!({ "gebied": area, "verandering": "niets veranderd", "meldingen": [] }));
        }
    };
    let memo = Memo { validators: fetched.validators.clone() };
    let about = About {
        date: fetched.fetched_at.clone(),
        licence: written.licentie.clone(),
        memo: serde_json::to_string(&memo).unwrap_or_default(),
        ..About::new(area, Kind::Echt, name, format!("{} ({})", written.url, written.bronhouder))
    };
    keep(cli, package, about, coverage(package, area), fetched.features, forced)
}
