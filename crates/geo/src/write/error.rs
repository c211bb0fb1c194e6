//! What can go wrong while writing.

/// A map that cannot be written. Messages are in Dutch: they are shown to users.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// SQLite refuses.
    #[error("de GeoPackage is niet te maken: SQLite zegt: {0}")]
    Database(#[from] rusqlite::Error),
    /// A row has not as many values as there are columns.
    #[error("rij {row} heeft {values} waarden, en er zijn {columns} kolommen")]
    Row {
        /// Its number, from 1.
        row: usize,
        /// How many values it has.
        values: usize,
        /// How many columns there are.
        columns: usize,
    },
    /// The picture can't be coded.
    #[error("de afbeelding is niet te maken: {0}")]
    Picture(#[from] png::EncodingError),
}
