//! What is looked for, as it stands in an address.

use super::refused;
use crate::error::PageError;
use crate::pages::toets::mended;
use crate::plan_query::{PlanQuery, Whereabouts};
use crate::world::{STEP, World};
use brink_assess::{Fault, Outcome, Part, Plan, Wanted};
use brink_policy::AreaId;
use brink_reply::Refused;

/// Up to which verdict is looked for when nothing is said.
const UNTIL: Outcome = Outcome::JaMits;
/// The least area of a zone when nothing is said, in hectares.
const HECTARES: f64 = 1.0;
/// The largest zone that is cut along the borders of areas, in hectares: the page has to keep up with who fills it in.
pub(super) const EXACT: f64 = 1_000.0;
/// How many zones are named.
const ZONES: usize = 10;

/// An activity with facts, and what zones are looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    /// The activity and the facts; it has no place.
    pub plan: PlanQuery,
    /// Only in these areas.
    pub within: Vec<String>,
    pub until: String,
    /// Only what tells one place from another.
    pub by_place: bool,
    pub hectares: String,
    /// The spot that was clicked, as longitude and latitude.
    pub point: String,
    /// A spot as typed.
    pub typed: String,
    /// Words for an activity.
    pub words: String,
}

impl Search {
    pub(super) fn parse(query: &str) -> Self {
        let mut plan = PlanQuery::parse(query);
        let mut search = Self::default();
        for (key, value) in std::mem::take(&mut plan.others) {
            match key.as_str() {
                "binnen" if !search.within.contains(&value) => search.within.push(value),
                "tot" => search.until = value,
                "plaatsgebonden" => search.by_place = value == "ja",
                "minimaal" => search.hectares = value,
                "waar" => search.typed = value,
                "q" => search.words = value,
                _ => {}
            }
        }
        search.settle(std::mem::take(&mut plan.place));
        // It looks for places itself.
        plan.memberships.clear();
        plan.skipped.clear();
        plan.title.clear();
        plan.closed = false;
        search.plan = plan;
        search
    }

    /// Takes a point as the spot that was chosen; other places are none.
    pub(super) fn settle(&mut self, place: Whereabouts) {
        self.typed.clear();
        if let Whereabouts::Point(point) = crate::pages::whereabouts::plain(place) {
            self.point = point;
        }
    }

    /// The same as a query string.
    pub(super) fn query(&self) -> String {
        let mut query = self.without_spot();
        if !self.point.is_empty() {
            query.push('&');
            query.push_str(&serde_urlencoded::to_string([("punt", &self.point)]).unwrap_or_default());
        }
        query
    }

    /// The same, without the spot that was chosen.
    pub(super) fn without_spot(&self) -> String {
        let mut pairs = self.plan.pairs();
        pairs.extend(self.within.iter().map(|area| ("binnen".to_owned(), area.clone())));
        for (key, value) in [("tot", &self.until), ("minimaal", &self.hectares)] {
            if !value.is_empty() {
                pairs.push((key.to_owned(), value.clone()));
            }
        }
        if self.by_place {
            pairs.push(("plaatsgebonden".to_owned(), "ja".to_owned()));
        }
        serde_urlencoded::to_string(pairs).unwrap_or_default()
    }

    /// Which norms count.
    pub(super) fn part(&self) -> Part {
        if self.by_place { Part::ByPlace } else { Part::All }
    }

    /// The plan at a spot, as a query for the page that assesses it.
    pub(super) fn at(&self, point: &str) -> String {
        PlanQuery { place: Whereabouts::Point(point.to_owned()), ..self.plan.clone() }.query()
    }

    /// The plan. What of it cannot be read is taken out, and said.
    pub(super) fn read(&mut self, world: &World) -> Result<(Plan, Vec<Fault>), PageError> {
        match self.plan.plan_at(None, world) {
            Ok(plan) => Ok((plan, Vec::new())),
            Err(error) => {
                (self.plan, _) = mended(&self.plan, None, world);
                let plan = self.plan.plan_at(None, world).map_err(|error| refused(error.faults))?;
                Ok((plan, error.faults))
            }
        }
    }

