//! What stands around every route.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use brink_web::Settings;
use common::{app_with, ask, ask_of, get};
use std::net::SocketAddr;

#[tokio::test]
async fn every_answer_is_guarded() {
    for address in ["/", "/niets", "/gezond", "/api/v1/niets"] {
        let answer = get(address).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{address}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{address}");
        assert_eq!(answer.header("strict-transport-security"), "", "{address}");
    }
    let html = get("/").await.text();
    assert!(!html.contains("style=") && !html.contains("onclick"), "nothing inline");
}

#[tokio::test]
async fn hsts_is_there_when_asked() {
    let app = app_with(Settings { hsts: true, ..Settings::default() });
    let answer = ask_of(&app, Request::get("/gezond").body(Body::empty()).unwrap()).await;
    assert!(answer.header("strict-transport-security").contains("max-age"));
}

#[tokio::test]
async fn faults_have_the_form_of_the_asker() {
    let page = get("/niets").await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (StatusCode::NOT_FOUND, "text/html; charset=utf-8")
    );
    let problem = get("/api/v1/niets").await;
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.json()["status"], 404);
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let first = get("/").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    let again = ask(Request::get("/").header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let date = first.header("last-modified").to_owned();
    let again =
        ask(Request::get("/").header(header::IF_MODIFIED_SINCE, &date).body(Body::empty()).unwrap()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let head = ask(Request::builder().method(Method::HEAD).uri("/").body(Body::empty()).unwrap()).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn what_is_kept_makes_earlier_answers_old() {
    let since =
        |date: &str| Request::get("/").header(header::IF_MODIFIED_SINCE, date).body(Body::empty()).unwrap();
    let date = get("/").await.header("last-modified").to_owned();
    assert_eq!(ask(since(&date)).await.status, StatusCode::NOT_MODIFIED);
    let kept = common::post_form("/toets/bewaar", &[("vraag", "activiteit=zonnepark")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text());
    assert_eq!(ask(since(&date)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_there_is_counted_too() {
    get("/bestaat-niet").await;
    let text = get("/metrics").await.text();
    assert!(text.contains("brink_verzoeken_total{route=\"(geen)\",method=\"GET\",status=\"404\"}"), "{text}");
}

#[tokio::test]
async fn answers_are_compressed_when_asked() {
    let packed =
        ask(Request::get("/").header(header::ACCEPT_ENCODING, "br").body(Body::empty()).unwrap()).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.bytes.len() * 2 < get("/").await.bytes.len());
}

#[tokio::test]
async fn a_client_that_asks_too_much_is_told_to_wait() {
    let app = app_with(Settings { verzoeken_per_seconde: 1, verzoeken_ineens: 3, ..Settings::default() });
    let from = |address: &str, path: &str| {
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo(format!("{address}:1000").parse::<SocketAddr>().unwrap()));
        request
    };
    let server = brink_web::router(app.clone());
    let ask = |request| {
        let server = server.clone();
        async move { tower::ServiceExt::oneshot(server, request).await.unwrap() }
    };
    for _ in 0..3 {
        assert_eq!(ask(from("192.0.2.1", "/")).await.status(), StatusCode::OK);
    }
    let refused = ask(from("192.0.2.1", "/")).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key(header::RETRY_AFTER));
    // Others notice nothing, and the operator always hears.
    assert_eq!(ask(from("192.0.2.2", "/")).await.status(), StatusCode::OK);
    assert_eq!(ask(from("192.0.2.1", "/gezond")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = app_with(Settings { grootste_verzoek: 1000, ..Settings::default() });
    let body = format!("vraag={}", "x".repeat(2000));
    let request = Request::post("/toets/bewaar")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    assert_eq!(ask_of(&app, request).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_operator_sees_routes_and_not_addresses() {
    get("/toets?activiteit=zonnepark&titel=geheim").await;
    let text = get("/metrics").await.text();
    assert!(text.contains("brink_verzoeken_total{route=\"/toets\",method=\"GET\",status=\"200\"}"), "{text}");
    assert!(!text.contains("geheim"));
    let ready = get("/klaar").await.json();
    assert_eq!(ready["status"], "klaar");
    assert!(ready["normen"].as_u64().unwrap() > 100);
}

#[tokio::test]
async fn another_world_takes_over_and_running_requests_keep_theirs() {
    let app = app_with(Settings::default());
    let before = app.world();
    let mut other = common::parts();
    other.package.info.title = "Andere visie".to_owned();
    app.replace(brink_web::World::new(other));
    assert_ne!(before.package.info.title, "Andere visie");
    let page = ask_of(&app, Request::get("/").body(Body::empty()).unwrap()).await.text();
    assert!(page.contains("Andere visie"));
}
