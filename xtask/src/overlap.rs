//! `cargo xtask controleer-tekst FILE`: no sentence of the source text is copied into the project.
//!
//! The package tells what a vision says in its own words and points to the lines. This check finds runs of
//! nine or more words that a file of the project has in common with the source. Names and lists of names
//! cannot be said otherwise; those stand in `xtask/overlap-toegestaan.txt`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::project;

/// From this many words on a run counts as copied.
const RUN: usize = 9;

/// Runs that may be the same, one a line; from the folder of the workspace.
const ALLOWED: &str = "xtask/overlap-toegestaan.txt";

/// A page the program writes, with nothing of the source but the titles of its sections.
const LEDGER: &str = "docs/dekking.md";

/// Files people write in; anything else is not looked at.
const EXTENSIONS: [&str; 16] = [
    "css", "feature", "ftl", "html", "js", "json", "md", "py", "rs", "sh", "snap", "toml", "ts", "txt",
    "yaml", "yml",
];

/// Looks through the project, prints what was found, and fails when that is anything.
pub fn run(source: &Path) -> Result<(), Error> {
    let root = project::root()?;
    let mut source = Source::new(&project::read(source)?);
    let allowed = root.join(ALLOWED);
    if allowed.is_file() {
        source.allow_all(&project::read(&allowed)?)?;
    }

    let files = files()?;
    let mut found = 0;
    for file in &files {
        let Ok(bytes) = fs::read(root.join(file)) else {
            continue;
        };
        for hit in source.hits(&String::from_utf8_lossy(&bytes)) {
            println!("{}:{}: {} (source line {})", file.display(), hit.line, hit.words, hit.source_line);
            found += 1;
        }
    }
    if found == 0 {
        println!("no run of {RUN} words in {} files stands in the source text", files.len());
        Ok(())
    } else {
        Err(Error::failed(format!(
            "{found} runs of {RUN} or more words stand in the source text: say them in other words, or put a \
             name or list of names in {ALLOWED}"
        )))
    }
}

/// The files of the project, committed or not, without what git ignores.
fn files() -> Result<Vec<PathBuf>, Error> {
    let mut git = project::command("git")?;
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = git.output().map_err(|error| project::cannot_start(&git, &error))?;
    if !output.status.success() {
        return Err(Error::failed(format!("`{}` ended with {}", project::shown(&git), output.status)));
    }
    let mut files: Vec<PathBuf> = String::from_utf8_lossy(&output.stdout)
        .split_terminator('\0')
        .map(PathBuf::from)
        .filter(|file| {
            file.extension().and_then(|end| end.to_str()).is_some_and(|end| EXTENSIONS.contains(&end))
        })
        .filter(|file| file != Path::new(ALLOWED) && file != Path::new(LEDGER))
        .collect();
    files.sort();
    Ok(files)
}

/// Every run of nine words of the source text. Words are numbered, so that comparing runs is cheap.
struct Source {
    numbers: HashMap<String, u32>,
    runs: HashMap<[u32; RUN], usize>,
}

/// A run that a file shares with the source text, as long as it goes on.
#[derive(Debug, PartialEq, Eq)]
struct Hit {
    line: usize,
    source_line: usize,
    words: String,
}

impl Source {
    fn new(text: &str) -> Self {
        let words = words(&text.replace('\r', ""), LineEnd::JoinsHyphenated);
        let mut numbers = HashMap::new();
        let numbered: Vec<Option<u32>> = words
            .iter()
            .map(|word| {
                let next = u32::try_from(numbers.len()).ok()?;
                Some(*numbers.entry(word.text.clone()).or_insert(next))
            })
            .collect();
        let mut runs = HashMap::new();
        for (run, word) in numbered.windows(RUN).zip(&words) {
            if let Some(run) = key(run) {
                runs.entry(run).or_insert(word.line);
            }
        }
        Self { numbers, runs }
    }

    fn number(&self, words: &[Word]) -> Vec<Option<u32>> {
        words.iter().map(|word| self.numbers.get(&word.text).copied()).collect()
    }

    /// Takes out the runs within each line of the list; `#` starts a remark.
    fn allow_all(&mut self, list: &str) -> Result<(), Error> {
        for (index, line) in list.lines().enumerate() {
            let phrase = words(line, LineEnd::Ends);
            if line.trim_start().starts_with('#') || phrase.is_empty() {
                continue;
            }
            if phrase.len() < RUN {
                return Err(Error::failed(format!(
                    "{ALLOWED}:{}: has {} words; only runs of {RUN} or more need a permission",
                    index + 1,
                    phrase.len()
                )));
            }
            for run in self.number(&phrase).windows(RUN) {
                if let Some(run) = key(run) {
                    self.runs.remove(&run);
                }
            }
        }
        Ok(())
    }

    fn hits(&self, text: &str) -> Vec<Hit> {
        let words = words(text, LineEnd::Ends);
        let mut hits = Vec::new();
        // The run being followed: where it starts, where it ends (exclusive), its line in the source.
        let mut open: Option<(usize, usize, usize)> = None;
        for (start, run) in self.number(&words).windows(RUN).enumerate() {
            match (key(run).and_then(|run| self.runs.get(&run)), open) {
                (Some(_), Some((first, _, line))) => open = Some((first, start + RUN, line)),
                (Some(line), None) => open = Some((start, start + RUN, *line)),
                (None, _) => hits.extend(open.take().and_then(|run| hit(&words, run))),
            }
        }
        hits.extend(open.and_then(|run| hit(&words, run)));
        hits
    }
}

fn hit(words: &[Word], (first, end, source_line): (usize, usize, usize)) -> Option<Hit> {
    let run = words.get(first..end)?;
    let texts: Vec<&str> = run.iter().map(|word| word.text.as_str()).collect();
    Some(Hit { line: run.first()?.line, source_line, words: texts.join(" ") })
}

