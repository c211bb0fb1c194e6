//! A shapefile: .shp with shapes, .dbf with what is written about them, .prj with the system, .cpg with the encoding.

use super::error::ReadFault;
use super::repair::signed_area;
use super::shape::{Path, Place, Raw, RawFeature, Shape};
use super::{ReadOptions, dbf, reference};
use crate::crs::Crs;
use crate::feature::Remark;
use ::shapefile::record::traits::HasXY;
use ::shapefile::{ShapeReader, record};
use geo::algorithm::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo_types::{Coord, LineString};
use std::io::Cursor;

const FORMAT: &str = "shapefile (.shp)";

/// How many points are looked at, at most, to tell which hole is in which ring.
const INSIDE: u64 = 2_000_000_000;

/// The files of one shapefile.
pub(super) struct Pieces {
    pub shp: Vec<u8>,
    pub dbf: Option<Vec<u8>>,
    pub prj: Option<Vec<u8>>,
    pub cpg: Option<Vec<u8>>,
}

fn cut(at: usize) -> ReadFault {
    ReadFault::Cut { format: FORMAT, place: format!("byte {at}") }
}

fn syntax(record: usize, detail: String) -> ReadFault {
    ReadFault::Syntax { format: FORMAT, place: format!("record {record}"), detail }
}

/// Reads the pieces.
pub(super) fn read(pieces: &Pieces, options: &ReadOptions) -> Result<Raw, ReadFault> {
    let count = inspect(&pieces.shp, options)?;
    let mut remarks = Vec::new();
    let mut table = match &pieces.dbf {
        Some(dbf) => Some(dbf::read(dbf, pieces.cpg.as_deref(), &mut remarks)?),
        None => {
            let text = "er is geen .dbf: de vormen hebben geen eigenschappen".to_owned();
            remarks.push(Remark { feature: String::new(), text });
            None
        }
    };
    if let Some(table) = &table
        && table.len() != count
    {
        let detail = format!(
            "de .shp heeft {count} vormen en de .dbf {} rijen; het bestand is niet heel",
            table.len()
        );
        return Err(syntax(count, detail));
    }
    let mut reader =
        ShapeReader::new(Cursor::new(pieces.shp.as_slice())).map_err(|error| syntax(0, error.to_string()))?;
    let mut features = Vec::with_capacity(count);
    let mut budget = INSIDE;
    for (n, shape) in reader.iter_shapes().enumerate() {
        let shape = shape.map_err(|error| syntax(n + 1, error.to_string()))?;
        let place = Place::Record(n + 1);
        let id = (n + 1).to_string();
        let shape = plain(shape, &mut budget).map_err(|detail| RawFeature::fault(&id, place, detail))?;
        let row = table.as_mut().and_then(|table| table.get_mut(n)).map(std::mem::take).unwrap_or_default();
        if row.deleted {
            continue;
        }
        features.push(RawFeature { id, place, crs: Crs::RdNew, shape, properties: row.values });
    }
    let crs = match (options.crs, &pieces.prj) {
        (Some(crs), _) => crs.x_first(),
        (None, Some(prj)) => reference::parse(&String::from_utf8_lossy(prj))?.x_first(),
        (None, None) => {
            return Err(reference::nameless(
                &features.iter().filter_map(|f| f.shape.as_ref()).collect::<Vec<_>>(),
            ));
        }
    };
    for feature in &mut features {
        feature.crs = crs;
    }
    Ok(Raw { features, remarks, anticlockwise: false })
}

/// Looks whether all sizes in the file fit, so that none makes the reader set room apart for nothing; how many records
/// there are.
fn inspect(shp: &[u8], options: &ReadOptions) -> Result<usize, ReadFault> {
    const HEADER: usize = 100;
    let be = |at: usize| shp.get(at..)?.first_chunk::<4>().map(|bytes| i32::from_be_bytes(*bytes));
    if be(0) != Some(9994) {
        return Err(if shp.len() < 4 { cut(shp.len()) } else { syntax(0, "dit is geen .shp".to_owned()) });
    }
    let length =
        be(24).and_then(|words| usize::try_from(words).ok()?.checked_mul(2)).ok_or_else(|| cut(shp.len()))?;
    if length > shp.len() || shp.len() < HEADER {
        return Err(cut(shp.len()));
    }
    let mut at = HEADER;
    let mut count = 0;
    while at < length {
        count += 1;
        if count > options.limits.features {
            return Err(ReadFault::TooManyFeatures { limit: options.limits.features });
        }
        let words = be(at + 4).ok_or_else(|| cut(at))?;
        let size =
            usize::try_from(words).ok().and_then(|words| words.checked_mul(2)).ok_or_else(|| cut(at))?;
        let content = at.checked_add(8 + size).and_then(|end| shp.get(at + 8..end)).ok_or_else(|| cut(at))?;
        if !sizes_fit(content) {
            return Err(syntax(count, "de aantallen punten en delen kloppen niet".to_owned()));
        }
        at += 8 + size;
    }
    Ok(count)
}

