//! The page with the coverage of the source.

use crate::run::brink;

#[test]
fn the_page_in_the_docs_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/dekking.md");
    let page = std::fs::read_to_string(path).unwrap();
    let ran = brink(&["controleer", "--dekking"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(page == ran.out, "docs/dekking.md is out of date: run `cargo xtask dekking`");
}
