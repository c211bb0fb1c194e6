//! Shapes as GeoJSON (RFC 7946), one area a line, so that a change shows as a change of that line.

use super::draw::Shapes;
use super::facts::{Certainty, Facts};
use super::metric;
use super::tree::Areas;
use geo::algorithm::Validation;
use geo::algorithm::orient::{Direction, Orient};
use geo::{Area, BooleanOps, Coord, LineString, MapCoords, MultiPolygon};

/// How often crossings that come from rounding are taken out.
const TRIES: usize = 8;

/// The whole file.
pub fn text(facts: &Facts, areas: &Areas, shapes: &Shapes) -> Result<String, String> {
    let mut lines = Vec::new();
    let date = match &facts.drawings.datum {
        Some(date) => format!(",\"datum\":{}", serde_json::Value::from(date.as_str())),
        None => String::new(),
    };
    // In the order of the package, so that a new drawing does not move the others.
    for (id, node) in areas.iter() {
        let Some(shape) = shapes.get(id) else { continue };
        let drawing = facts.drawings.tekeningen.get(id);
        let certainty = drawing.and_then(|drawing| drawing.zekerheid).unwrap_or(Certainty::Plaatsnamen);
        let hectare = shape.unsigned_area() / 10_000.0;
        let whole = drawing.and_then(|drawing| drawing.volledig).unwrap_or(true);
        lines.push(format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"gebied\":{},\"naam\":{},\"hectare\":{},\"zekerheid\":\"{}\"{}{}}},\"geometry\":{}}}",
            serde_json::Value::from(id.as_str()),
            serde_json::Value::from(node.name.as_str()),
            if hectare < 10.0 { format!("{hectare:.1}") } else { format!("{hectare:.0}") },
            certainty.word(),
            if whole { "" } else { ",\"volledig\":\"nee\"" },
            date,
            geometry(shape)?,
        ));
    }
    Ok(format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", lines.join(",\n")))
}

/// A shape in degrees as it is written: with five decimals, about a metre.
///
/// Rounding can make edges that nearly touch cross each other. Such a crossing is made a corner, which is rounded in its
/// turn; a few times is enough.
pub fn rounded(shape: &MultiPolygon) -> Result<MultiPolygon, String> {
    let mut written = five_decimals(&metric::in_degrees(shape)?);
    for _ in 0..TRIES {
        if written.is_valid() {
            break;
        }
        // By even and odd: of two loops that share a crossing both stay, whichever way round they run.
        written = five_decimals(&written.union(&MultiPolygon(vec![])));
    }
    Ok(written)
}

fn five_decimals(shape: &MultiPolygon) -> MultiPolygon {
    let round = |degrees: f64| (degrees * 100_000.0).round() / 100_000.0;
    shape.map_coords(|at| Coord { x: round(at.x), y: round(at.y) })
}

fn geometry(shape: &MultiPolygon) -> Result<String, String> {
    let oriented = rounded(shape)?.orient(Direction::Default);
    let polygons: Vec<String> = oriented
        .iter()
        .map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            format!("[{}]", rings.map(ring).collect::<Vec<_>>().join(","))
        })
        .collect();
    Ok(match polygons.as_slice() {
        [one] => format!("{{\"type\":\"Polygon\",\"coordinates\":{one}}}"),
        many => format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[{}]}}", many.join(",")),
    })
}

fn ring(ring: &LineString) -> String {
    let mut points: Vec<String> =
        ring.0.iter().map(|at| format!("[{},{}]", number(at.x), number(at.y))).collect();
    points.dedup();
    format!("[{}]", points.join(","))
}

/// Five decimals, no needless zeros.
fn number(degrees: f64) -> String {
    let text = format!("{degrees:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::small;
    use super::super::{draw, join};
    use super::*;

    #[test]
    fn one_feature_a_line_with_its_properties() {
        let facts = small("  a: {zekerheid: globaal, cirkels: [Links], straal_m: 1000}");
        let areas = Areas::of([("geheel", &[][..]), ("a", &[])]);
        let mut problems = Vec::new();
        let shapes = draw::shapes(&facts, &areas, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        let text = text(&facts, &areas, &shapes).unwrap();
        assert_eq!(text.lines().count(), 4);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let circle = &json["features"][1];
        assert_eq!(circle["properties"]["gebied"], "a");
        assert_eq!(circle["properties"]["hectare"].to_string(), "311");
        assert_eq!(circle["properties"]["zekerheid"], "globaal");
        let ring = circle["geometry"]["coordinates"][0].as_array().unwrap();
        assert_eq!(ring.len(), 25);
        assert_eq!(ring.first(), ring.last());
        assert_eq!(json["features"][0]["properties"]["gebied"], "geheel");
    }

    #[test]
    fn rounding_leaves_valid_shapes() {
        let mut crossed = 0;
        for n in 0..60 {
            // A square with a notch that ends a few decimetres above its slanted base.
            let gap = 0.05 * f64::from(n);
            let corners = [
                (0.0, 0.0),
                (997.0, 31.0),
                (1000.0, 1000.0),
                (510.0, 1000.0),
                (500.0, 15.6 + gap),
                (490.0, 1000.0),
                (0.0, 1000.0),
            ];
            let ring = corners.map(|(x, y)| (230_000.0 + x, 550_000.0 + y)).to_vec();
            let shape = join::polygon(ring.into());
            assert!(shape.is_valid());
            if !five_decimals(&metric::in_degrees(&shape).unwrap()).is_valid() {
                crossed += 1;
            }
            let written = rounded(&shape).unwrap();
            assert!(written.is_valid(), "{gap}");
            let (whole, meant) =
                (written.unsigned_area(), metric::in_degrees(&shape).unwrap().unsigned_area());
            assert!((whole / meant - 1.0).abs() < 0.01, "{gap}: {whole} {meant}");
        }
        assert!(crossed > 0);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([6.5, 52.123_456_7, -0.1, 7.0].map(number), ["6.5", "52.12346", "-0.1", "7"]);
    }
}
