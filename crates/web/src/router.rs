//! All routes, and what stands around them.

use crate::access::{self, Guard};
use crate::app::App;
use crate::client::{self, Limit};
use crate::error::{PageError, Problem};
use crate::pages::words;
use crate::{api, assets, etag, ogc, operations, pages};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any as Anyone, CorsLayer};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The whole server as one service.
pub fn router(app: App) -> Router {
    let settings = app.settings().clone();
    let (limit, guard) = (Limit::new(&app), Guard::new(&app));
    let panics = app.metrics().panics.clone();
    let caught = panics.clone();

    // For programs: open to other sites, faults as problem+json.
    let programs = Router::new()
        .merge(api::routes())
        .merge(ogc::routes())
        .layer(CatchPanicLayer::custom(move |panic: Box<dyn Any + Send>| {
            panics.inc();
            report(panic.as_ref());
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, FAULT).into_response()
        }))
        .layer(cors());
    let people = Router::new().merge(pages::routes()).merge(assets::routes()).fallback(nothing).layer(
        CatchPanicLayer::custom(move |panic: Box<dyn Any + Send>| {
            caught.inc();
            report(panic.as_ref());
            let text = format!("{}.", words::capital(FAULT));
            PageError::new(StatusCode::INTERNAL_SERVER_ERROR, text).into_response()
        }),
    );
    let seconds = Duration::from_secs(settings.tijdslimiet.max(1));
    Router::new()
        .merge(programs)
        .merge(people)
        .merge(operations::routes())
        .layer(DefaultBodyLimit::max(settings.grootste_verzoek))
        .layer(from_fn(move |request, next| in_time(seconds, request, next)))
        .layer(from_fn_with_state(app.clone(), etag::tag))
        .layer(CompressionLayer::new())
        .layer(from_fn(move |request, next| client::limit(limit.clone(), request, next)))
        .layer(from_fn(move |request, next| access::guard(guard.clone(), request, next)))
        .layer(from_fn_with_state(app.clone(), access::record))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .with_state(app)
}

const FAULT: &str = "dit verzoek stuitte op een fout in het programma; de beheerder kan het in de log vinden";

fn report(panic: &(dyn Any + Send)) {
    let text =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("?"), "a request panicked");
}

/// Reading is open to pages of other sites; cookies there are none.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Anyone)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::DELETE, Method::OPTIONS])
        .allow_headers([
            header::ACCEPT,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            HeaderName::from_static("prefer"),
        ])
        .expose_headers([
            header::ETAG,
            header::LINK,
            header::LOCATION,
            header::RETRY_AFTER,
            HeaderName::from_static("api-version"),
            HeaderName::from_static("content-crs"),
            REQUEST_ID,
        ])
        .max_age(Duration::from_secs(3600))
}

async fn in_time(seconds: Duration, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    match tokio::time::timeout(seconds, next.run(request)).await {
        Ok(response) => response,
        Err(_) => client::refuse(
            &path,
            StatusCode::GATEWAY_TIMEOUT,
            &format!(
                "het antwoord was er niet binnen {} seconden; maak de vraag kleiner of probeer het later weer",
                seconds.as_secs()
            ),
        ),
    }
}

async fn nothing(request: Request) -> Response {
    client::refuse(request.uri().path(), StatusCode::NOT_FOUND, "op dit adres staat niets")
}
