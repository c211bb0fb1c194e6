//! What can be wrong with an expression.

use super::lower::NameKind;
use std::ops::Range;

/// A fault in an expression: what, where in the text (in characters), and what might be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExprError {
    /// What is wrong, in Dutch.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The characters it is about.
    pub span: Range<usize>,
    /// The id that is not known, when that is the fault.
    pub unknown: Option<(NameKind, String)>,
}

impl ExprError {
    pub(crate) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), help: None, span, unknown: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
