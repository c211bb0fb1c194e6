//! One norm against one plan: does it apply, are its conditions met, what comes out.

use crate::outcome::{Outcome, OutcomeSet};
use crate::range::Owners;
use crate::states::{State, States, Turn, Turns, of_truth};
use brink_policy::compiled::{Alternative, Compiled, Condition, Norm, Requirement};
use brink_policy::feel::{Truth, Variable, evaluate};
use brink_policy::written::{ActivityKind, OnFailure};
use brink_policy::{ActivityId, AreaId, Known, NormId};
use std::cell::{Cell, RefCell};

/// The most norms that can switch each other off in a row; the checks refuse cycles.
pub(crate) const MAX_CHAIN: usize = 16;

/// A package and the activity of a plan: what does not change while unknowns are filled in. One bench goes with one
/// [`Known`].
pub(crate) struct Bench<'p> {
    pub package: &'p Compiled,
    pub activity: ActivityId,
    /// The areas the plan says it may lie in.
    pub doubtful: Vec<AreaId>,
    /// Per norm whether it switches others off, and at which version of what is known that was so.
    switches: Vec<Cell<(u64, Truth)>>,
    /// Groups of norms for which the mildest verdict was searched before.
    pub searched: RefCell<Vec<Searched>>,
    /// Room to divide norms in groups.
    pub owners: RefCell<Owners>,
}

/// The mildest verdict found for a group of norms, looking no lower than a floor.
pub(crate) struct Searched {
    /// Addresses of their candidates, sorted.
    pub members: Vec<usize>,
    pub floor: Outcome,
    pub outcome: Outcome,
    pub sure: bool,
}

impl Searched {
    /// What this says about other norms and another floor: the same norms come out the same, and a part of them can be
    /// as mild as all together.
    pub fn answers(&self, members: &[usize], floor: Outcome) -> Option<(Outcome, bool)> {
        let same = || self.members == members && (self.outcome > self.floor || self.floor <= floor);
        let part = || {
            let mut all = self.members.iter();
            members.iter().all(|member| all.any(|other| other == member))
        };
        if same() {
            Some((self.outcome, self.sure))
        } else if self.sure && self.outcome <= floor && part() {
            Some((floor, true))
        } else {
            None
        }
    }
}

/// Versions that no [`Known`] has: never computed, and always so.
const NEVER: u64 = u64::MAX;
const ALWAYS: u64 = u64::MAX - 1;

/// A norm judged with what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub applies: Truth,
    pub outcome: Outcome,
}

/// A norm with what was made of it.
pub(crate) struct Judged<'p> {
    pub norm: &'p Norm,
    pub judgement: Judgement,
}

impl<'p> Bench<'p> {
    pub fn new(package: &'p Compiled, activity: ActivityId) -> Self {
        Self {
            package,
            activity,
            doubtful: Vec::new(),
            switches: vec![Cell::new((NEVER, Truth::Unknown)); package.norms.len()],
            searched: RefCell::default(),
            owners: RefCell::default(),
        }
    }

    /// What to ask for the sake of an unknown: of an area that is only unknown because the plan may lie in one within it,
    /// the area within.
    pub fn to_ask(&self, variable: Variable, visit: &mut impl FnMut(Variable)) {
        let Variable::Area(id) = variable else {
            return visit(variable);
        };
        let vocabulary = &self.package.vocabulary;
        let within = |area: AreaId| vocabulary.area(area).is_some_and(|area| area.ancestors.contains(&id));
        let mut inner = self.doubtful.iter().copied().filter(|area| within(*area)).peekable();
        if inner.peek().is_none() || self.doubtful.contains(&id) {
            visit(variable);
        } else {
            inner.for_each(|area| visit(Variable::Area(area)));
        }
    }

    /// Whether the norm is about the plan's activity.
    pub fn about(&self, norm: &Norm) -> bool {
        let Some(own) = self.package.vocabulary.activity(self.activity) else {
            return false;
        };
        if norm.activities.is_empty() {
            own.kind == ActivityKind::Initiatief
        } else {
            norm.activities.iter().any(|wanted| own.ancestors.contains(wanted))
        }
    }

    /// Whether the norm applies, given that it is about the activity.
    pub fn applies(&self, norm: &Norm, known: &Known<'_>) -> Truth {
        self.applies_in_chain(norm, known, 0)
    }

    fn applies_in_chain(&self, norm: &Norm, known: &Known<'_>, depth: usize) -> Truth {
        let mut truth = evaluate(&norm.applies, known);
        for id in &norm.switched_off_by {
            if truth.is_no() {
                break;
            }
            truth = truth.and(!self.switches_off(*id, known, depth));
        }
        truth
    }

