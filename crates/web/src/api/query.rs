//! The query of an address: what is asked, and nothing that is not known.

use super::operation::{Kind, Parameter, Place};
use crate::error::Problem;
use crate::plan_query;
use axum::http::StatusCode;
use brink_assess::Fault;
use brink_policy::{dates, nearest};

/// Most parameters of an address.
const MOST: usize = 600;

/// Longest shape in an address: with what a client makes of its spaces and commas it must fit in what a server reads.
pub(super) const LONGEST_SHAPE: usize = 8_000;

/// Parameters that are known, with values that they can have.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads a query string against what is known.
    pub(crate) fn read(text: &str, parameters: &[Parameter]) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(text)
            .map_err(|_| Problem::bad_request("de parameters van het adres zijn niet te lezen"))?;
        if pairs.len() > MOST {
            return Err(Problem::bad_request(format!("er zijn meer dan {MOST} parameters")));
        }
        let known: Vec<&Parameter> =
            parameters.iter().filter(|parameter| parameter.place == Place::Query).collect();
        let mut faults = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (key, value) in &pairs {
            match known.iter().find(|parameter| names(parameter, key)) {
                None => faults.push(unknown(key, &known)),
                Some(parameter) => {
                    let again = seen.contains(&key.as_str()) && !parameter.repeated;
                    let wrong = if again {
                        Some(Fault::new(short(key), "deze parameter staat er meer dan één keer"))
                    } else {
                        check(parameter, key, value)
                    };
                    faults.extend(wrong);
                    seen.push(key);
                }
            }
        }
        for parameter in known.iter().filter(|parameter| parameter.required) {
            if !seen.contains(&parameter.name) {
                faults
                    .push(Fault::new(parameter.name, "deze parameter ontbreekt").help(parameter.description));
            }
        }
        if faults.is_empty() { Ok(Self { pairs }) } else { Err(problem(faults)) }
    }

    /// The value of a parameter.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A number that was checked.
    pub(crate) fn number(&self, name: &str, default: u64) -> u64 {
        self.one(name).and_then(|value| value.parse().ok()).unwrap_or(default)
    }

    /// Whether a parameter is `true`.
    pub(crate) fn truth(&self, name: &str) -> bool {
        self.one(name) == Some("true")
    }

    /// All parameters.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }
}

/// What is wrong, as one fault.
pub(crate) fn problem(faults: Vec<Fault>) -> Problem {
    let detail = match faults.as_slice() {
        // A message that begins with the name of its field needs it no second time.
        [one] if one.melding.starts_with(&one.veld) => one.melding.clone(),
        [one] => format!("{}: {}", one.veld, one.melding),
        many => format!("er zijn {} meldingen", many.len()),
    };
    Problem { meldingen: faults, ..Problem::new(StatusCode::BAD_REQUEST, detail) }
}

fn names(parameter: &Parameter, key: &str) -> bool {
    match parameter.kind {
        Kind::Open(beginnings) => {
            beginnings.iter().any(|(beginning, _)| key.len() > beginning.len() && key.starts_with(beginning))
        }
        _ => parameter.name == key,
    }
}

fn unknown(key: &str, known: &[&Parameter]) -> Fault {
    let mut names: Vec<&str> = Vec::new();
    for parameter in known {
        match parameter.kind {
            Kind::Open(beginnings) => names.extend(beginnings.iter().map(|(beginning, _)| *beginning)),
            _ => names.push(parameter.name),
        }
    }
    let fault = Fault::new(short(key), "deze parameter bestaat hier niet");
    match (nearest(key, names.iter().copied(), 1).first(), names.is_empty()) {
        (Some(near), _) => fault.help(format!("bedoeld: {near}?")),
        (None, true) => fault.help("hier zijn geen parameters"),
        (None, false) => fault.help(format!("er zijn: {}", names.join(", "))),
    }
}

/// A name as it can stand in a message.
fn short(name: &str) -> String {
    if name.chars().count() <= 80 { name.to_owned() } else { name.chars().take(80).chain(['…']).collect() }
}

