//! Whether expressions can hold together, and for what plan.

use crate::compiled::Answer;
use crate::compiled::{FactKind, Vocabulary};
use crate::feel::{Expr, Truth, Variable, evaluate};
use crate::known::{Known, Value};

/// The most values tried before a search gives up.
const STEPS: usize = 100_000;

/// Whether all of `parts` can be true; `None` when the search gives up.
pub fn satisfiable(parts: &[&Expr], known: &mut Known<'_>) -> Option<bool> {
    Search::new(parts).run(known).ok().map(|found| found.is_some())
}

/// What a plan must be like for all of `parts` to be true, in words.
pub fn witness(parts: &[&Expr], known: &mut Known<'_>) -> Option<String> {
    let found = Search::new(parts).run(known).ok().flatten()?;
    let words: Vec<String> =
        found.iter().map(|(variable, value)| describe(known.vocabulary(), *variable, *value)).collect();
    Some(if words.is_empty() { "welke gegevens ook".to_owned() } else { words.join(", ") })
}

struct Search<'a> {
    parts: &'a [&'a Expr],
    steps: usize,
}

struct GaveUp;

impl<'a> Search<'a> {
    fn new(parts: &'a [&'a Expr]) -> Self {
        Self { parts, steps: 0 }
    }

    fn run(&mut self, known: &mut Known<'_>) -> Result<Option<Vec<(Variable, Value)>>, GaveUp> {
        let mark = known.mark();
        let mut chosen = Vec::new();
        let found = self.extend(known, &mut chosen);
        known.undo(mark);
        Ok(found?.then_some(chosen))
    }

    fn extend(&mut self, known: &mut Known<'_>, chosen: &mut Vec<(Variable, Value)>) -> Result<bool, GaveUp> {
        self.steps += 1;
        if self.steps > STEPS {
            return Err(GaveUp);
        }
        let mut truth = Truth::Yes;
        let mut open = None;
        for part in self.parts {
            match evaluate(part, known) {
                Truth::No => return Ok(false),
                Truth::Unknown => {
                    truth = Truth::Unknown;
                    part.variables(&mut |variable| {
                        if open.is_none() && !known.knows(variable) {
                            open = Some(variable);
                        }
                    });
                }
                Truth::Yes => {}
            }
        }
        if truth.is_yes() {
            return Ok(true);
        }
        // Only a sum can stay unknown with everything filled in: it may hold.
        let Some(variable) = open else { return Ok(true) };
        for value in known.values(variable) {
            let mark = known.mark();
            chosen.push((variable, value));
            if known.assume(variable, value) && self.extend(known, chosen)? {
                return Ok(true);
            }
            chosen.pop();
            known.undo(mark);
        }
        Ok(false)
    }
}

fn describe(vocabulary: &Vocabulary, variable: Variable, value: Value) -> String {
    let area = |id| vocabulary.area(id).map_or("?", |area| area.id.as_str());
    match (variable, value) {
        (Variable::Fact(fact), Value::Answer(answer)) => {
            let Some(fact) = vocabulary.fact(fact) else {
                return String::new();
            };
            match (answer, &fact.kind) {
                (Answer::YesNo(true), _) => fact.id.clone(),
                (Answer::YesNo(false), _) => format!("niet {}", fact.id),
                (Answer::Number(number), _) => format!("{} = {}", fact.id, number.normalize()),
                (Answer::Choice(option), FactKind::Choice(options)) => {
                    let option = options.get(usize::from(option)).map_or("?", |(id, _)| id.as_str());
                    format!("{} = {option}", fact.id)
                }
                _ => fact.id.clone(),
            }
        }
        (Variable::Area(id), Value::Within(true)) => format!("binnen {}", area(id)),
        (Variable::Area(id), _) => format!("buiten {}", area(id)),
        (Variable::Distance(id), Value::Number(metres)) => {
            format!("op {} m van {}", metres.normalize(), area(id))
        }
        (Variable::Share(id), Value::Number(share)) => {
            format!("aandeel {} in {}", share.normalize(), area(id))
        }
        _ => String::new(),
    }
}
