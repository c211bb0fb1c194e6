//! Which lines are the headings of the section tree.
//!
//! A line is a heading when it looks like one ([`crate::heading`]), when it stands free of the sentence
//! before it, and when its number fits the tree so far: the first child of the section before it, its next
//! sibling, or the next sibling of an ancestor. So figure captions, decimals and numbered lists stay out.

use std::collections::HashMap;

use crate::heading::{Heading, Number, parse};
use crate::lines::Line;

/// Longest second line of a title, in characters.
const LONGEST_REST: usize = 60;
/// Most further lines of a title.
const MOST_REST: usize = 2;
/// Headings in a row, nothing between them, that make a table of contents when they return later on.
const CONTENTS_RUN: usize = 4;

/// A heading and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub number: Number,
    /// The lines of the title, without the number.
    pub title: Vec<String>,
    /// Indexes of its first and last line.
    pub first: usize,
    pub last: usize,
}

/// The headings of the document, in reading order. `pages`: which lines are page numbers; `usual`: the usual length of a
/// full line.
pub(crate) fn headings(lines: &[Line<'_>], pages: &[bool], usual: usize) -> Vec<Found> {
    let surroundings = Surroundings { lines, pages, usual };
    let candidates = surroundings.candidates();
    // For each number the last place where it might be a heading.
    let last_place: HashMap<&Number, usize> =
        candidates.iter().map(|c| (&c.heading.number, c.index)).collect();

    // For each candidate the number of the next one below a chapter.
    let mut next_deeper: Vec<Option<&Number>> = Vec::with_capacity(candidates.len());
    let mut deeper = None;
    for candidate in candidates.iter().rev() {
        next_deeper.push(deeper);
        if candidate.heading.number.level() > 1 {
            deeper = Some(&candidate.heading.number);
        }
    }
    next_deeper.reverse();

    let mut found: Vec<Found> = Vec::new();
    let mut path = Number::new(Vec::new());
    let mut dotted_chapters = None;
    for (position, candidate) in candidates.iter().enumerate() {
        let Heading { number, dotted, title } = &candidate.heading;
        if found.last().is_some_and(|last| candidate.index <= last.last) {
            continue;
        }
        let fits = path.is_followed_by(number)
            || path.skipped_before(number).is_some_and(|skipped| {
                // A number is left out, and it does not turn up later.
                candidate.after_gap
                    && is_sentence_case(title)
                    && skipped.iter().all(|s| last_place.get(s).is_none_or(|place| *place < candidate.index))
            });
        if !fits {
            continue;
        }
        // `2. Missie` is a chapter only when chapters are written so, otherwise an item of a list.
        if number.level() == 1 && *dotted {
            let first_child = number.parts().iter().copied().chain([1]).collect();
            let has_child = next_deeper.get(position).copied().flatten() == Some(&Number::new(first_child));
            if dotted_chapters == Some(false) || !has_child {
                continue;
            }
        }
        if number.level() == 1 {
            dotted_chapters = Some(*dotted);
        }
        path = number.clone();
        found.push(surroundings.with_rest_of_title(candidate));
    }
    found
}

struct Candidate<'t> {
    index: usize,
    heading: Heading<'t>,
    /// A blank line, a page start or the start of the file comes before it.
    after_gap: bool,
}

struct Surroundings<'l, 't> {
    lines: &'l [Line<'t>],
    pages: &'l [bool],
    usual: usize,
}

