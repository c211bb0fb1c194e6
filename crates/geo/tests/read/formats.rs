//! The same shapes from every format.

use crate::support::*;
use brink_geo::crs::Crs;
use brink_geo::read::{ReadOptions, read_bytes, read_file};
use geo::algorithm::area::Area;
use geo_types::Geometry;

#[test]
fn every_format_gives_the_same_shapes_and_words() {
    let expected = file("bron.geojson");
    assert_eq!(expected.features.len(), 3);
    assert!(matches!(expected.features[1].geometry, Geometry::MultiPolygon(_)));
    for name in
        ["velden.geojson", "velden.gpkg", "velden.fgb", "zonder_index.fgb", "velden.gml", "velden.zip"]
    {
        let mut read = file(name);
        // The index of a FlatGeobuf orders the shapes by place.
        read.features
            .sort_by_key(|feature| feature.properties["naam"].replace("Het", "A").replace("Twee", "B"));
        assert!(apart(&expected, &read) < 1e-3, "{name}");
        for (a, b) in expected.features.iter().zip(&read.features) {
            assert_eq!(a.properties["naam"], b.properties["naam"], "{name}");
            assert_eq!(a.properties["nummer"], b.properties["nummer"], "{name}");
        }
        let from_memory = read_bytes(name, &bytes(name), &ReadOptions::default()).unwrap();
        assert_eq!(from_memory, file(name), "{name}");
    }
}

#[test]
fn outer_rings_run_anticlockwise_whatever_the_file_does() {
    for name in ["velden.zip", "velden.gpkg", "velden.fgb"] {
        for feature in file(name).features {
            let polygons = match feature.geometry {
                Geometry::Polygon(polygon) => vec![polygon],
                Geometry::MultiPolygon(polygons) => polygons.0,
                other => panic!("{other:?}"),
            };
            assert!(polygons.iter().all(|polygon| polygon.signed_area() > 0.0), "{name}");
        }
    }
}

#[test]
fn degrees_come_out_where_the_metres_were() {
    let expected = file("bron.geojson");
    let degrees = |order: [usize; 2]| {
        let geometry = |geometry: &Geometry<f64>| {
            let rings = match geometry {
                Geometry::Polygon(polygon) => {
                    vec![vec![polygon.exterior()].into_iter().chain(polygon.interiors()).collect()]
                }
                Geometry::MultiPolygon(all) => all
                    .0
                    .iter()
                    .map(|p| vec![p.exterior()].into_iter().chain(p.interiors()).collect::<Vec<_>>())
                    .collect(),
                _ => vec![],
            };
            let polygons: Vec<Vec<Vec<[f64; 2]>>> = rings
                .into_iter()
                .map(|rings| {
                    rings
                        .into_iter()
                        .map(|ring| {
                            ring.coords()
                                .map(|c| Crs::Crs84.from_rd([c.x, c.y]).unwrap())
                                .map(|lonlat| [lonlat[order[0]], lonlat[order[1]]])
                                .collect()
                        })
                        .collect()
                })
                .collect();
            format!(r#"{{"type":"Feature","geometry":{{"type":"MultiPolygon","coordinates":{polygons:?}}}}}"#)
        };
        let features: Vec<String> =
            expected.features.iter().map(|feature| geometry(&feature.geometry)).collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",\n"))
    };
    let lonlat = degrees([0, 1]);
    assert!(apart(&expected, &text("x.geojson", &lonlat)) < 1e-3);
    // The same with a name of old, whose order is longitude first in GeoJSON whatever the name says.
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4258"] {
        let crs = format!(r#"{{"crs":{{"type":"name","properties":{{"name":"{name}"}}}},{}"#, &lonlat[1..]);
        assert!(apart(&expected, &text("x.geojson", &crs)) < 1e-3, "{name}");
    }
    let swapped = degrees([1, 0]);
    let said = error("x.geojson", swapped);
    assert!(said.contains("verwisseld") && said.contains("vorm 1 (regel 1)"), "{said}");
}

