//! Many ways to fill in unknowns at once: a way is a bit in a word, and a step of what is left of norms is computed for
//! all bits of a word together.
//!
//! The last unknowns, as many as fit, are spread over the bits of a word; the others stay the same in a word and change
//! from word to word. Areas say something about each other, so not every way can be. One that can't keeps what was filled
//! in before it went wrong; what follows for it holds for all ways that begin like that.

use crate::live::{push, unsettled};
use crate::outcome::{Outcome, OutcomeSet};
use crate::residue::{Pair, Residue};
use crate::verdicts::area_of;
use brink_policy::feel::{Expr, Truth, Variable, evaluate};
use brink_policy::{AreaId, Known, Value};

/// An unknown with the values it can have.
struct Dimension {
    variable: Variable,
    count: usize,
    /// How many bits lie between two values in a word; nothing when it is the same for a whole word.
    stride: Option<usize>,
    /// How many words lie between two values.
    words: usize,
    /// Where the bits of its values are, among `sources`.
    source: usize,
    /// For an area outside and inside: what follows, or nothing when it can't be.
    follows: [Option<Vec<usize>>; 2],
}

/// An expression that depends on at most one of what is filled in.
struct Leaf {
    step: usize,
    /// The bits of the values it depends on, among `sources`.
    source: usize,
    /// What it depends on.
    depends: Option<Variable>,
    /// The values for which it is true and those for which it is false, a bit each.
    truths: Pair,
}

/// What can come out of a norm, for all ways of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcomes {
    /// Per outcome the ways in which it is possible.
    pub planes: [u64; 10],
    /// The ways that can be.
    pub can_be: u64,
    /// The ways in which more than one outcome is possible.
    pub several: u64,
}

impl Outcomes {
    /// What can come out in any way that can be.
    pub fn all(&self) -> OutcomeSet {
        let mut set = OutcomeSet::default();
        for (outcome, plane) in Outcome::ALL.into_iter().zip(self.planes) {
            if plane & self.can_be != 0 {
                set.insert(outcome);
            }
        }
        set
    }

    /// The ways of which it is known what comes out: those that can be, and those that went wrong too late to matter.
    fn told(&self) -> u64 {
        self.can_be | !self.several
    }

    /// The ways in which something else comes out than in the other word's way `shift` bits further on. Where several
    /// outcomes are left the two may still differ in the rest.
    fn differ(&self, other: &Self, shift: usize) -> u64 {
        let mut differ = self.several;
        for (own, other) in self.planes.iter().zip(other.planes) {
            differ |= own ^ (other >> shift);
        }
        differ & self.told() & (other.told() >> shift)
    }
}

/// Ways to fill in unknowns.
pub(crate) struct Lanes {
    dimensions: Vec<Dimension>,
    /// Per value the ways of the word at hand in which it is taken.
    sources: Vec<u64>,
    /// The same as it was given, for what differs within a word: whether that can be or not.
    patterns: Vec<u64>,
    leaves: Vec<Leaf>,
    /// Per step the ways in which it is true and those in which it is false.
    truths: Vec<Pair>,
    /// The bits of a word that are used.
    full: u64,
    words: usize,
}

impl Lanes {
    /// The ways to fill in `unknowns` in their order, for what is left of norms. Nothing when distances or shares have to be
    /// filled in, or when an expression depends on two of the unknowns.
    pub fn new(
        residue: &Residue<'_>,
        unknowns: &[(Variable, Vec<Value>)],
        known: &mut Known<'_>,
    ) -> Option<Self> {
        let mut lanes = Self {
            dimensions: Vec::with_capacity(unknowns.len()),
            sources: Vec::new(),
            patterns: Vec::new(),
            leaves: Vec::new(),
            truths: Vec::new(),
            full: 0,
            words: 1,
        };
        let mut stride = 1;
        let mut inner = true;
        for (variable, values) in unknowns.iter().rev() {
            let count = values.len();
            if count == 0 || count > 64 || matches!(variable, Variable::Distance(_) | Variable::Share(_)) {
                return None;
            }
            inner &= stride * count <= 64;
            let follows = [None, None];
            lanes.dimensions.push(Dimension {
                variable: *variable,
                count,
                stride: inner.then_some(stride),
                words: lanes.words,
                source: 0,
                follows,
            });
            if inner {
                stride *= count;
            } else {
                lanes.words *= count;
            }
        }
        lanes.full = u64::MAX >> (64 - stride.min(64));
        lanes.dimensions.reverse();
        for dimension in &mut lanes.dimensions {
            dimension.source = lanes.sources.len();
            lanes.sources.resize(dimension.source + dimension.count, 0);
        }
        let areas = lanes.areas(residue, known);
        lanes.consequences(&areas, known);
        for (step, expr) in residue.leaves() {
            lanes.leaf(step, expr, unknowns, &areas, known)?;
        }
        lanes.spread();
        Some(lanes)
    }

    /// How many words of ways there are.
    pub fn words(&self) -> usize {
        self.words
    }

