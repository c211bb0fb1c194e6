//! What was found as a picture or a file.

use super::search::{EXACT, Search};
use crate::app::App;
use crate::error::PageError;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use brink_assess::Wanted;
use brink_reply::{Finding, ReplyError};

pub(super) async fn picture(
    State(app): State<App>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let bytes = made(app, query, EXACT, |found| found.png()).await?;
    Ok(([(header::CONTENT_TYPE, "image/png")], bytes).into_response())
}

pub(super) async fn shapes(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let bytes = made(app, query, EXACT, |found| {
        let shapes = found.shapes()?;
        Ok(serde_json::to_vec(&shapes).unwrap_or_default())
    })
    .await?;
    Ok(([(header::CONTENT_TYPE, "application/geo+json")], bytes).into_response())
}

pub(super) async fn table(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let bytes = made(app, query, f64::INFINITY, |found| found.geopackage()).await?;
    let mut response = ([(header::CONTENT_TYPE, "application/geopackage+sqlite3")], bytes).into_response();
    let name = HeaderValue::from_static("attachment; filename=\"geschikt.gpkg\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

async fn made(
    app: App,
    query: Option<String>,
    exact_up_to: f64,
    make: impl FnOnce(&Finding<'_>) -> Result<Vec<u8>, ReplyError> + Send + 'static,
) -> Result<Vec<u8>, PageError> {
    let query = query.unwrap_or_default();
    app.compute(move |world| {
        let mut search = Search::parse(&query);
        let (plan, usual) = search.strict(world)?;
        let wanted = Wanted { exact_up_to, ..usual };
        let given = search.given();
        make(&world.finding(&plan, search.part(), &given, &wanted)).map_err(|error| {
            tracing::error!(%error, "suitability");
            PageError::new(StatusCode::INTERNAL_SERVER_ERROR, "Het bestand kon niet worden gemaakt.")
        })
    })
    .await?
}
