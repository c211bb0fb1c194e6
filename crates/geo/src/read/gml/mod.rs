//! GML 3.2, as STOP has it in geo-informatieobjecten and as WFS servers send it; older GML where it is alike.
//!
//! Read as a stream. A document type, or an entity that is not one of the five of XML, is refused.

mod features;
mod geometry;
mod stream;

use super::ReadOptions;
use super::error::ReadFault;
use super::shape::Raw;
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Reads the bytes of a file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Raw, ReadFault> {
    let text = decode(bytes)?;
    features::read(&text, options)
}

/// The text, by its byte order mark or the encoding it says it is in.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadFault> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => declared(bytes).unwrap_or(UTF_8),
    };
    if encoding == UTF_8 {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
            let offset = error.valid_up_to();
            let line = 1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
            ReadFault::NotUtf8 { line, offset }
        });
    }
    Ok(encoding.decode(bytes).0)
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).into_owned();
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    Encoding::for_label(value.split(quote).nth(1)?.as_bytes())
}
