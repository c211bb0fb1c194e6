//! A plan in the query of an address: so that a page works without scripts and a link is enough to share it.

use crate::app::App;
use crate::world::World;
use brink_assess::{Fault, Plan, PlanError};
use brink_geo::place::Place;
use brink_policy::compiled::FactKind;
use geo_types::Geometry;
use serde_json::{Map, Value, json};
use wkt::TryFromWkt;

/// Most parameters of an address.
const MOST: usize = 600;
/// Longest shape in an address, in bytes.
pub(crate) const LONGEST_SHAPE: usize = 200_000;
/// Deepest brackets of a shape; the reader of WKT goes a step deeper for each. A collection of polygons has four.
const DEEPEST_SHAPE: usize = 8;

/// A plan as it stands in an address. What is wrong with it shows when it is read against a package.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PlanQuery {
    pub title: String,
    pub activity: String,
    pub place: Whereabouts,
    /// Facts by id, as typed.
    pub facts: Vec<(String, String)>,
    /// Questions (facts or areas) that are not asked now.
    pub skipped: Vec<String>,
    /// Areas of which the asker said whether the plan lies in them.
    pub memberships: Vec<(String, Membership)>,
    /// Whether the plan lies in no other areas than those that are named.
    pub closed: bool,
    pub sections: Vec<String>,
    pub date: String,
    /// Parameters that belong to something else.
    pub others: Vec<(String, String)>,
}

/// Where a plan is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Whereabouts {
    /// Not said.
    #[default]
    Nowhere,
    /// Longitude and latitude, as typed.
    Point(String),
    /// A shape (WKT, WGS84).
    Shape(String),
    /// A shape that is stored under this id.
    Stored(String),
    /// Somewhere in these areas.
    Areas(Vec<String>),
}

/// An answer to a question about an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Membership {
    Inside,
    Outside,
    /// Open: of use when areas that are not named do not count.
    Unknown,
}

impl Membership {
    fn word(self) -> &'static str {
        match self {
            Self::Inside => "binnen",
            Self::Outside => "buiten",
            Self::Unknown => "onbekend",
        }
    }
}

impl PlanQuery {
    /// Reads a query string.
    pub(crate) fn parse(query: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        Self::of(pairs)
    }

