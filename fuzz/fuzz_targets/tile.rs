//! A tile of shapes at any places: what is drawn lies on the tile or in its buffer, and is the same each time.

#![no_main]

use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::tile::{Matrix, TileSet, pixels};
use geo_types::{Coord, Geometry, LineString, Polygon};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (u8, u32, u32, bool, Vec<(u16, u16)>, u16)| {
    let (zoom, row, column, rd, points, cut) = data;
    let matrix = if rd { Matrix::Rd } else { Matrix::WebMercator };
    let _ = pixels(matrix, zoom, row, column, 8).map(Iterator::count);
    // All over the Netherlands, with many that are in one line or the same.
    let place = |(x, y): &(u16, u16)| Coord { x: f64::from(*x) * 4.0, y: 350_000.0 + f64::from(*y) * 4.0 };
    let line = LineString::new(points.iter().take(500).map(place).collect());
    let (first, second) = line.0.split_at(usize::from(cut).min(line.0.len()));
    let polygon = Polygon::new(LineString::new(first.to_vec()), vec![LineString::new(second.to_vec())]);
    let about = || About::new("a", Kind::Schets, "A", String::new());
    let shapes: Vec<Geometry<f64>> = vec![polygon.into(), line.into()];
    let layer = Layer { about: about(), coverage: Coverage::Everywhere, shapes };
    let set = TileSet::new(&[layer]);
    let tile = set.tile(&[0], matrix, zoom, row, column);
    assert_eq!(tile.is_ok(), matrix.bounds(zoom, row, column).is_some());
    if let Ok(tile) = tile {
        assert_eq!(tile, set.tile(&[0], matrix, zoom, row, column).unwrap());
    }
    // And where the shapes are.
    if let Some(bounds) = set.bounds(0, matrix) {
        let zoom = zoom % (Matrix::MAX_ZOOM + 1);
        if let Some((row, column)) = matrix.tile_of(zoom, bounds.low) {
            set.tile(&[0], matrix, zoom, row, column).unwrap();
        }
    }
});