#[test]
fn geojson_in_all_its_wrappings() {
    let point = r#"{"type":"Point","coordinates":[233000,556000]}"#;
    assert_eq!(in_rd(point).features.len(), 1);
    let feature = |id: u8| {
        format!(
            r#"{{"type":"Feature","id":"f{id}","properties":{{"a":null,"b":true,"c":{{"d":1}}}},"geometry":{point}}}"#
        )
    };
    let lines = format!("{}\n{}\r\n\n{}\n", feature(1), feature(2), feature(3));
    let ids = |features: &brink_geo::feature::Features| {
        features.features.iter().map(|f| f.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&in_rd(&lines)), ["f1", "f2", "f3"]);
    let sequence = format!("\u{1e}{}\n\u{1e}{}\n", feature(1), feature(2));
    assert_eq!(ids(&in_rd(&sequence)), ["f1", "f2"]);
    let read = in_rd(&format!("\u{feff} {}", feature(7)));
    assert_eq!(read.features[0].properties["b"], "true");
    assert_eq!(read.features[0].properties["c"], r#"{"d":1}"#);
    assert!(!read.features[0].properties.contains_key("a"));
    let nested = format!(
        r#"{{"type":"GeometryCollection","geometries":[{point},{{"type":"GeometryCollection","geometries":[{point}]}}]}}"#
    );
    assert!(matches!(in_rd(&nested).features[0].geometry, Geometry::MultiPoint(_)));
}

#[test]
fn tables_of_a_geopackage_are_chosen_by_name() {
    let path = data("twee_lagen.gpkg");
    let said = read_file(&path, &ReadOptions::default()).unwrap_err().to_string();
    assert!(said.contains("bogen, velden") && said.contains("kies er een"), "{said}");
    let layer = |layer: &str| ReadOptions { layer: Some(layer.to_owned()), ..ReadOptions::default() };
    assert!(apart(&file("bron.geojson"), &read_file(&path, &layer("velden")).unwrap()) < 1e-3);
    let said = read_file(&path, &layer("akkers")).unwrap_err().to_string();
    assert!(said.contains("geen laag `akkers`") && said.contains("velden"), "{said}");
}

#[test]
fn arcs_are_drawn_and_heights_dropped() {
    for name in ["bogen.gpkg", "bogen.fgb"] {
        let read = file(name);
        assert_eq!(read.features.len(), 2, "{name}");
        let mut areas: Vec<f64> = read.features.iter().map(|f| f.geometry.unsigned_area()).collect();
        areas.sort_by(f64::total_cmp);
        let circle = std::f64::consts::PI * 100.0 * 100.0;
        // Chords lie inside: at most 5 cm along the arc is lost.
        assert!((0.0..=0.05 * 315.0).contains(&(circle / 2.0 - areas[0])), "{name} {areas:?}");
        assert!((0.0..=0.05 * 629.0).contains(&(circle - areas[1])), "{name} {areas:?}");
        assert!(
            read.remarks.iter().any(|remark| remark.text.contains("hoogten")),
            "{name} {:?}",
            read.remarks
        );
    }
    let high = file("hoog.zip");
    assert!(apart(&file("bron.geojson"), &high) < 1e-3);
    assert!(
        high.remarks.iter().any(|remark| remark.text.contains("hoogten of meetwaarden weggelaten bij 3"))
    );
}

#[test]
fn a_zip_may_hold_another_map_and_odd_names_are_passed_by() {
    let inner = bytes("velden.gpkg");
    let read = read_bytes(
        "x.zip",
        &zip(&[("a/velden.gpkg", &inner), ("lees.txt", b"hoi")]),
        &ReadOptions::default(),
    );
    assert!(apart(&file("bron.geojson"), &read.unwrap()) < 1e-3);
    let tricks = [("../velden.gpkg", &inner[..]), ("/velden.gpkg", &inner), ("__MACOSX/velden.gpkg", &inner)];
    assert!(error("x.zip", zip(&tricks)).contains("geen .shp"));
    let said = error("x.zip", zip(&[("a.gml", b"<a/>"), ("b.gml", b"<a/>")]));
    assert!(said.contains("a, b"), "{said}");
}

#[test]
fn a_shapefile_without_its_pieces() {
    let pieces = unzip(&bytes("velden.zip"));
    let without = |gone: &str| {
        let kept: Vec<(&str, &[u8])> = pieces
            .iter()
            .filter(|(name, _)| !name.ends_with(gone))
            .map(|(name, bytes)| (name.as_str(), &bytes[..]))
            .collect();
        zip(&kept)
    };
    let said = error("x.zip", without("prj"));
    assert!(said.contains("stelsel") && said.contains("lijken RD"), "{said}");
    assert!(apart(&file("bron.geojson"), &read_bytes("x.zip", &without("prj"), &rd()).unwrap()) < 1e-3);
    let bare = read_bytes("x.zip", &without("dbf"), &ReadOptions::default()).unwrap();
    assert!(bare.features[0].properties.is_empty() && bare.remarks[0].text.contains(".dbf"));
    // Without .cpg the table itself says Latin-1, or else the letters do.
    let read = read_bytes("x.zip", &without("cpg"), &ReadOptions::default()).unwrap();
    assert_eq!(read.features[0].properties["naam"], "Het Éérste veld");
}
