//! FlatGeobuf. The crate's verifier makes each piece safe to look at; the file is walked here, so that sizes that are
//! lies cost nothing.

use super::error::ReadFault;
use super::reference;
use super::shape::{Path, Place, Raw, RawFeature, Shape};
use super::{ReadOptions, wkb};
use crate::crs::Crs;
use ::flatgeobuf::packed_r_tree::PackedRTree;
use ::flatgeobuf::{
    ColumnType, Feature, Geometry, GeometryType, Header, size_prefixed_root_as_feature,
    size_prefixed_root_as_header,
};
use geo_types::Coord;
use std::collections::BTreeMap;

const FORMAT: &str = "FlatGeobuf";

fn cut(at: usize) -> ReadFault {
    ReadFault::Cut { format: FORMAT, place: format!("byte {at}") }
}

fn syntax(at: usize, detail: impl Into<String>) -> ReadFault {
    ReadFault::Syntax { format: FORMAT, place: format!("byte {at}"), detail: detail.into() }
}

/// The piece at `at` that says its own size, with that size.
fn piece(bytes: &[u8], at: usize) -> Result<&[u8], ReadFault> {
    let rest = bytes.get(at..).unwrap_or_default();
    let (size, _) = rest.split_first_chunk::<4>().ok_or_else(|| cut(at))?;
    let size = u32::from_le_bytes(*size) as usize;
    if size < 8 {
        return Err(syntax(at, "een stuk is te klein om iets te zijn"));
    }
    rest.get(..size.saturating_add(4)).ok_or_else(|| cut(at))
}

/// Reads the bytes of a file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Raw, ReadFault> {
    const MAGIC: usize = 8;
    match bytes.get(..MAGIC) {
        Some([b'f', b'g', b'b', version, b'f', b'g', b'b', _]) if (1..=3).contains(version) => {}
        Some(_) => return Err(syntax(0, "onbekende versie; bewaar het bestand als FlatGeobuf 3")),
        None => return Err(cut(bytes.len())),
    }
    let head = piece(bytes, MAGIC)?;
    let header = size_prefixed_root_as_header(head)
        .map_err(|error| syntax(MAGIC, format!("de kop klopt niet ({error})")))?;
    let mut at = MAGIC + head.len();
    at = at
        .checked_add(index_size(&header, bytes.len(), options)?)
        .filter(|at| *at <= bytes.len())
        .ok_or_else(|| cut(at))?;
    let crs = match options.crs {
        Some(crs) => Some(crs.x_first()),
        None => named_crs(&header)?,
    };
    let promised = header.features_count();
    let mut features = Vec::new();
    while at < bytes.len() {
        let number = features.len() + 1;
        if features.len() >= options.limits.features {
            return Err(ReadFault::TooManyFeatures { limit: options.limits.features });
        }
        let text = piece(bytes, at)?;
        let feature = size_prefixed_root_as_feature(text)
            .map_err(|error| syntax(at, format!("een vorm klopt niet ({error})")))?;
        features.push(read_feature(&header, &feature, number, at, options)?);
        at += text.len();
    }
    // A file cut between two features looks whole.
    if promised > features.len() as u64 {
        return Err(cut(bytes.len()));
    }
    let crs = match crs {
        Some(crs) => crs,
        None => {
            return Err(reference::nameless(
                &features.iter().filter_map(|f| f.shape.as_ref()).collect::<Vec<_>>(),
            ));
        }
    };
    for feature in &mut features {
        feature.crs = crs;
    }
    Ok(Raw { features, ..Raw::default() })
}

fn index_size(header: &Header<'_>, size: usize, options: &ReadOptions) -> Result<usize, ReadFault> {
    let (count, node_size) = (header.features_count(), header.index_node_size());
    if node_size == 0 || count == 0 {
        return Ok(0);
    }
    if count > options.limits.features as u64 {
        return Err(ReadFault::TooManyFeatures { limit: options.limits.features });
    }
    match usize::try_from(count) {
        // Each feature takes forty bytes in the index.
        Ok(count) if node_size >= 2 && count <= size => Ok(PackedRTree::index_size(count, node_size)),
        Ok(_) if node_size < 2 => Err(syntax(8, "de index klopt niet")),
        _ => Err(cut(size)),
    }
}

fn named_crs(header: &Header<'_>) -> Result<Option<Crs>, ReadFault> {
    let Some(crs) = header.crs() else {
        return Ok(None);
    };
    let code =
        crs.code_string().map(str::to_owned).or_else(|| (crs.code() != 0).then(|| crs.code().to_string()));
    let by_code = code.map(|code| Crs::parse(&format!("{}:{code}", crs.org().unwrap_or("EPSG"))));
    let by_text = || crs.wkt().or_else(|| crs.name()).map(Crs::parse);
    match by_code.filter(Result::is_ok).or_else(by_text) {
        Some(Ok(crs)) => Ok(Some(crs.x_first())),
        Some(Err(error)) => Err(ReadFault::Crs(error.to_string())),
        None => Ok(None),
    }
}

fn read_feature(
    header: &Header<'_>,
    feature: &Feature<'_>,
    number: usize,
    at: usize,
    options: &ReadOptions,
) -> Result<RawFeature, ReadFault> {
    let id = number.to_string();
    let place = Place::Byte(at);
    let fault = |detail: String| RawFeature::fault(&id, place, detail);
    let shape = match feature.geometry() {
        None => None,
        Some(geometry) => {
            let mut shape = Shape { heights: header.has_z() || header.has_m(), ..Shape::default() };
            let kind = header.geometry_type();
            let kind = if kind == GeometryType::Unknown { geometry.type_() } else { kind };
            read_geometry(&geometry, kind, &mut shape, options.limits.depth).map_err(fault)?;
            Some(shape)
        }
    };
    let mut properties = BTreeMap::new();
    if let Some(values) = feature.properties() {
        read_properties(header, feature, values.bytes(), &mut properties)
            .ok_or_else(|| fault("de eigenschappen kloppen niet".to_owned()))?;
    }
    Ok(RawFeature { id, place, crs: Crs::RdNew, shape, properties })
}

