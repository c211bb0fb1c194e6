//! P012: something that lies above itself, or norms that switch each other off.

use crate::finding::Finding;
use crate::package::{Item, WrittenPackage};
use std::collections::HashMap;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let p = package;
    let mut findings = Vec::new();
    walk(p, &p.activities, "activiteit", "ouder", |a| &a.id, |a| a.ouder.0.clone(), &mut findings);
    walk(p, &p.areas, "gebied", "ouder", |a| &a.id, |a| a.ouder.0.clone(), &mut findings);
    let above = |i: &crate::written::Interest| i.ouder.iter().chain(&i.ook_onder).cloned().collect();
    walk(p, &p.interests, "belang", "ouder", |i| &i.id, above, &mut findings);
    walk(p, &p.parties, "partij", "ouder", |t| &t.id, |t| t.ouder.0.clone(), &mut findings);
    let off =
        |s: &crate::written::Statement| s.schakelt_uit.as_ref().map(|o| o.normen.clone()).unwrap_or_default();
    walk(p, &p.statements, "norm", "schakelt_uit", |s| &s.id, off, &mut findings);
    findings
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Open,
    Done,
}

fn walk<T>(
    package: &WrittenPackage,
    items: &[Item<T>],
    what: &str,
    key: &str,
    id: impl Fn(&T) -> &String,
    next: impl Fn(&T) -> Vec<String>,
    findings: &mut Vec<Finding>,
) {
    let numbers: HashMap<&str, usize> =
        items.iter().enumerate().map(|(n, item)| (id(&item.value).as_str(), n)).collect();
    let edges: Vec<Vec<usize>> = items
        .iter()
        .map(|item| next(&item.value).iter().filter_map(|id| numbers.get(id.as_str())).copied().collect())
        .collect();
    let mut marks: HashMap<usize, Mark> = HashMap::new();
    for start in 0..items.len() {
        // Depth first, without recursion: a chain may be long.
        let mut stack: Vec<(usize, usize)> = vec![(start, 0)];
        if marks.contains_key(&start) {
            continue;
        }
        marks.insert(start, Mark::Open);
        while let Some((node, at)) = stack.pop() {
            let Some(target) = edges.get(node).and_then(|targets| targets.get(at)).copied() else {
                marks.insert(node, Mark::Done);
                continue;
            };
            stack.push((node, at + 1));
            match marks.get(&target) {
                None => {
                    marks.insert(target, Mark::Open);
                    stack.push((target, 0));
                }
                Some(Mark::Done) => {}
                Some(Mark::Open) => {
                    let from = stack.iter().position(|(n, _)| *n == target).unwrap_or_default();
                    let mut names: Vec<&str> = stack
                        .iter()
                        .skip(from)
                        .filter_map(|(n, _)| items.get(*n))
                        .map(|item| id(&item.value).as_str())
                        .collect();
                    names.extend(items.get(target).map(|item| id(&item.value).as_str()));
                    if let Some(item) = items.get(node) {
                        findings.push(
                            Finding::error(
                                "P012",
                                format!("{what} staat in een kringloop: {}", names.join(" > ")),
                            )
                            .help(format!("haal een van deze schakels weg bij `{key}`"))
                            .at(package.place(item, &[key.into()])),
                        );
                    }
                }
            }
        }
    }
}
