//! From facts to shapes, in metres.

use super::borders;
use super::built::built_up;
use super::facts::{Certainty, Drawing, Facts};
use super::join::{polygon, together};
use super::metric;
use super::point::{Line, Point};
use super::tree::Areas;
use geo::algorithm::buffer::{BufferStyle, LineJoin};
use geo::algorithm::{AffineOps, AffineTransform, Centroid, Simplify, Validation};
use geo::{Area, BooleanOps, Buffer, Coord, LineString, MultiPolygon, Polygon};
use indexmap::IndexMap;
use std::f64::consts::{PI, TAU};

/// Corners of a circle.
const CORNERS: u32 = 24;
/// Corners of the circle of a village: there are many.
const VILLAGE_CORNERS: u32 = 12;
/// Round ends and bends turn by this angle a step.
const STEP: f64 = PI / 12.0;
/// What a simplified line may be off, and what one may be that is off by hundreds of metres anyway.
const TOLERANCE: f64 = 10.0;
const ROUGH_TOLERANCE: f64 = 25.0;
/// Half the width below which a part of a shape is a splinter.
const SPLINTER: f64 = 4.0;
/// Corners sharper than this are cut off when looking for splinters.
const SHARPEST: f64 = 0.2;
/// Smaller pieces are left over from cutting, and dropped: a quarter of a hectare.
const CRUMB: f64 = 2_500.0;

/// Shapes by area id.
pub type Shapes = IndexMap<String, MultiPolygon>;

/// The shapes of the borders and of all drawings. What can't be drawn is told in `problems`.
pub fn shapes(facts: &Facts, areas: &Areas, problems: &mut Vec<String>) -> Shapes {
    let borders = match borders::assemble(facts) {
        Ok(borders) => borders,
        Err(problem) => {
            problems.push(format!("grenzen.yaml: {problem}"));
            return Shapes::new();
        }
    };
    let province = borders.get(&facts.borders.provincie).cloned().unwrap_or(MultiPolygon(vec![]));
    let mut drawer = Drawer { facts, areas, province, done: borders, busy: Vec::new() };
    for id in facts.drawings.tekeningen.keys() {
        if let Err(problem) = drawer.draw(id) {
            problems.push(format!("tekeningen.yaml: `{id}`: {problem}"));
        }
    }
    let mut done = drawer.done;
    done.retain(|_, shape| !shape.0.is_empty());
    done
}

struct Drawer<'a> {
    facts: &'a Facts,
    areas: &'a Areas,
    province: MultiPolygon,
    done: Shapes,
    /// The drawings being made, to see that none needs itself.
    busy: Vec<String>,
}

