//! Readers of geographic files.