impl<'t> Surroundings<'_, 't> {
    fn line(&self, index: usize) -> Option<&Line<'t>> {
        self.lines.get(index)
    }

    fn is_gap(&self, index: usize) -> bool {
        self.line(index).is_none_or(Line::is_blank) || self.pages.get(index).copied().unwrap_or(false)
    }

    fn candidates(&self) -> Vec<Candidate<'t>> {
        let mut all = Vec::new();
        let mut before_is_heading = false;
        for (index, line) in self.lines.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|i| self.line(i));
            let blank_before =
                line.form_feed || index.checked_sub(1).is_none_or(|before| self.is_gap(before));
            let heading = parse(line.text);
            let number = line.text.split(char::is_whitespace).next().map_or(0, str::len);
            // The heading would have fitted on the line before it: the break was meant.
            let meant = before.is_some_and(|l| (l.text.chars().count() + 1 + number) * 100 < self.usual * 85);
            let ended = before.is_some_and(|l| ends_sentence(l.text) || l.text.ends_with([':', ';']));
            // A page starts with a space; so do lines in the middle of a sentence.
            let after_gap = blank_before || (line.indented && (ended || meant));
            let heading = heading.filter(|_| after_gap || before_is_heading || (ended && meant));
            before_is_heading = heading.is_some();
            all.extend(heading.map(|heading| Candidate { index, heading, after_gap }));
        }
        self.without_contents(all)
    }

    /// Leaves out a table of contents: headings in a row that come back later.
    fn without_contents(&self, all: Vec<Candidate<'t>>) -> Vec<Candidate<'t>> {
        let mut last: HashMap<(Number, String), usize> = HashMap::new();
        for candidate in &all {
            last.insert((candidate.heading.number.clone(), key(candidate.heading.title)), candidate.index);
        }
        let comes_back = |candidate: &Candidate<'_>| {
            let title = candidate.heading.title;
            let without_page = title.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            [title, without_page].iter().any(|title| {
                let place = last.get(&(candidate.heading.number.clone(), key(title)));
                place.is_some_and(|place| *place > candidate.index)
            })
        };
        // Number of the run each candidate belongs to, and the length of each run.
        let mut runs: Vec<usize> = Vec::with_capacity(all.len());
        let mut lengths: Vec<usize> = Vec::new();
        let mut previous: Option<usize> = None;
        for candidate in &all {
            let joins =
                previous.is_some_and(|p| (p + 1..candidate.index).all(|between| self.is_gap(between)));
            match lengths.last_mut().filter(|_| joins) {
                Some(length) => *length += 1,
                None => lengths.push(1),
            }
            runs.push(lengths.len() - 1);
            previous = Some(candidate.index);
        }
        let in_run: Vec<bool> =
            runs.iter().map(|run| lengths.get(*run).is_some_and(|length| *length >= CONTENTS_RUN)).collect();
        all.into_iter()
            .zip(in_run)
            .filter(|(candidate, in_run)| !(*in_run && comes_back(candidate)))
            .map(|(candidate, _)| candidate)
            .collect()
    }

    /// A title may go on, on a next line that is short and ends the block: in lower case, or after a word
    /// that cannot be the last.
    fn with_rest_of_title(&self, candidate: &Candidate<'_>) -> Found {
        let mut title = vec![candidate.heading.title.to_owned()];
        let mut last = candidate.index;
        for size in 1..=MOST_REST {
            let rest = (candidate.index + 1)..=(candidate.index + size);
            let whole = rest.clone().all(|i| {
                !self.is_gap(i) && self.line(i).is_some_and(|l| l.text.chars().count() <= LONGEST_REST)
            });
            if !whole {
                break;
            }
            let end = candidate.index + size;
            let joins = rest.clone().all(|i| {
                let before = if i == candidate.index + 1 {
                    candidate.heading.title
                } else {
                    self.line(i - 1).map_or("", |l| l.text)
                };
                self.line(i).is_some_and(|line| goes_on(before, line.text))
            });
            if joins && (self.is_gap(end + 1) || self.line(end + 1).is_some_and(|l| parse(l.text).is_some()))
            {
                title.extend(rest.filter_map(|i| self.line(i)).map(|line| line.text.to_owned()));
                last = end;
                break;
            }
        }
        Found { number: candidate.heading.number.clone(), title, first: candidate.index, last }
    }
}

/// Whether a title goes on in the next line.
fn goes_on(title: &str, next: &str) -> bool {
    if parse(next).is_some() || ends_sentence(next) || next.ends_with([':', ';', ',']) {
        return false;
    }
    let last_word = title.rsplit(char::is_whitespace).next().unwrap_or_default();
    next.starts_with(char::is_lowercase)
        || title.ends_with(['-', ',', '/', '&', '\u{ad}'])
        || ["en", "of", "van", "voor", "de", "het", "een", "in", "op", "met"].contains(&last_word)
}

/// Whether the text ends as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| matches!(c, ')' | '’' | '”' | '\'' | '"') || c.is_whitespace())
        .ends_with(['.', '!', '?', '…'])
}

