//! A plan on the map: what follows from layers for the areas it lies in, and that every way to ask gives one answer.
#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop"
)]

mod laws;
mod located;
mod real;
mod world;
