//! The start page.

use super::shell::Shell;
use super::{Page, page};
use crate::app::App;
use crate::example;
use crate::world::World;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/", get(start))
}

#[derive(Template)]
#[template(path = "start.html")]
struct Start {
    shell: Shell,
    hint: String,
    ways: [(&'static str, &'static str, &'static str); 6],
    examples: Vec<ExampleCard>,
}

struct ExampleCard {
    title: String,
    activity: String,
    address: String,
}

async fn start(State(app): State<App>) -> Page {
    app.compute(|world| page(&of(world))).await?
}

fn of(world: &World) -> Start {
    let words = &world.package.vocabulary;
    let examples = world
        .examples
        .iter()
        .filter_map(|one| {
            let query = example::query(&one.plan)?;
            let activity = words.index.activities.get(&query.activity).and_then(|id| words.activity(*id))?;
            let title = if query.title.is_empty() { activity.name.clone() } else { query.title.clone() };
            Some(ExampleCard {
                title,
                activity: activity.name.clone(),
                address: format!("/toets?{}", query.query()),
            })
        })
        .take(12)
        .collect();
    Start { shell: Shell::new(world, "start"), hint: hint(world), ways: WAYS, examples }
}

const WAYS: [(&str, &str, &str); 6] = [
    (
        "/toets",
        "Een plan toetsen",
        "Kies wat u wilt en waar. U krijgt een oordeel, de voorwaarden en de vragen die er nog toe doen.",
    ),
    (
        "/kaart",
        "Kijken wat ergens geldt",
        "Alle gebieden op de kaart. Klik op een plek voor de belangen en normen daar.",
    ),
    (
        "/geschikt",
        "Een goede plek zoeken",
        "Waar in de provincie zou een activiteit passen, en waarom elders niet?",
    ),
    ("/visie", "De visie lezen", "Per onderdeel wat er staat, wat het in Brink doet en waar het geldt."),
    ("/doelen", "De doelen volgen", "De meetbare doelen van de visie, met jaartal en stand."),
    ("/over", "Weten waar het op rust", "Versie, dekking, kaarten en wat er onzeker of tegenstrijdig is."),
];

/// An activity and a place of this package, as somebody might type them.
fn hint(world: &World) -> String {
    let words = &world.package.vocabulary;
    let plans = world.examples.iter().map(|one| &one.plan);
    // One with a place on the map, when there is; without what stands between brackets in its name.
    let placed = plans.clone().find(|plan| plan.get("locatie").is_some()).or(plans.into_iter().next());
    let id = placed.and_then(|plan| plan.get("activiteit")?.as_str());
    let first = id
        .and_then(|id| words.index.activities.get(id))
        .and_then(|id| words.activity(*id))
        .map(|activity| activity.name.split(" (").next().unwrap_or_default().to_lowercase());
    let largest = world
        .places
        .iter()
        .max_by(|a, b| a.inhabitants.unwrap_or_default().total_cmp(&b.inhabitants.unwrap_or_default()));
    match (first, largest) {
        (Some(activity), Some(place)) => format!("{activity} bij {}", place.name),
        (Some(activity), None) => activity,
        _ => "woningen".to_owned(),
    }
}
