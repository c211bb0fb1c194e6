//! Where plans would fit, of those that were asked lately: judging all of the territory takes a while, and a map of it
//! asks many times.

use crate::world::World;
use brink_assess::{Judged, Plan, Suitability, Wanted, Zone, zones};
use brink_reply::Finding;
use geo::CoordsIter;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::sync::Arc;

/// Most bytes of verdicts that are kept.
const VERDICTS: u64 = 12 << 20;
/// Most bytes of zones that are kept.
const ZONES: u64 = 24 << 20;
/// About how many plans that is.
const PLANS: usize = 200;

/// What was found lately. A [`World`] does not change, so neither does this.
pub(crate) struct Fitting {
    judged: Cache<String, Arc<Judged>, Bytes>,
    zones: Cache<String, Arc<Vec<Zone>>, Bytes>,
}

impl Default for Fitting {
    fn default() -> Self {
        Self {
            judged: Cache::with_weighter(PLANS, VERDICTS, Bytes),
            zones: Cache::with_weighter(PLANS, ZONES, Bytes),
        }
    }
}

/// What an item takes in memory, about.
#[derive(Debug, Clone, Copy)]
struct Bytes;

impl Weighter<String, Arc<Judged>> for Bytes {
    fn weight(&self, key: &String, judged: &Arc<Judged>) -> u64 {
        (key.len() + judged.bytes()) as u64 + 1
    }
}

impl Weighter<String, Arc<Vec<Zone>>> for Bytes {
    fn weight(&self, key: &String, zones: &Arc<Vec<Zone>>) -> u64 {
        let points: usize = zones.iter().map(|zone| zone.shape.coords_count()).sum();
        let verdicts: usize = zones.iter().map(|zone| zone.verdicts.len()).sum();
        (key.len() + points * 16 + verdicts * 4 + zones.len() * size_of::<Zone>()) as u64 + 1
    }
}

impl World {
    /// The verdict on a plan everywhere. Who asks for one that is being made waits for it.
    pub(crate) fn suitability(&self, plan: &Plan) -> Suitability<'_> {
        let options = self.options();
        let canvas = self.canvas();
        let make = || Ok::<_, Infallible>(Arc::new(canvas.judged(&self.package, plan, &options)));
        match self.fitting.judged.get_or_insert_with(&key(plan, &options.today), make) {
            Ok(judged) => canvas.look(judged),
        }
    }

    /// Where a plan would fit, with what was found before. `given` are the facts as a reader typed them.
    pub(crate) fn finding<'a>(&'a self, plan: &'a Plan, given: &'a [String], wanted: &Wanted) -> Finding<'a> {
        let (suitability, zones) = (self.suitability(plan), self.zones(plan, wanted));
        let options = self.options();
        Finding::of(&self.package, &self.ground, plan, given, &options, wanted, suitability, zones)
    }

    /// The zones where a plan would fit.
    pub(crate) fn zones(&self, plan: &Plan, wanted: &Wanted) -> Arc<Vec<Zone>> {
        let options = self.options();
        let mut key = key(plan, &options.today);
        let _ = write!(key, "|{:?}", wanted);
        let make = || {
            let suitability = self.suitability(plan);
            let found = zones(&self.package, &self.ground, plan, &options, &suitability, wanted);
            Ok::<_, Infallible>(Arc::new(found))
        };
        match self.fitting.zones.get_or_insert_with(&key, make) {
            Ok(zones) => zones,
        }
    }
}

/// What in a plan makes a difference to its verdicts, wherever it lies.
fn key(plan: &Plan, today: &str) -> String {
    let date = plan.date.as_deref().unwrap_or(today);
    format!("{:?}|{date}|{:?}|{:?}|{:?}", plan.activity, plan.sections, plan.readings, plan.facts)
}
