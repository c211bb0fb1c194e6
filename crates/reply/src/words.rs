//! The words a plan can use, and finding them by everyday words.

use brink_policy::compiled::{Compiled, FactKind};
use brink_policy::find::find_activities;
use brink_policy::written::{ActivityKind, Determination, FactOrigin, FactType};
use schemars::JsonSchema;
use serde::Serialize;

/// How many activities a search gives.
const FOUND: usize = 8;

/// An activity.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Activiteit")]
pub struct ActivityReply<'p> {
    /// Id, zoals een plan het noemt.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Uitleg in een zin.
    pub omschrijving: &'p str,
    /// Activiteiten waar deze onder valt. Normen daarvoor gelden ook voor deze.
    pub ouder: Vec<&'p str>,
    /// Alledaagse woorden ervoor.
    pub zoekwoorden: &'p [String],
    /// Initiatief, beheer, bestuurshandeling of monitoring.
    pub soort: ActivityKind,
    /// Alleen om te ordenen: een plan gaat over een activiteit eronder.
    pub groep: bool,
}

/// An area.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Gebied")]
pub struct AreaReply<'p> {
    /// Id, zoals een plan het noemt.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Bestuurlijk, groep, gebiedsaanwijzing, kaart, object, ondergrond of zone.
    pub soort: &'p str,
    /// Gebieden waar dit deel van is.
    pub ouder: Vec<&'p str>,
    /// Waar het ligt, in woorden.
    pub ligging: Option<&'p str>,
    /// Hoe wordt vastgesteld of een plek erin ligt.
    pub bepaling: Determination,
}

/// A fact.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Gegeven")]
pub struct FactReply<'p> {
    /// Id, zoals een plan het noemt.
    pub id: &'p str,
    /// De vraag.
    pub vraag: &'p str,
    /// Uitleg bij de vraag.
    pub toelichting: Option<&'p str>,
    /// Wat voor antwoord erbij hoort.
    #[serde(rename = "type")]
    pub kind: FactType,
    /// Eenheid van een getal.
    pub eenheid: Option<&'p str>,
    /// Ids waaruit te kiezen is.
    pub mogelijkheden: Option<Vec<&'p str>>,
    /// Waar het antwoord vandaan komt.
    pub herkomst: FactOrigin,
    /// Documenten waaruit het blijkt.
    pub bewijs: &'p [String],
}

/// An interest.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Belang")]
pub struct InterestReply<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Uitleg.
    pub omschrijving: &'p str,
    /// Belangen waar dit onder valt.
    pub ouder: Vec<&'p str>,
}

/// What a search found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Gevonden")]
pub struct Search<'p> {
    /// Of de woorden bekend zijn. Zo niet, dan zijn dit de activiteiten die er het dichtst bij komen.
    pub gevonden: bool,
    /// De activiteiten, wat het best past eerst.
    pub activiteiten: Vec<ActivityFound<'p>>,
}

/// An activity that was found.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "GevondenActiviteit")]
pub struct ActivityFound<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Uitleg in een zin.
    pub omschrijving: &'p str,
}

/// The activities.
#[must_use]
pub fn activities(package: &Compiled) -> Vec<ActivityReply<'_>> {
    let words = &package.vocabulary;
    words
        .activities
        .iter()
        .map(|activity| ActivityReply {
            id: &activity.id,
            naam: &activity.name,
            omschrijving: &activity.description,
            ouder: activity.parents.iter().filter_map(|id| Some(words.activity(*id)?.id.as_str())).collect(),
            zoekwoorden: &activity.words,
            soort: activity.kind,
            groep: activity.group,
        })
        .collect()
}

/// The areas.
#[must_use]
pub fn areas(package: &Compiled) -> Vec<AreaReply<'_>> {
    let words = &package.vocabulary;
    words
        .areas
        .iter()
        .map(|area| AreaReply {
            id: &area.id,
            naam: &area.name,
            soort: &area.kind,
            ouder: area.parents.iter().filter_map(|id| Some(words.area(*id)?.id.as_str())).collect(),
            ligging: area.location.as_deref(),
            bepaling: area.determination,
        })
        .collect()
}

/// The facts.
#[must_use]
pub fn facts(package: &Compiled) -> Vec<FactReply<'_>> {
    package
        .vocabulary
        .facts
        .iter()
        .map(|fact| FactReply {
            id: &fact.id,
            vraag: &fact.question,
            toelichting: fact.explanation.as_deref(),
            kind: fact.kind.written(),
            eenheid: match &fact.kind {
                FactKind::Number { unit, .. } => unit.as_deref(),
                _ => None,
            },
            mogelijkheden: match &fact.kind {
                FactKind::Choice(options) => Some(options.iter().map(|(id, _)| id.as_str()).collect()),
                _ => None,
            },
            herkomst: fact.origin,
            bewijs: &fact.evidence,
        })
        .collect()
}

/// The interests.
#[must_use]
pub fn interests(package: &Compiled) -> Vec<InterestReply<'_>> {
    let words = &package.vocabulary;
    words
        .interests
        .iter()
        .map(|interest| InterestReply {
            id: &interest.id,
            naam: &interest.name,
            omschrijving: &interest.description,
            ouder: interest.parents.iter().filter_map(|id| Some(words.interest(*id)?.id.as_str())).collect(),
        })
        .collect()
}

/// Activities by everyday words.
#[must_use]
pub fn search<'p>(package: &'p Compiled, query: &str) -> Search<'p> {
    let found = find_activities(&package.vocabulary, query, FOUND);
    let activiteiten = found
        .matches
        .iter()
        .filter_map(|found| package.vocabulary.activity(found.activity))
        .map(|activity| ActivityFound {
            id: &activity.id,
            naam: &activity.name,
            omschrijving: &activity.description,
        })
        .collect();
    Search { gevonden: found.sure, activiteiten }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klein::klein;

    #[test]
    fn words_with_their_parents() {
        let (package, _) = klein();
        let all = activities(&package);
        assert_eq!(all.len(), package.vocabulary.activities.len());
        assert!(all.iter().any(|activity| activity.id == "dorpsfeest" && activity.ouder == ["evenement"]));
        let facts = facts(&package);
        let number = facts.iter().find(|fact| fact.id == "geluid-db").unwrap();
        assert_eq!((number.kind, number.eenheid), (FactType::Number, Some("dB")));
        let choice = facts.iter().find(|fact| fact.id == "soort-bedrijf").unwrap();
        assert!(choice.mogelijkheden.as_ref().unwrap().contains(&"luid"));
        assert_eq!(areas(&package).len(), package.vocabulary.areas.len());
        assert_eq!(interests(&package).len(), package.vocabulary.interests.len());
    }

    #[test]
    fn searching_by_everyday_words() {
        let (package, _) = klein();
        assert!(search(&package, "dorpsfeest").gevonden);
        assert!(!search(&package, "raketbasis").gevonden);
    }
}
