//! `brink controleer`, and other commands on a package that is not good.

use crate::run::{brink, command, edit, file, folder, klein, klein_copy, ran, wide};
use insta::assert_snapshot;
use serde_json::json;
use std::path::Path;

/// Checks the package in a folder, from inside it, so that the length of its path makes no difference.
fn check(folder: &Path) -> (i32, String) {
    let ran = ran(command(&["controleer", "."]).current_dir(folder));
    assert_eq!(ran.err, "");
    (ran.code, ran.out)
}

#[test]
fn a_good_package() {
    let (code, out) = check(Path::new(&klein()));
    assert_eq!(code, 0);
    assert_snapshot!(out);
    assert_eq!(brink(&["controleer", "--pakket", &klein()]), brink(&["controleer", &klein()]));
}

#[test]
fn the_built_in_package_has_no_faults() {
    let ran = brink(&["controleer", "--json"]);
    let answer = ran.json();
    assert_eq!(answer["fouten"], 0, "{answer:#}");
    assert_eq!(answer["gevallen"]["mislukt"], 0);
    assert!(answer["gevallen"]["geslaagd"].as_u64().unwrap() > 100);
}

#[test]
fn findings_in_their_place() {
    let copy = klein_copy("findings");
    edit(&copy, "gebieden.yaml", "ouder: bebouwd", "ouder: bebouwt");
    edit(&copy, "normen/2.yaml", "eis: geluid-db <= 35", "eis: geluid <= 35");
    edit(&copy, "normen/2.yaml", "effect: nee-tenzij", "effect: nee-tensij");
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert_snapshot!(out);
    assert_eq!(wide(&out), [""; 0]);
}

#[test]
fn findings_in_json() {
    let copy = klein_copy("findings-json");
    edit(&copy, "gebieden.yaml", "ouder: bebouwd", "ouder: bebouwt");
    let ran = brink(&["controleer", "--json", &copy.display().to_string()]);
    assert_eq!(ran.code, 1);
    let answer = ran.json();
    assert_eq!((&answer["fouten"], &answer["waarschuwingen"]), (&json!(1), &json!(0)));
    assert_eq!(
        answer["bevindingen"],
        json!([{
            "code": "P011", "ernst": "fout", "bestand": "gebieden.yaml", "regel": 20, "kolom": 10,
            "melding": "gebied `bebouwt` bestaat niet", "hulp": "bedoeld: bebouwd?"
        }])
    );
}

#[test]
fn a_warning_counts_as_a_finding_and_a_remark_does_not() {
    let copy = klein_copy("warning");
    edit(&copy, "normen/3.yaml", "regels: [117, 120]", "regels: [117, 118]");
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert!(out.contains("waarschuwing P033") && out.ends_with("0 fouten, 1 waarschuwing\n"), "{out}");
    let copy = klein_copy("remark");
    edit(&copy, "gegevens.yaml", "  onderwerp: organisator\n", "");
    let (code, out) = check(&copy);
    assert_eq!(code, 0);
    assert!(out.contains("opmerking P032") && out.ends_with("0 fouten, 0 waarschuwingen\n"), "{out}");
}

#[test]
fn a_case_that_fails() {
    let copy = klein_copy("case");
    edit(&copy, "gevallen/klein.yaml", "oordeel: strijdig", "oordeel: past");
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert_snapshot!(out);
    let without = brink(&["controleer", "--zonder-gevallen", &copy.display().to_string()]);
    assert_eq!(without.code, 0, "{}", without.out);
    assert!(!without.out.contains("gevallen:"), "{}", without.out);
}

