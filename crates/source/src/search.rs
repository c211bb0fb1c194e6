//! Full-text search in Dutch.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter,
    TextAnalyzer,
};
use tantivy::{IndexReader, ReloadPolicy, TantivyDocument, Term};

use crate::document::Document;
use crate::error::SourceError;
use crate::lines::LineRange;
use crate::paragraph::ParagraphKind;
use crate::snippet::Snippet;

const ANALYZER: &str = "nl";
/// Memory for building, the least the engine accepts.
const MEMORY: usize = 15_000_000;
/// Longer words are no words.
const LONGEST_WORD: usize = 60;
/// What is read of a question: characters, words and phrases.
const LONGEST_QUESTION: usize = 1_000;
const MOST_CLAUSES: usize = 24;
/// Compounds tried for a word, and the shortest stem they are tried for.
const MOST_COMPOUNDS: usize = 48;
const SHORTEST_IN_COMPOUND: usize = 4;

const TITLE_BOOST: f32 = 3.0;
const FORM_BOOST: f32 = 0.9;
const COMPOUND_BOOST: f32 = 0.4;
const NUMBER_BOOST: f32 = 20.0;

/// A section found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The number of the section.
    #[serde(rename = "onderdeel")]
    pub number: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: String,
    /// The lines of the paragraph in which most of the question was found; of the section when it has no text.
    #[serde(rename = "regels")]
    pub lines: LineRange,
    /// A piece of that paragraph.
    #[serde(rename = "fragment")]
    pub snippet: Snippet,
    /// The higher the better; only to be compared within one answer.
    pub score: f32,
}

/// What was found for a question.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Answer {
    /// The sections, best first.
    #[serde(rename = "treffers")]
    pub hits: Vec<Hit>,
    /// No section has all the words; these have some of them.
    #[serde(rename = "verruimd")]
    pub relaxed: bool,
}

/// An index of a document, in memory.
///
/// Words are brought back to their stem, so "vergunning" finds "vergunningen", and also found as the first or last
/// part of a compound, so "geluid" finds "geluidsport", though lower in the list. Sections must have all the
/// words; when none has, those with some of them are given and [`Answer::relaxed`] says so. Text between quotes
/// is a phrase. Nothing else in a question has a meaning of its own, so no question is wrong.
///
/// ```
/// use brink_source::{Document, Index, Limits};
///
/// let text = "1 Rust\n\nIn de nacht zijn er geen evenementen.\n\n2 Ruimte\n\nEr is plaats voor water.\n";
/// let document = Document::read(text.as_bytes(), &Limits::default())?;
/// let answer = Index::build(&document)?.search("nachten evenement", 10)?;
/// assert_eq!(answer.hits[0].number, "1");
/// assert!(!answer.relaxed);
/// # Ok::<(), brink_source::SourceError>(())
/// ```
pub struct Index {
    reader: IndexReader,
    fields: Fields,
    analyzer: TextAnalyzer,
    entries: Vec<Passage>,
    /// All stems in the document, in order.
    stems: Vec<String>,
}

struct Fields {
    place: Field,
    number: Field,
    title: Field,
    text: Field,
}

/// A text to be found: a section, or something else with a number and a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its number; who asks for exactly this, finds it first.
    pub number: String,
    /// Its title, which weighs more than its text.
    pub title: String,
    /// Its lines.
    pub lines: LineRange,
    /// Its paragraphs with their lines.
    pub paragraphs: Vec<(LineRange, String)>,
    /// The paragraph that is shown when only the title or number was found.
    pub first: usize,
}

/// A word of a text.
struct Token {
    bytes: Range<usize>,
    position: usize,
    stem: String,
}

/// A word or phrase of a question.
struct Clause {
    /// Stems with their positions; one for a word.
    stems: Vec<(usize, String)>,
    /// Other stems that will do, with what they are worth.
    others: Vec<(String, f32)>,
    number: Option<String>,
}

impl Index {
    /// Builds the index of a document.
    ///
    /// # Errors
    /// When the search engine fails.
    pub fn build(document: &Document) -> Result<Self, SourceError> {
        Self::of(document.sections.iter().map(|section| Passage {
            number: section.number.clone(),
            title: section.title.clone(),
            lines: section.lines,
            paragraphs: section.paragraphs.iter().map(|p| (p.lines, p.text.clone())).collect(),
            first: section.paragraphs.iter().position(|p| p.kind != ParagraphKind::Heading).unwrap_or(0),
        }))
    }

