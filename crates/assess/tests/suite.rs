//! What cases prove about norms and boundaries, on a package made for it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use brink_assess::{CaseResult, Options, Side, Suite};
use brink_policy::{Depth, Loaded, SourceFile, load};

const WORDS: &[(&str, &str)] = &[
    (
        "pakket.yaml",
        r#"{id: proef, titel: Proef, bevoegd_gezag: Proef, versie: "1", taal: nl,
  bron: {naam: proef.txt, sha256: "00", regels: 100}, voorbehoud: Een proef.}"#,
    ),
    ("onderdelen.yaml", r#"- {nummer: "1", titel: Alles, regels: [1, 100]}"#),
    ("belangen.yaml", "- {id: natuur, naam: Natuur, soort: belang, omschrijving: Wat leeft.}"),
    ("activiteiten.yaml", "- {id: bouwen, naam: Bouwen, omschrijving: Iets., soort: initiatief}"),
    (
        "gebieden.yaml",
        "- {id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart, bepaling: kaart}",
    ),
    (
        "gegevens.yaml",
        "- {id: hoogte-m, vraag: Hoe hoog?, type: getal, eenheid: m, herkomst: opgave}
- {id: breedte-m, vraag: Hoe breed?, type: getal, eenheid: m, maximum: 20, herkomst: opgave}
- {id: einde, vraag: Wanneer klaar?, type: datum, herkomst: opgave}
- {id: ingepast, vraag: Past het?, type: ja-nee, herkomst: oordeel}",
    ),
    ("termen.yaml", "{partijen: [], documenten: [], instrumenten: [], begrippen: []}"),
];

/// A package with these norms (each a line from its `id` on) and cases.
fn package(norms: &[&str], cases: &str) -> Loaded {
    let mut text = String::new();
    for norm in norms {
        text.push_str(&format!(
            "- {{onderdeel: \"1\", regels: [1, 2], soort: regel, samenvatting: Een regel., belangen: [natuur], uitvoering: norm, {norm}}}\n"
        ));
    }
    let mut files: Vec<SourceFile> =
        WORDS.iter().map(|(name, text)| SourceFile { name: (*name).into(), text: (*text).into() }).collect();
    files.push(SourceFile { name: "normen/1.yaml".into(), text });
    files.push(SourceFile { name: "gevallen/1.yaml".into(), text: cases.into() });
    let loaded = load(&files, Depth::Use);
    assert_eq!(loaded.errors(), 0, "{:#?}", loaded.findings);
    loaded
}

/// A case with these facts and expectations.
fn case(id: &str, facts: &str, expected: &str) -> String {
    format!(
        "- {{id: {id}, titel: Een geval, plan: {{activiteit: bouwen, gebieden: {{}}, gegevens: {{{facts}}}}}, verwacht: {{{expected}}}}}\n"
    )
}

/// A boundary's text and the sides on which it is not proven.
type Missing = (String, Vec<Side>);

/// What was proven of a norm.
struct Proven {
    case: Option<String>,
    boundaries: Vec<Missing>,
}

/// What the cases prove, norm by norm; all cases must pass.
fn proofs(loaded: &Loaded) -> Vec<Proven> {
    let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
    let package = loaded.compiled.as_ref().unwrap();
    let suite = Suite::run(loaded.written.cases.iter().map(|case| &case.value), package, &options);
    for (case, result) in suite.results() {
        assert_eq!(*result, CaseResult::Passed, "{}", case.id);
    }
    suite
        .proofs()
        .into_iter()
        .map(|proof| Proven {
            case: proof.case.map(str::to_owned),
            boundaries: proof.boundaries.into_iter().map(|b| (b.text, b.missing)).collect(),
        })
        .collect()
}

/// What is missing at the only boundary of the only norm.
fn missing(norm: &str, cases: &str) -> Missing {
    let mut all = proofs(&package(&[norm], cases));
    assert_eq!((all.len(), all[0].boundaries.len()), (1, 1));
    all.remove(0).boundaries.remove(0)
}

#[test]
fn a_norm_is_proven_by_a_verdict_that_is_another_without_it() {
    let norms = ["id: 1-01, effect: verbod", "id: 1-02, effect: aandacht"];
    let cases = case("klein", "", "oordeel: strijdig");
    let found = proofs(&package(&norms, &cases));
    assert_eq!(found[0].case.as_deref(), Some("klein"));
    // The prohibition decides; the other could as well not be there.
    assert_eq!(found[1].case, None);
}

