//! What verdicts and relations are called on pages.

use brink_assess::Outcome;

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
