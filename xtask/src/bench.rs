//! `cargo xtask bench` and `cargo xtask plekken`.

use crate::error::Error;
use crate::{peers, project};

/// Runs every benchmark of the workspace.
pub fn run() -> Result<(), Error> {
    project::run(&mut project::cargo(["bench", "--workspace"])?)
}

/// Measures places on real layers, beside what others make of them.
pub fn places() -> Result<(), Error> {
    if !peers::postgis() {
        println!("PostGIS is not here and can't be installed: its figures will be missing");
    }
    project::run(&mut project::cargo(["run", "--release", "--package", "plekken"])?)
}
