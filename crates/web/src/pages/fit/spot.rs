//! Why at a spot.

use super::search::Search;
use crate::app::App;
use crate::pages::shell::Shell;
use crate::pages::whereabouts::outside;
use crate::pages::{Page, page, place, words};
use crate::plan_query::{self, point};
use crate::world::World;
use askama::Template;
use axum::extract::{RawQuery, State};
use brink_assess::{Fault, Outcome, Plan, assess_inside};

/// A spot, and the verdict there.
#[derive(Default)]
pub(super) struct Spot {
    /// Longitude and latitude, as typed.
    pub point: String,
    pub name: String,
    pub fault: Option<Fault>,
    pub answer: Option<Why>,
}

/// The verdict at a spot, and what makes it.
pub(super) struct Why {
    pub verdict: Outcome,
    pub summary: String,
    /// Deciding norms: id and what they say.
    pub norms: Vec<(String, String)>,
    pub more_norms: usize,
    /// Questions that can still change it.
    pub questions: Vec<String>,
    pub more_questions: usize,
    /// The plan there, for the page that assesses it in full.
    pub query: String,
    /// The verdict of the cell of the map, when that is another.
    pub cell: Option<Outcome>,
    /// Whether what is the same everywhere was left out.
    pub by_place: bool,
}

/// How many norms are named.
const NORMS: usize = 5;
/// How many questions are named.
const QUESTIONS: usize = 4;

#[derive(Template)]
#[template(path = "geschikt/plek.html")]
struct View {
    shell: Shell,
    activity: String,
    spot: Spot,
    back: String,
}

pub(super) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Page {
    let query = query.unwrap_or_default();
    app.compute(move |world| {
        let mut search = Search::parse(&query);
        let (plan, _) = search.strict(world)?;
        let activity = world.package.vocabulary.activity(plan.activity).map(|one| one.name.clone());
        let spot = find(world, &search, &plan);
        page(&View {
            shell: Shell::new(world, "geschikt"),
            activity: activity.unwrap_or_default(),
            spot,
            back: search.query(),
        })
    })
    .await?
}

/// The verdict at the spot that was asked for; nothing when none was.
pub(super) fn find(world: &World, search: &Search, plan: &Plan) -> Spot {
    let mut spot = Spot { point: search.point.clone(), ..Spot::default() };
    if spot.point.is_empty() {
        return spot;
    }
    match look(world, search, plan) {
        Ok((name, answer)) => (spot.name, spot.answer) = (name, Some(answer)),
        Err(fault) => spot.fault = Some(fault),
    }
    spot
}

fn look(world: &World, search: &Search, plan: &Plan) -> Result<(String, Why), Fault> {
    let at = point(&search.point)?;
    let drawn = plan_query::place("punt", &format!("POINT({} {})", at[0], at[1]))?;
    let cell = drawn.shape().points.first().and_then(|middle| {
        let suitability = world.suitability(plan, search.part());
        let (row, column) = suitability.grid().cell(*middle)?;
        suitability.at(row, column).map(|verdict| verdict.oordeel)
    });
    let plan = Plan { place: Some(drawn), ..plan.clone() };
    let answer =
        assess_inside(&world.package, &plan, &world.of_part(search.part())).map_err(|_| outside(world))?;
    let deciding = answer.normen.iter().filter(|norm| norm.uitkomst == answer.oordeel);
    let norms: Vec<(String, String)> =
        deciding.map(|norm| (norm.id.to_owned(), norm.samenvatting.to_owned())).collect();
    let questions: Vec<String> =
        answer.vragen.iter().filter(|one| one.doorslaggevend).map(|one| one.vraag.clone()).collect();
    let name =
        place::near_point(world, at).map_or_else(|| "Deze plek".to_owned(), |name| format!("Bij {name}"));
    Ok((
        name,
        Why {
            verdict: answer.oordeel,
            summary: answer.samenvatting.clone(),
            more_norms: norms.len().saturating_sub(NORMS),
            norms: norms.into_iter().take(NORMS).collect(),
            more_questions: questions.len().saturating_sub(QUESTIONS),
            questions: questions.into_iter().take(QUESTIONS).collect(),
            query: search.at(&search.point),
            cell: cell.filter(|cell| *cell != answer.oordeel),
            by_place: search.by_place,
        },
    ))
}
