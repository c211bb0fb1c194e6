//! What a page of GeoJSON says about itself; its features are for the reader.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use crate::error::FetchError;

/// What a page says about itself.
#[derive(Debug)]
pub(crate) struct Page {
    /// How many features it holds, also those without a shape.
    pub count: u64,
    /// The ids the service gave.
    pub ids: Vec<String>,
    /// How many there are in all, as the service says.
    pub matched: Option<u64>,
    /// Where the next page is.
    pub next: Option<String>,
    /// The coordinate system it says to be in.
    pub crs: Option<String>,
    /// ArcGIS: there is more than fits.
    pub exceeded: bool,
}

#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    kind: Option<String>,
    features: Option<Vec<RawFeature>>,
    #[serde(rename = "numberMatched", alias = "totalFeatures")]
    matched: Option<Value>,
    #[serde(default)]
    links: Vec<RawLink>,
    crs: Option<Value>,
    #[serde(rename = "exceededTransferLimit", default)]
    exceeded: bool,
    properties: Option<Value>,
}

#[derive(Deserialize)]
struct RawFeature {
    id: Option<Value>,
}

#[derive(Deserialize)]
struct RawLink {
    rel: Option<String>,
    href: Option<String>,
}

/// Looks a page over.
pub(crate) fn look(url: &Url, body: &[u8]) -> Result<Page, FetchError> {
    let raw: Raw = serde_json::from_slice(strip(body)).map_err(|error| broken(url, body, &error))?;
    let malformed = |reason: String| FetchError::Malformed { url: url.to_string(), reason };
    if raw.kind.as_deref() != Some("FeatureCollection") {
        return Err(malformed(format!("GeoJSON van soort {}", raw.kind.as_deref().unwrap_or("onbekend"))));
    }
    let Some(features) = raw.features else { return Err(malformed("`features` ontbreekt".to_owned())) };
    let exceeded = raw.exceeded
        || raw.properties.as_ref().and_then(|all| all.get("exceededTransferLimit")).and_then(Value::as_bool)
            == Some(true);
    let crs = raw.crs.as_ref().and_then(|crs| crs.pointer("/properties/name")).and_then(Value::as_str);
    let ids = features.iter().filter_map(|feature| feature.id.as_ref()).filter_map(plain).collect();
    Ok(Page {
        count: features.len() as u64,
        ids,
        matched: raw.matched.as_ref().and_then(Value::as_u64),
        next: raw
            .links
            .into_iter()
            .find(|link| link.rel.as_deref() == Some("next"))
            .and_then(|link| link.href),
        crs: crs.map(ToOwned::to_owned),
        exceeded,
    })
}

/// JSON that describes something.
pub(crate) fn describe(url: &Url, body: &[u8]) -> Result<Value, FetchError> {
    serde_json::from_slice(strip(body)).map_err(|error| broken(url, body, &error))
}

fn plain(id: &Value) -> Option<String> {
    match id {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn strip(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

fn broken(url: &Url, body: &[u8], error: &serde_json::Error) -> FetchError {
    let text = strip(body).trim_ascii();
    // Broken off in the middle of a number is not the end of the file to the parser.
    if error.is_eof() || (text.starts_with(b"{") && !text.ends_with(b"}")) {
        FetchError::Truncated { url: url.to_string(), reason: "de JSON houdt halverwege op".to_owned() }
    } else {
        FetchError::Malformed { url: url.to_string(), reason: format!("geen JSON: {error}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: &str = r#"{"type": "FeatureCollection", "numberMatched": 7, "features": [
        {"type": "Feature", "id": 3, "geometry": {"type": "Point", "coordinates": [1.5, 2.5]}, "properties": {"a": [1]}},
        {"type": "Feature", "id": "vak.4", "geometry": null, "properties": null},
        {"type": "Feature", "geometry": null, "properties": {"id": "geen"}}],
        "crs": {"type": "name", "properties": {"name": "EPSG:28992"}},
        "links": [{"rel": "self"}, {"rel": "next", "href": "?offset=2"}]}"#;

    fn page(body: &[u8]) -> Result<Page, FetchError> {
        look(&Url::parse("https://x.nl/").unwrap(), body)
    }

    #[test]
    fn what_a_page_says_about_itself() {
        let page = page(format!("\u{feff}{WHOLE}").as_bytes()).unwrap();
        assert_eq!((page.count, page.matched, page.exceeded), (3, Some(7), false));
        assert_eq!(page.ids, ["3", "vak.4"]);
        assert_eq!((page.next.as_deref(), page.crs.as_deref()), (Some("?offset=2"), Some("EPSG:28992")));
    }

    #[test]
    fn arcgis_says_in_two_ways_that_there_is_more() {
        for more in [r#""exceededTransferLimit": true"#, r#""properties": {"exceededTransferLimit": true}"#] {
            let body = format!(r#"{{"type": "FeatureCollection", "features": [], {more}}}"#);
            assert!(page(body.as_bytes()).unwrap().exceeded, "{body}");
        }
    }

    #[test]
    fn every_cut_is_noticed() {
        for cut in 0..WHOLE.len() {
            assert!(matches!(page(&WHOLE.as_bytes()[..cut]), Err(FetchError::Truncated { .. })), "{cut}");
        }
    }

    #[test]
    fn another_document_is_named() {
        assert!(page(br#"{"type": "Topology"}"#).unwrap_err().to_string().contains("Topology"));
        assert!(
            page(br#"{"type": "FeatureCollection"}"#)
                .unwrap_err()
                .to_string()
                .contains("`features` ontbreekt")
        );
        assert!(page(b"[]").is_err());
    }

    proptest! {
        #[test]
        fn noise_is_an_error_and_no_more(noise in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(page(&noise).is_err());
            prop_assert!(super::super::gml::look(&Url::parse("https://x.nl/").unwrap(), &noise).is_err());
        }
    }
}
