//! Dates as days since 1 January 1970.

use jiff::civil::{Date, date};

/// Days since 1970 of a date written `2026-01-31`.
#[must_use]
pub fn days(text: &str) -> Option<i64> {
    if text.len() != 10 {
        return None;
    }
    let parsed = Date::strptime("%Y-%m-%d", text).ok()?;
    Some(i64::from((parsed - date(1970, 1, 1)).get_days()))
}

/// The date that is `days` days after 1 January 1970, written `2026-01-31`.
#[must_use]
pub fn text(days: i64) -> Option<String> {
    let span = jiff::Span::new().try_days(days).ok()?;
    date(1970, 1, 1).checked_add(span).ok().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::{days, text};

    #[test]
    fn there_and_back() {
        for date in ["1970-01-01", "1969-12-31", "2024-02-29"] {
            assert_eq!(days(date).and_then(text).as_deref(), Some(date));
        }
        assert_eq!(text(i64::MAX), None);
    }

    #[test]
    fn known_days() {
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("2000-03-01"), Some(11_017));
        assert_eq!(days("2024-02-29"), Some(19_782));
        for wrong in ["2023-02-29", "2023-13-01", "2023-1-1", "morgen", "2023-01-01-01", "", "2023-01-1 "] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }
}
