//! Asking the web: time limits, trying again, redirects, sizes.

mod client;
mod retry;
mod sink;

pub(crate) use client::{Client, Head, Reply};
pub(crate) use sink::Download;