    /// Whether zones are looked for in this area.
    pub(super) fn is_within(&self, area: &str) -> bool {
        self.within.iter().any(|known| known == area)
    }

    /// The facts as typed, for files and pictures.
    pub(super) fn given(&self) -> Vec<String> {
        self.plan.facts.iter().map(|(id, value)| format!("{id}={value}")).collect()
    }

    /// The zones to look for. What cannot be read is passed over, and said.
    pub(super) fn wanted(&mut self, world: &World, plan: &Plan, faults: &mut Vec<Fault>) -> Wanted {
        let mut within: Vec<AreaId> = Vec::new();
        self.within.retain(|id| match world.package.vocabulary.index.areas.get(id) {
            Some(area) => {
                within.push(*area);
                true
            }
            None => {
                let short: String = id.chars().take(60).collect();
                faults.push(Fault::new("binnen", format!("gebied `{short}` bestaat niet")));
                false
            }
        });
        let known = Outcome::ALL.into_iter().find(|outcome| outcome.word() == self.until);
        if known.is_none() && !self.until.is_empty() {
            let wrong = Refused::Verdict(self.until.chars().take(60).collect());
            let fault = Fault::new("tot", wrong.to_string());
            faults.push(match wrong.help() {
                Some(help) => fault.help(help),
                None => fault,
            });
            self.until.clear();
        }
        let mut hectares = HECTARES;
        if !self.hectares.is_empty() {
            match self.hectares.replace(',', ".").parse::<f64>() {
                Ok(number) if number >= 0.0 && number.is_finite() => hectares = number,
                _ => {
                    faults.push(Fault::new("minimaal", Refused::Hectares.to_string()));
                    self.hectares.clear();
                }
            }
        }
        Wanted {
            hectares,
            within,
            count: ZONES,
            at_most: known.unwrap_or_else(|| until(world, plan, self.part())),
            exact_up_to: EXACT,
        }
    }

    /// All of it for a file or a tile, where nothing can be said: what is wrong is refused.
    pub(super) fn strict(&mut self, world: &World) -> Result<(Plan, Wanted), PageError> {
        let plan = self.plan.plan_at(None, world).map_err(|error| refused(error.faults))?;
        let mut faults = Vec::new();
        brink_reply::check(&world.package, &plan, STEP, HECTARES, UNTIL.word())
            .map_err(|wrong| refused(vec![Fault::new("", wrong.to_string())]))?;
        let wanted = self.wanted(world, &plan, &mut faults);
        if !faults.is_empty() {
            return Err(refused(faults));
        }
        Ok((plan, wanted))
    }
}

/// Up to which verdict zones are looked for when nothing is said: where nothing is that mild, the mildest there is. When
/// that is all there is, one zone that is everything tells nobody anything.
fn until(world: &World, plan: &Plan, part: Part) -> Outcome {
    let suitability = world.suitability(plan, part);
    let all = || suitability.verdicts().iter().map(|verdict| verdict.oordeel);
    match (all().min(), all().max()) {
        (Some(mildest), Some(strictest)) if mildest < strictest => mildest.max(UNTIL),
        _ => UNTIL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_goes_there_and_back() {
        let query =
            "activiteit=x&g.a=ja&binnen=p&binnen=q&tot=past&minimaal=2&plaatsgebonden=ja&punt=6.5%2C52.9";
        let search = Search::parse(query);
        assert_eq!(search.query(), query);
        assert_eq!(search.without_spot(), query.rsplit_once('&').unwrap().0);
        assert_eq!(search.at("6,52"), "activiteit=x&punt=6%2C52&g.a=ja");
    }

    #[test]
    fn only_a_point_is_a_spot() {
        assert_eq!(Search::parse("activiteit=x&gebied=y&m.z=binnen").query(), "activiteit=x");
        assert_eq!(Search::parse("activiteit=x&vorm=POINT(6.5 52.9)").point, "6.5,52.9");
    }
}
