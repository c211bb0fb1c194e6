//! WFS 2.0.

use brink_fetch::{FetchError, Filter, Source, Values};
use serde_json::json;

use crate::invented::{collection, gml};
use crate::server::{Asked, Reply, Server};
use crate::{hasty, ids, layer, source};

/// A server, and what is particular about it.
#[derive(Clone, Copy)]
struct Wfs {
    total: u64,
    json: bool,
    /// What it says to have.
    says: &'static str,
    /// The most it gives at once.
    most: u64,
    /// Whether it looks at `startIndex`.
    pages: bool,
    /// Whether it says that it does.
    says_pages: bool,
}

const GOOD: Wfs = Wfs { total: 8, json: true, says: "8", most: 1000, pages: true, says_pages: true };

impl Wfs {
    fn start(self) -> Server {
        Server::start(move |asked| self.answer(asked))
    }

    fn answer(&self, asked: &Asked) -> Reply {
        match (asked.get("request"), asked.get("resulttype")) {
            ("GetCapabilities", _) => Reply::xml(self.capabilities()),
            ("GetFeature", "hits") => Reply::xml(gml(0..0, self.says)),
            ("GetFeature", _) => self.features(asked),
            _ => Reply::xml(exception("OperationNotSupported", "onbekend verzoek")),
        }
    }

    fn features(&self, asked: &Asked) -> Reply {
        let start = if self.pages { asked.number("startindex").unwrap_or(0) } else { 0 };
        let count = asked.number("count").unwrap_or(self.total).min(self.most);
        let numbers = start..(start + count).min(self.total);
        if !self.json {
            return Reply::xml(gml(numbers, self.says));
        }
        let mut page = collection(numbers);
        page["crs"] = json!({"type": "name", "properties": {"name": asked.get("srsname")}});
        page["timeStamp"] = json!(asked.before);
        Reply::json(&page)
    }

    fn capabilities(&self) -> String {
        let format = if self.json { "<ows:Value>application/json; subtype=geojson</ows:Value>" } else { "" };
        let paging = if self.says_pages { "TRUE" } else { "FALSE" };
        format!(
            r#"<?xml version="1.0"?><wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0"
 xmlns:ows="http://www.opengis.net/ows/1.1"><ows:OperationsMetadata><ows:Operation name="GetFeature">
 <ows:Parameter name="outputFormat"><ows:AllowedValues><ows:Value>application/gml+xml; version=3.2</ows:Value>{format}
 </ows:AllowedValues></ows:Parameter></ows:Operation>
 <ows:Constraint name="ImplementsResultPaging"><ows:NoValues/><ows:DefaultValue>{paging}</ows:DefaultValue></ows:Constraint>
 <ows:Constraint name="CountDefault"><ows:NoValues/><ows:DefaultValue>{}</ows:DefaultValue></ows:Constraint>
 </ows:OperationsMetadata><wfs:FeatureTypeList>
 <wfs:FeatureType><wfs:Name>t:vakken</wfs:Name><wfs:DefaultCRS>urn:ogc:def:crs:EPSG::4258</wfs:DefaultCRS>
 <wfs:OtherCRS>urn:ogc:def:crs:EPSG::28992</wfs:OtherCRS></wfs:FeatureType>
 <wfs:FeatureType><wfs:Name>t:lijnen</wfs:Name><wfs:DefaultCRS>urn:ogc:def:crs:EPSG::28992</wfs:DefaultCRS></wfs:FeatureType>
 </wfs:FeatureTypeList></wfs:WFS_Capabilities>"#,
            self.most
        )
    }
}

fn exception(code: &str, text: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
 <ows:Exception exceptionCode="{code}"><ows:ExceptionText>{text}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"#
    )
}

fn vakken(server: &Server) -> Source {
    let url = format!("{}/wfs?map=x.map&REQUEST=GetCapabilities&typeName=oud", server.url);
    source(json!({"dienst": "wfs", "url": url, "laag": "vakken"}))
}