#[test]
fn a_norm_is_proven_by_its_own_outcome() {
    let norms = ["id: 1-01, effect: verbod", "id: 1-02, effect: aandacht"];
    let cases = case("klein", "", "oordeel: strijdig, uitkomst: {1-02: [aandacht]}");
    assert_eq!(proofs(&package(&norms, &cases))[1].case.as_deref(), Some("klein"));
}

#[test]
fn being_named_proves_nothing() {
    let norms = ["id: 1-01, effect: verbod", "id: 1-02, effect: aandacht"];
    let cases = case("klein", "", "oordeel: strijdig, normen: [1-02], berust_op: [1-02]");
    assert_eq!(proofs(&package(&norms, &cases))[1].case, None);
}

#[test]
fn a_norm_of_which_it_is_unknown_whether_it_applies_is_not_proven() {
    let norm = "id: 1-01, effect: aandacht, als: ingepast";
    let open = case("open", "", "oordeel: onbekend, uitkomst: {1-01: [onbekend]}");
    assert_eq!(proofs(&package(&[norm], &open))[0].case, None);
    let known = case("bekend", "ingepast: true", "oordeel: aandacht");
    assert_eq!(proofs(&package(&[norm], &(open + &known)))[0].case.as_deref(), Some("bekend"));
}

#[test]
fn a_norm_is_proven_by_what_it_switches_off() {
    let norms = [
        "id: 1-01, effect: toegestaan, als: ingepast, schakelt_uit: {normen: [1-02]}",
        "id: 1-02, effect: aandacht",
    ];
    let cases = case("klein", "ingepast: true", "niet_van_toepassing: [1-02]");
    assert_eq!(proofs(&package(&norms, &cases))[0].case.as_deref(), Some("klein"));
}

#[test]
fn a_boundary_wants_a_case_on_every_side() {
    let norm = "id: 1-01, effect: verbod, als: hoogte-m > 10";
    let below = case("onder", "hoogte-m: 9.9", "oordeel: geen-belang");
    let on = case("op", "hoogte-m: 10", "oordeel: geen-belang");
    let above = case("boven", "hoogte-m: 10.1", "oordeel: strijdig");
    let text = "hoogte-m > 10".to_owned();
    assert_eq!(missing(norm, ""), (text.clone(), Side::ALL.to_vec()));
    assert_eq!(missing(norm, &below), (text.clone(), vec![Side::Op, Side::Boven]));
    assert_eq!(missing(norm, &[&*below, &*above].concat()), (text.clone(), vec![Side::Op]));
    assert_eq!(missing(norm, &[below, on, above].concat()), (text, vec![]));
}

#[test]
fn a_case_far_off_proves_no_boundary() {
    let norm = "id: 1-01, effect: verbod, als: hoogte-m > 1.5";
    let at = |height| case("ergens", &format!("hoogte-m: {height}"), "oordeel: strijdig");
    assert!(missing(norm, &at("1.7")).1.contains(&Side::Boven));
    assert!(!missing(norm, &at("1.65")).1.contains(&Side::Boven));
    // One whole unit from a whole limit is near, however small the limit is.
    let norm = "id: 1-01, effect: verbod, als: hoogte-m > 2";
    assert!(!missing(norm, &at("3")).1.contains(&Side::Boven));
    assert!(missing(norm, &at("3.1")).1.contains(&Side::Boven));
}

#[test]
fn a_case_that_does_not_rest_on_the_comparison_proves_nothing() {
    let norm = "id: 1-01, effect: verbod, als: hoogte-m > 10 or ingepast";
    let cases = ["9", "10", "11"].map(|height| {
        case(&format!("h-{height}"), &format!("hoogte-m: {height}, ingepast: true"), "oordeel: strijdig")
    });
    assert_eq!(missing(norm, &cases.concat()).1, Side::ALL.to_vec());
}

