//! The coordinate reference systems that are spoken, and shapes brought to them.

use brink_geo::crs::Crs;
use geo::MapCoords;
use geo_types::{Coord, Geometry, LineString, Polygon};
use std::fmt::Write;

/// What features are kept in.
pub(crate) const STORED: Crs = Crs::RdNew;
/// What features can be asked in; the first is the default.
pub(crate) const SPOKEN: [Crs; 4] = [Crs::Crs84, Crs::Epsg4326, Crs::Epsg4258, Crs::RdNew];

/// The address that names a system.
pub(crate) fn uri(crs: Crs) -> &'static str {
    match crs {
        Crs::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        Crs::Epsg4326 => "http://www.opengis.net/def/crs/EPSG/0/4326",
        Crs::Epsg4258 => "http://www.opengis.net/def/crs/EPSG/0/4258",
        Crs::RdNew => "http://www.opengis.net/def/crs/EPSG/0/28992",
        Crs::WebMercator => "http://www.opengis.net/def/crs/EPSG/0/3857",
    }
}

/// Reads the value of a parameter that names a system.
pub(crate) fn read(parameter: &str, value: &str) -> Result<Crs, String> {
    let known = Crs::parse(value).ok().filter(|crs| SPOKEN.contains(crs));
    known.ok_or_else(|| {
        let known = SPOKEN.map(uri).join(", ");
        let value: String = value.chars().take(80).collect();
        format!("`{parameter}` is `{value}`; kies een van {known}")
    })
}

/// Whether latitude comes first.
fn latitude_first(crs: Crs) -> bool {
    matches!(crs, Crs::Epsg4326 | Crs::Epsg4258)
}

/// The longitudes and latitudes that RD New can reach.
const REACH: [[f64; 2]; 2] = [[2.0, 8.0], [50.0, 56.0]];
/// The same in RD New, about.
const REACH_RD: [[f64; 2]; 2] = [[-7_000.0, 300_000.0], [289_000.0, 629_000.0]];
/// A straight line in degrees is bent in RD New. In a piece of this many degrees that is less than a metre.
const STRAIGHT: f64 = 0.05;
/// Most vertices of an asked shape.
const MOST: usize = 4_000;

/// A shape that was asked with, in RD New.
pub(crate) struct Asked {
    pub shape: Geometry<f64>,
    /// Whether a part of it was cut off, where there can be no features.
    pub cut: bool,
}

/// Brings an asked shape to RD New. What lies where RD New does not reach, and so where no features are, is cut off.
pub(crate) fn to_rd(shape: &Geometry<f64>, crs: Crs) -> Result<Asked, String> {
    use geo::{BooleanOps, CoordsIter, Validation};
    if shape.coords_iter().any(|c| !(c.x.is_finite() && c.y.is_finite())) {
        return Err("een coördinaat is geen getal".to_owned());
    }
    if let Err(fault) = shape.check_validation() {
        return Err(format!("de vorm is ongeldig ({fault})"));
    }
    let shape =
        if latitude_first(crs) { shape.map_coords(|c| Coord { x: c.y, y: c.x }) } else { shape.clone() };
    let [xs, ys] = if crs == Crs::RdNew { REACH_RD } else { REACH };
    let near = |c: Coord<f64>| (xs[0]..=xs[1]).contains(&c.x) && (ys[0]..=ys[1]).contains(&c.y);
    let cut = shape.coords_iter().any(|c| !near(c));
    let window =
        geo_types::Rect::new(Coord { x: xs[0], y: ys[0] }, Coord { x: xs[1], y: ys[1] }).to_polygon();
    let shape = match shape {
        shape if !cut => shape,
        Geometry::Polygon(one) => Geometry::MultiPolygon(one.intersection(&window)),
        Geometry::MultiPolygon(many) => Geometry::MultiPolygon(many.intersection(&window)),
        Geometry::LineString(one) => {
            Geometry::MultiLineString(window.clip(&geo_types::MultiLineString(vec![one]), false))
        }
        Geometry::MultiLineString(many) => Geometry::MultiLineString(window.clip(&many, false)),
        Geometry::MultiPoint(points) => {
            Geometry::MultiPoint(points.into_iter().filter(|point| near(point.0)).collect())
        }
        Geometry::Point(_) => Geometry::MultiPoint(geo_types::MultiPoint(Vec::new())),
        _ => return Err("deze soort vorm kan niet buiten Nederland liggen".to_owned()),
    };
    if crs == Crs::RdNew {
        return Ok(Asked { shape, cut });
    }
    let shape = dense(shape);
    if shape.coords_count() > MOST {
        return Err("de vorm heeft te veel of te lange lijnen".to_owned());
    }
    let lonlat = Crs::Crs84;
    let shape = shape
        .try_map_coords(|c| lonlat.to_rd([c.x, c.y]).map(|[x, y]| Coord { x, y }))
        .map_err(|error| error.to_string())?;
    Ok(Asked { shape, cut })
}

