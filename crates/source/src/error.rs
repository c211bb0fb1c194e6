//! What can go wrong, said in the language of the reader.

use thiserror::Error;

/// A source that cannot be read or searched. Messages are in Dutch: they are shown to users.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SourceError {
    /// There is no text at all.
    #[error("de bron is leeg; geef het tekstbestand van de visie op")]
    Empty,
    /// The file is larger than [`crate::Limits::bytes`].
    #[error("de bron is te groot: {size} bytes, en {limit} mag; is dit wel de tekst van de visie?")]
    TooLarge {
        /// Size of the file in bytes.
        size: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// The file has more lines than [`crate::Limits::lines`].
    #[error("de bron heeft te veel regels: meer dan {limit}; splits het bestand")]
    TooManyLines {
        /// The most that is allowed.
        limit: usize,
    },
    /// A line is longer than [`crate::Limits::line_bytes`].
    #[error("regel {line} is te lang: {size} bytes, en {limit} mag; breek de regel af")]
    LineTooLong {
        /// The line, from 1.
        line: usize,
        /// Its length in bytes.
        size: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// The bytes are not UTF-8.
    #[error(
        "regel {line} is geen geldige UTF-8 (byte {offset} van het bestand); bewaar het bestand als UTF-8"
    )]
    InvalidUtf8 {
        /// The line, from 1.
        line: usize,
        /// Where the first invalid byte is, from 0.
        offset: usize,
    },
    /// There is a zero byte: this is not a text file.
    #[error(
        "regel {line} bevat een nulteken; dit is geen tekstbestand, bewaar de bron als platte tekst (UTF-8)"
    )]
    NotText {
        /// The line, from 1.
        line: usize,
    },
    /// The search index could not be built or asked. Not the fault of the reader's input.
    #[error("zoeken in de bron lukt niet: {0}")]
    Search(#[from] tantivy::TantivyError),
}
