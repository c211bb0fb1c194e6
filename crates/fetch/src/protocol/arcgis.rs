//! ArcGIS REST: a layer of a `MapServer` or `FeatureServer`.

use brink_geo::crs::Crs;
use serde_json::Value;
use url::Url;

use super::query;
use crate::answer::geojson;
use crate::collect::{Collected, Layer, Sheet, named_crs, said_crs};
use crate::error::FetchError;
use crate::fetch::Validators;
use crate::http::{Client, Reply};
use crate::source::{Filter, Source, values_in};

/// How many ids go in one address without paging.
const IDS: usize = 100;

/// What the layer says about itself.
struct About {
    /// The most features it gives at once.
    most: u32,
    pages: bool,
    /// The attribute with the number of each feature.
    key: Option<String>,
}

pub(crate) fn fetch(
    client: &mut Client<'_>,
    source: &Source,
    known: Option<&Validators>,
) -> Result<Option<Layer>, FetchError> {
    let said = said_crs(source)?;
    let layer = layer(client, source)?;
    let about = about(client, &layer)?;
    let condition = condition(source.filter.as_ref());
    let ask = query::below(&query::without(&layer, &["f"]), &["query"]);
    let ask = query::with(&ask, &[("where", condition.as_str())]);

    let url = query::with(&ask, &[("returnCountOnly", "true"), ("f", "json")]);
    let reply = client.describe(&url, "application/json")?;
    let Some(expected) = geojson::describe(&url, &reply.body)?.get("count").and_then(Value::as_u64) else {
        return Err(FetchError::Malformed { url: url.to_string(), reason: "`count` ontbreekt".to_owned() });
    };

    let shape = query::with(
        &ask,
        &[("outFields", "*"), ("returnGeometry", "true"), ("outSR", "28992"), ("f", "geojson")],
    );
    let mut pages = Pages { said, known, collected: Collected::new() };
    pages.collected.expect(client, Some(expected));
    let changed = if about.pages {
        pages.paged(client, &shape, &about)?
    } else {
        pages.unpaged(client, &ask, &shape, &about, expected)?
    };
    if changed { pages.collected.finish().map(Some) } else { Ok(None) }
}

struct Pages<'p> {
    said: Option<Crs>,
    known: Option<&'p Validators>,
    collected: Collected,
}