    /// Builds the index of other texts with a number and a title: they are searched as sections are.
    ///
    /// # Errors
    /// When the search engine fails.
    pub fn of(passages: impl IntoIterator<Item = Passage>) -> Result<Self, SourceError> {
        let mut builder = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(indexing);
        let fields = Fields {
            place: builder.add_u64_field("plaats", STORED),
            number: builder.add_text_field("nummer", STRING),
            title: builder.add_text_field("titel", text.clone()),
            text: builder.add_text_field("tekst", text),
        };
        let index = tantivy::Index::create_in_ram(builder.build());
        let analyzer = dutch();
        index.tokenizers().register(ANALYZER, analyzer.clone());

        let mut writer = index.writer_with_num_threads(1, MEMORY)?;
        let entries: Vec<Passage> = passages.into_iter().collect();
        for (place, passage) in (0_u64..).zip(&entries) {
            let mut entry = TantivyDocument::default();
            entry.add_u64(fields.place, place);
            entry.add_text(fields.number, &passage.number);
            entry.add_text(fields.title, &passage.title);
            for (_, text) in &passage.paragraphs {
                entry.add_text(fields.text, text);
            }
            writer.add_document(entry)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let stems = stems(&reader, &fields)?;
        Ok(Self { reader, fields, analyzer, entries, stems })
    }

    /// The sections that answer a question, at most `limit`.
    ///
    /// # Errors
    /// When the search engine fails; never for what is in the question.
    pub fn search(&self, question: &str, limit: usize) -> Result<Answer, SourceError> {
        let clauses = self.clauses(question);
        let limit = limit.min(self.entries.len());
        if clauses.is_empty() || limit == 0 {
            return Ok(Answer::default());
        }
        let all = self.find(&clauses, Occur::Must, limit)?;
        if !all.is_empty() || clauses.len() == 1 {
            return Ok(Answer { hits: all, relaxed: false });
        }
        let hits = self.find(&clauses, Occur::Should, limit)?;
        Ok(Answer { relaxed: !hits.is_empty(), hits })
    }

    fn find(&self, clauses: &[Clause], occur: Occur, limit: usize) -> Result<Vec<Hit>, SourceError> {
        let query = BooleanQuery::new(clauses.iter().map(|clause| (occur, self.query(clause))).collect());
        let searcher = self.reader.searcher();
        let top = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let mut hits = Vec::with_capacity(top.len());
        for (score, address) in top {
            let stored: TantivyDocument = searcher.doc(address)?;
            let place = stored.get_first(self.fields.place).and_then(|value| value.as_u64());
            let entry = place.and_then(|place| self.entries.get(usize::try_from(place).ok()?));
            hits.extend(entry.map(|entry| self.hit(entry, clauses, score)));
        }
        Ok(hits)
    }

    fn query(&self, clause: &Clause) -> Box<dyn Query> {
        let mut ways: Vec<Box<dyn Query>> = Vec::new();
        for (field, boost) in [(self.fields.text, 1.0), (self.fields.title, TITLE_BOOST)] {
            let term = |stem: &str| Term::from_field_text(field, stem);
            let mut add =
                |query: Box<dyn Query>, boost: f32| ways.push(Box::new(BoostQuery::new(query, boost)));
            match clause.stems.as_slice() {
                [] => {}
                [(_, stem)] => add(one(term(stem)), boost),
                many => {
                    let terms = many.iter().map(|(position, stem)| (*position, term(stem))).collect();
                    add(Box::new(PhraseQuery::new_with_offset(terms)), boost);
                }
            }
            for (other, worth) in &clause.others {
                add(one(term(other)), boost * worth);
            }
        }
        if let Some(number) = &clause.number {
            let query = one(Term::from_field_text(self.fields.number, number));
            ways.push(Box::new(BoostQuery::new(query, NUMBER_BOOST)));
        }
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    /// Reads a question: words, and phrases between quotes.
    fn clauses(&self, question: &str) -> Vec<Clause> {
        let question: String = question.chars().take(LONGEST_QUESTION).collect();
        let mut clauses: Vec<Clause> = Vec::new();
        for (index, part) in question.split(['"', '“', '”', '„', '«', '»']).enumerate() {
            // Every other part stands between quotes.
            if index % 2 == 1 {
                let stems: Vec<_> = self.tokens(part).into_iter().map(|t| (t.position, t.stem)).collect();
                clauses.extend((!stems.is_empty()).then_some(Clause {
                    stems,
                    others: Vec::new(),
                    number: None,
                }));
            } else {
                for word in part.split_whitespace() {
                    clauses.extend(self.word(word));
                }
            }
        }
        let mut seen = BTreeSet::new();
        clauses.retain(|clause| seen.insert((clause.stems.clone(), clause.number.clone())));
        clauses.truncate(MOST_CLAUSES);
        clauses
    }

    /// The clauses of one word; more when it has a hyphen or slash in it.
    fn word(&self, word: &str) -> Vec<Clause> {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if self.entries.iter().any(|entry| entry.number == bare) {
            let stems = self.tokens(bare).into_iter().map(|t| (t.position, t.stem)).collect();
            return vec![Clause { stems, others: Vec::new(), number: Some(bare.to_owned()) }];
        }
        let clause = |token: Token| {
            let written = word.get(token.bytes).unwrap_or_default();
            Clause { others: self.others(&token.stem, written), stems: vec![(0, token.stem)], number: None }
        };
        self.tokens(word).into_iter().map(clause).collect()
    }

    /// The stems that will do for a word: of its plural, which the stemmer does not always bring back to the same
    /// stem, and of compounds with it.
    fn others(&self, stem: &str, written: &str) -> Vec<(String, f32)> {
        let forms = [stem.to_owned(), format!("{written}s"), format!("{written}en")];
        let forms = forms.iter().flat_map(|form| self.tokens(form)).map(|token| token.stem);
        let known = |form: &String| form != stem && self.stems.binary_search(form).is_ok();
        let mut others: Vec<(String, f32)> = forms.filter(known).map(|form| (form, FORM_BOOST)).collect();
        others.extend(self.compounds(stem).into_iter().map(|compound| (compound, COMPOUND_BOOST)));
        let mut seen = BTreeSet::new();
        others.retain(|(stem, _)| seen.insert(stem.clone()));
        others
    }

    /// The words in the document that begin or end with a stem, the shortest first.
    fn compounds(&self, stem: &str) -> Vec<String> {
        if stem.chars().count() < SHORTEST_IN_COMPOUND || stem.contains(|c: char| !c.is_alphabetic()) {
            return Vec::new();
        }
        let part_of =
            |other: &&String| other.len() > stem.len() && (other.starts_with(stem) || other.ends_with(stem));
        let mut found: Vec<String> = self.stems.iter().filter(part_of).cloned().collect();
        found.sort_by_key(String::len);
        found.truncate(MOST_COMPOUNDS);
        found
    }

    /// Shows the paragraph of a section in which most of the question is found.
    fn hit(&self, entry: &Passage, clauses: &[Clause], score: f32) -> Hit {
        let mut best = (0, entry.first, Vec::new());
        for (place, (_, text)) in entry.paragraphs.iter().enumerate() {
            let (worth, marks) = self.marks(text, clauses);
            if worth > best.0 {
                best = (worth, place, marks);
            }
        }
        let (_, place, marks) = best;
        let (lines, text) = match entry.paragraphs.get(place) {
            Some((lines, text)) => (*lines, text.as_str()),
            None => (entry.lines, ""),
        };
        let snippet = Snippet::cut(text, &marks);
        Hit { number: entry.number.clone(), title: entry.title.clone(), lines, snippet, score }
    }

    /// The words of the question in a text, and what they are worth together: a clause found as it was written counts
    /// for two, as part of a compound for one.
    fn marks(&self, text: &str, clauses: &[Clause]) -> (usize, Vec<Range<usize>>) {
        let mut marks = Vec::new();
        let mut worth = vec![0; clauses.len()];
        for token in self.tokens(text) {
            let mut found = false;
            for (clause, worth) in
                clauses.iter().zip(&mut worth).filter(|(clause, _)| clause.number.is_none())
            {
                let exact = clause.stems.iter().any(|(_, stem)| *stem == token.stem);
                if exact || clause.others.iter().any(|(stem, _)| *stem == token.stem) {
                    *worth = (*worth).max(1 + usize::from(exact));
                    found = true;
                }
            }
            if found {
                marks.push(token.bytes);
            }
        }
        (worth.iter().sum(), marks)
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        let mut analyzer = self.analyzer.clone();
        let mut stream = analyzer.token_stream(text);
        let mut tokens = Vec::new();
        while let Some(token) = stream.next() {
            tokens.push(Token {
                bytes: token.offset_from..token.offset_to,
                position: token.position,
                stem: token.text.clone(),
            });
        }
        tokens
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("sections", &self.entries.len())
            .field("stems", &self.stems.len())
            .finish_non_exhaustive()
    }
}

/// Small letters without accents, no stop words, Dutch stems.
fn dutch() -> TextAnalyzer {
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter);
    let stemmer = Stemmer::new(Language::Dutch);
    match StopWordFilter::new(Language::Dutch) {
        Some(stop_words) => analyzer.filter(stop_words).filter(stemmer).build(),
        None => analyzer.filter(stemmer).build(),
    }
}

fn one(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn stems(reader: &IndexReader, fields: &Fields) -> Result<Vec<String>, SourceError> {
    let mut all = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        for field in [fields.title, fields.text] {
            let inverted = segment.inverted_index(field)?;
            let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
            while let Some((term, _)) = terms.next() {
                all.extend(std::str::from_utf8(term).ok().map(str::to_owned));
            }
        }
    }
    Ok(all.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    const TEXT: &str = "\
1 Rust en stilte

In het veld mag geen geluid te horen zijn. In de nacht al helemaal niet.

1.1 Motoren

De geluidsport hoort niet in het veld. Evenementen zijn er in de nacht
niet, ook niet in de naburige weilanden.

2 Zonneparken

Initiatieven voor zonneparken vragen om een vergunning. Efficiënt gebruik
van de ruimte gaat voor, ook in de haven.
";

    fn search(question: &str) -> (Vec<String>, bool) {
        let document = Document::read(TEXT.as_bytes(), &Limits::default()).unwrap();
        let answer = Index::build(&document).unwrap().search(question, 10).unwrap();
        (answer.hits.into_iter().map(|hit| hit.number).collect(), answer.relaxed)
    }

    #[test]
    fn finds_stems_and_compounds() {
        assert_eq!(search("vergunningen").0, ["2"]);
        assert_eq!(search("zonnepark").0, ["2"]);
        assert_eq!(search("parken").0, ["2"]);
        assert_eq!(search("EFFICIENT").0, ["2"]);
        assert_eq!(search("geluid nacht"), (vec!["1".to_owned(), "1.1".to_owned()], false));
        assert_eq!(search("stilte").0, ["1"]);
        assert_eq!(search("haven").0, ["2"]);
        assert_eq!(search("havens").0, ["2"]);
    }

    #[test]
    fn wants_all_words_and_says_when_it_does_not() {
        assert_eq!(search("nacht evenement"), (vec!["1.1".to_owned()], false));
        assert!(search("vergunning weiland").1);
        assert_eq!(search("vergunning weiland").0.len(), 2);
        assert_eq!(search("walvis"), (vec![], false));
        assert_eq!(search("walvis dolfijn"), (vec![], false));
    }

    #[test]
    fn finds_phrases_and_numbers() {
        assert_eq!(search("\"naburige weilanden\"").0, ["1.1"]);
        assert_eq!(search("\"weilanden naburige\"").0, Vec::<String>::new());
        assert_eq!(search("1.1").0[0], "1.1");
    }

    #[test]
    fn no_question_is_wrong() {
        for question in [
            "",
            " ",
            "de het een",
            "\"",
            "\"\"",
            "+-(AND) OR NOT titel:rust [a TO b} ~5 ^2 \\",
            "*",
            "nacht\"",
            "a:b:c",
            "\u{0}\u{fffd}",
        ] {
            search(question);
        }
        search(&"woord ".repeat(5_000));
        search(&"x".repeat(50_000));
        assert_eq!(search("+nacht").0.len(), 2);
    }

    #[test]
    fn searches_other_texts() {
        let passage = |number: &str, title: &str, text: &str| Passage {
            number: number.to_owned(),
            title: title.to_owned(),
            lines: LineRange::new(1, 1),
            paragraphs: vec![(LineRange::new(1, 1), text.to_owned())],
            first: 0,
        };
        let index = Index::of([
            passage("a-1", "Rust", "Over molens."),
            passage("a-2", "Molens", "Over rust in het veld."),
        ])
        .unwrap();
        let numbers = |question: &str| -> Vec<String> {
            index.search(question, 5).unwrap().hits.into_iter().map(|hit| hit.number).collect()
        };
        assert_eq!(numbers("rust"), ["a-1", "a-2"]);
        assert_eq!(numbers("molen"), ["a-2", "a-1"]);
        assert_eq!(numbers("a-2"), ["a-2"]);
    }

    #[test]
    fn shows_where() {
        let document = Document::read(TEXT.as_bytes(), &Limits::default()).unwrap();
        let index = Index::build(&document).unwrap();
        let hit = index.search("evenement nacht", 1).unwrap().hits.remove(0);
        assert_eq!(hit.lines, LineRange::new(7, 8));
        let marked: Vec<&str> = hit.snippet.parts().filter(|p| p.1).map(|p| p.0).collect();
        assert_eq!(marked, ["Evenementen", "nacht"]);
        assert!(index.search("nacht", 0).unwrap().hits.is_empty());
        assert_eq!(index.search("nacht", usize::MAX).unwrap().hits.len(), 2);
    }
}
