//! P032: facts no norm looks at. Where sections are still to be worked out this is expected, so it is one remark.

use crate::compiled::Compiled;
use crate::feel::Variable;
use crate::finding::Finding;
use crate::package::WrittenPackage;
use std::collections::HashSet;

pub(super) fn check(package: &WrittenPackage, compiled: &Compiled) -> Vec<Finding> {
    let mut used = HashSet::new();
    for norm in &compiled.norms {
        norm.expressions(&mut |expr| {
            expr.variables(&mut |variable| {
                if let Variable::Fact(fact) = variable {
                    used.insert(fact.index());
                }
            });
        });
        for step in &norm.steps {
            step.when.variables(&mut |variable| {
                if let Variable::Fact(fact) = variable {
                    used.insert(fact.index());
                }
            });
        }
    }
    let unused: Vec<&str> = package
        .facts
        .iter()
        .enumerate()
        .filter(|(n, fact)| {
            !used.contains(n) && fact.onderwerp.as_deref().is_none_or(|about| about == "plan")
        })
        .map(|(_, fact)| fact.id.as_str())
        .collect();
    if unused.is_empty() {
        return Vec::new();
    }
    let shown = unused.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    let more = if unused.len() > 5 { ", ..." } else { "" };
    vec![
        Finding::note(
            "P032",
            match unused.len() {
                1 => format!("1 gegeven over een plan wordt door geen norm gebruikt: {shown}"),
                count => {
                    format!("{count} gegevens over een plan worden door geen norm gebruikt: {shown}{more}")
                }
            },
        )
        .help("dat hoort zo zolang niet alle onderdelen zijn uitgewerkt"),
    ]
}
