//! ATOM feeds, as PDOK has them.

use brink_fetch::{Answer, FetchError, Source, fetch};
use serde_json::json;

use crate::invented::{collection, gml};
use crate::server::{Asked, Reply, Server};
use crate::{hasty, ids, layer, source};

const RD: &str = "https://www.opengis.net/def/crs/EPSG/0/28992";
const WGS84: &str = "https://www.opengis.net/def/crs/EPSG/0/4326";

fn feed(entries: &str) -> Reply {
    let start = r#"<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"
        xmlns:inspire_dls="http://inspire.ec.europa.eu/schemas/inspire_dls/1.0"><title>Vakken &amp; lijnen</title>
        <link rel="self" type="application/atom+xml" href="index.xml"/>"#;
    Reply::new(200, "application/atom+xml", format!("{start}{entries}</feed>"))
}

/// An entry of the feed of the service.
fn set(name: &str) -> String {
    format!(
        r#"<entry><title>Kaart {name}</title><id>http://x.nl/atom/{name}.xml</id>
        <link rel="describedby" type="application/xml" href="http://x.nl/metadata"/>
        <link rel="alternate" type="application/atom+xml" href="{name}.xml"/>
        <inspire_dls:spatial_dataset_identifier_code>code-{name}</inspire_dls:spatial_dataset_identifier_code></entry>"#
    )
}

/// An entry of the feed of a data set.
fn file(title: &str, crs: &str, links: &str) -> String {
    format!(
        r#"<entry><title>{title}</title><id>http://x.nl/{title}</id>{links}<category term="{crs}" label="stelsel"/></entry>"#
    )
}

fn link(rel: &str, kind: &str, href: &str) -> String {
    format!(r#"<link rel="{rel}" type="{kind}" href="{href}"/>"#)
}

fn start(sets: &'static [&'static str]) -> Server {
    Server::start(move |asked: &Asked| match asked.path.as_str() {
        "/atom/index.xml" => feed(&sets.iter().map(|name| set(name)).collect::<String>()),
        "/atom/vakken.xml" | "/atom/lijnen.xml" => feed(
            &[
                file(
                    "vakken-wgs",
                    WGS84,
                    &link("alternate", "application/geo+json", "../bestanden/wgs.geojson"),
                ),
                file("vakken-rd", RD, &link("alternate", "application/geo+json", "../bestanden/rd.geojson")),
                file("vakken-pdf", RD, &link("alternate", "application/pdf", "../bestanden/rd.pdf")),
            ]
            .concat(),
        ),
        "/bestanden/rd.geojson" if asked.headers.contains_key("if-modified-since") => {
            Reply { headers: Vec::new(), ..Reply::new(304, "", "") }
        }
        "/bestanden/rd.geojson" => squares(0).header("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
        "/bestanden/deel2.geojson" => squares(5),
        _ => Reply::new(404, "text/plain", "weg"),
    })
}

fn squares(from: u64) -> Reply {
    let mut squares = collection(from..from + 5);
    squares["crs"] = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}});
    Reply::new(200, "application/geo+json", squares.to_string())
}

fn at(server: &Server, path: &str, more: serde_json::Value) -> Source {
    let mut fields = json!({"dienst": "atom", "url": format!("{}{path}", server.url), "crs": "EPSG:28992"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    source(fields)
}

#[test]
fn from_service_to_data_set_to_file() {
    let server = start(&["vakken"]);
    let fetched = layer(&at(&server, "/atom/index.xml", json!({})), &hasty()).unwrap();
    assert_eq!(ids(&fetched).len(), 5);
    let paths: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths, ["/atom/index.xml", "/atom/vakken.xml", "/bestanden/rd.geojson"]);
    // The feed of the data set itself will do.
    assert_eq!(layer(&at(&server, "/atom/vakken.xml", json!({})), &hasty()).unwrap().received, 5);
}

#[test]
fn hears_that_nothing_changed() {
    let server = start(&["vakken"]);
    let source = at(&server, "/atom/index.xml", json!({}));
    let mut options = hasty();
    options.validators = layer(&source, &options).unwrap().validators;
    assert!(options.validators.as_ref().unwrap().url.ends_with("/bestanden/rd.geojson"));
    assert_eq!(fetch(&source, &options, &mut ()).unwrap(), Answer::NotModified);
}

#[test]
fn chooses_a_data_set_by_any_of_its_names() {
    let server = start(&["vakken", "lijnen"]);
    let error = layer(&at(&server, "/atom/index.xml", json!({})), &hasty()).unwrap_err();
    let offered = ["Kaart vakken", "Kaart lijnen"];
    assert!(
        matches!(&error, FetchError::Choose { field: "dataset", offered: all } if all == &offered),
        "{error}"
    );
    for name in ["kaart lijnen", "code-lijnen", "http://x.nl/atom/lijnen.xml", "lijnen.xml"] {
        let fetched = layer(&at(&server, "/atom/index.xml", json!({"dataset": name})), &hasty());
        assert_eq!(fetched.unwrap().received, 5, "{name}");
    }
    let error = layer(&at(&server, "/atom/index.xml", json!({"dataset": "wegen"})), &hasty()).unwrap_err();
    assert!(matches!(&error, FetchError::Choose { .. }), "{error}");
    // A wrong name is not overlooked when there is but one data set.
    let server = start(&["vakken"]);
    let error = layer(&at(&server, "/atom/index.xml", json!({"dataset": "wegen"})), &hasty()).unwrap_err();
    assert!(matches!(&error, FetchError::Choose { field: "dataset", .. }), "{error}");
    let named = at(&server, "/atom/index.xml", json!({"dataset": "vakken-rd"}));
    assert_eq!(layer(&named, &hasty()).unwrap().received, 5);
}

#[test]
fn takes_the_best_format_and_all_parts() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/feed" => feed(&file(
            "vakken",
            RD,
            &[
                link("alternate", "application/gml+xml;version=3.2", "rd.gml"),
                link("section", "application/geo+json", "rd.geojson"),
                link("section", "application/geo+json", "deel2.geojson"),
            ]
            .concat(),
        )),
        "/rd.geojson" => squares(0),
        "/deel2.geojson" => squares(5),
        _ => Reply::new(404, "", ""),
    });
    let fetched = layer(&at(&server, "/feed", json!({})), &hasty()).unwrap();
    assert_eq!((ids(&fetched).len(), fetched.pages, fetched.validators), (10, 2, None));
}

