//! Where a plan would fit. A search on fine cells takes long: that becomes a task.

use super::call::{Call, sorted};
use super::jobs::{Cancelled, MOST_WAITING, Made, Task};
use super::operation::{
    Answer, Body, Doing, Example, GEOJSON, JSON, Kind, Operation, Parameter, Source, Verb,
};
use super::query::problem;
use super::schema::of;
use crate::app::App;
use crate::error::Problem;
use crate::world::{STEP, World};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use brink_assess::{Canvas, Fault, Outcome, Part, Plan, Wanted};
use brink_policy::nearest;
use brink_reply::{Finding, MOST_STEP, Refused, Suitable, ZoneShapes};
use serde_json::{Map, Value};
use std::time::Duration;

const TAG: &str = "Geschikt";

/// The least side of a cell, in metres: the grid of a search must fit in memory beside everything else.
const LEAST_STEP: f64 = 10.0;
/// The longest an answer is waited for, in seconds.
const PATIENCE: u64 = 8;
/// Most zones.
const MOST_ZONES: u64 = 1_000;
/// Most bytes of a question.
const MOST: usize = 1 << 20;

pub(super) fn operations() -> Vec<Operation> {
    let search = Operation {
        id: "geschikt",
        method: Verb::Post,
        path: "/geschikt",
        tag: TAG,
        summary: "Zoekt waar een plan zou passen",
        description: "Beoordeelt een activiteit met wat erover bekend is op elke cel van een raster over de provincie, en \
            geeft de zones met het mildste oordeel. Met cellen van 25 meter of meer komt het antwoord meteen (200). Met \
            kleinere cellen, met `Prefer: respond-async`, of als het langer dan 8 seconden duurt, wordt het een taak (202): \
            volg dan `Location`. Er zijn hooguit \
            8 taken die wachten of lopen; een taak die klaar is, blijft 30 minuten. Met `Accept: application/geo+json` komen \
            de zones als vormen. Het antwoord is gelijk aan dat van `brink geschikt --json`.",
        parameters: vec![Parameter::header(
            "Prefer",
            Kind::Text(200),
            "`respond-async` vraagt om een taak (RFC 7240).",
        )],
        body: Some(Body {
            description: "Wat te zoeken: een plan zonder plek, en hoe te zoeken.",
            forms: vec![(JSON, Source::Named("GeschiktVraag"))],
            most: MOST,
        }),
        answers: vec![
            Answer {
                status: 200,
                description: "Wat er is gevonden.",
                forms: vec![(JSON, of::<Suitable<'static>>()), (GEOJSON, of::<ZoneShapes<'static>>())],
                headers: &[],
            },
            Answer {
                status: 202,
                description: "Het zoeken is een taak geworden.",
                forms: vec![(JSON, Source::Named("Taak"))],
                headers: &[("Location", "Het adres van de taak.")],
            },
        ],
        faults: Vec::new(),
        work: search,
    };
    let id = || Parameter::path("id", "Id van de taak.").example(Example::Task);
    let task = Operation::get(
        "leesTaak",
        "/taken/{id}",
        TAG,
        "Hoe een taak ervoor staat",
        Source::Named("Taak"),
        |call| {
            Box::pin(async move {
                let task = call.app.jobs().find(call.path("id")).ok_or_else(gone)?;
                told(StatusCode::OK, &task)
            })
        },
    )
    .with(id());
    let mut result = Operation::get(
        "leesResultaat",
        "/taken/{id}/resultaat",
        TAG,
        "Het resultaat van een taak",
        of::<Suitable<'static>>(),
        |call| {
            Box::pin(async move {
                let made = call.app.jobs().result(call.path("id")).ok_or_else(gone)?;
                match made? {
                    Some(made) => Ok(result(&made, call.form)),
                    None => Err(Problem::new(
                        StatusCode::CONFLICT,
                        "de taak is nog niet klaar; vraag haar stand op voor u het resultaat vraagt",
                    )),
                }
            })
        },
    )
    .about("Zolang de taak niet klaar is, is er geen resultaat (409). Mislukte zij, dan zegt het antwoord waarom.")
    .with(id());
    for answer in &mut result.answers {
        answer.forms = vec![(JSON, of::<Suitable<'static>>()), (GEOJSON, of::<ZoneShapes<'static>>())];
    }
    result.faults.push(409);
    let stop = Operation {
        id: "stopTaak",
        method: Verb::Delete,
        path: "/taken/{id}",
        tag: TAG,
        summary: "Stopt een taak en vergeet haar resultaat",
        description: "",
        parameters: vec![id()],
        body: None,
        answers: vec![Answer {
            status: 204,
            description: "De taak is er niet meer.",
            forms: Vec::new(),
            headers: &[],
        }],
        faults: vec![404],
        work: |call| {
            Box::pin(async move {
                if call.app.jobs().forget(call.path("id")) {
                    Ok(StatusCode::NO_CONTENT.into_response())
                } else {
                    Err(gone())
                }
            })
        },
    };
    vec![search, task, result, stop]
}

