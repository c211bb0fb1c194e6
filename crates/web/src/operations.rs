//! For the operator: whether it lives, whether it can answer, what it counts.

use crate::app::App;
use crate::error::Problem;
use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/gezond", get(alive)).route("/klaar", get(ready)).route("/metrics", get(metrics))
}

async fn alive() -> Response {
    no_store(Json(json!({ "status": "gezond" })).into_response())
}

/// Whether a question can be answered now: one is tried.
async fn ready(State(app): State<App>) -> Result<Response, Problem> {
    let answer: Value = app
        .compute(|world| {
            json!({
                "status": "klaar", "pakket": world.package.info.id, "versie": world.package.info.version,
                "hash": world.package.info.hash, "normen": world.package.norms.len(),
                "lagen": world.ground.atlas().layers().len(), "brontekst": world.text.is_some(),
            })
        })
        .await?;
    Ok(no_store(Json(answer).into_response()))
}

async fn metrics(State(app): State<App>) -> Response {
    if !app.settings().metrieken {
        return Problem::not_found("metrieken staan uit (instelling `metrieken`)").into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    no_store(([(header::CONTENT_TYPE, kind)], app.metrics().text()).into_response())
}

fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}
