//! One statement of the vision as written, with the names of what it names.

use crate::error::Unknown;
use crate::statements::{StatementLine, effect, effects_or_none};
use brink_assess::Named;
use brink_policy::WrittenPackage;
use brink_policy::compiled::{Compiled, Term, Vocabulary};
use brink_policy::feel::Variable;
use brink_policy::written::{
    Binding, Condition, Exception, Execution, Figure, OnFailure, Statement, StatementKind, Step, SwitchesOff,
};
use schemars::JsonSchema;
use serde::Serialize;

/// A statement.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Uitspraak")]
pub struct StatementReply<'p> {
    /// Id, zoals `5.6.2-31`; verandert nooit van betekenis.
    pub id: &'p str,
    /// Het onderdeel waar zij staat: nummer en titel.
    pub onderdeel: Named<'p>,
    /// Eerste en laatste regel in de tekst van de visie.
    pub regels: [u32; 2],
    /// Wat voor uitspraak het is.
    pub soort: StatementKind,
    /// De uitspraak in eigen woorden.
    pub samenvatting: &'p str,
    /// Hoe de uitspraak in de software leeft.
    pub uitvoering: Execution,
    /// Wat de norm van een plan vindt, als het een norm is.
    #[schemars(extend("enum" = effects_or_none()))]
    pub effect: Option<&'static str>,
    /// Hoe zwaar zij bindt.
    pub binding: Option<Binding>,
    /// Of zij voor vrijwel elk plan hetzelfde zegt.
    pub algemeen: bool,
    /// Wanneer de norm geldt, naast activiteit en gebied (FEEL); leeg: altijd.
    pub als: Option<&'p str>,
    /// Activiteiten waarover zij gaat; leeg: elk initiatief.
    pub activiteiten: Vec<Named<'p>>,
    /// Gebieden waar zij geldt; leeg: overal.
    pub gebieden: Vec<Named<'p>>,
    /// Belangen die meespelen.
    pub belangen: Vec<Named<'p>>,
    /// Gegevens waar de norm naar kijkt, als vraag.
    pub gegevens: Vec<QuestionNamed<'p>>,
    /// Gebieden waar de norm in `als`, voorwaarden of uitzonderingen naar kijkt.
    pub gebieden_in_regels: Vec<Named<'p>>,
    /// Waaraan een plan moet voldoen.
    pub voorwaarden: &'p [Condition],
    /// Wanneer de norm toch niet geldt.
    pub uitzonderingen: &'p [Exception],
    /// Wat de norm buiten werking stelt.
    pub schakelt_uit: Option<&'p SwitchesOff>,
    /// Normen die deze buiten werking kunnen stellen.
    pub uitgeschakeld_door: Vec<StatementLine<'p>>,
    /// Wat het betekent als een voorwaarde niet is vervuld.
    pub bij_niet_voldoen: Option<OnFailure>,
    /// Treden van een voorkeursvolgorde, de meest gewenste eerst.
    pub volgorde: &'p [Step],
    /// Stukken die de norm vraagt.
    pub documenten: Vec<Named<'p>>,
    /// Met wie te overleggen is, en waarover.
    pub overleg: Vec<TalkNamed<'p>>,
    /// Procedures die volgen.
    pub procedures: Vec<ProcedureNamed<'p>>,
    /// Wie beslist.
    pub bevoegd: Vec<Named<'p>>,
    /// Wie een rol heeft.
    pub partijen: Vec<Named<'p>>,
    /// Instrumenten die erbij horen.
    pub instrumenten: Vec<Named<'p>>,
    /// Een kans die de visie zelf noemt.
    pub kans: Option<&'p str>,
    /// Onderdelen of uitspraken waarnaar wordt verwezen.
    pub verwijst_naar: &'p [String],
    /// Getallen die de uitspraak noemt.
    pub getallen: &'p [Figure],
    /// Bij `bron-zwijgt`: wat ontbreekt en waar te zoeken.
    pub reden: Option<&'p str>,
    /// Uitleg voor de lezer.
    pub toelichting: Option<&'p str>,
    /// De norm waarin de uitspraak is opgegaan.
    pub verwerkt_in: Option<StatementLine<'p>>,
    /// Uitspraken die in deze norm zijn opgegaan.
    pub bevat: Vec<StatementLine<'p>>,
    /// Begrippen die deze uitspraak uitlegt.
    pub begrippen: Vec<ConceptNamed<'p>>,
    /// Doelen en diensten die op deze uitspraak rusten.
    pub doelen: Vec<Named<'p>>,
    /// Tegenstrijdigheden en leemten van de bron die haar noemen.
    pub inconsistenties: Vec<ClashNamed<'p>>,
    /// Lezingen waar zij van afhangt.
    pub lezingen: Vec<Named<'p>>,
    /// Gevallen die haar noemen.
    pub gevallen: Vec<Named<'p>>,
}

