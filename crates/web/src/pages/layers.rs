//! The map with all its layers, and what applies at a place on it.

use super::shell::Shell;
use super::whereabouts::{self, Found, take};
use super::{Page, page, place, words};
use crate::app::App;
use crate::plan_query::{PlanQuery, Whereabouts};
use crate::world::World;
use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use brink_geo::layer::Kind;
use brink_policy::AreaId;
use brink_policy::compiled::Area;
use std::collections::HashMap;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/kaart", get(show))
}

#[derive(Template)]
#[template(path = "kaart/kaart.html")]
struct View<'a> {
    shell: Shell,
    groups: Vec<Group<'a>>,
    /// Areas without a map.
    missing: Vec<&'a Area>,
    filter: String,
    /// How many layers there are.
    all: usize,
    found: Found<'a>,
    typed: String,
    /// The place as the form keeps it.
    point: String,
    shape: String,
    base: String,
    bounds: String,
}

/// Layers of one interest.
struct Group<'a> {
    id: &'a str,
    name: &'a str,
    open: bool,
    rows: Vec<Row<'a>>,
}

/// A layer as the list shows it.
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    on: bool,
    /// Number of its colour.
    hue: usize,
    sketch: bool,
    source: &'a str,
    date: &'a str,
    /// How many norms are about it.
    norms: usize,
}

/// Colours of the theme.
const HUES: usize = 12;
/// Most layers that are on at once.
const MOST_ON: usize = 40;

async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Page {
    let query = query.unwrap_or_default();
    let state = app.clone();
    app.compute(move |world| answer(&state, world, &query)).await?
}

fn answer(app: &App, world: &World, query: &str) -> Page {
    let mut plan = PlanQuery::parse(query);
    let (typed, filter) = (take(&mut plan, "waar"), take(&mut plan, "filter"));
    let wanted: Vec<String> =
        plan.others.iter().filter(|(key, _)| key == "laag").map(|(_, id)| id.clone()).take(MOST_ON).collect();
    let mut fault = None;
    if !typed.is_empty() {
        match place::typed(world, &typed) {
            Ok(place) => {
                let mut pairs: Vec<(String, String)> =
                    wanted.into_iter().map(|id| ("laag".to_owned(), id)).collect();
                pairs.extend(PlanQuery { place: whereabouts::plain(place), ..PlanQuery::default() }.pairs());
                let address = serde_urlencoded::to_string(pairs).unwrap_or_default();
                return Ok(Redirect::to(&format!("/kaart?{address}")).into_response());
            }
            Err(wrong) => fault = Some(wrong),
        }
    }
    let (mut point, mut shape) = (String::new(), String::new());
    match &plan.place {
        Whereabouts::Point(text) => point.clone_from(text),
        Whereabouts::Shape(text) => shape.clone_from(text),
        _ => {}
    }
    let mut found = whereabouts::find(app, world, &plan);
    found.faults.extend(fault);
    let drawn = |area: &(usize, &Area)| world.ground.layer(AreaId::from_index(area.0)).is_some();
    let areas = world.package.vocabulary.areas.iter().enumerate();
    let (with, without): (Vec<_>, Vec<_>) = areas.partition(drawn);
    let mut missing: Vec<&Area> = without.into_iter().map(|(_, area)| area).collect();
    missing.sort_by(|a, b| a.name.cmp(&b.name));
    let groups = groups(world, &wanted, &filter);
    page(&View {
        shell: Shell::new(world, "kaart"),
        all: with.len(),
        groups,
        missing,
        filter,
        found,
        typed,
        point,
        shape,
        base: super::map_base::base(world),
        bounds: super::map_base::bounds(world),
    })
}

/// The layers by the interest that most norms about them have; those without last.
fn groups<'a>(world: &'a World, wanted: &[String], filter: &str) -> Vec<Group<'a>> {
    let vocabulary = &world.package.vocabulary;
    let mut count: HashMap<AreaId, (usize, HashMap<usize, usize>)> = HashMap::new();
    for norm in &world.package.norms {
        for area in &norm.areas {
            let (norms, interests) = count.entry(*area).or_default();
            *norms += 1;
            for interest in &norm.interests {
                *interests.entry(interest.index()).or_default() += 1;
            }
        }
    }
    let filter = filter.to_lowercase();
    let mut groups: Vec<(usize, Group<'a>)> = Vec::new();
    for (n, area) in vocabulary.areas.iter().enumerate() {
        let id = AreaId::from_index(n);
        let Some(layer) = world.ground.layer(id) else {
            continue;
        };
        let on = wanted.contains(&area.id);
        // What is on stays, whatever the filter: the form would forget it.
        if !on && !area.name.to_lowercase().contains(&filter) {
            continue;
        }
        let known = count.get(&id);
        let most = known.and_then(|(_, interests)| {
            interests.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(interest, _)| *interest)
        });
        let row = Row {
            id: &area.id,
            name: &area.name,
            on,
            hue: 0,
            sketch: layer.about.kind == Kind::Schets,
            source: &layer.about.source,
            date: &layer.about.date,
            norms: known.map_or(0, |(norms, _)| *norms),
        };
        let place = most.unwrap_or(usize::MAX);
        match groups.iter_mut().find(|(known, _)| *known == place) {
            Some((_, group)) => group.rows.push(row),
            None => {
                let interest = most.and_then(|n| vocabulary.interests.get(n));
                let (id, name) =
                    interest.map_or(("overig", "Overig"), |one| (one.id.as_str(), one.name.as_str()));
                groups.push((place, Group { id, name, open: false, rows: vec![row] }));
            }
        }
    }
    groups.sort_by_key(|(place, _)| *place);
    let mut groups: Vec<Group<'a>> = groups.into_iter().map(|(_, group)| group).collect();
    let mut hue = 0;
    for group in &mut groups {
        group.rows.sort_by(|a, b| a.name.cmp(b.name));
        group.open = !filter.is_empty() || group.rows.iter().any(|row| row.on);
        for row in &mut group.rows {
            row.hue = hue % HUES + 1;
            hue += 1;
        }
    }
    groups
}

impl Group<'_> {
    /// How many are on.
    fn on(&self) -> usize {
        self.rows.iter().filter(|row| row.on).count()
    }
}
