//! Numbers as Dutch readers write them.

/// A measure, rounded, with dots between thousands; below ten with one decimal.
#[must_use]
pub fn thousands(number: f64) -> String {
    if number < 10.0 {
        return format!("{number:.1}").replace('.', ",");
    }
    grouped(&format!("{number:.0}"))
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_rounded() {
        assert_eq!(thousands(0.25), "0,2");
        assert_eq!(thousands(9.96), "10,0");
        assert_eq!(thousands(1234.4), "1.234");
        assert_eq!(thousands(268_000.0), "268.000");
    }
}
