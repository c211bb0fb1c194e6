//! The norms of an answer: the handful that matters in full, what may apply in short, what holds for every plan in a
//! line each, and the rest counted.

use super::assessment::title;
use super::questions::shown;
use super::{Styles, count, paragraph, paragraph_with, series};
use brink_assess::{Assessment, ConditionVerdict, NormVerdict, Outcome};
use brink_policy::written::StatementKind;
use std::fmt::Write;

/// How many norms that surely apply are shown; those that conflict are all shown.
const SHOWN: usize = 5;
/// How many of those may be mild.
const SHOWN_MILD: usize = 2;
/// How many norms that may apply are shown.
const SHOWN_MAYBE: usize = 2;
/// How many norms that hold for every plan are shown.
const SHOWN_GENERAL: usize = 4;

/// The norms, in parts.
pub(super) fn norms(out: &mut String, answer: &Assessment<'_>, all: bool) {
    if answer.normen.is_empty() {
        return;
    }
    if all {
        title(out, "Wat de visie zegt");
        answer.normen.iter().for_each(|norm| in_full(out, norm, true));
        legend(out, &answer.normen.iter().collect::<Vec<_>>());
        return;
    }
    let parts = Parts::of(answer);
    let maybe_first = answer.oordeel == Outcome::Onbekend && !parts.maybe.is_empty();
    if maybe_first {
        maybe(out, answer, &parts);
    }
    if !parts.shown.is_empty() {
        title(out, if maybe_first { "Wat de visie verder zegt" } else { "Wat de visie zegt" });
        // What only asks attention explains itself.
        parts.shown.iter().for_each(|norm| in_full(out, norm, norm.uitkomst > Outcome::Aandacht));
        legend(out, &parts.shown);
    }
    if !maybe_first {
        maybe(out, answer, &parts);
    }
    general(out, &parts);
    if !parts.folded.is_empty() {
        out.push('\n');
        out.push_str(&paragraph(&folded(&parts.folded), 0));
    }
}

/// Which norms are shown where.
#[derive(Default)]
struct Parts<'a> {
    shown: Vec<&'a NormVerdict<'a>>,
    maybe: Vec<&'a NormVerdict<'a>>,
    general: Vec<&'a NormVerdict<'a>>,
    folded: Vec<&'a NormVerdict<'a>>,
}

impl<'a> Parts<'a> {
    fn of(answer: &'a Assessment<'a>) -> Self {
        // Of a plan that conflicts, what stands in the way is what matters.
        let conflict = answer.oordeel == Outcome::Strijdig;
        let (room_mild, room_maybe) = if conflict { (0, 0) } else { (SHOWN_MILD, SHOWN_MAYBE) };
        let mut parts = Self::default();
        let mut mild = 0;
        for norm in &answer.normen {
            let sure = norm.van_toepassing == "ja";
            let is_mild = norm.uitkomst <= Outcome::Aandacht || !sure && weight(norm) == MILD;
            let list = if norm.uitkomst == Outcome::Strijdig {
                &mut parts.shown
            } else if norm.algemeen {
                let matters = !is_mild && (sure || !conflict) || norm.uitkomst == answer.oordeel && sure;
                let room = parts.general.len() < SHOWN_GENERAL;
                if matters && room { &mut parts.general } else { &mut parts.folded }
            } else if !sure {
                &mut parts.maybe
            } else if norm.soort != StatementKind::Instrument
                && parts.shown.len() < SHOWN
                && (!is_mild || mild < room_mild)
            {
                mild += usize::from(is_mild);
                &mut parts.shown
            } else {
                &mut parts.folded
            };
            list.push(norm);
        }
        parts.maybe.sort_by_key(|norm| weight(norm));
        // What can only be mild is worth telling when nothing weightier makes the verdict unknown.
        let weighty = parts.maybe.iter().filter(|norm| weight(norm) != MILD).count();
        let room = match weighty {
            0 if answer.oordeel == Outcome::Onbekend => room_maybe,
            _ => room_maybe.min(weighty),
        };
        let rest = parts.maybe.split_off(room.min(parts.maybe.len()));
        parts.folded.extend(rest);
        parts
    }
}

/// The weight of what can at most ask attention.
const MILD: u8 = 4;

/// What matters first of norms that may apply: what could forbid, then what could set conditions, then where the source
/// is silent.
fn weight(norm: &NormVerdict<'_>) -> u8 {
    match norm.effect {
        "verbod" | "nee-tenzij" => 0,
        "ja-mits" | "onwenselijk" => 1,
        "toegestaan" => 2,
        "bron-zwijgt" => 3,
        _ => MILD,
    }
}

/// Norms that may apply: what they say, and which question decides.
fn maybe(out: &mut String, answer: &Assessment<'_>, parts: &Parts<'_>) {
    if parts.maybe.is_empty() {
        return;
    }
    title(out, "Misschien geldt ook");
    for norm in &parts.maybe {
        head(out, norm);
        let asked: Vec<usize> = shown(answer, false)
            .iter()
            .enumerate()
            .filter(|(_, question)| question.normen.contains(&norm.id))
            .map(|(n, _)| n + 1)
            .collect();
        let text = match asked.as_slice() {
            [] => norm.waarom.clone(),
            [one] => format!("Dat hangt af van vraag {one} hieronder."),
            [first, .., last] if asked.len() > 2 && in_a_row(&asked) => {
                format!("Dat hangt af van de vragen {first} tot en met {last} hieronder.")
            }
            more => format!(
                "Dat hangt af van de vragen {} hieronder.",
                series(&more.iter().map(usize::to_string).collect::<Vec<_>>())
            ),
        };
        out.push_str(&paragraph(&text, 4));
    }
}

