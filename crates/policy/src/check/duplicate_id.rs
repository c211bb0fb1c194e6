//! P010: an id that is given twice.

use crate::finding::Finding;
use crate::package::{Item, WrittenPackage};
use std::collections::HashMap;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let mut findings = Vec::new();
    let p = package;
    twice(p, &p.sections, "onderdeel", "nummer", |s| &s.nummer, &mut findings);
    twice(p, &p.interests, "belang", "id", |i| &i.id, &mut findings);
    twice(p, &p.activities, "activiteit", "id", |a| &a.id, &mut findings);
    twice(p, &p.areas, "gebied", "id", |a| &a.id, &mut findings);
    twice(p, &p.facts, "gegeven", "id", |f| &f.id, &mut findings);
    twice(p, &p.parties, "partij", "id", |t| &t.id, &mut findings);
    twice(p, &p.documents, "document", "id", |t| &t.id, &mut findings);
    twice(p, &p.instruments, "instrument", "id", |t| &t.id, &mut findings);
    twice(p, &p.concepts, "begrip", "id", |t| &t.id, &mut findings);
    twice(p, &p.goals, "doel", "id", |g| &g.id, &mut findings);
    twice(p, &p.services, "dienst", "id", |s| &s.id, &mut findings);
    twice(p, &p.statements, "uitspraak", "id", |s| &s.id, &mut findings);
    twice(p, &p.inconsistencies, "inconsistentie", "id", |i| &i.id, &mut findings);
    twice(p, &p.cases, "geval", "id", |c| &c.id, &mut findings);
    findings
}

fn twice<T>(
    package: &WrittenPackage,
    items: &[Item<T>],
    what: &str,
    key: &str,
    id: impl Fn(&T) -> &String,
    findings: &mut Vec<Finding>,
) {
    let mut first: HashMap<&str, &Item<T>> = HashMap::new();
    for item in items {
        if let Some(earlier) = first.insert(id(&item.value), item) {
            let earlier_place = package.place(earlier, &[key.into()]);
            findings.push(
                Finding::error("P010", format!("{what} `{}` bestaat al", id(&item.value)))
                    .help(format!(
                        "het staat ook op {}:{}; geef dit een ander id of haal het weg",
                        earlier_place.file, earlier_place.span.line
                    ))
                    .at(package.place(item, &[key.into()])),
            );
        }
    }
}
