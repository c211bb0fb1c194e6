//! Words made whole: hyphens at line ends, soft spaces, ligatures.

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Words after a hanging hyphen: `land- en tuinbouw` is right as it is.
const CONJUNCTIONS: &[&str] = &[
    "en",
    "of",
    "en/of",
    "&",
    "als",
    "tot",
    "dan",
    "maar",
    "noch",
    "resp.",
    "respectievelijk",
    "c.q.",
    "dan wel",
    "plus",
    "met",
];

/// Words that stand before or after another without being part of it, however often the two are also
/// written as one: `door ontwikkeling` is not `doorontwikkeling`.
const LOOSE: &[&str] = &[
    "aan", "achter", "alle", "als", "andere", "beide", "beter", "bij", "binnen", "boven", "buiten", "daar",
    "daarbij", "daarmee", "daarvan", "deze", "die", "dit", "door", "dan", "dat", "eigen", "een", "elk",
    "elke", "en", "er", "extra", "geen", "gaan", "goed", "goede", "groot", "grote", "haar", "heel", "het",
    "hier", "hoe", "hoog", "hoge", "hun", "ieder", "iedere", "in", "juist", "kan", "klein", "kleine", "laag",
    "lage", "langs", "lang", "lange", "maar", "mede", "mee", "meer", "met", "middel", "na", "naar", "naast",
    "niet", "nieuw", "nieuwe", "nog", "of", "om", "omhoog", "onder", "ons", "onze", "ook", "op", "over",
    "recht", "rond", "samen", "sterk", "sterke", "te", "tegen", "ten", "ter", "terug", "toe", "tot",
    "tussen", "twee", "uit", "vast", "veel", "ver", "verder", "vol", "voor", "voort", "vrij", "waar",
    "waarbij", "waarin", "waarmee", "wat", "weer", "weg", "wel", "welke", "wij", "zeer", "zelf", "ze",
    "zich", "zij", "zo", "zoals", "zonder",
];

/// A line with its letters in their usual form: ligatures, no-break spaces, soft hyphens and control
/// characters are gone, double spaces are kept for [`Lexicon::mend`].
pub(crate) fn letters(line: &str) -> String {
    if line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return line.to_owned();
    }
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // At the end of a line it is a hyphen; inside a line it shows nothing.
            '\u{ad}' => text.push_str(if chars.peek().is_none() { "-" } else { "" }),
            '\u{2010}' | '\u{2011}' => text.push('-'),
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => text.push_str("st"),
            '\u{132}' => text.push_str("IJ"),
            '\u{133}' => text.push_str("ij"),
            c if c.is_whitespace() || c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// The words of a document, as evidence for joining the pieces of a broken word.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// How often a word stands whole inside a line.
    whole: HashMap<String, u32>,
    /// Words broken by a hyphen at a line end, put together.
    broken: HashMap<String, u32>,
    /// How often a piece stands right before a piece it makes a known word with.
    before: HashMap<String, u32>,
    /// How often a piece stands right after a piece it makes a known word with.
    after: HashMap<String, u32>,
}

