//! The nearest names to a name that is not known.

/// The longest word to look for, in bytes.
const MAX_LENGTH: usize = 100;

/// At most `count` of `names` that look like `word`, nearest first. Long ids that hold the word, or share most of
/// its parts, count as near too.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    let word = word.to_lowercase();
    // No id is this long, and comparing takes time by the square.
    if word.len() > MAX_LENGTH {
        return Vec::new();
    }
    let mut scored: Vec<(u32, &str)> = names
        .filter_map(|name| {
            let mut score =
                strsim::normalized_damerau_levenshtein(&word, name).max(shared_parts(&word, name));
            if word.len() > 3 && name.contains(&word) {
                score = score.max(0.75);
            }
            // Whole numbers sort without surprises.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
            let score = (score * 1000.0) as u32;
            (score >= 600).then_some((score, name))
        })
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().take(count).map(|(_, name)| name).collect()
}

/// How many of the hyphenated parts two ids share.
fn shared_parts(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('-').collect(), b.split('-').collect());
    let shared = a.iter().filter(|part| part.len() > 2 && b.contains(part)).count();
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let share = shared as f64 / a.len().max(b.len()) as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_and_parts() {
        let names = ["zonnepark", "windpark", "natuurnetwerk-nederland", "beekdal"];
        assert_eq!(nearest("zonepark", names.into_iter(), 3).first(), Some(&"zonnepark"));
        assert_eq!(nearest("netwerk", names.into_iter(), 1), ["natuurnetwerk-nederland"]);
        assert!(nearest("raketbasis", names.into_iter(), 3).is_empty());
    }
}
