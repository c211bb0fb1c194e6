//! What a page of GML says about itself; its features are for the reader.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::error::FetchError;

/// What a page says about itself.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// How many features it holds.
    pub count: u64,
    /// The ids the service gave.
    pub ids: Vec<String>,
    /// How many there are in all, as the service says.
    pub matched: Option<u64>,
    /// The first coordinate system named.
    pub crs: Option<String>,
}

/// Looks a page over: a collection with its members.
pub(crate) fn look(url: &Url, body: &[u8]) -> Result<Page, FetchError> {
    let malformed = |reason: String| FetchError::Malformed { url: url.to_string(), reason };
    let cut =
        || FetchError::Truncated { url: url.to_string(), reason: "de XML houdt halverwege op".to_owned() };
    let text = String::from_utf8_lossy(body);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut page = Page::default();
    let mut open: Vec<Place> = Vec::new();
    let mut started = false;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            // A tag, comment or the like that is not closed.
            Err(quick_xml::Error::Syntax(_)) => return Err(cut()),
            Err(error) => return Err(malformed(format!("geen XML: {error}"))),
        };
        match event {
            Event::Start(start) => {
                if !started && start.local_name().as_ref() != "FeatureCollection" {
                    let name = start.local_name().as_ref().to_owned();
                    return Err(malformed(format!("`{name}` in plaats van een FeatureCollection")));
                }
                if !started {
                    page.matched = attribute(&start, "numberMatched").and_then(|text| text.parse().ok());
                }
                started = true;
                let place = page.meet(&start, open.last().copied());
                open.push(place);
            }
            Event::Empty(start) => {
                if !started {
                    if start.local_name().as_ref() != "FeatureCollection" {
                        return Err(malformed("geen FeatureCollection".to_owned()));
                    }
                    page.matched = attribute(&start, "numberMatched").and_then(|text| text.parse().ok());
                    return Ok(page);
                }
                if start.local_name().as_ref() == "truncatedResponse" {
                    return Err(cut());
                }
                page.meet(&start, open.last().copied());
            }
            Event::End(_) => {
                open.pop();
                if open.is_empty() {
                    return Ok(page);
                }
            }
            Event::Eof => return Err(cut()),
            _ => {}
        }
    }
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Collection,
    /// Directly in a collection; its children are features, or collections.
    Member,
    Other,
}

impl Page {
    /// Takes note of an element.
    fn meet(&mut self, start: &BytesStart<'_>, parent: Option<Place>) -> Place {
        let local = start.local_name();
        let name = local.as_ref();
        if self.crs.is_none() {
            self.crs = attribute(start, "srsName");
        }
        match parent {
            None => Place::Collection,
            Some(Place::Member) if matches!(name, "FeatureCollection" | "SimpleFeatureCollection") => {
                Place::Collection
            }
            Some(Place::Member) => {
                self.count += 1;
                self.ids.extend(attribute(start, "id"));
                Place::Other
            }
            Some(Place::Collection)
                if matches!(name, "member" | "members" | "featureMember" | "featureMembers") =>
            {
                Place::Member
            }
            Some(_) => Place::Other,
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Result<Page, FetchError> {
        look(&Url::parse("https://x.nl/").unwrap(), text.as_bytes())
    }

    const WHOLE: &str = r#"<?xml version="1.0"?>
<wfs:FeatureCollection xmlns:wfs="w" xmlns:gml="g" numberMatched="7" numberReturned="2">
  <wfs:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::28992"/></wfs:boundedBy>
  <wfs:member><a:x gml:id="x.1"><a:member><a:y/></a:member></a:x></wfs:member>
  <wfs:member><wfs:FeatureCollection><wfs:member><a:x gml:id="x.2"/></wfs:member></wfs:FeatureCollection></wfs:member>
</wfs:FeatureCollection>"#;

    #[test]
    fn counts_the_features_of_a_collection() {
        let page = page(WHOLE).unwrap();
        assert_eq!((page.count, page.matched), (2, Some(7)));
        assert_eq!(page.ids, ["x.1", "x.2"]);
        assert_eq!(page.crs.as_deref(), Some("urn:ogc:def:crs:EPSG::28992"));
    }

    #[test]
    fn hits_have_no_members() {
        assert_eq!(
            page(r#"<FeatureCollection numberMatched="3" numberReturned="0"/>"#).unwrap().matched,
            Some(3)
        );
        assert_eq!(
            page(r#"<FeatureCollection numberMatched="unknown"></FeatureCollection>"#).unwrap().matched,
            None
        );
    }

    #[test]
    fn every_cut_is_noticed() {
        let end = WHOLE.rfind('>').unwrap();
        for cut in 30..end {
            assert!(page(&WHOLE[..cut]).is_err(), "{}", &WHOLE[..cut]);
        }
        assert!(matches!(page(&WHOLE[..end - 30]), Err(FetchError::Truncated { .. })));
    }

    #[test]
    fn another_document_is_named() {
        assert!(page("<kml><Document/></kml>").unwrap_err().to_string().contains("`kml`"));
    }
}
