//! An assessment for people: the verdict in words, why, and what to do next.

use super::{Styles, paragraph, paragraph_with, tame};
use brink_assess::{Assessment, InterestVerdict, NormVerdict, Outcome};
use std::fmt::Write;

/// How many of the milder norms are shown before the rest is folded.
const SHOWN_MILD: usize = 5;
/// How many questions are shown before the rest is folded.
const SHOWN_QUESTIONS: usize = 6;

/// A line above an answer.
pub(crate) fn heading(text: &str) -> String {
    let style = Styles::QUIET;
    format!("{style}── {text} ──{style:#}")
}

/// The whole answer.
pub(crate) fn text(answer: &Assessment<'_>, all: bool) -> String {
    let mut out = String::new();
    head(&mut out, answer);
    norms(&mut out, answer, all);
    questions(&mut out, answer, all);
    follow_up(&mut out, answer);
    interests(&mut out, answer);
    foot(&mut out, answer);
    out
}

fn title(out: &mut String, text: &str) {
    let style = Styles::HEADING;
    let _ = writeln!(out, "\n{style}{text}{style:#}");
}

fn head(out: &mut String, answer: &Assessment<'_>) {
    let style = Styles::HEADING;
    let title = answer.titel.as_deref().unwrap_or(answer.activiteit.naam);
    out.push_str(&paragraph(&format!("{style}{}{style:#}", tame(title)), 0));
    if answer.titel.is_some() {
        out.push_str(&paragraph(&format!("Getoetst als: {}", answer.activiteit.naam), 0));
    }
    let verdict = Styles::outcome(answer.oordeel);
    let _ = writeln!(out, "\n{verdict}{}{verdict:#}", answer.oordeel.word().to_uppercase());
    out.push_str(&paragraph(&answer.samenvatting, 0));
    for reading in &answer.lezingen {
        let other: Vec<String> =
            reading.anders.iter().map(|other| format!("{} ({})", other.oordeel, other.naam)).collect();
        out.push_str(&paragraph(
            &format!(
                "Let op: de visie is hier op meer manieren te lezen. {} Gelezen is: {}. Anders gelezen: {}.",
                reading.vraag,
                reading.naam,
                other.join("; ")
            ),
            0,
        ));
    }
    for remark in &answer.meldingen {
        out.push_str(&paragraph(remark, 0));
    }
}

fn norms(out: &mut String, answer: &Assessment<'_>, all: bool) {
    if answer.normen.is_empty() {
        return;
    }
    title(out, "Wat de visie zegt");
    let mut mild = 0;
    let mut folded: Vec<&NormVerdict<'_>> = Vec::new();
    for norm in &answer.normen {
        if norm.uitkomst <= Outcome::Aandacht && norm.van_toepassing != "nee" {
            mild += 1;
            if !all && mild > SHOWN_MILD {
                folded.push(norm);
                continue;
            }
        }
        norm_text(out, norm);
    }
    if !folded.is_empty() {
        out.push_str(&paragraph(&fold(&folded), 2));
    }
}

/// What is folded, counted per outcome.
fn fold(norms: &[&NormVerdict<'_>]) -> String {
    let mut counts: Vec<(Outcome, usize)> = Vec::new();
    for norm in norms {
        match counts.iter_mut().find(|(outcome, _)| *outcome == norm.uitkomst) {
            Some((_, count)) => *count += 1,
            None => counts.push((norm.uitkomst, 1)),
        }
    }
    let parts: Vec<String> = counts.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect();
    format!(
        "En nog {} die het oordeel niet strenger maken ({}). Met --alles staan ze er alle.",
        norms.len(),
        parts.join(", ")
    )
}

fn norm_text(out: &mut String, norm: &NormVerdict<'_>) {
    let style = Styles::outcome(norm.uitkomst);
    let quiet = Styles::QUIET;
    let word = if norm.van_toepassing == "nee" { "geldt niet" } else { norm.uitkomst.word() };
    let heading = format!(
        "{style}{word}{style:#} {quiet}· {} · onderdeel {}, regels {}-{}{quiet:#}",
        norm.id, norm.onderdeel, norm.bron.regels[0], norm.bron.regels[1]
    );
    out.push_str(&paragraph_with(&heading, "  ", "    "));
    out.push_str(&paragraph(norm.samenvatting, 4));
    if norm.voorwaarden.is_empty() || norm.van_toepassing != "ja" {
        out.push_str(&paragraph(&norm.waarom, 4));
    }
    if norm.van_toepassing != "nee" {
        for condition in &norm.voorwaarden {
            let (mark, indent) = match (condition.uitkomst, condition.grond_van) {
                ("voldaan", None) => ("[v] ", 4),
                ("niet-voldaan", None) => ("[x] ", 4),
                (_, None) => ("[?] ", 4),
                ("voldaan", Some(_)) => ("(v) ", 8),
                ("niet-voldaan", Some(_)) => ("(x) ", 8),
                (_, Some(_)) => ("(?) ", 8),
            };
            let mut text = condition.tekst.to_owned();
            if let Some(reason) = condition.open {
                let _ = write!(text, " ({reason})");
            }
            out.push_str(&paragraph_with(
                &text,
                &format!("{}{mark}", " ".repeat(indent)),
                &" ".repeat(indent + 4),
            ));
        }
    }
    if let Some(step) = &norm.trede {
        let mut text =
            format!("Trede {} van {}: {}.", step.nummer, step.van, step.tekst.trim_end_matches('.'));
        if !step.eerst.is_empty() {
            let _ = write!(text, " Eerst aan te tonen: {}.", step.eerst.join("; "));
        }
        out.push_str(&paragraph(&text, 4));
    }
    if let Some(text) = norm.toelichting {
        out.push_str(&paragraph(text, 4));
    }
}

fn questions(out: &mut String, answer: &Assessment<'_>, all: bool) {
    if answer.vragen.is_empty() {
        return;
    }
    title(out, "Wat nog te weten is, het belangrijkste eerst");
    let shown = if all { answer.vragen.len() } else { SHOWN_QUESTIONS };
    for (n, question) in answer.vragen.iter().take(shown).enumerate() {
        let number = format!("{:>2}. ", n + 1);
        out.push_str(&paragraph_with(&question.vraag, &format!("  {number}"), "      "));
        let mut about = String::new();
        if !question.mogelijkheden.is_empty() {
            let names: Vec<&str> = question.mogelijkheden.iter().map(|option| option.id).collect();
            let _ = write!(about, "{}; ", names.join(" | "));
        }
        if let Some(unit) = question.eenheid {
            let _ = write!(about, "in {unit}; ");
        }
        if question.oordeel_nodig {
            about.push_str("iemand moet dit beoordelen; ");
        }
        let _ = if question.doorslaggevend {
            write!(about, "kan leiden tot {}", question.kan_leiden_tot)
        } else {
            write!(about, "telt alleen voor een belang")
        };
        out.push_str(&paragraph(&format!("({}: {about})", question.id), 6));
    }
    if answer.vragen.len() > shown {
        out.push_str(&paragraph(
            &format!("En nog {} vragen; met --alles staan ze er alle.", answer.vragen.len() - shown),
            2,
        ));
    }
}

fn maybe(maybe: bool) -> &'static str {
    if maybe { ", als de norm geldt" } else { "" }
}

