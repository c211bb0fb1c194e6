//! Plans with a place: `brink toets` with a point, a drawing, a plan with `locatie`, and `brink waar`.

use crate::run::{text, wide};
use crate::streek::{HEATH, Streek, WHOLE, collection, feature, geopackage, lonlat, rect, spot, surface};
use geo::Area;
use serde_json::{Value, json};

const HOUSE: [&str; 7] =
    ["toets", "--activiteit", "woning-bouwen", "--gegeven", "oppervlakte-m2=1000", "--onderdeel", "2.2"];

/// The areas of an answer, as id, relation and share.
fn areas(answer: &Value) -> Vec<(String, String, Option<f64>)> {
    let list = answer["gebieden"].as_array().unwrap().iter();
    list.map(|area| {
        (text(&area["id"]).to_owned(), text(&area["relatie"]).to_owned(), area["aandeel"].as_f64())
    })
    .collect()
}

fn area<'a>(answer: &'a Value, list: &str, id: &str) -> &'a Value {
    let all = answer[list].as_array().unwrap();
    all.iter().find(|area| area["id"] == id).unwrap_or_else(|| panic!("{id} in {answer:#}"))
}

#[test]
fn a_point_lies_in_what_the_drawing_says_and_the_answer_says_it_is_a_drawing() {
    let streek = Streek::new("punt");
    let place = spot(100.0, 500.0);
    let answer = streek.json(&[&HOUSE[..], &["--punt", &place]].concat());
    assert_eq!(answer["oordeel"], "strijdig");
    assert_eq!(area(&answer, "gebieden", "heide")["relatie"], "binnen");
    assert_eq!(area(&answer, "gebieden", "heide")["kaartsoort"], "schets");
    assert_eq!(area(&answer, "gebieden", "buitengebied")["relatie"], "binnen");
    assert_eq!(answer["bewijs"]["lagen"][0]["id"], "schetskaart");
    let ran = streek.run(&[&HOUSE[..], &["--punt", &place]].concat());
    assert_eq!((ran.code, wide(&ran.out)), (0, Vec::new()));
    assert!(ran.out.contains("schets"), "{}", ran.out);
    // Between the heath and the houses nothing is against it.
    let place = spot(500.0, 500.0);
    assert_eq!(streek.json(&[&HOUSE[..], &["--punt", &place]].concat())["oordeel"], "geen-belang");
}

#[test]
fn a_drawing_gets_the_same_answer_from_every_kind_of_file_and_from_a_plan() {
    let streek = Streek::new("vlak");
    let bounds = [300.0, 100.0, 500.0, 200.0];
    let plan = json!({ "activiteit": "woning-bouwen", "onderdelen": ["2.2"], "gegevens": { "oppervlakte-m2": 1000 }, "peildatum": "2026-11-01" });
    let shape = rect(bounds);
    let mut located = plan.clone();
    located["locatie"] = shape.clone();
    let rd = json!({
        "type": "FeatureCollection",
        "crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::28992" } },
        "features": [{ "type": "Feature", "properties": {}, "geometry": geojson::Geometry::from(&geo_types::Geometry::MultiPolygon(surface(bounds))) }],
    });
    let files = [
        streek.file("vorm.geojson", shape.to_string()),
        streek.file("feature.json", feature(&shape, &json!({})).to_string()),
        streek.file("collectie.geojson", collection(&[feature(&shape, &json!({}))]).to_string()),
        streek.file("rd.geojson", rd.to_string()),
        streek.file("plan.gpkg", geopackage(&[bounds])),
    ];
    let plans = [
        streek.file("plan.json", located.to_string()),
        streek.file("plan.geojson", feature(&shape, &plan).to_string()),
    ];
    let mut answers = Vec::new();
    for file in &files {
        let flags = ["--peildatum", "2026-11-01", "--vlak", file];
        answers.push(streek.json(&[&HOUSE[..], &flags].concat()));
    }
    for file in &plans {
        answers.push(streek.json(&["toets", file]));
    }
    let bare = streek.file("bare.json", plan.to_string());
    answers.push(streek.json(&["toets", &bare, "--vlak", &files[0]]));
    let heath = area(&answers[0], "gebieden", "heide")["aandeel"].as_f64().unwrap();
    assert!((heath - 0.5).abs() < 1e-4, "{heath}");
    assert_eq!(answers[0]["oordeel"], "strijdig");
    for answer in &answers[1..] {
        assert_eq!(answer["oordeel"], answers[0]["oordeel"]);
        for (one, other) in areas(answer).iter().zip(areas(&answers[0])) {
            assert_eq!((&one.0, &one.1), (&other.0, &other.1));
            // A line between degrees is not quite a line in RD.
            let apart = one.2.unwrap_or_default() - other.2.unwrap_or_default();
            assert!(apart.abs() < 1e-5, "{one:?} {other:?}");
        }
    }
}

