//! RDNAPTRANS2018, variant 1, without heights.

use std::sync::LazyLock;

use super::CrsError;
use super::grid::Grid;
use super::projection::{project, unproject};
use super::similarity::{bessel_to_etrs89, etrs89_to_bessel};
use super::smooth::Smooth;

/// When the correction no longer changes, in degrees: 0.1 micrometre. NSGI asks 1e-9.
const STILL: f64 = 1e-12;
/// Each round leaves some hundred-thousandths of the error, so three are enough.
const ROUNDS: usize = 8;

/// Longitudes and latitudes from and to, in ETRS89 degrees.
const COVERED: [[f64; 2]; 2] = [[2.0, 8.0], [50.0, 56.0]];
/// How far over the edge still counts as on it, in degrees.
const EDGE: f64 = 1e-8;
/// The same with room for the difference between the two ellipsoids.
const DEGREES: [[f64; 2]; 2] = [[1.99, 8.01], [49.99, 56.01]];
/// A rectangle in the plane that holds all of it, in metres.
const PLANE: [[f64; 2]; 2] = [[-90_000.0, 345_000.0], [220_000.0, 905_000.0]];
/// This part of the plane lies well within it.
const SURELY_COVERED: [[f64; 2]; 2] = [[-7_000.0, 300_000.0], [289_000.0, 629_000.0]];

/// ETRS89 (or WGS84) longitude and latitude in degrees to RD New.
pub fn lonlat_to_rd(lon: f64, lat: f64) -> Result<[f64; 2], CrsError> {
    if !(lon.is_finite() && lat.is_finite()) {
        return Err(CrsError::NotFinite { first: lon, second: lat });
    }
    if !covered([lon, lat]) {
        return Err(CrsError::LonLatOutside { lon, lat });
    }
    Ok(procedure()?.to_plane([lon, lat]))
}

/// RD New to ETRS89 (or WGS84) longitude and latitude in degrees.
pub fn rd_to_lonlat(x: f64, y: f64) -> Result<[f64; 2], CrsError> {
    if !(x.is_finite() && y.is_finite()) {
        return Err(CrsError::NotFinite { first: x, second: y });
    }
    if !within([x, y], PLANE) {
        return Err(CrsError::RdOutside { x, y });
    }
    let lonlat = procedure()?.to_lonlat([x, y]);
    if covered(lonlat) { Ok(lonlat) } else { Err(CrsError::RdOutside { x, y }) }
}

/// Whether a point in RD New lies within the grid.
pub fn within_grid(x: f64, y: f64) -> Result<(), CrsError> {
    if within([x, y], SURELY_COVERED) { Ok(()) } else { rd_to_lonlat(x, y).map(|_| ()) }
}

fn within([a, b]: [f64; 2], [first, second]: [[f64; 2]; 2]) -> bool {
    first[0] <= a && a <= first[1] && second[0] <= b && b <= second[1]
}

/// Whether NSGI gives RD coordinates here: the grid's extent, taken in ETRS89. A millimetre over the edge is on it, so
/// that rounding there and back does no harm.
fn covered(lonlat: [f64; 2]) -> bool {
    within(lonlat, COVERED.map(|[from, to]| [from - EDGE, to + EDGE]))
}

/// Everything that is made ready on first use.
struct Procedure {
    grid: Grid,
    etrs89_to_bessel: Smooth,
    bessel_to_plane: Smooth,
    plane_to_bessel: Smooth,
    bessel_to_etrs89: Smooth,
}

fn procedure() -> Result<&'static Procedure, CrsError> {
    static PROCEDURE: LazyLock<Option<Procedure>> = LazyLock::new(Procedure::new);
    PROCEDURE.as_ref().ok_or(CrsError::Grid)
}

impl Procedure {
    /// The degrees are the lowest that err less than a tenth of a micrometre.
    fn new() -> Option<Self> {
        Some(Self {
            grid: Grid::built_in()?,
            etrs89_to_bessel: Smooth::fit(DEGREES, 7, etrs89_to_bessel),
            bessel_to_plane: Smooth::fit(DEGREES, 8, project),
            plane_to_bessel: Smooth::fit(PLANE, 11, unproject),
            bessel_to_etrs89: Smooth::fit(DEGREES, 7, bessel_to_etrs89),
        })
    }

    fn to_plane(&self, lonlat: [f64; 2]) -> [f64; 2] {
        let [lon, lat] = self.etrs89_to_bessel.at(lonlat);
        // The grid holds the correction at the corrected place.
        let [mut by_lat, mut by_lon] = self.grid.correction(lat, lon);
        for _ in 0..ROUNDS {
            let [old_lat, old_lon] = [by_lat, by_lon];
            [by_lat, by_lon] = self.grid.correction(lat - old_lat, lon - old_lon);
            if (by_lat - old_lat).abs() < STILL && (by_lon - old_lon).abs() < STILL {
                break;
            }
        }
        self.bessel_to_plane.at([lon - by_lon, lat - by_lat])
    }

    fn to_lonlat(&self, point: [f64; 2]) -> [f64; 2] {
        let [lon, lat] = self.plane_to_bessel.at(point);
        let [by_lat, by_lon] = self.grid.correction(lat, lon);
        self.bessel_to_etrs89.at([lon + by_lon, lat + by_lat])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points all over a rectangle, its edges and corners too.
    fn lattice([first, second]: [[f64; 2]; 2]) -> impl Iterator<Item = [f64; 2]> {
        let at = |[from, to]: [f64; 2], step: u32| from + (to - from) * f64::from(step) / 60.0;
        (0..=60).flat_map(move |a| (0..=60).map(move |b| [at(first, a), at(second, b)]))
    }

    fn largest(points: impl Iterator<Item = [f64; 2]>, off: impl Fn([f64; 2]) -> [f64; 2]) -> f64 {
        points.flat_map(off).fold(0.0, |most: f64, off| most.max(off.abs()))
    }

    #[test]
    fn the_polynomials_err_less_than_a_tenth_of_a_micrometre() {
        let procedure = procedure().unwrap();
        let minus = |a: [f64; 2], b: [f64; 2]| [a[0] - b[0], a[1] - b[1]];
        let degrees = 1e-7 / 111_300.0;
        let off =
            largest(lattice(DEGREES), |at| minus(procedure.etrs89_to_bessel.at(at), etrs89_to_bessel(at)));
        assert!(off < degrees, "to Bessel: {} m", off * 111_300.0);
        let off =
            largest(lattice(DEGREES), |at| minus(procedure.bessel_to_etrs89.at(at), bessel_to_etrs89(at)));
        assert!(off < degrees, "from Bessel: {} m", off * 111_300.0);
        let off = largest(lattice(DEGREES), |at| minus(procedure.bessel_to_plane.at(at), project(at)));
        assert!(off < 1e-7, "to the plane: {off} m");
        let off = largest(lattice(PLANE), |at| minus(procedure.plane_to_bessel.at(at), unproject(at)));
        assert!(off < degrees, "from the plane: {} m", off * 111_300.0);
    }

    #[test]
    fn the_rectangles_hold_what_they_should() {
        for lonlat in lattice(COVERED.map(|[from, to]| [from - 2.0 * EDGE, to + 2.0 * EDGE])) {
            let bessel = etrs89_to_bessel(lonlat);
            assert!(within(bessel, DEGREES), "{lonlat:?}");
            assert!(within(project(bessel), PLANE), "{lonlat:?} {:?}", project(bessel));
        }
        for point in lattice(SURELY_COVERED) {
            assert!(rd_to_lonlat(point[0], point[1]).is_ok(), "{point:?}");
        }
    }
}
