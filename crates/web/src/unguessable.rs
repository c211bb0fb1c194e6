//! Names nobody can guess, for what only its maker should find.

/// 128 random bits, as letters and digits; `None` when the system has no randomness to give.
pub(crate) fn id() -> Option<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ() {
        let (one, other) = (id().unwrap(), id().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }
}
