//! A page that says what went wrong and what to do.

use super::shell::Shell;
use crate::error::{PageError, title};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "fout.html")]
struct Failure<'a> {
    shell: Shell,
    heading: &'a str,
    text: &'a str,
    help: &'a [String],
}

/// The page of a fault.
pub(crate) fn page(error: &PageError) -> Response {
    let failure =
        Failure { shell: Shell::bare(), heading: title(error.status), text: &error.text, help: &error.help };
    let html = failure.render().unwrap_or_else(|_| error.text.clone());
    let mut response = (error.status, Html(html)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if error.status == StatusCode::TOO_MANY_REQUESTS || error.status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}
