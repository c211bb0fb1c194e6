//! XML as a stream of what matters: elements that open and close, and text.

use crate::read::error::ReadFault;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

pub(super) const FORMAT: &str = "GML";

/// An element that opens.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    /// Without its prefix.
    pub name: String,
    /// Whether its name is one of GML's.
    pub gml: bool,
    /// Names without prefix, and values.
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Item {
    Open(Element),
    Close,
    Text(String),
    End,
}

pub(super) struct Stream<'a> {
    reader: NsReader<&'a [u8]>,
    text: &'a str,
    depth: usize,
    limit: usize,
    /// Where lines were last counted.
    counted: (usize, usize),
}

impl<'a> Stream<'a> {
    pub(super) fn new(text: &'a str, limit: usize) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, depth: 0, limit, counted: (0, 1) }
    }

    /// The line that is being read, from 1.
    pub(super) fn line(&mut self) -> usize {
        let at = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len());
        let (from, mut line) = self.counted;
        let passed = self.text.as_bytes().get(from..at).unwrap_or_default();
        line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted = (at.max(from), line);
        line
    }

    pub(super) fn place(&mut self) -> String {
        format!("regel {}", self.line())
    }

    pub(super) fn syntax(&mut self, detail: impl Into<String>) -> ReadFault {
        ReadFault::Syntax { format: FORMAT, place: self.place(), detail: detail.into() }
    }

    pub(super) fn cut(&mut self) -> ReadFault {
        ReadFault::Cut { format: FORMAT, place: self.place() }
    }

    fn fault(&mut self, error: &Error) -> ReadFault {
        match error {
            Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => self.cut(),
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                self.syntax(format!("`{expected}` wordt gesloten met `{found}`"))
            }
            error => self.syntax(format!("de XML klopt niet ({error})")),
        }
    }

    pub(super) fn next(&mut self) -> Result<Item, ReadFault> {
        loop {
            let (namespace, event) = match self.reader.read_resolved_event() {
                Ok(event) => event,
                Err(error) => return Err(self.fault(&error)),
            };
            match event {
                Event::Start(start) => {
                    let gml = match namespace {
                        ResolveResult::Bound(namespace) => {
                            namespace.0.starts_with("http://www.opengis.net/gml")
                        }
                        _ => false,
                    };
                    self.depth += 1;
                    if self.depth > self.limit {
                        return Err(ReadFault::TooDeep { place: self.place(), limit: self.limit });
                    }
                    return match element(&start, gml) {
                        Ok(element) => Ok(Item::Open(element)),
                        Err(error) => Err(self.fault(&error)),
                    };
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Item::Close);
                }
                Event::Text(text) => return Ok(Item::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Item::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let text = match name.as_ref() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "apos" => Some('\''),
                        "quot" => Some('"'),
                        _ => reference.resolve_char_ref().ok().flatten(),
                    };
                    return match text {
                        Some(text) => Ok(Item::Text(text.to_string())),
                        None => Err(ReadFault::Dtd { place: self.place() }),
                    };
                }
                Event::DocType(_) => return Err(ReadFault::Dtd { place: self.place() }),
                Event::Eof if self.depth > 0 => {
                    return Err(self.cut());
                }
                Event::Eof => return Ok(Item::End),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {}
            }
        }
    }

    /// The text of the element that is open, up to its end; what is within it too.
    pub(super) fn text(&mut self) -> Result<String, ReadFault> {
        let mut text = String::new();
        let mut depth = 0;
        loop {
            match self.next()? {
                Item::Open(_) => depth += 1,
                Item::Close if depth == 0 => return Ok(text),
                Item::Close => depth -= 1,
                Item::Text(more) => text.push_str(&more),
                Item::End => return Err(self.syntax("het bestand houdt te vroeg op")),
            }
        }
    }

    /// Passes over the element that is open.
    pub(super) fn skip(&mut self) -> Result<(), ReadFault> {
        self.text().map(drop)
    }

    /// The next element within the one that is open; `None` at its end.
    pub(super) fn child(&mut self) -> Result<Option<Element>, ReadFault> {
        loop {
            match self.next()? {
                Item::Open(element) => return Ok(Some(element)),
                Item::Close | Item::End => return Ok(None),
                Item::Text(_) => {}
            }
        }
    }
}

fn element(start: &BytesStart<'_>, gml: bool) -> Result<Element, Error> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(Error::InvalidAttr)?;
        let key = attribute.key.0;
        let key = key.rsplit(':').next().unwrap_or(key);
        // Only these are looked at.
        if matches!(
            key,
            "id" | "fid"
                | "srsName"
                | "srsDimension"
                | "dimension"
                | "orientation"
                | "uom"
                | "decimal"
                | "cs"
                | "ts"
        ) {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0)?;
            attributes.push((key.to_owned(), value.into_owned()));
        }
    }
    let name = start.local_name();
    Ok(Element { name: name.as_ref().to_owned(), gml, attributes })
}