#[test]
fn what_a_plan_says_of_areas_overrules_the_map() {
    let streek = Streek::new("overrulen");
    let plan = json!({
        "activiteit": "woning-bouwen", "locatie": { "type": "Point", "coordinates": lonlat(100.0, 500.0) },
        "gebieden": { "buiten": ["heide"] }, "onderdelen": ["2.2"], "gegevens": { "oppervlakte-m2": 1000 },
    });
    let file = streek.file("plan.json", plan.to_string());
    let answer = streek.json(&["toets", &file]);
    assert_eq!(answer["oordeel"], "geen-belang");
    assert_eq!(area(&answer, "gebieden", "heide")["kaartsoort"], "opgegeven");
}

#[test]
fn heights_are_no_hindrance() {
    let streek = Streek::new("hoogte");
    let [x, y] = lonlat(100.0, 500.0);
    let file = streek.file("3d.geojson", json!({ "type": "Point", "coordinates": [x, y, 12.5] }).to_string());
    assert_eq!(streek.json(&[&HOUSE[..], &["--vlak", &file]].concat())["oordeel"], "strijdig");
}

#[test]
fn lines_of_plans_with_places_are_answered_in_order() {
    let streek = Streek::new("regels");
    let plan = |x: f64| json!({ "activiteit": "woning-bouwen", "onderdelen": ["2.2"], "gegevens": { "oppervlakte-m2": 1000 }, "locatie": { "type": "Point", "coordinates": lonlat(x, 500.0) } });
    let lines = [plan(100.0), plan(500.0), plan(-50.0), plan(100.0)].map(|plan| plan.to_string()).join("\n");
    let ran = streek.run_with(&["toets", "-", "--jsonl"], lines.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdicts: Vec<&Value> = answers.iter().map(|answer| &answer["oordeel"]).collect();
    assert_eq!(verdicts, [&json!("strijdig"), &json!("geen-belang"), &Value::Null, &json!("strijdig")]);
    assert_eq!(answers[2]["fout"]["regel"], 3);
    let message = text(&answers[2]["fout"]["meldingen"][0]["melding"]);
    assert_eq!(message, "het plan ligt buiten De streek: daar gaat deze visie niet over");
}

#[test]
fn a_plan_partly_outside_is_judged_and_one_outside_is_not() {
    let streek = Streek::new("rand");
    let across = streek.file("half.geojson", rect([-50.0, 0.0, 50.0, 100.0]).to_string());
    let answer = streek.json(&[&HOUSE[..], &["--vlak", &across]].concat());
    let remarks = answer["meldingen"].to_string();
    assert!(remarks.contains("Het plan ligt voor een deel buiten De streek. Over dat deel"), "{remarks}");
    let outside = streek.refused(&[&HOUSE[..], &["--punt", &spot(-50.0, 0.0)]].concat());
    assert!(
        outside.contains("locatie: het plan ligt buiten De streek: daar gaat deze visie niet over"),
        "{outside}"
    );
    assert!(outside.contains("brink kaarten importeer"), "{outside}");
}

#[test]
fn what_applies_here_in_words() {
    let streek = Streek::new("waar");
    let ran = streek.run(&["waar", "--punt", &spot(100.0, 500.0)]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(wide(&ran.out), [""; 0]);
    for words in ["De heide (binnen, schets)", "[2.2-01]", "Hier niet: ", "Geen gegevens: ", "schetskaart"] {
        assert!(ran.out.contains(words), "`{words}` in {}", ran.out);
    }
    assert!(!ran.out.contains("Bebouwd gebied"), "{}", ran.out);
    let all = streek.run(&["waar", "--alles", "--punt", &spot(100.0, 500.0)]).out;
    assert!(all.contains("Bebouwd gebied"), "{all}");
}

#[test]
fn what_applies_here_for_a_program() {
    let streek = Streek::new("waar-json");
    let file = streek.file("vlak.geojson", rect([300.0, 100.0, 500.0, 200.0]).to_string());
    let answer = streek.json(&["waar", "--vlak", &file]);
    let heath = area(&answer, "geraakt", "heide");
    assert_eq!((&heath["relatie"], &heath["kaartsoort"]), (&json!("deels"), &json!("schets")));
    assert_eq!(heath["normen"][0]["id"], "2.2-01");
    assert_eq!(area(&answer, "niet_geraakt", "bebouwd")["naam"], "Bebouwd gebied");
    assert_eq!(area(&answer, "geen_gegevens", "stiltegebied")["naam"], "Stiltegebied de Heide");
    let interest = |id: &str| text(&area(&answer, "belangen", id)["stand"]).to_owned();
    assert_eq!((interest("leefomgeving"), interest("stilte")), ("geraakt".into(), "geen-gegevens".into()));
    assert_eq!(answer["bewijs"]["pakket"]["id"], "veldstreek");
}

#[test]
fn how_far_an_area_is_when_the_map_can_tell() {
    let streek = Streek::new("waar-afstand");
    let away = |x: f64| {
        let answer = streek.json(&["waar", "--punt", &spot(x, 500.0)]);
        area(&answer, "niet_geraakt", "bebouwd")["afstand"].as_f64()
    };
    assert_eq!(away(500.0), Some(100.0));
    // The border is nearer than the houses: beyond it there may be others.
    assert_eq!(away(100.0), None);
    let all = streek.run(&["waar", "--alles", "--punt", &spot(500.0, 500.0)]).out;
    assert!(all.contains("Bebouwd gebied (100 m, schets)"), "{all}");
}

#[test]
fn what_of_each_area_is_here_as_geojson() {
    let streek = Streek::new("waar-geojson");
    let bounds = [300.0, 100.0, 500.0, 200.0];
    let file = streek.file("vlak.geojson", rect(bounds).to_string());
    let ran = streek.run(&["waar", "--geojson", "--vlak", &file]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let cut = streek.file("uit.geojson", &ran.out);
    let features = crate::streek::read(cut.as_ref()).features;
    let hectares = |id: &str| {
        let found = features.iter().filter(|feature| feature.properties["gebied"] == id);
        found.map(|feature| feature.geometry.unsigned_area() / 10_000.0).sum::<f64>()
    };
    assert!((hectares("heide") - 1.0).abs() < 1e-3, "{}", hectares("heide"));
    assert!((hectares("streek") - 2.0).abs() < 1e-3, "{}", hectares("streek"));
    assert!(features.iter().all(|feature| feature.properties["kaartsoort"] == "schets"));
    // At a point the area as it is.
    let ran = streek.run(&["waar", "--geojson", "--punt", &spot(100.0, 500.0)]);
    let whole = streek.file("heel.geojson", &ran.out);
    let whole: f64 = crate::streek::read(whole.as_ref())
        .features
        .iter()
        .filter(|feature| feature.properties["gebied"] == "heide")
        .map(|feature| feature.geometry.unsigned_area() / 10_000.0)
        .sum();
    assert!((whole - (HEATH[2] * HEATH[3]) / 10_000.0).abs() < 0.01, "{whole}");
    assert!((WHOLE[2] - 1_000.0).abs() < f64::EPSILON);
}

#[test]
fn waar_needs_a_place() {
    let streek = Streek::new("waar-nergens");
    let fault = streek.refused(&["waar"]);
    assert!(fault.contains("er is geen plek\n  geef --punt LON,LAT of --vlak BESTAND"), "{fault}");
}
