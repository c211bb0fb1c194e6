//! One plan in many places, on the map.

use crate::assess::{Options, assess_inside};
use crate::error::Fault;
use crate::ground::{Ground, outside_fault};
use crate::plan::Plan;
use crate::verdicts::{Verdict, Verdicts};
use brink_geo::edge::Point;
use brink_geo::index::{Desk, Key};
use brink_geo::place::Place;
use brink_geo::shape::Dimension;
use brink_policy::NormId;
use brink_policy::compiled::Compiled;
use brink_policy::feel::Variable;
use std::collections::HashMap;

/// The most sets of areas that are remembered.
const MAX_REMEMBERED: usize = 200_000;

/// Judges one plan in many places. Each thread has one of its own.
pub struct Spots<'a> {
    package: &'a Compiled,
    ground: &'a Ground,
    verdicts: Verdicts<'a>,
    /// For the layers that hold a point, which of those; nothing outside the territory.
    known: HashMap<Box<[Key]>, Option<u32>>,
    held: Vec<Key>,
    desk: Desk,
    /// Whether norms look at distances.
    by_distance: bool,
    /// The plan and how to judge it, when norms look at distances or shares: places are then assessed as a whole.
    whole: Option<(Plan, Options<'a>)>,
}

/// Whether norms about the plan's activity look at distances; places with the same memberships may then differ.
#[must_use]
pub fn looks_at_distance(package: &Compiled, plan: &Plan) -> bool {
    looks_at(package, plan, |variable| matches!(variable, Variable::Distance(_)))
}

fn looks_at(package: &Compiled, plan: &Plan, wanted: impl Fn(&Variable) -> bool) -> bool {
    let norms = package.norms_for(plan.activity).iter().filter_map(|id| package.norm(*id));
    norms.flat_map(|norm| &norm.variables).any(wanted)
}

impl<'a> Spots<'a> {
    /// Prepares for a plan; what it says about its place is passed over.
    #[must_use]
    pub fn new(package: &'a Compiled, ground: &'a Ground, plan: &Plan, options: &Options<'_>) -> Self {
        Self {
            package,
            ground,
            verdicts: Verdicts::new(package, plan, options).of_points(),
            known: HashMap::new(),
            held: Vec::new(),
            desk: Desk::default(),
            by_distance: looks_at_distance(package, plan),
            whole: looks_at(package, plan, |variable| {
                matches!(variable, Variable::Distance(_) | Variable::Share(_))
            })
            .then(|| {
                let (today, part) = (options.today.clone(), options.part);
                (plan.clone(), Options { today, part, all: false, ground: Some(ground) })
            }),
        }
    }

    /// The verdicts met so far.
    #[must_use]
    pub fn met(&self) -> &[Verdict] {
        self.verdicts.all_met()
    }

    /// The verdict at a point in RD New, as its number in `met`; `None` outside the territory.
    pub fn at_point(&mut self, point: Point) -> Option<u32> {
        self.ground.atlas().held(point, &mut self.held);
        if let Some(known) = self.known.get(self.held.as_slice()) {
            return *known;
        }
        let located = self.ground.locate_held(&self.package.vocabulary, &self.held);
        let number = (located.in_territory != Some(0.0))
            .then(|| self.verdicts.number(|area| located.area(area).truth));
        if self.known.len() < MAX_REMEMBERED {
            self.known.insert(self.held.as_slice().into(), number);
        }
        number
    }

    /// The verdict at a place.
    pub fn at(&mut self, place: &Place) -> Result<Verdict, Fault> {
        if let (Dimension::Points, [point], false) =
            (place.dimension(), place.shape().points.as_slice(), self.by_distance)
        {
            let number = self.at_point(*point);
            return match number.and_then(|number| self.met().get(number as usize)) {
                Some(verdict) => Ok(verdict.clone()),
                None => Err(outside_fault(self.package, self.ground)),
            };
        }
        if let Some((plan, options)) = &self.whole {
            return self.assessed(plan, options, place);
        }
        let located = self.ground.locate(&self.package.vocabulary, place, &mut self.desk);
        if located.in_territory == Some(0.0) {
            return Err(outside_fault(self.package, self.ground));
        }
        Ok(self.verdicts.verdict(|area| located.area(area).truth))
    }

    /// The verdict of a whole assessment.
    fn assessed(&self, plan: &Plan, options: &Options<'a>, place: &Place) -> Result<Verdict, Fault> {
        let plan = Plan { place: Some(place.clone()), ..plan.clone() };
        let answer = assess_inside(self.package, &plan, options)?;
        let number =
            |id: &str| self.package.norms.iter().position(|norm| norm.id == id).map(NormId::from_index);
        let norms = answer.normen.iter().filter(|norm| norm.uitkomst == answer.oordeel);
        Ok(Verdict {
            oordeel: answer.oordeel,
            bereik: answer.bereik,
            normen: norms.filter_map(|norm| number(norm.id)).collect(),
        })
    }
}
