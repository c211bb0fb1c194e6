//! The description of the API: OpenAPI 3.0, made from what is there.

use super::ROOT;
use super::answer::{Cell, Form, ServicePage, json};
use super::asked::Asked;
use super::map::PROPERTIES;
use super::parameters::LARGEST;
use super::reference::{SPOKEN, uri};
use crate::app::App;
use crate::error::Problem;
use axum::extract::State;
use axum::response::Response;
use brink_geo::tile::Matrix;
use serde_json::{Map, Value, json};

/// One route: where, what it is called, what it tells, its parameters and the media type of its answer.
struct Route {
    path: &'static str,
    id: &'static str,
    title: &'static str,
    parameters: &'static [&'static str],
    kind: &'static str,
}

const JSON: &str = "application/json";

const ROUTES: [Route; 16] = [
    Route { path: "", id: "begin", title: "Wat er is", parameters: &["f"], kind: JSON },
    Route {
        path: "/conformance",
        id: "normen",
        title: "Aan welke normen dit voldoet",
        parameters: &["f"],
        kind: JSON,
    },
    Route {
        path: "/api",
        id: "beschrijving",
        title: "Deze beschrijving",
        parameters: &["f"],
        kind: "application/vnd.oai.openapi+json;version=3.0",
    },
    Route { path: "/collections", id: "verzamelingen", title: "De gebieden", parameters: &["f"], kind: JSON },
    Route {
        path: "/collections/{collectionId}",
        id: "verzameling",
        title: "Een gebied",
        parameters: &["collectionId", "f"],
        kind: JSON,
    },
    Route {
        path: "/collections/{collectionId}/queryables",
        id: "kenmerken",
        title: "Kenmerken om op te zoeken",
        parameters: &["collectionId", "f"],
        kind: "application/schema+json",
    },
    Route {
        path: "/collections/{collectionId}/items",
        id: "vormen",
        title: "De vormen van een gebied",
        parameters: &[
            "collectionId",
            "f",
            "limit",
            "offset",
            "bbox",
            "bbox-crs",
            "crs",
            "datetime",
            "filter",
            "filter-lang",
            "filter-crs",
            "+",
        ],
        kind: "application/geo+json",
    },
    Route {
        path: "/collections/{collectionId}/items/{featureId}",
        id: "vorm",
        title: "Een vorm",
        parameters: &["collectionId", "featureId", "f", "crs"],
        kind: "application/geo+json",
    },
    Route {
        path: "/collections/{collectionId}/tiles",
        id: "tegelsVanGebied",
        title: "Tegels van een gebied",
        parameters: &["collectionId", "f"],
        kind: JSON,
    },
    Route {
        path: "/collections/{collectionId}/tiles/{tileMatrixSetId}",
        id: "tegelsetVanGebied",
        title: "Tegels van een gebied in een indeling",
        parameters: &["collectionId", "tileMatrixSetId", "f:tiles"],
        kind: JSON,
    },
    Route {
        path: "/collections/{collectionId}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
        id: "tegelVanGebied",
        title: "Een tegel van een gebied",
        parameters: &["collectionId", "tileMatrixSetId", "tileMatrix", "tileRow", "tileCol", "f:mvt"],
        kind: "application/vnd.mapbox-vector-tile",
    },
    Route { path: "/tiles", id: "tegels", title: "Tegels", parameters: &["f"], kind: JSON },
    Route {
        path: "/tiles/{tileMatrixSetId}",
        id: "tegelset",
        title: "Tegels in een indeling",
        parameters: &["tileMatrixSetId", "f:tiles"],
        kind: JSON,
    },
    Route {
        path: "/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
        id: "tegel",
        title: "Een tegel",
        parameters: &["tileMatrixSetId", "tileMatrix", "tileRow", "tileCol", "collections", "f:mvt"],
        kind: "application/vnd.mapbox-vector-tile",
    },
    Route {
        path: "/tileMatrixSets",
        id: "tegelindelingen",
        title: "Tegelindelingen",
        parameters: &["f"],
        kind: JSON,
    },
    Route {
        path: "/tileMatrixSets/{tileMatrixSetId}",
        id: "tegelindeling",
        title: "Een tegelindeling",
        parameters: &["tileMatrixSetId", "f"],
        kind: JSON,
    },
];

