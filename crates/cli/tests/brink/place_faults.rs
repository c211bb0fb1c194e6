//! Places that can't be: what is wrong, where, and what to do; never a guess.

use crate::streek::{Streek, collection, fault, feature, geopackage, lonlat, rect, spot};
use serde_json::{Value, json};

const HOUSE: [&str; 3] = ["toets", "--activiteit", "woning-bouwen"];

fn ring(points: &[[f64; 2]]) -> Value {
    json!({ "type": "Polygon", "coordinates": [points] })
}

fn square() -> Vec<[f64; 2]> {
    vec![lonlat(0.0, 0.0), lonlat(100.0, 0.0), lonlat(100.0, 100.0), lonlat(0.0, 100.0), lonlat(0.0, 0.0)]
}

/// Geometries that are no place, and what must be said of each.
fn geometries() -> Vec<(&'static str, Value, &'static [&'static str])> {
    let mut open = square();
    open.pop();
    let mut twisted = square();
    twisted.swap(1, 2);
    let rd = json!({ "type": "Point", "coordinates": [230_100.0, 550_100.0] });
    let [longitude, latitude] = lonlat(100.0, 100.0);
    vec![
        ("leeg", json!({ "type": "Polygon", "coordinates": [] }), &["de geometrie is leeg"]),
        ("leeg-meer", json!({ "type": "MultiPoint", "coordinates": [] }), &["de geometrie is leeg"]),
        (
            "tekst",
            json!({ "type": "Point", "coordinates": ["6.5", "52.9"] }),
            &["een coördinaat is geen getal"],
        ),
        ("nul", json!({ "type": "Point", "coordinates": [null, 52.9] }), &["een coördinaat is geen getal"]),
        ("een-getal", json!({ "type": "Point", "coordinates": [6.5] }), &["een punt heeft twee getallen"]),
        ("parijs", json!({ "type": "Point", "coordinates": [2.35, 48.85] }), &["lengtegraad 2.35", "buiten"]),
        (
            "verwisseld",
            json!({ "type": "Point", "coordinates": [latitude, longitude] }),
            &["lijken verwisseld", "lengtegraad, breedtegraad"],
        ),
        ("rd", rd, &["lijken RD (EPSG:28992)", "geef het juiste coördinaatstelsel op"]),
        ("open", ring(&open), &["een vlak is niet gesloten", "herhaal het eerste punt"]),
        ("gedraaid", ring(&twisted), &["de rand van het vlak kruist zichzelf bij", "teken het opnieuw"]),
        (
            "streep",
            ring(&[lonlat(0.0, 0.0), lonlat(100.0, 0.0), lonlat(0.0, 0.0), lonlat(0.0, 0.0)]),
            &["geen oppervlakte", "drie punten"],
        ),
        (
            "stil",
            json!({ "type": "LineString", "coordinates": [lonlat(0.0, 0.0), lonlat(0.0, 0.0)] }),
            &["geen lengte"],
        ),
        (
            "gemengd",
            json!({ "type": "GeometryCollection", "geometries": [{ "type": "Point", "coordinates": lonlat(1.0, 1.0) }, rect([0.0, 0.0, 9.0, 9.0])] }),
            &["mengt punten, lijnen en vlakken"],
        ),
        (
            "crs",
            json!({ "type": "Point", "coordinates": [1.0, 2.0], "crs": { "type": "name", "properties": { "name": "EPSG:9999" } } }),
            &["`EPSG:9999` is niet bekend", "gebruik EPSG:28992"],
        ),
        (
            "crs-leeg",
            json!({ "type": "Point", "coordinates": [1.0, 2.0], "crs": {} }),
            &["`crs` noemt geen coördinatenstelsel"],
        ),
        (
            "crs-fout",
            json!({ "type": "Point", "coordinates": lonlat(1.0, 1.0), "crs": "EPSG:28992" }),
            &["(OGC:CRS84) te zijn", "niet RD (EPSG:28992)"],
        ),
        (
            "soort",
            json!({ "type": "Cirkel", "coordinates": [6.5, 52.9] }),
            &["`Cirkel` is geen geometrie", "Polygon"],
        ),
        ("zonder-soort", json!({ "coordinates": [6.5, 52.9] }), &["`type` ontbreekt"]),
        ("getal", json!(5), &["geen GeoJSON"]),
    ]
}

#[test]
fn a_drawing_that_can_not_be() {
    let streek = Streek::new("kan-niet-vlak");
    for (name, geometry, words) in geometries() {
        let file = streek.file(&format!("{name}.geojson"), geometry.to_string());
        let said = streek.refused(&[&HOUSE[..], &["--vlak", &file]].concat());
        assert!(said.contains(&format!("{name}.geojson")), "{said}");
        for word in words {
            assert!(said.contains(word), "{name}: `{word}` in {said}");
        }
    }
}

#[test]
fn a_plan_with_a_place_that_can_not_be() {
    let streek = Streek::new("kan-niet-locatie");
    for (name, geometry, words) in geometries() {
        let plan = json!({ "activiteit": "woning-bouwen", "locatie": geometry });
        let said = fault(&streek.run_with(&["toets", "-"], plan.to_string().as_bytes()));
        assert!(said.contains("\n  locatie: "), "{name}: {said}");
        for word in words {
            assert!(said.contains(word), "{name}: `{word}` in {said}");
        }
        let plan = feature(&geometry, &json!({ "activiteit": "woning-bouwen" }));
        assert_eq!(streek.run_with(&["toets", "-", "--json"], plan.to_string().as_bytes()).code, 2, "{name}");
    }
}

#[test]
fn files_that_can_not_be() {
    let streek = Streek::new("kan-niet-bestand");
    let two = collection(&[
        feature(&rect([0.0, 0.0, 9.0, 9.0]), &json!({})),
        feature(&rect([20.0, 0.0, 29.0, 9.0]), &json!({})),
    ]);
    let whole = rect([0.0, 0.0, 9.0, 9.0]).to_string();
    let good = geopackage(&[[0.0, 0.0, 9.0, 9.0]]);
    let mut points: Vec<[f64; 2]> = (0..1_000_000)
        .map(|n| f64::from(n) / 1e6 * std::f64::consts::TAU)
        .map(|angle| lonlat(500.0 + 400.0 * angle.cos(), 500.0 + 400.0 * angle.sin()))
        .map(|point| point.map(|value| (value * 1e8).round() / 1e8))
        .collect();
    points.push(points[0]);
    let files: Vec<(&str, Vec<u8>, &[&str])> = vec![
        ("niets.geojson", Vec::new(), &["het houdt midden in op", "het bestand is afgebroken"]),
        (
            "nan.geojson",
            br#"{"type": "Point", "coordinates": [NaN, 52.9]}"#.to_vec(),
            &["geen geldige JSON op regel 1, kolom 3"],
        ),
        ("oneindig.geojson", br#"{"type": "Point", "coordinates": [1e999, 52.9]}"#.to_vec(), &["geen getal"]),
        (
            "afgebroken.geojson",
            whole[..whole.len() / 2].into(),
            &["het houdt midden in op (regel 1, kolom", "bewaar of haal het opnieuw"],
        ),
        ("web.geojson", b"<!DOCTYPE html><html></html>".to_vec(), &["geen geldige JSON op regel 1, kolom 1"]),
        (
            "latin.geojson",
            b"{\"type\": \"Point\", \"naam\": \"\xeb\"}".to_vec(),
            &["geen leesbare tekst (UTF-8)"],
        ),
        ("twee.geojson", two.to_string().into_bytes(), &["er staan 2 vormen in", "--lijst"]),
        ("geen.geojson", collection(&[]).to_string().into_bytes(), &["er staat geen vorm in"]),
        (
            "zonder.geojson",
            feature(&Value::Null, &json!({})).to_string().into_bytes(),
            &["de geometrie is leeg"],
        ),
        (
            "twee.gpkg",
            geopackage(&[[0.0, 0.0, 9.0, 9.0], [20.0, 0.0, 29.0, 9.0]]),
            &["er staan 2 vormen in", "--lijst"],
        ),
        ("geen.gpkg", geopackage(&[]), &["er staat geen vorm in"]),
        ("afgebroken.gpkg", good[..good.len() / 2].to_vec(), &["afgebroken", "opnieuw"]),
        ("kop.gpkg", good[..100].to_vec(), &["kop.gpkg"]),
        ("leeg.gpkg", Vec::new(), &["het bestand is leeg"]),
        ("tekst.gpkg", b"dit is geen database".to_vec(), &["geen GeoPackage"]),
        ("tekst.xyz", b"dit is geen kaart".to_vec(), &["geen kaart die te lezen is", "geef GeoJSON"]),
        (
            "miljoen.geojson",
            ring(&points).to_string().into_bytes(),
            &["1000001 punten, en 100000 mag", "vereenvoudig"],
        ),
    ];
    for (name, content, words) in files {
        let file = streek.file(name, content);
        let said = streek.refused(&[&HOUSE[..], &["--vlak", &file]].concat());
        assert!(said.contains(name), "{said}");
        for word in words {
            assert!(said.contains(word), "{name}: `{word}` in {said}");
        }
    }
    let said = streek.refused(&[&HOUSE[..], &["--vlak", "/er/is/niets.geojson"]].concat());
    assert!(said.contains("`/er/is/niets.geojson` is niet te lezen: het bestaat niet"), "{said}");
}

#[test]
fn points_that_can_not_be() {
    let streek = Streek::new("kan-niet-punt");
    let [longitude, latitude] = lonlat(1.0, 1.0);
    for (text, words) in [
        ("", &["hier horen twee getallen", "--punt 6.56,52.99"][..]),
        ("6.56", &["hier horen twee getallen"]),
        ("6.56,noord", &["geen twee getallen"]),
        ("6.56,52.99,3", &["geen twee getallen"]),
        ("NaN,52.99", &["geen twee getallen"]),
        ("6.56,inf", &["geen twee getallen"]),
        ("2.35,48.85", &["buiten"]),
        (&format!("{latitude},{longitude}"), &["lijken verwisseld"]),
        ("230100,550100", &["lijken RD (EPSG:28992)"]),
        ("550100,230100", &["EPSG:28992"]),
        ("-6.5,-52.9", &["buiten"]),
        ("4.9,52.37", &["buiten De streek"]),
    ] {
        let said = streek.refused(&[&HOUSE[..], &["--punt", text]].concat());
        for word in words {
            assert!(said.contains(word), "{text}: `{word}` in {said}");
        }
        let waar = streek.run(&["waar", "--punt", text]);
        let outside = text == "4.9,52.37";
        assert_eq!(waar.code, if outside { 0 } else { 2 }, "{text}: {waar:?}");
        assert!(!outside || waar.out.contains("buiten De streek"), "{}", waar.out);
    }
    let both = streek.refused(&[&HOUSE[..], &["--punt", &spot(1.0, 1.0), "--vlak", "x.geojson"]].concat());
    assert!(both.contains("gaan niet samen"), "{both}");
}

#[test]
fn a_package_without_a_map_says_so() {
    let ran = crate::run::on_klein(&[
        "toets",
        "--activiteit",
        "woning-bouwen",
        "--punt",
        "6.56,52.99",
        "--json",
        "--kaarten",
        "/er/is/niets",
    ]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let remarks = ran.json()["meldingen"].to_string();
    assert!(remarks.contains("Er is geen kaart van het grondgebied"), "{remarks}");
}
