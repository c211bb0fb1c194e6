//! The small made-up package: without faults as it is, with ten mistakes after ten edits, in whatever order its files
//! come.

use crate::fixture::{annotate, edit, klein, load_all};
use brink_policy::{Depth, load};
use insta::assert_snapshot;

#[test]
fn the_small_package_has_no_findings_at_all() {
    let loaded = load_all(&klein());
    assert_eq!(loaded.findings, []);
    let package = loaded.compiled.unwrap();
    assert_eq!((package.norms.len(), package.vocabulary.facts.len()), (7, 8));
}

#[test]
fn ten_mistakes() {
    let mut files = klein();
    edit(&mut files, "activiteiten.yaml", "ouder: evenement", "ouder: evenementen");
    edit(&mut files, "activiteiten.yaml", "soort: bestuurshandeling", "soort: bestuur");
    edit(&mut files, "gebieden.yaml", "ouder: bebouwd", "ouder: lint");
    edit(&mut files, "gegevens.yaml", "  eenheid: dB\n", "");
    edit(&mut files, "belangen.yaml", "- id: wonen", "- id: Wonen");
    edit(&mut files, "normen/1.yaml", "- id: 1-01", "- id: 1-02");
    edit(&mut files, "normen/2.yaml", "regels: [49, 51]", "regels: [49, 510]");
    edit(&mut files, "normen/2.yaml", "eis: geluid-db <= 35", "eis: geluid <= 35");
    edit(&mut files, "normen/2.yaml", "  effect: nee-tenzij\n", "");
    edit(&mut files, "normen/2.yaml", "bij_niet_voldoen:", "bij_niet_voldaan:");
    edit(&mut files, "normen/3.yaml", "date(\"2031-01-01\")", "date(\"2031-1-1\")");
    edit(&mut files, "inconsistenties.yaml", "  lezing: Het lint", "  lezing: *lint");
    let loaded = load_all(&files);
    assert!(loaded.compiled.is_none());
    assert!(loaded.findings.len() >= 12, "{}", loaded.findings.len());
    for finding in &loaded.findings {
        let place = finding.place.as_ref().unwrap();
        assert!(place.span.line > 0 && place.span.column > 0, "{finding}");
        assert!(!place.file.is_empty(), "{finding}");
        assert!(finding.help.is_some(), "{finding}");
    }
    let shown: Vec<String> = loaded.findings.iter().map(ToString::to_string).collect();
    assert_snapshot!(shown.join("\n"));
    let annotated: Vec<String> = loaded.findings.iter().map(|finding| annotate(finding, &files)).collect();
    assert_snapshot!("ten_mistakes_in_their_place", annotated.join("\n"));
}

#[test]
fn files_in_another_order_compile_to_the_same() {
    let files = klein();
    let expected = load_all(&files).compiled.unwrap();
    let mut order = files.clone();
    order.reverse();
    assert_eq!(load_all(&order).compiled.unwrap(), expected);
    for _ in 0..files.len() {
        order.rotate_left(1);
        assert_eq!(load_all(&order).compiled.unwrap(), expected);
    }
}

#[test]
fn mistakes_are_found_in_the_same_order_whatever_the_order_of_the_files() {
    let mut files = klein();
    edit(&mut files, "gebieden.yaml", "ouder: bebouwd", "ouder: bebouwt");
    edit(&mut files, "normen/1.yaml", "belangen: [wonen]", "belangen: [weiden]");
    edit(&mut files, "normen/3.yaml", "belangen: [leefomgeving]", "belangen: [omgeving]");
    let expected = load_all(&files).findings;
    assert_eq!(expected.len(), 3);
    files.reverse();
    assert_eq!(load_all(&files).findings, expected);
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let bytes = || serde_json::to_vec(&load_all(&klein()).compiled).unwrap();
    assert_eq!(bytes(), bytes());
}

#[test]
fn loading_for_use_leaves_out_only_advice() {
    let mut files = klein();
    edit(&mut files, "normen/3.yaml", "regels: [117, 120]", "regels: [117, 118]");
    assert_eq!(load(&files, Depth::Use).findings, []);
    let all = load_all(&files);
    assert_eq!(all.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["P033"]);
    assert_eq!(load(&files, Depth::Use).compiled, all.compiled);
}

#[test]
fn the_hash_follows_names_and_texts() {
    let hash = |files: &[brink_policy::SourceFile]| load_all(files).compiled.unwrap().info.hash;
    let files = klein();
    let first = hash(&files);
    let mut renamed = files.clone();
    renamed.iter_mut().find(|file| file.name == "normen/3.yaml").unwrap().name = "normen/4.yaml".to_owned();
    let mut edited = files;
    edit(&mut edited, "pakket.yaml", "1.2.3", "1.2.4");
    assert_ne!(hash(&renamed), first);
    assert_ne!(hash(&edited), first);
}
