//! From an expression as written to the typed form: names become ids; types and units are checked.

use super::ast::{Ast, AstNode, Operator};
use super::error::ExprError;
use super::expr::{Arithmetic, Compare, Expr, Number};
use crate::dates;
use crate::ids::{ActivityId, AreaId, FactId, ReadingId};
use crate::nearest::nearest;
use crate::written::FactType;
use rust_decimal::Decimal;
use std::ops::Range;

/// The vocabulary an expression is checked against.
pub trait Names {
    /// A fact: its id, type and unit.
    fn fact(&self, id: &str) -> Option<(FactId, FactType, Option<&str>)>;
    /// The place of an option among those of a choice fact.
    fn option(&self, fact: FactId, option: &str) -> Option<u16>;
    /// The options of a choice fact.
    fn options(&self, fact: FactId) -> Vec<&str>;
    /// An area.
    fn area(&self, id: &str) -> Option<AreaId>;
    /// An activity.
    fn activity(&self, id: &str) -> Option<ActivityId>;
    /// A reading.
    fn reading(&self, id: &str) -> Option<ReadingId>;
    /// The place of an option among those of a reading.
    fn reading_option(&self, reading: ReadingId, option: &str) -> Option<u16>;
    /// All ids of a kind, to propose the nearest.
    fn all(&self, kind: NameKind) -> Vec<&str>;
}

/// A kind of id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A fact.
    Fact,
    /// An area.
    Area,
    /// An activity.
    Activity,
    /// A reading.
    Reading,
}

impl NameKind {
    fn unknown(self) -> &'static str {
        match self {
            Self::Fact => "onbekend gegeven",
            Self::Area => "onbekend gebied",
            Self::Activity => "onbekende activiteit",
            Self::Reading => "onbekende lezing",
        }
    }
}

/// Checks `ast` against `names` and gives its typed form.
pub fn lower(ast: &Ast, names: &dyn Names) -> Result<Expr, ExprError> {
    Lower { names }.truth(ast)
}

struct Lower<'a> {
    names: &'a dyn Names,
}

/// A value that is not a truth.
enum Value {
    Number(Number, Option<String>),
    Choice(FactId),
    Option(String),
    Reading(ReadingId),
}