impl Pages<'_> {
    /// By offset, in the order of the key so that pages fit together.
    fn paged(&mut self, client: &mut Client<'_>, shape: &Url, about: &About) -> Result<bool, FetchError> {
        let count = client.options.page_size.min(about.most).to_string();
        while !self.collected.complete() {
            let start = self.collected.received.to_string();
            let mut pairs = vec![("resultOffset", start.as_str()), ("resultRecordCount", count.as_str())];
            if let Some(key) = &about.key {
                pairs.push(("orderByFields", key));
            }
            let before = self.collected.received;
            if self.page(client, &query::with(shape, &pairs))?.is_none() {
                return Ok(false);
            }
            if self.collected.received == before {
                break;
            }
        }
        Ok(true)
    }

    /// At once when that fits, else by lists of ids: old servers can't page.
    fn unpaged(
        &mut self,
        client: &mut Client<'_>,
        ask: &Url,
        shape: &Url,
        about: &About,
        expected: u64,
    ) -> Result<bool, FetchError> {
        if expected <= u64::from(about.most) {
            return Ok(self.page(client, shape)?.is_some());
        }
        let url = query::with(ask, &[("returnIdsOnly", "true"), ("f", "json")]);
        let reply = client.describe(&url, "application/json")?;
        let answer = geojson::describe(&url, &reply.body)?;
        let ids = answer.get("objectIds").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut ids: Vec<u64> = ids.iter().filter_map(Value::as_u64).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() as u64 != expected {
            return Err(FetchError::Count { expected, received: ids.len() as u64 });
        }
        // The ids stand for the condition.
        let shape = query::without(shape, &["where"]);
        for ids in ids.chunks(IDS.min(about.most as usize).max(1)) {
            let list = ids.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
            if self.page(client, &query::with(&shape, &[("objectIds", &list)]))?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Takes in one page; `None` when the service says that nothing changed.
    fn page(&mut self, client: &mut Client<'_>, url: &Url) -> Result<Option<()>, FetchError> {
        let first = self.collected.pages == 0;
        let known = self.known.filter(|known| first && known.url == url.as_str());
        let Reply { head, body } = client.page(url, "application/geo+json, application/json", known)?;
        if head.not_modified() {
            return Ok(None);
        }
        self.collected.first(url, &head);
        let page = geojson::look(url, &body)?;
        let crs = match (self.said, &page.crs) {
            (Some(said), _) => said,
            (None, Some(name)) => named_crs(name)?,
            // GeoJSON without a word on it is CRS84, but many servers give what was asked and don't say so.
            (None, None) if in_degrees(&body) => Crs::Crs84,
            (None, None) => Crs::RdNew,
        };
        let sheet = Sheet {
            url,
            name: "antwoord.geojson",
            body: &body,
            crs: Some(crs),
            count: page.count,
            ids: page.ids,
        };
        let before = self.collected.received;
        self.collected.add(client, sheet)?;
        // An empty page that says there is more, says so for ever.
        if page.exceeded && self.collected.received == before {
            return Err(FetchError::EndlessPaging { url: url.to_string(), page: self.collected.pages });
        }
        Ok(Some(()))
    }
}

/// Whether the first coordinate of a page is in degrees.
fn in_degrees(body: &[u8]) -> bool {
    fn first(value: &Value) -> Option<(f64, f64)> {
        match value.as_array()?.as_slice() {
            [Value::Number(x), Value::Number(y), ..] => Some((x.as_f64()?, y.as_f64()?)),
            parts => parts.iter().find_map(first),
        }
    }
    #[derive(serde::Deserialize)]
    struct Shapes {
        features: Vec<Shape>,
    }
    #[derive(serde::Deserialize)]
    struct Shape {
        geometry: Option<Coordinates>,
    }
    #[derive(serde::Deserialize)]
    struct Coordinates {
        coordinates: Option<Value>,
    }
    let Ok(page) = serde_json::from_slice::<Shapes>(body) else { return false };
    let shapes = page.features.into_iter().filter_map(|feature| feature.geometry?.coordinates);
    let found = shapes.into_iter().find_map(|coordinates| first(&coordinates));
    found.is_some_and(|(x, y)| x.abs() <= 360.0 && y.abs() <= 360.0)
}

fn condition(filter: Option<&Filter>) -> String {
    match filter {
        None => "1=1".to_owned(),
        Some(Filter::Text(text)) => text.clone(),
        Some(Filter::Properties(all)) => {
            all.iter().map(|(name, values)| values_in(name, values)).collect::<Vec<_>>().join(" AND ")
        }
    }
}

/// The address of the layer itself.
fn layer(client: &mut Client<'_>, source: &Source) -> Result<Url, FetchError> {
    let url = super::address(source)?;
    let Some(wanted) = source.layer.as_deref().map(str::trim) else { return Ok(url) };
    if wanted.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(query::below(&url, &[wanted]));
    }
    let about = query::with(&url, &[("f", "json")]);
    let reply = client.describe(&about, "application/json")?;
    let service = geojson::describe(&about, &reply.body)?;
    let layers = service.get("layers").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let name = |layer: &Value| layer.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let found: Vec<&Value> = layers.iter().filter(|layer| name(layer) == wanted).collect();
    match found.as_slice() {
        [one] => {
            let number = one.get("id").and_then(Value::as_u64).unwrap_or_default().to_string();
            Ok(query::below(&url, &[&number]))
        }
        [] => {
            Err(FetchError::NoLayer { layer: wanted.to_owned(), offered: layers.iter().map(name).collect() })
        }
        more => {
            let numbers = more.iter().filter_map(|layer| layer.get("id")).map(ToString::to_string);
            Err(FetchError::Choose { field: "laag", offered: numbers.collect() })
        }
    }
}

fn about(client: &mut Client<'_>, layer: &Url) -> Result<About, FetchError> {
    let url = query::with(layer, &[("f", "json")]);
    let reply = client.describe(&url, "application/json")?;
    let about = geojson::describe(&url, &reply.body)?;
    let text = |key: &str| about.get(key).and_then(Value::as_str);
    let malformed = |reason: String| FetchError::Malformed { url: url.to_string(), reason };
    match text("type") {
        Some("Feature Layer") => {}
        Some(other) => return Err(malformed(format!("de laag is een `{other}`, geen `Feature Layer`"))),
        None => return Err(malformed("het is geen beschrijving van een laag".to_owned())),
    }
    if let Some(formats) = text("supportedQueryFormats")
        && !formats.to_ascii_lowercase().contains("geojson")
    {
        let offered = formats.split(',').map(|format| format.trim().to_owned()).collect();
        return Err(FetchError::NoFormat { wanted: "geoJSON", offered });
    }
    let most = about.get("maxRecordCount").and_then(Value::as_u64).and_then(|most| u32::try_from(most).ok());
    let pages = about.pointer("/advancedQueryCapabilities/supportsPagination").and_then(Value::as_bool);
    let fields = about.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let key = fields
        .iter()
        .find(|field| field.get("type").and_then(Value::as_str) == Some("esriFieldTypeOID"))
        .and_then(|field| field.get("name").and_then(Value::as_str));
    Ok(About {
        most: most.filter(|most| *most > 0).unwrap_or(1000),
        pages: pages.unwrap_or(false),
        key: text("objectIdField").or(key).map(ToOwned::to_owned),
    })
}
