//! P017: a reading whose choice is not among its options.

use crate::finding::Finding;
use crate::package::WrittenPackage;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(item) = &package.package {
        for (n, reading) in item.lezingen.iter().enumerate() {
            if !reading.opties.iter().any(|option| option.id == reading.keuze) {
                let options: Vec<&str> = reading.opties.iter().map(|option| option.id.as_str()).collect();
                findings.push(
                    Finding::error(
                        "P017",
                        format!("lezing `{}` heeft geen optie `{}`", reading.id, reading.keuze),
                    )
                    .help(format!("kies uit: {}", options.join(", ")))
                    .at(package.place(item, &["lezingen".into(), n.into(), "keuze".into()])),
                );
            }
        }
    }
    findings
}