    /// Whether a norm that can switch others off does so: it applies and its conditions are met.
    pub fn switches_off(&self, id: NormId, known: &Known<'_>, depth: usize) -> Truth {
        let (Some(norm), Some(cell)) = (self.package.norm(id), self.switches.get(id.index())) else {
            return Truth::No;
        };
        match cell.get() {
            (ALWAYS, truth) => return truth,
            (version, truth) if version == known.version() => return truth,
            (NEVER, _) if !self.about(norm) => {
                cell.set((ALWAYS, Truth::No));
                return Truth::No;
            }
            _ => {}
        }
        if depth >= MAX_CHAIN {
            return Truth::Unknown;
        }
        let applies = self.applies_in_chain(norm, known, depth + 1);
        let truth = norm.conditions.iter().fold(applies, |truth, condition| truth.and(met(condition, known)));
        cell.set((known.version(), truth));
        truth
    }

    /// What the norm makes of the plan with what is known.
    pub fn judge(&self, norm: &Norm, known: &Known<'_>) -> Judgement {
        let applies = self.applies(norm, known);
        let outcome = match applies {
            Truth::No => Outcome::GeenBelang,
            Truth::Unknown => Outcome::Onbekend,
            Truth::Yes => {
                let mut state = State::default();
                for condition in &norm.conditions {
                    let severity = severity(norm, condition);
                    match met(condition, known) {
                        Truth::Yes => {}
                        Truth::No => state.fail(severity),
                        Truth::Unknown => state.leave_open(severity),
                    }
                }
                state.outcome(norm)
            }
        };
        Judgement { applies, outcome }
    }

    /// Every outcome that is still possible, if each unknown could turn out either way by itself. Exact for a norm in
    /// which nothing occurs twice; never too small for others.
    pub fn possible(&self, norm: &Norm, known: &Known<'_>) -> OutcomeSet {
        let applies = self.applies(norm, known);
        let mut set = OutcomeSet::default();
        if !applies.is_yes() {
            set.insert(Outcome::GeenBelang);
        }
        if !applies.is_no() {
            let states = norm.conditions.iter().fold(States::start(), |states, condition| {
                states.step(turns(condition, known), severity(norm, condition))
            });
            states.outcomes(norm, &mut set);
        }
        set
    }

    /// Whether the unknowns of condition `index` can still change the outcome of the norm if it applies.
    pub fn matters(&self, norm: &Norm, index: usize, known: &Known<'_>) -> bool {
        let Some(own) = norm.conditions.get(index) else {
            return false;
        };
        let others = norm
            .conditions
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != index)
            .fold(States::start(), |states, (_, condition)| {
                states.step(turns(condition, known), severity(norm, condition))
            });
        others.split(turns(own, known), severity(norm, own), norm)
    }
}

/// What failing a condition means.
pub(crate) fn severity(norm: &Norm, condition: &Condition) -> OnFailure {
    condition.on_failure.unwrap_or(norm.on_failure)
}

/// Whether a condition is met with what is known; one that is not asked is.
pub(crate) fn met(condition: &Condition, known: &Known<'_>) -> Truth {
    let asked = evaluate(&condition.when, known);
    if asked.is_no() {
        return Truth::Yes;
    }
    (!asked).or(required(&condition.requirement, known))
}

/// Whether what a condition requires holds.
pub(crate) fn required(requirement: &Requirement, known: &Known<'_>) -> Truth {
    match requirement {
        Requirement::Expr(expr) => evaluate(expr, known),
        Requirement::OneOf(grounds) => {
            grounds.iter().fold(Truth::No, |truth, ground| truth.or(ground_holds(ground, known)))
        }
        Requirement::Open(_) => Truth::Unknown,
    }
}

/// Whether one of several grounds holds.
pub(crate) fn ground_holds(ground: &Alternative, known: &Known<'_>) -> Truth {
    ground.requirement.as_ref().map_or(Truth::Unknown, |expr| evaluate(expr, known))
}

pub(crate) fn turns(condition: &Condition, known: &Known<'_>) -> Turns {
    let asked = evaluate(&condition.when, known);
    if asked.is_no() {
        return Turns(Turn::Met as u8);
    }
    let mut turns = match &condition.requirement {
        Requirement::Open(_) => Turn::Open as u8,
        Requirement::Expr(expr) => of_truth(evaluate(expr, known), Turn::Failed),
        Requirement::OneOf(grounds) => {
            let mut truth = Truth::No;
            let mut otherwise = Turn::Failed;
            for ground in grounds {
                match &ground.requirement {
                    Some(expr) => truth = truth.or(evaluate(expr, known)),
                    None => otherwise = Turn::Open,
                }
            }
            of_truth(truth, otherwise)
        }
    };
    if !asked.is_yes() {
        turns |= Turn::Met as u8;
    }
    Turns(turns)
}
