//! Statements that judge, from as written to norms; what is wrong inside their expressions is reported.

use super::norm::{
    Alternative, Condition, Exception, Norm, NormEffect, PreferenceStep, Procedure, Requirement,
};
use super::vocabulary::Vocabulary;
use crate::feel::{self, Expr, ExprError, NameKind};
use crate::finding::{Finding, Place};
use crate::ids::{ActivityId, AreaId, InterestId, SectionId};
use crate::package::{Item, WrittenPackage};
use crate::written::{self, Execution, OnFailure};
use crate::yaml::Segment;
use std::collections::HashMap;

pub(super) struct Builder<'a> {
    pub(super) written: &'a WrittenPackage,
    pub(super) findings: Vec<Finding>,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Builder<'_> {
    /// The norms of the package, in the order of the source.
    pub(super) fn norms(&mut self) -> Vec<Norm> {
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
            general: statement.algemeen,
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
