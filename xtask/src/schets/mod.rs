//! `cargo xtask schets`: from a hand-kept table of facts to the schematic map of the package.

mod borders;
mod built;
mod check;
mod draw;
mod facts;
mod join;
mod map;
mod metric;
mod point;
#[cfg(test)]
mod real;
mod tree;

use crate::error::Error;
use crate::project;
use facts::Facts;
use std::fs;
use std::path::Path;
use tree::Areas;

/// The package with the map.
const PACKAGE: &str = "policies/drenthe-2022";
/// The facts and the map in it.
const FOLDER: &str = "schets";
/// The map.
const MAP: &str = "kaart.geojson";

/// Draws the map and writes it, or with `check` only tells whether the written one is right and current.
pub fn run(check: bool) -> Result<(), Error> {
    let package = project::root()?.join(PACKAGE);
    let map = draw(&package)?;
    let file = package.join(FOLDER).join(MAP);
    let mut problems = map.problems;
    if !check {
        // Also with problems: looking at the map shows most of them.
        fs::write(&file, &map.text)
            .map_err(|error| Error::failed(format!("cannot write `{}`: {error}", file.display())))?;
    } else if project::read(&file)? != map.text {
        problems.push(format!("{MAP} is niet bijgewerkt naar de feiten; draai `cargo xtask schets`"));
    }
    for problem in &problems {
        eprintln!("{problem}");
    }
    println!("{} van {} gebieden getekend, {} kB", map.drawn, map.areas, map.text.len() / 1_000);
    match problems.len() {
        0 => Ok(()),
        1 => Err(Error::failed("1 fout in de schetskaart")),
        count => Err(Error::failed(format!("{count} fouten in de schetskaart"))),
    }
}

/// The map, and what is wrong with it.
struct Map {
    text: String,
    problems: Vec<String>,
    drawn: usize,
    areas: usize,
}

fn draw(package: &Path) -> Result<Map, Error> {
    let facts = Facts::read(&package.join(FOLDER))?;
    let areas = Areas::read(package)?;
    let mut problems = Vec::new();
    let shapes = draw::shapes(&facts, &areas, &mut problems);
    let text = map::text(&facts, &areas, &shapes).map_err(Error::failed)?;
    problems.extend(check::problems(&facts, &areas, &shapes, &text));
    Ok(Map { text, problems, drawn: shapes.len(), areas: areas.iter().count() })
}
