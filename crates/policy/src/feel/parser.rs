//! Tokens to a tree, by precedence: `or`, `and`, comparison, sum, product, sign.

use super::ast::{Ast, AstNode, Operator};
use super::error::ExprError;
use super::lexer::{Token, tokens};
use std::ops::Range;

/// Longest expression, in characters.
pub const MAX_LENGTH: usize = 4_000;
/// Deepest nesting of parentheses.
pub const MAX_DEPTH: usize = 40;
/// Most sums, products and minus signs in one expression; each can lie in another.
pub const MAX_SUMS: usize = 100;

/// Reads an expression as written.
pub fn parse(text: &str) -> Result<Ast, ExprError> {
    let length = text.chars().count();
    if length > MAX_LENGTH {
        return Err(ExprError::new(
            format!("uitdrukking is {length} tekens lang, meer dan de toegestane {MAX_LENGTH}"),
            0..1,
        ));
    }
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0, sums: 0 };
    let ast = parser.disjunction()?;
    match parser.peek() {
        Token::End => Ok(ast),
        token => {
            let message = format!("na een volledige uitdrukking staat nog {}", token.show());
            Err(ExprError::new(message, parser.span())
                .help("ontbreekt er `and` of `or`, of een spatie rond `-`?"))
        }
    }
}

