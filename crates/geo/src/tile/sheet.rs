//! Layers laid out in the system of a matrix, once, so that a tile has only to pick.

use super::matrix::{Bounds, Matrix};
use super::weight::weights;
use crate::edge::Point;
use crate::layer::Layer;
use crate::shape::Dimension;
use geo_types::{Geometry, LineString, Polygon};
use rayon::prelude::*;
use std::ops::Range;

/// A straight line in RD is a little bent in Web Mercator. In a piece of this many metres that is less than 0.1 m.
const STRAIGHT: f64 = 2_000.0;

/// One line or ring, or the points of a shape.
#[derive(Debug)]
pub(super) struct Path {
    /// Its vertices, as a range of those of its sheet. A ring ends where it starts.
    pub vertices: Range<usize>,
    pub bounds: Bounds,
    /// What it encloses, in square metres; nothing for lines and points.
    pub area: f64,
}

/// One polygon, one line or some points.
#[derive(Debug)]
pub(super) struct Part {
    /// The number of the shape it is of.
    pub shape: usize,
    pub dimension: Dimension,
    /// Its paths, as a range of those of its sheet: for a polygon first the outer ring, then the holes.
    pub paths: Range<usize>,
}

/// A layer in the system of a matrix.
#[derive(Debug)]
pub(super) struct Sheet {
    pub vertices: Vec<Point>,
    /// For each vertex the greatest tolerance at which it is kept.
    pub weights: Vec<f32>,
    pub paths: Vec<Path>,
    pub parts: Vec<Part>,
    pub bounds: Bounds,
}

impl Sheet {
    /// Parts that do not lie where the system can be reached are left out.
    pub fn new(layer: &Layer, matrix: Matrix) -> Self {
        let mut sheet = Self {
            vertices: Vec::new(),
            weights: Vec::new(),
            paths: Vec::new(),
            parts: Vec::new(),
            bounds: Bounds::NOTHING,
        };
        for (number, shape) in layer.shapes.iter().enumerate() {
            sheet.add(number, shape, matrix);
        }
        let weighed: Vec<Vec<f32>> = sheet
            .paths
            .par_iter()
            .map(|path| weights(sheet.vertices.get(path.vertices.clone()).unwrap_or_default()))
            .collect();
        sheet.weights = weighed.concat();
        sheet.vertices.shrink_to_fit();
        sheet.paths.shrink_to_fit();
        sheet.parts.shrink_to_fit();
        sheet
    }

    /// What it takes in memory, about.
    pub fn bytes(&self) -> usize {
        self.vertices.len() * size_of::<Point>()
            + self.weights.len() * size_of::<f32>()
            + self.paths.len() * size_of::<Path>()
            + self.parts.len() * size_of::<Part>()
    }

    fn add(&mut self, number: usize, shape: &Geometry<f64>, matrix: Matrix) {
        match shape {
            Geometry::Point(point) => self.part(number, Dimension::Points, &[&[point.0][..]], matrix),
            Geometry::MultiPoint(points) => {
                let points: Vec<_> = points.iter().map(|point| point.0).collect();
                self.part(number, Dimension::Points, &[&points[..]], matrix);
            }
            Geometry::Line(line) => {
                self.part(number, Dimension::Lines, &[&[line.start, line.end][..]], matrix);
            }
            Geometry::LineString(line) => self.part(number, Dimension::Lines, &[&line.0[..]], matrix),
            Geometry::MultiLineString(lines) => {
                for line in lines {
                    self.part(number, Dimension::Lines, &[&line.0[..]], matrix);
                }
            }
            Geometry::Polygon(polygon) => self.polygon(number, polygon, matrix),
            Geometry::MultiPolygon(polygons) => {
                polygons.iter().for_each(|polygon| self.polygon(number, polygon, matrix));
            }
            Geometry::Rect(rect) => self.polygon(number, &rect.to_polygon(), matrix),
            Geometry::Triangle(triangle) => self.polygon(number, &triangle.to_polygon(), matrix),
            Geometry::GeometryCollection(all) => all.iter().for_each(|shape| self.add(number, shape, matrix)),
        }
    }

    fn polygon(&mut self, number: usize, polygon: &Polygon<f64>, matrix: Matrix) {
        let rings: Vec<&[geo_types::Coord<f64>]> = std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring: &LineString<f64>| &ring.0[..])
            .collect();
        self.part(number, Dimension::Surface, &rings, matrix);
    }

    fn part(
        &mut self,
        shape: usize,
        dimension: Dimension,
        paths: &[&[geo_types::Coord<f64>]],
        matrix: Matrix,
    ) {
        let (vertices, before) = (self.vertices.len(), self.paths.len());
        for path in paths {
            if self.path(dimension, path, matrix).is_none() {
                self.vertices.truncate(vertices);
                self.paths.truncate(before);
                return;
            }
        }
        let paths = before..self.paths.len();
        for path in self.paths.get(paths.clone()).unwrap_or_default() {
            self.bounds.add(path.bounds.low);
            self.bounds.add(path.bounds.high);
        }
        if !paths.is_empty() {
            self.parts.push(Part { shape, dimension, paths });
        }
    }

    /// Adds the vertices of a path; `None` when one can't be brought to the system.
    fn path(&mut self, dimension: Dimension, path: &[geo_types::Coord<f64>], matrix: Matrix) -> Option<()> {
        if path.is_empty() {
            return Some(());
        }
        let crs = matrix.crs();
        let (start, mut bounds) = (self.vertices.len(), Bounds::NOTHING);
        let mut add = |point: Point| {
            let point = crs.from_rd(point).ok()?;
            bounds.add(point);
            self.vertices.push(point);
            Some(())
        };
        let mut before: Option<Point> = None;
        for vertex in path {
            let vertex = [vertex.x, vertex.y];
            if let Some(from) = before.filter(|_| matrix != Matrix::Rd && dimension != Dimension::Points) {
                let length = (vertex[0] - from[0]).hypot(vertex[1] - from[1]);
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let pieces = (length / STRAIGHT).ceil().clamp(1.0, 1_000.0) as u32;
                for n in 1..pieces {
                    let share = f64::from(n) / f64::from(pieces);
                    add([from[0] + share * (vertex[0] - from[0]), from[1] + share * (vertex[1] - from[1])])?;
                }
            }
            add(vertex)?;
            before = Some(vertex);
        }
        let vertices = start..self.vertices.len();
        let area = match dimension {
            Dimension::Surface => area(self.vertices.get(vertices.clone()).unwrap_or_default()),
            Dimension::Lines | Dimension::Points => 0.0,
        };
        self.paths.push(Path { vertices, bounds, area });
        Some(())
    }
}

/// What a ring encloses; measured from its first vertex, so that large coordinates cost no precision.
fn area(ring: &[Point]) -> f64 {
    let Some([x, y]) = ring.first().copied() else {
        return 0.0;
    };
    let twice: f64 = ring
        .windows(2)
        .map(|pair| match pair {
            [a, b] => (a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y),
            _ => 0.0,
        })
        .sum();
    twice.abs() / 2.0
}
