//! Words of the package as a reader knows them.

use brink_policy::compiled::NormEffect;
use brink_policy::written::{Binding, Effect, OnFailure, StatementKind};

/// A word with the class of its badge: that of the verdict it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Badge {
    pub class: &'static str,
    pub word: &'static str,
}

pub(crate) fn badge(effect: NormEffect) -> Badge {
    let (class, word) = match effect {
        NormEffect::SourceSilent => ("onbekend", "visie zwijgt"),
        NormEffect::Judges(effect) => match effect {
            Effect::Verbod => ("strijdig", "verbod"),
            Effect::NeeTenzij => ("nee-tenzij", "nee, tenzij"),
            Effect::JaMits => ("ja-mits", "ja, mits"),
            Effect::Toegestaan => ("past", "toegestaan"),
            Effect::Gewenst => ("gewenst", "gewenst"),
            Effect::Onwenselijk => ("onwenselijk", "onwenselijk"),
            Effect::Aandacht => ("aandacht", "aandacht"),
            Effect::Elders => ("elders", "elders"),
        },
    };
    Badge { class, word }
}

pub(crate) fn failing(failure: OnFailure) -> &'static str {
    match failure {
        OnFailure::Strijdig => "strijdig",
        OnFailure::Onwenselijk => "onwenselijk",
        OnFailure::Aandacht => "aandacht",
    }
}

/// What a norm with this effect does to a plan, in a sentence or two.
pub(crate) fn judges(effect: NormEffect, failure: OnFailure, conditions: bool, authority: &str) -> String {
    let otherwise = failing(failure);
    let NormEffect::Judges(effect) = effect else {
        return "De visie kondigt hier een regel aan, maar geeft hem niet. Brink zegt daarom “onbekend”."
            .to_owned();
    };
    match effect {
        Effect::Verbod => "Een plan waarvoor dit geldt, is strijdig met de visie.".to_owned(),
        Effect::NeeTenzij => {
            "Een plan waarvoor dit geldt, mag niet, tenzij het aan alle voorwaarden voldoet.".to_owned()
        }
        Effect::JaMits => format!(
            "Een plan waarvoor dit geldt, mag als het aan de voorwaarden voldoet. Voldoet het daar niet aan, dan is het oordeel “{otherwise}”."
        ),
        Effect::Toegestaan if conditions => format!(
            "De visie laat dit toe. Voldoet het plan niet aan een voorwaarde, dan is het oordeel “{otherwise}”."
        ),
        Effect::Toegestaan => "De visie laat dit toe.".to_owned(),
        Effect::Gewenst if conditions => {
            "De visie wil dit graag. Voldoet het plan niet aan een voorwaarde, dan vraagt dat aandacht."
                .to_owned()
        }
        Effect::Gewenst => "De visie wil dit graag.".to_owned(),
        Effect::Onwenselijk => "De visie wil dit liever niet. Verboden is het niet.".to_owned(),
        Effect::Aandacht => {
            "Een plan waarvoor dit geldt, houdt hier rekening mee. Tegenhouden doet het een plan niet."
                .to_owned()
        }
        Effect::Elders => format!("Hierover beslist een ander dan {authority}."),
    }
}

pub(crate) fn kind(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::Regel => "regel",
        StatementKind::Voorkeursvolgorde => "voorkeursvolgorde",
        StatementKind::Proces => "werkwijze",
        StatementKind::Kenmerk => "kenmerk",
        StatementKind::Combinatie => "combinatie van belangen",
        StatementKind::Gebied => "gebied",
        StatementKind::Doel => "doel",
        StatementKind::Ambitie => "ambitie",
        StatementKind::Instrument => "instrument",
        StatementKind::Rol => "rol",
        StatementKind::Programma => "programma",
        StatementKind::Dienstniveau => "dienstniveau",
        StatementKind::Definitie => "begrip",
        StatementKind::Feit => "feit",
        StatementKind::Inconsistentie => "onduidelijkheid in de tekst",
    }
}

pub(crate) fn binding(binding: Binding, authority: &str) -> String {
    match binding {
        Binding::Wettelijk => "Volgt uit de wet.".to_owned(),
        Binding::DoorwerkingVerordening => "Werkt door via de verordening.".to_owned(),
        Binding::Zelfbindend => format!("Bindt {authority} zelf."),
        Binding::Verwachting => "Is een verwachting van anderen.".to_owned(),
        Binding::Inspiratie => "Is bedoeld als inspiratie.".to_owned(),
    }
}

/// What kind of inconsistency it is.
pub(crate) fn clash(kind: &str) -> &str {
    match kind {
        "tegenspraak" => "Tegenspraak",
        "dubbelzinnig" => "Op meer manieren te lezen",
        "onbepaald" => "Niet precies bepaald",
        "leemte" => "Iets ontbreekt",
        "naam" => "Namen lopen uiteen",
        "elders" => "Staat ergens anders",
        "schrijffout" => "Schrijffout",
        "rekenkundig" => "Een som klopt niet",
        "verouderd" => "Verouderd",
        "verwijzing" => "Verwijzing klopt niet",
        "herhaling" => "Herhaling met verschil",
        other => other,
    }
}

/// Whether another reading changes a verdict.
pub(crate) fn changes(word: &str) -> &str {
    match word {
        "ja" => "Een andere lezing verandert oordelen.",
        "nee" => "Een andere lezing verandert geen oordeel.",
        "mogelijk" => "Een andere lezing kan oordelen veranderen.",
        other => other,
    }
}

/// `regel 12` or `regels 12-14`
pub(crate) fn lines([from, to]: [u32; 2]) -> String {
    if from == to { format!("regel {from}") } else { format!("regels {from}-{to}") }
}

/// Several pieces of the source: those that overlap or follow each other as one.
pub(crate) fn all_lines(pieces: &[[u32; 2]]) -> String {
    let mut sorted = pieces.to_vec();
    sorted.sort_unstable();
    let mut joined: Vec<[u32; 2]> = Vec::new();
    for [from, to] in sorted {
        match joined.last_mut() {
            Some(last) if from <= last[1].saturating_add(1) => last[1] = last[1].max(to),
            _ => joined.push([from, to]),
        }
    }
    if let [only] = joined.as_slice() {
        return lines(*only);
    }
    let pieces =
        joined.iter().map(|[from, to]| if from == to { from.to_string() } else { format!("{from}-{to}") });
    format!("regels {}", pieces.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_overlap_are_one() {
        assert_eq!(all_lines(&[[4, 4]]), "regel 4");
        assert_eq!(all_lines(&[[7, 9], [4, 4], [8, 12], [13, 13]]), "regels 4, 7-13");
        assert_eq!(all_lines(&[[1, 2], [3, 4]]), "regels 1-4");
    }
}
