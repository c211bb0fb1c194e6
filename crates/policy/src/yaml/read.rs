//! From text to a tree with positions. Anchors, aliases and tags are refused: a package needs none, and without
//! them a small file can't unfold into a huge one.

use super::node::{Key, Kind, Node, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use std::collections::HashSet;

/// What a file may be at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: usize,
    /// Nodes in one file.
    pub nodes: usize,
    /// Nesting of maps and lists.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 8 << 20, nodes: 1_000_000, depth: 32 }
    }
}

/// Why a file could not be read as YAML.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct YamlError {
    /// What is wrong, in Dutch.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub span: Span,
}

impl YamlError {
    fn new(message: impl Into<String>, help: &str, span: Span) -> Self {
        Self { message: message.into(), help: Some(help.to_owned()), span }
    }
}

/// Reads one YAML document; `None` for a file without content.
pub fn read(text: &str, limits: Limits) -> Result<Option<Node>, YamlError> {
    if text.len() > limits.bytes {
        return Err(YamlError::new(
            format!("bestand is {} bytes, meer dan de toegestane {}", text.len(), limits.bytes),
            "splits het bestand of haal weg wat er niet in hoort",
            Span { line: 1, column: 1, ..Span::default() },
        ));
    }
    Builder { limits, ..Builder::default() }.build(text)
}

#[derive(Default)]
struct Builder {
    limits: Limits,
    nodes: usize,
    stack: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

/// A list or map that is being filled.
enum Open {
    Sequence(Vec<Node>, Span),
    /// The entries; once there are many, their keys again; the key that has no value yet; where it began.
    Mapping(Vec<(Key, Node)>, HashSet<String>, Option<Key>, Span),
}

impl Builder {
    fn build(mut self, text: &str) -> Result<Option<Node>, YamlError> {
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| scan_error(&error, text, self.limits.depth))?;
            self.take(event, place(span))?;
        }
        Ok(self.root)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(YamlError::new(
                        "bestand bevat meer dan één YAML-document",
                        "haal de scheiding `---` weg of maak er twee bestanden van",
                        span,
                    ));
                }
                Ok(())
            }
            Event::Alias(_) => Err(anchored(span)),
            Event::Scalar(text, style, anchor, tag) => {
                refuse_anchor_and_tag(anchor, tag.is_some(), span)?;
                self.count(span)?;
                let plain = style == ScalarStyle::Plain;
                self.push(Node { span, kind: Kind::Scalar { text: text.into_owned(), plain } })
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_anchor_and_tag(anchor, tag.is_some(), span)?;
                self.open(Open::Sequence(Vec::new(), span), span)
            }
            Event::MappingStart(anchor, tag) => {
                refuse_anchor_and_tag(anchor, tag.is_some(), span)?;
                self.open(Open::Mapping(Vec::new(), HashSet::new(), None, span), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn count(&mut self, span: Span) -> Result<(), YamlError> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(YamlError::new(
                format!("bestand heeft meer dan {} onderdelen", self.limits.nodes),
                "splits het bestand",
                span,
            ));
        }
        Ok(())
    }

    fn open(&mut self, open: Open, span: Span) -> Result<(), YamlError> {
        self.count(span)?;
        if self.stack.len() >= self.limits.depth {
            return Err(too_deep(self.limits.depth, span));
        }
        if let Some(Open::Mapping(_, _, None, _)) = self.stack.last() {
            return Err(YamlError::new(
                "een sleutel moet een woord zijn, geen lijst of groep",
                "kijk of het inspringen klopt",
                span,
            ));
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), YamlError> {
        let node = match self.stack.pop() {
            Some(Open::Sequence(items, span)) => {
                Node { span: Span { end: end.end.max(span.end), ..span }, kind: Kind::Sequence(items) }
            }
            Some(Open::Mapping(entries, _, _, span)) => {
                Node { span: Span { end: end.end.max(span.end), ..span }, kind: Kind::Mapping(entries) }
            }
            None => return Ok(()),
        };
        self.push(node)
    }

    fn push(&mut self, node: Node) -> Result<(), YamlError> {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(items, _)) => items.push(node),
            Some(Open::Mapping(entries, seen, pending, _)) => match pending.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let Node { span, kind } = node;
                    let text = match kind {
                        Kind::Scalar { text, .. } => text,
                        _ => String::new(),
                    };
                    if is_double(&text, entries, seen) {
                        return Err(YamlError::new(
                            format!("sleutel `{text}` staat hier twee keer"),
                            "voeg ze samen of haal er een weg",
                            span,
                        ));
                    }
                    *pending = Some(Key { text, span });
                }
            },
        }
        Ok(())
    }
}

/// From this many keys on they are looked up in a set.
const MANY_KEYS: usize = 24;

/// Whether a key stands in a map already.
fn is_double(text: &str, entries: &[(Key, Node)], seen: &mut HashSet<String>) -> bool {
    if entries.len() < MANY_KEYS {
        return entries.iter().any(|(key, _)| key.text == text);
    }
    if seen.is_empty() {
        seen.extend(entries.iter().map(|(key, _)| key.text.clone()));
    }
    !seen.insert(text.to_owned())
}

fn anchored(span: Span) -> YamlError {
    YamlError::new(
        "ankers en verwijzingen (`&naam`, `*naam`) worden niet gelezen",
        "schrijf de waarde voluit",
        span,
    )
}

