//! Around every route: headers that protect the visitor, a count and a log line without personal data.

use crate::api;
use crate::app::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Longest number of a request in the log.
const LONGEST_ID: usize = 64;

/// Counts and logs. The log has the route as written in the code, not the address: a plan stands in the address.
pub(crate) async fn record(State(app): State<App>, request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("(geen)", |path| path.as_str()).to_owned();
    // A proxy may have given it a number already; as long as it likes.
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let id: String = id.chars().take(LONGEST_ID).collect();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begin.elapsed());
    app.metrics().answered(&route, &method, status, took);
    let ms = took.as_secs_f64() * 1e3;
    if status >= 500 {
        tracing::error!(%id, %method, %route, status, ms, "verzoek");
    } else {
        tracing::info!(%id, %method, %route, status, ms, "verzoek");
    }
    response
}

/// The headers that go on every answer.
#[derive(Clone)]
pub(crate) struct Guard {
    policy: HeaderValue,
    hsts: bool,
}

impl Guard {
    pub(crate) fn new(app: &App) -> Self {
        let base = app.settings().base_map_origin().map(|origin| format!(" {origin}")).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{base}; \
             connect-src 'self'{base}; font-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'"
        );
        Self {
            policy: HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'self'")),
            hsts: app.settings().hsts,
        }
    }
}

/// Adds them.
pub(crate) async fn guard(guard: Guard, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    api::mark(&path, &mut response);
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "same-origin");
    set("permissions-policy", "camera=(), microphone=(), geolocation=(self), payment=(), usb=()");
    set("cross-origin-opener-policy", "same-origin");
    if guard.hsts {
        set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, guard.policy);
    vary(headers);
    response
}

/// Answers differ by the form that is asked.
fn vary(headers: &mut HeaderMap) {
    headers.append(header::VARY, HeaderValue::from_static("accept"));
}