    /// The areas that are filled in or looked at, and where their bits are: outside, then inside.
    fn areas(&mut self, residue: &Residue<'_>, known: &Known<'_>) -> Vec<(AreaId, usize)> {
        let mut areas: Vec<(AreaId, usize)> = Vec::new();
        for dimension in &self.dimensions {
            if let Variable::Area(area) = dimension.variable {
                areas.push((area, dimension.source));
            }
        }
        if areas.is_empty() {
            return areas;
        }
        for (_, expr) in residue.leaves() {
            expr.variables(&mut |variable| {
                let Some(area) = area_of(variable) else { return };
                if !known.knows(Variable::Area(area)) && !areas.iter().any(|(other, _)| *other == area) {
                    areas.push((area, self.sources.len()));
                    self.sources.extend([0, 0]);
                }
            });
        }
        areas
    }

    /// What follows from being in an area, and from being outside it. As an area within tells what holds of the one
    /// around it and the other way round, two areas that can't go together exclude each other whichever comes first.
    fn consequences(&mut self, areas: &[(AreaId, usize)], known: &mut Known<'_>) {
        for dimension in &mut self.dimensions {
            if !matches!(dimension.variable, Variable::Area(_)) {
                continue;
            }
            for (inside, follows) in [false, true].into_iter().zip(&mut dimension.follows) {
                let mark = known.mark();
                *follows = known.assume(dimension.variable, Value::Within(inside)).then(|| {
                    let assumed = known.assumed_since(mark);
                    let place = |variable| {
                        let Variable::Area(area) = variable else { return None };
                        let (_, source) = areas.iter().find(|(other, _)| *other == area)?;
                        Some(source + usize::from(known.has(variable, Value::Within(true))))
                    };
                    assumed.filter_map(place).collect()
                });
                known.undo(mark);
            }
        }
    }

    /// Prepares an expression: what it is for each value of what it depends on.
    fn leaf(
        &mut self,
        step: usize,
        expr: &Expr,
        unknowns: &[(Variable, Vec<Value>)],
        areas: &[(AreaId, usize)],
        known: &mut Known<'_>,
    ) -> Option<()> {
        let mut depends: Option<(Variable, usize)> = None;
        let mut single = true;
        expr.variables(&mut |variable| {
            let found = match area_of(variable) {
                Some(area) => areas
                    .iter()
                    .find(|(other, _)| *other == area)
                    .map(|(_, source)| (Variable::Area(area), *source)),
                None => self
                    .dimensions
                    .iter()
                    .find(|dimension| dimension.variable == variable)
                    .map(|dimension| (variable, dimension.source)),
            };
            if let Some(found) = found {
                single &= depends.is_none_or(|earlier| earlier == found);
                depends = Some(found);
            }
        });
        if !single {
            return None;
        }
        let (source, truths) = match depends {
            None => (0, Pair::default()),
            Some((variable, source)) => {
                let within = [Value::Within(false), Value::Within(true)];
                let values = unknowns.iter().find(|(other, _)| *other == variable);
                let values = values.map_or(within.as_slice(), |(_, values)| values);
                let mut truths = Pair::default();
                for (n, value) in values.iter().enumerate() {
                    let mark = known.mark();
                    if known.assume(variable, *value) {
                        match evaluate(expr, known) {
                            Truth::Yes => truths.yes |= 1 << n,
                            Truth::No => truths.no |= 1 << n,
                            Truth::Unknown => {}
                        }
                    }
                    known.undo(mark);
                }
                (source, truths)
            }
        };
        self.leaves.push(Leaf { step, source, depends: depends.map(|(variable, _)| variable), truths });
        Some(())
    }

    /// Spreads values over the bits of a word.
    fn spread(&mut self) {
        let used = 64 - usize::try_from(self.full.leading_zeros()).unwrap_or_default();
        self.patterns.resize(self.sources.len(), 0);
        for dimension in &self.dimensions {
            let Some(stride) = dimension.stride else { continue };
            let run = u64::MAX >> (64 - stride.min(64));
            let values = self.patterns.iter_mut().skip(dimension.source).take(dimension.count);
            for (n, bits) in values.enumerate() {
                *bits = run << (n * stride);
                let mut period = stride * dimension.count;
                while period < used {
                    *bits |= *bits << period;
                    period *= 2;
                }
                *bits &= self.full;
            }
        }
    }

    /// The bits in which an unknown was given its value `n` in a word, whether that can be or not.
    fn given(&self, dimension: &Dimension, n: usize, word: usize) -> u64 {
        match dimension.stride {
            Some(_) => self.patterns.get(dimension.source + n).copied().unwrap_or_default(),
            None if word / dimension.words % dimension.count == n => self.full,
            None => 0,
        }
    }

    fn source(&self, n: usize) -> u64 {
        self.sources.get(n).copied().unwrap_or_default()
    }

    /// Computes all steps for a word; gives the ways that can be.
    pub fn compute(&mut self, residue: &Residue<'_>, word: usize) -> u64 {
        let can_be = self.fill(word);
        let mut truths = std::mem::take(&mut self.truths);
        truths.clear();
        truths.resize(residue.len(), Pair::default());
        for leaf in &self.leaves {
            let of = |values: u64| ones(values).fold(0, |bits, n| bits | self.source(leaf.source + n));
            let pair = Pair { yes: of(leaf.truths.yes), no: of(leaf.truths.no) };
            if let Some(place) = truths.get_mut(leaf.step) {
                *place = pair;
            }
        }
        residue.sweep(&mut truths, self.full);
        self.truths = truths;
        can_be
    }

