//! The files of a package, as written. Keys are Dutch, for a policy officer; one Rust type per kind of file.

mod activity;
mod area;
mod case;
mod fact;
mod goal;
mod inconsistency;
mod known_place;
mod number;
mod one_or_many;
mod package;
mod section;
mod source_filter;
mod statement;
mod term;

pub use activity::{Activity, ActivityKind};
pub use area::{Area, Determination, GeometryKind, MapService, MapSource, Zone};
pub use case::{Available, Case, CaseKind, Expectation};
pub use fact::{Fact, FactOption, FactOrigin, FactType, Follows};
pub use goal::{
    Baseline, Comparison, Difference, Gauge, Goal, Goals, Line, Measure, Moment, Part, Period, ServiceLevel,
    Target, Threshold, Weekday,
};
pub use inconsistency::Inconsistency;
pub use known_place::KnownPlace;
pub use number::Number;
pub use one_or_many::OneOrMany;
pub use package::{Package, Reading, ReadingOption, Source, Validity};
pub use section::{Paragraph, Section};
pub use source_filter::SourceFilter;
pub use statement::{
    Binding, Condition, Consultation, Effect, Exception, Execution, Figure, OnFailure, Procedure, Statement,
    StatementKind, Step, SwitchesOff,
};
pub use term::{Concept, Document, Instrument, Interest, Party, Terms};
