//! The shared acceptance cases, when they are at hand. The selection is `gevallen.py`'s; this runs it.

use std::path::Path;

use crate::error::Error;
use crate::project;
use crate::test::Outcome;

/// Runs the cases of the sections in `xtask/onderdelen-gereed.txt` against this program.
pub fn run(brink: &Path) -> Result<Outcome, Error> {
    if !project::root()?.join("../shared/gevallen/controleer.py").is_file() {
        return Ok(Outcome::Skipped("../shared/gevallen is not here"));
    }
    if !project::succeeds(project::command("python3")?.args(["-c", "import yaml"])) {
        return Ok(Outcome::Skipped("python3 with PyYAML is not here"));
    }
    project::run(project::command("python3")?.arg("xtask/gevallen.py").arg(brink))?;
    Ok(Outcome::Passed)
}
