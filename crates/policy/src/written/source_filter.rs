//! What a map service leaves out: a text, or attributes with values.

use super::OneOrMany;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

/// What a service leaves out before it sends anything.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum SourceFilter {
    /// In the language of the service.
    Text(String),
    /// Attributes with the value or values they may have.
    Attributes(IndexMap<String, OneOrMany>),
}

impl JsonSchema for SourceFilter {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Bronfilter".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let values = generator.subschema_for::<OneOrMany>();
        schemars::json_schema!({
            "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": values }]
        })
    }
}

impl<'de> Deserialize<'de> for SourceFilter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Filter;

        impl<'de> Visitor<'de> for Filter {
            type Value = SourceFilter;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("een tekst, of kenmerken met hun waarden")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<SourceFilter, E> {
                Ok(SourceFilter::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SourceFilter, A::Error> {
                IndexMap::deserialize(MapAccessDeserializer::new(map)).map(SourceFilter::Attributes)
            }
        }

        deserializer.deserialize_any(Filter)
    }
}
