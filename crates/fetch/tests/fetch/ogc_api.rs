//! OGC API Features.

use brink_fetch::{Answer, FetchError, Source, fetch};
use serde_json::{Value, json};

use crate::invented::{RD, collection, square, square_in_degrees};
use crate::server::{Asked, Reply, Server};
use crate::{hasty, ids, layer, source};

/// A server as it should be, with so many features.
fn good(total: u64) -> impl Fn(&Asked) -> Reply {
    move |asked| match asked.path.as_str() {
        "/api/collections/vakken" => about(asked),
        "/api/collections/vakken/items" => items(asked, total),
        "/api/collections" => Reply::json(&json!({"collections": [{"id": "vakken"}, {"id": "lijnen"}]})),
        _ => Reply::new(404, "application/json", r#"{"code": "NotFound", "description": "bestaat niet"}"#),
    }
}

fn about(asked: &Asked) -> Reply {
    Reply::json(&json!({
        "id": "vakken",
        "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84", RD],
        "links": [
            {"rel": "items", "type": "text/html", "href": format!("{}/api/collections/vakken/items?f=html", asked.server)},
            {"rel": "items", "type": "application/geo+json", "href": "/api/collections/vakken/items?f=json"},
        ],
    }))
}

fn items(asked: &Asked, total: u64) -> Reply {
    let start = asked.number("offset").unwrap_or(0);
    let end = (start + asked.number("limit").unwrap_or(10)).min(total);
    let mut page = collection(start..end);
    if asked.get("crs") != RD {
        page["features"] = (start..end).map(square_in_degrees).collect();
    }
    page["numberMatched"] = json!(total);
    page["numberReturned"] = json!(end - start);
    page["timeStamp"] = json!(format!("nu, {}", asked.before));
    let mut links = vec![json!({"rel": "self", "href": "x"})];
    if end < total {
        let rest = asked.query.iter().filter(|(name, _)| *name != "offset");
        let rest: String = rest.map(|(name, value)| format!("&{name}={value}")).collect();
        links.push(json!({"rel": "next", "href": format!("items?offset={end}{rest}")}));
    }
    page["links"] = json!(links);
    let crs = if asked.get("crs").is_empty() {
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    } else {
        asked.get("crs")
    };
    Reply::json(&page).header("Content-Crs", &format!("<{crs}>"))
}

/// The good server, with its pages of features changed.
fn with_pages(total: u64, change: impl Fn(&Asked, &mut Value) + Send + Sync + 'static) -> Server {
    let good = good(total);
    Server::start(move |asked| {
        let mut reply = good(asked);
        if asked.path.ends_with("/items") {
            let mut page: Value = serde_json::from_slice(&reply.body).unwrap();
            change(asked, &mut page);
            reply.body = page.to_string().into_bytes();
        }
        reply
    })
}

fn vakken(server: &Server) -> Source {
    source(json!({"dienst": "ogc-api-features", "url": format!("{}/api/", server.url), "laag": "vakken"}))
}

#[test]
fn follows_the_pages_to_the_end() {
    let server = Server::start(good(8));
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!(ids(&fetched), (0..8).map(|number| format!("vak.{number}")).collect::<Vec<_>>());
    assert_eq!((fetched.pages, fetched.received), (3, 8));
    assert_eq!(fetched.fetched_at, "2026-01-02T03:04:05Z");
    assert_eq!(fetched.sha256.len(), 64);
    let summary = brink_fetch::Summary::of(&fetched.features);
    assert!((summary.hectares - 8.0).abs() < 1e-9, "{summary:?}");

    let asked = server.asked();
    let pages: Vec<_> = asked.iter().filter(|asked| asked.path.ends_with("/items")).collect();
    assert!(pages.iter().all(|page| page.get("crs") == RD && page.get("limit") == "3"));
    assert!(pages.iter().all(|page| page.headers["accept"].starts_with("application/geo+json")));
    assert!(pages.iter().all(|page| page.headers["user-agent"].starts_with("brink/")));
}

#[test]
fn tells_how_far_it_is() {
    #[derive(Default)]
    struct Heard {
        expected: Vec<u64>,
        features: Vec<(u64, usize)>,
    }
    impl brink_fetch::Progress for Heard {
        fn expected(&mut self, features: u64) {
            self.expected.push(features);
        }
        fn features(&mut self, features: u64, pages: usize) {
            self.features.push((features, pages));
        }
    }
    let server = Server::start(good(8));
    let mut heard = Heard::default();
    fetch(&vakken(&server), &hasty(), &mut heard).unwrap();
    assert_eq!(heard.expected, [8]);
    assert_eq!(heard.features, [(3, 1), (6, 2), (8, 3)]);
}

