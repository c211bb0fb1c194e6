//! `cargo xtask bench`.

use crate::error::Error;
use crate::project;

/// Runs every benchmark of the workspace.
pub fn run() -> Result<(), Error> {
    project::run(&mut project::cargo(["bench", "--workspace"])?)
}
