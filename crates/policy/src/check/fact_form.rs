//! P016: a fact that can't be answered as it is written.

use crate::compiled::{FactKind, answer};
use crate::finding::Finding;
use crate::package::WrittenPackage;
use crate::written::FactType;
use rust_decimal::Decimal;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let mut findings = Vec::new();
    for item in &package.facts {
        let mut fault = |key: &str, message: String, help: &str| {
            findings.push(Finding::error("P016", message).help(help).at(package.place(item, &[key.into()])));
        };
        let id = &item.id;
        match item.kind {
            FactType::Choice if item.waarden.len() < 2 => {
                fault(
                    "waarden",
                    format!("keuze `{id}` heeft geen twee mogelijkheden"),
                    "noem ze onder `waarden`",
                );
            }
            FactType::Choice if item.waarden.len() > 64 => {
                fault(
                    "waarden",
                    format!("keuze `{id}` heeft meer dan 64 mogelijkheden"),
                    "maak er meer gegevens van",
                );
            }
            FactType::Choice => {}
            _ if !item.waarden.is_empty() => {
                fault(
                    "waarden",
                    format!("`{id}` is geen keuze, maar heeft wel `waarden`"),
                    "maak het type `keuze`",
                );
            }
            FactType::Number if item.eenheid.is_none() => {
                fault(
                    "type",
                    format!("getal `{id}` heeft geen eenheid"),
                    "geef `eenheid`, zoals ha, m, m2, % of stuks",
                );
            }
            _ => {}
        }
        if item.kind != FactType::Number
            && (item.minimum.is_some() || item.maximum.is_some() || item.eenheid.is_some())
        {
            fault(
                "type",
                format!("`{id}` is geen getal, maar heeft wel een eenheid of grens"),
                "maak het type `getal`",
            );
        }
        if let (Some(low), Some(high)) = (item.minimum, item.maximum)
            && low > high
        {
            fault("minimum", format!("`{id}`: het minimum is groter dan het maximum"), "draai ze om");
        }
        let kind = match item.kind {
            FactType::YesNo => FactKind::YesNo,
            FactType::Number => FactKind::Number { unit: None, minimum: Decimal::ZERO, maximum: None },
            FactType::Choice => FactKind::Choice(
                item.waarden.iter().map(|option| (option.id.clone(), option.naam.clone())).collect(),
            ),
            FactType::Date => FactKind::Date,
            FactType::Text => FactKind::Text,
        };
        for follows in &item.volgt_uit {
            if answer(&kind, &follows.waarde).is_none() {
                fault(
                    "volgt_uit",
                    format!("`{id}`: {} is geen antwoord op deze vraag", follows.waarde),
                    "geef true of false, een getal, of een van de mogelijkheden",
                );
            }
        }
    }
    findings
}
