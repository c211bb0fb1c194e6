//! What can be wrong with a question.

use brink_policy::nearest;

/// An id that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} `{id}` bestaat niet")]
pub struct Unknown {
    /// What it should have been the id of.
    pub what: &'static str,
    /// The id.
    pub id: String,
    /// The nearest that do exist.
    pub near: Vec<String>,
}

impl Unknown {
    /// An id that is none of `known`.
    pub fn new<'a>(what: &'static str, id: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let near = nearest(id, known, 3).into_iter().map(str::to_owned).collect();
        Self { what, id: id.to_owned(), near }
    }

    /// What was meant, when something is near.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        (!self.near.is_empty()).then(|| format!("bedoeld: {}?", self.near.join(", ")))
    }
}

/// Why an answer could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// A place on the map has no coordinates in degrees.
    #[error("{0}")]
    Place(#[from] brink_geo::crs::CrsError),
    /// A file could not be put together.
    #[error("{0}")]
    File(#[from] brink_geo::write::WriteError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_id_names_what_is_near() {
        let unknown = Unknown::new("gebied", "beekda", ["beekdal", "natura-2000"].into_iter());
        assert_eq!(unknown.to_string(), "gebied `beekda` bestaat niet");
        assert_eq!(unknown.help().as_deref(), Some("bedoeld: beekdal?"));
        assert_eq!(Unknown::new("gebied", "x", ["beekdal"].into_iter()).help(), None);
    }
}