    /// Reads parameters. Of a place that is given twice the most precise counts.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Self {
        let mut plan = Self::default();
        let (mut point, mut shape, mut stored, mut areas) =
            (String::new(), String::new(), String::new(), Vec::new());
        for (key, value) in pairs.into_iter().take(MOST) {
            let value = value.trim().to_owned();
            if value.is_empty() {
                continue;
            }
            if let Some(fact) = key.strip_prefix("g.") {
                plan.facts.retain(|(id, _)| id != fact);
                plan.facts.push((fact.to_owned(), value));
                continue;
            }
            if let Some(area) = key.strip_prefix("m.") {
                let said = match value.as_str() {
                    "binnen" | "ja" => Membership::Inside,
                    "buiten" | "nee" => Membership::Outside,
                    "onbekend" => Membership::Unknown,
                    _ => continue,
                };
                plan.memberships.retain(|(id, _)| id != area);
                plan.memberships.push((area.to_owned(), said));
                continue;
            }
            match key.as_str() {
                "titel" => plan.title = value,
                "activiteit" => plan.activity = value,
                "punt" => point = value,
                "vorm" => shape = value,
                "plek" => stored = value,
                "gebied" if !areas.contains(&value) => areas.push(value),
                "gebied" => {}
                "overslaan" if !plan.skipped.contains(&value) => plan.skipped.push(value),
                "overslaan" => {}
                "verder" => plan.closed = value == "buiten",
                "onderdeel" => plan.sections.push(value),
                "peildatum" => plan.date = value,
                _ => plan.others.push((key, value)),
            }
        }
        plan.place = match () {
            () if !shape.is_empty() => Whereabouts::Shape(shape),
            () if !stored.is_empty() => Whereabouts::Stored(stored),
            () if !point.is_empty() => Whereabouts::Point(point),
            () if !areas.is_empty() => Whereabouts::Areas(areas),
            () => Whereabouts::Nowhere,
        };
        plan
    }

    /// The parameters of the plan, without those that belong to something else.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut add = |key: &str, value: &str| {
            if !value.is_empty() {
                pairs.push((key.to_owned(), value.to_owned()));
            }
        };
        add("activiteit", &self.activity);
        match &self.place {
            Whereabouts::Nowhere => {}
            Whereabouts::Point(point) => add("punt", point),
            Whereabouts::Shape(shape) => add("vorm", shape),
            Whereabouts::Stored(id) => add("plek", id),
            Whereabouts::Areas(areas) => areas.iter().for_each(|area| add("gebied", area)),
        }
        for (fact, value) in &self.facts {
            add(&format!("g.{fact}"), value);
        }
        for (area, said) in &self.memberships {
            add(&format!("m.{area}"), said.word());
        }
        if self.closed {
            add("verder", "buiten");
        }
        self.skipped.iter().for_each(|id| add("overslaan", id));
        self.sections.iter().for_each(|section| add("onderdeel", section));
        add("titel", &self.title);
        add("peildatum", &self.date);
        pairs
    }

    /// The same as a query string, without the question mark.
    pub(crate) fn query(&self) -> String {
        serde_urlencoded::to_string(self.pairs()).unwrap_or_default()
    }

    /// The areas of which is said that they are open.
    pub(crate) fn left_open(&self) -> Vec<&str> {
        let open = self.memberships.iter().filter(|(_, said)| *said == Membership::Unknown);
        open.map(|(area, _)| area.as_str()).collect()
    }

    /// What a fact was answered.
    pub(crate) fn fact(&self, id: &str) -> Option<&str> {
        self.facts.iter().find(|(fact, _)| fact == id).map(|(_, value)| value.as_str())
    }

    /// The shape of the place (WKT, WGS84), also of a point or a stored place.
    pub(crate) fn shape(&self, app: &App) -> Result<Option<String>, Fault> {
        Ok(match &self.place {
            Whereabouts::Shape(shape) => Some(shape.clone()),
            Whereabouts::Point(text) => {
                let [longitude, latitude] = point(text)?;
                Some(format!("POINT({longitude} {latitude})"))
            }
            Whereabouts::Stored(id) => {
                let found = app.store().place(id).ok().flatten();
                Some(found.ok_or_else(|| {
                    Fault::new("plek", "deze plek is niet (meer) bewaard")
                        .help("teken haar opnieuw of upload het bestand nog eens")
                })?)
            }
            Whereabouts::Nowhere | Whereabouts::Areas(_) => None,
        })
    }

    /// The plan, read against the package and the map.
    pub(crate) fn plan(&self, app: &App, world: &World) -> Result<Plan, PlanError> {
        let shape = self.shape(app).map_err(PlanError::one)?;
        self.plan_at(shape.as_deref(), world)
    }

    /// The plan at a place that was looked up.
    pub(crate) fn plan_at(&self, shape: Option<&str>, world: &World) -> Result<Plan, PlanError> {
        let place = shape.map(|shape| place("vorm", shape)).transpose();
        let read = Plan::from_value(&self.value(world), &world.package);
        let (mut plan, place) = match (read, place) {
            (Ok(plan), Ok(place)) => (plan, place),
            (Err(error), Ok(_)) => return Err(error),
            (Ok(_), Err(fault)) => return Err(PlanError::one(fault)),
            (Err(mut error), Err(fault)) => {
                error.faults.push(fault);
                return Err(error);
            }
        };
        plan.somewhere = matches!(self.place, Whereabouts::Areas(_)) && !self.closed;
        plan.place = place;
        Ok(plan)
    }

    /// The plan as JSON, without its place on the map.
    pub(crate) fn value(&self, world: &World) -> Value {
        let mut plan = Map::new();
        if !self.title.is_empty() {
            plan.insert("titel".to_owned(), json!(self.title));
        }
        if !self.activity.is_empty() {
            plan.insert("activiteit".to_owned(), json!(self.activity));
        }
        if !self.date.is_empty() {
            plan.insert("peildatum".to_owned(), json!(self.date));
        }
        if !self.sections.is_empty() {
            plan.insert("onderdelen".to_owned(), json!(self.sections));
        }
        let of = |wanted: Membership| {
            self.memberships.iter().filter(move |(_, said)| *said == wanted).map(|(area, _)| area.as_str())
        };
        let named: Vec<&str> = match &self.place {
            Whereabouts::Areas(areas) => areas.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        let inside: Vec<&str> = named.iter().copied().chain(of(Membership::Inside)).collect();
        let outside: Vec<&str> = of(Membership::Outside).collect();
        let unknown: Vec<&str> = of(Membership::Unknown).collect();
        if !inside.is_empty() || !outside.is_empty() || self.closed {
            // Without a place on the map, areas that are not named would count as outside.
            let open: Vec<&str> = match self.place {
                Whereabouts::Nowhere if !self.closed => {
                    let all = world.package.vocabulary.areas.iter().map(|area| area.id.as_str());
                    all.filter(|id| {
                        !inside.contains(id) && !outside.contains(id) && !self.follows(id, &inside, world)
                    })
                    .collect()
                }
                _ => unknown,
            };
            plan.insert(
                "gebieden".to_owned(),
                json!({ "binnen": inside, "buiten": outside, "onbekend": open }),
            );
        }
        let facts: Map<String, Value> =
            self.facts.iter().map(|(id, text)| (id.clone(), fact_value(id, text, world))).collect();
        if !facts.is_empty() {
            plan.insert("gegevens".to_owned(), Value::Object(facts));
        }
        Value::Object(plan)
    }

    /// Whether lying in one of these says that the plan lies in `id`.
    fn follows(&self, id: &str, inside: &[&str], world: &World) -> bool {
        let words = &world.package.vocabulary;
        let Some(area) = words.index.areas.get(id).copied() else {
            return false;
        };
        let known = |id: &&str| words.index.areas.get(*id).and_then(|id| words.area(*id));
        inside.iter().filter_map(known).any(|one| one.ancestors.contains(&area))
    }
}

