//! Where an activity fits: the territory coloured by verdict, the best zones, and why at a spot.

mod export;
mod facts;
mod search;
mod spot;
mod tile;
mod view;

use super::choose::{self, Branch};
use super::shell::Shell;
use super::{Page, page, words};
use crate::app::App;
use crate::error::PageError;
use crate::world::World;
use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use brink_assess::{Fault, looks_at_distance};
use search::Search;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/geschikt", get(show))
        .route("/geschikt/plek", get(spot::show))
        .route("/geschikt/tegels/{z}/{x}/{y}", get(tile::show))
        .route("/geschikt.png", get(export::picture))
        .route("/geschikt.geojson", get(export::shapes))
        .route("/geschikt.gpkg", get(export::table))
}

#[derive(Template)]
#[template(path = "geschikt/kies.html")]
struct Choose {
    shell: Shell,
    action: &'static str,
    /// What was chosen before.
    kept: Vec<(String, String)>,
    search: String,
    sure: bool,
    found: Vec<Branch>,
    tree: Vec<Branch>,
    faults: Vec<Fault>,
}

#[derive(Template)]
#[template(path = "geschikt/afstand.html")]
struct ByDistance {
    shell: Shell,
    name: String,
    query: String,
}

async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Page {
    let query = query.unwrap_or_default();
    app.compute(move |world| answer(world, &query)).await?
}

fn answer(world: &World, query: &str) -> Page {
    let mut search = Search::parse(query);
    let mut faults = Vec::new();
    if !world.package.vocabulary.index.activities.contains_key(&search.plan.activity) {
        if !search.plan.activity.is_empty() {
            let short: String = search.plan.activity.chars().take(60).collect();
            faults
                .push(Fault::new("activiteit", format!("`{short}` is geen activiteit die deze visie kent")));
        }
        let typed = if search.words.is_empty() { search.plan.activity.clone() } else { search.words.clone() };
        search.plan.activity.clear();
        let (sure, found) = if typed.is_empty() {
            (true, Vec::new())
        } else {
            choose::by_words(world, &typed, &search.plan, "/geschikt")
        };
        let tree = choose::tree(world, &search.plan, "/geschikt");
        return page(&Choose {
            shell: Shell::new(world, "geschikt"),
            action: "/geschikt",
            kept: Vec::new(),
            search: typed,
            sure,
            found,
            tree,
            faults,
        });
    }
    if !search.typed.is_empty() {
        match super::place::typed(world, &search.typed) {
            Ok(place) => {
                search.settle(place);
                return Ok(Redirect::to(&format!("/geschikt?{}", search.query())).into_response());
            }
            Err(fault) => faults.push(fault),
        }
    }
    let (plan, more) = search.read(world)?;
    faults.extend(more);
    if looks_at_distance(&world.package, &plan) {
        let name = world.package.vocabulary.activity(plan.activity).map(|one| one.name.clone());
        let query = search.plan.query();
        return page(&ByDistance {
            shell: Shell::new(world, "geschikt"),
            name: name.unwrap_or_default(),
            query,
        });
    }
    let wanted = search.wanted(world, &plan, &mut faults);
    let given = search.given();
    let found = world.finding(&plan, search.part(), &given, &wanted);
    page(&view::view(world, &search, &plan, &found, faults, wanted.at_most)?)
}

/// A fault in what was asked, as a page.
fn refused(faults: Vec<Fault>) -> PageError {
    let mut page = PageError::new(StatusCode::BAD_REQUEST, "Hier kan niet naar worden gezocht.");
    for fault in faults {
        page = page.help(words::capital(&match fault.hulp {
            Some(help) => format!("{}; {help}", fault.melding),
            None => fault.melding,
        }));
    }
    page
}
