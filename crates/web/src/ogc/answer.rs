//! Answers: in which form, with which links.

use crate::accept;
use crate::error::Problem;
use crate::pages::shell::Shell;
use crate::world::World;
use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Html,
}

pub(crate) const JSON: &str = "application/json";
pub(crate) const GEOJSON: &str = "application/geo+json";
pub(crate) const HTML: &str = "text/html";

impl Form {
    /// What `f` says, or else what the asker likes best; JSON when they do not say.
    pub(crate) fn of(f: Option<&str>, headers: &HeaderMap) -> Result<Self, Problem> {
        match f {
            Some("json") => return Ok(Self::Json),
            Some("html") => return Ok(Self::Html),
            Some(_) => return Err(Problem::bad_request("`f` is json of html")),
            None => {}
        }
        let wanted = accept::wanted(headers);
        let most = |forms: [&str; 2]| {
            forms.map(|form| accept::weight(&wanted, form)).into_iter().fold(0.0, f32::max)
        };
        let (html, json) = (most([HTML, "application/xhtml+xml"]), most([JSON, GEOJSON]));
        Ok(if html > json { Self::Html } else { Self::Json })
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Link {
    pub href: String,
    pub rel: &'static str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub templated: Option<bool>,
}

impl Link {
    pub(crate) fn new(rel: &'static str, kind: &'static str, href: String, title: impl Into<String>) -> Self {
        Self { href, rel, kind, title: title.into(), templated: None }
    }
}

/// JSON of this media type.
pub(crate) fn json(kind: &'static str, value: &Value) -> Response {
    text(kind, serde_json::to_string(value).unwrap_or_default())
}

/// Text of this media type.
pub(crate) fn text(kind: &'static str, text: String) -> Response {
    let mut response = (StatusCode::OK, text).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A page about a map service: all of them have the same parts.
#[derive(Debug, Default)]
pub(crate) struct ServicePage {
    pub heading: String,
    pub lead: String,
    /// The pages above this one: address and name.
    pub above: Vec<(String, String)>,
    /// What is known: name and value.
    pub facts: Vec<(String, String)>,
    /// Caption of the table.
    pub caption: String,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
    /// Addresses with what stands there.
    pub links: Vec<(String, String)>,
    /// The pages before and after this one.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub text: String,
    pub href: Option<String>,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: None }
    }

    pub(crate) fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()) }
    }
}

/// The same with what stands around every page.
#[derive(Template)]
#[template(path = "kaartdienst.html")]
struct Framed<'a> {
    shell: Shell,
    page: &'a ServicePage,
}

impl ServicePage {
    pub(crate) fn answer(self, world: &World) -> Result<Response, Problem> {
        let framed = Framed { shell: Shell::new(world, "kaartdiensten"), page: &self };
        let html = framed.render().map_err(|error| {
            tracing::error!(%error, "template");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "de pagina kon niet worden gemaakt")
        })?;
        let mut response = Html(html).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(accept: &str) -> Form {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        Form::of(None, &headers).unwrap()
    }

    #[test]
    fn the_form_that_is_liked_best() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert_eq!(form(browser), Form::Html);
        assert_eq!(form("application/geo+json, application/json"), Form::Json);
        assert_eq!(form("*/*"), Form::Json);
        assert_eq!(form("text/html;q=0.5, application/json"), Form::Json);
        assert_eq!(form(""), Form::Json);
        assert_eq!(Form::of(Some("html"), &HeaderMap::new()).unwrap(), Form::Html);
        assert!(Form::of(Some("xml"), &HeaderMap::new()).is_err());
    }
}
