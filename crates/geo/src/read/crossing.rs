//! Where the rings of a shape cross or touch each other.
//!
//! All decisions are made with exact predicates. Segments are sorted along the axis in which they spread most, so that
//! each is compared with its neighbours only; a budget stops shapes made to be slow.

use geo_types::{Coord, LineString};
use robust::{Coord as Exact, orient2d};

/// A place where two rings, or a ring and itself, are not apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Conflict {
    pub at: Coord<f64>,
    /// The parts the two rings are of.
    pub parts: (usize, usize),
}

/// A ring and the part, or polygon, it is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ring<'a> {
    pub part: usize,
    pub line: &'a LineString<f64>,
}

/// It would take too long to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooComplex;

/// How many pairs of segments are compared at most.
const PAIRS: u64 = 300_000_000;

/// The conflicts found first, at most `most`: rings that cross themselves, touch themselves, cross another or share an
/// edge with it. Rings of one shape that only touch at a point are no conflict.
pub(super) fn conflicts(rings: &[Ring<'_>], most: usize) -> Result<Vec<Conflict>, TooComplex> {
    within(rings, most, PAIRS)
}

fn within(rings: &[Ring<'_>], most: usize, budget: u64) -> Result<Vec<Conflict>, TooComplex> {
    let mut segments: Vec<Segment> =
        rings.iter().enumerate().flat_map(|(n, ring)| segments(n, ring.line)).collect();
    // Swap the axes when the segments are spread better in the other.
    let spread = |f: fn(&Coord<f64>) -> f64| {
        let (mut low, mut high, mut sum) = (f64::MAX, f64::MIN, 0.0);
        for segment in &segments {
            let (a, b) = (f(&segment.a), f(&segment.b));
            low = low.min(a.min(b));
            high = high.max(a.max(b));
            sum += (a - b).abs();
        }
        sum / (high - low)
    };
    let by_y = spread(|c| c.y) < spread(|c| c.x);
    for segment in &mut segments {
        segment.set_box(by_y);
    }
    segments.sort_unstable_by(|s, t| s.low.total_cmp(&t.low).then(s.key().cmp(&t.key())));
    let mut found = Vec::new();
    let mut pairs = 0;
    for (n, s) in segments.iter().enumerate() {
        for t in segments.get(n + 1..).unwrap_or_default() {
            if t.low > s.high {
                break;
            }
            pairs += 1;
            if t.side_low > s.side_high || t.side_high < s.side_low {
                continue;
            }
            if let Some(at) = meet(s, t, rings) {
                let part = |segment: &Segment| rings.get(segment.ring).map_or(0, |ring| ring.part);
                found.push(Conflict { at, parts: (part(s), part(t)) });
                if found.len() >= most {
                    return Ok(found);
                }
            }
        }
        if pairs > budget {
            return Err(TooComplex);
        }
    }
    Ok(found)
}

#[derive(Debug, Clone, Copy)]
struct Segment {
    a: Coord<f64>,
    b: Coord<f64>,
    ring: usize,
    /// Its number in the ring, and how many the ring has.
    index: usize,
    count: usize,
    low: f64,
    high: f64,
    side_low: f64,
    side_high: f64,
}

impl Segment {
    fn key(&self) -> (usize, usize) {
        (self.ring, self.index)
    }

    fn set_box(&mut self, by_y: bool) {
        let (x, y) = (
            (self.a.x.min(self.b.x), self.a.x.max(self.b.x)),
            (self.a.y.min(self.b.y), self.a.y.max(self.b.y)),
        );
        let (main, side) = if by_y { (y, x) } else { (x, y) };
        (self.low, self.high) = main;
        (self.side_low, self.side_high) = side;
    }

    /// Whether `other` is the next in the same ring.
    fn precedes(&self, other: &Self) -> bool {
        self.ring == other.ring && (self.index + 1) % self.count == other.index
    }
}

fn segments(ring: usize, line: &LineString<f64>) -> impl Iterator<Item = Segment> {
    let count = line.0.len().saturating_sub(1);
    line.0.windows(2).enumerate().filter_map(move |(index, pair)| match pair {
        [a, b] => {
            let zero = 0.0;
            let (low, high, side_low, side_high) = (zero, zero, zero, zero);
            Some(Segment { a: *a, b: *b, ring, index, count, low, high, side_low, side_high })
        }
        _ => None,
    })
}

fn side(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    let exact = |c: Coord<f64>| Exact { x: c.x, y: c.y };
    orient2d(exact(a), exact(b), exact(c))
}

/// Where two segments are in conflict.
fn meet(s: &Segment, t: &Segment, rings: &[Ring<'_>]) -> Option<Coord<f64>> {
    let (s, t) = if t.precedes(s) { (t, s) } else { (s, t) };
    if s.precedes(t) {
        if t.precedes(s) {
            // A ring of two segments has no area; that is said elsewhere.
            return Some(s.a);
        }
        // Neighbours share a point; they must not fold back.
        let folds = side(s.a, s.b, t.b) == 0.0
            && (s.a.x - s.b.x) * (t.b.x - s.b.x) + (s.a.y - s.b.y) * (t.b.y - s.b.y) > 0.0;
        return folds.then_some(s.b);
    }
    let (d1, d2) = (side(s.a, s.b, t.a), side(s.a, s.b, t.b));
    if (d1 > 0.0 && d2 > 0.0) || (d1 < 0.0 && d2 < 0.0) {
        return None;
    }
    let (d3, d4) = (side(t.a, t.b, s.a), side(t.a, t.b, s.b));
    if (d3 > 0.0 && d4 > 0.0) || (d3 < 0.0 && d4 < 0.0) {
        return None;
    }
    if d1 == 0.0 && d2 == 0.0 {
        return along(s, t, rings);
    }
    if d1 != 0.0 && d2 != 0.0 && d3 != 0.0 && d4 != 0.0 {
        let part = d1 / (d1 - d2);
        return Some(Coord { x: t.a.x + (t.b.x - t.a.x) * part, y: t.a.y + (t.b.y - t.a.y) * part });
    }
    // They touch: an end of one is on the other.
    let at = if d1 == 0.0 {
        t.a
    } else if d2 == 0.0 {
        t.b
    } else if d3 == 0.0 {
        s.a
    } else {
        s.b
    };
    touch(s, t, at, rings)
}

/// Two segments on one line.
fn along(s: &Segment, t: &Segment, rings: &[Ring<'_>]) -> Option<Coord<f64>> {
    let order = |c: &Coord<f64>, d: &Coord<f64>| c.x.total_cmp(&d.x).then(c.y.total_cmp(&d.y));
    let sorted = |s: &Segment| if order(&s.a, &s.b).is_le() { (s.a, s.b) } else { (s.b, s.a) };
    let ((s1, s2), (t1, t2)) = (sorted(s), sorted(t));
    let low = if order(&s1, &t1).is_ge() { s1 } else { t1 };
    let high = if order(&s2, &t2).is_le() { s2 } else { t2 };
    match order(&low, &high) {
        std::cmp::Ordering::Less => Some(low),
        std::cmp::Ordering::Equal => touch(s, t, low, rings),
        std::cmp::Ordering::Greater => None,
    }
}

/// A point that two segments have in common. A ring may not touch itself; another it may touch but not cross there.
fn touch(s: &Segment, t: &Segment, at: Coord<f64>, rings: &[Ring<'_>]) -> Option<Coord<f64>> {
    if s.ring == t.ring {
        return Some(at);
    }
    let (s_from, s_to) = around(s, at, rings)?;
    let (t_from, t_to) = around(t, at, rings)?;
    let sides = [left(t_from, at, t_to, s_from), left(t_from, at, t_to, s_to)];
    matches!(sides, [Some(true), Some(false)] | [Some(false), Some(true)]).then_some(at)
}

/// Where the ring comes from and goes to, at a point of one of its segments.
fn around(s: &Segment, at: Coord<f64>, rings: &[Ring<'_>]) -> Option<(Coord<f64>, Coord<f64>)> {
    let line = rings.get(s.ring)?.line;
    Some(if at == s.a {
        (*line.0.get((s.index + s.count - 1) % s.count)?, s.b)
    } else if at == s.b {
        (s.a, *line.0.get((s.index + 1) % s.count + 1)?)
    } else {
        (s.a, s.b)
    })
}

/// Whether `point` is to the left of the path `from` - `at` - `to`; `None` when it is on it.
fn left(from: Coord<f64>, at: Coord<f64>, to: Coord<f64>, point: Coord<f64>) -> Option<bool> {
    let (first, second) = (side(from, at, point), side(at, to, point));
    let ahead = |end: Coord<f64>| (end.x - at.x) * (point.x - at.x) + (end.y - at.y) * (point.y - at.y) > 0.0;
    if (first == 0.0 && ahead(from)) || (second == 0.0 && ahead(to)) {
        return None;
    }
    Some(if side(from, at, to) >= 0.0 { first > 0.0 && second > 0.0 } else { first > 0.0 || second > 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> LineString<f64> {
        points.iter().copied().chain(points.first().copied()).collect()
    }

    fn found(lines: &[(usize, LineString<f64>)]) -> Vec<Conflict> {
        let rings: Vec<Ring<'_>> = lines.iter().map(|(part, line)| Ring { part: *part, line }).collect();
        conflicts(&rings, 100).unwrap()
    }

    fn square(x: f64, y: f64, size: f64) -> LineString<f64> {
        line(&[(x, y), (x + size, y), (x + size, y + size), (x, y + size)])
    }

    #[test]
    fn a_plain_ring_has_none() {
        assert_eq!(found(&[(0, square(0.0, 0.0, 10.0))]), []);
        assert_eq!(found(&[(0, line(&[(0.0, 0.0), (4.0, 0.0), (1.0, 1.0)]))]), []);
    }

    #[test]
    fn a_bow_tie_crosses_in_the_middle() {
        let tie = line(&[(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]);
        assert_eq!(found(&[(0, tie)]), [Conflict { at: Coord { x: 5.0, y: 5.0 }, parts: (0, 0) }]);
    }

    #[test]
    fn a_ring_that_touches_itself_or_folds_back() {
        let eight = line(&[(0.0, 0.0), (5.0, 5.0), (10.0, 0.0), (10.0, 10.0), (5.0, 5.0), (0.0, 10.0)]);
        assert!(!found(&[(0, eight)]).is_empty());
        let spike = line(&[(0.0, 0.0), (10.0, 0.0), (15.0, 0.0), (10.0, 0.0), (10.0, 10.0)]);
        assert!(!found(&[(0, spike)]).is_empty());
    }

    #[test]
    fn rings_may_touch_at_a_point_and_no_more() {
        let outer = square(0.0, 0.0, 10.0);
        // At a corner on an edge, at two corners, on a corner.
        assert_eq!(found(&[(0, outer.clone()), (0, line(&[(0.0, 5.0), (2.0, 4.0), (2.0, 6.0)]))]), []);
        assert_eq!(found(&[(0, outer.clone()), (0, line(&[(0.0, 0.0), (3.0, 1.0), (1.0, 3.0)]))]), []);
        assert_eq!(found(&[(0, outer.clone()), (1, line(&[(10.0, 10.0), (12.0, 10.5), (12.0, 12.0)]))]), []);
        // Along an edge.
        assert!(!found(&[(0, outer.clone()), (0, square(0.0, 4.0, 2.0))]).is_empty());
        assert!(!found(&[(0, outer.clone()), (1, square(10.0, 0.0, 10.0))]).is_empty());
        // Across, by corners only.
        assert!(
            !found(&[(0, outer.clone()), (0, line(&[(0.0, 0.0), (5.0, 2.0), (10.0, 10.0), (-5.0, 9.0)]))])
                .is_empty()
        );
        assert!(!found(&[(0, outer), (1, square(5.0, 5.0, 10.0))]).is_empty());
    }

    #[test]
    fn too_much_work_is_refused() {
        // Long diagonals, side by side: each lies over each other's box.
        let lines: Vec<(usize, LineString<f64>)> = (0..4_000u32)
            .map(|n| {
                let d = f64::from(n) * 1e-3;
                (0, line(&[(d, 0.0), (1e6 + d, 1e6), (1e6 + d + 5e-4, 1e6)]))
            })
            .collect();
        let rings: Vec<Ring<'_>> = lines.iter().map(|(part, line)| Ring { part: *part, line }).collect();
        assert_eq!(within(&rings, usize::MAX, 3_000_000), Err(TooComplex));
        assert!(conflicts(&rings, usize::MAX).is_ok());
    }
}
