//! What is left of norms once all that is known has been filled in: a short list of steps, each an expression or a
//! combination of earlier steps. Ways to fill in unknowns are tried by the thousand, and this is what each of them
//! computes. Norms that switch others off stand in the list once, however many norms they bear on.
//!
//! Leaving out what is settled changes nothing: with more filled in, what was true stays true and what was false stays
//! false.

use crate::judge::{Bench, MAX_CHAIN, severity, turns};
use crate::lanes::Lanes;
use crate::live::{push, unsettled};
use crate::outcome::{Outcome, OutcomeSet};
use crate::states::{Planes, States, Turn, Turns, of_truth};
use brink_policy::compiled::{Condition, Norm, Requirement};
use brink_policy::feel::{Expr, Truth, Variable, evaluate};
use brink_policy::written::OnFailure;
use brink_policy::{Known, NormId};

/// The place of a step in the list.
type Step = usize;

/// The first three steps are the truths themselves.
const NO: Step = 0;
const UNKNOWN: Step = 1;
const YES: Step = 2;

/// How the truth of a step follows.
#[derive(Debug, Clone, Copy)]
enum Op<'p> {
    Constant,
    Leaf(&'p Expr),
    Not(Step),
    /// All of a range of `parts`.
    All(usize, usize),
    /// Any of a range of `parts`.
    Any(usize, usize),
}

/// A step, with its truth and the version of what is known that goes with it.
#[derive(Debug, Clone, Copy)]
struct Entry<'p> {
    op: Op<'p>,
    truth: Truth,
    version: u64,
}

/// The ways in which a step is true, and those in which it is false.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pair {
    pub yes: u64,
    pub no: u64,
}

/// What is left of a few norms.
pub(crate) struct Residue<'p> {
    steps: Vec<Entry<'p>>,
    parts: Vec<Step>,
    /// Parts of what is being built.
    pending: Vec<Step>,
    switches: Vec<(NormId, Step)>,
    norms: Vec<Remnant<'p>>,
}

/// What is left of a norm.
struct Remnant<'p> {
    norm: &'p Norm,
    applies: Step,
    conditions: Vec<Asked>,
}

/// What is left of a condition.
#[derive(Debug, Clone, Copy)]
struct Asked {
    when: Step,
    /// What must hold; nothing when nobody can tell from the source.
    required: Option<Step>,
    /// What there is when it does not hold.
    otherwise: Turn,
    severity: OnFailure,
}

impl<'p> Residue<'p> {
    /// What is left of `norms` with what is known.
    pub fn new(bench: &Bench<'p>, norms: impl IntoIterator<Item = &'p Norm>, known: &Known<'_>) -> Self {
        let constant = |truth| Entry { op: Op::Constant, truth, version: 0 };
        let mut residue = Self {
            steps: vec![constant(Truth::No), constant(Truth::Unknown), constant(Truth::Yes)],
            parts: Vec::new(),
            pending: Vec::new(),
            switches: Vec::new(),
            norms: Vec::new(),
        };
        for norm in norms {
            let applies = residue.applies(bench, norm, known);
            let mut conditions = Vec::new();
            for condition in norm.conditions.iter().filter(|c| !turns(c, known).is_met()) {
                let when = residue.expr(&condition.when, known);
                let (required, otherwise) = match &condition.requirement {
                    Requirement::Expr(expr) => (Some(residue.expr(expr, known)), Turn::Failed),
                    Requirement::OneOf(grounds) => {
                        let open = grounds.iter().any(|ground| ground.requirement.is_none());
                        let step = residue.any(|residue| {
                            for expr in grounds.iter().filter_map(|ground| ground.requirement.as_ref()) {
                                let step = residue.expr(expr, known);
                                residue.pending.push(step);
                            }
                        });
                        (Some(step), if open { Turn::Open } else { Turn::Failed })
                    }
                    Requirement::Open(_) => (None, Turn::Open),
                };
                conditions.push(Asked { when, required, otherwise, severity: severity(norm, condition) });
            }
            residue.norms.push(Remnant { norm, applies, conditions });
        }
        residue
    }

