//! Fetching a layer, whole or not at all.

use brink_geo::feature::Features;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::collect::Layer;
use crate::error::FetchError;
use crate::http::Client;
use crate::options::FetchOptions;
use crate::progress::Progress;
use crate::protocol;
use crate::select::{filtered, select};
use crate::source::{Service, Source};

/// With what a server can tell that nothing changed. To be kept with the layer, and given with the next fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The hash of the description of the source: another description asks anew.
    pub source: String,
    /// The address they belong to.
    pub url: String,
    /// The `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// A layer that came in whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Fetched {
    /// Its features, in RD New; only those that `kenmerk` keeps.
    pub features: Features,
    /// How many features came before `kenmerk` was looked at.
    pub received: u64,
    /// To hear later that nothing changed. Only of a layer in one answer: of more pages the first does not tell.
    pub validators: Option<Validators>,
    /// Bytes of data, unpacked.
    pub bytes: u64,
    /// Pages or files.
    pub pages: usize,
    /// The hash of the data as received, all pages in order.
    pub sha256: String,
    /// The time of the caller.
    pub fetched_at: String,
}

/// What a fetch gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The layer.
    Fetched(Box<Fetched>),
    /// The server says that it is what it was.
    NotModified,
}

/// Fetches a layer from its source.
///
/// # Errors
/// When the description is not right, or anything of the layer did not come in well. There is no half a layer.
pub fn fetch(
    source: &Source,
    options: &FetchOptions,
    progress: &mut dyn Progress,
) -> Result<Answer, FetchError> {
    source.validate().map_err(FetchError::Source)?;
    let description = hash_of(source);
    let known = options.validators.as_ref().filter(|known| known.source == description);
    let mut client = Client::new(options, progress);
    let layer = match source.service {
        Service::OgcApiFeatures => protocol::ogc_api::fetch(&mut client, source, known),
        Service::Wfs => protocol::wfs::fetch(&mut client, source, known),
        Service::Arcgis => protocol::arcgis::fetch(&mut client, source, known),
        Service::Atom => protocol::atom::fetch(&mut client, source, known),
        Service::Bestand => protocol::file::fetch(&mut client, source, known),
    }?;
    let Some(Layer { features, received, pages, head }) = layer else { return Ok(Answer::NotModified) };
    let features = filtered(features, source.filter.as_ref())?;
    let features = select(features, &source.select)?;
    let validators = head
        .filter(|(_, head)| pages == 1 && (head.etag.is_some() || head.last_modified.is_some()))
        .map(|(url, head)| Validators {
            source: description,
            url: url.to_string(),
            etag: head.etag,
            last_modified: head.last_modified,
        });
    Ok(Answer::Fetched(Box::new(Fetched {
        features,
        received,
        validators,
        bytes: client.bytes,
        pages,
        sha256: client.sha256(),
        fetched_at: options.fetched_at.clone(),
    })))
}

fn hash_of(source: &Source) -> String {
    // The description is plain data: it can always be written.
    let text = serde_json::to_vec(source).unwrap_or_default();
    Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect()
}
