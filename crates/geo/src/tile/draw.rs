//! One layer drawn on one tile.

use super::clip;
use super::matrix::Bounds;
use super::sheet::{Part, Path, Sheet};
use crate::edge::Point;
use crate::layer::{About, Kind};
use crate::shape::Dimension;
use fast_mvt::{MvtCoord, MvtGeomType, MvtResult, MvtTileBuilder, MvtValueRef};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::IntOverlayOptions;
use i_overlay::core::simplify::Simplify;
use i_overlay::i_float::int::point::IntPoint;

/// Units across a tile.
pub const EXTENT: u32 = 4096;
/// How far what is drawn goes on outside the tile, in units.
pub const BUFFER: u32 = 64;
const WIDE: f64 = EXTENT as f64;
const LOW: f64 = -(BUFFER as f64);
const HIGH: f64 = (EXTENT + BUFFER) as f64;
/// A pixel, in units: maps show a tile 512 pixels wide.
const PIXEL: f64 = 8.0;
/// What is off by less than this is not seen, in units.
const UNSEEN: f64 = 0.5;

/// The view that a tile is of a matrix.
pub(super) struct Window {
    left: f64,
    top: f64,
    per_metre: f64,
    tolerance: f64,
    /// With the buffer, in metres.
    bounds: Bounds,
}

impl Window {
    pub fn new(tile: Bounds) -> Self {
        let per_metre = WIDE / (tile.high[0] - tile.low[0]);
        let buffer = f64::from(BUFFER) / per_metre;
        Self {
            left: tile.low[0],
            top: tile.high[1],
            per_metre,
            tolerance: UNSEEN / per_metre,
            bounds: Bounds {
                low: [tile.low[0] - buffer, tile.low[1] - buffer],
                high: [tile.high[0] + buffer, tile.high[1] + buffer],
            },
        }
    }

    /// A point in units from the upper left corner.
    fn units(&self, [x, y]: Point) -> Point {
        [(x - self.left) * self.per_metre, (self.top - y) * self.per_metre]
    }
}

/// Adds a layer to a tile, if any of it is there.
pub(super) fn add(
    tile: MvtTileBuilder,
    about: &About,
    sheet: &Sheet,
    window: &Window,
) -> MvtResult<MvtTileBuilder> {
    if !sheet.bounds.meets(&window.bounds) {
        return Ok(tile);
    }
    let figures = Pen::new(sheet, window).draw();
    if figures.is_empty() {
        return Ok(tile);
    }
    let kind = match about.kind {
        Kind::Echt => "echt",
        Kind::Schets => "schets",
    };
    let mut layer = tile.layer(about.area.as_str())?;
    for figure in figures {
        let mut feature = layer.feature_of(match figure.dimension {
            Dimension::Points => MvtGeomType::Point,
            Dimension::Lines => MvtGeomType::LineString,
            Dimension::Surface => MvtGeomType::Polygon,
        });
        feature.id(Some(figure.shape as u64 + 1));
        for (key, value) in [("naam", about.name.as_str()), ("gebied", &about.area), ("kaartsoort", kind)] {
            feature.tag_ref(key, MvtValueRef::String(value))?;
        }
        match figure.dimension {
            Dimension::Points => {
                feature.points(figure.strokes.into_iter().flat_map(|stroke| stroke.vertices))?;
            }
            Dimension::Lines => {
                for stroke in figure.strokes {
                    feature.line(stroke.vertices)?;
                }
            }
            Dimension::Surface => {
                for stroke in figure.strokes {
                    feature.ring(stroke.vertices, stroke.outer)?;
                }
            }
        }
        layer = feature.end();
    }
    Ok(layer.end())
}

/// A line, some points, or a ring without its last vertex.
struct Stroke {
    vertices: Vec<MvtCoord>,
    /// Whether it is the outer ring of a polygon.
    outer: bool,
}

/// What one shape has on the tile, of one dimension.
struct Figure {
    shape: usize,
    dimension: Dimension,
    strokes: Vec<Stroke>,
}

/// What has been too small to draw so far. Together small things count: where they add up to a pixel, a pixel is drawn.
#[derive(Default)]
struct Small {
    /// In square units.
    sum: f64,
    /// The largest: size, middle and shape.
    largest: Option<(f64, Point, usize)>,
}

struct Pen<'a> {
    sheet: &'a Sheet,
    window: &'a Window,
    figures: Vec<Figure>,
    small: Small,
    points: Vec<Point>,
    spare: Vec<Point>,
}

impl<'a> Pen<'a> {
    fn new(sheet: &'a Sheet, window: &'a Window) -> Self {
        Self {
            sheet,
            window,
            figures: Vec::new(),
            small: Small::default(),
            points: Vec::new(),
            spare: Vec::new(),
        }
    }

