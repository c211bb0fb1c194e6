//! ETag and Last-Modified for answers to GET, and 304 when nothing changed.

use crate::app::App;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Answers above this, and those of unknown length, are sent without a tag.
const LARGEST: u64 = 16 << 20;

/// Gives answers a tag, and answers 304 to who has it already.
pub(crate) async fn tag(State(app): State<App>, request: Request, next: Next) -> Response {
    let reading = request.method() == Method::GET || request.method() == Method::HEAD;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let since = request.headers().get(header::IF_MODIFIED_SINCE).cloned();
    let response = next.run(request).await;
    if !reading || response.status() != StatusCode::OK || no_store(response.headers()) {
        return response;
    }
    let whole = response.body().size_hint().exact();
    if whole.is_none_or(|size| size > LARGEST) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let digest = Sha256::digest(&bytes);
    let short: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    // Weak: compression comes after it.
    let tag = format!("W/\"{short}\"");
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    let changed = changed(&app);
    if let Ok(value) = HeaderValue::from_str(&http_date(changed)) {
        parts.headers.entry(header::LAST_MODIFIED).or_insert(value);
    }
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    let same = match &known {
        Some(known) => matches(known, &short),
        None => since.and_then(|since| seconds(since.to_str().ok()?)).is_some_and(|since| since >= changed),
    };
    if same {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// When an answer may have changed last: with the world, with what is kept, and with the day, since plans are judged as
/// of today.
fn changed(app: &App) -> u64 {
    let today = jiff::Zoned::now().start_of_day().map(|begin| begin.timestamp().as_second());
    let today = today.map_or(0, |second| u64::try_from(second).unwrap_or_default());
    app.world().loaded.max(app.store().changed()).max(today)
}

fn no_store(headers: &HeaderMap) -> bool {
    headers
        .get(header::CACHE_CONTROL)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("no-store") || value.contains("immutable"))
}

/// Whether one of the tags of If-None-Match is this one.
fn matches(known: &HeaderValue, short: &str) -> bool {
    let Ok(known) = known.to_str() else {
        return false;
    };
    known
        .split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/").trim_matches('"') == short)
}

/// A moment as HTTP writes it: `Wed, 25 Nov 2026 20:00:00 GMT`.
pub(crate) fn http_date(second: u64) -> String {
    let second = i64::try_from(second).unwrap_or_default();
    jiff::Timestamp::from_second(second)
        .map(|moment| {
            moment.to_zoned(jiff::tz::TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
        })
        .unwrap_or_default()
}

fn seconds(text: &str) -> Option<u64> {
    let moment = jiff::fmt::rfc2822::parse(&text.replace("GMT", "+0000")).ok()?;
    u64::try_from(moment.timestamp().as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        assert_eq!(http_date(1_700_000_000), "Tue, 14 Nov 2023 22:13:20 GMT");
        assert_eq!(seconds("Tue, 14 Nov 2023 22:13:20 GMT"), Some(1_700_000_000));
        assert_eq!(seconds("gisteren"), None);
    }

    #[test]
    fn tags_match_weak_or_strong() {
        let value = |text| HeaderValue::from_str(text).unwrap();
        assert!(matches(&value("\"abc\""), "abc"));
        assert!(matches(&value("W/\"x\", W/\"abc\""), "abc"));
        assert!(matches(&value("*"), "abc"));
        assert!(!matches(&value("\"abcd\""), "abc"));
    }
}
