//! Acceptance cases: a plan, and what its answer must be.

use crate::answer::{Assessment, InstrumentUse};
use crate::assess::{Options, assess};
use crate::plan::Plan;
use brink_policy::compiled::Compiled;
use brink_policy::written::{Available, Case, CaseKind};
use serde_json::{Map, Value, json};

/// How a case came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseResult {
    /// As expected.
    Passed,
    /// Not as expected; how.
    Failed(Vec<String>),
    /// Of a kind this can't run.
    Skipped,
}

/// Runs a case. Plans, acts of authorities and subsidies are assessed; goals and service levels are not.
#[must_use]
pub fn run(case: &Case, package: &Compiled, options: &Options) -> CaseResult {
    if !matches!(case.soort, CaseKind::Plan | CaseKind::Bestuur | CaseKind::Subsidie) {
        return CaseResult::Skipped;
    }
    let mut failures = Vec::new();
    match answer(case, package, options, None) {
        Ok(answer) => compare(case, &answer, &mut failures),
        Err(message) => failures.push(message),
    }
    if let (Some(reading), false) = (&case.lezing, case.verwacht.oordeel_lezing_b.is_empty()) {
        match answer(case, package, options, Some(reading)) {
            Ok(answer) => {
                let word = answer.oordeel.word();
                if !case.verwacht.oordeel_lezing_b.iter().any(|expected| expected == word) {
                    failures.push(format!(
                        "onder de andere lezing: oordeel {word}, verwacht {}",
                        case.verwacht.oordeel_lezing_b.0.join(" of ")
                    ));
                }
            }
            Err(message) => failures.push(message),
        }
    }
    if failures.is_empty() { CaseResult::Passed } else { CaseResult::Failed(failures) }
}

fn answer<'p>(
    case: &Case,
    package: &'p Compiled,
    options: &Options,
    reading: Option<&str>,
) -> Result<Assessment<'p>, String> {
    let mut plan: Map<String, Value> = case.plan.clone();
    let areas = plan.entry("gebieden").or_insert_with(|| json!({}));
    if let Some(areas) = areas.as_object_mut() {
        areas.entry("binnen").or_insert_with(|| json!([]));
    }
    if let Some(year) = case.verwacht.aanvraagjaar {
        plan.entry("peildatum").or_insert_with(|| json!(format!("{year}-12-31")));
    }
    if let Some(id) = reading {
        let known = package.vocabulary.readings.iter().find(|reading| reading.id == *id);
        let reading = known.ok_or_else(|| format!("lezing `{id}` bestaat niet"))?;
        let other = reading.options.iter().enumerate().find(|(n, _)| *n != usize::from(reading.choice));
        let Some((_, (option, _))) = other else {
            return Err(format!("lezing `{id}` heeft geen andere optie"));
        };
        plan.insert("lezingen".to_owned(), json!({ id: option }));
    }
    let plan = Plan::from_value(&Value::Object(plan), package).map_err(|error| error.to_string())?;
    Ok(assess(package, &plan, options))
}

fn compare(case: &Case, answer: &Assessment<'_>, failures: &mut Vec<String>) {
    let expected = &case.verwacht;
    let word = answer.oordeel.word();
    if !expected.oordeel.is_empty() && !expected.oordeel.iter().any(|allowed| allowed == word) {
        failures.push(format!("oordeel {word}, verwacht {}", expected.oordeel.0.join(" of ")));
    }
    let of = |id: &str| {
        let id = id.to_owned();
        answer.normen.iter().filter(move |norm| {
            norm.id == id
                || norm.uitspraken.contains(&id)
                || norm.voorwaarden.iter().any(|condition| condition.id == id)
        })
    };
    for id in &expected.normen {
        if of(id).next().is_none() {
            failures.push(format!("norm {id} staat niet in het antwoord"));
        }
    }
    for id in &expected.niet_van_toepassing {
        if answer.normen.iter().any(|norm| norm.id == *id && norm.van_toepassing == "ja") {
            failures.push(format!("norm {id} geldt, en dat mag niet"));
        }
    }
    for (id, allowed) in &expected.uitkomst {
        let found: Vec<&str> = of(id).map(|norm| norm.uitkomst.word()).collect();
        if !found.is_empty() && !found.iter().any(|outcome| allowed.iter().any(|allowed| allowed == outcome))
        {
            failures.push(format!("norm {id}: {}, verwacht {}", found.join(", "), allowed.0.join(" of ")));
        }
    }
    subsidy(case, answer, failures);
    for id in &expected.documenten {
        if !answer.documenten.iter().any(|document| document.id == id) {
            failures.push(format!("document {id} ontbreekt"));
        }
    }
    for id in &expected.overleg {
        if !answer.overleg.iter().any(|talk| talk.partij == id) {
            failures.push(format!("overleg met {id} ontbreekt"));
        }
    }
}

/// Whether the subsidy of the case, or else one of those that belong to its norms, is available as expected.
fn subsidy(case: &Case, answer: &Assessment<'_>, failures: &mut Vec<String>) {
    let expected = &case.verwacht;
    let about = |instrument: &&InstrumentUse<'_>| match &expected.regeling {
        Some(id) => instrument.id == id,
        None => instrument.normen.iter().any(|norm| expected.normen.iter().any(|id| id == norm)),
    };
    let found: Vec<&InstrumentUse<'_>> =
        answer.instrumenten.iter().filter(|one| one.beschikbaar.is_some()).filter(about).collect();
    if let (Some(id), true) = (&expected.regeling, found.is_empty()) {
        failures.push(format!("regeling {id} staat niet in het antwoord"));
    } else if expected.beschikbaar.is_some()
        && !found.iter().any(|one| one.beschikbaar == expected.beschikbaar)
    {
        let word = |available: Option<Available>| available.map_or("niets", Available::dutch);
        let got: Vec<String> =
            found.iter().map(|one| format!("{} {}", one.id, word(one.beschikbaar))).collect();
        failures.push(format!("beschikbaar: {}, verwacht {}", got.join(", "), word(expected.beschikbaar)));
    }
}
