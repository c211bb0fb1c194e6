//! An assessment for people: the verdict in words, why, and what to do next. What matters first comes first; the rest
//! is counted, and shown with `--alles`.

use super::follow_up::follow_up;
use super::norms::norms;
use super::questions::questions;
use super::{Styles, paragraph, paragraph_with, tame};
use brink_assess::{Assessment, InterestVerdict, Outcome};
use std::fmt::Write;

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
    follow_up(&mut out, answer, all);
    interests(&mut out, answer, all);
    foot(&mut out, answer);
    out
}

pub(super) fn title(out: &mut String, text: &str) {
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

/// The interests, those with the same verdict together.
fn interests(out: &mut String, answer: &Assessment<'_>, all: bool) {
    // A broader interest says nothing new when one below it has the same verdict and range.
    let repeats = |above: &InterestVerdict<'_>| {
        answer.belangen.iter().any(|below| {
            below.oordeel == above.oordeel
                && below.bereik == above.bereik
                && lies_under(answer, below, above.id, 0)
        })
    };
    let shown: Vec<&InterestVerdict<'_>> =
        answer.belangen.iter().filter(|interest| all || !repeats(interest)).collect();
    if shown.len() < 2 {
        return;
    }
    title(out, "Per belang");
    let mut groups: Vec<(Outcome, Vec<String>)> = Vec::new();
    for interest in shown {
        let range = if all && interest.bereik.is_open() {
            format!(" ({} tot {})", interest.bereik.mildst, interest.bereik.strengst)
        } else {
            String::new()
        };
        let name = format!("{}{range}", interest.naam);
        match groups.last_mut() {
            Some((outcome, names)) if *outcome == interest.oordeel => names.push(name),
            _ => groups.push((interest.oordeel, vec![name])),
        }
    }
    for (outcome, names) in groups {
        let style = Styles::outcome(outcome);
        let first = format!("  {style}{:<12}{style:#} ", outcome.word());
        out.push_str(&paragraph_with(&names.join(", "), &first, &" ".repeat(15)));
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
