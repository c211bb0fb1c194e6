//! About the package, and about the site.

mod coverage;
mod layers;
mod package;
mod promise;
mod unclear;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/over", get(package::about))
        .route("/over/toegankelijkheid", get(promise::accessibility))
}
