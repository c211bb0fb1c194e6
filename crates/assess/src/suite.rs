//! All cases of a package: how each came out, and what together they prove.
//!
//! A case proves something about a norm when it fails without it. So every norm is switched off in turn, and every
//! boundary turned about on one side in turn, and the cases in which that can show are run again. What no case notices
//! is not proven.
//!
//! A norm is **decisive** in a case when without it the verdict, or the outcome of a norm, is not what the case
//! expects; that its name, a document or a consultation is missing does not count.
//!
//! A boundary is proven on a side when a case lies there, near it, and the verdict or an outcome is not what it
//! expects once the comparison gives the other answer on just that side.

use crate::assess::Options;
use crate::boundary::{Boundary, Side, boundaries, replaced};
use crate::case::{CaseResult, Ready};
use crate::situation;
use brink_policy::compiled::{Compiled, Norm};
use brink_policy::feel::Expr;
use brink_policy::written::Case;
use brink_policy::yaml::Segment;
use brink_policy::{Decimal, Known, NormId, dates};
use std::collections::HashMap;

/// The cases of a package, run.
pub struct Suite<'a> {
    package: &'a Compiled,
    options: &'a Options<'a>,
    runs: Vec<Run<'a>>,
    /// Per norm the cases in which it applies; those that expect something of it first.
    parts: Vec<Vec<usize>>,
}

struct Run<'a> {
    case: &'a Case,
    result: CaseResult,
    /// The case to run again, when it passed.
    ready: Option<Ready<'a>>,
}

impl<'a> Run<'a> {
    /// Runs a case; also the ids of the norms that apply in it, when it passed.
    fn new(case: &'a Case, package: &'a Compiled, options: &Options) -> (Self, Vec<&'a str>) {
        let mut applying = Vec::new();
        let (result, ready) = match Ready::new(case, package) {
            None => (CaseResult::Skipped, None),
            Some(Err(message)) => (CaseResult::Failed(vec![message]), None),
            Some(Ok(ready)) => {
                let result = ready.run(package, options, &mut |answer| {
                    let norms = answer.normen.iter().filter(|norm| norm.van_toepassing == "ja");
                    applying.extend(norms.map(|norm| norm.id));
                });
                (result, Some(ready))
            }
        };
        let passed = result == CaseResult::Passed;
        if !passed {
            applying.clear();
        }
        (Self { case, result, ready: ready.filter(|_| passed) }, applying)
    }
}

/// What the cases prove about one norm.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof<'a> {
    /// The norm.
    pub norm: &'a Norm,
    /// A case in which it is decisive.
    pub case: Option<&'a str>,
    /// Its boundaries.
    pub boundaries: Vec<BoundaryProof>,
}

/// What the cases prove about one boundary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundaryProof {
    /// The comparison.
    pub text: String,
    /// Where in the statement it is written.
    pub path: Vec<Segment>,
    /// The sides on which no case depends on it.
    pub missing: Vec<Side>,
}

impl<'a> Suite<'a> {
    /// Runs the cases.
    #[must_use]
    pub fn run(
        cases: impl IntoIterator<Item = &'a Case>,
        package: &'a Compiled,
        options: &'a Options<'a>,
    ) -> Self {
        let numbers: HashMap<&str, usize> =
            package.norms.iter().enumerate().map(|(n, norm)| (norm.id.as_str(), n)).collect();
        let mut runs = Vec::new();
        let mut expecting: Vec<Vec<usize>> = vec![Vec::new(); package.norms.len()];
        let mut others = expecting.clone();
        for case in cases {
            let (run, applying) = Run::new(case, package, options);
            for norm in applying.iter().filter_map(|id| numbers.get(id)) {
                let statements = package.norms.get(*norm).map_or(&[][..], |norm| &norm.statements);
                let named = statements.iter().any(|id| case.verwacht.uitkomst.contains_key(id));
                let lists = if named { &mut expecting } else { &mut others };
                lists.get_mut(*norm).into_iter().for_each(|list| list.push(runs.len()));
            }
            runs.push(run);
        }
        for (first, rest) in expecting.iter_mut().zip(others) {
            first.extend(rest);
        }
        Self { package, options, runs, parts: expecting }
    }

    /// How each came out.
    pub fn results(&self) -> impl Iterator<Item = (&'a Case, &CaseResult)> {
        self.runs.iter().map(|run| (run.case, &run.result))
    }

    /// What the cases that passed prove, norm by norm.
    #[must_use]
    pub fn proofs(&self) -> Vec<Proof<'a>> {
        // One copy, in which a norm is changed and put back: a package is large and a norm is not.
        let mut copy = self.package.clone();
        let norms = self.package.norms.iter().zip(&self.parts).enumerate();
        norms
            .map(|(n, (norm, cases))| {
                let id = NormId::from_index(n);
                let off = Norm { applies: Expr::Constant(false), ..norm.clone() };
                let there = cases.iter().filter_map(|n| self.runs.get(*n)?.ready.as_ref());
                let case = self.noticed(&mut copy, id, off, there);
                let boundaries = boundaries(norm)
                    .iter()
                    .enumerate()
                    .map(|(index, boundary)| BoundaryProof {
                        text: boundary.text(&self.package.vocabulary),
                        path: boundary.path.clone(),
                        missing: self.missing(&mut copy, id, index, boundary),
                    })
                    .collect();
                Proof { norm, case, boundaries }
            })
            .collect()
    }

    /// The first of `cases` that fails when norm `id` is `changed`.
    fn noticed<'r>(
        &self,
        copy: &mut Compiled,
        id: NormId,
        mut changed: Norm,
        mut cases: impl Iterator<Item = &'r Ready<'a>>,
    ) -> Option<&'a str>
    where
        'a: 'r,
    {
        let mut swap = |copy: &mut Compiled| {
            if let Some(norm) = copy.norms.get_mut(id.index()) {
                std::mem::swap(norm, &mut changed);
            }
        };
        swap(copy);
        let found = cases.find(|ready| ready.judges_otherwise(copy, self.options));
        swap(copy);
        found.map(|ready| ready.case.id.as_str())
    }

    /// The sides of boundary `index` of norm `id` that no case proves.
    fn missing(&self, copy: &mut Compiled, id: NormId, index: usize, boundary: &Boundary) -> Vec<Side> {
        let Some(norm) = self.package.norm(id) else {
            return Vec::new();
        };
        let vocabulary = &self.package.vocabulary;
        // Also where the norm does not apply: the boundary may be why.
        let about: Vec<(&Ready<'a>, Known<'a>)> = self
            .runs
            .iter()
            .filter_map(|run| run.ready.as_ref())
            .filter(|ready| self.package.norms_for(ready.plan.activity).contains(&id))
            .filter(|ready| boundary.may_be_told(&ready.plan, vocabulary))
            .map(|ready| (ready, self.known(ready)))
            .collect();
        Side::ALL
            .into_iter()
            .filter(|side| boundary.exists(*side, vocabulary))
            .filter(|side| {
                let there = about.iter().filter(|(_, known)| boundary.is_at(*side, known, vocabulary));
                let changed = replaced(norm, index, &boundary.turned(*side));
                self.noticed(copy, id, changed, there.map(|(ready, _)| *ready)).is_none()
            })
            .collect()
    }

    fn known(&self, ready: &Ready<'_>) -> Known<'a> {
        let date = ready.plan.date.as_ref().unwrap_or(&self.options.today);
        let today = Decimal::from(dates::days(date).unwrap_or_default());
        situation::known(&ready.plan, None, self.package, today)
    }
}
