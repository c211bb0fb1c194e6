//! The example plans, against the built-in package.

use crate::run::{brink, project, wide};

fn examples() -> Vec<String> {
    let mut paths: Vec<String> = std::fs::read_dir(project("voorbeelden"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|path| path.ends_with(".json"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 7);
    paths
}

#[test]
fn every_example_gets_an_answer_that_fits_the_screen() {
    for path in examples() {
        let ran = brink(&["toets", &path]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{path}");
        assert_eq!(wide(&ran.out), [""; 0], "{path}");
        let all = brink(&["toets", "--alles", &path]);
        assert_eq!(wide(&all.out), [""; 0], "{path}");
    }
}

#[test]
fn the_folder_of_examples_answers_all_of_them() {
    let ran = brink(&["toets", &project("voorbeelden")]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out.matches("\n── ").count() + 1, examples().len());
}

#[test]
fn goats_conflict_with_the_vision() {
    let path = project("voorbeelden/geitenstal.json");
    assert_eq!(brink(&["toets", "--json", &path]).json()["oordeel"], "strijdig");
    let text = brink(&["toets", &path]).out;
    assert!(text.lines().any(|line| line == "STRIJDIG"), "{text}");
}

#[test]
fn an_example_is_uncertain_exactly_when_its_range_is_open() {
    for path in examples() {
        let answer = brink(&["toets", "--json", &path]).json();
        let place = |word: &serde_json::Value| {
            [
                "geen-belang",
                "elders",
                "gewenst",
                "past",
                "aandacht",
                "ja-mits",
                "onwenselijk",
                "onbekend",
                "nee-tenzij",
                "strijdig",
            ]
            .iter()
            .position(|outcome| word == outcome)
            .unwrap()
        };
        let (mildest, strictest) = (place(&answer["bereik"]["mildst"]), place(&answer["bereik"]["strengst"]));
        assert!(mildest <= strictest, "{path}");
        assert_eq!(answer["onzeker"], mildest != strictest, "{path}");
    }
}
