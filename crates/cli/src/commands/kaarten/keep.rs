//! Putting a layer in the place of the one that was there.

use crate::arguments::Cli;
use crate::error::CliError;
use crate::ground;
use crate::nearby::nearby;
use crate::show::{count, paragraph_with};
use brink_assess::default_coverage;
use brink_fetch::{Summary, compare};
use brink_geo::feature::Features;
use brink_geo::layer::{About, Coverage, Layer};
use brink_geo::store;
use brink_policy::compiled::Compiled;
use serde_json::{Value, json};
use std::io::Write;

/// How many remarks are told; JSON has them all.
const REMARKS: usize = 10;

/// What changed, for people.
pub(super) fn tell(out: &mut impl Write, area: &str, change: &Value) -> Result<(), CliError> {
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
pub(super) fn coverage(package: &Compiled, area: &str) -> Coverage {
    match default_coverage(package) {
        Coverage::Area(territory) if territory == area => Coverage::Everywhere,
        other => other,
    }
}

/// Puts a layer in the place of the one that was there, unless it lost most of what that had.
pub(super) fn keep(
    cli: &Cli,
    package: &Compiled,
    about: About,
    coverage: Coverage,
    features: Features,
    forced: bool,
) -> Result<Value, CliError> {
    let folder = ground::folder(cli, package)?;
    let map = |error: store::StoreError| CliError::Map(error.to_string());
    let before = match store::read(&store::path(&folder, &about.area)) {
        Ok(layer) => Summary::of_shapes(&layer.shapes),
        Err(_) => Summary::default(),
    };
    let area = about.area.clone();
    let features = nearby(cli, package, &area, features)?;
    let shapes = features.features.into_iter().map(|feature| feature.geometry).collect();
    let layer = Layer::new(about, coverage, shapes);
    let change = compare(&before, &Summary::of_shapes(&layer.shapes));
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