fn names(count: u64) -> Vec<String> {
    (0..count).map(|number| format!("vak.{number}")).collect()
}

#[test]
fn pages_of_geojson() {
    let server = GOOD.start();
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!(ids(&fetched), names(8));
    assert_eq!(fetched.pages, 3);
    let asked = server.asked();
    let pages: Vec<_> = asked.iter().filter(|asked| !asked.get("count").is_empty()).collect();
    assert_eq!(pages.iter().map(|page| page.get("startindex")).collect::<Vec<_>>(), ["", "3", "6"]);
    for page in pages {
        assert_eq!((page.get("map"), page.get("typenames"), page.get("typename")), ("x.map", "t:vakken", ""));
        assert_eq!(page.get("srsname"), "urn:ogc:def:crs:EPSG::28992");
        assert_eq!(page.get("outputformat"), "application/json; subtype=geojson");
        assert_eq!((page.get("version"), page.get("service")), ("2.0.0", "WFS"));
    }
}

#[test]
fn pages_of_gml() {
    let server = Wfs { json: false, ..GOOD }.start();
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!(ids(&fetched), names(8));
    let summary = brink_fetch::Summary::of(&fetched.features);
    assert!((summary.hectares - 8.0).abs() < 1e-9, "{summary:?}");
    assert_eq!(fetched.features.features[3].properties["soort"], "oneven");
    assert_eq!(server.asked().last().unwrap().get("outputformat"), "application/gml+xml; version=3.2");
}

#[test]
fn a_server_that_gives_less_than_asked() {
    let server = Wfs { most: 2, ..GOOD }.start();
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!((ids(&fetched).len(), fetched.pages), (8, 4));
    // Also when it does not say so, and does not count.
    let quiet = Wfs { says: "unknown", ..GOOD };
    let server = Server::start(move |asked: &Asked| {
        let mut asked = asked.clone();
        if !asked.get("count").is_empty() {
            asked.query.insert("count".to_owned(), "2".to_owned());
        }
        quiet.answer(&asked)
    });
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!((ids(&fetched).len(), fetched.pages), (8, 5));
}

#[test]
fn servers_that_cannot_page() {
    // One that says so.
    let server = Wfs { pages: false, says_pages: false, ..GOOD }.start();
    assert_eq!(ids(&layer(&vakken(&server), &hasty()).unwrap()).len(), 8);
    assert!(server.asked().iter().all(|asked| asked.get("count").is_empty()));
    // One that gives the first page again: then everything at once.
    let server = Wfs { pages: false, ..GOOD }.start();
    assert_eq!(ids(&layer(&vakken(&server), &hasty()).unwrap()).len(), 8);
    // And one that gives no more than a part, whatever is asked.
    let server = Wfs { pages: false, most: 3, ..GOOD }.start();
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::Count { expected: 8, received: 3 }), "{error}");
}

#[test]
fn a_lying_count() {
    for (says, expected) in [("9", 9), ("7", 7), ("2", 2)] {
        let server = Wfs { says, ..GOOD }.start();
        let error = layer(&vakken(&server), &hasty()).unwrap_err();
        assert!(matches!(error, FetchError::Count { expected: said, .. } if said == expected), "{error}");
    }
}

#[test]
fn an_exception_with_status_200() {
    let server = Server::start(|asked: &Asked| match asked.number("startindex") {
        Some(3) => Reply::xml(exception("NoApplicableCode", "geheugen vol")),
        _ => GOOD.answer(asked),
    });
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(
        matches!(&error, FetchError::Service { text, .. } if text == "geheugen vol (NoApplicableCode)"),
        "{error}"
    );
}

