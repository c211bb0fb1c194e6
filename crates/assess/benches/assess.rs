//! One assessment in process, memberships given, explanation on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a bench may stop"
)]

use brink_assess::{Options, Plan, assess};
use brink_policy::{Depth, load, read_folder};
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use std::hint::black_box;
use std::path::Path;

fn benches(criterion: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
    let files = read_folder(&folder).expect("the package is in the repository");
    let loaded = load(&files, Depth::Use);
    let package = loaded.compiled.expect("the package has no faults");
    let options = Options { today: "2026-11-25".to_owned(), all: false, ground: None };
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
        ("alles-onbekend", json!({ "activiteit": "zonnepark" })),
    ];
    for (name, plan) in plans {
        let plan = Plan::from_value(&plan, &package).expect("the plan is right");
        criterion.bench_function(&format!("toets/{name}"), |bencher| {
            bencher.iter(|| assess(&package, black_box(&plan), &options));
        });
    }
    criterion.bench_function("pakket/laden uit YAML", |bencher| {
        bencher.iter(|| load(black_box(&files), Depth::Use));
    });
}

criterion_group!(all, benches);
criterion_main!(all);
