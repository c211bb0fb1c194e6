//! Where a layer comes from, as the package writes it.

use std::collections::BTreeMap;
use std::fmt;

use brink_geo::crs::Crs;
use serde::{Deserialize, Deserializer, Serialize};
use url::Url;

use crate::error::SourceError;

/// The kind of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// OGC API Features.
    OgcApiFeatures,
    /// OGC WFS 2.0.
    Wfs,
    /// ArcGIS REST, a layer of a `MapServer` or `FeatureServer`.
    Arcgis,
    /// An ATOM feed with downloads, as PDOK has them.
    Atom,
    /// One file: a path in the package, or the address of a file to download.
    Bestand,
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OgcApiFeatures => "ogc-api-features",
            Self::Wfs => "wfs",
            Self::Arcgis => "arcgis",
            Self::Atom => "atom",
            Self::Bestand => "bestand",
        })
    }
}

/// What the service itself leaves out before it sends anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Filter {
    /// As the service speaks: CQL for OGC API Features and WFS, an FES `<Filter>` for WFS, a `where` for ArcGIS.
    Text(String),
    /// Properties with the value or values they may have; said in the words of the service.
    Properties(BTreeMap<String, Values>),
}

/// The values an attribute may have: one or more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, from = "WrittenValues")]
pub enum Values {
    /// One value.
    One(String),
    /// Any of these.
    Any(Vec<String>),
}

impl Values {
    /// All values, in the order written.
    #[must_use]
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Any(values) => values,
        }
    }
}

/// Where a layer comes from. In a package it reads so:
///
/// ```yaml
/// dienst: wfs
/// url: https://service.pdok.nl/kadaster/bestuurlijkegebieden/wfs/v1_0
/// laag: Gemeentegebied
/// kenmerk:
///   naam: [Assen, Hoogeveen]
/// licentie: CC0 1.0
/// bronhouder: Kadaster
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The kind of service.
    #[serde(rename = "dienst")]
    pub service: Service,
    /// The address of the service, or the path of a file.
    pub url: String,
    /// The layer of the service: collection, type name, number or name of the ArcGIS layer, layer of a file.
    #[serde(
        rename = "laag",
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text_or_number"
    )]
    pub layer: Option<String>,
    /// Which data set of an ATOM feed, by its title or code, when there are more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
    /// What the service leaves out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// What is kept of the features that came: attribute and value or values. One layer can fill several areas so.
    #[serde(rename = "kenmerk", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub select: BTreeMap<String, Values>,
    /// The coordinate system, when the service has it wrong or does not say; RD New is asked for when there is no word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// The licence.
    #[serde(rename = "licentie", default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Who keeps the data.
    #[serde(rename = "bronhouder", default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

/// A value as people write it: a number without quotes is meant as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Number(serde_json::Number),
    Flag(bool),
}