fn check(parameter: &Parameter, key: &str, value: &str) -> Option<Fault> {
    let wrong = |text: String| Some(Fault::new(short(key), text));
    match parameter.kind {
        Kind::Text(most) if value.chars().count() > most => {
            wrong(format!("hier passen hooguit {most} tekens"))
        }
        Kind::Text(_) if value.is_empty() => wrong("hier staat niets".to_owned()),
        Kind::Text(_) => None,
        Kind::Whole { least, most, .. } => {
            // Digits only: what else is read as a number is no number to others.
            let digits = value.bytes().all(|byte| byte.is_ascii_digit());
            let number = value.parse::<u64>().ok().filter(|_| digits);
            match number.filter(|number| (least..=most).contains(number)) {
                Some(_) => None,
                None => wrong(format!("dit moet een geheel getal zijn van {least} tot en met {most}")),
            }
        }
        Kind::Word(words) if !words.contains(&value) => {
            Some(Fault::new(key, "dit kan hier niet").help(format!("kies uit: {}", words.join(", "))))
        }
        Kind::Truth if !matches!(value, "true" | "false") => wrong("schrijf `true` of `false`".to_owned()),
        Kind::Date if dates::days(value).is_none() => {
            Some(Fault::new(key, "dit is geen datum").help("schrijf een datum als 2026-01-31"))
        }
        Kind::Word(_) | Kind::Truth | Kind::Date => None,
        Kind::Point => plan_query::point(value).err().map(|fault| Fault { veld: key.to_owned(), ..fault }),
        Kind::Shape if value.chars().count() > LONGEST_SHAPE => Some(
            Fault::new(key, format!("de vorm is langer dan {LONGEST_SHAPE} tekens"))
                .help("stuur haar als GeoJSON met POST"),
        ),
        Kind::Shape
            if !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" (),.+-;".contains(&byte)) =>
        {
            wrong("dit is geen vorm in WKT".to_owned())
        }
        Kind::Shape => None,
        Kind::Open(_) if value.chars().count() > 1_000 => wrong("hier passen hooguit 1000 tekens".to_owned()),
        Kind::Open(beginnings) => {
            let member = beginnings.iter().any(|(beginning, _)| *beginning == "m." && key.starts_with("m."));
            if member && !matches!(value, "binnen" | "buiten") {
                return Some(Fault::new(short(key), "dit kan hier niet").help("kies uit: binnen, buiten"));
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Vec<Parameter> {
        vec![
            Parameter::query("onderdeel", Kind::Text(50), "Een onderdeel."),
            Parameter::query("pagina", Kind::Whole { least: 1, most: 100, default: 1 }, "De pagina."),
            Parameter::query("alles", Kind::Truth, "Ook wat niet geldt."),
            Parameter::query("gebied", Kind::Text(50), "Een gebied.").repeated(),
            Parameter::query("antwoorden", Kind::Open(&[("g.", ""), ("m.", "")]), "Antwoorden."),
        ]
    }

    fn faults(text: &str) -> Vec<String> {
        let problem = Query::read(text, &known()).unwrap_err();
        problem.meldingen.iter().map(|fault| format!("{}: {}", fault.veld, fault.melding)).collect()
    }

    #[test]
    fn what_is_known_is_read() {
        let query = Query::read("onderdeel=5.6&gebied=a&gebied=b&g.x=ja&m.y=buiten&alles=true", &known());
        let query = query.unwrap();
        assert_eq!(query.one("onderdeel"), Some("5.6"));
        assert_eq!(query.pairs().iter().filter(|(key, _)| key == "gebied").count(), 2);
        assert_eq!(query.number("pagina", 1), 1);
        assert!(query.truth("alles"));
    }

    #[test]
    fn what_is_not_known_is_refused_with_the_nearest() {
        let problem = Query::read("onderdel=5", &known()).unwrap_err();
        assert_eq!(problem.status, 400);
        assert_eq!(problem.meldingen.first().unwrap().hulp.as_deref(), Some("bedoeld: onderdeel?"));
        assert_eq!(faults("naam=x&g.=x").len(), 2);
    }

    #[test]
    fn values_are_checked() {
        assert_eq!(faults("pagina=0"), ["pagina: dit moet een geheel getal zijn van 1 tot en met 100"]);
        assert_eq!(faults("pagina=%2B1").len(), 1);
        assert_eq!(faults("alles=ja"), ["alles: schrijf `true` of `false`"]);
        assert_eq!(faults("pagina=1&pagina=2"), ["pagina: deze parameter staat er meer dan één keer"]);
        assert_eq!(faults("m.y=misschien"), ["m.y: dit kan hier niet"]);
        assert_eq!(faults("onderdeel="), ["onderdeel: hier staat niets"]);
    }
}