    fn applies(&mut self, bench: &Bench<'p>, norm: &'p Norm, known: &Known<'_>) -> Step {
        match bench.applies(norm, known) {
            Truth::No => NO,
            Truth::Yes => YES,
            Truth::Unknown => self.all(|residue| {
                let own = residue.expr(&norm.applies, known);
                residue.pending.push(own);
                residue.not_switched_off(bench, norm, known, 0);
            }),
        }
    }

    fn not_switched_off(&mut self, bench: &Bench<'p>, norm: &'p Norm, known: &Known<'_>, depth: usize) {
        for id in &norm.switched_off_by {
            let off = self.switches_off(bench, *id, known, depth);
            let step = self.not(off);
            self.pending.push(step);
        }
    }

    /// Whether a norm that can switch others off does so.
    fn switches_off(&mut self, bench: &Bench<'p>, id: NormId, known: &Known<'_>, depth: usize) -> Step {
        if let Some((_, step)) = self.switches.iter().find(|(other, _)| *other == id) {
            return *step;
        }
        let step = match (bench.switches_off(id, known, depth), bench.package.norm(id)) {
            (Truth::No, _) | (_, None) => NO,
            (Truth::Yes, _) => YES,
            (Truth::Unknown, _) if depth >= MAX_CHAIN => UNKNOWN,
            (Truth::Unknown, Some(norm)) => self.all(|residue| {
                let own = residue.expr(&norm.applies, known);
                residue.pending.push(own);
                for condition in &norm.conditions {
                    let met = residue.met(condition, known);
                    residue.pending.push(met);
                }
                residue.not_switched_off(bench, norm, known, depth + 1);
            }),
        };
        self.switches.push((id, step));
        step
    }

    fn met(&mut self, condition: &'p Condition, known: &Known<'_>) -> Step {
        let asked = self.expr(&condition.when, known);
        self.any(|residue| {
            let free = residue.not(asked);
            residue.pending.push(free);
            match &condition.requirement {
                Requirement::Expr(expr) => {
                    let step = residue.expr(expr, known);
                    residue.pending.push(step);
                }
                Requirement::OneOf(grounds) => {
                    for ground in grounds {
                        let step =
                            ground.requirement.as_ref().map_or(UNKNOWN, |expr| residue.expr(expr, known));
                        residue.pending.push(step);
                    }
                }
                Requirement::Open(_) => residue.pending.push(UNKNOWN),
            }
        })
    }

    fn expr(&mut self, expr: &'p Expr, known: &Known<'_>) -> Step {
        match expr {
            Expr::Not(inner) => {
                let inner = self.expr(inner, known);
                self.not(inner)
            }
            Expr::All(parts) => self.each(parts, NO, known).unwrap_or_else(|mark| self.all_since(mark)),
            Expr::Any(parts) => self.each(parts, YES, known).unwrap_or_else(|mark| self.any_since(mark)),
            leaf => match evaluate(leaf, known) {
                Truth::No => NO,
                Truth::Yes => YES,
                Truth::Unknown => self.step(Op::Leaf(leaf)),
            },
        }
    }

    /// Leaves the parts pending, and says since when; unless one of them is decisive.
    fn each(&mut self, parts: &'p [Expr], decisive: Step, known: &Known<'_>) -> Result<Step, usize> {
        let mark = (self.pending.len(), self.steps.len(), self.parts.len());
        for part in parts {
            let step = self.expr(part, known);
            if step == decisive {
                // Nothing is left of the parts before it.
                self.pending.truncate(mark.0);
                self.steps.truncate(mark.1);
                self.parts.truncate(mark.2);
                return Ok(decisive);
            }
            self.pending.push(step);
        }
        Err(mark.0)
    }

    fn step(&mut self, op: Op<'p>) -> Step {
        self.steps.push(Entry { op, truth: Truth::Unknown, version: u64::MAX });
        self.steps.len() - 1
    }

