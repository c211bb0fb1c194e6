//! The checks of a package: one file per check, each with a code, a message, a place and advice.

mod complement;
mod contradiction;
mod cycle;
mod duplicate_id;
mod fact_form;
mod goal_sum;
mod id_form;
mod map_source;
mod reading_form;
mod size;
mod statement_form;
mod statement_place;
mod uncovered_lines;
mod unknown_id;
mod unreachable;
mod unused_fact;

use crate::compiled::{Compiled, Norm};
use crate::finding::Finding;
use crate::ids::ActivityId;
use crate::package::WrittenPackage;
use crate::written::ActivityKind;

/// What must hold before a package can be used.
#[must_use]
pub fn structure(package: &WrittenPackage) -> Vec<Finding> {
    let checks: [fn(&WrittenPackage) -> Vec<Finding>; 12] = [
        size::check,
        duplicate_id::check,
        id_form::check,
        unknown_id::check,
        cycle::check,
        statement_place::check,
        statement_form::check,
        fact_form::check,
        reading_form::check,
        complement::check,
        map_source::check,
        goal_sum::check,
    ];
    checks.iter().flat_map(|check| check(package)).collect()
}

/// What whoever edits a package wants to know besides.
#[must_use]
pub fn meaning(package: &WrittenPackage, compiled: &Compiled) -> Vec<Finding> {
    let checks: [fn(&WrittenPackage, &Compiled) -> Vec<Finding>; 4] =
        [unreachable::check, contradiction::check, unused_fact::check, uncovered_lines::check];
    checks.iter().flat_map(|check| check(package, compiled)).collect()
}

/// What a plan that all of `norms` judge can be about; `None` is an initiative of no kind in particular.
fn activities<'a>(
    compiled: &'a Compiled,
    norms: &'a [&'a Norm],
) -> impl Iterator<Item = Option<ActivityId>> + 'a {
    let any = norms.iter().all(|norm| norm.activities.is_empty()).then_some(None);
    let some = compiled.vocabulary.activities.iter().enumerate().filter(|(_, activity)| {
        norms.iter().all(|norm| {
            if norm.activities.is_empty() {
                activity.kind == ActivityKind::Initiatief
            } else {
                norm.activities.iter().any(|wanted| activity.ancestors.contains(wanted))
            }
        })
    });
    any.into_iter().chain(some.map(|(n, _)| Some(ActivityId::from_index(n))))
}