/// A fact with its question.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "GenoemdGegeven")]
pub struct QuestionNamed<'p> {
    /// Id van het gegeven.
    pub id: &'p str,
    /// De vraag.
    pub vraag: &'p str,
}

/// Whom to talk to.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "GenoemdOverleg")]
pub struct TalkNamed<'p> {
    /// Id van de partij.
    pub partij: &'p str,
    /// Naam van de partij.
    pub naam: &'p str,
    /// Waarover.
    pub waarover: &'p str,
}

/// A procedure.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "GenoemdeProcedure")]
pub struct ProcedureNamed<'p> {
    /// Id van het instrument.
    pub instrument: &'p str,
    /// Naam van het instrument.
    pub naam: &'p str,
    /// Wat er gebeurt.
    pub tekst: &'p str,
    /// Termijn, zoals de bron hem noemt.
    pub termijn: Option<&'p str>,
    /// Wie beslist.
    pub wie: Vec<Named<'p>>,
}

/// A concept with its meaning.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "GenoemdBegrip")]
pub struct ConceptNamed<'p> {
    /// Id van het begrip.
    pub id: &'p str,
    /// Naam voor een lezer.
    pub naam: &'p str,
    /// Betekenis in eigen woorden.
    pub betekenis: &'p str,
}

/// Where the source clashes or leaves open.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "GenoemdeInconsistentie")]
pub struct ClashNamed<'p> {
    /// Id.
    pub id: &'p str,
    /// Tegenspraak, naam, onbepaald, ...
    pub soort: &'p str,
    /// Wat botst of openblijft.
    pub botst: &'p str,
    /// De gekozen lezing.
    pub lezing: &'p str,
}

/// One statement, as written.
pub fn statement<'p>(
    package: &'p Compiled,
    written: &'p WrittenPackage,
    id: &str,
) -> Result<StatementReply<'p>, Unknown> {
    let found = written.statements.iter().find(|statement| statement.id == id);
    let found = found.ok_or_else(|| {
        Unknown::new("uitspraak", id, written.statements.iter().map(|statement| statement.id.as_str()))
    })?;
    Ok(Reader { package, written, words: &package.vocabulary }.reply(&found.value))
}

struct Reader<'p> {
    package: &'p Compiled,
    written: &'p WrittenPackage,
    words: &'p Vocabulary,
}

