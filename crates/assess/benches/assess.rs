//! One assessment in process, memberships given, explanation on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench may stop"
)]

use brink_assess::{Options, Plan, Verdicts, assess, memberships};
use brink_policy::{Compiled, Depth, load, read_folder};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use std::hint::black_box;
use std::path::Path;

fn benches(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
    let files = read_folder(&folder).expect("the package is in the repository");
    let loaded = load(&files, Depth::Use);
    let package = loaded.compiled.expect("the package has no faults");
    let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
    // Ten facts, five areas.
    let plans = [
        (
            "woningbouw",
            json!({
                "activiteit": "woningbouw",
                "gebieden": { "binnen": ["beekdal", "gemeente-assen", "drentsche-aa", "arch-w3-essen", "stiltegebied"] },
                "gegevens": {
                    "functie-kapitaalintensief": true, "functie-is-nieuw": true, "zwaarwegend-maatschappelijk-belang": true,
                    "alternatieven-beschikbaar": false, "negatief-effect-gecompenseerd-in-plan": true, "bodemingreep": true,
                    "oppervlakte-bodemingreep-m2": 5000, "diepte-bodemingreep-cm": 120, "verstoort-stilte": false,
                    "uitgebreide-motivering-ladder": true,
                },
            }),
        ),
        (
            "veehouderij",
            json!({
                "activiteit": "intensieve-veehouderij-uitbreiden",
                "gebieden": { "binnen": ["robuust-landbouwgebied", "veenkolonien", "gemeente-emmen", "arch-w3-essen", "landelijk-gebied"] },
                "gegevens": {
                    "bestaand-bedrijf": true, "bouwvlak-huidig-ha": 1.5, "bouwvlak-na-uitbreiding-ha": 2.5,
                    "landschappelijk-ingepast": true, "verbetering-dierenwelzijn": true, "verbetering-milieukwaliteit": false,
                    "vermindering-stikstofdepositie": false, "aantal-bouwlagen": 1, "bodemingreep": true, "geitenhouderij": false,
                },
            }),
        ),
        // A long plan: many areas, one fact, so that nearly everything has to be asked.
        (
            "veel-vragen",
            json!({
                "activiteit": "woningbouw",
                "gebieden": {
                    "binnen": ["beekdal", "landelijk-gebied", "gemeente-assen", "drentsche-aa", "arch-w3-essen", "stiltegebied"],
                    "onbekend": ["grondwaterbeschermingsgebied"],
                },
                "gegevens": { "functie-is-nieuw": true },
            }),
        ),
        ("alles-onbekend", json!({ "activiteit": "zonnepark" })),
    ];
    for (name, plan) in plans {
        let plan = Plan::from_value(&plan, &package).expect("the plan is right");
        criterion.bench_function(&format!("toets/{name}"), |bencher| {
            bencher.iter(|| assess(&package, black_box(&plan), &options));
        });
    }
    places(criterion, &package, &options);
    criterion.bench_function("pakket/laden uit YAML", |bencher| {
        bencher.iter_with_large_drop(|| load(black_box(&files), Depth::Use));
    });
}

/// One plan in a thousand places, each in a few random areas, all memberships known; per place.
fn places(criterion: &mut Criterion, package: &Compiled, options: &Options) {
    let plan = json!({ "activiteit": "woningbouw", "gegevens": { "functie-is-nieuw": true } });
    let plan = Plan::from_value(&plan, package).expect("the plan is right");
    let areas = &package.vocabulary.areas;
    let mut random = 1_u64;
    let mut draw = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        areas[usize::try_from(random >> 33).expect("31 bits") % areas.len()].id.as_str()
    };
    let mut places = Vec::new();
    while places.len() < 1_000 {
        let inside: Vec<&str> = (0..8).map(|_| draw()).collect();
        let place = json!({ "activiteit": "woningbouw", "gebieden": { "binnen": inside } });
        // Areas that exclude each other make no place.
        if let Ok(place) = Plan::from_value(&place, package) {
            places.push(memberships(package, &place));
        }
    }
    let all = |verdicts: &mut Verdicts<'_>| {
        places.iter().fold(0, |sum, place| sum + verdicts.verdict(|area| place[area.index()]).normen.len())
    };
    criterion.bench_function("1000 plekken/nieuw", |bencher| {
        bencher.iter(|| all(&mut Verdicts::new(package, black_box(&plan), options)));
    });
    let mut verdicts = Verdicts::new(package, &plan, options);
    criterion.bench_function("1000 plekken/eerder gezien", |bencher| bencher.iter(|| all(&mut verdicts)));
}

criterion_group!(all, benches);
criterion_main!(all);
