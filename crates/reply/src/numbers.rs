//! Numbers as Dutch readers write them.

use brink_policy::Decimal;

/// A measure, rounded, with dots between thousands; below ten with one decimal.
#[must_use]
pub fn thousands(number: f64) -> String {
    if number < 10.0 {
        return format!("{number:.1}").replace('.', ",");
    }
    grouped(&format!("{number:.0}"))
}

/// A number with all its decimals: 3,45 and 10.000. Four digits stay together, as in a year.
#[must_use]
pub fn exact(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let whole = if whole.len() > 4 { grouped(whole) } else { whole.to_owned() };
    let rest = rest.map_or_else(String::new, |rest| format!(",{rest}"));
    format!("{sign}{whole}{rest}")
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
    fn numbers_are_dutch() {
        let shown = |text: &str| exact(text.parse().unwrap());
        assert_eq!(shown("3.450"), "3,45");
        assert_eq!(shown("2030"), "2030");
        assert_eq!(shown("10000"), "10.000");
        assert_eq!(shown("3000000"), "3.000.000");
        assert_eq!(shown("-12345.5"), "-12.345,5");
    }

    #[test]
    fn measures_are_rounded() {
        assert_eq!(thousands(0.25), "0,2");
        assert_eq!(thousands(9.96), "10,0");
        assert_eq!(thousands(1234.4), "1.234");
        assert_eq!(thousands(268_000.0), "268.000");
    }
}
