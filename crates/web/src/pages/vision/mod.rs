//! The reader: the vision as a tree, its sections, its statements, and searching in them.

pub(crate) mod address;
mod clause;
mod lookup;
pub(crate) mod quote;
mod section;
pub(crate) mod statement;
mod tree;
pub(crate) mod words;

use crate::app::App;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/visie", get(tree::tree))
        .route("/visie/zoek", get(lookup::lookup))
        .route("/visie/uitspraak/{id}", get(section::statement))
        .route("/visie/{nummer}", get(section::section))
}
