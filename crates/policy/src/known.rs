//! What is known about a plan, and filling in what is not. Setting one thing settles what follows from it: a plan in
//! an area lies in the areas above it; a plan outside an area lies in its complement.

use crate::compiled::{Answer, Compiled, Vocabulary};
use crate::feel::{Situation, Truth, Variable};
use crate::ids::{ActivityId, AreaId, FactId, ReadingId};
use rust_decimal::Decimal;

/// What is known about a plan.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    vocabulary: &'a Vocabulary,
    activity: Option<ActivityId>,
    facts: Vec<Option<Answer>>,
    /// Facts that are only filled in for the sake of argument: sums don't look at those.
    assumed: Vec<bool>,
    areas: Vec<Truth>,
    distances: Vec<Option<Decimal>>,
    shares: Vec<Option<Decimal>>,
    readings: Vec<u16>,
    today: Decimal,
    trail: Vec<Step>,
    version: u64,
    /// Kept to be used again: memberships whose consequences are being drawn.
    queue: Vec<(AreaId, Truth)>,
}

/// A value for something a plan may leave unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Of a fact.
    Answer(Answer),
    /// Of a membership.
    Within(bool),
    /// Of a distance or share.
    Number(Decimal),
}

/// What to undo.
#[derive(Debug, Clone, Copy)]
enum Step {
    Fact(usize),
    Area(usize),
    Distance(usize),
    Share(usize),
}

/// A point to go back to.
#[derive(Debug, Clone, Copy)]
pub struct Mark(usize);

impl<'a> Known<'a> {
    /// Nothing known but the activity.
    #[must_use]
    pub fn new(package: &'a Compiled, activity: Option<ActivityId>, today: Decimal) -> Self {
        let vocabulary = &package.vocabulary;
        Self {
            vocabulary,
            activity,
            facts: vec![None; vocabulary.facts.len()],
            assumed: vec![false; vocabulary.facts.len()],
            areas: vec![Truth::Unknown; vocabulary.areas.len()],
            distances: vec![None; vocabulary.areas.len()],
            shares: vec![None; vocabulary.areas.len()],
            readings: vocabulary.readings.iter().map(|reading| reading.choice).collect(),
            today,
            trail: Vec::new(),
            version: 0,
            queue: Vec::new(),
        }
    }

