//! The two ways in which maps on the web are cut into tiles here.

use crate::crs::Crs;
use crate::edge::Point;

/// A tile matrix set: at each zoom level twice as many tiles across as at the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matrix {
    /// WebMercatorQuad, in EPSG:3857: what most maps on the web use.
    WebMercator,
    /// NetherlandsRDNewQuad, in EPSG:28992: the Dutch tiling.
    Rd,
}

/// A rectangle, in metres of the system it is in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The lower left corner.
    pub low: Point,
    /// The upper right corner.
    pub high: Point,
}

impl Bounds {
    /// Nothing yet: the first point that is added makes it that point.
    pub(super) const NOTHING: Self =
        Self { low: [f64::INFINITY, f64::INFINITY], high: [f64::NEG_INFINITY, f64::NEG_INFINITY] };

    pub(super) fn add(&mut self, [x, y]: Point) {
        self.low = [self.low[0].min(x), self.low[1].min(y)];
        self.high = [self.high[0].max(x), self.high[1].max(y)];
    }

    /// Whether the two share a place; edges count.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.low[0] <= other.high[0]
            && other.low[0] <= self.high[0]
            && self.low[1] <= other.high[1]
            && other.low[1] <= self.high[1]
    }

    pub(super) fn within(&self, other: &Self) -> bool {
        other.low[0] <= self.low[0]
            && self.high[0] <= other.high[0]
            && other.low[1] <= self.low[1]
            && self.high[1] <= other.high[1]
    }

    pub(super) fn longest(&self) -> f64 {
        (self.high[0] - self.low[0]).max(self.high[1] - self.low[1])
    }

    pub(super) fn middle(&self) -> Point {
        [(self.low[0] + self.high[0]) / 2.0, (self.low[1] + self.high[1]) / 2.0]
    }
}

impl Matrix {
    /// Both.
    pub const ALL: [Self; 2] = [Self::WebMercator, Self::Rd];

    /// The highest zoom level there are tiles for; from there on maps enlarge them.
    pub const MAX_ZOOM: u8 = 16;

    /// Its name in the register of OGC.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::WebMercator => "WebMercatorQuad",
            Self::Rd => "NetherlandsRDNewQuad",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matrix| matrix.id() == id)
    }

    /// The system it is in.
    #[must_use]
    pub fn crs(self) -> Crs {
        match self {
            Self::WebMercator => Crs::WebMercator,
            Self::Rd => Crs::RdNew,
        }
    }

    /// The upper left corner of all tiles.
    #[must_use]
    pub fn origin(self) -> Point {
        match self {
            Self::WebMercator => [-20_037_508.342_789_244, 20_037_508.342_789_244],
            Self::Rd => [-285_401.92, 903_401.92],
        }
    }

    /// The side of the only tile of zoom level 0.
    #[must_use]
    pub fn side(self) -> f64 {
        match self {
            Self::WebMercator => 40_075_016.685_578_49,
            Self::Rd => 880_803.84,
        }
    }

    /// The side of a tile.
    #[must_use]
    pub fn span(self, zoom: u8) -> f64 {
        self.side() / f64::from(zoom).exp2()
    }

    /// How many tiles wide and high a zoom level is; `None` when there are no tiles for it.
    #[must_use]
    pub fn across(zoom: u8) -> Option<u32> {
        (zoom <= Self::MAX_ZOOM).then(|| 1 << zoom)
    }

    /// Where a tile is; `None` when there is no such tile. Rows count downwards.
    #[must_use]
    pub fn bounds(self, zoom: u8, row: u32, column: u32) -> Option<Bounds> {
        let across = Self::across(zoom)?;
        if row >= across || column >= across {
            return None;
        }
        let (span, [left, top]) = (self.span(zoom), self.origin());
        let (left, top) = (left + f64::from(column) * span, top - f64::from(row) * span);
        Some(Bounds { low: [left, top - span], high: [left + span, top] })
    }

    /// The row and column of the tile that holds a point in its system; `None` outside all tiles.
    #[must_use]
    pub fn tile_of(self, zoom: u8, [x, y]: Point) -> Option<(u32, u32)> {
        let across = f64::from(Self::across(zoom)?);
        let (span, [left, top]) = (self.span(zoom), self.origin());
        let place = |distance: f64| {
            let place = (distance / span).floor();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            (place >= 0.0 && place < across).then_some(place as u32)
        };
        Some((place(top - y)?, place(x - left)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for matrix in Matrix::ALL {
            assert_eq!(Matrix::parse(matrix.id()), Some(matrix));
        }
        assert_eq!(Matrix::parse("WorldCRS84Quad"), None);
    }

    #[test]
    fn tiles_of_the_registered_sets() {
        // The scale denominators in the register, by the pixel of 0.28 mm and 256 pixels a tile.
        let scale = |matrix: Matrix| matrix.span(0) / 256.0 / 0.000_28;
        assert!((scale(Matrix::WebMercator) - 559_082_264.028_717).abs() < 1e-5);
        assert!((scale(Matrix::Rd) - 12_288_000.0).abs() < 1e-6);
        let all = Matrix::Rd.bounds(0, 0, 0).unwrap();
        assert!((all.low[1] - 22_598.08).abs() < 1e-6 && (all.high[0] - 595_401.92).abs() < 1e-6, "{all:?}");
        // The tower of Groningen, as tile servers number it.
        assert_eq!(Matrix::WebMercator.tile_of(10, [731_144.25, 7_023_681.447]), Some((332, 530)));
    }

    #[test]
    fn a_point_lies_in_its_tile() {
        for matrix in Matrix::ALL {
            for zoom in 0..=Matrix::MAX_ZOOM {
                let point = matrix.crs().from_rd([233_868.57, 582_065.07]).unwrap();
                let (row, column) = matrix.tile_of(zoom, point).unwrap();
                let bounds = matrix.bounds(zoom, row, column).unwrap();
                assert!(bounds.meets(&Bounds { low: point, high: point }), "{matrix:?} {zoom}");
            }
        }
    }

    #[test]
    fn there_are_no_tiles_outside() {
        assert!(Matrix::Rd.bounds(17, 0, 0).is_none());
        assert!(Matrix::Rd.bounds(3, 8, 0).is_none());
        assert!(Matrix::Rd.bounds(3, 0, 8).is_none());
        assert_eq!(Matrix::Rd.tile_of(3, [f64::NAN, 0.0]), None);
        assert_eq!(Matrix::Rd.tile_of(3, [-285_402.0, 500_000.0]), None);
    }
}
