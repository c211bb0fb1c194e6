//! Paragraphs: blocks put together into what a reader would call one.

use crate::block::{Block, Form, TextLine, fits, is_ended};
use crate::clean::{Lexicon, letters};
use crate::fingerprint::Fingerprint;
use crate::lines::LineRange;
use crate::marker::{self, Marked, Series};
use crate::outline::ends_sentence;

/// Longest heading without number, in characters.
const LONGEST_HEADING: usize = 80;
/// Longest such heading over two lines.
const LONGEST_DOUBLE_HEADING: usize = 150;
/// Most words in a heading that stands alone.
const MOST_WORDS: usize = 10;
/// Most words in a heading right above a list with bullets; more is a sentence.
const MOST_WORDS_OVER_BULLETS: usize = 6;

/// What a paragraph is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParagraphKind {
    /// Running text.
    Text,
    /// A heading without a number, such as "Ambitie".
    Heading,
    /// An item of a list.
    ListItem {
        /// Its marker as written: `•`, `-`, `2.`, `b)`.
        marker: String,
    },
    /// Text in a box, such as a definition.
    Definition,
    /// A cell of a table that came out as loose lines.
    TableRow,
    /// The caption of a figure, table or map.
    Caption,
}

/// A paragraph of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Where it stands.
    pub lines: LineRange,
    /// Its text on one line: broken words joined, the marker of a list item left out.
    pub text: String,
    /// The fingerprint of its text.
    pub fingerprint: Fingerprint,
}

/// Puts the blocks of a section together. `label` is told, for each line that starts with a list marker, its number
/// and the text after the marker.
pub(crate) fn paragraphs<'t>(
    blocks: &[Block<'t>],
    usual: usize,
    lexicon: &Lexicon,
    mut label: impl FnMut(u32, &'t str),
) -> Vec<Paragraph> {
    let mut builder = Builder { lexicon, done: Vec::new(), open: None };
    for (index, block) in blocks.iter().enumerate() {
        let place = Place { block, next: blocks.get(index + 1), usual };
        let mut position = 0;
        while let Some(line) = block.lines.get(position) {
            position += builder.take(&place, position, line, &mut label);
        }
    }
    builder.close();
    builder.done
}

/// A block and what comes after it.
struct Place<'b, 't> {
    block: &'b Block<'t>,
    next: Option<&'b Block<'t>>,
    usual: usize,
}

/// A paragraph that may go on.
struct Open<'t> {
    kind: ParagraphKind,
    series: Option<Series>,
    form: Form,
    from: u32,
    last: TextLine<'t>,
    text: String,
    words: String,
}

struct Builder<'l, 't> {
    lexicon: &'l Lexicon,
    done: Vec<Paragraph>,
    open: Option<Open<'t>>,
}

