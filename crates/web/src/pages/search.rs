//! Searching for an activity, a place or both.

use super::finder::{Found, find};
use super::shell::Shell;
use super::{Page, page};
use crate::app::App;
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use serde::Deserialize;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/zoek", get(search))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "zoek.html")]
struct Results {
    shell: Shell,
    query: String,
    found: Found,
    reader: String,
}

async fn search(State(app): State<App>, Query(asked): Query<Asked>) -> Page {
    let query: String = asked.q.trim().chars().take(200).collect();

    app.compute(move |world| {
        let found = if query.is_empty() { Found::default() } else { find(world, &query) };
        let reader =
            format!("/visie/zoek?{}", serde_urlencoded::to_string([("q", &query)]).unwrap_or_default());
        page(&Results { shell: Shell::new(world, ""), query, found, reader })
    })
    .await?
}