struct Parser {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    depth: usize,
    sums: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(0..0, |(_, span)| span.clone())
    }

    fn next(&mut self) -> (Token, Range<usize>) {
        let token = self.tokens.get(self.at).cloned().unwrap_or((Token::End, 0..0));
        self.at += 1;
        token
    }

    fn eat(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Token::Symbol(s) if *s == symbol);
        if found {
            self.at += 1;
        }
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Token::Name(name) if name == word);
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, symbol: &'static str) -> Result<(), ExprError> {
        if self.eat(symbol) {
            return Ok(());
        }
        Err(ExprError::new(
            format!("hier hoort `{symbol}`, maar er staat {}", self.peek().show()),
            self.span(),
        ))
    }

    fn disjunction(&mut self) -> Result<Ast, ExprError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ExprError::new(format!("meer dan {MAX_DEPTH} haakjes diep"), self.span()));
        }
        let mut left = self.conjunction()?;
        while self.eat_word("or") {
            let right = self.conjunction()?;
            left = binary(Operator::Or, left, right);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self) -> Result<Ast, ExprError> {
        let mut left = self.comparison()?;
        while self.eat_word("and") {
            let right = self.comparison()?;
            left = binary(Operator::And, left, right);
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Ast, ExprError> {
        let left = self.sum()?;
        if self.eat_word("between") {
            let low = self.sum()?;
            if !self.eat_word("and") {
                let message = format!("na `between` hoort `and`, maar er staat {}", self.peek().show());
                return Err(ExprError::new(message, self.span()));
            }
            let high = self.sum()?;
            let span = left.span.start..high.span.end;
            return Ok(Ast { node: AstNode::Between(Box::new(left), Box::new(low), Box::new(high)), span });
        }
        if self.eat_word("in") {
            return self.membership(left);
        }
        let operator = match self.peek() {
            Token::Symbol("=") => Operator::Equal,
            Token::Symbol("!=") => Operator::NotEqual,
            Token::Symbol("<") => Operator::Less,
            Token::Symbol("<=") => Operator::LessOrEqual,
            Token::Symbol(">") => Operator::Greater,
            Token::Symbol(">=") => Operator::GreaterOrEqual,
            _ => return Ok(left),
        };
        self.at += 1;
        let right = self.sum()?;
        Ok(binary(operator, left, right))
    }

    /// What follows `in`: a range `[a..b]`, `(a..b)`, `]a..b[`, or a list.
    fn membership(&mut self, value: Ast) -> Result<Ast, ExprError> {
        let start = value.span.start;
        let (open, span) = self.next();
        let low_included = match open {
            Token::Symbol("[") => true,
            Token::Symbol("(" | "]") => false,
            token => {
                let message = format!("na `in` hoort `[`, `(` of `]`, maar er staat {}", token.show());
                return Err(ExprError::new(message, span));
            }
        };
        let first = self.sum()?;
        if self.eat("..") {
            let high = self.sum()?;
            let (close, span) = self.next();
            let high_included = match close {
                Token::Symbol("]") => true,
                Token::Symbol(")" | "[") => false,
                token => {
                    let message = format!("een bereik sluit met `]`, `)` of `[`, niet met {}", token.show());
                    return Err(ExprError::new(message, span));
                }
            };
            let node = AstNode::InRange {
                value: Box::new(value),
                low: (Box::new(first), low_included),
                high: (Box::new(high), high_included),
            };
            return Ok(Ast { node, span: start..span.end });
        }
        let mut items = vec![first];
        while self.eat(",") {
            items.push(self.sum()?);
        }
        let end = self.span().end;
        self.expect(if low_included { "]" } else { ")" })?;
        Ok(Ast { node: AstNode::InList(Box::new(value), items), span: start..end })
    }

    fn sum(&mut self) -> Result<Ast, ExprError> {
        let mut left = self.product()?;
        loop {
            let operator = match self.peek() {
                Token::Symbol("+") => Operator::Add,
                Token::Symbol("-") => Operator::Subtract,
                _ => return Ok(left),
            };
            self.count_sum()?;
            self.at += 1;
            let right = self.product()?;
            left = binary(operator, left, right);
        }
    }

    fn product(&mut self) -> Result<Ast, ExprError> {
        let mut left = self.sign()?;
        loop {
            let operator = match self.peek() {
                Token::Symbol("*") => Operator::Multiply,
                Token::Symbol("/") => Operator::Divide,
                _ => return Ok(left),
            };
            self.count_sum()?;
            self.at += 1;
            let right = self.sign()?;
            left = binary(operator, left, right);
        }
    }

    fn count_sum(&mut self) -> Result<(), ExprError> {
        self.sums += 1;
        if self.sums > MAX_SUMS {
            return Err(ExprError::new(
                format!("meer dan {MAX_SUMS} keer gerekend in één uitdrukking"),
                self.span(),
            ));
        }
        Ok(())
    }

    fn sign(&mut self) -> Result<Ast, ExprError> {
        let mut signs = Vec::new();
        while matches!(self.peek(), Token::Symbol("-")) {
            self.count_sum()?;
            signs.push(self.next().1.start);
        }
        let mut ast = self.primary()?;
        while let Some(start) = signs.pop() {
            let span = start..ast.span.end;
            ast = Ast { node: AstNode::Negate(Box::new(ast)), span };
        }
        Ok(ast)
    }

    fn primary(&mut self) -> Result<Ast, ExprError> {
        let (token, span) = self.next();
        let node = match token {
            Token::Number(number) => AstNode::Number(number),
            Token::Text(text) => AstNode::Text(text),
            Token::Symbol("(") => {
                let inner = self.disjunction()?;
                let end = self.span().end;
                self.expect(")")?;
                return Ok(Ast { span: span.start..end, ..inner });
            }
            Token::Name(name) => match name.as_str() {
                "true" => AstNode::Boolean(true),
                "false" => AstNode::Boolean(false),
                "null" => AstNode::Null,
                "and" | "or" | "in" | "between" => {
                    return Err(ExprError::new(format!("`{name}` staat hier zonder iets ervoor"), span));
                }
                _ if self.eat("(") => return self.call(name, span),
                _ => AstNode::Name(name),
            },
            token => {
                let message = format!("hier hoort een waarde of naam, maar er staat {}", token.show());
                return Err(ExprError::new(message, span));
            }
        };
        Ok(Ast { node, span })
    }

    fn call(&mut self, name: String, name_span: Range<usize>) -> Result<Ast, ExprError> {
        let mut arguments = Vec::new();
        if !matches!(self.peek(), Token::Symbol(")")) {
            arguments.push(self.disjunction()?);
            while self.eat(",") {
                arguments.push(self.disjunction()?);
            }
        }
        let span = name_span.start..self.span().end;
        self.expect(")")?;
        if name == "not" {
            return match arguments.len() {
                1 => Ok(Ast { node: AstNode::Not(Box::new(arguments.remove(0))), span }),
                count => Err(ExprError::new(format!("`not` vraagt één waarde, niet {count}"), span)),
            };
        }
        Ok(Ast { node: AstNode::Call { name, name_span, arguments }, span })
    }
}

fn binary(operator: Operator, left: Ast, right: Ast) -> Ast {
    let span = left.span.start..right.span.end;
    Ast { node: AstNode::Binary(operator, Box::new(left), Box::new(right)), span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_belong_to_names_and_spaces_make_a_difference() {
        let ast = parse("bouwvlak-na-ha - bouwvlak-nu-ha <= 0.5").unwrap();
        let AstNode::Binary(Operator::LessOrEqual, left, _) = ast.node else { panic!("{ast:?}") };
        assert!(matches!(left.node, AstNode::Binary(Operator::Subtract, _, _)));
    }

    #[test]
    fn and_binds_tighter_than_or() {
        let ast = parse("a or b and c").unwrap();
        assert!(matches!(ast.node, AstNode::Binary(Operator::Or, _, _)));
    }

    #[test]
    fn ranges_and_lists() {
        assert!(matches!(parse("x in [1..2)").unwrap().node, AstNode::InRange { high: (_, false), .. }));
        assert!(matches!(parse("x in (\"a\", \"b\")").unwrap().node, AstNode::InList(..)));
        assert!(matches!(parse("x between 1 and 2 and y").unwrap().node, AstNode::Binary(Operator::And, ..)));
    }

    #[test]
    fn faults_say_what_and_where() {
        for (text, start) in
            [("a and", 5), ("a b", 2), ("(a", 2), ("a & b", 2), ("\"x", 0), ("x in 3", 5), ("", 0)]
        {
            assert_eq!(parse(text).unwrap_err().span.start, start, "{text}");
        }
        assert!(parse(&"(".repeat(100)).unwrap_err().message.contains("haakjes"));
        assert!(parse(&"a".repeat(5000)).unwrap_err().message.contains("tekens"));
    }
}