fn refuse_anchor_and_tag(anchor: usize, tagged: bool, span: Span) -> Result<(), YamlError> {
    if anchor != 0 {
        return Err(anchored(span));
    }
    if tagged {
        return Err(YamlError::new("YAML-tags (`!naam`) worden niet gelezen", "haal de tag weg", span));
    }
    Ok(())
}

fn place(span: saphyr_parser::Span) -> Span {
    Span {
        start: span.start.index(),
        end: span.end.index(),
        line: span.start.line(),
        column: span.start.col() + 1,
    }
}

fn too_deep(depth: usize, span: Span) -> YamlError {
    YamlError::new(
        format!("meer dan {depth} niveaus diep genest"),
        "een pakketbestand is zelden dieper dan zes niveaus: kijk of het inspringen klopt",
        span,
    )
}

fn scan_error(error: &ScanError, text: &str, depth: usize) -> YamlError {
    let marker = error.marker();
    let mut span = Span {
        start: marker.index(),
        end: marker.index() + 1,
        line: marker.line(),
        column: marker.col() + 1,
    };
    let content = text.trim_end();
    if span.line > content.lines().count() {
        // Found out past the end: the last thing that stands there is what to look at.
        let last = content.lines().next_back().unwrap_or_default();
        span.end = content.chars().count().max(1);
        span.start = span.end - 1;
        span.line = content.lines().count().max(1);
        span.column = last.chars().count().max(1);
    }
    let info = error.info();
    if info.contains("recursion limit") {
        return too_deep(depth, span);
    }
    if info.contains("anchor") {
        return anchored(span);
    }
    match DUTCH.iter().find(|(english, ..)| info.contains(english)) {
        Some((_, message, help)) => YamlError::new(*message, help, span),
        None => YamlError::new(
            format!("geen geldige YAML ({info})"),
            "kijk naar inspringen, aanhalingstekens en dubbele punten op deze regel en die erboven",
            span,
        ),
    }
}

/// What the YAML parser says of the commonest faults, and what that is to an editor of a package.
const DUTCH: [(&str, &str, &str); 10] = [
    (
        "scanning a quoted scalar, found unexpected end",
        "een aanhalingsteken wordt niet gesloten",
        "zet aan het eind hetzelfde aanhalingsteken als aan het begin",
    ),
    (
        "trailing content after",
        "na een aanhalingsteken staat nog tekst",
        "zet de hele tekst tussen aanhalingstekens, of laat ze weg",
    ),
    (
        "block collection, did not find expected '-'",
        "het inspringen klopt hier niet",
        "zet de sleutels van een onderdeel recht onder elkaar; een nieuw onderdeel begint met `- `",
    ),
    (
        "block mapping, did not find expected key",
        "hier hoort een sleutel",
        "kijk of het inspringen klopt, en of een tekst met aanhalingstekens daarna ophoudt",
    ),
    (
        "mapping values are not allowed",
        "een dubbele punt kan hier niet",
        "zet een tekst met een dubbele punt erin tussen aanhalingstekens",
    ),
    (
        "simple key expect",
        "hier hoort `sleutel: waarde`",
        "ontbreekt er een dubbele punt, of een spatie erna?",
    ),
    (
        "flow sequence, expected ',' or ']'",
        "een lijst tussen vierkante haken wordt niet gesloten",
        "zet een komma tussen de woorden en `]` aan het eind",
    ),
    (
        "flow mapping, did not find expected ',' or '}'",
        "een groep tussen accolades wordt niet gesloten",
        "zet een komma tussen de sleutels en `}` aan het eind; een tekst met een komma hoort tussen aanhalingstekens",
    ),
    ("tab", "een tab kan hier niet staan", "gebruik spaties om in te springen"),
    (
        "unexpected character",
        "dit teken kan niet aan het begin van een waarde staan",
        "zet de waarde tussen aanhalingstekens",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> YamlError {
        read(text, Limits::default()).unwrap_err()
    }

    #[test]
    fn keeps_positions() {
        let node = read("- id: a\n  lijst: [x, 'y z']\n", Limits::default()).unwrap().unwrap();
        let second = node.at(&[0.into(), "lijst".into(), 1.into()]);
        assert_eq!(second.text(), Some("y z"));
        assert_eq!((second.span.line, second.span.column), (2, 14));
    }

    #[test]
    fn empty_file_is_none() {
        assert_eq!(read("# niets\n", Limits::default()), Ok(None));
    }

    #[test]
    fn refuses_anchors_tags_duplicates_and_depth() {
        assert!(error("a: &x [1]\nb: *x\n").message.contains("ankers"));
        assert!(error("a: !!str 1\n").message.contains("tags"));
        let duplicate = error("a: 1\nb: 2\na: 3\n");
        assert_eq!(duplicate.span.line, 3);
        assert!(duplicate.message.contains("twee keer"));
        assert!(error(&"[".repeat(200)).message.contains("genest"));
        assert!(error("a: [1\n").message.contains("wordt niet gesloten"));
    }

    #[test]
    fn refuses_too_many_nodes_and_bytes() {
        let limits = Limits { bytes: 100, nodes: 10, depth: 4 };
        assert!(read(&"- a\n".repeat(11), limits).unwrap_err().message.contains("onderdelen"));
        assert!(read(&"#".repeat(101), limits).unwrap_err().message.contains("bytes"));
    }
}
