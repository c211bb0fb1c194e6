//! What follows: documents, consultations, procedures, deciders, instruments and chances.

use crate::answer::{Chance, Follow, InstrumentUse, Named, Needed, Talk};
use crate::judge::{Judged, ground_holds, met};
use brink_policy::Known;
use brink_policy::compiled::{Compiled, Condition, Requirement, Term};
use brink_policy::dates;
use brink_policy::feel::{Truth, evaluate};
use brink_policy::written::Available;
use grouped::Grouped;

/// The kind of instrument that can carry a plan.
const MONEY: &str = "financieel";

pub(crate) struct FollowUp<'p> {
    pub documents: Vec<Needed<'p>>,
    pub talks: Vec<Talk<'p>>,
    pub procedures: Vec<Follow<'p>>,
    pub deciders: Vec<Needed<'p>>,
    pub instruments: Vec<InstrumentUse<'p>>,
    pub chances: Vec<Chance<'p>>,
}

/// Norms that ask for the same thing, and whether none of them surely applies.
struct Askers<'p> {
    norms: Vec<&'p str>,
    maybe: bool,
    available: Available,
}

mod grouped {
    //! Things in the order they first came up.
    pub(super) struct Grouped<K, V>(pub Vec<(K, V)>);

    impl<K: PartialEq, V> Grouped<K, V> {
        pub fn entry(&mut self, key: K, new: impl FnOnce() -> V) -> &mut V {
            let place = match self.0.iter().position(|(known, _)| *known == key) {
                Some(place) => place,
                None => {
                    self.0.push((key, new()));
                    self.0.len() - 1
                }
            };
            // The place was just found or made.
            #[expect(clippy::indexing_slicing, reason = "in range by construction")]
            &mut self.0[place].1
        }
    }
}

fn ask<'a, 'p, K: PartialEq>(
    grouped: &'a mut Grouped<K, Askers<'p>>,
    key: K,
    judged: &Judged<'p>,
) -> &'a mut Askers<'p> {
    let askers = grouped.entry(key, || Askers { norms: Vec::new(), maybe: true, available: Available::Ja });
    let id = judged.norm.id.as_str();
    if !askers.norms.contains(&id) {
        askers.norms.push(id);
    }
    askers.maybe &= judged.judgement.applies != Truth::Yes;
    askers
}

/// Whether what a norm offers is there for the plan: all its conditions are met, some are open, or one is not.
fn available(judged: &Judged<'_>, known: &Known<'_>) -> Available {
    let conditions = judged.norm.conditions.iter().map(|condition| met(condition, known));
    match conditions.fold(judged.judgement.applies, Truth::and) {
        Truth::Yes => Available::Ja,
        Truth::Unknown => Available::OnderVoorwaarden,
        Truth::No => Available::Nee,
    }
}