#[test]
fn what_no_case_proves() {
    let copy = klein_copy("unproven");
    edit(&copy, "gevallen/grenzen.yaml", "geluid-db: 35", "geluid-db: 30");
    edit(&copy, "normen/3.yaml", "effect: aandacht", "effect: elders");
    edit(
        &copy,
        "gevallen/grenzen.yaml",
        "oordeel: geen-belang\n    uitkomst: {3-01: geen-belang}",
        "oordeel: geen-belang",
    );
    for date in ["2031-01-01", "2031-01-02"] {
        let (from, to) = (format!("einddatum: \"{date}\""), format!("einddatum: \"{date}\", geluid-db: 1"));
        edit(&copy, "gevallen/grenzen.yaml", &from, &to);
    }
    let text = std::fs::read_to_string(copy.join("gevallen/grenzen.yaml")).unwrap();
    let text = text.replace("    oordeel: aandacht\n    uitkomst: {3-01: aandacht}", "    normen: [3-01]");
    file(&copy, "gevallen/grenzen.yaml", text);
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert_snapshot!(out);
}

#[test]
fn a_reason_instead_of_a_case() {
    let copy = klein_copy("reason");
    edit(&copy, "gevallen/grenzen.yaml", "geluid-db: 35", "geluid-db: 30");
    let explained = "eis: geluid-db <= 35\n      geen_geval: Zo precies meet niemand.";
    edit(&copy, "normen/2.yaml", "eis: geluid-db <= 35", explained);
    assert_eq!(check(&copy).0, 0);
    // Once there is a case the reason is no longer true.
    edit(&copy, "gevallen/grenzen.yaml", "geluid-db: 30", "geluid-db: 35");
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert_snapshot!(out);
    // A norm's reason does not go for its conditions.
    let copy = klein_copy("reason-elsewhere");
    edit(&copy, "gevallen/grenzen.yaml", "geluid-db: 35", "geluid-db: 30");
    edit(
        &copy,
        "normen/2.yaml",
        "als: geluid-db > 0",
        "als: geluid-db > 0\n  geen_geval: Zo precies meet niemand.",
    );
    let (code, out) = check(&copy);
    assert_eq!((code, out.matches("P042").count(), out.matches("P043").count()), (1, 1, 1), "{out}");
}

