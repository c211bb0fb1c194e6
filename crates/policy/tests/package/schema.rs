//! The JSON Schemas: checked in as the types have them, and right about a package that loads.

use crate::fixture::klein;
use brink_policy::yaml::{Limits, from_node, read};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/schema")
}

#[test]
fn the_checked_in_schemas_are_current() {
    let mut expected = Vec::new();
    for (name, schema) in brink_policy::schema::all() {
        let file = format!("{name}.schema.json");
        let mut text = serde_json::to_string_pretty(&schema).unwrap();
        text.push('\n');
        let found = std::fs::read_to_string(folder().join(&file)).unwrap_or_default();
        assert!(found == text, "policies/schema/{file} is stale; run `cargo xtask schema`");
        expected.push(file);
    }
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "policies/schema holds a file that no schema makes");
}

/// The schemas by name.
fn schemas() -> BTreeMap<&'static str, Value> {
    let all = brink_policy::schema::all();
    all.into_iter().map(|(name, schema)| (name, schema.to_value())).collect()
}

/// The name of the schema of a file.
fn kind(file: &str) -> &str {
    file.split_once('/').map_or_else(|| file.trim_end_matches(".yaml"), |(folder, _)| folder)
}

fn parsed(text: &str) -> Value {
    from_node(&read(text, Limits::default()).unwrap().unwrap()).unwrap()
}

#[test]
fn the_small_package_is_valid() {
    let schemas = schemas();
    let mut kinds = Vec::new();
    for file in klein() {
        let schema = &schemas[kind(&file.name)];
        let mut faults = Vec::new();
        validate(schema, schema, &parsed(&file.text), &file.name, &mut faults);
        assert_eq!(faults, [""; 0]);
        kinds.push(kind(&file.name).to_owned());
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), schemas.len(), "the package has a file of every kind");
}

#[test]
fn what_does_not_load_is_not_valid() {
    let schemas = schemas();
    for (name, text) in [
        ("belangen", "- {id: a, naam: A, soort: belang, omschrijving: Een., ouders: b}"),
        ("belangen", "- {id: a, naam: A, soort: belang}"),
        ("belangen", "id: a"),
        ("activiteiten", "- {id: a, naam: A, omschrijving: Een., soort: iets}"),
        ("activiteiten", "- {id: a, naam: A, omschrijving: Een., soort: beheer, ouder: [{id: b}]}"),
        ("onderdelen", "- {nummer: \"1\", titel: Een, regels: [1]}"),
        ("onderdelen", "- {nummer: \"1\", titel: Een, regels: [1, -2]}"),
        (
            "normen",
            "- {id: 1-01, onderdeel: \"1\", regels: [1, 2], soort: feit, samenvatting: Zo., uitvoering: kennis, overleg: [{partij: a}]}",
        ),
        ("pakket", "- {id: a}"),
    ] {
        let schema = &schemas[name];
        let mut faults = Vec::new();
        validate(schema, schema, &parsed(text), name, &mut faults);
        assert_eq!(faults.len(), 1, "{name}: {text}: {faults:#?}");
    }
}

/// Validates with the keywords our schemas use; any other fails the test. A validator from a crate would bring forty
/// more.
fn validate(root: &Value, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
    let object = schema.as_object().unwrap_or_else(|| panic!("schema at {place}: {schema}"));
    let size = value.as_array().map(Vec::len);
    for (keyword, wanted) in object {
        let list = || wanted.as_array().unwrap();
        let number = || wanted.as_f64().unwrap();
        let count = |list: &[Value]| {
            list.iter()
                .filter(|option| {
                    let mut below = Vec::new();
                    validate(root, option, value, place, &mut below);
                    below.is_empty()
                })
                .count()
        };
        let good = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
            "$ref" => {
                let pointer = wanted.as_str().unwrap().trim_start_matches('#');
                validate(root, root.pointer(pointer).unwrap(), value, place, faults);
                true
            }
            "type" => match wanted {
                Value::Array(types) => types.iter().any(|name| is(name, value)),
                name => is(name, value),
            },
            "const" => value == wanted,
            "enum" => list().contains(value),
            "anyOf" => count(list()) >= 1,
            "oneOf" => count(list()) == 1,
            "minimum" => value.as_f64().is_none_or(|value| value >= number()),
            "maximum" => value.as_f64().is_none_or(|value| value <= number()),
            "minItems" => size.is_none_or(|size| json!(size).as_f64().unwrap() >= number()),
            "maxItems" => size.is_none_or(|size| json!(size).as_f64().unwrap() <= number()),
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    validate(root, wanted, item, &format!("{place}[{n}]"), faults);
                }
                true
            }
            "properties" => {
                for (key, below) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = wanted.get(key) {
                        validate(root, schema, below, &format!("{place}.{key}"), faults);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = object.get("properties");
                for (key, below) in value.as_object().into_iter().flatten() {
                    if known.is_some_and(|known| known.get(key).is_some()) || wanted == &json!(true) {
                        continue;
                    }
                    if wanted == &json!(false) {
                        faults.push(format!("{place}: `{key}` does not belong here"));
                    } else {
                        validate(root, wanted, below, &format!("{place}.{key}"), faults);
                    }
                }
                true
            }
            "required" => list().iter().all(|key| {
                let key = key.as_str().unwrap();
                value.as_object().is_none_or(|value| value.contains_key(key))
            }),
            other => panic!("keyword `{other}` at {place}: teach this test what it means"),
        };
        if !good {
            faults.push(format!("{place}: `{keyword}` wants {wanted}, found {value}"));
        }
    }
}

fn is(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("type `{other}`"),
    }
}
