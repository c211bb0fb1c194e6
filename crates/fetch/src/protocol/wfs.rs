//! OGC WFS 2.0.

use std::collections::BTreeMap;

use brink_geo::crs::Crs;
use url::Url;

use super::query;
use crate::answer::xml::Element;
use crate::answer::{geojson, gml};
use crate::collect::{Collected, Layer, Sheet, named_crs, said_crs};
use crate::error::FetchError;
use crate::fetch::Validators;
use crate::http::{Client, Head, Reply};
use crate::source::{Filter, Source, Values};

/// GeoJSON, as services call it; the best first.
const GEOJSON: [&str; 5] =
    ["application/json; subtype=geojson", "application/geo+json", "application/json", "geojson", "json"];

/// What the capabilities say about the layer.
struct About {
    name: String,
    /// The output format to ask for; `None` for the standard one.
    format: Option<String>,
    is_json: bool,
    /// The system to ask for, with its name at this service.
    crs: Option<(Crs, String)>,
    /// The most features the service gives at once.
    most: Option<u32>,
    pages: bool,
}

/// A page, in whichever format.
struct Page {
    count: u64,
    ids: Vec<String>,
    matched: Option<u64>,
    crs: Option<String>,
}

pub(crate) fn fetch(
    client: &mut Client<'_>,
    source: &Source,
    known: Option<&Validators>,
) -> Result<Option<Layer>, FetchError> {
    let said = said_crs(source)?;
    let base = super::address(source)?;
    // Extras that people copy along with an address.
    let base = query::without(
        &base,
        &["typename", "typenames", "outputformat", "count", "maxfeatures", "startindex"],
    );
    let layer = source.layer.as_deref().unwrap_or_default();
    let about = about(client, &base, layer, said.unwrap_or(Crs::RdNew))?;
    let feature = get_feature(&base, source, &about);

    let hits = query::with(&query::without(&feature, &["outputFormat"]), &[("resultType", "hits")]);
    let reply = client.describe(&hits, "*/*")?;
    let expected = gml::look(&hits, &reply.body)?.matched;

    let mut pages = Pages { about: &about, said, feature, known };
    if !about.pages {
        return pages.whole(client, expected);
    }
    match pages.paged(client, expected) {
        // The second page was the first again: the service can't page, but may give everything at once.
        Err(FetchError::EndlessPaging { page: 2, .. }) => pages.whole(client, expected),
        result => result,
    }
}

/// Asking for the features, all at once or by the page.
struct Pages<'p> {
    about: &'p About,
    said: Option<Crs>,
    feature: Url,
    known: Option<&'p Validators>,
}

impl Pages<'_> {
    fn paged(&mut self, client: &mut Client<'_>, expected: Option<u64>) -> Result<Option<Layer>, FetchError> {
        let most = self.about.most.filter(|most| *most > 0).unwrap_or(u32::MAX);
        let count = client.options.page_size.min(most).to_string();
        let mut collected = Collected::new();
        collected.expect(client, expected);
        while !collected.complete() {
            let start = collected.received.to_string();
            let mut pairs = vec![("count", count.as_str())];
            if collected.received > 0 {
                pairs.push(("startIndex", start.as_str()));
            }
            let url = query::with(&self.feature, &pairs);
            let before = collected.received;
            if !self.page(client, &mut collected, &url)? {
                return Ok(None);
            }
            if collected.received == before {
                break;
            }
        }
        collected.finish().map(Some)
    }

    fn whole(&mut self, client: &mut Client<'_>, expected: Option<u64>) -> Result<Option<Layer>, FetchError> {
        let mut collected = Collected::new();
        collected.expect(client, expected);
        let url = self.feature.clone();
        if !self.page(client, &mut collected, &url)? {
            return Ok(None);
        }
        collected.finish().map(Some)
    }

    /// Takes in one page; `false` when the service says that nothing changed.
    fn page(
        &self,
        client: &mut Client<'_>,
        collected: &mut Collected,
        url: &Url,
    ) -> Result<bool, FetchError> {
        let first = collected.pages == 0;
        let known = self.known.filter(|known| first && known.url == url.as_str());
        let Reply { head, body } = client.page(url, "*/*", known)?;
        if head.not_modified() {
            return Ok(false);
        }
        collected.first(url, &head);
        let page = self.look(url, &head, &body)?;
        if first && page.matched.is_some() && !collected.expects() {
            collected.expect(client, page.matched);
        }
        let crs = match (self.said, &page.crs) {
            (Some(said), _) => Some(said),
            (None, Some(name)) if self.about.is_json => Some(named_crs(name)?),
            // Every shape in GML says for itself in which system it is.
            (None, Some(_)) => None,
            (None, None) if self.about.is_json => {
                Some(self.about.crs.as_ref().map_or(Crs::Crs84, |(crs, _)| *crs))
            }
            (None, None) => self.about.crs.as_ref().map(|(crs, _)| *crs),
        };
        let name = if self.about.is_json { "antwoord.geojson" } else { "antwoord.gml" };
        collected.add(client, Sheet { url, name, body: &body, crs, count: page.count, ids: page.ids })?;
        Ok(true)
    }

    fn look(&self, url: &Url, head: &Head, body: &[u8]) -> Result<Page, FetchError> {
        if self.about.is_json {
            let page = geojson::look(url, body)?;
            Ok(Page { count: page.count, ids: page.ids, matched: page.matched, crs: page.crs })
        } else if head.content_type.contains("json") {
            let reason = "JSON waar GML is gevraagd".to_owned();
            Err(FetchError::Malformed { url: url.to_string(), reason })
        } else {
            let page = gml::look(url, body)?;
            Ok(Page { count: page.count, ids: page.ids, matched: page.matched, crs: page.crs })
        }
    }
}