impl From<Written> for String {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => text,
            Written::Number(number) => number.to_string(),
            Written::Flag(flag) => flag.to_string(),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenValues {
    One(Written),
    Any(Vec<Written>),
}

impl From<WrittenValues> for Values {
    fn from(written: WrittenValues) -> Self {
        match written {
            WrittenValues::One(value) => Self::One(value.into()),
            WrittenValues::Any(values) => Self::Any(values.into_iter().map(String::from).collect()),
        }
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<Written>::deserialize(deserializer)?.map(String::from))
}

impl Source {
    /// Everything that is wrong with the description.
    ///
    /// # Errors
    /// All faults found, in the order of the fields.
    pub fn validate(&self) -> Result<(), Vec<SourceError>> {
        let mut faults = Vec::new();
        let mut fault = |field: &'static str, text: String| faults.push(SourceError { field, text });
        self.check_url(&mut fault);
        self.check_layer(&mut fault);
        if self.dataset.is_some() && self.service != Service::Atom {
            fault("dataset", "alleen `dienst: atom` kent datasets; schrijf de laag bij `laag`".to_owned());
        }
        self.check_filter(&mut fault);
        for (name, values) in &self.select {
            if name.trim().is_empty() {
                fault("kenmerk", "de naam van een kenmerk ontbreekt".to_owned());
            } else if values.all().is_empty() || values.all().iter().any(|value| value.trim().is_empty()) {
                fault("kenmerk", format!("geef bij `{name}` een waarde of een lijst van waarden"));
            }
        }
        if let Some(crs) = &self.crs
            && let Err(error) = Crs::parse(crs)
        {
            fault("crs", format!("{error}; schrijf bijvoorbeeld `EPSG:28992`"));
        }
        for (field, value, help) in [
            ("licentie", &self.licence, "onder welke licentie de kaart is gegeven, of `onbekend`"),
            ("bronhouder", &self.holder, "wie de kaart bijhoudt"),
        ] {
            if value.as_deref().is_none_or(|value| value.trim().is_empty()) {
                fault(field, format!("ontbreekt: schrijf {help}"));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn check_url(&self, fault: &mut impl FnMut(&'static str, String)) {
        if self.url.trim().is_empty() {
            fault("url", "ontbreekt: schrijf het adres van de dienst".to_owned());
            return;
        }
        if self.service == Service::Bestand && !self.url.contains("://") {
            return;
        }
        match Url::parse(&self.url) {
            Err(_) => fault("url", format!("`{}` is geen adres; een adres begint met https://", self.url)),
            Ok(url) if !matches!(url.scheme(), "http" | "https") => {
                fault("url", format!("`{}` begint niet met https:// of http://", self.url));
            }
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                fault("url", "zet geen gebruikersnaam of wachtwoord in het adres".to_owned());
            }
            Ok(url) if self.service == Service::OgcApiFeatures && url.path().contains("/collections") => fault(
                "url",
                "schrijf het adres tot aan `/collections`, en de naam van de collectie bij `laag`".to_owned(),
            ),
            Ok(url) if self.service == Service::Arcgis && !is_arcgis(&url) => fault(
                "url",
                "het adres van een ArcGIS-dienst eindigt op `/MapServer` of `/FeatureServer`, met of zonder nummer"
                    .to_owned(),
            ),
            Ok(_) => {}
        }
    }

    fn check_layer(&self, fault: &mut impl FnMut(&'static str, String)) {
        let given = self.layer.as_deref().is_some_and(|layer| !layer.trim().is_empty());
        if self.layer.is_some() && !given {
            fault("laag", "is leeg".to_owned());
        }
        match self.service {
            Service::OgcApiFeatures if !given => {
                fault("laag", "ontbreekt: schrijf de naam van de collectie".to_owned())
            }
            Service::Wfs if !given => {
                fault("laag", "ontbreekt: schrijf de naam van de kaartlaag (typename)".to_owned())
            }
            Service::Arcgis => {
                let numbered = self.url.trim_end_matches('/').rsplit('/').next().is_some_and(is_number);
                if numbered && given {
                    fault(
                        "laag",
                        "het nummer van de laag staat al in het adres; laat een van beide weg".to_owned(),
                    );
                } else if !numbered && !given {
                    fault("laag", "ontbreekt: schrijf het nummer of de naam van de laag".to_owned());
                }
            }
            _ => {}
        }
    }

    fn check_filter(&self, fault: &mut impl FnMut(&'static str, String)) {
        let Some(filter) = &self.filter else { return };
        if matches!(self.service, Service::Atom | Service::Bestand) {
            fault("filter", format!("`dienst: {}` kan niet filteren; gebruik `kenmerk`", self.service));
        }
        let empty = match filter {
            Filter::Text(text) => text.trim().is_empty(),
            Filter::Properties(all) => {
                let blank = |text: &String| text.trim().is_empty();
                let nothing = |values: &Values| values.all().is_empty() || values.all().iter().any(blank);
                all.is_empty() || all.iter().any(|(name, values)| blank(name) || nothing(values))
            }
        };
        if empty {
            fault("filter", "is leeg: laat de regel weg, of schrijf een voorwaarde".to_owned());
        }
    }
}

/// That a property has one of these values, as SQL and CQL say it.
pub(crate) fn values_in(name: &str, values: &Values) -> String {
    let quoted: Vec<String> =
        values.all().iter().map(|value| format!("'{}'", value.replace('\'', "''"))).collect();
    match quoted.as_slice() {
        [one] => format!("{name} = {one}"),
        several => format!("{name} IN ({})", several.join(", ")),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_arcgis(url: &Url) -> bool {
    let mut parts = url.path().trim_end_matches('/').rsplit('/');
    let server = match parts.next() {
        Some(last) if is_number(last) => parts.next(),
        last => last,
    };
    server.is_some_and(|name| {
        ["MapServer", "FeatureServer"].iter().any(|known| name.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(json: &str) -> Source {
        serde_json::from_str(json).unwrap()
    }

    fn faults(json: &str) -> Vec<String> {
        match source(json).validate() {
            Ok(()) => Vec::new(),
            Err(faults) => faults.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn reads_what_a_package_writes() {
        let source = source(
            r#"{"dienst": "arcgis", "url": "https://kaart.example.nl/rest/services/A/MapServer", "laag": 3,
                "filter": {"provincie": "Drenthe"}, "kenmerk": {"naam": ["Assen", "Hoogeveen"], "soort": "gemeente"},
                "licentie": "CC0", "bronhouder": "Provincie"}"#,
        );
        assert_eq!(source.layer.as_deref(), Some("3"));
        assert_eq!(source.select["naam"].all(), ["Assen", "Hoogeveen"]);
        assert_eq!(source.select["soort"].all(), ["gemeente"]);
        assert_eq!(source.validate(), Ok(()));
        let again: Source = serde_json::from_str(&serde_json::to_string(&source).unwrap()).unwrap();
        assert_eq!(again, source);
    }

    #[test]
    fn numbers_need_no_quotes() {
        let source = source(
            r#"{"dienst": "wfs", "url": "https://x.nl", "laag": 7, "filter": {"provincie": 22, "waar": true},
                "kenmerk": {"code": [1701, "GM0106", -3, 1.5], "jaar": 2024}}"#,
        );
        assert_eq!(source.layer.as_deref(), Some("7"));
        assert_eq!(source.select["code"].all(), ["1701", "GM0106", "-3", "1.5"]);
        assert_eq!(source.select["jaar"].all(), ["2024"]);
        let one = |value: &str| Values::One(value.to_owned());
        let both = [("provincie".to_owned(), one("22")), ("waar".to_owned(), one("true"))];
        assert_eq!(source.filter, Some(Filter::Properties(both.into())));
    }

    #[test]
    fn names_every_fault_at_once() {
        let found = faults(
            r#"{"dienst": "wfs", "url": "ftp://x.nl/wfs", "dataset": "d", "filter": " ", "kenmerk": {"naam": []},
                "crs": "EPSG:99", "licentie": " "}"#,
        );
        assert_eq!(found.len(), 8, "{found:#?}");
        for field in ["url", "laag", "dataset", "filter", "kenmerk", "crs", "licentie", "bronhouder"] {
            assert!(
                found.iter().any(|fault| fault.starts_with(&format!("{field}: "))),
                "{field}: {found:#?}"
            );
        }
    }

    #[test]
    fn an_arcgis_layer_stands_in_one_place() {
        let with = |url: &str, layer: &str| {
            faults(&format!(
                r#"{{"dienst": "arcgis", "url": "{url}", "laag": {layer}, "licentie": "CC0", "bronhouder": "P"}}"#
            ))
        };
        assert_eq!(with("https://x.nl/MapServer/3", "null"), Vec::<String>::new());
        assert_eq!(with("https://x.nl/FeatureServer/", "\"Grond\""), Vec::<String>::new());
        assert!(with("https://x.nl/MapServer/3", "3")[0].contains("staat al in het adres"));
        assert!(with("https://x.nl/MapServer", "null")[0].contains("ontbreekt"));
        assert!(with("https://x.nl/kaart", "1")[0].contains("eindigt op"));
    }

    #[test]
    fn no_passwords_and_no_collections_in_the_address() {
        let with = |service: &str, url: &str| {
            faults(&format!(
                r#"{{"dienst": "{service}", "url": "{url}", "laag": "a", "licentie": "CC0", "bronhouder": "P"}}"#
            ))
        };
        assert!(with("wfs", "https://jan:geheim@x.nl/wfs")[0].contains("wachtwoord"));
        assert!(with("ogc-api-features", "https://x.nl/api/collections/a")[0].contains("/collections"));
        assert!(with("wfs", "x.nl/wfs")[0].contains("geen adres"));
        assert_eq!(with("bestand", "kaarten/a.gpkg"), Vec::<String>::new());
    }
}
