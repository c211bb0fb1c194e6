//! What can be wrong with a plan.

use schemars::JsonSchema;
use serde::Serialize;

/// One thing wrong with a plan: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
#[schemars(rename = "Melding")]
pub struct Fault {
    /// Het veld of de parameter, zoals `gegevens.oppervlakte-ha`; leeg als het over het geheel gaat.
    pub veld: String,
    /// Wat er mis is.
    pub melding: String,
    /// Wat eraan te doen is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hulp: Option<String>,
    /// What a program can offer to do about it, in its own terms.
    #[serde(skip)]
    #[schemars(skip)]
    pub remedy: Option<Remedy>,
}

/// What can be done about a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Look for an activity in the vocabulary.
    FindActivity,
    /// Bring in the real border of the territory.
    BringBorder,
}

impl Fault {
    /// A fault in a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { veld: field.into(), melding: message.into(), hulp: None, remedy: None }
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.hulp = Some(help.into());
        self
    }

    /// With what a program can offer.
    pub(crate) fn remedy(self, remedy: Remedy) -> Self {
        Self { remedy: Some(remedy), ..self }
    }

    /// With the nearest known names, when there are any.
    pub(crate) fn near(self, names: &[&str]) -> Self {
        if names.is_empty() { self } else { self.help(format!("bedoeld: {}?", names.join(", "))) }
    }
}

/// Why a plan can't be assessed: everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", describe(faults))]
pub struct PlanError {
    /// The faults, in the order of the plan; of very many the first, and last how many more.
    pub faults: Vec<Fault>,
}

/// The most faults that are told; who has mended these sees the rest.
const MAX_FAULTS: usize = 20;

impl PlanError {
    /// These faults, or the first of them and how many more there are.
    pub(crate) fn of(mut faults: Vec<Fault>) -> Self {
        let more = faults.len().saturating_sub(MAX_FAULTS);
        if more > 1 {
            faults.truncate(MAX_FAULTS);
            faults.push(Fault::new("", format!("en nog {more} fouten")).help("herstel eerst die hierboven"));
        }
        Self { faults }
    }

    /// One fault.
    #[must_use]
    pub fn one(fault: Fault) -> Self {
        Self { faults: vec![fault] }
    }
}

fn describe(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| {
            let place = if fault.veld.is_empty() { String::new() } else { format!("{}: ", fault.veld) };
            match &fault.hulp {
                Some(help) => format!("{place}{} ({help})", fault.melding),
                None => format!("{place}{}", fault.melding),
            }
        })
        .collect();
    lines.join("\n")
}
