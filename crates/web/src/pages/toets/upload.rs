//! A place from a file.

use super::address;
use crate::app::App;
use crate::error::PageError;
use crate::pages::Page;
use crate::plan_query::{LONGEST_SHAPE, PlanQuery, Whereabouts};
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use brink_geo::crs::Crs;
use brink_geo::place::Place;
use brink_geo::read::{Limits, PLAN_VERTICES, ReadOptions, read_bytes};
use geo::MapCoords;
use geo_types::{Coord, Geometry};
use wkt::ToWkt;

/// A shape up to this many characters stands in the address; a longer one is stored.
const IN_ADDRESS: usize = 3_000;

/// Reads the file that was sent and goes on with its shape as the place of the plan.
pub(super) async fn upload(State(app): State<App>, mut form: Multipart) -> Page {
    let (mut query, mut beside, mut file) = (String::new(), String::new(), None);
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "vraag" => query = field.text().await.map_err(unreadable)?,
            "naast" => beside = field.text().await.map_err(unreadable)?,
            "bestand" => {
                let name = field.file_name().unwrap_or_default().to_owned();
                file = Some((name, field.bytes().await.map_err(unreadable)?));
            }
            _ => {}
        }
    }
    let Some((name, bytes)) = file.filter(|(_, bytes)| !bytes.is_empty()) else {
        return Err(PageError::new(StatusCode::BAD_REQUEST, "Er is geen bestand gekozen.")
            .help("Ga terug, kies een bestand en probeer het opnieuw."));
    };
    let most = app.settings().grootste_verzoek;
    let state = app.clone();
    let place = app
        .blocking(move || {
            let shape = shape(&name, &bytes, most)?;
            if shape.len() <= IN_ADDRESS {
                return Ok(Whereabouts::Shape(shape));
            }
            if shape.len() > LONGEST_SHAPE {
                return Err(wrong("de vorm heeft te veel hoekpunten voor een plan; maak haar eenvoudiger"));
            }
            state.store().keep_place(&shape).map(Whereabouts::Stored).map_err(|error| {
                tracing::error!(%error, "store");
                PageError::new(StatusCode::SERVICE_UNAVAILABLE, "De vorm kon niet worden bewaard.")
            })
        })
        .await??;
    let mut plan = PlanQuery::parse(&query);
    plan.place = place;
    plan.closed = false;
    Ok(Redirect::to(&address(&plan, &beside)).into_response())
}

/// The one shape of a file, as WKT in WGS84.
fn shape(name: &str, bytes: &[u8], most: usize) -> Result<String, PageError> {
    // Only its end tells anything; the rest of a name is the visitor's.
    let extension = name.rsplit('.').next().unwrap_or_default();
    let limits = Limits { bytes: most as u64, vertices: PLAN_VERTICES, ..Limits::default() };
    let options = ReadOptions { limits, strict: true, ..ReadOptions::default() };
    // What is remarked on, such as heights that are left out, changes nothing to where the plan lies.
    let read = read_bytes(&format!("bestand.{extension}"), bytes, &options)
        .map_err(|error| wrong(&error.to_string()))?;
    let mut shapes = read.features.into_iter().map(|feature| feature.geometry);
    let (Some(shape), rest) = (shapes.next(), shapes.count()) else {
        return Err(wrong("er staat geen vorm in"));
    };
    if rest > 0 {
        return Err(wrong(&format!(
            "er staan {} vormen in, en een plan heeft er een; bewaar de vorm die het is apart",
            rest + 1
        )));
    }
    // What means nothing, or more than one thing, is refused here, with the reason.
    Place::in_crs(&shape, Crs::RdNew).map_err(|error| wrong(&error.to_string()))?;
    let round = |value: f64| (value * 1e7).round() / 1e7;
    let lonlat: Geometry<f64> = shape
        .try_map_coords(|c| {
            brink_geo::crs::rd_to_lonlat(c.x, c.y).map(|[x, y]| Coord { x: round(x), y: round(y) })
        })
        .map_err(|error| wrong(&error.to_string()))?;
    Ok(lonlat.to_wkt().to_string())
}

fn wrong(reason: &str) -> PageError {
    PageError::new(StatusCode::BAD_REQUEST, format!("Dit bestand is niet als plaats te gebruiken: {reason}."))
        .help("Ga terug en kies een ander bestand, of teken de plaats op de kaart.")
}

fn unreadable(error: axum::extract::multipart::MultipartError) -> PageError {
    // A body that breaks off half-way is the sender's fault, whatever the reader calls it.
    let status = Some(error.status()).filter(StatusCode::is_client_error).unwrap_or(StatusCode::BAD_REQUEST);
    let text = if status == StatusCode::PAYLOAD_TOO_LARGE {
        "Het bestand is te groot."
    } else {
        "Het formulier kwam niet goed over."
    };
    PageError::new(status, text).help("Ga terug en probeer het opnieuw, zo nodig met een kleiner bestand.")
}
