//! Searching statements, titles of sections, and the text itself when it is there.

use super::Book;
use brink_policy::written::Statement;
use brink_source::{Hit, Index, LineRange, Passage, Snippet, SourceError};

/// Most sections and statements that are shown.
const MOST_SECTIONS: usize = 12;
const MOST_STATEMENTS: usize = 60;
const MOST_PASSAGES: usize = 20;

/// The two indexes; the text has its own.
pub(super) struct Search {
    sections: Index,
    statements: Index,
}

/// A text in parts, each with whether it was asked for.
pub(crate) type Marked = Vec<(String, bool)>;

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// By title.
    pub sections: Vec<FoundSection>,
    /// Statements.
    pub statements: Vec<FoundStatement>,
    /// Pieces of the text.
    pub passages: Vec<FoundPassage>,
    /// Nothing has all the words; this has some.
    pub relaxed: bool,
    /// There are more statements than are shown.
    pub more: bool,
}

#[derive(Debug, PartialEq)]
pub(crate) struct FoundSection {
    pub number: String,
    pub title: String,
}

#[derive(Debug, PartialEq)]
pub(crate) struct FoundStatement {
    pub id: String,
    pub section: String,
    pub summary: Marked,
    /// Another piece of it, when the words are there.
    pub piece: Marked,
}

#[derive(Debug, PartialEq)]
pub(crate) struct FoundPassage {
    pub number: String,
    pub title: String,
    pub lines: String,
    pub piece: Marked,
}

impl Found {
    pub(crate) fn nothing(&self) -> bool {
        self.sections.is_empty() && self.statements.is_empty() && self.passages.is_empty()
    }
}

impl Search {
    pub(super) fn of(book: Book<'_>) -> Result<Self, SourceError> {
        let written = &book.world.written;
        let sections = Index::of(written.sections.iter().map(|section| Passage {
            number: section.nummer.clone(),
            title: section.titel.clone(),
            lines: range(section.regels),
            paragraphs: vec![(range(section.regels), section.titel.clone())],
            first: 0,
        }))?;
        let statements = Index::of(written.statements.iter().map(|statement| Passage {
            number: statement.id.clone(),
            title: statement.samenvatting.clone(),
            lines: range(statement.regels),
            paragraphs:
                texts(book, statement).into_iter().map(|text| (range(statement.regels), text)).collect(),
            first: 0,
        }))?;
        Ok(Self { sections, statements })
    }

    pub(super) fn find(&self, book: Book<'_>, question: &str) -> Found {
        let ask = |index: &Index, most: usize| {
            index
                .search(question, most)
                .inspect_err(|error| tracing::error!(%error, "search"))
                .unwrap_or_default()
        };
        let sections = ask(&self.sections, MOST_SECTIONS);
        let mut statements = ask(&self.statements, MOST_STATEMENTS + 1);
        let passages =
            book.world.text.as_ref().map(|text| ask(&text.index, MOST_PASSAGES)).unwrap_or_default();
        let more = statements.hits.len() > MOST_STATEMENTS;
        statements.hits.truncate(MOST_STATEMENTS);
        // Sections with only some of the words are no answer beside statements that have them all.
        let whole = !statements.relaxed && !statements.hits.is_empty();
        let sections = if sections.relaxed && whole { Vec::new() } else { sections.hits };
        Found {
            relaxed: statements.relaxed,
            more,
            sections: sections
                .into_iter()
                .map(|hit| FoundSection { number: hit.number, title: hit.title })
                .collect(),
            statements: statements.hits.into_iter().filter_map(|hit| statement(book, hit)).collect(),
            passages: if passages.relaxed && whole { Vec::new() } else { passages.hits }
                .into_iter()
                .map(|hit| FoundPassage {
                    lines: hit.lines.to_string(),
                    piece: marked(&hit.snippet),
                    number: hit.number,
                    title: hit.title,
                })
                .collect(),
        }
    }
}

fn range([from, to]: [u32; 2]) -> LineRange {
    LineRange::new(from, to)
}

fn marked(snippet: &Snippet) -> Marked {
    snippet.parts().map(|(text, found)| (text.to_owned(), found)).collect()
}

fn statement(book: Book<'_>, hit: Hit) -> Option<FoundStatement> {
    let statement = book.statement(&hit.number)?;
    let own = statement.samenvatting == hit.snippet.text;
    let plain = || vec![(statement.samenvatting.clone(), false)];
    let said = hit.snippet.highlights.is_empty()
        || statement.samenvatting.contains(hit.snippet.text.trim_matches('…'));
    let title = book.section(&statement.onderdeel).map_or("", |at| &at.section.titel);
    Some(FoundStatement {
        section: format!("{} {title}", statement.onderdeel),
        summary: if own { marked(&hit.snippet) } else { plain() },
        piece: if said { Vec::new() } else { marked(&hit.snippet) },
        id: hit.number,
    })
}

/// What a statement is found by: what it says, explains and asks, and the names of what it is about.
fn texts(book: Book<'_>, statement: &Statement) -> Vec<String> {
    let words = &book.world.package.vocabulary;
    let mut texts = vec![statement.samenvatting.clone()];
    texts.extend(statement.toelichting.iter().chain(&statement.reden).chain(&statement.kans).cloned());
    let conditions = statement.voorwaarden.iter();
    texts.extend(conditions.flat_map(|c| std::iter::once(c).chain(&c.een_van)).map(|c| c.tekst.clone()));
    texts.extend(statement.uitzonderingen.iter().map(|exception| exception.tekst.clone()));
    texts.extend(statement.volgorde.iter().map(|step| step.tekst.clone()));
    let areas = statement.gebieden.iter().filter_map(|id| words.area(*words.index.areas.get(id)?));
    texts.extend(names("Gebied", areas.map(|area| area.name.as_str()).collect()));
    let activities =
        statement.activiteiten.iter().filter_map(|id| words.activity(*words.index.activities.get(id)?));
    texts.extend(names("Activiteit", activities.map(|activity| activity.name.as_str()).collect()));
    let concepts = book.concepts(&statement.id);
    texts.extend(concepts.into_iter().map(|(name, meaning)| format!("{name}: {meaning}")));
    texts
}

fn names(what: &str, names: Vec<&str>) -> Option<String> {
    (!names.is_empty()).then(|| format!("{what}: {}", names.join(", ")))
}
