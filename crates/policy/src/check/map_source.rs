//! P019: a map source that can't be asked. Without it the fault shows on the day somebody fetches the map, far from the
//! one who wrote it.

use crate::finding::Finding;
use crate::package::{Item, WrittenPackage};
use crate::written::{Area, MapService, MapSource, SourceFilter};
use url::Url;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let mut findings = Vec::new();
    for area in &package.areas {
        for (n, source) in area.bronnen.iter().enumerate() {
            findings.extend(
                [address(source), layer(source), dataset(source), filter(source)]
                    .into_iter()
                    .flatten()
                    .chain(words(source))
                    .map(|fault| fault.finding(package, area, n)),
            );
        }
    }
    findings
}

struct Fault {
    key: &'static str,
    message: String,
    help: &'static str,
}

impl Fault {
    fn finding(self, package: &WrittenPackage, area: &Item<Area>, n: usize) -> Finding {
        let place = package.place(area, &["bronnen".into(), n.into(), self.key.into()]);
        Finding::error("P019", self.message).help(self.help).at(place)
    }
}

fn address(source: &MapSource) -> Option<Fault> {
    let fault = |message: String, help| Some(Fault { key: "url", message, help });
    let text = source.url.trim();
    // A file in the package.
    if source.dienst == MapService::Bestand && !text.is_empty() && !text.contains("://") {
        return None;
    }
    if text.is_empty() {
        return fault(
            "het adres is leeg".to_owned(),
            "schrijf het adres van de dienst, of het bestand in het pakket",
        );
    }
    let Ok(url) = Url::parse(text) else {
        return fault(format!("`{}` is geen adres", source.url), "een adres begint met https://");
    };
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return fault(
            format!("`{}` is geen adres van een dienst", source.url),
            "een adres begint met https://",
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return fault(
            "in het adres staat een gebruikersnaam of wachtwoord".to_owned(),
            "laat die weg: het pakket is voor iedereen te lezen",
        );
    }
    if source.dienst == MapService::Arcgis
        && number(&url).is_none()
        && last(&url).is_none_or(|l| !is_server(l))
    {
        return fault(
            format!("`{}` is geen laag of dienst van ArcGIS", source.url),
            "het adres eindigt op /MapServer of /FeatureServer, met of zonder nummer van de laag",
        );
    }
    None
}

fn layer(source: &MapSource) -> Option<Fault> {
    let fault = |message: &str, help| Some(Fault { key: "laag", message: message.to_owned(), help });
    let given = source.laag.as_deref().map(str::trim);
    if given == Some("") {
        return fault("de laag is leeg", "noem de laag, of laat de regel weg als de dienst er geen vraagt");
    }
    let numbered = Url::parse(source.url.trim()).is_ok_and(|url| number(&url).is_some());
    match (source.dienst, given) {
        (MapService::Wfs, None) => fault("een wfs vraagt een laag", "schrijf bij `laag` de typename"),
        (MapService::OgcApiFeatures, None) => {
            fault("een ogc-api-features vraagt een laag", "schrijf bij `laag` de naam van de collectie")
        }
        (MapService::Arcgis, None) if !numbered => fault(
            "een arcgis vraagt een laag",
            "schrijf bij `laag` haar nummer of naam, of zet het nummer in het adres",
        ),
        (MapService::Arcgis, Some(_)) if numbered => {
            fault("het nummer van de laag staat al in het adres", "laat een van beide weg")
        }
        _ => None,
    }
}

fn dataset(source: &MapSource) -> Option<Fault> {
    let wrong = source.dataset.is_some() && source.dienst != MapService::Atom;
    wrong.then(|| Fault {
        key: "dataset",
        message: "alleen een atom heeft datasets".to_owned(),
        help: "schrijf de laag bij `laag`",
    })
}

fn filter(source: &MapSource) -> Option<Fault> {
    let fault = |message: &str, help| Some(Fault { key: "filter", message: message.to_owned(), help });
    let filter = source.filter.as_ref()?;
    if matches!(source.dienst, MapService::Atom | MapService::Bestand) {
        return fault("een bestand is niet te filteren voordat het komt", "gebruik `kenmerk`");
    }
    let empty = match filter {
        SourceFilter::Text(text) => text.trim().is_empty(),
        SourceFilter::Attributes(all) => all.is_empty() || all.values().any(|values| values.is_empty()),
    };
    if empty {
        return fault("het filter is leeg", "laat de regel weg, of schrijf kenmerken met hun waarden");
    }
    None
}

/// What a reader of the map has to know.
fn words(source: &MapSource) -> impl Iterator<Item = Fault> {
    let both = [
        ("licentie", &source.licentie, "schrijf onder welke licentie de kaart is gegeven, of `onbekend`"),
        ("bronhouder", &source.bronhouder, "schrijf wie de kaart bijhoudt"),
    ];
    both.into_iter().filter(|(_, text, _)| text.trim().is_empty()).map(|(key, _, help)| Fault {
        key,
        message: format!("de {key} is leeg"),
        help,
    })
}

fn last(url: &Url) -> Option<&str> {
    url.path().trim_end_matches('/').rsplit('/').next()
}

fn is_server(name: &str) -> bool {
    ["MapServer", "FeatureServer"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The number of a layer of ArcGIS at the end of an address.
fn number(url: &Url) -> Option<&str> {
    let mut parts = url.path().trim_end_matches('/').rsplit('/');
    let number =
        parts.next().filter(|last| !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))?;
    parts.next().is_some_and(is_server).then_some(number)
}
