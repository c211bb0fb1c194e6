//! Norms: the statements that judge plans.

use crate::feel::{Expr, Variable};
use crate::ids::{ActivityId, AreaId, InterestId, NormId, SectionId};
use crate::written::{Binding, Consultation, Effect, OnFailure, StatementKind};
use serde::{Deserialize, Serialize};

/// A norm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Norm {
    /// Id of its statement.
    pub id: String,
    /// Every statement it embodies, itself first.
    pub statements: Vec<String>,
    /// The section it stands in.
    pub section: SectionId,
    /// All sections it is cited in, its own first.
    pub sections: Vec<SectionId>,
    /// What it says.
    pub summary: String,
    /// What kind of statement it is.
    pub kind: StatementKind,
    /// First and last line in the source.
    pub lines: [u32; 2],
    /// How firmly it binds.
    pub binding: Option<Binding>,
    /// Whether it says the same to nearly every plan.
    pub general: bool,
    /// What it makes of a plan.
    pub effect: NormEffect,
    /// Its activities; empty for every initiative.
    pub activities: Vec<ActivityId>,
    /// Its areas; empty for everywhere.
    pub areas: Vec<AreaId>,
    /// Its interests as written.
    pub interests: Vec<InterestId>,
    /// Its interests and all above, each once.
    pub all_interests: Vec<InterestId>,
    /// When it applies, besides activity and area.
    pub when: Expr,
    /// Area, `when` and exceptions together.
    pub applies: Expr,
    /// When it does not apply after all.
    pub exceptions: Vec<Exception>,
    /// What a plan must meet.
    pub conditions: Vec<Condition>,
    /// What failing means.
    pub on_failure: OnFailure,
    /// Steps of a preference order.
    pub steps: Vec<PreferenceStep>,
    /// Norms that, when they apply and are met, switch this one off.
    pub switched_off_by: Vec<NormId>,
    /// Documents.
    pub documents: Vec<String>,
    /// Consultations.
    pub consultations: Vec<Consultation>,
    /// Procedures.
    pub procedures: Vec<Procedure>,
    /// Who decides.
    pub deciders: Vec<String>,
    /// Instruments.
    pub instruments: Vec<String>,
    /// An opportunity the vision names.
    pub opportunity: Option<String>,
    /// Why the source is silent, and where to look.
    pub reason: Option<String>,
    /// Explanation.
    pub explanation: Option<String>,
    /// Everything its outcome depends on, sorted, each once; that of the norms that switch it off included.
    pub variables: Vec<Variable>,
    /// Those of its variables that occur more than once, or that say something about another one. With these filled in
    /// nothing else occurs twice, and Kleene evaluation of the rest is exact.
    pub repeated: Vec<Variable>,
    /// Whether its outcome depends on a reading.
    pub depends_on_reading: bool,
}

/// What a norm makes of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NormEffect {
    /// It judges.
    Judges(Effect),
    /// The source announces a rule but does not give it.
    SourceSilent,
}

impl NormEffect {
    /// The Dutch word.
    #[must_use]
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Judges(effect) => effect.dutch(),
            Self::SourceSilent => "bron-zwijgt",
        }
    }
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Id.
    pub id: String,
    /// What it asks.
    pub text: String,
    /// When it is asked.
    pub when: Expr,
    /// What must hold.
    pub requirement: Requirement,
    /// Documents it shows from.
    pub evidence: Vec<String>,
    /// What failing this one means, when it differs from the norm.
    pub on_failure: Option<OnFailure>,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Requirement {
    /// An expression.
    Expr(Expr),
    /// One of these grounds is enough.
    OneOf(Vec<Alternative>),
    /// Nobody can tell from the source; why.
    Open(String),
}

/// One of several grounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// Id.
    pub id: String,
    /// What it asks.
    pub text: String,
    /// What must hold; `None` when nobody can tell from the source.
    pub requirement: Option<Expr>,
    /// Documents it shows from.
    pub evidence: Vec<String>,
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    /// Id of its statement.
    pub id: Option<String>,
    /// What it says.
    pub text: String,
    /// When it holds.
    pub when: Expr,
}

/// A step of a preference order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreferenceStep {
    /// Id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// When a plan is on it.
    pub when: Expr,
    /// What must be shown before a lower step comes into view.
    pub first: Option<String>,
}

/// A procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The instrument.
    pub instrument: String,
    /// What happens.
    pub text: String,
    /// Its term.
    pub term: Option<String>,
    /// Who decides.
    pub deciders: Vec<String>,
}

impl Norm {
    /// Calls `visit` for every expression its own outcome rests on.
    pub fn expressions<'a>(&'a self, visit: &mut impl FnMut(&'a Expr)) {
        visit(&self.applies);
        for condition in &self.conditions {
            visit(&condition.when);
            match &condition.requirement {
                Requirement::Expr(expr) => visit(expr),
                Requirement::OneOf(grounds) => {
                    grounds.iter().filter_map(|g| g.requirement.as_ref()).for_each(&mut *visit)
                }
                Requirement::Open(_) => {}
            }
        }
    }
}
