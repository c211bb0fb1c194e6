//! The text of a vision: outline, paragraphs, fingerprints and search.
//!
//! A vision reaches us as the text of a PDF: words broken over line ends, soft spaces inside words,
//! page numbers on lines of their own, boxes whose lines lie a blank line apart, tables that came
//! out as loose lines. [`Document::read`] makes order of it: the tree of numbered sections, and in
//! each section the paragraphs with the lines they came from and a [`Fingerprint`].
//!
//! - [`Document`], [`Section`], [`Paragraph`]: what was read. Line numbers are those of the file,
//!   from 1, both ends included.
//! - [`compare`]: what became of the sections and paragraphs a package was made from.
//! - [`Index`]: full-text search in Dutch, also of other texts ([`Passage`]).
//!
//! This crate knows no policy and no province, does no input or output, and gives the same answer
//! for the same bytes.
//!
//! ```
//! use brink_source::{Document, Limits};
//!
//! let text = "1 Rust\n\nIn het veld is het stil, zodat men de vo-\ngels hoort.\n";
//! let document = Document::read(text.as_bytes(), &Limits::default())?;
//! let section = &document.sections[0];
//! assert_eq!(section.title, "Rust");
//! assert_eq!(section.paragraphs[0].text, "In het veld is het stil, zodat men de vogels hoort.");
//! assert_eq!(section.paragraphs[0].lines.to_string(), "3-4");
//! # Ok::<(), brink_source::SourceError>(())
//! ```
#![deny(missing_docs)]

mod block;
mod clean;
mod compare;
mod document;
mod error;
mod fingerprint;
mod heading;
mod json;
mod limits;
mod lines;
mod marker;
mod outline;
mod pagenumber;
mod paragraph;
mod rising;
mod search;
mod snippet;

pub use compare::{Change, ExpectedSection, compare};
pub use document::{Document, Section};
pub use error::SourceError;
pub use fingerprint::Fingerprint;
pub use limits::Limits;
pub use lines::LineRange;
pub use paragraph::{Paragraph, ParagraphKind};
pub use search::{Answer, Hit, Index, Passage};
pub use snippet::Snippet;
