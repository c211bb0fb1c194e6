//! A zip: a shapefile in its pieces, or one other map. Nothing is written to disk, so names in it can lead nowhere.

use super::error::ReadFault;
use super::format::{Format, expected};
use super::shape::Raw;
use super::{ReadOptions, read_plain, shapefile};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most files a zip may hold.
const ENTRIES: usize = 10_000;

struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The names that are plain, with their numbers.
    names: Vec<(usize, String)>,
    left: u64,
    options: &'a ReadOptions,
}

fn fault(detail: String) -> ReadFault {
    ReadFault::Syntax { format: "zip", place: "inhoudsopgave".to_owned(), detail }
}

/// Reads the bytes of a zip.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Raw, ReadFault> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| match error {
        zip::result::ZipError::InvalidArchive(_) | zip::result::ZipError::Io(_) => {
            ReadFault::Cut { format: "zip", place: format!("byte {}", bytes.len()) }
        }
        error => fault(format!("kan niet worden uitgepakt ({error})")),
    })?;
    if zip.len() > ENTRIES {
        return Err(fault(format!("er zitten {} bestanden in, en {ENTRIES} mag", zip.len())));
    }
    let mut names = Vec::new();
    for number in 0..zip.len() {
        let entry = zip.by_index_raw(number).map_err(|error| fault(error.to_string()))?;
        let Ok(name) = entry.name() else { continue };
        // Paths out of the zip, and what macOS adds, are not looked at.
        let odd = name.starts_with('/') || name.contains('\\') || name.contains(':');
        let odd =
            odd || name.split('/').any(|part| part == ".." || part == "__MACOSX" || part.starts_with("._"));
        if !odd && entry.is_file() {
            names.push((number, name.into_owned()));
        }
    }
    Archive { zip, names, left: options.limits.bytes, options }.map()
}

impl Archive<'_> {
    fn map(mut self) -> Result<Raw, ReadFault> {
        let shapefiles = self.ending("shp");
        let others: Vec<(usize, String)> = self
            .names
            .iter()
            .filter(|(_, name)| expected(name).is_some() && !name.to_ascii_lowercase().ends_with(".shp.xml"))
            .cloned()
            .collect();
        let maps = if shapefiles.is_empty() { others } else { shapefiles };
        let layers: Vec<String> = maps.iter().map(|(_, name)| layer(name)).collect();
        let (number, name) = match (&self.options.layer, maps.as_slice()) {
            // A zip with one GeoPackage: the layer may be a table of that.
            (Some(asked), [one]) if layer(&one.1) == *asked || expected(&one.1) == Some("GeoPackage") => one,
            (Some(asked), _) => match maps.iter().find(|(_, name)| layer(name) == *asked || name == asked) {
                Some(found) => found,
                None => return Err(ReadFault::NoSuchLayer { asked: asked.clone(), layers }),
            },
            (None, [one]) => one,
            (None, []) => {
                let what = "de zip bevat geen .shp en ook geen andere kaart die te lezen is";
                return Err(ReadFault::NoLayer(what.to_owned()));
            }
            (None, _) => return Err(ReadFault::ChooseLayer { layers }),
        };
        let content = self.unpack(*number, name)?;
        if !has_ending(name, "shp") {
            let mut options = self.options.clone();
            // The name chose the file; it is no table in it.
            if options.layer.as_deref().is_some_and(|asked| asked == layer(name) || asked == name) {
                options.layer = None;
            }
            return read_plain(Format::tell(name, &content)?, &content, &options);
        }
        let stem = name.get(..name.len() - 4).unwrap_or_default();
        let pieces = shapefile::Pieces {
            shp: content,
            dbf: self.beside(stem, "dbf")?,
            prj: self.beside(stem, "prj")?,
            cpg: self.beside(stem, "cpg")?,
        };
        shapefile::read(&pieces, self.options)
    }

    fn ending(&self, extension: &str) -> Vec<(usize, String)> {
        self.names.iter().filter(|(_, name)| has_ending(name, extension)).cloned().collect()
    }

    fn beside(&mut self, stem: &str, extension: &str) -> Result<Option<Vec<u8>>, ReadFault> {
        let wanted = format!("{stem}.{extension}");
        match self.names.iter().find(|(_, name)| name.eq_ignore_ascii_case(&wanted)).cloned() {
            Some((number, name)) => self.unpack(number, &name).map(Some),
            None => Ok(None),
        }
    }

    fn unpack(&mut self, number: usize, name: &str) -> Result<Vec<u8>, ReadFault> {
        let limit = self.options.limits.zip_ratio;
        let entry = self
            .zip
            .by_index(number)
            .map_err(|error| fault(format!("`{name}` kan niet worden uitgepakt ({error})")))?;
        // What the zip says of its sizes may be a lie: count what comes out. Small files may be mostly the same.
        let by_ratio = entry.compressed_size().saturating_mul(limit).saturating_add(1 << 20);
        let most = by_ratio.min(self.left);
        let mut content = Vec::new();
        let mut bounded = entry.take(most.saturating_add(1));
        if let Err(error) = bounded.read_to_end(&mut content) {
            let place = format!("`{name}` in de zip ({error})");
            return Err(ReadFault::Cut { format: "zip", place });
        }
        if content.len() as u64 > most {
            return Err(if most == by_ratio {
                ReadFault::ZipRatio { entry: name.to_owned(), limit }
            } else {
                ReadFault::TooLarge { size: content.len() as u64, limit: self.options.limits.bytes }
            });
        }
        self.left -= content.len() as u64;
        Ok(content)
    }
}

fn has_ending(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case(extension))
}

/// A file's name without folder and extension.
fn layer(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
}
