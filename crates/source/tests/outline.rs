//! The outline of a made-up vision with the troubles of a real one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail the test")]

use std::fmt::Write;

use brink_source::{Document, Limits};

fn read() -> Document {
    Document::read(include_bytes!("fixtures/veldvisie.txt"), &Limits::default()).unwrap()
}

#[test]
fn tree_and_paragraphs() {
    let document = read();
    let mut tree = String::new();
    for section in &document.sections {
        let indent = "  ".repeat(usize::from(section.level));
        writeln!(tree, "{indent}{} {} [{}]", section.number, section.title, section.lines).unwrap();
        for paragraph in &section.paragraphs {
            writeln!(tree, "{indent}  - {} {}: {}", paragraph.kind.name(), paragraph.lines, paragraph.text)
                .unwrap();
        }
    }
    insta::assert_snapshot!(tree);
}

#[test]
fn json() {
    let mut document = read();
    document.sections.retain(|section| section.number.starts_with("2.1.1"));
    for section in &mut document.sections {
        section.parent = None;
    }
    insta::assert_json_snapshot!(document);
}

#[test]
fn outline_without_text() {
    let document = read();
    insta::assert_json_snapshot!(document.without_text()[4]);
    let json = serde_json::to_string(&document.without_text()).unwrap();
    assert!(!json.contains("beheerder"));
    let back: Vec<brink_source::ExpectedSection> = serde_json::from_str(&json).unwrap();
    assert_eq!(back, document.without_text());
    assert!(brink_source::compare(&document, &back).is_empty());
}

#[test]
fn finds_its_way_by_line() {
    let document = read();
    assert_eq!(document.section_at(1).unwrap().number, "0");
    let stilte = document.section("2.1").unwrap();
    assert_eq!(document.section_at(stilte.lines.to).unwrap().number, "2.1");
    assert!(document.section_at(0).is_none() && document.section_at(10_000).is_none());
    let first = &stilte.paragraphs[1];
    assert_eq!(document.find_paragraph(first.fingerprint), Some(first.lines));
    let behind: Vec<_> =
        document.paragraphs_in(first.lines).map(|(section, _)| section.number.as_str()).collect();
    assert_eq!(behind, ["2.1"]);
    assert_eq!(document.fingerprint_of_lines(1, 10_000), None);
    assert_eq!(document.fingerprint_of_lines(5, 4), None);
    assert_eq!(document.fingerprint_of_lines(0, 4), None);
}
