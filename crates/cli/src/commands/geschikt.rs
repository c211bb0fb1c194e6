//! `brink geschikt`: where a plan would fit.

mod map;
mod output;
mod table;

use crate::Status;
use crate::area::area;
use crate::arguments::{Cli, Geschikt};
use crate::commands::toets::{today, typed};
use crate::error::CliError;
use crate::show;
use crate::{embedded, ground};
use brink_assess::{
    Canvas, Ground, Options, Outcome, Plan, Suitability, Wanted, Zone, looks_at_distance, rests_on, zones,
};
use brink_geo::crs::rd_to_lonlat;
use brink_geo::layer::Kind;
use brink_policy::compiled::{Compiled, Norm};
use geo::{Centroid, InteriorPoint};
use geo_types::Geometry;
use output::Output;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// The side of a cell may not be less than this, in metres: the grid has to fit in memory.
const LEAST_STEP: f64 = 5.0;

pub(crate) fn run(cli: &Cli, arguments: &Geschikt) -> Result<Status, CliError> {
    let package = embedded::package(cli)?;
    let plan = typed(&arguments.plan, &package)?;
    if plan.place.is_some() || plan.areas.is_some() {
        return Err(CliError::Usage(
            "geschikt zoekt zelf plekken: geef geen plek of gebied, of beperk het zoeken met --binnen"
                .to_owned(),
        ));
    }
    if !(arguments.raster >= LEAST_STEP && arguments.raster <= 10_000.0) {
        return Err(CliError::Usage(format!(
            "`--raster {}`: een cel is ten minste {LEAST_STEP} en ten hoogste 10.000 meter",
            arguments.raster
        )));
    }
    if looks_at_distance(&package, &plan) {
        return Err(CliError::Usage(
            "voor deze activiteit rekent het pakket met afstanden, en daarmee kan geschikt niet zoeken\n  toets een lijst van plekken met `brink toets --lijst`".to_owned(),
        ));
    }
    if !(arguments.minimaal >= 0.0 && arguments.minimaal.is_finite()) {
        return Err(CliError::Usage(format!(
            "`--minimaal {}`: een oppervlakte is nul of meer hectare",
            arguments.minimaal
        )));
    }
    let at_most =
        Outcome::ALL.iter().copied().find(|outcome| outcome.word() == arguments.tot).ok_or_else(|| {
            let all: Vec<&str> = Outcome::ALL.iter().map(|outcome| outcome.word()).collect();
            CliError::Usage(format!(
                "`--tot {}` is geen oordeel\n  kies uit: {}",
                arguments.tot,
                all.join(", ")
            ))
        })?;
    let within =
        arguments.binnen.iter().map(|id| Ok(area(&package, id)?.0)).collect::<Result<Vec<_>, CliError>>()?;
    let output = arguments.uit.as_deref().map(Output::to).transpose()?;
    let bar = busy();
    let ground = ground::ground(cli, &package)?;
    let options = Options { today: today(), all: false, ground: Some(&ground) };
    let canvas = Canvas::new(&package, &ground, arguments.raster);
    let suitability = canvas.judge(&package, &plan, &options);
    let kind = rests_on(&package, &ground, &plan, &options, &within);
    let wanted = Wanted { hectares: arguments.minimaal, within, count: arguments.aantal, at_most };
    let zones = zones(&package, &ground, &plan, &options, &suitability, &wanted);
    bar.finish_and_clear();

    let answer = Answer {
        hectares: hectares(&suitability),
        package: &package,
        ground: &ground,
        plan: &plan,
        given: &arguments.plan.gegeven,
        date: plan.date.clone().unwrap_or(options.today),
        kind,
        suitability: &suitability,
        zones: &zones,
    };
    if let Some(output) = &output {
        output.write(&answer)?;
    }
    let mut out = anstream::stdout().lock();
    if cli.json {
        serde_json::to_writer_pretty(&mut out, &answer.json()?).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", show::suitability::text(&answer.json()?))?;
        if let Some(path) = &arguments.uit {
            writeln!(out, "Geschreven: {}", path.display())?;
        }
    }
    Ok(Status::Answered)
}

/// Hectares of the territory per verdict.
fn hectares(suitability: &Suitability<'_>) -> BTreeMap<Outcome, f64> {
    let step = suitability.grid().step;
    let mut cells = vec![0_u64; suitability.verdicts.len()];
    for number in suitability.numbers().flatten() {
        if let Some(count) = cells.get_mut(number as usize) {
            *count += 1;
        }
    }
    let mut hectares = BTreeMap::new();
    for (verdict, cells) in suitability.verdicts.iter().zip(cells) {
        *hectares.entry(verdict.oordeel).or_insert(0.0) += cells as f64 * step * step / 10_000.0;
    }
    hectares
}

/// A place in a zone: its middle when that lies in it.
fn spot(zone: &Zone) -> Option<[f64; 2]> {
    let middle = zone.shape.centroid().filter(|point| geo::Intersects::intersects(&zone.shape, point));
    middle.or_else(|| zone.shape.interior_point()).map(|point| [point.x(), point.y()])
}

