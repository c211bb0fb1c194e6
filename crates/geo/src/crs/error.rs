//! What can be wrong with coordinates.

use thiserror::Error;

/// Coordinates or a name of a system that cannot be used. Messages are in Dutch: they are shown to users.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum CrsError {
    /// A name of a system that is not one of those Brink reads.
    #[error(
        "coördinaatstelsel `{name}` is niet bekend; gebruik EPSG:28992 (RD), OGC:CRS84 (WGS84, lengtegraad eerst), \
         EPSG:4326 (WGS84, breedtegraad eerst), EPSG:4258 (ETRS89, breedtegraad eerst) of EPSG:3857 (Web-Mercator)"
    )]
    Unknown {
        /// The name, or the beginning of it.
        name: String,
    },
    /// Not a number, or endless.
    #[error("coördinaat ({first}, {second}) is geen getal; verbeter het punt in de invoer")]
    NotFinite {
        /// The first as given.
        first: f64,
        /// The second as given.
        second: f64,
    },
    /// A longitude and latitude outside the grid.
    #[error(
        "punt met lengtegraad {lon} en breedtegraad {lat} valt buiten het gebied van RDNAPTRANS2018 \
         (lengtegraad 2 tot 8, breedtegraad 50 tot 56); controleer het coördinaatstelsel en de volgorde van de assen"
    )]
    LonLatOutside {
        /// Degrees east.
        lon: f64,
        /// Degrees north.
        lat: f64,
    },
    /// RD coordinates outside the grid.
    #[error(
        "punt met RD-coördinaten x {x} en y {y} valt buiten het gebied van RDNAPTRANS2018 (Nederland ligt tussen \
         x 0 en 300000 en y 300000 en 630000); controleer het coördinaatstelsel en de volgorde van de assen"
    )]
    RdOutside {
        /// Metres east.
        x: f64,
        /// Metres north.
        y: f64,
    },
    /// The table that is built in cannot be read.
    #[error("het ingebouwde correctierooster van RDNAPTRANS2018 is beschadigd; installeer Brink opnieuw")]
    Grid,
}
