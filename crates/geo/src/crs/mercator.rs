//! Web Mercator: WGS84 longitude and latitude laid out as if the earth were a sphere.

use std::f64::consts::FRAC_PI_2;

use super::CrsError;

/// The radius of that sphere, in metres.
const RADIUS: f64 = 6_378_137.0;

/// To longitude and latitude in degrees.
pub fn to_lonlat(x: f64, y: f64) -> Result<[f64; 2], CrsError> {
    if !(x.is_finite() && y.is_finite()) {
        return Err(CrsError::NotFinite { first: x, second: y });
    }
    Ok([(x / RADIUS).to_degrees(), (2.0 * (y / RADIUS).exp().atan() - FRAC_PI_2).to_degrees()])
}

/// From longitude and latitude in degrees.
pub fn from_lonlat(lon: f64, lat: f64) -> [f64; 2] {
    [RADIUS * lon.to_radians(), RADIUS * lat.to_radians().sin().atanh()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EPSG Guidance Note 7-2, method 1024: its worked example.
    #[test]
    fn the_example_of_epsg() {
        let [x, y] = from_lonlat(-100.333_333_333, 24.381_786_944);
        assert!((x + 11_169_055.58).abs() < 0.01 && (y - 2_800_000.00).abs() < 0.01, "{x} {y}");
        let [lon, lat] = to_lonlat(-11_169_055.58, 2_800_000.00).unwrap();
        assert!((lon + 100.333_333_333).abs() < 1e-7 && (lat - 24.381_786_944).abs() < 1e-7, "{lon} {lat}");
    }
}
