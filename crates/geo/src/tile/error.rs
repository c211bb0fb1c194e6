//! What can be wrong with a request for a tile.

use super::matrix::Matrix;
use thiserror::Error;

/// A tile that can't be made. Messages are in Dutch: they are shown to users.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TileError {
    /// There is no such tile.
    #[error(
        "tegel {zoom}/{row}/{column} bestaat niet in {id}; zoomniveau 0 tot en met {max}, \
         rij en kolom van 0 tot 2 tot de macht zoomniveau", id = matrix.id(), max = Matrix::MAX_ZOOM
    )]
    Outside {
        /// Of this matrix.
        matrix: Matrix,
        /// Zoom level as asked.
        zoom: u8,
        /// Row as asked.
        row: u32,
        /// Column as asked.
        column: u32,
    },
    /// The format can't hold it.
    #[error("de tegel past niet in het formaat: {0}")]
    Encoding(#[from] fast_mvt::MvtError),
}
