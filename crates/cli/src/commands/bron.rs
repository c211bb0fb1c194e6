//! `brink bron`: the text of the vision itself: its outline, searching it, and comparing it with the package.

use crate::Status;
use crate::arguments::{Bron, BronCommand, Cli};
use crate::embedded;
use crate::error::{CliError, reason};
use crate::show::{Styles, count, paragraph, paragraph_with, tame};
use brink_policy::WrittenPackage;
use brink_source::{Change, Document, ExpectedSection, Index, Limits, LineRange, Section};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// What a package calls the text before the first section, which has no title of its own.
const PREAMBLE: &str = "Voorwerk";

/// How many hits a search shows.
const HITS: usize = 10;

pub(crate) fn run(cli: &Cli, arguments: &Bron) -> Result<Status, CliError> {
    match &arguments.command {
        BronCommand::Lees { file } => outline(cli, &read(file)?),
        BronCommand::Zoek { words, bron } => search(cli, &words.join(" "), bron.as_deref()),
        BronCommand::Controleer { file } => compare(cli, &read(file)?),
        BronCommand::Onderdelen { file } => sections(cli, &read(file)?),
    }
}

/// Reads the text of a vision.
pub(crate) fn read(path: &Path) -> Result<Document, CliError> {
    let limits = Limits::default();
    let unreadable =
        |error: std::io::Error| CliError::Unreadable { path: path.to_owned(), reason: reason(&error) };
    let limit = u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        std::fs::File::open(path)
            .map_err(unreadable)?
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
    }
    Document::read(&bytes, &limits)
        .map_err(|error| CliError::Source { what: crate::input::name(path), error })
}

fn outline(cli: &Cli, document: &Document) -> Result<Status, CliError> {
    let mut out = anstream::stdout().lock();
    if cli.json {
        serde_json::to_writer_pretty(&mut out, document).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(Status::Answered);
    }
    let quiet = Styles::QUIET;
    for section in &document.sections {
        let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
        let title = if section.title.is_empty() { "(voorwerk)" } else { section.title.as_str() };
        let line = format!(
            "{} {} {quiet}· regels {} · {}{quiet:#}",
            section.number,
            tame(title),
            section.lines,
            count(section.paragraphs.len(), "alinea", "alinea's")
        );
        write!(out, "{}", paragraph_with(&line, &indent, &format!("{indent}  ")))?;
    }
    let numbered = document.sections.iter().filter(|section| section.level > 0).count();
    let per_level: Vec<String> = (1..=5_u8)
        .map(|level| document.sections.iter().filter(|section| section.level == level).count().to_string())
        .collect();
    let paragraphs: usize = document.sections.iter().map(|section| section.paragraphs.len()).sum();
    let total = format!(
        "{numbered} genummerde onderdelen (per niveau {}), {paragraphs} alinea's, {} regels",
        per_level.join(", "),
        document.lines
    );
    write!(out, "\n{}", paragraph(&total, 0))?;
    Ok(Status::Answered)
}

