//! The questions: those that were answered, and those that still matter.

use crate::pages::words::label;
use crate::plan_query::{Membership, PlanQuery};
use crate::world::World;
use brink_assess::{Assessment, Located, Outcome, Plan, Question, assess_located, locate};
use brink_geo::place::Place;
use brink_policy::compiled::FactKind;

/// A question with its controls.
pub(super) struct Asked {
    /// Its id in the page.
    pub id: String,
    /// The parameter its answer is sent in.
    pub name: String,
    pub text: String,
    pub explanation: Option<String>,
    pub control: Control,
    /// What was answered, as typed.
    pub answer: String,
    pub decisive: bool,
    /// Whether somebody must judge.
    pub judgement: bool,
    /// The norms that ask it: id and what they say.
    pub norms: Vec<(String, String)>,
    /// How many more norms ask it.
    pub more_norms: usize,
    /// The strictest outcome it has a part in.
    pub leads_to: Option<Outcome>,
    /// What the verdict becomes with an answer.
    pub effects: Vec<(String, Outcome)>,
    /// Id of the fact or area, to skip it.
    pub subject: String,
}

/// How a question is answered.
pub(crate) enum Control {
    /// One of these: value and name.
    Choice(Vec<(String, String)>),
    /// A number, with its unit.
    Number(String),
    /// A date.
    Date,
    /// Words.
    Text,
}

/// How many questions are asked at once.
const AT_ONCE: usize = 5;
/// How many of those are tried with every answer.
const TRIED: usize = 3;
/// How many norms are named with a question.
const NAMED: usize = 4;

/// A plan that was assessed.
pub(super) struct Case<'a> {
    pub world: &'a World,
    pub query: &'a PlanQuery,
    /// Its place (WKT, WGS84), when it has one.
    pub shape: Option<&'a str>,
    /// That place as read, and how it lies.
    pub place: Option<&'a Place>,
    pub located: Option<&'a Located>,
}

/// The questions that still matter, most decisive first, and how many more there are.
pub(super) fn open(case: &Case<'_>, answer: &Assessment<'_>) -> (Vec<Asked>, usize) {
    let wanted = |question: &&Question<'_>| !case.query.skipped.iter().any(|id| id == question.id);
    let heavy = |question: &Question<'_>| question.kan_leiden_tot > Outcome::Aandacht;
    let all: Vec<&Question<'_>> = answer.vragen.iter().filter(wanted).collect();
    let any_heavy = all.iter().any(|question| question.doorslaggevend && heavy(question));
    let matters = |question: &&&Question<'_>| {
        question.doorslaggevend && if any_heavy { heavy(question) } else { !question.algemeen }
    };
    let mut shown: Vec<&Question<'_>> = all.iter().filter(matters).copied().take(AT_ONCE).collect();
    if shown.is_empty() {
        shown = all.iter().copied().take(AT_ONCE).collect();
    }
    let rest = all.len() - shown.len();
    let asked =
        shown.into_iter().enumerate().map(|(n, question)| of(case, question, answer, n < TRIED)).collect();
    (asked, rest)
}

fn of(case: &Case<'_>, question: &Question<'_>, answer: &Assessment<'_>, tried: bool) -> Asked {
    let area = question.soort == "gebied";
    let control = if area { membership() } else { control(case.world, question.id) };
    let name = format!("{}.{}", if area { 'm' } else { 'g' }, question.id);
    let effects = match &control {
        Control::Choice(options) if tried => effects(case, question.id, area, options),
        _ => Vec::new(),
    };
    let norms = question.normen.iter().take(NAMED).map(|id| {
        let norm = answer.normen.iter().find(|norm| norm.id == *id);
        ((*id).to_owned(), norm.map_or_else(String::new, |norm| norm.samenvatting.to_owned()))
    });
    Asked {
        id: format!("vraag-{}", question.id),
        name,
        text: question.vraag.clone(),
        explanation: question.toelichting.map(str::to_owned),
        control,
        answer: String::new(),
        decisive: question.doorslaggevend,
        judgement: question.oordeel_nodig,
        norms: norms.collect(),
        more_norms: question.normen.len().saturating_sub(NAMED),
        leads_to: Some(question.kan_leiden_tot),
        effects,
        subject: question.id.to_owned(),
    }
}

