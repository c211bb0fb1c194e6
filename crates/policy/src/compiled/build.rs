//! From a package as written to the compiled form. Ids that are not known are passed over here: the checks report
//! them, and a package with faults is not used. What is wrong inside expressions is reported here.

use super::domain::{Domain, NumberDomain};
use super::norm::{
    Alternative, Condition, Exception, Norm, NormEffect, PreferenceStep, Procedure, Requirement,
};
use super::vocabulary::{
    Activity, Answer, Area, Fact, FactKind, Interest, Reading, Section, Term, Vocabulary,
};
use super::{Compiled, Info};
use crate::feel::{self, Compare, Expr, ExprError, NameKind, Number, Variable};
use crate::finding::{Finding, Place};
use crate::ids::{ActivityId, AreaId, FactId, InterestId, NormId, ReadingId, SectionId};
use crate::package::{Item, WrittenPackage};
use crate::written::{self, ActivityKind, Execution, FactType, OnFailure};
use crate::yaml::Segment;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Compiles `written`. Gives nothing when there is no `pakket.yaml` to go by.
#[must_use]
pub fn compile(written: &WrittenPackage, hash: String) -> (Option<Compiled>, Vec<Finding>) {
    let mut vocabulary = vocabulary(written);
    let mut builder = Builder { written, findings: Vec::new(), vocabulary: &vocabulary };
    let mut norms = builder.norms();
    let findings = builder.findings;
    switch_off(written, &vocabulary, &mut norms);
    for index in 0..norms.len() {
        settle_variables(index, &mut norms, &vocabulary);
    }
    set_domains(&mut vocabulary, &norms);
    let by_activity = by_activity(&vocabulary, &norms);
    let compiled = written.package.as_ref().map(|package| Compiled {
        info: Info {
            id: package.id.clone(),
            title: package.titel.clone(),
            authority: package.bevoegd_gezag.clone(),
            version: package.versie.clone(),
            hash,
            disclaimer: package.voorbehoud.clone(),
            covered: package.uitgewerkt.clone(),
            source: package.bron.naam.clone(),
        },
        vocabulary,
        norms,
        by_activity,
    });
    (compiled, findings)
}

fn vocabulary(written: &WrittenPackage) -> Vocabulary {
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

struct Builder<'a> {
    written: &'a WrittenPackage,
    findings: Vec<Finding>,
    vocabulary: &'a Vocabulary,
}