impl Drawer<'_> {
    /// Draws one area, unless that has been done.
    fn draw(&mut self, id: &str) -> Result<(), String> {
        if self.done.contains_key(id) {
            return Ok(());
        }
        let Some(drawing) = self.facts.drawings.tekeningen.get(id) else {
            return Ok(());
        };
        if self.busy.iter().any(|other| other == id) {
            return Err(format!("de tekening gaat in een kring: {}", self.busy.join(" -> ")));
        }
        self.busy.push(id.to_owned());
        let shape = self.shape(drawing);
        self.busy.pop();
        let shape = shape?;
        if shape.0.is_empty() {
            return Err("er blijft niets over binnen de provincie".to_owned());
        }
        self.done.insert(id.to_owned(), shape);
        Ok(())
    }

    fn shape(&mut self, drawing: &Drawing) -> Result<MultiPolygon, String> {
        let mut fixed = Vec::new();
        for (name, part) in &drawing.delen {
            fixed.push(self.shape(part).map_err(|problem| format!("deel {name}: {problem}"))?);
        }
        for name in &drawing.kernen {
            fixed.push(built_up(self.facts, name, VILLAGE_CORNERS)?);
        }
        if drawing.alle_kernen {
            let towns = self.facts.places.iter().filter(|(_, place)| place.inwoners.is_some());
            for (name, _) in towns {
                fixed.push(built_up(self.facts, name, VILLAGE_CORNERS)?);
            }
        }
        for id in &drawing.samen {
            fixed.push(self.whole(id)?);
        }
        let mut within = self.province.clone();
        if !drawing.binnen.is_empty() {
            within = within.intersection(&self.all(&drawing.binnen)?);
        }
        if !drawing.zonder.is_empty() {
            within = within.difference(&self.all(&drawing.zonder)?);
        }
        let free = Free::new(self.facts, drawing)?;
        let rough = drawing.zekerheid == Some(Certainty::Globaal);
        let tolerance = if rough { ROUGH_TOLERANCE } else { TOLERANCE };
        let at = |scale: f64| {
            let mut parts = free.parts(scale);
            parts.extend(fixed.iter().cloned());
            // Before cutting: a cut edge must stay on the border it was cut along.
            simplified(&together(&parts), tolerance).intersection(&within)
        };
        let shape = match drawing.hectare {
            None => at(1.0),
            Some(hectare) => at(fitting_scale(hectare, |scale| at(scale).unsigned_area() / 10_000.0)?),
        };
        Ok(without_crumbs(&without_slivers(&shape)))
    }

    /// Several areas together.
    fn all(&mut self, ids: &[String]) -> Result<MultiPolygon, String> {
        let parts = ids.iter().map(|id| self.whole(id)).collect::<Result<Vec<_>, _>>()?;
        Ok(together(&parts))
    }

    /// An area as it is drawn, or else all that is drawn of what lies in it by the package.
    fn whole(&mut self, id: &str) -> Result<MultiPolygon, String> {
        if !self.areas.has(id) {
            return Err(format!("gebied `{id}` staat niet in gebieden.yaml"));
        }
        self.draw(id)?;
        if let Some(own) = self.done.get(id) {
            return Ok(own.clone());
        }
        let mut parts = Vec::new();
        for id in self.areas.with_children(id) {
            self.draw(id)?;
            parts.extend(self.done.get(id).cloned());
        }
        if parts.is_empty() {
            return Err(format!("gebied `{id}` is niet getekend"));
        }
        Ok(together(&parts))
    }
}

/// The parts of a drawing that grow and shrink to reach a known size.
struct Free {
    circles: Vec<Coord>,
    radius: f64,
    lines: Vec<LineString>,
    strip: f64,
    polygons: Vec<MultiPolygon>,
    margin: f64,
}

impl Free {
    fn new(facts: &Facts, drawing: &Drawing) -> Result<Self, String> {
        let points =
            |points: &[Point]| points.iter().map(|point| facts.at(point)).collect::<Result<Vec<_>, _>>();
        let mut lines = Vec::new();
        for line in &drawing.lijnen {
            let through = match line {
                Line::Through(through) => through,
                Line::Name(name) => {
                    facts.lines.get(name).ok_or_else(|| format!("lijn `{name}` staat niet in lijnen.yaml"))?
                }
            };
            lines.push(metric::line(&points(through)?)?);
        }
        let mut polygons = Vec::new();
        for corners in &drawing.vlakken {
            let shape = polygon(metric::line(&points(corners)?)?);
            if !shape.is_valid() {
                return Err("een vlak snijdt zichzelf; zet de punten in volgorde langs de rand".to_owned());
            }
            polygons.push(together([&shape]));
        }
        let missing = |what, key| format!("{what} zonder `{key}`");
        Ok(Self {
            circles: metric::line(&points(&drawing.cirkels)?)?.0,
            radius: match drawing.straal_m {
                None if !drawing.cirkels.is_empty() && drawing.hectare.is_none() => {
                    return Err(missing("cirkels", "straal_m"));
                }
                radius => radius.unwrap_or(500.0),
            },
            strip: match drawing.strook_m {
                None if !lines.is_empty() => return Err(missing("lijnen", "strook_m")),
                strip => strip.unwrap_or_default(),
            },
            lines,
            polygons,
            margin: drawing.rand_m,
        })
    }

