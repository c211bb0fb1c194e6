//! From a node to a typed value, by serde. An error knows its place and its path.

use super::node::{Kind, Node, Segment, Span};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What does not fit the expected shape, in Dutch, with its place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct DeError {
    /// What is wrong.
    pub message: String,
    /// The words that are known here, when an unknown one stands there.
    pub expected: &'static [&'static str],
    /// The unknown word.
    pub found: Option<String>,
    /// The key that is not there.
    pub missing: Option<&'static str>,
    /// The nearest node.
    pub span: Option<Box<Span>>,
    /// The way there, outermost first.
    pub path: Vec<Segment>,
}

impl DeError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            expected: &[],
            found: None,
            missing: None,
            span: None,
            path: Vec::new(),
        }
    }

    fn below(mut self, segment: Segment, span: Span) -> Self {
        self.span.get_or_insert_with(|| Box::new(span));
        self.path.insert(0, segment);
        self
    }
}

impl de::Error for DeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!("hier hoort {expected}, niet {}", dutch(&found)))
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!("hier hoort {expected}, niet {}", dutch(&found)))
    }

    fn invalid_length(length: usize, expected: &dyn de::Expected) -> Self {
        Self::new(format!("hier hoort {expected}, niet een lijst van {length}"))
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        Self {
            expected,
            found: Some(found.to_owned()),
            ..Self::new(format!("`{found}` bestaat hier niet; kies uit {}", list(expected)))
        }
    }

    fn unknown_field(found: &str, expected: &'static [&'static str]) -> Self {
        Self {
            expected,
            found: Some(found.to_owned()),
            ..Self::new(format!("onbekende sleutel `{found}`; hier kan staan: {}", list(expected)))
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::new(format!("sleutel `{field}` ontbreekt")) }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("sleutel `{field}` staat er twee keer"))
    }
}

fn dutch(found: &de::Unexpected<'_>) -> String {
    match found {
        de::Unexpected::Bool(value) => format!("`{value}`"),
        de::Unexpected::Str(text) => format!("`{text}`"),
        de::Unexpected::Seq => "een lijst".to_owned(),
        de::Unexpected::Map => "een groep sleutels".to_owned(),
        de::Unexpected::Unit => "niets".to_owned(),
        other => format!("{other}"),
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Turns a node into a `T`.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, DeError> {
    T::deserialize(De(node)).map_err(|mut error| {
        error.span.get_or_insert_with(|| Box::new(node.span));
        error
    })
}

#[derive(Clone, Copy)]
struct De<'a>(&'a Node);

impl<'a> De<'a> {
    fn scalar(&self, what: &str) -> Result<(&'a str, bool), DeError> {
        match &self.0.kind {
            Kind::Scalar { text, plain } => Ok((text, *plain)),
            Kind::Sequence(_) => Err(DeError::new(format!("hier hoort {what}, niet een lijst"))),
            Kind::Mapping(_) => Err(DeError::new(format!("hier hoort {what}, niet een groep sleutels"))),
        }
    }

    fn is_null(&self) -> bool {
        matches!(&self.0.kind, Kind::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }
}

macro_rules! number {
    ($($method:ident $visit:ident $type:ty),*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
            let (text, _) = self.scalar("een getal")?;
            match text.parse::<$type>() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(DeError::new(format!("`{text}` is hier geen geldig getal"))),
            }
        })*
    };
}

