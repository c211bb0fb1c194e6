//! `brink bron`, on a made-up text and the small package made from it.

use crate::run::{brink, brink_with, file, folder, klein, on_klein, veldvisie};
use insta::assert_snapshot;
use serde_json::json;

#[test]
fn the_tree_of_sections() {
    let ran = brink(&["bron", "lees", &veldvisie()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_snapshot!(ran.out);
    let text = std::fs::read(veldvisie()).unwrap();
    assert_eq!(brink_with(&["bron", "lees", "-"], &text), ran);
}

#[test]
fn the_tree_in_json() {
    let answer = brink(&["bron", "lees", "--json", &veldvisie()]).json();
    let sections = answer["onderdelen"].as_array().unwrap();
    let section = sections.iter().find(|section| section["nummer"] == "2.1.1").unwrap();
    assert_eq!(section["regels"], json!([64, 73]));
}

#[test]
fn the_sections_of_the_small_package_are_those_of_its_text() {
    let ran = brink(&["bron", "onderdelen", &veldvisie()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let path = format!("{}/onderdelen.yaml", klein());
    assert!(
        ran.out == std::fs::read_to_string(&path).unwrap(),
        "{path} is stale; run `brink bron onderdelen crates/source/tests/fixtures/veldvisie.txt` for it"
    );
}

#[test]
fn sections_in_json_are_the_sections_in_yaml() {
    let list = brink(&["bron", "onderdelen", "--json", &veldvisie()]).json();
    let section = list.as_array().unwrap().iter().find(|section| section["nummer"] == "2.1.1").unwrap();
    assert_eq!(
        section,
        &json!({
            "nummer": "2.1.1", "titel": "Stiltegebied de Heide", "regels": [64, 73],
            "alineas": [{ "regels": [65, 72], "soort": "tekst", "vingerafdruk": "b5b53711fe8f2b6c" }]
        })
    );
}

#[test]
fn the_same_text_has_no_differences() {
    let ran = on_klein(&["bron", "controleer", &veldvisie()]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "geen verschil met het pakket: het is hetzelfde bestand\n"));
    let answer = on_klein(&["bron", "controleer", "--json", &veldvisie()]).json();
    assert_eq!(answer, json!({ "zelfde_bestand": true, "wijzigingen": [], "geraakte_uitspraken": [] }));
}

/// The text after an edit.
fn changed(name: &str, from: &str, to: &str) -> String {
    let text = std::fs::read_to_string(veldvisie()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "`{from}`");
    file(&folder(&format!("bron-{name}")), "visie.txt", text.replace(from, to))
}

#[test]
fn a_changed_text_names_the_statements_it_touches() {
    let path = changed("changed", "niet harder dan 35 dB", "niet harder dan 45 dB");
    let ran = on_klein(&["bron", "controleer", &path]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_snapshot!(ran.out);
    let answer = on_klein(&["bron", "controleer", "--json", &path]);
    assert_eq!(answer.code, 1);
    assert_eq!(answer.json()["geraakte_uitspraken"], json!(["2.1.1-01"]));
    assert_eq!(answer.json()["wijzigingen"][0]["uitspraken"], json!(["2.1.1-01"]));
}

#[test]
fn a_section_that_is_gone_and_lines_that_moved() {
    let path =
        changed("gone", " 3 Slot\n\nWij herzien deze visie in\n2031 of zoveel eerder als nodig is.\n", "");
    let ran = on_klein(&["bron", "controleer", &path]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("onderdeel 3 ontbreekt (stond op regels 117-120)"), "{}", ran.out);
    assert!(ran.out.contains("uitspraken die hierop steunen: 3-01"), "{}", ran.out);
    let path = changed("moved", "Over deze visie\n", "\n\nOver deze visie\n");
    let ran = on_klein(&["bron", "controleer", &path]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("onderdeel 3 is verschoven: van regels 117-120 naar 119-122"), "{}", ran.out);
    assert!(ran.out.contains("0 uitspraken om na te lezen"), "{}", ran.out);
}

#[test]
fn searching() {
    let ran = brink(&["bron", "zoek", "geluid", "nacht", "--bron", &veldvisie()]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_snapshot!(ran.out);
    let phrase = brink(&["bron", "zoek", "\"acht weken\"", "--json", "--bron", &veldvisie()]).json();
    let hits = phrase["treffers"].as_array().unwrap().iter();
    assert_eq!(hits.map(|hit| &hit["onderdeel"]).collect::<Vec<_>>(), ["2.1.1"], "{phrase:#}");
    let nothing = brink(&["bron", "zoek", "raketbasis", "--bron", &veldvisie()]);
    assert_eq!((nothing.code, nothing.out.as_str()), (1, "niets gevonden voor `raketbasis`\n"));
    let by_environment = crate::run::ran(
        crate::run::command(&["bron", "zoek", "geluid", "nacht"]).env("BRINK_BRON", veldvisie()),
    );
    assert_eq!(by_environment, ran);
}

#[test]
fn searching_without_a_text() {
    let ran = crate::run::ran(
        crate::run::command(&["bron", "zoek", "stilte", "--pakket", &klein()])
            .current_dir(folder("bron-no-text")),
    );
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_snapshot!(ran.err);
}

#[test]
fn odd_questions() {
    for question in ["\"", "stilte AND", "*", "(", "titel:stilte", "-", "a^9 ~", &"stilte ".repeat(5_000)] {
        let ran = brink(&["bron", "zoek", question, "--bron", &veldvisie()]);
        assert!(ran.code <= 2 && ran.code >= 0, "{question}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{question}: {ran:?}");
        assert_eq!(ran.err.is_empty(), ran.code != 2, "{question}: {ran:?}");
    }
}

#[test]
fn texts_that_can_not_be_read() {
    let place = folder("bron-bad");
    let bytes = file(&place, "bytes.txt", b"1 Een\n\n\xff\xfe\n");
    let long = file(&place, "long.txt", "a".repeat(100_000));
    let huge = place.join("huge.txt");
    std::fs::File::create(&huge).unwrap().set_len(200 << 20).unwrap();
    let huge = huge.display().to_string();
    let mut told = String::new();
    for path in [bytes.as_str(), &long, &huge, "nergens.txt", &place.display().to_string()] {
        let ran = brink(&["bron", "lees", path]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{path}");
        told += &ran.err.replace(&place.display().to_string(), "MAP");
    }
    assert_snapshot!(told);
}

#[test]
fn a_text_without_sections() {
    let path = file(&folder("bron-flat"), "plat.txt", "Zomaar wat tekst.\n");
    let ran = brink(&["bron", "lees", &path]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("0 genummerde onderdelen"), "{}", ran.out);
    let empty = brink_with(&["bron", "lees", "-"], b"");
    assert!(empty.code == 0 || empty.code == 2, "{empty:?}");
}
