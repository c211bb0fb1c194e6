//! The example plans, against the built-in package.

use crate::run::{brink, project, wide};
use insta::{Settings, assert_snapshot};
use std::path::Path;

fn examples() -> Vec<String> {
    let mut paths: Vec<String> = std::fs::read_dir(project("voorbeelden"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .filter(|path| path.ends_with(".json"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 30);
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

/// The name of an example.
fn name(path: &str) -> &str {
    Path::new(path).file_stem().unwrap().to_str().unwrap()
}

/// The answer with every hash, which changes with every comma of the package, taken out.
fn without_hash(answer: &str) -> String {
    let (before, after) = answer.rsplit_once(" (").unwrap();
    format!("{before} (<hash>{}", &after[after.find(')').unwrap()..])
}

fn beside_each_other() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("snapshots/voorbeelden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Each answer was read aloud beside the sections of the vision it names; read it again before accepting a change.
#[test]
fn each_example_has_the_answer_that_was_reviewed() {
    for path in examples() {
        let ran = brink(&["toets", &path]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{path}");
        beside_each_other().bind(|| assert_snapshot!(name(&path), without_hash(&ran.out)));
    }
}

#[test]
fn some_examples_have_the_answer_in_json_that_was_reviewed() {
    for example in ["geitenstal", "kerk", "zonnepark"] {
        let path = project(&format!("voorbeelden/{example}.json"));
        let mut answer = brink(&["toets", "--json", &path]).json();
        answer["bewijs"]["pakket"]["hash"] = "<hash>".into();
        let text = serde_json::to_string_pretty(&answer).unwrap();
        beside_each_other().bind(|| assert_snapshot!(format!("{example}.json"), text));
    }
}

#[test]
fn an_answer_is_short_however_long_the_plan() {
    for path in examples() {
        let lines = brink(&["toets", &path]).out.lines().count();
        assert!(lines <= 115, "{path}: {lines} lines");
    }
}

#[test]
fn nothing_is_lost_by_folding() {
    for path in examples() {
        let all = brink(&["toets", "--alles", &path]).out;
        let answer = brink(&["toets", "--json", &path]).json();
        for norm in answer["normen"].as_array().unwrap() {
            let id = norm["id"].as_str().unwrap();
            assert!(all.contains(&format!(" {id} ")), "{path}: {id}");
        }
        for question in answer["vragen"].as_array().unwrap() {
            let id = question["id"].as_str().unwrap();
            assert!(all.contains(&format!("({id};")), "{path}: {id}");
        }
    }
}

#[test]
fn a_conflict_is_always_shown() {
    for path in examples() {
        let text = brink(&["toets", &path]).out;
        let answer = brink(&["toets", "--json", &path]).json();
        for norm in answer["normen"].as_array().unwrap() {
            if norm["uitkomst"] == "strijdig" {
                assert!(text.contains(norm["id"].as_str().unwrap()), "{path}");
            }
        }
    }
}

#[test]
fn what_has_ended_is_shown_as_ended_on_the_date_of_judgement() {
    let path = project("voorbeelden/kerk.json");
    let ended = "2021-2024: afgelopen, liep";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&brink(&["toets", &path]).out).contains(ended));
    let before =
        brink(&["toets", &path, "--peildatum", "2024-12-31", "--gegeven", "aanvraagjaar-subsidie=2024"]);
    assert_eq!(before.code, 0);
    assert!(!words(&before.out).contains(ended), "{}", before.out);
    let stand = |date: &str| {
        let answer = brink(&["toets", "--json", &path, "--peildatum", date]).json();
        let list = answer["instrumenten"].as_array().unwrap().clone();
        let one = list.iter().find(|one| one["naam"].as_str().unwrap().contains("2021-2024")).unwrap();
        (one["stand"].as_str().unwrap().to_owned(), one["tot"].as_str().unwrap().to_owned())
    };
    assert_eq!(stand("2024-12-31"), ("loopt".to_owned(), "2024".to_owned()));
    assert_eq!(stand("2025-01-01"), ("afgelopen".to_owned(), "2024".to_owned()));
    assert_eq!(stand("2020-12-31"), ("nog-niet".to_owned(), "2024".to_owned()));
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

#[test]
fn what_holds_for_every_plan_stands_apart() {
    let path = project("voorbeelden/windmolen.json");
    let answer = brink(&["toets", "--json", &path]).json();
    let norms = answer["normen"].as_array().unwrap();
    assert!(norms.iter().any(|norm| norm["id"] == "7.1.3-11" && norm["algemeen"] == true));
    assert!(norms.iter().any(|norm| norm["id"] == "5.6.2-98" && norm.get("algemeen").is_none()));
    assert_eq!(answer["oordeel"], "nee-tenzij");
    assert!(answer["samenvatting"].as_str().unwrap().contains("zonder die regels is het oordeel ja-mits"));
    let text = brink(&["toets", &path]).out;
    let (own, general) = text.split_once("Zoals voor vrijwel elk plan").unwrap();
    assert!(own.contains("5.6.2-98") && !own.contains("7.1.3-11"), "{text}");
    assert!(general.contains("7.1.3-11"), "{text}");
}

/// Of questions that can lead to as much, those about plans like this come before those every plan is asked.
#[test]
fn what_every_plan_is_asked_is_asked_last() {
    for path in examples() {
        let answer = brink(&["toets", "--json", &path]).json();
        let general: Vec<(bool, bool, bool)> = answer["vragen"]
            .as_array()
            .unwrap()
            .iter()
            .map(|question| {
                let decisive = question["doorslaggevend"] == true;
                let heavy = !["aandacht", "past", "gewenst", "elders"]
                    .contains(&question["kan_leiden_tot"].as_str().unwrap());
                (!decisive, !heavy, question["algemeen"] == true)
            })
            .collect();
        // What only says which means there is comes after both.
        let mut sorted = general.clone();
        sorted.sort();
        let means = general.iter().zip(&sorted).filter(|(one, other)| one != other).count();
        assert!(means <= 2, "{path}: {general:?}");
    }
}

/// Of an area the plan may lie in, and one around it that is unknown for that reason, only the first is asked.
#[test]
fn an_area_is_not_asked_again_for_what_lies_around_it() {
    let path = project("voorbeelden/vakantiepark.json");
    let answer = brink(&["toets", "--json", &path]).json();
    let areas: Vec<&str> = answer["vragen"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|question| question["soort"] == "gebied")
        .map(|question| question["id"].as_str().unwrap())
        .collect();
    assert_eq!(areas, ["natuurnetwerk-nederland"]);
}