impl Lower<'_> {
    fn truth(&self, ast: &Ast) -> Result<Expr, ExprError> {
        match &ast.node {
            AstNode::Boolean(value) => Ok(Expr::Constant(*value)),
            AstNode::Not(inner) => Ok(Expr::Not(Box::new(self.truth(inner)?))),
            AstNode::Binary(Operator::And, ..) => {
                let mut parts = Vec::new();
                self.flatten(Operator::And, ast, &mut parts)?;
                Ok(Expr::All(parts))
            }
            AstNode::Binary(Operator::Or, ..) => {
                let mut parts = Vec::new();
                self.flatten(Operator::Or, ast, &mut parts)?;
                Ok(Expr::Any(parts))
            }
            AstNode::Binary(operator, left, right) => self.comparison(*operator, left, right, &ast.span),
            AstNode::Between(value, low, high) => Ok(Expr::All(vec![
                self.compare(Compare::GreaterOrEqual, value, low, &ast.span)?,
                self.compare(Compare::LessOrEqual, value, high, &ast.span)?,
            ])),
            AstNode::InRange { value, low, high } => {
                let above = if low.1 { Compare::GreaterOrEqual } else { Compare::Greater };
                let below = if high.1 { Compare::LessOrEqual } else { Compare::Less };
                Ok(Expr::All(vec![
                    self.compare(above, value, &low.0, &ast.span)?,
                    self.compare(below, value, &high.0, &ast.span)?,
                ]))
            }
            AstNode::InList(value, items) => {
                let parts: Result<Vec<_>, _> = items
                    .iter()
                    .map(|item| self.comparison(Operator::Equal, value, item, &ast.span))
                    .collect();
                Ok(merge_choices(parts?))
            }
            AstNode::Name(name) if name != "peildatum" => {
                let (fact, kind, _) = self.fact(name, &ast.span)?;
                match kind {
                    FactType::YesNo => Ok(Expr::Fact(fact)),
                    other => Err(ExprError::new(
                        format!("`{name}` is een {}, geen ja-nee", other.dutch()),
                        ast.span.clone(),
                    )
                    .help(format!("vergelijk het, bijvoorbeeld `{name} {}`", example(other)))),
                }
            }
            AstNode::Call { name, .. } if matches!(name.as_str(), "binnen" | "activiteit") => {
                let (id, span) = self.argument(ast)?;
                if name == "binnen" {
                    Ok(Expr::Within(self.area(id, &span)?))
                } else {
                    let activity =
                        self.names.activity(id).ok_or_else(|| self.unknown(NameKind::Activity, id, &span))?;
                    Ok(Expr::Activity(activity))
                }
            }
            AstNode::Call { name, name_span, .. }
                if !matches!(name.as_str(), "afstand" | "aandeel" | "lezing" | "date") =>
            {
                Err(unknown_function(name, name_span))
            }
            _ => Err(ExprError::new("hier hoort iets dat waar of niet waar is", ast.span.clone())
                .help("gebruik een ja-nee-gegeven, `binnen(\"gebied\")` of een vergelijking")),
        }
    }

    fn flatten(&self, operator: Operator, ast: &Ast, parts: &mut Vec<Expr>) -> Result<(), ExprError> {
        match &ast.node {
            AstNode::Binary(found, left, right) if *found == operator => {
                self.flatten(operator, left, parts)?;
                self.flatten(operator, right, parts)
            }
            _ => {
                parts.push(self.truth(ast)?);
                Ok(())
            }
        }
    }

    fn comparison(
        &self,
        operator: Operator,
        left: &Ast,
        right: &Ast,
        span: &Range<usize>,
    ) -> Result<Expr, ExprError> {
        let compare = match operator {
            Operator::Equal => Compare::Equal,
            Operator::NotEqual => Compare::NotEqual,
            Operator::Less => Compare::Less,
            Operator::LessOrEqual => Compare::LessOrEqual,
            Operator::Greater => Compare::Greater,
            Operator::GreaterOrEqual => Compare::GreaterOrEqual,
            _ => {
                return Err(ExprError::new(
                    "hier hoort iets dat waar of niet waar is, geen som",
                    span.clone(),
                )
                .help("vergelijk de som met een getal, bijvoorbeeld `a + b <= 2`"));
            }
        };
        if matches!(left.node, AstNode::Null) || matches!(right.node, AstNode::Null) {
            return Err(ExprError::new("met `null` kan niet worden vergeleken", span.clone()).help(
                "een onbekend gegeven maakt de uitkomst vanzelf onbekend; een regel hangt nooit af van wat nog niet bekend is",
            ));
        }
        if matches!(compare, Compare::Equal | Compare::NotEqual) {
            for (one, other) in [(left, right), (right, left)] {
                if let AstNode::Boolean(value) = other.node {
                    let truth = self.truth(one)?;
                    let same = value == (compare == Compare::Equal);
                    return Ok(if same { truth } else { Expr::Not(Box::new(truth)) });
                }
            }
        }
        self.compare(compare, left, right, span)
    }

    fn compare(
        &self,
        compare: Compare,
        left: &Ast,
        right: &Ast,
        span: &Range<usize>,
    ) -> Result<Expr, ExprError> {
        let (l, r) = (self.value(left)?, self.value(right)?);
        match (l, r) {
            (Value::Number(l, lu), Value::Number(r, ru)) => {
                if let (Some(lu), Some(ru)) = (&lu, &ru)
                    && lu != ru
                {
                    return Err(ExprError::new(format!("eenheden verschillen: links {lu}, rechts {ru}"), span.clone())
                        .help("reken een van de twee om"));
                }
                if mentions_today(&l) != mentions_today(&r) && has_variables(&l) | has_variables(&r) {
                    return Err(ExprError::new("`peildatum` is alleen met een vaste datum te vergelijken", span.clone())
                        .help("schrijf bijvoorbeeld `peildatum >= date(\"2024-01-01\")`"));
                }
                Ok(Expr::Compare(compare, l, r))
            }
            (Value::Choice(fact), Value::Option(option)) => self.choice(compare, fact, &option, &right.span, span),
            (Value::Option(option), Value::Choice(fact)) => self.choice(compare, fact, &option, &left.span, span),
            (Value::Reading(reading), Value::Option(option)) => {
                let place = self.names.reading_option(reading, &option).ok_or_else(|| {
                    ExprError::new(format!("deze lezing heeft geen optie `{option}`"), right.span.clone())
                })?;
                negate_if_needed(compare, Expr::Reading(reading, place), span)
            }
            _ => Err(ExprError::new("deze twee zijn niet te vergelijken", span.clone())
                .help("vergelijk een getal met een getal, of een keuze met een van haar mogelijkheden tussen aanhalingstekens")),
        }
    }

    fn choice(
        &self,
        compare: Compare,
        fact: FactId,
        option: &str,
        option_span: &Range<usize>,
        span: &Range<usize>,
    ) -> Result<Expr, ExprError> {
        let Some(place) = self.names.option(fact, option) else {
            let options = self.names.options(fact);
            let error = ExprError::new(format!("`{option}` is hier geen mogelijkheid"), option_span.clone());
            return Err(error.help(format!("kies uit: {}", options.join(", "))));
        };
        // A choice with more than 64 options is a finding of its own; nothing is computed with it.
        let bit = 1_u64.checked_shl(u32::from(place)).unwrap_or_default();
        negate_if_needed(compare, Expr::Choice(fact, bit), span)
    }

    fn value(&self, ast: &Ast) -> Result<Value, ExprError> {
        match &ast.node {
            AstNode::Number(number) => Ok(Value::Number(Number::Constant(*number), None)),
            AstNode::Text(text) => Ok(Value::Option(text.clone())),
            AstNode::Name(name) if name == "peildatum" => {
                Ok(Value::Number(Number::Today, Some("datum".into())))
            }
            AstNode::Name(name) => {
                let (fact, kind, unit) = self.fact(name, &ast.span)?;
                match kind {
                    FactType::Number => Ok(Value::Number(Number::Fact(fact), unit)),
                    FactType::Date => Ok(Value::Number(Number::Fact(fact), Some("datum".into()))),
                    FactType::Choice => Ok(Value::Choice(fact)),
                    FactType::YesNo | FactType::Text => Err(ExprError::new(
                        format!("`{name}` is een {} en kan hier niet worden vergeleken", kind.dutch()),
                        ast.span.clone(),
                    )),
                }
            }
            AstNode::Call { name, name_span, .. } => {
                let (argument, span) = self.argument(ast)?;
                match name.as_str() {
                    "afstand" => {
                        Ok(Value::Number(Number::Distance(self.area(argument, &span)?), Some("m".into())))
                    }
                    "aandeel" => Ok(Value::Number(Number::Share(self.area(argument, &span)?), None)),
                    "date" => match dates::days(argument) {
                        Some(days) => {
                            Ok(Value::Number(Number::Constant(Decimal::from(days)), Some("datum".into())))
                        }
                        None => Err(ExprError::new(format!("`{argument}` is geen datum"), span)
                            .help("schrijf een datum als \"2026-01-31\"")),
                    },
                    "lezing" => {
                        let reading = self
                            .names
                            .reading(argument)
                            .ok_or_else(|| self.unknown(NameKind::Reading, argument, &span))?;
                        Ok(Value::Reading(reading))
                    }
                    "binnen" | "activiteit" => Err(ExprError::new(
                        format!("`{name}(...)` is waar of niet waar en hoeft niet te worden vergeleken"),
                        ast.span.clone(),
                    )),
                    _ => Err(unknown_function(name, name_span)),
                }
            }
            AstNode::Negate(inner) => match self.value(inner)? {
                Value::Number(number, unit) => Ok(Value::Number(Number::Negate(Box::new(number)), unit)),
                _ => Err(ExprError::new("alleen een getal kan een minteken krijgen", ast.span.clone())),
            },
            AstNode::Binary(
                operator @ (Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide),
                left,
                right,
            ) => self.arithmetic(*operator, left, right, &ast.span),
            _ => Err(ExprError::new("hier hoort een getal, een keuze of een naam", ast.span.clone())),
        }
    }

    fn arithmetic(
        &self,
        operator: Operator,
        left: &Ast,
        right: &Ast,
        span: &Range<usize>,
    ) -> Result<Value, ExprError> {
        let (Value::Number(l, lu), Value::Number(r, ru)) = (self.value(left)?, self.value(right)?) else {
            return Err(ExprError::new("alleen met getallen kan worden gerekend", span.clone()));
        };
        let (arithmetic, unit) = match operator {
            Operator::Add | Operator::Subtract => {
                if let (Some(lu), Some(ru)) = (&lu, &ru)
                    && lu != ru
                {
                    return Err(ExprError::new(format!("eenheden verschillen: {lu} en {ru}"), span.clone()));
                }
                let arithmetic =
                    if operator == Operator::Add { Arithmetic::Add } else { Arithmetic::Subtract };
                (arithmetic, lu.or(ru))
            }
            Operator::Multiply => match (lu, ru) {
                (Some(lu), Some(ru)) => {
                    return Err(ExprError::new(
                        format!("{lu} maal {ru} heeft hier geen eenheid"),
                        span.clone(),
                    ));
                }
                (lu, ru) => (Arithmetic::Multiply, lu.or(ru)),
            },
            _ => match (lu, ru) {
                (lu, None) => (Arithmetic::Divide, lu),
                (Some(lu), Some(ru)) if lu == ru => (Arithmetic::Divide, None),
                (lu, Some(ru)) => {
                    let lu = lu.unwrap_or_else(|| "een getal".to_owned());
                    return Err(ExprError::new(
                        format!("{lu} gedeeld door {ru} heeft hier geen eenheid"),
                        span.clone(),
                    ));
                }
            },
        };
        Ok(Value::Number(Number::Arithmetic(arithmetic, Box::new(l), Box::new(r)), unit))
    }

    fn fact(&self, name: &str, span: &Range<usize>) -> Result<(FactId, FactType, Option<String>), ExprError> {
        self.names
            .fact(name)
            .map(|(id, kind, unit)| (id, kind, unit.map(str::to_owned)))
            .ok_or_else(|| self.unknown(NameKind::Fact, name, span))
    }

    fn area(&self, id: &str, span: &Range<usize>) -> Result<AreaId, ExprError> {
        self.names.area(id).ok_or_else(|| self.unknown(NameKind::Area, id, span))
    }

    fn argument<'b>(&self, call: &'b Ast) -> Result<(&'b str, Range<usize>), ExprError> {
        if let AstNode::Call { name, arguments, .. } = &call.node {
            if let [Ast { node: AstNode::Text(text), span }] = arguments.as_slice() {
                return Ok((text, span.clone()));
            }
            return Err(ExprError::new(
                format!("`{name}` vraagt één id tussen aanhalingstekens"),
                call.span.clone(),
            )
            .help(format!("schrijf `{name}(\"id\")`")));
        }
        Err(ExprError::new("hier hoort een functie", call.span.clone()))
    }

    fn unknown(&self, kind: NameKind, id: &str, span: &Range<usize>) -> ExprError {
        let mut error = ExprError::new(format!("{} `{id}`", kind.unknown()), span.clone());
        error.unknown = Some((kind, id.to_owned()));
        match nearest(id, self.names.all(kind).into_iter(), 3).as_slice() {
            [] => error,
            near => error.help(format!("bedoeld: {}?", near.join(", "))),
        }
    }
}

