//! Text to tokens.

use super::error::ExprError;
use rust_decimal::Decimal;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(Decimal),
    Text(String),
    Symbol(&'static str),
    End,
}

impl Token {
    pub(super) fn show(&self) -> String {
        match self {
            Self::Name(name) => format!("`{name}`"),
            Self::Number(number) => format!("`{number}`"),
            Self::Text(text) => format!("\"{text}\""),
            Self::Symbol(symbol) => format!("`{symbol}`"),
            Self::End => "het einde".to_owned(),
        }
    }
}

const SYMBOLS: [&str; 17] =
    ["..", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "^"];

pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, ExprError> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let start = at;
        let token = if c.is_whitespace() {
            at += 1;
            continue;
        } else if c == '"' {
            let mut string = String::new();
            at += 1;
            loop {
                match chars.get(at) {
                    Some('"') => break,
                    Some('\\') => {
                        at += 1;
                        string.extend(chars.get(at));
                    }
                    Some(c) => string.push(*c),
                    None => {
                        return Err(ExprError::new("aanhalingsteken `\"` wordt niet gesloten", start..at));
                    }
                }
                at += 1;
            }
            at += 1;
            Token::Text(string)
        } else if c.is_ascii_digit() || (c == '.' && chars.get(at + 1).is_some_and(char::is_ascii_digit)) {
            while chars.get(at).is_some_and(|c| c.is_ascii_digit())
                || (chars.get(at) == Some(&'.') && chars.get(at + 1).is_some_and(char::is_ascii_digit))
            {
                at += 1;
            }
            let digits: String = chars.iter().skip(start).take(at - start).collect();
            let number = digits
                .parse::<Decimal>()
                .map_err(|_| ExprError::new(format!("`{digits}` is geen getal"), start..at))?;
            Token::Number(number)
        } else if c.is_alphabetic() || c == '_' {
            while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_')
                || (chars.get(at) == Some(&'-') && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric()))
            {
                at += 1;
            }
            Token::Name(chars.iter().skip(start).take(at - start).collect())
        } else {
            let rest: String = chars.iter().skip(at).take(2).collect();
            let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) else {
                let help = match c {
                    '\'' | '‘' | '’' | '“' | '”' => {
                        "gebruik rechte dubbele aanhalingstekens: \"...\""
                    }
                    '&' => "schrijf `and`",
                    '|' => "schrijf `or`",
                    '!' => "schrijf `not(...)` of `!=`",
                    '≤' => "schrijf `<=`",
                    '≥' => "schrijf `>=`",
                    _ => "zie de beschrijving van uitdrukkingen in docs/pakket.md",
                };
                return Err(ExprError::new(format!("teken `{c}` hoort niet in een uitdrukking"), at..at + 1)
                    .help(help));
            };
            at += symbol.len();
            Token::Symbol(symbol)
        };
        found.push((token, start..at));
    }
    found.push((Token::End, at..at));
    Ok(found)
}
