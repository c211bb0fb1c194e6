//! All statements of the vision, one line each.

use crate::error::Unknown;
use crate::norms::EFFECTS;
use brink_policy::WrittenPackage;
use brink_policy::compiled::{Compiled, within_section};
use brink_policy::written::{Binding, Execution, Statement, StatementKind};
use schemars::JsonSchema;
use serde::Serialize;

/// Which statements are wanted: those that meet all of these.
#[derive(Debug, Clone, Default)]
pub struct StatementFilter<'a> {
    /// In this section or below it.
    pub section: Option<&'a str>,
    /// That name this activity.
    pub activity: Option<&'a str>,
    /// That name this area.
    pub area: Option<&'a str>,
    /// That name this interest.
    pub interest: Option<&'a str>,
    /// Of this kind.
    pub kind: Option<StatementKind>,
    /// That live in software in this way.
    pub execution: Option<Execution>,
}

/// A list of statements.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Uitspraken")]
pub struct Statements<'p> {
    /// De uitspraken, in de volgorde van de visie.
    pub uitspraken: Vec<StatementLine<'p>>,
}

/// A statement in one line.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "UitspraakKort")]
pub struct StatementLine<'p> {
    /// Id, zoals `5.6.2-31`.
    pub id: &'p str,
    /// Nummer van het onderdeel.
    pub onderdeel: &'p str,
    /// Wat voor uitspraak het is.
    pub soort: StatementKind,
    /// De uitspraak in eigen woorden.
    pub samenvatting: &'p str,
    /// Hoe de uitspraak in de software leeft.
    pub uitvoering: Execution,
    /// Wat de norm van een plan vindt, als het een norm is.
    #[schemars(extend("enum" = effects_or_none()))]
    pub effect: Option<&'static str>,
    /// Hoe zwaar de uitspraak bindt.
    pub binding: Option<Binding>,
    /// De norm waarin de uitspraak is opgegaan.
    pub verwerkt_in: Option<&'p str>,
    /// Eerste en laatste regel in de tekst van de visie.
    pub regels: [u32; 2],
}

pub(crate) fn effects_or_none() -> Vec<serde_json::Value> {
    EFFECTS.iter().map(|word| (*word).into()).chain([serde_json::Value::Null]).collect()
}

impl<'p> StatementLine<'p> {
    /// The line of a statement.
    #[must_use]
    pub fn new(statement: &'p Statement) -> Self {
        Self {
            id: &statement.id,
            onderdeel: &statement.onderdeel,
            soort: statement.soort,
            samenvatting: &statement.samenvatting,
            uitvoering: statement.uitvoering,
            effect: effect(statement),
            binding: statement.binding,
            verwerkt_in: statement.verwerkt_in.as_deref(),
            regels: statement.regels,
        }
    }
}

/// What a statement makes of a plan, when it is a norm.
pub(crate) fn effect(statement: &Statement) -> Option<&'static str> {
    match statement.uitvoering {
        Execution::BronZwijgt => Some("bron-zwijgt"),
        _ => statement.effect.map(|effect| effect.dutch()),
    }
}

/// The statements that meet a filter, in the order of the vision.
pub fn statements<'p>(
    package: &Compiled,
    written: &'p WrittenPackage,
    filter: &StatementFilter<'_>,
) -> Result<Statements<'p>, Unknown> {
    let index = &package.vocabulary.index;
    let known = |what, id: Option<&str>, all: &mut dyn Iterator<Item = &String>| match id {
        Some(id) => {
            let names: Vec<&str> = all.map(String::as_str).collect();
            if names.contains(&id) { Ok(()) } else { Err(Unknown::new(what, id, names.into_iter())) }
        }
        None => Ok(()),
    };
    known("onderdeel", filter.section, &mut index.sections.keys())?;
    known("activiteit", filter.activity, &mut index.activities.keys())?;
    known("gebied", filter.area, &mut index.areas.keys())?;
    known("belang", filter.interest, &mut index.interests.keys())?;
    let names = |list: &[String], id: Option<&str>| id.is_none_or(|id| list.iter().any(|one| one == id));
    let mut found: Vec<StatementLine<'_>> = written
        .statements
        .iter()
        .map(|item| &item.value)
        .filter(|statement| {
            filter.section.is_none_or(|outer| within_section(&statement.onderdeel, outer))
                && names(&statement.activiteiten, filter.activity)
                && names(&statement.gebieden, filter.area)
                && names(&statement.belangen, filter.interest)
                && filter.kind.is_none_or(|kind| statement.soort == kind)
                && filter.execution.is_none_or(|execution| statement.uitvoering == execution)
        })
        .map(StatementLine::new)
        .collect();
    found.sort_by_key(|line| (index.sections.get(line.onderdeel).copied(), line.regels, natural(line.id)));
    Ok(Statements { uitspraken: found })
}

/// The numbers in an id, so that 9 comes before 10.
fn natural(id: &str) -> Vec<u32> {
    id.split(['.', '-']).map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klein::klein;

    #[test]
    fn filters_narrow_and_order_is_that_of_the_vision() {
        let (package, written) = klein();
        let all = statements(&package, &written, &StatementFilter::default()).unwrap().uitspraken;
        assert_eq!(all.len(), written.statements.len());
        assert!(all.is_sorted_by_key(|line| package.vocabulary.index.sections[line.onderdeel]));
        let in_two = StatementFilter { section: Some("2.1"), ..StatementFilter::default() };
        let found = statements(&package, &written, &in_two).unwrap().uitspraken;
        assert!(found.iter().all(|line| line.onderdeel.starts_with("2.1")) && found.len() < all.len());
        let quiet = StatementFilter { interest: Some("stilte"), execution: Some(Execution::Norm), ..in_two };
        let norms = statements(&package, &written, &quiet).unwrap().uitspraken;
        assert!(!norms.is_empty() && norms.iter().all(|line| line.effect.is_some()));
    }

    #[test]
    fn what_does_not_exist_is_said() {
        let (package, written) = klein();
        let wrong = StatementFilter { area: Some("stiltegebid"), ..StatementFilter::default() };
        let unknown = statements(&package, &written, &wrong).unwrap_err();
        assert_eq!((unknown.what, unknown.near.as_slice()), ("gebied", &["stiltegebied".to_owned()][..]));
    }

    #[test]
    fn nine_before_ten() {
        assert!(natural("2.1-9") < natural("2.1-10"));
    }
}
