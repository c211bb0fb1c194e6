//! Activities, areas, facts, interests, sections and terms by number, with their hierarchies closed.

use super::answer::Answer;
use super::domain::Domain;
use crate::feel::{NameKind, Names};
use crate::ids::{ActivityId, AreaId, FactId, InterestId, ReadingId, SectionId};
use crate::nearest::nearest;
use crate::written::{ActivityKind, Determination, FactOrigin, FactType};
use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The words a package knows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Sections of the source, in reading order.
    pub sections: Vec<Section>,
    /// Interests.
    pub interests: Vec<Interest>,
    /// Activities.
    pub activities: Vec<Activity>,
    /// Areas.
    pub areas: Vec<Area>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Readings.
    pub readings: Vec<Reading>,
    /// Parties by id.
    pub parties: IndexMap<String, Term>,
    /// Documents by id.
    pub documents: IndexMap<String, Term>,
    /// Instruments by id.
    pub instruments: IndexMap<String, Term>,
    /// Numbers of the ids above.
    pub index: Index,
}

/// From id to number.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Sections by number.
    pub sections: IndexMap<String, SectionId>,
    /// Interests by id.
    pub interests: IndexMap<String, InterestId>,
    /// Activities by id.
    pub activities: IndexMap<String, ActivityId>,
    /// Areas by id.
    pub areas: IndexMap<String, AreaId>,
    /// Facts by id.
    pub facts: IndexMap<String, FactId>,
    /// Readings by id.
    pub readings: IndexMap<String, ReadingId>,
}

/// A section (*onderdeel*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Number, such as 5.6.2.
    pub number: String,
    /// Title.
    pub title: String,
    /// First and last line.
    pub lines: [u32; 2],
}

/// An interest (*belang*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interest {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Interests directly above.
    pub parents: Vec<InterestId>,
    /// Itself and all above, each once.
    pub ancestors: Vec<InterestId>,
}

/// An activity (*activiteit*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What kind.
    pub kind: ActivityKind,
    /// Everyday words for it.
    pub words: Vec<String>,
    /// Only there to order others.
    pub group: bool,
    /// Activities directly above.
    pub parents: Vec<ActivityId>,
    /// Itself and all above, each once.
    pub ancestors: Vec<ActivityId>,
}

/// An area (*gebied*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What kind.
    pub kind: String,
    /// Where it lies, in words.
    pub location: Option<String>,
    /// How membership is found out.
    pub determination: Determination,
    /// Areas directly above.
    pub parents: Vec<AreaId>,
    /// Itself and all above, each once.
    pub ancestors: Vec<AreaId>,
    /// Areas directly below.
    pub children: Vec<AreaId>,
    /// The area this is the complement of, or that is the complement of this.
    pub complement: Option<AreaId>,
    /// Whether this one is defined as everything outside that other.
    pub is_complement: bool,
    /// The area this is a strip around, and how wide in metres when the source says so.
    pub zone: Option<(AreaId, Option<f64>)>,
    /// Areas that say something about this one: above, below, complement, and theirs.
    pub related: Vec<AreaId>,
    /// What its distance and share are compared with.
    pub distance: super::NumberDomain,
    /// What its share is compared with.
    pub share: super::NumberDomain,
}

/// A fact (*gegeven*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Id.
    pub id: String,
    /// The question.
    pub question: String,
    /// Explanation.
    pub explanation: Option<String>,
    /// Type, with what goes with it.
    pub kind: FactKind,
    /// Where the answer comes from.
    pub origin: FactOrigin,
    /// Documents it shows from.
    pub evidence: Vec<String>,
    /// Answers that follow from an activity.
    pub follows: Vec<(ActivityId, Answer)>,
    /// The answers that make a difference.
    pub domain: Domain,
}

/// The type of a fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FactKind {
    /// Yes or no.
    YesNo,
    /// A number.
    Number {
        /// Unit.
        unit: Option<String>,
        /// Smallest that makes sense.
        minimum: Decimal,
        /// Largest that makes sense.
        maximum: Option<Decimal>,
    },
    /// One of these (id, name).
    Choice(Vec<(String, String)>),
    /// A date.
    Date,
    /// Text.
    Text,
}

