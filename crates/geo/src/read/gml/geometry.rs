//! The shapes of GML.

use super::stream::{Element, Stream};
use crate::crs::Crs;
use crate::read::error::ReadFault;
use crate::read::reference;
use crate::read::shape::{Arc, Path, Place, RawFeature, Shape};
use crate::read::wkb;
use geo_types::Coord;

/// Elements that are a shape of themselves.
const GEOMETRIES: [&str; 20] = [
    "Point",
    "MultiPoint",
    "LineString",
    "Curve",
    "CompositeCurve",
    "OrientableCurve",
    "MultiCurve",
    "MultiLineString",
    "LinearRing",
    "Ring",
    "Polygon",
    "Surface",
    "PolyhedralSurface",
    "CompositeSurface",
    "OrientableSurface",
    "MultiSurface",
    "MultiPolygon",
    "MultiGeometry",
    "Solid",
    "Tin",
];

pub(super) fn is_geometry(element: &Element) -> bool {
    element.gml && GEOMETRIES.contains(&element.name.as_str())
}

/// The system and the dimension, as far as they have been told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub crs: Option<Crs>,
    overridden: bool,
    dimension: Option<usize>,
}

impl Frame {
    pub(super) fn new(asked: Option<Crs>) -> Self {
        Self { crs: asked, overridden: asked.is_some(), dimension: None }
    }
}

/// What is wrong with a shape.
pub(super) enum Fault {
    /// In the file.
    File(ReadFault),
    /// In the shape, told in Dutch.
    Shape(String),
}

impl From<ReadFault> for Fault {
    fn from(fault: ReadFault) -> Self {
        Self::File(fault)
    }
}

impl Fault {
    pub(super) fn about(self, id: &str, place: Place) -> ReadFault {
        match self {
            Self::File(fault) => fault,
            Self::Shape(detail) => RawFeature::fault(id, place, detail),
        }
    }
}

fn wrong<T>(detail: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Shape(detail.into()))
}

/// Reads the shape whose element has just opened, up to its end.
pub(super) fn read(
    stream: &mut Stream<'_>,
    element: &Element,
    frame: &mut Frame,
    shape: &mut Shape,
) -> Result<(), Fault> {
    let outer = *frame;
    look(element, frame)?;
    match element.name.as_str() {
        "Point" => {
            let path = points(stream, frame, shape)?;
            shape.points.extend(path);
        }
        "LineString" | "Curve" | "CompositeCurve" | "OrientableCurve" | "LinearRing" | "Ring" => {
            let path = curve(stream, element, frame, shape)?;
            if !path.points.is_empty() {
                shape.lines.push(path);
            }
        }
        "Polygon" | "PolygonPatch" | "Triangle" | "Rectangle" => {
            let rings = polygon(stream, frame, shape)?;
            if !rings.is_empty() {
                shape.polygons.push(rings);
            }
        }
        "Solid" => return wrong("is een lichaam (Solid); dat wordt niet gelezen"),
        // What has parts: members, patches, bases of orientable surfaces.
        _ => {
            while let Some(property) = stream.child()? {
                if !property.gml {
                    stream.skip()?;
                    continue;
                }
                if matches!(property.name.as_str(), "boundedBy" | "metaDataProperty" | "description" | "name")
                {
                    stream.skip()?;
                    continue;
                }
                while let Some(part) = stream.child()? {
                    if is_geometry(&part)
                        || matches!(part.name.as_str(), "PolygonPatch" | "Triangle" | "Rectangle")
                    {
                        read(stream, &part, frame, shape)?;
                    } else {
                        return wrong(format!("bevat `{}`, dat niet wordt gelezen", part.name));
                    }
                }
            }
        }
    }
    // What a part says holds for that part; the system must be one.
    frame.dimension = outer.dimension;
    Ok(())
}

/// What the attributes of an element say.
fn look(element: &Element, frame: &mut Frame) -> Result<(), Fault> {
    if let Some(dimension) = element.attribute("srsDimension").or_else(|| element.attribute("dimension")) {
        match dimension.trim().parse() {
            Ok(dimension @ 2..=4) => frame.dimension = Some(dimension),
            _ => return wrong(format!("heeft een onbekende srsDimension (`{dimension}`)")),
        }
    }
    if let (Some(name), false) = (element.attribute("srsName"), frame.overridden) {
        let (crs, dimension) = named(name)?;
        frame.dimension = frame.dimension.or(dimension);
        match frame.crs {
            Some(known) if known != crs => return wrong("heeft delen in verschillende stelsels"),
            _ => frame.crs = Some(crs),
        }
    }
    Ok(())
}