    fn not(&mut self, step: Step) -> Step {
        match step {
            NO => YES,
            YES => NO,
            UNKNOWN => UNKNOWN,
            step => self.step(Op::Not(step)),
        }
    }

    fn all(&mut self, parts: impl FnOnce(&mut Self)) -> Step {
        let mark = self.pending.len();
        parts(self);
        self.all_since(mark)
    }

    fn any(&mut self, parts: impl FnOnce(&mut Self)) -> Step {
        let mark = self.pending.len();
        parts(self);
        self.any_since(mark)
    }

    fn all_since(&mut self, mark: usize) -> Step {
        self.combine(mark, YES, NO, Op::All)
    }

    fn any_since(&mut self, mark: usize) -> Step {
        self.combine(mark, NO, YES, Op::Any)
    }

    /// Combines the parts that are pending since `mark`. `neutral` ones say nothing, one that is `decisive` all.
    fn combine(
        &mut self,
        mark: usize,
        neutral: Step,
        decisive: Step,
        op: impl FnOnce(usize, usize) -> Op<'p>,
    ) -> Step {
        let own = self.pending.get(mark..).unwrap_or_default();
        let mut left = own.iter().copied().filter(|step| *step != neutral);
        let step = match (left.next(), left.next()) {
            _ if own.contains(&decisive) => decisive,
            (None, _) => neutral,
            (Some(only), None) => only,
            _ => {
                let from = self.parts.len();
                self.parts.extend(own.iter().copied().filter(|step| *step != neutral));
                let op = op(from, self.parts.len());
                self.steps.push(Entry { op, truth: Truth::Unknown, version: u64::MAX });
                self.steps.len() - 1
            }
        };
        self.pending.truncate(mark);
        step
    }

    /// The truth of a step with what is known now.
    fn truth(&mut self, step: Step, known: &Known<'_>) -> Truth {
        let Some(entry) = self.steps.get(step) else {
            return Truth::Unknown;
        };
        let version = known.version();
        if entry.version == version || step <= YES {
            return entry.truth;
        }
        let truth = match entry.op {
            Op::Constant => entry.truth,
            Op::Leaf(expr) => evaluate(expr, known),
            Op::Not(inner) => !self.truth(inner, known),
            Op::All(from, to) => {
                let mut truth = Truth::Yes;
                for n in from..to {
                    let part = self.part(n);
                    truth = truth.and(self.truth(part, known));
                    if truth.is_no() {
                        break;
                    }
                }
                truth
            }
            Op::Any(from, to) => {
                let mut truth = Truth::No;
                for n in from..to {
                    let part = self.part(n);
                    truth = truth.or(self.truth(part, known));
                    if truth.is_yes() {
                        break;
                    }
                }
                truth
            }
        };
        if let Some(entry) = self.steps.get_mut(step) {
            entry.truth = truth;
            entry.version = version;
        }
        truth
    }

    fn part(&self, n: usize) -> Step {
        self.parts.get(n).copied().unwrap_or(UNKNOWN)
    }

    fn asked(&self, which: usize, n: usize) -> Option<Asked> {
        self.norms.get(which).and_then(|remnant| remnant.conditions.get(n)).copied()
    }

    fn turns(&mut self, asked: Asked, known: &Known<'_>) -> Turns {
        let when = self.truth(asked.when, known);
        if when.is_no() {
            return Turns(Turn::Met as u8);
        }
        let mut turns = match asked.required {
            Some(step) => of_truth(self.truth(step, known), asked.otherwise),
            None => asked.otherwise as u8,
        };
        if !when.is_yes() {
            turns |= Turn::Met as u8;
        }
        Turns(turns)
    }