fn get_feature(base: &Url, source: &Source, about: &About) -> Url {
    let mut pairs = vec![
        ("service", "WFS"),
        ("version", "2.0.0"),
        ("request", "GetFeature"),
        ("typeNames", about.name.as_str()),
    ];
    if let Some(format) = &about.format {
        pairs.push(("outputFormat", format));
    }
    if let Some((_, name)) = &about.crs {
        pairs.push(("srsName", name));
    }
    let fes;
    match &source.filter {
        Some(Filter::Text(text)) if text.trim_start().starts_with('<') => pairs.push(("filter", text)),
        Some(Filter::Text(text)) => pairs.push(("cql_filter", text)),
        Some(Filter::Properties(all)) => {
            fes = filter(all);
            pairs.push(("filter", &fes));
        }
        None => {}
    }
    query::with(base, &pairs)
}

/// A filter that these properties have one of these values.
fn filter(all: &BTreeMap<String, Values>) -> String {
    use quick_xml::escape::escape;
    let equal = |name: &str, value: &str| {
        format!(
            "<fes:PropertyIsEqualTo><fes:ValueReference>{}</fes:ValueReference>\
             <fes:Literal>{}</fes:Literal></fes:PropertyIsEqualTo>",
            escape(name),
            escape(value)
        )
    };
    let join = |conditions: Vec<String>, word: &str| match conditions.as_slice() {
        [one] => one.clone(),
        several => format!("<fes:{word}>{}</fes:{word}>", several.concat()),
    };
    let conditions = all
        .iter()
        .map(|(name, values)| join(values.all().iter().map(|value| equal(name, value)).collect(), "Or"))
        .collect();
    let all = join(conditions, "And");
    format!("<fes:Filter xmlns:fes=\"http://www.opengis.net/fes/2.0\">{all}</fes:Filter>")
}

fn about(client: &mut Client<'_>, base: &Url, layer: &str, wanted: Crs) -> Result<About, FetchError> {
    let ask = [("service", "WFS"), ("version", "2.0.0"), ("request", "GetCapabilities")];
    let url = query::with(base, &ask);
    let reply = client.describe(&url, "*/*")?;
    let malformed = |reason: String| FetchError::Malformed { url: url.to_string(), reason };
    let root = Element::read(&reply.body).map_err(|error| malformed(format!("geen XML: {error}")))?;
    if root.name != "WFS_Capabilities" {
        return Err(malformed(format!("`{}` in plaats van WFS_Capabilities", root.name)));
    }
    let version = root.attribute("version").unwrap_or_default();
    if !version.starts_with("2.") {
        return Err(malformed(format!("de dienst spreekt WFS {version}, nodig is 2.0")));
    }
    let types: Vec<&Element> = root.all("FeatureType").collect();
    let kind = named(&types, layer)?;
    let name = kind.child_text("Name").unwrap_or(layer).to_owned();

    let systems = kind.children("DefaultCRS").chain(kind.children("OtherCRS")).map(|crs| crs.text.trim());
    let crs = systems.into_iter().find(|name| Crs::parse(name).is_ok_and(|crs| crs == wanted));
    let (format, is_json) = format(&root, kind)?;
    let number = constraint(&root, "CountDefault").and_then(|value| value.parse().ok());
    let pages =
        constraint(&root, "ImplementsResultPaging").is_none_or(|value| !value.eq_ignore_ascii_case("false"));
    Ok(About { name, format, is_json, crs: crs.map(|name| (wanted, name.to_owned())), most: number, pages })
}

/// The feature type of that name; its prefix may be left out when that is clear.
fn named<'e>(types: &[&'e Element], layer: &str) -> Result<&'e Element, FetchError> {
    let name = |kind: &Element| kind.child_text("Name").unwrap_or_default().to_owned();
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
    if let Some(kind) = types.iter().find(|kind| name(kind) == layer) {
        return Ok(kind);
    }
    let close: Vec<&&Element> = types.iter().filter(|kind| local(&name(kind)) == local(layer)).collect();
    match close.as_slice() {
        [one] => Ok(one),
        _ => Err(FetchError::NoLayer {
            layer: layer.to_owned(),
            offered: types.iter().map(|kind| name(kind)).collect(),
        }),
    }
}

/// The format to ask for, and whether that is GeoJSON.
fn format(root: &Element, kind: &Element) -> Result<(Option<String>, bool), FetchError> {
    let mut offered: Vec<String> = kind.all("Format").map(|format| format.text.trim().to_owned()).collect();
    let operations =
        root.all("Operation").filter(|operation| operation.attribute("name") == Some("GetFeature"));
    for operation in operations {
        let formats =
            operation.children("Parameter").filter(|one| one.attribute("name") == Some("outputFormat"));
        offered.extend(formats.flat_map(|one| one.all("Value")).map(|value| value.text.trim().to_owned()));
    }
    let plain = |text: &str| text.to_ascii_lowercase().split_whitespace().collect::<String>();
    for wanted in GEOJSON {
        if let Some(format) = offered.iter().find(|format| plain(format) == plain(wanted)) {
            return Ok((Some(format.clone()), true));
        }
    }
    let gml = offered.iter().find(|format| plain(format).contains("gml") && plain(format).contains("3.2"));
    match gml {
        Some(format) => Ok((Some(format.clone()), false)),
        None if offered.is_empty() => Ok((None, false)),
        None => Err(FetchError::NoFormat { wanted: "GeoJSON of GML 3.2", offered }),
    }
}

fn constraint<'e>(root: &'e Element, name: &str) -> Option<&'e str> {
    let found = root.all("Constraint").find(|constraint| constraint.attribute("name") == Some(name))?;
    found.child_text("DefaultValue").or_else(|| found.all("Value").next().map(|value| value.text.trim()))
}
