//! One file per protocol.

pub(crate) mod arcgis;
pub(crate) mod atom;
pub(crate) mod file;
pub(crate) mod ogc_api;
mod query;
pub(crate) mod wfs;

use url::Url;

use crate::error::{FetchError, SourceError};
use crate::source::Source;

/// The address of the service.
fn address(source: &Source) -> Result<Url, FetchError> {
    Url::parse(&source.url).map_err(|error| {
        FetchError::Source(vec![SourceError {
            field: "url",
            text: format!("`{}` is geen adres: {error}", source.url),
        }])
    })
}