#[test]
fn one_layer_fills_several_areas() {
    let server = Server::start(good(8));
    let mut source = vakken(&server);
    source.select = serde_json::from_value(json!({"soort": "even"})).unwrap();
    let fetched = layer(&source, &hasty()).unwrap();
    assert_eq!(ids(&fetched), ["vak.0", "vak.2", "vak.4", "vak.6"]);
    assert_eq!(fetched.received, 8);

    source.select = serde_json::from_value(json!({"soort": "evne"})).unwrap();
    let error = layer(&source, &hasty()).unwrap_err();
    assert!(
        matches!(&error, FetchError::NoMatch { present, .. } if present == &["even", "oneven"]),
        "{error}"
    );
}

#[test]
fn a_server_that_only_has_degrees() {
    let server = Server::start(|asked: &Asked| {
        if asked.path.ends_with("/items") { items(asked, 2) } else { Reply::json(&json!({"id": "vakken"})) }
    });
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    let summary = brink_fetch::Summary::of(&fetched.features);
    // About 67 by 111 metres each.
    assert!((1.4..1.6).contains(&summary.hectares), "{summary:?}");
    assert!(server.asked().iter().all(|asked| asked.get("crs").is_empty()));
}

#[test]
fn degrees_where_rd_was_asked() {
    let server = with_pages(2, |_, page| page["features"] = (0..2).map(square_in_degrees).collect());
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::Read { .. }) && error.to_string().contains("WGS84"), "{error}");
}

#[test]
fn a_system_nobody_knows() {
    let good = good(2);
    let server = Server::start(move |asked: &Asked| {
        let mut reply = good(asked);
        for (name, value) in &mut reply.headers {
            if name == "Content-Crs" {
                *value = "<http://www.opengis.net/def/crs/EPSG/0/31370>".to_owned();
            }
        }
        reply
    });
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::WrongCrs { .. }), "{error}");
}

#[test]
fn filters_go_to_the_server() {
    let server = Server::start(good(2));
    let mut source = vakken(&server);
    source.filter = Some(serde_json::from_value(json!("soort = 'a&b'")).unwrap());
    layer(&source, &hasty()).unwrap();
    source.filter = Some(serde_json::from_value(json!({"groep": "a&b"})).unwrap());
    layer(&source, &hasty()).unwrap();
    source.filter = Some(serde_json::from_value(json!({"groep": ["a", "b"], "plaats": "c"})).unwrap());
    layer(&source, &hasty()).unwrap();
    let asked: Vec<_> = server.asked().into_iter().filter(|asked| asked.path.ends_with("/items")).collect();
    assert_eq!((asked[0].get("filter"), asked[0].get("filter-lang")), ("soort = 'a&b'", "cql2-text"));
    assert_eq!((asked[1].get("groep"), asked[1].get("filter")), ("a&b", ""));
    assert_eq!((asked[2].get("plaats"), asked[2].get("filter")), ("c", "groep IN ('a', 'b')"));
    assert_eq!(asked[2].get("filter-lang"), "cql2-text");
}

#[test]
fn fewer_or_more_than_promised() {
    for (said, real) in [(9, 8), (7, 8), (100, 8)] {
        let server = with_pages(8, move |_, page| page["numberMatched"] = json!(said));
        let error = layer(&vakken(&server), &hasty()).unwrap_err();
        assert!(
            matches!(error, FetchError::Count { expected, received } if expected == said && received <= real + 1),
            "{error}"
        );
    }
    // A server that does not count is believed.
    let server = with_pages(8, |_, page| page["numberMatched"] = json!("unknown"));
    assert_eq!(layer(&vakken(&server), &hasty()).unwrap().received, 8);
}

#[test]
fn an_empty_layer_is_not_a_layer() {
    let server = Server::start(good(0));
    assert!(matches!(layer(&vakken(&server), &hasty()).unwrap_err(), FetchError::Empty));
}