    fn parts(&self, scale: f64) -> Vec<MultiPolygon> {
        let mut parts = Vec::new();
        for middle in &self.circles {
            parts.push(circle(*middle, self.radius * scale, CORNERS));
        }
        for line in &self.lines {
            parts.push(strip(line, self.strip * scale));
        }
        for polygon in &self.polygons {
            parts.push(grown(polygon, self.margin, scale));
        }
        parts
    }
}

/// A circle as a polygon.
pub fn circle(middle: Coord, radius: f64, corners: u32) -> MultiPolygon {
    let corner = |n: u32| {
        let angle = TAU * f64::from(n) / f64::from(corners);
        Coord { x: middle.x + radius * angle.cos(), y: middle.y + radius * angle.sin() }
    };
    polygon((0..corners).map(corner).collect())
}

fn strip(line: &LineString, width: f64) -> MultiPolygon {
    let style = BufferStyle::new(width)
        .line_join(LineJoin::Round(STEP))
        .line_cap(geo::algorithm::buffer::LineCap::Round(STEP));
    line.buffer_with_style(style)
}

fn grown(shape: &MultiPolygon, margin: f64, scale: f64) -> MultiPolygon {
    let whole = if margin > 0.0 {
        shape.buffer_with_style(BufferStyle::new(margin).line_join(LineJoin::Round(STEP)))
    } else {
        shape.clone()
    };
    match whole.centroid() {
        Some(middle) => whole.affine_transform(&AffineTransform::scale(scale, scale, middle)),
        None => whole,
    }
}