    /// A number that is never the same after anything changed; what was computed at this version still holds at it.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The words it is about.
    #[must_use]
    pub fn vocabulary(&self) -> &'a Vocabulary {
        self.vocabulary
    }

    /// Takes another option of a reading.
    pub fn take_reading(&mut self, reading: ReadingId, option: u16) {
        self.version += 1;
        if let Some(place) = self.readings.get_mut(reading.index()) {
            *place = option;
        }
    }

    /// States a fact.
    pub fn state_fact(&mut self, fact: FactId, answer: Answer) {
        self.version += 1;
        if let Some(place) = self.facts.get_mut(fact.index()) {
            *place = Some(answer);
        }
    }

    /// States a membership, without looking at what follows.
    pub fn state_area(&mut self, area: AreaId, truth: Truth) {
        self.version += 1;
        if let Some(place) = self.areas.get_mut(area.index()) {
            *place = truth;
        }
    }

    /// States a distance in metres.
    pub fn state_distance(&mut self, area: AreaId, metres: Decimal) {
        self.version += 1;
        if let Some(place) = self.distances.get_mut(area.index()) {
            *place = Some(metres);
        }
    }

    /// States a share, 0 to 1.
    pub fn state_share(&mut self, area: AreaId, share: Decimal) {
        self.version += 1;
        if let Some(place) = self.shares.get_mut(area.index()) {
            *place = Some(share);
        }
    }

    /// Takes back what was stated about a share.
    pub fn forget_share(&mut self, area: AreaId) {
        self.version += 1;
        clear(&mut self.shares, area.index());
    }

    /// The answer to a fact.
    #[must_use]
    pub fn answer(&self, fact: FactId) -> Option<Answer> {
        self.facts.get(fact.index()).copied().flatten()
    }

    /// Whether something is known.
    #[must_use]
    pub fn knows(&self, variable: Variable) -> bool {
        match variable {
            Variable::Fact(fact) => self.answer(fact).is_some(),
            Variable::Area(area) => self.within(area) != Truth::Unknown,
            Variable::Distance(area) => self.distance(area).is_some(),
            Variable::Share(area) => self.share(area).is_some(),
        }
    }

    /// Whether something is known to have this value.
    #[must_use]
    pub fn has(&self, variable: Variable, value: Value) -> bool {
        match (variable, value) {
            (Variable::Fact(fact), Value::Answer(answer)) => self.answer(fact) == Some(answer),
            (Variable::Area(area), Value::Within(within)) => self.within(area) == Truth::from(within),
            (Variable::Distance(area), Value::Number(number)) => self.distance(area) == Some(number),
            (Variable::Share(area), Value::Number(number)) => self.share(area) == Some(number),
            _ => false,
        }
    }

    /// The values that make a difference for something unknown. Each stands for all values like it.
    #[must_use]
    pub fn values(&self, variable: Variable) -> Vec<Value> {
        match variable {
            Variable::Fact(fact) => match self.vocabulary.fact(fact) {
                Some(fact) => fact.domain.answers.iter().copied().map(Value::Answer).collect(),
                None => Vec::new(),
            },
            Variable::Area(_) => vec![Value::Within(false), Value::Within(true)],
            Variable::Distance(area) => match self.vocabulary.area(area) {
                Some(area) => area.distance.representatives.iter().copied().map(Value::Number).collect(),
                None => Vec::new(),
            },
            Variable::Share(area) => match self.vocabulary.area(area) {
                Some(area) => area.share.representatives.iter().copied().map(Value::Number).collect(),
                None => Vec::new(),
            },
        }
    }

    /// A point to go back to.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.trail.len())
    }

    /// What was assumed since an earlier point, and what followed from that.
    pub fn assumed_since(&self, mark: Mark) -> impl Iterator<Item = Variable> {
        self.trail.get(mark.0..).unwrap_or_default().iter().map(|step| match *step {
            Step::Fact(n) => Variable::Fact(FactId::from_index(n)),
            Step::Area(n) => Variable::Area(AreaId::from_index(n)),
            Step::Distance(n) => Variable::Distance(AreaId::from_index(n)),
            Step::Share(n) => Variable::Share(AreaId::from_index(n)),
        })
    }

    /// Goes back to an earlier point.
    pub fn undo(&mut self, mark: Mark) {
        self.version += 1;
        while self.trail.len() > mark.0 {
            match self.trail.pop() {
                Some(Step::Fact(n)) => {
                    clear(&mut self.facts, n);
                    if let Some(assumed) = self.assumed.get_mut(n) {
                        *assumed = false;
                    }
                }
                Some(Step::Area(n)) => {
                    if let Some(area) = self.areas.get_mut(n) {
                        *area = Truth::Unknown;
                    }
                }
                Some(Step::Distance(n)) => clear(&mut self.distances, n),
                Some(Step::Share(n)) => clear(&mut self.shares, n),
                None => {}
            }
        }
    }

    /// Assumes a value for something unknown, and what follows from it. Says whether that can be; when not, go back
    /// to a mark taken before.
    pub fn assume(&mut self, variable: Variable, value: Value) -> bool {
        self.version += 1;
        match (variable, value) {
            (Variable::Fact(fact), Value::Answer(answer)) => {
                match self.answer(fact) {
                    Some(known) => return known == answer,
                    None => self.state_fact(fact, answer),
                }
                if let Some(assumed) = self.assumed.get_mut(fact.index()) {
                    *assumed = true;
                }
                self.trail.push(Step::Fact(fact.index()));
                true
            }
            (Variable::Area(area), Value::Within(within)) => self.assume_area(area, Truth::from(within)),
            (Variable::Distance(area), Value::Number(metres)) => {
                if let Some(known) = self.distance(area) {
                    return known == metres;
                }
                if self.within(area).is_yes() && !metres.is_zero() {
                    return false;
                }
                self.state_distance(area, metres);
                self.trail.push(Step::Distance(area.index()));
                metres.is_zero() || self.assume_area(area, Truth::No)
            }
            (Variable::Share(area), Value::Number(share)) => {
                if let Some(known) = self.share(area) {
                    return known == share;
                }
                self.state_share(area, share);
                self.trail.push(Step::Share(area.index()));
                self.assume_area(area, Truth::from(!share.is_zero()))
            }
            _ => false,
        }
    }

    fn assume_area(&mut self, area: AreaId, truth: Truth) -> bool {
        let mut queue = std::mem::take(&mut self.queue);
        queue.clear();
        queue.push((area, truth));
        let consistent = self.draw(&mut queue);
        self.queue = queue;
        consistent
    }

    /// States what is in the queue, and what follows; says whether that can be.
    fn draw(&mut self, queue: &mut Vec<(AreaId, Truth)>) -> bool {
        while let Some((area, truth)) = queue.pop() {
            match self.areas.get(area.index()).copied().unwrap_or_default() {
                Truth::Unknown => {}
                known if known == truth => continue,
                _ => return false,
            }
            self.state_area(area, truth);
            self.trail.push(Step::Area(area.index()));
            let inconsistent = match truth {
                Truth::Yes => {
                    self.distances.get(area.index()).copied().flatten().is_some_and(|d| !d.is_zero())
                        || self.shares.get(area.index()).copied().flatten().is_some_and(|s| s.is_zero())
                }
                _ => self.shares.get(area.index()).copied().flatten().is_some_and(|s| !s.is_zero()),
            };
            if inconsistent {
                return false;
            }
            let Some(entry) = self.vocabulary.area(area) else {
                continue;
            };
            let follow = if truth.is_yes() { &entry.parents } else { &entry.children };
            queue.extend(follow.iter().map(|other| (*other, truth)));
            if let Some(other) = entry.complement {
                queue.push((other, !truth));
            }
        }
        true
    }
}

