//! Files that are broken, lie, or are no map.

use crate::support::*;
use brink_geo::crs::Crs;
use brink_geo::read::{Limits, ReadFault, ReadOptions, read_bytes, read_file};

#[test]
fn cut_anywhere_a_file_gives_an_error_or_less_and_never_a_panic() {
    for name in ["velden.geojson", "velden.fgb", "bogen.fgb", "velden.gml", "velden.zip"] {
        let whole = bytes(name);
        for end in 0..whole.len() {
            let result = read_bytes(name, &whole[..end], &ReadOptions::default());
            // Only white space, or padding, may be missing.
            assert!(result.is_err() || whole.len() - end <= 3, "{name} cut at {end}");
        }
    }
    // The pieces of a shapefile, and a database by its pages and around its start.
    let pieces = unzip(&bytes("velden.zip"));
    for cut in 0..pieces.len() {
        for end in 0..pieces[cut].1.len() {
            let files: Vec<(&str, &[u8])> = pieces
                .iter()
                .enumerate()
                .map(|(n, (name, bytes))| (name.as_str(), if n == cut { &bytes[..end] } else { &bytes[..] }))
                .collect();
            let result = read_bytes("x.zip", &zip(&files), &ReadOptions::default());
            assert!(result.is_err() || !pieces[cut].0.ends_with("shp"), "{} cut at {end}", pieces[cut].0);
        }
    }
    let whole = bytes("velden.gpkg");
    for end in (0..300).chain((300..whole.len()).step_by(509)) {
        let result = read_bytes("x.gpkg", &whole[..end], &ReadOptions::default());
        assert!(result.is_err(), "cut at {end}");
    }
}

#[test]
fn turned_bits_never_panic() {
    for name in ["velden.geojson", "velden.fgb", "bogen.fgb", "velden.gml", "velden.zip", "bogen.gpkg"] {
        let whole = bytes(name);
        for step in 0..2000 {
            let mut changed = whole.clone();
            let at = (step * 7919) % whole.len();
            changed[at] ^= 1 << (step % 8);
            let _ = read_bytes(name, &changed, &ReadOptions::default());
        }
    }
}

#[test]
fn a_broken_database_says_so() {
    let said = error("x.gpkg", &bytes("velden.gpkg")[..50_000]);
    assert!(said.contains("GeoPackage") && said.contains("haal het opnieuw op"), "{said}");
    assert!(error("x.gpkg", b"no database").contains("geen GeoPackage"));
    assert!(error("tabel.gpkg", bytes("tabel.gpkg")).contains("geen"), "a table without shapes");
    let missing = read_file(&data("er_is_niets.gpkg"), &ReadOptions::default()).unwrap_err();
    assert!(missing.to_string().contains("kan niet worden gelezen"), "{missing}");
}

#[test]
fn reading_a_geopackage_leaves_it_alone() {
    let before = bytes("velden.gpkg");
    file("velden.gpkg");
    assert!(before == bytes("velden.gpkg"));
    assert!(!data("velden.gpkg-wal").exists() && !data("velden.gpkg-journal").exists());
}

