//! The shapes of what is sent and answered, as JSON Schema.

use super::operation::Source;
use brink_assess::{Fault, Outcome};
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The schema of a type.
pub(super) fn of<T: JsonSchema>() -> Source {
    Source::Type(|generator| generator.subschema_for::<T>())
}

/// Collects the schemas that are used.
pub(super) struct Schemas {
    generator: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let mut settings = SchemaSettings::draft2020_12().for_serialize();
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        Self { generator: settings.into_generator() }
    }

    /// A reference to a schema, or the schema itself when it has no name.
    pub(super) fn reference(&mut self, source: Source) -> Value {
        match source {
            Source::Type(make) => plain(make(&mut self.generator)),
            Source::Named(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        }
    }

    /// All that were used, and those written by hand.
    pub(super) fn all(mut self) -> Map<String, Value> {
        let _ = self.generator.subschema_for::<Fault>();
        let mut all = written();
        for (name, schema) in self.generator.take_definitions(true) {
            if let Ok(schema) = Schema::try_from(schema) {
                let mut schema = plain(schema);
                // What a type is for is written for programmers here; its fields say it to others.
                if let Some(object) = schema.as_object_mut() {
                    object.remove("description");
                    object.remove("title");
                }
                all.insert(name, schema);
            }
        }
        all
    }
}

/// A schema without what only Rust knows.
fn plain(mut schema: Schema) -> Value {
    Plain.transform(&mut schema);
    schema.to_value()
}

#[derive(Clone)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(object) = schema.as_object_mut() {
            // Formats such as `uint16` mean nothing elsewhere.
            let foreign = |format: &Value| {
                format
                    .as_str()
                    .is_some_and(|name| name.starts_with("uint") || matches!(name, "int8" | "int16"))
            };
            if object.get("format").is_some_and(foreign) {
                object.remove("format");
            }
            if let Some(words) = object.get("oneOf").and_then(words) {
                object.remove("oneOf");
                object.insert("type".to_owned(), json!("string"));
                object.insert("enum".to_owned(), Value::Array(words));
            }
        }
        transform_subschemas(self, schema);
    }
}

/// The words of a choice of which each has an explanation in English.
fn words(choice: &Value) -> Option<Vec<Value>> {
    let mut all = Vec::new();
    for one in choice.as_array()? {
        match (one.get("const"), one.get("enum")) {
            (Some(word), _) => all.push(word.clone()),
            (None, Some(Value::Array(words))) => all.extend(words.iter().cloned()),
            _ => return None,
        }
    }
    Some(all)
}

