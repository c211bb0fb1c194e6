//! Answers to facts.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A known answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Answer {
    /// Yes or no.
    YesNo(bool),
    /// A number in the fact's unit, or days since 1970.
    Number(Decimal),
    /// The place of an option.
    Choice(u16),
    /// Some text, which no expression looks at.
    Text,
}
