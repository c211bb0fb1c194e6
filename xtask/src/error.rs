//! Why a developer command stopped.

use std::fmt;
use std::process::ExitCode;

/// A failure, told to the developer and turned into an exit status.
#[derive(Debug)]
pub enum Error {
    /// The command line makes no sense.
    Usage(String),
    /// Something did not pass or could not be done.
    Failed(String),
}

impl Error {
    /// The command line makes no sense.
    pub fn usage(message: String) -> Self {
        Self::Usage(message)
    }

    /// Something did not pass or could not be done.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    /// The exit status that goes with it.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::from(1),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => write!(f, "{message}; see `cargo xtask help`"),
            Self::Failed(message) => f.write_str(message),
        }
    }
}
