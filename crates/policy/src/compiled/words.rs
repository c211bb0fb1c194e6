//! The vocabulary, from as written to numbered, with its hierarchies closed.

use super::answer::Answer;
use super::domain::{Domain, NumberDomain};
use super::vocabulary::{Activity, Area, Fact, FactKind, Interest, Reading, Section, Term, Vocabulary};
use crate::ids::{ActivityId, AreaId, FactId, InterestId, ReadingId, SectionId};
use crate::package::WrittenPackage;
use crate::written::FactType;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) fn vocabulary(written: &WrittenPackage) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for (n, section) in written.sections.iter().enumerate() {
        vocabulary.index.sections.entry(section.nummer.clone()).or_insert(SectionId::from_index(n));
        vocabulary.sections.push(Section {
            number: section.nummer.clone(),
            title: section.titel.clone(),
            lines: section.regels,
        });
    }
    for (n, interest) in written.interests.iter().enumerate() {
        vocabulary.index.interests.entry(interest.id.clone()).or_insert(InterestId::from_index(n));
    }
    for (n, activity) in written.activities.iter().enumerate() {
        vocabulary.index.activities.entry(activity.id.clone()).or_insert(ActivityId::from_index(n));
    }
    for (n, area) in written.areas.iter().enumerate() {
        vocabulary.index.areas.entry(area.id.clone()).or_insert(AreaId::from_index(n));
    }
    for (n, fact) in written.facts.iter().enumerate() {
        vocabulary.index.facts.entry(fact.id.clone()).or_insert(FactId::from_index(n));
    }
    interests(written, &mut vocabulary);
    activities(written, &mut vocabulary);
    areas(written, &mut vocabulary);
    facts(written, &mut vocabulary);
    terms(written, &mut vocabulary);
    for reading in written.package.iter().flat_map(|package| &package.lezingen) {
        let place = reading.opties.iter().position(|option| option.id == reading.keuze).unwrap_or_default();
        let id = ReadingId::from_index(vocabulary.readings.len());
        vocabulary.index.readings.entry(reading.id.clone()).or_insert(id);
        vocabulary.readings.push(Reading {
            id: reading.id.clone(),
            question: reading.vraag.clone(),
            choice: u16::try_from(place).unwrap_or_default(),
            options: reading.opties.iter().map(|option| (option.id.clone(), option.naam.clone())).collect(),
        });
    }
    vocabulary
}

fn interests(written: &WrittenPackage, vocabulary: &mut Vocabulary) {
    let index = &vocabulary.index.interests;
    let parents: Vec<Vec<usize>> = written
        .interests
        .iter()
        .map(|i| {
            i.ouder.iter().chain(&i.ook_onder).filter_map(|id| index.get(id)).map(|id| id.index()).collect()
        })
        .collect();
    let closed = closures(&parents);
    vocabulary.interests = written
        .interests
        .iter()
        .zip(parents.iter().zip(closed))
        .map(|(interest, (parents, ancestors))| Interest {
            id: interest.id.clone(),
            name: interest.naam.clone(),
            description: interest.omschrijving.clone(),
            parents: parents.iter().copied().map(InterestId::from_index).collect(),
            ancestors: ancestors.into_iter().map(InterestId::from_index).collect(),
        })
        .collect();
}

fn activities(written: &WrittenPackage, vocabulary: &mut Vocabulary) {
    let index = &vocabulary.index.activities;
    let parents: Vec<Vec<usize>> = written
        .activities
        .iter()
        .map(|a| a.ouder.iter().filter_map(|id| index.get(id)).map(|id| id.index()).collect())
        .collect();
    let closed = closures(&parents);
    vocabulary.activities = written
        .activities
        .iter()
        .zip(parents.iter().zip(closed))
        .map(|(activity, (parents, ancestors))| Activity {
            id: activity.id.clone(),
            name: activity.naam.clone(),
            description: activity.omschrijving.clone(),
            kind: activity.soort,
            words: activity.zoekwoorden.iter().chain(&activity.aliassen).cloned().collect(),
            group: activity.groep,
            parents: parents.iter().copied().map(ActivityId::from_index).collect(),
            ancestors: ancestors.into_iter().map(ActivityId::from_index).collect(),
        })
        .collect();
}

