//! Files made to hurt: a clear finding, quickly, and never a panic.

use crate::fixture::{faults, files, load_all, norm};
use brink_policy::{Depth, SourceFile, load};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Far more than any of these takes, far less than what they could take.
const QUICK: Duration = Duration::from_secs(30);

/// Loads a package in which one file is `text`, and gives what is wrong with it.
fn with(name: &str, text: String) -> Vec<String> {
    let mut files = files("");
    files.retain(|file| file.name != name);
    files.push(SourceFile { name: name.to_owned(), text });
    let start = Instant::now();
    let loaded = load(&files, Depth::All);
    let took = start.elapsed();
    assert!(took < QUICK, "took {took:?}");
    loaded.findings.iter().map(ToString::to_string).collect()
}

fn has(findings: &[String], part: &str) {
    let some: Vec<&String> = findings.iter().take(5).collect();
    assert!(findings.iter().any(|finding| finding.contains(part)), "`{part}` in {some:#?}");
}

#[test]
fn anchors_that_would_unfold_into_a_billion() {
    let mut bomb = String::from("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (one, next) in ('a'..'i').zip('b'..='i') {
        let _ = writeln!(bomb, "{next}: &{next} [{}]", vec![format!("*{one}"); 9].join(", "));
    }
    has(&with("normen/1.yaml", bomb), "normen/1.yaml:1:4: fout P001: ankers en verwijzingen");
}

#[test]
fn lists_and_maps_too_deep() {
    let message = "fout P001: meer dan 32 niveaus diep genest";
    has(&with("normen/1.yaml", "[".repeat(500_000)), message);
    has(&with("normen/1.yaml", "- ".repeat(500_000)), message);
    has(&with("normen/1.yaml", "{a: ".repeat(100_000)), message);
    let stairs: String = (0..500).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    has(&with("normen/1.yaml", stairs), message);
}

#[test]
fn question_marks_and_flow_keys_too_deep() {
    has(&with("normen/1.yaml", "? ".repeat(100_000)), "fout P001");
    has(&with("normen/1.yaml", "[{".repeat(100_000)), "fout P001");
}

#[test]
fn file_too_large() {
    has(
        &with("normen/1.yaml", "#".repeat((8 << 20) + 1)),
        "normen/1.yaml:1:1: fout P001: bestand is 8388609 bytes, meer dan de toegestane 8388608",
    );
}

#[test]
fn file_with_too_many_nodes() {
    has(
        &with("normen/1.yaml", "- a\n".repeat(1_000_001)),
        "fout P001: bestand heeft meer dan 1000000 onderdelen",
    );
}

#[test]
fn long_scalar_line_and_comment() {
    let half = 4 << 20;
    has(&with("normen/1.yaml", "a".repeat(half)), "fout P002: hier hoort een lijst");
    has(&with("normen/1.yaml", format!("- \"{}\"", "a".repeat(half))), "fout P002");
    assert_eq!(with("normen/1.yaml", format!("#{}\n[]", " ".repeat(half))).len(), 1);
    has(&with("normen/1.yaml", format!("- {}: b", "a".repeat(half))), "fout P00");
    has(&with("normen/1.yaml", "\n".repeat(half) + "- a"), "normen/1.yaml:4194305:3: fout P002");
}

#[test]
fn thousands_of_faults_are_all_found_and_no_more() {
    let rows: String = (0..20_000).map(|n| format!("- {{id: gebied-{n}}}\n")).collect();
    let found = with("gebieden.yaml", rows);
    assert_eq!(found.iter().filter(|finding| finding.contains("sleutel `naam` ontbreekt")).count(), 20_000);
}

#[test]
fn one_value_with_thousands_of_unknown_keys() {
    let mut row = String::from("- id: 1-01\n");
    for n in 0..20_000 {
        let _ = writeln!(row, "  sleutel-{n}: 1");
    }
    has(&with("normen/1.yaml", row), "onbekende sleutel `sleutel-0`");
}

#[test]
fn unknown_ids_by_the_thousand() {
    let ids: Vec<String> = (0..20_000).map(|n| format!("gebied-{n}")).collect();
    let found = with(
        "normen/1.yaml",
        norm(&format!("  effect: aandacht\n  gebieden: [{}]", ids.join(", ")))
            .replace("//- normen/1.yaml\n", ""),
    );
    has(&found, "gebied `gebied-0` bestaat niet");
}

/// Activities, each below the one before.
fn chain(count: usize) -> String {
    (0..count)
        .map(|n| {
            let parent = n.checked_sub(1).map_or(String::new(), |above| format!("ouder: a{above}, "));
            format!("- {{id: a{n}, naam: A, {parent}omschrijving: A., soort: initiatief}}\n")
        })
        .collect()
}

#[test]
fn a_long_chain_of_activities() {
    has(&with("activiteiten.yaml", chain(5_000)), "P0");
}

#[test]
fn more_activities_than_fit() {
    let many: String = (0..70_000)
        .map(|n| format!("- {{id: a{n}, naam: A, omschrijving: A., soort: initiatief}}\n"))
        .collect();
    has(&with("activiteiten.yaml", many), "P005");
}

#[test]
fn areas_that_are_each_the_complement_of_many() {
    let mut areas = String::new();
    for n in 0..2_000 {
        let _ = writeln!(
            areas,
            "- {{id: g{n}, naam: G, soort: gebied, ouder: g0, complement_van: g1, geometrie: vlak, begrensd: kaart, bepaling: kaart}}"
        );
    }
    has(&with("gebieden.yaml", areas), "P012");
}

#[test]
fn norms_that_switch_off_all_before_them() {
    let mut norms = String::new();
    for n in 1..=1_500 {
        let _ = writeln!(
            norms,
            "- {{id: 1-{n}, onderdeel: \"1\", regels: [1, 2], soort: regel, samenvatting: Een., belangen: [natuur], uitvoering: norm, effect: aandacht, als: ingepast, schakelt_uit: {{normen: [1-{}]}}}}",
            n + 1
        );
    }
    has(&with("normen/1.yaml", norms), "P011");
}

#[test]
fn odd_characters() {
    for text in [
        "\u{0}",
        "\u{feff}[]",
        "\u{feff}- id: 1-01",
        "- \t- a",
        "%YAML 9.9\n---\n[]",
        "- \u{85}\u{2028}",
        "- !<\u{202e}> a",
        "\r\r\r- a\r",
        "---\n...\n---",
        "- |9\n a",
        "- 'a\n\n\nb",
        "&",
        "*",
        "!",
        "@",
        "`",
        "- ? - ? -",
    ] {
        // Whatever it says, it says something about this file or takes it as an empty list.
        let found = with("normen/1.yaml", text.to_owned());
        assert!(
            found.iter().all(|finding| finding.contains("normen/1.yaml") || finding.contains("P032")),
            "{text:?}: {found:#?}"
        );
    }
}

#[test]
fn an_empty_file_is_an_empty_list() {
    assert_eq!(faults("//- normen/1.yaml\n"), "");
    assert_eq!(faults("//- normen/1.yaml\n# niets\n"), "");
}

#[test]
fn no_files_at_all() {
    let loaded = load_all(&[]);
    assert!(loaded.compiled.is_none());
    assert_eq!(loaded.findings.iter().filter(|finding| finding.code == "P003").count(), 7);
}
