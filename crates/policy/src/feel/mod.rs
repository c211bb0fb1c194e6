//! FEEL, the expression language of DMN, as far as a policy package needs it.
//!
//! Text becomes tokens ([`lexer`](self)), tokens a tree as written ([`ast`]), and that tree, once names, types and
//! units are checked against the vocabulary, a small typed form ([`Expr`]) that is evaluated with Kleene's three
//! truth values ([`Truth`]).
//!
//! What is read: `and`, `or`, `not(...)`, `=`, `!=`, `<`, `<=`, `>`, `>=`, `between ... and ...`, `in [a..b]`,
//! `in ("x", "y")`, `+ - * /`, numbers, strings, `true`, `false`, `date("...")`, names of facts, and the functions
//! `binnen("gebied")`, `afstand("gebied")`, `aandeel("gebied")`, `activiteit("id")`, `lezing("id")`. A hyphen with
//! no space around it belongs to a name; subtraction has spaces.

pub mod ast;
mod error;
mod eval;
mod expr;
mod lexer;
mod lower;
mod parser;
mod truth;

pub use error::ExprError;
pub use eval::{Situation, evaluate};
pub use expr::{Arithmetic, Compare, Expr, Number, Variable};
pub use lower::{NameKind, Names, lower};
pub use parser::parse;
pub use truth::Truth;
