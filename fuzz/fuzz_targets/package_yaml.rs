//! One file of a package, whatever it says: loading it beside good files gives findings
//! with a place, or a package that does not depend on the order of its files.

#![no_main]

use brink_policy::{Depth, SourceFile, load};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // The first byte says which file it is, so that a seed is that byte and a file.
    let Some((which, text)) = data.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let mut files = brink_fuzz::files();
    let which = usize::from(which.wrapping_sub(b'a')) % files.len();
    if let Some(file) = files.get_mut(which) {
        *file = SourceFile {
            name: file.name.clone(),
            text: text.to_owned(),
        };
    }
    let loaded = load(&files, Depth::All);
    assert!(loaded.compiled.is_some() || loaded.errors() > 0);
    for finding in &loaded.findings {
        let Some(place) = &finding.place else { continue };
        let file = files.iter().find(|file| file.name == place.file).unwrap();
        assert!(place.span.start <= place.span.end);
        assert!(place.span.start <= file.text.chars().count(), "{finding}");
        assert!(place.span.line >= 1 && place.span.column >= 1, "{finding}");
    }
    if loaded.compiled.is_some() {
        files.reverse();
        assert_eq!(load(&files, Depth::Use).compiled, loaded.compiled);
    }
});
