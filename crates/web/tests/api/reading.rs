//! What is read: lists, single things, plans and places.

use crate::server::Server;
use axum::http::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn lists_and_single_things_agree() {
    let server = Server::drenthe();
    let norms = server.get("/normen?onderdeel=5.6&perPagina=5000").await;
    assert_eq!((norms.status, norms.kind()), (StatusCode::OK, "application/json"));
    let norms = norms.json();
    let list = norms["normen"].as_array().unwrap();
    assert!(list.len() > 10);
    for norm in list.iter().take(5) {
        let id = norm["id"].as_str().unwrap();
        assert_eq!(server.get(&format!("/normen/{id}")).await.json(), *norm);
        let statement = server.get(&format!("/uitspraken/{id}")).await.json();
        assert_eq!(statement["samenvatting"], norm["samenvatting"]);
        assert_eq!(statement["effect"], norm["effect"]);
        assert_eq!(statement["onderdeel"]["id"], norm["onderdeel"]);
    }
    for list in ["activiteiten", "gebieden", "gegevens", "belangen", "termen"] {
        let all = server.get(&format!("/woordenlijst/{list}")).await.json();
        let first = &all[0];
        let id = first["id"].as_str().unwrap();
        assert_eq!(server.get(&format!("/woordenlijst/{list}/{id}")).await.json(), *first);
    }
    let goals = server.get("/doelen").await.json();
    let id = goals["doelen"][0]["id"].as_str().unwrap();
    assert_eq!(server.get(&format!("/doelen/{id}")).await.json(), goals["doelen"][0]);
    assert_eq!(server.get("/diensten").await.json(), goals["diensten"]);
}

#[tokio::test]
async fn pages_hold_everything_once() {
    let server = Server::drenthe();
    let whole = server.get("/uitspraken?perPagina=5000").await;
    let all = whole.json()["uitspraken"].as_array().unwrap().clone();
    assert_eq!(whole.header("x-total-count"), all.len().to_string());
    let mut found: Vec<Value> = Vec::new();
    let mut next = "/uitspraken?perPagina=700".to_owned();
    loop {
        let page = server.get(&next).await;
        found.extend(page.json()["uitspraken"].as_array().unwrap().iter().cloned());
        let links = page.header("link").to_owned();
        let Some(link) = links.split(", ").find(|link| link.ends_with("rel=\"next\"")) else {
            break;
        };
        next = link.split(['<', '>']).nth(1).unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    }
    assert_eq!(found, all);
}

#[tokio::test]
async fn sections_count_their_statements() {
    let server = Server::drenthe();
    let tree = server.get("/onderdelen").await.json();
    let total: u64 =
        tree.as_array().unwrap().iter().map(|one| one["uitspraken_totaal"].as_u64().unwrap()).sum();
    let all = server.get("/uitspraken?perPagina=1").await;
    assert_eq!(all.header("x-total-count"), total.to_string());
    let one = server.get("/onderdelen/5.6").await.json();
    let below = server.get("/uitspraken?onderdeel=5.6&perPagina=1").await;
    assert_eq!(below.header("x-total-count"), one["uitspraken_totaal"].to_string());
    assert_eq!(one["onderdelen"][1]["nummer"], "5.6.2");
}

#[tokio::test]
async fn a_plan_in_the_address_and_a_plan_that_is_sent_get_one_answer() {
    let server = Server::drenthe();
    let plan = json!({
        "activiteit": "zonnepark",
        "locatie": { "type": "Point", "coordinates": [6.75, 52.95] },
        "gegevens": { "combineert-functies": true },
    });
    let sent = server.post("/toets", &plan).await;
    assert_eq!((sent.status, sent.header("cache-control")), (StatusCode::OK, "no-store"));
    let asked = server.get("/toets?activiteit=zonnepark&punt=6.75,52.95&g.combineert-functies=ja").await;
    assert_eq!(asked.json(), sent.json());
    let feature = json!({
        "type": "Feature",
        "geometry": plan["locatie"],
        "properties": { "activiteit": "zonnepark", "gegevens": plan["gegevens"] },
    });
    let drawn = server.send("/toets", "application/geo+json; charset=utf-8", feature.to_string()).await;
    assert_eq!(drawn.json(), sent.json());
    let all = server.get("/toets?activiteit=zonnepark&punt=6.75,52.95&alles=true").await.json();
    let count = |answer: &Value| answer["normen"].as_array().unwrap().len();
    assert!(count(&all) > count(&asked.json()));
}

