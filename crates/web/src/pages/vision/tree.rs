//! The tree of sections.

use crate::app::App;
use crate::pages::shell::Shell;
use crate::pages::{Page, page};
use crate::reader::{Book, SectionAt, Tally};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::State;

#[derive(Template)]
#[template(path = "visie.html")]
struct Tree {
    shell: Shell,
    title: String,
    tally: Tally,
    branches: Vec<Branch>,
}

/// A section with those in it.
#[derive(Template)]
#[template(path = "visie_tak.html")]
pub(super) struct Branch {
    number: String,
    title: String,
    /// Of the section with all in it.
    tally: Tally,
    /// Of what stands in the section itself.
    own: usize,
    branches: Vec<Branch>,
}

impl HtmlSafe for Branch {}

pub(super) async fn tree(State(app): State<App>) -> Page {
    app.compute(|world| {
        let book = Book::of(world);
        let branches = book.chapters().into_iter().map(|chapter| branch(book, chapter)).collect();
        let tally = Tally::of(world.written.statements.iter().map(|item| &item.value));
        let title = world.package.info.title.clone();
        page(&Tree { shell: Shell::new(world, "visie"), title, tally, branches })
    })
    .await?
}

pub(super) fn branch(book: Book<'_>, at: SectionAt<'_>) -> Branch {
    Branch {
        number: at.section.nummer.clone(),
        title: title(&at.section.titel),
        tally: book.tally(at.place),
        own: book.statements(at.place).len(),
        branches: book.children(at.place).into_iter().map(|child| branch(book, child)).collect(),
    }
}

/// What comes before the first chapter has no title.
pub(super) fn title(written: &str) -> String {
    if written.is_empty() { "Voorwerk".to_owned() } else { written.to_owned() }
}
