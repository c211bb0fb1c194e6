//! Compiles the built-in package, so that a run does not have to. Made anew when the package or the code that compiles
//! it changes; the hash of the files travels inside.

use brink_policy::{Depth, load, read_folder};
use std::path::{Path, PathBuf};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    let files: Vec<_> = match read_folder(&folder) {
        // Cases are for checking: they do not judge.
        Ok(files) => files.into_iter().filter(|file| !file.name.starts_with("gevallen/")).collect(),
        Err(error) => {
            println!("cargo::error={error}");
            return;
        }
    };
    let loaded = load(&files, Depth::Use);
    // A package with faults is not built in; the program then reads the files and names the faults.
    let bytes =
        loaded.compiled.as_ref().and_then(|package| postcard::to_stdvec(package).ok()).unwrap_or_default();
    if bytes.is_empty() {
        println!(
            "cargo::warning=the built-in package has {} faults: see `brink controleer`",
            loaded.errors()
        );
    }
    let target = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("drenthe.bin");
    if let Err(error) = std::fs::write(&target, bytes) {
        println!("cargo::error={}: {error}", target.display());
    }
}