/// A bar that shows only when it takes long.
fn busy() -> indicatif::ProgressBar {
    let bar =
        indicatif::ProgressBar::new_spinner().with_message("gebieden op het raster leggen en beoordelen");
    bar.enable_steady_tick(std::time::Duration::from_secs(1));
    bar
}

/// What was found.
pub(crate) struct Answer<'a> {
    /// Hectares of the territory per verdict.
    pub hectares: BTreeMap<Outcome, f64>,
    pub package: &'a Compiled,
    pub ground: &'a Ground,
    pub plan: &'a Plan,
    /// The facts as they were typed.
    pub given: &'a [String],
    /// The date of judgement.
    pub date: String,
    /// The least of the maps it rests on.
    pub kind: Option<Kind>,
    pub suitability: &'a Suitability<'a>,
    pub zones: &'a [Zone],
}

impl Answer<'_> {
    /// The norms that decide a zone, those of its largest part first.
    fn deciding(&self, zone: &Zone) -> Vec<&Norm> {
        let mut seen = Vec::new();
        for verdict in zone.verdicts.iter().filter_map(|n| self.suitability.verdicts.get(*n as usize)) {
            for id in &verdict.normen {
                if !seen.contains(id) {
                    seen.push(*id);
                }
            }
        }
        seen.iter().filter_map(|id| self.package.norm(*id)).collect()
    }

    /// The same for a program.
    fn reasons(&self, zone: &Zone) -> Vec<Value> {
        let vocabulary = &self.package.vocabulary;
        self.deciding(zone)
            .into_iter()
            .map(|norm| {
                json!({
                    "id": norm.id,
                    "onderdeel": vocabulary.section(norm.section).map(|section| &section.number),
                    "samenvatting": norm.summary,
                    "bron": { "regels": norm.lines },
                })
            })
            .collect()
    }

    /// The same for a program.
    pub(crate) fn json(&self) -> Result<Value, CliError> {
        let outside = |error: brink_geo::crs::CrsError| CliError::Map(error.to_string());
        let mut zones = Vec::new();
        for (n, zone) in self.zones.iter().enumerate() {
            let spot = match spot(zone) {
                Some([x, y]) => {
                    let [longitude, latitude] = rd_to_lonlat(x, y).map_err(outside)?;
                    json!([(longitude * 1e5).round() / 1e5, (latitude * 1e5).round() / 1e5])
                }
                None => Value::Null,
            };
            zones.push(json!({
                "rang": n + 1,
                "oordeel": zone.oordeel,
                "hectare": (zone.hectares * 100.0).round() / 100.0,
                "plek": spot,
                "grens": if zone.exact { "exact" } else { "raster" },
                "kaartsoort": self.sort(),
                "redenen": self.reasons(zone),
            }));
        }
        let hectares: Vec<Value> = self
            .hectares
            .iter()
            .map(|(outcome, hectares)| json!({ "oordeel": outcome, "hectare": hectares.round() }))
            .collect();
        Ok(json!({
            "raster": self.suitability.grid().step,
            "verdeling": hectares,
            "zones": zones,
            "meldingen": self.remarks(),
            "voorbehoud": self.package.info.disclaimer,
            "bewijs": brink_assess::receipt(self.package, Some(self.ground), &self.date),
        }))
    }

    /// The zones as GeoJSON.
    fn geojson(&self) -> Result<Value, CliError> {
        let all = self.json()?;
        let mut features = Vec::new();
        for (zone, about) in
            self.zones.iter().zip(all.get("zones").and_then(Value::as_array).into_iter().flatten())
        {
            features.push(json!({
                "type": "Feature",
                "geometry": show::geojson::geometry(&Geometry::MultiPolygon(zone.shape.clone()))?,
                "properties": about,
            }));
        }
        Ok(json!({
            "type": "FeatureCollection",
            "features": features,
            "voorbehoud": all.get("voorbehoud"),
            "bewijs": all.get("bewijs"),
        }))
    }

    /// What a reader must know besides.
    fn remarks(&self) -> Vec<&'static str> {
        let mut remarks = Vec::new();
        if self.kind == Some(Kind::Schets) {
            remarks.push("Indicatief: de kaart is voor een deel een schetskaart. Die is ongeveer goed en heeft geen juridische waarde.");
        }
        remarks
    }

    /// The name of the plan's activity.
    fn activity(&self) -> String {
        let activity = self.package.vocabulary.activity(self.plan.activity);
        let name = activity.map_or("", |activity| activity.name.as_str());
        format!("\"{name}\"")
    }

    /// With which package, and when.
    fn made_with(&self) -> String {
        let info = &self.package.info;
        let facts =
            if self.given.is_empty() { "geen".to_owned() } else { self.given.join(", ").replace('=', " = ") };
        format!("{}, versie {}; peildatum {}; gegevens: {facts}", info.title, info.version, self.date)
    }

    /// Echt or schets.
    fn sort(&self) -> &'static str {
        if self.kind == Some(Kind::Schets) { "schets" } else { "echt" }
    }
}
