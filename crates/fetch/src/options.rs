//! How patient to be, and how much is too much.

use std::path::PathBuf;
use std::time::Duration;

use brink_geo::read;

use crate::fetch::Validators;

/// How a layer is fetched.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// The time of fetching, as the caller writes times; comes back in the answer.
    pub fetched_at: String,
    /// What the last answer of this source gave, to hear that nothing changed.
    pub validators: Option<Validators>,
    /// Where a path of a `bestand` starts: the folder of the package.
    pub folder: PathBuf,
    /// How many features to ask for at once.
    pub page_size: u32,
    /// How long to wait.
    pub timeouts: Timeouts,
    /// How often to try again.
    pub retry: Retry,
    /// How much is too much.
    pub limits: Limits,
    /// How much is too much for a reader.
    pub read_limits: read::Limits,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            fetched_at: String::new(),
            validators: None,
            folder: PathBuf::from("."),
            page_size: 1000,
            timeouts: Timeouts::default(),
            retry: Retry::default(),
            limits: Limits::default(),
            read_limits: read::Limits::default(),
        }
    }
}

/// How long to wait.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For the next bytes to come.
    pub read: Duration,
    /// For one answer, from asking to its last byte.
    pub request: Duration,
    /// For a whole layer, waiting in between included.
    pub layer: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_mins(1),
            request: Duration::from_mins(15),
            layer: Duration::from_hours(1),
        }
    }
}

/// How often to try again.
#[derive(Debug, Clone, Copy)]
pub struct Retry {
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// The wait before the second attempt; doubles each time, and a random part of up to half is taken off.
    pub wait: Duration,
    /// The longest wait, also when the server asks for a longer one.
    pub longest: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self { attempts: 4, wait: Duration::from_secs(1), longest: Duration::from_mins(1) }
    }
}

/// How much is too much for one layer.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes received, unpacked.
    pub bytes: u64,
    /// Pages.
    pub pages: usize,
    /// Redirects of one request.
    pub redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 2 << 30, pages: 10_000, redirects: 5 }
    }
}