impl<'de> de::Deserializer<'de> for De<'de> {
    type Error = DeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match &self.0.kind {
            Kind::Sequence(_) => self.deserialize_seq(visitor),
            Kind::Mapping(_) => self.deserialize_map(visitor),
            Kind::Scalar { text, plain: false } => visitor.visit_str(text),
            Kind::Scalar { text, plain: true } => match text.as_str() {
                "" | "~" | "null" => visitor.visit_unit(),
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                text => {
                    if let Ok(value) = text.parse::<i64>() {
                        visitor.visit_i64(value)
                    } else if looks_like_number(text) {
                        // The text, not a float: a boundary of 0.1 stays 0.1.
                        visitor.visit_map(NumberAccess(Some(text)))
                    } else {
                        visitor.visit_str(text)
                    }
                }
            },
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match self.scalar("`true` of `false`")? {
            ("true" | "ja", true) => visitor.visit_bool(true),
            ("false" | "nee", true) => visitor.visit_bool(false),
            (text, _) => Err(DeError::new(format!("hier hoort `true` of `false`, niet `{text}`"))),
        }
    }

    number!(deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32, deserialize_u64 visit_u64 u64);

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        let (text, _) = self.scalar("een getal")?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => visitor.visit_f64(value),
            _ => Err(DeError::new(format!("`{text}` is hier geen geldig getal"))),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        let (text, plain) = self.scalar("tekst")?;
        if plain && self.is_null() {
            return Err(DeError::new("hier hoort tekst, maar er staat niets"));
        }
        visitor.visit_str(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match &self.0.kind {
            Kind::Sequence(items) => visitor.visit_seq(Items { items: items.iter(), index: 0 }),
            _ => Err(DeError::new("hier hoort een lijst")),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match &self.0.kind {
            Kind::Mapping(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None }),
            _ => Err(DeError::new("hier hoort een groep sleutels met waarden")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError> {
        let (text, _) = self.scalar("een woord")?;
        visitor.visit_enum(text.into_deserializer())
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }
}

fn looks_like_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().filter(|b| *b == b'.').count() <= 1
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !digits.ends_with('.')
}

/// A number handed to `serde_json` with its digits kept (its `arbitrary_precision` form).
struct NumberAccess<'a>(Option<&'a str>);

impl<'de> MapAccess<'de> for NumberAccess<'de> {
    type Error = DeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeError> {
        if self.0.is_none() {
            return Ok(None);
        }
        seed.deserialize(StrDeserializer::<DeError>::new("$serde_json::private::Number")).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DeError> {
        seed.deserialize(StrDeserializer::<DeError>::new(self.0.take().unwrap_or_default()))
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = DeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DeError> {
        let Some(node) = self.items.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        seed.deserialize(De(node)).map(Some).map_err(|error| error.below(Segment::Index(index), node.span))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, (super::Key, Node)>,
    value: Option<&'a (super::Key, Node)>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = DeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeError> {
        let Some(entry) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(entry);
        seed.deserialize(StrDeserializer::<DeError>::new(&entry.0.text))
            .map(Some)
            .map_err(|error| error.below(Segment::Key(entry.0.text.clone()), entry.0.span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DeError> {
        match self.value.take() {
            Some((key, node)) => seed
                .deserialize(De(node))
                .map_err(|error| error.below(Segment::Key(key.text.clone()), node.span)),
            None => Err(DeError::new("waarde ontbreekt")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Limits, read};
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Row {
        id: String,
        #[serde(default)]
        regels: Option<[u32; 2]>,
        #[serde(default)]
        waarde: Option<serde_json::Value>,
    }

    fn row(text: &str) -> Result<Row, DeError> {
        from_node(&read(text, Limits::default()).unwrap().unwrap())
    }

    #[test]
    fn section_numbers_stay_text() {
        assert_eq!(row("id: 6.40\nregels: [1, 2]\n").unwrap().id, "6.40");
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(row("id: a\nwaarde: 0.10\n").unwrap().waarde.unwrap().to_string(), "0.10");
    }

    #[test]
    fn errors_know_place_and_path() {
        let error = row("id: a\nregels: [1, twee]\n").unwrap_err();
        assert_eq!(error.path, vec![Segment::from("regels"), Segment::from(1)]);
        assert_eq!(error.span.unwrap().line, 2);
        let error = row("id: a\nregel: 3\n").unwrap_err();
        assert_eq!(error.found.as_deref(), Some("regel"));
        assert_eq!(error.span.unwrap().line, 2);
    }
}
