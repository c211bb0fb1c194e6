//! Everything the page shows.

use super::facts::{Field, fields};
use super::search::Search;
use super::spot::{self, Spot};
use crate::error::PageError;
use crate::pages::place::{self, Choices};
use crate::pages::shell::Shell;
use crate::pages::toets::question::Control;
use crate::pages::words;
use crate::plan_query::{PlanQuery, Whereabouts};
use crate::world::World;
use askama::Template;
use axum::http::StatusCode;
use brink_assess::{Fault, Outcome, Plan};
use brink_policy::compiled::Norm;
use brink_reply::{Finding, Reason, Suitable, ZoneReply, thousands};

#[derive(Template)]
#[template(path = "geschikt/geschikt.html")]
pub(super) struct View<'a> {
    shell: Shell,
    search: &'a Search,
    activity: &'a str,
    faults: Vec<Fault>,
    asked: Vec<Field>,
    others: Vec<Field>,
    choices: Vec<Choices>,
    /// What one can look up to, and whether it is chosen.
    verdicts: Vec<(Outcome, bool)>,
    answer: Suitable<'a>,
    zones: Vec<ZoneView<'a>>,
    /// The territory.
    territory: String,
    /// Ground that fits, in hectares and as a share.
    fits: (f64, f64),
    total: f64,
    until: Outcome,
    why_not: Vec<(&'a Norm, f64)>,
    spot: Spot,
    query: String,
    base: String,
    bounds: String,
}

/// A zone, with where it is in words.
struct ZoneView<'a> {
    zone: ZoneReply<'a>,
    name: String,
    /// A point in it, as longitude and latitude.
    point: String,
    /// The plan there.
    assess: String,
}

/// How many reasons of a zone are named outright.
const REASONS: usize = 2;
/// How many norms say why not elsewhere.
const WHY_NOT: usize = 8;

pub(super) fn view<'a>(
    world: &'a World,
    search: &'a Search,
    plan: &Plan,
    found: &'a Finding<'a>,
    faults: Vec<Fault>,
    until: Outcome,
) -> Result<View<'a>, PageError> {
    let mut answer = found.reply().map_err(|error| {
        tracing::error!(%error, "suitability");
        PageError::new(StatusCode::INTERNAL_SERVER_ERROR, "Het antwoord kon niet worden gemaakt.")
    })?;
    let words = &world.package.vocabulary;
    let zones = std::mem::take(&mut answer.zones)
        .into_iter()
        .map(|zone| {
            let point = zone.plek.map(|[x, y]| format!("{x},{y}")).unwrap_or_default();
            let near = zone.plek.and_then(|at| place::near_point(world, at));
            ZoneView {
                name: near.map_or_else(|| "Zone".to_owned(), |name| format!("Bij {name}")),
                assess: search.at(&point),
                point,
                zone,
            }
        })
        .collect();
    let total: f64 = answer.verdeling.iter().map(|share| share.hectare).sum();
    let fits: f64 = answer
        .verdeling
        .iter()
        .filter(|share| share.oordeel <= until)
        .fold(0.0, |sum, share| sum + share.hectare);
    let (asked, others) = fields(world, &search.plan, plan, search.part());
    let chosen = PlanQuery { place: Whereabouts::Areas(search.within.clone()), ..PlanQuery::default() };
    let territory = world.package.info.territory.and_then(|area| words.area(area));
    let mut why_not = found.why_not();
    why_not.truncate(WHY_NOT);
    Ok(View {
        shell: Shell::new(world, "geschikt"),
        activity: words.activity(plan.activity).map_or("", |one| one.name.as_str()),
        faults,
        asked,
        others,
        choices: place::choices(world, &chosen),
        verdicts: Outcome::ALL.into_iter().map(|one| (one, one.word() == search.until)).collect(),
        zones,
        territory: territory.map_or_else(|| "het grondgebied".to_owned(), |area| area.name.clone()),
        fits: (fits, if total > 0.0 { fits / total } else { 0.0 }),
        total,
        until,
        why_not,
        spot: spot::find(world, search, plan),
        query: search.without_spot(),
        base: crate::pages::map_base::base(world),
        bounds: crate::pages::map_base::bounds(world),
        answer,
        search,
    })
}

impl View<'_> {
    /// In a line: what was found.
    fn sentence(&self) -> String {
        if let [only] = self.answer.verdeling.as_slice() {
            let (where_, label) = (&self.territory, words::label(&only.oordeel));
            return if self.search.by_place {
                format!("Overal in {where_} is het oordeel “{label}”, ook van wat per plek kan verschillen.")
            } else {
                format!(
                    "Overal in {where_} is het oordeel nu “{label}”. Vul gegevens in, of laat alleen meetellen wat per plek verschilt: dan komt er verschil."
                )
            };
        }
        if self.fits.0 < 1.0 {
            let (where_, label) = (&self.territory, words::label(&self.until));
            return format!("In {where_} krijgt geen enkele plek het oordeel “{label}” of milder.");
        }
        let (hectares, share) = (thousands(self.fits.0), words::percent(self.fits.1));
        if self.until == Outcome::Onbekend {
            return format!(
                "Op {hectares} hectare ({share}) van {} is het oordeel onbekend of milder: daar staat niets vast dat strenger is.",
                self.territory
            );
        }
        format!(
            "In {} krijgt {hectares} hectare ({share}) het oordeel “{}” of milder.",
            self.territory,
            words::label(&self.until)
        )
    }

    /// A share of all ground.
    fn share(&self, hectares: &f64) -> String {
        words::percent(if self.total > 0.0 { hectares / self.total } else { 0.0 })
    }

    /// Whether any of the facts that are folded away was answered.
    fn others_answered(&self) -> bool {
        self.others.iter().any(|field| !field.answer.is_empty())
    }

    /// Whether the search is the usual one.
    fn narrowed(&self) -> bool {
        !self.search.within.is_empty() || !self.search.until.is_empty() || !self.search.hectares.is_empty()
    }
}

impl ZoneView<'_> {
    fn first(&self) -> &[Reason<'_>] {
        self.zone.redenen.get(..REASONS).unwrap_or(&self.zone.redenen)
    }

    fn rest(&self) -> &[Reason<'_>] {
        self.zone.redenen.get(REASONS..).unwrap_or_default()
    }
}

/// Whether a fact is a date.
fn is_date(control: &Control) -> bool {
    matches!(control, Control::Date)
}
