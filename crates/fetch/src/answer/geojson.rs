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
    let raw: Raw = serde_json::from_slice(strip(body)).map_err(|error| broken(url, &error))?;
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
    serde_json::from_slice(strip(body)).map_err(|error| broken(url, &error))
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

fn broken(url: &Url, error: &serde_json::Error) -> FetchError {
    if error.is_eof() {
        FetchError::Truncated { url: url.to_string(), reason: "de JSON houdt halverwege op".to_owned() }
    } else {
        FetchError::Malformed { url: url.to_string(), reason: format!("geen JSON: {error}") }
    }
}