/// A parameter by its name in [`ROUTES`].
fn parameter(name: &str) -> Value {
    let crs = json!({ "type": "string", "enum": SPOKEN.map(uri), "default": uri(SPOKEN[0]) });
    let path = |name: &str, schema: Value, text: &str| json!({ "name": name, "in": "path", "required": true, "schema": schema, "description": text });
    let query = |name: &str, schema: Value, text: &str| json!({ "name": name, "in": "query", "required": false, "schema": schema, "description": text });
    let string = json!({ "type": "string" });
    let rectangle = json!({ "type": "array", "items": { "type": "number" }, "minItems": 4, "maxItems": 6 });
    let number = json!({ "type": "integer", "minimum": 0 });
    match name {
        "collectionId" => path(name, string, "Id van een gebied, `gebieden` voor alle of `antwoorden`."),
        "featureId" => path(name, string, "Id van een vorm, zoals een lijst van vormen die geeft."),
        "tileMatrixSetId" => {
            path(name, json!({ "type": "string", "enum": Matrix::ALL.map(Matrix::id) }), "Tegelindeling.")
        }
        "tileMatrix" => {
            path(name, json!({ "type": "integer", "minimum": 0, "maximum": Matrix::MAX_ZOOM }), "Zoomniveau.")
        }
        "tileRow" => path(name, number, "Rij, van boven."),
        "tileCol" => path(name, number, "Kolom, van links."),
        "f" => query(
            "f",
            json!({ "type": "string", "enum": ["json", "html"] }),
            "Vorm van het antwoord; anders beslist de kop Accept.",
        ),
        "f:tiles" => query(
            "f",
            json!({ "type": "string", "enum": ["json", "html", "tilejson"] }),
            "Vorm van het antwoord; TileJSON is er alleen van WebMercatorQuad.",
        ),
        "f:mvt" => query("f", json!({ "type": "string", "enum": ["mvt"] }), "Altijd mvt."),
        "limit" => query(
            name,
            json!({ "type": "integer", "minimum": 1, "maximum": LARGEST, "default": 100 }),
            "Hoogstens zoveel vormen.",
        ),
        "offset" => {
            query(name, json!({ "type": "integer", "minimum": 0, "default": 0 }), "Zoveel vormen overslaan.")
        }
        "bbox" => {
            let mut value =
                query(name, rectangle, "Alleen vormen die deze rechthoek raken: eerst de laagste hoek.");
            if let Some(object) = value.as_object_mut() {
                object.insert("style".to_owned(), json!("form"));
                object.insert("explode".to_owned(), json!(false));
            }
            value
        }
        "crs" => query(name, crs, "Coördinatenstelsel van het antwoord."),
        "bbox-crs" => query(name, crs, "Coördinatenstelsel van `bbox`."),
        "filter-crs" => query(name, crs, "Coördinatenstelsel van vormen in `filter`."),
        "datetime" => {
            query(name, string, "Dag, tijdstip of periode van de kaart: 2026-01-31 of 2026-01-01/..")
        }
        "filter" => query(
            name,
            json!({ "type": "string", "maxLength": super::filter::LONGEST }),
            "Filter in CQL2-tekst, zoals kaartsoort = 'echt' AND hectare > 10.",
        ),
        "filter-lang" => query(
            name,
            json!({ "type": "string", "enum": ["cql2-text"], "default": "cql2-text" }),
            "Taal van `filter`.",
        ),
        "collections" => query(name, string, "Ids van gebieden met komma's ertussen; zonder: alle."),
        _ => Value::Null,
    }
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> =
        route.parameters.iter().map(|name| parameter(name)).filter(|p| !p.is_null()).collect();
    if route.parameters.contains(&"+") {
        parameters.extend(PROPERTIES.iter().map(|(name, kind, text)| {
            json!({ "name": name, "in": "query", "required": false, "schema": { "type": kind }, "description": format!("Alleen vormen met dit kenmerk. {text}") })
        }));
    }
    let problem = json!({
        "description": "Wat er mis is en wat te doen",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/probleem" } } },
    });
    let tile = route.kind.ends_with("vector-tile");
    let mut content = Map::new();
    let schema =
        if tile { json!({ "type": "string", "format": "binary" }) } else { json!({ "type": "object" }) };
    content.insert(route.kind.to_owned(), json!({ "schema": schema }));
    if !tile {
        content.insert("text/html".to_owned(), json!({ "schema": { "type": "string" } }));
    }
    let mut responses = Map::new();
    let mut found = json!({ "description": "Het antwoord", "content": content });
    if let (true, Some(object)) = (route.parameters.contains(&"crs"), found.as_object_mut()) {
        object.insert(
            "headers".to_owned(),
            json!({ "Content-Crs": { "description": "Coördinatenstelsel van het antwoord", "schema": { "type": "string" } } }),
        );
    }
    responses.insert("200".to_owned(), found);
    if tile {
        responses.insert("204".to_owned(), json!({ "description": "Op deze tegel ligt niets" }));
    }
    for status in ["400", "404", "429", "503"] {
        if status != "404" || route.path.contains('{') {
            responses.insert(status.to_owned(), problem.clone());
        }
    }
    json!({ "get": { "operationId": route.id, "summary": route.title, "parameters": parameters, "responses": responses } })
}

