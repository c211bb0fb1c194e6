//! The document: sections and their paragraphs.

use sha2::{Digest, Sha256};

use crate::block::{TextLine, blocks};
use crate::clean::{Lexicon, letters};
use crate::compare::ExpectedSection;
use crate::error::SourceError;
use crate::fingerprint::{Fingerprint, push_words};
use crate::limits::Limits;
use crate::lines::{Line, LineRange, decode, split};
use crate::outline::{Found, headings};
use crate::pagenumber::page_numbers;
use crate::paragraph::{Paragraph, paragraphs};

/// A vision as read from its text.
#[derive(Debug, Clone)]
pub struct Document {
    /// Number of lines in the file.
    pub lines: usize,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The sections in reading order, a parent before its children.
    pub sections: Vec<Section>,
    words: LineWords,
}

/// A section of a vision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its number, such as `5.1.2`; `0` for what comes before chapter 1.
    pub number: String,
    /// Its title; empty for what comes before chapter 1.
    pub title: String,
    /// 1 for a chapter, 2 for the sections in it, and so on; 0 for what comes before chapter 1.
    pub level: u8,
    /// Place of the section it is part of in [`Document::sections`].
    pub parent: Option<usize>,
    /// From its heading to the line before the next heading.
    pub lines: LineRange,
    /// Its paragraphs, without those of the sections in it.
    pub paragraphs: Vec<Paragraph>,
}

impl Document {
    /// Reads the text of a vision as it came out of a PDF.
    ///
    /// # Errors
    /// When the bytes are larger than the limits, or no text in UTF-8.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, SourceError> {
        let text = decode(bytes, limits)?;
        let lines = split(text, limits)?;
        let pages = page_numbers(&lines);
        let usual = usual_width(&lines);
        let found = headings(&lines, &pages, usual);
        let letters: Vec<String> = lines.iter().map(|line| letters(line.text)).collect();
        let lexicon = Lexicon::of(letters.iter().map(String::as_str));
        drop(letters);

        // What each line says: its words, without page numbers, section numbers and list markers.
        let mut says: Vec<&str> =
            lines.iter().zip(&pages).map(|(line, page)| if *page { "" } else { line.text }).collect();
        let mut sections = Vec::with_capacity(found.len() + 1);
        for (start, end, heading) in ranges(&found, &lines) {
            let body = heading.map_or(start, |heading| heading.last + 1);
            let text_lines = text_lines(&lines, &pages, body, end);
            if heading.is_none() && text_lines.is_empty() {
                continue;
            }
            if let Some(heading) = heading
                && let Some((said, line)) = says.get_mut(heading.first).zip(lines.get(heading.first))
            {
                *said = crate::heading::parse(line.text).map_or(line.text, |heading| heading.title);
            }
            let paragraphs = paragraphs(&blocks(&text_lines, usual), usual, &lexicon, |number, rest| {
                if let Some(said) = index_of(number).and_then(|index| says.get_mut(index)) {
                    *said = rest;
                }
            });
            sections.push(Section {
                number: heading.map_or_else(|| "0".to_owned(), |heading| heading.number.to_string()),
                title: heading.map_or_else(String::new, |heading| title(heading, &lexicon)),
                level: heading.map_or(0, |heading| u8::try_from(heading.number.level()).unwrap_or(u8::MAX)),
                parent: None,
                lines: LineRange::new(number_at(&lines, start), number_at(&lines, end.saturating_sub(1))),
                paragraphs,
            });
        }
        set_parents(&mut sections);
        Ok(Self {
            lines: lines.len(),
            sha256: hex(&Sha256::digest(bytes)),
            sections,
            words: LineWords::of(&says),
        })
    }

    /// The fingerprint of exactly these lines: page numbers, section numbers and list markers do not count, and
    /// neither do hyphens, spaces and punctuation. For the lines of a paragraph it is the fingerprint of the
    /// paragraph.
    ///
    /// `None` when the lines are not in the document or say nothing.
    pub fn fingerprint_of_lines(&self, from: u32, to: u32) -> Option<Fingerprint> {
        let words = self.words.between(index_of(from)?, index_of(to)?)?;
        (!words.is_empty()).then(|| Fingerprint::of_words(words))
    }

    /// Where the first paragraph with this fingerprint stands.
    pub fn find_paragraph(&self, fingerprint: Fingerprint) -> Option<LineRange> {
        self.paragraphs()
            .find(|(_, paragraph)| paragraph.fingerprint == fingerprint)
            .map(|(_, paragraph)| paragraph.lines)
    }

    /// The outline as a package keeps it: numbers, titles, lines and fingerprints, no text.
    pub fn without_text(&self) -> Vec<ExpectedSection> {
        self.sections.iter().map(ExpectedSection::from).collect()
    }

    /// The section with this number.
    pub fn section(&self, number: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.number == number)
    }

    /// The innermost section a line is in.
    pub fn section_at(&self, line: u32) -> Option<&Section> {
        let after = self.sections.partition_point(|section| section.lines.from <= line);
        after
            .checked_sub(1)
            .and_then(|index| self.sections.get(index))
            .filter(|section| section.lines.contains(line))
    }

    /// All paragraphs in reading order, each with its section.
    pub fn paragraphs(&self) -> impl Iterator<Item = (&Section, &Paragraph)> {
        self.sections
            .iter()
            .flat_map(|section| section.paragraphs.iter().map(move |paragraph| (section, paragraph)))
    }

    /// The paragraphs that share a line with the range: the words behind the lines of a statement.
    pub fn paragraphs_in(&self, lines: LineRange) -> impl Iterator<Item = (&Section, &Paragraph)> {
        self.paragraphs().filter(move |(_, paragraph)| paragraph.lines.overlaps(&lines))
    }
}

