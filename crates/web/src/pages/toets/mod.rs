//! Assessing a plan: choosing an activity, giving a place, answering what still matters, and the answer.

mod compare;
mod keep;
mod norms;
pub(super) mod question;
mod upload;
mod view;

use super::choose::Branch;
use super::shell::Shell;
use super::{Page, choose, page, place, words};
use crate::app::App;
use crate::error::PageError;
use crate::plan_query::PlanQuery;
use crate::world::World;
use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use brink_assess::{Fault, PlanError, assess_inside, assess_located, locate};
use view::{View, view};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/toets", get(assess))
        .route("/toets.json", get(download))
        .route("/toets/plek", post(upload::upload))
        .route("/toets/bewaar", post(keep::keep))
        .route("/toets/vergelijk", get(compare::compare))
        .route("/antwoord/{id}", get(keep::show))
        .route("/antwoord/{id}/json", get(keep::download))
        .route("/antwoord/{id}/wis", post(keep::forget))
}

#[derive(Template)]
#[template(path = "toets/kies.html")]
struct Choose {
    shell: Shell,
    action: &'static str,
    /// What was chosen before.
    kept: Vec<(String, String)>,
    place: Option<String>,
    search: String,
    sure: bool,
    found: Vec<Branch>,
    tree: Vec<Branch>,
    faults: Vec<Fault>,
}

async fn assess(State(app): State<App>, RawQuery(query): RawQuery) -> Page {
    let plan = PlanQuery::parse(&query.unwrap_or_default());
    let state = app.clone();

    app.compute(move |world| answer(&state, world, plan, None)).await?
}

/// What the forms of the page send along, beside the plan itself.
#[derive(Default)]
struct Extras {
    /// A place as typed.
    typed: String,
    /// An area that was chosen from the list.
    area: String,
    /// Words for an activity.
    words: String,
    /// What to take away: the place, or a question that was answered.
    remove: String,
    /// The other variant, to compare with.
    beside: String,
}

impl Extras {
    fn of(plan: &mut PlanQuery) -> Self {
        let mut extras = Self::default();
        for (key, value) in std::mem::take(&mut plan.others) {
            match key.as_str() {
                "waar" => extras.typed = value,
                "kies-gebied" => extras.area = value,
                "q" => extras.words = value,
                "wis" => extras.remove = value,
                "naast" => extras.beside = value,
                _ => {}
            }
        }
        extras
    }
}

/// The page for this plan; `stored` is what was kept of it.
fn answer(app: &App, world: &World, mut plan: PlanQuery, stored: Option<&keep::Kept>) -> Page {
    let extras = Extras::of(&mut plan);
    let mut faults = Vec::new();
    let mut typed = extras.typed.clone();
    if !extras.typed.is_empty() || !extras.area.is_empty() || !extras.remove.is_empty() {
        match change(world, &mut plan, &extras) {
            Ok(()) => return Ok(Redirect::to(&address(&plan, &extras.beside)).into_response()),
            Err(fault) => faults.push(fault),
        }
    } else {
        typed.clear();
    }
    let known = world.package.vocabulary.index.activities.contains_key(&plan.activity);
    if !known {
        if !plan.activity.is_empty() {
            let short: String = plan.activity.chars().take(60).collect();
            faults
                .push(Fault::new("activiteit", format!("`{short}` is geen activiteit die deze visie kent")));
        }
        let search = if extras.words.is_empty() { plan.activity.clone() } else { extras.words.clone() };
        plan.activity.clear();
        let (sure, found) = if search.is_empty() {
            (true, Vec::new())
        } else {
            choose::by_words(world, &search, &plan, "/toets")
        };
        let shape = plan.shape(app).unwrap_or_default();
        let place = place::words(world, &plan, shape.as_deref());
        let tree = choose::tree(world, &plan, "/toets");
        return page(&Choose {
            shell: Shell::new(world, "toets"),
            action: "/toets",
            kept: plan.pairs(),
            place,
            search,
            sure,
            found,
            tree,
            faults,
        });
    }
    let shape = match plan.shape(app) {
        Ok(shape) => shape,
        Err(fault) => {
            faults.push(fault);
            None
        }
    };
    let (read, shape) = match plan.plan_at(shape.as_deref(), world) {
        Ok(read) => (read, shape),
        Err(error) => {
            faults.extend(error.faults);
            // What is wrong is said; the rest of the plan is judged.
            let (healthy, kept) = mended(&plan, shape.as_deref(), world);
            plan = healthy;
            let read = plan.plan_at(kept.as_deref(), world).map_err(wrong)?;
            (read, kept)
        }
    };
    let options = world.options();
    let located = locate(&world.package, &read, &options);
    let assessment = match assess_located(&world.package, &read, located.as_ref(), &options) {
        Ok(assessment) => assessment,
        Err(fault) => {
            // Outside the territory: the page says so, and judges without the place.
            faults.push(fault);
            let elsewhere = PlanQuery { place: Default::default(), ..plan.clone() };
            let read = elsewhere.plan_at(None, world).map_err(wrong)?;
            brink_assess::assess(&world.package, &read, &options)
        }
    };
    let (place, located) = (read.place.as_ref(), located.as_ref());
    let case = question::Case { world, query: &plan, shape: shape.as_deref(), place, located };
    let view: View<'_> = view(&case, &assessment, faults, &extras.beside, typed, stored);
    page(&view)
}

