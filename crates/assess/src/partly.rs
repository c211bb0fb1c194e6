//! One plan in many places of which not all is known, such as all places when some areas have no map.
//!
//! Where an area is unknown, what is known of areas that say something about it counts too: those that filling it in can
//! touch. A norm is remembered by the truths of all of those; when all its own areas are known, by the answers to what it
//! asks, as elsewhere.

use crate::judge::Bench;
use crate::range::Candidate;
use crate::verdicts::{MAX_REMEMBERED, MAX_SEARCHES, Verdict, Watched, area_of, conclude};
use brink_policy::compiled::{Norm, Vocabulary};
use brink_policy::feel::{Expr, Situation, Truth, evaluate};
use brink_policy::{AreaId, Known};
use std::collections::HashMap;

/// What is remembered of places of which not all is known.
pub(crate) struct Partly<'p> {
    bench: Bench<'p>,
    known: Known<'p>,
    /// The areas that count, and the norms each counts for.
    areas: Vec<(AreaId, Vec<usize>)>,
    norms: Vec<Remembered>,
    #[expect(clippy::vec_box, reason = "searches know candidates by their addresses")]
    candidates: Vec<Box<Candidate<'p>>>,
    verdicts: HashMap<Box<[u64]>, Verdict>,
    /// How each norm came out in the last place, and the norms for which something changed since.
    states: Vec<Option<usize>>,
    changed: Vec<bool>,
    key: Vec<u64>,
}

/// What is remembered of a norm.
struct Remembered {
    /// Its areas.
    own: Vec<AreaId>,
    /// Those and all that filling them in can touch.
    touched: Vec<AreaId>,
    seen: HashMap<Box<[u64]>, Option<usize>>,
}

