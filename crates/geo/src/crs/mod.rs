//! Coordinate reference systems.

/// The systems a plan or a layer may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crs {
    /// EPSG:28992, metres.
    RdNew,
    /// OGC:CRS84: longitude, latitude.
    Crs84,
    /// EPSG:4326: latitude, longitude.
    Epsg4326,
    /// EPSG:4258 (ETRS89): latitude, longitude.
    Epsg4258,
    /// EPSG:3857, web Mercator.
    WebMercator,
}
