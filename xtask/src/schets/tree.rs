//! The areas of the package as far as the map needs them: ids, names and who lies in whom.

use crate::error::Error;
use brink_policy::written::{Area, Determination};
use indexmap::IndexMap;
use std::path::Path;

/// All areas of a package.
#[derive(Debug, Default)]
pub struct Areas(IndexMap<String, Node>);

/// One area.
#[derive(Debug, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its parents.
    pub parents: Vec<String>,
    /// What it is outside of.
    pub outside: Option<String>,
    /// What it is a strip around, and how wide.
    pub zone: Option<(String, Option<f64>)>,
    /// Whether every place lies in it.
    pub everywhere: bool,
}

impl Areas {
    /// Reads `gebieden.yaml` of a package.
    pub fn read(package: &Path) -> Result<Self, Error> {
        let files = brink_policy::read_folder(package).map_err(|error| Error::failed(error.to_string()))?;
        let loaded = brink_policy::load(&files, brink_policy::Depth::Use);
        Ok(Self(loaded.written.areas.iter().map(|area| (area.id.clone(), Node::of(area))).collect()))
    }

    /// Areas with these parents.
    #[cfg(test)]
    pub fn of<const N: usize>(areas: [(&str, &[&str]); N]) -> Self {
        let node = |parents: &[&str]| Node {
            parents: parents.iter().map(|parent| (*parent).to_owned()).collect(),
            ..Node::default()
        };
        Self(areas.into_iter().map(|(id, parents)| (id.to_owned(), node(parents))).collect())
    }

    /// All areas, in the order of the package.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Node)> {
        self.0.iter()
    }

    /// Whether the package has this area.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// One area.
    pub fn get(&self, id: &str) -> Option<&Node> {
        self.0.get(id)
    }

    /// An area and all that lies in it, nearest first.
    pub fn with_children(&self, id: &str) -> Vec<&str> {
        let mut found: Vec<&str> = self.0.get_key_value(id).map(|(id, _)| id.as_str()).into_iter().collect();
        let mut seen = 0;
        while let Some(parent) = found.get(seen).copied() {
            seen += 1;
            for (child, node) in &self.0 {
                if node.parents.iter().any(|of| of == parent) && !found.contains(&child.as_str()) {
                    found.push(child);
                }
            }
        }
        found
    }
}

impl Node {
    fn of(area: &Area) -> Self {
        Self {
            name: area.naam.clone(),
            parents: area.ouder.iter().cloned().collect(),
            outside: area.complement_van.clone(),
            zone: area.zone.as_ref().map(|zone| (zone.van.clone(), zone.meter)),
            everywhere: area.bepaling == Determination::Overal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_of_children_count_once() {
        let areas = Areas::of([("a", &[][..]), ("b", &["a"]), ("c", &["a"]), ("d", &["b", "c"]), ("e", &[])]);
        assert_eq!(areas.with_children("a"), ["a", "b", "c", "d"]);
        assert_eq!(areas.with_children("e"), ["e"]);
        assert!(areas.with_children("f").is_empty());
    }
}
