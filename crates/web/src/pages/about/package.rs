//! About the package: what it is, what it rests on, and what is uncertain.

use super::coverage::{COLUMNS, Coverage};
use super::layers::Maps;
use super::unclear::{Choice, Kind, choices, kinds};
use crate::app::App;
use crate::pages::shell::Shell;
use crate::pages::vision::quote::other_text;
use crate::pages::words::label;
use crate::pages::{Page, page};
use crate::reader::Book;
use crate::world::World;
use askama::Template;
use axum::extract::State;
use brink_assess::{ENGINE, Outcome};

#[derive(Template)]
#[template(path = "over.html")]
struct About {
    shell: Shell,
    title: String,
    facts: Vec<(&'static str, String)>,
    /// Whether the text is loaded, in a sentence.
    text: &'static str,
    verdicts: Vec<Verdict>,
    columns: [&'static str; 10],
    coverage: Coverage,
    kinds: Vec<Kind>,
    unclear: usize,
    choices: Vec<Choice>,
    maps: Maps,
    disclaimer: String,
    /// Whether the build made a list of licences.
    licences: bool,
}

/// A verdict and what it means.
struct Verdict {
    class: &'static str,
    word: &'static str,
    meaning: &'static str,
}

pub(super) async fn about(State(app): State<App>) -> Page {
    app.compute(|world| page(&of(world))).await?
}

fn of(world: &World) -> About {
    let book = Book::of(world);
    let info = &world.package.info;
    let mut facts = vec![
        ("Visie", info.title.clone()),
        ("Vastgesteld door", info.authority.clone()),
        ("Pakket", format!("{}, versie {}", info.id, info.version)),
        ("Kenmerk van het pakket (SHA-256)", info.hash.clone()),
        ("Kenmerk van pakket en kaarten samen", world.hash.clone()),
        ("Rekenprogramma", ENGINE.to_owned()),
    ];
    if let Some(package) = &world.written.package {
        let source = &package.bron;
        facts.push(("Brontekst", format!("{}, {} regels", source.naam, source.regels)));
        facts.push(("Kenmerk van de brontekst (SHA-256)", source.sha256.clone()));
        if let Some(from) = &package.geldigheid.van {
            facts.push(("Geldt vanaf", from.clone()));
        }
        if let Some(until) = &package.geldigheid.tot {
            facts.push(("Geldt tot en met", until.clone()));
        }
    }
    if !info.covered.is_empty() {
        facts.push(("Uitgewerkte onderdelen", info.covered.join(", ")));
    }
    About {
        shell: Shell::new(world, "over"),
        title: info.title.clone(),
        facts,
        text: match (&world.text, other_text(book)) {
            (None, _) => "De brontekst zelf is op deze server niet geladen; er staan alleen regelnummers.",
            (Some(_), true) => {
                "Op deze server is een andere tekst geladen dan die waarop het pakket rust. Regelnummers en citaten kunnen verschillen."
            }
            (Some(_), false) => {
                "Op deze server is precies deze brontekst geladen; bij elke uitspraak staan de woorden van de visie."
            }
        },
        verdicts: Outcome::ALL.into_iter().map(verdict).collect(),
        columns: COLUMNS,
        coverage: Coverage::of(world),
        unclear: world.written.inconsistencies.len(),
        kinds: kinds(book),
        choices: choices(book),
        maps: Maps::of(world),
        disclaimer: info.disclaimer.clone(),
        licences: crate::assets::known("licenties.txt"),
    }
}

fn verdict(outcome: Outcome) -> Verdict {
    let meaning = match outcome {
        Outcome::GeenBelang => "De visie noemt hier niets dat op het spel staat.",
        Outcome::Elders => "Een ander gaat hierover, zoals de gemeente of het Rijk.",
        Outcome::Gewenst => "De visie wil dit graag.",
        Outcome::Past => "Het plan past in de visie.",
        Outcome::Aandacht => "Het plan kan, maar moet ergens rekening mee houden.",
        Outcome::JaMits => "Het plan kan, als het aan voorwaarden voldoet.",
        Outcome::Onwenselijk => "De visie wil dit liever niet. Verboden is het niet.",
        Outcome::Onbekend => "Er is niet genoeg bekend om het te zeggen, of de visie zwijgt.",
        Outcome::NeeTenzij => "Het plan kan niet, tenzij aan alle voorwaarden is voldaan.",
        Outcome::Strijdig => "Het plan past zo niet in de visie.",
    };
    Verdict { class: outcome.word(), word: label(&outcome), meaning }
}
