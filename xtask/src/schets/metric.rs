//! Degrees to metres and back. Distances and sizes are reckoned in metres only.

use geo::{Coord, LineString, MapCoords, MultiPolygon};

/// The middle of the projection.
const ORIGIN: [f64; 2] = [6.6, 52.9];
/// Metres in one degree of longitude and of latitude there (WGS84).
const METRES: [f64; 2] = [67_292.4, 111_284.4];

/// Degrees to metres.
pub fn to_metres([lon, lat]: [f64; 2]) -> Coord {
    let [east, north] = ORIGIN;
    let [per_lon, per_lat] = METRES;
    Coord { x: (lon - east) * per_lon, y: (lat - north) * per_lat }
}

/// Metres to degrees.
pub fn to_degrees(at: Coord) -> [f64; 2] {
    let [east, north] = ORIGIN;
    let [per_lon, per_lat] = METRES;
    [at.x / per_lon + east, at.y / per_lat + north]
}

/// A row of points in metres.
pub fn line(points: &[[f64; 2]]) -> LineString {
    points.iter().map(|point| to_metres(*point)).collect()
}

/// A shape in degrees.
pub fn in_degrees(shape: &MultiPolygon) -> MultiPolygon {
    shape.map_coords(|at| {
        let [x, y] = to_degrees(at);
        Coord { x, y }
    })
}
