//! The shapes in a GeoPackage: a header of its own and well-known binary, with arcs.

use super::Limits;
use super::shape::{Arc, Path, Shape};
use geo_types::Coord;

/// What is wrong with a blob, in Dutch.
pub(super) type WkbFault = String;

/// A shape and the system its header names.
pub(super) struct Blob {
    pub srs_id: i32,
    pub shape: Shape,
}

/// Reads the binary shape of a GeoPackage.
pub(super) fn read_blob(blob: &[u8], limits: &Limits) -> Result<Blob, WkbFault> {
    let Some(([b'G', b'P', version, flags], rest)) = blob.split_first_chunk::<4>() else {
        return Err("begint niet als een vorm van GeoPackage (GP)".to_owned());
    };
    if *version != 0 {
        return Err(format!("is van een onbekende versie van GeoPackage ({version})"));
    }
    if flags & 0b0010_0000 != 0 {
        return Err("is van een uitbreiding van GeoPackage die niet bekend is".to_owned());
    }
    let little = flags & 1 == 1;
    let mut bytes = Bytes { rest, little, limits };
    let srs_id = bytes.u32()? as i32;
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 4,
        2 | 3 => 6,
        4 => 8,
        other => return Err(format!("heeft een onbekende soort omhullende ({other})")),
    };
    for _ in 0..envelope {
        bytes.f64()?;
    }
    let mut shape = Shape::default();
    // An empty shape need not have a body that can be read.
    if flags & 0b0001_0000 == 0 {
        bytes.geometry(&mut shape, 0)?;
    }
    Ok(Blob { srs_id, shape })
}

struct Bytes<'a> {
    rest: &'a [u8],
    little: bool,
    limits: &'a Limits,
}

/// A header within: the kind, and how many numbers a point has.
struct Head {
    kind: u32,
    numbers: usize,
}

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], WkbFault> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or("is afgebroken")?;
        self.rest = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32, WkbFault> {
        let bytes = self.take()?;
        Ok(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn f64(&mut self) -> Result<f64, WkbFault> {
        let bytes = self.take()?;
        Ok(if self.little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn head(&mut self) -> Result<Head, WkbFault> {
        let [order] = self.take()?;
        self.little = match order {
            0 => false,
            1 => true,
            other => return Err(format!("heeft een onbekende volgorde van bytes ({other})")),
        };
        let code = self.u32()?;
        // The flags of PostGIS, beside the thousands of ISO.
        let (mut z, mut m) = (code & 0x8000_0000 != 0, code & 0x4000_0000 != 0);
        if code & 0x2000_0000 != 0 {
            self.u32()?;
        }
        let code = code & 0x0fff_ffff;
        match code / 1000 {
            0 => {}
            1 => z = true,
            2 => m = true,
            3 => (z, m) = (true, true),
            _ => return Err(format!("heeft een onbekende soort vorm ({code})")),
        }
        Ok(Head { kind: code % 1000, numbers: 2 + usize::from(z) + usize::from(m) })
    }

    fn coord(&mut self, numbers: usize) -> Result<Coord<f64>, WkbFault> {
        let coord = Coord { x: self.f64()?, y: self.f64()? };
        for _ in 2..numbers {
            self.f64()?;
        }
        Ok(coord)
    }

    /// A count of things that take at least `size` bytes each.
    fn count(&mut self, size: usize) -> Result<usize, WkbFault> {
        let count = self.u32()? as usize;
        if count > self.rest.len() / size {
            return Err("is afgebroken".to_owned());
        }
        Ok(count)
    }

    fn coords(&mut self, numbers: usize) -> Result<Vec<Coord<f64>>, WkbFault> {
        let count = self.count(numbers * 8)?;
        (0..count).map(|_| self.coord(numbers)).collect()
    }

    fn rings(&mut self, numbers: usize) -> Result<Vec<Path>, WkbFault> {
        let count = self.count(4)?;
        (0..count).map(|_| self.coords(numbers).map(Path::straight)).collect()
    }

    fn geometry(&mut self, shape: &mut Shape, depth: usize) -> Result<(), WkbFault> {
        if depth > self.limits.depth {
            return Err(format!("is dieper genest dan {} lagen", self.limits.depth));
        }
        let Head { kind, numbers } = self.head()?;
        shape.heights |= numbers > 2;
        match kind {
            1 => {
                let coord = self.coord(numbers)?;
                // An empty point is written as two times NaN.
                if !(coord.x.is_nan() && coord.y.is_nan()) {
                    shape.points.push(coord);
                }
            }
            2 | 8 | 9 => {
                let path = self.curve(kind, numbers, depth)?;
                if !path.points.is_empty() {
                    shape.lines.push(path);
                }
            }
            3 | 17 => {
                let rings = self.rings(numbers)?;
                if !rings.is_empty() {
                    shape.polygons.push(rings);
                }
            }
            10 => {
                let count = self.count(9)?;
                let mut rings = Vec::new();
                for _ in 0..count {
                    let Head { kind, numbers } = self.head()?;
                    rings.push(self.curve(kind, numbers, depth + 1)?);
                }
                if !rings.is_empty() {
                    shape.polygons.push(rings);
                }
            }
            // Collections: multi-points, lines, polygons, curves, surfaces, polyhedra, triangles.
            4..=7 | 11 | 12 | 15 | 16 => {
                let count = self.count(5)?;
                for _ in 0..count {
                    self.geometry(shape, depth + 1)?;
                }
            }
            other => return Err(format!("heeft een soort vorm die niet wordt gelezen ({other})")),
        }
        Ok(())
    }

    /// What comes after the header of a line, a string of arcs, or a curve of both.
    fn curve(&mut self, kind: u32, numbers: usize, depth: usize) -> Result<Path, WkbFault> {
        if depth > self.limits.depth {
            return Err(format!("is dieper genest dan {} lagen", self.limits.depth));
        }
        match kind {
            2 => Ok(Path::straight(self.coords(numbers)?)),
            8 => arcs(self.coords(numbers)?),
            9 => {
                let count = self.count(9)?;
                let mut path = Path::default();
                for _ in 0..count {
                    let Head { kind, numbers } = self.head()?;
                    path.join(self.curve(kind, numbers, depth + 1)?);
                }
                Ok(path)
            }
            other => Err(format!("heeft een soort lijn die niet wordt gelezen ({other})")),
        }
    }
}

/// A string of arcs: each of three points, the last of which is the first of the next.
pub(super) fn arcs(points: Vec<Coord<f64>>) -> Result<Path, WkbFault> {
    if points.is_empty() {
        return Ok(Path::default());
    }
    if points.len() < 3 || points.len().is_multiple_of(2) {
        return Err(format!(
            "heeft een boog van {} punten; het moet een oneven aantal zijn, ten minste 3",
            points.len()
        ));
    }
    let arcs = (0..points.len() - 2).step_by(2).map(|first| Arc { first, circle: false }).collect();
    Ok(Path { points, arcs })
}