/// A system by its name, and how many numbers its positions have if that goes with it.
pub(super) fn named(name: &str) -> Result<(Crs, Option<usize>), ReadFault> {
    let name = name.trim();
    // RD with heights above NAP.
    if name.ends_with(":7415") || name.ends_with("/7415") || name.ends_with("#7415") {
        return Ok((Crs::RdNew, Some(3)));
    }
    let crs = reference::parse(name)?;
    // The short form, and the address of before, are those of WFS 1.0: longitude first.
    let old = name.to_ascii_uppercase().starts_with("EPSG:") || name.contains("gml/srs/epsg.xml");
    Ok((if old { crs.x_first() } else { crs }, None))
}

/// The numbers of a text, as points.
fn coords(text: &str, dimension: usize) -> Result<Vec<Coord<f64>>, Fault> {
    let mut points = Vec::with_capacity(text.len() / 16);
    let mut numbers = text.split_ascii_whitespace();
    while let Some(x) = numbers.next() {
        let y = numbers.next();
        let rest = numbers.by_ref().take(dimension - 2).count();
        match (number(x), y.and_then(number)) {
            (Some(x), Some(y)) if rest == dimension - 2 => points.push(Coord { x, y }),
            (Some(_), None) if y.is_none() => return wrong(uneven(dimension)),
            (Some(_), Some(_)) => return wrong(uneven(dimension)),
            _ => {
                return wrong(format!(
                    "heeft coördinaten die geen getal zijn (`{}`)",
                    x.chars().take(20).collect::<String>()
                ));
            }
        }
    }
    Ok(points)
}

