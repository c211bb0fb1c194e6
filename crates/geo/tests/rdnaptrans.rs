//! RDNAPTRANS2018 against NSGI's own validation points, against well-known points, and against itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail the test"
)]

use std::path::Path;

use brink_geo::crs::{Crs, CrsError, lonlat_to_rd, rd_to_lonlat};
use proptest::prelude::*;

/// Degrees of latitude and longitude in metres, at this latitude.
fn metres(lat: f64) -> [f64; 2] {
    [111_300.0 * lat.to_radians().cos(), 111_300.0]
}

/// The largest of the distances along both axes, in metres.
fn off_degrees(a: [f64; 2], b: [f64; 2]) -> f64 {
    let [east, north] = metres(a[1]);
    ((a[0] - b[0]).abs() * east).max((a[1] - b[1]).abs() * north)
}

fn off(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
}

/// Each line: number, latitude, longitude, height, x, y, height above NAP, or `*` when the point lies outside the grid.
#[test]
fn the_validation_points_of_nsgi_come_out_within_a_millimetre() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/geodata/rdnaptrans/validatie-steekproef.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let (mut inside, mut outside, mut worst) = (0, 0, [0.0_f64; 2]);
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let figure = |at: usize| words[at].parse::<f64>().unwrap();
        let (lonlat, rd) = ([figure(2), figure(1)], [figure(4), figure(5)]);
        let (there, back) = (lonlat_to_rd(lonlat[0], lonlat[1]), rd_to_lonlat(rd[0], rd[1]));
        if words[6] == "*" {
            outside += 1;
            assert!(matches!(there, Err(CrsError::LonLatOutside { .. })), "{line}: {there:?}");
            assert!(matches!(back, Err(CrsError::RdOutside { .. })), "{line}: {back:?}");
            continue;
        }
        inside += 1;
        let errors = [off(there.unwrap(), rd), off_degrees(back.unwrap(), lonlat)];
        assert!(errors.iter().all(|error| *error < 1e-3), "{line}: off by {errors:?} m");
        worst = [worst[0].max(errors[0]), worst[1].max(errors[1])];
    }
    eprintln!("{inside} points inside, {outside} outside; largest differences {worst:?} m");
    assert!(inside > 300 && outside > 50, "{inside} {outside}");
}

/// Longitude and latitude, x and y: the middle of RD by definition and some round figures near known places, as pyrdnap,
/// which NSGI certified, gives them.
const KNOWN: [(&str, [f64; 2], [f64; 2]); 7] = [
    ("Amersfoort", [5.387_203_650, 52.155_172_887], [155_000.0, 463_000.0]),
    ("Amsterdam", [4.893_808_156, 52.372_996_473], [121_400.0, 487_350.0]),
    ("Groningen", [6.568_000_709, 53.219_337_572], [233_870.0, 582_060.0]),
    ("Vlissingen", [3.589_235_602, 51.440_228_410], [30_000.0, 385_000.0]),
    ("Vaals", [6.008_507_240, 50.750_834_435], [198_850.0, 306_950.0]),
    ("Assen", [6.559_234_177, 52.989_723_484], [233_700.0, 556_500.0]),
    ("Texel", [4.789_803_116, 53.115_291_890], [115_000.0, 570_000.0]),
];

#[test]
fn well_known_points_are_where_everyone_knows_them() {
    for (name, lonlat, rd) in KNOWN {
        let (there, back) =
            (lonlat_to_rd(lonlat[0], lonlat[1]).unwrap(), rd_to_lonlat(rd[0], rd[1]).unwrap());
        assert!(off(there, rd) < 2e-4, "{name}: {there:?}");
        assert!(off_degrees(back, lonlat) < 2e-4, "{name}: {back:?}");
    }
}

#[test]
fn outside_the_grid_is_an_error_that_says_so() {
    let error = lonlat_to_rd(13.4, 52.5).unwrap_err().to_string();
    assert!(error.contains("lengtegraad 13.4 en breedtegraad 52.5 valt buiten"), "{error}");
    let error = rd_to_lonlat(0.0, 0.0).unwrap_err().to_string();
    assert!(error.contains("x 0 en y 0 valt buiten"), "{error}");
    assert!(Crs::RdNew.to_rd([0.0, 0.0]).is_err());
    for corner in [[2.0, 50.0], [8.0, 50.0], [2.0, 56.0], [8.0, 56.0]] {
        let [x, y] = lonlat_to_rd(corner[0], corner[1]).unwrap();
        assert!(rd_to_lonlat(x, y).is_ok(), "{corner:?}");
        assert_eq!(Crs::RdNew.to_rd([x, y]), Ok([x, y]));
        let [east, north] =
            corner.map(|degrees| if degrees == 2.0 || degrees == 50.0 { -1e-7 } else { 1e-7 });
        assert!(lonlat_to_rd(corner[0] + east, corner[1]).is_err(), "{corner:?}");
        assert!(lonlat_to_rd(corner[0], corner[1] + north).is_err(), "{corner:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// There and back in the Netherlands and its waters within a tenth of a millimetre.
    #[test]
    fn there_and_back_in_the_netherlands(lon in 2.5..7.5, lat in 50.5..55.0) {
        let [x, y] = lonlat_to_rd(lon, lat).unwrap();
        prop_assert!(off_degrees(rd_to_lonlat(x, y).unwrap(), [lon, lat]) < 1e-4);
    }

    /// The two ways as NSGI prescribes them take different heights and rounded parameters; near the corners of the grid
    /// that comes to just over a tenth of a millimetre.
    #[test]
    fn there_and_back_in_the_whole_grid(lon in 2.0..8.0, lat in 50.0..56.0) {
        let [x, y] = lonlat_to_rd(lon, lat).unwrap();
        prop_assert!(off_degrees(rd_to_lonlat(x, y).unwrap(), [lon, lat]) < 2e-4);
    }

    #[test]
    fn any_two_numbers_give_a_point_or_an_error(a: f64, b: f64) {
        for crs in Crs::ALL {
            for point in [crs.to_rd([a, b]), crs.from_rd([a, b])].into_iter().flatten() {
                prop_assert!(point.iter().all(|value| value.is_finite()));
            }
        }
    }
}
