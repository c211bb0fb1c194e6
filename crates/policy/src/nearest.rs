//! The nearest names to a name that is not known.

/// The longest word to look for, in bytes.
const MAX_LENGTH: usize = 100;

/// The least likeness that counts, of 1,000.
const NEAR: u32 = 600;

/// At most `count` of `names` that look like `word`, nearest first. Long ids that hold the word, or share most of
/// its parts, count as near too.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    // No id is this long, and comparing takes time by the square.
    if word.len() > MAX_LENGTH {
        return Vec::new();
    }
    let word = word.to_lowercase();
    let parts: Vec<&str> = word.split('-').collect();
    let mut scored: Vec<(u32, &str)> = names
        .filter_map(|name| {
            let mut score = spelled(&word, name).max(shared(&parts, name));
            if word.len() > 3 && name.contains(&word) {
                score = score.max(750);
            }
            (score >= NEAR).then_some((score, name))
        })
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().take(count).map(|(_, name)| name).collect()
}

/// How alike two words are spelled, of 1,000.
fn spelled(a: &str, b: &str) -> u32 {
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    // Words of very different length can't be near: no need to look further.
    if likeness(shorter, longer) < NEAR {
        return 0;
    }
    let faults = strsim::osa_distance(a, b);
    likeness(longer.saturating_sub(faults), longer)
}

/// How many of the hyphenated parts two ids share, of 1,000.
fn shared(parts: &[&str], name: &str) -> u32 {
    let others = name.split('-');
    let shared =
        parts.iter().filter(|part| part.len() > 2 && others.clone().any(|other| other == **part)).count();
    likeness(shared, parts.len().max(others.count()))
}

/// A part of a whole, of 1,000.
fn likeness(part: usize, whole: usize) -> u32 {
    u32::try_from(part * 1_000 / whole.max(1)).unwrap_or_default()
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
