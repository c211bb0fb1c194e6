//! Why a command could not be carried out.

use brink_assess::{PlanError, Remedy};
use brink_policy::FilesError;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A fault that ends a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// A file could not be read.
    #[error("`{path}` is niet te lezen: {reason}", path = path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why, in Dutch.
        reason: String,
    },
    /// A file or standard input is too large.
    #[error(
        "{what} is groter dan de toegestane {max} bytes\n  stuur een plan zonder bijlagen, of veel plannen met --jsonl"
    )]
    TooLarge {
        /// Which.
        what: String,
        /// The limit.
        max: usize,
    },
    /// Not text.
    #[error("{0} is geen leesbare tekst (UTF-8)")]
    NotText(String),
    /// The plan is wrong.
    #[error("{}", plan_faults(what, error))]
    Plan {
        /// Which plan.
        what: String,
        /// What is wrong.
        error: PlanError,
    },
    /// The files of a package could not be read.
    #[error("{0}")]
    Files(#[from] FilesError),
    /// The package has faults.
    #[error(
        "pakket {name} heeft {} en kan niet worden gebruikt\n  `brink controleer {name}` noemt ze; de eerste: {first}",
        crate::show::count(*errors, "fout", "fouten")
    )]
    Package {
        /// Which.
        name: String,
        /// How many.
        errors: usize,
        /// The first.
        first: String,
    },
    /// The text of a vision could not be read.
    #[error("{what} is niet te lezen als tekst van een visie: {error}")]
    Source {
        /// Which file.
        what: String,
        /// Why.
        error: brink_source::SourceError,
    },
    /// A map could not be read, written or fetched.
    #[error("{0}")]
    Map(String),
    /// Something on the command line does not fit together.
    #[error("{0}")]
    Usage(String),
    /// A file could not be written.
    #[error("`{path}` is niet te schrijven: {reason}", path = path.display())]
    Unwritable {
        /// Which.
        path: PathBuf,
        /// Why, in Dutch.
        reason: String,
    },
    /// Output could not be written.
    #[error("schrijven is niet gelukt: {0}")]
    Write(std::io::Error),
    /// Whoever read the output stopped reading.
    #[error("uitvoer afgebroken")]
    Pipe,
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe { Self::Pipe } else { Self::Write(error) }
    }
}

impl CliError {
    /// The same for a program.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Plan { error, .. } => json!({ "meldingen": error.faults }),
            other => {
                // The first line says what is wrong, the others what to do.
                let text = other.to_string();
                let mut lines = text.lines().map(str::trim);
                let mut fault = json!({ "veld": "", "melding": lines.next() });
                let help = lines.collect::<Vec<_>>().join("; ");
                if let (Some(fault), false) = (fault.as_object_mut(), help.is_empty()) {
                    fault.insert("hulp".to_owned(), json!(help));
                }
                json!({ "meldingen": [fault] })
            }
        }
    }
}

fn plan_faults(what: &str, error: &PlanError) -> String {
    let mut text = format!("{what} is niet te toetsen");
    for fault in &error.faults {
        let place = if fault.veld.is_empty() { String::new() } else { format!("{}: ", fault.veld) };
        text.push_str(&format!("\n  {place}{}", fault.melding));
        if let Some(help) = &fault.hulp {
            text.push_str(&format!("\n    {help}"));
        }
        if let Some(remedy) = fault.remedy {
            text.push_str(&format!("\n    {}", command(remedy)));
        }
    }
    text
}

/// What the command line has for it.
fn command(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::FindActivity => "`brink woordenlijst zoek \"...\"` zoekt erin",
        Remedy::BringBorder => "`brink kaarten importeer` brengt de echte grens in",
    }
}

/// Why the system refuses, in Dutch.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "het bestaat niet".to_owned(),
        std::io::ErrorKind::PermissionDenied => "geen toegang".to_owned(),
        std::io::ErrorKind::IsADirectory => "het is een map".to_owned(),
        _ => error.to_string(),
    }
}
