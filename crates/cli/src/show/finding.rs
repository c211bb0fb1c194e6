//! Findings in a package, with the line they are about.

use brink_policy::{Finding, Place, Severity, SourceFile};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use std::fmt;

/// A finding as miette draws it.
struct Report<'a> {
    finding: &'a Finding,
    source: Option<Excerpt>,
    label: Option<LabeledSpan>,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::tame(&self.finding.message))
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{} {}", self.finding.severity, self.finding.code)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Fout => miette::Severity::Error,
            Severity::Waarschuwing => miette::Severity::Warning,
            Severity::Opmerking => miette::Severity::Advice,
        })
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
    let excerpt = finding.place.as_ref().and_then(|place| excerpt(place, files));
    let (source, label) = match excerpt {
        Some((excerpt, label)) => (Some(excerpt), Some(label)),
        None => (None, None),
    };
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut handler = GraphicalReportHandler::new_themed(theme)
        .with_width(super::width())
        .with_context_lines(0)
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .without_cause_chain();
    if let Some(help) = &finding.help {
        handler = handler.with_footer(format!("hulp: {}", super::tame(help)));
    }
    let mut out = String::new();
    let report = Report { finding, source, label };
    if handler.render_report(&mut out, &report).is_err() {
        out = format!("{finding}\n");
    }
    out
}

/// The line a finding is about, and what to underline in it. Of a long line only the part around that.
fn excerpt(place: &Place, files: &[SourceFile]) -> Option<(Excerpt, LabeledSpan)> {
    let file = files.iter().find(|file| file.name == place.file)?;
    let line = file.text.lines().nth(place.span.line.checked_sub(1)?)?;
    let column = place.span.column.saturating_sub(1);
    let length = line.chars().count();
    // Room for the line number and the frame.
    let room = super::width().saturating_sub(16);
    let (start, before) =
        if length > room && column > room / 2 { (column.saturating_sub(room / 3), "... ") } else { (0, "") };
    let shown: String = super::tame(line).chars().skip(start).take(room).collect();
    let after = if start + room < length { " ..." } else { "" };
    let from: usize =
        before.len() + shown.chars().take(column.saturating_sub(start)).map(char::len_utf8).sum::<usize>();
    let marked = place.span.end.saturating_sub(place.span.start).max(1);
    let rest = shown.chars().skip(column.saturating_sub(start));
    let width: usize = rest.take(marked).map(char::len_utf8).sum();
    let excerpt = Excerpt {
        name: place.file.clone(),
        text: format!("{before}{shown}{after}"),
        line: place.span.line - 1,
        column,
    };
    Some((excerpt, LabeledSpan::new(None, from, width.max(1))))
}

/// One line of a file.
#[derive(Debug)]
struct Excerpt {
    name: String,
    text: String,
    line: usize,
    column: usize,
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let all = SourceSpan::new(0.into(), self.text.len());
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            all,
            self.line,
            self.column,
            1,
        )))
    }
}
