//! Expressions in words: what must hold, as questions with the answers that count.

use crate::pages::words::capital;
use askama::Template;
use askama::filters::HtmlSafe;
use brink_policy::compiled::{FactKind, Vocabulary};
use brink_policy::feel::{Arithmetic, Compare, Expr, Number};
use brink_policy::goal_words::{number, with_unit};
use brink_policy::{AreaId, Decimal, FactId};

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "visie_als.html")]
pub(crate) struct Clause {
    /// A question, or the start of a sentence.
    pub text: String,
    /// The area it is about, with the address of its map.
    pub area: Option<(String, String)>,
    /// The answer that counts, or the end of the sentence.
    pub answer: String,
    /// What it is made of; then the text is a heading.
    pub parts: Vec<Clause>,
}

impl HtmlSafe for Clause {}

impl Clause {
    fn leaf(text: impl Into<String>, answer: impl Into<String>) -> Self {
        Self { text: text.into(), area: None, answer: answer.into(), parts: Vec::new() }
    }

    /// An expression in words; nothing when it always holds.
    pub(crate) fn of(expr: &Expr, words: &Vocabulary) -> Option<Self> {
        (*expr != Expr::Constant(true)).then(|| clause(expr, false, words))
    }
}

/// `not` is pushed down to the questions, where it is the other answer.
fn clause(expr: &Expr, not: bool, words: &Vocabulary) -> Clause {
    match expr {
        Expr::Constant(value) => {
            Clause::leaf(if *value == not { "Dit geldt nooit." } else { "Dit geldt altijd." }, "")
        }
        Expr::Not(inner) => clause(inner, !not, words),
        Expr::All(parts) => several(parts, not, not, words),
        Expr::Any(parts) => several(parts, not, !not, words),
        Expr::Fact(fact) => Clause::leaf(question(*fact, words), if not { "nee" } else { "ja" }),
        Expr::Within(area) => within(*area, not, words),
        Expr::Activity(id) => {
            let name = words.activity(*id).map_or("", |activity| &activity.name);
            let text = if not { "Het plan gaat niet over" } else { "Het plan gaat over" };
            Clause::leaf(text, name)
        }
        Expr::Reading(id, option) => {
            let reading = words.readings.get(id.index());
            let name = reading.and_then(|reading| reading.options.get(usize::from(*option)));
            let text = if not { "De visie wordt niet zo gelezen:" } else { "De visie wordt zo gelezen:" };
            Clause::leaf(text, name.map_or("", |(_, name)| name))
        }
        Expr::Choice(fact, options) => {
            let chosen: Vec<&str> = match words.fact(*fact).map(|fact| &fact.kind) {
                Some(FactKind::Choice(all)) => all
                    .iter()
                    .enumerate()
                    .filter(|(n, _)| *n < 64 && options >> n & 1 == 1)
                    .map(|(_, (_, name))| name.as_str())
                    .collect(),
                _ => Vec::new(),
            };
            let chosen = or(&chosen);
            let answer = if not { format!("iets anders dan {chosen}") } else { chosen };
            Clause::leaf(question(*fact, words), answer)
        }
        Expr::Compare(compare, left, right) => {
            let compare = if not { negated(*compare) } else { *compare };
            match (left, right) {
                // What is asked comes first, what it is compared with last.
                (Number::Constant(_) | Number::Today, right) if !constant(right) => {
                    comparison(compare.turned(), right, left, words)
                }
                _ => comparison(compare, left, right, words),
            }
        }
    }
}

fn several(parts: &[Expr], not: bool, any: bool, words: &Vocabulary) -> Clause {
    let text = match (any, parts.len()) {
        (true, _) => "Een van deze punten is genoeg:",
        (false, 2) => "Beide punten gelden:",
        (false, _) => "Al deze punten gelden:",
    };
    let mut clause = Clause::leaf(text, "");
    clause.parts = parts.iter().map(|part| self::clause(part, not, words)).collect();
    clause
}

fn question(fact: FactId, words: &Vocabulary) -> String {
    words.fact(fact).map_or_else(String::new, |fact| fact.question.clone())
}

fn area(id: AreaId, words: &Vocabulary) -> Option<(String, String)> {
    let area = words.area(id)?;
    Some((area.name.clone(), super::address::area(&area.id)))
}

fn within(id: AreaId, not: bool, words: &Vocabulary) -> Clause {
    let text = if not { "Het plan ligt buiten" } else { "Het plan ligt in" };
    Clause { area: area(id, words), ..Clause::leaf(text, "") }
}

fn comparison(compare: Compare, left: &Number, right: &Number, words: &Vocabulary) -> Clause {
    let date = is_date(left, words) || is_date(right, words);
    let unit = unit(left, words);
    let than = match right {
        Number::Constant(value) if date => day(*value),
        Number::Constant(value) => with_unit(*value, unit),
        other => said(other, date, words),
    };
    let answer = format!("{} {than}", sign(compare, date));
    match left {
        Number::Fact(fact) => Clause::leaf(question(*fact, words), answer),
        Number::Distance(id) => {
            let answer = match right {
                Number::Constant(value) => format!("{} {} m", sign(compare, false), number(*value)),
                _ => answer,
            };
            Clause { area: area(*id, words), ..Clause::leaf("De afstand tot", answer) }
        }
        Number::Share(id) => share(*id, compare, right, answer, words),
        _ => Clause::leaf(format!("{}:", capital(&said(left, date, words))), answer),
    }
}

