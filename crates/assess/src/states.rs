//! How the conditions of a norm stand together, and what that makes of the norm.

use crate::outcome::{Outcome, OutcomeSet};
use brink_policy::compiled::{Norm, NormEffect};
use brink_policy::feel::Truth;
use brink_policy::written::{Effect, OnFailure};

/// How a condition can turn out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turn {
    Met = 1,
    Failed = 2,
    /// Nobody can tell from the source, whatever else is known.
    Open = 4,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Turns(pub u8);

impl Turns {
    pub fn contains(self, turn: Turn) -> bool {
        self.0 & turn as u8 != 0
    }

    /// Whether it can only be met.
    pub fn is_met(self) -> bool {
        self.0 == Turn::Met as u8
    }

    /// Whether it can turn out one way only.
    pub fn is_single(self) -> bool {
        self.0.is_power_of_two()
    }
}

/// The turns of what holds, holds not or may hold.
pub(crate) fn of_truth(truth: Truth, otherwise: Turn) -> u8 {
    match truth {
        Truth::Yes => Turn::Met as u8,
        Truth::No => otherwise as u8,
        Truth::Unknown => Turn::Met as u8 | otherwise as u8,
    }
}

/// The worst failed and the worst open condition so far: 0 none, 1 aandacht, 2 onwenselijk, 3 strijdig.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct State {
    failed: u8,
    open: u8,
}

fn rank(severity: OnFailure) -> u8 {
    match severity {
        OnFailure::Aandacht => 1,
        OnFailure::Onwenselijk => 2,
        OnFailure::Strijdig => 3,
    }
}

impl State {
    pub fn fail(&mut self, severity: OnFailure) {
        self.failed = self.failed.max(rank(severity));
    }

    pub fn leave_open(&mut self, severity: OnFailure) {
        self.open = self.open.max(rank(severity));
    }

    pub fn after(mut self, turn: Turn, severity: OnFailure) -> Self {
        match turn {
            Turn::Met => {}
            Turn::Failed => self.fail(severity),
            Turn::Open => self.leave_open(severity),
        }
        self
    }

    /// The table of outcomes.
    pub fn outcome(self, norm: &Norm) -> Outcome {
        let NormEffect::Judges(effect) = norm.effect else {
            return Outcome::Onbekend;
        };
        match effect {
            Effect::Verbod => Outcome::Strijdig,
            Effect::NeeTenzij if self.failed > 0 => Outcome::Strijdig,
            Effect::NeeTenzij if self.open > 0 => Outcome::NeeTenzij,
            Effect::NeeTenzij => Outcome::Past,
            Effect::JaMits | Effect::Toegestaan => {
                let failed = match self.failed {
                    0 => Outcome::Past,
                    1 => Outcome::Aandacht,
                    2 => Outcome::Onwenselijk,
                    _ => Outcome::Strijdig,
                };
                // An open condition that could still turn out worse than what failed.
                if self.open > self.failed { failed.max(Outcome::JaMits) } else { failed }
            }
            Effect::Gewenst if self.failed > 0 => Outcome::Aandacht,
            Effect::Gewenst => Outcome::Gewenst,
            Effect::Onwenselijk => Outcome::Onwenselijk,
            Effect::Aandacht if norm.conditions.is_empty() || self.failed > 0 || self.open > 0 => {
                Outcome::Aandacht
            }
            Effect::Aandacht => Outcome::Past,
            Effect::Elders => Outcome::Elders,
        }
    }
}

/// A set of states.
#[derive(Debug, Clone, Copy)]
pub(crate) struct States(u16);

impl States {
    pub fn start() -> Self {
        Self(1)
    }

    pub fn step(self, turns: Turns, severity: OnFailure) -> Self {
        if turns.is_met() {
            return self;
        }
        let mut next = 0;
        for state in self.iter() {
            for turn in [Turn::Met, Turn::Failed, Turn::Open] {
                if turns.contains(turn) {
                    let after = state.after(turn, severity);
                    next |= 1 << (after.failed * 4 + after.open);
                }
            }
        }
        Self(next)
    }

    pub fn outcomes(self, norm: &Norm, set: &mut OutcomeSet) {
        self.iter().for_each(|state| set.insert(state.outcome(norm)));
    }

    /// Whether, in one of these states, a condition that can turn out in several ways makes for several outcomes.
    pub fn split(self, turns: Turns, severity: OnFailure, norm: &Norm) -> bool {
        self.iter().any(|state| {
            let mut outcomes = OutcomeSet::default();
            for turn in [Turn::Met, Turn::Failed, Turn::Open] {
                if turns.contains(turn) {
                    outcomes.insert(state.after(turn, severity).outcome(norm));
                }
            }
            !outcomes.is_single()
        })
    }

    fn iter(self) -> impl Iterator<Item = State> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let n = u8::try_from(left.trailing_zeros()).ok().filter(|n| *n < 16)?;
            left &= left - 1;
            Some(State { failed: n / 4, open: n % 4 })
        })
    }
}

/// Per state the ways in which conditions can stand like that.
pub(crate) struct Planes([u64; 16]);

impl Planes {
    pub fn start(ways: u64) -> Self {
        let mut planes = [0; 16];
        if let Some(first) = planes.first_mut() {
            *first = ways;
        }
        Self(planes)
    }

    fn iter(&self) -> impl Iterator<Item = (State, u64)> {
        let states = (0..4).flat_map(|failed| (0..4).map(move |open| State { failed, open }));
        states.zip(self.0).filter(|(_, ways)| *ways != 0)
    }

    /// After a condition that can be met in some ways and turn out otherwise in some.
    pub fn step(&mut self, met: u64, otherwise: u64, turn: Turn, severity: OnFailure) {
        let mut next = [0; 16];
        for (state, ways) in self.iter() {
            for (after, ways) in [(state, ways & met), (state.after(turn, severity), ways & otherwise)] {
                if let Some(place) = next.get_mut(usize::from(after.failed * 4 + after.open)) {
                    *place |= ways;
                }
            }
        }
        self.0 = next;
    }

    /// Adds, per outcome, the ways among `ways` in which it is possible.
    pub fn outcomes(&self, norm: &Norm, ways: u64, planes: &mut [u64; 10]) {
        for (state, own) in self.iter() {
            if let Some(plane) = planes.get_mut(state.outcome(norm) as usize) {
                *plane |= own & ways;
            }
        }
    }

    /// The ways in which it makes a difference whether one more condition is met.
    pub fn split(&self, turn: Turn, severity: OnFailure, norm: &Norm) -> u64 {
        let differs = |state: &State| state.outcome(norm) != state.after(turn, severity).outcome(norm);
        self.iter().filter(|(state, _)| differs(state)).fold(0, |all, (_, ways)| all | ways)
    }
}
