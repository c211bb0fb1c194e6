//! One plan in many places: only the verdict, without explanation, questions or text.
//!
//! Norms see a place through memberships only. What a norm makes of the plan follows from a few questions about areas
//! ("in any of these?"), so it is judged once for every way those can be answered, and remembered. Most places then
//! cost no more than looking that up.

use crate::assess::{Options, Overall, Scope, overall, settled};
use crate::ground::Located;
use crate::judge::{Bench, Judgement};
use crate::outcome::{Outcome, Range};
use crate::plan::Plan;
use crate::range::Candidate;
use crate::situation;
use brink_policy::compiled::{Compiled, Norm};
use brink_policy::feel::{Expr, Situation, Truth, Variable, evaluate};
use brink_policy::{AreaId, Known, NormId, dates};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// The most verdicts, and the most searches among unknowns, that are remembered.
const MAX_REMEMBERED: usize = 65_536;
const MAX_SEARCHES: usize = 256;

/// The verdict on a plan in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The strictest outcome of the norms.
    pub oordeel: Outcome,
    /// The mildest and strictest verdict the unknowns still allow; open means uncertain.
    pub bereik: Range,
    /// The norms with that outcome, in the order of the source. Empty when it only follows from several together.
    pub normen: Vec<NormId>,
}

/// Judges one plan in many places.
pub struct Verdicts<'p> {
    bench: Bench<'p>,
    known: Known<'p>,
    norms: Vec<Watched<'p>>,
    /// What norms ask about areas, each once.
    asked: Vec<Expr>,
    relevant: Vec<AreaId>,
    /// Of those, the areas whose share of a place counts.
    shared: Vec<AreaId>,
    /// How norms came out before.
    #[allow(
        clippy::vec_box,
        reason = "searches remember candidates by where they are, so they may not move"
    )]
    candidates: Vec<Box<Candidate<'p>>>,
    verdicts: HashMap<Box<[Truth]>, Verdict>,
    answers: Vec<Truth>,
}

/// A norm that can apply somewhere.
struct Watched<'p> {
    id: NormId,
    norm: &'p Norm,
    /// Its place in the order of the source.
    rank: usize,
    /// What decides it, among `asked`.
    asks: Vec<usize>,
    /// How it came out for answers to those; nothing when it does not apply.
    seen: HashMap<Box<[Truth]>, Option<usize>>,
}

impl<'p> Verdicts<'p> {
    /// Prepares for a plan; what it says about its place is passed over.
    #[must_use]
    pub fn new(package: &'p Compiled, plan: &Plan, options: &Options<'_>) -> Self {
        let date = plan.date.as_deref().unwrap_or(&options.today);
        let today = Decimal::from(dates::days(date).unwrap_or_default());
        let known = situation::without_place(plan, package, today);
        let bench = Bench::new(package, plan.activity);
        let scope = Scope::new(package, &plan.sections);
        let mut asked: Vec<Expr> = Vec::new();
        let mut areas: HashSet<AreaId> = HashSet::new();
        let mut norms = Vec::new();
        for id in package.norms_for(plan.activity) {
            let Some(norm) = package.norm(*id).filter(|norm| scope.holds(norm)) else {
                continue;
            };
            // With no place known: what does not apply then applies nowhere.
            if bench.applies(norm, &known).is_no() {
                continue;
            }
            let mut asks = Vec::new();
            for_each_expr(&bench, norm, &known, &mut |expr| {
                about_areas(expr, &known, &mut |part| {
                    part.variables(&mut |variable| areas.extend(area_of(variable)));
                    let n = asked.iter().position(|other| other == part).unwrap_or_else(|| {
                        asked.push(part.clone());
                        asked.len() - 1
                    });
                    if !asks.contains(&n) {
                        asks.push(n);
                    }
                });
            });
            norms.push(Watched { id: *id, norm, rank: 0, asks, seen: HashMap::new() });
        }
        let mut order: Vec<usize> = (0..norms.len()).collect();
        order.sort_by_key(|n| {
            norms.get(*n).map(|watched| (watched.norm.section, watched.norm.lines, &watched.norm.id))
        });
        for (rank, n) in order.into_iter().enumerate() {
            if let Some(watched) = norms.get_mut(n) {
                watched.rank = rank;
            }
        }
        let mut relevant: Vec<AreaId> = areas.into_iter().collect();
        relevant.sort();
        let counts = |area: &AreaId| {
            package.vocabulary.area(*area).is_some_and(|area| !area.share.representatives.is_empty())
        };
        let shared = relevant.iter().copied().filter(counts).collect();
        Self {
            bench,
            known,
            norms,
            asked,
            relevant,
            shared,
            candidates: Vec::new(),
            verdicts: HashMap::new(),
            answers: Vec::new(),
        }
    }

