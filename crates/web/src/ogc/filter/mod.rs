//! Filters: CQL2 text, parsed by the `cql2` crate and evaluated here, on features as they are kept.
//!
//! The crate evaluates on GeoJSON, item by item; that would make GeoJSON of every feature for every question. Here the
//! expression is made ready once, with its shapes in RD New, and each feature is asked only what the expression needs.
//! Logic has three values: what is compared with nothing is unknown, and only features of which the filter is true
//! are given.

mod like;
mod prepare;

pub(crate) use prepare::{LONGEST, compile};

use geo::{BoundingRect, Intersects, Relate};
use geo_types::{Geometry, Rect};
use like::Pattern;
use std::cmp::Ordering;

/// A value of a feature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar<'a> {
    Nothing,
    Text(std::borrow::Cow<'a, str>),
    Number(f64),
}

impl<'a> Scalar<'a> {
    pub(crate) fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.into()) }
    }
}

/// What can be filtered.
pub(crate) trait Record {
    /// A property; nothing when it has none of that name.
    fn property(&self, name: &str) -> Scalar<'_>;
    /// Its shape, in RD New.
    fn shape(&self) -> Option<&Geometry<f64>>;
    /// The bounds of its shape.
    fn bounds(&self) -> Option<Rect<f64>>;
}

/// An expression that is a value.
#[derive(Debug, Clone)]
enum Value {
    Property(String),
    Text(String),
    Number(f64),
    Nothing,
    Lower(Box<Value>),
    Sum(char, Box<Value>, Box<Value>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Intersects,
    Disjoint,
    Equals,
    Touches,
    Within,
    Overlaps,
    Crosses,
    Contains,
}

/// A shape in a filter.
#[derive(Debug, Clone)]
struct Region {
    shape: Geometry<f64>,
    bounds: Option<Rect<f64>>,
    /// Whether a part was cut off where there are no features.
    cut: bool,
}

/// An expression that is true, false or unknown.
#[derive(Debug, Clone)]
enum Test {
    Always(bool),
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Compare(Comparison, Value, Value),
    Like(Value, Pattern),
    Among(Value, Vec<Value>),
    Between(Value, Value, Value),
    Missing(Value),
    /// Whether the feature has no shape.
    Placeless,
    /// The shape of the feature to that of the filter.
    Place(Relation, Box<Region>),
}

/// A filter, ready for use.
#[derive(Debug, Clone)]
pub(crate) struct Filter(Test);

impl Filter {
    /// Whether it is true of a feature.
    pub(crate) fn holds(&self, record: &impl Record) -> bool {
        self.0.on(record) == Some(true)
    }

    /// A filter for shapes that meet this one.
    pub(crate) fn meets(asked: super::reference::Asked) -> Self {
        Self(Test::Place(Relation::Intersects, Box::new(Region::new(asked))))
    }
}

impl Region {
    fn new(asked: super::reference::Asked) -> Self {
        let bounds = asked.shape.bounding_rect();
        Self { shape: asked.shape, bounds, cut: asked.cut }
    }
}

impl Test {
    fn on(&self, record: &impl Record) -> Option<bool> {
        match self {
            Self::Always(known) => Some(*known),
            Self::All(tests) => {
                let mut unknown = false;
                for test in tests {
                    match test.on(record) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(true)
            }
            Self::Any(tests) => {
                let mut unknown = false;
                for test in tests {
                    match test.on(record) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(false)
            }
            Self::Not(test) => test.on(record).map(|is| !is),
            Self::Compare(how, a, b) => compare(&a.of(record), &b.of(record)).map(|order| how.allows(order)),
            Self::Like(value, pattern) => match value.of(record) {
                Scalar::Text(text) => Some(pattern.matches(&text)),
                _ => None,
            },
            Self::Among(value, values) => {
                let value = value.of(record);
                let mut unknown = false;
                for other in values {
                    match compare(&value, &other.of(record)) {
                        Some(Ordering::Equal) => return Some(true),
                        Some(_) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(false)
            }
            Self::Between(value, low, high) => {
                let value = value.of(record);
                let above = compare(&value, &low.of(record))?.is_ge();
                let below = compare(&value, &high.of(record))?.is_le();
                Some(above && below)
            }
            Self::Missing(value) => Some(value.of(record) == Scalar::Nothing),
            Self::Placeless => Some(record.shape().is_none()),
            Self::Place(relation, region) => Some(relation.holds(record.shape()?, record.bounds()?, region)),
        }
    }
}

impl Comparison {
    fn allows(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// How two values lie to each other; unknown when one is nothing or they are of different kinds.
fn compare(a: &Scalar<'_>, b: &Scalar<'_>) -> Option<Ordering> {
    match (a, b) {
        (Scalar::Text(a), Scalar::Text(b)) => Some(a.cmp(b)),
        (Scalar::Number(a), Scalar::Number(b)) => a.partial_cmp(b),
        _ => None,
    }
}

impl Value {
    fn of<'a>(&'a self, record: &'a impl Record) -> Scalar<'a> {
        match self {
            Self::Property(name) => record.property(name),
            Self::Text(text) => Scalar::Text(text.as_str().into()),
            Self::Number(number) => Scalar::Number(*number),
            Self::Nothing => Scalar::Nothing,
            Self::Lower(value) => match value.of(record) {
                Scalar::Text(text) => Scalar::Text(text.to_lowercase().into()),
                _ => Scalar::Nothing,
            },
            Self::Sum(sign, a, b) => match (a.of(record), b.of(record)) {
                (Scalar::Number(a), Scalar::Number(b)) => {
                    let result = match sign {
                        '+' => a + b,
                        '-' => a - b,
                        '*' => a * b,
                        '/' => a / b,
                        '%' => a % b,
                        '^' => a.powf(b),
                        _ => (a / b).trunc(),
                    };
                    if result.is_finite() { Scalar::Number(result) } else { Scalar::Nothing }
                }
                _ => Scalar::Nothing,
            },
        }
    }
}

impl Relation {
    fn holds(self, shape: &Geometry<f64>, bounds: Rect<f64>, region: &Region) -> bool {
        let meets = region.bounds.is_some_and(|other| other.intersects(&bounds));
        if !meets {
            return self == Self::Disjoint;
        }
        match self {
            Self::Intersects => shape.intersects(&region.shape),
            Self::Disjoint => !shape.intersects(&region.shape),
            // The shape asked with goes on where no feature is.
            Self::Equals | Self::Contains if region.cut => false,
            _ => {
                let matrix = shape.relate(&region.shape);
                match self {
                    Self::Equals => matrix.is_equal_topo(),
                    Self::Touches => matrix.is_touches(),
                    Self::Within => matrix.is_within(),
                    Self::Overlaps => matrix.is_overlaps(),
                    Self::Crosses => matrix.is_crosses(),
                    _ => matrix.is_contains(),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