/// Whether a record is as long as the counts in it say, and its parts lie one after another.
fn sizes_fit(content: &[u8]) -> bool {
    let le = |at: usize| content.get(at..)?.first_chunk::<4>().map(|bytes| i32::from_le_bytes(*bytes));
    let at = |at: usize| le(at).and_then(|number| usize::try_from(number).ok());
    let fits = |points: usize, start: usize| points <= content.len().saturating_sub(start) / 16;
    match le(0) {
        // Lines, polygons, patches: a box, counts of parts and points, then where each part starts.
        Some(3 | 5 | 13 | 15 | 23 | 25 | 31) => {
            let (Some(parts), Some(points)) = (at(36), at(40)) else {
                return false;
            };
            let mut last = 0;
            let ordered = parts <= content.len() / 4
                && (0..parts).all(|part| match at(44 + part * 4) {
                    Some(start) if start >= last && start <= points && (part > 0 || start == 0) => {
                        last = start;
                        true
                    }
                    _ => false,
                });
            ordered && fits(points, 44)
        }
        Some(8 | 18 | 28) => at(36).is_some_and(|points| fits(points, 40)),
        Some(_) => true,
        None => false,
    }
}

fn coords<P: HasXY>(points: &[P]) -> Vec<Coord<f64>> {
    points.iter().map(|point| Coord { x: point.x(), y: point.y() }).collect()
}

fn lines<P: HasXY>(parts: &[Vec<P>]) -> Shape {
    let lines = parts.iter().map(|part| Path::straight(coords(part))).collect();
    Shape { lines, ..Shape::default() }
}

fn polygons<P: HasXY>(rings: &[record::polygon::PolygonRing<P>], budget: &mut u64) -> Result<Shape, String> {
    let rings = rings.iter().map(|ring| coords(ring.points())).filter(|ring| !ring.is_empty()).collect();
    Ok(Shape { polygons: assign(rings, budget)?, ..Shape::default() })
}

fn plain(shape: ::shapefile::Shape, budget: &mut u64) -> Result<Option<Shape>, String> {
    use ::shapefile::Shape as S;
    let points = |points| Shape { points, ..Shape::default() };
    let high = |shape: Shape| Shape { heights: true, ..shape };
    Ok(Some(match shape {
        S::NullShape => return Ok(None),
        S::Point(point) => points(coords(&[point])),
        S::PointM(point) => high(points(coords(&[point]))),
        S::PointZ(point) => high(points(coords(&[point]))),
        S::Multipoint(all) => points(coords(all.points())),
        S::MultipointM(all) => high(points(coords(all.points()))),
        S::MultipointZ(all) => high(points(coords(all.points()))),
        S::Polyline(line) => lines(line.parts()),
        S::PolylineM(line) => high(lines(line.parts())),
        S::PolylineZ(line) => high(lines(line.parts())),
        S::Polygon(polygon) => polygons(polygon.rings(), budget)?,
        S::PolygonM(polygon) => high(polygons(polygon.rings(), budget)?),
        S::PolygonZ(polygon) => high(polygons(polygon.rings(), budget)?),
        S::Multipatch(_) => return Err("is een lichaam (multipatch); dat wordt niet gelezen".to_owned()),
    }))
}

/// Which ring is a hole in which: outer rings run clockwise in a shapefile, holes against it. A hole that lies in no
/// ring is taken for an outer ring that was drawn the wrong way round.
fn assign(rings: Vec<Vec<Coord<f64>>>, budget: &mut u64) -> Result<Vec<Vec<Path>>, String> {
    if rings.len() == 1 {
        return Ok(rings.into_iter().map(|ring| vec![Path::straight(ring)]).collect());
    }
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| signed_area(ring) <= 0.0);
    let outlines: Vec<LineString<f64>> = outer.iter().map(|ring| LineString(ring.clone())).collect();
    let mut polygons: Vec<Vec<Path>> = outer.into_iter().map(|ring| vec![Path::straight(ring)]).collect();
    let mut strays = Vec::new();
    for hole in holes {
        let mut home: Option<(f64, usize)> = None;
        for (n, outline) in outlines.iter().enumerate() {
            if polygons.len() == 1 && outlines.len() == 1 {
                home = Some((0.0, n));
                break;
            }
            if holds(outline, &hole, budget)? {
                let area = signed_area(&outline.0).abs();
                if home.is_none_or(|(smallest, _)| area < smallest) {
                    home = Some((area, n));
                }
            }
        }
        match home.and_then(|(_, n)| polygons.get_mut(n)) {
            Some(polygon) => polygon.push(Path::straight(hole)),
            None => strays.push(vec![Path::straight(hole)]),
        }
    }
    polygons.append(&mut strays);
    Ok(polygons)
}

fn holds(outline: &LineString<f64>, hole: &[Coord<f64>], budget: &mut u64) -> Result<bool, String> {
    for point in hole {
        let work = outline.0.len() as u64;
        *budget = budget.checked_sub(work).ok_or("heeft te veel gaten om na te gaan waar ze in liggen")?;
        match coord_pos_relative_to_ring(*point, outline) {
            CoordPos::Inside => return Ok(true),
            CoordPos::Outside => return Ok(false),
            CoordPos::OnBoundary => {}
        }
    }
    Ok(true)
}