/// What comes in, and what no type answers.
fn written() -> Map<String, Value> {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let outcomes = Outcome::ALL.iter().map(|outcome| json!(outcome.word()));
    let outcomes: Vec<Value> = outcomes.chain([Value::Null]).collect();
    let ids =
        |text: &str| json!({ "type": ["array", "null"], "items": { "type": "string" }, "description": text });
    let plan = json!({
        "titel": { "type": ["string", "null"], "maxLength": 1000, "description": "Titel van het plan." },
        "activiteit": {
            "type": "string",
            "description": "Id van de activiteit, uit `/woordenlijst/activiteiten`."
        },
        "gegevens": {
            "type": ["object", "null"],
            "description": "Wat over het plan bekend is: per id uit `/woordenlijst/gegevens` een waarde. Getallen in de eenheid \
                die daar staat. Null is: niet bekend.",
            "additionalProperties": { "type": ["boolean", "number", "string", "null"] }
        },
        "onderdelen": {
            "type": ["array", "null"],
            "items": { "type": "string" },
            "description": "Alleen toetsen aan deze onderdelen van de visie en wat eronder valt."
        },
        "peildatum": {
            "type": ["string", "null"], "format": "date",
            "description": "De dag waarvoor wordt getoetst (jjjj-mm-dd); anders vandaag."
        },
        "lezingen": {
            "type": ["object", "null"],
            "description": "Andere lezingen dan het pakket kiest: per id van een lezing de optie.",
            "additionalProperties": { "type": "string" }
        }
    });
    let with = |more: Value| {
        let mut fields = plan.as_object().cloned().unwrap_or_default();
        fields.extend(more.as_object().cloned().unwrap_or_default());
        fields
    };
    let object = |title: &str, fields: Map<String, Value>| {
        json!({
            "title": title, "type": "object", "required": ["activiteit"], "properties": fields,
            "additionalProperties": false,
        })
    };
    let mut all = Map::new();
    let areas = json!({
        "type": ["object", "null"],
        "description": "In welke gebieden het plan ligt, als id uit `/woordenlijst/gebieden`. Gaat voor de kaart. Zonder plek op \
            de kaart ligt het plan buiten elk gebied dat niet wordt genoemd.",
        "properties": {
            "binnen": ids("Hierin ligt het plan."),
            "buiten": ids("Hierin ligt het plan niet."),
            "onbekend": ids("Hiervan is niet bekend of het plan erin ligt.")
        },
        "additionalProperties": false
    });
    let place = json!({
        "description": "Waar het plan ligt. Zonder `gebieden` zegt de kaart in welke gebieden dat is.",
        "anyOf": [reference("Geometrie"), { "type": "null" }]
    });
    let beside = json!({ "description": "Telt alleen als de Feature geen `geometry` heeft." });
    all.insert("Plan".to_owned(), object("Een plan", with(json!({ "locatie": place, "gebieden": areas }))));
    all.insert(
        "PlanEigenschappen".to_owned(),
        object(
            "Een plan als eigenschappen van een Feature",
            with(json!({ "locatie": beside, "gebieden": areas })),
        ),
    );
    all.insert(
        "PlanFeature".to_owned(),
        json!({
            "title": "Een plan als GeoJSON-Feature",
            "type": "object",
            "required": ["type", "properties"],
            "properties": {
                "type": { "type": "string", "enum": ["Feature"] },
                "geometry": { "anyOf": [reference("Geometrie"), { "type": "null" }] },
                "properties": reference("PlanEigenschappen")
            }
        }),
    );
    all.insert("PlanOfFeature".to_owned(), json!({ "anyOf": [reference("Plan"), reference("PlanFeature")] }));
    all.insert(
        "GeschiktVraag".to_owned(),
        object(
            "Wat te zoeken",
            with(json!({
                "raster": {
                    "type": ["number", "null"], "minimum": 10, "maximum": 10000, "default": 25,
                    "description": "Zijde van een cel, in meter. Kleiner dan 25 wordt een taak."
                },
                "minimaal": {
                    "type": ["number", "null"], "minimum": 0, "default": 1,
                    "description": "Alleen zones van ten minste zoveel hectare."
                },
                "aantal": {
                    "type": ["integer", "null"], "minimum": 1, "maximum": 1000, "default": 10,
                    "description": "Hoeveel zones hooguit."
                },
                "tot": {
                    "type": ["string", "null"], "enum": outcomes, "default": "ja-mits",
                    "description": "Alleen zones tot en met dit oordeel, van mild naar streng."
                },
                "binnen": ids("Alleen zoeken in een van deze gebieden, als id uit `/woordenlijst/gebieden`."),
                "plaatsgebonden": {
                    "type": ["boolean", "null"], "default": false,
                    "description": "Alleen normen meetellen die per plek verschillen. Wat overal hetzelfde is, staat in `overal`."
                },
            })),
        ),
    );
    let number = json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 3 });
    let list = |items: &Value, least: u8| json!({ "type": "array", "items": items, "minItems": least });
    let (line, ring) = (list(&number, 2), list(&number, 4));
    let shape = |kind: &str, coordinates: &Value| {
        json!({
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": { "type": { "type": "string", "enum": [kind] }, "coordinates": coordinates }
        })
    };
    all.insert(
        "Geometrie".to_owned(),
        json!({
            "title": "Een vorm in GeoJSON",
            "description": "Lengte- en breedtegraad in WGS84 (CRS84), in die volgorde; alleen binnen Nederland.",
            "anyOf": [
                shape("Point", &number),
                shape("MultiPoint", &list(&number, 1)),
                shape("LineString", &line),
                shape("MultiLineString", &list(&line, 1)),
                shape("Polygon", &list(&ring, 1)),
                shape("MultiPolygon", &list(&list(&ring, 1), 1)),
            ]
        }),
    );
    all.insert(
        "Plek".to_owned(),
        json!({
            "title": "Een plek",
            "anyOf": [
                reference("Geometrie"),
                {
                    "type": "object",
                    "required": ["type", "geometry"],
                    "properties": {
                        "type": { "type": "string", "enum": ["Feature"] },
                        "geometry": reference("Geometrie"),
                        "properties": { "type": ["object", "null"] }
                    }
                }
            ]
        }),
    );
    all.insert(
        "Plaatsen".to_owned(),
        json!({
            "title": "Plaatsnamen",
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": { "type": "string", "enum": ["FeatureCollection"] },
                "features": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["type", "geometry", "properties"],
                        "properties": {
                            "type": { "type": "string", "enum": ["Feature"] },
                            "geometry": shape("Point", &number),
                            "properties": {
                                "type": "object",
                                "required": ["naam", "gemeente", "inwoners"],
                                "properties": {
                                    "naam": { "type": "string", "description": "Naam van de plaats." },
                                    "gemeente": {
                                        "type": ["string", "null"],
                                        "description": "Id van het gebied van de gemeente."
                                    },
                                    "inwoners": { "type": ["number", "null"], "description": "Inwoners, ongeveer." }
                                }
                            }
                        }
                    }
                }
            }
        }),
    );
    all.insert(
        "Taak".to_owned(),
        json!({
            "title": "Een taak",
            "type": "object",
            "required": ["id", "stand", "gemaakt"],
            "properties": {
                "id": { "type": "string", "description": "Id van de taak; wie het niet kent, kan de taak niet vinden." },
                "stand": {
                    "type": "string", "enum": ["wacht", "bezig", "klaar", "mislukt"],
                    "description": "Hoe de taak ervoor staat."
                },
                "gemaakt": { "type": "string", "format": "date-time", "description": "Wanneer de taak begon." },
                "blijft_tot": {
                    "type": "string", "format": "date-time",
                    "description": "Tot wanneer het resultaat blijft, als de taak is geëindigd."
                },
                "resultaat": {
                    "type": "string", "format": "uri-reference",
                    "description": "Adres van het resultaat, als de taak is geëindigd."
                }
            }
        }),
    );
    all.insert(
        "Probleem".to_owned(),
        json!({
            "title": "Wat er mis is (RFC 9457)",
            "type": "object",
            "required": ["status", "title", "detail"],
            "properties": {
                "status": { "type": "integer", "description": "De HTTP-status." },
                "title": { "type": "string", "description": "Wat voor fout het is." },
                "detail": { "type": "string", "description": "Wat er hier mis is, en wat eraan te doen is." }
            }
        }),
    );
    all.insert(
        "Fout".to_owned(),
        json!({
            "title": "Wat er mis is, met alle meldingen",
            "allOf": [
                reference("Probleem"),
                {
                    "type": "object",
                    "properties": {
                        "meldingen": {
                            "type": "array", "items": reference("Melding"),
                            "description": "Alles wat er mis is, per veld of parameter."
                        }
                    }
                }
            ]
        }),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_become_lists_of_words() {
        let mut schemas = Schemas::new();
        let reference = schemas.reference(of::<Outcome>());
        assert_eq!(reference, json!({ "$ref": "#/components/schemas/Oordeel" }));
        let all = schemas.all();
        assert_eq!(all["Oordeel"]["enum"].as_array().unwrap().len(), 10);
        assert_eq!(all["Oordeel"]["type"], "string");
        assert!(all.contains_key("Melding") && all["Melding"].get("description").is_none());
    }
}
