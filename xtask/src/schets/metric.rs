//! Degrees to metres (RD New) and back. Distances and sizes are reckoned in metres only.

use brink_geo::crs::{lonlat_to_rd, rd_to_lonlat};
use geo::{Coord, LineString, MapCoords, MultiPolygon};

/// Degrees to metres.
pub fn to_metres([lon, lat]: [f64; 2]) -> Result<Coord, String> {
    lonlat_to_rd(lon, lat).map(Coord::from).map_err(|error| format!("[{lon}, {lat}]: {error}"))
}

/// A row of points in metres.
pub fn line(points: &[[f64; 2]]) -> Result<LineString, String> {
    points.iter().copied().map(to_metres).collect::<Result<Vec<_>, _>>().map(LineString)
}

/// A shape in degrees.
pub fn in_degrees(shape: &MultiPolygon) -> Result<MultiPolygon, String> {
    shape.try_map_coords(|at| {
        rd_to_lonlat(at.x, at.y).map(Coord::from).map_err(|error| format!("[{}, {}]: {error}", at.x, at.y))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same_spot() {
        let middle = to_metres([6.563, 52.996]).unwrap();
        // Assen lies some 233 km east and 556 km north of the false origin of RD.
        assert!(
            (middle.x - 233_500.0).abs() < 1_500.0 && (middle.y - 557_000.0).abs() < 1_500.0,
            "{middle:?}"
        );
        let shape = super::super::join::polygon(line(&[[6.5, 52.9], [6.6, 52.9], [6.6, 53.0]]).unwrap());
        let back = in_degrees(&shape).unwrap();
        let first = back.0[0].exterior().0[0];
        assert!((first.x - 6.5).abs() < 1e-8 && (first.y - 52.9).abs() < 1e-8, "{first:?}");
    }

    #[test]
    fn swapped_degrees_are_told_with_the_point() {
        let problem = to_metres([52.996, 6.563]).unwrap_err();
        assert!(problem.starts_with("[52.996, 6.563]: "), "{problem}");
    }
}
