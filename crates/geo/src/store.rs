//! Layers as files: a line that says what it is, a line of JSON for whoever looks inside, and the shapes.

use crate::layer::{About, Coverage, Layer, hash};
use geo_types::Geometry;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

const MAGIC: &str = "brink-kaart 1";
/// The extension of a layer's file.
pub const EXTENSION: &str = "kaart";

/// Why a layer can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk.
    #[error("{path}: {reason}", path = path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// What is in it.
    #[error("{path} is geen kaartlaag van Brink, of is beschadigd: haal de laag opnieuw op of importeer hem opnieuw", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

#[derive(Serialize, Deserialize)]
struct Head {
    about: About,
    bytes: usize,
}

#[derive(Serialize, Deserialize)]
struct Body {
    coverage: Coverage,
    shapes: Vec<Geometry<f64>>,
}

/// The file of an area's layer in a folder.
#[must_use]
pub fn path(folder: &Path, area: &str) -> PathBuf {
    folder.join(format!("{area}.{EXTENSION}"))
}

/// Writes a layer into a folder: whole or not at all.
pub fn write(folder: &Path, layer: &Layer) -> Result<PathBuf, StoreError> {
    let target = path(folder, &layer.about.area);
    let disk = |error: std::io::Error| StoreError::Disk { path: target.clone(), reason: error.to_string() };
    std::fs::create_dir_all(folder).map_err(disk)?;
    let body = Body { coverage: layer.coverage.clone(), shapes: layer.shapes.clone() };
    let bytes = postcard::to_stdvec(&body).map_err(|error| disk(std::io::Error::other(error)))?;
    let head = Head { about: layer.about.clone(), bytes: bytes.len() };
    let head = serde_json::to_string(&head).map_err(|error| disk(error.into()))?;
    let temporary = target.with_extension("nieuw");
    let mut file = std::fs::File::create(&temporary).map_err(disk)?;
    writeln!(file, "{MAGIC}\n{head}").map_err(disk)?;
    file.write_all(&bytes).map_err(disk)?;
    file.sync_all().map_err(disk)?;
    std::fs::rename(&temporary, &target).map_err(disk)?;
    Ok(target)
}

/// Reads a layer's file.
pub fn read(path: &Path) -> Result<Layer, StoreError> {
    let bytes = std::fs::read(path)
        .map_err(|error| StoreError::Disk { path: path.to_owned(), reason: error.to_string() })?;
    parse(&bytes).ok_or_else(|| StoreError::Damaged { path: path.to_owned() })
}

/// Reads the files of many layers, on all cores.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Layer>, StoreError> {
    paths.par_iter().map(|path| read(path)).collect()
}

/// A layer from the bytes of its file; `None` when they are not whole.
#[must_use]
pub fn parse(bytes: &[u8]) -> Option<Layer> {
    let rest = bytes.strip_prefix(MAGIC.as_bytes())?.strip_prefix(b"\n")?;
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_slice(rest.get(..end)?).ok()?;
    let body = rest.get(end + 1..)?;
    if body.len() != head.bytes {
        return None;
    }
    let body: Body = postcard::from_bytes(body).ok()?;
    (hash(&body.shapes) == head.about.hash).then_some(Layer {
        about: head.about,
        coverage: body.coverage,
        shapes: body.shapes,
    })
}

/// The files of layers in a folder, by name; none when there is no folder.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let disk =
        |error: std::io::Error| StoreError::Disk { path: folder.to_owned(), reason: error.to_string() };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(disk(error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(disk)?.path();
        if path.extension().is_some_and(|extension| extension == EXTENSION) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
