//! A geometry taken apart into what the index works with.

use crate::edge::{Edge, Point};
use geo::{Area, Orient, orient::Direction};
use geo_types::{Geometry, LineString, Polygon};

/// Whether a shape has points, length or area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Points.
    Points,
    /// Lines.
    Lines,
    /// Polygons.
    Surface,
}

/// A shape of one dimension. The rings of a surface are directed: its inside is at the left of each edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What it has.
    pub dimension: Dimension,
    /// The edges of its lines or rings.
    pub edges: Vec<Edge>,
    /// Its points.
    pub points: Vec<Point>,
    /// Its area (m²), length (m) or number of points.
    pub measure: f64,
}

impl Shape {
    /// The shapes in a geometry: one for each dimension that occurs in it.
    #[must_use]
    pub fn of(geometry: &Geometry<f64>) -> Vec<Self> {
        let mut parts = Parts::default();
        parts.add(geometry);
        parts.shapes()
    }

    /// The shapes of many geometries together: one for each dimension that occurs.
    #[must_use]
    pub fn of_all<'g>(geometries: impl IntoIterator<Item = &'g Geometry<f64>>) -> Vec<Self> {
        let mut parts = Parts::default();
        for geometry in geometries {
            parts.add(geometry);
        }
        parts.shapes()
    }

    /// A single point.
    #[must_use]
    pub fn point(point: Point) -> Self {
        Self { dimension: Dimension::Points, edges: Vec::new(), points: vec![point], measure: 1.0 }
    }

    /// The lowest and highest coordinates; `None` when there are none.
    #[must_use]
    pub fn bounds(&self) -> Option<(Point, Point)> {
        let points =
            self.points.iter().copied().chain(self.edges.iter().flat_map(|edge| [edge.from, edge.to]));
        points.fold(None, |bounds, [x, y]| {
            let ([x1, y1], [x2, y2]) = bounds.unwrap_or(([x, y], [x, y]));
            Some(([x1.min(x), y1.min(y)], [x2.max(x), y2.max(y)]))
        })
    }
}

#[derive(Default)]
struct Parts {
    rings: Vec<Edge>,
    area: f64,
    lines: Vec<Edge>,
    points: Vec<Point>,
}

impl Parts {
    fn add(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.points.push([point.x(), point.y()]),
            Geometry::MultiPoint(points) => self.points.extend(points.iter().map(|p| [p.x(), p.y()])),
            Geometry::Line(line) => {
                self.lines.push(Edge::new([line.start.x, line.start.y], [line.end.x, line.end.y]));
            }
            Geometry::LineString(line) => edges(line, &mut self.lines),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| edges(line, &mut self.lines)),
            Geometry::Polygon(polygon) => self.surface(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|polygon| self.surface(polygon)),
            Geometry::Rect(rect) => self.surface(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.surface(&triangle.to_polygon()),
            Geometry::GeometryCollection(all) => all.iter().for_each(|geometry| self.add(geometry)),
        }
    }

    fn surface(&mut self, polygon: &Polygon<f64>) {
        let polygon = polygon.orient(Direction::Default);
        self.area += polygon.unsigned_area();
        edges(polygon.exterior(), &mut self.rings);
        polygon.interiors().iter().for_each(|ring| edges(ring, &mut self.rings));
    }

    fn shapes(self) -> Vec<Shape> {
        let mut shapes = Vec::new();
        if !self.rings.is_empty() {
            shapes.push(Shape {
                dimension: Dimension::Surface,
                measure: self.area,
                edges: self.rings,
                points: Vec::new(),
            });
        }
        if !self.lines.is_empty() {
            let measure = self.lines.iter().map(Edge::length).sum();
            shapes.push(Shape {
                dimension: Dimension::Lines,
                measure,
                edges: self.lines,
                points: Vec::new(),
            });
        }
        if !self.points.is_empty() {
            let measure = self.points.len() as f64;
            shapes.push(Shape {
                dimension: Dimension::Points,
                measure,
                edges: Vec::new(),
                points: self.points,
            });
        }
        shapes
    }
}

fn edges(line: &LineString<f64>, into: &mut Vec<Edge>) {
    into.extend(
        line.lines()
            .map(|line| Edge::new([line.start.x, line.start.y], [line.end.x, line.end.y]))
            .filter(|edge| edge.from != edge.to),
    );
}
