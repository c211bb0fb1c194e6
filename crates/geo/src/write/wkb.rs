//! The binary shape of a GeoPackage: its header with an envelope, and well-known binary.

use geo::BoundingRect;
use geo_types::{LineString, MultiPolygon};

/// Little-endian, with an envelope of x and y.
const FLAGS: u8 = 0b0000_0011;
/// Little-endian, empty, without envelope.
const EMPTY: u8 = 0b0001_0001;
const POLYGON: u32 = 3;
const MULTIPOLYGON: u32 = 6;

/// A multipolygon in a coordinate system.
pub(super) fn blob(shape: &MultiPolygon<f64>, srs_id: i32) -> Vec<u8> {
    let bounds = shape.bounding_rect();
    let mut out = b"GP\0".to_vec();
    out.push(if bounds.is_some() { FLAGS } else { EMPTY });
    out.extend(srs_id.to_le_bytes());
    if let Some(bounds) = bounds {
        let (low, high) = (bounds.min(), bounds.max());
        for value in [low.x, high.x, low.y, high.y] {
            out.extend(value.to_le_bytes());
        }
    }
    head(&mut out, MULTIPOLYGON, shape.0.len());
    for polygon in shape {
        head(&mut out, POLYGON, polygon.interiors().len() + 1);
        ring(&mut out, polygon.exterior());
        polygon.interiors().iter().for_each(|inner| ring(&mut out, inner));
    }
    out
}

fn head(out: &mut Vec<u8>, kind: u32, parts: usize) {
    out.push(1);
    out.extend(kind.to_le_bytes());
    count(out, parts);
}

fn ring(out: &mut Vec<u8>, ring: &LineString<f64>) {
    count(out, ring.0.len());
    for point in ring {
        out.extend(point.x.to_le_bytes());
        out.extend(point.y.to_le_bytes());
    }
}

/// No shape in memory has more parts than the format can count.
fn count(out: &mut Vec<u8>, parts: usize) {
    out.extend(u32::try_from(parts).unwrap_or(u32::MAX).to_le_bytes());
}