#[tokio::test]
async fn a_place_as_list_and_as_shapes() {
    let server = Server::drenthe();
    let list = server.get("/waar?punt=6.56,52.99").await.json();
    let shapes = server.get_as("/waar?punt=6.56,52.99", "application/geo+json").await;
    assert_eq!(shapes.kind(), "application/geo+json");
    let shapes = shapes.json();
    let drawn: Vec<&str> = shapes["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["gebied"].as_str().unwrap())
        .collect();
    let touched: Vec<&str> =
        list["geraakt"].as_array().unwrap().iter().map(|area| area["id"].as_str().unwrap()).collect();
    assert!(!drawn.is_empty() && drawn.iter().all(|area| touched.contains(area)));
    let point = json!({ "type": "Point", "coordinates": [6.56, 52.99] });
    let sent = server.send("/waar", "application/geo+json", point.to_string()).await;
    assert_eq!(sent.json(), list);
    assert_eq!(server.get("/waar?vorm=POINT(6.56%2052.99)").await.json(), list);
}

#[tokio::test]
async fn words_package_and_places() {
    let server = Server::drenthe();
    let found = server.get("/zoek?q=zonnepanelen%20in%20het%20weiland").await.json();
    assert_eq!(found["gevonden"], true);
    assert_eq!(server.get("/zoek?q=raketbasis").await.json()["gevonden"], false);
    let package = server.get("/pakket").await.json();
    assert_eq!(package["id"], "drenthe-2022");
    assert_eq!(
        package["dekking"].as_array().unwrap().len() as u64,
        package["aantallen"]["onderdelen"].as_u64().unwrap()
    );
    assert!(!package["inconsistenties"].as_array().unwrap().is_empty());
    let places = server.get("/plaatsen").await;
    assert_eq!(places.kind(), "application/geo+json");
    assert_eq!(places.json()["features"][0]["properties"]["naam"], "Brinkdorp");
    let layers = server.get("/lagen").await.json();
    assert_eq!(layers.as_array().unwrap().len() as u64, package["aantallen"]["gebieden"].as_u64().unwrap());
}

#[tokio::test]
async fn a_statement_names_what_names_it() {
    let server = Server::drenthe();
    let folded = server.get("/uitspraken?perPagina=5000").await.json();
    let one =
        folded["uitspraken"].as_array().unwrap().iter().find(|one| !one["verwerkt_in"].is_null()).unwrap();
    let id = one["id"].as_str().unwrap();
    let whole = server.get(&format!("/uitspraken/{id}")).await.json();
    let norm = whole["verwerkt_in"]["id"].as_str().unwrap();
    let norm = server.get(&format!("/uitspraken/{norm}")).await.json();
    assert!(norm["bevat"].as_array().unwrap().iter().any(|other| other["id"] == id));
    assert!(!norm["gevallen"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let server = Server::drenthe();
    let first = server.get("/belangen").await;
    assert_eq!(first.status, StatusCode::NOT_FOUND);
    let first = server.get("/woordenlijst/belangen").await;
    let request = axum::http::Request::get("/api/v1/woordenlijst/belangen")
        .header("if-none-match", first.header("etag"))
        .body(axum::body::Body::empty())
        .unwrap();
    let again = server.ask(request).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let head =
        axum::http::Request::head("/api/v1/woordenlijst/belangen").body(axum::body::Body::empty()).unwrap();
    let head = server.ask(head).await;
    assert_eq!((head.status, head.header("etag")), (StatusCode::OK, first.header("etag")));
}
