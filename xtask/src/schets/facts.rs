//! The hand-kept facts behind the schematic map, as the files in `schets/` hold them.

use super::point::{Line, Point};
use crate::error::Error;
use crate::project;
use brink_policy::written::KnownPlace;
use brink_policy::yaml;
use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// All facts.
#[derive(Debug)]
pub struct Facts {
    /// plaatsen.yaml
    pub places: IndexMap<String, KnownPlace>,
    /// lijnen.yaml
    pub lines: IndexMap<String, Vec<Point>>,
    /// grenzen.yaml
    pub borders: Borders,
    /// tekeningen.yaml
    pub drawings: Drawings,
    /// proeven.yaml
    pub trials: Trials,
}

/// The borders of the province and of its municipalities.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Borders {
    /// The area that all municipalities make together.
    pub provincie: String,
    /// What lies around the province.
    pub buiten: Vec<String>,
    /// Corners where borders meet.
    pub hoeken: IndexMap<String, [f64; 2]>,
    /// The stretches of border.
    pub grenzen: Vec<Border>,
}

/// One stretch of border, with what lies on either side.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Border {
    /// Two municipalities, or a municipality and a neighbour outside the province.
    pub tussen: [String; 2],
    /// From corner to corner.
    pub punten: Vec<Point>,
}

/// What is drawn, and what is not.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawings {
    /// When the drawings were last gone over, as 2026-01-31.
    pub datum: Option<String>,
    /// Drawing by area id.
    pub tekeningen: IndexMap<String, Drawing>,
    /// Areas without a drawing, with the reason.
    pub geen_schets: Vec<Undrawn>,
}

/// Areas that stay without a drawing, for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undrawn {
    /// Why.
    pub reden: String,
    /// Which.
    pub gebieden: Vec<String>,
}

/// How sure the place of a drawing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Placed by the names of places, water and roads.
    Plaatsnamen,
    /// Rough: the place or the extent is a guess.
    Globaal,
}

impl Certainty {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plaatsnamen => "plaatsnamen",
            Self::Globaal => "globaal",
        }
    }
}

/// How one area is drawn: all parts together, then `binnen` and `zonder`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawing {
    /// How sure it is. A part of a drawing has the certainty of the whole.
    pub zekerheid: Option<Certainty>,
    /// Nee when only part of the area is drawn: beside it may be in the area too. Left out: yes.
    pub volledig: Option<bool>,
    /// Parts by name, each with a size of its own when that is known.
    #[serde(default)]
    pub delen: IndexMap<String, Drawing>,
    /// Middles of circles.
    #[serde(default)]
    pub cirkels: Vec<Point>,
    /// Radius of those circles.
    pub straal_m: Option<f64>,
    /// Lines to draw a strip along.
    #[serde(default)]
    pub lijnen: Vec<Line>,
    /// Width of that strip on either side.
    pub strook_m: Option<f64>,
    /// Polygons.
    #[serde(default)]
    pub vlakken: Vec<Vec<Point>>,
    /// Margin around those polygons.
    #[serde(default)]
    pub rand_m: f64,
    /// Places whose built-up area counts.
    #[serde(default)]
    pub kernen: Vec<String>,
    /// The built-up area of every place with inhabitants.
    #[serde(default)]
    pub alle_kernen: bool,
    /// Other areas, put together.
    #[serde(default)]
    pub samen: Vec<String>,
    /// Known size within the province; circles, strips and polygons are scaled to it.
    pub hectare: Option<f64>,
    /// Keep only what lies in one of these areas.
    #[serde(default)]
    pub binnen: Vec<String>,
    /// Leave out what lies in these areas.
    #[serde(default)]
    pub zonder: Vec<String>,
    /// Why it is drawn like this. Only for the reader of the table.
    #[serde(rename = "uitleg")]
    pub _uitleg: Option<String>,
}

/// What must be true of the map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trials {
    /// Pairs of areas that touch or overlap.
    pub buren: Vec<[String; 2]>,
    /// Pairs of which the first lies for at least nine tenths in the second.
    pub ligt_in: Vec<[String; 2]>,
    /// Spots with the areas they lie in and do not lie in.
    pub plekken: Vec<Spot>,
}

