//! One point between ETRS89 and RD New, each way, averaged over points all over the country.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench may stop")]

use brink_geo::crs::{Crs, lonlat_to_rd, rd_to_lonlat};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Instant;

/// A hundred by a hundred points over the Netherlands, in an order without locality.
fn points() -> Vec<[f64; 2]> {
    (0..10_000_u32)
        .map(|i| {
            let k = i * 7_919 % 10_000;
            [3.4 + f64::from(k % 100) * 0.037, 50.8 + f64::from(k / 100) * 0.027]
        })
        .collect()
}

fn benches(criterion: &mut Criterion) {
    let start = Instant::now();
    lonlat_to_rd(5.0, 52.0).unwrap();
    println!("first point, with the unpacking of the grid: {:?}", start.elapsed());

    let lonlat = points();
    let rd: Vec<_> = lonlat.iter().map(|[lon, lat]| lonlat_to_rd(*lon, *lat).unwrap()).collect();
    let mut group = criterion.benchmark_group("crs");
    group.throughput(Throughput::Elements(lonlat.len() as u64));
    let sum = |points: &[[f64; 2]], one: &dyn Fn(&[f64; 2]) -> [f64; 2]| {
        points.iter().map(one).fold([0.0, 0.0], |[a, b], [x, y]| [a + x, b + y])
    };
    group.bench_function("lonlat_to_rd, 10,000 points", |bencher| {
        bencher.iter(|| sum(black_box(&lonlat), &|[lon, lat]| lonlat_to_rd(*lon, *lat).unwrap()));
    });
    group.bench_function("rd_to_lonlat, 10,000 points", |bencher| {
        bencher.iter(|| sum(black_box(&rd), &|[x, y]| rd_to_lonlat(*x, *y).unwrap()));
    });
    group.bench_function("RdNew to_rd, 10,000 points", |bencher| {
        bencher.iter(|| sum(black_box(&rd), &|point| Crs::RdNew.to_rd(*point).unwrap()));
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