#[test]
fn downloads_of_gml_and_zip() {
    fn packed() -> Vec<u8> {
        use std::io::Write;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, numbers) in [("vakken.gml", 0..4), ("lijnen.gml", 4..6)] {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(gml(numbers, "unknown").as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/gml" => {
            feed(&file("vakken", RD, &link("alternate", "application/gml+xml;version=3.2", "vakken.gml")))
        }
        "/zip" => {
            feed(&file("vakken", RD, &link("alternate", "application/x-compressed", "vakken.zip?versie=2")))
        }
        "/vakken.gml" => Reply::new(200, "application/gml+xml", gml(0..3, "unknown")),
        _ => Reply::new(200, "application/zip", packed()),
    });
    let fields = |path: &str, more| {
        let mut source = at(&server, path, more);
        source.crs = None;
        source
    };
    let fetched = layer(&fields("/gml", json!({})), &hasty()).unwrap();
    assert_eq!(ids(&fetched), ["vak.0", "vak.1", "vak.2"]);
    let fetched = layer(&fields("/zip", json!({"laag": "vakken.gml"})), &hasty()).unwrap();
    assert_eq!(ids(&fetched), ["vak.0", "vak.1", "vak.2", "vak.3"]);
}

#[test]
fn one_part_that_is_gone_is_no_layer() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/feed" => feed(&file(
            "vakken",
            RD,
            &[
                link("section", "application/json", "rd.geojson"),
                link("section", "application/json", "weg.geojson"),
            ]
            .concat(),
        )),
        "/rd.geojson" => squares(0),
        _ => Reply::new(404, "text/plain", "weg"),
    });
    let error = layer(&at(&server, "/feed", json!({})), &hasty()).unwrap_err();
    assert!(matches!(error, FetchError::Status { status: 404, .. }), "{error}");
}

#[test]
fn feeds_that_go_nowhere() {
    for (entries, says) in [
        (set("index"), "kring"),
        (file("plaatje", RD, &link("alternate", "image/png", "a.png")), "image/png"),
        (file("kwaad", RD, &link("alternate", "application/geo+json", "file:///etc/passwd")), "alleen https"),
    ] {
        let server = Server::start(move |_: &Asked| feed(&entries));
        let error = layer(&at(&server, "/index.xml", json!({})), &hasty()).unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    let server = Server::start(|_: &Asked| Reply::xml("<rss/>"));
    let error = layer(&at(&server, "/index.xml", json!({})), &hasty()).unwrap_err().to_string();
    assert!(error.contains("`rss` in plaats van een ATOM-feed"), "{error}");
}

#[test]
fn a_download_that_is_a_page_for_people() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/feed" => feed(&file("vakken", RD, &link("alternate", "application/geopackage+sqlite3", "a.gpkg"))),
        _ => Reply::new(200, "application/octet-stream", "<html><title>Onderhoud</title></html>"),
    });
    let error = layer(&at(&server, "/feed", json!({})), &hasty()).unwrap_err();
    assert!(matches!(&error, FetchError::Html { title, .. } if title == "Onderhoud"), "{error}");
}
