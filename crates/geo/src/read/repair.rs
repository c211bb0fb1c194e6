//! Mends shapes where that takes no guessing, and says what was done.
//!
//! Safe: a ring that is not closed, points given twice, rings the wrong way round, rings that cross or touch themselves
//! (an area counts when its boundary goes round it an odd number of times), holes that stick out, parts that overlap.
//! Not safe: nothing left to draw, coordinates that are no number, fewer than three points.

use super::crossing::{self, Ring, TooComplex};
use super::error::ShapeError;
use geo::algorithm::bool_ops::{BooleanOps, FillRule, OpType, unary_union};
use geo::algorithm::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

/// More crossings than this in one shape and it is left out: what it means cannot be told.
const CROSSINGS: usize = 10_000;

/// How many points of rings are looked at, at most, to tell which ring lies in which.
const INSIDE: u64 = 2_000_000_000;

/// A shape in RD, arcs drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    pub points: Vec<Coord<f64>>,
    pub lines: Vec<Vec<Coord<f64>>>,
    /// Outer ring first.
    pub polygons: Vec<Vec<Vec<Coord<f64>>>>,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Mended {
    /// `None` when nothing could be kept.
    pub geometry: Option<Geometry<f64>>,
    /// What was done, in Dutch.
    pub notes: Vec<String>,
}

/// Mends a shape. `anticlockwise` tells whether outer rings had to be so in the file, and are reported when not.
pub(super) fn mend(drawn: Drawn, anticlockwise: bool) -> Mended {
    let mut notes = Notes::default();
    let lines: Vec<LineString<f64>> =
        drawn.lines.into_iter().filter_map(|line| mend_line(line, &mut notes)).collect();
    let mut polygons = Vec::with_capacity(drawn.polygons.len());
    for rings in drawn.polygons {
        polygons.extend(mend_rings(rings, anticlockwise, &mut notes));
    }
    let polygons = match untangle(polygons, &mut notes) {
        Ok(polygons) => polygons,
        Err(TooComplex) => {
            notes.list.push("te ingewikkeld om te herstellen".to_owned());
            return Mended { geometry: None, notes: notes.list };
        }
    };
    let geometry = assemble(drawn.points, lines, polygons);
    if let Some(Geometry::GeometryCollection(_)) = geometry {
        notes.list.push("punten, lijnen en vlakken door elkaar".to_owned());
    }
    Mended { geometry, notes: notes.finish() }
}

/// The plain geometry when there is one part, the multi one for more, a collection for mixed kinds.
pub(super) fn assemble(
    points: Vec<Coord<f64>>,
    lines: Vec<LineString<f64>>,
    polygons: Vec<Polygon<f64>>,
) -> Option<Geometry<f64>> {
    let mut kinds = Vec::new();
    match <[_; 1]>::try_from(points) {
        Ok([point]) => kinds.push(Geometry::Point(point.into())),
        Err(points) if points.is_empty() => {}
        Err(points) => {
            kinds.push(Geometry::MultiPoint(MultiPoint(points.into_iter().map(Point::from).collect())))
        }
    }
    match <[_; 1]>::try_from(lines) {
        Ok([line]) => kinds.push(Geometry::LineString(line)),
        Err(lines) if lines.is_empty() => {}
        Err(lines) => kinds.push(Geometry::MultiLineString(MultiLineString(lines))),
    }
    match <[_; 1]>::try_from(polygons) {
        Ok([polygon]) => kinds.push(Geometry::Polygon(polygon)),
        Err(polygons) if polygons.is_empty() => {}
        Err(polygons) => kinds.push(Geometry::MultiPolygon(MultiPolygon(polygons))),
    }
    match <[_; 1]>::try_from(kinds) {
        Ok([only]) => Some(only),
        Err(kinds) if kinds.is_empty() => None,
        Err(kinds) => Some(Geometry::GeometryCollection(GeometryCollection(kinds))),
    }
}

