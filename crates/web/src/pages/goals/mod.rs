//! The goals and service levels of the vision.

mod chart;
mod goal;
mod overview;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/doelen", get(overview::overview)).route("/doelen/{id}", get(goal::goal))
}