fn unknown_function(name: &str, span: &Range<usize>) -> ExprError {
    ExprError::new(format!("onbekende functie `{name}`"), span.clone())
        .help("er zijn `binnen`, `afstand`, `aandeel`, `activiteit`, `lezing`, `date` en `not`")
}

fn negate_if_needed(compare: Compare, expr: Expr, span: &Range<usize>) -> Result<Expr, ExprError> {
    match compare {
        Compare::Equal => Ok(expr),
        Compare::NotEqual => Ok(Expr::Not(Box::new(expr))),
        _ => Err(ExprError::new("een keuze is alleen met `=`, `!=` of `in` te vergelijken", span.clone())),
    }
}

fn mentions_today(number: &Number) -> bool {
    match number {
        Number::Today => true,
        Number::Negate(inner) => mentions_today(inner),
        Number::Arithmetic(_, left, right) => mentions_today(left) || mentions_today(right),
        _ => false,
    }
}

fn has_variables(number: &Number) -> bool {
    let mut any = false;
    number.variables(&mut |_| any = true);
    any
}

/// `x in ("a", "b")` is one test on `x`, not two.
fn merge_choices(parts: Vec<Expr>) -> Expr {
    let mut merged: Option<(FactId, u64)> = None;
    for part in &parts {
        match (part, &mut merged) {
            (Expr::Choice(fact, options), None) => merged = Some((*fact, *options)),
            (Expr::Choice(fact, options), Some((same, all))) if fact == same => *all |= options,
            _ => return Expr::any(parts),
        }
    }
    merged.map_or(Expr::Constant(false), |(fact, options)| Expr::Choice(fact, options))
}

fn example(kind: FactType) -> &'static str {
    match kind {
        FactType::Number => "<= 1.5",
        FactType::Date => ">= date(\"2026-01-01\")",
        _ => "= \"waarde\"",
    }
}
