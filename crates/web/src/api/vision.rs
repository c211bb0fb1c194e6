//! The vision: its sections, statements, norms and goals.

use super::call::{Call, absent, misnamed, sorted};
use super::operation::{Doing, Example, Kind, Operation, Parameter};
use super::pages;
use super::schema::of;
use brink_policy::written::{Execution, ServiceLevel, StatementKind};
use brink_reply::{
    GoalReply, Goals, NormFilter, NormReply, Norms, SectionReply, StatementFilter, StatementReply, Statements,
};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

const TAG: &str = "Visie";
const GOALS: &str = "Doelen";

const KINDS: &[&str] = &[
    "regel",
    "voorkeursvolgorde",
    "proces",
    "kenmerk",
    "combinatie",
    "gebied",
    "doel",
    "ambitie",
    "instrument",
    "rol",
    "programma",
    "dienstniveau",
    "definitie",
    "feit",
    "inconsistentie",
];
const EXECUTIONS: &[&str] = &["norm", "gebied", "doel", "term", "kennis", "bron-zwijgt"];

pub(super) fn operations() -> Vec<Operation> {
    let mut all = vec![
        Operation::get(
            "leesOnderdelen",
            "/onderdelen",
            TAG,
            "De opbouw van de visie",
            of::<Vec<SectionReply<'static>>>(),
            |call| {
                Box::pin(async {
                    call.reply(|world, _| sorted(&brink_reply::sections(&world.written))).await
                })
            },
        )
        .about("De onderdelen als boom, met per onderdeel hoeveel uitspraken er staan en wat voor."),
        Operation::get(
            "leesOnderdeel",
            "/onderdelen/{nummer}",
            TAG,
            "Een onderdeel van de visie",
            of::<SectionReply<'static>>(),
            |call| {
                Box::pin(async {
                    call.reply(|world, call| {
                        let found = brink_reply::section(&world.written, call.path("nummer"));
                        sorted(&found.map_err(|unknown| absent(&unknown))?)
                    })
                    .await
                })
            },
        )
        .with(
            Parameter::path("nummer", "Nummer van het onderdeel, zoals het in de visie staat.")
                .example(Example::Section),
        ),
    ];
    all.extend(norms());
    all.extend(statements());
    all.extend(goals());
    all
}

fn section() -> Parameter {
    Parameter::query(
        "onderdeel",
        Kind::Text(50),
        "Alleen uit dit onderdeel van de visie en wat eronder valt.",
    )
    .example(Example::Section)
}

fn norms() -> Vec<Operation> {
    let mut list = Operation::get("leesNormen", "/normen", TAG, "De normen", of::<Norms<'static>>(), norm_list)
        .about(
            "De uitspraken die plannen beoordelen, in de volgorde van de visie. De lijst is gelijk aan die van `brink \
             normen --json`; met `perPagina=5000` komt zij in een keer.",
        )
        .with(section())
        .with(
            Parameter::query(
                "activiteit",
                Kind::Text(200),
                "Alleen normen die een plan voor deze activiteit kunnen beoordelen.",
            )
            .example(Example::Activity),
        )
        .with(
            Parameter::query(
                "gebied",
                Kind::Text(200),
                "Alleen normen die in dit gebied gelden, of in een gebied waar dit deel van is.",
            )
            .example(Example::Area),
        )
        .with_all(pages::parameters());
    paged(&mut list);
    let one =
        Operation::get("leesNorm", "/normen/{id}", TAG, "Een norm", of::<NormReply<'static>>(), |call| {
            Box::pin(async {
                call.reply(|world, call| {
                    let found = brink_reply::norm(&world.package, &world.written, call.path("id"));
                    sorted(&found.map_err(|unknown| absent(&unknown))?)
                })
                .await
            })
        })
        .with(Parameter::path("id", "Id van de norm.").example(Example::Norm));
    vec![list, one]
}

fn paged(list: &mut Operation) {
    for answer in &mut list.answers {
        answer.headers = pages::HEADERS;
    }
}

fn norm_list(call: Call) -> Doing {
    Box::pin(pages::reply(call, |world, call, page| {
        let filter = NormFilter {
            section: call.query.one("onderdeel"),
            activity: call.query.one("activiteit"),
            area: call.query.one("gebied"),
        };
        let mut found = brink_reply::norms(&world.package, &world.written, &filter)
            .map_err(|unknown| misnamed(&unknown))?;
        let total = page.cut(&mut found.normen);
        Ok((sorted(&found)?, total))
    }))
}

