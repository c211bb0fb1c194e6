//! One request, read and checked before anything is done for it.

use super::operation::{Body, Operation};
use super::query::Query;
use crate::accept;
use crate::app::App;
use crate::error::Problem;
use crate::world::World;
use axum::RequestExt;
use axum::body::{Body as Bytes, to_bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use brink_assess::Fault;
use brink_reply::{ReplyError, Unknown};
use serde::Serialize;
use serde_json::Value;

/// A request.
pub(crate) struct Call {
    pub app: App,
    pub query: Query,
    pub headers: HeaderMap,
    /// What was sent along.
    pub body: Vec<u8>,
    /// The form that is wanted.
    pub form: &'static str,
    path: Vec<(String, String)>,
    /// Path and query, for links to other pages.
    pub address: String,
}

/// Answers a request, or says what is wrong with it.
pub(crate) async fn answer(operation: &'static Operation, app: App, request: Request) -> Response {
    match read(operation, app, request).await {
        Ok(call) => (operation.work)(call).await.unwrap_or_else(IntoResponse::into_response),
        Err(problem) => problem.into_response(),
    }
}

async fn read(operation: &Operation, app: App, mut request: Request) -> Result<Call, Problem> {
    let form = accept::choose(request.headers(), &operation.media())?;
    let query = Query::read(request.uri().query().unwrap_or_default(), &operation.parameters)?;
    let path = request
        .extract_parts::<RawPathParams>()
        .await
        .map_err(|_| Problem::bad_request("het adres bevat tekens die geen tekst zijn"))?;
    let path = path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let address = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let body = match &operation.body {
        Some(wanted) => sent(&parts.headers, body, wanted).await?,
        None => Vec::new(),
    };
    Ok(Call { app, query, headers: parts.headers, body, form, path, address })
}

async fn sent(headers: &HeaderMap, body: Bytes, wanted: &Body) -> Result<Vec<u8>, Problem> {
    let kinds: Vec<&str> = wanted.forms.iter().map(|(media, _)| *media).collect();
    let told = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut told = told.split(';').map(|part| part.trim().to_ascii_lowercase());
    let media = told.next().unwrap_or_default();
    let foreign =
        told.any(|part| part.strip_prefix("charset=").is_some_and(|set| set.trim_matches('"') != "utf-8"));
    if !kinds.contains(&media.as_str()) || foreign {
        let detail = format!("zet in Content-Type wat u stuurt: {}, in UTF-8", kinds.join(" of "));
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let large = || {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("er mag hooguit {} byte worden meegestuurd", wanted.most),
        )
    };
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > wanted.most) {
        return Err(large());
    }
    to_bytes(body, wanted.most).await.map(|bytes| bytes.to_vec()).map_err(|error| {
        let source = std::error::Error::source(&error);
        if source.is_some_and(|source| source.is::<http_body_util::LengthLimitError>()) {
            large()
        } else {
            Problem::bad_request("wat er is meegestuurd, kwam niet heel aan")
        }
    })
}

impl Call {
    /// A part of the path.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.path.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// What was sent along, as text.
    pub(crate) fn text(&self) -> Result<&str, Problem> {
        std::str::from_utf8(&self.body)
            .map_err(|_| Problem::bad_request("wat er is meegestuurd, is geen tekst (UTF-8)"))
    }

    /// What was sent along, as JSON.
    pub(crate) fn value(&self) -> Result<Value, Problem> {
        serde_json::from_str(self.text()?).map_err(|error| {
            super::query::problem(vec![
                Fault::new(
                    "",
                    format!("geen geldige JSON: regel {}, kolom {}", error.line(), error.column()),
                )
                .help("kijk daar naar komma's, aanhalingstekens en haakjes"),
            ])
        })
    }

    /// Answers with what is made of the world, away from the threads that serve connections.
    pub(crate) async fn reply(
        self,
        work: impl FnOnce(&World, &Self) -> Result<Vec<u8>, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let form = self.form;
        let app = self.app.clone();
        let bytes = app.compute(move |world| work(world, &self)).await??;
        Ok(with(form, bytes))
    }
}

/// An answer in a form.
pub(crate) fn with(form: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(form));
    response
}

/// An answer as JSON, its fields in the order of the alphabet.
pub(crate) fn sorted(answer: &impl Serialize) -> Result<Vec<u8>, Problem> {
    let value = brink_reply::value(answer).map_err(|_| unmade())?;
    serde_json::to_vec(&value).map_err(|_| unmade())
}

/// An answer as JSON, its fields in their own order.
pub(crate) fn as_is(answer: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(answer).map_err(|_| unmade())
}

fn unmade() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "het antwoord kon niet worden geschreven")
}

/// A path names something that does not exist.
pub(crate) fn absent(unknown: &Unknown) -> Problem {
    let mut fault = Fault::new("", unknown.to_string());
    fault.hulp = unknown.help();
    Problem { meldingen: vec![fault], ..Problem::not_found(unknown.to_string()) }
}

/// A parameter names something that does not exist.
pub(crate) fn misnamed(unknown: &Unknown) -> Problem {
    let mut fault = Fault::new(unknown.what, unknown.to_string());
    fault.hulp = unknown.help();
    super::query::problem(vec![fault])
}

impl From<ReplyError> for Problem {
    fn from(error: ReplyError) -> Self {
        tracing::error!(%error, "an answer could not be made");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "het antwoord kon niet worden gemaakt")
    }
}
