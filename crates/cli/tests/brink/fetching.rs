//! `brink kaarten ophalen`, against a web server of its own.

use crate::run::{edit, text};
use crate::streek::{HEATH, Streek, collection, feature, rect};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server answers: status, headers and body.
type Reply = (u16, String, String);

/// A server that gives the last answer it was told to give.
struct Server {
    url: String,
    reply: Arc<Mutex<Reply>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let reply = Arc::new(Mutex::new((404, String::new(), String::new())));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answers, log) = (Arc::clone(&reply), Arc::clone(&asked));
        // Ends with the test.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let request = head(&stream);
                log.lock().unwrap().push(request);
                let (status, headers, body) = answers.lock().unwrap().clone();
                let length = body.len();
                let _ = write!(
                    &stream,
                    "HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { url, reply, asked }
    }

    fn says(&self, status: u16, headers: &str, body: &Value) {
        *self.reply.lock().unwrap() = (status, headers.to_owned(), body.to_string());
    }
}

fn head(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

const GEOJSON: &str = "Content-Type: application/geo+json\r\n";

/// The streek, with a source for the heath.
fn streek(name: &str, source: &str) -> Streek {
    let streek = Streek::new(name);
    let with = format!("  naam: De heide\n  bronnen:\n    - {source}\n");
    edit(&streek.package, "gebieden.yaml", "  naam: De heide\n", &with);
    streek
}

fn file_at(server: &Server) -> String {
    format!(
        "{{dienst: bestand, url: \"{}/heide.geojson\", kenmerk: {{soort: heide}}, licentie: CC0, bronhouder: Streek}}",
        server.url
    )
}

fn shapes(right: f64) -> Value {
    let mut empty = feature(&Value::Null, &json!({ "soort": "heide" }));
    empty["id"] = json!("perceel-7");
    let heath = rect([HEATH[0], HEATH[1], right, HEATH[3]]);
    collection(&[
        feature(&heath, &json!({ "soort": "heide" })),
        feature(&rect([900.0, 0.0, 950.0, 100.0]), &json!({ "soort": "bos" })),
        empty,
    ])
}

fn heath(streek: &Streek) -> Value {
    let rows = streek.json(&["kaarten", "lijst"]);
    rows.as_array().unwrap().iter().find(|row| row["gebied"] == "heide").unwrap().clone()
}

#[test]
fn a_layer_is_fetched_and_what_changed_and_was_left_out_is_told() {
    let server = Server::start();
    let streek = streek("ophalen", &file_at(&server));
    server.says(200, &format!("{GEOJSON}ETag: \"een\"\r\n"), &shapes(500.0));
    let ran = streek.run(&["kaarten", "ophalen"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    assert!(ran.out.starts_with("heide: "), "{}", ran.out);
    assert!(ran.out.contains("  - perceel-7: weggelaten: "), "{}", ran.out);
    assert!(ran.out.ends_with("\n1 laag opgehaald, 0 lagen mislukt\n"), "{}", ran.out);
    let row = heath(&streek);
    assert_eq!(
        (&row["kaartsoort"], &row["hectare"], &row["licentie"]),
        (&json!("echt"), &json!(50.0), &json!("CC0"))
    );
    assert!(text(&row["bron"]).contains("Streek"), "{row}");

    // The next time the server may say that nothing changed.
    server.says(304, "ETag: \"een\"\r\n", &Value::Null);
    let ran = streek.run(&["kaarten", "ophalen", "heide"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("heide: niets veranderd\n"), "{}", ran.out);
    let asked = server.asked.lock().unwrap().last().unwrap().to_ascii_lowercase();
    assert!(asked.contains("if-none-match: \"een\""), "{asked}");
    let same = streek.run(&["kaarten", "ophalen", "--json"]);
    let line: Value = serde_json::from_str(same.out.trim()).unwrap();
    assert_eq!((&line["gebied"], &line["verandering"]), (&json!("heide"), &json!("niets veranderd")));

    // Who insists gets it whole.
    server.says(200, GEOJSON, &shapes(600.0));
    assert_eq!(streek.run(&["kaarten", "ophalen", "--opnieuw"]).code, 0);
    let asked = server.asked.lock().unwrap().last().unwrap().to_ascii_lowercase();
    assert!(!asked.contains("if-none-match"), "{asked}");
    assert_eq!(heath(&streek)["hectare"], 60.0);
}

#[test]
fn a_layer_that_lost_most_is_not_taken_unless_somebody_insists() {
    let server = Server::start();
    let streek = streek("ophalen-verlies", &file_at(&server));
    server.says(200, GEOJSON, &shapes(500.0));
    assert_eq!(streek.run(&["kaarten", "ophalen"]).code, 0);
    server.says(200, GEOJSON, &shapes(100.0));
    let ran = streek.run(&["kaarten", "ophalen"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.starts_with("heide: de laag zou meer dan de helft verliezen"), "{}", ran.out);
    assert!(ran.out.ends_with("\n0 lagen opgehaald, 1 laag mislukt\n"), "{}", ran.out);
    assert_eq!(heath(&streek)["hectare"], 50.0);
    assert_eq!(streek.run(&["kaarten", "ophalen", "--forceer"]).code, 0);
    assert_eq!(heath(&streek)["hectare"], 10.0);
}

#[test]
fn an_answer_that_is_no_map_leaves_the_old_layer() {
    let server = Server::start();
    let streek = streek("ophalen-fout", &file_at(&server));
    server.says(200, GEOJSON, &shapes(500.0));
    assert_eq!(streek.run(&["kaarten", "ophalen"]).code, 0);
    for (status, body) in [
        (200, json!({ "error": { "code": 400, "message": "Invalid URL" } })),
        (200, json!("<html>")),
        (200, json!({ "type": "FeatureCollection", "features": [] })),
        (404, json!({})),
    ] {
        server.says(status, GEOJSON, &body);
        let ran = streek.run(&["kaarten", "ophalen"]);
        assert_eq!(ran.code, 1, "{status} {body}: {ran:?}");
        assert!(ran.out.starts_with("heide: ") && ran.out.contains("1 laag mislukt"), "{}", ran.out);
        assert_eq!(heath(&streek)["hectare"], 50.0);
        let line = streek.run(&["kaarten", "ophalen", "--json"]);
        assert_eq!(line.code, 1);
        let line: Value = serde_json::from_str(line.out.trim()).unwrap();
        assert!(!text(&line["fout"]["meldingen"][0]["melding"]).is_empty(), "{line}");
    }
}

#[test]
fn a_file_in_the_package_is_found_from_anywhere() {
    let streek = streek(
        "ophalen-bestand",
        "{dienst: bestand, url: kaarten/heide.geojson, licentie: CC0, bronhouder: Streek}",
    );
    crate::run::file(&streek.package, "kaarten/heide.geojson", rect(HEATH).to_string());
    let ran = streek.run(&["kaarten", "ophalen"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(heath(&streek)["kaartsoort"], "echt");
}

#[test]
fn areas_without_a_source() {
    let server = Server::start();
    let streek = streek("ophalen-zonder", &file_at(&server));
    let ran = streek.run(&["kaarten", "ophalen", "bebouwd"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.starts_with("bebouwd: het pakket noemt geen bron\n  importeer een bestand met `brink kaarten importeer BESTAND --gebied bebouwd`"), "{}", ran.out);
    let said = streek.refused(&["kaarten", "ophalen", "hei"]);
    assert!(said.contains("onbekend gebied `hei`"), "{said}");
    let said = Streek::new("ophalen-niets").refused(&["kaarten", "ophalen"]);
    assert!(said.contains("het pakket noemt van geen gebied waar de kaart te halen is"), "{said}");
}