#[test]
fn broken_geojson_says_where() {
    let at = |text: &str| error("x.geojson", text);
    assert!(at("{\"type\":\n\"Point\",\n\"coordinates\":[6.5,").contains("houdt midden in op (regel 3)"));
    assert!(at("{\"type\":\n\"Point\",\n\"coordinates\":[6.5,NaN]}").contains("regel 3"));
    assert!(at(r#"{"type":"Point"}"#).contains("`coordinates`"));
    assert!(at(r#"{"type":"Punt","coordinates":[1,2]}"#).contains("`Punt`"));
    assert!(at(r#"{"type":"Polygon","coordinates":[6.5,52.9]}"#).contains("passen niet bij Polygon"));
    assert!(at(r#"{"type":"Point","coordinates":[[6.5,52.9]]}"#).contains("passen niet bij Point"));
    assert!(at(r#"{"type":"Point","coordinates":["6.5","52.9"]}"#).contains("passen niet"));
    assert!(at(r#"{"naam":"x"}"#).contains("geen GeoJSON"));
    assert!(at("[1,2]").contains("`type`"));
    assert!(at(r#"{"error":{"code":400,"message":"Invalid URL"}}"#).contains("Invalid URL (code 400)"));
    let mut latin = br#"{"type":"Feature","properties":{"n":"x"},"geometry":null}"#.to_vec();
    latin[37] = 0xe9;
    assert!(error("x.geojson", latin).contains("UTF-8"));
    let two = "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"geometry\":null,\"properties\":{}},\n{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1]},\"properties\":{}}]}";
    assert!(at(two).contains("vorm 2 (regel 3)"));
}

#[test]
fn wrong_systems_are_errors_and_nothing_is_moved() {
    let at = |text: &str| error("x.geojson", text);
    let said = at(r#"{"type":"Point","coordinates":[52.9,6.5]}"#);
    assert!(said.contains("verwisseld"), "{said}");
    let said = at(r#"{"type":"Point","coordinates":[233000,556000]}"#);
    assert!(said.contains("lijken RD"), "{said}");
    // Elsewhere on earth, partly elsewhere, round the country.
    let said = at(r#"{"type":"Point","coordinates":[2.35,48.85]}"#);
    assert!(said.contains("buiten"), "{said}");
    let said = at(r#"{"type":"LineString","coordinates":[[6.5,52.9],[12.0,48.0]]}"#);
    assert!(said.contains("een deel van de vorm ligt buiten Nederland"), "{said}");
    let said = at(r#"{"type":"Polygon","coordinates":[[[-20,30],[40,30],[40,70],[-20,70],[-20,30]]]}"#);
    assert!(said.contains("om Nederland heen"), "{said}");
    let crs = |name: &str| {
        format!(
            r#"{{"type":"Point","coordinates":[6.5,52.9],"crs":{{"type":"name","properties":{{"name":"{name}"}}}}}}"#
        )
    };
    assert!(at(&crs("EPSG:31370")).contains("EPSG:31370"));
    assert!(at(&crs("EPSG:28992")).contains("lijken"));
    assert!(
        at(r#"{"type":"Point","coordinates":[6.5,52.9],"crs":{"type":"link","properties":{}}}"#)
            .contains("`crs`")
    );
    // One stray feature among good ones is left out, and said.
    let mixed =
        "{\"type\":\"Point\",\"coordinates\":[2.35,48.85]}\n{\"type\":\"Point\",\"coordinates\":[6.5,52.9]}";
    let read = text("x.geojsonl", mixed);
    assert_eq!(read.features.len(), 1);
    assert!(read.remarks[0].feature == "1" && read.remarks[0].text.contains("weggelaten"));
    // What the user says goes before what the file says.
    let options = ReadOptions { crs: Some(Crs::RdNew), ..ReadOptions::default() };
    let said = read_bytes("x.geojson", crs("OGC:CRS84").as_bytes(), &options).unwrap_err().to_string();
    assert!(said.contains("lijken"), "{said}");
}

#[test]
fn limits_hold() {
    let with = |limits: Limits| ReadOptions { limits, ..ReadOptions::default() };
    let fault = |name: &str, content: &[u8], limits: Limits| {
        read_bytes(name, content, &with(limits)).unwrap_err().fault
    };
    let default = Limits::default();
    for name in ["velden.geojson", "velden.gpkg", "velden.fgb", "velden.gml", "velden.zip"] {
        let content = bytes(name);
        let few = fault(name, &content, Limits { features: 2, ..default });
        assert!(matches!(few, ReadFault::TooManyFeatures { limit: 2 }), "{name} {few}");
        let few = fault(name, &content, Limits { vertices: 10, ..default });
        assert!(matches!(few, ReadFault::TooManyVertices { limit: 10 }), "{name} {few}");
        let small = fault(name, &content, Limits { bytes: 100, ..default });
        assert!(matches!(small, ReadFault::TooLarge { limit: 100, .. }), "{name} {small}");
        let small = read_file(&data(name), &with(Limits { bytes: 100, ..default })).unwrap_err().fault;
        assert!(matches!(small, ReadFault::TooLarge { limit: 100, .. }), "{name} {small}");
    }
    // Arcs count by what they are drawn with.
    let arcs = fault("bogen.gpkg", &bytes("bogen.gpkg"), Limits { vertices: 30, ..default });
    assert!(matches!(arcs, ReadFault::TooManyVertices { .. }), "{arcs}");
    let mut deep = r#"{"type":"Point","coordinates":[6.5,52.9]}"#.to_owned();
    for _ in 0..100 {
        deep = format!(r#"{{"type":"GeometryCollection","geometries":[{deep}]}}"#);
    }
    assert!(matches!(fault("x.json", deep.as_bytes(), default), ReadFault::TooDeep { .. }));
    // So deep that only a parser without a stack of its own comes through.
    let deepest = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let deepest = format!(r#"{{"type":"Polygon","coordinates":{deepest}}}"#);
    assert!(error("x.json", deepest).contains("passen niet"));
}

#[test]
fn zip_bombs_are_refused() {
    let mut bomb = br#"{"type":"Point","coordinates":[6.5,52.9]}"#.to_vec();
    bomb.resize(60_000_000, b' ');
    let packed = zip(&[("bom.geojson", &bomb)]);
    assert!(packed.len() < 100_000);
    assert!(error("x.zip", &packed).contains("meer dan 200 keer"));
    let inner = zip(&[("a.zip", &zip(&[("b.geojson", b"{}")]))]);
    assert!(error("x.zip", inner).contains("zip in de zip"));
    assert!(error("x.zip", &packed[..packed.len() / 2]).contains("afgebroken"));
}

#[test]
fn mixed_kinds_are_read_with_a_remark() {
    let mixed = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[6.5,52.9]},{"type":"LineString","coordinates":[[6.5,52.9],[6.6,52.9]]}]}"#;
    let read = text("x.json", mixed);
    assert!(matches!(read.features[0].geometry, geo_types::Geometry::GeometryCollection(_)));
    assert!(read.remarks[0].text.contains("door elkaar"));
}

#[test]
fn a_web_page_is_no_map() {
    for name in ["x.geojson", "x.gml", "x.zip"] {
        assert!(error(name, "<!DOCTYPE html><html><body>404</body></html>").contains("webpagina"));
    }
}
