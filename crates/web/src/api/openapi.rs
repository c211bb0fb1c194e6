//! The API described for programs: OpenAPI 3.1.

use super::operation::{Body, Doing, Example, Kind, Operation, Parameter, Place, Source};
use super::query::LONGEST_SHAPE;
use super::schema::Schemas;
use super::{BASE, VERSION, call, operations};
use crate::error;
use crate::origin::origin;
use crate::settings::Settings;
use crate::world::World;
use axum::http::StatusCode;
use brink_assess::{Plan, looks_at_distance};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The parts of the API, with what they are for.
pub(super) const TAGS: [(&str, &str); 7] = [
    ("Toets", "Een plan naar de visie beoordelen."),
    ("Waar", "Wat er op een plek geldt."),
    ("Geschikt", "Waar een plan zou passen."),
    ("Visie", "De visie als onderdelen, uitspraken en normen."),
    ("Doelen", "Wat de visie wil bereiken en bieden."),
    ("Woordenlijst", "De woorden die een plan kan gebruiken."),
    ("Pakket", "Waar alles op rust: pakket, kaarten en deze beschrijving."),
];

pub(super) fn operations_of_document() -> Vec<Operation> {
    vec![
        Operation::get(
            "leesOpenapi",
            "/openapi.json",
            "Pakket",
            "Deze beschrijving, als OpenAPI 3.1",
            Source::Named("Openapi"),
            document_of,
        )
        .about("Dezelfde beschrijving staat leesbaar op `/api`."),
    ]
}

fn document_of(call: call::Call) -> Doing {
    Box::pin(async {
        call.reply(|world, call| {
            let origin = origin(&call.app, &call.headers);
            call::as_is(&document(world, call.app.settings(), &origin))
        })
        .await
    })
}

/// The document, for a server at this address.
pub(super) fn document(world: &World, settings: &Settings, origin: &str) -> Value {
    let mut schemas = Schemas::new();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for one in operations() {
        let described = operation(one, world, &mut schemas);
        paths.entry(one.path).or_default().insert(one.method.word().to_ascii_lowercase(), described);
    }
    let mut faults: Vec<u16> = operations().iter().flat_map(Operation::all_faults).collect();
    faults.sort_unstable();
    faults.dedup();
    let responses: Map<String, Value> =
        faults.into_iter().map(|status| (format!("Fout{status}"), fault(status))).collect();
    let mut definitions = schemas.all();
    definitions.insert(
        "Openapi".to_owned(),
        json!({
            "title": "Een OpenAPI-document", "type": "object", "required": ["openapi", "info", "paths"],
            "properties": {
                "openapi": { "type": "string" }, "info": { "type": "object" }, "paths": { "type": "object" }
            }
        }),
    );
    // Where the operator can be found: the page about this server, when nothing else is said.
    let contact = settings.contact_adres.clone().unwrap_or_else(|| format!("{origin}/over"));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Brink",
            "summary": "Een omgevingsvisie die plannen beoordeelt",
            "description": description(world, settings),
            "version": VERSION,
            "contact": {
                "name": settings.contact_naam, "email": settings.contact_email, "url": contact,
            },
            "license": { "name": "EUPL-1.2", "url": "https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12" },
        },
        "servers": [{ "url": format!("{origin}{BASE}"), "description": "Deze server" }],
        "tags": TAGS.iter().map(|(name, text)| json!({ "name": name, "description": text })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": responses,
            "headers": {
                "ApiVersion": {
                    "description": "Versie van deze API.", "schema": { "type": "string" }, "example": VERSION,
                },
                "RetryAfter": {
                    "description": "Na hoeveel seconden opnieuw te proberen.",
                    "schema": { "type": "integer", "minimum": 0 }
                },
            },
        },
    })
}

fn description(world: &World, settings: &Settings) -> String {
    let info = &world.package.info;
    let rate = match settings.verzoeken_per_seconde {
        0 => "Er is geen grens aan het aantal verzoeken.".to_owned(),
        rate => format!(
            "Per bezoeker gemiddeld hooguit {rate} verzoeken per seconde, met {} ineens; daarboven volgt 429 met `Retry-After`.",
            settings.verzoeken_ineens
        ),
    };
    format!(
        "Vraagt aan {title} (pakket `{id}`, versie {version}) wat de visie van een plan vindt, wat er op een plek geldt en \
         waar een plan zou passen. De antwoorden zijn gelijk aan die van het programma `brink` met `--json`.\n\n\
         **{disclaimer}**\n\n\
         - **Plaats:** lengte- en breedtegraad in WGS84 (CRS84), in die volgorde. WGS84 en ETRS89 gelden als hetzelfde. \
         Gerekend wordt in het Rijksdriehoekstelsel (EPSG:28992), met RDNAPTRANS2018. Kaarten in andere stelsels staan \
         onder `/ogc/v1`.\n\
         - **Maten:** oppervlakten in hectare, afstanden in meter, aandelen van 0 tot 1; van gegevens staat de eenheid erbij.\n\
         - **Bron:** elk antwoord noemt in `bewijs` het pakket, de kaarten en het programma waarmee het is gemaakt. \
         `regels` zijn regels in de tekst van de visie (`{source}`).\n\
         - **Fouten:** `application/problem+json` (RFC 9457), met in `meldingen` alles wat er mis is, per veld. Een \
         parameter die niet bestaat, is een fout.\n\
         - **Grenzen:** {rate} Een verzoek duurt hooguit {seconds} seconden.\n\
         - **Bewaren:** antwoorden op GET hebben een `ETag` en `Last-Modified`; met `If-None-Match` volgt 304 als er niets \
         is veranderd. Lezen mag vanaf elke website (CORS).\n\
         - **Versie:** elk antwoord heeft de kop `API-Version`. Nieuwe velden en parameters kunnen erbij komen zonder nieuwe \
         hoofdversie.",
        title = info.title,
        id = info.id,
        version = info.version,
        disclaimer = info.disclaimer.trim(),
        source = info.source,
        seconds = settings.tijdslimiet,
    )
}

