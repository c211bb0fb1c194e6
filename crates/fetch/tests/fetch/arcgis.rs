//! ArcGIS REST.

use brink_fetch::{FetchError, Filter, Source, Values};
use serde_json::{Value, json};

use crate::invented::{collection, square_in_degrees};
use crate::server::{Asked, Reply, Server};
use crate::{hasty, ids, layer, source};

/// A server, and what is particular about it.
#[derive(Clone, Copy)]
struct ArcGis {
    total: u64,
    says: u64,
    most: u64,
    pages: bool,
    /// Whether pages say their system, and which they use.
    crs: Option<&'static str>,
    degrees: bool,
}

const GOOD: ArcGis =
    ArcGis { total: 8, says: 8, most: 1000, pages: true, crs: Some("EPSG:28992"), degrees: false };

impl ArcGis {
    fn start(self) -> Server {
        Server::start(move |asked| self.answer(asked))
    }

    fn answer(&self, asked: &Asked) -> Reply {
        match asked.path.as_str() {
            "/rest/services/A/MapServer" => Reply::json(&json!({
                "layers": [{"id": 2, "name": "Vakken"}, {"id": 3, "name": "Lijnen"}]
            })),
            "/rest/services/A/MapServer/2" => Reply::json(&json!({
                "id": 2, "name": "Vakken", "type": "Feature Layer", "maxRecordCount": self.most,
                "supportedQueryFormats": "JSON, geoJSON, PBF",
                "advancedQueryCapabilities": {"supportsPagination": self.pages},
                "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}],
            })),
            "/rest/services/A/MapServer/2/query" => self.query(asked),
            _ => Reply::json(
                &json!({"error": {"code": 400, "message": "Invalid URL", "details": ["Invalid URL"]}}),
            ),
        }
    }

    fn query(&self, asked: &Asked) -> Reply {
        if asked.get("returncountonly") == "true" {
            return Reply::json(&json!({"count": self.says}));
        }
        if asked.get("returnidsonly") == "true" {
            let ids: Vec<u64> = (0..self.total).collect();
            return Reply::json(&json!({"objectIdFieldName": "OBJECTID", "objectIds": ids}));
        }
        assert_eq!(asked.get("f"), "geojson");
        let all: Vec<u64> = match asked.get("objectids") {
            "" => (0..self.total).collect(),
            list => list.split(',').map(|id| id.parse().unwrap()).collect(),
        };
        let start = if self.pages { asked.number("resultoffset").unwrap_or(0) as usize } else { 0 };
        let count = asked.number("resultrecordcount").unwrap_or(self.most).min(self.most) as usize;
        let taken: Vec<u64> = all.iter().skip(start).take(count).copied().collect();
        let mut page = collection(0..0);
        page["features"] = taken.iter().map(|&number| self.feature(number)).collect();
        if start + count < all.len() {
            page["exceededTransferLimit"] = json!(true);
        }
        if let Some(crs) = self.crs {
            page["crs"] = json!({"type": "name", "properties": {"name": crs}});
        }
        Reply::json(&page)
    }

    fn feature(&self, number: u64) -> Value {
        let mut feature = if self.degrees {
            square_in_degrees(number)
        } else {
            collection(number..number + 1)["features"][0].take()
        };
        feature["id"] = json!(number);
        feature
    }
}

fn vakken(server: &Server) -> Source {
    source(json!({"dienst": "arcgis", "url": format!("{}/rest/services/A/MapServer", server.url), "laag": 2}))
}

#[test]
fn pages_in_order() {
    let server = GOOD.start();
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!(ids(&fetched), ["0", "1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!(fetched.pages, 3);
    let asked = server.asked();
    let page = asked.last().unwrap();
    assert_eq!((page.get("resultoffset"), page.get("resultrecordcount")), ("6", "3"));
    assert_eq!((page.get("where"), page.get("outfields"), page.get("outsr")), ("1=1", "*", "28992"));
    assert_eq!(page.get("orderbyfields"), "OBJECTID");
}

#[test]
fn a_layer_by_name_or_in_the_address() {
    let server = GOOD.start();
    let mut source = vakken(&server);
    source.layer = Some("Vakken".to_owned());
    assert_eq!(layer(&source, &hasty()).unwrap().received, 8);
    source.layer = Some("Vaken".to_owned());
    let error = layer(&source, &hasty()).unwrap_err();
    assert!(
        matches!(&error, FetchError::NoLayer { offered, .. } if offered == &["Vakken", "Lijnen"]),
        "{error}"
    );
    source.layer = None;
    source.url += "/2";
    assert_eq!(layer(&source, &hasty()).unwrap().received, 8);
}

#[test]
fn a_server_that_gives_less_than_asked() {
    let server = ArcGis { most: 2, ..GOOD }.start();
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!((fetched.received, fetched.pages), (8, 4));
}

#[test]
fn old_servers_without_paging() {
    let server = ArcGis { pages: false, most: 8, ..GOOD }.start();
    assert_eq!(layer(&vakken(&server), &hasty()).unwrap().pages, 1);
    let server = ArcGis { pages: false, most: 3, ..GOOD }.start();
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!((ids(&fetched).len(), fetched.pages), (8, 3));
}

#[test]
fn degrees_are_told_from_metres() {
    for (crs, degrees) in [(None, true), (Some("EPSG:4326"), true), (None, false)] {
        let server = ArcGis { crs, degrees, ..GOOD }.start();
        let fetched = layer(&vakken(&server), &hasty()).unwrap();
        let each = brink_fetch::Summary::of(&fetched.features).hectares / 8.0;
        let right = if degrees { 0.7..0.8 } else { 0.999..1.001 };
        assert!(right.contains(&each), "{crs:?} {degrees}: {each}");
    }
    let server = ArcGis { degrees: true, ..GOOD }.start();
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::Read { .. }) && error.to_string().contains("WGS84"), "{error}");
}

