//! P013: an id that is not written as ids are.

use crate::finding::Finding;
use crate::package::{Item, WrittenPackage};

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let mut findings = Vec::new();
    let p = package;
    form(p, &p.interests, |i| &i.id, &mut findings);
    form(p, &p.activities, |a| &a.id, &mut findings);
    form(p, &p.areas, |a| &a.id, &mut findings);
    form(p, &p.facts, |f| &f.id, &mut findings);
    form(p, &p.parties, |t| &t.id, &mut findings);
    form(p, &p.documents, |t| &t.id, &mut findings);
    form(p, &p.instruments, |t| &t.id, &mut findings);
    form(p, &p.concepts, |t| &t.id, &mut findings);
    form(p, &p.goals, |g| &g.id, &mut findings);
    form(p, &p.services, |s| &s.id, &mut findings);
    form(p, &p.inconsistencies, |i| &i.id, &mut findings);
    for fact in &p.facts {
        if RESERVED.contains(&fact.id.as_str()) {
            findings.push(
                Finding::error(
                    "P013",
                    format!("gegeven `{}` heeft een naam die in uitdrukkingen al iets betekent", fact.id),
                )
                .help("kies een andere naam")
                .at(p.place(fact, &["id".into()])),
            );
        }
    }
    findings
}

/// Words of the expression language.
const RESERVED: [&str; 8] = ["and", "or", "not", "in", "between", "true", "false", "peildatum"];

fn form<T>(
    package: &WrittenPackage,
    items: &[Item<T>],
    id: impl Fn(&T) -> &String,
    findings: &mut Vec<Finding>,
) {
    for item in items {
        if !well_formed(id(&item.value)) {
            findings.push(
                Finding::error(
                    "P013",
                    format!("id `{}` heeft niet de vorm van een id", id(&item.value)),
                )
                .help(
                    "gebruik kleine letters, cijfers en losse koppeltekens, zoals `natuurnetwerk-nederland`",
                )
                .at(package.place(item, &["id".into()])),
            );
        }
    }
}

fn well_formed(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}
