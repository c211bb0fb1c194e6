//! P005: more of something, or more above something, than a package can hold. Without it ids, which are compiled to
//! small numbers, would run together, and hierarchies would take more memory than they are worth.

use crate::compiled::{MAX_ANCESTORS, closures};
use crate::finding::Finding;
use crate::package::{Item, MAX_ITEMS, WrittenPackage};
use std::collections::HashMap;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let p = package;
    let mut findings = Vec::new();
    many(p, &p.sections, "onderdelen", &mut findings);
    many(p, &p.interests, "belangen", &mut findings);
    many(p, &p.activities, "activiteiten", &mut findings);
    many(p, &p.areas, "gebieden", &mut findings);
    many(p, &p.facts, "gegevens", &mut findings);
    many(p, &p.parties, "partijen", &mut findings);
    many(p, &p.documents, "documenten", &mut findings);
    many(p, &p.instruments, "instrumenten", &mut findings);
    many(p, &p.statements, "uitspraken", &mut findings);
    deep(p, &p.activities, |a| (&a.id, a.ouder.iter().collect()), &mut findings);
    deep(p, &p.areas, |a| (&a.id, a.ouder.iter().collect()), &mut findings);
    deep(p, &p.interests, |i| (&i.id, i.ouder.iter().chain(&i.ook_onder).collect()), &mut findings);
    findings
}

fn many<T>(package: &WrittenPackage, items: &[Item<T>], what: &str, findings: &mut Vec<Finding>) {
    if let Some(first) = items.get(MAX_ITEMS) {
        findings.push(
            Finding::error("P005", format!("{} {what}, meer dan de toegestane {MAX_ITEMS}", items.len()))
                .help("splits het pakket, of haal weg wat er niet in hoort")
                .at(package.place(first, &[])),
        );
    }
}

/// Names the first that has too much above it; what lies below that has too.
fn deep<T>(
    package: &WrittenPackage,
    items: &[Item<T>],
    names: impl Fn(&T) -> (&String, Vec<&String>),
    findings: &mut Vec<Finding>,
) {
    let numbers: HashMap<&str, usize> =
        items.iter().enumerate().map(|(n, item)| (names(&item.value).0.as_str(), n)).collect();
    let parents: Vec<Vec<usize>> = items
        .iter()
        .map(|item| names(&item.value).1.iter().filter_map(|id| numbers.get(id.as_str())).copied().collect())
        .collect();
    let closed = closures(&parents);
    if let Some((item, _)) = items.iter().zip(&closed).find(|(_, above)| above.len() > MAX_ANCESTORS) {
        findings.push(
            Finding::error(
                "P005",
                format!("`{}` heeft er {MAX_ANCESTORS} of meer boven zich", names(&item.value).0),
            )
            .help("laat schakels weg die niets toevoegen")
            .at(package.place(item, &["ouder".into()])),
        );
    }
}
