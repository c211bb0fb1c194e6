//! P012: something that lies above itself, or norms that switch each other off.

use crate::finding::Finding;
use crate::package::{Item, WrittenPackage};
use crate::written::{Interest, Statement};
use crate::yaml::Segment;
use std::collections::HashMap;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let p = package;
    let mut findings = Vec::new();
    walk(p, &p.activities, "activiteit", |a| &a.id, |a| links("ouder", &a.ouder.0), &mut findings);
    walk(p, &p.areas, "gebied", |a| &a.id, |a| links("ouder", &a.ouder.0), &mut findings);
    let above = |i: &Interest| {
        let mut above = links("ouder", &i.ouder.0);
        above.extend(links("ook_onder", &i.ook_onder));
        above
    };
    walk(p, &p.interests, "belang", |i| &i.id, above, &mut findings);
    walk(p, &p.parties, "partij", |t| &t.id, |t| links("ouder", &t.ouder.0), &mut findings);
    let off = |s: &Statement| {
        let off = s.schakelt_uit.iter().flat_map(|off| links("normen", &off.normen));
        off.map(|link| Link { path: [&["schakelt_uit".into()][..], &link.path].concat(), ..link }).collect()
    };
    walk(p, &p.statements, "norm", |s| &s.id, off, &mut findings);
    findings
}

/// What lies above something or is switched off by it, and where that is written.
struct Link {
    to: String,
    path: Vec<Segment>,
}

fn links(key: &str, ids: &[String]) -> Vec<Link> {
    ids.iter().enumerate().map(|(n, id)| Link { to: id.clone(), path: vec![key.into(), n.into()] }).collect()
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
    id: impl Fn(&T) -> &String,
    next: impl Fn(&T) -> Vec<Link>,
    findings: &mut Vec<Finding>,
) {
    let numbers: HashMap<&str, usize> =
        items.iter().enumerate().map(|(n, item)| (id(&item.value).as_str(), n)).collect();
    let edges: Vec<Vec<(usize, Vec<Segment>)>> = items
        .iter()
        .map(|item| {
            let links = next(&item.value).into_iter();
            links.filter_map(|link| Some((*numbers.get(link.to.as_str())?, link.path))).collect()
        })
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
            let Some((target, path)) = edges.get(node).and_then(|targets| targets.get(at)) else {
                marks.insert(node, Mark::Done);
                continue;
            };
            stack.push((node, at + 1));
            match marks.get(target) {
                None => {
                    marks.insert(*target, Mark::Open);
                    stack.push((*target, 0));
                }
                Some(Mark::Done) => {}
                Some(Mark::Open) => {
                    let from = stack.iter().position(|(n, _)| n == target).unwrap_or_default();
                    let mut names: Vec<&str> = stack
                        .iter()
                        .skip(from)
                        .filter_map(|(n, _)| items.get(*n))
                        .map(|item| id(&item.value).as_str())
                        .collect();
                    names.extend(items.get(*target).map(|item| id(&item.value).as_str()));
                    if let Some(item) = items.get(node) {
                        findings.push(
                            Finding::error(
                                "P012",
                                format!("{what} staat in een kringloop: {}", names.join(" > ")),
                            )
                            .help(format!("haal een van deze schakels weg bij `{}`", key(path)))
                            .at(package.place(item, path)),
                        );
                    }
                }
            }
        }
    }
}

/// The key a link is written under.
fn key(path: &[Segment]) -> &str {
    match path.first() {
        Some(Segment::Key(key)) => key,
        _ => "",
    }
}
