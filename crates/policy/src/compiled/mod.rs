//! The package to work with: ids are numbers, expressions are typed, hierarchies are closed.

mod answer;
mod build;
mod dependence;
mod domain;
mod kinds;
mod norm;
mod norms;
mod vocabulary;
mod words;

pub use answer::Answer;
pub use build::compile;
pub use dependence::within_section;
pub use domain::{Domain, NumberDomain};
pub use norm::{Alternative, Condition, Exception, Norm, NormEffect, PreferenceStep, Procedure, Requirement};
pub use vocabulary::{Activity, Area, Fact, FactKind, Index, Interest, Reading, Section, Term, Vocabulary};
pub(crate) use words::{MAX_ANCESTORS, answer, closures};

use crate::ids::{ActivityId, AreaId, NormId};
use crate::written;
use serde::{Deserialize, Serialize};

/// A package, checked and compiled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compiled {
    /// Id, title, version and so on.
    pub info: Info,
    /// The vocabulary.
    pub vocabulary: Vocabulary,
    /// The norms, in the order of the sections they stand in.
    pub norms: Vec<Norm>,
    /// Per activity the norms that can judge a plan about it.
    pub by_activity: Vec<Vec<NormId>>,
}

/// What the package is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// Id.
    pub id: String,
    /// Title of the vision.
    pub title: String,
    /// Who adopted it.
    pub authority: String,
    /// The area the vision is about.
    pub territory: Option<AreaId>,
    /// Version of the package.
    pub version: String,
    /// SHA-256 of its files.
    pub hash: String,
    /// What a reader must know beforehand.
    pub disclaimer: String,
    /// Sections that are executable as a whole.
    pub covered: Vec<String>,
    /// Name of the source text.
    pub source: String,
}

impl Compiled {
    /// The norm with this number.
    #[must_use]
    pub fn norm(&self, id: NormId) -> Option<&Norm> {
        self.norms.get(id.index())
    }

    /// The norms that can judge a plan about `activity`.
    #[must_use]
    pub fn norms_for(&self, activity: ActivityId) -> &[NormId] {
        self.by_activity.get(activity.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether two areas say something about each other: one lies in the other, or one is the other's complement.
    #[must_use]
    pub fn related(&self, a: AreaId, b: AreaId) -> bool {
        a == b || self.vocabulary.areas.get(a.index()).is_some_and(|area| area.related.contains(&b))
    }
}

/// The effect of a norm, or that the source is silent.
impl From<written::Effect> for NormEffect {
    fn from(effect: written::Effect) -> Self {
        Self::Judges(effect)
    }
}
