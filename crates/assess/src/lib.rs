//! Assessment of a plan against a policy package.
//!
//! A [`Plan`] is read against the vocabulary; [`assess`] judges every norm with Kleene's three truth values, takes the
//! strictest outcome per interest, per section and overall, and computes over all ways the unknowns can turn out what
//! the verdict can still become and which questions decide that. No I/O, no clock: the same input gives the same bytes.
#![deny(missing_docs)]

mod answer;
mod assess;
mod boundary;
mod case;
mod closing;
mod drawings;
mod error;
mod explain;
mod fact_answer;
mod follow_up;
mod ground;
mod here;
mod judge;
mod lanes;
mod links;
mod live;
mod outcome;
mod part;
mod places;
mod plan;
mod questions;
mod range;
mod receipt;
mod residue;
mod situation;
mod somewhere;
mod spots;
mod states;
mod suitability;
mod suite;
mod verdicts;
mod zones;

pub use answer::{
    Assessment, Chance, ConditionVerdict, Follow, InstrumentUse, InterestVerdict, LayerReceipt, Lines, Named,
    Needed, NormVerdict, OtherReading, PackageReceipt, Place, Question, ReadingUse, Receipt, SectionVerdict,
    StepVerdict, Talk,
};
pub use assess::{ENGINE, Options, assess, assess_inside, assess_located, locate};
pub use boundary::Side;
pub use case::CaseResult;
pub use drawings::{DRAWINGS, drawings};
pub use error::{Fault, PlanError, Remedy};
pub use ground::{AreaPlace, Ground, Located, default_coverage};
pub use here::{AreaAway, AreaHere, Here, InterestHere, NormHere, here};
pub use outcome::{Outcome, OutcomeSet, Range};
pub use part::Part;
pub use plan::{MAX_BYTES, Memberships, Plan};
pub use receipt::receipt;
pub use spots::{Spots, looks_at_distance};
pub use suitability::{Canvas, Judged, Suitability};
pub use suite::{BoundaryProof, Proof, Suite};
pub use verdicts::{Verdict, Verdicts, memberships};
pub use zones::{Wanted, Zone, rests_on, zones};