/// A run as a key; none when one of its words does not stand in the source at all.
fn key(run: &[Option<u32>]) -> Option<[u32; RUN]> {
    let mut key = [0; RUN];
    for (place, number) in key.iter_mut().zip(run) {
        *place = (*number)?;
    }
    Some(key)
}

/// A word in lower case, with the line it starts on.
#[derive(Debug, PartialEq, Eq)]
struct Word {
    text: String,
    line: usize,
}

/// What a line end does after a hyphen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    /// It ends the word.
    Ends,
    /// The word goes on, without the hyphen: the source is set in lines that break words.
    JoinsHyphenated,
}

/// Letters, digits, underscores, hyphens and apostrophes make words; all else divides them.
fn words(text: &str, line_end: LineEnd) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word { text: String::new(), line: 1 };
    let mut line = 1;
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        if letter == '-' && line_end == LineEnd::JoinsHyphenated {
            let after = rest.as_str().trim_start();
            let gap = rest.as_str().strip_suffix(after).unwrap_or_default();
            let newlines = gap.matches('\n').count();
            if newlines > 0 {
                line += newlines;
                rest = after.chars();
                continue;
            }
        }
        if letter.is_alphanumeric() || matches!(letter, '_' | '-' | '’' | '\'' | '‘') {
            if word.text.is_empty() {
                word.line = line;
            }
            word.text.extend(letter.to_lowercase());
        } else {
            if !word.text.is_empty() {
                words.push(std::mem::replace(&mut word, Word { text: String::new(), line }));
            }
            line += usize::from(letter == '\n');
        }
    }
    if !word.text.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made-up text: one sentence with a broken word, a list of names after it.
    const SOURCE: &str = "\
Over het water
Een brug mag alleen open als de brug-
wachter fluit en er niemand op staat te vissen.
De bruggen zijn: Noord, Oost, Zuid, West, Midden, Hoog, Laag, Breed en Smal.
";

    fn hits(text: &str) -> Vec<Hit> {
        Source::new(SOURCE).hits(text)
    }

    #[test]
    fn own_words_pass() {
        assert_eq!(
            hits("De brugwachter fluit voordat een brug opengaat; wie vist gaat eerst aan de kant."),
            []
        );
    }

    #[test]
    fn eight_words_pass_and_nine_do_not() {
        assert_eq!(hits("Een brug mag alleen open als de brugwachter"), []);
        assert_eq!(
            hits("titel\n\nEen brug mag alleen open als de brugwachter fluit"),
            [Hit {
                line: 3,
                source_line: 2,
                words: "een brug mag alleen open als de brugwachter fluit".to_owned()
            }]
        );
    }

    #[test]
    fn the_last_words_of_the_source_count_too() {
        assert_eq!(hits("Oost, Zuid, West, Midden, Hoog, Laag, Breed en Smal").len(), 1);
    }

    #[test]
    fn a_run_is_one_hit_as_long_as_it_goes_on() {
        let text =
            "tekst: een brug mag alleen open als de brugwachter fluit\n  en er niemand op staat\nEigen.";
        let hits = hits(text);
        assert_eq!(hits.len(), 1, "{hits:?}");
        assert!(hits[0].words.ends_with("fluit en er niemand op staat"), "{hits:?}");
    }

    #[test]
    fn a_word_in_between_parts_two_runs() {
        let text = "Een brug mag alleen open als de brugwachter fluit HALT \
                    Noord, Oost, Zuid, West, Midden, Hoog, Laag, Breed en Smal";
        assert_eq!(hits(text).iter().map(|hit| hit.source_line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn capitals_and_punctuation_make_no_difference() {
        assert_eq!(hits("EEN BRUG (mag) alleen: open; als /// de brugwachter fluit!").len(), 1);
    }

    #[test]
    fn allowed_runs_pass_but_not_what_goes_beyond_them() {
        let mut source = Source::new(SOURCE);
        source
            .allow_all("# bruggen\n\nNoord, Oost, Zuid, West, Midden, Hoog, Laag, Breed en Smal\n")
            .unwrap();
        assert_eq!(source.hits("Noord, Oost, Zuid, West, Midden, Hoog, Laag, Breed en Smal"), []);
        assert_eq!(source.hits("De bruggen zijn: Noord, Oost, Zuid, West, Midden, Hoog, Laag").len(), 1);
    }

    #[test]
    fn an_allowed_line_that_is_too_short_is_refused() {
        let error = Source::new(SOURCE).allow_all("# names\nNoord, Oost\n").unwrap_err().to_string();
        assert!(error.contains("overlap-toegestaan.txt:2: has 2 words"), "{error}");
    }

    #[test]
    fn hyphens_join_over_line_ends_in_the_source_only() {
        let text = |line_end| -> Vec<(String, usize)> {
            words("zand-\n\n  winning is-\nniet x-y", line_end)
                .into_iter()
                .map(|word| (word.text, word.line))
                .collect()
        };
        let expected = |words: &[(&str, usize)]| -> Vec<(String, usize)> {
            words.iter().map(|(text, line)| ((*text).to_owned(), *line)).collect()
        };
        assert_eq!(
            text(LineEnd::JoinsHyphenated),
            expected(&[("zandwinning", 1), ("isniet", 3), ("x-y", 4)])
        );
        assert_eq!(
            text(LineEnd::Ends),
            expected(&[("zand-", 1), ("winning", 3), ("is-", 3), ("niet", 4), ("x-y", 4)])
        );
    }

    #[test]
    fn short_and_empty_texts_have_no_runs() {
        assert_eq!(hits(""), []);
        assert_eq!(Source::new("kort").hits("kort"), []);
    }
}
