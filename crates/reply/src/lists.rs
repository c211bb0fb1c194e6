//! What all answers share.

use serde::Serialize;
use serde_json::Value;

/// An answer as JSON, its fields in the order of the alphabet. Whether some library in the program has serde_json keep
/// another order makes no difference.
pub fn value(answer: &impl Serialize) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(answer)?;
    value.sort_all_objects();
    Ok(value)
}

/// The same as text for a person to read.
pub fn text(answer: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(format!("{:#}", value(answer)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Two {
        z: u8,
        a: Option<u8>,
    }

    #[test]
    fn fields_are_in_the_order_of_the_alphabet() {
        assert_eq!(value(&Two { z: 1, a: None }).unwrap().to_string(), r#"{"a":null,"z":1}"#);
        assert_eq!(text(&[Two { z: 1, a: Some(2) }]).unwrap(), "[\n  {\n    \"a\": 2,\n    \"z\": 1\n  }\n]");
    }
}
