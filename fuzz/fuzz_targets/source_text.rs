//! The text of a vision: sections and paragraphs stand in order inside the text, and a text is no different from
//! itself.

#![no_main]

use brink_source::{Document, Limits, compare};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(document) = Document::read(data, &Limits::default()) else {
        return;
    };
    for section in &document.sections {
        assert!(section.lines.from <= section.lines.to && section.lines.to as usize <= document.lines);
        for paragraph in &section.paragraphs {
            assert!(paragraph.lines.from >= section.lines.from && paragraph.lines.to <= section.lines.to);
        }
    }
    assert_eq!(compare(&document, &document.without_text()), []);
    serde_json::to_vec(&document).unwrap();
});