impl FactKind {
    /// The written type.
    #[must_use]
    pub fn written(&self) -> FactType {
        match self {
            Self::YesNo => FactType::YesNo,
            Self::Number { .. } => FactType::Number,
            Self::Choice(_) => FactType::Choice,
            Self::Date => FactType::Date,
            Self::Text => FactType::Text,
        }
    }
}

/// A place where the source can be read in more than one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Id.
    pub id: String,
    /// What it is about.
    pub question: String,
    /// The option taken.
    pub choice: u16,
    /// The options (id, name).
    pub options: Vec<(String, String)>,
}

/// A party, document or instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Who makes or owns it.
    pub owners: Vec<String>,
    /// What kind of instrument it is.
    pub kind: Option<String>,
    /// Where the conditions of a means are, when the vision does not give them.
    pub conditions: Option<String>,
    /// Begin of its running time.
    pub from: Option<String>,
    /// End of its running time.
    pub until: Option<String>,
}

impl Vocabulary {
    /// The fact with this number.
    #[must_use]
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(id.index())
    }

    /// The area with this number.
    #[must_use]
    pub fn area(&self, id: AreaId) -> Option<&Area> {
        self.areas.get(id.index())
    }

    /// The activity with this number.
    #[must_use]
    pub fn activity(&self, id: ActivityId) -> Option<&Activity> {
        self.activities.get(id.index())
    }

    /// The interest with this number.
    #[must_use]
    pub fn interest(&self, id: InterestId) -> Option<&Interest> {
        self.interests.get(id.index())
    }

    /// The section with this number.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.get(id.index())
    }

    /// Whether `activity` is `ancestor` or lies below it.
    #[must_use]
    pub fn is_a(&self, activity: ActivityId, ancestor: ActivityId) -> bool {
        self.activity(activity).is_some_and(|activity| activity.ancestors.contains(&ancestor))
    }

    /// Activities near to an unknown id.
    #[must_use]
    pub fn near_activity(&self, id: &str) -> Vec<&str> {
        nearest(id, self.index.activities.keys().map(String::as_str), 3)
    }

    /// Areas near to an unknown id.
    #[must_use]
    pub fn near_area(&self, id: &str) -> Vec<&str> {
        nearest(id, self.index.areas.keys().map(String::as_str), 3)
    }

    /// Facts near to an unknown id.
    #[must_use]
    pub fn near_fact(&self, id: &str) -> Vec<&str> {
        nearest(id, self.index.facts.keys().map(String::as_str), 3)
    }
}

impl Names for Vocabulary {
    fn fact(&self, id: &str) -> Option<(FactId, FactType, Option<&str>)> {
        let number = *self.index.facts.get(id)?;
        let fact = self.facts.get(number.index())?;
        let unit = match &fact.kind {
            FactKind::Number { unit, .. } => unit.as_deref(),
            _ => None,
        };
        Some((number, fact.kind.written(), unit))
    }

    fn option(&self, fact: FactId, option: &str) -> Option<u16> {
        match &self.fact(fact)?.kind {
            FactKind::Choice(options) => {
                options.iter().position(|(id, _)| id == option).and_then(|place| u16::try_from(place).ok())
            }
            _ => None,
        }
    }

    fn options(&self, fact: FactId) -> Vec<&str> {
        match self.fact(fact).map(|fact| &fact.kind) {
            Some(FactKind::Choice(options)) => options.iter().map(|(id, _)| id.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    fn area(&self, id: &str) -> Option<AreaId> {
        self.index.areas.get(id).copied()
    }

    fn activity(&self, id: &str) -> Option<ActivityId> {
        self.index.activities.get(id).copied()
    }

    fn reading(&self, id: &str) -> Option<ReadingId> {
        self.index.readings.get(id).copied()
    }

    fn reading_option(&self, reading: ReadingId, option: &str) -> Option<u16> {
        let options = &self.readings.get(reading.index())?.options;
        options.iter().position(|(id, _)| id == option).and_then(|place| u16::try_from(place).ok())
    }

    fn all(&self, kind: NameKind) -> Vec<&str> {
        match kind {
            NameKind::Fact => self.index.facts.keys().map(String::as_str).collect(),
            NameKind::Area => self.index.areas.keys().map(String::as_str).collect(),
            NameKind::Activity => self.index.activities.keys().map(String::as_str).collect(),
            NameKind::Reading => self.index.readings.keys().map(String::as_str).collect(),
        }
    }
}
