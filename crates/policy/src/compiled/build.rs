//! From a package as written to the compiled form. Ids that are not known are passed over here: the checks report
//! them, and a package with faults is not used. What is wrong inside expressions is reported here.

use super::dependence::{settle_variables, switch_off};
use super::kinds::set_domains;
use super::norms::Builder;
use super::vocabulary::Vocabulary;
use super::words::vocabulary;
use super::{Compiled, Info, Norm};
use crate::finding::Finding;
use crate::ids::NormId;
use crate::package::WrittenPackage;
use crate::written::ActivityKind;

/// Compiles `written`. Gives nothing when there is no `pakket.yaml` to go by.
#[must_use]
pub fn compile(written: &WrittenPackage, hash: String) -> (Option<Compiled>, Vec<Finding>) {
    let mut vocabulary = vocabulary(written);
    let mut builder = Builder { written, findings: Vec::new(), vocabulary: &vocabulary };
    let mut norms = builder.norms();
    let findings = builder.findings;
    switch_off(written, &vocabulary, &mut norms);
    for index in 0..norms.len() {
        settle_variables(index, &mut norms, &vocabulary);
    }
    set_domains(&mut vocabulary, &norms);
    let by_activity = by_activity(&vocabulary, &norms);
    let compiled = written.package.as_ref().map(|package| Compiled {
        info: Info {
            id: package.id.clone(),
            title: package.titel.clone(),
            authority: package.bevoegd_gezag.clone(),
            territory: package.grondgebied.as_ref().and_then(|id| vocabulary.index.areas.get(id)).copied(),
            version: package.versie.clone(),
            hash,
            disclaimer: package.voorbehoud.clone(),
            covered: package.uitgewerkt.clone(),
            source: package.bron.naam.clone(),
        },
        vocabulary,
        norms,
        by_activity,
    });
    (compiled, findings)
}

/// Per activity the norms that can judge a plan about it.
fn by_activity(vocabulary: &Vocabulary, norms: &[Norm]) -> Vec<Vec<NormId>> {
    vocabulary
        .activities
        .iter()
        .map(|activity| {
            norms
                .iter()
                .enumerate()
                .filter(|(_, norm)| {
                    if norm.activities.is_empty() {
                        activity.kind == ActivityKind::Initiatief
                    } else {
                        norm.activities.iter().any(|wanted| activity.ancestors.contains(wanted))
                    }
                })
                .map(|(n, _)| NormId::from_index(n))
                .collect()
        })
        .collect()
}
