//! The one real source, where it is at hand. It is not part of the project, and neither are its words.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail the test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use brink_source::{Document, Index, Limits, compare};

/// Sections of the vision per level, from 1: counted apart from this crate, by a script that only follows the numbers.
const SECTIONS: [usize; 5] = [9, 31, 67, 53, 21];

fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")
}

fn document() -> Option<Document> {
    let path = shared().join("bron/omgevingsvisie-drenthe-2022.txt");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let start = Instant::now();
    let document = Document::read(&bytes, &Limits::default()).unwrap();
    eprintln!("read in {:?}", start.elapsed());
    Some(document)
}

#[test]
fn has_all_sections_and_no_others() {
    let Some(document) = document() else { return };
    assert_eq!(document.lines, 7231); // The last one has no newline.

    let count = |level: usize| document.sections.iter().filter(|s| usize::from(s.level) == level).count();
    assert_eq!([1, 2, 3, 4, 5].map(count), SECTIONS);
    assert_eq!(count(0), 1);
    assert_eq!(document.sections.len(), 1 + SECTIONS.iter().sum::<usize>());
    for section in document.sections.iter().filter(|s| s.level > 1) {
        let parent = &document.sections[section.parent.unwrap()];
        assert_eq!(section.number.rsplit_once('.').unwrap().0, parent.number);
    }
    let title = |number: &str| document.section(number).unwrap().title.as_str();
    assert_eq!(title("3"), "Provinciale rol, sturing en instrumenten");
    assert_eq!(title("5"), "Uitwerking robuust sociaaleconomisch systeem");
    assert_eq!(title("9"), "Uitwerking multifunctionele gebieden");
    assert_eq!(title("7.1.6"), "Gebiedsbescherming");
}

#[test]
fn has_every_section_of_the_catalogue() {
    let Some(document) = document() else { return };
    let Ok(files) = std::fs::read_dir(shared().join("catalogus/normen")) else {
        eprintln!("skipped: the catalogue is not there");
        return;
    };
    let mut numbers = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let found =
            text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("onderdeel:"));
        numbers.extend(found.map(|number| number.trim().trim_matches(['\'', '"']).to_owned()));
    }
    assert!(numbers.len() > 150, "{numbers:?}");
    let missing: Vec<_> = numbers.iter().filter(|number| document.section(number).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_paragraph_has_its_lines_and_fingerprint() {
    let Some(document) = document() else { return };
    for (section, paragraph) in document.paragraphs() {
        assert!(!paragraph.text.is_empty());
        assert!(section.lines.contains(paragraph.lines.from) && section.lines.contains(paragraph.lines.to));
        assert_eq!(
            document.fingerprint_of_lines(paragraph.lines.from, paragraph.lines.to),
            Some(paragraph.fingerprint)
        );
    }
    assert!(compare(&document, &document.without_text()).is_empty());
}

#[test]
fn one_other_word_is_one_change() {
    let Some(document) = document() else { return };
    let text = std::fs::read_to_string(shared().join("bron/omgevingsvisie-drenthe-2022.txt")).unwrap();
    let paragraph = &document.section("4.4.2.3").unwrap().paragraphs[1];
    let changed = |line: (u32, &str)| match line {
        (number, _) if number == paragraph.lines.from => "Anders dan eerst gaat dit nu over iets".to_owned(),
        (_, line) => line.to_owned(),
    };
    let other: Vec<String> = (1..).zip(text.lines()).map(changed).collect();
    let other = Document::read(other.join("\n").as_bytes(), &Limits::default()).unwrap();
    let changes = compare(&other, &document.without_text());
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].old_lines(), Some(paragraph.lines));
    assert_eq!(changes[0].section(), "4.4.2.3");

    // A new layout is no change of words.
    let other =
        Document::read(format!("\n{}", text.replace("  ", " ")).as_bytes(), &Limits::default()).unwrap();
    assert!(compare(&other, &document.without_text()).iter().all(|change| !change.changes_text()));
}

#[test]
fn can_be_searched() {
    let Some(document) = document() else { return };
    let start = Instant::now();
    let index = Index::build(&document).unwrap();
    eprintln!("indexed in {:?}", start.elapsed());
    let answer = index.search("geluid nacht", 10).unwrap();
    assert!(!answer.relaxed);
    assert!(answer.hits.iter().any(|hit| hit.number.starts_with("4.4.2")), "{answer:?}");
}
