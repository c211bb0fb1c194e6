//! Readers of geographic files: GeoJSON, GeoPackage, FlatGeobuf, a shapefile in a zip, and GML.
//!
//! Every reader gives the shapes as the file holds them; `finish` brings them to RD New, draws arcs as chords, mends
//! what can be mended without guessing, and says so. A shape with one part is a plain one (`Polygon`, not a
//! `MultiPolygon` of one), so that the same map is the same whatever the format.

mod arc;
mod archive;
mod crossing;
mod dbf;
mod error;
mod finish;
mod flatgeobuf;
mod format;
mod geojson;
mod geopackage;
mod gml;
mod plan;
mod reference;
mod repair;
mod shape;
mod shapefile;
mod wkb;

use crate::crs::Crs;
use crate::feature::Features;
use std::fs::File;
use std::io::Read;
use std::path::Path;

pub use arc::CHORD_ERROR;
pub use error::{ReadError, ReadFault, ShapeError};
pub use plan::{PLAN_VERTICES, check_plan};

use format::Format;

/// How to read a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The system of the coordinates, instead of what the file says. The order of the axes stays that of the format:
    /// easting or longitude first in GeoJSON, GeoPackage, FlatGeobuf and shapefiles, as EPSG has it in GML.
    pub crs: Option<Crs>,
    /// Which table of a GeoPackage, or file of a zip, to read.
    pub layer: Option<String>,
    /// For a plan somebody drew: nothing is mended or left out, the first fault in a shape is an error.
    pub strict: bool,
    /// How much is read at most.
    pub limits: Limits,
}

/// How much is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file, and of what a zip unpacks to.
    pub bytes: u64,
    /// Features in a file.
    pub features: usize,
    /// Vertices in a file, after arcs have been drawn.
    pub vertices: usize,
    /// Elements of XML, or collections of geometry, within each other.
    pub depth: usize,
    /// How many times its own size a file in a zip may unpack to.
    pub zip_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 2 << 30, features: 5_000_000, vertices: 50_000_000, depth: 64, zip_ratio: 200 }
    }
}

/// Reads a file. What kind it is, its name and its first bytes tell.
pub fn read_file(path: &Path, options: &ReadOptions) -> Result<Features, ReadError> {
    let name = path.display().to_string();
    let fault = |fault| ReadError::new(&name, fault);
    let read = || -> Result<Features, ReadFault> {
        let mut file = File::open(path)?;
        let size = file.metadata()?.len();
        if size > options.limits.bytes {
            return Err(ReadFault::TooLarge { size, limit: options.limits.bytes });
        }
        // A GeoPackage stays on disk: SQLite reads what it needs.
        let mut head = Vec::new();
        file.by_ref().take(format::HEAD).read_to_end(&mut head)?;
        if Format::tell(&name, &head)? == Format::GeoPackage {
            return finish::finish(geopackage::read_file(path, options)?, options);
        }
        let mut bytes = head;
        // The size may have changed since it was asked.
        file.take(options.limits.bytes).read_to_end(&mut bytes)?;
        read_content(&name, &bytes, options)
    };
    read().map_err(fault)
}

/// Reads the content of a file called `name`.
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Features, ReadError> {
    read_content(name, bytes, options).map_err(|fault| ReadError::new(name, fault))
}

fn read_content(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Features, ReadFault> {
    let size = bytes.len() as u64;
    if size > options.limits.bytes {
        return Err(ReadFault::TooLarge { size, limit: options.limits.bytes });
    }
    let raw = match Format::tell(name, bytes)? {
        Format::Zip => archive::read(bytes, options)?,
        format => read_plain(format, bytes, options)?,
    };
    finish::finish(raw, options)
}

/// A file that is not a zip.
fn read_plain(format: Format, bytes: &[u8], options: &ReadOptions) -> Result<shape::Raw, ReadFault> {
    match format {
        Format::GeoJson => geojson::read(bytes, options),
        Format::GeoPackage => geopackage::read_bytes(bytes, options),
        Format::FlatGeobuf => flatgeobuf::read(bytes, options),
        Format::Gml => gml::read(bytes, options),
        Format::Zip => Err(ReadFault::ZipInZip),
    }
}

/// The reader of the blobs in a GeoPackage, for the fuzzer: whether the blob holds a shape.
#[doc(hidden)]
pub fn blob_reads(blob: &[u8]) -> bool {
    wkb::read_blob(blob, &Limits::default()).is_ok()
}
