//! `brink kaarten`: the layers of areas. A layer from a file or a service takes the place of the drawing.

use crate::Status;
use crate::arguments::{Cli, Importeer, Kaarten, KaartenCommand, Ophalen};
use crate::commands::toets::today;
use crate::error::CliError;
use crate::nearby::nearby;
use crate::show::{Styles, count, paragraph_with};
use crate::{embedded, ground};
use brink_assess::default_coverage;
use brink_fetch::{Answer, FetchOptions, Source, Summary, Validators, compare, fetch};
use brink_geo::crs::Crs;
use brink_geo::feature::Features;
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::read::{ReadOptions, read_file};
use brink_geo::store;
use brink_policy::compiled::Compiled;
use brink_policy::nearest;
use brink_policy::written::Determination;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

pub(crate) fn run(cli: &Cli, arguments: &Kaarten) -> Result<Status, CliError> {
    match &arguments.command {
        KaartenCommand::Lijst => list(cli),
        KaartenCommand::Importeer(arguments) => import(cli, arguments),
        KaartenCommand::Ophalen(arguments) => collect(cli, arguments),
        KaartenCommand::Verwijder { area } => remove(cli, area),
    }
}

/// Every area of the package, with its layer or without.
fn list(cli: &Cli) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let ground = ground::ground(cli, &package)?;
    let mut out = anstream::stdout().lock();
    let (mut real, mut drawn, mut follows, mut without) = (0, 0, 0, 0);
    let mut rows = Vec::new();
    for (n, area) in package.vocabulary.areas.iter().enumerate() {
        let layer = ground.layer(brink_policy::AreaId::from_index(n));
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
        rows.push((area, layer.map(|layer| &layer.about), kind));
    }
    if cli.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(area, about, kind)| {
                json!({
                    "gebied": area.id, "naam": area.name, "kaartsoort": kind,
                    "bron": about.map(|about| &about.source), "datum": about.map(|about| &about.date),
                    "licentie": about.map(|about| &about.licence), "hash": about.map(|about| &about.hash),
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
    for (area, about, kind) in &rows {
        match about {
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

/// The id of an area, or the nearest that exist.
fn known<'p>(package: &'p Compiled, id: &str) -> Result<&'p brink_policy::compiled::Area, CliError> {
    let vocabulary = &package.vocabulary;
    vocabulary.index.areas.get(id).and_then(|area| vocabulary.area(*area)).ok_or_else(|| {
        let near = nearest(id, vocabulary.index.areas.keys().map(String::as_str), 3);
        let help = if near.is_empty() {
            "`brink woordenlijst gebieden` noemt ze alle".to_owned()
        } else {
            format!("bedoelt u {}?", near.join(", "))
        };
        CliError::Usage(format!("onbekend gebied `{id}`\n  {help}"))
    })
}

fn import(cli: &Cli, arguments: &Importeer) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let area = known(&package, &arguments.gebied)?;
    let coverage = match &arguments.dekking {
        Some(id) => Coverage::Area(known(&package, id)?.id.clone()),
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
    let features = select(read, &arguments.kenmerk)?;
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

/// How many remarks are told; JSON has them all.
const REMARKS: usize = 10;

/// What changed, for people.
fn tell(out: &mut impl Write, area: &str, change: &serde_json::Value) -> Result<(), CliError> {
    writeln!(out, "{area}: {}", change["verandering"].as_str().unwrap_or_default())?;
    let remarks: Vec<&str> =
        change["meldingen"].as_array().into_iter().flatten().filter_map(|remark| remark.as_str()).collect();
    for remark in remarks.iter().take(REMARKS) {
        write!(out, "{}", paragraph_with(remark, "  - ", "    "))?;
    }
    if remarks.len() > REMARKS {
        let more = count(remarks.len() - REMARKS, "melding", "meldingen");
        writeln!(out, "  - en nog {more}; --json noemt ze alle")?;
    }
    Ok(())
}

/// Of a layer from elsewhere: the territory; of the territory itself: everywhere.
fn coverage(package: &Compiled, area: &str) -> Coverage {
    match default_coverage(package) {
        Coverage::Area(territory) if territory == area => Coverage::Everywhere,
        other => other,
    }
}

/// Features that have one of the values asked for, of every property asked for.
fn select(features: Features, wanted: &[String]) -> Result<Features, CliError> {
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pair in wanted {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(CliError::Usage(format!(
                "`--kenmerk {pair}` mist een waarde\n  schrijf --kenmerk NAAM=WAARDE"
            )));
        };
        values.entry(name.trim()).or_default().push(value.trim());
    }
    let had = features.features.len();
    let names: BTreeSet<String> =
        features.features.iter().flat_map(|feature| feature.properties.keys().cloned()).collect();
    for name in values.keys() {
        if !names.contains(*name) {
            let names: Vec<&str> = names.iter().map(String::as_str).take(20).collect();
            return Err(CliError::Usage(format!(
                "geen vorm heeft het kenmerk `{name}`\n  er zijn: {}",
                names.join(", ")
            )));
        }
    }
    let had_values: BTreeMap<&str, BTreeSet<String>> = values
        .keys()
        .map(|name| {
            let all = features.features.iter().filter_map(|feature| feature.properties.get(*name).cloned());
            (*name, all.collect())
        })
        .collect();
    let kept: Vec<_> = features
        .features
        .into_iter()
        .filter(|feature| {
            values.iter().all(|(name, values)| {
                feature.properties.get(*name).is_some_and(|value| values.contains(&value.as_str()))
            })
        })
        .collect();
    if kept.is_empty() {
        return Err(CliError::Map(if had == 0 {
            "het bestand heeft geen vormen".to_owned()
        } else {
            let mut text = format!("van de {had} vormen heeft er geen dit kenmerk");
            for (name, values) in had_values {
                let values: Vec<&str> = values.iter().map(String::as_str).take(20).collect();
                text.push_str(&format!("\n  `{name}` is er: {}", values.join(", ")));
            }
            text
        }));
    }
    Ok(Features { features: kept, remarks: features.remarks })
}

/// Puts a layer in the place of the one that was there, unless it lost most of what that had.
fn keep(
    cli: &Cli,
    package: &Compiled,
    about: About,
    coverage: Coverage,
    features: Features,
    forced: bool,
) -> Result<serde_json::Value, CliError> {
    let folder = ground::folder(cli, package)?;
    let map = |error: store::StoreError| CliError::Map(error.to_string());
    let before = match store::read(&store::path(&folder, &about.area)) {
        Ok(layer) => summary(&layer),
        Err(_) => Summary::default(),
    };
    let area = about.area.clone();
    let features = nearby(cli, package, &area, features)?;
    let shapes = features.features.into_iter().map(|feature| feature.geometry).collect();
    let layer = Layer::new(about, coverage, shapes);
    let change = compare(&before, &summary(&layer));
    change.accept(forced).map_err(|loss| CliError::Map(loss.to_string()))?;
    store::write(&folder, &layer).map_err(map)?;
    let remarks: Vec<String> = features
        .remarks
        .iter()
        .map(|remark| {
            if remark.feature.is_empty() {
                remark.text.clone()
            } else {
                format!("{}: {}", remark.feature, remark.text)
            }
        })
        .collect();
    Ok(json!({ "gebied": area, "verandering": change.to_string(), "cijfers": change, "meldingen": remarks }))
}

fn summary(layer: &Layer) -> Summary {
    let features = layer
        .shapes
        .iter()
        .map(|shape| brink_geo::feature::Feature {
            id: String::new(),
            geometry: shape.clone(),
            properties: BTreeMap::new(),
        })
        .collect();
    Summary::of(&Features { features, remarks: Vec::new() })
}

/// What is kept with a fetched layer, to hear later that nothing changed.
#[derive(Default, Serialize, Deserialize)]
struct Memo {
    validators: Option<Validators>,
}

fn collect(cli: &Cli, arguments: &Ophalen) -> Result<Status, CliError> {
    let loaded = embedded::loaded(cli)?;
    let package = loaded
        .compiled
        .as_ref()
        .ok_or_else(|| CliError::Map("het pakket is niet te gebruiken".to_owned()))?;
    for area in &arguments.areas {
        known(package, area)?;
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
            Ok(Some(change)) => {
                done += 1;
                if cli.json {
                    writeln!(out, "{change}")?;
                } else {
                    tell(&mut out, &area.id, &change)?;
                }
            }
            Ok(None) => {
                done += 1;
                let same = json!({ "gebied": area.id, "verandering": "niets veranderd", "meldingen": [] });
                if cli.json {
                    writeln!(out, "{same}")?;
                } else {
                    tell(&mut out, &area.id, &same)?;
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
    written: &brink_policy::written::MapSource,
    validators: Option<Validators>,
    forced: bool,
) -> Result<Option<serde_json::Value>, CliError> {
    let source: Source = serde_json::to_value(written)
        .and_then(serde_json::from_value)
        .map_err(|error| CliError::Map(format!("de bron in gebieden.yaml deugt niet: {error}")))?;
    // A file is looked for where the package is.
    let folder = cli.pakket.clone().unwrap_or_else(|| ".".into());
    let options = FetchOptions { fetched_at: today(), validators, folder, ..FetchOptions::default() };
    let mut bar = Bar::new(area);
    let answer = fetch(&source, &options, &mut bar);
    bar.0.finish_and_clear();
    let fetched = match answer.map_err(|error| CliError::Map(error.to_string()))? {
        Answer::Fetched(fetched) => fetched,
        Answer::NotModified => return Ok(None),
    };
    let memo = Memo { validators: fetched.validators.clone() };
    let about = About {
        date: fetched.fetched_at.clone(),
        licence: written.licentie.clone(),
        memo: serde_json::to_string(&memo).unwrap_or_default(),
        ..About::new(area, Kind::Echt, name, format!("{} ({})", written.url, written.bronhouder))
    };
    keep(cli, package, about, coverage(package, area), fetched.features, forced).map(Some)
}

fn remove(cli: &Cli, id: &str) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let area = known(&package, id)?;
    let path = store::path(&ground::folder(cli, &package)?, &area.id);
    let mut out = anstream::stdout().lock();
    match std::fs::remove_file(&path) {
        Ok(()) => writeln!(out, "{}: kaartlaag verwijderd", area.id)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(CliError::Map(format!("{} heeft geen eigen kaartlaag", area.id)));
        }
        Err(error) => return Err(CliError::Unreadable { path, reason: crate::error::reason(&error) }),
    }
    Ok(Status::Answered)
}

/// How far a layer is, on a terminal.
struct Bar(indicatif::ProgressBar);

impl Bar {
    fn new(area: &str) -> Self {
        let bar = indicatif::ProgressBar::new_spinner();
        if let Ok(style) = indicatif::ProgressStyle::with_template("{spinner} {prefix}: {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(area.to_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        Self(bar)
    }
}

impl brink_fetch::Progress for Bar {
    fn expected(&mut self, features: u64) {
        self.0.set_message(format!("{features} vormen verwacht"));
    }

    fn features(&mut self, features: u64, pages: usize) {
        self.0.set_message(format!("{features} vormen, {}", count(pages, "bladzijde", "bladzijden")));
    }

    fn bytes(&mut self, bytes: u64, total: Option<u64>) {
        let read = indicatif::HumanBytes(bytes);
        self.0.set_message(match total {
            Some(total) => format!("{read} van {}", indicatif::HumanBytes(total)),
            None => read.to_string(),
        });
    }

    fn again(&mut self, attempt: u32, wait: std::time::Duration, reason: &str) {
        self.0.set_message(format!("{reason}; poging {attempt} over {:.0} s", wait.as_secs_f64()));
    }
}