fn gone() -> Problem {
    Problem::not_found("deze taak is er niet (meer)")
}

/// What to search, as it was sent.
#[derive(Debug, Clone)]
struct Question {
    plan: Map<String, Value>,
    step: f64,
    hectares: f64,
    count: u64,
    until: String,
    within: Vec<String>,
    part: Part,
}

/// What to search, read against a package.
struct Search {
    plan: Plan,
    step: f64,
    part: Part,
    wanted: Wanted,
}

fn search(call: Call) -> Doing {
    Box::pin(async move {
        let question = Question::read(call.value()?)?;
        let wants = call.headers.get_all("prefer").iter().any(|value| {
            value.to_str().is_ok_and(|text| {
                text.split([',', ';']).any(|part| part.trim().eq_ignore_ascii_case("respond-async"))
            })
        });
        let form = call.form;
        let app = call.app.clone();
        // What is wrong is told at once, also when it becomes a task.
        let asked = question.clone();
        let step = app.compute(move |world| asked.search(world).map(|search| search.step)).await??;
        let work = move |world: &World, cancelled: &Cancelled| {
            let search = question.search(world)?;
            let both = |found: &Finding<'_>| {
                Ok(Made { answer: sorted(&found.reply()?)?, shapes: sorted(&found.shapes()?)? })
            };
            find(world, &search, &mut || !cancelled.is_set(), both)?.ok_or_else(stopped)
        };
        let task = app.jobs().start(&app, work).map_err(|_| full())?;
        if !wants && step >= STEP {
            let waiting = app.jobs().while_waiting(task.id());
            if app.jobs().wait(task.id(), patience(&app)).await {
                let made = app.jobs().result(task.id()).ok_or_else(stopped)??.ok_or_else(stopped)?;
                return Ok(result(&made, form));
            }
            waiting.let_go();
        }
        // How it stands now: it may have begun, or even be done.
        let task = app.jobs().find(task.id()).ok_or_else(stopped)?;
        let mut response = told(StatusCode::ACCEPTED, &task)?;
        if let Ok(address) = HeaderValue::from_str(&task.address()) {
            response.headers_mut().insert(header::LOCATION, address);
        }
        if wants {
            response.headers_mut().insert(
                HeaderName::from_static("preference-applied"),
                HeaderValue::from_static("respond-async"),
            );
        }
        Ok(response)
    })
}

/// How long an answer is waited for before it becomes a task.
fn patience(app: &App) -> Duration {
    Duration::from_secs(app.settings().tijdslimiet.div_ceil(2).min(PATIENCE))
}

/// What a task made, in a form.
fn result(made: &Made, form: &'static str) -> Response {
    let bytes = if form == GEOJSON { made.shapes.clone() } else { made.answer.clone() };
    let mut response = super::call::with(form, bytes);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn full() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        format!("er wachten of lopen al {MOST_WAITING} taken; probeer het later weer"),
    )
}

fn stopped() -> Problem {
    Problem::not_found("deze taak is gestopt")
}

