//! The package that is built in, and packages from a folder.

use crate::arguments::Cli;
use crate::error::{CliError, reason};
use brink_policy::{Compiled, Depth, Loaded, Severity, SourceFile, load, read_folder};
use include_dir::{Dir, include_dir};
use std::path::Path;

static DRENTHE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../policies/drenthe-2022");

static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../voorbeelden");

/// The folder of a package with example plans.
pub(crate) const EXAMPLE_FOLDER: &str = "voorbeelden";

/// Below it, examples with a place on the map.
const EXAMPLES_WITH_A_PLACE: &str = "plekken";

fn is_plan(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
}

/// The example plans of the package by name: the text of each file.
pub(crate) fn examples(cli: &Cli) -> Result<Vec<(String, String)>, CliError> {
    let mut found = Vec::new();
    match &cli.pakket {
        None => {
            let placed = EXAMPLES.get_dir(EXAMPLES_WITH_A_PLACE).into_iter().flat_map(Dir::files);
            for file in EXAMPLES.files().chain(placed).filter(|file| is_plan(file.path())) {
                let name = file.path().file_stem().map(|name| name.to_string_lossy().into_owned());
                found.extend(name.zip(file.contents_utf8().map(str::to_owned)));
            }
        }
        Some(folder) => {
            let folder = folder.join(EXAMPLE_FOLDER);
            let placed = std::fs::read_dir(folder.join(EXAMPLES_WITH_A_PLACE)).into_iter().flatten();
            for entry in std::fs::read_dir(&folder).into_iter().flatten().chain(placed).flatten() {
                let path = entry.path();
                if is_plan(&path) {
                    let text = crate::input::text(&path, brink_assess::MAX_BYTES)?;
                    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
                    found.extend(name.map(|name| (name, text)));
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The files of the built-in package.
pub(crate) fn files() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(&DRENTHE, &mut files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<SourceFile>) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8()
            && file.path().extension().is_some_and(|extension| extension == "yaml")
        {
            let name = file.path().to_string_lossy().replace('\\', "/");
            files.push(SourceFile { name, text: text.to_owned() });
        }
    }
    folder.dirs().for_each(|folder| collect(folder, files));
}

/// The files of the package a command works on, and its name.
pub(crate) fn chosen(folder: Option<&Path>) -> Result<(Vec<SourceFile>, String), CliError> {
    match folder {
        Some(folder) => Ok((read_folder(folder)?, folder.display().to_string())),
        None => Ok((files(), "het ingebouwde pakket".to_owned())),
    }
}

/// A file of the package that is not YAML; `None` when the package has none of that name.
pub(crate) fn bytes(cli: &Cli, name: &str) -> Result<Option<Vec<u8>>, CliError> {
    let Some(folder) = &cli.pakket else {
        return Ok(DRENTHE.get_file(name).map(|file| file.contents().to_vec()));
    };
    let path = folder.join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CliError::Unreadable { path, reason: reason(&error) }),
    }
}

/// The built-in package, compiled when the program was built.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/drenthe.bin"));

/// The package to work with.
pub(crate) fn package(cli: &Cli) -> Result<Compiled, CliError> {
    if cli.pakket.is_none()
        && let Ok(package) = postcard::from_bytes(COMPILED)
    {
        return Ok(package);
    }
    let (files, name) = chosen(cli.pakket.as_deref())?;
    compiled(load(&without_cases(files), Depth::Use), name)
}

/// The package as written and compiled.
pub(crate) fn loaded(cli: &Cli) -> Result<Loaded, CliError> {
    let (files, name) = chosen(cli.pakket.as_deref())?;
    let loaded = load(&files, Depth::Use);
    match &loaded.compiled {
        Some(_) => Ok(loaded),
        None => Err(faulty(&loaded, name)),
    }
}

fn compiled(loaded: Loaded, name: String) -> Result<Compiled, CliError> {
    let error = faulty(&loaded, name);
    loaded.compiled.ok_or(error)
}

fn faulty(loaded: &Loaded, name: String) -> CliError {
    let first = loaded.findings.iter().find(|finding| finding.severity == Severity::Fout);
    CliError::Package {
        name,
        errors: loaded.errors(),
        first: first.map_or_else(String::new, ToString::to_string),
    }
}

/// Cases are for checking; an assessment does not read them. The receipt's hash covers what judges.
fn without_cases(files: Vec<SourceFile>) -> Vec<SourceFile> {
    files.into_iter().filter(|file| !file.name.starts_with("gevallen/")).collect()
}
