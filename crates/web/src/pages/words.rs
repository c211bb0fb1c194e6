//! What verdicts and relations are called on pages.

use brink_assess::{AreaAway, AreaHere, InterestHere, NormHere, Outcome};
pub(crate) use brink_reply::thousands;

/// The verdict, as people write it.
pub(crate) fn label(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::GeenBelang => "geen belang",
        Outcome::JaMits => "ja, mits",
        Outcome::NeeTenzij => "nee, tenzij",
        other => other.word(),
    }
}

/// A share as people write it.
pub(crate) fn percent(share: f64) -> String {
    match share * 100.0 {
        whole if whole >= 99.95 => "100%".to_owned(),
        small if small < 0.1 => "minder dan 0,1%".to_owned(),
        part if part < 10.0 => format!("{part:.1}%").replace('.', ","),
        part => format!("{part:.0}%"),
    }
}

/// A number of things in words.
pub(crate) fn count(number: usize, one: &str, more: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {more}") }
}

/// With a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How a place lies to an area.
pub(crate) fn relation(area: &AreaHere<'_>) -> String {
    match (area.relatie, area.aandeel) {
        ("deels", Some(share)) => format!("voor {}", percent(share)),
        ("raakt", _) => "raakt de rand".to_owned(),
        (other, _) => other.to_owned(),
    }
}

/// How far away an area is, when the map can tell.
pub(crate) fn away(area: &AreaAway<'_>) -> Option<String> {
    let metres = area.afstand?;
    Some(if metres < 1_000.0 {
        format!("{metres:.0} m")
    } else {
        format!("{:.1} km", metres / 1_000.0).replace('.', ",")
    })
}

/// For which part of a place an interest is at stake, when that is not all of it.
pub(crate) fn part(interest: &InterestHere<'_>) -> Option<String> {
    interest.aandeel.filter(|share| *share < 0.9995).map(percent)
}

/// What a norm does.
pub(crate) fn effect(norm: &NormHere<'_>) -> &'static str {
    match norm.effect {
        "verbod" => "mag niet",
        "nee-tenzij" => "nee, tenzij",
        "ja-mits" => "ja, mits",
        "toegestaan" => "mag",
        "bron-zwijgt" => "de visie geeft geen regel",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_dutch() {
        assert_eq!(percent(1.0), "100%");
        assert_eq!(percent(0.345), "34%");
        assert_eq!(percent(0.0345), "3,5%");
        assert_eq!(percent(0.000_2), "minder dan 0,1%");
    }
}
