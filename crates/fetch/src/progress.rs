//! Telling how far it is.

use std::time::Duration;

/// Hears how far a layer is. All methods may be left out.
pub trait Progress {
    /// The service said how many features there are.
    fn expected(&mut self, features: u64) {
        let _ = features;
    }

    /// Another page came in: everything so far.
    fn features(&mut self, features: u64, pages: usize) {
        let _ = (features, pages);
    }

    /// More bytes came in: everything so far, and how many there will be when a download says so.
    fn bytes(&mut self, bytes: u64, total: Option<u64>) {
        let _ = (bytes, total);
    }

    /// The server did not answer well; after this wait it is tried again.
    fn again(&mut self, attempt: u32, wait: Duration, reason: &str) {
        let _ = (attempt, wait, reason);
    }
}

/// Nobody listens.
impl Progress for () {}
