//! From CQL2 text to a filter that is ready for use.

use super::like::Pattern;
use super::{Comparison, Filter, Region, Relation, Test, Value};
use crate::ogc::reference;
use brink_geo::crs::Crs;
use cql2::Expr;
use geo_types::{Coord, Geometry, Rect};
use std::num::NonZeroUsize;
use std::sync::Once;
use wkt::TryFromWkt;

/// The longest filter, in bytes.
pub(crate) const LONGEST: usize = 8_000;
/// How deep expressions may lie in each other.
const DEEPEST: usize = 64;
/// The parser tries alternatives; more steps than this no sensible filter needs.
const STEPS: usize = 2_000_000;
/// The parser goes a step deeper for each bracket and each NOT: room for the worst text of the longest length.
const STACK: usize = 64 << 20;

/// Makes a filter of CQL2 text. `names` are the properties that may be used, next to `geometry`.
pub(crate) fn compile(text: &str, crs: Crs, names: &[&str]) -> Result<Filter, String> {
    if text.len() > LONGEST {
        return Err(format!("het filter is langer dan {LONGEST} tekens; maak het korter"));
    }
    static LIMIT: Once = Once::new();
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(STEPS)));
    let work = || {
        let expression = cql2::parse_text(text).map_err(|error| unreadable(&error))?;
        let filter = Preparation { crs, names }.test(&expression, 0).map(Filter);
        // It may be as deep as the text is long: it goes where there is room.
        drop(expression);
        filter
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let thread =
            thread.map_err(|_| "het filter kan nu niet worden gelezen; probeer het later weer".to_owned())?;
        thread
            .join()
            .unwrap_or_else(|_| Err("het filter is niet te lezen; schrijf het eenvoudiger".to_owned()))
    })
}

fn unreadable(error: &cql2::Error) -> String {
    // The parser tells where it stopped: " --> 1:12".
    let told = error.to_string();
    let place = told.split("--> ").nth(1).and_then(|rest| rest.split_whitespace().next());
    let column =
        place.and_then(|place| place.split_once(':')).and_then(|(_, column)| column.parse::<u32>().ok());
    let place = column.map(|column| format!(" bij teken {column}")).unwrap_or_default();
    format!("het filter is geen CQL2-tekst{place}; schrijf bijvoorbeeld kaartsoort = 'echt' AND hectare > 10")
}

struct Preparation<'a> {
    crs: Crs,
    names: &'a [&'a str],
}