fn coords(geometry: &Geometry<'_>) -> Vec<Coord<f64>> {
    let numbers: Vec<f64> = geometry.xy().map(|xy| xy.iter().collect()).unwrap_or_default();
    let (pairs, _) = numbers.as_chunks::<2>();
    pairs.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect()
}

/// The lines a geometry is cut into.
fn lines(geometry: &Geometry<'_>) -> Result<Vec<Path>, String> {
    let all = coords(geometry);
    let ends: Vec<usize> = match geometry.ends() {
        Some(ends) if !ends.is_empty() => ends.iter().map(|end| end as usize).collect(),
        _ => vec![all.len()],
    };
    let mut from = 0;
    let mut lines = Vec::with_capacity(ends.len().min(all.len()));
    for end in ends {
        let points = all.get(from..end).ok_or("de einden van de lijnen kloppen niet")?;
        if !points.is_empty() {
            lines.push(Path::straight(points.to_vec()));
        }
        from = end;
    }
    Ok(lines)
}

fn parts<'a>(geometry: &Geometry<'a>) -> Vec<Geometry<'a>> {
    geometry.parts().map(|parts| parts.iter().collect()).unwrap_or_default()
}

fn read_geometry(
    geometry: &Geometry<'_>,
    kind: GeometryType,
    shape: &mut Shape,
    depth: usize,
) -> Result<(), String> {
    let deeper = depth.checked_sub(1).ok_or("is te diep genest")?;
    shape.heights |=
        geometry.z().is_some_and(|z| !z.is_empty()) || geometry.m().is_some_and(|m| !m.is_empty());
    match kind {
        GeometryType::Point | GeometryType::MultiPoint => {
            let points = coords(geometry);
            shape.points.extend(points.into_iter().filter(|c| !(c.x.is_nan() && c.y.is_nan())));
        }
        GeometryType::LineString | GeometryType::MultiLineString => shape.lines.append(&mut lines(geometry)?),
        GeometryType::CircularString | GeometryType::CompoundCurve => {
            shape.lines.push(curve(geometry, kind, deeper)?)
        }
        GeometryType::Polygon | GeometryType::Triangle => {
            let rings = lines(geometry)?;
            if !rings.is_empty() {
                shape.polygons.push(rings);
            }
        }
        GeometryType::CurvePolygon => {
            let rings = parts(geometry);
            let rings =
                rings.iter().map(|ring| curve(ring, ring.type_(), deeper)).collect::<Result<Vec<_>, _>>()?;
            if !rings.is_empty() {
                shape.polygons.push(rings);
            }
        }
        GeometryType::MultiPolygon | GeometryType::PolyhedralSurface => {
            let polygons = parts(geometry);
            for polygon in &polygons {
                read_geometry(polygon, GeometryType::Polygon, shape, deeper)?;
            }
            // A single polygon may be written without parts.
            if polygons.is_empty() {
                read_geometry(geometry, GeometryType::Polygon, shape, deeper)?;
            }
        }
        GeometryType::GeometryCollection
        | GeometryType::MultiCurve
        | GeometryType::MultiSurface
        | GeometryType::TIN => {
            for part in parts(geometry) {
                read_geometry(&part, part.type_(), shape, deeper)?;
            }
        }
        other => return Err(format!("heeft een soort vorm die niet wordt gelezen ({})", other.0)),
    }
    Ok(())
}

fn curve(geometry: &Geometry<'_>, kind: GeometryType, depth: usize) -> Result<Path, String> {
    let deeper = depth.checked_sub(1).ok_or("is te diep genest")?;
    match kind {
        GeometryType::CircularString => wkb::arcs(coords(geometry)),
        GeometryType::CompoundCurve => {
            let mut path = Path::default();
            for part in parts(geometry) {
                path.join(curve(&part, part.type_(), deeper)?);
            }
            Ok(path)
        }
        _ => Ok(Path::straight(coords(geometry))),
    }
}

/// The values of a feature: a column's number and its value, over and over. `None` when they do not fit.
fn read_properties(
    header: &Header<'_>,
    feature: &Feature<'_>,
    mut rest: &[u8],
    properties: &mut BTreeMap<String, String>,
) -> Option<()> {
    let columns = feature.columns().or_else(|| header.columns())?;
    fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
        let (taken, left) = rest.split_first_chunk::<N>()?;
        *rest = left;
        Some(taken)
    }
    while !rest.is_empty() {
        let number = usize::from(u16::from_le_bytes(*take(&mut rest)?));
        if number >= columns.len() {
            return None;
        }
        let column = columns.get(number);
        let text = match column.type_() {
            ColumnType::Byte => i8::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::UByte => u8::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::Bool => (*take::<1>(&mut rest)? != [0]).to_string(),
            ColumnType::Short => i16::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::UShort => u16::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::Int => i32::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::UInt => u32::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::Long => i64::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::ULong => u64::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::Float => f32::from_le_bytes(*take(&mut rest)?).to_string(),
            ColumnType::Double => f64::from_le_bytes(*take(&mut rest)?).to_string(),
            kind => {
                let size = u32::from_le_bytes(*take(&mut rest)?) as usize;
                let (value, left) = rest.split_at_checked(size)?;
                rest = left;
                if kind == ColumnType::Binary {
                    continue;
                }
                std::str::from_utf8(value).ok()?.to_owned()
            }
        };
        properties.insert(column.name().to_owned(), text);
    }
    Some(())
}
