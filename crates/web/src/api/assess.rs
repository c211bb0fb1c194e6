//! Assessing plans.

use super::call::{Call, as_is};
use super::operation::{
    Answer, Body, Doing, Example, GEOJSON, JSON, Kind, Operation, Parameter, Source, Verb,
};
use super::schema::of;
use crate::error::Problem;
use crate::plan_query::PlanQuery;
use crate::world::World;
use axum::http::{HeaderValue, header};
use brink_assess::{Assessment, MAX_BYTES, Options, Plan, PlanError, assess_inside};

const TAG: &str = "Toets";

pub(super) fn operations() -> Vec<Operation> {
    let all = Parameter::query("alles", Kind::Truth, "Ook de normen noemen die zeker niet gelden.");
    let mut parameters = plan_parameters();
    parameters.push(all.clone());
    let read = Operation::get(
        "leesToets",
        "/toets",
        TAG,
        "Toetst een plan dat in het adres staat",
        of::<Assessment<'static>>(),
        by_address,
    )
    .about(
        "Hetzelfde als de pagina `/toets` met dezelfde parameters. Van een plek die op meer manieren is gegeven, telt \
         `vorm` voor `punt`, en `punt` voor `gebied`. Voor een groot of getekend plan is POST handiger.",
    )
    .with_all(parameters);
    let judge = Operation {
        id: "toets",
        method: Verb::Post,
        path: "/toets",
        tag: TAG,
        summary: "Toetst een plan",
        description: "Beoordeelt een plan naar de visie: het oordeel over het geheel, per belang en per onderdeel, de \
            normen met hun voorwaarden, de vragen die er nog toe doen, en wat erop volgt. Stuur het plan als JSON, of als \
            GeoJSON-Feature met het plan in `properties`. Er wordt niets bewaard. Het antwoord is gelijk aan dat van \
            `brink toets --json`.",
        parameters: vec![all],
        body: Some(Body {
            description: "Het plan. Coördinaten zijn lengte- en breedtegraad in WGS84 (CRS84), in die volgorde.",
            forms: vec![(JSON, Source::Named("PlanOfFeature")), (GEOJSON, Source::Named("PlanFeature"))],
            most: MAX_BYTES,
        }),
        answers: vec![Answer {
            status: 200,
            description: "De toets.",
            forms: vec![(JSON, of::<Assessment<'static>>())],
            headers: &[],
        }],
        faults: Vec::new(),
        work: by_body,
    };
    vec![read, judge]
}

/// A plan in an address.
fn plan_parameters() -> Vec<Parameter> {
    vec![
        Parameter::query(
            "activiteit",
            Kind::Text(200),
            "Id van de activiteit, uit `/woordenlijst/activiteiten`.",
        )
        .required()
        .example(Example::Activity),
        Parameter::query(
            "punt",
            Kind::Point,
            "Waar het plan ligt: lengte- en breedtegraad in WGS84 (CRS84), met een komma ertussen.",
        )
        .example(Example::Point),
        Parameter::query(
            "vorm",
            Kind::Shape,
            "Waar het plan ligt: een punt, lijn of vlak als WKT, lengte- en breedtegraad in WGS84 (CRS84).",
        ),
        Parameter::query(
            "plek",
            Kind::Text(64),
            "Waar het plan ligt: id van een plek die op de site is bewaard.",
        ),
        Parameter::query(
            "gebied",
            Kind::Text(200),
            "Id van een gebied waar het plan ergens in ligt, uit `/woordenlijst/gebieden`.",
        )
        .repeated(),
        Parameter::query(
            "antwoorden",
            Kind::Open(&[
                (
                    "g.",
                    "Antwoord op een vraag: `g.` met het id van het gegeven. `ja`, `nee`, `onbekend`, een getal, een \
                  keuze of een datum.",
                ),
                (
                    "m.",
                    "Of het plan in een gebied ligt: `m.` met het id van het gebied. `binnen`, `buiten` of `onbekend`.",
                ),
            ]),
            "Antwoorden op vragen, elk als een eigen parameter. `g.<gegeven>` voor een gegeven uit \
             `/woordenlijst/gegevens`, `m.<gebied>` met `binnen`, `buiten` of `onbekend` voor een gebied.",
        ),
        Parameter::query(
            "verder",
            Kind::Word(&["buiten"]),
            "Gebieden die niet genoemd zijn, tellen niet mee. Zonder dit zegt de kaart wat van een plan ergens in `gebied` \
             zeker is, en is de rest onbekend.",
        ),
        Parameter::query(
            "overslaan",
            Kind::Text(200),
            "Heeft alleen op de pagina betekenis: een vraag die daar nu niet wordt gesteld.",
        )
        .repeated(),
        Parameter::query(
            "onderdeel",
            Kind::Text(50),
            "Alleen toetsen aan dit onderdeel van de visie en wat eronder valt.",
        )
        .repeated()
        .example(Example::Section),
        Parameter::query("titel", Kind::Text(1_000), "Titel van het plan."),
        Parameter::query("peildatum", Kind::Date, "De dag waarvoor wordt getoetst; anders vandaag."),
    ]
}

fn by_address(call: Call) -> Doing {
    Box::pin(async {
        call.reply(|world, call| {
            let query = PlanQuery::of(call.query.pairs().to_vec());
            judged(world, &query.plan(&call.app, world)?, call.query.truth("alles"))
        })
        .await
    })
}

fn by_body(call: Call) -> Doing {
    Box::pin(async {
        let mut response = call
            .reply(|world, call| {
                let plan = Plan::from_json(call.text()?, &world.package)?;
                judged(world, &plan, call.query.truth("alles"))
            })
            .await?;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    })
}

fn judged(world: &World, plan: &Plan, all: bool) -> Result<Vec<u8>, Problem> {
    let options = Options { all, ..world.options() };
    let answer = assess_inside(&world.package, plan, &options).map_err(PlanError::one)?;
    as_is(&answer)
}
