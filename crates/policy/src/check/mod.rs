//! The checks of a package: one file per check, each with a code, a message, a place and advice.

mod contradiction;
mod cycle;
mod duplicate_id;
mod fact_form;
mod id_form;
mod reading_form;
mod statement_form;
mod statement_place;
mod uncovered_lines;
mod unknown_id;
mod unreachable;
mod unused_fact;

use crate::compiled::Compiled;
use crate::finding::Finding;
use crate::package::WrittenPackage;

/// What must hold before a package can be used.
#[must_use]
pub fn structure(package: &WrittenPackage) -> Vec<Finding> {
    let checks: [fn(&WrittenPackage) -> Vec<Finding>; 8] = [
        duplicate_id::check,
        id_form::check,
        unknown_id::check,
        cycle::check,
        statement_place::check,
        statement_form::check,
        fact_form::check,
        reading_form::check,
    ];
    checks.iter().flat_map(|check| check(package)).collect()
}

/// What whoever edits a package wants to know besides.
#[must_use]
pub fn meaning(package: &WrittenPackage, compiled: &Compiled) -> Vec<Finding> {
    let checks: [fn(&WrittenPackage, &Compiled) -> Vec<Finding>; 4] = [
        unreachable::check,
        contradiction::check,
        unused_fact::check,
        uncovered_lines::check,
    ];
    checks.iter().flat_map(|check| check(package, compiled)).collect()
}
