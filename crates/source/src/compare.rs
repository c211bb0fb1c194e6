//! What became of the sections and paragraphs a package was made from.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Section};
use crate::fingerprint::Fingerprint;
use crate::lines::LineRange;
use crate::rising::longest_rising;

/// A section as a package remembers it: where it stood and what it said, without the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedSection {
    /// Its number.
    #[serde(rename = "nummer")]
    pub number: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// Its lines in the source the package was made from.
    #[serde(rename = "regels")]
    pub lines: LineRange,
    /// The fingerprint of each paragraph, in reading order.
    #[serde(rename = "vingerafdrukken", default)]
    pub fingerprints: Vec<Fingerprint>,
    /// The lines of each paragraph, in the same order. May be empty: then a change in a paragraph is
    /// reported with the lines of its section.
    #[serde(rename = "alinearegels", default, skip_serializing_if = "Vec::is_empty")]
    pub paragraph_lines: Vec<LineRange>,
}

impl From<&Section> for ExpectedSection {
    fn from(section: &Section) -> Self {
        Self {
            number: section.number.clone(),
            title: section.title.clone(),
            lines: section.lines,
            fingerprints: section.paragraphs.iter().map(|p| p.fingerprint).collect(),
            paragraph_lines: section.paragraphs.iter().map(|p| p.lines).collect(),
        }
    }
}

impl ExpectedSection {
    fn lines_of(&self, paragraph: usize) -> LineRange {
        self.paragraph_lines.get(paragraph).copied().unwrap_or(self.lines)
    }
}

/// A difference between a source and what a package remembers of it. Old lines are those the package knows, new
/// lines those of the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Change {
    /// The section is not in the document.
    #[serde(rename = "onderdeel-weg")]
    SectionMissing {
        /// Its number.
        #[serde(rename = "onderdeel")]
        number: String,
        /// Its title.
        #[serde(rename = "titel")]
        title: String,
        /// Where it was.
        #[serde(rename = "oude_regels")]
        old_lines: LineRange,
    },
    /// The section was not there before.
    #[serde(rename = "onderdeel-nieuw")]
    SectionNew {
        /// Its number.
        #[serde(rename = "onderdeel")]
        number: String,
        /// Its title.
        #[serde(rename = "titel")]
        title: String,
        /// Where it is.
        #[serde(rename = "nieuwe_regels")]
        new_lines: LineRange,
    },
    /// The section has another title.
    #[serde(rename = "titel-anders")]
    TitleChanged {
        /// Its number.
        #[serde(rename = "onderdeel")]
        number: String,
        /// The title it had.
        #[serde(rename = "oude_titel")]
        old_title: String,
        /// The title it has.
        #[serde(rename = "titel")]
        new_title: String,
        /// Where it was.
        #[serde(rename = "oude_regels")]
        old_lines: LineRange,
        /// Where it is.
        #[serde(rename = "nieuwe_regels")]
        new_lines: LineRange,
    },
    /// The section says the same, on other lines.
    #[serde(rename = "onderdeel-verschoven")]
    SectionMoved {
        /// Its number.
        #[serde(rename = "onderdeel")]
        number: String,
        /// Where it was.
        #[serde(rename = "oude_regels")]
        old_lines: LineRange,
        /// Where it is.
        #[serde(rename = "nieuwe_regels")]
        new_lines: LineRange,
    },
    /// A paragraph says something else.
    #[serde(rename = "alinea-anders")]
    ParagraphChanged {
        /// The number of its section.
        #[serde(rename = "onderdeel")]
        number: String,
        /// Where it was.
        #[serde(rename = "oude_regels")]
        old_lines: LineRange,
        /// Where it is.
        #[serde(rename = "nieuwe_regels")]
        new_lines: LineRange,
        /// What it said.
        #[serde(rename = "oude_vingerafdruk")]
        old: Fingerprint,
        /// What it says.
        #[serde(rename = "vingerafdruk")]
        new: Fingerprint,
    },
    /// A paragraph was not there before.
    #[serde(rename = "alinea-nieuw")]
    ParagraphAdded {
        /// The number of its section.
        #[serde(rename = "onderdeel")]
        number: String,
        /// Where it is.
        #[serde(rename = "nieuwe_regels")]
        new_lines: LineRange,
        /// What it says.
        #[serde(rename = "vingerafdruk")]
        new: Fingerprint,
    },
    /// A paragraph is gone from its section.
    #[serde(rename = "alinea-weg")]
    ParagraphRemoved {
        /// The number of its section.
        #[serde(rename = "onderdeel")]
        number: String,
        /// Where it was.
        #[serde(rename = "oude_regels")]
        old_lines: LineRange,
        /// What it said.
        #[serde(rename = "oude_vingerafdruk")]
        old: Fingerprint,
        /// Where the same words stand now, elsewhere in the document.
        #[serde(rename = "nu_op_regels", skip_serializing_if = "Option::is_none")]
        moved_to: Option<LineRange>,
    },
}

