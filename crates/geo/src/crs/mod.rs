//! Coordinate reference systems: from what a plan or a layer comes in to RD New, and back.
//!
//! Everything inside Brink is in RD New (EPSG:28992). Between RD New and ETRS89 goes NSGI's RDNAPTRANS2018 (variant 1):
//! a seven-parameter transformation at a fixed height, the correction grid `rdcorr2018`, and the RD map projection, the
//! smooth ones of these by polynomials that follow them to a tenth of a micrometre. It is right to a millimetre within its grid, which covers the Netherlands, its part of the North Sea and some way
//! into its neighbours (50° to 56° north and 2° to 8° east in ETRS89). A point outside the grid is an error: there is no coarser
//! way to fall back on. Heights play no part.
//!
//! WGS84 and ETRS89 are treated as equal. Plans are drawn on maps of the Netherlands, whose WGS84 coordinates are
//! ETRS89 under another name; a true WGS84 position, straight from a receiver, lies some decimetres off. The same goes
//! for web Mercator (EPSG:3857), which is a projection of WGS84.
//!
//! Nothing here moves a point on a guess: [`guess`] only says what a wrong point looks like.

mod error;
mod grid;
mod guess;
mod mercator;
mod parse;
mod projection;
mod rdnaptrans;
mod similarity;
mod smooth;

use std::fmt;

pub use error::CrsError;
pub use guess::{Guess, Hint, guess};
pub use rdnaptrans::{lonlat_to_rd, rd_to_lonlat};

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

impl Crs {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::RdNew, Self::Crs84, Self::Epsg4326, Self::Epsg4258, Self::WebMercator];

    /// Its short name: `EPSG:28992`, `OGC:CRS84`, and so on. [`Crs::parse`] reads it back.
    pub fn code(self) -> &'static str {
        match self {
            Self::RdNew => "EPSG:28992",
            Self::Crs84 => "OGC:CRS84",
            Self::Epsg4326 => "EPSG:4326",
            Self::Epsg4258 => "EPSG:4258",
            Self::WebMercator => "EPSG:3857",
        }
    }

    /// The same system with the easting or longitude first.
    ///
    /// Some formats (GeoPackage, Shapefile, FlatGeobuf, GeoJSON) always store x, y, whatever order the system they name
    /// prescribes: their readers call this on the name they found.
    #[must_use]
    pub fn x_first(self) -> Self {
        match self {
            Self::Epsg4326 | Self::Epsg4258 => Self::Crs84,
            Self::RdNew | Self::Crs84 | Self::WebMercator => self,
        }
    }

    /// A point in this system, in its axis order, to RD New.
    ///
    /// A point that is in RD New already comes back as it is, if it lies within the grid.
    pub fn to_rd(self, point: [f64; 2]) -> Result<[f64; 2], CrsError> {
        let [a, b] = point;
        match self {
            Self::RdNew => rdnaptrans::within_grid(a, b).map(|()| point),
            Self::Crs84 => lonlat_to_rd(a, b),
            Self::Epsg4326 | Self::Epsg4258 => lonlat_to_rd(b, a),
            Self::WebMercator => {
                let [lon, lat] = mercator::to_lonlat(a, b)?;
                lonlat_to_rd(lon, lat)
            }
        }
    }

    /// A point in RD New to this system, in its axis order.
    pub fn from_rd(self, point: [f64; 2]) -> Result<[f64; 2], CrsError> {
        let [x, y] = point;
        match self {
            Self::RdNew => rdnaptrans::within_grid(x, y).map(|()| point),
            Self::Crs84 => rd_to_lonlat(x, y),
            Self::Epsg4326 | Self::Epsg4258 => rd_to_lonlat(x, y).map(|[lon, lat]| [lat, lon]),
            Self::WebMercator => rd_to_lonlat(x, y).map(|[lon, lat]| mercator::from_lonlat(lon, lat)),
        }
    }
}

/// For people: what it is and its short name.
impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RdNew => "RD (EPSG:28992)",
            Self::Crs84 => "WGS84 met de lengtegraad eerst (OGC:CRS84)",
            Self::Epsg4326 => "WGS84 met de breedtegraad eerst (EPSG:4326)",
            Self::Epsg4258 => "ETRS89 met de breedtegraad eerst (EPSG:4258)",
            Self::WebMercator => "Web-Mercator (EPSG:3857)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same spot in Groningen, to the metre, in each system.
    const TOWER: [(Crs, [f64; 2]); 5] = [
        (Crs::RdNew, [233_868.570, 582_065.070]),
        (Crs::Crs84, [6.567_980_55, 53.219_383_33]),
        (Crs::Epsg4326, [53.219_383_33, 6.567_980_55]),
        (Crs::Epsg4258, [53.219_383_33, 6.567_980_55]),
        (Crs::WebMercator, [731_144.250, 7_023_681.447]),
    ];

    #[test]
    fn each_system_has_its_own_axis_order() {
        let [_, (_, lonlat), ..] = TOWER;
        let rd = lonlat_to_rd(lonlat[0], lonlat[1]).unwrap();
        for (crs, point) in TOWER {
            let [x, y] = crs.to_rd(point).unwrap();
            assert!((x - rd[0]).abs() < 1.0 && (y - rd[1]).abs() < 1.0, "{crs}: {x} {y}, {rd:?}");
            let back = crs.from_rd(rd).unwrap();
            let off = if point[0] > 100.0 { 2.0 } else { 1e-5 };
            assert!((back[0] - point[0]).abs() < off && (back[1] - point[1]).abs() < off, "{crs}: {back:?}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        for crs in Crs::ALL {
            assert_eq!(Crs::parse(crs.code()).unwrap(), crs);
            assert!(crs.to_string().contains(crs.code()), "{crs}");
        }
    }

    #[test]
    fn x_first_turns_only_the_latitude_first_systems() {
        assert_eq!(
            Crs::ALL.map(Crs::x_first),
            [Crs::RdNew, Crs::Crs84, Crs::Crs84, Crs::Crs84, Crs::WebMercator]
        );
    }

    #[test]
    fn what_is_no_number_is_an_error_in_every_system_both_ways() {
        for crs in Crs::ALL {
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                for point in [[bad, 5.0], [5.0, bad], [bad, bad]] {
                    for result in [crs.to_rd(point), crs.from_rd(point)] {
                        let error = result.unwrap_err();
                        assert!(matches!(error, CrsError::NotFinite { .. }), "{crs} {point:?}: {error}");
                    }
                }
            }
        }
    }

    #[test]
    fn points_outside_the_grid_are_errors_in_every_system_both_ways() {
        for crs in Crs::ALL {
            for point in [[0.0, 0.0], [1e300, -1e300], [90.0, 90.0], [-90.0, -180.0], [-5e6, 1e7]] {
                let error = crs.to_rd(point).unwrap_err();
                assert!(error.to_string().contains("valt buiten"), "{crs} {point:?}: {error}");
                assert!(crs.from_rd(point).is_err(), "{crs} {point:?}");
            }
        }
    }
}
