//! The words of the source, when the operator has them.

use super::words;
use crate::reader::Book;
use brink_policy::written::Statement;
use brink_source::{LineRange, Paragraph, ParagraphKind, Section};

/// A paragraph of the source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quoted {
    pub text: String,
    pub lines: String,
    pub heading: bool,
    /// The marker of a list item.
    pub marker: Option<String>,
    pub caption: bool,
}

fn of(paragraph: &Paragraph) -> Quoted {
    Quoted {
        text: paragraph.text.clone(),
        lines: words::lines([paragraph.lines.from, paragraph.lines.to]),
        heading: paragraph.kind == ParagraphKind::Heading,
        marker: match &paragraph.kind {
            ParagraphKind::ListItem { marker } => Some(marker.clone()),
            _ => None,
        },
        caption: paragraph.kind == ParagraphKind::Caption,
    }
}

/// The paragraphs in which a statement stands.
pub(crate) fn quoted(book: Book<'_>, statement: &Statement) -> Vec<Quoted> {
    in_lines(book, &[statement.regels])
}

/// The paragraphs that have some of these lines, each once and in order.
pub(crate) fn in_lines(book: Book<'_>, lines: &[[u32; 2]]) -> Vec<Quoted> {
    let Some(text) = &book.world.text else {
        return Vec::new();
    };
    let wanted: Vec<LineRange> = lines.iter().map(|[from, to]| LineRange::new(*from, *to)).collect();
    let paragraphs = text.document.paragraphs().map(|(_, paragraph)| paragraph);
    let held = paragraphs.filter(|paragraph| wanted.iter().any(|lines| lines.overlaps(&paragraph.lines)));
    held.map(of).collect()
}

/// All paragraphs of a section, those of the sections in it left out.
pub(crate) fn whole(book: Book<'_>, number: &str) -> Vec<Quoted> {
    let section: Option<&Section> = book.world.text.as_ref().and_then(|text| text.document.section(number));
    section.map(|section| section.paragraphs.iter().map(of).collect()).unwrap_or_default()
}

/// Whether there is a text, and it is not the one the package was made from.
pub(crate) fn other_text(book: Book<'_>) -> bool {
    match (&book.world.text, &book.world.written.package) {
        (Some(text), Some(package)) => !text.document.sha256.eq_ignore_ascii_case(&package.bron.sha256),
        _ => false,
    }
}