/// The text to search: the one given, the one in `BRINK_BRON`, or the one the package names when it lies nearby.
fn search(cli: &Cli, query: &str, file: Option<&Path>) -> Result<Status, CliError> {
    if query.trim().is_empty() {
        return Err(CliError::Usage(
            "wat te zoeken?\n  bijvoorbeeld: brink bron zoek \"geluid nacht\" --bron visie.txt".to_owned(),
        ));
    }
    let path: PathBuf = match file {
        Some(file) => file.to_owned(),
        None => {
            let name = embedded::package(cli)?.info.source;
            let here = PathBuf::from(&name);
            if !here.is_file() {
                return Err(CliError::Usage(format!(
                    "de tekst van de visie zit niet in dit programma\n  wijs het bestand aan met --bron BESTAND of zet het pad in BRINK_BRON; het pakket is gemaakt met {name}"
                )));
            }
            here
        }
    };
    let document = read(&path)?;
    let what = || crate::input::name(&path);
    let index = Index::build(&document).map_err(|error| CliError::Source { what: what(), error })?;
    let answer = index.search(query, HITS).map_err(|error| CliError::Source { what: what(), error })?;
    let mut out = anstream::stdout().lock();
    if cli.json {
        serde_json::to_writer_pretty(&mut out, &answer).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(if answer.hits.is_empty() { Status::Findings } else { Status::Answered });
    }
    if answer.hits.is_empty() {
        writeln!(out, "niets gevonden voor `{query}`")?;
        return Ok(Status::Findings);
    }
    if answer.relaxed {
        writeln!(out, "geen onderdeel met al deze woorden; wel met een deel ervan:")?;
    }
    let (heading, quiet) = (Styles::HEADING, Styles::QUIET);
    for hit in &answer.hits {
        let line = format!(
            "{heading}{} {}{heading:#} {quiet}· regels {}{quiet:#}",
            hit.number,
            tame(&hit.title),
            hit.lines
        );
        write!(out, "{}", paragraph_with(&line, "", "  "))?;
        let text: String = hit
            .snippet
            .parts()
            .map(|(text, hit)| (tame(text), hit))
            .map(|(text, hit)| if hit { format!("{heading}{text}{heading:#}") } else { text })
            .collect();
        write!(out, "{}", paragraph(&text, 2))?;
    }
    Ok(Status::Answered)
}

/// The package's sections as the source crate compares them.
fn expected(written: &WrittenPackage) -> Vec<ExpectedSection> {
    written
        .sections
        .iter()
        .map(|section| ExpectedSection {
            number: section.nummer.clone(),
            title: if section.titel == PREAMBLE { String::new() } else { section.titel.clone() },
            lines: LineRange::new(section.regels[0], section.regels[1]),
            fingerprints: section.alineas.iter().filter_map(|p| p.vingerafdruk.parse().ok()).collect(),
            paragraph_lines: section
                .alineas
                .iter()
                .map(|p| LineRange::new(p.regels[0], p.regels[1]))
                .collect(),
        })
        .collect()
}

fn compare(cli: &Cli, document: &Document) -> Result<Status, CliError> {
    let loaded = embedded::loaded(cli)?;
    let changes = brink_source::compare(document, &expected(&loaded.written));
    let statements = |change: &Change| -> Vec<&str> {
        let Some(lines) = change.old_lines().filter(|_| change.changes_text()) else {
            return Vec::new();
        };
        loaded
            .written
            .statements
            .iter()
            .filter(|s| s.regels[0] <= lines.to && s.regels[1] >= lines.from)
            .map(|s| s.id.as_str())
            .collect()
    };
    let mut affected: Vec<&str> = changes.iter().flat_map(statements).collect();
    affected.sort_unstable();
    affected.dedup();
    let same = loaded.written.package.as_ref().is_some_and(|package| package.bron.sha256 == document.sha256);
    let mut out = anstream::stdout().lock();
    if cli.json {
        let list: Vec<Value> = changes
            .iter()
            .map(|change| {
                let mut value = json!(change);
                if let Some(object) = value.as_object_mut() {
                    object.insert("uitspraken".to_owned(), json!(statements(change)));
                }
                value
            })
            .collect();
        writeln!(
            out,
            "{:#}",
            json!({ "zelfde_bestand": same, "wijzigingen": list, "geraakte_uitspraken": affected })
        )?;
    } else if changes.is_empty() {
        let file = if same { "het is hetzelfde bestand" } else { "een ander bestand met dezelfde tekst" };
        writeln!(out, "geen verschil met het pakket: {file}")?;
    } else {
        for change in &changes {
            write!(out, "{}", paragraph(&describe(change), 0))?;
            let hit = statements(change);
            if !hit.is_empty() {
                write!(
                    out,
                    "{}",
                    paragraph(&format!("uitspraken die hierop steunen: {}", hit.join(", ")), 4)
                )?;
            }
        }
        writeln!(
            out,
            "\n{}; {} om na te lezen",
            count(changes.len(), "wijziging", "wijzigingen"),
            count(affected.len(), "uitspraak", "uitspraken")
        )?;
    }
    Ok(if changes.is_empty() { Status::Answered } else { Status::Findings })
}