/// `/ogc/v1/api`
pub(super) async fn document(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let world = app.world();
    if asked.form == Form::Html {
        return ServicePage {
            heading: "Beschrijving van de kaartdiensten".to_owned(),
            lead: "Alle adressen, met hun parameters. Een programma leest dezelfde beschrijving als OpenAPI."
                .to_owned(),
            above: vec![(format!("{ROOT}?f=html"), "Kaartdiensten".to_owned())],
            caption: "Adressen".to_owned(),
            columns: vec!["Adres", "Wat het geeft", "Parameters"],
            rows: ROUTES
                .iter()
                .map(|route| {
                    let names: Vec<&str> = route
                        .parameters
                        .iter()
                        .filter(|name| **name != "+")
                        .map(|name| name.split(':').next().unwrap_or(name))
                        .collect();
                    vec![
                        Cell::text(format!("{ROOT}{}", route.path)),
                        Cell::text(route.title),
                        Cell::text(names.join(", ")),
                    ]
                })
                .collect(),
            links: vec![(format!("{ROOT}/api?f=json"), "De beschrijving als OpenAPI 3.0".to_owned())],
            ..ServicePage::default()
        }
        .answer(&world);
    }
    let paths: Map<String, Value> = ROUTES
        .iter()
        .map(|route| {
            (if route.path.is_empty() { "/".to_owned() } else { route.path.to_owned() }, operation(route))
        })
        .collect();
    Ok(json(
        "application/vnd.oai.openapi+json;version=3.0",
        &json!({
            "openapi": "3.0.3",
            "info": {
                "title": "Kaartdiensten van Brink",
                "description": format!("De gebieden van {} als features en vectortegels.", world.package.info.title),
                "version": env!("CARGO_PKG_VERSION"),
            },
            "servers": [{ "url": format!("{}{ROOT}", asked.origin) }],
            "paths": paths,
            "components": { "schemas": { "probleem": {
                "type": "object",
                "required": ["status", "title"],
                "properties": {
                    "status": { "type": "integer" }, "title": { "type": "string" }, "detail": { "type": "string" },
                },
            } } },
        }),
    ))
}
