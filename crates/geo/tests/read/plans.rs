//! Mending of layers, and plans that are not mended.

use crate::support::*;
use brink_geo::feature::Features;
use brink_geo::read::{ReadOptions, read_bytes};
use geo::algorithm::area::Area;
use geo::algorithm::validation::Validation;
use geo_types::Geometry;
use proptest::prelude::*;

fn polygon(rings: &str) -> String {
    format!(
        r#"{{"type":"Feature","id":"p","properties":null,"geometry":{{"type":"Polygon","coordinates":[{rings}]}}}}"#
    )
}

/// Moves small numbers to a place in Drenthe.
fn ring(points: &[(f64, f64)]) -> String {
    let points: Vec<String> =
        points.iter().map(|(x, y)| format!("[{},{}]", 233_000.0 + x, 556_000.0 + y)).collect();
    format!("[{}]", points.join(","))
}

const SQUARE: [(f64, f64); 5] = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)];
const HOLE: [(f64, f64); 5] = [(20.0, 20.0), (20.0, 40.0), (40.0, 40.0), (40.0, 20.0), (20.0, 20.0)];

fn strict(text: &str) -> Result<Features, String> {
    let options = ReadOptions { strict: true, ..rd() };
    read_bytes("plan.geojson", text.as_bytes(), &options).map_err(|error| error.to_string())
}

/// The area and the remark after mending.
fn mended(rings: &str) -> (f64, String) {
    let read = in_rd(&polygon(rings));
    let geometry = &read.features[0].geometry;
    assert!(geometry.is_valid(), "{geometry:?}");
    assert!(read.remarks.iter().all(|remark| remark.feature == "p"));
    (geometry.unsigned_area(), read.remarks.iter().map(|remark| remark.text.clone()).collect())
}

#[test]
fn a_good_shape_is_left_as_it_is() {
    assert_eq!(mended(&format!("{},{}", ring(&SQUARE), ring(&HOLE))), (9600.0, String::new()));
    assert!(strict(&polygon(&ring(&SQUARE))).is_ok());
}

#[test]
fn safe_repairs_are_done_and_said() {
    let (area, said) = mended(&ring(&SQUARE[..4]));
    assert!(area == 10_000.0 && said.contains("open rand gesloten"), "{said}");
    let mut double = SQUARE.to_vec();
    double.insert(1, SQUARE[1]);
    let (area, said) = mended(&ring(&double));
    assert!(area == 10_000.0 && said.contains("dubbel punt"), "{said}");
    let mut turned = SQUARE.to_vec();
    turned.reverse();
    let (area, said) = mended(&ring(&turned));
    assert!(area == 10_000.0 && said.contains("omgedraaid"), "{said}");
    let tie = [(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0), (0.0, 0.0)];
    let (area, said) = mended(&ring(&tie));
    assert!(
        (area - 5000.0).abs() < 1e-3 && said.contains("kruiste") && said.contains("233050.0, 556050.0"),
        "{said}"
    );
    let eight =
        [(0.0, 0.0), (50.0, 50.0), (100.0, 0.0), (100.0, 100.0), (50.0, 50.0), (0.0, 100.0), (0.0, 0.0)];
    assert!((mended(&ring(&eight)).0 - 5000.0).abs() < 1e-3);
    let spike =
        [(0.0, 0.0), (100.0, 0.0), (150.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)];
    assert!((mended(&ring(&spike)).0 - 10_000.0).abs() < 1e-3);
    let outside = HOLE.map(|(x, y)| (x + 500.0, y));
    let (area, said) = mended(&format!("{},{}", ring(&SQUARE), ring(&outside)));
    assert!(area == 10_000.0 && said.contains("gat buiten"), "{said}");
    // A hole that sticks out takes away what it covers.
    let sticks = HOLE.map(|(x, y)| (x + 70.0, y));
    assert!((mended(&format!("{},{}", ring(&SQUARE), ring(&sticks))).0 - 9800.0).abs() < 1e-3);
}

