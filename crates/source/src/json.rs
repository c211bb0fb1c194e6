//! What a document looks like in JSON: Dutch keys, lines as `[from, to]`.

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::{Document, Section};
use crate::fingerprint::Fingerprint;
use crate::lines::LineRange;
use crate::paragraph::{Paragraph, ParagraphKind};

impl Serialize for LineRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.from, self.to].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for LineRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [from, to] = <[u32; 2]>::deserialize(deserializer)?;
        if from == 0 || from > to {
            return Err(serde::de::Error::custom(format!(
                "[{from}, {to}] zijn geen regels; verwacht [eerste, laatste], te tellen vanaf 1"
            )));
        }
        Ok(Self::new(from, to))
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl ParagraphKind {
    /// The name of the kind in JSON and on screen.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "tekst",
            Self::Heading => "kop",
            Self::ListItem { .. } => "opsomming",
            Self::Definition => "kader",
            Self::TableRow => "tabel",
            Self::Caption => "bijschrift",
        }
    }
}

impl Serialize for Paragraph {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let marker = match &self.kind {
            ParagraphKind::ListItem { marker } => Some(marker),
            _ => None,
        };
        let mut fields = serializer.serialize_struct("Paragraph", 4 + usize::from(marker.is_some()))?;
        fields.serialize_field("soort", self.kind.name())?;
        if let Some(marker) = marker {
            fields.serialize_field("teken", marker)?;
        }
        fields.serialize_field("regels", &self.lines)?;
        fields.serialize_field("tekst", &self.text)?;
        fields.serialize_field("vingerafdruk", &self.fingerprint)?;
        fields.end()
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Document", 3)?;
        fields.serialize_field("regels", &self.lines)?;
        fields.serialize_field("sha256", &self.sha256)?;
        fields.serialize_field("onderdelen", &Sections(&self.sections))?;
        fields.end()
    }
}

struct Sections<'d>(&'d [Section]);

impl Serialize for Sections<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sections = serializer.serialize_seq(Some(self.0.len()))?;
        for section in self.0 {
            let parent = section.parent.and_then(|parent| self.0.get(parent));
            sections.serialize_element(&WithParent { section, parent })?;
        }
        sections.end()
    }
}

/// A section with the number of its parent instead of its place.
struct WithParent<'d> {
    section: &'d Section,
    parent: Option<&'d Section>,
}

impl Serialize for WithParent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let section = self.section;
        let mut fields = serializer.serialize_struct("Section", 6)?;
        fields.serialize_field("nummer", &section.number)?;
        fields.serialize_field("titel", &section.title)?;
        fields.serialize_field("niveau", &section.level)?;
        fields.serialize_field("ouder", &self.parent.map(|parent| &parent.number))?;
        fields.serialize_field("regels", &section.lines)?;
        fields.serialize_field("alineas", &section.paragraphs)?;
        fields.end()
    }
}
