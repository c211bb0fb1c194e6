//! What a format's reader gives: shapes in the file's own coordinates.

use super::error::ReadFault;
use crate::crs::Crs;
use crate::feature::Remark;
use geo_types::Coord;
use std::collections::BTreeMap;
use std::fmt;

/// A line or a ring: points, some of which are the ends and the middle of an arc.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Path {
    pub points: Vec<Coord<f64>>,
    /// In the order of the points.
    pub arcs: Vec<Arc>,
}

/// Three points that follow each other are on an arc.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arc {
    /// The first of the three.
    pub first: usize,
    /// The whole circle, back to the first point, which is the fourth.
    pub circle: bool,
}

impl Path {
    pub(super) fn straight(points: Vec<Coord<f64>>) -> Self {
        Self { points, arcs: Vec::new() }
    }

    /// Goes on with another path. A point that both have, where they meet, is there once.
    pub(super) fn join(&mut self, mut next: Self) {
        let meets = self.points.last().is_some() && self.points.last() == next.points.first();
        let skip = usize::from(meets);
        let base = self.points.len() - skip.min(self.points.len());
        self.arcs.extend(next.arcs.drain(..).map(|arc| Arc { first: arc.first + base, ..arc }));
        self.points.extend(next.points.drain(..).skip(skip));
    }

    /// The other way round.
    pub(super) fn reverse(&mut self) {
        let count = self.points.len();
        self.points.reverse();
        for arc in &mut self.arcs {
            // The fourth point of a circle is its first.
            let span = if arc.circle { 4 } else { 3 };
            arc.first = count.saturating_sub(arc.first + span);
        }
        self.arcs.reverse();
    }
}

/// The points, lines and polygons of a feature. Collections are taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Shape {
    pub points: Vec<Coord<f64>>,
    pub lines: Vec<Path>,
    /// Each with its outer ring first.
    pub polygons: Vec<Vec<Path>>,
    /// Whether heights or measures were left out.
    pub heights: bool,
}

impl Shape {
    pub(super) fn append(&mut self, mut other: Self) {
        self.points.append(&mut other.points);
        self.lines.append(&mut other.lines);
        self.polygons.append(&mut other.polygons);
        self.heights |= other.heights;
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.lines.iter().chain(self.polygons.iter().flatten())
    }

    pub(super) fn coords(&self) -> impl Iterator<Item = &Coord<f64>> {
        self.points.iter().chain(self.paths().flat_map(|path| &path.points))
    }

    pub(super) fn coords_mut(&mut self) -> impl Iterator<Item = &mut Coord<f64>> {
        let paths = self.lines.iter_mut().chain(self.polygons.iter_mut().flatten());
        self.points.iter_mut().chain(paths.flat_map(|path| &mut path.points))
    }

    pub(super) fn vertices(&self) -> usize {
        self.points.len() + self.paths().map(|path| path.points.len()).sum::<usize>()
    }
}

/// Where a feature is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Line(usize),
    Row(i64),
    Record(usize),
    Byte(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "regel {line}"),
            Self::Row(row) => write!(f, "rij {row}"),
            Self::Record(record) => write!(f, "record {record}"),
            Self::Byte(byte) => write!(f, "byte {byte}"),
        }
    }
}

/// A feature as the file has it.
#[derive(Debug, Clone)]
pub(super) struct RawFeature {
    pub id: String,
    pub place: Place,
    pub crs: Crs,
    /// None when the file says that it has none.
    pub shape: Option<Shape>,
    pub properties: BTreeMap<String, String>,
}

impl RawFeature {
    /// A fault in this feature.
    pub(super) fn fault(id: &str, place: Place, detail: impl Into<String>) -> ReadFault {
        ReadFault::Feature { feature: id.to_owned(), place: place.to_string(), detail: detail.into() }
    }
}

/// A file as it is.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub features: Vec<RawFeature>,
    pub remarks: Vec<Remark>,
    /// Whether the format says that outer rings run anticlockwise.
    pub anticlockwise: bool,
}
