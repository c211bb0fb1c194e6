//! YAML with positions: every node knows where it stands, so that every finding can say file, line and column.

mod de;
mod node;
mod read;

pub use de::{DeError, from_node};
pub use node::{Key, Kind, Node, Segment, Span};
pub use read::{Limits, YamlError, read};
