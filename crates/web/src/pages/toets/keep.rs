//! Keeping an answer under an address of its own.

use super::answer;
use super::attachment;
use crate::app::App;
use crate::error::PageError;
use crate::pages::{Page, words};
use crate::plan_query::PlanQuery;
use crate::store::{Store, StoreError, Stored};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use brink_assess::{Outcome, PlanError, assess_inside};
use serde::Deserialize;
use serde_json::Value;

/// What was kept of an answer, for its page.
pub(super) struct Kept {
    pub id: String,
    pub date: String,
    pub verdict: String,
    pub version: String,
    pub public: bool,
    /// Whether package or maps have changed since.
    pub changed: bool,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    vraag: String,
    #[serde(default)]
    openbaar: String,
}

/// Keeps the answer to a plan and goes to its page.
pub(super) async fn keep(State(app): State<App>, Form(wanted): Form<Wanted>) -> Page {
    let state = app.clone();
    let kept = app
        .compute(move |world| {
            let query = PlanQuery::parse(&wanted.vraag);
            let read = query.plan(&state, world).map_err(super::wrong)?;
            let answer = assess_inside(&world.package, &read, &world.options())
                .map_err(|fault| super::wrong(PlanError::one(fault)))?;
            let json = serde_json::to_string(&answer).unwrap_or_default();
            let shape = query.shape(&state).ok().flatten();
            let public = wanted.openbaar == "ja";
            state.store().keep(&query.query(), &json, shape.as_deref(), public).map_err(fault)
        })
        .await??;
    Ok(Redirect::to(&format!("/antwoord/{kept}")).into_response())
}

/// The page of a kept answer: the plan as it is judged now, and what was said then.
pub(super) async fn show(State(app): State<App>, Path(id): Path<String>) -> Page {
    let state = app.clone();

    app.compute(move |world| {
        let stored = find(state.store(), &id)?;
        let then: Value = serde_json::from_str(&stored.answer).unwrap_or_default();
        let text = |path: &str| then.pointer(path).and_then(Value::as_str).unwrap_or("?").to_owned();
        let receipt = brink_assess::receipt(&world.package, Some(&world.ground), "");
        let now = serde_json::to_value(&receipt).unwrap_or_default();
        let same = |path: &str| then.pointer(&format!("/bewijs{path}")) == now.pointer(path);
        let word = text("/oordeel");
        let verdict = Outcome::ALL
            .iter()
            .find(|outcome| outcome.word() == word)
            .map_or_else(|| word.clone(), |outcome| words::label(outcome).to_owned());
        let kept = Kept {
            date: date(stored.made),
            verdict,
            version: text("/bewijs/pakket/versie"),
            public: stored.public,
            changed: !(same("/pakket/hash") && same("/lagen")),
            id: stored.id,
        };
        answer(&state, world, PlanQuery::parse(&stored.query), Some(&kept))
    })
    .await?
}

/// The answer as it was, as JSON.
pub(super) async fn download(State(app): State<App>, Path(id): Path<String>) -> Result<Response, PageError> {
    let state = app.clone();
    let stored = app.blocking(move || find(state.store(), &id)).await??;
    Ok(attachment("antwoord.json", stored.answer))
}

/// Takes a kept answer away: who has its address may.
pub(super) async fn forget(State(app): State<App>, Path(id): Path<String>) -> Page {
    let state = app.clone();
    let (found, query) = app
        .blocking(move || {
            let stored = find(state.store(), &id)?;
            Ok::<_, PageError>((state.store().forget(&id).map_err(fault)?, stored.query))
        })
        .await??;
    if found { Ok(Redirect::to(&format!("/toets?{query}")).into_response()) } else { Err(gone()) }
}

fn find(store: &Store, id: &str) -> Result<Stored, PageError> {
    store.find(id).map_err(fault)?.ok_or_else(gone)
}

fn gone() -> PageError {
    PageError::not_found("Dit antwoord is niet (meer) bewaard.")
        .help("Toets het plan opnieuw, of vraag de maker om een nieuwe link.")
}

fn fault(error: StoreError) -> PageError {
    if matches!(error, StoreError::Full) {
        return PageError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Er is geen ruimte meer om antwoorden te bewaren.",
        )
        .help("Het plan zit ook in het adres van de toets: bewaar die link.");
    }
    tracing::error!(%error, "store");
    PageError::new(StatusCode::INTERNAL_SERVER_ERROR, "Het bewaren is niet gelukt.")
}

fn date(second: i64) -> String {
    jiff::Timestamp::from_second(second)
        .map(|moment| moment.to_zoned(jiff::tz::TimeZone::system()).strftime("%d-%m-%Y").to_string())
        .unwrap_or_default()
}
