//! Writing: tables of surfaces as a GeoPackage, a coloured grid as a picture and a tile of one.

mod error;
mod geopackage;
mod letters;
mod picture;
mod square;
mod wkb;

pub use error::WriteError;
pub use geopackage::{Cell, Column, Kind, Row, Table, geopackage};
pub use picture::{Class, Colour, Mark, Picture};
pub use square::square;