/// `Rust en ruimte`, not `TWh wind`: the first word is a capital and then small letters.
fn is_sentence_case(title: &str) -> bool {
    let word: String =
        title.chars().skip_while(|c| !c.is_alphabetic()).take_while(|c| c.is_alphabetic()).collect();
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() > 0
        && letters.all(char::is_lowercase)
        && !ends_sentence(title)
}

/// A title without what may differ between the table of contents and the text.
fn key(title: &str) -> String {
    let mut key = String::new();
    crate::fingerprint::push_words(title, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::lines::split;

    fn outline(text: &str) -> Vec<String> {
        let lines = split(text, &Limits::default()).unwrap();
        let pages = vec![false; lines.len()];
        headings(&lines, &pages, 40)
            .into_iter()
            .map(|f| format!("{} {}", f.number, f.title.join(" | ")))
            .collect()
    }

    #[test]
    fn follows_the_tree() {
        let text =
            "Vooraf\n 1 Essentie\n\ntekst\n 2 Doel\n\n2.1 Waarom\ntekst.\n2.1.1 Hoe\n\n2.2 Wie\n\n 3 Slot\n";
        assert_eq!(outline(text), ["1 Essentie", "2 Doel", "2.1 Waarom", "2.1.1 Hoe", "2.2 Wie", "3 Slot"]);
    }

    #[test]
    fn takes_no_list_decimal_or_reference_for_a_heading() {
        let text = "1 Begin\n\nDe doelen zijn:\n1. Rust in het veld\n2. Ruimte voor water\n\n\
            In de koers\n1.0 En het plan\n1.1 Geen kop want midden in een zin\n\n\
            Figuur 1.1. Rust\n\nzie paragraaf\n2 Ook Niet\n\n2 Wel\n";
        assert_eq!(outline(text), ["1 Begin", "2 Wel"]);
    }

    #[test]
    fn joins_titles_over_two_lines() {
        let text = "1 Rol, sturing en \n Instrumenten\n\n1.1 Robuust \n watersysteem\n\nTekst.\n\n1.2 Rust\nwij willen dat het stil blijft.\n\n1.3 Ruimte\nRust\n\n";
        assert_eq!(
            outline(text),
            ["1 Rol, sturing en | Instrumenten", "1.1 Robuust | watersysteem", "1.2 Rust", "1.3 Ruimte"]
        );
    }

    #[test]
    fn passes_over_a_table_of_contents() {
        let text = "Inhoud\n1 Begin 3\n1.1 Rust 3\n1.2 Ruimte 4\n2 Slot 5\n\n1 Begin\n\ntekst\n\n1.1 Rust\n\ntekst\n\n1.2 Ruimte\n\ntekst\n\n2 Slot\n\ntekst\n";
        assert_eq!(outline(text), ["1 Begin", "1.1 Rust", "1.2 Ruimte", "2 Slot"]);
        let text = "Inhoud\n1 Begin ..... 3\n1.1 Rust ..... 3\n\n1 Begin\n\n1.1 Rust\n";
        assert_eq!(outline(text), ["1 Begin", "1.1 Rust"]);
    }

    #[test]
    fn takes_dotted_chapters_when_they_are_chapters() {
        let text =
            "1. Begin\n\n1.1. Rust\n\nLijst:\n1. Een\n2. Twee\n\n1.2. Ruimte\n\n2. Slot\n\n2.1. Eind\n";
        assert_eq!(outline(text), ["1 Begin", "1.1 Rust", "1.2 Ruimte", "2 Slot", "2.1 Eind"]);
    }

    #[test]
    fn steps_over_a_missing_number() {
        let text = "1 Begin\n\n1.1 Rust\n\ntekst\n\n1.3 Ruimte\n\ntekst\n\n2 Slot\n";
        assert_eq!(outline(text), ["1 Begin", "1.1 Rust", "1.3 Ruimte", "2 Slot"]);
        let text = "1 Begin\n\n1.1 Rust\n\n1.3 Ruimte is schaars hier\n\n1.2 Water\n\n1.3 Lucht\n";
        assert_eq!(outline(text), ["1 Begin", "1.1 Rust", "1.2 Water", "1.3 Lucht"]);
    }
}
