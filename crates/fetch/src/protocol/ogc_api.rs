//! OGC API Features.

use std::collections::HashSet;

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

const JSON: &str = "application/json";
const GEOJSON: &str = "application/geo+json, application/json;q=0.8";

/// What the collection says about itself.
struct About {
    /// The system to ask for, with its name at this service.
    crs: Option<(Crs, String)>,
    /// The link to its features as GeoJSON.
    items: Option<Url>,
}

pub(crate) fn fetch(
    client: &mut Client<'_>,
    source: &Source,
    known: Option<&Validators>,
) -> Result<Option<Layer>, FetchError> {
    let base = query::without(&super::address(source)?, &["f"]);
    let layer = source.layer.as_deref().unwrap_or_default();
    let said = said_crs(source)?;
    let about = about(client, &base, layer, said.unwrap_or(Crs::RdNew))?;

    let mut pairs = vec![("limit".to_owned(), client.options.page_size.to_string())];
    if let Some((_, name)) = &about.crs {
        pairs.push(("crs".to_owned(), name.clone()));
    }
    match &source.filter {
        Some(Filter::Text(text)) => {
            pairs.push(("filter".to_owned(), text.clone()));
            pairs.push(("filter-lang".to_owned(), "cql2-text".to_owned()));
        }
        Some(Filter::Properties(all)) => {
            let mut several = Vec::new();
            for (name, values) in all {
                match values.all() {
                    [value] => pairs.push((name.clone(), value.clone())),
                    // A parameter has one value; for more it takes the language of filters.
                    _ => several.push(values_in(name, values)),
                }
            }
            if !several.is_empty() {
                pairs.push(("filter".to_owned(), several.join(" AND ")));
                pairs.push(("filter-lang".to_owned(), "cql2-text".to_owned()));
            }
        }
        None => {}
    }
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut url = query::with(&query::below(&base, &["collections", layer, "items"]), &pairs);

    let mut collected = Collected::new();
    let mut visited = HashSet::from([url.clone()]);
    let mut empty = 0;
    loop {
        let first = collected.pages == 0;
        let mut answer = client.page(&url, GEOJSON, known.filter(|known| first && known.url == url.as_str()));
        // Not every server looks at what we accept; the link for GeoJSON says how it wants to be asked.
        if first && let (Err(FetchError::Html { .. }), Some(items)) = (&answer, &about.items) {
            url = query::with(items, &pairs);
            answer = client.page(&url, GEOJSON, known.filter(|known| known.url == url.as_str()));
        }
        let Reply { head, body } = answer?;
        if head.not_modified() {
            return Ok(None);
        }
        collected.first(&url, &head);
        let page = geojson::look(&url, &body)?;
        if first {
            collected.expect(client, page.matched);
        }
        let crs = match (said, &head.content_crs, &page.crs) {
            (Some(said), ..) => said,
            (None, Some(name), _) | (None, None, Some(name)) => named_crs(name)?,
            (None, None, None) => about.crs.as_ref().map_or(Crs::Crs84, |(crs, _)| *crs),
        };
        empty = if page.count == 0 { empty + 1 } else { 0 };
        let sheet = Sheet {
            url: &url,
            name: "antwoord.geojson",
            body: &body,
            crs: Some(crs),
            count: page.count,
            ids: page.ids,
        };
        collected.add(client, sheet)?;
        let Some(next) = page.next else { break };
        let next = Client::link(&head.url, &next)?;
        if empty > 1 || !visited.insert(next.clone()) {
            return Err(FetchError::EndlessPaging { url: next.to_string(), page: collected.pages });
        }
        url = next;
    }
    collected.finish().map(Some)
}

fn about(client: &mut Client<'_>, base: &Url, layer: &str, wanted: Crs) -> Result<About, FetchError> {
    let url = query::below(base, &["collections", layer]);
    let reply = match client.describe(&url, JSON) {
        Err(FetchError::Status { url, status: 404, detail }) => {
            let offered = collections(client, base)
                .map(|all| names(&all))
                .map_err(|_| FetchError::Status { url, status: 404, detail })?;
            return Err(FetchError::NoLayer { layer: layer.to_owned(), offered });
        }
        reply => reply?,
    };
    let about = geojson::describe(&url, &reply.body)?;
    let mut offered = texts(&about, "crs");
    if offered.iter().any(|crs| crs == "#/crs") {
        offered.extend(texts(&collections(client, base)?, "crs"));
    }
    offered.extend(texts(&about, "storageCrs"));
    let crs = offered.into_iter().find(|name| Crs::parse(name).is_ok_and(|crs| crs == wanted));
    let items = about.get("links").and_then(Value::as_array).and_then(|links| {
        let is = |link: &Value, key: &str, value: &str| link.get(key).and_then(Value::as_str) == Some(value);
        links.iter().find(|link| is(link, "rel", "items") && is(link, "type", "application/geo+json"))
    });
    let items = items.and_then(|link| link.get("href")).and_then(Value::as_str);
    let items = items.map(|href| Client::link(&reply.head.url, href)).transpose()?;
    Ok(About { crs: crs.map(|name| (wanted, name)), items })
}

fn collections(client: &mut Client<'_>, base: &Url) -> Result<Value, FetchError> {
    let url = query::below(base, &["collections"]);
    geojson::describe(&url, &client.describe(&url, JSON)?.body)
}

fn names(all: &Value) -> Vec<String> {
    let all = all.get("collections").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(|one| one.get("id").and_then(Value::as_str)).map(ToOwned::to_owned).collect()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    match value.get(key) {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect(),
        _ => Vec::new(),
    }
}
