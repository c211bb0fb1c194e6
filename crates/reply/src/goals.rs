//! Goals and service levels, and the sums of the source that do not add up.

use crate::error::Unknown;
use brink_policy::goal::{Sum, SumOf};
use brink_policy::written::{Baseline, Difference, Gauge, Goal, Measure, Number, Part, ServiceLevel, Target};
use brink_policy::{Decimal, WrittenPackage};
use schemars::JsonSchema;
use serde::Serialize;

/// All goals and service levels.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "DoelenEnDiensten")]
pub struct Goals<'p> {
    /// Wat op een dag bereikt moet zijn.
    pub doelen: Vec<GoalReply<'p>>,
    /// Wat doorlopend wordt geboden of niet wordt overschreden.
    pub diensten: Vec<&'p ServiceLevel>,
    /// Sommen van de bron die niet kloppen, over alle doelen.
    pub sommen_die_niet_kloppen: Vec<SumReply<'p>>,
}

/// A goal, with what can be computed about it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "DoelMetRekenwerk")]
pub struct GoalReply<'p> {
    /// Id.
    pub id: &'p str,
    /// Wat bereikt moet zijn.
    pub naam: &'p str,
    /// Id van het belang of thema waaronder het staat.
    pub thema: &'p str,
    /// Eenheid van de waarden; leeg bij een mijlpaal, die er is of niet.
    pub eenheid: Option<&'p str>,
    /// Waarmee wordt vergeleken.
    pub nulmeting: Option<&'p Baseline>,
    /// Wat bereikt moet zijn, en wanneer.
    pub streef: &'p Target,
    /// Waaruit de streefwaarde is opgebouwd.
    pub delen: &'p [Part],
    /// Wat de delen samen zijn.
    pub som_van_de_delen: Option<Number>,
    /// Wat er volgens de bron al is.
    pub gerealiseerd: Option<Number>,
    /// Wat er volgens de bron wordt gebouwd.
    pub in_aanbouw: Option<Number>,
    /// Wat er nog moet gebeuren; nul als het doel is gehaald.
    pub resteert: Option<Number>,
    /// Dezelfde streefwaarde in een andere maat.
    pub maten: &'p [Measure],
    /// De sommen die de bron met dit doel maakt.
    pub sommen: Vec<SumReply<'p>>,
    /// Sommen van de bron die niet kloppen, met beide lezingen.
    pub verschil_verklaard: &'p [Difference],
    /// Waarom niemand kan zeggen of het is bereikt.
    pub niet_te_bepalen: Option<&'p str>,
    /// Gegevens die het meten.
    pub meting: &'p [Gauge],
    /// Gebieden waarvoor het geldt; leeg: de hele provincie.
    pub gebieden: &'p [String],
    /// Uitspraken waarin het staat.
    pub uitspraken: &'p [String],
    /// Regels in de tekst van de visie: telkens de eerste en de laatste.
    pub regels: &'p [[u32; 2]],
    /// Tegenstrijdigheden en leemten van de bron die het raken.
    pub inconsistenties: &'p [String],
    /// Uitleg voor de lezer.
    pub toelichting: Option<&'p str>,
}

/// A sum of the source.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Som")]
pub struct SumReply<'p> {
    /// Het doel.
    pub doel: &'p str,
    /// Waarvan het de som is: `delen`, een andere maat, of losse getallen.
    pub van: OfReply<'p>,
    /// Eenheid.
    pub eenheid: Option<&'p str>,
    /// Wat de bron noemt.
    pub genoemd: Number,
    /// Wat de getallen van de bron samen zijn, hooguit op zes decimalen.
    pub berekend: Number,
    /// Of die twee gelijk zijn.
    pub klopt: bool,
    /// De tegenstrijdigheid waar het bij hoort.
    pub inconsistentie: Option<&'p str>,
    /// Wat er aan de hand is.
    pub uitleg: Option<&'p str>,
}

/// What the numbers of a sum are.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "SomVan")]
pub enum OfReply<'p> {
    /// Parts.
    Parts(PartsWord),
    /// Another unit.
    Measure {
        /// De waarde.
        waarde: Number,
        /// De eenheid.
        eenheid: &'p str,
    },
    /// Numbers.
    Numbers(&'p [Number]),
}

