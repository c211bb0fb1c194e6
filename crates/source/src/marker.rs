//! The markers of list items.

/// What kind of marker, and which one in its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Series {
    /// `•` and its kin: never anything but a list.
    Bullet,
    /// `-`, `–` or `*`: may also be a dash in a sentence.
    Dash,
    /// `3.`, `3)` or `(3)`.
    Number(u32),
    /// `c.`, `c)` or `(c)`.
    Letter(char),
}

impl Series {
    /// Whether the marker comes after this one in a list.
    pub fn is_followed_by(self, next: Self) -> bool {
        match (self, next) {
            (Self::Number(one), Self::Number(other)) => one.checked_add(1) == Some(other),
            (Self::Letter(one), Self::Letter(other)) => u32::from(one) + 1 == u32::from(other),
            (one, other) => one == other,
        }
    }
}

/// A marker and the text after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marked<'t> {
    pub marker: &'t str,
    pub series: Series,
    pub rest: &'t str,
}

/// Reads the marker at the start of a line. Whether it starts an item depends on the line before.
pub(crate) fn parse(text: &str) -> Option<Marked<'_>> {
    let first = text.chars().next()?;
    if is_bullet(first) {
        let (marker, rest) = text.split_at_checked(first.len_utf8())?;
        return Some(Marked { marker, series: Series::Bullet, rest: rest.trim_start() });
    }
    let (marker, rest) = text.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let series = match marker {
        "-" | "–" | "—" | "*" => Series::Dash,
        _ => label(marker)?,
    };
    Some(Marked { marker, series, rest })
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '◦'
            | '▪'
            | '▫'
            | '■'
            | '□'
            | '●'
            | '○'
            | '‣'
            | '⁃'
            | '∙'
            | '➢'
            | '✓'
            | '➤'
            | '\u{f0b7}'
            | '\u{f0a7}'
    )
}

fn label(marker: &str) -> Option<Series> {
    let inner = match marker.strip_prefix('(') {
        Some(opened) => opened.strip_suffix(')')?,
        None => marker.strip_suffix(['.', ')'])?,
    };
    let mut chars = inner.chars();
    match (chars.next(), chars.next()) {
        (Some(letter @ 'a'..='z'), None) => Some(Series::Letter(letter)),
        (Some('1'..='9'), _) if inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit()) => {
            inner.parse().ok().map(Series::Number)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_markers() {
        let read = |text| parse(text).map(|m| (m.marker, m.series, m.rest));
        assert_eq!(read("• rust"), Some(("•", Series::Bullet, "rust")));
        assert_eq!(read("•\u{a0} rust"), Some(("•", Series::Bullet, "rust")));
        assert_eq!(read("- rust"), Some(("-", Series::Dash, "rust")));
        assert_eq!(read("12. rust"), Some(("12.", Series::Number(12), "rust")));
        assert_eq!(read("(b) rust"), Some(("(b)", Series::Letter('b'), "rust")));
        for text in [
            "o.a. rust",
            "-rust",
            "1.2 Rust",
            "1.",
            "J. Jansen",
            "2021. Rust",
            "(a rust",
            "0. nul",
            "Rust",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_next_in_a_series() {
        assert!(Series::Letter('c').is_followed_by(Series::Letter('d')));
        assert!(Series::Number(9).is_followed_by(Series::Number(10)));
        assert!(Series::Dash.is_followed_by(Series::Dash));
        assert!(!Series::Letter('c').is_followed_by(Series::Letter('e')));
        assert!(!Series::Dash.is_followed_by(Series::Bullet));
    }
}
