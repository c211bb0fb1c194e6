//! The pages of one section and of one statement.

use super::quote::{Quoted, other_text, whole};
use super::statement::{self, Clash, Link, Shown, clash, shown};
use super::tree::{Branch, branch, title};
use super::{address, words};
use crate::app::App;
use crate::error::PageError;
use crate::pages::shell::Shell;
use crate::pages::{Page, page};
use crate::reader::{Book, Group, MapBox, SectionAt};
use crate::world::World;
use askama::Template;
use axum::extract::{Path, State};
use brink_policy::nearest;
use brink_policy::written::Statement;

#[derive(Template)]
#[template(path = "visie_onderdeel.html")]
struct SectionPage {
    shell: Shell,
    number: String,
    title: String,
    path: Vec<Link>,
    lines: String,
    tally: String,
    branches: Vec<Branch>,
    groups: Vec<Part>,
    /// What is unclear in the section as a whole.
    clashes: Vec<Clash>,
    referrers: Vec<Link>,
    areas: Vec<Link>,
    map: Option<MapBox>,
    text: Vec<Quoted>,
    has_text: bool,
    other_text: bool,
    previous: Option<Link>,
    next: Option<Link>,
}

/// A group of statements.
struct Part {
    group: Group,
    statements: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "visie_uitspraak.html")]
struct StatementPage {
    shell: Shell,
    s: Shown,
    path: Vec<Link>,
    /// The place in its section.
    anchor: String,
    areas: Vec<Link>,
    map: Option<MapBox>,
    other_text: bool,
    previous: Option<Link>,
    next: Option<Link>,
}

pub(super) async fn section(State(app): State<App>, Path(number): Path<String>) -> Page {
    app.compute(move |world| {
        let book = Book::of(world);
        match book.section(&number) {
            Some(at) => page(&of_section(book, at)),
            None => Err(no_section(world, &number)),
        }
    })
    .await?
}

pub(super) async fn statement(State(app): State<App>, Path(id): Path<String>) -> Page {
    app.compute(move |world| {
        let book = Book::of(world);
        match book.statement(&id) {
            Some(statement) => page(&of_statement(book, statement)),
            None => Err(no_statement(world, &id)),
        }
    })
    .await?
}

fn of_section(book: Book<'_>, at: SectionAt<'_>) -> SectionPage {
    let number = at.section.nummer.as_str();
    let statements = book.statements(at.place);
    let areas = statements.iter().flat_map(|statement| &statement.gebieden).map(String::as_str);
    let groups = Group::ALL.into_iter().filter_map(|group| {
        let own = statements.iter().filter(|statement| Group::of(statement) == group);
        let statements: Vec<Shown> = own.map(|statement| shown(book, statement)).collect();
        (!statements.is_empty()).then_some(Part { group, statements })
    });
    let neighbour = |place: Option<usize>| place.and_then(|place| book.section_at(place)).map(section_link);
    SectionPage {
        shell: Shell::new(book.world, "visie"),
        number: number.to_owned(),
        title: title(&at.section.titel),
        path: path(book, at, false),
        lines: words::lines(at.section.regels),
        tally: crate::reader::Tally::of(statements.iter().copied()).words(),
        branches: book.children(at.place).into_iter().map(|child| branch(book, child)).collect(),
        groups: groups.collect(),
        clashes: book.inconsistencies(number).into_iter().map(clash).collect(),
        referrers: book.referrers(number).into_iter().map(statement_link).collect(),
        areas: statement::areas(book, areas.clone()),
        map: book.map(areas),
        text: whole(book, number),
        has_text: book.world.text.is_some(),
        other_text: other_text(book),
        previous: neighbour(at.place.checked_sub(1)),
        next: neighbour(at.place.checked_add(1)),
    }
}

fn of_statement(book: Book<'_>, statement: &Statement) -> StatementPage {
    let at = book.section(&statement.onderdeel);
    let siblings = at.map(|at| book.statements(at.place)).unwrap_or_default();
    let place = siblings.iter().position(|other| other.id == statement.id);
    let neighbour = |place: Option<usize>| {
        place
            .and_then(|place| siblings.get(place))
            .map(|other| Link::to(address::statement(&other.id), &other.id))
    };
    let areas = statement.gebieden.iter().map(String::as_str);
    StatementPage {
        shell: Shell::new(book.world, "visie"),
        s: shown(book, statement),
        path: at.map(|at| path(book, at, true)).unwrap_or_default(),
        anchor: format!("{}#{}", address::section(&statement.onderdeel), statement.id),
        areas: statement::areas(book, areas.clone()),
        map: book.map(areas),
        other_text: other_text(book),
        previous: neighbour(place.and_then(|place| place.checked_sub(1))),
        next: neighbour(place.and_then(|place| place.checked_add(1))),
    }
}

/// The way down from the whole vision; with the section itself for what is in it.
fn path(book: Book<'_>, at: SectionAt<'_>, itself: bool) -> Vec<Link> {
    let mut path = vec![Link::to("/visie".to_owned(), "Visie")];
    path.extend(book.path(at.place).into_iter().map(section_link));
    if itself {
        path.push(section_link(at));
    }
    path
}

fn section_link(at: SectionAt<'_>) -> Link {
    let number = &at.section.nummer;
    Link::to(address::section(number), format!("{number} {}", title(&at.section.titel)))
}

fn statement_link(statement: &Statement) -> Link {
    Link {
        note: statement.samenvatting.clone(),
        ..Link::to(address::statement(&statement.id), &statement.id)
    }
}

fn no_section(world: &World, number: &str) -> PageError {
    let shown: String = number.chars().take(40).collect();
    let known = world.written.sections.iter().map(|section| section.nummer.as_str());
    not_found(format!("Onderdeel {shown} staat niet in deze visie."), near(number, known, address::section))
}

fn no_statement(world: &World, id: &str) -> PageError {
    let shown: String = id.chars().take(40).collect();
    let known = world.written.statements.iter().map(|statement| statement.id.as_str());
    not_found(format!("Uitspraak {shown} staat niet in dit pakket."), near(id, known, address::statement))
}

fn near<'k>(id: &str, known: impl Iterator<Item = &'k str>, address: fn(&str) -> String) -> Vec<String> {
    if id.len() > 40 {
        return Vec::new();
    }
    nearest(id, known, 3).into_iter().map(address).collect()
}

fn not_found(text: String, near: Vec<String>) -> PageError {
    let error = PageError::not_found(text);
    let error = if near.is_empty() { error } else { error.help(format!("Bedoelt u {}?", near.join(" of "))) };
    error.help("Zoek in de visie op /visie, of begin bij de inhoudsopgave daar.")
}
