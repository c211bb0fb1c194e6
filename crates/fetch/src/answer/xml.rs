//! Small XML documents as a tree: capabilities, feeds, complaints. Names without their prefix.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper than this no description of a service goes.
const DEPTH: usize = 64;

/// An element, with its children.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// The text directly in it.
    pub text: String,
}

impl Element {
    /// Reads a whole document; the reason when it is not one.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(bytes);
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
        let mut open: Vec<Self> = Vec::new();
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(start) => {
                    if open.len() >= DEPTH {
                        return Err("te diep genest".to_owned());
                    }
                    open.push(Self::started(&start)?);
                }
                Event::Empty(start) => {
                    let element = Self::started(&start)?;
                    match open.last_mut() {
                        Some(parent) => parent.children.push(element),
                        None => return Ok(element),
                    }
                }
                Event::End(_) => {
                    let Some(element) = open.pop() else { return Err("eindigt te vroeg".to_owned()) };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(element),
                        None => return Ok(element),
                    }
                }
                Event::Text(piece) => {
                    if let Some(element) = open.last_mut() {
                        element.text.push_str(&piece);
                    }
                }
                Event::CData(piece) => {
                    if let Some(element) = open.last_mut() {
                        element.text.push_str(&piece);
                    }
                }
                Event::GeneralRef(reference) => {
                    if let Some(element) = open.last_mut() {
                        let whole = format!("&{};", &*reference);
                        // A name that XML does not know stays as it is.
                        let known = quick_xml::escape::unescape(&whole).map(Into::into);
                        element.text.push_str(&known.unwrap_or_else(|_| whole.clone()));
                    }
                }
                Event::Eof => return Err("eindigt te vroeg".to_owned()),
                _ => {}
            }
        }
    }

    fn started(start: &BytesStart<'_>) -> Result<Self, String> {
        let name = start.local_name().as_ref().to_owned();
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let raw = &attribute.value;
            let value =
                quick_xml::escape::unescape(raw).map_or_else(|_| raw.clone().into_owned(), Into::into);
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        Ok(Self { name, attributes, ..Self::default() })
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The children of that name.
    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The trimmed text of the first child of that name.
    pub(crate) fn child_text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }

    /// All elements of that name below this one.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        let mut rest: Vec<&Self> = self.children.iter().rev().collect();
        std::iter::from_fn(move || {
            while let Some(element) = rest.pop() {
                rest.extend(element.children.iter().rev());
                if element.name == name {
                    return Some(element);
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_without_prefixes() {
        let tree = Element::read(
            b"\xef\xbb\xbf<?xml version='1.0'?><a:x><b y='1 &amp; 2' z:w='3'/><c>d &amp; <![CDATA[<e>]]></c><c/></a:x>",
        )
        .unwrap();
        assert_eq!(tree.name, "x");
        let b = tree.child("b").unwrap();
        assert_eq!((b.attribute("y"), b.attribute("w"), b.attribute("q")), (Some("1 & 2"), Some("3"), None));
        assert_eq!(tree.child_text("c"), Some("d & <e>"));
        assert_eq!(tree.all("c").count(), 2);
    }

    #[test]
    fn a_document_that_breaks_off_or_goes_too_deep() {
        assert!(Element::read(b"<a><b></b>").is_err());
        assert!(Element::read(b"").is_err());
        assert!(Element::read(b"<a></b>").is_err());
        assert!(Element::read("<a>".repeat(100_000).as_bytes()).is_err());
    }
}
