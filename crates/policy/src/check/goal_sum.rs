//! P050: a sum in a goal that does not add up and is not explained. Without it a slip of the pen and a contradiction of
//! the source look the same. What the source itself gets wrong stays, with both readings in `verschil_verklaard`.

use crate::finding::Finding;
use crate::goal::SumOf;
use crate::package::{Item, WrittenPackage};
use crate::written::Goal;
use crate::yaml::Segment;
use rust_decimal::Decimal;
use std::collections::HashMap;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let targets: HashMap<&str, Decimal> =
        package.goals.iter().filter_map(|goal| Some((goal.id.as_str(), goal.streef.waarde?.0))).collect();
    let mut findings = Vec::new();
    for item in &package.goals {
        sums(package, item, &mut findings);
        differences(package, item, &mut findings);
        parts(package, item, &targets, &mut findings);
        if let Some([low, high]) = item.streef.band()
            && high < low
        {
            findings.push(
                warning(format!("bovenkant {high} ligt onder streefwaarde {low}"))
                    .help("de streefwaarde is de onderkant van de bandbreedte")
                    .at(package.place(item, &["streef".into(), "bovenkant".into()])),
            );
        }
    }
    for item in &package.services {
        for (n, line) in item.bediening.iter().enumerate() {
            if !line.in_order() {
                findings.push(
                    warning(format!(
                        "tijdvakken van `{}` volgen elkaar niet op tussen 0 en 24 uur",
                        line.lijntype
                    ))
                    .help("zet ze op volgorde; een tijdvak begint op of na het einde van het vorige")
                    .at(package.place(item, &["bediening".into(), n.into(), "tijdvakken".into()])),
                );
            }
        }
    }
    findings
}

fn warning(message: String) -> Finding {
    Finding::warning("P050", message)
}

/// Parts and other units that make something else than the target.
fn sums(package: &WrittenPackage, item: &Item<Goal>, findings: &mut Vec<Finding>) {
    for sum in item.sums() {
        if sum.adds_up() || sum.explained.is_some() {
            continue;
        }
        let (what, key): (String, Vec<Segment>) = match sum.of {
            SumOf::Parts => ("de delen zijn samen".to_owned(), vec!["delen".into()]),
            SumOf::Measure(measure) => {
                (format!("{} {} is", measure.waarde.0, measure.eenheid), vec!["maten".into()])
            }
            // Reported with the difference that names them.
            SumOf::Numbers(_) => continue,
        };
        findings.push(
            warning(format!(
                "{what} {}, de streefwaarde van `{}` is {}",
                sum.computed.round_dp(6).normalize(),
                item.id,
                sum.stated
            ))
            .help("verbeter het getal; klopt de bron zelf niet, leg dan beide lezingen vast in `verschil_verklaard`")
            .at(package.place(item, &key)),
        );
    }
}

/// Explanations of a difference that is not there.
fn differences(package: &WrittenPackage, item: &Item<Goal>, findings: &mut Vec<Finding>) {
    let sums = item.sums();
    for (n, difference) in item.verschil_verklaard.iter().enumerate() {
        let found =
            sums.iter().any(|sum| sum.explained.is_some_and(|explained| std::ptr::eq(explained, difference)));
        let message = if !found {
            format!(
                "`{}` heeft geen som die {} noemt en op {} uitkomt",
                item.id, difference.genoemd.0, difference.berekend.0
            )
        } else if difference.genoemd == difference.berekend {
            format!("{} en {0} verschillen niet", difference.genoemd.0)
        } else {
            continue;
        };
        findings.push(
            warning(message)
                .help("`genoemd` is de streefwaarde, `berekend` de som van de delen, van `van`, of een omgerekende maat")
                .at(package.place(item, &["verschil_verklaard".into(), n.into()])),
        );
    }
}

/// Parts that are goals with another value.
fn parts(
    package: &WrittenPackage,
    item: &Item<Goal>,
    targets: &HashMap<&str, Decimal>,
    findings: &mut Vec<Finding>,
) {
    for (n, part) in item.delen.iter().enumerate() {
        if let Some(goal) = &part.doel
            && let Some(target) = targets.get(goal.as_str())
            && *target != part.waarde.0
        {
            findings.push(
                warning(format!(
                    "deel `{}` is hier {}, het doel `{goal}` is {target}",
                    part.naam, part.waarde.0
                ))
                .help("neem hetzelfde getal, of haal de verwijzing weg")
                .at(package.place(item, &["delen".into(), n.into(), "waarde".into()])),
            );
        }
    }
}
