//! `cargo xtask onderdelen FILE`.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::error::Error;
use crate::project;

/// The file that is written, from the folder of the workspace.
const SECTIONS: &str = "policies/drenthe-2022/onderdelen.yaml";

/// Writes the section tree with its fingerprints anew. The old file stays when the program fails.
pub fn run(source: &Path) -> Result<(), Error> {
    let mut command = project::cargo(["run", "-p", "brink", "--", "bron", "onderdelen"])?;
    command.arg(project::absolute(source)?).stderr(Stdio::inherit());
    let output = command.output().map_err(|error| project::cannot_start(&command, &error))?;
    if !output.status.success() {
        return Err(Error::failed(format!("`{}` ended with {}", project::shown(&command), output.status)));
    }
    if output.stdout.is_empty() {
        return Err(Error::failed(format!("`{}` printed nothing", project::shown(&command))));
    }
    let target = project::root()?.join(SECTIONS);
    fs::write(&target, &output.stdout)
        .map_err(|error| Error::failed(format!("cannot write `{SECTIONS}`: {error}")))?;
    println!("wrote {SECTIONS}");
    Ok(())
}
