//! The answer a plan gives to a fact: its type, its unit, and whether it makes sense.

use crate::plan::kind;
use brink_policy::compiled::{Answer, FactKind};
use brink_policy::dates;
use rust_decimal::Decimal;
use serde_json::Value;

type Refusal = (String, Option<String>);

/// The answer a JSON value gives; `None` for `null`.
pub(crate) fn read_answer(kind_: &FactKind, value: &Value) -> Result<Option<Answer>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    match kind_ {
        FactKind::YesNo => value
            .as_bool()
            .map(|answer| Some(Answer::YesNo(answer)))
            .ok_or_else(|| (format!("hier hoort true of false, geen {}", kind(value)), None)),
        FactKind::Number { unit, minimum, maximum } => {
            read_number(value, unit.as_deref(), *minimum, *maximum).map(|n| Some(Answer::Number(n)))
        }
        FactKind::Choice(options) => {
            let place = value
                .as_str()
                .and_then(|text| options.iter().position(|(id, _)| id == text))
                .and_then(|place| u16::try_from(place).ok());
            place.map(|place| Some(Answer::Choice(place))).ok_or_else(|| {
                let names: Vec<&str> = options.iter().map(|(id, _)| id.as_str()).collect();
                (
                    format!("{value} is hier geen mogelijkheid"),
                    Some(format!("kies uit: {}", names.join(", "))),
                )
            })
        }
        FactKind::Date => value
            .as_str()
            .and_then(dates::days)
            .map(|days| Some(Answer::Number(Decimal::from(days))))
            .ok_or_else(|| {
                (format!("{value} is geen datum"), Some("schrijf een datum als 2026-01-31".to_owned()))
            }),
        FactKind::Text => match value.as_str() {
            Some(_) => Ok(Some(Answer::Text)),
            None => Err((format!("hier hoort tekst, geen {}", kind(value)), None)),
        },
    }
}

fn read_number(
    value: &Value,
    unit: Option<&str>,
    minimum: Decimal,
    maximum: Option<Decimal>,
) -> Result<Decimal, Refusal> {
    let unit_text = unit.unwrap_or("getal");
    let (number, factor) = match value {
        Value::Number(number) => (parse_decimal(&number.to_string()), Decimal::ONE),
        Value::String(text) => {
            let text = text.trim();
            let split =
                text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(text.len());
            let (digits, given) = text.split_at(split);
            let given = given.trim();
            let Some(factor) = conversion(given, unit) else {
                return Err((
                    format!("`{text}` is niet in {unit_text}"),
                    Some(format!("geef een getal in {unit_text}, met een punt voor decimalen")),
                ));
            };
            (parse_decimal(digits), factor)
        }
        other => {
            return Err((format!("hier hoort een getal in {unit_text}, geen {}", kind(other)), None));
        }
    };
    let number = number.and_then(|number| number.checked_mul(factor)).ok_or_else(|| {
        (format!("{value} is geen bruikbaar getal"), Some("gebruik hooguit 15 cijfers".to_owned()))
    })?;
    if number < minimum || maximum.is_some_and(|maximum| number > maximum) {
        let bounds = match maximum {
            Some(maximum) => format!("van {} tot en met {}", minimum.normalize(), maximum.normalize()),
            None => format!("{} of meer", minimum.normalize()),
        };
        let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
        return Err((format!("{}{unit} kan niet", number.normalize()), Some(format!("verwacht: {bounds}"))));
    }
    Ok(number)
}

fn parse_decimal(text: &str) -> Option<Decimal> {
    if text.len() > 40 {
        return None;
    }
    text.parse().ok().or_else(|| Decimal::from_scientific(text).ok())
}

/// What a number in `given` is to be multiplied by to be in `unit`.
fn conversion(given: &str, unit: Option<&str>) -> Option<Decimal> {
    let given = given.replace('²', "2");
    match (given.as_str(), unit) {
        ("", _) => Some(Decimal::ONE),
        (given, Some(unit)) if given == unit => Some(Decimal::ONE),
        ("ha", Some("m2")) => Some(Decimal::from(10_000)),
        ("m2", Some("ha")) => Some(Decimal::new(1, 4)),
        ("km2", Some("ha")) => Some(Decimal::from(100)),
        ("km", Some("m")) => Some(Decimal::from(1_000)),
        ("m", Some("km")) => Some(Decimal::new(1, 3)),
        ("m", Some("cm")) => Some(Decimal::from(100)),
        ("cm", Some("m")) => Some(Decimal::new(1, 2)),
        ("kW", Some("MW")) => Some(Decimal::new(1, 3)),
        ("GWh", Some("TWh")) => Some(Decimal::new(1, 3)),
        _ => None,
    }
}
