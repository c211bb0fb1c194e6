//! P018: an area with two complements, or that is its own. A plan outside an area lies in its complement: with two of
//! them, only one would follow.

use crate::finding::Finding;
use crate::package::WrittenPackage;
use std::collections::HashMap;

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut complements: HashMap<&str, &str> = HashMap::new();
    for item in &package.areas {
        let (Some(other), id) = (item.complement_van.as_deref(), item.id.as_str()) else {
            continue;
        };
        let taken = [(id, other), (other, id)].into_iter().find_map(|(area, wanted)| {
            complements.get(area).filter(|found| **found != wanted).map(|found| (area, *found))
        });
        let fault = if id == other {
            Some(format!("gebied `{id}` kan niet het complement van zichzelf zijn"))
        } else {
            taken.map(|(area, found)| format!("gebied `{area}` heeft al een complement: `{found}`"))
        };
        match fault {
            Some(message) => findings.push(
                Finding::error("P018", message)
                    .help("een gebied heeft een complement: alles daarbuiten")
                    .at(package.place(item, &["complement_van".into()])),
            ),
            None => {
                complements.insert(id, other);
                complements.insert(other, id);
            }
        }
    }
    findings
}
