//! The REST API, under `/api/v1`, and the page that explains it.

mod assess;
mod call;
mod docs;
mod here;
mod jobs;
mod openapi;
mod operation;
mod pages;
mod query;
mod schema;
mod suitable;
mod vision;
mod words;

pub(crate) use jobs::Jobs;

use crate::app::App;
use crate::error::Problem;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, any, on};
use operation::{Operation, Verb};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The version of the API. Its first number is that in the address.
pub(crate) const VERSION: &str = "1.0.0";
/// Where the API lives.
pub(crate) const BASE: &str = "/api/v1";

const VERSION_HEADER: HeaderName = HeaderName::from_static("api-version");

pub(crate) fn routes() -> Router<App> {
    let mut paths: BTreeMap<&str, Vec<&'static Operation>> = BTreeMap::new();
    for operation in operations() {
        paths.entry(operation.path).or_default().push(operation);
    }
    let mut router = Router::new();
    for (path, operations) in paths {
        router = router.route(&format!("{BASE}{path}"), methods(&operations));
    }
    for path in ["", "/", "/{*rest}"] {
        router = router.route(&format!("{BASE}{path}"), any(nothing));
    }
    router.merge(docs::routes())
}

/// The methods of one path; others are refused.
fn methods(operations: &[&'static Operation]) -> MethodRouter<App> {
    let mut router = MethodRouter::new();
    let mut allowed = Vec::new();
    for operation in operations {
        let operation: &'static Operation = operation;
        let filter = match operation.method {
            Verb::Get => {
                allowed.push("HEAD");
                MethodFilter::GET
            }
            Verb::Post => MethodFilter::POST,
            Verb::Delete => MethodFilter::DELETE,
        };
        allowed.push(operation.method.word());
        router = router.merge(on(filter, move |State(app): State<App>, request: Request| {
            call::answer(operation, app, request)
        }));
    }
    allowed.push("OPTIONS");
    allowed.sort_unstable();
    let allowed = allowed.join(", ");
    router.fallback(move || {
        let allowed = allowed.clone();
        async move { refused(&allowed) }
    })
}

fn refused(allowed: &str) -> Response {
    let detail = format!("op dit adres kan alleen {allowed}");
    let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
    if let Ok(value) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

async fn nothing() -> Problem {
    Problem::not_found(format!("op dit adres staat niets; {BASE}/openapi.json noemt alle adressen"))
}

/// Says the version of the API on everything under its address, also on what is refused before it gets here.
pub(crate) fn mark(path: &str, response: &mut Response) {
    if path == BASE || path.strip_prefix(BASE).is_some_and(|rest| rest.starts_with('/')) {
        response.headers_mut().insert(VERSION_HEADER, HeaderValue::from_static(VERSION));
    }
}

/// All that can be asked.
fn operations() -> &'static [Operation] {
    static ALL: OnceLock<Vec<Operation>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all = assess::operations();
        all.extend(here::operations());
        all.extend(suitable::operations());
        all.extend(vision::operations());
        all.extend(words::operations());
        all.extend(openapi::operations_of_document());
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths_are_fit_for_others() {
        let mut ids: Vec<&str> = operations().iter().map(|operation| operation.id).collect();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), before);
        for operation in operations() {
            assert!(openapi::TAGS.iter().any(|(tag, _)| *tag == operation.tag), "{}", operation.id);
            assert!(!operation.path.ends_with('/'), "{}", operation.path);
            for part in operation.path.split(['{', '}']).skip(1).step_by(2) {
                assert!(operation.parameters.iter().any(|one| one.name == part), "{} {part}", operation.id);
            }
        }
    }

    #[test]
    fn only_its_own_addresses_have_its_version() {
        let marked = |path| {
            let mut response = StatusCode::OK.into_response();
            mark(path, &mut response);
            response.headers().contains_key(VERSION_HEADER)
        };
        assert!(marked("/api/v1") && marked("/api/v1/normen"));
        assert!(!marked("/api") && !marked("/api/v10") && !marked("/ogc/v1"));
    }
}
