//! From bytes to numbered lines.

use std::fmt;

use crate::error::SourceError;
use crate::limits::Limits;

/// A range of lines of the file, from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineRange {
    /// The first line.
    pub from: u32,
    /// The last line; never before the first.
    pub to: u32,
}

impl LineRange {
    /// The range between two lines, in either order.
    pub fn new(from: u32, to: u32) -> Self {
        Self { from: from.min(to), to: from.max(to) }
    }

    /// Whether a line lies in the range.
    pub fn contains(&self, line: u32) -> bool {
        self.from <= line && line <= self.to
    }

    /// Whether the ranges share a line.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

impl fmt::Display for LineRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

/// One line of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// Number in the file, from 1.
    pub number: u32,
    /// The line without the white space around it.
    pub text: &'t str,
    /// White space before the text: the start of a page or an indented paragraph.
    pub indented: bool,
    /// A form feed before the text: certainly the start of a page.
    pub form_feed: bool,
}

impl Line<'_> {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// The text of the bytes, or why they are not text.
pub(crate) fn decode<'b>(bytes: &'b [u8], limits: &Limits) -> Result<&'b str, SourceError> {
    if bytes.len() > limits.bytes {
        return Err(SourceError::TooLarge { size: bytes.len(), limit: limits.bytes });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| SourceError::InvalidUtf8 {
        line: line_of(bytes, error.valid_up_to()),
        offset: error.valid_up_to(),
    })?;
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        return Err(SourceError::NotText { line: line_of(bytes, offset) });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().all(is_void) {
        return Err(SourceError::Empty);
    }
    Ok(text)
}

/// The lines of a text. A line ends with a newline, with or without a carriage return before it.
pub(crate) fn split<'t>(text: &'t str, limits: &Limits) -> Result<Vec<Line<'t>>, SourceError> {
    let mut lines = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        if index >= limits.lines {
            return Err(SourceError::TooManyLines { limit: limits.lines });
        }
        if raw.len() > limits.line_bytes {
            return Err(SourceError::LineTooLong {
                line: index + 1,
                size: raw.len(),
                limit: limits.line_bytes,
            });
        }
        let before: &str = raw.split_once(|c: char| !is_void(c)).map_or(raw, |(void, _)| void);
        lines.push(Line {
            number: u32::try_from(index + 1).unwrap_or(u32::MAX),
            text: raw.trim_matches(is_void),
            indented: !before.is_empty(),
            form_feed: before.contains('\u{c}'),
        });
    }
    Ok(lines)
}

/// Characters that show nothing at the ends of a line. A soft hyphen is not one: it breaks a word.
fn is_void(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    bytes.iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_a_text_is_no_utf8() {
        let error = decode(b"een\ntwee\ndr\xffie", &Limits::default()).unwrap_err();
        assert!(matches!(error, SourceError::InvalidUtf8 { line: 3, offset: 11 }));
        assert!(error.to_string().starts_with("regel 3 is geen geldige UTF-8"));
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert!(matches!(decode(b"a\n\0", &Limits::default()), Err(SourceError::NotText { line: 2 })));
        assert!(matches!(decode(b"\xef\xbb\xbf \n\n", &Limits::default()), Err(SourceError::Empty)));
        assert!(matches!(decode(b"", &Limits::default()), Err(SourceError::Empty)));
    }

    #[test]
    fn keeps_to_its_limits() {
        let limits = Limits { bytes: 8, lines: 2, line_bytes: 4 };
        assert!(matches!(decode(b"123456789", &limits), Err(SourceError::TooLarge { size: 9, limit: 8 })));
        assert!(matches!(split("a\nb\nc", &limits), Err(SourceError::TooManyLines { limit: 2 })));
        assert!(matches!(
            split("a\nbbbbb", &limits),
            Err(SourceError::LineTooLong { line: 2, size: 5, limit: 4 })
        ));
    }

    #[test]
    fn sees_where_pages_start() {
        let lines = split("\u{c}4 Rust\r\n \u{a0}\n in", &Limits::default()).unwrap();
        assert_eq!(lines[0].text, "4 Rust");
        assert!(lines[0].form_feed && lines[0].indented);
        assert!(lines[1].is_blank());
        assert!(lines[2].indented && !lines[2].form_feed);
    }
}