fn describe(change: &Change) -> String {
    let lines = |range: Option<LineRange>| range.map_or_else(|| "?".to_owned(), |range| range.to_string());
    let (section, old, new) = (change.section(), lines(change.old_lines()), lines(change.new_lines()));
    match change {
        Change::SectionMissing { .. } => format!("onderdeel {section} ontbreekt (stond op regels {old})"),
        Change::SectionNew { .. } => format!("onderdeel {section} is nieuw (regels {new})"),
        Change::TitleChanged { .. } => format!("onderdeel {section} heeft een andere titel (regels {new})"),
        Change::SectionMoved { .. } => {
            format!("onderdeel {section} is verschoven: van regels {old} naar {new}")
        }
        Change::ParagraphChanged { .. } => {
            format!("onderdeel {section}: alinea op regels {old} is gewijzigd (nu {new})")
        }
        Change::ParagraphAdded { .. } => format!("onderdeel {section}: nieuwe alinea op regels {new}"),
        Change::ParagraphRemoved { moved_to: Some(place), .. } => {
            format!("onderdeel {section}: alinea van regels {old} staat nu elders, op regels {place}")
        }
        Change::ParagraphRemoved { .. } => format!("onderdeel {section}: alinea van regels {old} is weg"),
    }
}

/// `onderdelen.yaml` for a package: places and fingerprints, no text.
fn sections(cli: &Cli, document: &Document) -> Result<Status, CliError> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if cli.json {
        let list: Vec<Value> = document.sections.iter().map(section_json).collect();
        writeln!(out, "{:#}", json!(list))?;
        out.flush()?;
        return Ok(Status::Answered);
    }
    writeln!(
        out,
        "# Onderdelen van de bron: nummer, titel, regels en per alinea een vingerafdruk; geen tekst."
    )?;
    writeln!(out, "# Gemaakt met `brink bron onderdelen`; wijzig dit bestand niet met de hand.")?;
    for section in &document.sections {
        section_yaml(&mut out, section)?;
    }
    out.flush()?;
    Ok(Status::Answered)
}

/// The title a package gives a section.
fn title(section: &Section) -> &str {
    if section.title.is_empty() { PREAMBLE } else { &section.title }
}

fn section_json(section: &Section) -> Value {
    let paragraphs: Vec<Value> = section
        .paragraphs
        .iter()
        .map(|paragraph| {
            json!({
                "regels": [paragraph.lines.from, paragraph.lines.to],
                "soort": paragraph.kind.name(),
                "vingerafdruk": paragraph.fingerprint.to_string(),
            })
        })
        .collect();
    json!({
        "nummer": section.number,
        "titel": title(section),
        "regels": [section.lines.from, section.lines.to],
        "alineas": paragraphs,
    })
}

fn section_yaml(out: &mut impl Write, section: &Section) -> std::io::Result<()> {
    let title = title(section);
    writeln!(out, "- nummer: \"{}\"", section.number)?;
    writeln!(out, "  titel: {}", json!(title))?;
    writeln!(out, "  regels: [{}, {}]", section.lines.from, section.lines.to)?;
    if !section.paragraphs.is_empty() {
        writeln!(out, "  alineas:")?;
    }
    for paragraph in &section.paragraphs {
        writeln!(
            out,
            "    - {{regels: [{}, {}], soort: {}, vingerafdruk: \"{}\"}}",
            paragraph.lines.from,
            paragraph.lines.to,
            paragraph.kind.name(),
            paragraph.fingerprint
        )?;
    }
    Ok(())
}
