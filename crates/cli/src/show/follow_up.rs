//! What follows from an answer: who decides, with whom to talk, procedures, papers, money and chances.

use super::assessment::title;
use super::{count, paragraph, paragraph_with};
use brink_assess::{Assessment, InstrumentUse};
use brink_policy::written::Available;
use std::fmt::Write;

/// How many of one list are shown before the rest is folded.
const SHOWN: usize = 8;
/// How many subsidies and programmes are shown before the rest is folded.
const SHOWN_MEANS: usize = 5;

/// All of it.
pub(super) fn follow_up(out: &mut String, answer: &Assessment<'_>, all: bool) {
    let line = |text: String, maybe: bool, norms: &[&str]| Line { text, maybe, norms: norms.join(", ") };
    let mut deciders: Vec<Line> =
        answer.bevoegd.iter().map(|one| line(one.naam.to_owned(), one.misschien, &one.normen)).collect();
    list(out, "Wie beslist", &mut deciders, all);
    let mut talks: Vec<Line> = answer
        .overleg
        .iter()
        .map(|talk| line(format!("{}, over {}", talk.naam, talk.waarover), talk.misschien, &talk.normen))
        .collect();
    list(out, "Met wie te overleggen", &mut talks, all);
    let mut procedures: Vec<Line> = answer
        .procedures
        .iter()
        .map(|procedure| {
            let mut text = format!("{}: {}", procedure.naam, procedure.tekst.trim_end_matches('.'));
            if let Some(term) = procedure.termijn {
                let _ = write!(text, "; termijn {term}");
            }
            if !procedure.wie.is_empty() {
                let names: Vec<&str> = procedure.wie.iter().map(|party| party.naam).collect();
                let _ = write!(text, "; bij {}", names.join(" en "));
            }
            line(text, procedure.misschien, &procedure.normen)
        })
        .collect();
    list(out, "Procedure", &mut procedures, all);
    let mut documents: Vec<Line> =
        answer.documenten.iter().map(|one| line(one.naam.to_owned(), one.misschien, &one.normen)).collect();
    list(out, "Mee te nemen", &mut documents, all);
    means(out, answer, all);
    let mut chances: Vec<Line> =
        answer.kansen.iter().map(|chance| line(chance.tekst.to_owned(), false, &[chance.norm])).collect();
    list(out, "Kansen die de visie noemt", &mut chances, all);
    if answer.bevoegd.is_empty() {
        out.push('\n');
        out.push_str(&paragraph("Wie over dit plan beslist, zegt de visie niet.", 0));
    }
}

struct Line {
    text: String,
    maybe: bool,
    norms: String,
}

/// What is sure first, and then what only holds if its norm turns out to apply.
fn list(out: &mut String, heading: &str, lines: &mut [Line], all: bool) {
    if lines.is_empty() {
        return;
    }
    title(out, heading);
    lines.sort_by_key(|line| line.maybe);
    let shown = if all { lines.len() } else { SHOWN };
    for line in lines.iter().take(shown).filter(|line| all || !line.maybe) {
        let maybe = if line.maybe { "misschien: " } else { "" };
        let text = format!("{maybe}{} ({})", line.text, line.norms);
        out.push_str(&paragraph_with(&text, "  - ", "    "));
    }
    let maybe: Vec<String> = lines
        .iter()
        .take(shown)
        .filter(|line| !all && line.maybe)
        .map(|line| format!("{} ({})", line.text, line.norms))
        .collect();
    if !maybe.is_empty() {
        let text = format!("misschien ook: {}", maybe.join("; "));
        out.push_str(&paragraph_with(&text, "  - ", "    "));
    }
    if lines.len() > shown {
        let text = format!("en nog {} (--alles)", lines.len() - shown);
        out.push_str(&paragraph(&text, 2));
    }
}

/// Subsidies and programmes, with how they stand on the date of judgement. Laws and notes are in the answer as JSON.
fn means(out: &mut String, answer: &Assessment<'_>, all: bool) {
    let mut list: Vec<&InstrumentUse<'_>> = answer
        .instrumenten
        .iter()
        .filter(|one| one.beschikbaar.is_some() || one.soort == Some("programma"))
        .collect();
    if list.is_empty() {
        return;
    }
    // What can carry the plan first, and what has ended last.
    list.sort_by_key(|one| (one.stand == "afgelopen", one.beschikbaar.is_none(), one.beschikbaar));
    title(out, "Subsidies en programma's");
    let shown = if all { list.len() } else { SHOWN_MEANS };
    for one in list.iter().take(shown) {
        let text = format!("{}: {} ({})", one.naam, standing(one), one.normen.join(", "));
        out.push_str(&paragraph_with(&text, "  - ", "    "));
    }
    if list.len() > shown {
        let ended = list.iter().skip(shown).filter(|one| one.stand == "afgelopen").count();
        let rest = list.len() - shown;
        let text = match ended {
            0 => format!("en nog {rest} (--alles)"),
            _ => format!("en nog {rest}, waarvan {} (--alles)", count(ended, "afgelopen", "afgelopen")),
        };
        out.push_str(&paragraph(&text, 2));
    }
}

fn standing(one: &InstrumentUse<'_>) -> String {
    let until = one.tot.unwrap_or("onbekend");
    let time = match one.stand {
        "afgelopen" => return format!("afgelopen, liep tot en met {until}"),
        "nog-niet" => return format!("begint pas in {}", one.van.unwrap_or("de toekomst")),
        "loopt" => format!("loopt tot en met {until}"),
        _ => "de visie noemt geen einddatum".to_owned(),
    };
    match one.beschikbaar {
        Some(Available::Ja) => format!("past bij dit plan; {time}"),
        Some(Available::OnderVoorwaarden) => match one.voorwaarden {
            Some(reason) => format!("misschien; {reason}; {time}"),
            None => format!("misschien, dat hangt van de voorwaarden af; {time}"),
        },
        Some(Available::Nee) => format!("niet voor dit plan; {time}"),
        None => time,
    }
}