#[test]
fn an_error_with_status_200() {
    let server = GOOD.start();
    let mut source = vakken(&server);
    source.layer = Some("9".to_owned());
    let error = layer(&source, &hasty()).unwrap_err();
    assert!(matches!(&error, FetchError::Service { text, .. } if text == "Invalid URL; code 400"), "{error}");
    // On a later page too.
    let server = Server::start(|asked: &Asked| match asked.number("resultoffset") {
        Some(3) => {
            Reply::json(&json!({"error": {"code": 500, "message": "Error performing query operation"}}))
        }
        _ => GOOD.answer(asked),
    });
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(
        matches!(&error, FetchError::Service { text, .. } if text.contains("performing query")),
        "{error}"
    );
}

#[test]
fn an_error_with_status_200_that_passes() {
    use std::sync::atomic::{AtomicU64, Ordering};
    let failed = AtomicU64::new(0);
    let server = Server::start(move |asked: &Asked| match asked.number("resultoffset") {
        Some(3) if failed.fetch_add(1, Ordering::Relaxed) < 2 => {
            Reply::json(&json!({"error": {"code": 503, "message": "te druk"}}))
        }
        _ => GOOD.answer(asked),
    });
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    let quiet = GOOD.start();
    let same = layer(&vakken(&quiet), &hasty()).unwrap();
    // Nothing of the complaints is left.
    assert_eq!((fetched.bytes, &fetched.sha256), (same.bytes, &same.sha256));
    assert_eq!(server.asked().len(), quiet.asked().len() + 2);
}

#[test]
fn lying_servers() {
    for says in [5, 9] {
        let server = ArcGis { says, ..GOOD }.start();
        let error = layer(&vakken(&server), &hasty()).unwrap_err();
        assert!(matches!(error, FetchError::Count { expected, .. } if expected == says), "{error}");
    }
    // One that does not look at the offset.
    let server = Server::start(|asked: &Asked| {
        let mut asked = asked.clone();
        asked.query.remove("resultoffset");
        GOOD.answer(&asked)
    });
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::EndlessPaging { page: 2, .. }), "{error}");
    // One that has more, for ever, and gives nothing.
    let server = Server::start(|asked: &Asked| {
        if asked.get("f") != "geojson" {
            return GOOD.answer(asked);
        }
        let mut page = collection(0..0);
        page["properties"] = json!({"exceededTransferLimit": true});
        Reply::json(&page)
    });
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::EndlessPaging { .. }), "{error}");
}

#[test]
fn filters() {
    let server = GOOD.start();
    let mut source = vakken(&server);
    source.filter = Some(Filter::Text("opp > 3".to_owned()));
    layer(&source, &hasty()).unwrap();
    assert_eq!(server.asked().last().unwrap().get("where"), "opp > 3");
    source.filter =
        Some(Filter::Properties([("naam".to_owned(), Values::One("'t Ruige".to_owned()))].into()));
    layer(&source, &hasty()).unwrap();
    let asked = server.asked();
    assert_eq!(asked.last().unwrap().get("where"), "naam = '''t Ruige'");
    assert!(asked.iter().any(|asked| asked.get("returncountonly") == "true" && asked.get("where") == "naam = '''t Ruige'"));
    let several = Values::Any(vec!["a".to_owned(), "'t".to_owned()]);
    source.filter = Some(Filter::Properties([("naam".to_owned(), several)].into()));
    layer(&source, &hasty()).unwrap();
    assert_eq!(server.asked().last().unwrap().get("where"), "naam IN ('a', '''t')");
}

#[test]
fn layers_that_are_no_features() {
    for (change, says) in [
        (json!({"type": "Group Layer"}), "Group Layer"),
        (json!({"supportedQueryFormats": "JSON, AMF"}), "geoJSON"),
        (json!({"type": null}), "geen beschrijving"),
    ] {
        let server = Server::start(move |asked: &Asked| {
            let mut about: Value = serde_json::from_slice(&GOOD.answer(asked).body).unwrap();
            for (key, value) in change.as_object().unwrap() {
                about[key] = value.clone();
            }
            Reply::json(&about)
        });
        let error = layer(&vakken(&server), &hasty()).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}