impl<'p> Reader<'p> {
    fn reply(&self, statement: &'p Statement) -> StatementReply<'p> {
        let words = self.words;
        let id = statement.id.as_str();
        let section =
            words.index.sections.get(&statement.onderdeel).and_then(|section| words.section(*section));
        let (facts, areas, readings) = self.looked_at(id);
        let lines = |ids: &mut dyn Iterator<Item = &'p str>| -> Vec<StatementLine<'p>> {
            ids.filter_map(|id| self.line(id)).collect()
        };
        let norm = self.package.norms.iter().find(|norm| norm.id == id);
        let switches = norm.map_or(&[][..], |norm| &norm.switched_off_by);
        StatementReply {
            id,
            onderdeel: Named {
                id: &statement.onderdeel,
                naam: section.map_or("", |section| section.title.as_str()),
            },
            regels: statement.regels,
            soort: statement.soort,
            samenvatting: &statement.samenvatting,
            uitvoering: statement.uitvoering,
            effect: effect(statement),
            binding: statement.binding,
            algemeen: statement.algemeen,
            als: statement.als.as_deref(),
            activiteiten: named(&statement.activiteiten, |id| {
                Some(&words.activity(*words.index.activities.get(id)?)?.name)
            }),
            gebieden: named(&statement.gebieden, |id| Some(&words.area(*words.index.areas.get(id)?)?.name)),
            belangen: named(&statement.belangen, |id| {
                Some(&words.interest(*words.index.interests.get(id)?)?.name)
            }),
            gegevens: facts,
            gebieden_in_regels: areas,
            voorwaarden: &statement.voorwaarden,
            uitzonderingen: &statement.uitzonderingen,
            schakelt_uit: statement.schakelt_uit.as_ref(),
            uitgeschakeld_door: lines(
                &mut switches.iter().filter_map(|id| Some(self.package.norm(*id)?.id.as_str())),
            ),
            bij_niet_voldoen: statement.bij_niet_voldoen,
            volgorde: &statement.volgorde,
            documenten: named(&statement.documenten, |id| term(words.documents.get(id))),
            overleg: statement
                .overleg
                .iter()
                .map(|talk| TalkNamed {
                    partij: &talk.partij,
                    naam: term(words.parties.get(&talk.partij)).unwrap_or(&talk.partij),
                    waarover: &talk.waarover,
                })
                .collect(),
            procedures: statement
                .procedures
                .iter()
                .map(|procedure| ProcedureNamed {
                    instrument: &procedure.instrument,
                    naam: term(words.instruments.get(&procedure.instrument)).unwrap_or(&procedure.instrument),
                    tekst: &procedure.tekst,
                    termijn: procedure.termijn.as_deref(),
                    wie: self.parties(&procedure.wie),
                })
                .collect(),
            bevoegd: self.parties(&statement.bevoegd),
            partijen: self.parties(&statement.partijen),
            instrumenten: named(&statement.instrumenten, |id| term(words.instruments.get(id))),
            kans: statement.kans.as_deref(),
            verwijst_naar: &statement.verwijst_naar,
            getallen: &statement.getallen,
            reden: statement.reden.as_deref(),
            toelichting: statement.toelichting.as_deref(),
            verwerkt_in: statement.verwerkt_in.as_deref().and_then(|id| self.line(id)),
            bevat: self
                .written
                .statements
                .iter()
                .filter(|other| other.verwerkt_in.as_deref() == Some(id))
                .map(|other| StatementLine::new(other))
                .collect(),
            begrippen: self
                .written
                .concepts
                .iter()
                .filter(|concept| concept.uitspraak.as_deref() == Some(id))
                .map(|concept| ConceptNamed {
                    id: &concept.id,
                    naam: &concept.naam,
                    betekenis: &concept.betekenis,
                })
                .collect(),
            doelen: self.goals(id),
            inconsistenties: self
                .written
                .inconsistencies
                .iter()
                .filter(|clash| clash.normen.iter().any(|norm| norm == id))
                .map(|clash| ClashNamed {
                    id: &clash.id,
                    soort: &clash.soort,
                    botst: &clash.botst,
                    lezing: &clash.lezing,
                })
                .collect(),
            lezingen: readings,
            gevallen: self.cases(id),
        }
    }

    /// The facts, areas and readings that the norm's own expressions look at.
    fn looked_at(&self, id: &str) -> (Vec<QuestionNamed<'p>>, Vec<Named<'p>>, Vec<Named<'p>>) {
        let (mut facts, mut areas, mut readings) = (Vec::new(), Vec::new(), Vec::new());
        let Some(norm) = self.package.norms.iter().find(|norm| norm.id == id) else {
            return (facts, areas, readings);
        };
        let own: Vec<&str> =
            norm.areas.iter().filter_map(|id| Some(self.words.area(*id)?.id.as_str())).collect();
        let mut visit = |expr: &brink_policy::feel::Expr| {
            expr.variables(&mut |variable| match variable {
                Variable::Fact(id) => facts.extend(
                    self.words.fact(id).map(|fact| QuestionNamed { id: &fact.id, vraag: &fact.question }),
                ),
                Variable::Area(id) | Variable::Distance(id) | Variable::Share(id) => {
                    areas.extend(self.words.area(id).map(|area| Named { id: &area.id, naam: &area.name }))
                }
            });
            expr.readings(&mut |id| {
                let reading = self.words.readings.get(id.index());
                readings.extend(reading.map(|reading| Named { id: &reading.id, naam: &reading.question }));
            });
        };
        norm.expressions(&mut visit);
        norm.steps.iter().for_each(|step| visit(&step.when));
        facts.sort_by_key(|fact| fact.id);
        facts.dedup();
        // Those it names as a whole stand under `gebieden`.
        areas.retain(|area| !own.contains(&area.id));
        for list in [&mut areas, &mut readings] {
            list.sort_by_key(|one| one.id);
            list.dedup();
        }
        (facts, areas, readings)
    }

    fn line(&self, id: &str) -> Option<StatementLine<'p>> {
        let found = self.written.statements.iter().find(|statement| statement.id == id);
        found.map(|statement| StatementLine::new(&statement.value))
    }

