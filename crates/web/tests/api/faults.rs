//! What is refused, and how that is said.

use crate::server::{Reply, Server};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use std::fmt::Write as _;

fn problem(reply: &Reply) -> Value {
    assert_eq!(reply.kind(), "application/problem+json", "{reply:?}");
    assert_eq!(reply.header("api-version"), "1.0.0");
    let body = reply.json();
    assert_eq!(body["status"], reply.status.as_u16());
    body
}

#[tokio::test]
async fn faults_in_words() {
    let server = Server::drenthe();
    let mut told = String::new();
    for path in [
        "/normen?onderdel=5",
        "/normen?gebied=beekda",
        "/normen?pagina=0&perPagina=veel",
        "/normen?pagina=1&pagina=2",
        "/normen/",
        "/normen/9-99",
        "/uitspraken?soort=mening",
        "/onderdelen/5.66",
        "/woordenlijst/gebieden/beekda",
        "/woordenlijst/dieren",
        "/doelen?x=1",
        "/toets",
        "/toets?activiteit=zonneprk&punt=6.75,52.95",
        "/toets?activiteit=zonnepark&m.beekdal=misschien",
        "/toets?activiteit=zonnepark&punt=4.9,52.37",
        "/waar",
        "/waar?punt=52.99,6.56",
        "/waar?punt=6.56,52.99&vorm=POINT(6.56%2052.99)",
        "/waar?vorm=POLYGON((",
        "/zoek?q=",
        "/taken/0",
    ] {
        let reply = server.get(path).await;
        let body = problem(&reply);
        writeln!(told, "{path}\n  {} {}: {}", reply.status.as_u16(), body["title"], body["detail"]).unwrap();
        for fault in body["meldingen"].as_array().into_iter().flatten() {
            writeln!(told, "  - {fault}").unwrap();
        }
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn methods_and_forms() {
    let server = Server::drenthe();
    let put = Request::put("/api/v1/normen").body(Body::empty()).unwrap();
    let put = server.ask(put).await;
    problem(&put);
    assert_eq!((put.status, put.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, OPTIONS"));
    let delete = Request::delete("/api/v1/toets").body(Body::empty()).unwrap();
    assert_eq!(server.ask(delete).await.header("allow"), "GET, HEAD, OPTIONS, POST");
    let csv = server.get_as("/normen", "text/csv").await;
    problem(&csv);
    assert_eq!(csv.status, StatusCode::NOT_ACCEPTABLE);
    for (kind, status) in [
        ("text/csv", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/json; charset=latin1", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/json", StatusCode::BAD_REQUEST),
    ] {
        let reply = server.send("/toets", kind, "{}").await;
        problem(&reply);
        assert_eq!(reply.status, status, "{kind}");
    }
}

#[tokio::test]
async fn too_much_and_no_json() {
    let server = Server::drenthe();
    let large = format!("{{\"titel\": \"{}\"}}", "x".repeat(3 << 20));
    let reply = server.send("/toets", "application/json", large.clone()).await;
    problem(&reply);
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    // The same without saying so beforehand.
    let pieces = large
        .into_bytes()
        .chunks(1 << 16)
        .map(|piece| Ok::<_, std::io::Error>(piece.to_vec()))
        .collect::<Vec<_>>();
    let body = Body::from_stream(futures(pieces));
    let reply = server.send("/toets", "application/json", body).await;
    problem(&reply);
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    for body in ["", "{", "[]", "7", "{\"activiteit\": 1}"] {
        let reply = server.send("/toets", "application/json", body).await;
        assert!(!problem(&reply)["meldingen"].as_array().unwrap().is_empty());
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }
    for body in ["", "{", "[]", "{\"activiteit\": 1}", "{\"type\": \"Point\"}", "\u{feff}{}"] {
        assert_eq!(server.send("/geschikt", "application/json", body).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(server.send("/waar", "application/geo+json", body).await.status, StatusCode::BAD_REQUEST);
    }
    let bytes = server.send("/waar", "application/geo+json", vec![0xff, 0xfe]).await;
    assert_eq!(bytes.status, StatusCode::BAD_REQUEST);
}

/// A body in pieces.
fn futures(
    pieces: Vec<Result<Vec<u8>, std::io::Error>>,
) -> impl futures_core::Stream<Item = Result<Vec<u8>, std::io::Error>> {
    struct Pieces(std::vec::IntoIter<Result<Vec<u8>, std::io::Error>>);
    impl futures_core::Stream for Pieces {
        type Item = Result<Vec<u8>, std::io::Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next())
        }
    }
    Pieces(pieces.into_iter())
}

#[tokio::test]
async fn other_sites_may_read() {
    let server = Server::drenthe();
    let request = Request::get("/api/v1/openapi.json").header("origin", "https://elders.example");
    let reply = server.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(reply.header("api-version"), "1.0.0");
    let request = Request::options("/api/v1/toets")
        .header("origin", "https://elders.example")
        .header("access-control-request-method", "POST");
    let reply = server.ask(request.body(Body::empty()).unwrap()).await;
    assert!(reply.status.is_success() && reply.header("access-control-allow-methods").contains("POST"));
}

#[tokio::test]
async fn searching_says_what_is_wrong() {
    let server = Server::drenthe();
    let mut told = String::new();
    for body in [
        json!({}),
        json!({ "activiteit": "zonnepark", "raster": 5 }),
        json!({ "activiteit": "zonnepark", "raster": "fijn", "aantal": 0, "binnen": "x", "tot": 3 }),
        json!({ "activiteit": "zonnepark", "tot": "mooi" }),
        json!({ "activiteit": "zonnepark", "binnen": ["beekda"] }),
        json!({ "activiteit": "zonnepark", "minimaal": -1 }),
        json!({ "activiteit": "zonnepark", "locatie": null, "rastr": 1 }),
    ] {
        let reply = server.post("/geschikt", &body).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
        writeln!(told, "{body}").unwrap();
        for fault in problem(&reply)["meldingen"].as_array().unwrap() {
            writeln!(told, "  - {fault}").unwrap();
        }
    }
    insta::assert_snapshot!(told);
}
