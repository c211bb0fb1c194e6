//! Places: coordinates, area layers, which areas a plan lies in, and where an area is on a grid.
//!
//! All geometry is in RD New (EPSG:28992), in metres, unless a name says otherwise. An area is a name here and nothing
//! more: what it means is for the policy package.

pub mod atlas;
pub mod crs;
pub mod distance;
pub mod edge;
pub mod feature;
pub mod index;
pub mod layer;
pub mod patches;
pub mod place;
pub mod raster;
pub mod read;
pub mod shape;
pub mod store;
pub mod tile;
pub mod union;
pub mod write;
pub mod zone;