    /// The areas that can make a difference for this plan, sorted. Places that lie the same in these get the same
    /// verdict.
    #[must_use]
    pub fn relevant_areas(&self) -> &[AreaId] {
        &self.relevant
    }

    /// The verdict for a place. `within` tells of every area whether the place lies in it, with what follows from that
    /// for parents, children and complements.
    pub fn verdict(&mut self, within: impl Fn(AreaId) -> Truth) -> Verdict {
        let mut settled_everywhere = true;
        for area in &self.relevant {
            let truth = within(*area);
            settled_everywhere &= truth != Truth::Unknown;
            if self.known.within(*area) != truth {
                self.known.state_area(*area, truth);
            }
        }
        if !settled_everywhere {
            return self.open(within);
        }
        self.answers.clear();
        self.answers.extend(self.asked.iter().map(|expr| evaluate(expr, &self.known)));
        if let Some(verdict) = self.verdicts.get(self.answers.as_slice()) {
            return verdict.clone();
        }
        let verdict = self.judge();
        if self.verdicts.len() < MAX_REMEMBERED {
            self.verdicts.insert(self.answers.as_slice().into(), verdict.clone());
        }
        verdict
    }

    /// The verdict for a place on the map, with the shares of it that are in areas.
    pub fn located(&mut self, located: &Located) -> Verdict {
        self.shares(|area| situation::share(located.area(area)));
        self.verdict(|area| located.area(area).truth)
    }

    /// The verdict for a point: what it lies in, holds all of it.
    pub fn at_point(&mut self, within: impl Fn(AreaId) -> Truth) -> Verdict {
        self.shares(|area| match within(area) {
            Truth::Yes => Some(Decimal::ONE),
            Truth::No => Some(Decimal::ZERO),
            Truth::Unknown => None,
        });
        self.verdict(within)
    }

    fn shares(&mut self, share: impl Fn(AreaId) -> Option<Decimal>) {
        for area in &self.shared {
            match share(*area) {
                Some(share) => self.known.state_share(*area, share),
                None => self.known.forget_share(*area),
            }
        }
    }

