//! Fingerprints of text that survive a new layout.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// A fingerprint of a piece of text.
///
/// The text is put in Unicode form NFKC (which undoes ligatures and no-break spaces), in lower case,
/// and stripped of everything but letters and digits. What remains is hashed with SHA-256; the first
/// eight bytes are the fingerprint, written as sixteen hexadecimal digits. Another line width,
/// hyphenation, spacing or punctuation gives the same fingerprint; another word, letter or number
/// gives another. The marker of a list item (`•`, `a.`, `2.`) and the number of a section are labels,
/// not words: [`crate::Document`] leaves them out, so a renumbered list keeps its fingerprints.
///
/// ```
/// use brink_source::Fingerprint;
///
/// let one = Fingerprint::of("Stilte- gebieden: de rust\nvan het veld.");
/// let other = Fingerprint::of("stiltegebieden de rust van het veld");
/// assert_eq!(one, other);
/// assert_eq!(one, one.to_string().parse().unwrap());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a text.
    pub fn of(text: &str) -> Self {
        let mut words = String::new();
        push_words(text, &mut words);
        Self::of_words(&words)
    }

    /// The fingerprint of text that is already reduced to its letters and digits.
    pub(crate) fn of_words(words: &str) -> Self {
        let digest = Sha256::digest(words.as_bytes());
        let number = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        Self(number)
    }
}

/// Adds the letters and digits of a text, in lower case and Unicode form NFKC.
pub(crate) fn push_words(text: &str, words: &mut String) {
    if text.is_ascii() {
        words.extend(
            text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())),
        );
        return;
    }
    words.extend(text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()));
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        digits
            .then(|| u64::from_str_radix(text, 16).ok())
            .flatten()
            .map(Self)
            .ok_or_else(|| format!("`{text}` is geen vingerafdruk; verwacht zestien cijfers of letters a-f"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_start_of_the_sha256_of_the_words() {
        // printf 'stilte' | sha256sum
        assert_eq!(Fingerprint::of("Stilte!").to_string(), "59b83c5b1542232f");
    }

    #[test]
    fn does_not_see_the_layout() {
        let plain = Fingerprint::of("Het efficiënte ruimtegebruik in 2030");
        assert_eq!(plain, Fingerprint::of("Het  e\u{fb03}cie\u{308}nte ruimte-\ngebruik\u{a0}in (2030)."));
        assert_eq!(plain, Fingerprint::of("Het efficiënte ruimte\u{ad}\ngebruik in ‘2030’"));
    }

    #[test]
    fn sees_words_and_numbers() {
        let plain = Fingerprint::of("minstens 40 procent");
        assert_ne!(plain, Fingerprint::of("minstens 45 procent"));
        assert_ne!(plain, Fingerprint::of("hoogstens 40 procent"));
        assert_ne!(Fingerprint::of("een"), Fingerprint::of("één"));
    }

    #[test]
    fn reads_only_its_own_writing() {
        assert!("0123456789abcdef".parse::<Fingerprint>().is_ok());
        for wrong in ["", "0123", "0123456789ABCDEF", "+123456789abcdef", "0123456789abcdeg"] {
            assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
        }
    }
}
