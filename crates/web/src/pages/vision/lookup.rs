//! Searching in the vision.

use super::address;
use crate::app::App;
use crate::pages::shell::Shell;
use crate::pages::{Page, page};
use crate::reader::{Book, Found};
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

/// Most characters of a question.
const LONGEST: usize = 200;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "visie_zoek.html")]
struct Results {
    shell: Shell,
    query: String,
    found: Found,
    has_text: bool,
    /// The same question about activities and places.
    elsewhere: String,
}

impl Results {
    fn section(&self, number: &str) -> String {
        address::section(number)
    }

    fn statement(&self, id: &str) -> String {
        address::statement(id)
    }
}

pub(super) async fn lookup(State(app): State<App>, Query(asked): Query<Asked>) -> Page {
    let query: String = asked.q.trim().chars().take(LONGEST).collect();
    app.compute(move |world| {
        let found = if query.is_empty() { Found::default() } else { Book::of(world).search(&query) };
        let elsewhere = format!("/zoek?{}", serde_urlencoded::to_string([("q", &query)]).unwrap_or_default());
        let has_text = world.text.is_some();
        page(&Results { shell: Shell::new(world, "visie"), query, found, has_text, elsewhere })
    })
    .await?
}