/// The shape with a vertex every so many degrees.
fn dense(shape: Geometry<f64>) -> Geometry<f64> {
    let line = |line: &LineString<f64>| -> LineString<f64> {
        let mut vertices = Vec::with_capacity(line.0.len());
        for pair in line.0.windows(2) {
            let [from, to] = *pair else { continue };
            let away = to - from;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let pieces = (away.x.hypot(away.y) / STRAIGHT).ceil().clamp(1.0, 400.0) as u32;
            vertices.extend((0..pieces).map(|n| from + away * (f64::from(n) / f64::from(pieces))));
        }
        vertices.extend(line.0.last());
        LineString(vertices)
    };
    let polygon = |polygon: &Polygon<f64>| {
        Polygon::new(line(polygon.exterior()), polygon.interiors().iter().map(line).collect())
    };
    match shape {
        Geometry::LineString(one) => line(&one).into(),
        Geometry::MultiLineString(many) => Geometry::MultiLineString(many.iter().map(line).collect()),
        Geometry::Polygon(one) => polygon(&one).into(),
        Geometry::MultiPolygon(many) => Geometry::MultiPolygon(many.iter().map(polygon).collect()),
        other => other,
    }
}

/// Writes a shape (RD New) as a GeoJSON geometry in a system, in the order of its axes; `null` where it can't be reached.
pub(crate) fn write_geojson(text: &mut String, shape: &Geometry<f64>, crs: Crs) {
    let begin = text.len();
    if write(text, shape, crs).is_none() {
        text.truncate(begin);
        text.push_str("null");
    }
}

fn write(text: &mut String, shape: &Geometry<f64>, crs: Crs) -> Option<()> {
    let mut begin = |kind: &str| {
        let _ = write!(text, "{{\"type\":\"{kind}\",\"coordinates\":");
    };
    match shape {
        Geometry::Point(point) => {
            begin("Point");
            position(text, point.0, crs)?;
        }
        Geometry::MultiPoint(points) => {
            begin("MultiPoint");
            list(text, points.iter(), |text, point| position(text, point.0, crs))?;
        }
        Geometry::Line(line) => {
            begin("LineString");
            list(text, [line.start, line.end].iter(), |text, c| position(text, *c, crs))?;
        }
        Geometry::LineString(line) => {
            begin("LineString");
            path(text, line, crs)?;
        }
        Geometry::MultiLineString(lines) => {
            begin("MultiLineString");
            list(text, lines.iter(), |text, line| path(text, line, crs))?;
        }
        Geometry::Polygon(polygon) => {
            begin("Polygon");
            rings(text, polygon, crs)?;
        }
        Geometry::MultiPolygon(polygons) => {
            begin("MultiPolygon");
            list(text, polygons.iter(), |text, polygon| rings(text, polygon, crs))?;
        }
        Geometry::Rect(rect) => {
            begin("Polygon");
            rings(text, &rect.to_polygon(), crs)?;
        }
        Geometry::Triangle(triangle) => {
            begin("Polygon");
            rings(text, &triangle.to_polygon(), crs)?;
        }
        Geometry::GeometryCollection(all) => {
            text.push_str("{\"type\":\"GeometryCollection\",\"geometries\":");
            list(text, all.iter(), |text, shape| write(text, shape, crs))?;
        }
    }
    text.push('}');
    Some(())
}

