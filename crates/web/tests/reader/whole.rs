//! The whole real package: every page is there and names what it is about.

use crate::common::{app, get};
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// The addresses a page links to within the vision and the goals, without what comes after `#`.
fn links(page: &str) -> BTreeSet<String> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|address| address.split('#').next().unwrap().to_owned())
        .filter(|address| address.starts_with("/visie/") || address.starts_with("/doelen/"))
        .filter(|address| !address.contains('?'))
        .collect()
}

/// Ids that occur twice in a page.
fn doubled(page: &str) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let ids = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter(|id| !seen.insert(*id)).collect()
}

#[tokio::test]
async fn every_section_statement_and_goal_has_a_page() {
    let world = app().world();
    let written = &world.written;
    let (mut there, mut linked) = (BTreeSet::new(), BTreeSet::new());
    let sections = written.sections.iter().map(|one| (format!("/visie/{}", one.nummer), one.titel.clone()));
    let statements =
        written.statements.iter().map(|one| (format!("/visie/uitspraak/{}", one.id), one.id.clone()));
    let goals = written.goals.iter().map(|one| (format!("/doelen/{}", one.id), String::new()));
    let services = written.services.iter().map(|one| (format!("/doelen/{}", one.id), String::new()));
    for (address, named) in sections.chain(statements).chain(goals).chain(services) {
        let page = get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let text = page.text();
        let escaped = named.replace('&', "&#38;").replace('\'', "&#39;").replace('"', "&#34;");
        assert!(text.contains(&escaped), "{address} does not name {named}");
        assert_eq!(doubled(&text), Vec::<&str>::new(), "{address}");
        linked.extend(links(&text));
        there.insert(address);
    }
    assert!(there.len() > 2_846);
    there.insert("/visie/zoek".to_owned());
    let dead: Vec<_> = linked.difference(&there).collect();
    assert!(dead.is_empty(), "{dead:?}");
}

#[tokio::test]
async fn the_tree_holds_every_section() {
    let page = get("/visie").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    for section in &app().world().written.sections {
        assert!(text.contains(&format!("href=\"/visie/{}\"", section.nummer)), "{}", section.nummer);
    }
}

#[tokio::test]
async fn a_section_has_all_its_statements_and_a_map() {
    let world = app().world();
    let text = get("/visie/5.6.2").await.text();
    for statement in world.written.statements.iter().filter(|one| one.onderdeel == "5.6.2") {
        assert!(text.contains(&format!(" id=\"{}\"", statement.id)), "{}", statement.id);
    }
    let map = &text[text.find("data-kaart=\"uitspraak\"").unwrap()..];
    let layers = map.split("data-lagen=\"").nth(1).unwrap().split('"').next().unwrap();
    for layer in layers.split(',') {
        let id = world.package.vocabulary.index.areas[layer];
        assert!(world.ground.layer(id).is_some(), "{layer}");
    }
}

#[tokio::test]
async fn about_counts_what_there_is() {
    let world = app().world();
    let text = get("/over").await.text();
    let written = &world.written;
    assert_eq!(text.matches("id=\"inconsistentie-").count(), written.inconsistencies.len());
    assert_eq!(text.matches("id=\"lezing-").count(), written.package.as_ref().unwrap().lezingen.len());
    assert_eq!(doubled(&text), Vec::<&str>::new());
    assert!(text.contains("100% van de regels"));
}
