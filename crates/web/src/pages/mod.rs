//! The pages: what a visitor sees. Each works without scripts; scripts add the map and live answers.

mod about;
mod choose;
pub(crate) mod failure;
mod finder;
mod fit;
mod goals;
mod layers;
pub(crate) mod map_base;
mod place;
mod search;
pub(crate) mod shell;
mod start;
mod toets;
mod vision;
mod whereabouts;
pub(crate) mod words;

use crate::app::App;
use crate::error::PageError;
use askama::Template;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(start::routes())
        .merge(search::routes())
        .merge(toets::routes())
        .merge(vision::routes())
        .merge(goals::routes())
        .merge(about::routes())
        .merge(layers::routes())
        .merge(whereabouts::routes())
        .merge(fit::routes())
}

/// What a page handler answers.
pub(crate) type Page = Result<Response, PageError>;

/// Makes a page of a template.
pub(crate) fn page(template: &impl Template) -> Page {
    let mut response = Html(template.render()?).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