fn statements() -> Vec<Operation> {
    let mut list = Operation::get(
        "leesUitspraken",
        "/uitspraken",
        TAG,
        "De uitspraken",
        of::<Statements<'static>>(),
        statement_list,
    )
    .about("Alles wat de visie zegt, elk in een regel, in de volgorde van de visie.")
    .with(section())
    .with(Parameter::query("activiteit", Kind::Text(200), "Alleen uitspraken die deze activiteit noemen."))
    .with(Parameter::query("gebied", Kind::Text(200), "Alleen uitspraken die dit gebied noemen."))
    .with(
        Parameter::query("belang", Kind::Text(200), "Alleen uitspraken die dit belang noemen.")
            .example(Example::Interest),
    )
    .with(Parameter::query("soort", Kind::Word(KINDS), "Alleen uitspraken van deze soort."))
    .with(Parameter::query(
        "uitvoering",
        Kind::Word(EXECUTIONS),
        "Alleen uitspraken die zo in de software leven.",
    ))
    .with_all(pages::parameters());
    paged(&mut list);
    let one = Operation::get(
        "leesUitspraak",
        "/uitspraken/{id}",
        TAG,
        "Een uitspraak",
        of::<StatementReply<'static>>(),
        |call| {
            Box::pin(async {
                call.reply(|world, call| {
                    let found = brink_reply::statement(&world.package, &world.written, call.path("id"));
                    sorted(&found.map_err(|unknown| absent(&unknown))?)
                })
                .await
            })
        },
    )
    .about("Een uitspraak zoals zij in het pakket staat, met de namen van wat zij noemt en wat haar noemt.")
    .with(Parameter::path("id", "Id van de uitspraak.").example(Example::Statement));
    vec![list, one]
}

fn statement_list(call: Call) -> Doing {
    Box::pin(pages::reply(call, |world, call, page| {
        let filter = StatementFilter {
            section: call.query.one("onderdeel"),
            activity: call.query.one("activiteit"),
            area: call.query.one("gebied"),
            interest: call.query.one("belang"),
            kind: word::<StatementKind>(call.query.one("soort")),
            execution: word::<Execution>(call.query.one("uitvoering")),
        };
        let mut found = brink_reply::statements(&world.package, &world.written, &filter)
            .map_err(|unknown| misnamed(&unknown))?;
        let total = page.cut(&mut found.uitspraken);
        Ok((sorted(&found)?, total))
    }))
}

/// A word that was checked before.
fn word<'a, T: Deserialize<'a>>(text: Option<&'a str>) -> Option<T> {
    let from: StrDeserializer<'a, Error> = text?.into_deserializer();
    T::deserialize(from).ok()
}

fn goals() -> Vec<Operation> {
    let list = Operation::get("leesDoelen", "/doelen", GOALS, "De doelen", of::<Goals<'static>>(), |call| {
        Box::pin(async { call.reply(|world, _| sorted(&brink_reply::goals(&world.written))).await })
    })
    .about(
        "De doelen en diensten, en de sommen van de bron die niet kloppen. Het antwoord is gelijk aan dat van `brink \
         doelen --json`. Elke waarde is in de eenheid die erbij staat.",
    );
    let one =
        Operation::get("leesDoel", "/doelen/{id}", GOALS, "Een doel", of::<GoalReply<'static>>(), |call| {
            Box::pin(async {
                call.reply(|world, call| {
                    let found = brink_reply::goal(&world.written, call.path("id"));
                    sorted(&found.map_err(|unknown| absent(&unknown))?)
                })
                .await
            })
        })
        .with(Parameter::path("id", "Id van het doel.").example(Example::Goal));
    let services = Operation::get(
        "leesDiensten",
        "/diensten",
        GOALS,
        "De diensten",
        of::<Vec<ServiceLevel>>(),
        |call| {
            Box::pin(async {
                call.reply(|world, _| sorted(&brink_reply::goals(&world.written).diensten)).await
            })
        },
    )
    .about("Wat de visie doorlopend wil bieden, of niet wil overschrijden.");
    vec![list, one, services]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_package() {
        assert!(KINDS.iter().all(|text| word::<StatementKind>(Some(text)).is_some()));
        assert!(EXECUTIONS.iter().all(|text| word::<Execution>(Some(text)).is_some()));
        assert!(word::<Execution>(Some("iets")).is_none());
    }
}
