//! What other programs get: the same answers on the command line and over HTTP.
//!
//! Functions here take a package and its map, and give structs that say in their fields what the JSON says. Names of
//! fields are Dutch, and so are their descriptions: those go into the schemas of the interface. No I/O, no clock.
#![deny(missing_docs)]

mod error;
mod geojson;
mod goals;
mod here;
#[cfg(test)]
mod klein;
mod layers;
mod lists;
mod norms;
mod numbers;
mod package;
mod sections;
mod statement;
mod statements;
mod suitable;
mod terms;
mod words;

pub use error::{ReplyError, Unknown};
pub use geojson::{Feature, FeatureCollection, geometry};
pub use goals::{GoalReply, Goals, OfReply, PartsWord, SumReply, goal, goals, wrong_sums};
pub use here::{HereProperties, HereShapes, here_shapes};
pub use layers::{LayerReply, layers};
pub use lists::{text, value};
pub use norms::{NormFilter, NormReply, Norms, norm, norms};
pub use numbers::thousands;
pub use package::{Counts, CoverageReply, InconsistencyReply, PackageReply, ReadingReply, package};
pub use sections::{SectionReply, section, sections};
pub use statement::{
    ClashNamed, ConceptNamed, ProcedureNamed, QuestionNamed, StatementReply, TalkNamed, statement,
};
pub use statements::{StatementFilter, StatementLine, Statements, statements};
pub use suitable::{
    EverywhereReply, Finding, LEAST_STEP, MOST_STEP, Reason, Refused, STRIPES, Share, Suitable,
    ZoneProperties, ZoneReply, ZoneShapes, check, colour, meaning,
};
pub use terms::{TermReply, terms};
pub use words::{
    ActivityFound, ActivityReply, AreaReply, FactReply, InterestReply, Search, activities, areas, facts,
    interests, search,
};