impl Lexicon {
    /// Collects the words of the lines, each already passed through [`letters`].
    pub fn of<'t>(lines: impl Iterator<Item = &'t str> + Clone) -> Self {
        let mut lexicon = Self::default();
        let mut open: Option<&str> = None;
        for line in lines.clone() {
            let mut tokens = line.split_whitespace().peekable();
            if let (Some(start), Some(first)) = (open.take(), tokens.peek())
                && first.starts_with(char::is_lowercase)
            {
                let word = format!("{start}{}", core(first)).to_lowercase();
                *lexicon.broken.entry(word).or_default() += 1;
                tokens.next();
            }
            while let Some(token) = tokens.next() {
                match token.strip_suffix('-') {
                    Some(start) if tokens.peek().is_none() => {
                        open = Some(start.trim_start_matches(|c: char| !c.is_alphanumeric()))
                    }
                    _ => {
                        let word = core(token);
                        if !word.is_empty() {
                            *lexicon.whole.entry(word.to_lowercase()).or_default() += 1;
                        }
                    }
                }
            }
        }
        lexicon.count_pairs(lines);
        lexicon
    }

    fn count_pairs<'t>(&mut self, lines: impl Iterator<Item = &'t str>) {
        let mut key = String::new();
        for line in lines {
            let mut previous = "";
            for token in line.split_whitespace() {
                if pieces(previous, token, &mut key) && self.knows(&key) && !is_loose(previous, token) {
                    *self.before.entry(core(previous).to_lowercase()).or_default() += 1;
                    *self.after.entry(core(token).to_lowercase()).or_default() += 1;
                }
                previous = token;
            }
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.whole.contains_key(word) || self.broken.contains_key(word)
    }

    /// Whether two pieces in a line are one word. The word they make must stand elsewhere in the document. With
    /// a double space between them, left by a soft hyphen, that is enough; with a single space, one of the
    /// pieces must also be no word by itself, seen nowhere but in such pairs.
    fn is_one_word(&self, first: &str, second: &str, double: bool, key: &mut String) -> bool {
        if !pieces(first, second, key) || !self.knows(key) || is_loose(first, second) {
            return false;
        }
        let never_alone = |pairs: &HashMap<String, u32>, piece: &str| {
            let piece = core(piece).to_lowercase();
            pairs.get(&piece).is_some_and(|pairs| self.whole.get(&piece) == Some(pairs))
        };
        double || never_alone(&self.before, first) || never_alone(&self.after, second)
    }

    /// A line with single spaces, soft spaces taken out of words, and hyphens that were line ends once
    /// taken out too: `ruimte- gebruik` is `ruimtegebruik`.
    pub fn mend(&self, line: &str) -> String {
        let mut text = String::with_capacity(line.len());
        let mut key = String::new();
        let mut previous = "";
        let mut rest = line.trim();
        while !rest.is_empty() {
            let end = rest.find(' ').unwrap_or(rest.len());
            let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let spaces = line_gap(text.as_str(), line, rest);
            if text.is_empty() {
                text.push_str(token);
            } else if let Some(keep) = self.hyphen_inside(previous, token, after) {
                if !keep {
                    text.pop();
                }
                text.push_str(token);
            } else {
                if !self.is_one_word(previous, token, spaces > 1, &mut key) {
                    text.push(' ');
                }
                text.push_str(token);
            }
            previous = token;
            rest = after.trim_start();
        }
        text
    }

    /// For a token after one that ends with a hyphen, inside a line: `None` to leave them apart, otherwise
    /// whether the hyphen stays.
    fn hyphen_inside(&self, previous: &str, token: &str, after: &str) -> Option<bool> {
        let start = previous.strip_suffix('-').filter(|s| s.ends_with(char::is_alphanumeric))?;
        // In `stads- dorps- en landschapsbeeld` a comma was forgotten.
        let in_series = token.ends_with('-')
            && CONJUNCTIONS.contains(&after.split_whitespace().next().unwrap_or_default());
        if is_conjunction(token) || in_series || !token.starts_with(char::is_alphanumeric) {
            return None;
        }
        Some(self.keeps_hyphen(start, token))
    }

    /// Whether the hyphen between the pieces of a word is part of the word.
    fn keeps_hyphen(&self, start: &str, end: &str) -> bool {
        let piece = start.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or(start);
        let is_name = piece.chars().any(|c| c.is_ascii_digit())
            || (piece.chars().count() > 1 && piece.chars().all(char::is_uppercase));
        if is_name || !end.starts_with(char::is_lowercase) {
            return true;
        }
        let start = start.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let end = core(end).to_lowercase();
        let count = |word: String| self.whole.get(&word).copied().unwrap_or(0);
        count(format!("{start}-{end}")) > count(format!("{start}{end}"))
    }

    /// Adds the next line to a text. Both are already mended.
    pub fn join(&self, text: &mut String, next: &str) {
        if text.is_empty() || next.is_empty() || text.ends_with('/') {
            text.push_str(next);
            return;
        }
        let last = text.rsplit(' ').next().unwrap_or_default();
        let first = next.split(' ').next().unwrap_or_default();
        let hyphen = last.strip_suffix('-').filter(|s| s.ends_with(char::is_alphanumeric));
        match hyphen {
            Some(start) if first.starts_with(char::is_alphanumeric) && !is_conjunction(first) => {
                if !self.keeps_hyphen(start, first) {
                    text.pop();
                }
            }
            _ => text.push(' '),
        }
        text.push_str(next);
    }
}

/// How many spaces stand before the rest of a line.
fn line_gap(done: &str, line: &str, rest: &str) -> usize {
    if done.is_empty() {
        return 0;
    }
    let before = line.trim_end().len().saturating_sub(rest.len());
    line.get(..before).map_or(0, |head| head.len() - head.trim_end_matches(' ').len())
}

fn is_conjunction(token: &str) -> bool {
    CONJUNCTIONS.contains(&token.trim_end_matches([',', ')', ':']))
}

