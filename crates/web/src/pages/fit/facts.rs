//! The facts one can give: those that the norms about an activity look at.

use crate::pages::toets::question::{Control, control};
use crate::plan_query::PlanQuery;
use crate::world::World;
use brink_assess::{Plan, assess};
use std::collections::{BTreeMap, HashSet};

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

/// How many are asked outright.
const SHOWN: usize = 8;

/// The facts to ask first, and the others. The order does not depend on the answers: a form should not jump about.
pub(super) fn fields(world: &World, query: &PlanQuery, plan: &Plan) -> (Vec<Field>, Vec<Field>) {
    let options = world.options();
    let bare = Plan { facts: BTreeMap::new(), ..plan.clone() };
    let asked = assess(&world.package, &bare, &options);
    let now = assess(&world.package, plan, &options);
    let open: HashSet<&str> = now.vragen.iter().map(|question| question.id).collect();
    let mut ids: Vec<&str> =
        asked.vragen.iter().filter(|question| question.soort == "gegeven").map(|question| question.id).collect();
    // An answer can raise a question.
    for question in now.vragen.iter().filter(|question| question.soort == "gegeven") {
        if !ids.contains(&question.id) {
            ids.push(question.id);
        }
    }
    ids.extend(query.facts.iter().map(|(id, _)| id.as_str()).filter(|id| !ids.contains(id)).collect::<Vec<_>>());
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
                matters: !answer.is_empty() || open.contains(id),
                answer,
            })
        })
        .collect();
    let others = fields.split_off(fields.len().min(SHOWN));
    (fields, others)
}

impl Field {
    /// Whether this is what was answered.
    pub(super) fn is(&self, value: &str) -> bool {
        self.answer == value
    }
}