    fn draw(mut self) -> Vec<Figure> {
        let sheet = self.sheet;
        for part in &sheet.parts {
            let paths = sheet.paths.get(part.paths.clone()).unwrap_or_default();
            let Some((first, others)) = paths.split_first() else { continue };
            if !first.bounds.meets(&self.window.bounds) {
                continue;
            }
            match part.dimension {
                Dimension::Surface => self.polygon(part, first, others),
                Dimension::Lines => self.line(part, first),
                Dimension::Points => self.dots(part, first),
            }
        }
        if let (true, Some((_, middle, shape))) = (self.figures.is_empty(), self.small.largest) {
            self.pixel(shape, middle);
        }
        self.figures
    }

    fn figure(&mut self, shape: usize, dimension: Dimension, stroke: Stroke) {
        match self.figures.last_mut() {
            Some(last) if last.shape == shape && last.dimension == dimension => last.strokes.push(stroke),
            _ => self.figures.push(Figure { shape, dimension, strokes: vec![stroke] }),
        }
    }

    fn is_small(&self, path: &Path) -> bool {
        path.bounds.longest() * self.window.per_metre < PIXEL
    }

    fn polygon(&mut self, part: &Part, outer: &Path, holes: &[Path]) {
        if self.is_small(outer) {
            let size = outer.area * self.window.per_metre * self.window.per_metre;
            self.too_small(part.shape, size, self.window.units(outer.bounds.middle()));
            return;
        }
        let mut rings = match self.ring(outer) {
            Ring::Outside => return,
            Ring::Thin { size, at } => return self.too_small(part.shape, size, at),
            Ring::Drawn(ring) => vec![ring],
        };
        for hole in holes {
            if self.is_small(hole) || !hole.bounds.meets(&self.window.bounds) {
                continue;
            }
            if let Ring::Drawn(ring) = self.ring(hole) {
                rings.push(ring);
            }
        }
        for polygon in proper(rings) {
            for (n, vertices) in polygon.into_iter().enumerate() {
                self.figure(part.shape, Dimension::Surface, Stroke { vertices, outer: n == 0 });
            }
        }
    }

    /// Takes the vertices that matter at this scale, in units, into `points`.
    fn take(&mut self, path: &Path) {
        let vertices = self.sheet.vertices.get(path.vertices.clone()).unwrap_or_default();
        let weights = self.sheet.weights.get(path.vertices.clone()).unwrap_or_default();
        let window = self.window;
        self.points.clear();
        self.points.extend(
            vertices
                .iter()
                .zip(weights)
                .filter(|(_, weight)| f64::from(**weight) > window.tolerance)
                .map(|(vertex, _)| window.units(*vertex)),
        );
    }

    fn ring(&mut self, path: &Path) -> Ring {
        self.take(path);
        self.points.pop();
        if !path.bounds.within(&self.window.bounds) {
            clip::ring(&mut self.points, &mut self.spare, LOW, HIGH);
        }
        let Some(at) = self.points.first().copied() else {
            return Ring::Outside;
        };
        let vertices = tidy(self.points.iter().copied().map(rounded));
        if vertices.is_empty() { Ring::Thin { size: area(&self.points), at } } else { Ring::Drawn(vertices) }
    }

    fn line(&mut self, part: &Part, path: &Path) {
        self.take(path);
        for piece in clip::line(&self.points, LOW, HIGH) {
            let mut vertices: Vec<MvtCoord> = piece.iter().copied().map(rounded).collect();
            vertices.dedup();
            if vertices.len() > 1 {
                self.figure(part.shape, Dimension::Lines, Stroke { vertices, outer: true });
            } else if let Some(at) = piece.first() {
                self.too_small(part.shape, UNSEEN, *at);
            }
        }
    }

    fn dots(&mut self, part: &Part, path: &Path) {
        let vertices = self.sheet.vertices.get(path.vertices.clone()).unwrap_or_default();
        let on = |at: &Point| at.iter().all(|value| (LOW..=HIGH).contains(value));
        let vertices: Vec<MvtCoord> =
            vertices.iter().map(|vertex| self.window.units(*vertex)).filter(on).map(rounded).collect();
        if !vertices.is_empty() {
            self.figure(part.shape, Dimension::Points, Stroke { vertices, outer: true });
        }
    }

    /// Notes what is too small to draw. Each thing counts on one tile only.
    fn too_small(&mut self, shape: usize, size: f64, at: Point) {
        if size <= 0.0 || !at.iter().all(|value| (0.0..WIDE).contains(value)) {
            return;
        }
        self.small.sum += size;
        if self.small.sum >= PIXEL * PIXEL {
            self.small.sum %= PIXEL * PIXEL;
            self.pixel(shape, at);
        } else if self.small.largest.is_none_or(|(largest, ..)| size > largest) {
            self.small.largest = Some((size, at, shape));
        }
    }

    fn pixel(&mut self, shape: usize, [x, y]: Point) {
        let half = PIXEL / 2.0;
        let vertices = [(-half, -half), (half, -half), (half, half), (-half, half)]
            .map(|(right, down)| rounded([x + right, y + down]));
        self.figure(shape, Dimension::Surface, Stroke { vertices: vertices.to_vec(), outer: true });
    }
}