fn told(status: StatusCode, task: &Task) -> Result<Response, Problem> {
    let mut response = super::call::with(JSON, sorted(task)?);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Searches, and makes something of what is found; nothing when `go_on` says so between two steps.
fn find<T>(
    world: &World,
    search: &Search,
    go_on: &mut dyn FnMut() -> bool,
    make: impl FnOnce(&Finding<'_>) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    let options = world.of_part(search.part);
    let own;
    let found = if search.step.total_cmp(&STEP).is_eq() {
        world.canvas();
        if !go_on() {
            return Ok(None);
        }
        world.finding(&search.plan, search.part, &[], &search.wanted)
    } else {
        own = Canvas::new(&world.package, &world.ground, search.step);
        if !go_on() {
            return Ok(None);
        }
        Finding::new(&world.package, &world.ground, &own, &search.plan, &[], &options, &search.wanted)
    };
    if !go_on() {
        return Ok(None);
    }
    make(&found).map(Some)
}

/// The fields of a question beside those of a plan.
const FIELDS: [&str; 6] = ["raster", "minimaal", "aantal", "tot", "binnen", "plaatsgebonden"];
/// The fields of a plan that a search can do with.
const PLAN: [&str; 7] = ["titel", "activiteit", "gegevens", "onderdelen", "peildatum", "lezingen", "id"];

impl Question {
    fn read(value: Value) -> Result<Self, Problem> {
        let Value::Object(mut plan) = value else {
            return Err(problem(vec![
                Fault::new("", "hier hoort een object").help("begin met {\"activiteit\": \"...\"}"),
            ]));
        };
        let mut faults = Vec::new();
        let mut number = |plan: &mut Map<String, Value>, field: &str, default: f64| match plan.remove(field) {
            None | Some(Value::Null) => default,
            Some(value) => value.as_f64().filter(|number| number.is_finite()).unwrap_or_else(|| {
                faults.push(Fault::new(field, "hier hoort een getal"));
                default
            }),
        };
        let step = number(&mut plan, "raster", STEP);
        let hectares = number(&mut plan, "minimaal", 1.0);
        let count = match plan.remove("aantal") {
            None | Some(Value::Null) => 10,
            Some(value) => match value.as_u64() {
                Some(count @ 1..=MOST_ZONES) => count,
                _ => {
                    let text = format!("hier hoort een geheel getal van 1 tot en met {MOST_ZONES}");
                    faults.push(Fault::new("aantal", text));
                    10
                }
            },
        };
        let until = match plan.remove("tot") {
            None | Some(Value::Null) => Outcome::JaMits.word().to_owned(),
            Some(Value::String(word)) => word,
            Some(_) => {
                faults.push(Fault::new("tot", "hier hoort tekst"));
                String::new()
            }
        };
        let within = match plan.remove("binnen") {
            None | Some(Value::Null) => Vec::new(),
            Some(value) => serde_json::from_value(value).unwrap_or_else(|_| {
                faults.push(Fault::new("binnen", "hier hoort een lijst van ids van gebieden"));
                Vec::new()
            }),
        };
        let part = match plan.remove("plaatsgebonden") {
            None | Some(Value::Null | Value::Bool(false)) => Part::All,
            Some(Value::Bool(true)) => Part::ByPlace,
            Some(_) => {
                faults.push(Fault::new("plaatsgebonden", "hier hoort true of false"));
                Part::All
            }
        };
        for key in plan.keys() {
            if matches!(key.as_str(), "locatie" | "gebieden") {
                faults.push(
                    Fault::new(key, Refused::Placed.to_string())
                        .help("beperk het zoeken met `binnen`: een lijst van gebieden"),
                );
            } else if !PLAN.contains(&key.as_str()) {
                let fault =
                    Fault::new(key.chars().take(80).collect::<String>(), "dit veld bestaat hier niet");
                let near = nearest(key, PLAN.into_iter().chain(FIELDS), 1);
                faults.push(match near.first() {
                    Some(near) => fault.help(format!("bedoeld: {near}?")),
                    None => fault,
                });
            }
        }
        if faults.is_empty() {
            Ok(Self { plan, step, hectares, count, until, within, part })
        } else {
            Err(problem(faults))
        }
    }

    fn search(&self, world: &World) -> Result<Search, Problem> {
        let package = &world.package;
        let plan = Plan::from_value(&Value::Object(self.plan.clone()), package)?;
        if !(LEAST_STEP..=MOST_STEP).contains(&self.step) {
            let text = format!("een cel is ten minste {LEAST_STEP} en ten hoogste {MOST_STEP} meter");
            return Err(problem(vec![Fault::new("raster", text)]));
        }
        let at_most = brink_reply::check(package, &plan, self.step, self.hectares, &self.until)
            .map_err(|refused| problem(vec![fault(&refused)]))?;
        let mut within = Vec::new();
        let mut faults = Vec::new();
        for (n, id) in self.within.iter().enumerate() {
            match package.vocabulary.index.areas.get(id) {
                Some(area) => within.push(*area),
                None => {
                    let short: String = id.chars().take(80).collect();
                    let fault = Fault::new(format!("binnen[{n}]"), format!("onbekend gebied `{short}`"));
                    let near = package.vocabulary.near_area(id);
                    faults.push(if near.is_empty() {
                        fault
                    } else {
                        fault.help(format!("bedoeld: {}?", near.join(", ")))
                    });
                }
            }
        }
        if !faults.is_empty() {
            faults.truncate(20);
            return Err(problem(faults));
        }
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        let wanted = Wanted { hectares: self.hectares, within, count, at_most, exact_up_to: f64::INFINITY };
        Ok(Search { plan, step: self.step, part: self.part, wanted })
    }
}

/// What is wrong, by field.
fn fault(refused: &Refused) -> Fault {
    let field = match refused {
        Refused::Placed => "",
        Refused::Step => "raster",
        Refused::Distance => "activiteit",
        Refused::Hectares => "minimaal",
        Refused::Verdict(_) => "tot",
    };
    let fault = Fault::new(field, refused.to_string());
    match refused.help() {
        Some(help) => fault.help(help),
        None => fault,
    }
}
