//! Acceptance cases: a plan, and what its answer must be.

use crate::answer::{Assessment, InstrumentUse};
use crate::assess::{Options, assess};
use crate::outcome::Outcome;
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

/// What a case says about an answer, and the answer does not hold to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Whether it is the verdict or the outcome of a norm; the rest is what is named beside it.
    pub judges: bool,
    pub message: String,
}

impl Difference {
    fn judged(message: String) -> Self {
        Self { judges: true, message }
    }

    fn named(message: String) -> Self {
        Self { judges: false, message }
    }
}

/// A case with its plan read, to be run more than once.
pub(crate) struct Ready<'c> {
    pub case: &'c Case,
    pub plan: Plan,
    /// The same plan under the other reading, when the case is about one.
    other: Option<Plan>,
}

impl<'c> Ready<'c> {
    /// Reads the plan of a case; `None` for goals and service levels, which are no plans.
    pub fn new(case: &'c Case, package: &Compiled) -> Option<Result<Self, String>> {
        matches!(case.soort, CaseKind::Plan | CaseKind::Bestuur | CaseKind::Subsidie)
            .then(|| Self::read(case, package))
    }

    fn read(case: &'c Case, package: &Compiled) -> Result<Self, String> {
        let plan = plan(case, package, None)?;
        let other = match &case.lezing {
            Some(reading) if !case.verwacht.oordeel_lezing_b.is_empty() => {
                Some(self::plan(case, package, Some(reading))?)
            }
            _ => None,
        };
        Ok(Self { case, plan, other })
    }

    /// Runs it; `look` sees the answer.
    pub fn run<'p>(
        &self,
        package: &'p Compiled,
        options: &Options,
        look: &mut dyn FnMut(&Assessment<'p>),
    ) -> CaseResult {
        let answer = assess(package, &self.plan, options);
        look(&answer);
        let mut differences = Vec::new();
        compare(self.case, &answer, &mut differences);
        differences.extend(self.other_reading(package, options));
        if differences.is_empty() {
            CaseResult::Passed
        } else {
            CaseResult::Failed(differences.into_iter().map(|difference| difference.message).collect())
        }
    }

    /// Whether this package gives another verdict, or another outcome of a norm, than the case says.
    pub fn judges_otherwise(&self, package: &Compiled, options: &Options) -> bool {
        let answer = assess(package, &self.plan, options);
        let mut differences = Vec::new();
        compare(self.case, &answer, &mut differences);
        differences.iter().any(|difference| difference.judges)
            || self.other_reading(package, options).is_some()
    }

    fn other_reading(&self, package: &Compiled, options: &Options) -> Option<Difference> {
        let answer = assess(package, self.other.as_ref()?, options);
        let allowed = &self.case.verwacht.oordeel_lezing_b;
        let word = answer.oordeel.word();
        (!allowed.iter().any(|expected| expected == word)).then(|| {
            Difference::judged(format!(
                "onder de andere lezing: oordeel {word}, verwacht {}",
                allowed.0.join(" of ")
            ))
        })
    }
}

fn plan(case: &Case, package: &Compiled, reading: Option<&str>) -> Result<Plan, String> {
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
    Plan::from_value(&Value::Object(plan), package).map_err(|error| error.to_string())
}

fn compare(case: &Case, answer: &Assessment<'_>, differences: &mut Vec<Difference>) {
    let expected = &case.verwacht;
    let word = answer.oordeel.word();
    if !expected.oordeel.is_empty() && !expected.oordeel.iter().any(|allowed| allowed == word) {
        differences.push(Difference::judged(format!(
            "oordeel {word}, verwacht {}",
            expected.oordeel.0.join(" of ")
        )));
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
            differences.push(Difference::named(format!("norm {id} staat niet in het antwoord")));
        }
    }
    for id in &expected.niet_van_toepassing {
        if answer.normen.iter().any(|norm| norm.id == *id && norm.van_toepassing == "ja") {
            differences.push(Difference::judged(format!("norm {id} geldt, en dat mag niet")));
        }
    }
    for (id, allowed) in &expected.uitkomst {
        let found: Vec<&str> = of(id).map(|norm| norm.uitkomst.word()).collect();
        // Of no interest is what a norm is that certainly does not apply.
        if found.is_empty() && allowed.iter().any(|allowed| allowed == Outcome::GeenBelang.word()) {
            continue;
        }
        if found.is_empty() {
            differences.push(Difference::judged(format!(
                "norm {id} geldt niet, verwacht {}",
                allowed.0.join(" of ")
            )));
        } else if !found.iter().any(|outcome| allowed.iter().any(|allowed| allowed == outcome)) {
            differences.push(Difference::judged(format!(
                "norm {id}: {}, verwacht {}",
                found.join(", "),
                allowed.0.join(" of ")
            )));
        }
    }
    subsidy(case, answer, differences);
    for id in &expected.documenten {
        if !answer.documenten.iter().any(|document| document.id == id) {
            differences.push(Difference::named(format!("document {id} ontbreekt")));
        }
    }
    for id in &expected.overleg {
        if !answer.overleg.iter().any(|talk| talk.partij == id) {
            differences.push(Difference::named(format!("overleg met {id} ontbreekt")));
        }
    }
}

/// Whether the subsidy of the case, or else one of those that belong to its norms, is available as expected.
fn subsidy(case: &Case, answer: &Assessment<'_>, differences: &mut Vec<Difference>) {
    let expected = &case.verwacht;
    let about = |instrument: &&InstrumentUse<'_>| match &expected.regeling {
        Some(id) => instrument.id == id,
        None => instrument.normen.iter().any(|norm| expected.normen.iter().any(|id| id == norm)),
    };
    let found: Vec<&InstrumentUse<'_>> =
        answer.instrumenten.iter().filter(|one| one.beschikbaar.is_some()).filter(about).collect();
    if let (Some(id), true) = (&expected.regeling, found.is_empty()) {
        differences.push(Difference::judged(format!("regeling {id} staat niet in het antwoord")));
    } else if expected.beschikbaar.is_some()
        && !found.iter().any(|one| one.beschikbaar == expected.beschikbaar)
    {
        let word = |available: Option<Available>| available.map_or("niets", Available::dutch);
        let got: Vec<String> =
            found.iter().map(|one| format!("{} {}", one.id, word(one.beschikbaar))).collect();
        differences.push(Difference::judged(format!(
            "beschikbaar: {}, verwacht {}",
            got.join(", "),
            word(expected.beschikbaar)
        )));
    }
}