#[test]
fn pages_without_end() {
    fn next(page: &mut Value, href: String) {
        page["numberMatched"] = Value::Null;
        page["links"] = json!([{"rel": "next", "href": href}]);
    }
    // A link to itself.
    let server = with_pages(3, |asked, page| next(page, format!("items?limit=3&crs={}", asked.get("crs"))));
    assert!(matches!(layer(&vakken(&server), &hasty()).unwrap_err(), FetchError::EndlessPaging { .. }));
    // Ever new links, ever the same page.
    let server =
        with_pages(3, |asked, page| next(page, format!("items?n={}&crs={}", asked.before, asked.get("crs"))));
    assert!(matches!(layer(&vakken(&server), &hasty()).unwrap_err(), FetchError::EndlessPaging { .. }));
    // Ever new links, ever empty pages.
    let server = with_pages(0, |asked, page| next(page, format!("items?n={}", asked.before)));
    assert!(matches!(layer(&vakken(&server), &hasty()).unwrap_err(), FetchError::EndlessPaging { .. }));
    // Ever new features.
    let server = with_pages(3, |asked, page| {
        page["features"] = json!([square(asked.before as u64)]);
        next(page, format!("items?n={}&crs={}", asked.before, asked.get("crs")));
    });
    assert!(matches!(layer(&vakken(&server), &hasty()).unwrap_err(), FetchError::TooManyPages { limit: 20 }));
}

#[test]
fn features_without_an_id_are_counted_over_the_pages() {
    let server = with_pages(8, |asked, page| {
        for feature in page["features"].as_array_mut().unwrap() {
            feature.as_object_mut().unwrap().remove("id");
        }
        if asked.number("offset") == Some(3) {
            page["features"][1]["geometry"] = Value::Null;
        }
    });
    let fetched = layer(&vakken(&server), &hasty()).unwrap();
    assert_eq!(ids(&fetched), ["1", "2", "3", "4", "6", "7", "8"]);
    // It came, so the layer is whole; that it has no shape is said.
    assert_eq!(fetched.received, 8);
    assert!(
        fetched.features.remarks.iter().any(|remark| remark.feature == "5"),
        "{:?}",
        fetched.features.remarks
    );
}

#[test]
fn a_feature_on_two_pages() {
    let server = with_pages(6, |asked, page| {
        if asked.number("offset") == Some(3) {
            page["features"] = json!([square(2), square(3), square(4)]);
        }
    });
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(&error, FetchError::OverlappingPages { id } if id == "vak.2"), "{error}");
}

#[test]
fn one_bad_page_is_no_layer() {
    let good = good(8);
    let server = Server::start(move |asked: &Asked| match asked.number("offset") {
        Some(6) => Reply::new(500, "text/plain", "stuk"),
        _ => good(asked),
    });
    let error = layer(&vakken(&server), &hasty()).unwrap_err();
    assert!(matches!(&error, FetchError::Status { status: 500, detail, .. } if detail == "stuk"), "{error}");
    assert_eq!(server.asked().iter().filter(|asked| asked.number("offset") == Some(6)).count(), 3);
}

#[test]
fn names_the_layers_there_are() {
    let server = Server::start(good(8));
    let mut source = vakken(&server);
    source.layer = Some("vaken".to_owned());
    let error = layer(&source, &hasty()).unwrap_err();
    assert!(
        matches!(&error, FetchError::NoLayer { offered, .. } if offered == &["vakken", "lijnen"]),
        "{error}"
    );
}

#[test]
fn a_server_that_shows_its_data_to_people_first() {
    let good = good(2);
    let server = Server::start(move |asked: &Asked| {
        if asked.path.ends_with("/items") && asked.get("f") != "json" {
            return Reply::new(200, "text/html", "<html><title>Vakken</title></html>");
        }
        good(asked)
    });
    assert_eq!(layer(&vakken(&server), &hasty()).unwrap().received, 2);
}

#[test]
fn hears_that_nothing_changed() {
    let good = good(3);
    let server = Server::start(move |asked: &Asked| {
        if asked.path.ends_with("/items")
            && asked.headers.get("if-none-match").is_some_and(|tag| tag == "\"a1\"")
        {
            return Reply { headers: Vec::new(), ..Reply::new(304, "", "") };
        }
        good(asked).header("ETag", "\"a1\"")
    });
    let source = vakken(&server);
    let mut options = hasty();
    let fetched = layer(&source, &options).unwrap();
    assert_eq!(fetched.validators.as_ref().unwrap().etag.as_deref(), Some("\"a1\""));
    options.validators = fetched.validators;
    assert_eq!(fetch(&source, &options, &mut ()).unwrap(), Answer::NotModified);
    // Another description asks anew.
    let mut other = source.clone();
    other.select = serde_json::from_value(json!({"soort": "even"})).unwrap();
    assert_eq!(layer(&other, &options).unwrap().features.features.len(), 2);
    // What the first of more pages says, says nothing of the others.
    options.page_size = 2;
    assert_eq!(layer(&source, &options).unwrap().validators, None);
}
