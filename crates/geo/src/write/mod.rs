//! Writing: tables of surfaces as a GeoPackage, and a coloured grid as a picture.

mod error;
mod geopackage;
mod letters;
mod picture;
mod wkb;

pub use error::WriteError;
pub use geopackage::{Cell, Column, Kind, Row, Table, geopackage};
pub use picture::{Class, Colour, Mark, Picture};
