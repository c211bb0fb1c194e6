//! Where the source is unclear, and how it is read.

use crate::pages::vision::address;
use crate::pages::vision::statement::Link;
use crate::pages::vision::words;
use crate::reader::Book;
use brink_policy::ReadingId;
use brink_policy::compiled::Norm;
use brink_policy::written::Inconsistency;

/// Inconsistencies of one kind.
pub(super) struct Kind {
    pub name: String,
    pub clashes: Vec<Unclear>,
}

/// One inconsistency.
pub(super) struct Unclear {
    pub id: String,
    pub clash: String,
    pub reading: String,
    pub changes: String,
    pub effect: Option<String>,
    pub sections: Vec<Link>,
    pub lines: String,
    pub statements: Vec<Link>,
}

/// The inconsistencies, by kind; the largest kind first.
pub(super) fn kinds(book: Book<'_>) -> Vec<Kind> {
    let mut kinds: Vec<(&str, Vec<Unclear>)> = Vec::new();
    for one in &book.world.written.inconsistencies {
        let clash = unclear(book, one);
        match kinds.iter_mut().find(|(kind, _)| *kind == one.soort) {
            Some((_, list)) => list.push(clash),
            None => kinds.push((&one.soort, vec![clash])),
        }
    }
    kinds.sort_by_key(|(_, list)| std::cmp::Reverse(list.len()));
    kinds.into_iter().map(|(kind, clashes)| Kind { name: words::clash(kind).to_owned(), clashes }).collect()
}

fn unclear(book: Book<'_>, one: &Inconsistency) -> Unclear {
    let sections = one.secties.iter().filter_map(|number| book.section(number));
    Unclear {
        id: one.id.clone(),
        clash: one.botst.clone(),
        reading: one.lezing.clone(),
        changes: words::changes(&one.verandert_oordeel).to_owned(),
        effect: one.gevolg.clone(),
        sections: sections
            .map(|at| {
                let number = &at.section.nummer;
                Link::to(address::section(number), format!("{number} {}", at.section.titel))
            })
            .collect(),
        lines: words::all_lines(&one.regels),
        statements: one
            .normen
            .iter()
            .filter(|id| book.statement(id).is_some())
            .map(|id| Link::to(address::statement(id), id))
            .collect(),
    }
}

/// A place that can be read in more than one way, with the norms that hang on it.
pub(super) struct Choice {
    pub id: String,
    pub question: String,
    /// What it may mean, and whether that is how it is read.
    pub options: Vec<(String, bool)>,
    pub explanation: Option<String>,
    pub clash: Option<String>,
    /// What another reading does.
    pub effect: Option<String>,
    pub norms: Vec<Link>,
}

/// The readings of the package.
pub(super) fn choices(book: Book<'_>) -> Vec<Choice> {
    let world = book.world;
    let readings = world.written.package.iter().flat_map(|package| &package.lezingen);
    readings
        .map(|reading| {
            let known = world.package.vocabulary.index.readings.get(&reading.id);
            let norms = world.package.norms.iter().filter(|norm| known.is_some_and(|id| hangs_on(norm, *id)));
            let clash = reading.inconsistentie.as_deref();
            let found = world.written.inconsistencies.iter().find(|one| Some(one.id.as_str()) == clash);
            Choice {
                id: reading.id.clone(),
                question: reading.vraag.clone(),
                options: reading
                    .opties
                    .iter()
                    .map(|option| (option.naam.clone(), option.id == reading.keuze))
                    .collect(),
                explanation: reading.toelichting.clone(),
                clash: clash.map(address::inconsistency),
                effect: found.and_then(|one| one.gevolg.clone()),
                norms: norms.map(|norm| Link::to(address::statement(&norm.id), &norm.id)).collect(),
            }
        })
        .collect()
}

fn hangs_on(norm: &Norm, reading: ReadingId) -> bool {
    let mut found = false;
    norm.expressions(&mut |expr| expr.readings(&mut |id| found |= id == reading));
    found
}