impl<'p> Partly<'p> {
    pub fn new(of: &Bench<'p>, known: &Known<'p>, watched: &[Watched<'p>]) -> Self {
        let vocabulary = &of.package.vocabulary;
        let norms: Vec<Remembered> =
            watched.iter().map(|one| Remembered::new(one.norm, vocabulary)).collect();
        let mut areas: Vec<(AreaId, Vec<usize>)> =
            (0..vocabulary.areas.len()).map(|n| (AreaId::from_index(n), Vec::new())).collect();
        for (n, norm) in norms.iter().enumerate() {
            for area in &norm.touched {
                if let Some((_, norms)) = areas.get_mut(area.index()) {
                    norms.push(n);
                }
            }
        }
        areas.retain(|(_, norms)| !norms.is_empty());
        let mut known = known.clone();
        for (area, _) in &areas {
            known.state_area(*area, Truth::Unknown);
        }
        Self {
            bench: Bench::new(of.package, of.activity),
            known,
            areas,
            candidates: Vec::new(),
            verdicts: HashMap::new(),
            states: vec![None; norms.len()],
            changed: vec![true; norms.len()],
            norms,
            key: Vec::new(),
        }
    }

    /// The verdict for a place.
    pub fn verdict(
        &mut self,
        watched: &[Watched<'p>],
        asked: &[Expr],
        within: impl Fn(AreaId) -> Truth,
    ) -> Verdict {
        for (area, norms) in &self.areas {
            let truth = within(*area);
            if self.known.within(*area) != truth {
                self.known.state_area(*area, truth);
                for norm in norms {
                    if let Some(changed) = self.changed.get_mut(*norm) {
                        *changed = true;
                    }
                }
            }
        }
        self.key.clear();
        pack(self.areas.iter().map(|(area, _)| self.known.within(*area)), &mut self.key);
        if let Some(verdict) = self.verdicts.get(self.key.as_slice()) {
            return verdict.clone();
        }
        let whole: Box<[u64]> = self.key.as_slice().into();
        self.judge(watched, asked);
        let verdict = conclude(&self.bench, &mut self.known, watched, &self.states, &self.candidates);
        if self.verdicts.len() < MAX_REMEMBERED {
            self.verdicts.insert(whole, verdict.clone());
        }
        let mut searched = self.bench.searched.borrow_mut();
        if searched.len() > MAX_SEARCHES {
            searched.clear();
        }
        verdict
    }

    /// Judges the norms for which something changed.
    fn judge(&mut self, watched: &[Watched<'p>], asked: &[Expr]) {
        if self.candidates.len() > MAX_REMEMBERED {
            self.forget();
        }
        let states = self.states.iter_mut().zip(&mut self.changed).zip(&mut self.norms).zip(watched);
        for (((state, changed), remembered), watched) in states {
            if !std::mem::take(changed) {
                continue;
            }
            self.key.clear();
            let open = remembered.own.iter().any(|area| self.known.within(*area) == Truth::Unknown);
            // A word that tells the two kinds of keys apart.
            self.key.push(u64::from(open));
            if open {
                pack(remembered.touched.iter().map(|area| self.known.within(*area)), &mut self.key);
            } else {
                let answers = watched.asks.iter().filter_map(|n| asked.get(*n));
                pack(answers.map(|expr| evaluate(expr, &self.known)), &mut self.key);
            }
            *state = match remembered.seen.get(self.key.as_slice()) {
                Some(state) => *state,
                None => {
                    let judgement = self.bench.judge(watched.norm, &self.known);
                    let state = (!judgement.applies.is_no()).then(|| {
                        let candidate = self.bench.analyse(watched.norm, judgement, &mut self.known);
                        self.candidates.push(Box::new(Candidate { trials: None, ..candidate }));
                        self.candidates.len() - 1
                    });
                    remembered.seen.insert(self.key.as_slice().into(), state);
                    state
                }
            };
        }
    }

    fn forget(&mut self) {
        // Searches know norms by the addresses of what is let go here.
        self.bench.searched.borrow_mut().clear();
        self.candidates.clear();
        self.changed.fill(true);
        for norm in &mut self.norms {
            norm.seen.clear();
        }
    }
}

impl Remembered {
    fn new(norm: &Norm, vocabulary: &Vocabulary) -> Self {
        let mut own: Vec<AreaId> = norm.variables.iter().filter_map(|variable| area_of(*variable)).collect();
        own.sort_unstable();
        own.dedup();
        Self { touched: touched(&own, vocabulary), own, seen: HashMap::new() }
    }
}

/// The areas of which something follows when these are filled in, and what follows from that; itself included.
fn touched(areas: &[AreaId], vocabulary: &Vocabulary) -> Vec<AreaId> {
    let mut seen = vec![[false; 2]; vocabulary.areas.len()];
    let mut queue: Vec<(AreaId, bool)> =
        areas.iter().flat_map(|area| [(*area, true), (*area, false)]).collect();
    while let Some((id, inside)) = queue.pop() {
        let (Some([outside_seen, inside_seen]), Some(area)) = (seen.get_mut(id.index()), vocabulary.area(id))
        else {
            continue;
        };
        if std::mem::replace(if inside { inside_seen } else { outside_seen }, true) {
            continue;
        }
        let next = if inside { &area.parents } else { &area.children };
        queue.extend(next.iter().map(|next| (*next, inside)));
        queue.extend(area.complement.map(|other| (other, !inside)));
    }
    let touched = seen.iter().enumerate().filter(|(_, seen)| seen.iter().any(|seen| *seen));
    touched.map(|(n, _)| AreaId::from_index(n)).collect()
}

/// Adds truths to a key, 32 to a word.
fn pack(truths: impl Iterator<Item = Truth>, key: &mut Vec<u64>) {
    let (mut word, mut count) = (0, 0);
    for truth in truths {
        word = word << 2 | truth as u64;
        count += 1;
        if count == 32 {
            key.push(word);
            (word, count) = (0, 0);
        }
    }
    key.push(word);
}
