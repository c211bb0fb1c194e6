//! Norms: the statements that judge plans.

use crate::error::Unknown;
use brink_assess::Lines;
use brink_policy::compiled::{Compiled, Norm, within_section};
use brink_policy::written::{Binding, Condition, Exception, Statement, StatementKind};
use brink_policy::{ActivityId, AreaId, WrittenPackage};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// Which norms are wanted: those that meet all of these.
#[derive(Debug, Clone, Default)]
pub struct NormFilter<'a> {
    /// In this section or below it.
    pub section: Option<&'a str>,
    /// That can judge a plan about this activity.
    pub activity: Option<&'a str>,
    /// That hold in this area, or in what it lies in.
    pub area: Option<&'a str>,
}

/// A list of norms.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Normen")]
pub struct Norms<'p> {
    /// De normen, in de volgorde van de visie.
    pub normen: Vec<NormReply<'p>>,
}

/// A norm.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Norm")]
pub struct NormReply<'p> {
    /// Id van de uitspraak die de norm geeft, zoals `5.6.2-31`.
    pub id: &'p str,
    /// Alle uitspraken die in de norm zijn opgegaan, de norm zelf eerst.
    pub uitspraken: &'p [String],
    /// Nummer van het onderdeel van de visie.
    pub onderdeel: Option<&'p str>,
    /// Wat de norm zegt, in eigen woorden.
    pub samenvatting: &'p str,
    /// Wat voor uitspraak het is.
    pub soort: StatementKind,
    /// Wat de norm van een plan vindt; `bron-zwijgt` als de visie een regel aankondigt en niet geeft.
    #[schemars(extend("enum" = EFFECTS))]
    pub effect: &'static str,
    /// Wanneer de norm geldt, naast activiteit en gebied (FEEL); leeg: altijd.
    pub als: Option<&'p str>,
    /// Activiteiten waarvoor de norm geldt; leeg: elk initiatief.
    pub activiteiten: Vec<&'p str>,
    /// Gebieden waar de norm geldt; leeg: overal.
    pub gebieden: Vec<&'p str>,
    /// Belangen waar de norm over gaat.
    pub belangen: Vec<&'p str>,
    /// Waaraan een plan moet voldoen.
    pub voorwaarden: Option<&'p [Condition]>,
    /// Wanneer de norm toch niet geldt.
    pub uitzonderingen: Option<&'p [Exception]>,
    /// Hoe zwaar de norm bindt.
    pub binding: Option<Binding>,
    /// Stukken die de norm vraagt.
    pub documenten: &'p [String],
    /// Waar het staat.
    pub bron: Lines,
}

/// The words for what a norm makes of a plan.
pub(crate) const EFFECTS: [&str; 9] = [
    "verbod",
    "nee-tenzij",
    "ja-mits",
    "toegestaan",
    "gewenst",
    "onwenselijk",
    "aandacht",
    "elders",
    "bron-zwijgt",
];

/// The norms that meet a filter, in the order of the vision.
pub fn norms<'p>(
    package: &'p Compiled,
    written: &'p WrittenPackage,
    filter: &NormFilter<'_>,
) -> Result<Norms<'p>, Unknown> {
    let wanted = Wanted::new(package, filter)?;
    let statements: HashMap<&str, &Statement> =
        written.statements.iter().map(|item| (item.id.as_str(), &item.value)).collect();
    let normen = package
        .norms
        .iter()
        .enumerate()
        .filter(|(index, norm)| wanted.holds(package, *index, norm))
        .map(|(_, norm)| reply(package, norm, statements.get(norm.id.as_str()).copied()))
        .collect();
    Ok(Norms { normen })
}

/// One norm.
pub fn norm<'p>(
    package: &'p Compiled,
    written: &'p WrittenPackage,
    id: &str,
) -> Result<NormReply<'p>, Unknown> {
    let found = package.norms.iter().find(|norm| norm.id == id);
    let found =
        found.ok_or_else(|| Unknown::new("norm", id, package.norms.iter().map(|norm| norm.id.as_str())))?;
    let statement = written.statements.iter().find(|statement| statement.id == id);
    Ok(reply(package, found, statement.map(|statement| &statement.value)))
}

/// A filter of which all ids exist.
pub(crate) struct Wanted<'a> {
    pub(crate) section: Option<&'a str>,
    activity: Option<ActivityId>,
    pub(crate) area: Option<AreaId>,
}

