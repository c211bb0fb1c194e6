//! Findings in a package, with the line they are about.

use brink_policy::{Finding, Severity, SourceFile};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use std::fmt;

/// A finding as miette draws it.
struct Report<'a> {
    finding: &'a Finding,
    source: Option<NamedSource<String>>,
    label: Option<LabeledSpan>,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.message)
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!(
            "{} {}",
            self.finding.severity, self.finding.code
        )))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Fout => miette::Severity::Error,
            Severity::Waarschuwing => miette::Severity::Warning,
            Severity::Opmerking => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.finding
            .help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label
            .clone()
            .map(|label| Box::new(std::iter::once(label)) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

/// Draws a finding.
pub(crate) fn draw(finding: &Finding, files: &[SourceFile], colour: bool) -> String {
    let file = finding
        .place
        .as_ref()
        .and_then(|place| files.iter().find(|file| file.name == place.file));
    let (source, label) = match (&finding.place, file) {
        (Some(place), Some(file)) if place.span.line > 0 => {
            let (start, end) = line_span(&file.text, place.span.start, place.span.end);
            let source = NamedSource::new(&file.name, file.text.clone());
            (
                Some(source),
                Some(LabeledSpan::new(None, start, end.saturating_sub(start).max(1))),
            )
        }
        _ => (None, None),
    };
    let theme = if colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(super::width())
        .with_context_lines(0)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .without_cause_chain();
    let mut out = String::new();
    let report = Report {
        finding,
        source,
        label,
    };
    if handler.render_report(&mut out, &report).is_err() {
        out = format!("{finding}\n");
    }
    out
}

/// From characters to bytes, and no further than the end of the first line.
fn line_span(text: &str, start: usize, end: usize) -> (usize, usize) {
    let byte = |wanted: usize| {
        text.char_indices()
            .nth(wanted)
            .map_or(text.len(), |(byte, _)| byte)
    };
    let from = byte(start);
    let line_end = text
        .get(from..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |n| from + n);
    (from, byte(end).clamp(from, line_end.max(from)))
}