/// What became of a ring.
enum Ring {
    Outside,
    /// Nothing is left of it in whole units.
    Thin {
        size: f64,
        at: Point,
    },
    Drawn(Vec<MvtCoord>),
}

/// To whole units. What comes here is on the tile or in its buffer, or a pixel round that.
#[allow(clippy::cast_possible_truncation)]
fn rounded([x, y]: Point) -> MvtCoord {
    MvtCoord { x: x.round() as i32, y: y.round() as i32 }
}

/// A ring without vertices that add nothing: doubles, those on a straight line, and the ends of stretches that run back
/// over themselves. Empty when it encloses nothing.
fn tidy(ring: impl Iterator<Item = MvtCoord>) -> Vec<MvtCoord> {
    let mut kept: Vec<MvtCoord> = Vec::with_capacity(ring.size_hint().0);
    for vertex in ring {
        loop {
            match kept.as_slice() {
                [.., last] if *last == vertex => break,
                [.., before, last] if turn(*before, *last, vertex) == 0 => {
                    kept.pop();
                }
                _ => {
                    kept.push(vertex);
                    break;
                }
            }
        }
    }
    // The same where the end meets the start.
    let mut start = 0;
    let kept = loop {
        match kept.get(start..).unwrap_or_default() {
            [first, second, .., before, last] => {
                if last == first || turn(*before, *last, *first) == 0 {
                    kept.pop();
                } else if turn(*last, *first, *second) == 0 {
                    start += 1;
                } else {
                    break kept.split_off(start);
                }
            }
            [a, b, c] if turn(*a, *b, *c) != 0 => break kept.split_off(start),
            _ => return Vec::new(),
        }
    };
    let next = kept.iter().cycle().skip(1);
    let twice: i64 = kept
        .iter()
        .zip(next)
        .map(|(a, b)| i64::from(a.x) * i64::from(b.y) - i64::from(b.x) * i64::from(a.y))
        .sum();
    if twice == 0 { Vec::new() } else { kept }
}

/// Rings as valid polygons, each an outer ring and its holes. Leaving out vertices and rounding can make a ring cross
/// itself or a hole, and cutting off leaves stretches along the edge that run back over themselves.
fn proper(rings: Vec<Vec<MvtCoord>>) -> Vec<Vec<Vec<MvtCoord>>> {
    let contours: Vec<Vec<IntPoint>> = rings
        .into_iter()
        .map(|ring| ring.into_iter().map(|c| IntPoint { x: c.x, y: c.y }).collect())
        .collect();
    let shapes = contours.simplify(FillRule::EvenOdd, IntOverlayOptions::ogc());
    let coordinates =
        |ring: Vec<IntPoint>| ring.into_iter().map(|point| MvtCoord { x: point.x, y: point.y }).collect();
    shapes.into_iter().map(|shape| shape.into_iter().map(coordinates).collect()).collect()
}

/// Left, right, or neither: nought when three vertices are on a line.
fn turn(a: MvtCoord, b: MvtCoord, c: MvtCoord) -> i64 {
    i64::from(b.x - a.x) * i64::from(c.y - b.y) - i64::from(b.y - a.y) * i64::from(c.x - b.x)
}

/// What an open ring encloses.
fn area(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let twice: f64 = ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
    twice.abs() / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(ring: &[(i32, i32)]) -> Vec<(i32, i32)> {
        tidy(ring.iter().map(|(x, y)| MvtCoord { x: *x, y: *y })).iter().map(|c| (c.x, c.y)).collect()
    }

    #[test]
    fn a_ring_is_tidied() {
        let square = [(0, 0), (4, 0), (4, 4), (0, 4)];
        assert_eq!(tidied(&square), square);
        assert_eq!(
            tidied(&[(0, 0), (2, 0), (2, 0), (4, 0), (4, 4), (0, 4), (0, 0)]),
            square,
            "doubles and straight"
        );
        assert_eq!(tidied(&[(2, 0), (4, 0), (4, 4), (0, 4), (0, 0)]), [(4, 0), (4, 4), (0, 4), (0, 0)]);
        // A spike at the side, and one at the seam.
        assert_eq!(tidied(&[(0, 0), (4, 0), (4, 2), (9, 2), (4, 2), (4, 4), (0, 4)]), square);
        assert_eq!(tidied(&[(-5, 0), (4, 0), (4, 4), (0, 4), (0, 0)]), [(4, 0), (4, 4), (0, 4), (0, 0)]);
    }

    #[test]
    fn what_encloses_nothing_is_nothing() {
        for ring in [
            &[][..],
            &[(0, 0)],
            &[(0, 0), (1, 1)],
            &[(0, 0), (4, 4), (2, 2)],
            &[(0, 0), (5, 0), (0, 0), (0, 5)],
            // A bow tie whose halves cancel.
            &[(0, 0), (4, 4), (4, 0), (0, 4)],
        ] {
            assert!(tidied(ring).is_empty(), "{ring:?}");
        }
    }
}