impl Builder<'_> {
    fn norms(&mut self) -> Vec<Norm> {
        let written = self.written;
        let mut folded: HashMap<&str, Vec<&Item<written::Statement>>> = HashMap::new();
        for statement in &written.statements {
            if let Some(norm) = &statement.verwerkt_in {
                folded.entry(norm).or_default().push(statement);
            }
        }
        // In the order of the source, whatever file they stand in.
        for statements in folded.values_mut() {
            statements.sort_by_key(|statement| (natural(&statement.onderdeel), natural(&statement.id)));
        }
        let mut norms: Vec<Norm> = written
            .statements
            .iter()
            .filter(|statement| executable(statement))
            .map(|statement| {
                self.norm(statement, folded.get(statement.id.as_str()).map_or(&[], Vec::as_slice))
            })
            .collect();
        norms.sort_by(|a, b| (a.section, natural(&a.id)).cmp(&(b.section, natural(&b.id))));
        norms
    }

    fn norm(&mut self, item: &Item<written::Statement>, folded: &[&Item<written::Statement>]) -> Norm {
        let statement = &item.value;
        let index = &self.vocabulary.index;
        let section = index.sections.get(&statement.onderdeel).copied().unwrap_or(SectionId(0));
        let mut sections = vec![section];
        for other in folded {
            if let Some(section) = index.sections.get(&other.onderdeel)
                && !sections.contains(section)
            {
                sections.push(*section);
            }
        }
        let interests: Vec<InterestId> =
            statement.belangen.iter().filter_map(|id| index.interests.get(id)).copied().collect();
        let mut all_interests: Vec<InterestId> = Vec::new();
        for interest in &interests {
            for ancestor in self.vocabulary.interest(*interest).into_iter().flat_map(|i| &i.ancestors) {
                if !all_interests.contains(ancestor) {
                    all_interests.push(*ancestor);
                }
            }
        }
        all_interests.sort();
        let activities: Vec<ActivityId> =
            statement.activiteiten.iter().filter_map(|id| index.activities.get(id)).copied().collect();
        let areas: Vec<AreaId> =
            statement.gebieden.iter().filter_map(|id| index.areas.get(id)).copied().collect();
        let when = statement
            .als
            .as_deref()
            .map_or(Expr::Constant(true), |text| self.expression(item, text, &["als".into()]));
        let exceptions: Vec<Exception> = statement
            .uitzonderingen
            .iter()
            .enumerate()
            .map(|(n, exception)| Exception {
                id: exception.id.clone(),
                text: exception.tekst.clone(),
                when: self.expression(
                    item,
                    &exception.als,
                    &["uitzonderingen".into(), n.into(), "als".into()],
                ),
            })
            .collect();
        let applies = Expr::all(
            [if areas.is_empty() {
                Expr::Constant(true)
            } else {
                Expr::any(areas.iter().copied().map(Expr::Within))
            }]
            .into_iter()
            .chain([when.clone()])
            .chain(exceptions.iter().map(|exception| Expr::Not(Box::new(exception.when.clone())))),
        );
        let conditions: Vec<Condition> = statement
            .voorwaarden
            .iter()
            .enumerate()
            .map(|(n, condition)| self.condition(item, condition, n))
            .collect();
        let steps = statement
            .volgorde
            .iter()
            .enumerate()
            .map(|(n, step)| PreferenceStep {
                id: step.id.clone(),
                text: step.tekst.clone(),
                when: self.expression(item, &step.als, &["volgorde".into(), n.into(), "als".into()]),
                first: step.eerst.clone(),
            })
            .collect();
        let effect = match (statement.uitvoering, statement.effect) {
            (Execution::Norm, Some(effect)) => NormEffect::Judges(effect),
            _ => NormEffect::SourceSilent,
        };
        Norm {
            id: statement.id.clone(),
            statements: embodied(statement, folded),
            section,
            sections,
            summary: statement.samenvatting.clone(),
            kind: statement.soort,
            lines: statement.regels,
            binding: statement.binding,
            effect,
            activities,
            areas,
            interests,
            all_interests,
            when,
            applies,
            exceptions,
            conditions,
            on_failure: statement.bij_niet_voldoen.unwrap_or(OnFailure::Strijdig),
            steps,
            switched_off_by: Vec::new(),
            documents: statement.documenten.clone(),
            consultations: statement.overleg.clone(),
            procedures: statement
                .procedures
                .iter()
                .map(|procedure| Procedure {
                    instrument: procedure.instrument.clone(),
                    text: procedure.tekst.clone(),
                    term: procedure.termijn.clone(),
                    deciders: procedure.wie.clone(),
                })
                .collect(),
            deciders: statement.bevoegd.clone(),
            instruments: statement.instrumenten.clone(),
            opportunity: opportunity(statement),
            reason: statement.reden.clone(),
            explanation: statement.toelichting.clone(),
            variables: Vec::new(),
            repeated: Vec::new(),
            depends_on_reading: false,
        }
    }

    fn condition(
        &mut self,
        item: &Item<written::Statement>,
        condition: &written::Condition,
        n: usize,
    ) -> Condition {
        let base = [Segment::from("voorwaarden"), Segment::from(n)];
        let below = |tail: &[Segment]| base.iter().cloned().chain(tail.iter().cloned()).collect::<Vec<_>>();
        let requirement = if condition.een_van.is_empty() {
            match (&condition.eis, &condition.open) {
                (Some(text), _) => Requirement::Expr(self.expression(item, text, &below(&["eis".into()]))),
                (None, open) => Requirement::Open(open.clone().unwrap_or_default()),
            }
        } else {
            let grounds = condition
                .een_van
                .iter()
                .enumerate()
                .map(|(m, ground)| Alternative {
                    id: ground.id.clone(),
                    text: ground.tekst.clone(),
                    requirement: ground.eis.as_deref().map(|text| {
                        self.expression(item, text, &below(&["een_van".into(), m.into(), "eis".into()]))
                    }),
                    evidence: ground.bewijs.clone(),
                })
                .collect();
            Requirement::OneOf(grounds)
        };
        Condition {
            id: condition.id.clone(),
            text: condition.tekst.clone(),
            when: condition
                .als
                .as_deref()
                .map_or(Expr::Constant(true), |text| self.expression(item, text, &below(&["als".into()]))),
            requirement,
            evidence: condition.bewijs.clone(),
            on_failure: condition.bij_niet_voldoen,
        }
    }

    fn expression(&mut self, item: &Item<written::Statement>, text: &str, path: &[Segment]) -> Expr {
        match feel::parse(text).and_then(|ast| feel::lower(&ast, self.vocabulary)) {
            Ok(expr) => expr,
            Err(error) => {
                let lost = error.unknown.as_ref().is_some_and(|(kind, id)| {
                    let file = match kind {
                        NameKind::Fact => "gegevens.yaml",
                        NameKind::Area => "gebieden.yaml",
                        NameKind::Activity => "activiteiten.yaml",
                        NameKind::Reading => "pakket.yaml",
                    };
                    self.written.may_hold(file, id)
                });
                if !lost {
                    let place = self.written.place(item, path);
                    self.findings.push(expression_finding(&item.id, text, error, place));
                }
                Expr::Constant(false)
            }
        }
    }
}

