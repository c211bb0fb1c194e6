//! Reading files and standard input, within limits.

use crate::error::{CliError, reason};
use std::fs::File;
use std::io::{BufRead, Read};
use std::path::Path;

/// Reads a text of at most `max` bytes from a file, or from standard input for `-`.
pub(crate) fn text(path: &Path, max: usize) -> Result<String, CliError> {
    let what = name(path);
    let unreadable =
        |error: std::io::Error| CliError::Unreadable { path: path.to_owned(), reason: reason(&error) };
    let mut bytes = Vec::new();
    let limit = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        let file = File::open(path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        if size >= limit {
            return Err(CliError::TooLarge { what, max });
        }
        file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if bytes.len() > max {
        return Err(CliError::TooLarge { what, max });
    }
    let text = String::from_utf8(bytes).map_err(|_| CliError::NotText(what))?;
    Ok(without_mark(text))
}

/// Text without the byte order mark some editors put before it.
fn without_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// What to call a file in a message.
pub(crate) fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standaardinvoer".to_owned() } else { format!("`{}`", path.display()) }
}

/// A line of input.
pub(crate) enum Line {
    /// Its text.
    Text(String),
    /// Longer than allowed; it was skipped.
    TooLong,
    /// Not UTF-8.
    NotText,
}

/// The next line of at most `max` bytes; a longer one is read past, never kept.
pub(crate) fn line(reader: &mut impl BufRead, max: usize) -> std::io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let mut too_long = false;
    let mut any = false;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let take = end.unwrap_or(buffer.len());
        if bytes.len() + take > max {
            too_long = true;
            bytes.clear();
        } else if !too_long {
            bytes.extend(buffer.iter().take(take));
        }
        let used = end.map_or(take, |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, too_long) {
        (false, _) => None,
        (true, true) => Some(Line::TooLong),
        (true, false) => {
            Some(String::from_utf8(bytes).map_or(Line::NotText, |text| Line::Text(without_mark(text))))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_read_past() {
        let mut reader = std::io::BufReader::with_capacity(4, &b"kort\nveel te lang\n\xff\nna"[..]);
        let mut seen = Vec::new();
        while let Some(line) = line(&mut reader, 5).unwrap() {
            seen.push(match line {
                Line::Text(text) => text,
                Line::TooLong => "<lang>".to_owned(),
                Line::NotText => "<bytes>".to_owned(),
            });
        }
        assert_eq!(seen, ["kort", "<lang>", "<bytes>", "na"]);
    }
}