/// The questions that were answered, in the order of the answers.
pub(super) fn answered(world: &World, query: &PlanQuery) -> Vec<Asked> {
    let words = &world.package.vocabulary;
    let facts = query.facts.iter().filter_map(|(id, value)| {
        let fact = words.index.facts.get(id).and_then(|id| words.fact(*id))?;
        Some((id, fact.question.clone(), fact.explanation.clone(), control(world, id), value.clone(), 'g'))
    });
    let said = query.memberships.iter().filter(|(_, said)| *said != Membership::Unknown);
    let areas = said.filter_map(|(id, said)| {
        let area = words.index.areas.get(id).and_then(|id| words.area(*id))?;
        let value = if *said == Membership::Inside { "binnen" } else { "buiten" };
        let text = format!("Ligt het plan in {}?", area.name);
        Some((id, text, area.location.clone(), membership(), value.to_owned(), 'm'))
    });
    facts
        .chain(areas)
        .map(|(id, text, explanation, control, answer, mark)| Asked {
            id: format!("vraag-{id}"),
            name: format!("{mark}.{id}"),
            text,
            explanation,
            control,
            answer,
            decisive: false,
            judgement: false,
            norms: Vec::new(),
            more_norms: 0,
            leads_to: None,
            effects: Vec::new(),
            subject: id.clone(),
        })
        .collect()
}

fn membership() -> Control {
    Control::Choice(vec![("binnen".to_owned(), "Ja".to_owned()), ("buiten".to_owned(), "Nee".to_owned())])
}

/// How a fact is asked.
pub(crate) fn control(world: &World, id: &str) -> Control {
    let words = &world.package.vocabulary;
    let fact = words.index.facts.get(id).and_then(|id| words.fact(*id));
    let option = |value: &str, name: &str| (value.to_owned(), name.to_owned());
    match fact.map(|fact| &fact.kind) {
        Some(FactKind::YesNo) => Control::Choice(vec![option("ja", "Ja"), option("nee", "Nee")]),
        Some(FactKind::Number { unit, .. }) => Control::Number(unit.clone().unwrap_or_default()),
        Some(FactKind::Choice(options)) => {
            Control::Choice(options.iter().map(|(id, name)| option(id, name)).collect())
        }
        Some(FactKind::Date) => Control::Date,
        Some(FactKind::Text) | None => Control::Text,
    }
}

/// Most answers that are tried.
const MOST_TRIED: usize = 8;

/// What the verdict becomes with each answer.
fn effects(case: &Case<'_>, id: &str, area: bool, options: &[(String, String)]) -> Vec<(String, Outcome)> {
    let settings = case.world.options();
    options
        .iter()
        .take(MOST_TRIED)
        .filter_map(|(value, name)| {
            let mut query = case.query.clone();
            if area {
                query.memberships.retain(|(known, _)| known != id);
                let said = if value == "binnen" { Membership::Inside } else { Membership::Outside };
                query.memberships.push((id.to_owned(), said));
            } else {
                query.facts.push((id.to_owned(), value.clone()));
            }
            let plan = Plan { place: case.place.cloned(), ..query.plan_at(None, case.world).ok()? };
            let package = &case.world.package;
            // Another area to be somewhere in is another place.
            let elsewhere = if plan.somewhere { locate(package, &plan, &settings) } else { None };
            let located = elsewhere.as_ref().or(case.located);
            let answer = assess_located(package, &plan, located, &settings).ok()?;
            Some((name.clone(), answer.oordeel))
        })
        .collect()
}

impl Asked {
    /// What the answers do, in a line; nothing when all do the same.
    pub(super) fn effect_text(&self) -> Option<String> {
        let first = self.effects.first()?.1;
        if self.effects.iter().all(|(_, outcome)| *outcome == first) {
            return None;
        }
        let parts: Vec<String> =
            self.effects.iter().map(|(name, outcome)| format!("{name}: {}", label(outcome))).collect();
        Some(parts.join(" · "))
    }

    /// Whether this is what was answered.
    pub(super) fn is(&self, value: &str) -> bool {
        self.answer == value
    }
}
