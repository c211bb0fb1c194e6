//! What the cases prove, as findings and for the ledger. P041: a norm that is decisive in no case. P042: a boundary
//! without a case on every side. P043: an exception that is no longer needed. Only of sections the package says it
//! covers: elsewhere cases are still to come.

use brink_assess::{Proof, Side};
use brink_policy::compiled::within_section;
use brink_policy::written::Statement;
use brink_policy::yaml::Segment;
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

/// Something lacking: the finding's code, the words, the place, and where the package may say why.
struct Lack<'a> {
    code: &'static str,
    text: String,
    path: Vec<Segment>,
    reason: Option<&'a str>,
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

impl<'a> Judged<'a> {
    /// What the cases lack.
    fn lacks(&self) -> Vec<Lack<'a>> {
        let mut lacks = Vec::new();
        if self.proof.case.is_none() {
            lacks.push(Lack {
                code: "P041",
                text: "in geen geval beslissend".to_owned(),
                path: vec!["id".into()],
                reason: self.reason(&[]),
            });
        }
        for boundary in self.proof.boundaries.iter().filter(|boundary| !boundary.missing.is_empty()) {
            lacks.push(Lack {
                code: "P042",
                text: format!("geen geval {} de grens van `{}`", sides(&boundary.missing), boundary.text),
                path: boundary.path.clone(),
                reason: self.reason(&boundary.path),
            });
        }
        lacks
    }

    /// Why something at this place has no case, as the package says: the condition it is in, or else the norm.
    fn reason(&self, path: &[Segment]) -> Option<&'a str> {
        match path {
            [Segment::Key(key), Segment::Index(n), ..] if key == "voorwaarden" => {
                self.statement.voorwaarden.get(*n)?.geen_geval.as_deref()
            }
            _ => self.statement.geen_geval.as_deref(),
        }
    }

    /// Where the package says why, of all that can be said.
    fn reasons(&self) -> Vec<Vec<Segment>> {
        let own = self.statement.geen_geval.iter().map(|_| vec!["geen_geval".into()]);
        let conditions = self.statement.voorwaarden.iter().enumerate();
        own.chain(
            conditions
                .filter(|(_, condition)| condition.geen_geval.is_some())
                .map(|(n, _)| vec!["voorwaarden".into(), n.into(), "geen_geval".into()]),
        )
        .collect()
    }
}

/// `vlak onder, op of vlak boven`
fn sides(missing: &[Side]) -> String {
    let words: Vec<&str> = missing.iter().map(|side| side.dutch()).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} of {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// The ledger's part.
pub(crate) fn proven(written: &WrittenPackage, proofs: &[Proof<'_>]) -> Proven {
    let mut proven = Proven::default();
    for judged in judged(written, proofs) {
        proven.normen += 1;
        if judged.proof.case.is_some() {
            proven.beslissend += 1;
            *proven.per_onderdeel.entry(judged.statement.onderdeel.clone()).or_default() += 1;
        }
        let boundaries = &judged.proof.boundaries;
        proven.grenzen += boundaries.len();
        proven.grenzen_bewezen += boundaries.iter().filter(|boundary| boundary.missing.is_empty()).count();
        proven.zonder_geval.extend(judged.lacks().into_iter().map(|lack| Unproven {
            norm: judged.statement.id.clone(),
            wat: lack.text,
            reden: lack.reason.map(str::to_owned),
        }));
    }
    proven
}

/// Warnings about what is not proven and not explained.
pub(crate) fn findings(written: &WrittenPackage, proofs: &[Proof<'_>]) -> Vec<Finding> {
    let covered = written.package.as_ref().map_or(&[][..], |package| &package.uitgewerkt);
    let mut findings = Vec::new();
    for judged in judged(written, proofs) {
        let statement = judged.statement;
        if !covered.iter().any(|section| within_section(&statement.onderdeel, section)) {
            continue;
        }
        let lacks = judged.lacks();
        for lack in lacks.iter().filter(|lack| lack.reason.is_none()) {
            let verb = if lack.code == "P041" { " is" } else { ":" };
            findings.push(
                Finding::warning(lack.code, format!("norm {}{verb} {}", statement.id, lack.text))
                    .help(if lack.code == "P041" {
                        "schrijf een geval waarin de norm geldt en dat zonder haar mislukt, of zeg met `geen_geval` waarom dat niet kan"
                    } else {
                        "schrijf een geval met die waarde dat op deze vergelijking rust, of zeg met `geen_geval` waarom dat niet kan"
                    })
                    .at(written.place(statement, &lack.path)),
            );
        }
        for place in judged.reasons() {
            let needed = lacks.iter().any(|lack| reason_place(&lack.path) == place);
            if !needed {
                findings.push(
                    Finding::warning(
                        "P043",
                        format!("norm {} heeft hier geen `geen_geval` nodig", statement.id),
                    )
                    .help("de gevallen bewijzen het; haal `geen_geval` weg")
                    .at(written.place(statement, &place)),
                );
            }
        }
    }
    findings
}

/// Where the reason for something at this place stands.
fn reason_place(path: &[Segment]) -> Vec<Segment> {
    match path {
        [key @ Segment::Key(name), n @ Segment::Index(_), ..] if name == "voorwaarden" => {
            vec![key.clone(), n.clone(), "geen_geval".into()]
        }
        _ => vec!["geen_geval".into()],
    }
}