    /// Fills in a word; gives the ways that can be.
    fn fill(&mut self, word: usize) -> u64 {
        let mut sources = std::mem::take(&mut self.sources);
        sources.fill(0);
        let mut can_be = self.full;
        for dimension in &self.dimensions {
            if !matches!(dimension.variable, Variable::Area(_)) {
                let values = sources.iter_mut().skip(dimension.source).take(dimension.count);
                for (n, bits) in values.enumerate() {
                    *bits = self.given(dimension, n, word) & can_be;
                }
                continue;
            }
            let (outside, inside) = (self.given(dimension, 0, word), self.given(dimension, 1, word));
            let get = |n: usize| sources.get(n).copied().unwrap_or_default();
            let (out, within) = (get(dimension.source), get(dimension.source + 1));
            // It followed from others: only the ways with that value can be.
            can_be &= !(out & inside | within & outside);
            for (follows, bits) in dimension.follows.iter().zip([outside, inside]) {
                let bits = bits & can_be & !(out | within);
                match follows {
                    None => can_be &= !bits,
                    Some(follows) => {
                        for n in follows {
                            if let Some(place) = sources.get_mut(*n) {
                                *place |= bits;
                            }
                        }
                    }
                }
            }
        }
        self.sources = sources;
        can_be
    }

    /// What can come out of norm `which` for the word that was computed.
    pub fn outcomes(&self, residue: &Residue<'_>, which: usize, can_be: u64) -> Outcomes {
        let planes = residue.planes(which, &self.truths, self.full);
        let (mut some, mut several) = (0, 0);
        for plane in planes {
            several |= some & plane;
            some |= plane;
        }
        Outcomes { planes, can_be, several }
    }

    /// Adds the unknowns along which what comes out differs.
    pub fn compare(&self, outcomes: &[Outcomes], found: &mut Vec<Variable>) {
        for dimension in &self.dimensions {
            let pairs =
                (0..dimension.count).flat_map(|n| (n + 1..dimension.count).map(move |other| (n, other)));
            let differ = match dimension.stride {
                Some(stride) => pairs.into_iter().any(|(n, other)| {
                    let own = self.given(dimension, n, 0);
                    outcomes.iter().any(|word| word.differ(word, (other - n) * stride) & own != 0)
                }),
                None => pairs.into_iter().any(|(n, other)| {
                    let ahead = (other - n) * dimension.words;
                    let own = |word: &usize| word / dimension.words % dimension.count == n;
                    (0..outcomes.len()).filter(own).any(|word| {
                        match (outcomes.get(word), outcomes.get(word + ahead)) {
                            (Some(one), Some(other)) => one.differ(other, 0) & self.full != 0,
                            _ => false,
                        }
                    })
                }),
            };
            if differ {
                push(dimension.variable, found);
            }
        }
    }

    /// Adds the unknowns left in step `step` in these ways of the word that was computed.
    pub fn unsettled(
        &self,
        residue: &Residue<'_>,
        step: usize,
        ways: u64,
        known: &mut Known<'_>,
        found: &mut Vec<Variable>,
    ) {
        let pair = self.truths.get(step).copied().unwrap_or_default();
        let ways = ways & !(pair.yes | pair.no);
        if ways == 0 {
            return;
        }
        if let Some(parts) = residue.parts(step) {
            for part in parts {
                self.unsettled(residue, *part, ways, known, found);
            }
        } else if let Some(expr) = residue.leaf(step) {
            self.unsettled_leaf(step, expr, ways, known, found);
        }
    }

    fn unsettled_leaf(
        &self,
        step: usize,
        expr: &Expr,
        ways: u64,
        known: &mut Known<'_>,
        found: &mut Vec<Variable>,
    ) {
        let leaf = self.leaves.binary_search_by_key(&step, |leaf| leaf.step).ok();
        let leaf = leaf.and_then(|n| self.leaves.get(n));
        let mut rest = ways;
        if let Some((leaf, variable)) = leaf.and_then(|leaf| Some((leaf, leaf.depends?))) {
            for (n, value) in known.values(variable).into_iter().enumerate() {
                let bits = self.source(leaf.source + n);
                rest &= !bits;
                if ways & bits != 0 {
                    let mark = known.mark();
                    if known.assume(variable, value) {
                        unsettled(expr, known, found);
                    }
                    known.undo(mark);
                }
            }
        }
        if rest != 0 {
            unsettled(expr, known, found);
        }
    }

    /// The truths of the word that was computed.
    pub fn truths(&self) -> &[Pair] {
        &self.truths
    }

    /// The bits that are used.
    pub fn full(&self) -> u64 {
        self.full
    }
}

/// The places of the bits that are set.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let n = usize::try_from(bits.trailing_zeros()).ok().filter(|n| *n < 64)?;
        bits &= bits - 1;
        Some(n)
    })
}