/// The plan without the parts that cannot be read.
pub(super) fn mended(plan: &PlanQuery, shape: Option<&str>, world: &World) -> (PlanQuery, Option<String>) {
    let mut healthy = plan.clone();
    let readable = shape.filter(|shape| crate::plan_query::place("vorm", shape).is_ok()).map(str::to_owned);
    if readable.is_none() && shape.is_some() {
        healthy.place = Default::default();
    }
    let fine = |query: &PlanQuery| query.plan_at(None, world).is_ok();
    let bare = PlanQuery { activity: plan.activity.clone(), ..PlanQuery::default() };
    healthy.facts.retain(|fact| fine(&PlanQuery { facts: vec![fact.clone()], ..bare.clone() }));
    healthy.memberships.retain(|said| fine(&PlanQuery { memberships: vec![said.clone()], ..bare.clone() }));
    healthy.sections.retain(|section| fine(&PlanQuery { sections: vec![section.clone()], ..bare.clone() }));
    if !fine(&PlanQuery { date: plan.date.clone(), ..bare.clone() }) {
        healthy.date.clear();
    }
    if !fine(&PlanQuery { title: plan.title.clone(), ..bare.clone() }) {
        healthy.title.clear();
    }
    if !fine(&PlanQuery { place: healthy.place.clone(), closed: healthy.closed, ..bare }) {
        healthy.place = Default::default();
    }
    if healthy.plan_at(readable.as_deref(), world).is_err() {
        // Parts that are fine by themselves but not together.
        healthy.memberships.clear();
    }
    (healthy, readable)
}

/// Carries out what a form asks: another place, or something less.
fn change(world: &World, plan: &mut PlanQuery, extras: &Extras) -> Result<(), Fault> {
    match extras.remove.as_str() {
        "" => {}
        "plek" => {
            plan.place = Default::default();
            plan.closed = false;
            plan.memberships.clear();
        }
        "overgeslagen" => plan.skipped.clear(),
        id => {
            plan.facts.retain(|(fact, _)| fact != id);
            plan.memberships.retain(|(area, _)| area != id);
            plan.skipped.retain(|skipped| skipped != id);
        }
    }
    if !extras.area.is_empty() {
        plan.place = crate::plan_query::Whereabouts::Areas(vec![extras.area.clone()]);
    }
    if !extras.typed.is_empty() {
        plan.place = place::typed(world, &extras.typed)?;
        plan.closed = false;
    }
    Ok(())
}

fn address(plan: &PlanQuery, beside: &str) -> String {
    let mut pairs = plan.pairs();
    if !beside.is_empty() {
        pairs.push(("naast".to_owned(), beside.to_owned()));
    }
    format!("/toets?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
}

fn wrong(error: PlanError) -> PageError {
    let mut page = PageError::new(StatusCode::BAD_REQUEST, "Dit plan is niet te toetsen.");
    for fault in error.faults {
        let place = if fault.veld.is_empty() { String::new() } else { format!("{}: ", fault.veld) };
        page = page.help(format!(
            "{place}{}{}",
            fault.melding,
            fault.hulp.map(|help| format!(" ({help})")).unwrap_or_default()
        ));
    }
    page
}

/// The answer as JSON, as the command line gives it.
async fn download(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, PageError> {
    let plan = PlanQuery::parse(&query.unwrap_or_default());
    let state = app.clone();
    let json = app
        .compute(move |world| {
            let read = plan.plan(&state, world).map_err(wrong)?;
            let answer = assess_inside(&world.package, &read, &world.options())
                .map_err(|fault| wrong(PlanError::one(fault)))?;
            serde_json::to_string_pretty(&answer).map_err(|_| {
                PageError::new(StatusCode::INTERNAL_SERVER_ERROR, "Het antwoord kon niet worden geschreven.")
            })
        })
        .await??;
    Ok(attachment("toets.json", json))
}

/// JSON as a file to keep.
fn attachment(name: &str, json: String) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "application/json")], json).into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
