//! A drawn plan among ten thousand small areas and one large one. The real layers are for `cargo xtask plekken`.
#![allow(clippy::unwrap_used, reason = "a bench may stop")]

use brink_geo::index::{Desk, Index, Key};
use brink_geo::shape::Shape;
use criterion::{Criterion, criterion_group, criterion_main};
use geo_types::{Coord, LineString, Polygon};
use std::f64::consts::TAU;
use std::hint::black_box;

fn circle(x: f64, y: f64, radius: f64, count: u32) -> Shape {
    let ring = (0..count).map(|n| {
        let angle = f64::from(n) * TAU / f64::from(count);
        Coord { x: x + radius * angle.cos(), y: y + radius * angle.sin() }
    });
    let polygon = Polygon::new(LineString::new(ring.collect()), Vec::new());
    Shape::of(&polygon.into()).pop().unwrap()
}

fn benches(criterion: &mut Criterion) {
    let small = (0..10_000_u32).map(|n| {
        let (row, column) = (f64::from(n / 100), f64::from(n % 100));
        circle(210_000.0 + column * 500.0, 520_000.0 + row * 500.0, 270.0, 24)
    });
    let shapes: Vec<Shape> = small.chain([circle(235_000.0, 545_000.0, 20_000.0, 10_000)]).collect();
    let items: Vec<(Key, &Shape)> = shapes.iter().enumerate().map(|(n, shape)| (n as Key, shape)).collect();
    let index = Index::new(&items);
    let plans: Vec<Shape> =
        (0..100).map(|n| circle(220_000.0 + f64::from(n) * 311.0, 545_100.0, 120.0, 100)).collect();
    let mut desk = Desk::default();
    criterion.bench_function("locate, 100 plans of 100 vertices", |bencher| {
        bencher.iter(|| {
            plans.iter().map(|plan| index.overlaps_with(black_box(plan), &mut desk).len()).sum::<usize>()
        });
    });
    criterion.bench_function("locate, 100 points", |bencher| {
        bencher.iter(|| {
            let mut count = 0;
            for plan in &plans {
                index.holding(black_box(plan.edges.first().unwrap().from), |_| count += 1);
            }
            count
        });
    });
}

criterion_group!(all, benches);
criterion_main!(all);