pub(crate) fn collect<'p>(
    package: &'p Compiled,
    judged: &[Judged<'p>],
    known: &Known<'_>,
    date: &str,
) -> FollowUp<'p> {
    let mut documents = Grouped(Vec::new());
    let mut talks = Grouped(Vec::new());
    let mut procedures = Grouped(Vec::new());
    let mut deciders = Grouped(Vec::new());
    let mut instruments = Grouped(Vec::new());
    let mut chances = Vec::new();
    for one in judged {
        let norm = one.norm;
        for id in &norm.documents {
            ask(&mut documents, id.as_str(), one);
        }
        for id in norm.conditions.iter().flat_map(|condition| evidence(condition, known)) {
            ask(&mut documents, id, one);
        }
        for talk in &norm.consultations {
            ask(&mut talks, (talk.partij.as_str(), talk.waarover.as_str()), one);
        }
        for procedure in &norm.procedures {
            ask(&mut procedures, procedure, one);
        }
        for id in &norm.deciders {
            ask(&mut deciders, id.as_str(), one);
        }
        if !norm.instruments.is_empty() {
            let available = available(one, known);
            for id in &norm.instruments {
                let askers = ask(&mut instruments, id.as_str(), one);
                askers.available = askers.available.max(available);
            }
        }
        if let (Some(text), Truth::Yes) = (&norm.opportunity, one.judgement.applies) {
            let onderdeel =
                package.vocabulary.section(norm.section).map_or("", |section| section.number.as_str());
            chances.push(Chance { tekst: text, norm: &norm.id, onderdeel });
        }
    }
    let words = &package.vocabulary;
    let name = |term: Option<&'p Term>, id: &'p str| term.map_or(id, |term| term.name.as_str());
    let needed = |term: Option<&'p Term>, id: &'p str, askers: Askers<'p>| Needed {
        id,
        naam: name(term, id),
        misschien: askers.maybe,
        normen: askers.norms,
    };
    FollowUp {
        documents: documents.0.into_iter().map(|(id, a)| needed(words.documents.get(id), id, a)).collect(),
        talks: talks
            .0
            .into_iter()
            .map(|((id, about), askers)| Talk {
                partij: id,
                naam: name(words.parties.get(id), id),
                waarover: about,
                misschien: askers.maybe,
                normen: askers.norms,
            })
            .collect(),
        procedures: procedures
            .0
            .into_iter()
            .map(|(procedure, askers)| Follow {
                instrument: &procedure.instrument,
                naam: name(words.instruments.get(&procedure.instrument), &procedure.instrument),
                tekst: &procedure.text,
                termijn: procedure.term.as_deref(),
                wie: procedure
                    .deciders
                    .iter()
                    .map(|id| Named { id, naam: name(words.parties.get(id), id) })
                    .collect(),
                misschien: askers.maybe,
                normen: askers.norms,
            })
            .collect(),
        deciders: deciders.0.into_iter().map(|(id, a)| needed(words.parties.get(id), id, a)).collect(),
        instruments: instruments
            .0
            .into_iter()
            .map(|(id, askers)| {
                let term = words.instruments.get(id);
                let stand = term.map_or("onbekend", |term| standing(term, date));
                let conditions = term.and_then(|term| term.conditions.as_deref());
                let least = match (stand, conditions) {
                    ("afgelopen" | "nog-niet", _) => Available::Nee,
                    (_, Some(_)) => Available::OnderVoorwaarden,
                    _ => Available::Ja,
                };
                let kind = term.and_then(|term| term.kind.as_deref());
                InstrumentUse {
                    id,
                    naam: name(term, id),
                    soort: kind,
                    stand,
                    beschikbaar: (kind == Some(MONEY)).then(|| askers.available.max(least)),
                    voorwaarden: conditions,
                    van: term.and_then(|term| term.from.as_deref()),
                    tot: term.and_then(|term| term.until.as_deref()),
                    normen: askers.norms,
                }
            })
            .collect(),
        chances,
    }
}

/// The documents a condition shows from, unless it is not asked; of grounds that fail, none.
fn evidence<'p>(condition: &'p Condition, known: &Known<'_>) -> impl Iterator<Item = &'p str> {
    let asked = !evaluate(&condition.when, known).is_no();
    let mut ids: Vec<&'p str> = Vec::new();
    if asked {
        ids.extend(condition.evidence.iter().map(String::as_str));
        if let Requirement::OneOf(grounds) = &condition.requirement {
            for ground in grounds.iter().filter(|ground| !ground_holds(ground, known).is_no()) {
                ids.extend(ground.evidence.iter().map(String::as_str));
            }
        }
    }
    ids.into_iter()
}

/// How an instrument stands on a date. Its running time is in years or dates.
fn standing(term: &Term, date: &str) -> &'static str {
    let Some(today) = dates::days(date) else {
        return "onbekend";
    };
    let first = |text: &str| dates::days(text).or_else(|| dates::days(&format!("{text}-01-01")));
    let last = |text: &str| dates::days(text).or_else(|| dates::days(&format!("{text}-12-31")));
    match (term.from.as_deref(), term.until.as_deref()) {
        (_, Some(until)) if last(until).is_some_and(|day| day < today) => "afgelopen",
        (Some(from), _) if first(from).is_some_and(|day| day > today) => "nog-niet",
        (_, Some(until)) if last(until).is_some() => "loopt",
        // A beginning without an end says nothing about today.
        _ => "onbekend",
    }
}
