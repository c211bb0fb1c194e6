//! `brink server` answers programs as the command line does.

use crate::run::{command, text};
use crate::streek::{HOUSES, Streek, rect, spot};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// A server over a package, stopped when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn over(streek: &Streek) -> Self {
        let (package, maps) = (streek.package.to_str().unwrap(), streek.maps.to_str().unwrap());
        let mut child =
            command(&["server", "--adres", "127.0.0.1:0", "--pakket", package, "--kaarten", maps])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Brink staat klaar op http://").unwrap();
        let address = address.trim_end_matches('/').to_owned();
        Self { child, address }
    }

    fn ask(&self, head: &str, form: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: brink\r\nConnection: close\r\nAccept: {form}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(head.to_ascii_lowercase().contains("\r\napi-version: "), "{head}");
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }

    fn get(&self, path: &str) -> Value {
        self.ask(&format!("GET /api/v1{path}"), "application/json", "")
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask(&format!("POST /api/v1{path}"), "*/*", &body.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a command answers, whatever its status says of what was found.
fn told(streek: &Streek, arguments: &[&str]) -> Value {
    streek.run(&[arguments, &["--json"]].concat()).json()
}

#[test]
fn lists_are_those_of_the_command_line() {
    let streek = Streek::new("api-lijsten");
    let server = Server::over(&streek);
    let mut compared = 0;
    let mut same = |path: &str, arguments: &[&str]| {
        assert_eq!(server.get(path), told(&streek, arguments), "{path}");
        compared += 1;
    };
    same("/normen?perPagina=5000", &["normen"]);
    same("/normen?onderdeel=2.1&perPagina=5000", &["normen", "--onderdeel", "2.1"]);
    same("/normen?activiteit=evenement", &["normen", "--activiteit", "evenement"]);
    same("/normen?gebied=stiltegebied", &["normen", "--gebied", "stiltegebied"]);
    for list in ["activiteiten", "gebieden", "gegevens", "belangen", "termen"] {
        same(&format!("/woordenlijst/{list}"), &["woordenlijst", list]);
    }
    same("/zoek?q=dorpsfeest", &["woordenlijst", "zoek", "dorpsfeest"]);
    same("/zoek?q=raketbasis", &["woordenlijst", "zoek", "raketbasis"]);
    same("/doelen", &["doelen"]);
    same("/lagen", &["kaarten", "lijst"]);
    assert_eq!(compared, 13);
}

#[test]
fn answers_are_those_of_the_command_line() {
    let streek = Streek::new("api-antwoorden");
    let server = Server::over(&streek);
    let place = spot(800.0, 500.0);
    assert_eq!(server.get(&format!("/waar?punt={place}")), told(&streek, &["waar", "--punt", &place]));
    let drawn = rect([500.0, 100.0, 700.0, 300.0]);
    let file = streek.file("plek.geojson", drawn.to_string());
    assert_eq!(server.post("/waar", &drawn), told(&streek, &["waar", "--vlak", &file]));
    let shapes = server.ask("POST /api/v1/waar", "application/geo+json", &drawn.to_string());
    assert_eq!(shapes, streek.run(&["waar", "--vlak", &file, "--geojson"]).json());

    for plan in [
        json!({ "activiteit": "woning-bouwen", "locatie": rect(HOUSES), "gegevens": { "oppervlakte-m2": 1000 } }),
        json!({ "activiteit": "evenement", "gebieden": { "binnen": ["stiltegebied"] }, "peildatum": "2026-11-01" }),
        json!({ "activiteit": "bedrijf-vestigen", "titel": "Een smid", "onderdelen": ["2"] }),
    ] {
        let file = streek.file("plan.json", plan.to_string());
        assert_eq!(server.post("/toets", &plan), told(&streek, &["toets", &file]));
        assert_eq!(server.post("/toets?alles=true", &plan), told(&streek, &["toets", &file, "--alles"]));
    }

    let typed = ["geschikt", "--activiteit", "woning-bouwen", "--gegeven", "oppervlakte-m2=1000"];
    let question =
        json!({ "activiteit": "woning-bouwen", "gegevens": { "oppervlakte-m2": 1000 }, "tot": "strijdig" });
    let found = told(&streek, &[&typed[..], &["--tot", "strijdig"]].concat());
    assert_eq!(server.post("/geschikt", &question), found);
    assert!(!text(&found["zones"][0]["oordeel"]).is_empty());
}
