//! Addresses of what the pages link to.

use crate::world::World;
use brink_policy::written::Case;

fn query(path: &str, key: &str, value: &str) -> String {
    format!("{path}?{}", serde_urlencoded::to_string([(key, value)]).unwrap_or_default())
}

/// The map with one area.
pub(crate) fn area(id: &str) -> String {
    query("/kaart", "laag", id)
}

/// A plan about an activity.
pub(crate) fn activity(id: &str) -> String {
    query("/toets", "activiteit", id)
}

/// A section of the vision.
pub(crate) fn section(number: &str) -> String {
    format!("/visie/{number}")
}

/// A statement of the vision.
pub(crate) fn statement(id: &str) -> String {
    format!("/visie/uitspraak/{id}")
}

/// A goal or service level.
pub(crate) fn goal(id: &str) -> String {
    format!("/doelen/{id}")
}

/// An inconsistency.
pub(crate) fn inconsistency(id: &str) -> String {
    format!("/over#inconsistentie-{id}")
}

/// The plan of a case, to be assessed; nothing when it is no plan for an activity.
pub(crate) fn case(world: &World, case: &Case) -> Option<String> {
    if case.soort != brink_policy::written::CaseKind::Plan {
        return None;
    }
    let plan = crate::example::query(&serde_json::Value::Object(case.plan.clone()))?;
    world
        .package
        .vocabulary
        .index
        .activities
        .contains_key(&plan.activity)
        .then(|| format!("/toets?{}", plan.query()))
}
