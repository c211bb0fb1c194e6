//! Which kind of file it is.

use super::error::ReadFault;

/// How many bytes of a file are enough to tell.
pub(super) const HEAD: u64 = 4096;

/// The kinds of file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    GeoJson,
    GeoPackage,
    FlatGeobuf,
    Gml,
    Zip,
}

impl Format {
    /// The content decides; the name only helps to say what is wrong with it.
    pub(super) fn tell(name: &str, bytes: &[u8]) -> Result<Self, ReadFault> {
        if bytes.is_empty() {
            return Err(ReadFault::Empty);
        }
        if bytes.starts_with(b"SQLite format 3\0") {
            return Ok(Self::GeoPackage);
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Ok(Self::Zip);
        }
        if bytes.starts_with(b"fgb") {
            return Ok(Self::FlatGeobuf);
        }
        // UTF-16 is only met in XML.
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Ok(Self::Gml);
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = text.trim_ascii_start();
        match text.first() {
            Some(b'{' | b'[' | 0x1e) => Ok(Self::GeoJson),
            Some(b'<') if is_web_page(text) => Err(ReadFault::WebPage),
            Some(b'<') => Ok(Self::Gml),
            None => Err(ReadFault::Empty),
            Some(_) => Err(match expected(name) {
                Some(format) => ReadFault::NotThatFormat { format },
                None => ReadFault::UnknownFormat,
            }),
        }
    }
}

/// What the name promises.
pub(super) fn expected(name: &str) -> Option<&'static str> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())?;
    Some(match extension.as_str() {
        "geojson" | "json" | "geojsonl" | "ndjson" | "jsonl" | "geojsons" => "GeoJSON",
        "gpkg" => "GeoPackage",
        "fgb" => "FlatGeobuf",
        "gml" | "xml" => "GML",
        "zip" => "zip",
        _ => return None,
    })
}

fn is_web_page(text: &[u8]) -> bool {
    let head = text.get(..text.len().min(1000)).unwrap_or_default().to_ascii_lowercase();
    let has = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    has(b"<!doctype html") || has(b"<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_more_than_the_name() {
        assert_eq!(Format::tell("x.gml", b" \n{\"type\":").unwrap(), Format::GeoJson);
        assert_eq!(Format::tell("x.json", b"<?xml version").unwrap(), Format::Gml);
        assert_eq!(Format::tell("x", b"PK\x03\x04....").unwrap(), Format::Zip);
        assert_eq!(Format::tell("x", b"SQLite format 3\0").unwrap(), Format::GeoPackage);
        assert_eq!(Format::tell("x", b"fgb\x03fgb\0").unwrap(), Format::FlatGeobuf);
    }

    #[test]
    fn what_is_no_map_is_said_to_be() {
        let said = |name: &str, bytes: &[u8]| Format::tell(name, bytes).unwrap_err().to_string();
        assert!(said("x.geojson", b"").contains("leeg"));
        assert!(said("x.geojson", b" \n ").contains("leeg"));
        assert!(said("x.gml", b"<!DOCTYPE HTML><html>").contains("webpagina"));
        assert!(said("x.gpkg", b"hello").contains("geen GeoPackage"));
        assert!(said("x.txt", b"hello").contains("GeoJSON"));
    }
}
