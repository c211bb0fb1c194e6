//! `brink geschikt`: where a plan would fit, in every form it can be asked for.

use crate::run::{text, wide};
use crate::streek::{HOUSES, Streek, feature, read, rect, spot};
use geo::Area;
use serde_json::{Value, json};
use std::path::Path;

/// A house that is too large for the ribbon: on the heath in conflict, elsewhere nothing is against it.
const HOUSE: [&str; 7] =
    ["geschikt", "--activiteit", "woning-bouwen", "--gegeven", "oppervlakte-m2=1000", "--onderdeel", "2.2"];

fn zones(answer: &Value) -> Vec<(String, f64)> {
    let list = answer["zones"].as_array().unwrap().iter();
    list.map(|zone| (text(&zone["oordeel"]).to_owned(), zone["hectare"].as_f64().unwrap())).collect()
}

fn ask(streek: &Streek, arguments: &[&str]) -> Value {
    streek.json(&[&HOUSE[..], arguments].concat())
}

#[test]
fn hectares_per_verdict_and_zones_with_exact_borders() {
    let streek = Streek::new("geschikt");
    // Whatever the cells, the borders are those of the areas.
    for raster in ["25", "70", "130"] {
        let answer = ask(&streek, &["--raster", raster]);
        let found = zones(&answer);
        assert_eq!(found.len(), 1, "{answer:#}");
        let (verdict, hectares) = &found[0];
        assert!(verdict == "geen-belang" && (hectares - 60.0).abs() < 0.02, "{raster}: {found:?}");
        assert_eq!(answer["zones"][0]["grens"], "exact");
        assert_eq!(answer["zones"][0]["kaartsoort"], "schets");
    }
    let shares = ask(&streek, &[]);
    assert_eq!(
        shares["verdeling"],
        json!([{ "oordeel": "geen-belang", "hectare": 60.0 }, { "oordeel": "strijdig", "hectare": 40.0 }])
    );
    assert!(text(&shares["meldingen"][0]).starts_with("Indicatief: "), "{}", shares["meldingen"]);
    assert_eq!(shares["bewijs"]["pakket"]["id"], "veldstreek");
}

#[test]
fn the_spot_of_a_zone_gets_its_verdict() {
    let streek = Streek::new("geschikt-plek");
    let answer = ask(&streek, &["--tot", "strijdig"]);
    assert_eq!(zones(&answer).len(), 2);
    for zone in answer["zones"].as_array().unwrap() {
        let spot = format!("{},{}", zone["plek"][0], zone["plek"][1]);
        let plan = streek.json(&[&["toets"], &HOUSE[1..], &["--punt", &spot]].concat());
        assert_eq!(plan["oordeel"], zone["oordeel"]);
    }
    assert_eq!(answer["zones"][1]["redenen"][0]["id"], "2.2-01");
}

#[test]
fn what_is_the_same_everywhere_can_be_left_out() {
    let streek = Streek::new("geschikt-plaatsgebonden");
    let (all, by_place) = (ask(&streek, &[]), ask(&streek, &["--plaatsgebonden"]));
    assert!(all.get("overal").is_none());
    // Of this section only the norms of areas say anything: the verdicts stay, and nothing is left out.
    assert_eq!(all["verdeling"], by_place["verdeling"]);
    assert_eq!(
        (&by_place["overal"]["aantal"], &by_place["overal"]["oordeel"]),
        (&json!(0), &json!("geen-belang"))
    );

    let event = ["geschikt", "--activiteit", "evenement", "--tot", "strijdig"];
    let all = streek.json(&event);
    assert_eq!(all["verdeling"], json!([{ "oordeel": "nee-tenzij", "hectare": 100.0 }]));
    let only = [&event[..], &["--plaatsgebonden"]].concat();
    let by_place = streek.json(&only);
    assert_eq!(
        by_place["verdeling"],
        json!([{ "oordeel": "geen-belang", "hectare": 60.0 }, { "oordeel": "onbekend", "hectare": 40.0 }])
    );
    let everywhere = &by_place["overal"];
    assert_eq!((&everywhere["aantal"], &everywhere["oordeel"]), (&json!(2), &json!("nee-tenzij")));
    assert_eq!(everywhere["redenen"], all["zones"][0]["redenen"]);
    let ran = streek.run(&only);
    let told = "Niet meegeteld is wat overal hetzelfde is: 2 normen, samen met het oordeel";
    assert!(
        ran.out.contains(told) && ran.out.contains("nee-tenzij. Dat komt door:\n  - [2.1-03]"),
        "{}",
        ran.out
    );
    assert!(wide(&ran.out).is_empty());
}