fn clear<T>(list: &mut [Option<T>], n: usize) {
    if let Some(place) = list.get_mut(n) {
        *place = None;
    }
}

impl Situation for Known<'_> {
    fn boolean(&self, fact: FactId) -> Truth {
        match self.answer(fact) {
            Some(Answer::YesNo(value)) => Truth::from(value),
            _ => Truth::Unknown,
        }
    }

    fn number(&self, fact: FactId) -> Option<Decimal> {
        match self.answer(fact) {
            Some(Answer::Number(value)) => Some(value),
            _ => None,
        }
    }

    fn certain_number(&self, fact: FactId) -> Option<Decimal> {
        if self.assumed.get(fact.index()).copied().unwrap_or_default() { None } else { self.number(fact) }
    }

    fn choice(&self, fact: FactId) -> Option<u16> {
        match self.answer(fact) {
            Some(Answer::Choice(option)) => Some(option),
            _ => None,
        }
    }

    fn within(&self, area: AreaId) -> Truth {
        self.areas.get(area.index()).copied().unwrap_or_default()
    }

    fn distance(&self, area: AreaId) -> Option<Decimal> {
        let stated = self.distances.get(area.index()).copied().flatten();
        stated.or_else(|| self.within(area).is_yes().then_some(Decimal::ZERO))
    }

    fn share(&self, area: AreaId) -> Option<Decimal> {
        let stated = self.shares.get(area.index()).copied().flatten();
        stated.or_else(|| self.within(area).is_no().then_some(Decimal::ZERO))
    }

    fn activity(&self, activity: ActivityId) -> bool {
        self.activity.is_some_and(|own| self.vocabulary.is_a(own, activity))
    }

    fn reading(&self, reading: ReadingId) -> u16 {
        self.readings.get(reading.index()).copied().unwrap_or_default()
    }

    fn today(&self) -> Decimal {
        self.today
    }
}
