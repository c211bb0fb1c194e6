//! What a numbered heading looks like, on one line.

use std::fmt;

/// Deepest level of numbering that is read.
const DEEPEST: usize = 9;
/// Longest title in characters; a longer line is a sentence.
const LONGEST_TITLE: usize = 160;

/// The number of a section: `5.1.2` is `[5, 1, 2]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Number(Vec<u16>);

impl Number {
    pub fn new(parts: Vec<u16>) -> Self {
        Self(parts)
    }

    pub fn parts(&self) -> &[u16] {
        &self.0
    }

    /// 1 for a chapter, 2 for `4.1`, and so on.
    pub fn level(&self) -> usize {
        self.0.len()
    }

    /// Whether the number is the first child of this one, its next sibling, or the next sibling of
    /// one of its ancestors.
    pub fn is_followed_by(&self, next: &Self) -> bool {
        match next.0.split_last() {
            None => false,
            Some((1, parent)) if parent == self.0 => true,
            Some((last, parent)) => {
                self.0.starts_with(parent) && self.0.get(parent.len()).is_some_and(|own| own + 1 == *last)
            }
        }
    }

    /// The numbers missing between this one and the next, when the jump is small: within the chapter, at
    /// most three siblings or one level skipped. `None` when it is no jump or not a small one.
    pub fn skipped_before(&self, next: &Self) -> Option<Vec<Self>> {
        let shared = self.0.iter().zip(&next.0).take_while(|(a, b)| a == b).count();
        let parent = next.0.get(..shared)?;
        let (step, deeper) = next.0.get(shared..)?.split_first()?;
        let last = self.0.get(shared).copied().unwrap_or(0);
        let small = shared > 0
            && *step > last
            && *step - last <= 4
            && deeper.len() <= 1
            && deeper.iter().all(|d| *d == 1);
        if !small || self.is_followed_by(next) {
            return None;
        }
        let sibling = |number: u16| Self(parent.iter().copied().chain([number]).collect());
        let until = if deeper.is_empty() { *step } else { *step + 1 };
        Some((last + 1..until).map(sibling).collect())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

/// A line that looks like a numbered heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading<'t> {
    pub number: Number,
    /// The number ended with a full stop, as in `2. Missie`.
    pub dotted: bool,
    pub title: &'t str,
}

/// Reads a line as a numbered heading: `4.2.1 Titel`. Whether it is one depends on its neighbours.
pub(crate) fn parse(text: &str) -> Option<Heading<'_>> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (digits, title) = text.split_at_checked(end)?;
    let bare = digits.strip_suffix('.').unwrap_or(digits);
    let parts: Option<Vec<u16>> = bare.split('.').map(part).collect();
    let number = Number::new(parts.filter(|p| p.len() <= DEEPEST)?);
    let heading = Heading {
        dotted: bare.len() < digits.len(),
        title: title.strip_prefix(char::is_whitespace)?.trim(),
        number,
    };
    is_title(&heading).then_some(heading)
}

/// A part of a number: 1 to 999, no leading zeros, so that `1.0` and `07` are no section.
fn part(digits: &str) -> Option<u16> {
    if digits.len() > 3 || digits.starts_with('0') {
        return None;
    }
    digits.parse().ok()
}

fn is_title(heading: &Heading<'_>) -> bool {
    let title = heading.title;
    let first = title.chars().next();
    let opens = first.is_some_and(|c| c.is_uppercase() || matches!(c, '(' | '‘' | '“' | '\'' | '"'));
    let letters = title.chars().filter(|c| c.is_alphabetic()).take(2).count();
    // `Inleiding ..... 12` and `Inleiding    12` are lines of a table of contents.
    let before_digits = title.trim_end_matches(|c: char| c.is_ascii_digit());
    let contents = title.contains("....")
        || title.contains(". . .")
        || (before_digits.len() < title.len()
            && (before_digits.ends_with("  ") || before_digits.ends_with('\t')));
    let runs_on = title.ends_with([',', ';']) || (heading.number.level() == 1 && title.ends_with([':', '.']));
    opens && letters == 2 && !contents && !runs_on && title.chars().count() <= LONGEST_TITLE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::new(text.split('.').map(|p| p.parse().unwrap()).collect())
    }

    #[test]
    fn reads_headings() {
        let heading = parse("4.2.1.3 Wegen en paden").unwrap();
        assert_eq!(heading.number.to_string(), "4.2.1.3");
        assert_eq!(heading.number.level(), 4);
        assert_eq!(heading.title, "Wegen en paden");
        assert!(!heading.dotted);
        assert!(parse("2. Missie").unwrap().dotted);
        assert_eq!(parse("3.1\u{a0}(Deel)gebieden").unwrap().title, "(Deel)gebieden");
    }

    #[test]
    fn passes_over_what_is_no_heading() {
        for text in [
            "1.0 En het beleid",
            "07 Juli",
            "10 cm diep",
            "2021 is afgelopen",
            "35 ",
            "3.45",
            "4.1",
            "5 A",
            "1 Inleiding ........ 12",
            "1 Inleiding    12",
            "1 Esdorp;",
            "1 De doelen zijn:",
            "1234 Straat",
            "1..2 Titel",
            ".1 Titel",
            "2.Missie",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn knows_what_may_follow() {
        let here = number("4.2.1");
        for next in ["4.2.1.1", "4.2.2", "4.3", "5"] {
            assert!(here.is_followed_by(&number(next)), "{next}");
        }
        for next in ["4.2.1.2", "4.2.3", "4.4", "6", "4.2.1", "4.2", "4", "1"] {
            assert!(!here.is_followed_by(&number(next)), "{next}");
        }
        assert!(Number::new(vec![]).is_followed_by(&number("1")));
        assert!(!Number::new(vec![]).is_followed_by(&number("2")));
    }

    #[test]
    fn names_what_a_small_jump_skips() {
        let skipped = |from: &str, to: &str| {
            number(from)
                .skipped_before(&number(to))
                .map(|s| s.iter().map(Number::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(skipped("4.2", "4.4").as_deref(), Some("4.3"));
        assert_eq!(skipped("4.2.5", "4.4").as_deref(), Some("4.3"));
        assert_eq!(skipped("4.2", "4.3.1").as_deref(), Some("4.3"));
        assert_eq!(skipped("4.2", "4.2.2").as_deref(), Some("4.2.1"));
        assert_eq!(skipped("4.2", "4.3"), None);
        assert_eq!(skipped("4.2", "4.9"), None);
        assert_eq!(skipped("4.2", "5.1"), None);
        assert_eq!(skipped("4.4", "4.2"), None);
    }
}
