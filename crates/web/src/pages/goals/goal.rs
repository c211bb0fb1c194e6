//! One goal or service level.

use super::chart::Chart;
use super::overview::theme_name;
use crate::app::App;
use crate::error::PageError;
use crate::pages::shell::Shell;
use crate::pages::vision::address;
use crate::pages::vision::quote::{Quoted, in_lines};
use crate::pages::vision::statement::{self, Clash, Link, clash};
use crate::pages::vision::words;
use crate::pages::words::capital;
use crate::pages::{Page, page};
use crate::reader::{Book, MapBox};
use crate::world::World;
use askama::Template;
use axum::extract::{Path, State};
use brink_policy::goal::{Sum, SumOf};
use brink_policy::goal_words::{days, in_other_unit, number, reading, target, with_unit};
use brink_policy::nearest;
use brink_policy::written::{Gauge, Goal, ServiceLevel};

#[derive(Template)]
#[template(path = "doel.html")]
struct GoalPage {
    shell: Shell,
    name: String,
    service: bool,
    target: String,
    theme: String,
    /// Name and value.
    facts: Vec<(&'static str, String)>,
    /// Questions that measure it.
    gauges: Vec<String>,
    explanation: Option<String>,
    chart: Option<Chart>,
    /// What the parts are, when they are goals themselves.
    part_goals: Vec<Link>,
    sums: Vec<Reckoned>,
    /// What is offered: kind of line, days, hours, times an hour.
    offered: Vec<[String; 4]>,
    statements: Vec<Link>,
    sections: Vec<Link>,
    lines: String,
    clashes: Vec<Clash>,
    areas: Vec<Link>,
    map: Option<MapBox>,
    quotes: Vec<Quoted>,
}

/// A sum of the source.
struct Reckoned {
    adds_up: bool,
    text: String,
    why: Option<String>,
    /// The inconsistency it belongs to.
    clash: Option<String>,
}

pub(super) async fn goal(State(app): State<App>, Path(id): Path<String>) -> Page {
    app.compute(move |world| {
        let written = &world.written;
        if let Some(goal) = written.goals.iter().find(|goal| goal.id == id) {
            return page(&of_goal(world, goal));
        }
        match written.services.iter().find(|service| service.id == id) {
            Some(service) => page(&of_service(world, service)),
            None => Err(unknown(world, &id)),
        }
    })
    .await?
}

fn of_goal(world: &World, goal: &Goal) -> GoalPage {
    let unit = goal.eenheid.as_deref();
    let mut facts = Vec::new();
    if let Some(baseline) = &goal.nulmeting {
        let year = baseline.jaar.map_or_else(|| "jaar onbekend".to_owned(), |year| year.to_string());
        let value =
            baseline.waarde.map_or_else(|| "waarde onbekend".to_owned(), |value| with_unit(value.0, unit));
        facts.push(("Nulmeting", format!("{year}, {value}")));
    }
    for measure in &goal.maten {
        facts.push(("In een andere maat", in_other_unit(measure)));
    }
    if let Some(there) = goal.realised() {
        facts.push(("Gerealiseerd volgens de visie", with_unit(there, unit)));
        if let Some(building) = goal.under_construction() {
            facts.push(("In aanbouw volgens de visie", with_unit(building, unit)));
        }
        match goal.remaining(there) {
            Some(left) if left.is_zero() => facts.push(("Stand", "gehaald".to_owned())),
            Some(left) => facts.push(("Nog te doen", with_unit(left, unit))),
            None => {}
        }
    }
    if let Some(why) = &goal.niet_te_bepalen {
        facts.push(("Niet te bepalen", why.clone()));
    }
    let part_goals = goal.delen.iter().filter_map(|part| Some((part.doel.as_ref()?, &part.naam)));
    GoalPage {
        target: capital(&target(&goal.streef, unit)),
        facts,
        gauges: gauges(world, &goal.meting),
        explanation: goal.toelichting.clone(),
        chart: Chart::of(goal),
        part_goals: part_goals.map(|(id, name)| Link::to(address::goal(id), name)).collect(),
        sums: goal.sums().iter().map(|sum| reckoned(sum, unit)).collect(),
        ..about(
            world,
            false,
            (&goal.naam, &goal.thema),
            &goal.uitspraken,
            &goal.regels,
            &goal.inconsistenties,
            &goal.gebieden,
        )
    }
}

fn of_service(world: &World, service: &ServiceLevel) -> GoalPage {
    let mut facts = Vec::new();
    if let Some(end) = service.tot {
        facts.push(("Gegarandeerd tot", end.to_string()));
    }
    let offered = service.bediening.iter().flat_map(|line| {
        line.tijdvakken.iter().map(|period| {
            [
                line.lijntype.clone(),
                days(&line.dagen),
                format!("{} tot {} uur", number(period.van.0), number(period.tot.0)),
                period.per_uur.to_string(),
            ]
        })
    });
    GoalPage {
        target: service_target(service).unwrap_or_default(),
        facts,
        gauges: gauges(world, &service.meting),
        explanation: service.toelichting.clone(),
        offered: offered.collect(),
        ..about(
            world,
            true,
            (&service.naam, &service.thema),
            &service.uitspraken,
            &service.regels,
            &service.inconsistenties,
            &service.gebieden,
        )
    }
}

/// What goals and service levels have in common.
fn about(
    world: &World,
    service: bool,
    (name, theme): (&str, &str),
    statements: &[String],
    lines: &[[u32; 2]],
    inconsistencies: &[String],
    areas: &[String],
) -> GoalPage {
    let book = Book::of(world);
    let found: Vec<_> = statements.iter().filter_map(|id| book.statement(id)).collect();
    let mut sections: Vec<Link> = Vec::new();
    for section in found.iter().filter_map(|statement| book.section(&statement.onderdeel)) {
        let number = &section.section.nummer;
        let link = Link::to(address::section(number), format!("{number} {}", section.section.titel));
        if !sections.contains(&link) {
            sections.push(link);
        }
    }
    let clashes = world.written.inconsistencies.iter().filter(|one| inconsistencies.contains(&one.id));
    GoalPage {
        shell: Shell::new(world, "doelen"),
        name: name.to_owned(),
        service,
        target: String::new(),
        theme: theme_name(world, theme),
        facts: Vec::new(),
        gauges: Vec::new(),
        explanation: None,
        chart: None,
        part_goals: Vec::new(),
        sums: Vec::new(),
        offered: Vec::new(),
        statements: found
            .iter()
            .map(|statement| Link {
                note: statement.samenvatting.clone(),
                ..Link::to(address::statement(&statement.id), &statement.id)
            })
            .collect(),
        sections,
        lines: words::all_lines(lines),
        clashes: clashes.map(|one| clash(&one.value)).collect(),
        areas: statement::areas(book, areas.iter().map(String::as_str)),
        map: book.map(areas.iter().map(String::as_str)),
        quotes: in_lines(book, lines),
    }
}

fn reckoned(sum: &Sum<'_>, unit: Option<&str>) -> Reckoned {
    let text = match (&sum.of, sum.adds_up()) {
        (SumOf::Parts, true) => format!("De delen zijn samen {}", with_unit(sum.computed, unit)),
        (SumOf::Measure(measure), true) => capital(&in_other_unit(measure)),
        _ => capital(&reading(sum, unit)),
    };
    Reckoned {
        adds_up: sum.adds_up(),
        text: format!("{text}."),
        why: sum.explained.map(|difference| difference.uitleg.clone()),
        clash: sum.explained.map(|difference| address::inconsistency(&difference.inconsistentie)),
    }
}

fn gauges(world: &World, gauges: &[Gauge]) -> Vec<String> {
    let words = &world.package.vocabulary;
    let facts = gauges.iter().filter_map(|gauge| words.fact(*words.index.facts.get(&gauge.gegeven)?));
    facts.map(|fact| fact.question.clone()).collect()
}

/// What a service level wants; nothing when it has no number.
pub(super) fn service_target(service: &ServiceLevel) -> Option<String> {
    service.streef.waarde?;
    let mut text = target(&service.streef, service.eenheid.as_deref());
    if let Some(above) = &service.geldt_boven {
        text.push_str(&format!("; geldt bij meer dan {} {}", number(above.waarde.0), above.eenheid));
    }
    Some(capital(&text))
}

fn unknown(world: &World, id: &str) -> PageError {
    let shown: String = id.chars().take(60).collect();
    let error = PageError::not_found(format!("Het doel “{shown}” is er niet."));
    let goals = world.written.goals.iter().map(|goal| goal.id.as_str());
    let known = goals.chain(world.written.services.iter().map(|service| service.id.as_str()));
    let near: Vec<String> = if id.len() > 80 {
        Vec::new()
    } else {
        nearest(id, known, 3).into_iter().map(address::goal).collect()
    };
    let error = if near.is_empty() { error } else { error.help(format!("Bedoelt u {}?", near.join(" of "))) };
    error.help("Alle doelen staan op /doelen.")
}
