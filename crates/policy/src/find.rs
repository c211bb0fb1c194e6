//! Finding an activity by everyday words, with room for spelling.

use crate::compiled::Vocabulary;
use crate::ids::ActivityId;

/// Words that say nothing about what somebody wants.
const EMPTY: [&str; 47] = [
    "de", "het", "een", "in", "op", "aan", "bij", "van", "voor", "met", "en", "of", "te", "om", "naar",
    "uit", "mijn", "ons", "onze", "ik", "wil", "we", "wij", "nieuw", "nieuwe", "mag", "kan", "hier", "iets",
    "tot", "door", "over", "rond", "er", "daar", "zijn", "haar", "hun", "graag", "willen", "mogen", "kunnen",
    "gaan", "zonder", "onder", "als", "per",
];

/// Words for doing something or other: what is done says less than what it is done to.
const FAINT: [&str; 46] = [
    "maken",
    "bouwen",
    "bouw",
    "plaatsen",
    "zetten",
    "neerzetten",
    "aanleggen",
    "aanleg",
    "leggen",
    "graven",
    "beginnen",
    "starten",
    "openen",
    "uitbreiden",
    "uitbreiding",
    "vergroten",
    "groter",
    "verplaatsen",
    "veranderen",
    "wijzigen",
    "verbouwen",
    "realiseren",
    "ontwikkelen",
    "ontwikkeling",
    "vestigen",
    "houden",
    "organiseren",
    "oprichten",
    "inrichten",
    "hebben",
    "krijgen",
    "doen",
    "gebruiken",
    "gebruik",
    "extra",
    "eigen",
    "klein",
    "kleine",
    "groot",
    "grote",
    "vernieuwen",
    "vervangen",
    "toevoegen",
    "installeren",
    "ophangen",
    "kopen",
];

/// What a faint word weighs beside a full one.
const FAINT_WEIGHT: f64 = 0.25;

/// A match and how well it fits, 0 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The activity.
    pub activity: ActivityId,
    /// How well it fits.
    pub score: u32,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whether the words are known; otherwise these are only the nearest.
    pub sure: bool,
    /// Best first.
    pub matches: Vec<Match>,
}

/// At least this fit counts as found.
const SURE: u32 = 620;
/// How much less well than the best another match may fit.
const SPREAD: u32 = 250;
/// Below this a match says nothing.
const NEAR: u32 = 330;

/// Finds activities by their id, name and search words.
#[must_use]
pub fn find_activities(vocabulary: &Vocabulary, query: &str, count: usize) -> Found {
    let wanted = tokens(query);
    let whole = wanted.join(" ");
    let mut matches: Vec<Match> = vocabulary
        .activities
        .iter()
        .enumerate()
        .filter(|(_, activity)| !activity.group)
        .map(|(n, activity)| {
            let phrases =
                std::iter::once(&activity.name).chain(std::iter::once(&activity.id)).chain(&activity.words);
            let score = phrases.map(|phrase| fit(&wanted, &whole, phrase)).max().unwrap_or_default();
            Match { activity: ActivityId::from_index(n), score }
        })
        .filter(|found| found.score >= NEAR)
        .collect();
    // Of what fits as well the narrowest first: what holds for it holds for what lies above it too.
    let depth = |found: &Match| vocabulary.activity(found.activity).map_or(0, |one| one.ancestors.len());
    matches.sort_by(|a, b| {
        b.score.cmp(&a.score).then_with(|| depth(b).cmp(&depth(a))).then(a.activity.cmp(&b.activity))
    });
    let sure = matches.first().is_some_and(|best| best.score >= SURE);
    if sure {
        // Beside a match that fits well, one that barely does only distracts.
        let least = matches.first().map_or(SURE, |best| best.score.saturating_sub(SPREAD).max(SURE));
        matches.retain(|found| found.score >= least);
    }
    matches.truncate(count);
    Found { sure, matches }
}

fn tokens(text: &str) -> Vec<String> {
    let all: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(20)
        .map(|word| word.chars().take(60).collect())
        .collect();
    let full: Vec<String> = all.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
    if full.is_empty() { all } else { full }
}

/// How well a phrase fits: each wanted word against its nearest in the phrase, and words of the phrase that were not
/// asked for cost a little. Words for doing something count less, unless there are no others.
fn fit(wanted: &[String], whole: &str, phrase: &str) -> u32 {
    let offered = tokens(phrase);
    if wanted.is_empty() || offered.is_empty() {
        return 0;
    }
    if offered.join(" ") == whole || offered.concat() == wanted.concat() {
        return 1_000;
    }
    let core =
        |words: &[String]| -> Vec<String> { words.iter().filter(|word| !is_faint(word)).cloned().collect() };
    if !core(wanted).is_empty() && core(wanted) == core(&offered) {
        return if core(&offered).len() == offered.len() { 990 } else { 970 };
    }
    let all_faint = wanted.iter().all(|word| is_faint(word));
    let weight = |word: &str| if is_faint(word) && !all_faint { FAINT_WEIGHT } else { 1.0 };
    let (mut best, mut asked) = (0.0, 0.0);
    for word in wanted {
        let nearest = offered.iter().map(|other| alike(word, other)).fold(0.0, f64::max);
        best += weight(word) * nearest;
        asked += weight(word);
    }
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let extra = |of: bool| {
        let count = |words: &[String]| words.iter().filter(|word| is_faint(word) == of).count();
        count(&offered).saturating_sub(count(wanted)) as f64
    };
    let score = best / asked - 0.06 * extra(false).min(4.0) - 0.01 * extra(true).min(4.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
    let score = (score.max(0.0) * 980.0) as u32;
    score
}

fn is_faint(word: &str) -> bool {
    FAINT.contains(&word)
}

/// How alike a wanted word `a` and an offered word `b` are, 0 to 1: the same, the same but for its ending, one typing fault in so many, or one inside
/// the other as compounds have it.
fn alike(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (stem_a, stem_b) = (stem(a), stem(b));
    if stem_a == stem_b && stem_a.len() > 2 {
        return 0.95;
    }
    let spelling = strsim::normalized_damerau_levenshtein(a, b);
    let spelled = if spelling >= 0.8 && a.len() > 3 { spelling } else { spelling * 0.5 };
    let (short, long) = if stem_a.len() < stem_b.len() { (stem_a, stem_b) } else { (stem_b, stem_a) };
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let inside = if short.len() > 3 && long.contains(short) {
        // A compound is a kind of what its end says; of what somebody wants its beginning says little.
        let head = if short == stem_b && !stem_a.ends_with(short) { 0.45 } else { 0.6 };
        head + 0.3 * short.len() as f64 / long.len() as f64
    } else {
        0.0
    };
    spelled.max(inside)
}

/// A Dutch word without its commonest endings: plural and diminutive.
fn stem(word: &str) -> &str {
    for ending in ["etjes", "etje", "tjes", "tje", "jes", "je", "en", "s"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() > 3
        {
            return rest;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_compounds_and_typing_faults() {
        assert!(alike("schuurtje", "schuur") > 0.9);
        assert!(alike("zonneparken", "zonnepark") > 0.9);
        assert!(alike("zonepark", "zonnepark") > 0.8);
        assert!(alike("boerderijwinkel", "winkel") > 0.6);
        assert!(alike("raketbasis", "zonnepark") < 0.4);
    }
}
