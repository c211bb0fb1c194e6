//! Coordinate systems as files name them, and the way to RD.

use super::error::ReadFault;
use super::shape::{Place, Shape};
use crate::crs::{self, Crs};
use geo_types::Coord;

/// A system by its name.
pub(super) fn parse(name: &str) -> Result<Crs, ReadFault> {
    Crs::parse(name).map_err(|error| ReadFault::Crs(error.to_string()))
}

/// What the numbers look like, for a file that does not say what they are.
pub(super) fn nameless(shapes: &[&Shape]) -> ReadFault {
    let points: Vec<[f64; 2]> =
        shapes.iter().flat_map(|shape| shape.coords()).map(|c| [c.x, c.y]).take(1000).collect();
    // No file in the Netherlands is in RD and web Mercator at once: whichever it is not gives the guess.
    let hint = crs::guess(Crs::Crs84, &points).map(|hint| hint.to_string());
    let is_lon_lat = points.first().is_some_and(|point| Crs::Crs84.to_rd(*point).is_ok());
    let hint = match hint {
        Some(_) if points.iter().all(|point| Crs::RdNew.to_rd(*point).is_ok()) => {
            " (de getallen lijken RD, EPSG:28992)".to_owned()
        }
        None if is_lon_lat => " (de getallen lijken lengte- en breedtegraden, OGC:CRS84)".to_owned(),
        _ => String::new(),
    };
    ReadFault::NoCrs { hint }
}

/// Why a shape could not be brought to RD.
pub(super) enum Outside {
    /// It lies wholly somewhere else on the earth.
    Elsewhere(String),
    /// It is plainly in another system, in another order, or partly outside.
    Wrong(String),
}

/// Brings all coordinates of a shape to RD. They are numbers.
pub(super) fn to_rd(shape: &mut Shape, crs: Crs) -> Result<(), Outside> {
    let mut first_fault = None;
    let mut any_inside = false;
    let mut given = Vec::new();
    for coord in shape.coords_mut() {
        match crs.to_rd([coord.x, coord.y]) {
            Ok([x, y]) => {
                any_inside = true;
                *coord = Coord { x, y };
            }
            Err(error) => {
                if given.len() < 1000 {
                    given.push([coord.x, coord.y]);
                }
                first_fault.get_or_insert(error);
            }
        }
    }
    let Some(fault) = first_fault else {
        return Ok(());
    };
    if any_inside {
        return Err(Outside::Wrong(format!("een deel van de vorm ligt buiten Nederland: {fault}")));
    }
    if let Some(hint) = crs::guess(crs, &given) {
        return Err(Outside::Wrong(hint.to_string()));
    }
    if surrounds(shape, crs) {
        return Err(Outside::Wrong(format!("de vorm ligt om Nederland heen: {fault}")));
    }
    Err(Outside::Elsewhere(fault.to_string()))
}

/// Whether the box round a shape, none of whose points is in the grid, holds a place in the Netherlands.
fn surrounds(shape: &Shape, crs: Crs) -> bool {
    // Amersfoort.
    let Ok([x, y]) = crs.from_rd([155_000.0, 463_000.0]) else {
        return true;
    };
    let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
    for c in shape.coords() {
        low = [low[0].min(c.x), low[1].min(c.y)];
        high = [high[0].max(c.x), high[1].max(c.y)];
    }
    (low[0]..=high[0]).contains(&x) && (low[1]..=high[1]).contains(&y)
}

/// A place in RD, and in degrees where those can be told.
pub(super) fn describe([x, y]: [f64; 2]) -> String {
    match crs::rd_to_lonlat(x, y) {
        Ok([lon, lat]) => format!("RD {x:.1}, {y:.1}; {lon:.6} oost, {lat:.6} noord"),
        Err(_) => format!("RD {x:.1}, {y:.1}"),
    }
}

/// A fault in the coordinates of a feature.
pub(super) fn fault(feature: &str, place: Place, detail: String) -> ReadFault {
    ReadFault::Coordinates { feature: feature.to_owned(), place: place.to_string(), detail }
}