fn areas(written: &WrittenPackage, vocabulary: &mut Vocabulary) {
    let index = &vocabulary.index.areas;
    let parents: Vec<Vec<usize>> = written
        .areas
        .iter()
        .map(|a| a.ouder.iter().filter_map(|id| index.get(id)).map(|id| id.index()).collect())
        .collect();
    let closed = closures(&parents);
    let mut children: Vec<Vec<AreaId>> = vec![Vec::new(); parents.len()];
    let mut related: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); parents.len()];
    for (n, (parents, ancestors)) in parents.iter().zip(&closed).enumerate() {
        for parent in parents {
            if let Some(children) = children.get_mut(*parent) {
                children.push(AreaId::from_index(n));
            }
        }
        for ancestor in ancestors.iter().filter(|ancestor| **ancestor != n) {
            relate(&mut related, n, *ancestor);
        }
    }
    let mut complements: Vec<Option<usize>> = vec![None; parents.len()];
    for (n, area) in written.areas.iter().enumerate() {
        let Some(other) = area.complement_van.as_ref().and_then(|id| index.get(id)).map(|id| id.index())
        else {
            continue;
        };
        if let Some(complement) = complements.get_mut(n) {
            complement.get_or_insert(other);
        }
        if let Some(complement) = complements.get_mut(other) {
            complement.get_or_insert(n);
        }
        // One area has one complement; the checks report a second.
        let pairs = |a: usize, b: usize| complements.get(a).copied().flatten() == Some(b);
        if !pairs(n, other) || !pairs(other, n) {
            continue;
        }
        // What lies above or below the one says something about the other.
        let linked: Vec<usize> = related.get(other).into_iter().flatten().copied().chain([other]).collect();
        let own: Vec<usize> = related.get(n).into_iter().flatten().copied().chain([n]).collect();
        for a in &linked {
            for b in &own {
                relate(&mut related, *a, *b);
            }
        }
    }
    vocabulary.areas = written
        .areas
        .iter()
        .enumerate()
        .map(|(n, area)| Area {
            id: area.id.clone(),
            name: area.naam.clone(),
            kind: area.soort.clone(),
            location: area.ligging.clone(),
            determination: area.bepaling,
            parents: parents.get(n).into_iter().flatten().copied().map(AreaId::from_index).collect(),
            ancestors: closed.get(n).into_iter().flatten().copied().map(AreaId::from_index).collect(),
            children: children.get(n).cloned().unwrap_or_default(),
            complement: complements.get(n).copied().flatten().map(AreaId::from_index),
            is_complement: area.complement_van.is_some(),
            zone: area.zone.as_ref().and_then(|zone| Some((*index.get(&zone.van)?, zone.meter))),
            related: related.get(n).into_iter().flatten().copied().map(AreaId::from_index).collect(),
            distance: NumberDomain::default(),
            share: NumberDomain::default(),
        })
        .collect();
}

fn relate(related: &mut [BTreeSet<usize>], a: usize, b: usize) {
    if a == b {
        return;
    }
    if let Some(set) = related.get_mut(a) {
        set.insert(b);
    }
    if let Some(set) = related.get_mut(b) {
        set.insert(a);
    }
}

