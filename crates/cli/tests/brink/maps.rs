//! `brink kaarten`: layers from files, and what they change.

use crate::run::{file, text, wide};
use crate::streek::{HEATH, Streek, collection, feature, geopackage, rect, spot};
use serde_json::{Value, json};

fn row<'a>(rows: &'a Value, id: &str) -> &'a Value {
    rows.as_array().unwrap().iter().find(|row| row["gebied"] == id).unwrap()
}

/// A file with the heath twice as wide, and a strip of another kind.
fn wide_heath(streek: &Streek) -> String {
    let shapes = [
        feature(&rect([0.0, 0.0, 400.0, 1_000.0]), &json!({ "soort": "droog", "nr": 1 })),
        feature(&rect([400.0, 0.0, 800.0, 1_000.0]), &json!({ "soort": "nat", "nr": 2 })),
        feature(&rect([800.0, 0.0, 900.0, 1_000.0]), &json!({ "soort": "bos", "nr": 3 })),
    ];
    streek.file("heide.geojson", collection(&shapes).to_string())
}

fn import(streek: &Streek, file: &str, more: &[&str]) -> crate::run::Ran {
    streek.run(&[&["kaarten", "importeer", file, "--gebied", "heide"], more].concat())
}

#[test]
fn the_list_names_every_area() {
    let streek = Streek::new("kaarten-lijst");
    let ran = streek.run(&["kaarten", "lijst"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for (id, kind) in [("heide", "schets"), ("stiltegebied", "geen kaart"), ("buitengebied", "afgeleid")] {
        assert!(ran.out.lines().any(|line| line.starts_with(id) && line.contains(kind)), "{id}: {}", ran.out);
    }
    assert!(
        ran.out.contains("0 met een echte kaart, 4 met een schets, 1 volgen uit andere, 2 zonder kaart."),
        "{}",
        ran.out
    );
    let rows = streek.json(&["kaarten", "lijst"]);
    assert_eq!(rows.as_array().unwrap().len(), 7);
    assert_eq!((&row(&rows, "heide")["hectare"], &row(&rows, "heide")["vormen"]), (&json!(40.0), &json!(1)));
    assert_eq!(row(&rows, "lint")["kaartsoort"], "geen kaart");
}

#[test]
fn a_real_layer_takes_the_place_of_the_drawing_until_it_is_removed() {
    let streek = Streek::new("kaarten-echt");
    let place = spot(700.0, 500.0);
    let ask = || {
        streek.json(&[
            "toets",
            "--activiteit",
            "woning-bouwen",
            "--gegeven",
            "oppervlakte-m2=1000",
            "--onderdeel",
            "2.2",
            "--punt",
            &place,
        ])
    };
    let before = ask();
    assert_eq!(before["oordeel"], "geen-belang");
    let more = [
        "--kenmerk",
        "soort=droog",
        "--kenmerk",
        "soort=nat",
        "--datum",
        "2025-05-01",
        "--bron",
        "Kadaster",
        "--licentie",
        "CC0",
    ];
    let ran = import(&streek, &wide_heath(&streek), &more);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.starts_with("heide: "), "{}", ran.out);
    let rows = streek.json(&["kaarten", "lijst"]);
    let heath = row(&rows, "heide");
    assert_eq!(
        (&heath["kaartsoort"], &heath["hectare"], &heath["vormen"]),
        (&json!("echt"), &json!(80.0), &json!(2))
    );
    assert_eq!(
        (&heath["datum"], &heath["bron"], &heath["licentie"]),
        (&json!("2025-05-01"), &json!("Kadaster"), &json!("CC0"))
    );
    let after = ask();
    assert_eq!(after["oordeel"], "strijdig");
    let areas = after["gebieden"].as_array().unwrap();
    assert_eq!(areas.iter().find(|area| area["id"] == "heide").unwrap()["kaartsoort"], "echt");
    let layer = &after["bewijs"]["lagen"][0];
    assert_eq!(
        (&layer["id"], &layer["soort"], &layer["datum"]),
        (&json!("heide"), &json!("echt"), &json!("2025-05-01"))
    );
    assert_eq!(layer["hash"], heath["hash"]);
    let gone = streek.run(&["kaarten", "verwijder", "heide"]);
    assert_eq!((gone.code, gone.out.as_str()), (0, "heide: kaartlaag verwijderd\n"));
    assert_eq!(ask()["bewijs"], before["bewijs"]);
    let again = streek.refused(&["kaarten", "verwijder", "heide"]);
    assert!(again.contains("heide heeft geen eigen kaartlaag"), "{again}");
}

#[test]
fn a_layer_that_lost_most_is_refused_and_the_old_one_stays() {
    let streek = Streek::new("kaarten-verlies");
    assert_eq!(import(&streek, &wide_heath(&streek), &[]).code, 0);
    let small = streek.file("klein.geojson", rect([0.0, 0.0, 100.0, 1_000.0]).to_string());
    let refused = crate::streek::fault(&import(&streek, &small, &[]));
    assert!(refused.contains("heide: de laag zou meer dan de helft verliezen: van 90"), "{refused}");
    assert!(refused.contains("--forceer"), "{refused}");
    assert_eq!(row(&streek.json(&["kaarten", "lijst"]), "heide")["hectare"], 90.0);
    assert_eq!(import(&streek, &small, &["--forceer"]).code, 0);
    assert_eq!(row(&streek.json(&["kaarten", "lijst"]), "heide")["hectare"], 10.0);
}

#[test]
fn every_format_gives_the_same_layer() {
    let streek = Streek::new("kaarten-formaat");
    for path in [
        streek.file("heide.geojson", rect(HEATH).to_string()),
        streek.file("heide.gpkg", geopackage(&[HEATH])),
    ] {
        assert_eq!(import(&streek, &path, &["--forceer"]).code, 0, "{path}");
        assert_eq!(row(&streek.json(&["kaarten", "lijst"]), "heide")["hectare"], 40.0);
    }
}

#[test]
fn what_was_mended_or_left_out_is_told() {
    let streek = Streek::new("kaarten-opmerking");
    let mut empty = feature(&Value::Null, &json!({}));
    empty["id"] = json!("perceel-7");
    let file =
        streek.file("heide.geojson", collection(&[feature(&rect(HEATH), &json!({})), empty]).to_string());
    let ran = import(&streek, &file, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("  - perceel-7: weggelaten: "), "{}", ran.out);
    assert_eq!(wide(&ran.out), [""; 0]);
}

#[test]
fn what_can_not_be_imported() {
    let streek = Streek::new("kaarten-fout");
    let good = wide_heath(&streek);
    let gelderland =
        streek.file("elders.geojson", json!({ "type": "Point", "coordinates": [2.35, 48.85] }).to_string());
    let empty = streek.file("leeg.geojson", collection(&[]).to_string());
    let html = streek.file("dienst.geojson", "<html><body>Inloggen</body></html>");
    for (path, more, words) in [
        (
            good.as_str(),
            vec!["--kenmerk", "soort"],
            "`--kenmerk soort` mist een waarde\n  schrijf --kenmerk NAAM=WAARDE",
        ),
        (
            &good,
            vec!["--kenmerk", "kleur=paars"],
            "geen vorm heeft het kenmerk `kleur`\n  er zijn: nr, soort",
        ),
        (
            &good,
            vec!["--kenmerk", "soort=zand"],
            "van de 3 vormen heeft er geen dit kenmerk\n  `soort` is er: bos, droog, nat",
        ),
        (&good, vec!["--crs", "EPSG:9999"], "`--crs`: coördinaatstelsel `EPSG:9999` is niet bekend"),
        (&good, vec!["--crs", "EPSG:28992"], "heide.geojson"),
        (
            &good,
            vec!["--datum", "gisteren"],
            "`--datum gisteren` is geen datum\n  schrijf een datum als 2026-01-31",
        ),
        (&good, vec!["--dekking", "maan"], "onbekend gebied `maan`"),
        (&gelderland, vec![], "elders.geojson"),
        (&empty, vec![], "heeft geen vormen"),
        (&html, vec![], "webpagina (HTML)"),
        ("/er/is/niets.gpkg", vec![], "niets.gpkg"),
    ] {
        let said = crate::streek::fault(&import(&streek, path, &more));
        assert!(said.contains(words), "{path} {more:?}: {said}");
    }
    let said = streek.refused(&["kaarten", "importeer", &good, "--gebied", "hei"]);
    assert!(said.contains("onbekend gebied `hei`\n  bedoelt u heide"), "{said}");
    assert_eq!(std::fs::read_dir(&streek.maps).unwrap().count(), 0, "nothing was kept");
}

#[test]
fn a_damaged_layer_is_told_and_can_be_replaced_or_removed() {
    let streek = Streek::new("kaarten-kapot");
    assert_eq!(import(&streek, &wide_heath(&streek), &[]).code, 0);
    let path = streek.maps.join("heide.kaart");
    let whole = std::fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for damaged in [&whole[..whole.len() - 9], &whole[..20], b"", b"brink-kaart 9\n{}\n", &flipped] {
        std::fs::write(&path, damaged).unwrap();
        for command in [&["kaarten", "lijst"][..], &["waar", "--punt", "6.5,52.9"]] {
            let said = streek.refused(command);
            assert!(said.contains("heide.kaart is geen kaartlaag van Brink, of is beschadigd: haal de laag opnieuw op of importeer hem opnieuw"), "{said}");
        }
    }
    assert_eq!(import(&streek, &wide_heath(&streek), &[]).code, 0);
    assert_eq!(streek.run(&["kaarten", "lijst"]).code, 0);
    std::fs::write(&path, "kapot").unwrap();
    assert_eq!(streek.run(&["kaarten", "verwijder", "heide"]).code, 0);
    assert_eq!(streek.run(&["kaarten", "lijst"]).code, 0);
    // What is no layer, is none of our business.
    file(&streek.maps, "lees-mij.txt", "notitie");
    assert_eq!(streek.run(&["kaarten", "lijst"]).code, 0);
}

#[test]
fn beyond_what_a_layer_covers_nothing_is_known() {
    let streek = Streek::new("kaarten-dekking");
    let ran = import(&streek, &wide_heath(&streek), &["--kenmerk", "soort=droog", "--dekking", "bebouwd"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let state = |x: f64| {
        let answer = streek.json(&["waar", "--punt", &spot(x, 500.0)]);
        let lists = ["geraakt", "niet_geraakt", "geen_gegevens"].into_iter();
        let has = |list: &&str| answer[*list].as_array().unwrap().iter().any(|area| area["id"] == "heide");
        text(&json!(lists.filter(has).collect::<Vec<_>>()[0])).to_owned()
    };
    assert_eq!([state(100.0), state(500.0), state(700.0)], ["geraakt", "geen_gegevens", "niet_geraakt"]);
}