#[test]
fn parts_that_overlap_count_once() {
    let shifted = SQUARE.map(|(x, y)| (x + 50.0, y));
    let inside = HOLE.map(|(x, y)| (x, y));
    for (other, area) in [(ring(&shifted), 15_000.0), (ring(&inside), 10_000.0)] {
        let read =
            in_rd(&format!(r#"{{"type":"MultiPolygon","coordinates":[[{}],[{other}]]}}"#, ring(&SQUARE)));
        assert!((read.features[0].geometry.unsigned_area() - area).abs() < 1e-3);
        assert!(read.remarks.iter().any(|remark| remark.text.contains("samengevoegd")), "{:?}", read.remarks);
    }
}

#[test]
fn what_cannot_be_mended_is_left_out_with_a_remark() {
    let line = ring(&[(0.0, 0.0), (10.0, 10.0), (20.0, 20.0), (0.0, 0.0)]);
    let two = ring(&[(0.0, 0.0), (10.0, 10.0), (0.0, 0.0)]);
    for rings in [
        line,
        two,
        "[]".to_owned(),
        String::new(),
        "[[null,556000],[233001,556000],[233000,556001]]".to_owned(),
    ] {
        let read = in_rd(&polygon(&rings));
        assert_eq!(read.features, [], "{rings}");
        assert!(
            read.remarks[0].feature == "p" && read.remarks[0].text.contains("weggelaten"),
            "{:?}",
            read.remarks
        );
    }
    let none = in_rd(r#"{"type":"Feature","geometry":null,"properties":{}}"#);
    assert!(none.features.is_empty() && none.remarks[0].text.contains("leeg"));
}

#[test]
fn slivers_are_kept() {
    let sliver = [(0.0, 0.0), (100.0, 0.001), (200.0, 0.0), (0.0, 0.0)];
    let (area, _) = mended(&ring(&sliver));
    assert!((area - 0.1).abs() < 1e-3, "{area}");
}

#[test]
fn a_plan_is_not_mended() {
    let tie = [(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0), (0.0, 0.0)];
    let said = strict(&polygon(&ring(&tie))).unwrap_err();
    assert!(
        said.contains("vorm p (regel 1)") && said.contains("kruist zichzelf bij RD 233050.0, 556050.0; 6."),
        "{said}"
    );
    let said = strict(&polygon(&ring(&SQUARE[..4]))).unwrap_err();
    assert!(said.contains("niet gesloten") && said.contains("100.00 m"), "{said}");
    let outside = HOLE.map(|(x, y)| (x + 500.0, y));
    assert!(
        strict(&polygon(&format!("{},{}", ring(&SQUARE), ring(&outside))))
            .unwrap_err()
            .contains("gat ligt buiten")
    );
    assert!(strict(&polygon("")).unwrap_err().contains("leeg"));
    assert!(
        strict(&polygon("[[null,556000],[233001,556000],[233000,556001],[233000,556000]]"))
            .unwrap_err()
            .contains("geen getal")
    );
    assert!(
        strict(&polygon(&ring(&[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)])))
            .unwrap_err()
            .contains("geen oppervlakte")
    );
    // Heights are no fault.
    let high = polygon("[[233000,556000,1],[233010,556000,2],[233000,556010,3],[233000,556000,1]]");
    assert!(strict(&high).unwrap().remarks[0].text.contains("hoogten"));
    let circle: Vec<(f64, f64)> = (0..=1_000_000)
        .map(|n| f64::from(n) * std::f64::consts::TAU / 1e6)
        .map(|a| (1e4 * a.cos(), 1e4 * a.sin()))
        .collect();
    assert!(strict(&polygon(&ring(&circle))).unwrap_err().contains("1000001 punten"));
    // As a layer, a million vertices is no trouble.
    assert_eq!(in_rd(&polygon(&ring(&circle))).features.len(), 1);
}

proptest! {
    /// Whatever a ring looks like, what comes out is valid, and mending it again changes nothing.
    #[test]
    fn mending_gives_valid_shapes(points in prop::collection::vec((0u8..12, 0u8..12), 3..12)) {
        let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| (f64::from(*x), f64::from(*y))).collect();
        let read = in_rd(&polygon(&ring(&points)));
        for feature in &read.features {
            // Parts may touch along a point and no more.
            let parts = match &feature.geometry {
                Geometry::Polygon(polygon) => vec![polygon.clone()],
                Geometry::MultiPolygon(all) => all.0.clone(),
                other => panic!("{other:?}"),
            };
            for part in &parts {
                prop_assert!(part.is_valid(), "{:?}", part);
            }
        }
        prop_assert_eq!(read.features.is_empty(), read.remarks.iter().any(|remark| remark.text.contains("weggelaten:")));
    }
}
