//! Vector tiles of layers, in the format of Mapbox (MVT 2.1).
//!
//! Layers are laid out once in both tile matrix sets, with for each vertex the greatest tolerance at which it is still
//! needed. A tile then takes the vertices that matter at its scale, cuts them off at its edges and writes them: what lies
//! at a border is cut from the same lines in both tiles. Nothing depends on what was asked before, so a tile is the
//! same bytes each time.

mod clip;
mod draw;
mod error;
mod matrix;
mod pixels;
mod sheet;
mod weight;

pub use draw::{BUFFER, EXTENT};
pub use error::TileError;
pub use matrix::{Bounds, Matrix};
pub use pixels::{Pixels, pixels};

use crate::layer::{About, Layer};
use draw::Window;
use fast_mvt::MvtTileBuilder;
use rayon::prelude::*;
use sheet::Sheet;
use std::collections::HashSet;

/// Layers, ready to be cut in tiles.
#[derive(Debug)]
pub struct TileSet {
    layers: Vec<Prepared>,
}

#[derive(Debug)]
struct Prepared {
    about: About,
    mercator: Sheet,
    rd: Sheet,
}

impl Prepared {
    fn sheet(&self, matrix: Matrix) -> &Sheet {
        match matrix {
            Matrix::WebMercator => &self.mercator,
            Matrix::Rd => &self.rd,
        }
    }
}

impl TileSet {
    /// Prepares layers.
    #[must_use]
    pub fn new(layers: &[Layer]) -> Self {
        let layers = layers
            .par_iter()
            .map(|layer| {
                let (mercator, rd) =
                    rayon::join(|| Sheet::new(layer, Matrix::WebMercator), || Sheet::new(layer, Matrix::Rd));
                Prepared { about: layer.about.clone(), mercator, rd }
            })
            .collect();
        Self { layers }
    }

    /// A tile of these layers, by number; a number without a layer has nothing on it, and of two layers of one area only
    /// the first is drawn. There are no bytes where none of the layers is.
    ///
    /// Each layer of the tile has the id of its area, and each feature the number of its shape (from 1) with `naam`,
    /// `gebied` and `kaartsoort`.
    ///
    /// # Errors
    /// When there is no such tile.
    pub fn tile(
        &self,
        layers: &[usize],
        matrix: Matrix,
        zoom: u8,
        row: u32,
        column: u32,
    ) -> Result<Vec<u8>, TileError> {
        let bounds =
            matrix.bounds(zoom, row, column).ok_or(TileError::Outside { matrix, zoom, row, column })?;
        let window = Window::new(bounds);
        let mut tile = MvtTileBuilder::new();
        let mut drawn: HashSet<&str> = HashSet::new();
        for layer in layers.iter().filter_map(|number| self.layers.get(*number)) {
            if drawn.insert(&layer.about.area) {
                tile = draw::add(tile, &layer.about, layer.sheet(matrix), &window)?;
            }
        }
        Ok(tile.encode())
    }

    /// Where a layer is, in the system of a matrix; `None` without such a layer or when it is nowhere.
    #[must_use]
    pub fn bounds(&self, layer: usize, matrix: Matrix) -> Option<Bounds> {
        let bounds = self.layers.get(layer)?.sheet(matrix).bounds;
        (bounds.low[0] <= bounds.high[0]).then_some(bounds)
    }

    /// What all of this takes in memory, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.layers.iter().map(|layer| layer.mercator.bytes() + layer.rd.bytes()).sum()
    }
}