fn expression_finding(id: &str, text: &str, error: ExprError, mut place: Place) -> Finding {
    let fragment: String = text.chars().skip(error.span.start).take(error.span.len().max(1)).collect();
    let message = format!("uitdrukking van {id}: {}", error.message);
    // On one line, the column is that of the fault itself; the opening quote counts for one.
    let width = place.span.end.saturating_sub(place.span.start);
    let length = text.chars().count();
    if !text.contains('\n') && (width == length || width == length + 2) {
        let quote = usize::from(width == length + 2);
        place.span.start += error.span.start + quote;
        place.span.column += error.span.start + quote;
        place.span.end = place.span.start + error.span.len().max(1);
    }
    let mut finding = Finding::error("P020", message).at(place);
    finding.help = Some(match error.help {
        Some(help) => help,
        None if fragment.trim().is_empty() => "het gaat mis aan het einde".to_owned(),
        None => format!("het gaat mis bij `{fragment}`"),
    });
    finding
}

/// Whether a statement judges plans by itself.
pub(crate) fn executable(statement: &written::Statement) -> bool {
    matches!(statement.uitvoering, Execution::Norm | Execution::BronZwijgt) && statement.verwerkt_in.is_none()
}

/// Itself, its conditions and exceptions that are statements, and what was folded into it.
fn embodied(statement: &written::Statement, folded: &[&Item<written::Statement>]) -> Vec<String> {
    let mut ids = vec![statement.id.clone()];
    let conditions =
        statement.voorwaarden.iter().flat_map(|c| std::iter::once(c).chain(&c.een_van)).map(|c| &c.id);
    let exceptions = statement.uitzonderingen.iter().filter_map(|exception| exception.id.as_ref());
    let steps = statement.volgorde.iter().map(|step| &step.id);
    for id in conditions.chain(exceptions).chain(steps).chain(folded.iter().map(|other| &other.id)) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// A combination the vision wants is an opportunity, in the words given or else its summary.
fn opportunity(statement: &written::Statement) -> Option<String> {
    let wanted = statement.soort == written::StatementKind::Combinatie
        && statement.effect == Some(written::Effect::Gewenst);
    statement.kans.clone().or_else(|| wanted.then(|| statement.samenvatting.clone()))
}

/// Ids sort as people count: 6.4-9 before 6.4-10.
fn natural(id: &str) -> Vec<(u64, &str)> {
    id.split(['-', '.']).map(|part| (part.parse().unwrap_or(u64::MAX), part)).collect()
}

/// Fills in which norms switch which off.
fn switch_off(written: &WrittenPackage, vocabulary: &Vocabulary, norms: &mut [Norm]) {
    let numbers: HashMap<String, NormId> =
        norms.iter().enumerate().map(|(n, norm)| (norm.id.clone(), NormId::from_index(n))).collect();
    let by_statement: HashMap<String, NormId> = norms
        .iter()
        .enumerate()
        .flat_map(|(n, norm)| norm.statements.iter().map(move |id| (id.clone(), NormId::from_index(n))))
        .collect();
    for statement in &written.statements {
        let (Some(off), Some(by)) = (&statement.schakelt_uit, numbers.get(&statement.id)) else {
            continue;
        };
        let interests: Vec<InterestId> =
            off.belangen.iter().filter_map(|id| vocabulary.index.interests.get(id)).copied().collect();
        let under = |interest: &InterestId| {
            vocabulary.interest(*interest).is_some_and(|i| i.ancestors.iter().any(|a| interests.contains(a)))
        };
        let spared: Vec<&NormId> = off.behalve.iter().filter_map(|id| by_statement.get(id)).collect();
        let named: Vec<&NormId> = off.normen.iter().filter_map(|id| by_statement.get(id)).collect();
        for (n, norm) in norms.iter_mut().enumerate() {
            let id = NormId::from_index(n);
            let by_interest = !norm.interests.is_empty() && norm.interests.iter().all(under);
            let number = vocabulary.section(norm.section).map_or("", |section| &section.number);
            let by_section = off.onderdelen.iter().any(|section| within_section(number, section));
            let hit = named.contains(&&id) || ((by_interest || by_section) && !spared.contains(&&id));
            if hit && id != *by && !norm.switched_off_by.contains(by) {
                norm.switched_off_by.push(*by);
            }
        }
    }
    for norm in norms {
        norm.switched_off_by.sort();
    }
}

/// Whether a section number is `outer` or lies below it.
pub(crate) fn within_section(number: &str, outer: &str) -> bool {
    number.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Fills in what the outcome of a norm depends on.
fn settle_variables(index: usize, norms: &mut [Norm], vocabulary: &Vocabulary) {
    let mut occurrences: Vec<Variable> = Vec::new();
    let mut reading = false;
    let mut seen = BTreeSet::new();
    let mut queue = vec![index];
    while let Some(n) = queue.pop() {
        let Some(norm) = norms.get(n) else { continue };
        if !seen.insert(n) {
            continue;
        }
        queue.extend(norm.switched_off_by.iter().map(|id| id.index()));
        norm.expressions(&mut |expr| {
            expr.variables(&mut |variable| occurrences.push(variable));
            expr.readings(&mut |_| reading = true);
        });
    }
    let mut variables: Vec<Variable> = occurrences;
    variables.sort();
    let counts: BTreeMap<Variable, usize> = variables.iter().fold(BTreeMap::new(), |mut counts, variable| {
        *counts.entry(*variable).or_default() += 1;
        counts
    });
    let mut repeated: BTreeSet<Variable> =
        counts.iter().filter(|(_, count)| **count > 1).map(|(variable, _)| *variable).collect();
    variables.dedup();
    // The areas of the norm itself are one "any of": related ones among them do no harm there.
    let own_areas: &[AreaId] = norms.get(index).map_or(&[], |norm| &norm.areas);
    for (n, a) in variables.iter().enumerate() {
        for b in variables.iter().skip(n + 1) {
            let (Some(first), Some(second)) = (area_of(*a), area_of(*b)) else {
                continue;
            };
            let related = first == second
                || vocabulary.area(first).is_some_and(|area| area.related.binary_search(&second).is_ok());
            let both_own = own_areas.contains(&first)
                && own_areas.contains(&second)
                && !repeated.contains(a)
                && !repeated.contains(b);
            if related && !both_own {
                repeated.extend([*a, *b]);
            }
        }
    }
    if let Some(norm) = norms.get_mut(index) {
        norm.repeated = repeated.into_iter().collect();
        // What occurs most settles most: tried first, it prunes most.
        norm.repeated
            .sort_by_key(|variable| std::cmp::Reverse(counts.get(variable).copied().unwrap_or_default()));
        norm.variables = variables;
        norm.depends_on_reading = reading;
    }
}

fn area_of(variable: Variable) -> Option<AreaId> {
    match variable {
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => Some(area),
        Variable::Fact(_) => None,
    }
}

/// How the expressions of a package look at a fact, distance or share.
#[derive(Default)]
struct Looks {
    /// Compared with these constants.
    tests: BTreeMap<Variable, Vec<(Compare, Decimal)>>,
    /// Asked to be one of these options.
    masks: BTreeMap<FactId, Vec<u64>>,
    /// Compared with each other.
    groups: Vec<BTreeSet<Variable>>,
}

impl Looks {
    fn of(norms: &[Norm]) -> Self {
        let mut looks = Self::default();
        for norm in norms {
            norm.expressions(&mut |expr| {
                expr.comparisons(&mut |compare, left, right| match (plain(left), plain(right)) {
                    (Some(variable), None) => looks.test(variable, compare, right),
                    (None, Some(variable)) => looks.test(variable, compare.turned(), left),
                    (Some(a), Some(b)) => join(&mut looks.groups, a, b),
                    (None, None) => {}
                });
                expr.choices(&mut |fact, options| looks.masks.entry(fact).or_default().push(options));
            });
        }
        looks
    }

    fn test(&mut self, variable: Variable, compare: Compare, other: &Number) {
        if let Some(constant) = constant(other) {
            self.tests.entry(variable).or_default().push((compare, constant));
        }
    }

    /// One number of every kind: on, below and above each constant it is compared with, and of those that no comparison
    /// tells apart only the first.
    fn domain(&self, variable: Variable, minimum: Option<Decimal>, maximum: Option<Decimal>) -> NumberDomain {
        let constants = |variable: &Variable| {
            self.tests.get(variable).into_iter().flatten().map(|(_, constant)| *constant).collect::<Vec<_>>()
        };
        if let Some(group) = self.groups.iter().find(|group| group.contains(&variable)) {
            return NumberDomain::new(
                group.iter().flat_map(constants).collect(),
                group.len(),
                minimum,
                maximum,
            );
        }
        let mut domain = NumberDomain::new(constants(&variable), 1, minimum, maximum);
        let mut seen = BTreeSet::new();
        domain.representatives.retain(|value| {
            let tests = self.tests.get(&variable).into_iter().flatten();
            seen.insert(
                tests.map(|(compare, constant)| compare.holds(*value, *constant)).collect::<Vec<bool>>(),
            )
        });
        domain
    }

    /// One option of every kind.
    fn options(&self, fact: FactId, count: usize) -> Vec<Answer> {
        let mut seen = BTreeSet::new();
        (0..count)
            .filter_map(|option| u16::try_from(option).ok())
            .filter(|option| {
                let masks = self.masks.get(&fact).into_iter().flatten();
                seen.insert(masks.map(|mask| mask >> option & 1 == 1).collect::<Vec<bool>>())
            })
            .map(Answer::Choice)
            .collect()
    }
}

/// Fills in the answers that make a difference.
fn set_domains(vocabulary: &mut Vocabulary, norms: &[Norm]) {
    let looks = Looks::of(norms);
    let numbers = |domain: NumberDomain| domain.representatives.into_iter().map(Answer::Number).collect();
    for (n, fact) in vocabulary.facts.iter_mut().enumerate() {
        let id = FactId::from_index(n);
        fact.domain.answers = match &fact.kind {
            FactKind::YesNo => vec![Answer::YesNo(false), Answer::YesNo(true)],
            FactKind::Choice(options) => looks.options(id, options.len()),
            FactKind::Number { minimum, maximum, .. } => {
                numbers(looks.domain(Variable::Fact(id), Some(*minimum), *maximum))
            }
            FactKind::Date => numbers(looks.domain(Variable::Fact(id), None, None)),
            FactKind::Text => vec![Answer::Text],
        };
    }
    for (n, area) in vocabulary.areas.iter_mut().enumerate() {
        let id = AreaId::from_index(n);
        area.distance = looks.domain(Variable::Distance(id), Some(Decimal::ZERO), None);
        area.share = looks.domain(Variable::Share(id), Some(Decimal::ZERO), Some(Decimal::ONE));
    }
}

fn plain(number: &Number) -> Option<Variable> {
    match number {
        Number::Fact(fact) => Some(Variable::Fact(*fact)),
        Number::Distance(area) => Some(Variable::Distance(*area)),
        Number::Share(area) => Some(Variable::Share(*area)),
        _ => None,
    }
}

fn constant(number: &Number) -> Option<Decimal> {
    match number {
        Number::Constant(value) => Some(*value),
        Number::Negate(inner) => constant(inner).map(|value| -value),
        _ => None,
    }
}

/// Puts `a` and `b` in one group.
fn join(groups: &mut Vec<BTreeSet<Variable>>, a: Variable, b: Variable) {
    let mut merged = BTreeSet::from([a, b]);
    groups.retain(|group| {
        let overlaps = group.contains(&a) || group.contains(&b);
        if overlaps {
            merged.extend(group);
        }
        !overlaps
    });
    groups.push(merged);
}

/// Per activity the norms that can judge a plan about it.
fn by_activity(vocabulary: &Vocabulary, norms: &[Norm]) -> Vec<Vec<NormId>> {
    vocabulary
        .activities
        .iter()
        .map(|activity| {
            norms
                .iter()
                .enumerate()
                .filter(|(_, norm)| {
                    if norm.activities.is_empty() {
                        activity.kind == ActivityKind::Initiatief
                    } else {
                        norm.activities.iter().any(|wanted| activity.ancestors.contains(wanted))
                    }
                })
                .map(|(n, _)| NormId::from_index(n))
                .collect()
        })
        .collect()
}