    /// Every outcome of norm `which` that is still possible; see [`Bench::possible`].
    pub fn possible(&mut self, which: usize, known: &Known<'_>) -> OutcomeSet {
        let mut set = OutcomeSet::default();
        let Some(Remnant { norm, applies, .. }) = self.norms.get(which) else {
            return set;
        };
        let (norm, applies) = (*norm, *applies);
        let applies = self.truth(applies, known);
        if !applies.is_yes() {
            set.insert(Outcome::GeenBelang);
        }
        if !applies.is_no() {
            self.states(which, None, known).outcomes(norm, &mut set);
        }
        set
    }

    /// How the conditions can stand together, `except` one.
    fn states(&mut self, which: usize, except: Option<usize>, known: &Known<'_>) -> States {
        let mut states = States::start();
        let mut n = 0;
        while let Some(asked) = self.asked(which, n) {
            if Some(n) != except {
                states = states.step(self.turns(asked, known), asked.severity);
            }
            n += 1;
        }
        states
    }

    /// Whether the unknowns of what is left of condition `n` can still change the outcome of the norm.
    fn matters(&mut self, which: usize, n: usize, asked: Asked, known: &Known<'_>) -> bool {
        let Some(norm) = self.norms.get(which).map(|remnant| remnant.norm) else {
            return false;
        };
        let possible = self.turns(asked, known);
        if possible.is_single() {
            return false;
        }
        let others = self.states(which, Some(n), known);
        others.split(possible, asked.severity, norm)
    }

    /// The unknowns in the parts of norm `which` that are not settled.
    pub fn collect(&mut self, which: usize, known: &Known<'_>, found: &mut Vec<Variable>) {
        let Some(applies) = self.norms.get(which).map(|remnant| remnant.applies) else {
            return;
        };
        match self.truth(applies, known) {
            Truth::No => return,
            Truth::Unknown => self.unsettled(applies, known, found),
            Truth::Yes => {}
        }
        let mut n = 0;
        while let Some(asked) = self.asked(which, n) {
            if self.matters(which, n, asked, known) {
                self.unsettled(asked.when, known, found);
                if let Some(step) = asked.required {
                    self.unsettled(step, known, found);
                }
            }
            n += 1;
        }
    }

