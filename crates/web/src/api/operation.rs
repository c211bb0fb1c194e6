//! What the API can do, as a list. Routes, checks, the OpenAPI document and its page are all made from it, so that what
//! is documented is what is done.

use super::call::Call;
use crate::error::Problem;
use axum::response::Response;
use schemars::{Schema, SchemaGenerator};
use std::future::Future;
use std::pin::Pin;

/// One thing a program can ask.
pub(crate) struct Operation {
    /// Its name, for programs that are generated from the document.
    pub id: &'static str,
    pub method: Verb,
    /// Below `/api/v1`.
    pub path: &'static str,
    pub tag: &'static str,
    /// What it gives, in a few words.
    pub summary: &'static str,
    /// What there is more to know (Markdown).
    pub description: &'static str,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub answers: Vec<Answer>,
    /// Statuses of faults, besides those that every operation can give.
    pub faults: Vec<u16>,
    pub work: Work,
}

/// What does it.
pub(crate) type Work = fn(Call) -> Doing;
/// Doing it.
pub(crate) type Doing = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// How it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Delete,
}

impl Verb {
    /// As HTTP writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub name: &'static str,
    pub place: Place,
    pub kind: Kind,
    pub required: bool,
    /// Whether it may be given more than once.
    pub repeated: bool,
    pub description: &'static str,
    pub example: Example,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
}

/// What values a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    /// A whole number between two ends, and what it is when it is not given.
    Whole { least: u64, most: u64, default: u64 },
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true` or `false`; false when it is not given.
    Truth,
    /// A date.
    Date,
    /// Longitude and latitude with a comma between them.
    Point,
    /// A shape in WKT.
    Shape,
    /// Every parameter with one of these beginnings.
    Open(&'static [(&'static str, &'static str)]),
}

/// What a parameter could be. What belongs to one package comes from that package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Example {
    None,
    Text(&'static str),
    Activity,
    Area,
    Interest,
    Fact,
    Term,
    Section,
    Norm,
    Statement,
    Goal,
    Point,
    Task,
}

/// What is sent along.
pub(crate) struct Body {
    pub description: &'static str,
    /// Media types with what is in them.
    pub forms: Vec<(&'static str, Source)>,
    /// Most bytes.
    pub most: usize,
}

/// Where a schema comes from.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    /// From the type of an answer.
    Type(fn(&mut SchemaGenerator) -> Schema),
    /// One of the schemas that are written by hand.
    Named(&'static str),
}

/// An answer when all is well.
pub(crate) struct Answer {
    pub status: u16,
    pub description: &'static str,
    /// Media types with what is in them, the first is the usual one; none for an empty answer.
    pub forms: Vec<(&'static str, Source)>,
    /// Headers, with what is in them.
    pub headers: &'static [(&'static str, &'static str)],
}

pub(crate) const JSON: &str = "application/json";
pub(crate) const GEOJSON: &str = "application/geo+json";

impl Operation {
    /// Something to read.
    pub(crate) fn get(
        id: &'static str,
        path: &'static str,
        tag: &'static str,
        summary: &'static str,
        schema: Source,
        work: Work,
    ) -> Self {
        let faults = if path.contains('{') { vec![404] } else { Vec::new() };
        Self {
            id,
            method: Verb::Get,
            path,
            tag,
            summary,
            description: "",
            parameters: Vec::new(),
            body: None,
            answers: vec![Answer {
                status: 200,
                description: "Het antwoord.",
                forms: vec![(JSON, schema)],
                headers: &[],
            }],
            faults,
            work,
        }
    }

    pub(crate) fn about(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }

    pub(crate) fn with(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    pub(crate) fn with_all(mut self, parameters: Vec<Parameter>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    /// The media types of its answers.
    pub(crate) fn media(&self) -> Vec<&'static str> {
        let mut all = Vec::new();
        for (media, _) in self.answers.iter().flat_map(|answer| &answer.forms) {
            if !all.contains(media) {
                all.push(*media);
            }
        }
        all
    }

    /// All statuses of faults, from low to high.
    pub(crate) fn all_faults(&self) -> Vec<u16> {
        let mut all = vec![400, 429, 500, 503, 504];
        if !self.media().is_empty() {
            all.push(406);
        }
        if self.body.is_some() {
            all.extend([413, 415]);
        }
        all.extend(&self.faults);
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Parameter {
    fn new(name: &'static str, place: Place, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            place,
            kind,
            required: place == Place::Path,
            repeated: false,
            description,
            example: Example::None,
        }
    }

    pub(crate) fn path(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Place::Path, Kind::Text(200), description)
    }

    pub(crate) fn query(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self::new(name, Place::Query, kind, description)
    }

    pub(crate) fn header(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self::new(name, Place::Header, kind, description)
    }

    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) fn repeated(mut self) -> Self {
        self.repeated = true;
        self
    }

    pub(crate) fn example(mut self, example: Example) -> Self {
        self.example = example;
        self
    }
}
