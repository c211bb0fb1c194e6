//! Fetching from real servers: small ones in this process that speak each protocol, well and badly.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

mod arcgis;
mod atom;
mod file;
mod invented;
mod ogc_api;
mod real;
mod server;
mod web;
mod wfs;

use std::time::Duration;

use brink_fetch::{Answer, FetchError, FetchOptions, Fetched, Limits, Retry, Source, Timeouts, fetch};
use serde_json::{Value, json};

/// Small pages and short waits, so that the tests are quick; the time limits are for a machine with much to do.
pub fn hasty() -> FetchOptions {
    FetchOptions {
        fetched_at: "2026-01-02T03:04:05Z".to_owned(),
        page_size: 3,
        timeouts: Timeouts {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(5),
            request: Duration::from_secs(10),
            layer: Duration::from_secs(30),
        },
        retry: Retry { attempts: 3, wait: Duration::from_millis(5), longest: Duration::from_millis(50) },
        limits: Limits { pages: 20, redirects: 3, ..Limits::default() },
        ..FetchOptions::default()
    }
}

/// A source, with a licence and a holder.
pub fn source(mut fields: Value) -> Source {
    fields["licentie"] = json!("verzonnen");
    fields["bronhouder"] = json!("de test");
    serde_json::from_value(fields).unwrap()
}

/// The layer, or why there is none.
pub fn layer(source: &Source, options: &FetchOptions) -> Result<Fetched, FetchError> {
    match fetch(source, options, &mut ())? {
        Answer::Fetched(fetched) => Ok(*fetched),
        Answer::NotModified => panic!("not modified"),
    }
}

/// The ids of the features, in order.
pub fn ids(fetched: &Fetched) -> Vec<&str> {
    fetched.features.features.iter().map(|feature| feature.id.as_str()).collect()
}
