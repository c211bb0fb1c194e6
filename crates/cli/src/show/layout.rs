//! Width, wrapping and colours.

use anstyle::{AnsiColor, Style};
use brink_assess::Outcome;
use textwrap::{Options, WordSplitter};

/// How wide output is: the terminal, but never wider than reads well; 80 where there is none.
pub(crate) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or(terminal).unwrap_or(80).clamp(40, 100)
}

/// Text wrapped with an indent.
pub(crate) fn paragraph(text: &str, indent: usize) -> String {
    paragraph_with(text, &" ".repeat(indent), &" ".repeat(indent))
}

/// Text wrapped with one indent for the first line and another for the rest.
pub(crate) fn paragraph_with(text: &str, first: &str, rest: &str) -> String {
    let options = Options::new(width())
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation);
    let mut wrapped = textwrap::fill(text, options);
    wrapped.push('\n');
    wrapped
}

/// Text from outside, without what could steer a terminal or start a line of its own.
pub(crate) fn tame(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A number of things, in words.
pub(crate) fn count(number: usize, one: &str, more: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {more}") }
}

/// Things one after the other, with "en" before the last.
pub(crate) fn series(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} en {last}", first.join(", ")),
    }
}

/// The colours used.
pub(crate) struct Styles;

impl Styles {
    /// A heading.
    pub(crate) const HEADING: Style = Style::new().bold();
    /// Something less important.
    pub(crate) const QUIET: Style = Style::new().dimmed();

    /// An outcome.
    pub(crate) fn outcome(outcome: Outcome) -> Style {
        let color = match outcome {
            Outcome::Strijdig | Outcome::NeeTenzij => AnsiColor::Red,
            Outcome::Onbekend => AnsiColor::Magenta,
            Outcome::Onwenselijk | Outcome::JaMits | Outcome::Aandacht => AnsiColor::Yellow,
            Outcome::Past | Outcome::Gewenst => AnsiColor::Green,
            Outcome::Elders | Outcome::GeenBelang => AnsiColor::Cyan,
        };
        Style::new().bold().fg_color(Some(color.into()))
    }
}
