//! Strips round areas.

use geo::{
    Buffer,
    algorithm::buffer::{BufferStyle, LineCap, LineJoin},
    unary_union,
};
use geo_types::{Geometry, Polygon};

/// How far an arc may be from its chord, in metres: less than coordinates are precise to.
const CHORD: f64 = 0.001;

/// Everything within `metres` of any of the shapes, as surfaces that do not overlap. Arcs become chords that are nowhere
/// more than a millimetre off.
#[must_use]
pub fn around(shapes: &[Geometry<f64>], metres: f64) -> Vec<Geometry<f64>> {
    if metres <= 0.0 {
        return shapes.to_vec();
    }
    // The angle at which an arc of this radius is a millimetre from its chord.
    let angle = 2.0 * (1.0 - CHORD / metres).clamp(-1.0, 1.0).acos();
    let style = BufferStyle::new(metres).line_cap(LineCap::Round(angle)).line_join(LineJoin::Round(angle));
    let strips: Vec<Polygon<f64>> =
        shapes.iter().flat_map(|shape| shape.buffer_with_style(style.clone()).0).collect();
    unary_union(&strips).0.into_iter().map(Geometry::Polygon).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, Contains};
    use geo_types::{LineString, Point};

    #[test]
    fn round_a_point_is_a_circle_to_the_millimetre() {
        let zone = around(&[Geometry::Point(Point::new(240_000.0, 550_000.0))], 2_000.0);
        let area: f64 = zone.iter().map(Area::unsigned_area).sum();
        let circle = std::f64::consts::PI * 2_000.0 * 2_000.0;
        assert!(
            (area - circle).abs() < 2.0 * std::f64::consts::PI * 2_000.0 * 0.001,
            "{area} against {circle}"
        );
        let holds = |metres: f64, angle: f64| {
            let point = Point::new(240_000.0 + metres * angle.cos(), 550_000.0 + metres * angle.sin());
            zone.iter().any(|shape| shape.contains(&point))
        };
        for n in 0..360 {
            let angle = f64::from(n).to_radians();
            assert!(holds(1_999.998, angle) && !holds(2_000.002, angle), "{n}");
        }
    }

    #[test]
    fn strips_that_overlap_are_one() {
        let line = |y: f64| Geometry::LineString(LineString::from(vec![(240_000.0, y), (241_000.0, y)]));
        assert_eq!(around(&[line(550_000.0), line(550_010.0)], 20.0).len(), 1);
        assert_eq!(around(&[line(550_000.0), line(550_100.0)], 20.0).len(), 2);
    }
}
