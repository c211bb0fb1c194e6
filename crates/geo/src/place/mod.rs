//! The place of a plan.

mod json;

use crate::crs::CrsError;
use crate::read::ShapeError;
use crate::shape::{Dimension, Shape};
use geo_types::Geometry;

/// The place of a plan: one geometry, of one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    geometry: Geometry<f64>,
    shape: Shape,
}

/// Why a geometry can't be the place of a plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlaceError {
    /// Nothing there.
    #[error("de geometrie is leeg")]
    Empty,
    /// Points and lines and surfaces in one.
    #[error("de geometrie mengt punten, lijnen en vlakken: geef er één soort van")]
    Mixed,
    /// Not GeoJSON as it should be.
    #[error("{0}")]
    Form(String),
    /// Plainly in another system or order.
    #[error("{0}")]
    Hint(String),
    /// Coordinates that can't be.
    #[error("{0}")]
    Crs(#[from] CrsError),
    /// A shape that means nothing, or more than one thing.
    #[error("{0}")]
    Shape(#[from] ShapeError),
}

impl Place {
    /// A place at this geometry, in RD New.
    pub fn new(geometry: Geometry<f64>) -> Result<Self, PlaceError> {
        let mut shapes = Shape::of(&geometry);
        match (shapes.pop(), shapes.pop()) {
            (Some(shape), None) => Ok(Self { geometry, shape }),
            (None, _) => Err(PlaceError::Empty),
            (Some(_), Some(_)) => Err(PlaceError::Mixed),
        }
    }

    /// Its geometry, in RD New.
    #[must_use]
    pub fn geometry(&self) -> &Geometry<f64> {
        &self.geometry
    }

    /// What the index works with.
    #[must_use]
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Points, lines or surfaces.
    #[must_use]
    pub fn dimension(&self) -> Dimension {
        self.shape.dimension
    }
}