/// The word for all parts of a goal.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "SomVanDelen")]
pub enum PartsWord {
    /// All parts.
    Delen,
}

/// The goals and service levels.
#[must_use]
pub fn goals(written: &WrittenPackage) -> Goals<'_> {
    Goals {
        doelen: written.goals.iter().map(|goal| goal_reply(&goal.value)).collect(),
        diensten: written.services.iter().map(|service| &service.value).collect(),
        sommen_die_niet_kloppen: wrong_sums(written).iter().map(|(goal, sum)| sum_reply(goal, sum)).collect(),
    }
}

/// One goal.
pub fn goal<'p>(written: &'p WrittenPackage, id: &str) -> Result<GoalReply<'p>, Unknown> {
    let found = written.goals.iter().find(|goal| goal.id == id);
    let found =
        found.ok_or_else(|| Unknown::new("doel", id, written.goals.iter().map(|goal| goal.id.as_str())))?;
    Ok(goal_reply(&found.value))
}

/// The sums of the source that do not add up.
#[must_use]
pub fn wrong_sums(written: &WrittenPackage) -> Vec<(&Goal, Sum<'_>)> {
    let goals = written.goals.iter().map(|goal| &goal.value);
    let sums = goals.flat_map(|goal| goal.sums().into_iter().map(move |sum| (goal, sum)));
    sums.filter(|(_, sum)| !sum.adds_up()).collect()
}

fn goal_reply(goal: &Goal) -> GoalReply<'_> {
    let number = |value: Option<Decimal>| value.map(Number);
    GoalReply {
        id: &goal.id,
        naam: &goal.naam,
        thema: &goal.thema,
        eenheid: goal.eenheid.as_deref(),
        nulmeting: goal.nulmeting.as_ref(),
        streef: &goal.streef,
        delen: &goal.delen,
        som_van_de_delen: number(goal.sum()),
        gerealiseerd: number(goal.realised()),
        in_aanbouw: number(goal.under_construction()),
        resteert: number(goal.realised().and_then(|there| goal.remaining(there))),
        maten: &goal.maten,
        sommen: goal.sums().iter().map(|sum| sum_reply(goal, sum)).collect(),
        verschil_verklaard: &goal.verschil_verklaard,
        niet_te_bepalen: goal.niet_te_bepalen.as_deref(),
        meting: &goal.meting,
        gebieden: &goal.gebieden,
        uitspraken: &goal.uitspraken,
        regels: &goal.regels,
        inconsistenties: &goal.inconsistenties,
        toelichting: goal.toelichting.as_deref(),
    }
}

fn sum_reply<'p>(goal: &'p Goal, sum: &Sum<'p>) -> SumReply<'p> {
    // As precise as the reading that was recorded; a repeating fraction has no end.
    let computed = sum.explained.map_or_else(|| sum.computed.round_dp(6), |difference| difference.berekend.0);
    SumReply {
        doel: &goal.id,
        van: match &sum.of {
            SumOf::Parts => OfReply::Parts(PartsWord::Delen),
            SumOf::Measure(measure) => OfReply::Measure { waarde: measure.waarde, eenheid: &measure.eenheid },
            SumOf::Numbers(numbers) => OfReply::Numbers(numbers),
        },
        eenheid: goal.eenheid.as_deref(),
        genoemd: Number(sum.stated),
        berekend: Number(computed),
        klopt: sum.adds_up(),
        inconsistentie: sum.explained.map(|difference| difference.inconsistentie.as_str()),
        uitleg: sum.explained.map(|difference| difference.uitleg.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klein::klein;

    #[test]
    fn a_sum_that_does_not_add_up_is_told_twice() {
        let (_, written) = klein();
        let all = crate::value(&goals(&written)).unwrap();
        assert_eq!(all["sommen_die_niet_kloppen"][0], all["doelen"][0]["sommen"][0]);
        let sum = &all["sommen_die_niet_kloppen"][0];
        assert_eq!((&sum["van"], &sum["klopt"]), (&"delen".into(), &false.into()));
        assert_eq!(sum["genoemd"].to_string(), "12");
        assert_eq!(all["doelen"][0]["som_van_de_delen"].to_string(), "11");
        assert_eq!(goal(&written, "woningen-in-het-lint").unwrap().naam, "Woningen in het lint");
        assert!(goal(&written, "woningen").is_err());
    }
}
