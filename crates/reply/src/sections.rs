//! The vision as a tree of sections.

use crate::error::Unknown;
use brink_policy::WrittenPackage;
use brink_policy::written::{Execution, Section, StatementKind};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A section with those below it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Onderdeel")]
pub struct SectionReply<'p> {
    /// Nummer, zoals `5.6.2`.
    pub nummer: &'p str,
    /// Titel.
    pub titel: &'p str,
    /// Eerste en laatste regel in de tekst van de visie.
    pub regels: [u32; 2],
    /// Aantal uitspraken in dit onderdeel zelf.
    pub uitspraken: usize,
    /// Aantal uitspraken in dit onderdeel en alles eronder.
    pub uitspraken_totaal: usize,
    /// Aantal uitspraken in dit onderdeel zelf, per soort.
    #[schemars(with = "BTreeMap<String, usize>")]
    pub soorten: BTreeMap<StatementKind, usize>,
    /// Aantal uitspraken in dit onderdeel zelf, naar hoe zij in de software leven.
    #[schemars(with = "BTreeMap<String, usize>")]
    pub uitvoering: BTreeMap<Execution, usize>,
    /// Onderdelen direct eronder.
    pub onderdelen: Vec<Self>,
}

/// The tree, in the order of the vision.
#[must_use]
pub fn sections(written: &WrittenPackage) -> Vec<SectionReply<'_>> {
    let numbers: Vec<&str> = written.sections.iter().map(|section| section.nummer.as_str()).collect();
    let mut below: BTreeMap<Option<&str>, Vec<SectionReply<'_>>> = BTreeMap::new();
    // From the last on, so that what lies below a section is there before the section itself.
    for section in written.sections.iter().rev() {
        let mut reply = alone(written, section);
        if let Some(mut children) = below.remove(&Some(section.nummer.as_str())) {
            children.reverse();
            reply.uitspraken_totaal += children.iter().map(|child| child.uitspraken_totaal).sum::<usize>();
            reply.onderdelen = children;
        }
        below.entry(parent(&section.nummer, &numbers)).or_default().push(reply);
    }
    let mut top = below.remove(&None).unwrap_or_default();
    top.reverse();
    top
}

/// One section, with those below it.
pub fn section<'p>(written: &'p WrittenPackage, number: &str) -> Result<SectionReply<'p>, Unknown> {
    fn find<'p>(list: Vec<SectionReply<'p>>, number: &str) -> Option<SectionReply<'p>> {
        list.into_iter().find_map(|section| {
            if section.nummer == number { Some(section) } else { find(section.onderdelen, number) }
        })
    }
    find(sections(written), number).ok_or_else(|| {
        Unknown::new("onderdeel", number, written.sections.iter().map(|section| section.nummer.as_str()))
    })
}

fn alone<'p>(written: &'p WrittenPackage, section: &'p Section) -> SectionReply<'p> {
    let (mut soorten, mut uitvoering) = (BTreeMap::new(), BTreeMap::new());
    let mut uitspraken = 0;
    for statement in written.statements.iter().filter(|statement| statement.onderdeel == section.nummer) {
        uitspraken += 1;
        *soorten.entry(statement.soort).or_default() += 1;
        *uitvoering.entry(statement.uitvoering).or_default() += 1;
    }
    SectionReply {
        nummer: &section.nummer,
        titel: &section.titel,
        regels: section.regels,
        uitspraken,
        uitspraken_totaal: uitspraken,
        soorten,
        uitvoering,
        onderdelen: Vec::new(),
    }
}

/// The nearest section above that exists.
fn parent<'a>(number: &'a str, numbers: &[&'a str]) -> Option<&'a str> {
    let mut above = number;
    while let Some((head, _)) = above.rsplit_once('.') {
        if numbers.contains(&head) {
            return Some(head);
        }
        above = head;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klein::klein;

    #[test]
    fn a_tree_in_the_order_of_the_vision() {
        let (_, written) = klein();
        let tree = sections(&written);
        let numbers: Vec<&str> = tree.iter().map(|section| section.nummer).collect();
        assert_eq!(numbers, ["0", "1", "2", "3"]);
        let two = &tree[2];
        let below: Vec<&str> = two.onderdelen.iter().map(|section| section.nummer).collect();
        assert_eq!(below, ["2.1", "2.2"]);
        assert_eq!(two.uitspraken, 0);
        let total: usize = tree.iter().map(|section| section.uitspraken_totaal).sum();
        assert_eq!(total, written.statements.len());
    }

    #[test]
    fn one_section_counts_by_kind() {
        let (_, written) = klein();
        let one = section(&written, "2.1").unwrap();
        assert_eq!(one.titel, "Stilte");
        assert_eq!(one.uitspraken, one.soorten.values().sum::<usize>());
        assert_eq!(one.uitspraken, one.uitvoering.values().sum::<usize>());
        assert_eq!(one.soorten.get(&StatementKind::Definitie), Some(&1));
        assert_eq!(one.onderdelen[0].nummer, "2.1.1");
        assert_eq!(section(&written, "2.3").unwrap_err().what, "onderdeel");
    }

    #[test]
    fn a_section_without_the_one_above_lies_below_the_next() {
        assert_eq!(parent("1.2.3", &["1", "1.2.3"]), Some("1"));
        assert_eq!(parent("4.1", &["1"]), None);
    }
}
