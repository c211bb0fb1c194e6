//! What goes wrong, for programs (problem+json), for people (a page) and for the operator.

use crate::pages::failure;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use brink_assess::{Fault, PlanError};
use serde::Serialize;

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The package or layers could not be read.
    #[error("{0}")]
    Supply(String),
    /// The address is taken or not allowed.
    #[error(
        "op {address} kan niet worden geluisterd: {source}\n  kies een andere poort met --adres, bijvoorbeeld --adres 127.0.0.1:8081"
    )]
    Listen {
        /// Where.
        address: std::net::SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The store could not be opened.
    #[error("de opslag van antwoorden is niet te openen: {0}")]
    Store(String),
    /// Something of the system.
    #[error("{0}")]
    System(#[from] std::io::Error),
}

/// No work can be taken on now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Busy {
    /// Too many wait already.
    Full,
}

/// A fault for a program (RFC 9457, `application/problem+json`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What kind of fault.
    pub title: String,
    /// What is wrong here, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What is wrong, by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meldingen: Vec<Fault>,
    /// Methods that are allowed, of a 405.
    #[serde(skip)]
    pub allow: Option<&'static str>,
}

impl Problem {
    /// A fault with the usual title of its status.
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status: status.as_u16(),
            title: title(status).to_owned(),
            detail: Some(detail.into()),
            meldingen: Vec::new(),
            allow: None,
        }
    }

    /// The request is wrong.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// There is nothing there.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }
}

/// What a status is called.
pub(crate) fn title(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "Het verzoek klopt niet",
        404 => "Niet gevonden",
        405 => "Deze methode kan hier niet",
        406 => "Deze vorm is er niet",
        408 | 504 => "Het duurde te lang",
        409 => "Nog niet klaar",
        410 => "Niet meer beschikbaar",
        413 => "Het verzoek is te groot",
        414 | 431 => "Het adres of de kop van het verzoek is te lang",
        415 => "Dit soort inhoud wordt niet gelezen",
        422 => "Het plan klopt niet",
        429 => "Te veel verzoeken",
        503 => "Te druk",
        _ => "Er ging iets mis",
    }
}

impl From<PlanError> for Problem {
    fn from(error: PlanError) -> Self {
        let detail = match error.faults.as_slice() {
            [one] => one.melding.clone(),
            many => format!("er zijn {} meldingen", many.len()),
        };
        Self { meldingen: error.faults, ..Self::bad_request(detail) }
    }
}

impl From<Busy> for Problem {
    fn from(_: Busy) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "er wachten te veel verzoeken; probeer het over een paar seconden weer",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if matches!(self.status, 429 | 503) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        if let Some(allow) = self.allow {
            headers.insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        response
    }
}

/// A fault for a person: a page that says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageError {
    pub status: StatusCode,
    /// What is wrong.
    pub text: String,
    /// What to do.
    pub help: Vec<String>,
}

impl PageError {
    pub(crate) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, text: text.into(), help: Vec::new() }
    }

    pub(crate) fn not_found(text: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, text)
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

impl From<Busy> for PageError {
    fn from(busy: Busy) -> Self {
        let problem = Problem::from(busy);
        Self::new(StatusCode::SERVICE_UNAVAILABLE, problem.detail.unwrap_or_default())
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "template");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "De pagina kon niet worden gemaakt.")
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        failure::page(&self)
    }
}
