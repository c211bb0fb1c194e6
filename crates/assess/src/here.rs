//! What applies at a place, whatever the plan: the areas it lies in, the interests at stake there and the norms that
//! would matter. Three lists: affected, not affected, no data.

use crate::answer::{Lines, Named, Receipt};
use crate::assess::on_the_map;
use crate::ground::{Ground, Located};
use crate::places::{rounded, sort};
use crate::receipt::receipt;
use brink_geo::atlas::Relation;
use brink_geo::distance::Outline;
use brink_geo::index::Desk;
use brink_geo::place::Place;
use brink_policy::AreaId;
use brink_policy::compiled::{Compiled, Norm};
use brink_policy::feel::{Truth, Variable};
use schemars::JsonSchema;
use serde::Serialize;

/// What applies at a place.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "Waar")]
pub struct Here<'p> {
    /// Per belang of het hier meespeelt.
    pub belangen: Vec<InterestHere<'p>>,
    /// Gebieden waar de plek in ligt of aan raakt.
    pub geraakt: Vec<AreaHere<'p>>,
    /// Gebieden waar de plek niet in ligt, het dichtstbijzijnde eerst.
    pub niet_geraakt: Vec<AreaAway<'p>>,
    /// Gebieden waarvan geen kaart zegt of de plek erin ligt.
    pub geen_gegevens: Vec<Named<'p>>,
    /// Hoeveel normen overal gelden.
    pub normen_overal: usize,
    /// Wat een lezer erbij moet weten.
    pub meldingen: Vec<String>,
    /// Dat dit geen besluit is.
    pub voorbehoud: &'p str,
    /// Waarmee het antwoord is gemaakt: pakket, kaarten, programma en peildatum.
    pub bewijs: Receipt<'p>,
}

/// An interest at a place.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "BelangHier")]
pub struct InterestHere<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Of het belang hier meespeelt: geraakt, niet-geraakt of geen-gegevens.
    pub stand: &'static str,
    /// Het grootste deel van de plek in een van de gebieden, van 0 tot 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aandeel: Option<f64>,
    /// Gebieden van dit belang waar de plek in ligt.
    pub gebieden: Vec<&'p str>,
    /// Gebieden van dit belang waarvan geen gegevens zijn.
    pub onbekend: Vec<&'p str>,
    /// Normen van dit belang die hier kunnen gelden.
    pub normen: Vec<&'p str>,
}

/// An area at a place.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "GebiedHier")]
pub struct AreaHere<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Hoe de plek ligt: binnen, deels of raakt.
    pub relatie: &'static str,
    /// Deel van de plek dat erin ligt, van 0 tot 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aandeel: Option<f64>,
    /// Echte kaart of schets.
    pub kaartsoort: &'static str,
    /// Belangen waar de normen over gaan.
    pub belangen: Vec<&'p str>,
    /// De normen die er gelden.
    pub normen: Vec<NormHere<'p>>,
}

/// An area that a place does not lie in.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "GebiedElders")]
pub struct AreaAway<'p> {
    /// Id.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Afstand in meter, als de kaart die geeft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub afstand: Option<f64>,
    /// Echte kaart of schets.
    pub kaartsoort: &'static str,
    /// Hoeveel normen er gelden.
    pub normen: usize,
}

/// A norm that would matter.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
#[schemars(rename = "NormHier")]
pub struct NormHere<'p> {
    /// Id.
    pub id: &'p str,
    /// Nummer van het onderdeel van de visie.
    pub onderdeel: &'p str,
    /// Wat de norm van een plan vindt.
    pub effect: &'static str,
    /// Wat het zegt, in eigen woorden.
    pub samenvatting: &'p str,
    /// Waar het staat.
    pub bron: Lines,
}