    /// A place of which not all is known: areas that say something about each other count too.
    fn open(&mut self, within: impl Fn(AreaId) -> Truth) -> Verdict {
        let mut known = self.known.clone();
        for n in 0..self.bench.package.vocabulary.areas.len() {
            let area = AreaId::from_index(n);
            known.state_area(area, within(area));
        }
        let norms: Vec<&'p Norm> = self.norms.iter().map(|watched| watched.norm).collect();
        let bench = Bench::new(self.bench.package, self.bench.activity);
        let Overall { judged, range, verdict, .. } = overall(&bench, &norms, &mut known);
        let decide = |watched: &Watched<'p>| {
            judged.iter().any(|one| std::ptr::eq(one.norm, watched.norm) && one.judgement.outcome == verdict)
        };
        Verdict { oordeel: verdict, bereik: range, normen: self.deciding(decide) }
    }

    /// A place of which all is known: norms by what they ask about it.
    fn judge(&mut self) -> Verdict {
        let mut states: Vec<Option<usize>> = Vec::with_capacity(self.norms.len());
        for watched in &mut self.norms {
            let key: Box<[Truth]> =
                watched.asks.iter().map(|n| self.answers.get(*n).copied().unwrap_or_default()).collect();
            let state = match watched.seen.get(&key) {
                Some(state) => *state,
                None => {
                    let Judgement { applies, outcome } = self.bench.judge(watched.norm, &self.known);
                    let state = (!applies.is_no()).then(|| {
                        let candidate = self.bench.analyse(watched.norm, outcome, &mut self.known);
                        self.candidates.push(Box::new(Candidate { trials: None, ..candidate }));
                        self.candidates.len() - 1
                    });
                    watched.seen.insert(key, state);
                    state
                }
            };
            states.push(state);
        }
        let outcome_of =
            |state: &Option<usize>| state.and_then(|n| self.candidates.get(n)).map(|c| c.outcome);
        let candidates: Vec<&Candidate<'p>> =
            states.iter().flatten().filter_map(|n| self.candidates.get(*n)).map(AsRef::as_ref).collect();
        let range = self.bench.range(&candidates, &mut self.known);
        let strictest = candidates.iter().map(|c| c.outcome).max().unwrap_or(Outcome::GeenBelang);
        let verdict = settled(strictest, range.mildst, range.strengst, !range.begrensd);
        let deciding: HashSet<NormId> = self
            .norms
            .iter()
            .zip(&states)
            .filter(|(_, state)| outcome_of(state) == Some(verdict))
            .map(|(watched, _)| watched.id)
            .collect();
        let normen = self.deciding(|watched| deciding.contains(&watched.id));
        let mut searched = self.bench.searched.borrow_mut();
        if searched.len() > MAX_SEARCHES {
            searched.clear();
        }
        Verdict { oordeel: verdict, bereik: range, normen }
    }

    fn deciding(&self, decides: impl Fn(&Watched<'p>) -> bool) -> Vec<NormId> {
        let mut found: Vec<(usize, NormId)> = self
            .norms
            .iter()
            .filter(|watched| decides(watched))
            .map(|watched| (watched.rank, watched.id))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }
}

/// Of every area whether a plan lies in it, as its memberships say and what follows from those; all unknown when it
/// names no place.
#[must_use]
pub fn memberships(package: &Compiled, plan: &Plan) -> Vec<Truth> {
    let known = situation::known(plan, None, package, Decimal::ZERO);
    (0..package.vocabulary.areas.len()).map(|n| known.within(AreaId::from_index(n))).collect()
}

/// The expressions the outcome of a norm rests on, those of norms that can switch it off included.
fn for_each_expr<'p>(bench: &Bench<'p>, norm: &'p Norm, known: &Known<'_>, visit: &mut impl FnMut(&'p Expr)) {
    let mut seen: Vec<NormId> = Vec::new();
    let mut queue: Vec<&'p Norm> = vec![norm];
    while let Some(norm) = queue.pop() {
        norm.expressions(&mut *visit);
        for id in &norm.switched_off_by {
            if !seen.contains(id) && !bench.switches_off(*id, known, 0).is_no() {
                seen.push(*id);
                queue.extend(bench.package.norm(*id));
            }
        }
    }
}

/// The largest parts of `expr` that are about areas only, and not settled.
fn about_areas<'p>(expr: &'p Expr, known: &Known<'_>, visit: &mut impl FnMut(&'p Expr)) {
    if evaluate(expr, known) != Truth::Unknown {
        return;
    }
    let (mut some, mut all) = (false, true);
    expr.variables(&mut |variable| {
        let area = area_of(variable).is_some();
        some |= area;
        all &= area;
    });
    match expr {
        _ if !some => {}
        _ if all => visit(expr),
        Expr::Not(inner) => about_areas(inner, known, visit),
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| about_areas(part, known, visit)),
        // A comparison of something about an area with a fact.
        _ => visit(expr),
    }
}

fn area_of(variable: Variable) -> Option<AreaId> {
    match variable {
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => Some(area),
        Variable::Fact(_) => None,
    }
}