impl Preparation<'_> {
    fn test(&self, expression: &Expr, depth: usize) -> Result<Test, String> {
        let deeper = check(depth)?;
        let (op, args) = match expression {
            Expr::Bool(known) => return Ok(Test::Always(*known)),
            Expr::Operation { op, args } => (op.as_str(), args.as_slice()),
            _ => return Err(format!("`{}` is geen vergelijking", shown(expression))),
        };
        let args: Vec<&Expr> = args.iter().map(|arg| &**arg).collect();
        Ok(match (op, args.as_slice()) {
            ("and", all) => Test::All(self.tests(all, deeper)?),
            ("or", all) => Test::Any(self.tests(all, deeper)?),
            ("not", [one]) => Test::Not(Box::new(self.test(one, deeper)?)),
            ("=", [a, b]) => self.compare(Comparison::Equal, a, b, deeper)?,
            ("<>" | "!=", [a, b]) => self.compare(Comparison::Unequal, a, b, deeper)?,
            ("<", [a, b]) => self.compare(Comparison::Less, a, b, deeper)?,
            ("<=", [a, b]) => self.compare(Comparison::LessOrEqual, a, b, deeper)?,
            (">", [a, b]) => self.compare(Comparison::Greater, a, b, deeper)?,
            (">=", [a, b]) => self.compare(Comparison::GreaterOrEqual, a, b, deeper)?,
            ("like", [value, pattern]) => match self.value(pattern, deeper)? {
                Value::Text(pattern) => Test::Like(self.value(value, deeper)?, Pattern::new(&pattern)),
                Value::Lower(inner) => match *inner {
                    Value::Text(pattern) => {
                        Test::Like(self.value(value, deeper)?, Pattern::new(&pattern.to_lowercase()))
                    }
                    _ => return Err("na LIKE hoort een tekst tussen aanhalingstekens".to_owned()),
                },
                _ => return Err("na LIKE hoort een tekst tussen aanhalingstekens".to_owned()),
            },
            ("in", [value, Expr::Array(items)]) => {
                let values = items.iter().map(|item| self.value(item, deeper)).collect::<Result<_, _>>()?;
                Test::Among(self.value(value, deeper)?, values)
            }
            ("between", [value, low, high]) => {
                Test::Between(self.value(value, deeper)?, self.value(low, deeper)?, self.value(high, deeper)?)
            }
            ("isNull", [Expr::Property { property }]) if is_geometry(property) => Test::Placeless,
            ("isNull", [value]) => Test::Missing(self.value(value, deeper)?),
            (name, [a, b]) if relation(name).is_some() => {
                let Some(relation) = relation(name) else {
                    return Err(unknown(name));
                };
                self.place(relation, a, b)?
            }
            (name, _) => return Err(unknown(name)),
        })
    }

    fn tests(&self, all: &[&Expr], depth: usize) -> Result<Vec<Test>, String> {
        all.iter().map(|one| self.test(one, depth)).collect()
    }

    fn compare(&self, how: Comparison, a: &Expr, b: &Expr, depth: usize) -> Result<Test, String> {
        Ok(Test::Compare(how, self.value(a, depth)?, self.value(b, depth)?))
    }

    fn value(&self, expression: &Expr, depth: usize) -> Result<Value, String> {
        let deeper = check(depth)?;
        Ok(match expression {
            Expr::Float(number) => Value::Number(*number),
            Expr::Literal(text) => Value::Text(text.clone()),
            Expr::Null => Value::Nothing,
            Expr::Property { property } if self.names.contains(&property.as_str()) => {
                Value::Property(property.clone())
            }
            Expr::Property { property } => {
                let property: String = property.chars().take(60).collect();
                return Err(format!(
                    "kenmerk `{property}` is er niet; wel: {} en geometry",
                    self.names.join(", ")
                ));
            }
            Expr::Date { date } => Value::Text(day(date)?),
            Expr::Timestamp { timestamp } => Value::Text(moment(timestamp)?),
            Expr::Operation { op, args } => match (op.as_str(), args.as_slice()) {
                ("casei", [one]) => Value::Lower(Box::new(self.value(one, deeper)?)),
                ("+" | "-" | "*" | "/" | "%" | "^" | "div", [first, rest @ ..]) if !rest.is_empty() => {
                    let sign = op.chars().next().unwrap_or('d');
                    let mut sum = self.value(first, deeper)?;
                    for one in rest {
                        sum = Value::Sum(sign, Box::new(sum), Box::new(self.value(one, deeper)?));
                    }
                    sum
                }
                (name, _) => return Err(unknown(name)),
            },
            other => return Err(format!("`{}` is geen waarde om mee te vergelijken", shown(other))),
        })
    }

    /// One side is the shape of the feature, the other a shape in the text.
    fn place(&self, relation: Relation, a: &Expr, b: &Expr) -> Result<Test, String> {
        let is_own = |one: &Expr| matches!(one, Expr::Property { property } if is_geometry(property));
        let (relation, other) = match (is_own(a), is_own(b)) {
            (true, false) => (relation, b),
            (false, true) => (relation.turned(), a),
            _ => {
                return Err(
                    "vergelijk `geometry` met een vorm, zoals S_INTERSECTS(geometry, POINT(6.5 52.9))"
                        .to_owned(),
                );
            }
        };
        let shape = self.shape(other)?;
        let asked = reference::to_rd(&shape, self.crs)?;
        Ok(Test::Place(relation, Box::new(Region::new(asked))))
    }

    fn shape(&self, expression: &Expr) -> Result<Geometry<f64>, String> {
        match expression {
            Expr::Geometry(cql2::Geometry::Wkt(text)) => {
                Geometry::try_from_wkt_str(text).map_err(|_| "de vorm in het filter is geen WKT".to_owned())
            }
            Expr::BBox { bbox } => {
                let numbers: Vec<f64> = bbox
                    .iter()
                    .filter_map(|one| match **one {
                        Expr::Float(number) => Some(number),
                        _ => None,
                    })
                    .collect();
                let corners = match numbers.as_slice() {
                    [a, b, c, d] | [a, b, _, c, d, _] if bbox.len() == numbers.len() => [*a, *b, *c, *d],
                    _ => return Err("BBOX heeft vier getallen: de ene hoek en de andere".to_owned()),
                };
                let [a, b, c, d] = corners;
                if !corners.iter().all(|number| number.is_finite()) || a > c || b > d {
                    return Err("BBOX heeft eerst de laagste hoek en dan de hoogste".to_owned());
                }
                Ok(Rect::new(Coord { x: a, y: b }, Coord { x: c, y: d }).to_polygon().into())
            }
            _ => Err("een vorm is een punt, lijn of vlak in WKT, of een BBOX".to_owned()),
        }
    }
}