/// What was done, counted.
#[derive(Debug, Default)]
struct Notes {
    closed: usize,
    doubles: usize,
    turned: usize,
    no_area: usize,
    no_length: usize,
    list: Vec<String>,
}

impl Notes {
    fn finish(self) -> Vec<String> {
        let mut list = Vec::new();
        let mut add = |count: usize, one: &str, more: &str| match count {
            0 => {}
            1 => list.push(one.to_owned()),
            count => list.push(format!("{count} {more}")),
        };
        add(self.closed, "een open rand gesloten", "open randen gesloten");
        add(self.doubles, "een dubbel punt weggelaten", "dubbele punten weggelaten");
        add(self.turned, "een rand omgedraaid", "randen omgedraaid");
        add(
            self.no_area,
            "een vlak of gat zonder oppervlakte weggelaten",
            "vlakken of gaten zonder oppervlakte weggelaten",
        );
        add(self.no_length, "een lijn zonder lengte weggelaten", "lijnen zonder lengte weggelaten");
        list.extend(self.list);
        list
    }
}

fn mend_line(mut line: Vec<Coord<f64>>, notes: &mut Notes) -> Option<LineString<f64>> {
    notes.doubles += drop_doubles(&mut line);
    if line.len() < 2 {
        notes.no_length += 1;
        return None;
    }
    Some(LineString(line))
}

fn drop_doubles(points: &mut Vec<Coord<f64>>) -> usize {
    let before = points.len();
    points.dedup();
    // A line of one point, given twice, is one thing that is wrong and not two.
    if points.len() < 2 { 0 } else { before - points.len() }
}

/// The polygon of rings that are closed, without doubles, and the right way round.
fn mend_rings(rings: Vec<Vec<Coord<f64>>>, report_turned: bool, notes: &mut Notes) -> Option<Polygon<f64>> {
    let mut mended = Vec::with_capacity(rings.len());
    for (n, mut ring) in rings.into_iter().enumerate() {
        notes.doubles += drop_doubles(&mut ring);
        if ring.first() != ring.last() {
            ring.extend(ring.first().copied());
            notes.closed += 1;
        }
        if on_a_line(&ring) {
            notes.no_area += 1;
            if n == 0 {
                return None;
            }
            continue;
        }
        let outer = n == 0;
        if (signed_area(&ring) > 0.0) != outer {
            ring.reverse();
            notes.turned += usize::from(report_turned);
        }
        mended.push(LineString(ring));
    }
    let mut mended = mended.into_iter();
    let exterior = mended.next()?;
    Some(Polygon::new(exterior, mended.collect()))
}

/// Whether all points are on one line, or are one point.
pub(super) fn on_a_line(ring: &[Coord<f64>]) -> bool {
    let Some(first) = ring.first() else {
        return true;
    };
    let Some(second) = ring.iter().find(|point| *point != first) else {
        return true;
    };
    let exact = |c: &Coord<f64>| robust::Coord { x: c.x, y: c.y };
    ring.iter().all(|point| robust::orient2d(exact(first), exact(second), exact(point)) == 0.0)
}

/// Twice the area; positive when it runs anticlockwise.
pub(super) fn signed_area(ring: &[Coord<f64>]) -> f64 {
    let Some(origin) = ring.first() else {
        return 0.0;
    };
    let term = |pair: &[Coord<f64>]| match pair {
        [a, b] => (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y),
        _ => 0.0,
    };
    ring.windows(2).map(term).sum()
}

/// All rings of some polygons.
pub(super) fn rings(polygons: &[Polygon<f64>]) -> Vec<Ring<'_>> {
    let of = |(part, polygon)| {
        let all = std::iter::once(Polygon::exterior(polygon)).chain(polygon.interiors());
        all.map(move |line| Ring { part, line })
    };
    polygons.iter().enumerate().flat_map(of).collect()
}

