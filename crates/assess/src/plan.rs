//! A plan as it comes in: JSON to something the package understands. Everything that is wrong is reported at once.

use crate::error::{Fault, PlanError, Remedy};
use crate::fact_answer::read_answer;
use brink_geo::place::Place;
use brink_policy::compiled::{Answer, Area, Compiled, Vocabulary};
use brink_policy::feel::Names;
use brink_policy::{ActivityId, AreaId, FactId, ReadingId, SectionId, dates, nearest};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The longest plan, in bytes of JSON.
pub const MAX_BYTES: usize = 2 << 20;
/// The most facts, areas or sections a plan may name.
const MAX_ENTRIES: usize = 5_000;

/// A plan, checked against the vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its title.
    pub title: Option<String>,
    /// What it is about.
    pub activity: ActivityId,
    /// Where it is on the map, when that is given.
    pub place: Option<Place>,
    /// Where it is, in areas. `None` when nothing is said about that.
    pub areas: Option<Memberships>,
    /// Whether it lies somewhere in the areas it is said to lie in, so that the map tells of all others what is certain.
    /// Of a plan without this, and without a place on the map, the areas that are not named do not hold it.
    pub somewhere: bool,
    /// What is known. A fact that is explicitly unknown is `None`.
    pub facts: BTreeMap<FactId, Option<Answer>>,
    /// The sections to judge by; empty for all.
    pub sections: Vec<SectionId>,
    /// The date of judgement, when given.
    pub date: Option<String>,
    /// Other readings than the package takes.
    pub readings: BTreeMap<ReadingId, u16>,
}

/// Where a plan is said to lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memberships {
    /// In these.
    pub inside: Vec<AreaId>,
    /// Not in these.
    pub outside: Vec<AreaId>,
    /// Not known for these.
    pub unknown: Vec<AreaId>,
}

impl Plan {
    /// Reads a plan from JSON text.
    pub fn from_json(text: &str, package: &Compiled) -> Result<Self, PlanError> {
        if text.len() > MAX_BYTES {
            let message = format!("plan is {} bytes, meer dan de toegestane {MAX_BYTES}", text.len());
            return Err(PlanError::one(Fault::new("", message).help("stuur een plan zonder bijlagen")));
        }
        if text.trim().is_empty() {
            return Err(PlanError::one(
                Fault::new("", "er staat niets").help("een plan is JSON met ten minste `activiteit`"),
            ));
        }
        let value: Value = serde_json::from_str(text).map_err(|error| {
            let message = format!("geen geldige JSON: regel {}, kolom {}", error.line(), error.column());
            PlanError::one(Fault::new("", message).help(syntax_help(&error)))
        })?;
        Self::from_value(&value, package)
    }

    /// Reads a plan from a JSON value; a GeoJSON Feature with the plan as properties is a plan too.
    pub fn from_value(value: &Value, package: &Compiled) -> Result<Self, PlanError> {
        let Some(object) = value.as_object() else {
            return Err(PlanError::one(
                Fault::new("", format!("een plan is een JSON-object, geen {}", kind(value)))
                    .help("begin met {\"activiteit\": \"...\"}"),
            ));
        };
        let feature = object.get("type").and_then(Value::as_str) == Some("Feature");
        let properties =
            if feature { object.get("properties").and_then(Value::as_object) } else { Some(object) };
        let Some(properties) = properties else {
            return Err(PlanError::one(Fault::new("properties", "deze Feature heeft geen properties")));
        };
        // The Feature as a whole: it may say in which system its geometry is.
        let placed = feature && object.get("geometry").is_some_and(|geometry| !geometry.is_null());
        let geometry = placed.then_some(value);
        Reader { vocabulary: &package.vocabulary, faults: Vec::new() }.plan(properties, geometry)
    }
}

fn syntax_help(error: &serde_json::Error) -> String {
    if error.is_eof() {
        "de tekst houdt halverwege op: ontbreekt er een haakje of aanhalingsteken?".to_owned()
    } else {
        "kijk daar naar komma's, aanhalingstekens en haakjes".to_owned()
    }
}