fn operation(one: &Operation, world: &World, schemas: &mut Schemas) -> Value {
    let mut responses = Map::new();
    for answer in &one.answers {
        let mut headers = Map::new();
        headers.insert("API-Version".to_owned(), json!({ "$ref": "#/components/headers/ApiVersion" }));
        for (name, text) in answer.headers {
            let schema = if *name == "X-Total-Count" {
                json!({ "type": "integer", "minimum": 0 })
            } else {
                json!({ "type": "string" })
            };
            headers.insert((*name).to_owned(), json!({ "description": text, "schema": schema }));
        }
        let mut response = json!({ "description": answer.description, "headers": headers });
        let content = content(&answer.forms, schemas);
        if !content.is_empty()
            && let Some(response) = response.as_object_mut()
        {
            response.insert("content".to_owned(), Value::Object(content));
        }
        if answer.status == 202
            && let Some(response) = response.as_object_mut()
        {
            response.insert("links".to_owned(), links());
        }
        responses.insert(answer.status.to_string(), response);
    }
    if one.method == super::operation::Verb::Get {
        responses.insert(
            "304".to_owned(),
            json!({
                "description": "Er is niets veranderd sinds het antwoord met deze `ETag`.",
                "headers": { "API-Version": { "$ref": "#/components/headers/ApiVersion" } }
            }),
        );
    }
    for status in one.all_faults() {
        let reference = format!("#/components/responses/Fout{status}");
        responses.insert(status.to_string(), json!({ "$ref": reference }));
    }
    let mut described = json!({
        "operationId": one.id,
        "tags": [one.tag],
        "summary": one.summary,
        "description": if one.description.is_empty() { one.summary } else { one.description },
        "responses": responses,
    });
    if let Some(fields) = described.as_object_mut() {
        let parameters: Vec<Value> =
            one.parameters.iter().map(|parameter| self::parameter(parameter, world)).collect();
        if !parameters.is_empty() {
            fields.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(body) = &one.body {
            fields.insert("requestBody".to_owned(), sent(body, world, schemas));
        }
    }
    described
}

/// What can be asked of a task that was started.
fn links() -> Value {
    let to = |id: &str, text: &str| json!({ "operationId": id, "parameters": { "id": "$response.body#/id" }, "description": text });
    json!({
        "stand": to("leesTaak", "Hoe de taak ervoor staat."),
        "resultaat": to("leesResultaat", "Het resultaat, als de taak klaar is."),
        "stoppen": to("stopTaak", "Stopt de taak."),
    })
}

fn content(forms: &[(&'static str, Source)], schemas: &mut Schemas) -> Map<String, Value> {
    let forms = forms.iter();
    forms
        .map(|(media, source)| ((*media).to_owned(), json!({ "schema": schemas.reference(*source) })))
        .collect()
}

fn sent(body: &Body, world: &World, schemas: &mut Schemas) -> Value {
    let mut content = content(&body.forms, schemas);
    for (media, source) in &body.forms {
        let example = match source {
            Source::Named("PlanOfFeature") => world.examples.first().map(|one| one.plan.clone()),
            Source::Named("PlanFeature") => feature(world),
            Source::Named("Plek") => point(world).map(|at| json!({ "type": "Point", "coordinates": at })),
            Source::Named("GeschiktVraag") => question(world),
            _ => None,
        };
        if let (Some(form), Some(example)) = (content.get_mut(*media).and_then(Value::as_object_mut), example)
        {
            form.insert("example".to_owned(), example);
        }
    }
    json!({ "description": body.description, "required": true, "content": content })
}

/// An example as a feature at a place of the package.
fn feature(world: &World) -> Option<Value> {
    let activity = world.examples.first()?.plan.get("activiteit")?;
    let at = point(world)?;
    Some(json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": at },
        "properties": { "activiteit": activity },
    }))
}

/// A question that a search can do with.
fn question(world: &World) -> Option<Value> {
    world.examples.iter().find_map(|one| {
        let activity = one.plan.get("activiteit")?;
        let value = json!({ "activiteit": activity });
        let plan = Plan::from_value(&value, &world.package).ok()?;
        let can = !looks_at_distance(&world.package, &plan);
        can.then(|| json!({ "activiteit": activity, "minimaal": 10, "aantal": 5 }))
    })
}

fn point(world: &World) -> Option<[f64; 2]> {
    world.places.first().map(|place| place.at)
}

/// A value of the package, as an example.
fn example(kind: Example, world: &World) -> Option<String> {
    let words = &world.package.vocabulary;
    match kind {
        Example::None => None,
        Example::Text(text) => Some(text.to_owned()),
        Example::Activity => {
            let first = world.examples.iter().find_map(|one| one.plan.get("activiteit")?.as_str());
            first.map(str::to_owned).or_else(|| words.activities.first().map(|one| one.id.clone()))
        }
        Example::Area => {
            let named = world.package.norms.iter().find_map(|norm| norm.areas.first());
            named.and_then(|area| words.area(*area)).map(|area| area.id.clone())
        }
        Example::Interest => words.interests.first().map(|one| one.id.clone()),
        Example::Fact => words.facts.first().map(|one| one.id.clone()),
        Example::Term => brink_reply::terms(&world.package).first().map(|one| one.id.to_owned()),
        Example::Section => {
            let first = world.package.norms.first().and_then(|norm| words.section(norm.section));
            first.map(|section| section.number.clone())
        }
        Example::Norm => world.package.norms.first().map(|one| one.id.clone()),
        Example::Statement => world.written.statements.first().map(|one| one.id.clone()),
        Example::Goal => world.written.goals.first().map(|one| one.id.clone()),
        Example::Point => point(world).map(|[longitude, latitude]| format!("{longitude},{latitude}")),
        Example::Task => Some("0123456789abcdef0123456789abcdef".to_owned()),
    }
}

fn parameter(one: &Parameter, world: &World) -> Value {
    let mut schema = match one.kind {
        // What a header says besides is passed over.
        Kind::Text(_) if one.place == Place::Header => json!({ "type": "string" }),
        Kind::Text(most) => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        Kind::Whole { least, most, default } => {
            json!({ "type": "integer", "minimum": least, "maximum": most, "default": default })
        }
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Truth => json!({ "type": "boolean", "default": false }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Point => json!({ "type": "string", "pattern": r"^-?\d+(\.\d+)?[ ,;]+-?\d+(\.\d+)?$" }),
        Kind::Shape => {
            json!({
                "type": "string", "minLength": 1, "maxLength": LONGEST_SHAPE, "pattern": r"^[A-Za-z0-9 (),.+;-]+$",
            })
        }
        Kind::Open(beginnings) => {
            let patterns: Map<String, Value> = beginnings
                .iter()
                .map(|(beginning, text)| {
                    let mut schema = json!({ "type": "string", "maxLength": 1000, "description": text });
                    if let (Some(schema), "m.") = (schema.as_object_mut(), *beginning) {
                        schema.insert("enum".to_owned(), json!(["binnen", "buiten"]));
                    }
                    (format!("^{}.+$", beginning.replace('.', "\\.")), schema)
                })
                .collect();
            json!({ "type": "object", "patternProperties": patterns, "additionalProperties": false })
        }
    };
    if one.repeated {
        schema = json!({ "type": "array", "items": schema });
    }
    let place = match one.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    };
    let mut described = json!({
        "name": one.name, "in": place, "required": one.required, "description": one.description, "schema": schema,
    });
    if let Some(fields) = described.as_object_mut() {
        if one.repeated || matches!(one.kind, Kind::Open(_)) {
            fields.insert("style".to_owned(), json!("form"));
            fields.insert("explode".to_owned(), json!(true));
        }
        if let Some(example) = example(one.example, world) {
            let example = if one.repeated { json!([example]) } else { json!(example) };
            fields.insert("example".to_owned(), example);
        }
    }
    described
}

fn fault(status: u16) -> Value {
    let kind = StatusCode::from_u16(status).map_or("", error::title);
    let what = match status {
        400 => "Een parameter of veld bestaat niet of heeft een waarde die niet kan.",
        404 => "Wat het adres noemt, bestaat niet.",
        406 => "Vraag in `Accept` een vorm die er is.",
        409 => "Vraag eerst hoe de taak ervoor staat.",
        413 => "Stuur minder mee.",
        415 => "Zet in `Content-Type` wat u stuurt.",
        429 => "Deze bezoeker vraagt te veel.",
        500 => "Een fout in het programma; de beheerder vindt haar in de log.",
        503 => "Er wachten te veel verzoeken.",
        _ => "Maak de vraag kleiner, of probeer het later weer.",
    };
    let mut headers = json!({ "API-Version": { "$ref": "#/components/headers/ApiVersion" } });
    if let (429 | 503, Some(headers)) = (status, headers.as_object_mut()) {
        headers.insert("Retry-After".to_owned(), json!({ "$ref": "#/components/headers/RetryAfter" }));
    }
    json!({
        "description": format!("{kind}. {what}"),
        "headers": headers,
        "content": {
            "application/problem+json": {
                "schema": { "$ref": "#/components/schemas/Fout" },
                "example": { "status": status, "title": kind, "detail": what }
            }
        }
    })
}
