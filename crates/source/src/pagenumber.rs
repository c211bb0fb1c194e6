//! Page numbers on lines of their own.

use crate::lines::Line;
use crate::rising::longest_rising;

/// Which lines are page numbers: for each line of the file whether it is one.
///
/// A page number is a small number alone on a line between blank lines or page starts, with text
/// between it and the next such number, and higher than the page numbers before it. Of the numbers
/// that qualify, the longest rising series counts; the others are cells of a table.
pub(crate) fn page_numbers(lines: &[Line<'_>]) -> Vec<bool> {
    let candidates = candidates(lines);
    let mut found = vec![false; lines.len()];
    for place in longest_rising(&candidates, |candidate| candidate.1) {
        if let Some(slot) = candidates.get(place).and_then(|candidate| found.get_mut(candidate.0)) {
            *slot = true;
        }
    }
    found
}

/// Index of the line and the number on it.
fn candidates(lines: &[Line<'_>]) -> Vec<(usize, u32)> {
    let mut all: Vec<(usize, u32)> = Vec::new();
    let mut neighbours: Vec<bool> = Vec::new();
    let mut text_since = true;
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        let alone = |other: Option<&Line<'_>>| other.is_none_or(Line::is_blank);
        let before = index.checked_sub(1).and_then(|i| lines.get(i));
        let after = lines.get(index + 1);
        let free = (alone(before) || line.form_feed) && (alone(after) || after.is_some_and(|l| l.form_feed));
        match number_on(line.text).filter(|_| free) {
            Some(number) => {
                if !text_since && let Some(last) = neighbours.last_mut() {
                    *last = true;
                }
                all.push((index, number));
                neighbours.push(!text_since);
                text_since = false;
            }
            None => text_since = true,
        }
    }
    all.into_iter()
        .zip(neighbours)
        .filter_map(|(candidate, neighbour)| (!neighbour).then_some(candidate))
        .collect()
}

/// `58`, `- 58 -`, `Pagina 58`, `58 van 151`.
fn number_on(text: &str) -> Option<u32> {
    let text = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|') || c.is_whitespace());
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix("pagina").or_else(|| lower.strip_prefix("blz.")).unwrap_or(&lower).trim();
    let number = rest
        .split_once(" van ")
        .map_or(rest, |(page, total)| if total.bytes().all(|b| b.is_ascii_digit()) { page } else { rest });
    if number.is_empty() || number.len() > 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // A year is not a page.
    number.parse().ok().filter(|n| !(1800..=2200).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::lines::split;

    fn pages(text: &str) -> Vec<u32> {
        let lines = split(text, &Limits::default()).unwrap();
        let found = page_numbers(&lines);
        lines.iter().zip(found).filter(|(_, is)| *is).map(|(line, _)| line.number).collect()
    }

    #[test]
    fn finds_numbers_that_stand_alone_and_rise() {
        assert_eq!(pages("tekst\n\n12\n\ntekst\n\n- 13 -\n\ntekst\n\nPagina 14 van 20\n"), [3, 7, 11]);
        assert_eq!(pages("tekst\n12\n\ntekst"), Vec::<u32>::new());
        assert_eq!(pages("tekst\n12\u{c}\ntekst\n\n13\n\u{c}tekst"), [5]);
    }

    #[test]
    fn leaves_years_and_cells_alone() {
        assert_eq!(pages("visie\n\n2022\n\ntekst"), Vec::<u32>::new());
        assert_eq!(pages("kop\n\n12\n\n30\n\n45\n\ntekst"), Vec::<u32>::new());
        assert_eq!(pages("a\n\n7\n\nb\n\n3\n\nc\n\n8\n\nd\n\n9\n"), [7, 11, 15]);
    }
}