#[test]
fn only_within_only_so_large_and_only_so_strict() {
    let streek = Streek::new("geschikt-keuze");
    let within = zones(&ask(&streek, &["--binnen", "bebouwd"]));
    assert!(within.len() == 1 && (within[0].1 - HOUSES[3] * 400.0 / 10_000.0).abs() < 0.02, "{within:?}");
    let both = zones(&ask(&streek, &["--binnen", "bebouwd", "--binnen", "heide", "--tot", "strijdig"]));
    assert_eq!(
        both.iter().map(|(verdict, _)| verdict.as_str()).collect::<Vec<_>>(),
        ["geen-belang", "strijdig"]
    );
    assert_eq!(zones(&ask(&streek, &["--minimaal", "59.9"])).len(), 1);
    assert_eq!(zones(&ask(&streek, &["--minimaal", "60.1"])).len(), 0);
    assert_eq!(zones(&ask(&streek, &["--binnen", "heide"])).len(), 0);
    assert_eq!(zones(&ask(&streek, &["--tot", "strijdig", "--aantal", "1"])).len(), 1);
}

#[test]
fn in_words() {
    let streek = Streek::new("geschikt-tekst");
    let ran = streek.run(&[&HOUSE[..], &["--tot", "strijdig"]].concat());
    assert_eq!((ran.code, ran.err.as_str(), wide(&ran.out)), (0, "", Vec::new()));
    for words in [
        "geen-belang          60 ha  60.0%",
        "1. geen-belang: 60 ha rond ",
        "2. strijdig: 40 ha",
        "[2.2-01]",
        "schetskaart",
    ] {
        assert!(ran.out.contains(words), "`{words}` in {}", ran.out);
    }
    let none = streek.run(&[&HOUSE[..], &["--minimaal", "99"]].concat());
    assert!(none.out.contains("Geen zone is zo groot en valt onder dit oordeel."), "{}", none.out);
}

