//! Builds the scripts and styles of the pages with esbuild, to be embedded. Needs Node; a packager without it points
//! BRINK_WEB_BESTANDEN to a folder that was built before.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-env-changed=BRINK_WEB_BESTANDEN");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("bestanden");
    if let Err(error) = build(&out) {
        println!("cargo::error={error}");
    }
}

fn build(out: &Path) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", out.display());
    if out.exists() {
        std::fs::remove_dir_all(out).map_err(told)?;
    }
    std::fs::create_dir_all(out).map_err(told)?;
    if let Some(built) = std::env::var_os("BRINK_WEB_BESTANDEN") {
        return copy(Path::new(&built), out).map_err(told);
    }
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    for name in ["src", "build.mjs", "package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={}", web.join(name).display());
    }
    let lock = web.join("package-lock.json");
    let installed = web.join("node_modules/.package-lock.json");
    if newer(&lock, &installed) {
        run("npm", &["ci", "--no-audit", "--no-fund", "--silent"], &web)?;
    }
    run("node", &["build.mjs", &out.display().to_string()], &web)
}

/// Whether `a` was changed after `b`, or `b` is not there.
fn newer(a: &Path, b: &Path) -> bool {
    let changed = |path: &Path| path.metadata().and_then(|file| file.modified()).ok();
    changed(b).is_none_or(|b| changed(a).is_some_and(|a| a > b))
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<(), String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output().map_err(|error| {
        format!("`{program}` cannot be run ({error}): building the pages needs Node 20 or newer with npm, or BRINK_WEB_BESTANDEN")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    Err(format!("{program} {}: {}", arguments.join(" "), String::from_utf8_lossy(&text).replace('\n', " | ")))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
