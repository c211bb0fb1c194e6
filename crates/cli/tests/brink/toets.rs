//! `brink toets` on good plans, with the small package.

use crate::run::{brink, file, folder, klein, on_klein, on_klein_with, text, wide};
use insta::assert_snapshot;
use serde_json::json;

const DATE: [&str; 2] = ["--peildatum", "2026-11-01"];

fn toets(arguments: &[&str]) -> String {
    let ran = on_klein(&[&["toets"], arguments, &DATE].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(wide(&ran.out), [""; 0]);
    // The hash of the package changes with every comma in it.
    let hash = ran.out.split_once(" (").and_then(|_| ran.out.rsplit_once(" ("));
    let (before, after) = hash.unwrap();
    format!("{before} (<hash>{}", &after[after.find(')').unwrap()..])
}

#[test]
fn a_prohibition() {
    assert_snapshot!(toets(&[
        "--activiteit",
        "bedrijf-vestigen",
        "--gebied",
        "lint",
        "--gegeven",
        "soort-bedrijf=luid",
        "--gegeven",
        "oppervlakte-m2=80",
        "--gegeven",
        "lint-blijft-open=ja"
    ]));
}

#[test]
fn open_conditions_and_questions() {
    assert_snapshot!(toets(&[
        "--activiteit",
        "evenement",
        "--gebied",
        "stiltegebied",
        "--gegeven",
        "geluid-db=40",
        "--gegeven",
        "einddatum=2026-12-01"
    ]));
}

#[test]
fn everything_known_and_good() {
    assert_snapshot!(toets(&[
        "--activiteit",
        "dorpsfeest",
        "--gebied",
        "bebouwd",
        "--gegeven",
        "alleen-overdag=nee",
        "--gegeven",
        "einddatum=2026-12-01"
    ]));
}

#[test]
fn an_unknown_area() {
    assert_snapshot!(toets(&[
        "--activiteit",
        "woning-bouwen",
        "--gebied-onbekend",
        "heide",
        "--gegeven",
        "oppervlakte-m2=100",
        "--onderdeel",
        "2.2"
    ]));
}

#[test]
fn all_norms() {
    assert_snapshot!(toets(&[
        "--alles",
        "--activiteit",
        "woning-bouwen",
        "--gebied",
        "lint",
        "--gegeven",
        "oppervlakte-m2=100",
        "--gegeven",
        "lint-blijft-open=nee"
    ]));
}

#[test]
fn every_condition_fails_or_holds_in_the_sight_of_the_reader() {
    let answer =
        toets(&["--activiteit", "evenement", "--gebied", "bebouwd", "--gegeven", "alleen-overdag=nee"]);
    assert!(answer.contains("(x) het is alleen overdag"), "{answer}");
    assert!(answer.contains("(x) het is het dorpsfeest"), "{answer}");
    assert!(answer.contains("(?) het is voorbij voor de nacht"), "{answer}");
}

#[test]
fn the_answer_in_json_has_the_parts_of_the_contract() {
    let ran = on_klein(&[
        "toets",
        "--json",
        "--activiteit",
        "woning-bouwen",
        "--gebied",
        "lint",
        "--peildatum",
        "2026-11-01",
    ]);
    assert_eq!(ran.code, 0);
    let answer = ran.json();
    for key in [
        "oordeel",
        "onzeker",
        "bereik",
        "belangen",
        "onderdelen",
        "normen",
        "vragen",
        "documenten",
        "overleg",
        "procedures",
        "kansen",
        "gebieden",
        "bewijs",
    ] {
        assert!(answer.get(key).is_some(), "{key}");
    }
    assert_eq!(answer["oordeel"], "onbekend");
    assert_eq!(answer["bereik"], json!({ "mildst": "geen-belang", "strengst": "onwenselijk" }));
    assert_eq!(answer["normen"][0]["id"], "2.2-02");
    assert_eq!(answer["normen"][0]["uitspraken"], json!(["2.2-02", "1-02"]));
    assert_eq!(answer["bewijs"]["peildatum"], "2026-11-01");
    assert_eq!(answer["bewijs"]["pakket"]["id"], "veldstreek");
}

#[test]
fn a_plan_from_a_file_from_standard_input_and_as_a_feature_gets_the_same_answer() {
    let plan = json!({ "titel": "Huis", "activiteit": "woning-bouwen", "gebieden": { "binnen": ["lint"] }, "gegevens": { "oppervlakte-m2": 90 }, "peildatum": "2026-11-01" });
    let feature = json!({ "type": "Feature", "geometry": null, "properties": plan });
    let place = folder("same-answer");
    let from_file = on_klein(&["toets", &file(&place, "plan.json", plan.to_string())]);
    let from_feature = on_klein(&["toets", &file(&place, "plan.geojson", feature.to_string())]);
    let from_input = on_klein_with(&["toets", "-"], plan.to_string().as_bytes());
    assert_eq!(from_file.code, 0);
    assert!(from_file.out.starts_with("Huis\n"), "{}", from_file.out);
    assert_eq!(from_feature, from_file);
    assert_eq!(from_input, from_file);
}

#[test]
fn flags_add_to_a_file_and_overrule_it() {
    let plan = json!({ "activiteit": "woning-bouwen", "gebieden": { "binnen": ["lint"] }, "gegevens": { "oppervlakte-m2": 9000, "lint-blijft-open": true }, "peildatum": "2026-11-01" });
    let feature = json!({ "type": "Feature", "properties": plan });
    let flags = ["--gegeven", "oppervlakte-m2=90", "--onderdeel", "2.2"];
    for input in [&plan, &feature] {
        let plain = on_klein_with(&["toets", "-", "--json"], input.to_string().as_bytes()).json();
        assert_eq!(plain["oordeel"], "onbekend");
        for jsonl in [&["toets", "-", "--json"][..], &["toets", "-", "--jsonl"][..]] {
            let ran = on_klein_with(&[jsonl, &flags].concat(), input.to_string().as_bytes());
            assert_eq!(ran.code, 0, "{ran:?}");
            assert_eq!(ran.json()["oordeel"], "past", "{input}");
        }
    }
}

#[test]
fn a_folder_of_plans_in_order_of_name() {
    let place = folder("plans");
    let plan = |title: &str| {
        json!({ "titel": title, "activiteit": "dorpsfeest", "gebieden": {}, "peildatum": "2026-11-01" })
            .to_string()
    };
    file(&place, "b.json", plan("Tweede"));
    file(&place, "a.geojson", plan("Eerste"));
    file(&place, "c.txt", "geen plan");
    let place = place.display().to_string();
    let ran = on_klein(&["toets", &place]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let (first, second) = (ran.out.find("\nEerste\n").unwrap(), ran.out.find("\nTweede\n").unwrap());
    assert!(first < second);
    let lines = on_klein(&["toets", "--json", &place]).out;
    let titles: Vec<String> = lines
        .lines()
        .map(|line| text(&serde_json::from_str::<serde_json::Value>(line).unwrap()["titel"]).to_owned())
        .collect();
    assert_eq!(titles, ["Eerste", "Tweede"]);
}

#[test]
fn a_folder_with_a_bad_plan_answers_the_others() {
    let place = folder("plans-one-bad");
    file(&place, "a.json", "{}");
    file(
        &place,
        "b.json",
        json!({ "titel": "Goed", "activiteit": "dorpsfeest", "gebieden": {} }).to_string(),
    );
    let ran = on_klein(&["toets", &place.display().to_string()]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("a.json` is niet te toetsen\n  activiteit: activiteit ontbreekt"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("\nGoed\n"), "{}", ran.out);
    let lines = on_klein(&["toets", "--json", &place.display().to_string()]);
    assert_eq!(lines.code, 2);
    assert_eq!(lines.out.lines().count(), 2);
    assert!(lines.out.starts_with("{\"fout\":{\"meldingen\":["), "{}", lines.out);
}

#[test]
fn hectares_for_square_metres() {
    let ran = |value: &str| {
        on_klein(&[
            "toets",
            "--json",
            "--activiteit",
            "woning-bouwen",
            "--gebied",
            "lint",
            "--gegeven",
            value,
        ])
    };
    // 0.05 ha is exactly the 500 m2 that is allowed.
    for (value, applies) in [
        ("oppervlakte-m2=0.05 ha", true),
        ("oppervlakte-m2=0,05 ha", true),
        ("oppervlakte-m2=0.0501 ha", false),
        ("oppervlakte-m2=1 ha", false),
        ("oppervlakte-m2=500", true),
        ("oppervlakte-m2=500 m²", true),
        ("oppervlakte-m2=500.01", false),
    ] {
        let ran = ran(value);
        assert_eq!(ran.code, 0, "{value}: {ran:?}");
        let answer = ran.json();
        let found = answer["normen"].as_array().unwrap().iter().any(|norm| norm["id"] == "2.2-02");
        assert_eq!(found, applies, "{value}");
    }
}

#[test]
fn a_long_title_is_wrapped() {
    let title = "Een heel lang plan ".repeat(20);
    let plan =
        json!({ "titel": title, "activiteit": "dorpsfeest", "gebieden": {}, "peildatum": "2026-11-01" });
    let ran = on_klein_with(&["toets", "-"], plan.to_string().as_bytes());
    assert_eq!(ran.code, 0);
    assert_eq!(wide(&ran.out), [""; 0]);
}

#[test]
fn a_title_can_not_steer_the_terminal() {
    let plan = json!({ "titel": "\u{1b}]0;weg\u{7}\u{1b}[31mRood\r\nPAST", "activiteit": "dorpsfeest", "gebieden": {}, "peildatum": "2026-11-01" });
    let ran = on_klein_with(&["toets", "-"], plan.to_string().as_bytes());
    assert_eq!(ran.code, 0);
    assert!(!ran.out.contains(['\u{1b}', '\u{7}', '\r']), "{:?}", ran.out);
    assert!(!ran.out.lines().any(|line| line == "PAST"), "{}", ran.out);
}

#[test]
fn the_package_can_come_from_the_surroundings() {
    let mut command =
        crate::run::command(&["toets", "--activiteit", "dorpsfeest", "--peildatum", "2026-11-01"]);
    let ran = crate::run::ran(command.env("BRINK_PAKKET", klein()));
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran,
        brink(&["toets", "--activiteit", "dorpsfeest", "--peildatum", "2026-11-01", "--pakket", &klein()])
    );
}