impl Relation {
    /// The same said of the other of the two.
    fn turned(self) -> Self {
        match self {
            Self::Within => Self::Contains,
            Self::Contains => Self::Within,
            other => other,
        }
    }
}

fn relation(name: &str) -> Option<Relation> {
    Some(match name {
        "s_intersects" => Relation::Intersects,
        "s_disjoint" => Relation::Disjoint,
        "s_equals" => Relation::Equals,
        "s_touches" => Relation::Touches,
        "s_within" => Relation::Within,
        "s_overlaps" => Relation::Overlaps,
        "s_crosses" => Relation::Crosses,
        "s_contains" => Relation::Contains,
        _ => return None,
    })
}

fn check(depth: usize) -> Result<usize, String> {
    if depth >= DEEPEST {
        Err("het filter heeft te veel haakjes in elkaar".to_owned())
    } else {
        Ok(depth + 1)
    }
}

fn is_geometry(name: &str) -> bool {
    matches!(name, "geometry" | "geometrie")
}

fn unknown(name: &str) -> String {
    let name: String = name.chars().take(40).collect();
    format!(
        "`{name}` wordt hier niet begrepen; wel: AND, OR, NOT, =, <>, <, <=, >, >=, LIKE, IN, BETWEEN, IS NULL, CASEI, \
         rekenen en S_INTERSECTS, S_DISJOINT, S_EQUALS, S_TOUCHES, S_WITHIN, S_OVERLAPS, S_CROSSES en S_CONTAINS"
    )
}

fn shown(expression: &Expr) -> &'static str {
    match expression {
        Expr::Operation { .. } => "bewerking",
        Expr::Interval { .. } => "INTERVAL",
        Expr::Timestamp { .. } => "TIMESTAMP",
        Expr::Date { .. } => "DATE",
        Expr::Property { .. } => "een kenmerk alleen",
        Expr::BBox { .. } => "BBOX",
        Expr::Float(_) => "een getal alleen",
        Expr::Literal(_) => "een tekst alleen",
        Expr::Bool(_) => "waar of onwaar",
        Expr::Array(_) => "een lijst",
        Expr::Geometry(_) => "een vorm alleen",
        Expr::Null => "NULL",
    }
}

fn day(date: &Expr) -> Result<String, String> {
    let wrong = || "DATE heeft een dag, zoals DATE('2026-01-31')".to_owned();
    let Expr::Literal(text) = date else { return Err(wrong()) };
    let date: jiff::civil::Date = text.parse().map_err(|_| wrong())?;
    Ok(date.to_string())
}

fn moment(moment: &Expr) -> Result<String, String> {
    let wrong = || "TIMESTAMP heeft een tijdstip, zoals TIMESTAMP('2026-01-31T12:00:00Z')".to_owned();
    let Expr::Literal(text) = moment else { return Err(wrong()) };
    let moment: jiff::Timestamp = text.parse().map_err(|_| wrong())?;
    Ok(moment.to_string())
}
