//! The policy package: what a vision says, as data that can be checked and computed with.
//!
//! A package is a folder of YAML files ([`written`]). [`load()`] reads it with positions, checks it
//! ([`check`]), and compiles it to a small typed form ([`Compiled`]) that the assessment works on. Analysis never
//! stops at the first fault: everything that is wrong becomes a [`Finding`].
//!
//! This crate knows no geometry, no network and no particular vision.
#![deny(missing_docs)]

pub mod check;
pub mod compiled;
pub mod dates;
pub mod feel;
mod files;
pub mod find;
mod finding;
pub mod goal;
pub mod goal_words;
mod ids;
mod known;
mod ledger;
mod load;
mod nearest;
mod package;
pub mod schema;
mod search;
pub mod written;
pub mod yaml;

pub use compiled::Compiled;
pub use files::{FilesError, Origin, ParsedFile, SourceFile, hash, read_folder};
pub use finding::{Finding, Place, Severity};
pub use ids::{ActivityId, AreaId, FactId, InterestId, NormId, ReadingId, SectionId};
pub use known::{Known, Mark, Value};
pub use ledger::{LedgerRow, ledger};
pub use load::{Depth, Loaded, load};
pub use nearest::nearest;
pub use package::{Item, WrittenPackage};
pub use rust_decimal::Decimal;
