//! P014: a statement whose id, section and lines do not belong together.

use crate::finding::Finding;
use crate::package::WrittenPackage;
use std::collections::HashMap;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let sections: HashMap<&str, [u32; 2]> =
        package.sections.iter().map(|section| (section.nummer.as_str(), section.regels)).collect();
    let last = package.package.as_ref().map_or(u32::MAX, |p| p.bron.regels);
    let mut findings = Vec::new();
    for item in &package.statements {
        let (prefix, number) = item.id.rsplit_once('-').unwrap_or((item.id.as_str(), ""));
        if prefix != item.onderdeel || number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            findings.push(
                Finding::error(
                    "P014",
                    format!("id `{}` hoort niet bij onderdeel `{}`", item.id, item.onderdeel),
                )
                .help(format!("een id is het onderdeel en een nummer, zoals `{}-01`", item.onderdeel))
                .at(package.place(item, &["id".into()])),
            );
        }
        let [from, to] = item.regels;
        let place = || package.place(item, &["regels".into()]);
        if from == 0 || from > to || to > last {
            findings.push(
                Finding::error("P014", format!("regels {from} tot {to} van {} bestaan niet", item.id))
                    .help(format!("de bron heeft regels 1 tot en met {last}; de eerste komt voor de laatste"))
                    .at(place()),
            );
        } else if let Some([start, end]) = sections.get(item.onderdeel.as_str())
            && (to < *start || from > *end)
        {
            findings.push(
                Finding::error(
                    "P014",
                    format!(
                        "regels {from} tot {to} van {} liggen buiten onderdeel {} (regels {start} tot {end})",
                        item.id, item.onderdeel
                    ),
                )
                .help("kijk de regelnummers na in de bron")
                .at(place()),
            );
        }
    }
    findings
}