#[test]
fn filters() {
    let server = GOOD.start();
    let mut source = vakken(&server);
    source.filter = Some(Filter::Properties([("naam".to_owned(), Values::One("a<b".to_owned()))].into()));
    layer(&source, &hasty()).unwrap();
    let filter = server.asked().last().unwrap().get("filter").to_owned();
    assert!(
        filter.contains("<fes:ValueReference>naam</fes:ValueReference><fes:Literal>a&lt;b</fes:Literal>"),
        "{filter}"
    );
    // The count is of what the filter leaves.
    assert!(
        server.asked().iter().any(|asked| asked.get("resulttype") == "hits" && asked.get("filter") == filter)
    );

    let several = Values::Any(vec!["a".to_owned(), "b".to_owned()]);
    let one = Values::One("c".to_owned());
    source.filter =
        Some(Filter::Properties([("naam".to_owned(), several), ("plaats".to_owned(), one)].into()));
    layer(&source, &hasty()).unwrap();
    let filter = server.asked().last().unwrap().get("filter").to_owned();
    let equal = |name: &str, value: &str| {
        format!(
            "<fes:PropertyIsEqualTo><fes:ValueReference>{name}</fes:ValueReference>\
             <fes:Literal>{value}</fes:Literal></fes:PropertyIsEqualTo>"
        )
    };
    let (a, b, c) = (equal("naam", "a"), equal("naam", "b"), equal("plaats", "c"));
    assert!(filter.contains(&format!("<fes:And><fes:Or>{a}{b}</fes:Or>{c}</fes:And>")), "{filter}");

    source.filter = Some(Filter::Text("naam = 'x'".to_owned()));
    layer(&source, &hasty()).unwrap();
    assert_eq!(server.asked().last().unwrap().get("cql_filter"), "naam = 'x'");
    source.filter = Some(Filter::Text("<Filter/>".to_owned()));
    layer(&source, &hasty()).unwrap();
    assert_eq!(server.asked().last().unwrap().get("filter"), "<Filter/>");
}

#[test]
fn a_filter_that_is_passed_over_is_kept_to() {
    let server = GOOD.start();
    let mut source = vakken(&server);
    let whole = layer(&source, &hasty()).unwrap();
    let one = whole.features.features[1].properties["soort"].clone();
    source.filter = Some(Filter::Properties([("soort".to_owned(), Values::One(one.clone()))].into()));
    let kept = layer(&source, &hasty()).unwrap();
    assert_eq!(kept.received, whole.received);
    assert!(
        !kept.features.features.is_empty() && kept.features.features.len() < whole.features.features.len()
    );
    assert!(kept.features.features.iter().all(|feature| feature.properties["soort"] == one));
}

#[test]
fn names_the_layers_there_are() {
    let server = GOOD.start();
    let mut source = vakken(&server);
    source.layer = Some("vaken".to_owned());
    let error = layer(&source, &hasty()).unwrap_err();
    assert!(
        matches!(&error, FetchError::NoLayer { offered, .. } if offered == &["t:vakken", "t:lijnen"]),
        "{error}"
    );
}

#[test]
fn an_old_or_other_server() {
    for (answer, says) in [
        (r#"<WFS_Capabilities version="1.1.0"/>"#, "1.1.0"),
        ("<WMS_Capabilities/>", "WMS_Capabilities"),
        ("<WFS_Capabilities version=\"2.0.0\"><a>", "geen XML"),
    ] {
        let server = Server::start(move |_: &Asked| Reply::xml(answer));
        let error = layer(&vakken(&server), &hasty()).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn a_page_cut_in_the_middle() {
    for json in [true, false] {
        let server = Server::start(move |asked: &Asked| {
            let mut reply = Wfs { json, ..GOOD }.answer(asked);
            if asked.number("startindex") == Some(6) {
                reply.body.truncate(reply.body.len() - 40);
            }
            reply
        });
        let error = layer(&vakken(&server), &hasty()).unwrap_err();
        assert!(matches!(error, FetchError::Truncated { .. }), "{error}");
    }
}
