//! An area by the id that was typed.

use crate::error::CliError;
use brink_policy::AreaId;
use brink_policy::compiled::{Area, Compiled};

/// The area, or a fault with the nearest that exist.
pub(crate) fn area<'p>(package: &'p Compiled, id: &str) -> Result<(AreaId, &'p Area), CliError> {
    let vocabulary = &package.vocabulary;
    let found = vocabulary.index.areas.get(id).copied();
    found.and_then(|found| Some((found, vocabulary.area(found)?))).ok_or_else(|| {
        let near = vocabulary.near_area(id);
        let help = if near.is_empty() {
            "`brink woordenlijst gebieden` noemt ze alle".to_owned()
        } else {
            format!("bedoelt u {}?", near.join(", "))
        };
        CliError::Usage(format!("onbekend gebied `{id}`\n  {help}"))
    })
}