/// What applies at `place`, judged on `date`.
#[must_use]
pub fn here<'p>(package: &'p Compiled, ground: &Ground, place: &Place, date: &str) -> Here<'p> {
    let vocabulary = &package.vocabulary;
    let located = &ground.locate(vocabulary, place, &mut Desk::default());
    let spot = Outline::of(place.shape());
    let by_area = norms_by_area(package);
    let norms_of = |area: AreaId| by_area.get(area.index()).map_or(&[][..], Vec::as_slice);
    let (mut affected, mut clear, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for (n, area) in vocabulary.areas.iter().enumerate() {
        let id = AreaId::from_index(n);
        let place = located.area(id);
        let relatie = match (place.truth, place.relation) {
            (Truth::Yes, Relation::Binnen) => "binnen",
            (Truth::Yes, _) => "deels",
            (Truth::No, Relation::Raakt) => "raakt",
            (Truth::No, _) => {
                clear.push(AreaAway {
                    id: &area.id,
                    naam: &area.name,
                    afstand: spot
                        .as_ref()
                        .and_then(|spot| ground.distance(vocabulary, id, spot))
                        .map(f64::round),
                    kaartsoort: sort(place.kind),
                    normen: norms_of(id).len(),
                });
                continue;
            }
            (Truth::Unknown, _) => {
                unknown.push(Named { id: &area.id, naam: &area.name });
                continue;
            }
        };
        let norms = norms_of(id);
        let mut belangen: Vec<&'p str> = norms
            .iter()
            .flat_map(|norm| &norm.interests)
            .filter_map(|interest| vocabulary.interests.get(interest.index()))
            .map(|interest| interest.id.as_str())
            .collect();
        belangen.sort_unstable();
        belangen.dedup();
        affected.push(AreaHere {
            id: &area.id,
            naam: &area.name,
            relatie,
            aandeel: place.share.filter(|_| place.truth.is_yes()).map(rounded),
            kaartsoort: sort(place.kind),
            belangen,
            normen: norms
                .iter()
                .map(|norm| NormHere {
                    id: &norm.id,
                    onderdeel: vocabulary.section(norm.section).map_or("", |section| &section.number),
                    effect: norm.effect.dutch(),
                    samenvatting: &norm.summary,
                    bron: Lines { regels: norm.lines },
                })
                .collect(),
        });
    }
    // Where most is at stake first.
    affected.sort_by(|a, b| b.normen.len().cmp(&a.normen.len()).then(a.id.cmp(b.id)));
    let metres = |away: &AreaAway<'_>| away.afstand.unwrap_or(f64::INFINITY);
    clear.sort_by(|a, b| metres(a).total_cmp(&metres(b)).then(a.id.cmp(b.id)));
    Here {
        belangen: interests(package, located, &by_area),
        geraakt: affected,
        niet_geraakt: clear,
        geen_gegevens: unknown,
        normen_overal: package.norms.iter().filter(|norm| bound_to(norm).is_empty()).count(),
        meldingen: on_the_map(package, located),
        voorbehoud: &package.info.disclaimer,
        bewijs: receipt(package, Some(ground), date),
    }
}

/// The areas a norm is about: those it names, or those its conditions look at.
fn bound_to(norm: &Norm) -> Vec<AreaId> {
    let mut areas = norm.areas.clone();
    areas.extend(norm.variables.iter().filter_map(|variable| match variable {
        Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => Some(*area),
        Variable::Fact(_) => None,
    }));
    areas.sort_unstable();
    areas.dedup();
    areas
}

/// For each area the norms that name it.
fn norms_by_area(package: &Compiled) -> Vec<Vec<&Norm>> {
    let mut by_area: Vec<Vec<&Norm>> = vec![Vec::new(); package.vocabulary.areas.len()];
    for norm in &package.norms {
        for area in &norm.areas {
            if let Some(norms) = by_area.get_mut(area.index()) {
                norms.push(norm);
            }
        }
    }
    by_area
}

/// Per interest that has norms for certain areas: whether the place lies in any of those.
fn interests<'p>(
    package: &'p Compiled,
    located: &Located,
    by_area: &[Vec<&'p Norm>],
) -> Vec<InterestHere<'p>> {
    let vocabulary = &package.vocabulary;
    let mut all: Vec<InterestHere<'p>> = vocabulary
        .interests
        .iter()
        .map(|interest| InterestHere {
            id: &interest.id,
            naam: &interest.name,
            stand: "",
            aandeel: None,
            gebieden: Vec::new(),
            onbekend: Vec::new(),
            normen: Vec::new(),
        })
        .collect();
    let mut bound = vec![false; all.len()];
    for ((n, area), norms) in vocabulary.areas.iter().enumerate().zip(by_area) {
        let place = located.area(AreaId::from_index(n));
        for norm in norms {
            for interest in &norm.all_interests {
                let Some(here) = all.get_mut(interest.index()) else {
                    continue;
                };
                if let Some(bound) = bound.get_mut(interest.index()) {
                    *bound = true;
                }
                match place.truth {
                    Truth::Yes => {
                        here.gebieden.push(&area.id);
                        here.normen.push(&norm.id);
                        here.aandeel = match (here.aandeel, place.share.map(rounded)) {
                            (Some(one), Some(other)) => Some(one.max(other)),
                            (one, other) => one.or(other),
                        };
                    }
                    Truth::Unknown => here.onbekend.push(&area.id),
                    Truth::No => {}
                }
            }
        }
    }
    for here in &mut all {
        for list in [&mut here.gebieden, &mut here.onbekend, &mut here.normen] {
            list.sort_unstable();
            list.dedup();
        }
        here.stand = match (here.gebieden.is_empty(), here.onbekend.is_empty()) {
            (false, _) => "geraakt",
            (true, false) => "geen-gegevens",
            (true, true) => "niet-geraakt",
        };
    }
    all.into_iter().zip(bound).filter(|(_, bound)| *bound).map(|(here, _)| here).collect()
}