/// The words of each line, one after another.
#[derive(Debug, Clone)]
struct LineWords {
    words: String,
    /// Where the words of each line end.
    ends: Vec<usize>,
}

impl LineWords {
    fn of(says: &[&str]) -> Self {
        let mut all = Self { words: String::new(), ends: Vec::with_capacity(says.len()) };
        for text in says {
            push_words(text, &mut all.words);
            all.ends.push(all.words.len());
        }
        all
    }

    fn between(&self, from: usize, to: usize) -> Option<&str> {
        let start = from.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.words.get(start..*self.ends.get(to)?)
    }
}

/// The usual length of a full line: four in five lines are no longer.
fn usual_width(lines: &[Line<'_>]) -> usize {
    let mut widths: Vec<usize> =
        lines.iter().filter(|line| !line.is_blank()).map(|line| line.text.chars().count()).collect();
    let place = widths.len() * 4 / 5;
    if place >= widths.len() {
        return 0;
    }
    *widths.select_nth_unstable(place).1
}

/// For each section its first line, the line after its last, and its heading. The first is what comes
/// before the first heading.
fn ranges<'f>(found: &'f [Found], lines: &[Line<'_>]) -> Vec<(usize, usize, Option<&'f Found>)> {
    let starts = found.iter().map(|heading| heading.first);
    let ends = starts.clone().chain([lines.len()]);
    let headings = std::iter::once(None).chain(found.iter().map(Some));
    std::iter::once(0)
        .chain(starts)
        .zip(ends)
        .zip(headings)
        .map(|((start, end), heading)| (start, end, heading))
        .collect()
}

fn text_lines<'t>(lines: &[Line<'t>], pages: &[bool], start: usize, end: usize) -> Vec<TextLine<'t>> {
    let mut all = Vec::new();
    let mut blanks = 0;
    let mut new_page = false;
    for (line, page) in lines.iter().zip(pages).take(end).skip(start) {
        new_page |= *page || line.form_feed;
        if line.is_blank() {
            blanks += 1;
        } else if !*page {
            all.push(TextLine { line: *line, blanks, new_page, width: line.text.chars().count() });
            blanks = 0;
            new_page = false;
        }
    }
    all
}

fn title(heading: &Found, lexicon: &Lexicon) -> String {
    let mut title = String::new();
    for line in &heading.title {
        lexicon.join(&mut title, &lexicon.mend(&letters(line)));
    }
    // A full stop ends a sentence, not a title; in `e.d.` it belongs to the word.
    if let Some(bare) = title.strip_suffix('.')
        && !bare.rsplit(' ').next().unwrap_or_default().contains('.')
    {
        title.truncate(bare.len());
    }
    title
}

/// The parent of a section is the one whose number its own number starts with; where that one is missing, the
/// nearest above it.
fn set_parents(sections: &mut [Section]) {
    let mut open: Vec<(usize, String)> = Vec::new();
    for (index, section) in sections.iter_mut().enumerate() {
        while open.last().is_some_and(|(_, number)| !section.number.starts_with(&format!("{number}."))) {
            open.pop();
        }
        section.parent = open.last().map(|(parent, _)| *parent);
        open.push((index, section.number.clone()));
    }
}

fn index_of(line: u32) -> Option<usize> {
    usize::try_from(line).ok()?.checked_sub(1)
}

fn number_at(lines: &[Line<'_>], index: usize) -> u32 {
    lines.get(index).map_or(1, |line| line.number)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
