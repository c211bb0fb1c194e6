//! P030: a norm that can never apply, whatever the plan.

use super::activities;
use crate::compiled::Compiled;
use crate::finding::Finding;
use crate::known::Known;
use crate::package::WrittenPackage;
use crate::search::satisfiable;
use rust_decimal::Decimal;

pub(super) fn check(package: &WrittenPackage, compiled: &Compiled) -> Vec<Finding> {
    let mut findings = Vec::new();
    for norm in &compiled.norms {
        let reachable = activities(compiled, &[norm]).any(|activity| {
            let mut known = Known::new(compiled, activity, Decimal::ZERO);
            satisfiable(&[&norm.applies], &mut known).unwrap_or(true)
        });
        if !reachable {
            let mut finding = Finding::error("P030", format!("norm {} kan nooit gelden", norm.id))
                .help("`als`, gebieden en uitzonderingen spreken elkaar tegen");
            if let Some(item) = package.statements.iter().find(|item| item.id == norm.id) {
                finding = finding.at(package.place(item, &["als".into()]));
            }
            findings.push(finding);
        }
    }
    findings
}
