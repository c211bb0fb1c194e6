//! Where in RD New the pixels of a tile are, for who colours a tile by place.

use super::matrix::{Bounds, Matrix};
use crate::crs::Crs;
use crate::edge::Point;

/// The most pixels across.
const MOST: u32 = 1024;
/// Between points that are this far apart a straight line is well within a metre, in metres of Web Mercator: some 4 km
/// on the ground.
const APART: f64 = 6_000.0;

/// The middles of the pixels of a tile in RD New, row by row from the upper left; `None` for a pixel where RD New does not
/// reach. From zoom level 6 on they are right to a metre.
///
/// There is nothing when there is no such tile, or for no pixels or more than 1024 across.
#[must_use]
pub fn pixels(matrix: Matrix, zoom: u8, row: u32, column: u32, size: u32) -> Option<Pixels> {
    let bounds = matrix.bounds(zoom, row, column)?;
    if size == 0 || size > MOST {
        return None;
    }
    let net = (matrix != Matrix::Rd).then(|| Net::new(matrix.crs(), bounds, size));
    Some(Pixels { bounds, net, size, next: 0 })
}

/// See [`pixels`].
#[derive(Debug)]
pub struct Pixels {
    bounds: Bounds,
    net: Option<Net>,
    size: u32,
    next: u32,
}

impl Iterator for Pixels {
    type Item = Option<Point>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.size * self.size {
            return None;
        }
        let (row, column) = (self.next / self.size, self.next % self.size);
        self.next += 1;
        let share = |n: u32| (f64::from(n) + 0.5) / f64::from(self.size);
        let at = [share(column), share(row)];
        Some(match &self.net {
            Some(net) => net.at(&self.bounds, at),
            None => Some(place(&self.bounds, at)),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.size * self.size - self.next) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Pixels {}

/// The point at these shares from the left and from the top.
fn place(bounds: &Bounds, [right, down]: [f64; 2]) -> Point {
    [
        bounds.low[0] + right * (bounds.high[0] - bounds.low[0]),
        bounds.high[1] - down * (bounds.high[1] - bounds.low[1]),
    ]
}

/// Points over a tile for which RD New is known exactly.
#[derive(Debug)]
struct Net {
    crs: Crs,
    /// Meshes across.
    meshes: u32,
    /// Row by row from the upper left, one more than there are meshes across.
    knots: Vec<Option<Point>>,
}

impl Net {
    fn new(crs: Crs, bounds: Bounds, size: u32) -> Self {
        let wide = ((bounds.high[0] - bounds.low[0]) / APART).ceil();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let meshes = wide.clamp(1.0, f64::from(size)) as u32;
        let share = |n: u32| f64::from(n) / f64::from(meshes);
        let knots = (0..=meshes)
            .flat_map(|row| (0..=meshes).map(move |column| [share(column), share(row)]))
            .map(|at| crs.to_rd(place(&bounds, at)).ok())
            .collect();
        Self { crs, meshes, knots }
    }

    fn at(&self, bounds: &Bounds, at: [f64; 2]) -> Option<Point> {
        self.between(at).or_else(|| self.crs.to_rd(place(bounds, at)).ok())
    }

    /// Between four knots; `None` when one of them is not there.
    fn between(&self, [right, down]: [f64; 2]) -> Option<Point> {
        let (right, down) = (right * f64::from(self.meshes), down * f64::from(self.meshes));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let (column, row) = (right as usize, down as usize);
        let (right, down) = (right - column as f64, down - row as f64);
        let knots = self.meshes as usize + 1;
        let [a, b, ..] = self.knots.get(row * knots + column..)? else { return None };
        let [c, d, ..] = self.knots.get((row + 1) * knots + column..)? else { return None };
        let (a, b, c, d) = ((*a)?, (*b)?, (*c)?, (*d)?);
        let mix = |a: f64, b: f64, c: f64, d: f64| {
            let (upper, lower) = (a + right * (b - a), c + right * (d - c));
            upper + down * (lower - upper)
        };
        Some([mix(a[0], b[0], c[0], d[0]), mix(a[1], b[1], c[1], d[1])])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_right_to_a_metre() {
        for zoom in 6..=Matrix::MAX_ZOOM {
            let here = Matrix::WebMercator.crs().from_rd([233_868.57, 582_065.07]).unwrap();
            let (row, column) = Matrix::WebMercator.tile_of(zoom, here).unwrap();
            let bounds = Matrix::WebMercator.bounds(zoom, row, column).unwrap();
            let (mut most, mut count) = (0.0_f64, 0);
            let size = 256_u32;
            for (n, pixel) in pixels(Matrix::WebMercator, zoom, row, column, size).unwrap().enumerate() {
                let share = |n: usize| (n as f64 + 0.5) / f64::from(size);
                let at = place(&bounds, [share(n % size as usize), share(n / size as usize)]);
                match (pixel, Crs::WebMercator.to_rd(at)) {
                    (Some(pixel), Ok(exact)) => {
                        most = most.max((pixel[0] - exact[0]).hypot(pixel[1] - exact[1]));
                        count += 1;
                    }
                    (None, Err(_)) => {}
                    other => panic!("{zoom} {n}: {other:?}"),
                }
            }
            assert!(most < 1.0, "{zoom}: {most} m");
            assert!(count > 10_000, "{zoom}: {count}");
        }
    }

    #[test]
    fn pixels_of_the_dutch_tiling_are_exact() {
        let mut all = pixels(Matrix::Rd, 2, 1, 2, 4).unwrap();
        assert_eq!(all.len(), 16);
        let bounds = Matrix::Rd.bounds(2, 1, 2).unwrap();
        let step = Matrix::Rd.span(2) / 4.0;
        let first = all.next().unwrap().unwrap();
        assert!((first[0] - bounds.low[0] - step / 2.0).abs() < 1e-6, "{first:?}");
        assert!((first[1] - bounds.high[1] + step / 2.0).abs() < 1e-6, "{first:?}");
        assert_eq!(all.len(), 15);
    }

    #[test]
    fn without_a_tile_or_pixels_there_is_nothing() {
        assert!(pixels(Matrix::Rd, 3, 8, 0, 256).is_none());
        assert!(pixels(Matrix::Rd, 3, 0, 0, 0).is_none());
        assert!(pixels(Matrix::Rd, 3, 0, 0, 1025).is_none());
        assert!(pixels(Matrix::WebMercator, 0, 0, 0, 16).unwrap().any(|pixel| pixel.is_none()));
    }
}
