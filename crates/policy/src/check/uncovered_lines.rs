//! P033: paragraphs of a worked-out section that no statement covers.

use crate::compiled::{Compiled, within_section};
use crate::finding::Finding;
use crate::package::WrittenPackage;

pub(super) fn check(package: &WrittenPackage, compiled: &Compiled) -> Vec<Finding> {
    let mut findings = Vec::new();
    for section in &package.sections {
        if !compiled.info.covered.iter().any(|covered| within_section(&section.nummer, covered)) {
            continue;
        }
        for paragraph in section
            .alineas
            .iter()
            .filter(|paragraph| !matches!(paragraph.soort.as_str(), "kop" | "bijschrift"))
        {
            let [from, to] = paragraph.regels;
            let covered = package.statements.iter().any(|s| s.regels[0] <= to && s.regels[1] >= from);
            if !covered {
                findings.push(
                    Finding::warning(
                        "P033",
                        format!(
                            "regels {from} tot {to} van onderdeel {} staan in geen uitspraak",
                            section.nummer
                        ),
                    )
                    .help("leg vast wat daar staat, desnoods als `kennis`")
                    .at(package.place(section, &[])),
                );
            }
        }
    }
    findings
}
