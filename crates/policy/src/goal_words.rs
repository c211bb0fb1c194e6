//! Goals and service levels in Dutch words, the same for every program.

use crate::goal::{Sum, SumOf};
use crate::written::{Comparison, Line, Measure, Moment, Number, Part, Target, Weekday};
use rust_decimal::Decimal;

/// The target in words.
#[must_use]
pub fn target(target: &Target, unit: Option<&str>) -> String {
    let when = match (target.jaar, target.termijn) {
        (Some(year), Moment::Medio) => format!("medio {year}"),
        (Some(year), Moment::Voor) => format!("voor {year}"),
        (Some(year), Moment::Verstreken) => format!("gold voor {year}, zonder nieuw jaar"),
        (Some(year), Moment::Eind | Moment::Onbepaald) => format!("in {year}"),
        (None, _) => "zonder streefjaar".to_owned(),
    };
    let Some(Number(value)) = target.waarde else {
        return when;
    };
    let least = match target.vergelijking {
        Comparison::Minstens => "minstens",
        Comparison::Hoogstens => "hoogstens",
    };
    let about = if target.circa { " circa" } else { "" };
    let (least, value) = match target.bovenkant {
        Some(Number(high)) => ("streef", format!("{} tot {}", number(value), with_unit(high, unit))),
        None => (least, with_unit(value, unit)),
    };
    // A service level holds all the time: no year to miss.
    let when = if target.jaar.is_none() && target.termijn == Moment::Eind {
        String::new()
    } else {
        format!(", {when}")
    };
    format!("{least}{about} {value}{when}")
}

/// A part of a sum in words.
#[must_use]
pub fn part(part: &Part) -> String {
    let mut text = format!("{} {}", part.naam, number(part.waarde.0));
    let there = part.gerealiseerd.map(|value| format!("{} gerealiseerd", number(value.0)));
    let building = part.in_aanbouw.map(|value| format!("{} in aanbouw", number(value.0)));
    let known: Vec<String> = there.into_iter().chain(building).collect();
    if !known.is_empty() {
        text.push_str(&format!(" ({})", known.join(", ")));
    }
    text
}

/// The two readings of a sum.
#[must_use]
pub fn reading(sum: &Sum<'_>, unit: Option<&str>) -> String {
    let stated = with_unit(sum.stated, unit);
    match &sum.of {
        SumOf::Parts => format!("genoemd is {stated}, de delen zijn samen {}", number(sum.computed)),
        SumOf::Measure(measure) => format!("genoemd is {stated}, {}", in_other_unit(measure)),
        SumOf::Numbers(numbers) => {
            let terms: Vec<String> = numbers.iter().map(|value| number(value.0)).collect();
            format!("genoemd is {stated}, {} is {}", terms.join(" + "), number(sum.computed))
        }
    }
}

/// The target in another unit, in words.
#[must_use]
pub fn in_other_unit(measure: &Measure) -> String {
    let value = measure.converted().map_or_else(|| "?".to_owned(), |value| number(value.round_dp(3)));
    match measure.procent_van {
        Some(Number(whole)) => format!("{}% van {} is {value}", number(measure.waarde.0), number(whole)),
        None => format!("{} is {value}", with_unit(measure.waarde.0, Some(&measure.eenheid))),
    }
}

/// What a line offers, in words.
#[must_use]
pub fn offered(line: &Line) -> String {
    let periods: Vec<String> = line
        .tijdvakken
        .iter()
        .map(|p| format!("{}-{} uur {}", number(p.van.0), number(p.tot.0), p.per_uur))
        .collect();
    format!("{} ({}): {} per uur", line.lijntype, days(&line.dagen), periods.join(", "))
}

/// Days of the week, short.
#[must_use]
pub fn days(days: &[Weekday]) -> String {
    match (days.first(), days.last()) {
        _ if days == Weekday::ALL => "alle dagen".to_owned(),
        (Some(first), Some(last)) if days.len() > 2 && follow(days) => {
            format!("{}-{}", first.dutch(), last.dutch())
        }
        _ => days.iter().map(|day| day.dutch()).collect::<Vec<_>>().join(", "),
    }
}

fn follow(days: &[Weekday]) -> bool {
    Weekday::ALL.windows(days.len()).any(|some| some == days)
}

/// A number with its unit.
#[must_use]
pub fn with_unit(value: Decimal, unit: Option<&str>) -> String {
    match unit {
        Some(unit) if unit.starts_with('%') => format!("{}{unit}", number(value)),
        Some(unit) => format!("{} {unit}", number(value)),
        None => number(value),
    }
}

/// A number as Dutch readers write it: 10.000 and 3,45.
#[must_use]
pub fn number(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 && whole.len() > 4 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let rest = rest.map_or_else(String::new, |rest| format!(",{rest}"));
    format!("{sign}{grouped}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dutch() {
        let shown = |text: &str| number(text.parse().unwrap());
        assert_eq!(shown("3.450"), "3,45");
        assert_eq!(shown("2030"), "2030");
        assert_eq!(shown("10000"), "10.000");
        assert_eq!(shown("3000000"), "3.000.000");
        assert_eq!(shown("-12345.5"), "-12.345,5");
    }

    #[test]
    fn days_in_a_row() {
        assert_eq!(days(&Weekday::ALL), "alle dagen");
        assert_eq!(days(&[Weekday::Ma, Weekday::Di, Weekday::Wo]), "ma-wo");
        assert_eq!(days(&[Weekday::Ma, Weekday::Wo, Weekday::Vr]), "ma, wo, vr");
    }
}
