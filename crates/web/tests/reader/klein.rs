//! The small made-up package, with its text.

use crate::common::{Answer, ask_of, root};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use brink_policy::{Depth, load, read_folder};
use brink_source::{Document, Index, Limits};
use brink_web::{App, Parts, Settings, SourceText, Store, World};
use std::sync::OnceLock;

fn with_text(text: &str) -> App {
    let files = read_folder(&root().join("crates/policy/tests/fixtures/klein")).unwrap();
    let loaded = load(&files, Depth::Use);
    let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
    let index = Index::build(&document).unwrap();
    let parts = Parts {
        package: loaded.compiled.unwrap(),
        written: loaded.written,
        layers: Vec::new(),
        places: Vec::new(),
        examples: Vec::new(),
        text: Some(SourceText { document, index }),
    };
    let settings = Settings { verzoeken_per_seconde: 0, ..Settings::default() };
    let store = Store::open(&settings).unwrap();
    App::new(World::new(parts), settings, store)
}

fn text() -> String {
    std::fs::read_to_string(root().join("crates/source/tests/fixtures/veldvisie.txt")).unwrap()
}

async fn get(address: &str) -> Answer {
    static APP: OnceLock<App> = OnceLock::new();
    let app = APP.get_or_init(|| with_text(&text()));
    ask_of(app, Request::get(address).body(Body::empty()).unwrap()).await
}

/// What is in the main part of a page, without the hash in addresses of assets.
async fn main_of(address: &str) -> String {
    let page = get(address).await;
    assert_eq!(page.status, StatusCode::OK, "{address}");
    let text = page.text();
    let begin = text.find("<main").unwrap();
    let end = text.find("</main>").unwrap();
    let lines = text[begin..end].lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_section_as_it_is() {
    insta::assert_snapshot!(main_of("/visie/2.1").await);
}

#[tokio::test]
async fn a_statement_with_conditions_and_procedure() {
    insta::assert_snapshot!(main_of("/visie/uitspraak/2.1.1-01").await);
}

#[tokio::test]
async fn a_statement_that_went_into_another() {
    let page = main_of("/visie/uitspraak/1-02").await;
    assert!(page.contains("/visie/uitspraak/2.2-02"), "{page}");
    assert!(page.contains("als voorwaarde"), "{page}");
}

#[tokio::test]
async fn expressions_are_questions_with_answers() {
    let page = main_of("/visie/uitspraak/2.1-02").await;
    for said in
        ["Beide punten gelden:", "Een van deze punten is genoeg:", "Het plan ligt in", "hoogstens 50 m"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let page = main_of("/visie/uitspraak/3-01").await;
    assert!(page.contains("op of na 1 januari 2031"), "{page}");
    let page = main_of("/visie/uitspraak/2.2.1-01").await;
    assert!(page.contains("meer dan 50%"), "{page}");
    // The expression itself is there too, and escaped.
    assert!(page.contains("aandeel(&#34;vaart&#34;) &#62; 0.5"), "{page}");
}

#[tokio::test]
async fn the_words_of_the_source_stand_beside() {
    let page = main_of("/visie/uitspraak/2.2-01").await;
    assert!(page.contains("<blockquote"), "{page}");
    assert!(!page.contains("andere dan die waarop dit pakket rust"));
    let app = with_text(&text().replace("heide", "hei"));
    let page = ask_of(&app, Request::get("/visie/2.2").body(Body::empty()).unwrap()).await.text();
    assert!(page.contains("andere dan die waarop dit pakket rust"));
}

#[tokio::test]
async fn search_finds_numbers_words_and_text() {
    let first = |page: &str, class: &str| {
        let at = page.find(class).unwrap_or_else(|| panic!("{class}: {page}"));
        page[at..]
            .find("href=\"")
            .map(|from| page[at + from + 6..].split('"').next().unwrap().to_owned())
            .unwrap()
    };
    let page = main_of("/visie/zoek?q=2.1-03").await;
    assert_eq!(first(&page, "id=\"uitspraken\""), "/visie/uitspraak/2.1-03");
    let page = main_of("/visie/zoek?q=2.1.1").await;
    assert_eq!(first(&page, "id=\"onderdelen\""), "/visie/2.1.1");
    let page = main_of("/visie/zoek?q=evenementen").await;
    assert!(page.contains("<mark class=\"brink-mark\">evenement</mark>"), "{page}");
    assert!(page.contains("In de tekst van de visie"), "{page}");
    let page = main_of("/visie/zoek?q=%3Cscript%3Ezeppelin").await;
    assert!(page.contains("Niets gevonden"), "{page}");
    assert!(!page.contains("<script>"), "{page}");
    assert!(main_of("/visie/zoek").await.contains("Vul een woord of nummer in"));
}

#[tokio::test]
async fn goals_and_sums() {
    insta::assert_snapshot!(main_of("/doelen/woningen-in-het-lint").await);
    let page = main_of("/doelen").await;
    assert!(page.contains("klopt een som van de visie niet"), "{page}");
    let page = main_of("/doelen/bus").await;
    assert!(page.contains("ma, wo, vr") && page.contains("8 tot 18 uur"), "{page}");
}

#[tokio::test]
async fn about_the_package() {
    let page = main_of("/over").await;
    for said in [
        "Veldvisie",
        "1.2.3",
        "bcb2bf470269a438da06ffe91a955d206b6acf4c92fb6c4bc1c4ded3a74e3ff8",
        "precies deze brontekst geladen",
        "id=\"inconsistentie-lint-open-of-dicht\"",
        "Moet het lint na het bouwen nog open zijn?",
        "Hangt eraan: <a class=\"utrecht-link\" href=\"/visie/uitspraak/2.2-02\">",
        "brink-oordeel--nee-tenzij",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(main_of("/over/toegankelijkheid").await.contains("geen cookies"));
}

#[tokio::test]
async fn what_is_not_there_names_what_is_near() {
    for (address, near) in [
        ("/visie/2.1.9", "/visie/2.1"),
        ("/visie/uitspraak/2.1-09", "/visie/uitspraak/2.1-0"),
        ("/doelen/woningen-in-lint", "/doelen/woningen-in-het-lint"),
    ] {
        let page = get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        assert!(page.text().contains(near), "{address}: {}", page.text());
    }
    let long = "x".repeat(5_000);
    assert_eq!(get(&format!("/visie/{long}")).await.status, StatusCode::NOT_FOUND);
}