impl<'t> Builder<'_, 't> {
    /// Takes in one line, or two for a heading over two lines. Answers how many.
    fn take(
        &mut self,
        place: &Place<'_, 't>,
        position: usize,
        line: &TextLine<'t>,
        label: &mut impl FnMut(u32, &'t str),
    ) -> usize {
        let starts_block = position == 0;
        if place.block.form == Form::Cell {
            if starts_block {
                self.start(ParagraphKind::TableRow, None, Form::Cell, line, line.line.text);
            } else {
                self.add(line);
            }
            return 1;
        }
        if let Some(marked) = self.item(place, starts_block, line) {
            label(line.line.number, marked.rest);
            let kind = ParagraphKind::ListItem { marker: marked.marker.to_owned() };
            self.start(kind, Some(marked.series), place.block.form, line, marked.rest);
            return 1;
        }
        if self.open.as_ref().is_some_and(|open| goes_on(open, place, starts_block, line)) {
            self.add(line);
            return 1;
        }
        let fresh = starts_block || self.open.as_ref().is_none_or(|open| open.kind == ParagraphKind::Heading);
        if fresh && is_caption(line.line.text) {
            self.start(ParagraphKind::Caption, None, place.block.form, line, line.line.text);
            return 1;
        }
        let heading = if fresh { heading_lines(place, position) } else { 0 };
        if heading > 0 {
            self.start(ParagraphKind::Heading, None, place.block.form, line, line.line.text);
            for more in place.block.lines.iter().skip(position + 1).take(heading - 1) {
                self.add(more);
            }
            return heading;
        }
        let kind =
            if place.block.form == Form::Boxed { ParagraphKind::Definition } else { ParagraphKind::Text };
        self.start(kind, None, place.block.form, line, line.line.text);
        1
    }

    /// Whether the line starts an item of a list.
    fn item(&self, place: &Place<'_, 't>, starts_block: bool, line: &TextLine<'t>) -> Option<Marked<'t>> {
        let marked = marker::parse(line.line.text)?;
        let Some(open) = self.open.as_ref() else {
            return Some(marked);
        };
        let before = open.last.line.text;
        let ended = is_ended(before) || before.ends_with(',');
        // A sentence may have an initial or a number at the start of a line; a list has room before its items.
        let meant = starts_block
            || before.ends_with([':', ';'])
            || fits(&open.last, marked.marker, place.block.width, 85);
        let accept = match marked.series {
            Series::Bullet => true,
            _ if open.kind == ParagraphKind::Heading => true,
            series if open.series.is_some_and(|own| own.is_followed_by(series)) => true,
            Series::Dash => ended || starts_block || line.line.indented,
            Series::Number(_) | Series::Letter(_) if ended => meant,
            // Only where the sentence before it cannot go on here.
            Series::Number(_) | Series::Letter(_) => {
                starts_block && !line.new_page && fits(&open.last, marked.marker, place.usual, 80)
            }
        };
        accept.then_some(marked)
    }

    fn start(
        &mut self,
        kind: ParagraphKind,
        series: Option<Series>,
        form: Form,
        line: &TextLine<'t>,
        text: &str,
    ) {
        self.close();
        let letters = letters(text);
        let mut words = String::new();
        crate::fingerprint::push_words(text, &mut words);
        self.open = Some(Open {
            kind,
            series,
            form,
            from: line.line.number,
            last: *line,
            text: self.lexicon.mend(&letters),
            words,
        });
    }

    fn add(&mut self, line: &TextLine<'t>) {
        if let Some(open) = self.open.as_mut() {
            let next = self.lexicon.mend(&letters(line.line.text));
            self.lexicon.join(&mut open.text, &next);
            crate::fingerprint::push_words(line.line.text, &mut open.words);
            open.last = *line;
        }
    }

    fn close(&mut self) {
        self.done.extend(self.open.take().map(|open| Paragraph {
            kind: open.kind,
            lines: LineRange::new(open.from, open.last.line.number),
            text: open.text,
            fingerprint: Fingerprint::of_words(&open.words),
        }));
    }
}

/// Whether the paragraph goes on in the line.
fn goes_on(open: &Open<'_>, place: &Place<'_, '_>, starts_block: bool, line: &TextLine<'_>) -> bool {
    let text = line.line.text;
    let last = &open.last;
    let before = last.line.text;
    if matches!(open.kind, ParagraphKind::Heading | ParagraphKind::TableRow) {
        return false;
    }
    let opens_sentence = text.starts_with(|c: char| {
        c.is_uppercase() || c.is_numeric() || matches!(c, '‘' | '“' | '\'' | '"' | '(')
    });
    if !starts_block {
        let meant =
            opens_sentence && fits(last, text, place.block.width, if is_item(open) { 75 } else { 85 });
        return !(meant && (is_ended(before) || is_item(open)));
    }
    if open.kind == ParagraphKind::Caption || is_caption(text) {
        return false;
    }
    if is_broken(before) {
        return true;
    }
    let boxed = open.form == Form::Boxed && place.block.form == Form::Boxed && !line.new_page;
    if boxed && !is_item(open) {
        return !(opens_sentence && fits(last, text, place.block.width, 88));
    }
    if is_ended(before) {
        return false;
    }
    // An unfinished sentence: it goes on in small letters, or in a capital where the line was full.
    let continues = text.starts_with(|c: char| c.is_lowercase() || c.is_numeric());
    let loose = place.block.is_short(place.usual) && !place.block.is_ended();
    continues || (!loose && (dangles(before) || !fits(last, text, place.usual, 85)))
}

fn is_item(open: &Open<'_>) -> bool {
    open.series.is_some()
}

/// Whether a line ends in the middle of a word.
fn is_broken(text: &str) -> bool {
    text.strip_suffix(['-', '\u{ad}']).is_some_and(|start| start.ends_with(char::is_alphabetic))
}

/// Whether a line ends with a word no sentence ends with.
fn dangles(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    [
        "de", "het", "een", "en", "of", "van", "voor", "in", "op", "met", "door", "aan", "bij", "naar", "te",
        "onze",
    ]
    .contains(&last)
}

/// `Figuur 3.1. Titel` or `Tabel 2`, not `Figuur 3.1 laat zien`.
fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let names = ["figuur", "tabel", "kaart", "afbeelding", "foto", "grafiek", "schema", "kader"];
    let is_name = words.next().is_some_and(|word| names.contains(&word.to_lowercase().as_str()));
    let is_number = words.next().is_some_and(|word| {
        let word = word.trim_end_matches([':', '.']);
        !word.is_empty()
            && word.chars().all(|c| c.is_ascii_digit() || c == '.')
            && word.starts_with(|c: char| c.is_ascii_digit())
    });
    is_name && is_number && words.next().is_none_or(|word| word.starts_with(|c: char| !c.is_lowercase()))
}

