//! Looking for a good place, at once and as a task.

use crate::server::{Reply, Server};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

fn question(raster: u32) -> Value {
    json!({
        "activiteit": "zonnepark", "raster": raster, "binnen": ["gemeente-assen"], "tot": "strijdig", "aantal": 3,
    })
}

async fn start(server: &Server, question: &Value) -> Reply {
    let request = Request::post("/api/v1/geschikt")
        .header("content-type", "application/json")
        .header("prefer", "respond-async, wait=10");
    server.ask(request.body(Body::from(question.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_task_gives_what_an_answer_at_once_gives() {
    let server = Server::drenthe();
    let once = server.post("/geschikt", &question(250)).await;
    assert_eq!(once.status, StatusCode::OK);
    let once = once.json();
    assert!(!once["zones"].as_array().unwrap().is_empty());

    let started = start(&server, &question(250)).await;
    assert_eq!(started.status, StatusCode::ACCEPTED);
    assert_eq!(started.header("preference-applied"), "respond-async");
    let place = started.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let ready = loop {
        let task = server.get(&place).await;
        assert_eq!(task.header("cache-control"), "no-store");
        let task = task.json();
        match task["stand"].as_str().unwrap() {
            "klaar" => break task,
            "wacht" | "bezig" => tokio::time::sleep(Duration::from_millis(20)).await,
            other => panic!("{other}"),
        }
    };
    assert!(ready["blijft_tot"].is_string());
    let result = ready["resultaat"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
    assert_eq!(server.get(result).await.json(), once);
    let shapes = server.get_as(result, "application/geo+json").await.json();
    let properties: Vec<&Value> =
        shapes["features"].as_array().unwrap().iter().map(|feature| &feature["properties"]).collect();
    assert_eq!(properties, once["zones"].as_array().unwrap().iter().collect::<Vec<_>>());

    let delete = || Request::delete(format!("/api/v1{place}")).body(Body::empty()).unwrap();
    assert_eq!(server.ask(delete()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.ask(delete()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get(result).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_the_same_everywhere_can_be_left_out() {
    let server = Server::drenthe();
    let ask = async |by_place: Value| {
        let mut question = question(250);
        question["plaatsgebonden"] = by_place;
        server.post("/geschikt", &question).await
    };
    let all = ask(json!(false)).await.json();
    assert_eq!(all, server.post("/geschikt", &question(250)).await.json());
    assert!(all.get("overal").is_none());
    let by_place = ask(json!(true)).await.json();
    let everywhere = &by_place["overal"];
    assert!(
        everywhere["aantal"].as_u64().unwrap() > 0 && !everywhere["redenen"].as_array().unwrap().is_empty()
    );
    assert_ne!(by_place["verdeling"], all["verdeling"]);
    let wrong = ask(json!("ja")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert_eq!(wrong.json()["meldingen"][0]["veld"], "plaatsgebonden");
}

#[tokio::test]
async fn only_so_many_tasks_at_once() {
    // A server of its own: other tests start tasks too.
    let server = Server::klein();
    let question = json!({ "activiteit": "evenement", "raster": 10 });
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(start(&server, &question).await.status);
    }
    // They may be done before the next is asked for; none is refused for another reason.
    assert!(
        statuses
            .iter()
            .all(|status| { *status == StatusCode::ACCEPTED || *status == StatusCode::SERVICE_UNAVAILABLE })
    );
    assert_eq!(statuses.first(), Some(&StatusCode::ACCEPTED));
}
