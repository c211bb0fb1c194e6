//! How fast places are: `cargo xtask plekken`. See docs/snelheid.md.

mod data;
mod measure;
mod peers;
mod tiles;

use brink_assess::{Canvas, DRAWINGS, Ground, Options, Plan, Spots, drawings};
use brink_geo::atlas::Atlas;
use brink_geo::index::{Desk, Index, Key};
use brink_geo::layer::Layer;
use brink_geo::shape::Shape;
use brink_geo::store;
use brink_policy::compiled::Compiled;
use brink_policy::{Depth, load, read_folder};
use data::Dice;
use geo_types::{Geometry, Polygon};
use measure::{cpu, median, peak_memory, ratio, row, time};
use rayon::prelude::*;
use serde_json::json;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const SEED: u64 = 20_221_130;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("plekken: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(folder) = data::folder(&root) else {
        println!("skipped: ../shared/geodata is not here");
        return Ok(());
    };
    let shapes = data::shapes(&folder)?;
    let vertices: usize = shapes.iter().map(|shape| data::vertices(&shape.geometry)).sum();
    println!("{} lagen, {} vlakken, {vertices} hoekpunten", data::LAYERS.len(), shapes.len());
    let province = data::Province::of(&shapes).ok_or("the province has no shape")?;
    let mut dice = Dice::new(SEED);
    let plans = data::plans(&province, 2_000, &mut dice);

    locate(&shapes, &plans);
    let package = package(&root)?;
    let mut layers = drawn(&root, &package)?;
    layers.extend(data::by_area(&shapes));
    let spots = data::spots(&province, 1_000_000, &mut dice);
    drop(shapes);
    stored(&layers)?;
    tiles::tiles(&layers, &spots, &mut dice)?;
    let (took, ground) = time(|| Ground::new(&package, layers));
    row("de lagen bij het pakket leggen (met schets)", took, None);
    let before = peak_memory();
    for plan in [
        json!({ "activiteit": "zonnepark" }),
        json!({ "activiteit": "woningbouw", "gegevens": { "bodemingreep": true, "oppervlakte-bodemingreep-m2": 5000 } }),
        json!({ "activiteit": "intensieve-veehouderij-uitbreiden" }),
    ] {
        points(&package, &ground, &plan, &spots)?;
    }
    suitability(&package, &ground)?;
    println!("geheugen op zijn hoogst: {} MB (voor het oordelen {before})", peak_memory());
    Ok(())
}

/// Which shapes, and which layers, does a drawn plan lie in, and for how much of it?
fn locate(shapes: &[data::Shape], plans: &[Polygon<f64>]) {
    let plans: Vec<Geometry<f64>> = plans.iter().cloned().map(Geometry::Polygon).collect();
    let parts: Vec<(Key, Shape)> = shapes
        .iter()
        .enumerate()
        .flat_map(|(n, shape)| Shape::of(&shape.geometry).into_iter().map(move |part| (n as Key, part)))
        .collect();
    let items: Vec<(Key, &Shape)> = parts.iter().map(|(key, shape)| (*key, shape)).collect();
    let (took, index) = time(|| Index::new(&items));
    row("index over alle vlakken maken", took, None);
    let mut desk = Desk::default();
    let mut shares = |plan: &Geometry<f64>| -> f64 {
        let of = |shape: &Shape| -> f64 {
            index.overlaps_with(shape, &mut desk).iter().map(|overlap| overlap.measure / shape.measure).sum()
        };
        Shape::of(plan).iter().map(of).sum()
    };
    let took = median(5, &plans, &mut shares);
    row("een plan van 100 punten, aandeel per vlak", took, Some(50e-6));
    let total: f64 = plans.iter().take(peers::PLANS).map(&mut shares).sum();
    for ((name, answer), least) in peers::ask(shapes, &plans).into_iter().zip([8.0, 3.0]) {
        match answer {
            Ok(answer) => {
                row(&format!("  {name}, zelfde vraag"), answer.seconds, None);
                ratio(name, answer.seconds / took, least);
                let apart = (answer.total - total).abs() / total;
                println!(
                    "  som van alle aandelen: {total:.6} tegen {:.6} ({apart:.1e} verschil)",
                    answer.total
                );
            }
            Err(reason) => println!("  skipped: {name}: {reason}"),
        }
    }
    let atlas = Atlas::new(data::by_file(shapes));
    let took = median(5, &plans, |plan| {
        Shape::of(plan)
            .iter()
            .flat_map(|shape| atlas.place(shape, &mut desk))
            .map(|placed| placed.share)
            .sum()
    });
    row("een plan van 100 punten, aandeel per laag", took, Some(50e-6));
}

