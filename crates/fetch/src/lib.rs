//! Fetches area layers from the services that publish them.
//!
//! A [`Source`] says which service, [`fetch`] gives its features in RD New, and [`compare`] says what changed since the
//! last time. A layer comes in whole or not at all: when one page fails, or the number of features is not what the
//! service promised, there is no layer. The crate knows nothing of what an area means and has no clock: the caller
//! says what time it is.

mod answer;
mod collect;
mod error;
mod fetch;
mod http;
mod options;
mod progress;
mod protocol;
mod select;
mod source;
mod summary;

pub use error::{FetchError, SourceError};
pub use fetch::{Answer, Fetched, Validators, fetch};
pub use options::{FetchOptions, Limits, Retry, Timeouts};
pub use progress::Progress;
pub use select::select;
pub use source::{Filter, Service, Source, Values};
pub use summary::{Change, LostMost, Measure, Summary, compare};
