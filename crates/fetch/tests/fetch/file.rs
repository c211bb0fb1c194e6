//! Files.

use brink_fetch::FetchError;
use serde_json::json;

use crate::invented::collection;
use crate::{hasty, ids, layer, source};

#[test]
fn a_file_in_the_package() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("kaarten")).unwrap();
    let text = collection(0..4).to_string();
    std::fs::write(folder.path().join("kaarten/vakken.geojson"), &text).unwrap();
    let mut options = hasty();
    options.folder = folder.path().to_owned();
    let mut source = source(json!({
        "dienst": "bestand", "url": "kaarten/vakken.geojson", "crs": "EPSG:28992", "kenmerk": {"soort": "oneven"}
    }));
    let fetched = layer(&source, &options).unwrap();
    assert_eq!(ids(&fetched), ["vak.1", "vak.3"]);
    assert_eq!((fetched.received, fetched.pages, fetched.bytes), (4, 1, text.len() as u64));

    options.limits.bytes = 10;
    assert!(matches!(layer(&source, &options).unwrap_err(), FetchError::TooLarge { limit: 10 }));
    source.url = "kaarten/weg.geojson".to_owned();
    let error = layer(&source, &options).unwrap_err();
    assert!(
        matches!(&error, FetchError::File { path, .. } if path.ends_with("kaarten/weg.geojson")),
        "{error}"
    );
}

#[test]
fn the_hash_is_of_what_came() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = hasty();
    options.folder = folder.path().to_owned();
    let hash = |text: &str| {
        std::fs::write(folder.path().join("a.geojson"), text).unwrap();
        layer(&source(json!({"dienst": "bestand", "url": "a.geojson", "crs": "EPSG:28992"})), &options)
            .unwrap()
            .sha256
    };
    let text = collection(0..1).to_string();
    let first = hash(&text);
    assert_eq!(hash(&text), first);
    assert_ne!(hash(&format!("{text}\n")), first);
}