fn uneven(dimension: usize) -> String {
    format!("heeft een aantal coördinaten dat niet door {dimension} deelbaar is; controleer srsDimension")
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// `coordinates`, of GML 2: pairs with commas.
fn old_coords(text: &str, element: &Element) -> Result<(Vec<Coord<f64>>, bool), Fault> {
    let separator = element.attribute("cs").unwrap_or(",");
    let between = element.attribute("ts").filter(|between| !between.trim().is_empty());
    let tuples: Vec<&str> = match between {
        Some(between) => text.split(between).collect(),
        None => text.split_ascii_whitespace().collect(),
    };
    let mut points = Vec::new();
    let mut heights = false;
    for tuple in tuples.into_iter().map(str::trim).filter(|tuple| !tuple.is_empty()) {
        let mut numbers = tuple.split(separator).map(str::trim);
        match (numbers.next().and_then(number), numbers.next().and_then(number)) {
            (Some(x), Some(y)) => points.push(Coord { x, y }),
            _ => {
                return wrong(format!(
                    "heeft coördinaten die geen getal zijn (`{}`)",
                    tuple.chars().take(20).collect::<String>()
                ));
            }
        }
        heights |= numbers.next().is_some();
    }
    Ok((points, heights))
}

/// The points within the element that is open: `posList`, `pos`, `coordinates`, `pointProperty`.
fn points(stream: &mut Stream<'_>, frame: &mut Frame, shape: &mut Shape) -> Result<Vec<Coord<f64>>, Fault> {
    let mut all = Vec::new();
    while let Some(child) = stream.child()? {
        take_points(stream, &child, frame, shape, &mut all)?;
    }
    Ok(all)
}

/// Adds the points of a child, if it is of those that have them; otherwise it is passed over.
fn take_points(
    stream: &mut Stream<'_>,
    child: &Element,
    frame: &mut Frame,
    shape: &mut Shape,
    all: &mut Vec<Coord<f64>>,
) -> Result<(), Fault> {
    let outer = *frame;
    match child.name.as_str() {
        "posList" | "pos" => {
            look(child, frame)?;
            let text = stream.text()?;
            let dimension = match frame.dimension {
                Some(dimension) => dimension,
                // A single position tells its dimension by itself.
                None if child.name == "pos" => text.split_ascii_whitespace().count().clamp(2, 4),
                None => 2,
            };
            all.extend(coords(&text, dimension)?);
            shape.heights |= dimension > 2;
        }
        "coordinates" => {
            let text = stream.text()?;
            let (points, heights) = old_coords(&text, child)?;
            all.extend(points);
            shape.heights |= heights;
        }
        "pointProperty" | "pointRep" | "Point" => {
            look(child, frame)?;
            while let Some(inner) = stream.child()? {
                take_points(stream, &inner, frame, shape, all)?;
            }
        }
        _ => stream.skip()?,
    }
    frame.dimension = outer.dimension;
    Ok(())
}

fn polygon(stream: &mut Stream<'_>, frame: &mut Frame, shape: &mut Shape) -> Result<Vec<Path>, Fault> {
    let mut outer = None;
    let mut holes = Vec::new();
    while let Some(child) = stream.child()? {
        let is_outer = matches!(child.name.as_str(), "exterior" | "outerBoundaryIs");
        if !is_outer && !matches!(child.name.as_str(), "interior" | "innerBoundaryIs") {
            stream.skip()?;
            continue;
        }
        while let Some(ring) = stream.child()? {
            let path = curve(stream, &ring, frame, shape)?;
            if is_outer && outer.is_none() {
                outer = Some(path);
            } else if is_outer {
                return wrong("heeft een vlak met twee buitenranden");
            } else {
                holes.push(path);
            }
        }
    }
    match outer {
        Some(outer) => Ok(std::iter::once(outer).chain(holes).collect()),
        None if holes.is_empty() => Ok(Vec::new()),
        None => wrong("heeft een vlak zonder buitenrand"),
    }
}

/// The line of the element that has just opened.
fn curve(
    stream: &mut Stream<'_>,
    element: &Element,
    frame: &mut Frame,
    shape: &mut Shape,
) -> Result<Path, Fault> {
    let outer = *frame;
    look(element, frame)?;
    let mut path = Path::default();
    match element.name.as_str() {
        "LineString" | "LinearRing" | "LineStringSegment" => {
            path = Path::straight(points(stream, frame, shape)?);
        }
        "ArcString" | "Arc" => {
            path = wkb::arcs(points(stream, frame, shape)?).map_err(Fault::Shape)?;
            if element.name == "Arc" && path.points.len() != 3 {
                return wrong(format!(
                    "heeft een Arc van {} punten; het moeten er 3 zijn",
                    path.points.len()
                ));
            }
        }
        "Circle" => {
            let three = points(stream, frame, shape)?;
            let [first, _, _] = three.as_slice() else {
                return wrong(format!("heeft een Circle van {} punten; het moeten er 3 zijn", three.len()));
            };
            let closed = three.iter().copied().chain([*first]).collect();
            path = Path { points: closed, arcs: vec![Arc { first: 0, circle: true }] };
        }
        "CircleByCenterPoint" => path = round(stream, frame, shape)?,
        "Curve" | "CompositeCurve" | "OrientableCurve" | "Ring" => {
            while let Some(property) = stream.child()? {
                if !matches!(
                    property.name.as_str(),
                    "segments" | "curveMember" | "curveMembers" | "baseCurve"
                ) {
                    stream.skip()?;
                    continue;
                }
                while let Some(part) = stream.child()? {
                    path.join(curve(stream, &part, frame, shape)?);
                }
            }
            if element.attribute("orientation") == Some("-") {
                path.reverse();
            }
        }
        other => return wrong(format!("heeft een lijn van een soort die niet wordt gelezen (`{other}`)")),
    }
    frame.dimension = outer.dimension;
    Ok(path)
}

/// A circle by its centre and radius, in metres in RD.
fn round(stream: &mut Stream<'_>, frame: &mut Frame, shape: &mut Shape) -> Result<Path, Fault> {
    let mut centre = Vec::new();
    let mut radius = None;
    while let Some(child) = stream.child()? {
        if child.name == "radius" {
            let unit = child.attribute("uom").unwrap_or("m").to_owned();
            if !(unit == "m" || unit == "metre" || unit.ends_with(":9001") || unit.ends_with("#m")) {
                return wrong(format!("heeft een straal in `{unit}`; alleen meters worden gelezen"));
            }
            radius = number(stream.text()?.trim()).filter(|radius| *radius > 0.0);
        } else {
            take_points(stream, &child, frame, shape, &mut centre)?;
        }
    }
    match (centre.as_slice(), radius, frame.crs) {
        ([c], Some(r), Some(Crs::RdNew)) => {
            let at = |dx: f64, dy: f64| Coord { x: c.x + dx * r, y: c.y + dy * r };
            let points = vec![at(1.0, 0.0), at(0.0, 1.0), at(-1.0, 0.0), at(1.0, 0.0)];
            Ok(Path { points, arcs: vec![Arc { first: 0, circle: true }] })
        }
        (_, Some(_), Some(_)) => {
            wrong("heeft een cirkel met een straal in een stelsel van graden; geef de vorm in RD")
        }
        _ => wrong("heeft een cirkel zonder middelpunt of straal"),
    }
}