/// Polygons of which no ring crosses another and no part lies over another.
fn untangle(polygons: Vec<Polygon<f64>>, notes: &mut Notes) -> Result<Vec<Polygon<f64>>, TooComplex> {
    let conflicts = crossing::conflicts(&rings(&polygons), CROSSINGS)?;
    if conflicts.len() >= CROSSINGS {
        return Err(TooComplex);
    }
    let mut tangled = vec![false; polygons.len()];
    let mut apart = true;
    for conflict in &conflicts {
        let (one, other) = conflict.parts;
        if one == other {
            if let Some(part) = tangled.get_mut(one) {
                *part = true;
            }
        } else {
            apart = false;
        }
    }
    let mut budget = INSIDE;
    let mut clean = Vec::with_capacity(polygons.len());
    for (polygon, tangled) in polygons.into_iter().zip(tangled) {
        if tangled {
            clean.extend(redraw(&polygon));
        } else {
            clean.extend(without_stray_holes(polygon, &mut budget, notes)?);
        }
    }
    if let Some(place) = conflicts.iter().find(|conflict| conflict.parts.0 == conflict.parts.1) {
        let at = super::reference::describe([place.at.x, place.at.y]);
        notes.list.push(format!("de rand kruiste of raakte zichzelf (bij {at}); hersteld"));
    }
    if !apart || (clean.len() > 1 && nested(&clean, &mut budget)?) {
        notes.list.push("delen die elkaar overlapten samengevoegd".to_owned());
        clean = unary_union(&clean).0;
    }
    Ok(clean)
}

/// A polygon whose rings cross: each ring by itself under the even-odd rule, then the holes out of the whole.
fn redraw(polygon: &Polygon<f64>) -> Vec<Polygon<f64>> {
    let nothing = MultiPolygon::<f64>(Vec::new());
    let alone = |ring: &LineString<f64>| {
        Polygon::new(ring.clone(), Vec::new()).boolean_op_with_fill_rule(
            &nothing,
            OpType::Union,
            FillRule::EvenOdd,
        )
    };
    let mut whole = alone(polygon.exterior());
    let holes: Vec<MultiPolygon<f64>> = polygon.interiors().iter().map(alone).collect();
    if !holes.is_empty() {
        whole = whole.difference(&unary_union(&holes));
    }
    whole.0
}

/// A hole outside its polygon takes nothing away.
fn without_stray_holes(
    polygon: Polygon<f64>,
    budget: &mut u64,
    notes: &mut Notes,
) -> Result<Option<Polygon<f64>>, TooComplex> {
    if polygon.interiors().is_empty() {
        return Ok(Some(polygon));
    }
    let (exterior, holes) = polygon.into_inner();
    let mut kept = Vec::with_capacity(holes.len());
    let mut nested_holes = false;
    for hole in holes {
        if is_inside(&hole, &exterior, budget)? {
            kept.push(hole);
        } else {
            notes.list.push("een gat buiten het vlak weggelaten".to_owned());
        }
    }
    let polygons: Vec<Polygon<f64>> =
        kept.iter().map(|hole| Polygon::new(hole.clone(), Vec::new())).collect();
    if polygons.len() > 1 {
        nested_holes = nested(&polygons, budget)?;
    }
    if nested_holes {
        notes.list.push("gaten in elkaar samengevoegd".to_owned());
        let whole = MultiPolygon(vec![Polygon::new(exterior, Vec::new())]);
        let holes = kept.into_iter().map(|mut hole| {
            hole.0.reverse();
            Polygon::new(hole, Vec::new())
        });
        let holes: Vec<Polygon<f64>> = holes.collect();
        return Ok(whole.difference(&unary_union(&holes)).0.into_iter().next());
    }
    Ok(Some(Polygon::new(exterior, kept)))
}

