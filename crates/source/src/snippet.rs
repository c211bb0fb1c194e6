//! The piece of a text around the words that were found.

use std::ops::Range;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// Length of a snippet in bytes, about three lines on a screen.
const LENGTH: usize = 260;
/// Text shown before the first word that was found.
const LEAD: usize = 60;

/// A piece of text with the words that were found.
///
/// In JSON it is a row of parts, `[{"tekst": "stilte in het "}, {"tekst": "veld", "raak": true}]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text; `…` where something was left out.
    pub text: String,
    /// Where in the text the words are, in bytes, in order.
    pub highlights: Vec<Range<usize>>,
}

impl Snippet {
    /// Cuts the piece with the most marked words out of a text. The marks are in order.
    pub(crate) fn cut(text: &str, marks: &[Range<usize>]) -> Self {
        let (first, count) = densest(marks);
        let from = marks.get(first).map_or(0, |mark| mark.start.saturating_sub(LEAD));
        let last = marks.get((first + count).saturating_sub(1)).map_or(0, |mark| mark.end);
        let start = word_start(text, if last.max(LENGTH) == LENGTH { 0 } else { from });
        let end = word_end(text, (start + LENGTH).max(last));
        let mut piece = String::new();
        if start > 0 {
            piece.push('…');
        }
        let shift = piece.len();
        piece.push_str(text.get(start..end).unwrap_or_default());
        let highlights = marks
            .iter()
            .filter(|mark| mark.start >= start && mark.end <= end)
            .map(|mark| mark.start - start + shift..mark.end - start + shift);
        let highlights = highlights.collect();
        if end < text.len() {
            piece.push('…');
        }
        Self { text: piece, highlights }
    }

    /// The text in parts, each with whether it was found.
    pub fn parts(&self) -> impl Iterator<Item = (&str, bool)> {
        let ends = self.highlights.iter().map(|mark| mark.end);
        let starts = std::iter::once(0).chain(ends);
        let marks = self.highlights.iter().map(Some).chain([None]);
        starts
            .zip(marks)
            .flat_map(move |(start, mark)| {
                let before = start..mark.map_or(self.text.len(), |mark| mark.start);
                [Some((before, false)), mark.map(|mark| (mark.clone(), true))]
            })
            .flatten()
            .filter_map(|(range, found)| self.text.get(range).map(|part| (part, found)))
            .filter(|(part, _)| !part.is_empty())
    }
}

#[derive(Serialize)]
struct Part<'s> {
    tekst: &'s str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    raak: bool,
}

impl Serialize for Snippet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_seq(None)?;
        for (tekst, raak) in self.parts() {
            parts.serialize_element(&Part { tekst, raak })?;
        }
        parts.end()
    }
}

/// The first mark and the number of marks of the fullest piece.
fn densest(marks: &[Range<usize>]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut first = 0;
    for (last, mark) in marks.iter().enumerate() {
        while marks.get(first).is_some_and(|start| mark.end > start.start + LENGTH - LEAD) && first < last {
            first += 1;
        }
        if last + 1 - first > best.1 {
            best = (first, last + 1 - first);
        }
    }
    best
}

/// The start of the first word at or after a place.
fn word_start(text: &str, at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let at = (at..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    text.get(at..).and_then(|rest| rest.find(' ')).map_or(at, |space| at + space + 1)
}

/// The end of the last word before a place.
fn word_end(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let at = (at..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    text.get(at..).and_then(|rest| rest.find(' ')).map_or(text.len(), |space| at + space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_a_short_text_whole() {
        let snippet = Snippet::cut("de stilte in het veld", &[3..9, 17..21]);
        assert_eq!(snippet.text, "de stilte in het veld");
        let parts: Vec<_> = snippet.parts().collect();
        assert_eq!(parts, [("de ", false), ("stilte", true), (" in het ", false), ("veld", true)]);
        let json = serde_json::to_string(&Snippet::cut("de stilte", std::slice::from_ref(&(3..9)))).unwrap();
        assert_eq!(json, r#"[{"tekst":"de "},{"tekst":"stilte","raak":true}]"#);
    }

    #[test]
    fn cuts_at_words_around_what_was_found() {
        let text = format!("{} stilte en nacht {}", "één twee drie ".repeat(60), "vier vijf zes ".repeat(60));
        let from = text.find("stilte").unwrap();
        let to = text.find("nacht").unwrap();
        let snippet = Snippet::cut(&text, &[0..5, from..from + 6, to..to + 5]);
        let found: Vec<&str> = snippet.parts().filter(|p| p.1).map(|p| p.0).collect();
        assert_eq!(found, ["stilte", "nacht"]);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'));
        assert!(snippet.text.len() < 300);
    }

    #[test]
    fn needs_nothing_found() {
        assert_eq!(Snippet::cut("", &[]).parts().count(), 0);
        assert_eq!(Snippet::cut("rust", &[]).parts().collect::<Vec<_>>(), [("rust", false)]);
    }
}
