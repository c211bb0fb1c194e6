//! A tile of the map of verdicts.

use super::search::Search;
use crate::app::App;
use crate::error::PageError;
use crate::world::World;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use brink_assess::Outcome;
use brink_geo::tile::{Matrix, pixels};
use brink_geo::write::{Colour, square};
use brink_reply::{STRIPES, colour};

/// Pixels across.
const SIDE: u32 = 256;
/// Pixels from one stripe to the next; tiles join since their side is a multiple.
const APART: u32 = 8;

pub(super) async fn show(
    State(app): State<App>,
    Path((zoom, column, row)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let at = (zoom.parse(), row.parse(), column.trim_end_matches(".png").parse());
    let (Ok(zoom), Ok(row), Ok(column)) = at else {
        return Err(nowhere());
    };
    let query = query.unwrap_or_default();
    let bytes = app.compute(move |world| draw(world, &query, zoom, row, column)).await??;
    // A map asks the same tiles again as one moves over it; a newer package may wait a minute.
    Ok(([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "max-age=60")], bytes).into_response())
}

fn draw(world: &World, query: &str, zoom: u8, row: u32, column: u32) -> Result<Vec<u8>, PageError> {
    let places = pixels(Matrix::WebMercator, zoom, row, column, SIDE).ok_or_else(nowhere)?;
    let mut search = Search::parse(query);
    let (plan, _) = search.strict(world)?;
    let suitability = world.suitability(&plan, search.part());
    let mut palette: Vec<Colour> = Outcome::ALL.into_iter().map(colour).collect();
    let stripe = u8::try_from(palette.len()).unwrap_or(u8::MAX);
    palette.push(STRIPES);
    let verdicts: Vec<u8> = suitability
        .verdicts()
        .iter()
        .map(|verdict| {
            let place = Outcome::ALL.into_iter().position(|outcome| outcome == verdict.oordeel);
            place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX)
        })
        .collect();
    let unknown = Outcome::ALL.into_iter().position(|outcome| outcome == Outcome::Onbekend);
    let grid = suitability.grid();
    let colours: Vec<u8> = (0_u32..)
        .zip(places)
        .map(|(n, place)| {
            let cell = place.and_then(|place| grid.cell(place));
            let number = cell.and_then(|(row, column)| suitability.number(row, column));
            let Some(verdict) = number.and_then(|number| verdicts.get(number as usize)) else {
                return u8::MAX;
            };
            let striped = (n / SIDE + n % SIDE).is_multiple_of(APART);
            if striped && Some(usize::from(*verdict)) == unknown { stripe } else { *verdict }
        })
        .collect();
    square(SIDE, &palette, &colours).map_err(|error| {
        tracing::error!(%error, "tile");
        PageError::new(StatusCode::INTERNAL_SERVER_ERROR, "De tegel kon niet worden gemaakt.")
    })
}

fn nowhere() -> PageError {
    PageError::not_found("Deze tegel is er niet.").help("Vraag /geschikt/tegels/{z}/{x}/{y} in Web Mercator.")
}