/// How many lines from here are a heading without number: 0, 1 or 2.
fn heading_lines(place: &Place<'_, '_>, position: usize) -> usize {
    let lines = &place.block.lines;
    let Some(line) = lines.get(position) else { return 0 };
    let text = line.line.text;
    if !may_head(text) {
        return 0;
    }
    let opens = |text: &str| text.starts_with(|c: char| !c.is_lowercase());
    match (lines.get(position + 1), lines.get(position + 2)) {
        (None, _) => usize::from(heads_next_block(place, line)),
        (Some(next), after) => {
            let width = place.block.width;
            let meant = fits(line, next.line.text, width, 80);
            let marked = marker::parse(next.line.text);
            let is_bullet = marked.is_some_and(|marked| marked.series == Series::Bullet);
            let heads = if is_bullet {
                text.split_whitespace().count() <= MOST_WORDS_OVER_BULLETS
            } else {
                let listed =
                    marked.is_some_and(|marked| is_followed_by_next(marked, lines.get(position + 2)));
                listed || (meant && (marked.is_some() || opens(next.line.text)))
            };
            if line.width <= LONGEST_HEADING && heads {
                return 1;
            }
            let second_heads = after.is_some_and(|after| {
                may_end_heading(next.line.text)
                    && !next.line.text.ends_with(':')
                    && opens(after.line.text)
                    && fits(next, after.line.text, width, 60)
                    && !meant
                    && line.width + next.width <= LONGEST_DOUBLE_HEADING
                    && !text.contains(". ")
            });
            if second_heads { 2 } else { 0 }
        }
    }
}

/// Whether the next line has the next marker: surely a list.
fn is_followed_by_next(marked: Marked<'_>, next: Option<&TextLine<'_>>) -> bool {
    next.and_then(|line| marker::parse(line.line.text))
        .is_some_and(|next| marked.series.is_followed_by(next.series))
}

/// A heading alone in its block. The gap below it says more than its length, except in a box, where there is a gap
/// below every line.
fn heads_next_block(place: &Place<'_, '_>, line: &TextLine<'_>) -> bool {
    let Some(next) = place.next.and_then(|block| block.lines.first()) else {
        return false;
    };
    let text = next.line.text;
    let stands_out = match place.block.form {
        Form::Boxed => fits(line, text, place.block.width, 85),
        Form::Plain | Form::Cell => line.width * 100 < place.usual * 80 || next.blanks > 1,
    };
    line.width <= LONGEST_HEADING
        && line.line.text.split_whitespace().count() <= MOST_WORDS
        && !text.starts_with(char::is_lowercase)
        && stands_out
}