    fn parties(&self, ids: &'p [String]) -> Vec<Named<'p>> {
        named(ids, |id| term(self.words.parties.get(id)))
    }

    fn goals(&self, id: &str) -> Vec<Named<'p>> {
        let rests = |statements: &[String]| statements.iter().any(|statement| statement == id);
        let goals =
            self.written.goals.iter().filter(|goal| {
                rests(&goal.uitspraken) || goal.delen.iter().any(|part| rests(&part.uitspraken))
            });
        let services = self.written.services.iter().filter(|service| {
            rests(&service.uitspraken) || service.bediening.iter().any(|line| rests(&line.uitspraken))
        });
        goals
            .map(|goal| Named { id: &goal.id, naam: &goal.naam })
            .chain(services.map(|service| Named { id: &service.id, naam: &service.naam }))
            .collect()
    }

    fn cases(&self, id: &str) -> Vec<Named<'p>> {
        let names = |list: &[String]| list.iter().any(|one| one == id);
        self.written
            .cases
            .iter()
            .filter(|case| {
                let wanted = &case.verwacht;
                names(&wanted.normen)
                    || names(&wanted.niet_van_toepassing)
                    || wanted.uitkomst.contains_key(id)
            })
            .map(|case| Named { id: &case.id, naam: &case.titel })
            .collect()
    }
}

fn term(term: Option<&Term>) -> Option<&str> {
    term.map(|term| term.name.as_str())
}

/// Ids with their names; one without a name is its own.
fn named<'p, N: AsRef<str> + ?Sized + 'p>(
    ids: &'p [String],
    name: impl Fn(&str) -> Option<&'p N>,
) -> Vec<Named<'p>> {
    ids.iter().map(|id| Named { id, naam: name(id).map_or(id.as_str(), AsRef::as_ref) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::klein::klein;

    #[test]
    fn a_norm_with_all_that_it_names() {
        let (package, written) = klein();
        let norm = statement(&package, &written, "2.1.1-01").unwrap();
        assert_eq!(norm.onderdeel, Named { id: "2.1.1", naam: "Stiltegebied de Heide" });
        assert_eq!((norm.effect, norm.binding), (Some("ja-mits"), Some(Binding::DoorwerkingVerordening)));
        assert_eq!(norm.gebieden[0].id, "stiltegebied");
        assert_eq!(norm.gegevens[0].id, "geluid-db");
        assert_eq!(norm.voorwaarden[0].eis.as_deref(), Some("geluid-db <= 35"));
        assert_eq!(norm.procedures[0].wie[0].id, "beheerder-heide");
        assert_ne!(norm.procedures[0].naam, norm.procedures[0].instrument);
        assert!(norm.gebieden_in_regels.is_empty());
    }

    #[test]
    fn areas_in_expressions_stand_apart() {
        let (package, written) = klein();
        let norm = statement(&package, &written, "2.1-02").unwrap();
        let areas: Vec<&str> = norm.gebieden_in_regels.iter().map(|area| area.id).collect();
        assert_eq!(areas, ["lint", "vaart"]);
        assert!(norm.gevallen.iter().any(|case| case.id == "luid-in-het-lint"));
    }

    #[test]
    fn what_was_folded_in_and_what_it_was_folded_into() {
        let (package, written) = klein();
        let folded = statement(&package, &written, "1-02").unwrap();
        assert_eq!(folded.verwerkt_in.unwrap().id, "2.2-02");
        let norm = statement(&package, &written, "2.2-02").unwrap();
        assert!(norm.bevat.iter().any(|line| line.id == "1-02"));
        let goal = statement(&package, &written, "3-01").unwrap();
        let goals: Vec<&str> = goal.doelen.iter().map(|goal| goal.id).collect();
        assert_eq!(goals, ["woningen-in-het-lint", "bus"]);
        assert_eq!(statement(&package, &written, "3-99").unwrap_err().what, "uitspraak");
    }
}
