//! Files: of this machine, or downloaded.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use brink_geo::feature::Features;
use brink_geo::read::{self, ReadOptions};
use url::Url;

use crate::collect::{Layer, said_crs};
use crate::error::FetchError;
use crate::fetch::Validators;
use crate::http::{Client, Download, Head};
use crate::source::Source;

/// What can be read, for people.
pub(super) const FORMATS: &str = "GeoPackage, FlatGeobuf, GeoJSON, GML of zip";

/// A format of files; the one that says most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    GeoPackage,
    FlatGeobuf,
    GeoJson,
    Gml,
    Zip,
}

impl Format {
    /// By what a link says of it, or how its address ends.
    pub(super) fn of(kind: &str, href: &str) -> Option<Self> {
        let path = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let ends = |ends: &[&str]| ends.iter().any(|end| path.ends_with(end));
        if ends(&[".zip"]) {
            return Some(Self::Zip);
        }
        let kind = kind.to_ascii_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| kind.contains(word));
        match () {
            () if ends(&[".gpkg"]) || says(&["geopackage"]) => Some(Self::GeoPackage),
            () if ends(&[".fgb"]) || says(&["flatgeobuf"]) => Some(Self::FlatGeobuf),
            () if ends(&[".geojson", ".json"]) || says(&["json"]) => Some(Self::GeoJson),
            () if ends(&[".gml"]) || says(&["gml"]) => Some(Self::Gml),
            () if says(&["zip", "shapefile"]) => Some(Self::Zip),
            () => None,
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::GeoPackage => ".gpkg",
            Self::FlatGeobuf => ".fgb",
            Self::GeoJson => ".geojson",
            Self::Gml => ".gml",
            Self::Zip => ".zip",
        }
    }
}

pub(crate) fn fetch(
    client: &mut Client<'_>,
    source: &Source,
    known: Option<&Validators>,
) -> Result<Option<Layer>, FetchError> {
    if source.url.contains("://") {
        let url = super::address(source)?;
        return downloads(client, source, known, &[url], None);
    }
    let path = client.options.folder.join(&source.url);
    let failed = |error| FetchError::File { path: path.clone(), error };
    let mut file = File::open(&path).map_err(failed)?;
    let limit = client.options.limits.bytes;
    let mut buffer = vec![0; 64 << 10];
    loop {
        let count = file.read(&mut buffer).map_err(failed)?;
        if count == 0 {
            break;
        }
        client.local(buffer.get(..count).unwrap_or_default());
        if client.bytes > limit {
            return Err(FetchError::TooLarge { limit });
        }
    }
    let features = read(client, source, &path, &source.url)?;
    layer(client, features, 1, None).map(Some)
}

/// Downloads files and reads them as one layer.
pub(super) fn downloads(
    client: &mut Client<'_>,
    source: &Source,
    known: Option<&Validators>,
    urls: &[Url],
    format: Option<Format>,
) -> Result<Option<Layer>, FetchError> {
    let limit = client.options.limits.pages;
    if urls.len() > limit {
        return Err(FetchError::TooManyPages { limit });
    }
    let mut all = Features::default();
    let mut first: Option<(Url, Head)> = None;
    for url in urls {
        let suffix = format.or_else(|| Format::of("", url.path())).map_or(".geojson", Format::suffix);
        let temporary = |error| FetchError::File { path: std::env::temp_dir(), error };
        let mut download = Download::new(suffix).map_err(temporary)?;
        let known = known.filter(|known| urls.len() == 1 && known.url == url.as_str());
        let head = client.download(url, known, &mut download)?;
        if head.not_modified() {
            return Ok(None);
        }
        let mut features = read(client, source, download.path(), url.as_str())?;
        first.get_or_insert((url.clone(), head));
        all.features.append(&mut features.features);
        all.remarks.append(&mut features.remarks);
        client.progress.features(all.features.len() as u64, urls.len());
    }
    layer(client, all, urls.len(), first).map(Some)
}

fn layer(
    client: &mut Client<'_>,
    features: Features,
    pages: usize,
    head: Option<(Url, Head)>,
) -> Result<Layer, FetchError> {
    let received = features.features.len() as u64;
    if received == 0 {
        return Err(FetchError::Empty);
    }
    client.progress.features(received, pages);
    Ok(Layer { features, received, pages, head })
}

/// Reads a file, by the name it has here.
fn read(client: &Client<'_>, source: &Source, path: &Path, what: &str) -> Result<Features, FetchError> {
    let options = ReadOptions {
        crs: said_crs(source)?,
        layer: source.layer.clone(),
        limits: client.options.read_limits,
        ..ReadOptions::default()
    };
    read::read_file(path, &options)
        .map_err(|error| FetchError::Read { what: what.to_owned(), error: Box::new(error) })
}