/// Whether a ring that does not cross another lies inside it.
pub(super) fn is_inside(
    ring: &LineString<f64>,
    outer: &LineString<f64>,
    budget: &mut u64,
) -> Result<bool, TooComplex> {
    for (n, point) in ring.0.iter().enumerate() {
        *budget = budget.checked_sub(outer.0.len() as u64).ok_or(TooComplex)?;
        match coord_pos_relative_to_ring(*point, outer) {
            CoordPos::Inside => return Ok(true),
            CoordPos::Outside => return Ok(false),
            CoordPos::OnBoundary => {}
        }
        // All corners may be on it: then the middle of an edge is not.
        if let Some(next) = ring.0.get(n + 1) {
            let middle = Coord { x: f64::midpoint(point.x, next.x), y: f64::midpoint(point.y, next.y) };
            match coord_pos_relative_to_ring(middle, outer) {
                CoordPos::Inside => return Ok(true),
                CoordPos::Outside => return Ok(false),
                CoordPos::OnBoundary => {}
            }
        }
    }
    Ok(false)
}

/// Whether one part lies in another. Their rings do not cross.
pub(super) fn nested(polygons: &[Polygon<f64>], budget: &mut u64) -> Result<bool, TooComplex> {
    let mut boxes: Vec<(f64, f64, f64, f64, &Polygon<f64>)> = polygons
        .iter()
        .map(|polygon| {
            let mut found = (f64::MAX, f64::MIN, f64::MAX, f64::MIN, polygon);
            for c in &polygon.exterior().0 {
                found.0 = found.0.min(c.x);
                found.1 = found.1.max(c.x);
                found.2 = found.2.min(c.y);
                found.3 = found.3.max(c.y);
            }
            found
        })
        .collect();
    boxes.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (n, outer) in boxes.iter().enumerate() {
        for inner in boxes.get(n + 1..).unwrap_or_default() {
            if inner.0 > outer.1 {
                break;
            }
            *budget = budget.checked_sub(1).ok_or(TooComplex)?;
            let within = |inner: &(f64, f64, f64, f64, _), outer: &(f64, f64, f64, f64, _)| {
                inner.0 >= outer.0 && inner.1 <= outer.1 && inner.2 >= outer.2 && inner.3 <= outer.3
            };
            for (inner, outer) in [(inner, outer), (outer, inner)] {
                if within(inner, outer) && lies_in(inner.4, outer.4, budget)? {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

/// Whether a polygon lies in another, and not in a hole of it.
fn lies_in(inner: &Polygon<f64>, outer: &Polygon<f64>, budget: &mut u64) -> Result<bool, TooComplex> {
    if !is_inside(inner.exterior(), outer.exterior(), budget)? {
        return Ok(false);
    }
    for hole in outer.interiors() {
        if is_inside(inner.exterior(), hole, budget)? {
            return Ok(false);
        }
        // A part that fills the hole exactly shares its edges, and that is a conflict of its own.
    }
    Ok(true)
}

/// A shape that may not be mended: the first fault, or the geometry.
pub(super) fn strict(drawn: Drawn) -> Result<Geometry<f64>, ShapeError> {
    let mut lines = Vec::new();
    for line in drawn.lines {
        let mut points = line;
        drop_doubles(&mut points);
        lines.push(LineString(points));
    }
    let mut polygons = Vec::new();
    for part in drawn.polygons {
        let mut rings = Vec::new();
        for (n, mut ring) in part.into_iter().enumerate() {
            drop_doubles(&mut ring);
            if let (Some(first), Some(last)) = (ring.first(), ring.last())
                && first != last
                && ring.len() > 2
            {
                let gap = (first.x - last.x).hypot(first.y - last.y);
                return Err(ShapeError::Unclosed { place: Some([last.x, last.y]), gap });
            }
            if (signed_area(&ring) > 0.0) != (n == 0) {
                ring.reverse();
            }
            rings.push(LineString(ring));
        }
        let mut rings = rings.into_iter();
        if let Some(exterior) = rings.next() {
            polygons.push(Polygon::new(exterior, rings.collect()));
        }
    }
    let geometry = assemble(drawn.points, lines, polygons).ok_or(ShapeError::Empty)?;
    super::plan::check_plan(&geometry)?;
    Ok(geometry)
}
