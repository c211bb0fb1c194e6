//! The facts one can give: those that the norms about an activity look at.

use crate::pages::toets::question::{Control, control};
use crate::plan_query::PlanQuery;
use crate::world::World;
use brink_assess::{Part, Plan, Question, assess};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// A fact with its field.
pub(super) struct Field {
    /// The id of the fact.
    pub id: String,
    pub text: String,
    pub explanation: Option<String>,
    pub control: Control,
    /// What was answered, as typed.
    pub answer: String,
    /// Whether it can still change something, as far as answered.
    pub matters: bool,
}

/// How many that are not answered are asked outright.
const SHOWN: usize = 8;

/// The facts to ask first, and the others. What was answered stays on top, in one order; then what decides the verdict
/// of most ground as it is now.
pub(super) fn fields(world: &World, query: &PlanQuery, plan: &Plan, part: Part) -> (Vec<Field>, Vec<Field>) {
    let options = world.of_part(part);
    let bare = Plan { facts: BTreeMap::new(), ..plan.clone() };
    let all = assess(&world.package, &bare, &options);
    let now = assess(&world.package, plan, &options);
    let weights = weights(world, plan, part);
    let weight = |question: &Question<'_>| {
        question.normen.iter().filter_map(|norm| weights.get(norm)).max().copied().unwrap_or_default()
    };
    let is_fact = |question: &&Question<'_>| question.soort == "gegeven";
    let mut open: Vec<(&str, u64)> =
        now.vragen.iter().filter(is_fact).map(|question| (question.id, weight(question))).collect();
    open.sort_by_key(|(_, weight)| Reverse(*weight));
    let open: Vec<&str> = open.into_iter().map(|(id, _)| id).collect();
    let answered: Vec<&str> = query.facts.iter().map(|(id, _)| id.as_str()).collect();
    let mut ids = answered.clone();
    ids.extend(open.iter().filter(|id| !answered.contains(id)));
    let moot: Vec<&str> = all
        .vragen
        .iter()
        .filter(is_fact)
        .map(|question| question.id)
        .filter(|id| !ids.contains(id))
        .collect();
    ids.extend(moot);
    let words = &world.package.vocabulary;
    let mut fields: Vec<Field> = ids
        .into_iter()
        .filter_map(|id| {
            let fact = words.fact(*words.index.facts.get(id)?)?;
            let answer = query.fact(id).unwrap_or_default().to_owned();
            Some(Field {
                id: id.to_owned(),
                text: fact.question.clone(),
                explanation: fact.explanation.clone(),
                control: control(world, id),
                matters: !answer.is_empty() || open.contains(&id),
                answer,
            })
        })
        .collect();
    let shown = answered.len() + SHOWN;
    let others = fields.split_off(fields.len().min(shown));
    (fields, others)
}

/// For how much ground each norm decides the verdict, in cells.
fn weights<'a>(world: &'a World, plan: &Plan, part: Part) -> HashMap<&'a str, u64> {
    let suitability = world.suitability(plan, part);
    let mut weights: HashMap<&str, u64> = HashMap::new();
    for (verdict, cells) in suitability.verdicts().iter().zip(suitability.cells()) {
        for norm in verdict.normen.iter().filter_map(|id| world.package.norm(*id)) {
            *weights.entry(&norm.id).or_default() += cells;
        }
    }
    weights
}

impl Field {
    /// Whether this is what was answered.
    pub(super) fn is(&self, value: &str) -> bool {
        self.answer == value
    }
}