fn facts(written: &WrittenPackage, vocabulary: &mut Vocabulary) {
    vocabulary.facts = written
        .facts
        .iter()
        .map(|fact| {
            let kind = match fact.kind {
                FactType::YesNo => FactKind::YesNo,
                FactType::Number => FactKind::Number {
                    unit: fact.eenheid.clone(),
                    minimum: fact.minimum.map_or(Decimal::ZERO, decimal),
                    maximum: fact.maximum.map(decimal),
                },
                // Sets of options are 64 bits; the checks report a choice with more.
                FactType::Choice => FactKind::Choice(
                    fact.waarden.iter().take(64).map(|o| (o.id.clone(), o.naam.clone())).collect(),
                ),
                FactType::Date => FactKind::Date,
                FactType::Text => FactKind::Text,
            };
            let follows = fact
                .volgt_uit
                .iter()
                .filter_map(|follows| {
                    let activity = *vocabulary.index.activities.get(&follows.activiteit)?;
                    Some((activity, answer(&kind, &follows.waarde)?))
                })
                .collect();
            Fact {
                id: fact.id.clone(),
                question: fact.vraag.clone(),
                explanation: fact.toelichting.clone(),
                kind,
                origin: fact.herkomst,
                evidence: fact.bewijs.clone(),
                follows,
                domain: Domain::default(),
            }
        })
        .collect();
}

fn decimal(value: f64) -> Decimal {
    Decimal::from_f64_retain(value).unwrap_or_default().round_dp(9).normalize()
}

/// The answer a JSON value gives to a fact of this kind.
pub(crate) fn answer(kind: &FactKind, value: &serde_json::Value) -> Option<Answer> {
    match kind {
        FactKind::YesNo => value.as_bool().map(Answer::YesNo),
        FactKind::Number { .. } => value.as_number()?.to_string().parse().ok().map(Answer::Number),
        FactKind::Choice(options) => {
            let text = value.as_str()?;
            let place = options.iter().position(|(id, _)| id == text)?;
            u16::try_from(place).ok().map(Answer::Choice)
        }
        FactKind::Date => crate::dates::days(value.as_str()?).map(|days| Answer::Number(Decimal::from(days))),
        FactKind::Text => value.as_str().map(|_| Answer::Text),
    }
}

fn terms(written: &WrittenPackage, vocabulary: &mut Vocabulary) {
    for party in &written.parties {
        let term = Term {
            id: party.id.clone(),
            name: party.naam.clone(),
            description: party.omschrijving.clone(),
            owners: Vec::new(),
            kind: None,
            conditions: None,
            from: None,
            until: None,
        };
        vocabulary.parties.insert(party.id.clone(), term);
    }
    for document in &written.documents {
        let term = Term {
            id: document.id.clone(),
            name: document.naam.clone(),
            description: Some(document.omschrijving.clone()),
            owners: document.opsteller.clone(),
            kind: None,
            conditions: None,
            from: None,
            until: None,
        };
        vocabulary.documents.insert(document.id.clone(), term);
    }
    for instrument in &written.instruments {
        let term = Term {
            id: instrument.id.clone(),
            name: instrument.naam.clone(),
            description: instrument.opmerking.clone(),
            owners: instrument.eigenaar.clone(),
            kind: Some(instrument.soort.clone()),
            conditions: instrument.eigen_voorwaarden.clone(),
            from: instrument.van.clone(),
            until: instrument.tot.clone(),
        };
        vocabulary.instruments.insert(instrument.id.clone(), term);
    }
}

/// Most elements one can lie below.
pub(crate) const MAX_ANCESTORS: usize = 100;

/// Per element itself and everything above it, nearest first. Cycles and heights beyond reason, which the checks
/// report, end the walk.
pub(crate) fn closures(parents: &[Vec<usize>]) -> Vec<Vec<usize>> {
    (0..parents.len())
        .map(|start| {
            let mut found = vec![start];
            let mut at = 0;
            while let Some(next) = found.get(at).copied() {
                if found.len() > MAX_ANCESTORS {
                    break;
                }
                for parent in parents.get(next).into_iter().flatten() {
                    if !found.contains(parent) {
                        found.push(*parent);
                    }
                }
                at += 1;
            }
            found
        })
        .collect()
}
