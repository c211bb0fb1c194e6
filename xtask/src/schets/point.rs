//! A point in the facts: the name of a place, or longitude and latitude.

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A place by its name, or a spot in degrees.
#[derive(Debug, Clone, PartialEq)]
pub enum Point {
    /// The name of a place or a border corner.
    Name(String),
    /// Longitude and latitude.
    At([f64; 2]),
}

impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PointVisitor)
    }
}

struct PointVisitor;

impl<'de> Visitor<'de> for PointVisitor {
    type Value = Point;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("een plaatsnaam of [lengte, breedte]")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Point, E> {
        Ok(Point::Name(name.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Point, A::Error> {
        match (items.next_element()?, items.next_element()?, items.next_element::<f64>()?) {
            (Some(lon), Some(lat), None) => Ok(Point::At([lon, lat])),
            _ => Err(A::Error::custom("een punt is [lengte, breedte]")),
        }
    }
}

/// A line by its name, or the points it runs through.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// A line of lijnen.yaml.
    Name(String),
    /// Its own points.
    Through(Vec<Point>),
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LineVisitor)
    }
}

struct LineVisitor;

impl<'de> Visitor<'de> for LineVisitor {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("de naam van een lijn of een rij punten")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Line, E> {
        Ok(Line::Name(name.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Line, A::Error> {
        let mut points = Vec::new();
        while let Some(point) = items.next_element()? {
            points.push(point);
        }
        Ok(Line::Through(points))
    }
}