/// A token without the punctuation around it.
fn core(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether one of two pieces is a small word.
fn is_loose(first: &str, second: &str) -> bool {
    [first, second].iter().any(|piece| LOOSE.contains(&core(piece).to_lowercase().as_str()))
}

/// Whether two tokens can be the pieces of one word: letters only, and nothing between them. The
/// key becomes the word they make.
fn pieces(first: &str, second: &str, key: &mut String) -> bool {
    let start = first.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = second.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_piece = |piece: &str| piece.chars().nth(2).is_some() && piece.chars().all(char::is_alphabetic);
    if !is_piece(start) || !is_piece(end) || !end.starts_with(char::is_lowercase) {
        return false;
    }
    key.clear();
    key.extend(start.chars().chain(end.chars()).flat_map(char::to_lowercase));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(text: &str) -> Lexicon {
        let lines: Vec<String> = text.lines().map(letters).collect();
        Lexicon::of(lines.iter().map(String::as_str))
    }

    fn joined(text: &str) -> String {
        let lexicon = lexicon(text);
        let mut whole = String::new();
        for line in text.lines() {
            let line = lexicon.mend(&letters(line));
            lexicon.join(&mut whole, &line);
        }
        whole
    }

    #[test]
    fn joins_words_over_line_ends() {
        assert_eq!(joined("stille werkloca-\nties in het veld"), "stille werklocaties in het veld");
        assert_eq!(joined("stille werkloca\u{ad}\nties"), "stille werklocaties");
        assert_eq!(joined("tussen Haren-\nGlimmen en"), "tussen Haren-Glimmen en");
        assert_eq!(joined("voor land- \nen tuinbouw"), "voor land- en tuinbouw");
        assert_eq!(joined("uit de EU-\nrichtlijn en CO2-\nuitstoot"), "uit de EU-richtlijn en CO2-uitstoot");
        assert_eq!(joined("bouwen/\nverbouwen en/ \nof slopen"), "bouwen/verbouwen en/of slopen");
        assert_eq!(joined("een gedachte –\neen streep"), "een gedachte – een streep");
    }

    #[test]
    fn keeps_a_hyphen_the_document_writes_elsewhere() {
        assert_eq!(joined("sociaal-\neconomisch"), "sociaaleconomisch");
        assert_eq!(
            joined("een sociaal-economisch plan is sociaal-\neconomisch"),
            "een sociaal-economisch plan is sociaal-economisch"
        );
    }

    #[test]
    fn takes_hyphens_out_of_words_in_a_line() {
        assert_eq!(joined("zuinig ruimte- gebruik"), "zuinig ruimtegebruik");
        assert_eq!(joined("bos- en natuurgebied"), "bos- en natuurgebied");
        assert_eq!(
            joined("zee- of luchthaven, boven- & ondergrond"),
            "zee- of luchthaven, boven- & ondergrond"
        );
        assert_eq!(joined("het TT- circuit"), "het TT-circuit");
        assert_eq!(joined("stads- dorps- en veldbeeld"), "stads- dorps- en veldbeeld");
        assert_eq!(joined("de typen en -onderdelen – samen"), "de typen en -onderdelen – samen");
    }

    #[test]
    fn takes_soft_spaces_out_of_words_seen_elsewhere() {
        assert_eq!(
            joined("de bewonings  linten en de bewoningslinten"),
            "de bewoningslinten en de bewoningslinten"
        );
        assert_eq!(
            joined("de bewonings linten en de bewoningslinten"),
            "de bewoningslinten en de bewoningslinten"
        );
        assert_eq!(joined("bewonings linten of bewonings-\nlinten"), "bewoningslinten of bewoningslinten");
        assert_eq!(joined("de bewonings  linten"), "de bewonings linten");
        assert_eq!(joined("naar de  ontwikkeling"), "naar de ontwikkeling");
    }

    #[test]
    fn leaves_words_apart_that_are_words() {
        assert_eq!(
            joined("kern en kwaliteit: kern kwaliteit, kernkwaliteit"),
            "kern en kwaliteit: kern kwaliteit, kernkwaliteit"
        );
        assert_eq!(
            joined("kern en kwaliteit: kern  kwaliteit, kernkwaliteit"),
            "kern en kwaliteit: kernkwaliteit, kernkwaliteit"
        );
        assert_eq!(joined("door ontwikkeling en doorontwikkeling"), "door ontwikkeling en doorontwikkeling");
        assert_eq!(joined("water, beheer en waterbeheer"), "water, beheer en waterbeheer");
    }

    #[test]
    fn puts_letters_in_their_usual_form() {
        assert_eq!(letters("e\u{fb03}cie\u{308}nt\u{a0}ge\u{ad}bruik\tm²"), "efficiënt gebruik m²");
        assert_eq!(letters("rust\u{ad}"), "rust-");
    }
}