fn list<T>(
    text: &mut String,
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut String, T) -> Option<()>,
) -> Option<()> {
    text.push('[');
    for (n, item) in items.enumerate() {
        if n > 0 {
            text.push(',');
        }
        write(text, item)?;
    }
    text.push(']');
    Some(())
}

fn path(text: &mut String, line: &LineString<f64>, crs: Crs) -> Option<()> {
    list(text, line.0.iter(), |text, c| position(text, *c, crs))
}

/// Outer rings to the left, holes to the right, as GeoJSON wants it.
fn rings(text: &mut String, polygon: &Polygon<f64>, crs: Crs) -> Option<()> {
    use geo::Winding;
    let all =
        std::iter::once((polygon.exterior(), true)).chain(polygon.interiors().iter().map(|r| (r, false)));
    list(text, all, |text, (ring, outer)| {
        if ring.is_ccw() == outer {
            path(text, ring, crs)
        } else {
            list(text, ring.0.iter().rev(), |text, c| position(text, *c, crs))
        }
    })
}

fn position(text: &mut String, c: Coord<f64>, crs: Crs) -> Option<()> {
    let [a, b] = crs.from_rd([c.x, c.y]).ok()?;
    // A centimetre in degrees, a millimetre in metres.
    let fine = if crs == Crs::RdNew { 1e3 } else { 1e7 };
    let round = |value: f64| (value * fine).round() / fine;
    write!(text, "[{},{}]", round(a), round(b)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::Area;

    fn polygon(points: &[(f64, f64)]) -> Geometry<f64> {
        Polygon::new(LineString::from(points.to_vec()), Vec::new()).into()
    }

    #[test]
    fn a_shape_is_written_in_the_order_of_its_axes() {
        let shape = Geometry::Point(geo_types::Point::new(233_868.57, 582_065.07));
        let written = |crs| {
            let mut text = String::new();
            write_geojson(&mut text, &shape, crs);
            text
        };
        assert_eq!(written(Crs::RdNew), r#"{"type":"Point","coordinates":[233868.57,582065.07]}"#);
        assert!(written(Crs::Crs84).contains("[6.56798"), "{}", written(Crs::Crs84));
        assert!(written(Crs::Epsg4326).contains("[53.21938"), "{}", written(Crs::Epsg4326));
        assert_eq!(written(Crs::Epsg4326), written(Crs::Epsg4258));
    }

    #[test]
    fn rings_are_turned_the_right_way() {
        let clockwise =
            polygon(&[(0.0, 400_000.0), (0.0, 401_000.0), (1_000.0, 401_000.0), (0.0, 400_000.0)]);
        let mut text = String::new();
        write_geojson(&mut text, &clockwise, Crs::RdNew);
        assert_eq!(
            text,
            r#"{"type":"Polygon","coordinates":[[[0,400000],[1000,401000],[0,401000],[0,400000]]]}"#
        );
        text.clear();
        write_geojson(&mut text, &polygon(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]), Crs::Crs84);
        assert_eq!(text, "null");
    }

    #[test]
    fn the_whole_world_can_be_asked() {
        let world =
            polygon(&[(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0), (-180.0, -90.0)]);
        let asked = to_rd(&world, Crs::Crs84).unwrap();
        assert!(asked.cut && asked.shape.unsigned_area() > 2e11);
        let far = to_rd(&Geometry::Point(geo_types::Point::new(100.0, 0.0)), Crs::Crs84).unwrap();
        assert!(matches!(far.shape, Geometry::MultiPoint(points) if points.0.is_empty()));
        let bow = polygon(&[(6.0, 52.0), (7.0, 53.0), (7.0, 52.0), (6.0, 53.0), (6.0, 52.0)]);
        assert!(to_rd(&bow, Crs::Crs84).is_err());
    }

    #[test]
    fn systems_are_named_by_address() {
        for crs in SPOKEN {
            assert_eq!(read("crs", uri(crs)), Ok(crs));
        }
        assert!(read("crs", uri(Crs::WebMercator)).is_err());
        assert!(read("crs", "x").unwrap_err().contains("28992"));
    }
}
