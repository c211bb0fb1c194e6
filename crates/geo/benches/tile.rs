//! Tiles of ten thousand small areas and one large one, at some zoom levels. The real layers are for `cargo xtask
//! plekken`.
#![allow(clippy::unwrap_used, reason = "a bench may stop")]

use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::tile::{Matrix, TileSet, pixels};
use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::{Coord, Geometry, LineString, Polygon};
use std::f64::consts::TAU;
use std::hint::black_box;

fn circle(x: f64, y: f64, radius: f64, count: u32) -> Geometry<f64> {
    let ring = (0..count).map(|n| {
        let angle = f64::from(n) * TAU / f64::from(count);
        Coord { x: x + radius * angle.cos(), y: y + radius * angle.sin() }
    });
    Polygon::new(LineString::new(ring.collect()), Vec::new()).into()
}

fn layer(area: &str, shapes: Vec<Geometry<f64>>) -> Layer {
    Layer::new(About::new(area, Kind::Schets, area, String::new()), Coverage::Everywhere, shapes)
}

fn benches(criterion: &mut Criterion) {
    let small = (0..10_000_u32).map(|n| {
        let (row, column) = (f64::from(n / 100), f64::from(n % 100));
        circle(210_000.0 + column * 500.0, 520_000.0 + row * 500.0, 240.0, 24)
    });
    let layers = [
        layer("klein", small.collect()),
        layer("groot", vec![circle(235_000.0, 545_000.0, 20_000.0, 10_000)]),
    ];
    criterion.bench_function("tile, preparing layers", |bencher| {
        bencher.iter(|| TileSet::new(black_box(&layers)).bytes());
    });
    let set = TileSet::new(&layers);
    let here = Matrix::WebMercator.crs().from_rd([235_000.0, 560_000.0]).unwrap();
    for zoom in [8, 11, 14] {
        let (row, column) = Matrix::WebMercator.tile_of(zoom, here).unwrap();
        criterion.bench_function(&format!("tile, zoom {zoom}"), |bencher| {
            bencher
                .iter(|| set.tile(black_box(&[0, 1]), Matrix::WebMercator, zoom, row, column).unwrap().len());
        });
    }
    let (row, column) = Matrix::WebMercator.tile_of(9, here).unwrap();
    criterion.bench_function("tile, where 256 by 256 pixels are", |bencher| {
        bencher.iter(|| pixels(Matrix::WebMercator, 9, row, column, 256).unwrap().flatten().count());
    });
}

criterion_group!(all, benches);
criterion_main!(all);
