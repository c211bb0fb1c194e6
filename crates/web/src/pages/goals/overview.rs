//! All goals and service levels, by theme.

use crate::app::App;
use crate::pages::shell::Shell;
use crate::pages::vision::address;
use crate::pages::words::capital;
use crate::pages::{Page, page};
use crate::world::World;
use askama::Template;
use axum::extract::State;
use brink_policy::goal_words::{target, with_unit};
use brink_policy::written::{Goal, ServiceLevel};

#[derive(Template)]
#[template(path = "doelen.html")]
struct Overview {
    shell: Shell,
    themes: Vec<Theme>,
    goals: usize,
    services: usize,
    /// Goals with a sum that does not add up.
    wrong: Vec<(String, String)>,
}

struct Theme {
    id: String,
    name: String,
    cards: Vec<Card>,
}

/// A goal in short.
struct Card {
    address: String,
    name: String,
    target: String,
    /// How it stands, in words.
    notes: Vec<String>,
    service: bool,
}

pub(super) async fn overview(State(app): State<App>) -> Page {
    app.compute(|world| page(&of(world))).await?
}

fn of(world: &World) -> Overview {
    let (goals, services) = (&world.written.goals, &world.written.services);
    let mut themes: Vec<Theme> = Vec::new();
    let cards = goals.iter().map(|goal| (goal.thema.as_str(), of_goal(goal)));
    for (theme, card) in
        cards.chain(services.iter().map(|service| (service.thema.as_str(), of_service(service))))
    {
        match themes.iter_mut().find(|known| known.id == theme) {
            Some(known) => known.cards.push(card),
            None => {
                themes.push(Theme { id: theme.to_owned(), name: theme_name(world, theme), cards: vec![card] })
            }
        }
    }
    let wrong = goals.iter().filter(|goal| goal.sums().iter().any(|sum| !sum.adds_up()));
    Overview {
        shell: Shell::new(world, "doelen"),
        themes,
        goals: goals.len(),
        services: services.len(),
        wrong: wrong.map(|goal| (address::goal(&goal.id), goal.naam.clone())).collect(),
    }
}

/// The name of a theme or interest.
pub(super) fn theme_name(world: &World, id: &str) -> String {
    let found = world.written.interests.iter().find(|interest| interest.id == id);
    found.map_or_else(|| id.to_owned(), |interest| interest.naam.clone())
}

fn of_goal(goal: &Goal) -> Card {
    let unit = goal.eenheid.as_deref();
    let mut notes = Vec::new();
    if let Some(there) = goal.realised() {
        notes.push(format!("gerealiseerd {}", with_unit(there, unit)));
        match goal.remaining(there) {
            Some(left) if !left.is_zero() => notes.push(format!("nog te doen {}", with_unit(left, unit))),
            Some(_) => notes.push("gehaald".to_owned()),
            None => {}
        }
    }
    if goal.niet_te_bepalen.is_some() {
        notes.push("niet te bepalen".to_owned());
    }
    Card {
        address: address::goal(&goal.id),
        name: goal.naam.clone(),
        target: capital(&target(&goal.streef, unit)),
        notes,
        service: false,
    }
}

fn of_service(service: &ServiceLevel) -> Card {
    Card {
        address: address::goal(&service.id),
        name: service.naam.clone(),
        target: super::goal::service_target(service).unwrap_or_default(),
        notes: Vec::new(),
        service: true,
    }
}
