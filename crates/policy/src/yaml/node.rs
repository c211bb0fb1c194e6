//! The tree a package file is read into.

/// Where a node stands in its file. Offsets count characters, lines start at 1, columns at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Offset of the first character.
    pub start: usize,
    /// Offset just past the last character.
    pub end: usize,
    /// Line of the first character, from 1.
    pub line: usize,
    /// Column of the first character, from 1.
    pub column: usize,
}

/// A node with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the node stands.
    pub span: Span,
    /// What the node is.
    pub kind: Kind,
}

/// What a node holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A scalar: its text as written (escapes resolved) and whether it stood there without quotes.
    Scalar {
        /// The text.
        text: String,
        /// Without quotes, so that `true`, `12` and `null` are not strings.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// A map, in the order of the file; keys are unique.
    Mapping(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The key itself.
    pub text: String,
    /// Where the key stands.
    pub span: Span,
}

/// One step down the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// The value under a key.
    Key(String),
    /// An element of a list.
    Index(usize),
}

impl From<&str> for Segment {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl Node {
    /// The value under `key`, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Mapping(entries) => entries.iter().find(|(k, _)| k.text == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The elements, when this is a list.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text, when this is a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The node at the end of `path`, or the deepest one on the way there.
    pub fn at(&self, path: &[Segment]) -> &Node {
        let mut node = self;
        for segment in path {
            let next = match segment {
                Segment::Key(key) => node.get(key),
                Segment::Index(index) => node.items().get(*index),
            };
            match next {
                Some(next) => node = next,
                // A scalar where a list may stand: index 0 is the scalar itself.
                None if *segment == Segment::Index(0) => {}
                None => break,
            }
        }
        node
    }

    /// Takes out what stands at `path`; says whether anything was there.
    pub fn remove(&mut self, path: &[Segment]) -> bool {
        match path {
            [] => false,
            [Segment::Key(key)] => match &mut self.kind {
                Kind::Mapping(entries) => {
                    let before = entries.len();
                    entries.retain(|(k, _)| k.text != *key);
                    entries.len() != before
                }
                _ => false,
            },
            [Segment::Index(index)] => match &mut self.kind {
                Kind::Sequence(items) if *index < items.len() => {
                    items.remove(*index);
                    true
                }
                _ => false,
            },
            [first, rest @ ..] => {
                let child = match (first, &mut self.kind) {
                    (Segment::Key(key), Kind::Mapping(entries)) => {
                        entries.iter_mut().find(|(k, _)| k.text == *key).map(|(_, node)| node)
                    }
                    (Segment::Index(index), Kind::Sequence(items)) => items.get_mut(*index),
                    _ => None,
                };
                child.is_some_and(|child| child.remove(rest))
            }
        }
    }
}
