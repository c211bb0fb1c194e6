//! The ledger: what of the source is covered, per section.

use crate::package::WrittenPackage;
use crate::written::{Execution, StatementKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is covered of one section, those below it left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerRow {
    /// Number of the section.
    pub onderdeel: String,
    /// Its title.
    pub titel: String,
    /// Lines of text in it; headings and captions do not count.
    pub regels: usize,
    /// How many of those lie in a statement.
    pub gedekt: usize,
    /// The lines that lie in none.
    pub ongedekt: Vec<u32>,
    /// Statements per way they live in software.
    pub uitvoering: BTreeMap<Execution, usize>,
    /// Statements that went into a norm of another id.
    pub verwerkt: usize,
    /// Statements per kind.
    pub soorten: BTreeMap<StatementKind, usize>,
    /// Cases that judge by this section alone or with others.
    pub gevallen: usize,
}

/// The ledger of a package, in the order of the source.
#[must_use]
pub fn ledger(package: &WrittenPackage) -> Vec<LedgerRow> {
    let covered: BTreeSet<u32> = package.statements.iter().flat_map(|s| s.regels[0]..=s.regels[1]).collect();
    package
        .sections
        .iter()
        .map(|section| {
            let lines: BTreeSet<u32> = section
                .alineas
                .iter()
                .filter(|paragraph| !matches!(paragraph.soort.as_str(), "kop" | "bijschrift"))
                .flat_map(|paragraph| paragraph.regels[0]..=paragraph.regels[1])
                .collect();
            let mut row = LedgerRow {
                onderdeel: section.nummer.clone(),
                titel: section.titel.clone(),
                regels: lines.len(),
                gedekt: lines.intersection(&covered).count(),
                ongedekt: lines.difference(&covered).copied().collect(),
                uitvoering: BTreeMap::new(),
                verwerkt: 0,
                soorten: BTreeMap::new(),
                gevallen: 0,
            };
            for statement in
                package.statements.iter().filter(|statement| statement.onderdeel == section.nummer)
            {
                *row.soorten.entry(statement.soort).or_default() += 1;
                if statement.verwerkt_in.is_some() {
                    row.verwerkt += 1;
                } else {
                    *row.uitvoering.entry(statement.uitvoering).or_default() += 1;
                }
            }
            row.gevallen = package
                .cases
                .iter()
                .filter(|case| {
                    case.id.rsplit_once('-').is_some_and(|(head, _)| {
                        head.strip_suffix("-eigen").unwrap_or(head) == section.nummer
                    })
                })
                .count();
            row
        })
        .collect()
}
