//! Blocks: lines that stand together, between blank lines.
//!
//! Blank lines alone do not make paragraphs: a PDF leaves them between the first and second line of a list
//! item, and after every line of a box. What a block is, decides how its lines are put together.

use crate::lines::Line;
use crate::marker;
use crate::outline::ends_sentence;

/// Lines of a box: at least this many, each alone between blank lines.
const SMALLEST_BOX: usize = 3;
/// Blocks of a table that came out as loose lines: at least this many in a row.
const SMALLEST_TABLE: usize = 3;
/// Lines of a table, each alone in its block, that are longer than a cell: at least this many in a row.
const SMALLEST_ROWS: usize = 4;
/// A table this long may have cells that end like a sentence.
const LONG_TABLE: usize = 6;
/// Most characters in a line of a table cell.
const WIDEST_CELL: usize = 50;
/// Most lines in a table cell.
const TALLEST_CELL: usize = 10;

/// A line of the running text of a section: not blank, no page number, no section heading.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextLine<'t> {
    pub line: Line<'t>,
    /// Blank lines before it.
    pub blanks: usize,
    /// A page number or page start stands between it and the line before it.
    pub new_page: bool,
    /// Its length in characters.
    pub width: usize,
}

/// How the lines of a block are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Running text, headings, lists.
    Plain,
    /// Part of a box: the block is one line and goes on in the next block.
    Boxed,
    /// A cell of a table.
    Cell,
}

/// Lines that stand together.
#[derive(Debug, Clone)]
pub(crate) struct Block<'t> {
    pub lines: Vec<TextLine<'t>>,
    pub form: Form,
    /// The length of its longest line; for a box that of the whole box.
    pub width: usize,
}

impl<'t> Block<'t> {
    fn new(first: TextLine<'t>) -> Self {
        Self { lines: vec![first], form: Form::Plain, width: first.width }
    }

    /// Whether every line is short: a cell, a heading, a few loose words.
    pub fn is_short(&self, usual: usize) -> bool {
        let widest = WIDEST_CELL.min(usual * 6 / 10);
        self.lines.len() <= TALLEST_CELL && self.width <= widest
    }

    /// Whether the last line ends as a sentence or an item of a list does.
    pub fn is_ended(&self) -> bool {
        self.lines.last().is_some_and(|l| is_ended(l.line.text))
    }

    fn is_cell(&self, usual: usize) -> bool {
        self.form == Form::Plain && self.is_short(usual) && !self.is_list()
    }

    /// One line that is no sentence and no part of one.
    fn is_row(&self, usual: usize) -> bool {
        let is_row = |line: &TextLine<'_>| {
            line.width * 10 <= usual * 11
                && line.line.text.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        };
        let one_row = matches!(self.lines.as_slice(), [line] if is_row(line));
        self.form == Form::Plain && one_row && !self.is_ended() && !self.is_list()
    }

    fn is_list(&self) -> bool {
        self.lines.iter().any(|line| marker::parse(line.line.text).is_some())
    }
}

/// Divides the lines of a section in blocks. `usual`: the usual length of a full line in the document.
pub(crate) fn blocks<'t>(lines: &[TextLine<'t>], usual: usize) -> Vec<Block<'t>> {
    let mut blocks: Vec<Block<'t>> = Vec::new();
    let mut previous: Option<&TextLine<'t>> = None;
    for line in lines {
        let starts = previous.is_none_or(|previous| starts_block(previous, line, usual));
        match blocks.last_mut().filter(|_| !starts) {
            Some(block) => {
                block.width = block.width.max(line.width);
                block.lines.push(*line);
            }
            None => blocks.push(Block::new(*line)),
        }
        previous = Some(line);
    }
    mark_boxes(&mut blocks, usual);
    mark_tables(&mut blocks, usual);
    blocks
}

fn starts_block(previous: &TextLine<'_>, line: &TextLine<'_>, usual: usize) -> bool {
    let text = line.line.text;
    // A page starts with a space; so do lines in the middle of a sentence.
    let indented = line.line.indented
        && text.starts_with(char::is_uppercase)
        && (is_ended(previous.line.text) || fits(previous, text, usual, 80));
    line.blanks > 0 || line.new_page || indented
}

/// A box: three or more blocks of one line, a single blank line between them, in which sentences run on from
/// one block to the next.
fn mark_boxes(blocks: &mut [Block<'_>], usual: usize) {
    let mut start = 0;
    while start < blocks.len() {
        let run = blocks.get(start..).unwrap_or_default();
        let length = run
            .iter()
            .enumerate()
            .take_while(|(index, block)| match block.lines.as_slice() {
                [line] => *index == 0 || (line.blanks == 1 && !line.new_page),
                _ => false,
            })
            .count();
        let run = run.get(..length).unwrap_or_default();
        let width = run.iter().map(|b| b.width).max().unwrap_or(0);
        let runs_on = run.windows(2).any(|pair| match pair {
            [one, next] => {
                let text = next.lines.first().map_or("", |l| l.line.text);
                !one.is_ended() && text.starts_with(char::is_lowercase) && one.width * 100 >= width * 70
            }
            _ => false,
        });
        if length >= SMALLEST_BOX && runs_on && width * 100 >= usual * 60 {
            for block in blocks.iter_mut().skip(start).take(length) {
                block.form = Form::Boxed;
                block.width = width;
            }
        }
        start += length.max(1);
    }
}

/// A table that came out as loose lines: blocks in a row with nothing but short lines, or lines alone in their
/// blocks that are no sentences.
fn mark_tables(blocks: &mut [Block<'_>], usual: usize) {
    let many_short = |cells: &[Block<'_>]| {
        let ended = cells.iter().filter(|block| block.is_ended()).count();
        (cells.len() >= SMALLEST_TABLE && ended == 0)
            || (cells.len() >= LONG_TABLE && ended * 2 <= cells.len())
    };
    mark_runs(blocks, |block| block.is_cell(usual), many_short);
    mark_runs(blocks, |block| block.is_row(usual), |rows| rows.len() >= SMALLEST_ROWS);
}

/// Makes cells of the blocks in each run that passes.
fn mark_runs<'t>(
    blocks: &mut [Block<'t>],
    member: impl Fn(&Block<'t>) -> bool,
    passes: impl Fn(&[Block<'t>]) -> bool,
) {
    let mut start = 0;
    while start < blocks.len() {
        let rest = blocks.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|block| member(block)).count();
        if length > 0 && rest.get(..length).is_some_and(&passes) {
            for block in blocks.iter_mut().skip(start).take(length) {
                block.form = Form::Cell;
            }
        }
        start += length.max(1);
    }
}

/// Whether a text is over at its end: a sentence, or an item of a list.
pub(crate) fn is_ended(text: &str) -> bool {
    ends_sentence(text) || text.ends_with([':', ';'])
}

/// Whether the first word of the next line would easily have fitted on this one. Then the break between them was
/// meant. Text that was wrapped to some width never has such a break, at whatever width.
pub(crate) fn fits(line: &TextLine<'_>, next: &str, width: usize, percent: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    (line.width + 1 + word) * 100 < width * percent
}