impl Change {
    /// The number of the section.
    pub fn section(&self) -> &str {
        match self {
            Self::SectionMissing { number, .. }
            | Self::SectionNew { number, .. }
            | Self::TitleChanged { number, .. }
            | Self::SectionMoved { number, .. }
            | Self::ParagraphChanged { number, .. }
            | Self::ParagraphAdded { number, .. }
            | Self::ParagraphRemoved { number, .. } => number,
        }
    }

    /// The lines in the old source that the change is about, if it is about any.
    pub fn old_lines(&self) -> Option<LineRange> {
        match self {
            Self::SectionMissing { old_lines, .. }
            | Self::TitleChanged { old_lines, .. }
            | Self::SectionMoved { old_lines, .. }
            | Self::ParagraphChanged { old_lines, .. }
            | Self::ParagraphRemoved { old_lines, .. } => Some(*old_lines),
            Self::SectionNew { .. } | Self::ParagraphAdded { .. } => None,
        }
    }

    /// The lines in the document that the change is about, if it is about any.
    pub fn new_lines(&self) -> Option<LineRange> {
        match self {
            Self::SectionNew { new_lines, .. }
            | Self::TitleChanged { new_lines, .. }
            | Self::SectionMoved { new_lines, .. }
            | Self::ParagraphChanged { new_lines, .. }
            | Self::ParagraphAdded { new_lines, .. } => Some(*new_lines),
            Self::SectionMissing { .. } | Self::ParagraphRemoved { .. } => None,
        }
    }

    /// Whether words changed: not when a section only moved.
    pub fn changes_text(&self) -> bool {
        !matches!(self, Self::SectionMoved { .. })
    }
}

/// Compares a document with what is expected of it. The changes are in the order of the document; sections that
/// are gone come where they were expected.
pub fn compare(document: &Document, expected: &[ExpectedSection]) -> Vec<Change> {
    let sections: HashMap<&str, &Section> =
        document.sections.iter().map(|s| (s.number.as_str(), s)).collect();
    let remembered: HashMap<&str, &ExpectedSection> =
        expected.iter().map(|e| (e.number.as_str(), e)).collect();
    let mut places: HashMap<Fingerprint, LineRange> = HashMap::new();
    for (_, paragraph) in document.paragraphs() {
        places.entry(paragraph.fingerprint).or_insert(paragraph.lines);
    }

    let mut changes = Vec::new();
    let mut waiting = expected.iter().filter(|e| !sections.contains_key(e.number.as_str())).peekable();
    for section in &document.sections {
        // Sections that are gone and stood before this one.
        if let Some(here) = remembered.get(section.number.as_str()) {
            while let Some(gone) = waiting.next_if(|gone| gone.lines < here.lines) {
                changes.push(missing(gone));
            }
            compare_section(section, here, &places, &mut changes);
        } else {
            changes.push(Change::SectionNew {
                number: section.number.clone(),
                title: section.title.clone(),
                new_lines: section.lines,
            });
        }
    }
    changes.extend(waiting.map(missing));
    changes
}

fn missing(gone: &ExpectedSection) -> Change {
    Change::SectionMissing { number: gone.number.clone(), title: gone.title.clone(), old_lines: gone.lines }
}

