//! `brink controleer`: check a package and run its cases.

use crate::Status;
use crate::arguments::{Cli, Controleer};
use crate::commands::toets::today;
use crate::embedded;
use crate::error::CliError;
use crate::proof;
use crate::show;
use brink_assess::{CaseResult, Options, Suite};
use brink_policy::{Depth, Finding, Loaded, Severity, ledger, load};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};

/// How many cases passed, failed and were of another kind.
#[derive(Default)]
struct Cases {
    passed: usize,
    failed: usize,
    skipped: usize,
}

pub(crate) fn run(cli: &Cli, arguments: &Controleer) -> Result<Status, CliError> {
    let folder = arguments.package.as_deref().or(cli.pakket.as_deref());
    let (files, name) = embedded::chosen(folder)?;
    let Loaded { written, compiled, mut findings } = load(&files, Depth::All);
    let options = Options { today: today(), ..Options::default() };
    let suite = match &compiled {
        Some(package) if !arguments.zonder_gevallen => {
            Some(Suite::run(written.cases.iter().map(|case| &case.value), package, &options))
        }
        _ => None,
    };
    let proofs = suite.as_ref().map(Suite::proofs);
    if arguments.dekking {
        let rows = ledger(&written);
        let proven = proofs.map(|proofs| proof::proven(&written, &proofs));
        let title = written.package.as_ref().map_or(name.as_str(), |package| &package.titel);
        let mut out = anstream::stdout().lock();
        if cli.json {
            writeln!(out, "{:#}", json!({ "pakket": name, "onderdelen": rows, "bewijs": proven }))?;
        } else {
            write!(out, "{}", show::ledger::page(title, &rows, proven.as_ref()))?;
        }
        return Ok(Status::Answered);
    }
    let mut cases = Cases::default();
    if let Some(suite) = &suite {
        for (case, (_, result)) in written.cases.iter().zip(suite.results()) {
            match result {
                CaseResult::Passed => cases.passed += 1,
                CaseResult::Skipped => cases.skipped += 1,
                CaseResult::Failed(failures) => {
                    cases.failed += 1;
                    let mut finding = Finding::error(
                        "P040",
                        format!("geval {} ({}): {}", case.id, case.titel, failures.join("; ")),
                    )
                    .at(written.place(case, &["verwacht".into()]));
                    if !case.verwacht.waarom.is_empty() {
                        finding = finding.help(format!("verwacht omdat: {}", case.verwacht.waarom));
                    }
                    findings.push(finding);
                }
            }
        }
        findings.extend(proof::findings(&written, &proofs.unwrap_or_default()));
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Fout), count(Severity::Waarschuwing));
    let mut out = anstream::stdout().lock();
    if cli.json {
        let list: Vec<Value> = findings.iter().map(finding_json).collect();
        let answer = json!({
            "pakket": name,
            "fouten": errors,
            "waarschuwingen": warnings,
            "bevindingen": list,
            "gevallen": { "geslaagd": cases.passed, "mislukt": cases.failed, "overgeslagen": cases.skipped },
        });
        writeln!(out, "{answer:#}")?;
    } else {
        let colour = std::io::stdout().is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        for finding in &findings {
            writeln!(out, "{}", show::finding::draw(finding, &files, colour))?;
        }
        let statements = written.statements.len();
        let norms = compiled.as_ref().map_or(0, |package| package.norms.len());
        let summary = format!("{name}: {statements} uitspraken, waarvan {norms} normen die oordelen");
        write!(out, "{}", show::paragraph(&summary, 0))?;
        if !arguments.zonder_gevallen {
            writeln!(
                out,
                "gevallen: {} geslaagd, {} mislukt, {} van een andere soort",
                cases.passed, cases.failed, cases.skipped
            )?;
        }
        let errors = show::count(errors, "fout", "fouten");
        writeln!(out, "{errors}, {}", show::count(warnings, "waarschuwing", "waarschuwingen"))?;
    }
    Ok(if errors + warnings > 0 { Status::Findings } else { Status::Answered })
}

fn finding_json(finding: &Finding) -> Value {
    let mut value = json!({
        "code": finding.code,
        "ernst": finding.severity,
        "melding": finding.message,
    });
    if let Some(object) = value.as_object_mut() {
        if let Some(help) = &finding.help {
            object.insert("hulp".to_owned(), json!(help));
        }
        if let Some(place) = &finding.place {
            object.insert("bestand".to_owned(), json!(place.file));
            object.insert("regel".to_owned(), json!(place.span.line));
            object.insert("kolom".to_owned(), json!(place.span.column));
        }
    }
    value
}
