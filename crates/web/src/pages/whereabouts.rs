//! What applies at a place, whatever the plan: as a page, and as the part that the map page shows.

use super::shell::Shell;
use super::{Page, page, place, words};
use crate::app::App;
use crate::plan_query::{self, PlanQuery, Whereabouts};
use crate::world::{World, today};
use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use brink_assess::{AreaAway, AreaHere, Fault, Here, InterestHere, here};
use std::collections::HashSet;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/waar", get(show))
}

#[derive(Template)]
#[template(path = "waar/waar.html")]
struct View<'a> {
    shell: Shell,
    found: Found<'a>,
    typed: String,
    base: String,
    bounds: String,
}

/// What applies at the place that was asked for, or what is wrong with it.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// The place in words.
    pub place: String,
    /// The same as a query, to link with.
    pub query: String,
    /// The shape (WKT).
    pub shape: String,
    pub faults: Vec<Fault>,
    /// An area that was named instead of a place.
    pub area: Option<(String, String)>,
    pub here: Option<Here<'a>>,
    /// Interests above others with the same state, which say it more precisely.
    wider: HashSet<(&'a str, &'a str)>,
    /// Names of areas that are on the map here.
    pub layers: String,
}

/// How many areas nearby are named outside the list.
const NEAR: usize = 5;

async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Page {
    let query = query.unwrap_or_default();
    let state = app.clone();
    app.compute(move |world| {
        let mut plan = PlanQuery::parse(&query);
        let typed = take(&mut plan, "waar");
        let mut fault = None;
        if !typed.is_empty() {
            match place::typed(world, &typed) {
                Ok(place) => {
                    let found = PlanQuery { place: plain(place), ..PlanQuery::default() };
                    return Ok(Redirect::to(&format!("/waar?{}", found.query())).into_response());
                }
                Err(wrong) => fault = Some(wrong),
            }
        }
        let mut found = find(&state, world, &plan);
        found.faults.extend(fault);
        let (base, bounds) = (super::map_base::base(world), super::map_base::bounds(world));
        page(&View { shell: Shell::new(world, "kaart"), found, typed, base, bounds })
    })
    .await?
}

/// The value of a parameter that belongs to no plan, once.
pub(super) fn take(plan: &mut PlanQuery, key: &str) -> String {
    let found = plan.others.iter().position(|(known, _)| known == key);
    found.map_or_else(String::new, |at| plan.others.remove(at).1)
}

/// A place that is one point as a point: shorter to read, and what the map looks for.
pub(super) fn plain(place: Whereabouts) -> Whereabouts {
    match &place {
        Whereabouts::Shape(shape) => {
            let inner = shape.strip_prefix("POINT(").and_then(|rest| rest.strip_suffix(')'));
            let point = inner.and_then(|inner| plan_query::point(inner).ok());
            point.map_or(place, |[x, y]| Whereabouts::Point(format!("{x},{y}")))
        }
        _ => place,
    }
}

/// What applies at the place of `query`; nothing when it has none.
pub(super) fn find<'a>(app: &App, world: &'a World, query: &PlanQuery) -> Found<'a> {
    let mut found = Found::default();
    if let Whereabouts::Areas(areas) = &query.place {
        let index = &world.package.vocabulary.index.areas;
        let area = areas.first().and_then(|id| world.package.vocabulary.area(*index.get(id)?));
        found.area = area.map(|area| (area.id.clone(), area.name.clone()));
        return found;
    }
    let shape = match query.shape(app) {
        Ok(Some(shape)) => shape,
        Ok(None) => return found,
        Err(fault) => {
            found.faults.push(fault);
            return found;
        }
    };
    let drawn = match plan_query::place("vorm", &shape) {
        Ok(drawn) => drawn,
        Err(fault) => {
            found.faults.push(fault);
            return found;
        }
    };
    let bare = PlanQuery { place: query.place.clone(), ..PlanQuery::default() };
    found.place = place::words(world, &bare, Some(&shape)).unwrap_or_default();
    found.query = bare.query();
    found.shape = shape;
    if world.ground.is_outside(&drawn) {
        found.faults.push(outside(world));
        return found;
    }
    let answer = here(&world.package, &world.ground, &drawn, &today());
    let on_map = answer.geraakt.iter().filter(|area| {
        let id = world.package.vocabulary.index.areas.get(area.id);
        id.is_some_and(|id| world.ground.layer(*id).is_some())
    });
    found.layers = on_map.map(|area| area.id).collect::<Vec<_>>().join(",");
    found.wider = wider(world, &answer);
    found.here = Some(answer);
    found
}

/// Interests that lie above others with the same state.
fn wider<'a>(world: &'a World, here: &Here<'_>) -> HashSet<(&'a str, &'a str)> {
    let words = &world.package.vocabulary;
    let mut wider = HashSet::new();
    for one in &here.belangen {
        let interest = words.index.interests.get(one.id).and_then(|id| words.interests.get(id.index()));
        for above in interest.iter().flat_map(|interest| &interest.ancestors) {
            if let Some(above) = words.interests.get(above.index()).filter(|above| above.id != one.id) {
                wider.insert((above.id.as_str(), one.stand));
            }
        }
    }
    wider
}

/// That the vision says nothing about a place.
pub(super) fn outside(world: &World) -> Fault {
    let territory = world.package.info.territory.and_then(|area| world.package.vocabulary.area(area));
    let name = territory.map_or("het grondgebied van de visie", |area| area.name.as_str());
    Fault::new("plek", format!("deze plek ligt buiten {name}: daar gaat deze visie niet over"))
}

impl Found<'_> {
    /// Interests with this state.
    pub(super) fn interests(&self, state: &str) -> Vec<&InterestHere<'_>> {
        let all = self.here.iter().flat_map(|here| &here.belangen);
        all.filter(|one| one.stand == state && !self.wider.contains(&(one.id, one.stand))).collect()
    }

    /// Areas that norms are about, and how many others there are.
    pub(super) fn areas(&self) -> (Vec<&AreaHere<'_>>, Vec<&AreaHere<'_>>) {
        self.here.iter().flat_map(|here| &here.geraakt).partition(|area| !area.normen.is_empty())
    }

    /// The nearest areas with norms that the place does not lie in.
    pub(super) fn near(&self) -> Vec<&AreaAway<'_>> {
        let away = self.here.iter().flat_map(|here| &here.niet_geraakt);
        away.filter(|area| area.normen > 0 && area.afstand.is_some()).take(NEAR).collect()
    }

    /// In a line, for who does not see the page.
    pub(super) fn announcement(&self) -> String {
        match &self.here {
            Some(_) => {
                let interests = self.interests("geraakt").len();
                format!(
                    "{}: {} geraakt.",
                    words::capital(&self.place),
                    words::count(interests, "belang", "belangen")
                )
            }
            None => self.faults.first().map_or_else(String::new, |fault| words::capital(&fault.melding)),
        }
    }
}
