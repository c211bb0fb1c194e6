//! P010: an id that is given twice.

use crate::finding::{Finding, Place};
use crate::package::{Item, WrittenPackage};
use crate::yaml::Segment;
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
    if let Some(item) = &p.package {
        let ids = item.lezingen.iter().map(|reading| reading.id.as_str());
        within(p, item, "lezing", &["lezingen".into()], ids, &mut findings);
        for (n, reading) in item.lezingen.iter().enumerate() {
            let ids = reading.opties.iter().map(|option| option.id.as_str());
            within(p, item, "optie", &["lezingen".into(), n.into(), "opties".into()], ids, &mut findings);
        }
    }
    findings
}

/// The same in a list inside one item.
fn within<'a, T>(
    package: &WrittenPackage,
    item: &Item<T>,
    what: &str,
    list: &[Segment],
    ids: impl Iterator<Item = &'a str>,
    findings: &mut Vec<Finding>,
) {
    let place = |n: usize| package.place(item, &[list, &[n.into(), "id".into()]].concat());
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (n, id) in ids.enumerate() {
        if let Some(earlier) = first.insert(id, n) {
            findings.push(already(what, id, &place(earlier), place(n)));
        }
    }
}

fn already(what: &str, id: &str, earlier: &Place, place: Place) -> Finding {
    Finding::error("P010", format!("{what} `{id}` bestaat al"))
        .help(format!(
            "het staat ook op {}:{}; geef dit een ander id of haal het weg",
            earlier.file, earlier.span.line
        ))
        .at(place)
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
            let earlier = package.place(earlier, &[key.into()]);
            findings.push(already(what, id(&item.value), &earlier, package.place(item, &[key.into()])));
        }
    }
}
