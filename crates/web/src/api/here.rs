//! What applies at a place.

use super::call::{Call, as_is, sorted};
use super::operation::{
    Answer, Body, Doing, Example, GEOJSON, JSON, Kind, Operation, Parameter, Source, Verb,
};
use super::query::problem;
use super::schema::of;
use crate::error::Problem;
use crate::plan_query;
use crate::world::{World, today};
use axum::http::{HeaderValue, header};
use brink_assess::{Fault, Here, here};
use brink_geo::place::Place;
use brink_reply::{HereShapes, here_shapes};
use serde_json::Value;

const TAG: &str = "Waar";
const ABOUT: &str = "Welke gebieden, belangen en normen er op een plek zijn, los van een plan: wat geraakt wordt, wat niet, \
    en waarvan geen gegevens zijn. Met `Accept: application/geo+json` komen de gebieden als vormen: van een vlak het deel \
    dat erin ligt, bij een punt of lijn het hele gebied. Het antwoord is gelijk aan dat van `brink waar --json` en `brink \
    waar --geojson`.";

pub(super) fn operations() -> Vec<Operation> {
    let answers = || {
        vec![Answer {
            status: 200,
            description: "Wat er geldt.",
            forms: vec![(JSON, of::<Here<'static>>()), (GEOJSON, of::<HereShapes<'static>>())],
            headers: &[],
        }]
    };
    let mut read = Operation::get("leesWaar", "/waar", TAG, "Wat geldt er op een plek?", of::<Here<'static>>(), by_address)
        .about(ABOUT)
        .with(
            Parameter::query(
                "punt",
                Kind::Point,
                "De plek: lengte- en breedtegraad in WGS84 (CRS84), met een komma ertussen. Geef `punt` of `vorm`.",
            )
            .example(Example::Point),
        )
        .with(Parameter::query(
            "vorm",
            Kind::Shape,
            "De plek: een punt, lijn of vlak als WKT, lengte- en breedtegraad in WGS84 (CRS84). Geef `punt` of `vorm`.",
        ));
    read.answers = answers();
    let sent = Operation {
        id: "waar",
        method: Verb::Post,
        path: "/waar",
        tag: TAG,
        summary: "Wat geldt er in een getekend gebied?",
        description: ABOUT,
        parameters: Vec::new(),
        body: Some(Body {
            description: "De plek: een GeoJSON-geometrie of -Feature, lengte- en breedtegraad in WGS84 (CRS84).",
            forms: vec![(GEOJSON, Source::Named("Plek")), (JSON, Source::Named("Plek"))],
            most: MOST,
        }),
        answers: answers(),
        faults: Vec::new(),
        work: by_body,
    };
    vec![read, sent]
}

/// Most bytes of a place.
const MOST: usize = 4 << 20;

fn by_address(call: Call) -> Doing {
    Box::pin(async {
        call.reply(|world, call| {
            let wrong = |fault| problem(vec![fault]);
            let place = match (call.query.one("punt"), call.query.one("vorm")) {
                (Some(text), None) => {
                    let [longitude, latitude] = plan_query::point(text).map_err(wrong)?;
                    Place::at(longitude, latitude)
                        .map_err(|error| wrong(Fault::new("punt", error.to_string())))?
                }
                (None, Some(shape)) => plan_query::place("vorm", shape).map_err(wrong)?,
                (None, None) => {
                    return Err(wrong(
                        Fault::new("punt", "er is geen plek")
                            .help("geef `punt` of `vorm`, bijvoorbeeld punt=6.56,52.99"),
                    ));
                }
                (Some(_), Some(_)) => {
                    return Err(wrong(
                        Fault::new("vorm", "er zijn twee plekken")
                            .help("geef `punt` of `vorm`, niet allebei"),
                    ));
                }
            };
            told(world, &place, call.form)
        })
        .await
    })
}

fn by_body(call: Call) -> Doing {
    Box::pin(async {
        let mut response = call
            .reply(|world, call| {
                let value: Value = call.value()?;
                let place = Place::from_geojson(&value)
                    .map_err(|error| problem(vec![Fault::new("", error.to_string())]))?;
                told(world, &place, call.form)
            })
            .await?;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    })
}

fn told(world: &World, place: &Place, form: &str) -> Result<Vec<u8>, Problem> {
    let answer = here(&world.package, &world.ground, place, &today());
    if form == GEOJSON {
        return sorted(&here_shapes(&world.package, &world.ground, place, &answer)?);
    }
    as_is(&answer)
}
