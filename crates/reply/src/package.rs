//! What a package is, and how much of its source it covers.

use brink_policy::compiled::Compiled;
use brink_policy::written::{Execution, Inconsistency, Reading, StatementKind};
use brink_policy::{LedgerRow, WrittenPackage, ledger};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A package.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Pakket")]
pub struct PackageReply<'p> {
    /// Id.
    pub id: &'p str,
    /// Titel van de visie.
    pub titel: &'p str,
    /// Wie de visie vaststelde.
    pub bevoegd_gezag: &'p str,
    /// Id van het gebied waar de visie over gaat; daarbuiten zegt zij niets.
    pub grondgebied: Option<&'p str>,
    /// Versie van het pakket.
    pub versie: &'p str,
    /// SHA-256 van de bestanden van het pakket.
    pub hash: &'p str,
    /// Naam van de gelezen tekst.
    pub bron: &'p str,
    /// Wat een lezer vooraf moet weten: een indicatie is geen besluit.
    pub voorbehoud: &'p str,
    /// Onderdelen die helemaal uitvoerbaar zijn.
    pub uitgewerkt: &'p [String],
    /// Hoeveel er in het pakket staat.
    pub aantallen: Counts,
    /// Per onderdeel hoeveel van de tekst in uitspraken staat.
    pub dekking: Vec<CoverageReply>,
    /// Plekken waar de bron botst of iets openlaat.
    pub inconsistenties: Vec<&'p InconsistencyReply>,
    /// Plekken waar de bron meer lezingen toelaat, en de gekozen lezing.
    pub lezingen: &'p [ReadingReply],
}

/// A place where the source clashes with itself.
pub type InconsistencyReply = Inconsistency;
/// A place where the source can be read in more than one way.
pub type ReadingReply = Reading;

/// How much there is in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Aantallen")]
pub struct Counts {
    /// Onderdelen van de visie.
    pub onderdelen: usize,
    /// Uitspraken.
    pub uitspraken: usize,
    /// Normen: uitspraken die plannen beoordelen.
    pub normen: usize,
    /// Activiteiten.
    pub activiteiten: usize,
    /// Gebieden.
    pub gebieden: usize,
    /// Gegevens.
    pub gegevens: usize,
    /// Belangen en thema's.
    pub belangen: usize,
    /// Doelen.
    pub doelen: usize,
    /// Diensten.
    pub diensten: usize,
    /// Gevallen waarmee het pakket is beproefd.
    pub gevallen: usize,
}

/// What of one section is covered, those below it left out.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Dekking")]
pub struct CoverageReply {
    /// Nummer van het onderdeel.
    pub onderdeel: String,
    /// Titel.
    pub titel: String,
    /// Regels tekst; koppen en bijschriften tellen niet mee.
    pub regels: usize,
    /// Hoeveel van die regels in een uitspraak staan.
    pub gedekt: usize,
    /// De regels die in geen uitspraak staan.
    pub ongedekt: Vec<u32>,
    /// Uitspraken naar hoe zij in de software leven.
    #[schemars(with = "BTreeMap<String, usize>")]
    pub uitvoering: BTreeMap<Execution, usize>,
    /// Uitspraken die in een norm van een ander id zijn opgegaan.
    pub verwerkt: usize,
    /// Uitspraken per soort.
    #[schemars(with = "BTreeMap<String, usize>")]
    pub soorten: BTreeMap<StatementKind, usize>,
    /// Gevallen die over het onderdeel oordelen.
    pub gevallen: usize,
}

impl From<LedgerRow> for CoverageReply {
    fn from(row: LedgerRow) -> Self {
        Self {
            onderdeel: row.onderdeel,
            titel: row.titel,
            regels: row.regels,
            gedekt: row.gedekt,
            ongedekt: row.ongedekt,
            uitvoering: row.uitvoering,
            verwerkt: row.verwerkt,
            soorten: row.soorten,
            gevallen: row.gevallen,
        }
    }
}

/// What a package is.
#[must_use]
pub fn package<'p>(package: &'p Compiled, written: &'p WrittenPackage) -> PackageReply<'p> {
    let (info, words) = (&package.info, &package.vocabulary);
    PackageReply {
        id: &info.id,
        titel: &info.title,
        bevoegd_gezag: &info.authority,
        grondgebied: info.territory.and_then(|area| Some(words.area(area)?.id.as_str())),
        versie: &info.version,
        hash: &info.hash,
        bron: &info.source,
        voorbehoud: &info.disclaimer,
        uitgewerkt: &info.covered,
        aantallen: Counts {
            onderdelen: words.sections.len(),
            uitspraken: written.statements.len(),
            normen: package.norms.len(),
            activiteiten: words.activities.len(),
            gebieden: words.areas.len(),
            gegevens: words.facts.len(),
            belangen: words.interests.len(),
            doelen: written.goals.len(),
            diensten: written.services.len(),
            gevallen: written.cases.len(),
        },
        dekking: ledger(written).into_iter().map(CoverageReply::from).collect(),
        inconsistenties: written.inconsistencies.iter().map(|item| &item.value).collect(),
        lezingen: written.package.as_ref().map_or(&[], |package| package.lezingen.as_slice()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klein::klein;

    #[test]
    fn a_package_counts_what_it_holds() {
        let (compiled, written) = klein();
        let reply = package(&compiled, &written);
        assert_eq!(reply.aantallen.uitspraken, written.statements.len());
        assert_eq!(reply.dekking.len(), reply.aantallen.onderdelen);
        assert_eq!(reply.inconsistenties[0].id, "lint-open-of-dicht");
        assert_eq!(reply.lezingen.len(), compiled.vocabulary.readings.len());
    }
}