fn compare_section(
    section: &Section,
    expected: &ExpectedSection,
    places: &HashMap<Fingerprint, LineRange>,
    changes: &mut Vec<Change>,
) {
    let number = || section.number.clone();
    let before = changes.len();
    if section.title != expected.title {
        changes.push(Change::TitleChanged {
            number: number(),
            old_title: expected.title.clone(),
            new_title: section.title.clone(),
            old_lines: expected.lines,
            new_lines: section.lines,
        });
    }
    let now: Vec<Fingerprint> = section.paragraphs.iter().map(|p| p.fingerprint).collect();
    for difference in differences(&expected.fingerprints, &now) {
        let old = difference.old.and_then(|i| Some((expected.lines_of(i), *expected.fingerprints.get(i)?)));
        let new = difference.new.and_then(|i| section.paragraphs.get(i)).map(|p| (p.lines, p.fingerprint));
        changes.extend(match (old, new) {
            (Some((old_lines, old)), Some((new_lines, new))) => {
                Some(Change::ParagraphChanged { number: number(), old_lines, new_lines, old, new })
            }
            (None, Some((new_lines, new))) => {
                Some(Change::ParagraphAdded { number: number(), new_lines, new })
            }
            (Some((old_lines, old)), None) => {
                let moved_to = places.get(&old).copied();
                Some(Change::ParagraphRemoved { number: number(), old_lines, old, moved_to })
            }
            (None, None) => None,
        });
    }
    if changes.len() == before && section.lines != expected.lines {
        changes.push(Change::SectionMoved {
            number: number(),
            old_lines: expected.lines,
            new_lines: section.lines,
        });
    }
}

/// A place where two rows of paragraphs differ: changed, or only in one of them.
struct Difference {
    old: Option<usize>,
    new: Option<usize>,
}

/// The differences between two rows of paragraphs. Paragraphs that occur once in both are matched first, the longest
/// series in the same order; then equal neighbours of those; what lies between is paired in order.
fn differences(old: &[Fingerprint], new: &[Fingerprint]) -> Vec<Difference> {
    let mut all = Vec::new();
    let mut from = (0, 0);
    let end = (old.len(), new.len());
    for (old_anchor, new_anchor) in anchors(old, new).into_iter().chain([end]) {
        let gap_old = old.get(from.0..old_anchor).unwrap_or_default();
        let gap_new = new.get(from.1..new_anchor).unwrap_or_default();
        let same = |(one, other): &(&Fingerprint, &Fingerprint)| one == other;
        let head = gap_old.iter().zip(gap_new).take_while(same).count();
        let rest = gap_old.len().min(gap_new.len()) - head;
        let tail = gap_old.iter().rev().zip(gap_new.iter().rev()).take(rest).take_while(same).count();
        let olds = (from.0 + head)..(old_anchor - tail);
        let news = (from.1 + head)..(new_anchor - tail);
        let both = olds.len().max(news.len());
        all.extend(
            (0..both).map(|i| Difference { old: olds.clone().nth(i), new: news.clone().nth(i) }).filter(
                |d| {
                    let pair = d.old.and_then(|i| old.get(i)).zip(d.new.and_then(|i| new.get(i)));
                    pair.is_none_or(|(one, other)| one != other)
                },
            ),
        );
        from = (old_anchor + 1, new_anchor + 1);
    }
    all
}

