//! One file per command.

pub(crate) mod bron;
pub(crate) mod controleer;
pub(crate) mod doelen;
pub(crate) mod geschikt;
pub(crate) mod kaarten;
pub(crate) mod normen;
pub(crate) mod schema;
pub(crate) mod server;
pub(crate) mod toets;
pub(crate) mod waar;
pub(crate) mod woordenlijst;
