//! Reading maps: the same shapes from every format, bad input of every kind, the real layers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bad;
mod formats;
mod gml;
mod plans;
mod real;
mod support;
