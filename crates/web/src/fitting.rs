//! Where plans would fit, of those that were asked lately: judging all of the territory takes a while, and a map of it
//! asks many times.

use crate::world::World;
use brink_assess::{Judged, Options, Part, Plan, Suitability, Wanted, Zone, zones};
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
    pub(crate) fn suitability(&self, plan: &Plan, part: Part) -> Suitability<'_> {
        let options = self.of_part(part);
        let canvas = self.canvas();
        let make = || Ok::<_, Infallible>(Arc::new(canvas.judged(&self.package, plan, &options)));
        match self.fitting.judged.get_or_insert_with(&key(plan, &options), make) {
            Ok(judged) => canvas.look(judged),
        }
    }

    /// Where a plan would fit, with what was found before. `given` are the facts as a reader typed them.
    pub(crate) fn finding<'a>(
        &'a self,
        plan: &'a Plan,
        part: Part,
        given: &'a [String],
        wanted: &Wanted,
    ) -> Finding<'a> {
        let (suitability, zones) = (self.suitability(plan, part), self.zones(plan, part, wanted));
        let options = self.of_part(part);
        Finding::of(&self.package, &self.ground, plan, given, &options, wanted, suitability, zones)
    }

    /// The zones where a plan would fit.
    fn zones(&self, plan: &Plan, part: Part, wanted: &Wanted) -> Arc<Vec<Zone>> {
        let options = self.of_part(part);
        let mut key = key(plan, &options);
        let _ = write!(key, "|{:?}", wanted);
        let make = || {
            let suitability = self.suitability(plan, part);
            let found = zones(&self.package, &self.ground, plan, &options, &suitability, wanted);
            Ok::<_, Infallible>(Arc::new(found))
        };
        match self.fitting.zones.get_or_insert_with(&key, make) {
            Ok(zones) => zones,
        }
    }
}

/// What makes a difference to the verdicts on a plan, wherever it lies.
fn key(plan: &Plan, options: &Options<'_>) -> String {
    let (date, part) = (plan.date.as_deref().unwrap_or(&options.today), options.part);
    format!("{:?}|{part:?}|{date}|{:?}|{:?}|{:?}", plan.activity, plan.sections, plan.readings, plan.facts)
}
