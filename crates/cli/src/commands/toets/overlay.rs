//! What flags add to a plan.

use crate::arguments::Typed;
use crate::error::CliError;
use brink_policy::Compiled;
use brink_policy::compiled::FactKind;
use serde_json::{Map, Value, json};

/// Flags add to a plan that was read, or overrule it; of a Feature its properties are the plan.
pub(super) fn overlay_plan(value: &mut Value, arguments: &Typed, package: &Compiled) -> Result<(), CliError> {
    let feature = value.get("type").and_then(Value::as_str) == Some("Feature");
    let target = if feature { value.get_mut("properties") } else { Some(value) };
    match target.and_then(Value::as_object_mut) {
        Some(plan) => overlay(plan, arguments, package),
        None => Ok(()),
    }
}

pub(super) fn has_overlay(arguments: &Typed) -> bool {
    !arguments.gegeven.is_empty()
        || !arguments.gebied.is_empty()
        || !arguments.gebied_onbekend.is_empty()
        || !arguments.onderdeel.is_empty()
        || arguments.peildatum.is_some()
}

/// Puts what the flags say into a plan.
pub(super) fn overlay(
    plan: &mut Map<String, Value>,
    arguments: &Typed,
    package: &Compiled,
) -> Result<(), CliError> {
    if let Some(activity) = &arguments.activiteit {
        plan.insert("activiteit".to_owned(), json!(activity));
    }
    if let Some(date) = &arguments.peildatum {
        plan.insert("peildatum".to_owned(), json!(date));
    }
    if !arguments.onderdeel.is_empty() {
        plan.insert("onderdelen".to_owned(), json!(arguments.onderdeel));
    }
    for (key, ids) in [("binnen", &arguments.gebied), ("onbekend", &arguments.gebied_onbekend)] {
        if ids.is_empty() {
            continue;
        }
        let areas = plan.entry("gebieden").or_insert_with(|| json!({}));
        if let Some(list) = areas.as_object_mut().map(|areas| areas.entry(key).or_insert_with(|| json!([])))
            && let Some(list) = list.as_array_mut()
        {
            list.extend(ids.iter().map(|id| json!(id)));
        }
    }
    for given in &arguments.gegeven {
        let Some((id, value)) = given.split_once('=') else {
            return Err(CliError::Usage(format!(
                "`--gegeven {given}` mist een waarde\n  schrijf --gegeven ID=WAARDE, bijvoorbeeld --gegeven landschappelijk-ingepast=ja"
            )));
        };
        let facts = plan.entry("gegevens").or_insert_with(|| json!({}));
        if let Some(facts) = facts.as_object_mut() {
            facts.insert(id.trim().to_owned(), fact_value(id.trim(), value.trim(), package));
        }
    }
    Ok(())
}

/// A value typed on the command line, as JSON of the type the fact has.
fn fact_value(id: &str, text: &str, package: &Compiled) -> Value {
    if matches!(text, "onbekend" | "null" | "?") {
        return Value::Null;
    }
    let vocabulary = &package.vocabulary;
    let kind = vocabulary.index.facts.get(id).and_then(|fact| vocabulary.fact(*fact)).map(|fact| &fact.kind);
    match (kind, text) {
        (Some(FactKind::YesNo), "ja" | "true" | "j") => Value::Bool(true),
        (Some(FactKind::YesNo), "nee" | "false" | "n") => Value::Bool(false),
        // A comma is a decimal sign to a Dutch hand.
        (Some(FactKind::Number { .. }), text) => Value::String(text.replace(',', ".")),
        _ => Value::String(text.to_owned()),
    }
}
