//! What still has to be known, most decisive first.
//!
//! A norm whose strictest outcome is not above the mildest verdict can't change the verdict any more: what it asks is
//! not asked for its sake. So once all questions are answered no norm can move the verdict, whatever is left unsaid.

use crate::answer::{Named, Question};
use crate::judge::Bench;
use crate::outcome::Outcome;
use crate::range::Candidate;
use brink_policy::Known;
use brink_policy::compiled::{Fact, FactKind, Norm};
use brink_policy::feel::Variable;
use brink_policy::written::{FactOrigin, StatementKind};
use std::collections::BTreeMap;

/// What kind of norm asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Asker {
    /// One that only says which means there is.
    #[default]
    Means,
    /// One that says the same to nearly every plan.
    General,
    /// One about plans like this.
    Specific,
}

impl Asker {
    fn of(norm: &Norm) -> Self {
        match norm.kind {
            _ if norm.general => Self::General,
            StatementKind::Instrument => Self::Means,
            _ => Self::Specific,
        }
    }
}

#[derive(Default)]
struct Weight<'p> {
    decisive: bool,
    /// The most telling kind of norm that asks it.
    asker: Asker,
    reach: Option<Outcome>,
    /// The strictest outcome now of a norm that asks it: the answer may lift that.
    now: Option<Outcome>,
    /// Fewest unknowns a norm that asks it still has.
    company: usize,
    norms: Vec<&'p str>,
}

impl Weight<'_> {
    /// Whether more than a point of attention can come of it.
    fn is_heavy(&self) -> bool {
        self.reach > Some(Outcome::Aandacht)
    }
}

impl<'p> Bench<'p> {
    /// The questions. `verdict_floor` is the mildest verdict still possible; `interest_floor` gives the same per
    /// interest, by number.
    pub fn questions(
        &self,
        candidates: &mut [Candidate<'p>],
        verdict_floor: Outcome,
        interest_floor: &[Option<Outcome>],
        known: &mut Known<'p>,
    ) -> Vec<Question<'p>> {
        let mut weights: BTreeMap<Variable, Weight<'p>> = BTreeMap::new();
        for candidate in candidates {
            if candidate.possible.is_single() {
                continue;
            }
            let strictest = candidate.possible.strictest();
            let decisive = strictest > verdict_floor;
            let settles = candidate
                .norm
                .all_interests
                .iter()
                .filter_map(|interest| interest_floor.get(interest.index()).copied().flatten())
                .any(|floor| strictest > floor);
            if !decisive && !settles {
                continue;
            }
            let live = self.live(candidate, known);
            let asked = if self.doubtful.is_empty() {
                live
            } else {
                let mut all: Vec<Variable> = Vec::with_capacity(live.len());
                live.iter().for_each(|variable| self.to_ask(*variable, &mut |asked| all.push(asked)));
                all.sort_unstable();
                all.dedup();
                all
            };
            for variable in &asked {
                let weight = weights.entry(*variable).or_default();
                weight.decisive |= decisive;
                weight.asker = weight.asker.max(Asker::of(candidate.norm));
                weight.reach = weight.reach.max(Some(strictest));
                weight.now = weight.now.max(Some(candidate.outcome));
                weight.company =
                    if weight.norms.is_empty() { asked.len() } else { weight.company.min(asked.len()) };
                weight.norms.push(&candidate.norm.id);
            }
        }
        let mut order: Vec<(Variable, Weight<'p>)> = weights.into_iter().collect();
        order.sort_by(|(a, left), (b, right)| {
            right
                .decisive
                .cmp(&left.decisive)
                .then(right.is_heavy().cmp(&left.is_heavy()))
                .then(right.asker.cmp(&left.asker))
                .then(right.reach.cmp(&left.reach))
                .then(right.now.cmp(&left.now))
                .then(self.needs_judgement(*a).cmp(&self.needs_judgement(*b)))
                .then(left.company.cmp(&right.company))
                .then(right.norms.len().cmp(&left.norms.len()))
                .then_with(|| self.id_of(*a).cmp(&self.id_of(*b)))
        });
        order.into_iter().filter_map(|(variable, weight)| self.question(variable, weight)).collect()
    }

    /// Whether somebody must judge; what the initiator can simply look up is asked before it.
    fn needs_judgement(&self, variable: Variable) -> bool {
        let Variable::Fact(fact) = variable else {
            return false;
        };
        self.package.vocabulary.fact(fact).is_some_and(|fact| fact.origin == FactOrigin::Oordeel)
    }

    fn id_of(&self, variable: Variable) -> (&'p str, u8) {
        let vocabulary = &self.package.vocabulary;
        match variable {
            Variable::Fact(fact) => (vocabulary.fact(fact).map_or("", |fact| &fact.id), 0),
            Variable::Area(area) => (vocabulary.area(area).map_or("", |area| &area.id), 1),
            Variable::Distance(area) => (vocabulary.area(area).map_or("", |area| &area.id), 2),
            Variable::Share(area) => (vocabulary.area(area).map_or("", |area| &area.id), 3),
        }
    }

    fn question(&self, variable: Variable, mut weight: Weight<'p>) -> Option<Question<'p>> {
        let vocabulary = &self.package.vocabulary;
        let mut base = |soort, id, vraag, kind| Question {
            soort,
            id,
            vraag,
            doorslaggevend: weight.decisive,
            algemeen: weight.asker == Asker::General,
            kan_leiden_tot: weight.reach.unwrap_or(Outcome::GeenBelang),
            kind,
            eenheid: None,
            mogelijkheden: Vec::new(),
            toelichting: None,
            oordeel_nodig: false,
            normen: std::mem::take(&mut weight.norms),
        };
        Some(match variable {
            Variable::Fact(id) => {
                let fact = vocabulary.fact(id)?;
                fact_question(
                    fact,
                    base("gegeven", &fact.id, fact.question.clone(), fact.kind.written().dutch()),
                )
            }
            Variable::Area(id) => {
                let area = vocabulary.area(id)?;
                let mut question = base(
                    "gebied",
                    &area.id,
                    format!("Ligt het plan in het gebied '{}'?", area.name),
                    "ja-nee",
                );
                question.toelichting = area.location.as_deref();
                question
            }
            Variable::Distance(id) => {
                let area = vocabulary.area(id)?;
                let mut question = base(
                    "gebied",
                    &area.id,
                    format!("Hoe ver ligt het plan van het gebied '{}'?", area.name),
                    "getal",
                );
                question.eenheid = Some("m");
                question
            }
            Variable::Share(id) => {
                let area = vocabulary.area(id)?;
                base(
                    "gebied",
                    &area.id,
                    format!("Welk deel van het plan ligt in het gebied '{}'?", area.name),
                    "getal",
                )
            }
        })
    }
}

fn fact_question<'p>(fact: &'p Fact, mut question: Question<'p>) -> Question<'p> {
    question.toelichting = fact.explanation.as_deref();
    question.oordeel_nodig = fact.origin == FactOrigin::Oordeel;
    match &fact.kind {
        FactKind::Number { unit, .. } => question.eenheid = unit.as_deref(),
        FactKind::Choice(options) => {
            question.mogelijkheden = options.iter().map(|(id, naam)| Named { id, naam }).collect();
        }
        _ => {}
    }
    question
}
