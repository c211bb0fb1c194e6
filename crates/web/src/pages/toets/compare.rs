//! Two variants of a plan side by side.

use super::wrong;
use crate::app::App;
use crate::pages::shell::Shell;
use crate::pages::{Page, page, words};
use crate::plan_query::PlanQuery;
use crate::world::World;
use askama::Template;
use axum::extract::{Query, State};
use brink_assess::{Assessment, Outcome, PlanError, assess_inside};
use brink_policy::compiled::FactKind;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
pub(super) struct Variants {
    #[serde(default)]
    a: String,
    #[serde(default)]
    b: String,
}

#[derive(Template)]
#[template(path = "toets/vergelijk.html")]
struct Comparison {
    shell: Shell,
    titles: [String; 2],
    edit: [String; 2],
    verdicts: [(Outcome, String); 2],
    /// What was filled in differently.
    inputs: Vec<Row>,
    interests: Vec<Verdicts>,
    norms: Vec<NormRow>,
    conditions: [usize; 2],
    questions: [usize; 2],
}

/// Something of both variants, as text.
struct Row {
    name: String,
    values: [String; 2],
}

struct Verdicts {
    name: String,
    values: [Option<Outcome>; 2],
}

struct NormRow {
    id: String,
    text: String,
    values: [Option<Outcome>; 2],
}

pub(super) async fn compare(State(app): State<App>, Query(variants): Query<Variants>) -> Page {
    let state = app.clone();

    app.compute(move |world| {
        let (a, b) = (PlanQuery::parse(&variants.a), PlanQuery::parse(&variants.b));
        let judge = |query: &PlanQuery| {
            let read = query.plan(&state, world).map_err(wrong)?;
            assess_inside(&world.package, &read, &world.options())
                .map_err(|fault| wrong(PlanError::one(fault)))
        };
        let (first, second) = (judge(&a)?, judge(&b)?);
        let places = [&a, &b].map(|query| {
            let shape = query.shape(&state).ok().flatten();
            crate::pages::place::words(world, query, shape.as_deref()).unwrap_or_else(|| "niet gegeven".to_owned())
        });
        page(&comparison(world, [&a, &b], [&first, &second], places))
    })
    .await?
}

fn comparison(
    world: &World,
    queries: [&PlanQuery; 2],
    answers: [&Assessment<'_>; 2],
    places: [String; 2],
) -> Comparison {
    let [a, b] = answers;
    let title =
        |answer: &Assessment<'_>| answer.titel.clone().unwrap_or_else(|| answer.activiteit.naam.to_owned());
    let mut inputs = vec![
        Row {
            name: "Activiteit".to_owned(),
            values: answers.map(|answer| answer.activiteit.naam.to_owned()),
        },
        Row { name: "Plaats".to_owned(), values: places },
    ];
    let facts: BTreeSet<&str> =
        queries.iter().flat_map(|query| query.facts.iter().map(|(id, _)| id.as_str())).collect();
    for id in facts {
        let name = world
            .package
            .vocabulary
            .index
            .facts
            .get(id)
            .and_then(|fact| world.package.vocabulary.fact(*fact));
        let shown = |query: &PlanQuery| {
            query.fact(id).map_or_else(|| "niet beantwoord".to_owned(), |value| spoken(world, id, value))
        };
        inputs.push(Row {
            name: name.map_or_else(|| id.to_owned(), |fact| fact.question.clone()),
            values: queries.map(shown),
        });
    }
    inputs.retain(|row| row.values[0] != row.values[1]);
    let mut interests: Vec<Verdicts> = Vec::new();
    for interest in a.belangen.iter().chain(&b.belangen) {
        if !interests.iter().any(|known| known.name == interest.naam) {
            let of = |answer: &Assessment<'_>| {
                answer.belangen.iter().find(|one| one.id == interest.id).map(|one| one.oordeel)
            };
            interests.push(Verdicts { name: interest.naam.to_owned(), values: answers.map(of) });
        }
    }
    let mut norms: Vec<NormRow> = Vec::new();
    for norm in a.normen.iter().chain(&b.normen) {
        if !norms.iter().any(|known| known.id == norm.id) {
            let of = |answer: &Assessment<'_>| {
                answer.normen.iter().find(|one| one.id == norm.id).map(|one| one.uitkomst)
            };
            norms.push(NormRow {
                id: norm.id.to_owned(),
                text: norm.samenvatting.to_owned(),
                values: answers.map(of),
            });
        }
    }
    norms.retain(|row| row.values[0] != row.values[1]);
    norms.sort_by_key(|row| std::cmp::Reverse(row.values.iter().flatten().max().copied()));
    let open = |answer: &Assessment<'_>| {
        let sure = answer.normen.iter().filter(|norm| norm.van_toepassing == "ja");
        sure.flat_map(|norm| &norm.voorwaarden)
            .filter(|one| one.grond_van.is_none() && one.uitkomst != "voldaan")
            .count()
    };
    let edit = |own: &PlanQuery, other: &PlanQuery| super::address(own, &other.query());
    Comparison {
        shell: Shell::new(world, "toets"),
        titles: answers.map(title),
        edit: [edit(queries[0], queries[1]), edit(queries[1], queries[0])],
        verdicts: answers.map(|answer| (answer.oordeel, answer.samenvatting.clone())),
        inputs,
        interests,
        norms,
        conditions: answers.map(open),
        questions: answers.map(|answer| answer.vragen.iter().filter(|one| one.doorslaggevend).count()),
    }
}

/// An answer as people say it.
fn spoken(world: &World, id: &str, value: &str) -> String {
    let words = &world.package.vocabulary;
    match words.index.facts.get(id).and_then(|fact| words.fact(*fact)).map(|fact| &fact.kind) {
        Some(FactKind::Number { unit: Some(unit), .. }) => format!("{value} {unit}"),
        Some(FactKind::Choice(options)) => options
            .iter()
            .find(|(option, _)| option == value)
            .map_or(value, |(_, name)| name.as_str())
            .to_owned(),
        _ => value.to_owned(),
    }
}
