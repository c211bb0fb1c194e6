//! The OGC APIs: Features and Tiles, under `/ogc/v1`.

use crate::app::App;
use axum::Router;

pub(crate) fn routes() -> Router<App> {
    Router::new()
}
