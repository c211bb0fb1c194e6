//! What holds for every text.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail the test")]

use std::collections::HashSet;

use brink_source::{Document, Index, Limits, LineRange, ParagraphKind, compare};
use proptest::prelude::*;

fn read(text: &str) -> Option<Document> {
    Document::read(text.as_bytes(), &Limits::default()).ok()
}

/// Lines as they occur in a vision, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        4 => "[A-Z]?[a-zé]{1,9}( [a-z-]{1,9}){0,12}[-.:; ]?",
        2 => "[ \u{c}]?[1-3](\\.[1-3]){0,4}\\.? [A-Z][a-z]{1,8}( [a-z]{1,8}){0,3}",
        1 => "[•–-] [a-z]{1,8}( [a-z]{1,8}){0,9}[.;]?",
        1 => "[a-d1-4][.)] [A-Z][a-z]{1,8}( [a-z]{1,8}){0,9}[.;]?",
        1 => "[0-9]{1,4}",
        1 => "(Figuur|Tabel) [1-3]\\.[1-3]\\.? [A-Za-z]{1,8}",
        1 => "\\PC{0,30}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..60).prop_map(|lines| lines.join("\n"))
}

/// Puts words on lines of at most so many characters.
fn wrap(words: &[String], width: usize) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in words {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = Document::read(&bytes, &Limits::default());
    }

    #[test]
    fn any_text_is_read(text in "(\\PC|\n|\u{c}|\u{ad}| ){0,800}") {
        let _ = read(&text);
    }

    #[test]
    fn reading_is_the_same_twice(text in text()) {
        let json = |document: Option<Document>| document.map(|d| serde_json::to_string(&d).unwrap());
        prop_assert_eq!(json(read(&text)), json(read(&text)));
    }

    #[test]
    fn every_line_is_in_one_place(text in text()) {
        let Some(document) = read(&text) else { return Ok(()) };
        let lines: Vec<&str> = text.lines().collect();
        let mut seen = HashSet::new();
        for (section, paragraph) in document.paragraphs() {
            prop_assert!(section.lines.contains(paragraph.lines.from) && section.lines.contains(paragraph.lines.to));
            for line in paragraph.lines.from..=paragraph.lines.to {
                prop_assert!(seen.insert(line), "line {} twice", line);
            }
        }
        for (number, line) in (1..).zip(&lines) {
            let section = document.section_at(number);
            let heading = section.is_some_and(|s| s.level > 0 && number < s.paragraphs.first().map_or(s.lines.to + 1, |p| p.lines.from));
            let digits = line.trim_matches(|c: char| !c.is_alphanumeric());
            let page = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
            let words = line.chars().any(char::is_alphanumeric);
            prop_assert!(seen.contains(&number) || heading || page || !words, "line {} is lost: {:?}", number, line);
        }
    }

    #[test]
    fn sections_are_in_order_and_nested(text in text()) {
        let Some(document) = read(&text) else { return Ok(()) };
        let mut numbers = HashSet::new();
        let mut last: Option<LineRange> = None;
        for section in &document.sections {
            prop_assert!(numbers.insert(&section.number));
            prop_assert!(last.is_none_or(|last| last.to < section.lines.from));
            last = Some(section.lines);
            let parent = section.parent.map(|parent| &document.sections[parent]);
            if let Some(parent) = parent {
                let start = format!("{}.", parent.number);
                prop_assert!(section.number.starts_with(&start) && parent.lines < section.lines);
            }
            prop_assert_eq!(usize::from(section.level), if section.number == "0" { 0 } else { section.number.split('.').count() });
        }
    }

    #[test]
    fn a_paragraph_has_the_fingerprint_of_its_lines(text in text()) {
        let Some(document) = read(&text) else { return Ok(()) };
        for (_, paragraph) in document.paragraphs() {
            if let Some(fingerprint) = document.fingerprint_of_lines(paragraph.lines.from, paragraph.lines.to) {
                prop_assert_eq!(fingerprint, paragraph.fingerprint);
            }
        }
    }

    #[test]
    fn a_new_layout_keeps_the_fingerprint(
        words in prop::collection::vec("[a-zéë]{1,14}[,.]?|[A-Z][a-z]{1,9}|[0-9]{1,4}", 1..60),
        widths in (20_usize..120, 20_usize..120),
    ) {
        let fingerprints = |width: usize| {
            let words: Vec<String> = std::iter::once("Dit".to_owned()).chain(words.clone()).collect();
            let text = format!("1 Rust\n\n{}\n", wrap(&words, width));
            let document = read(&text).unwrap();
            document.sections[0].paragraphs.iter().map(|p| p.fingerprint).collect::<Vec<_>>()
        };
        let (one, other) = (fingerprints(widths.0), fingerprints(widths.1));
        prop_assert_eq!(one.len(), 1, "{:?}", wrap(&words, widths.0));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn nothing_changed_is_no_change(text in text(), other in text()) {
        let (Some(document), Some(other)) = (read(&text), read(&other)) else { return Ok(()) };
        prop_assert!(compare(&document, &document.without_text()).is_empty());
        let changes = compare(&other, &document.without_text());
        let same = document.without_text() == other.without_text();
        prop_assert!(same || !changes.is_empty() || document.sections.is_empty() || positions_only(&document, &other));
    }
}

/// Whether two documents say the same, with paragraphs on other lines of the same sections.
fn positions_only(one: &Document, other: &Document) -> bool {
    let words = |document: &Document| {
        document
            .sections
            .iter()
            .map(|s| {
                (s.number.clone(), s.lines, s.paragraphs.iter().map(|p| p.fingerprint).collect::<Vec<_>>())
            })
            .collect::<Vec<_>>()
    };
    words(one) == words(other)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_question_has_an_answer(text in text(), question in "\\PC{0,60}") {
        let Some(document) = read(&text) else { return Ok(()) };
        let index = Index::build(&document).unwrap();
        let answer = index.search(&question, 5).unwrap();
        prop_assert!(answer.hits.len() <= 5);
        for hit in answer.hits {
            let whole: String = hit.snippet.parts().map(|(part, _)| part).collect();
            prop_assert_eq!(whole, hit.snippet.text);
        }
    }
}

#[test]
fn large_and_strange_texts_take_no_time() {
    let texts = [
        "1. Aa\n".repeat(200_000),
        "1 Aa\n\n".repeat(100_000),
        "1 Aa\n\n1.1 Bb\n\n1.2 Cc\n\n1.3 Dd\n\n".repeat(20_000),
        "• a\n\n".repeat(100_000),
        "12\n\na\n\n".repeat(100_000),
        "Aa\n\n".repeat(150_000),
        "a ".repeat(30_000) + "\n" + &"aa- ".repeat(15_000),
        format!("{}\n\n", "a".repeat(60)).repeat(50_000),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let document = read(&text).unwrap();
        assert!(document.paragraphs().all(|(_, p)| p.kind != ParagraphKind::Caption));
        assert!(start.elapsed().as_secs() < 20, "{} bytes took {:?}", text.len(), start.elapsed());
    }
}
