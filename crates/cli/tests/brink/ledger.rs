//! The page with the coverage of the source.

use crate::run::{brink, command, edit, klein, klein_copy, ran};
use serde_json::json;

#[test]
fn the_page_in_the_docs_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/dekking.md");
    let page = std::fs::read_to_string(path).unwrap();
    let ran = brink(&["controleer", "--dekking"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(page == ran.out, "docs/dekking.md is out of date: run `cargo xtask dekking`");
}

/// Issue 3: each norm is decisive in a case, each boundary has a case just below, on and just above.
#[test]
fn the_cases_prove_every_norm_and_boundary() {
    let answer = brink(&["controleer", "--dekking", "--json"]).json();
    let proven = &answer["bewijs"];
    assert!(proven["normen"].as_u64().unwrap() > 800, "{proven:#}");
    assert_eq!(proven["beslissend"], proven["normen"], "{:#}", proven["zonder_geval"]);
    let open = proven["zonder_geval"].as_array().unwrap();
    assert!(open.iter().all(|lack| lack["reden"].is_string()), "{open:#?}");
    assert!(open.len() <= 3, "exceptions are few: {open:#?}");
}

#[test]
fn the_ledger_says_what_is_not_proven() {
    let proven = brink(&["controleer", "--dekking", "--json", &klein()]).json()["bewijs"].clone();
    assert_eq!(proven["normen"], 7);
    let copy = klein_copy("ledger");
    edit(&copy, "gevallen/grenzen.yaml", "geluid-db: 35", "geluid-db: 30");
    edit(
        &copy,
        "normen/2.yaml",
        "      eis: geluid-db <= 35\n",
        "      eis: geluid-db <= 35\n      geen_geval: Zo precies meet niemand.\n",
    );
    let page = ran(command(&["controleer", "--dekking", "."]).current_dir(&copy));
    let line = "\n* 2.1.1-01, geen geval op de grens van `geluid-db <= 35`: Zo precies meet niemand.\n";
    assert!(page.out.contains(line), "{}", page.out);
    let without =
        ran(command(&["controleer", "--dekking", "--zonder-gevallen", "--json", "."]).current_dir(&copy));
    assert_eq!(without.json()["bewijs"], json!(null));
}
