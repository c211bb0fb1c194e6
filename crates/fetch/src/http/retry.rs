//! When to try again, and after how long.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::options::Retry;

/// The wait before the next attempt, when `failed` attempts have been made.
pub(crate) fn wait(retry: &Retry, failed: u32, asked: Option<Duration>) -> Duration {
    // What the server asks is waited for; more patience than `longest` nobody has.
    if let Some(asked) = asked {
        return asked.min(retry.longest);
    }
    let doubled = retry.wait.saturating_mul(1u32.checked_shl(failed.saturating_sub(1)).unwrap_or(u32::MAX));
    doubled.min(retry.longest).mul_f64(1.0 - part() / 2.0)
}

/// A random part, from 0 to 1. A fresh `RandomState` is all the chance that spreading requests needs.
fn part() -> f64 {
    let chance = RandomState::new().build_hasher().finish() >> 32;
    chance as f64 / f64::from(u32::MAX)
}

/// Whether a status may be better next time.
pub(crate) fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502..=504 | 507..=599)
}

/// What `Retry-After` asks: seconds, or a moment compared with the server's own clock.
pub(crate) fn asked(after: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let after = after?.trim();
    if let Ok(seconds) = after.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let now = httpdate::parse_http_date(date?).ok()?;
    Some(httpdate::parse_http_date(after).ok()?.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RETRY: Retry =
        Retry { attempts: 5, wait: Duration::from_millis(100), longest: Duration::from_millis(1000) };

    proptest! {
        #[test]
        fn waits_double_within_bounds(failed in 1u32..200) {
            let wait = wait(&RETRY, failed, None).as_secs_f64();
            let whole = (0.1 * 2f64.powi(failed as i32 - 1)).min(1.0);
            prop_assert!(wait >= whole / 2.0 - 1e-6 && wait <= whole + 1e-6, "{wait} of {whole}");
        }
    }

    #[test]
    fn waits_differ() {
        let waits: std::collections::BTreeSet<_> = (0..20).map(|_| wait(&RETRY, 3, None)).collect();
        assert!(waits.len() > 10);
    }

    #[test]
    fn the_server_may_ask_for_a_wait_but_not_a_day() {
        assert_eq!(wait(&RETRY, 1, asked(Some("0"), None)), Duration::ZERO);
        assert_eq!(wait(&RETRY, 1, asked(Some("86400"), None)), RETRY.longest);
        let at = "Sun, 06 Nov 1994 08:49:40 GMT";
        assert_eq!(asked(Some(at), Some("Sun, 06 Nov 1994 08:49:37 GMT")), Some(Duration::from_secs(3)));
        assert_eq!(asked(Some(at), Some("Sun, 06 Nov 1994 09:49:37 GMT")), Some(Duration::ZERO));
        assert_eq!(asked(Some(at), None), None);
        assert_eq!(asked(Some("straks"), None), None);
    }
}