/// Paragraphs that occur once in both rows, in the longest series that keeps their order.
fn anchors(old: &[Fingerprint], new: &[Fingerprint]) -> Vec<(usize, usize)> {
    let once = |row: &[Fingerprint]| {
        let mut places: HashMap<Fingerprint, Option<usize>> = HashMap::new();
        for (index, fingerprint) in row.iter().enumerate() {
            places.entry(*fingerprint).and_modify(|place| *place = None).or_insert(Some(index));
        }
        places
    };
    let (in_old, in_new) = (once(old), once(new));
    let pairs: Vec<(usize, usize)> = old
        .iter()
        .enumerate()
        .filter(|(_, fingerprint)| in_old.get(fingerprint).is_some_and(Option::is_some))
        .filter_map(|(index, fingerprint)| Some((index, in_new.get(fingerprint).copied().flatten()?)))
        .collect();
    longest_rising(&pairs, |pair| pair.1).into_iter().filter_map(|i| pairs.get(i).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    const TEXT: &str = "\
1 Rust

In het veld is het stil.

Er rijden geen auto's.

De nacht is er donker.

2 Ruimte

Er is plaats voor water.

2.1 Water

Het water staat hoog.
";

    fn read(text: &str) -> Document {
        Document::read(text.as_bytes(), &Limits::default()).unwrap()
    }

    fn changes(text: &str) -> Vec<String> {
        let expected = read(TEXT).without_text();
        compare(&read(text), &expected)
            .iter()
            .map(|change| {
                let lines = |lines: Option<LineRange>| lines.map_or("-".to_owned(), |l| l.to_string());
                let json = serde_json::to_value(change).unwrap();
                format!(
                    "{} {} {} {}",
                    json["soort"].as_str().unwrap(),
                    change.section(),
                    lines(change.old_lines()),
                    lines(change.new_lines())
                )
            })
            .collect()
    }

    #[test]
    fn is_silent_about_what_stayed() {
        assert_eq!(changes(TEXT), Vec::<String>::new());
        assert_eq!(
            changes(&TEXT.replace("In het veld is", "In het veld  is").replace("stil.", "stil!")),
            Vec::<String>::new()
        );
    }

    #[test]
    fn tells_what_a_paragraph_became() {
        assert_eq!(changes(&TEXT.replace("geen auto's", "weinig auto's")), ["alinea-anders 1 5-5 5-5"]);
        assert_eq!(
            changes(&TEXT.replace("Er rijden geen auto's.\n\n", "")),
            [
                "alinea-weg 1 5-5 -",
                "onderdeel-verschoven 2 9-12 7-10",
                "onderdeel-verschoven 2.1 13-15 11-13"
            ]
        );
        assert_eq!(
            changes(&TEXT.replace("Het water staat hoog.\n", "Het water staat hoog.\n\nEr is een brug.\n")),
            ["alinea-nieuw 2.1 - 17-17"]
        );
    }

    #[test]
    fn tells_what_a_section_became() {
        assert_eq!(changes(&TEXT.replace("2 Ruimte", "2 Plaats")), ["titel-anders 2 9-12 9-12"]);
        assert_eq!(
            changes(
                &TEXT.replace("2.1 Water\n\nHet water staat hoog.\n", "3 Lucht\n\nDe lucht is schoon.\n")
            ),
            ["onderdeel-nieuw 3 - 13-15", "onderdeel-weg 2.1 13-15 -"]
        );
        assert_eq!(changes(&format!("\n\n{TEXT}")).len(), 3);
    }

    #[test]
    fn says_where_a_paragraph_went() {
        let text = TEXT
            .replace("De nacht is er donker.\n\n", "")
            .replace("hoog.\n", "hoog.\n\nDe nacht is er donker.\n");
        let found = compare(&read(&text), &read(TEXT).without_text());
        let moved = found.iter().find_map(|change| match change {
            Change::ParagraphRemoved { moved_to, .. } => *moved_to,
            _ => None,
        });
        assert_eq!(moved, Some(LineRange::new(15, 15)));
    }

    #[test]
    fn falls_back_on_the_lines_of_the_section() {
        let mut expected = read(TEXT).without_text();
        expected.iter_mut().for_each(|e| e.paragraph_lines.clear());
        let found = compare(&read(&TEXT.replace("geen auto's", "weinig auto's")), &expected);
        assert_eq!(found[0].old_lines(), Some(LineRange::new(1, 8)));
    }

    #[test]
    fn matches_repeated_paragraphs() {
        let f = |text: &str| text.chars().map(|c| Fingerprint::of(&c.to_string())).collect::<Vec<_>>();
        let shape = |old: &str, new: &str| {
            differences(&f(old), &f(new))
                .iter()
                .map(|d| format!("{:?}>{:?}", d.old, d.new))
                .collect::<Vec<_>>()
        };
        assert_eq!(shape("aba", "aba"), Vec::<String>::new());
        assert_eq!(shape("axaxa", "axaxxa").len(), 1);
        assert_eq!(shape("abcd", "abxcd"), ["None>Some(2)"]);
        assert_eq!(shape("abcd", "adbc"), ["None>Some(1)", "Some(3)>None"]);
        assert_eq!(shape("", "a"), ["None>Some(0)"]);
    }
}
