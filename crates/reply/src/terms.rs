//! Parties, documents and instruments.

use brink_policy::compiled::Compiled;
use schemars::JsonSchema;
use serde::Serialize;

/// A party, document or instrument.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Woord")]
pub struct TermReply<'p> {
    /// Partij, document of instrument.
    #[schemars(extend("enum" = ["partij", "document", "instrument"]))]
    pub soort: &'static str,
    /// Id; uniek binnen de soort.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Uitleg.
    pub omschrijving: Option<&'p str>,
}

/// All of them: first the parties, then the documents, then the instruments.
#[must_use]
pub fn terms(package: &Compiled) -> Vec<TermReply<'_>> {
    let words = &package.vocabulary;
    let kinds =
        [("partij", &words.parties), ("document", &words.documents), ("instrument", &words.instruments)];
    kinds
        .into_iter()
        .flat_map(|(soort, terms)| {
            terms.values().map(move |term| TermReply {
                soort,
                id: &term.id,
                naam: &term.name,
                omschrijving: term.description.as_deref(),
            })
        })
        .collect()
}
