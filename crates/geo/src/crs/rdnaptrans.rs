//! RDNAPTRANS2018, variant 1, without heights.

use super::CrsError;
use super::grid::{Grid, grid};
use super::projection::{project, unproject};
use super::similarity::{bessel_to_etrs89, etrs89_to_bessel};

/// When the correction no longer changes, in degrees: 0.1 micrometre. NSGI asks 1e-9.
const STILL: f64 = 1e-12;
/// Each round leaves some hundred-thousandths of the error, so three are enough.
const ROUNDS: usize = 8;

/// Longitudes and latitudes from and to, in ETRS89 degrees.
const COVERED: [[f64; 2]; 2] = [[2.0, 8.0], [50.0, 56.0]];
/// How far over the edge still counts as on it, in degrees.
const EDGE: f64 = 1e-8;

/// This part of the plane lies well within the grid: x and y from and to, in metres.
const SURELY_INSIDE: [[f64; 2]; 2] = [[-7_000.0, 300_000.0], [289_000.0, 629_000.0]];

/// ETRS89 (or WGS84) longitude and latitude in degrees to RD New.
pub fn lonlat_to_rd(lon: f64, lat: f64) -> Result<[f64; 2], CrsError> {
    if !(lon.is_finite() && lat.is_finite()) {
        return Err(CrsError::NotFinite { first: lon, second: lat });
    }
    if !covered(lon, lat) {
        return Err(CrsError::LonLatOutside { lon, lat });
    }
    Ok(to_plane(grid()?, lon, lat))
}

/// RD New to ETRS89 (or WGS84) longitude and latitude in degrees.
pub fn rd_to_lonlat(x: f64, y: f64) -> Result<[f64; 2], CrsError> {
    if !(x.is_finite() && y.is_finite()) {
        return Err(CrsError::NotFinite { first: x, second: y });
    }
    let [lon, lat] = from_plane(grid()?, x, y);
    if covered(lon, lat) { Ok([lon, lat]) } else { Err(CrsError::RdOutside { x, y }) }
}

/// Whether a point in RD New lies within the grid.
pub fn within_grid(x: f64, y: f64) -> Result<(), CrsError> {
    let [xs, ys] = SURELY_INSIDE;
    if xs[0] <= x && x <= xs[1] && ys[0] <= y && y <= ys[1] {
        return Ok(());
    }
    rd_to_lonlat(x, y).map(|_| ())
}

/// Whether NSGI gives RD coordinates here: the grid's extent, taken in ETRS89. A millimetre over the edge is on it, so
/// that rounding there and back does no harm.
fn covered(lon: f64, lat: f64) -> bool {
    let [lons, lats] = COVERED;
    lons[0] - EDGE <= lon && lon <= lons[1] + EDGE && lats[0] - EDGE <= lat && lat <= lats[1] + EDGE
}

fn to_plane(grid: &Grid, lon: f64, lat: f64) -> [f64; 2] {
    let bessel = etrs89_to_bessel(lat.to_radians(), lon.to_radians());
    let (lat, lon) = (bessel.tan_lat.atan().to_degrees(), bessel.lon.to_degrees());
    // The grid holds the correction at the corrected place.
    let mut correction = grid.correction(lat, lon);
    for _ in 0..ROUNDS {
        let [old_lat, old_lon] = correction;
        correction = grid.correction(lat - old_lat, lon - old_lon);
        if (correction[0] - old_lat).abs() < STILL && (correction[1] - old_lon).abs() < STILL {
            break;
        }
    }
    let [by_lat, by_lon] = correction;
    // The sine of the corrected latitude: the correction is so small that two terms of its series are exact.
    let cos_lat = 1.0 / (1.0 + bessel.tan_lat * bessel.tan_lat).sqrt();
    let by = by_lat.to_radians();
    let sin_lat = cos_lat * (bessel.tan_lat * (1.0 - 0.5 * by * by) - by);
    project(sin_lat, lon - by_lon)
}

fn from_plane(grid: &Grid, x: f64, y: f64) -> [f64; 2] {
    let [lat, lon] = unproject(x, y);
    let [by_lat, by_lon] = grid.correction(lat, lon);
    let etrs89 = bessel_to_etrs89((lat + by_lat).to_radians(), (lon + by_lon).to_radians());
    [etrs89.lon.to_degrees(), etrs89.tan_lat.atan().to_degrees()]
}