fn package(root: &Path) -> Result<Compiled, String> {
    let files = read_folder(&root.join("policies/drenthe-2022")).map_err(|error| error.to_string())?;
    load(&files, Depth::Use).compiled.ok_or_else(|| "the package has faults".to_owned())
}

/// The map drawn by hand; what real layers show goes over it.
fn drawn(root: &Path, package: &Compiled) -> Result<Vec<Layer>, String> {
    let path = root.join("policies/drenthe-2022").join(DRAWINGS);
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    drawings(package, &bytes).map_err(|error| error.to_string())
}

/// From files to a map that answers.
fn stored(layers: &[Layer]) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("brink-plekken-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let result = stored_in(&folder, layers);
    std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
    result
}

fn stored_in(folder: &Path, layers: &[Layer]) -> Result<(), String> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for layer in layers.iter().filter(|layer| layer.about.source == "meting") {
        paths.push(store::write(folder, layer).map_err(|error| error.to_string())?);
    }
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let (took, atlas) = time(|| -> Result<Atlas, String> {
            let layers = store::read_all(&paths).map_err(|error| error.to_string())?;
            Ok(Atlas::new(layers))
        });
        atlas?;
        best = best.min(took);
    }
    row("alle lagen laden uit .kaart-bestanden", best, Some(0.2));
    Ok(())
}

fn options<'g>(ground: &'g Ground) -> Options<'g> {
    Options { today: "2026-11-25".to_owned(), ground: Some(ground), ..Options::default() }
}

fn points(
    package: &Compiled,
    ground: &Ground,
    plan: &serde_json::Value,
    spots: &[[f64; 2]],
) -> Result<(), String> {
    let plan = Plan::from_value(plan, package).map_err(|error| format!("{error:?}"))?;
    let options = options(ground);
    let share = spots.len().div_ceil(rayon::current_num_threads()).max(1);
    let before = cpu();
    let (took, judged) = time(|| {
        spots
            .par_chunks(share)
            .map(|spots| {
                let mut judge = Spots::new(package, ground, &plan, &options);
                let judged = spots.iter().filter(|spot| judge.at_point(**spot).is_some()).count();
                (judged, judge.met().len())
            })
            .collect::<Vec<_>>()
    });
    let id = package.vocabulary.activity(plan.activity).map_or("", |activity| &activity.id);
    row(&format!("1.000.000 punten, {id}"), took, Some(0.8));
    let inside: usize = judged.iter().map(|(inside, _)| inside).sum();
    println!("    {inside} in de provincie, rekentijd {:.2} s", cpu() - before);
    Ok(())
}

fn suitability(package: &Compiled, ground: &Ground) -> Result<(), String> {
    let options = options(ground);
    let plan = |value| Plan::from_value(&value, package).map_err(|error| format!("{error:?}"));
    let first = plan(json!({ "activiteit": "zonnepark" }))?;
    let other = plan(json!({ "activiteit": "zonnepark", "gegevens": { "bodemingreep": true } }))?;
    let start = cpu();
    let (took, canvas) = time(|| Canvas::new(package, ground, 25.0));
    row("raster van 25 m, gebieden", took, None);
    let (judged, suitability) = time(|| canvas.judge(package, &first, &options));
    row("raster van 25 m, gebieden en oordeel", took + judged, Some(1.0));
    println!(
        "    {} cellen, {} klassen, {} oordelen",
        suitability.numbers().count(),
        canvas.classes(),
        suitability.verdicts().len()
    );
    let first_done = cpu();
    let (took, again) = time(|| canvas.judge(package, &other, &options));
    black_box(&again);
    row("zelfde raster, andere gegevens", took, Some(0.1));
    println!("    rekentijd {:.2} s en {:.2} s", first_done - start, cpu() - first_done);
    Ok(())
}