fn in_a_row(numbers: &[usize]) -> bool {
    numbers.iter().zip(numbers.iter().skip(1)).all(|(one, next)| one + 1 == *next)
}

fn general(out: &mut String, parts: &Parts<'_>) {
    if parts.general.is_empty() {
        return;
    }
    title(out, "Zoals voor vrijwel elk plan");
    for norm in &parts.general {
        let style = Styles::outcome(norm.uitkomst);
        let word = if norm.van_toepassing == "ja" { norm.uitkomst.word() } else { "misschien" };
        let text = format!("{style}{word}{style:#}: {} ({})", norm.samenvatting, norm.id);
        out.push_str(&paragraph_with(&text, "  - ", "    "));
    }
}

/// What is folded, counted by what it means for the plan.
fn folded(norms: &[&NormVerdict<'_>]) -> String {
    let with = |outcomes: &[Outcome]| norms.iter().filter(|norm| outcomes.contains(&norm.uitkomst)).count();
    let is_open = |norm: &NormVerdict<'_>| norm.voorwaarden.iter().any(|one| one.uitkomst != "voldaan");
    let open_wishes = norms.iter().filter(|norm| norm.uitkomst == Outcome::Gewenst && is_open(norm)).count();
    let words = [
        (with(&[Outcome::NeeTenzij, Outcome::JaMits]), "regel met voorwaarden", "regels met voorwaarden"),
        (with(&[Outcome::Onbekend]), "regel die misschien geldt", "regels die misschien gelden"),
        (with(&[Outcome::Onwenselijk]), "regel die dit liever niet wil", "regels die dit liever niet willen"),
        (with(&[Outcome::Aandacht]), "aandachtspunt", "aandachtspunten"),
        (with(&[Outcome::Past]), "regel waaraan het plan voldoet", "regels waaraan het plan voldoet"),
        (with(&[Outcome::Gewenst]) - open_wishes, "ambitie die dit steunt", "ambities die dit steunen"),
        (open_wishes, "ambitie waar het plan aan kan bijdragen", "ambities waar het plan aan kan bijdragen"),
        (with(&[Outcome::Elders]), "regel waar een ander over gaat", "regels waar een ander over gaat"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, more)| count(number, one, more))
        .collect();
    format!("Verder nog {}. Met --alles staat alles er.", series(&parts))
}

/// Outcome, place and summary.
fn head(out: &mut String, norm: &NormVerdict<'_>) {
    let style = Styles::outcome(norm.uitkomst);
    let quiet = Styles::QUIET;
    let word = if norm.van_toepassing == "nee" { "geldt niet" } else { norm.uitkomst.word() };
    let heading = format!(
        "{style}{word}{style:#} {quiet}· {} · onderdeel {}, regels {}-{}{quiet:#}",
        norm.id, norm.onderdeel, norm.bron.regels[0], norm.bron.regels[1]
    );
    out.push_str(&paragraph_with(&heading, "  ", "    "));
    out.push_str(&paragraph(norm.samenvatting, 4));
}

fn in_full(out: &mut String, norm: &NormVerdict<'_>, explained: bool) {
    head(out, norm);
    if norm.voorwaarden.is_empty() || norm.van_toepassing != "ja" {
        out.push_str(&paragraph(&norm.waarom, 4));
    }
    if norm.van_toepassing != "nee" {
        norm.voorwaarden.iter().for_each(|one| condition(out, one));
    }
    if let Some(step) = &norm.trede {
        let mut text =
            format!("Trede {} van {}: {}.", step.nummer, step.van, step.tekst.trim_end_matches('.'));
        if !step.eerst.is_empty() {
            let _ = write!(text, " Eerst aan te tonen: {}.", step.eerst.join("; "));
        }
        out.push_str(&paragraph(&text, 4));
    }
    if let Some(text) = norm.toelichting.filter(|_| explained) {
        out.push_str(&paragraph(text, 4));
    }
}

fn condition(out: &mut String, condition: &ConditionVerdict<'_>) {
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
    out.push_str(&paragraph_with(&text, &format!("{}{mark}", " ".repeat(indent)), &" ".repeat(indent + 4)));
}

/// What the marks mean, of those that are used.
fn legend(out: &mut String, norms: &[&NormVerdict<'_>]) {
    let used = |state: &str| {
        let mut conditions =
            norms.iter().filter(|norm| norm.van_toepassing != "nee").flat_map(|norm| &norm.voorwaarden);
        conditions.any(|condition| condition.uitkomst == state)
    };
    let marks: Vec<&str> =
        [("voldaan", "v = voldaan"), ("niet-voldaan", "x = niet voldaan"), ("onbekend", "? = nog te tonen")]
            .into_iter()
            .filter(|(state, _)| used(state))
            .map(|(_, text)| text)
            .collect();
    if !marks.is_empty() {
        let quiet = Styles::QUIET;
        let _ = writeln!(out, "  {quiet}{}{quiet:#}", marks.join(", "));
    }
}