/// The scale at which the size is as known, found by halving.
fn fitting_scale(hectare: f64, size: impl Fn(f64) -> f64) -> Result<f64, String> {
    let (mut low, mut high) = (0.2, 5.0);
    if !(size(low) <= hectare && hectare <= size(high)) {
        return Err(format!(
            "{hectare} ha past niet: zoals getekend is het {:.0} ha; pas de tekening of `hectare` aan",
            size(1.0)
        ));
    }
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if size(middle) < hectare {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(f64::midpoint(low, high))
}

/// Without needless points.
fn simplified(shape: &MultiPolygon, tolerance: f64) -> MultiPolygon {
    // Leaving out points can make a ring touch itself.
    together([&shape.simplify(tolerance)])
}

/// Without the splinters that cutting along nearly equal edges leaves: what is thinner than twice SPLINTER goes. The rest
/// keeps its corners.
fn without_slivers(shape: &MultiPolygon) -> MultiPolygon {
    let sharp = |distance: f64| BufferStyle::new(distance).line_join(LineJoin::Miter(SHARPEST));
    shape.buffer_with_style(sharp(-SPLINTER)).buffer_with_style(sharp(2.0 * SPLINTER)).intersection(shape)
}

/// Without pieces and holes too small to mean anything, unless there is nothing else.
fn without_crumbs(shape: &MultiPolygon) -> MultiPolygon {
    let largest = shape.iter().map(Area::unsigned_area).fold(0.0, f64::max);
    let size = |ring: &LineString| polygon(ring.clone()).unsigned_area();
    shape
        .iter()
        .filter(|part| part.unsigned_area() >= CRUMB.min(largest))
        .map(|part| {
            let (outer, holes) = part.clone().into_inner();
            Polygon::new(outer, holes.into_iter().filter(|hole| size(hole) >= CRUMB).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::small;
    use super::*;

    fn drawn(drawings: &str) -> Result<Shapes, Vec<String>> {
        let facts = small(drawings);
        let areas = Areas::of([
            ("geheel", &[][..]),
            ("links", &["geheel"]),
            ("rechts", &["geheel"]),
            ("groep", &[]),
            ("a", &["groep"]),
            ("b", &["groep"]),
            ("c", &[]),
        ]);
        let mut problems = Vec::new();
        let shapes = shapes(&facts, &areas, &mut problems);
        if problems.is_empty() { Ok(shapes) } else { Err(problems) }
    }

    fn hectares(shape: &MultiPolygon) -> f64 {
        shape.unsigned_area() / 10_000.0
    }

    #[test]
    fn a_circle_has_its_radius() {
        let shapes = drawn("  a: {zekerheid: globaal, cirkels: [Links], straal_m: 1000}").unwrap();
        let area = hectares(&shapes["a"]);
        assert!((area - 100.0 * PI).abs() < 8.0, "{area}");
    }

    #[test]
    fn every_form_can_be_brought_to_a_known_size() {
        for (form, hectare) in [
            ("cirkels: [Links]", 300.0),
            ("lijnen: [weg], strook_m: 100", 1_500.0),
            ("vlakken: [[Links, Rechts, [6.5, 52.6]]], rand_m: 200", 12_000.0),
        ] {
            let shapes = drawn(&format!("  a: {{zekerheid: globaal, {form}, hectare: {hectare}}}")).unwrap();
            let area = hectares(&shapes["a"]);
            assert!((area / hectare - 1.0).abs() < 0.001, "{form}: {area}");
        }
    }

    #[test]
    fn a_size_out_of_reach_is_told() {
        let form = "{zekerheid: globaal, lijnen: [weg], strook_m: 10, hectare: 90000}";
        let problems = drawn(&format!("  a: {form}")).unwrap_err();
        assert!(problems[0].contains("90000 ha past niet: zoals getekend is het"), "{problems:?}");
    }

    #[test]
    fn shapes_are_cut_at_the_province_and_at_other_areas() {
        let shapes = drawn(
            "  a: {zekerheid: globaal, cirkels: [[6.5, 52.5]], straal_m: 90000}\n  \
             b: {zekerheid: globaal, samen: [a], binnen: [links, rechts], zonder: [rechts]}",
        )
        .unwrap();
        let [whole, left, a, b] = ["geheel", "links", "a", "b"].map(|id| hectares(&shapes[id]));
        assert!((whole - a).abs() < 1.0);
        assert!((left - b).abs() < 1.0);
    }

    #[test]
    fn a_polygon_that_crosses_itself_is_told() {
        let form = "{zekerheid: globaal, vlakken: [[[6.2, 52.2], [6.8, 52.8], [6.8, 52.2], [6.2, 52.8]]]}";
        let problems = drawn(&format!("  a: {form}")).unwrap_err();
        assert!(problems[0].contains("snijdt zichzelf"), "{problems:?}");
    }

    #[test]
    fn splinters_go_and_corners_stay() {
        let with_spike = polygon(
            vec![
                (0.0, 0.0),
                (1000.0, 0.0),
                (1000.0, 499.0),
                (1900.0, 500.0),
                (1000.0, 501.0),
                (1000.0, 1000.0),
                (0.0, 1000.0),
            ]
            .into(),
        );
        let left = without_slivers(&with_spike);
        let square = polygon(vec![(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0)].into());
        assert!(square.difference(&left).unsigned_area() < 0.1);
        assert!(left.difference(&square).unsigned_area() < 100.0, "{}", left.unsigned_area());
    }

    #[test]
    fn a_group_is_its_children_and_no_drawing_needs_itself() {
        let shapes = drawn(
            "  a: {zekerheid: globaal, cirkels: [Links], straal_m: 1000}\n  \
             b: {zekerheid: globaal, cirkels: [Rechts], straal_m: 1000}\n  \
             c: {zekerheid: globaal, samen: [groep]}",
        )
        .unwrap();
        let [a, b, c] = ["a", "b", "c"].map(|id| hectares(&shapes[id]));
        assert!((a + b - c).abs() < 1.0);
        let problems = drawn("  a: {zekerheid: globaal, samen: [b]}\n  b: {zekerheid: globaal, samen: [a]}")
            .unwrap_err();
        assert!(problems[0].contains("in een kring"), "{problems:?}");
    }
}
