//! One plan in many places: only the verdict, without explanation, questions or text.
//!
//! Norms see a place through memberships only. Norms that look at the same areas share a lens. A lens tells apart the
//! places that can make a difference to its norms, and those are judged once for each of those; where the same was seen
//! through all lenses, the verdict is the same. Most places then cost no more than looking that up.

use crate::assess::{Options, Scope, firmness, settled};
use crate::judge::Bench;
use crate::outcome::{Outcome, Range};
use crate::part::asks;
use crate::plan::Plan;
use crate::range::Candidate;
use crate::situation;
use brink_policy::compiled::{Compiled, Norm, Vocabulary};
use brink_policy::feel::{Expr, Situation, Truth, Variable, evaluate};
use brink_policy::{AreaId, Known, NormId, dates};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The most verdicts, the most views through one lens, and the most searches among unknowns, that are remembered.
const MAX_REMEMBERED: usize = 65_536;
const MAX_SEARCHES: usize = 256;

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
    lenses: Vec<Lens>,
    relevant: Vec<AreaId>,
    /// The relevant areas and all that say something about them, sorted: what is stated before norms are judged.
    looked_at: Vec<AreaId>,
    /// Of those, for points, the areas whose share of a place counts.
    whole: Vec<AreaId>,
    /// How norms came out before.
    #[allow(
        clippy::vec_box,
        reason = "searches remember candidates by where they are, so they may not move"
    )]
    candidates: Vec<Box<Candidate<'p>>>,
    /// By what was seen through the lenses.
    verdicts: HashMap<Box<[u32]>, u32>,
    met: Vec<Verdict>,
    views: Vec<u32>,
}

/// A norm that can apply somewhere.
struct Watched<'p> {
    id: NormId,
    norm: &'p Norm,
    /// Its place among norms with the same outcome, as far as that does not depend on the place.
    rank: usize,
    lens: usize,
    /// For each view through its lens how it came out; nothing when it does not apply.
    came_out: Vec<CameOut>,
}

/// How a norm came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CameOut {
    NotJudged,
    DoesNotApply,
    /// The number of its candidate.
    As(usize),
}

/// What some norms look at, and what was seen there.
struct Lens {
    /// The areas, sorted.
    areas: Vec<AreaId>,
    /// For each of those the areas that say something about it.
    related: Vec<Vec<AreaId>>,
    /// What the norms ask about areas.
    asks: Vec<Expr>,
    /// The views, by how the areas lie, and those they are related to where that is unknown.
    by_place: HashMap<Box<[u64]>, u32>,
    /// The views in which all areas are known, by the answers.
    by_answers: HashMap<Box<[Truth]>, u32>,
    views: u32,
    key: Vec<u64>,
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
        let mut lenses: Vec<Lens> = Vec::new();
        let mut norms = Vec::new();
        let mut relevant: Vec<AreaId> = Vec::new();
        for id in package.norms_for(plan.activity) {
            let Some(norm) = package.norm(*id).filter(|norm| scope.holds(norm)) else {
                continue;
            };
            // With no place known: what does not apply then applies nowhere.
            if bench.applies(norm, &known).is_no() {
                continue;
            }
            let asks = asks(&bench, norm, &known);
            if !options.part.holds(&asks) {
                continue;
            }
            // Whether an unknown occurs more than once is told from all of the norm.
            let mut areas: Vec<AreaId> = norm.variables.iter().filter_map(|v| area_of(*v)).collect();
            for ask in &asks {
                ask.variables(&mut |variable| areas.extend(area_of(variable)));
                ask.variables(&mut |variable| relevant.extend(area_of(variable)));
            }
            areas.sort_unstable();
            areas.dedup();
            let lens = lenses.iter().position(|lens| lens.areas == areas).unwrap_or_else(|| {
                lenses.push(Lens::new(areas, &package.vocabulary));
                lenses.len() - 1
            });
            if let Some(lens) = lenses.get_mut(lens) {
                lens.ask(&asks);
            }
            norms.push(Watched { id: *id, norm, rank: 0, lens, came_out: Vec::new() });
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
        relevant.sort_unstable();
        relevant.dedup();
        let mut looked_at: Vec<AreaId> = lenses
            .iter()
            .flat_map(|lens| lens.areas.iter().chain(lens.related.iter().flatten()))
            .copied()
            .collect();
        looked_at.sort_unstable();
        looked_at.dedup();
        Self {
            bench,
            known,
            norms,
            lenses,
            relevant,
            looked_at,
            whole: Vec::new(),
            candidates: Vec::new(),
            verdicts: HashMap::new(),
            met: Vec::new(),
            views: Vec::new(),
        }
    }