#[test]
fn zones_as_files() {
    let streek = Streek::new("geschikt-bestand");
    for name in ["zones.geojson", "zones.gpkg"] {
        let path = streek.file(name, "");
        let ran = streek.run(&[&HOUSE[..], &["--tot", "strijdig", "--uit", &path]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        assert!(ran.out.ends_with(&format!("Geschreven: {path}\n")), "{}", ran.out);
        let features = read(Path::new(&path)).features;
        assert_eq!(features.len(), 2, "{name}");
        for (feature, (rank, verdict, hectares)) in
            features.iter().zip([("1", "geen-belang", 60.0), ("2", "strijdig", 40.0)])
        {
            let about = &feature.properties;
            assert_eq!((about["rang"].as_str(), about["oordeel"].as_str()), (rank, verdict), "{name}");
            assert_eq!(about["kaartsoort"], "schets");
            let told: f64 = about["hectare"].parse().unwrap();
            let drawn = feature.geometry.unsigned_area() / 10_000.0;
            assert!(
                (told - hectares).abs() < 0.02 && (drawn - hectares).abs() < 0.02,
                "{name} {told} {drawn}"
            );
            assert_eq!(about["redenen"].contains("2.2-01"), verdict == "strijdig", "{name}: {about:?}");
        }
    }
}

#[test]
fn the_map_as_a_picture() {
    let streek = Streek::new("geschikt-plaat");
    let path = streek.file("kaart.png", "");
    let answer = ask(&streek, &["--uit", &path]);
    assert_eq!(zones(&answer).len(), 1);
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert!(side(16) > 1_000 && side(20) > 1_000, "{} by {}", side(16), side(20));
    // The same answer gives the same picture.
    let again = streek.file("weer.png", "");
    ask(&streek, &["--uit", &again]);
    assert!(std::fs::read(again).unwrap() == bytes);
}

#[test]
fn a_real_map_of_all_that_matters_is_no_drawing_any_more() {
    let streek = Streek::new("geschikt-echt");
    for (area, bounds) in [("streek", crate::streek::WHOLE), ("heide", [0.0, 0.0, 500.0, 1_000.0])] {
        let file = streek.file(&format!("{area}.geojson"), feature(&rect(bounds), &json!({})).to_string());
        assert_eq!(streek.run(&["kaarten", "importeer", &file, "--gebied", area]).code, 0);
    }
    let answer = ask(&streek, &[]);
    let sort = text(&answer["zones"][0]["kaartsoort"]).to_owned();
    assert!((zones(&answer)[0].1 - 50.0).abs() < 0.02);
    // The houses and the canal are still drawn, and matter to section 2.2.1 and to the ribbon.
    assert_eq!(sort, "schets");
    for (area, bounds) in [("bebouwd", HOUSES), ("vaart", [989.0, 0.0, 990.0, 1_000.0])] {
        let file = streek.file(&format!("{area}.geojson"), feature(&rect(bounds), &json!({})).to_string());
        assert_eq!(streek.run(&["kaarten", "importeer", &file, "--gebied", area]).code, 0);
    }
    let answer = ask(&streek, &[]);
    assert_eq!(answer["zones"][0]["kaartsoort"], "echt");
    assert_eq!(answer["meldingen"], json!([]));
}

#[test]
fn what_can_not_be_asked() {
    let streek = Streek::new("geschikt-fout");
    for (arguments, words) in [
        (
            vec!["--uit", "kaart.pdf"],
            "dit soort bestand kan ik niet schrijven\n  kies .geojson of .gpkg voor de zones, of .png voor de kaart",
        ),
        (vec!["--uit", "kaart"], "dit soort bestand kan ik niet schrijven"),
        (vec!["--uit", "/er/is/niets/kaart.png"], "de map `/er/is/niets` bestaat niet"),
        (vec!["--tot", "mooi"], "`--tot mooi` is geen oordeel\n  kies uit: geen-belang, elders"),
        (vec!["--binnen", "hei"], "onbekend gebied `hei`\n  bedoelt u heide"),
        (vec!["--raster", "1"], "een cel is ten minste 5"),
        (vec!["--raster", "NaN"], "een cel is ten minste 5"),
        (vec!["--minimaal", "-1"], "`--minimaal -1`: een oppervlakte is nul of meer hectare"),
        (vec!["--gebied", "heide"], "geschikt zoekt zelf plekken"),
    ] {
        let said = streek.refused(&[&HOUSE[..], &arguments].concat());
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    let said = streek.refused(&["geschikt"]);
    assert!(said.contains("activiteit ontbreekt"), "{said}");
    let said = streek.refused(&[&["geschikt"], &HOUSE[1..3], &["--gegeven", "oppervlakte-m2=veel"]].concat());
    assert!(said.contains("oppervlakte-m2"), "{said}");
    let folder = streek.maps.display().to_string() + "/map.png";
    std::fs::create_dir(&folder).unwrap();
    let said = streek.refused(&[&HOUSE[..], &["--uit", &folder]].concat());
    assert!(said.contains("map.png` is niet te schrijven: het is een map"), "{said}");
    assert!(!spot(0.0, 0.0).is_empty());
}