#[test]
fn a_side_outside_what_a_fact_can_be_needs_no_case() {
    // Nothing is lower than 0, nor wider than 20.
    let none: Vec<Side> = Vec::new();
    let floor = case("op", "hoogte-m: 0", "oordeel: geen-belang")
        + &case("boven", "hoogte-m: 1", "oordeel: strijdig");
    assert_eq!(missing("id: 1-01, effect: verbod, als: hoogte-m > 0", &floor).1, none);
    let ceiling = case("onder", "breedte-m: 19", "oordeel: geen-belang")
        + &case("op", "breedte-m: 20", "oordeel: strijdig");
    assert_eq!(missing("id: 1-01, effect: verbod, als: breedte-m >= 20", &ceiling).1, none);
}

#[test]
fn boundaries_in_conditions_grounds_and_exceptions() {
    let norm = "id: 1-01, effect: ja-mits, als: breedte-m < 3,
  uitzonderingen: [{tekst: laag, als: hoogte-m <= 2}],
  voorwaarden: [
    {id: 1-01-v1, tekst: een, als: breedte-m >= 1, eis: hoogte-m < 8},
    {id: 1-01-v2, tekst: twee, een_van: [{id: 1-01-v2a, tekst: a, eis: ingepast}, {id: 1-01-v2b, tekst: b, eis: hoogte-m != 5}]}]";
    let texts: Vec<String> =
        proofs(&package(&[norm], ""))[0].boundaries.iter().map(|(text, _)| text.clone()).collect();
    assert_eq!(texts, ["breedte-m < 3", "hoogte-m <= 2", "breedte-m >= 1", "hoogte-m < 8", "hoogte-m != 5"]);
    // Each is turned about at its own place: these cases rest on the last one only.
    let at = |height, verdict: &str| {
        case(
            &format!("h-{height}"),
            &format!("hoogte-m: {height}, breedte-m: 0, ingepast: false"),
            &format!("oordeel: {verdict}"),
        )
    };
    let cases = [at("4", "past"), at("5", "strijdig"), at("6", "past")].concat();
    let found = proofs(&package(&[norm], &cases)).remove(0).boundaries;
    assert_eq!(found[4].1, vec![]);
    assert_eq!(found[3].1, Side::ALL.to_vec());
}

#[test]
fn dates_are_near_within_a_month() {
    let norm = "id: 1-01, effect: verbod, als: einde > date(\"2030-01-01\")";
    let at = |date, verdict: &str| {
        case(&format!("op-{date}"), &format!("einde: \"{date}\""), &format!("oordeel: {verdict}"))
    };
    let cases = at("2029-12-01", "geen-belang") + &at("2030-01-01", "geen-belang");
    let (text, missing_sides) = missing(norm, &cases);
    assert_eq!((text.as_str(), missing_sides), ("einde > date(\"2030-01-01\")", vec![Side::Boven]));
    assert_eq!(missing(norm, &at("2030-02-02", "strijdig")).1, Side::ALL.to_vec());
}

#[test]
fn two_things_of_the_plan_compared() {
    let norm = "id: 1-01, effect: verbod, als: hoogte-m > breedte-m";
    let at = |height, verdict: &str| {
        case(
            &format!("h-{height}"),
            &format!("hoogte-m: {height}, breedte-m: 5"),
            &format!("oordeel: {verdict}"),
        )
    };
    let cases = at("1", "geen-belang") + &at("5", "geen-belang") + &at("9", "strijdig");
    assert_eq!(missing(norm, &cases), ("hoogte-m > breedte-m".to_owned(), vec![]));
}

#[test]
fn a_case_that_fails_proves_nothing_and_says_what_is_missing() {
    let loaded = package(
        &["id: 1-01, effect: verbod, als: ingepast", "id: 1-02, effect: aandacht"],
        &(case("zonder", "ingepast: false", "uitkomst: {1-01: [strijdig], 1-02: [past]}")
            + &case("met", "ingepast: false", "uitkomst: {1-01: [geen-belang]}")),
    );
    let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
    let package = loaded.compiled.as_ref().unwrap();
    let suite = Suite::run(loaded.written.cases.iter().map(|case| &case.value), package, &options);
    let results: Vec<&CaseResult> = suite.results().map(|(_, result)| result).collect();
    let messages = [
        "norm 1-01 geldt niet, verwacht strijdig".to_owned(),
        "norm 1-02: aandacht, verwacht past".to_owned(),
    ];
    assert_eq!(results, [&CaseResult::Failed(messages.to_vec()), &CaseResult::Passed]);
    assert!(suite.proofs().iter().all(|proof| proof.case.is_none()));
}
