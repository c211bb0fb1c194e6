//! P031: a prohibition and a permission about the same interest that can hold for the same plan with no exception
//! between them.

use super::activities;
use crate::compiled::{Compiled, NormEffect, Requirement};
use crate::feel::Expr;
use crate::finding::Finding;
use crate::ids::NormId;
use crate::known::Known;
use crate::package::WrittenPackage;
use crate::search::witness;
use crate::written::Effect;
use rust_decimal::Decimal;

pub(super) fn check(package: &WrittenPackage, compiled: &Compiled) -> Vec<Finding> {
    let with = |effect: Effect| {
        compiled
            .norms
            .iter()
            .enumerate()
            .filter(move |(_, norm)| norm.effect == NormEffect::Judges(effect))
            .map(|(n, norm)| (NormId::from_index(n), norm))
    };
    let mut findings = Vec::new();
    for (prohibition_id, prohibition) in with(Effect::Verbod) {
        for (permission_id, permission) in with(Effect::Toegestaan) {
            let settled = prohibition.switched_off_by.contains(&permission_id)
                || permission.switched_off_by.contains(&prohibition_id);
            // About different interests both may be said at once: allowed here, forbidden for another reason.
            let same_matter =
                prohibition.interests.iter().any(|interest| permission.interests.contains(interest));
            if settled || !same_matter {
                continue;
            }
            let mut parts = vec![&prohibition.applies, &permission.applies];
            let requirements: Vec<&Expr> = permission.conditions.iter().filter_map(requirement).collect();
            parts.extend(requirements);
            let both = [prohibition, permission];
            let found = activities(compiled, &both).find_map(|activity| {
                let mut known = Known::new(compiled, activity, Decimal::ZERO);
                witness(&parts, &mut known).map(|example| (activity, example))
            });
            if let Some((activity, example)) = found {
                let activity = activity
                    .and_then(|activity| compiled.vocabulary.activity(activity))
                    .map_or("een initiatief", |activity| activity.id.as_str());
                let mut finding = Finding::warning(
                    "P031",
                    format!("{} verbiedt en {} staat toe, en beide kunnen gelden", prohibition.id, permission.id),
                )
                .help(format!(
                    "bijvoorbeeld {activity} met {example}; leg met `uitzonderingen` of `schakelt_uit` vast wie voorgaat"
                ));
                if let Some(item) = package.statements.iter().find(|item| item.id == permission.id) {
                    finding = finding.at(package.place(item, &["effect".into()]));
                }
                findings.push(finding);
            }
        }
    }
    findings
}

fn requirement(condition: &crate::compiled::Condition) -> Option<&Expr> {
    match &condition.requirement {
        Requirement::Expr(expr) => Some(expr),
        _ => None,
    }
}
