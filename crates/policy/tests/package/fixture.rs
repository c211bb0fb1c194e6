//! Small packages in one text, and what loading says about them.

use brink_policy::{Depth, Finding, Loaded, Severity, SourceFile, load, read_folder};
use std::fmt::Write;
use std::path::Path;

/// A package without faults. A fixture names only the files that differ.
const BASE: &str = r#"
//- pakket.yaml
id: proef
titel: Proefvisie
bevoegd_gezag: Gemeente Proef
versie: "1"
taal: nl
bron: {naam: proef.txt, sha256: "00", regels: 100}
voorbehoud: Dit is een proef.
lezingen:
  - {id: ruim, vraag: Ruim of krap?, keuze: a, opties: [{id: a, naam: ruim}, {id: b, naam: krap}]}
//- onderdelen.yaml
- {nummer: "1", titel: Alles, regels: [1, 50]}
- {nummer: "2", titel: De rest, regels: [51, 100]}
//- belangen.yaml
- {id: natuur, naam: Natuur, soort: belang, omschrijving: Wat leeft.}
- {id: wonen, naam: Wonen, soort: belang, omschrijving: Een dak.}
//- activiteiten.yaml
- {id: bouwen, naam: Bouwen, omschrijving: Iets neerzetten., soort: initiatief}
- {id: schuur, naam: Schuur, ouder: bouwen, omschrijving: Een schuur neerzetten., soort: initiatief}
- {id: kappen, naam: Kappen, omschrijving: Een boom weghalen., soort: initiatief}
//- gebieden.yaml
- {id: bos, naam: Bos, soort: gebied, geometrie: vlak, begrensd: kaart, bepaling: kaart}
- {id: dennenbos, naam: Dennenbos, soort: gebied, ouder: bos, geometrie: vlak, begrensd: kaart, bepaling: kaart}
//- gegevens.yaml
- {id: hoogte-m, vraag: Hoe hoog?, type: getal, eenheid: m, herkomst: opgave}
- {id: oppervlakte-m2, vraag: Hoe groot?, type: getal, eenheid: m2, herkomst: opgave}
- {id: ingepast, vraag: Past het?, type: ja-nee, herkomst: oordeel}
- {id: kleur, vraag: Welke kleur?, type: keuze, waarden: [{id: rood, naam: rood}, {id: groen, naam: groen}], herkomst: opgave}
- {id: einde, vraag: Wanneer klaar?, type: datum, herkomst: opgave}
- {id: naam, vraag: Hoe heet het?, type: tekst, herkomst: opgave}
//- termen.yaml
partijen: [{id: buren, naam: Buren, soort: bewoners}]
documenten: [{id: schets, naam: Schets, vorm: tekening, omschrijving: Een schets.}]
instrumenten: [{id: vergunning, naam: Vergunning, soort: besluit}]
"#;

/// The files in a text: a line `//- name` starts one.
fn split(text: &str) -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("//- ") {
            files.push(SourceFile { name: name.to_owned(), text: String::new() });
        } else if let Some(file) = files.last_mut() {
            file.text.push_str(line);
            file.text.push('\n');
        }
    }
    files
}

/// A package with the files of the fixture, and the rest as it is in a package without faults; `//- without NAME`
/// leaves a file out.
pub fn files(fixture: &str) -> Vec<SourceFile> {
    let mut files = split(fixture);
    for base in split(BASE) {
        let without = format!("without {}", base.name);
        if !files.iter().any(|file| file.name == base.name || file.name == without) {
            files.push(base);
        }
    }
    files.retain(|file| !file.name.starts_with("without "));
    files
}

/// A norm of section 1, with these lines of its own.
pub fn norm(lines: &str) -> String {
    format!(
        "//- normen/1.yaml\n- id: 1-01\n  onderdeel: \"1\"\n  regels: [1, 2]\n  soort: regel\n  \
         samenvatting: Een regel.\n  belangen: [natuur]\n  uitvoering: norm\n{lines}\n"
    )
}

/// What loading the fixture finds, apart from remarks: each finding under the line it is about.
pub fn faults(fixture: &str) -> String {
    shown(fixture, |finding| finding.severity != Severity::Opmerking)
}

/// The remarks about the fixture.
pub fn remarks(fixture: &str) -> String {
    shown(fixture, |finding| finding.severity == Severity::Opmerking)
}

fn shown(fixture: &str, wanted: impl Fn(&Finding) -> bool) -> String {
    let files = files(fixture);
    let loaded = load(&files, Depth::All);
    let shown: Vec<String> = loaded
        .findings
        .iter()
        .filter(|finding| wanted(finding))
        .map(|finding| annotate(finding, &files))
        .collect();
    shown.join("\n")
}

/// A finding, the line it is about, and carets under the characters.
pub fn annotate(finding: &Finding, files: &[SourceFile]) -> String {
    let mut out = String::new();
    if let Some(place) = &finding.place {
        let span = place.span;
        let _ = write!(out, "{}:{}:{} ", place.file, span.line, span.column);
        let _ = writeln!(out, "{} {}: {}", finding.severity, finding.code, finding.message);
        let line = files
            .iter()
            .find(|file| file.name == place.file)
            .and_then(|file| file.text.lines().nth(span.line.checked_sub(1)?))
            .unwrap_or("<geen regel>");
        let rest = line.chars().count().saturating_sub(span.column - 1);
        let carets = span.end.saturating_sub(span.start).min(rest).max(1);
        let _ = writeln!(out, "  | {line}");
        let _ = writeln!(out, "  | {}{}", " ".repeat(span.column - 1), "^".repeat(carets));
    } else {
        let _ = writeln!(out, "{} {}: {}", finding.severity, finding.code, finding.message);
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(out, "  = {help}");
    }
    out
}

/// The folder with the small made-up package.
pub fn klein() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/klein");
    read_folder(&folder).unwrap()
}

/// Replaces a piece of a file, which must be there exactly once.
pub fn edit(files: &mut [SourceFile], name: &str, from: &str, to: &str) {
    let file = files.iter_mut().find(|file| file.name == name).unwrap();
    assert_eq!(file.text.matches(from).count(), 1, "`{from}` in {name}");
    file.text = file.text.replace(from, to);
}

/// Loads with everything checked.
pub fn load_all(files: &[SourceFile]) -> Loaded {
    load(files, Depth::All)
}
