//! The small made-up package of the tests, built in.

use brink_policy::SourceFile;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../crates/policy/tests/fixtures/klein/", $name)))),*]
    };
}

const FILES: [(&str, &str); 13] = files![
    "pakket.yaml",
    "onderdelen.yaml",
    "belangen.yaml",
    "activiteiten.yaml",
    "gebieden.yaml",
    "gegevens.yaml",
    "termen.yaml",
    "inconsistenties.yaml",
    "normen/1.yaml",
    "normen/2.yaml",
    "normen/3.yaml",
    "gevallen/klein.yaml",
    "doelen.yaml",
];

/// Its files.
pub fn files() -> Vec<SourceFile> {
    FILES
        .iter()
        .map(|(name, text)| SourceFile {
            name: (*name).to_owned(),
            text: (*text).to_owned(),
        })
        .collect()
}

/// Reads a map both ways. What comes out has an id and coordinates that are numbers, and as a plan it passes its check.
pub fn read_map(name: &str, data: &[u8]) {
    use brink_geo::read::{Limits, ReadOptions, check_plan, read_bytes};
    let limits = Limits { vertices: 200_000, bytes: 20_000_000, ..Limits::default() };
    for strict in [false, true] {
        for crs in [None, Some(brink_geo::crs::Crs::RdNew)] {
            let options = ReadOptions { crs, strict, limits, ..ReadOptions::default() };
            let Ok(read) = read_bytes(name, data, &options) else {
                continue;
            };
            for feature in &read.features {
                assert!(!strict || check_plan(&feature.geometry).is_ok(), "{:?}", feature.geometry);
            }
        }
    }
}