/// A name as it can stand in a message.
fn short(name: &str) -> String {
    if name.chars().count() <= 80 { name.to_owned() } else { name.chars().take(80).chain(['…']).collect() }
}

pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "ja of nee",
        Value::Number(_) => "getal",
        Value::String(_) => "tekst",
        Value::Array(_) => "lijst",
        Value::Object(_) => "object",
    }
}

const FIELDS: [&str; 8] =
    ["titel", "activiteit", "locatie", "gebieden", "gegevens", "onderdelen", "peildatum", "lezingen"];

struct Reader<'p> {
    vocabulary: &'p Vocabulary,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn plan(mut self, plan: &Map<String, Value>, geometry: Option<&Value>) -> Result<Plan, PlanError> {
        for key in plan.keys() {
            if !FIELDS.contains(&key.as_str()) && key != "id" {
                let near = nearest(key, FIELDS.into_iter(), 1);
                self.faults
                    .push(Fault::new(short(key), format!("onbekend veld `{}`", short(key))).near(&near));
            }
        }
        let location = geometry.or_else(|| plan.get("locatie").filter(|location| !location.is_null()));
        let place = location.and_then(|location| match Place::from_geojson(location) {
            Ok(place) => Some(place),
            Err(error) => {
                self.faults.push(Fault::new("locatie", error.to_string()));
                None
            }
        });
        let title = self.text(plan, "titel");
        let activity = self.activity(plan.get("activiteit"));
        let areas = self.memberships(plan.get("gebieden"));
        let facts = self.facts(plan.get("gegevens"));
        let sections = self.sections(plan.get("onderdelen"));
        // The date of judgement may stand among the facts too.
        let date = self.text(plan, "peildatum").or_else(|| {
            plan.get("gegevens").and_then(Value::as_object).and_then(|facts| self.text(facts, "peildatum"))
        });
        if let Some(date) = &date
            && dates::days(date).is_none()
        {
            self.faults.push(
                Fault::new("peildatum", format!("`{date}` is geen datum"))
                    .help("schrijf een datum als 2026-01-31"),
            );
        }
        let readings = self.readings(plan.get("lezingen"));
        match activity {
            Some(activity) if self.faults.is_empty() => {
                Ok(Plan { title, activity, place, areas, somewhere: false, facts, sections, date, readings })
            }
            _ => Err(PlanError::of(self.faults)),
        }
    }

    fn text(&mut self, plan: &Map<String, Value>, field: &str) -> Option<String> {
        match plan.get(field) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) if text.chars().count() <= 1_000 => Some(text.clone()),
            Some(Value::String(_)) => {
                self.faults.push(Fault::new(field, "tekst is langer dan 1.000 tekens"));
                None
            }
            Some(other) => {
                self.faults.push(Fault::new(field, format!("hier hoort tekst, geen {}", kind(other))));
                None
            }
        }
    }

    fn activity(&mut self, value: Option<&Value>) -> Option<ActivityId> {
        let field = "activiteit";
        match value {
            None | Some(Value::Null) => {
                self.faults.push(
                    Fault::new(field, "activiteit ontbreekt")
                        .help("zoek er een in de woordenlijst")
                        .remedy(Remedy::FindActivity),
                );
                None
            }
            Some(Value::String(id)) => {
                let found = self.vocabulary.index.activities.get(id).copied();
                if found.is_none() {
                    let mut fault = Fault::new(field, format!("onbekende activiteit `{}`", short(id)));
                    let near = self.vocabulary.near_activity(id);
                    fault = if near.is_empty() {
                        fault.help("zoek er een in de woordenlijst").remedy(Remedy::FindActivity)
                    } else {
                        fault.near(&near)
                    };
                    self.faults.push(fault);
                }
                found
            }
            Some(other) => {
                self.faults.push(Fault::new(
                    field,
                    format!("hier hoort het id van een activiteit, geen {}", kind(other)),
                ));
                None
            }
        }
    }

    fn list<'v>(&mut self, field: &str, value: Option<&'v Value>) -> Vec<(String, &'v str)> {
        let items = match value {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.faults.push(Fault::new(field, format!("hier hoort een lijst, geen {}", kind(other))));
                return Vec::new();
            }
        };
        if items.len() > MAX_ENTRIES {
            self.faults.push(Fault::new(field, format!("meer dan {MAX_ENTRIES} namen")));
            return Vec::new();
        }
        let mut found = Vec::new();
        for (n, item) in items.iter().enumerate() {
            let place = format!("{field}[{n}]");
            match item.as_str() {
                Some(text) => found.push((place, text)),
                None => self.faults.push(Fault::new(place, format!("hier hoort tekst, geen {}", kind(item)))),
            }
        }
        found
    }

    fn memberships(&mut self, value: Option<&Value>) -> Option<Memberships> {
        let object = match value {
            None | Some(Value::Null) => return None,
            Some(Value::Object(object)) => object,
            Some(other) => {
                self.faults.push(
                    Fault::new("gebieden", format!("hier hoort een object, geen {}", kind(other)))
                        .help("schrijf {\"binnen\": [], \"buiten\": [], \"onbekend\": []}"),
                );
                return None;
            }
        };
        for key in object.keys() {
            if !["binnen", "buiten", "onbekend"].contains(&key.as_str()) {
                self.faults.push(
                    Fault::new(format!("gebieden.{}", short(key)), format!("onbekend veld `{}`", short(key)))
                        .help("er zijn `binnen`, `buiten` en `onbekend`"),
                );
            }
        }
        let mut memberships = Memberships::default();
        let mut seen: BTreeMap<AreaId, &str> = BTreeMap::new();
        for key in ["binnen", "buiten", "onbekend"] {
            for (place, id) in self.list(&format!("gebieden.{key}"), object.get(key)) {
                let Some(area) = self.vocabulary.index.areas.get(id).copied() else {
                    let near = self.vocabulary.near_area(id);
                    self.faults
                        .push(Fault::new(place, format!("onbekend gebied `{}`", short(id))).near(&near));
                    continue;
                };
                if let Some(earlier) = seen.insert(area, key)
                    && earlier != key
                {
                    self.faults.push(
                        Fault::new(place, format!("gebied `{id}` staat bij `{earlier}` en bij `{key}`"))
                            .help("kies er een"),
                    );
                    continue;
                }
                match key {
                    "binnen" => memberships.inside.push(area),
                    "buiten" => memberships.outside.push(area),
                    _ => memberships.unknown.push(area),
                }
            }
        }
        self.contradictions(&memberships);
        Some(memberships)
    }

    /// Inside a child but outside its parent, or inside an area and its complement.
    fn contradictions(&mut self, memberships: &Memberships) {
        let name = |area: AreaId| self.vocabulary.area(area).map_or("?", |area| area.id.as_str());
        let mut faults = Vec::new();
        for inside in &memberships.inside {
            let Some(area) = self.vocabulary.area(*inside) else {
                continue;
            };
            for outside in &memberships.outside {
                if area.ancestors.contains(outside) {
                    faults.push(
                        Fault::new(
                            "gebieden",
                            format!("het plan ligt in `{}` en zou buiten `{}` liggen, maar het een ligt in het ander", area.id, name(*outside)),
                        )
                        .help(format!("haal `{}` weg bij `buiten`", name(*outside))),
                    );
                }
            }
        }
        // Two areas of which the one lies in the complement of what the other lies in.
        for (n, one) in memberships.inside.iter().enumerate() {
            for other in memberships.inside.iter().skip(n + 1) {
                if self.exclude_each_other(*one, *other) {
                    faults.push(
                        Fault::new(
                            "gebieden",
                            format!(
                                "het plan kan niet zowel in `{}` als in `{}` liggen",
                                name(*one),
                                name(*other)
                            ),
                        )
                        .help("kies er een; ligt het plan in allebei, splits het dan"),
                    );
                }
            }
        }
        for outside in &memberships.outside {
            let complement = self.vocabulary.area(*outside).and_then(|area| area.complement);
            if let Some(complement) = complement.filter(|other| memberships.outside.contains(other))
                && complement > *outside
            {
                faults.push(Fault::new(
                    "gebieden",
                    format!(
                        "buiten `{}` en buiten `{}` kan niet allebei: samen zijn ze alles",
                        name(*outside),
                        name(complement)
                    ),
                ));
            }
        }
        self.faults.append(&mut faults);
    }

    fn exclude_each_other(&self, one: AreaId, other: AreaId) -> bool {
        let ancestors = |area| self.vocabulary.area(area).map_or(&[][..], |area: &Area| &area.ancestors);
        ancestors(one)
            .iter()
            .filter_map(|above| self.vocabulary.area(*above).and_then(|area| area.complement))
            .any(|complement| ancestors(other).contains(&complement))
    }

    fn facts(&mut self, value: Option<&Value>) -> BTreeMap<FactId, Option<Answer>> {
        let object = match value {
            None | Some(Value::Null) => return BTreeMap::new(),
            Some(Value::Object(object)) => object,
            Some(other) => {
                self.faults
                    .push(Fault::new("gegevens", format!("hier hoort een object, geen {}", kind(other))));
                return BTreeMap::new();
            }
        };
        if object.len() > MAX_ENTRIES {
            self.faults.push(Fault::new("gegevens", format!("meer dan {MAX_ENTRIES} gegevens")));
            return BTreeMap::new();
        }
        let mut facts = BTreeMap::new();
        for (key, value) in object {
            if key == "peildatum" {
                continue;
            }
            let field = format!("gegevens.{}", short(key));
            let Some(id) = self.vocabulary.index.facts.get(key).copied() else {
                let near = self.vocabulary.near_fact(key);
                self.faults.push(Fault::new(field, format!("onbekend gegeven `{}`", short(key))).near(&near));
                continue;
            };
            let Some(fact) = self.vocabulary.fact(id) else {
                continue;
            };
            match read_answer(&fact.kind, value) {
                Ok(answer) => {
                    facts.insert(id, answer);
                }
                Err((message, help)) => {
                    let fault = Fault::new(field, message);
                    self.faults.push(match help {
                        Some(help) => fault.help(help),
                        None => fault,
                    });
                }
            }
        }
        facts
    }

    fn sections(&mut self, value: Option<&Value>) -> Vec<SectionId> {
        let mut sections = Vec::new();
        for (place, number) in self.list("onderdelen", value) {
            match self.vocabulary.index.sections.get(number) {
                Some(section) => sections.push(*section),
                None => {
                    let near = nearest(number, self.vocabulary.index.sections.keys().map(String::as_str), 3);
                    self.faults.push(
                        Fault::new(place, format!("onbekend onderdeel `{}`", short(number))).near(&near),
                    );
                }
            }
        }
        sections
    }

    fn readings(&mut self, value: Option<&Value>) -> BTreeMap<ReadingId, u16> {
        let object = match value {
            None | Some(Value::Null) => return BTreeMap::new(),
            Some(Value::Object(object)) => object,
            Some(other) => {
                self.faults
                    .push(Fault::new("lezingen", format!("hier hoort een object, geen {}", kind(other))));
                return BTreeMap::new();
            }
        };
        let mut readings = BTreeMap::new();
        for (key, value) in object {
            let field = format!("lezingen.{}", short(key));
            let Some(id) = self.vocabulary.index.readings.get(key).copied() else {
                let near = nearest(key, self.vocabulary.index.readings.keys().map(String::as_str), 3);
                self.faults.push(Fault::new(field, format!("onbekende lezing `{}`", short(key))).near(&near));
                continue;
            };
            match value.as_str().and_then(|option| self.vocabulary.reading_option(id, option)) {
                Some(option) => {
                    readings.insert(id, option);
                }
                None => {
                    let options = self.vocabulary.readings.get(id.index()).map_or(&[][..], |r| &r.options);
                    let names: Vec<&str> = options.iter().map(|(id, _)| id.as_str()).collect();
                    self.faults.push(
                        Fault::new(field, format!("{value} is geen optie van deze lezing"))
                            .help(format!("kies uit: {}", names.join(", "))),
                    );
                }
            }
        }
        readings
    }
}