fn share(id: AreaId, compare: Compare, right: &Number, answer: String, words: &Vocabulary) -> Clause {
    let of = |text: &str, answer: String| Clause { area: area(id, words), ..Clause::leaf(text, answer) };
    match (compare, right) {
        (Compare::Greater, Number::Constant(value)) if value.is_zero() => {
            of("Het plan ligt voor een deel of helemaal in", String::new())
        }
        (Compare::LessOrEqual | Compare::Equal, Number::Constant(value)) if value.is_zero() => {
            of("Niets van het plan ligt in", String::new())
        }
        (Compare::GreaterOrEqual | Compare::Equal, Number::Constant(value)) if *value == Decimal::ONE => {
            of("Het hele plan ligt in", String::new())
        }
        (Compare::Less, Number::Constant(value)) if *value == Decimal::ONE => {
            of("Niet het hele plan ligt in", String::new())
        }
        (_, Number::Constant(value)) => {
            let percent = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(*value);
            of("Het deel van het plan in", format!("{} {}%", sign(compare, false), number(percent)))
        }
        _ => of("Het deel van het plan in", answer),
    }
}

fn constant(of: &Number) -> bool {
    matches!(of, Number::Constant(_) | Number::Today)
}

fn negated(compare: Compare) -> Compare {
    match compare {
        Compare::Equal => Compare::NotEqual,
        Compare::NotEqual => Compare::Equal,
        Compare::Less => Compare::GreaterOrEqual,
        Compare::LessOrEqual => Compare::Greater,
        Compare::Greater => Compare::LessOrEqual,
        Compare::GreaterOrEqual => Compare::Less,
    }
}

fn sign(compare: Compare, date: bool) -> &'static str {
    match (compare, date) {
        (Compare::Equal, false) => "precies",
        (Compare::NotEqual, false) => "iets anders dan",
        (Compare::Less, false) => "minder dan",
        (Compare::LessOrEqual, false) => "hoogstens",
        (Compare::Greater, false) => "meer dan",
        (Compare::GreaterOrEqual, false) => "minstens",
        (Compare::Equal, true) => "op",
        (Compare::NotEqual, true) => "niet op",
        (Compare::Less, true) => "voor",
        (Compare::LessOrEqual, true) => "op of voor",
        (Compare::Greater, true) => "na",
        (Compare::GreaterOrEqual, true) => "op of na",
    }
}

fn is_date(of: &Number, words: &Vocabulary) -> bool {
    match of {
        Number::Today => true,
        Number::Fact(fact) => words.fact(*fact).is_some_and(|fact| fact.kind == FactKind::Date),
        _ => false,
    }
}

fn unit<'w>(of: &Number, words: &'w Vocabulary) -> Option<&'w str> {
    match of {
        Number::Fact(fact) => match &words.fact(*fact)?.kind {
            FactKind::Number { unit, .. } => unit.as_deref(),
            _ => None,
        },
        Number::Negate(inner) => unit(inner, words),
        Number::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, left, right) => {
            unit(left, words).or_else(|| unit(right, words))
        }
        _ => None,
    }
}

/// 2026-01-31 as 31 januari 2026.
fn day(days: Decimal) -> String {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let text = i64::try_from(days).ok().and_then(brink_policy::dates::text).unwrap_or_default();
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let month =
        month.and_then(|month| month.parse::<usize>().ok()).and_then(|n| MONTHS.get(n.checked_sub(1)?));
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => format!("{} {month} {year}", day.trim_start_matches('0')),
        _ => text,
    }
}

/// A number in the middle of a sentence.
fn said(of: &Number, date: bool, words: &Vocabulary) -> String {
    let name = |id: &AreaId| words.area(*id).map_or("", |area| &area.name);
    match of {
        Number::Constant(value) if date => day(*value),
        Number::Constant(value) => number(*value),
        Number::Fact(fact) => format!("het antwoord op “{}”", question(*fact, words)),
        Number::Distance(id) => format!("de afstand tot {}", name(id)),
        Number::Share(id) => format!("het deel van het plan in {}", name(id)),
        Number::Today => "de dag van het oordeel".to_owned(),
        Number::Negate(inner) => format!("min {}", said(inner, date, words)),
        Number::Arithmetic(sign, left, right) => {
            let sign = match sign {
                Arithmetic::Add => "plus",
                Arithmetic::Subtract => "min",
                Arithmetic::Multiply => "keer",
                Arithmetic::Divide => "gedeeld door",
            };
            format!("{} {sign} {}", inside(left, date, words), inside(right, date, words))
        }
    }
}

fn inside(of: &Number, date: bool, words: &Vocabulary) -> String {
    let text = said(of, date, words);
    if matches!(of, Number::Arithmetic(..)) { format!("({text})") } else { text }
}

fn or(list: &[&str]) -> String {
    match list.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} of {last}", rest.join(", ")),
        _ => list.concat(),
    }
}
