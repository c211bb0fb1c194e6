//! The first page, and what it keeps to.

use super::ROOT;
use super::answer::{Cell, Form, HTML, JSON, Link, ServicePage, json};
use super::asked::Asked;
use crate::app::App;
use crate::error::Problem;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;

const NAME: &str = "Kaartdiensten van Brink";
const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// What this API keeps to.
const CLASSES: [&str; 30] = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilesetmetadata",
];

/// `/ogc/v1`
pub(super) async fn landing(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let world = app.world();
    let root = format!("{}{ROOT}", asked.origin);
    let description = format!(
        "De gebieden van {} als kaart, voor wie er een eigen kaart of programma mee maakt. Volgens OGC API Features en OGC API Tiles.",
        world.package.info.title
    );
    if asked.form == Form::Html {
        let row = |what: &str, href: String, text: &str| vec![Cell::link(what, href), Cell::text(text)];
        return ServicePage {
            heading: NAME.to_owned(),
            lead: description,
            caption: "Wat er is".to_owned(),
            columns: vec!["Onderdeel", "Wat u er vindt"],
            rows: vec![
                row(
                    "Gebieden",
                    format!("{ROOT}/collections?f=html"),
                    "Elk gebied met een kaart: bekijken, zoeken en downloaden als GeoJSON.",
                ),
                row(
                    "Tegels",
                    format!("{ROOT}/tiles?f=html"),
                    "Dezelfde gebieden als vectortegels, voor webkaarten.",
                ),
                row(
                    "Tegelindelingen",
                    format!("{ROOT}/tileMatrixSets?f=html"),
                    "Hoe de kaart in tegels is verdeeld.",
                ),
                row("Beschrijving", format!("{ROOT}/api?f=html"), "Alle adressen en parameters (OpenAPI)."),
                row(
                    "Normen",
                    format!("{ROOT}/conformance?f=html"),
                    "Aan welke delen van de OGC-normen dit voldoet.",
                ),
            ],
            links: vec![(format!("{ROOT}?f=json"), "Deze pagina als JSON".to_owned())],
            ..ServicePage::default()
        }
        .answer(&world);
    }
    let link = |rel, kind, path: &str, title: &str| Link::new(rel, kind, format!("{root}{path}"), title);
    Ok(json(
        JSON,
        &json!({
            "title": NAME,
            "description": description,
            "links": [
                link("self", JSON, "?f=json", "Dit document"),
                link("alternate", HTML, "?f=html", "Dit document als pagina"),
                link("service-desc", OPENAPI, "/api?f=json", "Beschrijving van de API (OpenAPI 3.0)"),
                link("service-doc", HTML, "/api?f=html", "Beschrijving van de API om te lezen"),
                link("conformance", JSON, "/conformance", "Aan welke normen dit voldoet"),
                link("data", JSON, "/collections", "De gebieden"),
                link("http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", JSON, "/tiles", "Vectortegels"),
                link("http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", JSON, "/tileMatrixSets", "Tegelindelingen"),
            ],
        }),
    ))
}

/// `/ogc/v1/conformance`
pub(super) async fn conformance(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    if asked.form == Form::Html {
        return ServicePage {
            heading: "Normen".to_owned(),
            lead: "Aan deze delen van de OGC-normen voldoen de kaartdiensten.".to_owned(),
            above: vec![(format!("{ROOT}?f=html"), NAME.to_owned())],
            caption: "Delen van normen".to_owned(),
            columns: vec!["Naam"],
            rows: CLASSES.iter().map(|class| vec![Cell::link(*class, *class)]).collect(),
            links: vec![(format!("{ROOT}/conformance?f=json"), "Deze lijst als JSON".to_owned())],
            ..ServicePage::default()
        }
        .answer(&app.world());
    }
    Ok(json(JSON, &json!({ "conformsTo": CLASSES })))
}
