//! `cargo xtask schema`.

use crate::error::Error;
use crate::project;

/// Writes the JSON Schemas of the package files, as the Rust types have them now.
pub fn run() -> Result<(), Error> {
    project::run(&mut project::cargo(["run", "-p", "brink", "--", "schema", "policies/schema"])?)
}
