//! Real servers, when they run: see `e2e/diensten/README.md`.

use std::path::Path;

use brink_fetch::{FetchOptions, Service, Summary};
use serde_json::json;

use crate::{layer, source};

/// What the server must give: the layer that it was started with, read here as a file.
fn expected() -> (Summary, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/diensten");
    let options = FetchOptions { folder, ..FetchOptions::default() };
    let file = source(json!({"dienst": "bestand", "url": "vakken.geojson"}));
    let fetched = layer(&file, &options).unwrap();
    let names = fetched.features.features.iter().map(|feature| feature.properties["naam"].clone()).collect();
    (Summary::of(&fetched.features), names)
}

fn check(variable: &str, service: Service, collection: &str, tolerance: f64) {
    let Ok(url) = std::env::var(variable) else {
        eprintln!("skipped: {variable} is not set");
        return;
    };
    let real = source(json!({"dienst": service, "url": url, "laag": collection}));
    let (summary, mut names) = expected();
    // Pages of seven: the layer has more.
    for page_size in [7, 1000] {
        let fetched = layer(&real, &FetchOptions { page_size, ..FetchOptions::default() }).unwrap();
        let mut found: Vec<String> =
            fetched.features.features.iter().map(|feature| feature.properties["naam"].clone()).collect();
        names.sort();
        found.sort();
        assert_eq!(found, names);
        let got = Summary::of(&fetched.features);
        assert!((got.hectares - summary.hectares).abs() < tolerance, "{got:?} {summary:?}");
        assert_eq!(fetched.pages, found.len().div_ceil(page_size as usize));
    }
    let mut part = real.clone();
    part.select = serde_json::from_value(json!({"naam": ["Vak 3", "Vak 11"]})).unwrap();
    let fetched = layer(&part, &FetchOptions { page_size: 7, ..FetchOptions::default() }).unwrap();
    assert_eq!(fetched.features.features.len(), 2);

    let mut wrong = real;
    wrong.layer = Some("bestaatniet".to_owned());
    let error = layer(&wrong, &FetchOptions::default()).unwrap_err().to_string();
    assert!(error.contains("bestaatniet") && error.contains(collection), "{error}");
}

#[test]
fn pygeoapi() {
    check("BRINK_E2E_OGC_API", Service::OgcApiFeatures, "vakken", 0.01);
}

#[test]
fn mapserver() {
    check("BRINK_E2E_WFS", Service::Wfs, "vakken", 0.01);
}