    /// The norms that can apply somewhere.
    #[must_use]
    pub fn norms(&self) -> Vec<NormId> {
        self.norms.iter().map(|watched| watched.id).collect()
    }

    /// The areas that can make a difference for this plan, sorted. Places that lie the same in these get the same
    /// verdict.
    #[must_use]
    pub fn relevant_areas(&self) -> &[AreaId] {
        &self.relevant
    }

    /// The same for points: an area a point lies in, holds all of it.
    #[must_use]
    pub fn of_points(mut self) -> Self {
        let shares = |area: &AreaId| {
            let area = self.bench.package.vocabulary.area(*area);
            area.is_some_and(|area| !area.share.representatives.is_empty())
        };
        self.whole = self.looked_at.iter().copied().filter(shares).collect();
        self
    }

    /// The verdict for a place. `within` tells of every area whether the place lies in it, with what follows from that
    /// for parents, children and complements.
    pub fn verdict(&mut self, within: impl Fn(AreaId) -> Truth) -> Verdict {
        let number = self.number(within);
        self.met.get(number as usize).cloned().unwrap_or(NOTHING)
    }

    /// The verdict for a place, as a number for `met`.
    pub(crate) fn number(&mut self, within: impl Fn(AreaId) -> Truth) -> u32 {
        self.views.clear();
        let mut stated = false;
        for lens in &mut self.lenses {
            let view = lens.seen(&within).unwrap_or_else(|| {
                if !stated {
                    state(&mut self.known, &self.looked_at, &self.whole, &within);
                    stated = true;
                }
                lens.look(&self.known)
            });
            self.views.push(view);
        }
        if let Some(number) = self.verdicts.get(self.views.as_slice()) {
            return *number;
        }
        if !stated {
            state(&mut self.known, &self.looked_at, &self.whole, &within);
        }
        let verdict = self.judge();
        let number = self.met.iter().position(|met| *met == verdict).unwrap_or_else(|| {
            self.met.push(verdict);
            self.met.len() - 1
        }) as u32;
        self.verdicts.insert(self.views.as_slice().into(), number);
        if self.verdicts.len() > MAX_REMEMBERED
            || self.lenses.iter().any(|lens| lens.by_place.len() > MAX_REMEMBERED)
        {
            self.forget();
        }
        number
    }

    /// Starts anew with what is remembered; the verdicts met keep their numbers.
    fn forget(&mut self) {
        // Searches are known by where their candidates are in memory.
        self.bench.searched.borrow_mut().clear();
        self.candidates.clear();
        self.verdicts.clear();
        self.norms.iter_mut().for_each(|watched| watched.came_out.clear());
        for lens in &mut self.lenses {
            lens.by_place.clear();
            lens.by_answers.clear();
            lens.views = 0;
        }
    }

    /// The verdicts so far, each once.
    pub(crate) fn all_met(&self) -> &[Verdict] {
        &self.met
    }

    /// What the norms make of the place that is stated.
    fn judge(&mut self) -> Verdict {
        let mut states: Vec<Option<usize>> = Vec::with_capacity(self.norms.len());
        for watched in &mut self.norms {
            let view = self.views.get(watched.lens).copied().unwrap_or_default() as usize;
            if watched.came_out.len() <= view {
                watched.came_out.resize(view + 1, CameOut::NotJudged);
            }
            let Some(came_out) = watched.came_out.get_mut(view) else {
                continue;
            };
            if *came_out == CameOut::NotJudged {
                let judgement = self.bench.judge(watched.norm, &self.known);
                *came_out = if judgement.applies.is_no() {
                    CameOut::DoesNotApply
                } else {
                    let candidate = self.bench.analyse(watched.norm, judgement, &mut self.known);
                    self.candidates.push(Box::new(Candidate { trials: None, ..candidate }));
                    CameOut::As(self.candidates.len() - 1)
                };
            }
            states.push(match came_out {
                CameOut::As(candidate) => Some(*candidate),
                _ => None,
            });
        }
        let candidates: Vec<&Candidate<'p>> =
            states.iter().flatten().filter_map(|n| self.candidates.get(*n)).map(AsRef::as_ref).collect();
        let range = self.bench.range(&candidates, &mut self.known);
        let strictest = candidates.iter().map(|c| c.outcome).max().unwrap_or(Outcome::GeenBelang);
        let verdict = settled(strictest, range.mildst, range.strengst, !range.begrensd);
        let decide = self.norms.iter().zip(&states).filter_map(|(watched, state)| {
            let candidate =
                self.candidates.get((*state)?).filter(|candidate| candidate.outcome == verdict)?;
            Some((watched.norm.general, !candidate.applies.is_yes(), watched.rank, watched.id))
        });
        let mut deciding: Vec<_> = decide.collect();
        deciding.sort_unstable();
        let mut searched = self.bench.searched.borrow_mut();
        if searched.len() > MAX_SEARCHES {
            searched.clear();
        }
        let normen = deciding.into_iter().map(|(_, _, _, id)| id).collect();
        Verdict { oordeel: verdict, bereik: range, normen }
    }
}

