//! An expression as written: names are still text, types are not checked.

use rust_decimal::Decimal;
use std::ops::Range;

/// A part of an expression and where it stands (in characters).
#[derive(Debug, Clone, PartialEq)]
pub struct Ast {
    /// What it is.
    pub node: AstNode,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum AstNode {
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Decimal),
    /// A string.
    Text(String),
    /// `null`, which the lowering refuses with an explanation.
    Null,
    /// A name: a fact, or `peildatum`.
    Name(String),
    /// A function with one string: `binnen("x")`.
    Call {
        /// Its name.
        name: String,
        /// Where its name stands.
        name_span: Range<usize>,
        /// Its arguments.
        arguments: Vec<Ast>,
    },
    /// `not(x)`.
    Not(Box<Ast>),
    /// `-x`.
    Negate(Box<Ast>),
    /// Two parts and what stands between them.
    Binary(Operator, Box<Ast>, Box<Ast>),
    /// `x between a and b`, both ends included.
    Between(Box<Ast>, Box<Ast>, Box<Ast>),
    /// `x in [a..b]`.
    InRange {
        /// What is tested.
        value: Box<Ast>,
        /// Lower end, and whether it is included.
        low: (Box<Ast>, bool),
        /// Upper end, and whether it is included.
        high: (Box<Ast>, bool),
    },
    /// `x in ("a", "b")`.
    InList(Box<Ast>, Vec<Ast>),
}

/// What stands between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `and`
    And,
    /// `or`
    Or,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}
