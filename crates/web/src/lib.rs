//! The server: pages, a REST API, OGC APIs and tiles over one policy package.
//!
//! The program that starts it says where the package, the layers and the text come from ([`Supply`]); this crate reads
//! no package files itself. What a request works with is a [`World`]: a snapshot that does not change. A new one takes
//! its place when files change, and requests that are under way finish with the one they began with.
#![deny(missing_docs)]

mod accept;
mod access;
mod api;
mod app;
mod assets;
mod client;
mod error;
mod etag;
mod example;
mod fitting;
mod metrics;
mod ogc;
mod operations;
mod origin;
mod pages;
mod patience;
mod plan_query;
mod reader;
mod reload;
mod router;
mod serve;
mod settings;
mod store;
mod supply;
mod unguessable;
mod world;

pub use app::App;
pub use error::ServeError;
pub use router::router;
pub use serve::serve;
pub use settings::{LogForm, LogLevel, Settings};
pub use store::{Store, StoreError, Stored};
pub use supply::{Example, Parts, PlaceName, SourceText, Supply};
pub use world::World;
