//! What the cases prove, as findings and for the ledger. P041: a norm that is decisive in no case. P042: a boundary
//! without a case on every side. P043: an exception that is no longer needed. Only of sections the package says it
//! covers: elsewhere cases are still to come.

use brink_assess::{Proof, Side};
use brink_policy::compiled::within_section;
use brink_policy::written::Statement;
use brink_policy::{Finding, Item, WrittenPackage};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// What the cases prove of a package, and what not.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Proven {
    /// Norms that judge, the silent source included.
    pub normen: usize,
    /// How many of those are decisive in a case.
    pub beslissend: usize,
    /// The same per section.
    pub per_onderdeel: BTreeMap<String, usize>,
    /// Comparisons of numbers in those norms.
    pub grenzen: usize,
    /// How many of those have a case just below, on and just above.
    pub grenzen_bewezen: usize,
    /// What is not proven.
    pub zonder_geval: Vec<Unproven>,
}

/// Something no case proves.
#[derive(Debug, Serialize)]
pub(crate) struct Unproven {
    pub norm: String,
    /// What is lacking.
    pub wat: String,
    /// Why that is so, when the package says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reden: Option<String>,
}

/// A norm's statement with what was proven of it.
struct Judged<'a> {
    statement: &'a Item<Statement>,
    proof: &'a Proof<'a>,
}

fn judged<'a>(written: &'a WrittenPackage, proofs: &'a [Proof<'a>]) -> Vec<Judged<'a>> {
    let statements: HashMap<&str, &Item<Statement>> =
        written.statements.iter().map(|statement| (statement.id.as_str(), statement)).collect();
    let both = |proof: &'a Proof<'a>| {
        statements.get(proof.norm.id.as_str()).map(|statement| Judged { statement, proof })
    };
    proofs.iter().filter_map(both).collect()
}

/// What is lacking at a boundary: `geen geval vlak eronder of erop van ...`.
fn lacking(sides: &[Side], text: &str) -> String {
    let sides: Vec<&str> = sides.iter().map(|side| side.dutch()).collect();
    format!("geen geval {} van `{text}`", sides.join(" of "))
}

/// The ledger's part.
pub(crate) fn proven(written: &WrittenPackage, proofs: &[Proof<'_>]) -> Proven {
    let mut proven = Proven::default();
    for Judged { statement, proof } in judged(written, proofs) {
        let mut lack = |wat: String| {
            let reden = statement.geen_geval.clone();
            proven.zonder_geval.push(Unproven { norm: statement.id.clone(), wat, reden });
        };
        proven.normen += 1;
        if proof.case.is_some() {
            proven.beslissend += 1;
            *proven.per_onderdeel.entry(statement.onderdeel.clone()).or_default() += 1;
        } else {
            lack("in geen geval beslissend".to_owned());
        }
        for boundary in &proof.boundaries {
            proven.grenzen += 1;
            if boundary.missing.is_empty() {
                proven.grenzen_bewezen += 1;
            } else {
                lack(lacking(&boundary.missing, &boundary.text));
            }
        }
    }
    proven
}

/// Warnings about what is not proven and not explained.
pub(crate) fn findings(written: &WrittenPackage, proofs: &[Proof<'_>]) -> Vec<Finding> {
    let covered = written.package.as_ref().map_or(&[][..], |package| &package.uitgewerkt);
    let mut findings = Vec::new();
    for Judged { statement, proof } in judged(written, proofs) {
        if !covered.iter().any(|section| within_section(&statement.onderdeel, section)) {
            continue;
        }
        let id = &statement.id;
        let mut lacks = Vec::new();
        if proof.case.is_none() {
            lacks.push(
                Finding::warning("P041", format!("norm {id} is in geen geval beslissend"))
                    .help("schrijf een geval met een `oordeel` of `uitkomst` die zonder de norm anders is, of zeg met `geen_geval` waarom dat niet kan")
                    .at(written.place(statement, &["id".into()])),
            );
        }
        for boundary in proof.boundaries.iter().filter(|boundary| !boundary.missing.is_empty()) {
            lacks.push(
                Finding::warning("P042", format!("norm {id}: {}", lacking(&boundary.missing, &boundary.text)))
                    .help("schrijf een geval waarin juist die waarde het oordeel of de uitkomst bepaalt, of zeg met `geen_geval` waarom dat niet kan")
                    .at(written.place(statement, &boundary.path)),
            );
        }
        if statement.geen_geval.is_none() {
            findings.append(&mut lacks);
        } else if lacks.is_empty() {
            findings.push(
                Finding::warning("P043", format!("norm {id} heeft een geval, en `geen_geval` zegt van niet"))
                    .help("haal `geen_geval` weg")
                    .at(written.place(statement, &["geen_geval".into()])),
            );
        }
    }
    findings
}