/// A place from a shape (WKT, WGS84).
pub(crate) fn place(field: &str, shape: &str) -> Result<Place, Fault> {
    if shape.len() > LONGEST_SHAPE {
        return Err(Fault::new(field, format!("de vorm is langer dan {LONGEST_SHAPE} tekens"))
            .help("upload haar als bestand, of teken haar eenvoudiger"));
    }
    if depth(shape) > DEEPEST_SHAPE {
        return Err(Fault::new(field, format!("de vorm heeft meer dan {DEEPEST_SHAPE} haakjes in elkaar"))
            .help("schrijf de vormen naast elkaar, in een GEOMETRYCOLLECTION"));
    }
    let help = "schrijf bijvoorbeeld POINT(6.56 52.99) of POLYGON((6.5 52.9, 6.6 52.9, 6.6 53.0, 6.5 52.9))";
    let geometry = Geometry::<f64>::try_from_wkt_str(shape)
        .map_err(|_| Fault::new(field, "dit is geen vorm in WKT").help(help))?;
    let value = serde_json::to_value(geojson::Geometry::from(&geometry))
        .map_err(|_| Fault::new(field, "dit is geen vorm in WKT").help(help))?;
    Place::from_geojson(&value).map_err(|error| Fault::new(field, error.to_string()))
}

/// How deep the brackets of a text lie in each other.
pub(crate) fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for letter in text.bytes() {
        match letter {
            b'(' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b')' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Longitude and latitude with a comma or space between them.
pub(crate) fn point(text: &str) -> Result<[f64; 2], Fault> {
    let wrong = |what: &str| {
        Fault::new("punt", format!("`{}` {what}", text.chars().take(60).collect::<String>()))
            .help("schrijf lengte en breedte met een komma ertussen, bijvoorbeeld 6.56,52.99")
    };
    let parts: Vec<&str> =
        text.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [longitude, latitude] = parts.as_slice() else {
        return Err(wrong("is geen punt"));
    };
    let number = |part: &str| part.parse::<f64>().ok().filter(|number| number.is_finite());
    match (number(longitude), number(latitude)) {
        (Some(longitude), Some(latitude)) => Ok([longitude, latitude]),
        _ => Err(wrong("zijn geen twee getallen")),
    }
}

/// A value as typed, as JSON of the type the fact has.
fn fact_value(id: &str, text: &str, world: &World) -> Value {
    let words = &world.package.vocabulary;
    if matches!(text, "onbekend" | "?") {
        return Value::Null;
    }
    let kind = words.index.facts.get(id).and_then(|fact| words.fact(*fact)).map(|fact| &fact.kind);
    match (kind, text) {
        (Some(FactKind::YesNo), "ja" | "true") => Value::Bool(true),
        (Some(FactKind::YesNo), "nee" | "false") => Value::Bool(false),
        // A comma is a decimal sign to a Dutch hand.
        (Some(FactKind::Number { .. }), text) => Value::String(text.replace(',', ".")),
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_goes_there_and_back() {
        let query = "activiteit=zonnepark&vorm=POINT%286.7+52.9%29&g.oppervlakte-ha=12%2C5&m.beekdal=buiten&overslaan=x&titel=Zon";
        let plan = PlanQuery::parse(query);
        assert_eq!(plan.place, Whereabouts::Shape("POINT(6.7 52.9)".to_owned()));
        assert_eq!(plan.fact("oppervlakte-ha"), Some("12,5"));
        assert_eq!(PlanQuery::parse(&plan.query()), plan);
    }

    #[test]
    fn the_last_answer_counts_and_empty_ones_do_not() {
        let plan = PlanQuery::parse("g.a=ja&g.a=nee&g.b=&activiteit=x&iets=y");
        assert_eq!(plan.facts, [("a".to_owned(), "nee".to_owned())]);
        assert_eq!(plan.others, [("iets".to_owned(), "y".to_owned())]);
    }

    #[test]
    fn brackets_go_no_deeper_than_shapes_do() {
        assert_eq!(depth("GEOMETRYCOLLECTION(MULTIPOLYGON(((0 0)), ((1 1))))"), 4);
        assert_eq!(depth(")))(("), 2);
        let nested = |count: usize| {
            format!("{}POINT(6.7 52.9){}", "GEOMETRYCOLLECTION(".repeat(count), ")".repeat(count))
        };
        assert!(place("vorm", &nested(9_000)).unwrap_err().melding.contains("haakjes"));
    }

    #[test]
    fn points_are_two_numbers() {
        assert_eq!(point("6.56, 52.99").unwrap(), [6.56, 52.99]);
        assert_eq!(point("6.56 52.99").unwrap(), [6.56, 52.99]);
        assert!(point("6,56, 52,99").is_err());
        assert!(point("NaN,1").is_err());
        assert!(place("vorm", "POLYGON((").is_err());
        assert!(place("vorm", "POINT(52.9 6.5)").unwrap_err().melding.contains("verwisseld"));
    }
}