#[test]
fn a_folder_half_missing() {
    let copy = klein_copy("half");
    for name in ["termen.yaml", "gegevens.yaml", "onderdelen.yaml"] {
        std::fs::remove_file(copy.join(name)).unwrap();
    }
    std::fs::remove_dir_all(copy.join("gevallen")).unwrap();
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert_snapshot!(out);
    let path = copy.display().to_string();
    let used = ran(command(&["toets", "--activiteit", "evenement", "--pakket", "."]).current_dir(&copy));
    assert_eq!((used.code, used.out.as_str()), (2, ""));
    assert_snapshot!("using_a_folder_half_missing", used.err);
    for arguments in [&["normen"][..], &["woordenlijst"], &["bron", "controleer", &crate::run::veldvisie()]] {
        let ran = brink(&[arguments, &["--pakket", &path]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("heeft 3 fouten en kan niet worden gebruikt"), "{}", ran.err);
    }
}

#[test]
fn an_empty_folder_and_no_folder() {
    let empty = folder("empty-package");
    let (code, out) = check(&empty);
    assert_eq!(code, 1);
    assert_eq!(out.matches("fout P003").count(), 7, "{out}");
    let ran = brink(&["controleer", "nergens"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "fout: map `nergens` bestaat niet of is geen map\n"));
    let ran = brink(&["controleer", &format!("{}/pakket.yaml", klein())]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("bestaat niet of is geen map"), "{}", ran.err);
}

#[test]
fn files_that_can_not_be_read() {
    let copy = klein_copy("bytes");
    file(&copy, "normen/4.yaml", b"- id: \xff");
    let ran = brink(&["controleer", &copy.display().to_string()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("normen/4.yaml` is geen UTF-8-tekst"), "{}", ran.err);
    let path = copy.join("normen/4.yaml");
    std::fs::File::create(&path).unwrap().set_len(200 << 20).unwrap();
    let ran = brink(&["controleer", &copy.display().to_string()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is 209715200 bytes, meer dan de toegestane 8388608"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_file_without_end() {
    let copy = klein_copy("endless");
    std::os::unix::fs::symlink("/dev/zero", copy.join("normen/4.yaml")).unwrap();
    let ran = brink(&["controleer", &copy.display().to_string()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("normen/4.yaml"), "{}", ran.err);
}

#[test]
fn a_file_with_another_ending_is_not_passed_over_in_silence() {
    let copy = klein_copy("yml");
    file(&copy, "normen/4.yml", "- id: 3-02\n");
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert!(out.contains("waarschuwing P004") && out.contains("normen/4.yml"), "{out}");
}

#[test]
fn a_fault_far_into_a_long_line_is_shown_narrow() {
    let copy = klein_copy("long-line");
    let long = "x".repeat(5_000);
    edit(
        &copy,
        "normen/3.yaml",
        "effect: aandacht",
        &format!("toelichting: {long}\n  effect: [aandacht, {long}]"),
    );
    let (code, out) = check(&copy);
    assert_eq!(code, 1);
    assert!(out.len() < 20_000, "{} bytes", out.len());
}

#[test]
fn schemas_are_written() {
    let place = folder("schemas");
    let ran = brink(&["schema", &place.display().to_string()]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), brink_policy::schema::all().len());
    let schema: serde_json::Value =
        serde_json::from_slice(&std::fs::read(place.join("normen.schema.json")).unwrap()).unwrap();
    assert_eq!(schema["type"], "array");
}

/// The small package with a subsidy for shops, and a case about it.
fn with_subsidy(name: &str, ends: &str, own: &str, expected: &str) -> (i32, String) {
    let copy = klein_copy(name);
    edit(
        &copy,
        "termen.yaml",
        "instrumenten:\n",
        &format!(
            "instrumenten:\n  - {{id: winkelpot, naam: Winkelpot, soort: financieel, tot: \"{ends}\"{own}}}\n"
        ),
    );
    edit(
        &copy,
        "normen/2.yaml",
        "- id: 2.2-01\n",
        "- id: 2.1.1-02\n  onderdeel: \"2.1.1\"\n  regels: [73, 73]\n  soort: instrument\n  samenvatting: De winkelpot betaalt \
         mee aan een bedrijf dat het lint open laat.\n  belangen: [stilte]\n  activiteiten: [bedrijf-vestigen]\n  uitvoering: \
         norm\n  effect: gewenst\n  voorwaarden:\n    - {id: 2.1.1-02-v1, tekst: het lint blijft open, eis: lint-blijft-open}\n  \
         instrumenten: [winkelpot]\n\n- id: 2.2-01\n",
    );
    file(
        &copy,
        "gevallen/subsidie.yaml",
        format!(
            "- id: winkelpot\n  titel: Geld voor een winkel\n  soort: subsidie\n  plan:\n    activiteit: bedrijf-vestigen\n    gegevens: \
             {{lint-blijft-open: true}}\n  verwacht: {{regeling: winkelpot, aanvraagjaar: 2026, beschikbaar: {expected}}}\n"
        ),
    );
    let (code, out) = check(&copy);
    // The cases ran, so the package has no other faults.
    assert!(out.contains("0 van een andere soort") && out.matches("fout P").count() <= 1, "{out}");
    (code, out)
}

#[test]
fn a_case_about_a_subsidy_runs_and_can_fail() {
    let (_, out) = with_subsidy("subsidy", "2027", "", "ja");
    assert!(!out.contains("P040"), "{out}");
    let (code, out) = with_subsidy("subsidy-wrong", "2027", "", "nee");
    assert_eq!(code, 1);
    assert!(out.contains("P040") && out.contains("winkelpot ja,"), "{out}");
}

#[test]
fn a_subsidy_that_has_ended_is_not_available() {
    let (_, out) = with_subsidy("subsidy-ended", "2025", "", "nee");
    assert!(!out.contains("P040"), "{out}");
    let (_, out) = with_subsidy("subsidy-last-year", "2026", "", "ja");
    assert!(!out.contains("P040"), "{out}");
}

#[test]
fn a_subsidy_with_conditions_of_its_own_is_never_surely_available() {
    let own = ", eigen_voorwaarden: die staan in de regeling";
    let (_, out) = with_subsidy("subsidy-own", "2027", own, "onder-voorwaarden");
    assert!(!out.contains("P040"), "{out}");
}
