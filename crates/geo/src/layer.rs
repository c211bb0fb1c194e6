//! A layer: where one area is, with where that comes from.

use crate::shape::Shape;
use geo::orient::Direction;
use geo::{Area, BooleanOps, BoundingRect, Intersects, Orient, unary_union};
use geo_types::{Geometry, MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How much a layer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// From a source that knows.
    Echt,
    /// Drawn by hand: about right, without legal value.
    Schets,
}

/// For which places a layer tells whether they are in the area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Coverage {
    /// All places in this other area.
    Area(String),
    /// All places in this shape, in RD New.
    Shape(MultiPolygon<f64>),
    /// All places.
    Everywhere,
}

/// What is known of a layer besides its shapes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The area whose place this is.
    pub area: String,
    /// Echt or schets.
    pub kind: Kind,
    /// What people call it.
    pub name: String,
    /// File or service it came from.
    pub source: String,
    /// When it was made or fetched, as 2026-01-31; empty when unknown.
    pub date: String,
    /// On what terms it may be used; empty when unknown.
    pub licence: String,
    /// SHA-256 of its shapes.
    pub hash: String,
    /// Number of shapes.
    pub features: usize,
    /// Area of its surfaces, in hectares.
    pub hectares: f64,
    /// What whoever fetched it needs to fetch it again; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub memo: String,
}

impl About {
    /// A layer of an area, of a kind, from a source; the rest is to be filled in.
    #[must_use]
    pub fn new(area: &str, kind: Kind, name: &str, source: String) -> Self {
        Self {
            area: area.to_owned(),
            kind,
            name: name.to_owned(),
            source,
            date: String::new(),
            licence: String::new(),
            hash: String::new(),
            features: 0,
            hectares: 0.0,
            memo: String::new(),
        }
    }
}

/// Where one area is.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// What is known of it.
    pub about: About,
    /// For which places it speaks.
    pub coverage: Coverage,
    /// Its shapes, in RD New. Its surfaces do not overlap.
    pub shapes: Vec<Geometry<f64>>,
}

impl Layer {
    /// A layer of these shapes. Surfaces that overlap are made one; hash, number and hectares are filled in.
    #[must_use]
    pub fn new(mut about: About, coverage: Coverage, shapes: Vec<Geometry<f64>>) -> Self {
        let shapes = apart(shapes);
        about.features = shapes.len();
        about.hectares = shapes.iter().map(Geometry::unsigned_area).sum::<f64>() / 10_000.0;
        about.hash = hash(&shapes);
        Self { about, coverage, shapes }
    }

    /// What the index works with.
    #[must_use]
    pub fn parts(&self) -> Vec<Shape> {
        Shape::of_all(&self.shapes)
    }
}

/// SHA-256 of shapes, as the receipt shows it.
#[must_use]
pub fn hash(shapes: &[Geometry<f64>]) -> String {
    let bytes = postcard::to_stdvec(shapes).unwrap_or_default();
    Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The same shapes, with surfaces that overlap made one.
fn apart(shapes: Vec<Geometry<f64>>) -> Vec<Geometry<f64>> {
    let surfaces = polygons(&shapes);
    if surfaces.len() < 2 {
        return shapes;
    }
    let sum: f64 = surfaces.iter().map(Area::unsigned_area).sum();
    let union = unary_union(&surfaces);
    // Less than a square metre in a square kilometre is rounding of the union, not overlap.
    if sum - union.unsigned_area() <= 1e-6 * sum {
        return shapes;
    }
    let others =
        shapes.into_iter().filter(|shape| !matches!(shape, Geometry::Polygon(_) | Geometry::MultiPolygon(_)));
    let mut apart: Vec<Geometry<f64>> = union.0.into_iter().map(Geometry::Polygon).collect();
    apart.extend(others);
    apart
}

/// The surfaces among shapes, all rings in one direction: where two that run opposite ways overlap, making them one would
/// leave a hole.
#[must_use]
pub fn polygons(shapes: &[Geometry<f64>]) -> Vec<Polygon<f64>> {
    let mut polygons = Vec::new();
    for shape in shapes {
        match shape {
            Geometry::Polygon(polygon) => polygons.push(polygon.clone()),
            Geometry::MultiPolygon(several) => polygons.extend(several.0.iter().cloned()),
            _ => {}
        }
    }
    polygons.iter().map(|polygon| polygon.orient(Direction::Default)).collect()
}

/// The surfaces among shapes that may meet a region.
#[must_use]
pub fn near(shapes: &[Geometry<f64>], region: &MultiPolygon<f64>) -> Vec<Polygon<f64>> {
    let Some(bounds) = region.bounding_rect() else {
        return Vec::new();
    };
    let mut near = polygons(shapes);
    near.retain(|polygon| polygon.bounding_rect().is_some_and(|rect| rect.intersects(&bounds)));
    near
}

/// The parts of `shapes` that are in `within`: to show where of an area a plan is.
#[must_use]
pub fn cut_out(shapes: &[Geometry<f64>], within: &MultiPolygon<f64>) -> Vec<Geometry<f64>> {
    let surfaces = polygons(shapes);
    let mut parts = Vec::new();
    let cut = MultiPolygon(surfaces).intersection(within);
    if !cut.0.is_empty() {
        parts.push(Geometry::MultiPolygon(cut));
    }
    for shape in shapes {
        let lines = match shape {
            Geometry::LineString(line) => geo_types::MultiLineString(vec![line.clone()]),
            Geometry::MultiLineString(lines) => lines.clone(),
            _ => continue,
        };
        let cut = within.clip(&lines, false);
        if !cut.0.is_empty() {
            parts.push(Geometry::MultiLineString(cut));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::LineString;

    fn square(x: f64, backwards: bool) -> Geometry<f64> {
        let mut ring = vec![(x, 0.0), (x + 100.0, 0.0), (x + 100.0, 100.0), (x, 100.0), (x, 0.0)];
        if backwards {
            ring.reverse();
        }
        Geometry::Polygon(Polygon::new(LineString::from(ring), Vec::new()))
    }

    #[test]
    fn surfaces_that_overlap_are_one_whichever_way_their_rings_run() {
        for (one, other) in [(false, false), (false, true), (true, false), (true, true)] {
            let about = About::new("a", Kind::Echt, "A", "proef".to_owned());
            let layer = Layer::new(about, Coverage::Everywhere, vec![square(0.0, one), square(50.0, other)]);
            assert_eq!(layer.shapes.len(), 1, "{one} {other}");
            assert!((layer.about.hectares - 1.5).abs() < 1e-6, "{one} {other}: {}", layer.about.hectares);
        }
    }

    #[test]
    fn a_cut_out_is_right_whichever_way_rings_run() {
        let within = MultiPolygon(polygons(&[square(25.0, true)]));
        for backwards in [false, true] {
            let cut = cut_out(&[square(0.0, backwards), square(100.0, !backwards)], &within);
            let area: f64 = cut.iter().map(Area::unsigned_area).sum();
            assert!((area - 10_000.0).abs() < 1.0, "{backwards}: {area}");
        }
    }
}
