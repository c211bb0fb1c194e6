//! Assessment of a plan against a policy package.
//!
//! A [`Plan`] is read against the vocabulary; [`assess`] judges every norm with Kleene's three truth values, takes the
//! strictest outcome per interest, per section and overall, and computes over all ways the unknowns can turn out what
//! the verdict can still become and which questions decide that. No I/O, no clock: the same input gives the same bytes.
#![deny(missing_docs)]

mod answer;
mod assess;
mod case;
mod error;
mod explain;
mod fact_answer;
mod follow_up;
mod judge;
mod links;
mod live;
mod outcome;
mod plan;
mod questions;
mod range;
mod residue;
mod situation;
mod states;
mod verdicts;

pub use answer::{
    Assessment, Chance, ConditionVerdict, Follow, InstrumentUse, InterestVerdict, LayerReceipt, Lines, Named,
    Needed, NormVerdict, OtherReading, PackageReceipt, Place, Question, ReadingUse, Receipt, SectionVerdict,
    StepVerdict, Talk,
};
pub use assess::{ENGINE, Options, assess};
pub use case::{CaseResult, run as run_case};
pub use error::{Fault, PlanError};
pub use outcome::{Outcome, OutcomeSet, Range};
pub use plan::{MAX_BYTES, Memberships, Plan};
pub use verdicts::{Verdict, Verdicts, memberships};
