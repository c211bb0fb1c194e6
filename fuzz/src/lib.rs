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
