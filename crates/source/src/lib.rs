//! The text of a vision: outline, paragraphs, fingerprints and search.
#![deny(missing_docs)]