fn follow_up(out: &mut String, answer: &Assessment<'_>) {
    if !answer.documenten.is_empty() {
        title(out, "Mee te nemen");
        for document in &answer.documenten {
            let text =
                format!("{} ({}{})", document.naam, document.normen.join(", "), maybe(document.misschien));
            out.push_str(&paragraph_with(&text, "  - ", "    "));
        }
    }
    if !answer.overleg.is_empty() {
        title(out, "Te overleggen");
        for talk in &answer.overleg {
            let text = format!(
                "{}: {} ({}{})",
                talk.naam,
                talk.waarover,
                talk.normen.join(", "),
                maybe(talk.misschien)
            );
            out.push_str(&paragraph_with(&text, "  - ", "    "));
        }
    }
    if !answer.procedures.is_empty() {
        title(out, "Procedure");
        for procedure in &answer.procedures {
            let mut text = format!("{}: {}", procedure.naam, procedure.tekst.trim_end_matches('.'));
            if let Some(term) = procedure.termijn {
                let _ = write!(text, "; termijn {term}");
            }
            if !procedure.wie.is_empty() {
                let names: Vec<&str> = procedure.wie.iter().map(|party| party.naam).collect();
                let _ = write!(text, "; beslist door {}", names.join(" en "));
            }
            let _ = write!(text, " ({}{})", procedure.normen.join(", "), maybe(procedure.misschien));
            out.push_str(&paragraph_with(&text, "  - ", "    "));
        }
    }
    if !answer.bevoegd.is_empty() {
        title(out, "Wie beslist");
        for party in &answer.bevoegd {
            let text = format!("{} ({}{})", party.naam, party.normen.join(", "), maybe(party.misschien));
            out.push_str(&paragraph_with(&text, "  - ", "    "));
        }
    }
    if !answer.kansen.is_empty() {
        title(out, "Kansen die de visie noemt");
        for chance in &answer.kansen {
            out.push_str(&paragraph_with(&format!("{} ({})", chance.tekst, chance.norm), "  - ", "    "));
        }
    }
}

fn interests(out: &mut String, answer: &Assessment<'_>) {
    // A broader interest says nothing new when one below it has the same verdict and range.
    let repeats = |above: &InterestVerdict<'_>| {
        answer.belangen.iter().any(|below| {
            below.oordeel == above.oordeel
                && below.bereik == above.bereik
                && lies_under(answer, below, above.id, 0)
        })
    };
    let shown: Vec<&InterestVerdict<'_>> =
        answer.belangen.iter().filter(|interest| !repeats(interest)).collect();
    if shown.len() < 2 {
        return;
    }
    title(out, "Per belang");
    for interest in shown {
        let style = Styles::outcome(interest.oordeel);
        let range = if interest.bereik.is_open() {
            format!(" (van {} tot {})", interest.bereik.mildst, interest.bereik.strengst)
        } else {
            String::new()
        };
        let first = format!("  {style}{:<12}{style:#} ", interest.oordeel.word());
        out.push_str(&paragraph_with(&format!("{}{range}", interest.naam), &first, &" ".repeat(15)));
    }
}

fn lies_under(answer: &Assessment<'_>, below: &InterestVerdict<'_>, above: &str, depth: usize) -> bool {
    depth < 10
        && below.onder.iter().any(|parent| {
            *parent == above
                || answer
                    .belangen
                    .iter()
                    .find(|interest| interest.id == *parent)
                    .is_some_and(|interest| lies_under(answer, interest, above, depth + 1))
        })
}

fn foot(out: &mut String, answer: &Assessment<'_>) {
    out.push('\n');
    out.push_str(&paragraph(answer.voorbehoud, 0));
    let receipt = &answer.bewijs;
    let quiet = Styles::QUIET;
    let hash: String = receipt.pakket.hash.chars().take(12).collect();
    let made_with = format!(
        "{quiet}{} {} ({hash}) · {} · peildatum {}{quiet:#}",
        receipt.pakket.id, receipt.pakket.versie, receipt.motor, receipt.peildatum
    );
    out.push_str(&paragraph(&made_with, 0));
}
