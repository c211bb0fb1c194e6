//! One plan in many places, on the map.

use crate::answer::Assessment;
use crate::assess::{Options, assess};
use crate::error::Fault;
use crate::ground::{Ground, outside_fault, outside_territory};
use crate::plan::Plan;
use crate::verdicts::{Verdict, Verdicts};
use brink_geo::edge::Point;
use brink_geo::index::{Desk, Key};
use brink_geo::place::Place;
use brink_geo::shape::Dimension;
use brink_policy::NormId;
use brink_policy::compiled::Compiled;
use std::collections::HashMap;

/// The most sets of areas that are remembered.
const MAX_REMEMBERED: usize = 200_000;

/// Judges one plan in many places. Each thread has one of its own.
pub struct Spots<'a> {
    package: &'a Compiled,
    ground: &'a Ground,
    verdicts: Verdicts<'a>,
    /// The verdicts met so far.
    pub met: Vec<Verdict>,
    /// For the layers that hold a point, which of those; nothing outside the territory.
    known: HashMap<Box<[Key]>, Option<u32>>,
    held: Vec<Key>,
    desk: Desk,
    /// The plan and the date, when norms look at distances: each place is then assessed as a whole.
    whole: Option<(Plan, String)>,
}

/// Whether norms of the package look at distances; places with the same memberships may then differ.
#[must_use]
pub fn looks_at_distance(package: &Compiled) -> bool {
    package.vocabulary.areas.iter().any(|area| !area.distance.representatives.is_empty())
}

impl<'a> Spots<'a> {
    /// Prepares for a plan; what it says about its place is passed over.
    #[must_use]
    pub fn new(package: &'a Compiled, ground: &'a Ground, plan: &Plan, options: &Options<'_>) -> Self {
        Self {
            package,
            ground,
            verdicts: Verdicts::new(package, plan, options),
            met: Vec::new(),
            known: HashMap::new(),
            held: Vec::new(),
            desk: Desk::default(),
            whole: looks_at_distance(package).then(|| (plan.clone(), options.today.clone())),
        }
    }

    /// The verdict at a point in RD New, as its number in `met`; `None` outside the territory.
    pub fn at_point(&mut self, point: Point) -> Option<u32> {
        self.ground.atlas().held(point, &mut self.held);
        if let Some(known) = self.known.get(self.held.as_slice()) {
            return *known;
        }
        let located = self.ground.locate_held(&self.package.vocabulary, &self.held);
        let number = (located.in_territory != Some(0.0)).then(|| {
            let verdict = self.verdicts.located(&located);
            self.number(verdict)
        });
        if self.known.len() < MAX_REMEMBERED {
            self.known.insert(self.held.as_slice().into(), number);
        }
        number
    }

    /// The verdict at a place.
    pub fn at(&mut self, place: &Place) -> Result<Verdict, Fault> {
        if let Some((plan, today)) = &self.whole {
            if let Some(fault) = outside_territory(self.package, self.ground, place) {
                return Err(fault);
            }
            let plan = Plan { place: Some(place.clone()), ..plan.clone() };
            let options = Options { today: today.clone(), all: false, ground: Some(self.ground) };
            return Ok(Verdict::of(&assess(self.package, &plan, &options), self.package));
        }
        if let (Dimension::Points, [point]) = (place.dimension(), place.shape().points.as_slice()) {
            let number = self.at_point(*point);
            return match number.and_then(|number| self.met.get(number as usize)) {
                Some(verdict) => Ok(verdict.clone()),
                None => Err(outside_fault(self.package, self.ground)),
            };
        }
        let located = self.ground.locate(&self.package.vocabulary, place, &mut self.desk);
        if located.in_territory == Some(0.0) {
            return Err(outside_fault(self.package, self.ground));
        }
        Ok(self.verdicts.located(&located))
    }

    fn number(&mut self, verdict: Verdict) -> u32 {
        let found = self.met.iter().position(|met| *met == verdict);
        let number = found.unwrap_or_else(|| {
            self.met.push(verdict);
            self.met.len() - 1
        });
        number as u32
    }
}

impl Verdict {
    /// What of an assessment a verdict keeps.
    fn of(answer: &Assessment<'_>, package: &Compiled) -> Self {
        let decides = |id: &str| package.norms.iter().position(|norm| norm.id == id).map(NormId::from_index);
        let norms = answer.normen.iter().filter(|norm| norm.uitkomst == answer.oordeel);
        Self {
            oordeel: answer.oordeel,
            bereik: answer.bereik,
            normen: norms.filter_map(|norm| decides(norm.id)).collect(),
        }
    }
}
