//! One plan in many places: only the verdict, without explanation, questions or text.
//!
//! Norms see a place through memberships only. What a norm makes of the plan follows from a few questions about areas
//! ("in any of these?"), so it is judged once for every way those can be answered, and remembered. Most places then
//! cost no more than looking that up.

use crate::assess::{Options, Scope, firmness, settled};
use crate::judge::Bench;
use crate::outcome::{Outcome, Range};
use crate::partly::Partly;
use crate::plan::Plan;
use crate::range::Candidate;
use crate::situation;
use brink_policy::compiled::{Compiled, Norm};
use brink_policy::feel::{Expr, Situation, Truth, Variable, evaluate};
use brink_policy::{AreaId, Known, NormId, dates};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// The most verdicts, and the most searches among unknowns, that are remembered.
pub(crate) const MAX_REMEMBERED: usize = 65_536;
pub(crate) const MAX_SEARCHES: usize = 256;

/// The verdict on a plan in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The strictest outcome of the norms.
    pub oordeel: Outcome,
    /// The mildest and strictest verdict the unknowns still allow; open means uncertain.
    pub bereik: Range,
    /// The norms with that outcome, in the order of a full assessment. Empty when it only follows from several together.
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
    /// How norms came out before.
    #[expect(clippy::vec_box, reason = "searches know candidates by their addresses")]
    candidates: Vec<Box<Candidate<'p>>>,
    verdicts: HashMap<Box<[Truth]>, Verdict>,
    answers: Vec<Truth>,
    /// The answers of the last place that was judged, and how each norm came out there.
    before: Vec<Truth>,
    states: Vec<Option<usize>>,
    /// For places of which not all is known.
    partly: Option<Partly<'p>>,
}

/// A norm that can apply somewhere.
pub(crate) struct Watched<'p> {
    id: NormId,
    pub norm: &'p Norm,
    /// Its place among norms with the same outcome, as far as that does not depend on the place.
    rank: usize,
    /// What decides it, among `asked`.
    pub asks: Vec<usize>,
    /// How it came out for answers to those: among `candidates`, or nothing when it does not apply.
    seen: HashMap<u128, Option<usize>>,
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
                    let n = asked.iter().position(|other| *other == part).unwrap_or_else(|| {
                        asked.push(part);
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
            norms.get(*n).map(|watched| {
                let norm = watched.norm;
                (firmness(norm), norm.section, norm.lines, &norm.id)
            })
        });
        for (rank, n) in order.into_iter().enumerate() {
            if let Some(watched) = norms.get_mut(n) {
                watched.rank = rank;
            }
        }
        let mut relevant: Vec<AreaId> = areas.into_iter().collect();
        relevant.sort();
        Self {
            bench,
            known,
            norms,
            asked,
            relevant,
            candidates: Vec::new(),
            verdicts: HashMap::new(),
            answers: Vec::new(),
            before: Vec::new(),
            states: Vec::new(),
            partly: None,
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
            let partly =
                self.partly.get_or_insert_with(|| Partly::new(&self.bench, &self.known, &self.norms));
            return partly.verdict(&self.norms, &self.asked, within);
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

    /// A place of which all is known: norms by what they ask about it.
    fn judge(&mut self) -> Verdict {
        if self.candidates.len() > MAX_REMEMBERED {
            self.forget();
        }
        // Norms of which nothing changed since the last place come out the same.
        let changed: Vec<bool> =
            self.answers.iter().zip(&self.before).map(|(now, then)| now != then).collect();
        let first = self.states.is_empty();
        self.states.resize(self.norms.len(), None);
        for (watched, state) in self.norms.iter_mut().zip(&mut self.states) {
            if !first && !watched.asks.iter().any(|n| changed.get(*n).copied().unwrap_or(true)) {
                continue;
            }
            let key = key(&watched.asks, &self.answers);
            let remembered = key.and_then(|key| watched.seen.get(&key).copied());
            *state = remembered.unwrap_or_else(|| {
                let judgement = self.bench.judge(watched.norm, &self.known);
                (!judgement.applies.is_no()).then(|| {
                    let candidate = self.bench.analyse(watched.norm, judgement, &mut self.known);
                    self.candidates.push(Box::new(Candidate { trials: None, ..candidate }));
                    self.candidates.len() - 1
                })
            });
            if let (Some(key), None) = (key, remembered) {
                watched.seen.insert(key, *state);
            }
        }
        self.before.clone_from(&self.answers);
        let verdict = conclude(&self.bench, &mut self.known, &self.norms, &self.states, &self.candidates);
        let mut searched = self.bench.searched.borrow_mut();
        if searched.len() > MAX_SEARCHES {
            searched.clear();
        }
        verdict
    }

    fn forget(&mut self) {
        // Searches know norms by the addresses of what is let go here.
        self.bench.searched.borrow_mut().clear();
        self.candidates.clear();
        self.before.clear();
        self.states.clear();
        for watched in &mut self.norms {
            watched.seen.clear();
        }
    }
}

/// The verdict that follows from how each norm came out.
pub(crate) fn conclude<'p>(
    bench: &Bench<'p>,
    known: &mut Known<'p>,
    norms: &[Watched<'p>],
    states: &[Option<usize>],
    all: &[Box<Candidate<'p>>],
) -> Verdict {
    let candidates: Vec<&Candidate<'p>> =
        states.iter().flatten().filter_map(|n| all.get(*n)).map(AsRef::as_ref).collect();
    let range = bench.range(&candidates, known);
    let strictest = candidates.iter().map(|c| c.outcome).max().unwrap_or(Outcome::GeenBelang);
    let verdict = settled(strictest, range.mildst, range.strengst, !range.begrensd);
    let decide = norms.iter().zip(states).filter_map(|(watched, state)| {
        let candidate = all.get((*state)?).filter(|candidate| candidate.outcome == verdict)?;
        Some((watched.norm.general, !candidate.applies.is_yes(), watched.rank, watched.id))
    });
    let mut decide: Vec<_> = decide.collect();
    decide.sort_unstable();
    Verdict { oordeel: verdict, bereik: range, normen: decide.into_iter().map(|(_, _, _, id)| id).collect() }
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

/// The largest parts of `expr` that are about memberships only, and not settled. Of a distance or share only the
/// membership matters: nothing else is said of those.
fn about_areas(expr: &Expr, known: &Known<'_>, visit: &mut impl FnMut(Expr)) {
    if evaluate(expr, known) != Truth::Unknown {
        return;
    }
    let (mut some, mut all) = (false, true);
    expr.variables(&mut |variable| {
        some |= area_of(variable).is_some();
        all &= matches!(variable, Variable::Area(_));
    });
    match expr {
        _ if !some => {}
        _ if all => visit(expr.clone()),
        Expr::Not(inner) => about_areas(inner, known, visit),
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| about_areas(part, known, visit)),
        leaf => leaf.variables(&mut |variable| {
            if let Some(area) = area_of(variable) {
                visit(Expr::Within(area));
            }
        }),
    }
}

/// The answers that decide a norm in one number; nothing when they are too many for that.
fn key(asks: &[usize], answers: &[Truth]) -> Option<u128> {
    if asks.len() > 64 {
        return None;
    }
    Some(asks.iter().fold(0, |key, n| key << 2 | answers.get(*n).copied().unwrap_or_default() as u128))
}

pub(crate) fn area_of(variable: Variable) -> Option<AreaId> {
    match variable {
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => Some(area),
        Variable::Fact(_) => None,
    }
}