/// A spot with what must be true there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// What is there.
    pub plek: String,
    /// Longitude and latitude, or a place.
    pub op: Point,
    /// Areas it lies in.
    #[serde(default)]
    pub wel: Vec<String>,
    /// Areas it does not lie in.
    #[serde(default)]
    pub niet: Vec<String>,
}

impl Facts {
    /// Reads the facts in a folder.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        Ok(Self {
            places: file(folder, "plaatsen.yaml")?,
            lines: file(folder, "lijnen.yaml")?,
            borders: file(folder, "grenzen.yaml")?,
            drawings: file(folder, "tekeningen.yaml")?,
            trials: file(folder, "proeven.yaml")?,
        })
    }

    /// Where a point is, in degrees.
    pub fn at(&self, point: &Point) -> Result<[f64; 2], String> {
        match point {
            Point::At(at) => Ok(*at),
            Point::Name(name) => self
                .places
                .get(name)
                .map(|place| place.op)
                .or_else(|| self.borders.hoeken.get(name).copied())
                .ok_or_else(|| {
                    let known = self.places.keys().chain(self.borders.hoeken.keys());
                    let meant = brink_policy::nearest(name, known.map(String::as_str), 1)
                        .first()
                        .map(|near| format!("; bedoelt u `{near}`?"))
                        .unwrap_or_default();
                    format!("plaats `{name}` staat niet in plaatsen.yaml{meant}")
                }),
        }
    }
}

fn file<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, Error> {
    let text = project::read(&folder.join(name))?;
    parse(&text).map_err(|problem| Error::failed(format!("schets/{name}{problem}")))
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let root = yaml::read(text, yaml::Limits::default())
        .map_err(|error| format!(":{}:{}: {}", error.span.line, error.span.column, error.message))?
        .ok_or_else(|| ": het bestand is leeg".to_owned())?;
    yaml::from_node(&root).map_err(|error| {
        let place = error.span.as_deref().map(|span| format!(":{}:{}", span.line, span.column));
        format!("{}: {error}", place.unwrap_or_default())
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Facts of a square province of one degree, split in two municipalities, with these drawings.
    pub fn small(drawings: &str) -> Facts {
        let none = if drawings.is_empty() { "{}" } else { "" };
        let drawings = format!("tekeningen: {none}\n{drawings}\ngeen_schets: []\n");
        Facts {
            places: parse(
                "Links: {op: [6.25, 52.5], gemeente: links, inwoners: 1000}\n\
                 Rechts: {op: [6.75, 52.5], gemeente: rechts}\n",
            )
            .unwrap(),
            lines: parse("weg: [Links, [6.5, 52.6], Rechts]").unwrap(),
            borders: parse(
                "provincie: geheel\n\
                 buiten: [buiten]\n\
                 hoeken: {boven: [6.5, 53], onder: [6.5, 52]}\n\
                 grenzen:\n\
                 - {tussen: [links, rechts], punten: [boven, onder]}\n\
                 - {tussen: [rechts, buiten], punten: [onder, [7, 52], [7, 53], boven]}\n\
                 - {tussen: [links, buiten], punten: [boven, [6, 53], [6, 52], onder]}\n",
            )
            .unwrap(),
            drawings: parse(&drawings).unwrap(),
            trials: parse("{buren: [], ligt_in: [], plekken: []}").unwrap(),
        }
    }

    #[test]
    fn points_are_names_or_degrees() {
        let line: Vec<Point> = parse("[Assen, [6.5, 53]]").unwrap();
        assert_eq!(line, [Point::Name("Assen".to_owned()), Point::At([6.5, 53.0])]);
        assert!(parse::<Vec<Point>>("[[6.5]]").unwrap_err().contains("[lengte, breedte]"));
        let lines: Vec<Line> = parse("[A28, [Assen, [6.5, 53]]]").unwrap();
        assert_eq!(lines, [Line::Name("A28".to_owned()), Line::Through(line)]);
    }

    #[test]
    fn an_unknown_place_is_named_with_the_nearest() {
        let problem = small("").at(&Point::Name("Lincs".to_owned())).unwrap_err();
        assert_eq!(problem, "plaats `Lincs` staat niet in plaatsen.yaml; bedoelt u `Links`?");
    }

    #[test]
    fn an_unknown_key_says_where() {
        let problem = parse::<Drawing>("zekerheid: globaal\nstrall_m: 3\n").unwrap_err();
        assert!(problem.starts_with(":2:"), "{problem}");
    }
}