fn may_head(text: &str) -> bool {
    let opens = text.trim_start_matches(['‘', '“', '\'', '"', '(']).starts_with(char::is_uppercase);
    // `Zoutwinning:` heads a list; `Wij sturen op:` is a sentence.
    let colon = !text.ends_with(':') || text.split_whitespace().count() <= 2;
    opens && colon && may_end_heading(text)
}

fn may_end_heading(text: &str) -> bool {
    !ends_sentence(text)
        && !text.ends_with([',', ';', '-', '/', '(', '\u{ad}'])
        && text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Limits};

    fn read(text: &str) -> Vec<(ParagraphKind, String, String)> {
        let document = Document::read(text.as_bytes(), &Limits::default()).unwrap();
        let paragraphs = document.sections.into_iter().flat_map(|s| s.paragraphs);
        paragraphs.map(|p| (p.kind, p.lines.to_string(), p.text)).collect()
    }

    fn shape(text: &str) -> Vec<String> {
        read(text)
            .into_iter()
            .map(|(kind, lines, text)| {
                let kind = match kind {
                    ParagraphKind::Text => "tekst".to_owned(),
                    ParagraphKind::Heading => "kop".to_owned(),
                    ParagraphKind::ListItem { marker } => marker,
                    ParagraphKind::Definition => "kader".to_owned(),
                    ParagraphKind::TableRow => "tabel".to_owned(),
                    ParagraphKind::Caption => "bijschrift".to_owned(),
                };
                format!("{kind} {lines} {text}")
            })
            .collect()
    }

    #[test]
    fn sees_headings_without_number() {
        let text = "\
Ambitie
Wij willen dat het in het veld stil blijft en dat men er de
vogels hoort. Daar hoort ook de nacht bij.

 Uitvoering
Het veld krijgt een pad.
";
        assert_eq!(
            shape(text),
            [
                "kop 1-1 Ambitie",
                "tekst 2-3 Wij willen dat het in het veld stil blijft en dat men er de vogels hoort. Daar hoort ook de nacht bij.",
                "kop 5-5 Uitvoering",
                "tekst 6-6 Het veld krijgt een pad."
            ]
        );
    }

    #[test]
    fn puts_list_items_together_over_blank_lines() {
        let text = "\
De heide vraagt om beheer, en wij doen dat met drie middelen tegelijk:
• het plaggen van de heide in kleine stukken, zodat er altijd plan-

ten in bloei staan;
• begrazing door schapen.

a. met een kudde uit
het dorp;
b. of met een andere.
Wij leggen dat vast in het plan van het veld.
";
        assert_eq!(
            shape(text),
            [
                "tekst 1-1 De heide vraagt om beheer, en wij doen dat met drie middelen tegelijk:",
                "• 2-4 het plaggen van de heide in kleine stukken, zodat er altijd planten in bloei staan;",
                "• 5-5 begrazing door schapen.",
                "a. 7-8 met een kudde uit het dorp;",
                "b. 9-9 of met een andere.",
                "tekst 10-10 Wij leggen dat vast in het plan van het veld."
            ]
        );
    }

    #[test]
    fn goes_on_after_a_page_number() {
        let text = "\
Het veld ligt hoog en droog, en wie er loopt ziet in de verte de



12

kerk van het dorp. Daar woont niemand meer.
";
        assert_eq!(
            shape(text),
            [
                "tekst 1-7 Het veld ligt hoog en droog, en wie er loopt ziet in de verte de kerk van het dorp. Daar woont niemand meer."
            ]
        );
    }

    #[test]
    fn sees_captions() {
        let text = "Figuur 2.1. Het veld in de winter\n\nFiguur 2.1 laat het veld zien zoals het was.\n";
        assert_eq!(
            shape(text),
            [
                "bijschrift 1-1 Figuur 2.1. Het veld in de winter",
                "tekst 3-3 Figuur 2.1 laat het veld zien zoals het was."
            ]
        );
    }
}
