//! The file the zones or the map go to.

use crate::error::{CliError, reason};
use brink_reply::{Finding, ReplyError};
use std::path::Path;

/// Where to write, and how.
pub(super) struct Output<'a> {
    path: &'a Path,
    form: Form,
}

#[derive(Clone, Copy)]
enum Form {
    GeoJson,
    GeoPackage,
    Png,
}

impl<'a> Output<'a> {
    /// What to write follows from the extension; told before anything is reckoned.
    pub fn to(path: &'a Path) -> Result<Self, CliError> {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let form = match extension.as_deref() {
            Some("geojson" | "json") => Form::GeoJson,
            Some("gpkg") => Form::GeoPackage,
            Some("png") => Form::Png,
            _ => {
                return Err(CliError::Usage(format!(
                    "`--uit {}`: dit soort bestand kan ik niet schrijven\n  kies .geojson of .gpkg voor de zones, of .png voor de kaart",
                    path.display()
                )));
            }
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(CliError::Usage(format!(
                "`--uit {}`: de map `{}` bestaat niet",
                path.display(),
                folder.display()
            )));
        }
        Ok(Self { path, form })
    }

    /// Writes the answer.
    pub fn write(&self, found: &Finding<'_>) -> Result<(), CliError> {
        let map = |error: ReplyError| CliError::Map(error.to_string());
        let bytes = match self.form {
            Form::GeoJson => {
                let shapes = found.shapes().map_err(map)?;
                brink_reply::value(&shapes).map_err(std::io::Error::from)?.to_string().into_bytes()
            }
            Form::GeoPackage => found.geopackage().map_err(map)?,
            Form::Png => found.png().map_err(map)?,
        };
        std::fs::write(self.path, bytes)
            .map_err(|error| CliError::Unwritable { path: self.path.to_owned(), reason: reason(&error) })
    }
}