    fn unsettled(&mut self, step: Step, known: &Known<'_>, found: &mut Vec<Variable>) {
        if self.truth(step, known) != Truth::Unknown {
            return;
        }
        match self.steps.get(step).map(|entry| entry.op) {
            Some(Op::Leaf(Expr::Fact(fact) | Expr::Choice(fact, _))) => push(Variable::Fact(*fact), found),
            Some(Op::Leaf(expr)) => unsettled(expr, known, found),
            Some(Op::Not(inner)) => self.unsettled(inner, known, found),
            Some(Op::All(from, to) | Op::Any(from, to)) => {
                for n in from..to {
                    self.unsettled(self.part(n), known, found);
                }
            }
            Some(Op::Constant) | None => {}
        }
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// The expressions that are left.
    pub fn leaves(&self) -> impl Iterator<Item = (usize, &'p Expr)> + '_ {
        self.steps.iter().enumerate().filter_map(|(step, entry)| match entry.op {
            Op::Leaf(expr) => Some((step, expr)),
            _ => None,
        })
    }

    /// The expression a step is.
    pub fn leaf(&self, step: usize) -> Option<&'p Expr> {
        match self.steps.get(step)?.op {
            Op::Leaf(expr) => Some(expr),
            _ => None,
        }
    }

    /// The steps a step follows from; nothing for an expression.
    pub fn parts(&self, step: usize) -> Option<&[usize]> {
        match self.steps.get(step).map(|entry| &entry.op) {
            Some(Op::Leaf(_)) => None,
            Some(Op::Not(inner)) => Some(std::slice::from_ref(inner)),
            Some(Op::All(from, to) | Op::Any(from, to)) => self.parts.get(*from..*to),
            Some(Op::Constant) | None => Some(&[]),
        }
    }

    /// Computes all steps from the expressions, for many ways at once. Steps stand after what they follow from.
    pub fn sweep(&self, truths: &mut [Pair], full: u64) {
        for (step, entry) in self.steps.iter().enumerate() {
            let (done, rest) = truths.split_at_mut(step.min(truths.len()));
            let Some(place) = rest.first_mut() else { return };
            let get = |part: &Step| done.get(*part).copied().unwrap_or_default();
            let parts = |from, to| self.parts.get(from..to).unwrap_or_default().iter().map(get);
            match entry.op {
                Op::Leaf(_) => {}
                Op::Constant => {
                    *place = Pair {
                        yes: if entry.truth.is_yes() { full } else { 0 },
                        no: if entry.truth.is_no() { full } else { 0 },
                    };
                }
                Op::Not(inner) => {
                    let inner = get(&inner);
                    *place = Pair { yes: inner.no, no: inner.yes };
                }
                Op::All(from, to) => {
                    *place = parts(from, to).fold(Pair { yes: full, no: 0 }, |all, part| Pair {
                        yes: all.yes & part.yes,
                        no: all.no | part.no,
                    });
                }
                Op::Any(from, to) => {
                    *place = parts(from, to).fold(Pair { yes: 0, no: full }, |any, part| Pair {
                        yes: any.yes | part.yes,
                        no: any.no & part.no,
                    });
                }
            }
        }
    }

    /// The ways in which a condition can be met, and those in which it can turn out otherwise.
    fn can(asked: &Asked, truths: &[Pair], full: u64) -> (u64, u64) {
        let get = |step: Step| truths.get(step).copied().unwrap_or_default();
        let when = get(asked.when);
        match asked.required.map(get) {
            Some(required) => (when.no | full & !(when.yes & required.no), full & !(when.no | required.yes)),
            None => (full & !when.yes, full & !when.no),
        }
    }

    /// How the conditions can stand together in many ways at once, `except` one.
    fn stand(remnant: &Remnant<'_>, except: Option<usize>, truths: &[Pair], full: u64) -> Planes {
        let mut planes = Planes::start(full);
        for (n, asked) in remnant.conditions.iter().enumerate() {
            let (met, otherwise) = Self::can(asked, truths, full);
            if otherwise != 0 && Some(n) != except {
                planes.step(met, otherwise, asked.otherwise, asked.severity);
            }
        }
        planes
    }

    /// Per outcome of norm `which` the ways in which it is possible.
    pub fn planes(&self, which: usize, truths: &[Pair], full: u64) -> [u64; 10] {
        let mut planes = [0; 10];
        let Some(remnant) = self.norms.get(which) else { return planes };
        let applies = truths.get(remnant.applies).copied().unwrap_or_default();
        if let Some(none) = planes.first_mut() {
            *none = full & !applies.yes;
        }
        if applies.no != full {
            Self::stand(remnant, None, truths, full).outcomes(remnant.norm, !applies.no, &mut planes);
        }
        planes
    }

    /// The unknowns that are not settled in these ways, of the parts of norm `which` that matter in them.
    pub fn collect_ways(
        &self,
        which: usize,
        lanes: &Lanes,
        ways: u64,
        known: &mut Known<'_>,
        found: &mut Vec<Variable>,
    ) {
        let Some(remnant) = self.norms.get(which) else { return };
        let (truths, full) = (lanes.truths(), lanes.full());
        let applies = truths.get(remnant.applies).copied().unwrap_or_default();
        lanes.unsettled(self, remnant.applies, ways, known, found);
        let ways = ways & !applies.no;
        for (n, asked) in remnant.conditions.iter().enumerate() {
            let (met, otherwise) = Self::can(asked, truths, full);
            let open = ways & met & otherwise;
            if open == 0 {
                continue;
            }
            let others = Self::stand(remnant, Some(n), truths, full);
            let open = open & others.split(asked.otherwise, asked.severity, remnant.norm);
            lanes.unsettled(self, asked.when, open, known, found);
            if let Some(step) = asked.required {
                lanes.unsettled(self, step, open, known, found);
            }
        }
    }
}