impl<'a> Wanted<'a> {
    fn new(package: &Compiled, filter: &NormFilter<'a>) -> Result<Self, Unknown> {
        let index = &package.vocabulary.index;
        if let Some(number) = filter.section
            && !index.sections.contains_key(number)
        {
            return Err(Unknown::new("onderdeel", number, index.sections.keys().map(String::as_str)));
        }
        let activity = match filter.activity {
            Some(id) => Some(index.activities.get(id).copied().ok_or_else(|| {
                Unknown::new("activiteit", id, index.activities.keys().map(String::as_str))
            })?),
            None => None,
        };
        let area = match filter.area {
            Some(id) => Some(
                index
                    .areas
                    .get(id)
                    .copied()
                    .ok_or_else(|| Unknown::new("gebied", id, index.areas.keys().map(String::as_str)))?,
            ),
            None => None,
        };
        Ok(Self { section: filter.section, activity, area })
    }

    fn holds(&self, package: &Compiled, index: usize, norm: &Norm) -> bool {
        let words = &package.vocabulary;
        let in_section = self.section.is_none_or(|outer| {
            let number = words.section(norm.section).map_or("", |section| &section.number);
            within_section(number, outer)
        });
        let about = self
            .activity
            .is_none_or(|activity| package.norms_for(activity).iter().any(|id| id.index() == index));
        // In an area hold the norms of that area and of what it lies in.
        let there = self.area.is_none_or(|area| {
            words
                .area(area)
                .is_some_and(|area| norm.areas.iter().any(|wanted| area.ancestors.contains(wanted)))
        });
        in_section && about && there
    }
}

fn reply<'p>(package: &'p Compiled, norm: &'p Norm, statement: Option<&'p Statement>) -> NormReply<'p> {
    let words = &package.vocabulary;
    NormReply {
        id: &norm.id,
        uitspraken: &norm.statements,
        onderdeel: words.section(norm.section).map(|section| section.number.as_str()),
        samenvatting: &norm.summary,
        soort: norm.kind,
        effect: norm.effect.dutch(),
        als: statement.and_then(|statement| statement.als.as_deref()),
        activiteiten: norm
            .activities
            .iter()
            .filter_map(|id| Some(words.activity(*id)?.id.as_str()))
            .collect(),
        gebieden: norm.areas.iter().filter_map(|id| Some(words.area(*id)?.id.as_str())).collect(),
        belangen: norm.interests.iter().filter_map(|id| Some(words.interest(*id)?.id.as_str())).collect(),
        voorwaarden: statement.map(|statement| statement.voorwaarden.as_slice()),
        uitzonderingen: statement.map(|statement| statement.uitzonderingen.as_slice()),
        binding: norm.binding,
        documenten: &norm.documents,
        bron: Lines { regels: norm.lines },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klein::klein;

    #[test]
    fn norms_by_section_activity_and_area() {
        let (package, written) = klein();
        let count = |filter: NormFilter<'_>| norms(&package, &written, &filter).unwrap().normen.len();
        let all = count(NormFilter::default());
        assert_eq!(all, package.norms.len());
        let section = count(NormFilter { section: Some("2.1"), ..NormFilter::default() });
        let area = count(NormFilter { area: Some("stiltegebied"), ..NormFilter::default() });
        assert!(section < all && area < section && area > 0);
        let one = norm(&package, &written, "2.1-02").unwrap();
        assert_eq!((one.effect, one.onderdeel), ("verbod", Some("2.1")));
        assert!(one.als.unwrap().starts_with("soort-bedrijf"));
    }

    #[test]
    fn an_unknown_id_is_named() {
        let (package, written) = klein();
        let filter = NormFilter { activity: Some("evenment"), ..NormFilter::default() };
        let unknown = norms(&package, &written, &filter).unwrap_err();
        assert_eq!((unknown.what, unknown.help().as_deref()), ("activiteit", Some("bedoeld: evenement?")));
        assert!(norm(&package, &written, "1-02").is_err());
    }

    #[test]
    fn effects_are_those_of_the_package() {
        use brink_policy::written::Effect;
        let all = [
            Effect::Verbod,
            Effect::NeeTenzij,
            Effect::JaMits,
            Effect::Toegestaan,
            Effect::Gewenst,
            Effect::Onwenselijk,
            Effect::Aandacht,
            Effect::Elders,
        ];
        let words: Vec<&str> = all.iter().map(|effect| effect.dutch()).chain(["bron-zwijgt"]).collect();
        assert_eq!(words, EFFECTS);
    }
}