/// What is said where no norm says anything.
const NOTHING: Verdict = Verdict {
    oordeel: Outcome::GeenBelang,
    bereik: Range { mildst: Outcome::GeenBelang, strengst: Outcome::GeenBelang, begrensd: false },
    normen: Vec::new(),
};

fn state(known: &mut Known<'_>, areas: &[AreaId], whole: &[AreaId], within: impl Fn(AreaId) -> Truth) {
    for area in areas {
        let truth = within(*area);
        if known.within(*area) != truth {
            known.state_area(*area, truth);
        }
    }
    for area in whole {
        match within(*area) {
            Truth::Yes => known.state_share(*area, Decimal::ONE),
            Truth::No => known.state_share(*area, Decimal::ZERO),
            Truth::Unknown => known.forget_share(*area),
        }
    }
}

impl Lens {
    fn new(areas: Vec<AreaId>, vocabulary: &Vocabulary) -> Self {
        let related = areas
            .iter()
            .map(|area| vocabulary.area(*area).map(|area| area.related.clone()).unwrap_or_default())
            .collect();
        Self {
            areas,
            related,
            asks: Vec::new(),
            by_place: HashMap::new(),
            by_answers: HashMap::new(),
            views: 0,
            key: Vec::new(),
        }
    }

    fn ask(&mut self, asks: &[&Expr]) {
        for ask in asks {
            if !self.asks.contains(ask) {
                self.asks.push((*ask).clone());
            }
        }
    }

    /// The view of a place, when a place that lies the same was seen before.
    fn seen(&mut self, within: impl Fn(AreaId) -> Truth) -> Option<u32> {
        self.key.clear();
        let mut packed = Packed { key: &mut self.key, bits: 0, count: 0 };
        for (area, related) in self.areas.iter().zip(&self.related) {
            let truth = within(*area);
            packed.push(truth);
            if truth == Truth::Unknown {
                related.iter().for_each(|area| packed.push(within(*area)));
            }
        }
        packed.finish();
        self.by_place.get(self.key.as_slice()).copied()
    }

    /// The view of the place that was just not seen before.
    fn look(&mut self, known: &Known<'_>) -> u32 {
        let next = self.views;
        // Where all is known, the answers are all that counts.
        let view = if self.areas.iter().all(|area| known.within(*area) != Truth::Unknown) {
            let answers = self.asks.iter().map(|ask| evaluate(ask, known)).collect();
            *self.by_answers.entry(answers).or_insert(next)
        } else {
            next
        };
        self.views += u32::from(view == next);
        self.by_place.insert(self.key.as_slice().into(), view);
        view
    }
}

/// Truths, 32 to a number.
struct Packed<'k> {
    key: &'k mut Vec<u64>,
    bits: u64,
    count: u32,
}

impl Packed<'_> {
    fn push(&mut self, truth: Truth) {
        self.bits = (self.bits << 2) | (truth as u64 + 1);
        self.count += 1;
        if self.count == 32 {
            self.key.push(self.bits);
            (self.bits, self.count) = (0, 0);
        }
    }

    fn finish(self) {
        self.key.push(self.bits);
    }
}

/// Of every area whether a plan lies in it, as its memberships say and what follows from those; all unknown when it
/// names no place.
#[must_use]
pub fn memberships(package: &Compiled, plan: &Plan) -> Vec<Truth> {
    let known = situation::known(plan, None, package, Decimal::ZERO);
    (0..package.vocabulary.areas.len()).map(|n| known.within(AreaId::from_index(n))).collect()
}

pub(crate) fn area_of(variable: Variable) -> Option<AreaId> {
    match variable {
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => Some(area),
        Variable::Fact(_) => None,
    }
}
