//! `brink toets` on bad plans: what is wrong, where, what was meant, and exit code 2.

use crate::run::{Ran, brink, brink_with, file, folder, klein, on_klein, on_klein_with};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Assesses a plan that must be refused; its faults.
fn refused(plan: &Value) -> Vec<String> {
    let ran = on_klein_with(&["toets", "-", "--json"], plan.to_string().as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (2, ""), "{ran:?}");
    let human = on_klein_with(&["toets", "-"], plan.to_string().as_bytes());
    assert_eq!((human.code, human.out.as_str()), (2, ""), "{human:?}");
    let faults = ran.faults();
    for fault in &faults {
        let fault = fault.trim_start_matches(": ");
        assert!(human.err.contains(fault), "`{fault}` in {}", human.err);
    }
    faults
}

/// A plan with these facts.
fn facts(facts: &Value) -> Value {
    json!({ "activiteit": "bedrijf-vestigen", "gebieden": {}, "gegevens": facts })
}

fn areas(areas: &Value) -> Vec<String> {
    refused(&json!({ "activiteit": "bedrijf-vestigen", "gebieden": areas }))
}

#[test]
fn all_faults_at_once_with_what_was_meant() {
    let plan = json!({
        "activiteit": "bedrijf-vestige",
        "gebieden": { "binnen": ["linten"] },
        "gegevens": { "geluid-d": 35, "soort-bedrijf": "hard", "alleen-overdag": "ja" },
        "onderdelen": ["2.9"],
        "lezingen": { "lint-opn": "a", "lint-open": "c" },
        "peildatm": "2026-11-01"
    });
    let ran = on_klein_with(&["toets", "-"], plan.to_string().as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_snapshot!(ran.err);
}

#[test]
fn unknown_names_by_flag() {
    for (arguments, message, meant) in [
        (
            &["--activiteit", "woningbouw"][..],
            "activiteit: onbekende activiteit `woningbouw`",
            "bedoeld: woning-bouwen?",
        ),
        (
            &["--activiteit", "evenement", "--gebied", "stilte-gebied"],
            "gebieden.binnen[0]: onbekend gebied `stilte-gebied`",
            "bedoeld: stiltegebied",
        ),
        (
            &["--activiteit", "evenement", "--gebied-onbekend", "hei"],
            "gebieden.onbekend[0]: onbekend gebied `hei`",
            "bedoeld: heide?",
        ),
        (
            &["--activiteit", "evenement", "--gegeven", "geluid=3"],
            "gegevens.geluid: onbekend gegeven `geluid`",
            "bedoeld: geluid-db?",
        ),
        (
            &["--activiteit", "evenement", "--onderdeel", "2.1.2"],
            "onderdelen[0]: onbekend onderdeel `2.1.2`",
            "bedoeld: 2.1.1",
        ),
    ] {
        let ran = on_klein(&[&["toets"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.starts_with("fout: dit plan is niet te toetsen\n"), "{}", ran.err);
        assert!(ran.err.contains(message) && ran.err.contains(meant), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn an_activity_nothing_looks_like_is_to_be_looked_up() {
    let ran = on_klein(&["toets", "--activiteit", "raketbasis"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`brink woordenlijst zoek \"...\"` zoekt erin"), "{}", ran.err);
}

#[test]
fn wrong_type() {
    assert_eq!(
        refused(&facts(&json!({ "alleen-overdag": 1 }))),
        ["gegevens.alleen-overdag: hier hoort true of false, geen getal"]
    );
    assert_eq!(
        refused(&facts(&json!({ "soort-bedrijf": true }))),
        ["gegevens.soort-bedrijf: true is hier geen mogelijkheid"]
    );
    assert_eq!(
        refused(&facts(&json!({ "einddatum": "2026-02-30" }))),
        ["gegevens.einddatum: \"2026-02-30\" is geen datum"]
    );
    assert_eq!(refused(&facts(&json!({ "einddatum": 2026 }))), ["gegevens.einddatum: 2026 is geen datum"]);
    assert_eq!(
        refused(&facts(&json!({ "naam-organisator": ["Jan"] }))),
        ["gegevens.naam-organisator: hier hoort tekst, geen lijst"]
    );
    assert_eq!(
        refused(&facts(&json!({ "oppervlakte-m2": true }))),
        ["gegevens.oppervlakte-m2: hier hoort een getal in m2, geen ja of nee"]
    );
    assert_eq!(refused(&facts(&json!(["luid"]))), ["gegevens: hier hoort een object, geen lijst"]);
    assert_eq!(
        refused(&json!({ "activiteit": ["evenement"] })),
        ["activiteit: hier hoort het id van een activiteit, geen lijst"]
    );
    assert_eq!(
        refused(&json!({ "activiteit": "evenement", "titel": 3, "gebieden": "lint", "onderdelen": "2.1" }))
            .len(),
        3
    );
}

#[test]
fn wrong_unit() {
    assert_eq!(
        refused(&facts(&json!({ "oppervlakte-m2": "12 liter" }))),
        ["gegevens.oppervlakte-m2: `12 liter` is niet in m2"]
    );
    assert_eq!(
        refused(&facts(&json!({ "geluid-db": "35 m2" }))),
        ["gegevens.geluid-db: `35 m2` is niet in dB"]
    );
}

#[test]
fn number_out_of_sense() {
    let number = |value: Value| refused(&facts(&json!({ "oppervlakte-m2": value }))).concat();
    assert_eq!(number(json!(-3)), "gegevens.oppervlakte-m2: -3 m2 kan niet");
    assert_eq!(number(json!("NaN")), "gegevens.oppervlakte-m2: `NaN` is niet in m2");
    assert_eq!(number(json!("Infinity")), "gegevens.oppervlakte-m2: `Infinity` is niet in m2");
    assert_eq!(number(json!("")), "gegevens.oppervlakte-m2: \"\" is geen bruikbaar getal");
    assert_eq!(number(json!("1.2.3")), "gegevens.oppervlakte-m2: \"1.2.3\" is geen bruikbaar getal");
    assert_eq!(number(json!("--1")), "gegevens.oppervlakte-m2: \"--1\" is geen bruikbaar getal");
    assert_eq!(refused(&facts(&json!({ "geluid-db": 141 }))), ["gegevens.geluid-db: 141 dB kan niet"]);
}

/// A plan with a number as it stands in the JSON.
fn digits(digits: &str) -> Ran {
    let plan =
        format!("{{\"activiteit\": \"bedrijf-vestigen\", \"gegevens\": {{\"oppervlakte-m2\": {digits}}}}}");
    on_klein_with(&["toets", "-", "--json"], plan.as_bytes())
}

#[test]
fn number_too_large_to_compute_with() {
    for number in
        ["1e400", "-1e400", "1e29", "1234567890123456789012345678901234567890", "1e99999999999999999999"]
    {
        let ran = digits(number);
        assert_eq!(ran.code, 2, "{number}");
        let fault = ran.faults().concat();
        assert!(
            fault.starts_with("gegevens.oppervlakte-m2: ") && fault.ends_with("is geen bruikbaar getal"),
            "{number}: {fault}"
        );
    }
    let ran = on_klein(&[
        "toets",
        "--activiteit",
        "bedrijf-vestigen",
        "--gegeven",
        "oppervlakte-m2=79228162514264337593543950335 ha",
    ]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is geen bruikbaar getal"), "{}", ran.err);
}

#[test]
fn numbers_json_does_not_know() {
    for number in ["NaN", "Infinity", "-Infinity", "1.", ".5", "0x10", "1_000"] {
        let ran = digits(number);
        assert_eq!(ran.code, 2, "{number}");
        assert!(ran.faults().concat().contains("geen geldige JSON: regel 1, kolom "), "{number}: {ran:?}");
    }
}

#[test]
fn small_numbers_and_many_decimals_are_numbers() {
    for number in ["1e-20", "0.000000000000000000000001", "-0", "1E2", "500.0000"] {
        assert_eq!(digits(number).code, 0, "{number}");
    }
}

#[test]
fn in_and_out_of_one_area() {
    assert_eq!(
        areas(&json!({ "binnen": ["lint"], "buiten": ["lint"] })),
        ["gebieden.buiten[0]: gebied `lint` staat bij `binnen` en bij `buiten`"]
    );
    assert_eq!(
        areas(&json!({ "buiten": ["heide"], "onbekend": ["heide"] })),
        ["gebieden.onbekend[0]: gebied `heide` staat bij `buiten` en bij `onbekend`"]
    );
}

#[test]
fn in_a_child_and_out_of_what_it_lies_in() {
    let message = |child: &str, parent: &str| {
        format!(
            "gebieden: het plan ligt in `{child}` en zou buiten `{parent}` liggen, maar het een ligt in het ander"
        )
    };
    assert_eq!(areas(&json!({ "binnen": ["lint"], "buiten": ["bebouwd"] })), [message("lint", "bebouwd")]);
    assert_eq!(
        areas(&json!({ "binnen": ["stiltegebied"], "buiten": ["buitengebied"] })),
        [message("stiltegebied", "buitengebied")]
    );
}

#[test]
fn in_an_area_and_its_complement() {
    let both = |a: &str, b: &str| {
        let found = areas(&json!({ "binnen": [a, b] })).concat();
        assert!(found.starts_with("gebieden: het plan kan niet zowel in `"), "{found}");
        assert!(found.contains(&format!("`{a}`")) && found.contains(&format!("`{b}`")), "{found}");
    };
    both("bebouwd", "buitengebied");
    both("buitengebied", "bebouwd");
}

#[test]
fn in_what_lies_in_an_area_and_in_its_complement() {
    for (a, b) in [
        ("lint", "buitengebied"),
        ("heide", "bebouwd"),
        ("stiltegebied", "bebouwd"),
        ("lint", "stiltegebied"),
    ] {
        let found = areas(&json!({ "binnen": [a, b] }));
        assert_eq!(found.len(), 1, "{a}, {b}: {found:?}");
    }
}

#[test]
fn out_of_an_area_and_out_of_its_complement() {
    assert_eq!(areas(&json!({ "buiten": ["bebouwd", "buitengebied"] })).len(), 1);
}

#[test]
fn memberships_of_an_unknown_kind() {
    assert_eq!(areas(&json!({ "in": ["lint"] })), ["gebieden.in: onbekend veld `in`"]);
    assert_eq!(areas(&json!({ "binnen": "lint" })), ["gebieden.binnen: hier hoort een lijst, geen tekst"]);
    assert_eq!(areas(&json!({ "binnen": [3] })), ["gebieden.binnen[0]: hier hoort tekst, geen getal"]);
}

#[test]
fn a_feature_without_properties_is_no_plan() {
    let point = json!({ "type": "Point", "coordinates": [6.56, 52.99] });
    assert_eq!(
        refused(&json!({ "type": "Feature", "geometry": point })),
        ["properties: deze Feature heeft geen properties"]
    );
}

#[test]
fn fact_without_a_value() {
    for given in ["geluid-db", "geluid-db:3", ""] {
        let ran = on_klein(&["toets", "--activiteit", "evenement", "--gegeven", given]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(
            ran.err.contains(&format!("`--gegeven {given}` mist een waarde\n  schrijf --gegeven ID=WAARDE")),
            "{}",
            ran.err
        );
    }
    let ran = on_klein(&["toets", "--activiteit", "evenement", "--gegeven", "=3"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("onbekend gegeven ``"), "{}", ran.err);
}

#[test]
fn a_date_that_is_none() {
    for date in ["gisteren", "2026-02-30", "01-11-2026", "2026-11-01T00:00:00"] {
        let ran = on_klein(&["toets", "--activiteit", "evenement", "--peildatum", date]);
        assert_eq!(ran.code, 2, "{date}");
        assert!(
            ran.err.contains(&format!(
                "peildatum: `{date}` is geen datum\n    schrijf een datum als 2026-01-31"
            )),
            "{}",
            ran.err
        );
    }
}

/// Assesses a file with this content, which must be refused.
fn content(name: &str, content: &[u8]) -> String {
    let path = file(&folder(&format!("content-{name}")), "plan.json", content);
    let ran = on_klein(&["toets", &path]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    let json = on_klein(&["toets", "--json", &path]);
    assert_eq!((json.code, json.err.as_str()), (2, ""));
    assert!(!json.faults().is_empty());
    ran.err.replace(&path, "plan.json")
}

#[test]
fn content_that_is_no_plan() {
    assert_snapshot!(
        [
            content("empty", b""),
            content("blank", b" \n\n"),
            content("text", b"geen json"),
            content("half", b"{\"activiteit\": \"evene"),
            content("array", b"[1, 2]"),
            content("number", b"12"),
            content("null", b"null"),
            content("nothing", b"{}"),
            content("bytes", b"{\"activiteit\": \"\xff\"}"),
            content("utf16", b"\xff\xfe{\0}\0"),
            content("zip", b"PK\x03\x04\x00\x00"),
            content("two", b"{} {}"),
        ]
        .concat()
    );
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    let found = content("mark", "\u{feff}{\"activiteit\": \"raketbasis\"}".as_bytes());
    assert!(found.contains("onbekende activiteit `raketbasis`"), "{found}");
}

#[test]
fn deep_nesting() {
    let deep = "[".repeat(100_000);
    let found = content("deep", deep.as_bytes());
    assert!(found.contains("geen geldige JSON: regel 1, kolom"), "{found}");
    let facts = format!("{{\"gegevens\": {}1{}}}", "{\"a\":".repeat(50_000), "}".repeat(50_000));
    let found = content("deep-facts", facts.as_bytes());
    assert!(found.contains("geen geldige JSON: regel 1, kolom"), "{found}");
}

#[test]
fn thousands_of_unknown_names() {
    let names: Vec<String> = (0..6_000).map(|n| format!("gebied-{n}")).collect();
    assert_eq!(areas(&json!({ "binnen": names })), ["gebieden.binnen: meer dan 5000 namen"]);
}

#[test]
fn a_long_unknown_name_is_cut_short() {
    let long = "a".repeat(100_000);
    let found = refused(&json!({ "activiteit": long }));
    assert_eq!(found.len(), 1);
    assert!(found[0].len() < 1_000, "a message of {} bytes", found[0].len());
}

#[test]
fn a_file_of_200_megabytes_is_refused_without_reading_it() {
    let path = folder("huge").join("plan.json");
    std::fs::File::create(&path).unwrap().set_len(200 << 20).unwrap();
    let path = path.display().to_string();
    let start = Instant::now();
    let ran = on_klein(&["toets", &path]);
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(
        ran.err,
        format!(
            "fout: `{path}` is groter dan de toegestane 2097152 bytes\n  stuur een plan zonder bijlagen, of veel plannen met --jsonl\n"
        )
    );
}

#[test]
fn standard_input_of_200_megabytes_is_not_read_to_its_end() {
    let start = Instant::now();
    let ran = on_klein_with(&["toets", "-"], &vec![b' '; 200 << 20]);
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("fout: standaardinvoer is groter dan de toegestane 2097152 bytes"),
        "{}",
        ran.err
    );
}

#[test]
fn files_that_are_not_there() {
    let ran = on_klein(&["toets", "nergens.json"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "fout: `nergens.json` is niet te lezen: het bestaat niet\n")
    );
    let ran = on_klein(&["toets", "--jsonl", "nergens.jsonl"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "fout: `nergens.jsonl` is niet te lezen: het bestaat niet\n")
    );
    let ran = on_klein(&["toets", "--jsonl", &klein()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is niet te lezen: het is een map"), "{}", ran.err);
}

#[test]
fn a_folder_without_plans() {
    let place = folder("no-plans").display().to_string();
    let ran = on_klein(&["toets", &place]);
    assert_eq!(
        (ran.code, ran.err),
        (2, format!("fout: in `{place}` staan geen plannen (.json of .geojson)\n"))
    );
}

#[test]
fn no_plan_at_all() {
    let ran = on_klein(&["toets"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_snapshot!(ran.err);
}

#[test]
fn the_built_in_package_refuses_the_same_way() {
    let ran =
        brink_with(&["toets", "-"], br#"{"activiteit": "zonepark", "gebieden": {"binnen": ["beekdaal"]}}"#);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("onbekende activiteit `zonepark`\n    bedoeld: zonnepark"), "{}", ran.err);
    assert!(ran.err.contains("onbekend gebied `beekdaal`\n    bedoeld: beekdal"), "{}", ran.err);
    assert_eq!(brink(&["toets", "nergens.json"]).code, 2);
}

#[test]
fn of_very_many_faults_the_first_and_how_many_more() {
    let facts: serde_json::Map<String, Value> =
        (0..100).map(|n| (format!("onzin-{n:03}"), json!(true))).collect();
    let plan = json!({ "activiteit": "evenement", "gebieden": {}, "gegevens": facts }).to_string();
    let human = on_klein_with(&["toets", "-"], plan.as_bytes());
    assert_eq!(human.code, 2);
    assert_eq!(human.err.matches("onbekend gegeven").count(), 20, "{}", human.err);
    assert!(human.err.contains("\n  en nog 80 fouten\n    herstel eerst die hierboven"), "{}", human.err);
    let faults = on_klein_with(&["toets", "-", "--json"], plan.as_bytes()).faults();
    assert_eq!(faults.len(), 21);
    assert_eq!(faults.last().unwrap(), ": en nog 80 fouten");
}
