//! The OGC APIs: Features and Tiles, under `/ogc/v1`.

mod answer;
mod api;
mod asked;
mod collections;
mod features;
mod filter;
mod map;
mod open;
mod parameters;
mod reference;
mod tiles;

pub(crate) use map::Map;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::error::Problem;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;

/// Where all of it stands.
const ROOT: &str = "/ogc/v1";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/ogc/v1", get(api::landing))
        .route("/ogc/v1/", get(api::landing))
        .route("/ogc/v1/conformance", get(api::conformance))
        .route("/ogc/v1/api", get(open::document))
        .route("/ogc/v1/collections", get(collections::list))
        .route("/ogc/v1/collections/{collection}", get(collections::one))
        .route("/ogc/v1/collections/{collection}/queryables", get(collections::queryables))
        .route("/ogc/v1/collections/{collection}/items", get(features::items))
        .route("/ogc/v1/collections/{collection}/items/{item}", get(features::item))
        .route("/ogc/v1/collections/{collection}/tiles", get(tiles::of_collection))
        .route("/ogc/v1/collections/{collection}/tiles/{set}", get(tiles::set_of_collection))
        .route(
            "/ogc/v1/collections/{collection}/tiles/{set}/{zoom}/{row}/{column}",
            get(tiles::tile_of_collection),
        )
        .route("/ogc/v1/tiles", get(tiles::of_all))
        .route("/ogc/v1/tiles/{set}", get(tiles::set_of_all))
        .route("/ogc/v1/tiles/{set}/{zoom}/{row}/{column}", get(tiles::tile_of_all))
        .route("/ogc/v1/tileMatrixSets", get(tiles::matrix_sets))
        .route("/ogc/v1/tileMatrixSets/{set}", get(tiles::matrix_set))
        .method_not_allowed_fallback(only_reading)
}

/// Nothing here can be changed.
async fn only_reading() -> Problem {
    let mut problem =
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "hier kan alleen worden gelezen, met GET of HEAD");
    problem.allow = Some("GET, HEAD");
    problem
}
