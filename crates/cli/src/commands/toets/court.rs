//! What judges plans: the package, the map, and the date.

use super::today;
use crate::arguments::Cli;
use crate::error::CliError;
use crate::ground;
use brink_assess::{Assessment, Fault, Ground, Options, Plan, PlanError, assess_inside};
use brink_geo::place::Place;
use brink_policy::Compiled;
use std::sync::OnceLock;

/// What judges plans. The map is only read when a plan has a place.
pub(super) struct Court<'a> {
    cli: &'a Cli,
    pub package: &'a Compiled,
    /// The place that flags say; it goes before that of the plan.
    place: Option<Place>,
    today: String,
    all: bool,
    ground: OnceLock<Ground>,
}

impl<'a> Court<'a> {
    pub fn new(cli: &'a Cli, package: &'a Compiled, place: Option<Place>, all: bool) -> Self {
        Self { cli, package, place, today: today(), all, ground: OnceLock::new() }
    }

    /// The map.
    pub fn ground(&self) -> Result<&Ground, CliError> {
        if let Some(ground) = self.ground.get() {
            return Ok(ground);
        }
        let ground = ground::ground(self.cli, self.package)?;
        Ok(self.ground.get_or_init(|| ground))
    }

    /// The date of judgement of plans that give none.
    pub fn today(&self) -> &str {
        &self.today
    }

    /// Puts the place that flags say on a plan.
    pub fn placed(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        if let Some(place) = &self.place {
            plan.place = Some(place.clone());
        }
        plan
    }

    /// Judges a plan.
    pub fn judge(&self, plan: &Plan) -> Result<Assessment<'a>, CliError> {
        let plan = self.placed(plan);
        let ground = if plan.place.is_some() { Some(self.ground()?) } else { None };
        self.judge_on(&plan, ground)
            .map_err(|fault| CliError::Plan { what: "dit plan".to_owned(), error: PlanError::one(fault) })
    }

    /// Judges a plan on a map that was read before.
    pub fn judge_on(&self, plan: &Plan, ground: Option<&Ground>) -> Result<Assessment<'a>, Fault> {
        let options = Options { today: self.today.clone(), all: self.all, ground, ..Options::default() };
        assess_inside(self.package, plan, &options)
    }
}
