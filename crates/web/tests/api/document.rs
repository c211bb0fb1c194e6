//! The description of the API, for programs and for people.

use crate::server::{Reply, Server};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

#[tokio::test]
async fn the_document() {
    let reply = Server::klein().get("/openapi.json").await;
    assert_eq!(reply.kind(), "application/json");
    insta::assert_json_snapshot!(reply.json());
}

#[tokio::test]
async fn it_names_the_address_it_was_asked_at() {
    let server = Server::drenthe();
    let ask = async |path: &str| {
        let request = Request::get(path).header("host", "visie.example:8443");
        server.ask(request.body(Body::empty()).unwrap()).await
    };
    let document = ask("/api/v1/openapi.json").await.json();
    assert_eq!(document["servers"][0]["url"], "http://visie.example:8443/api/v1");
    assert_eq!(document["info"]["contact"]["url"], "http://visie.example:8443/over");
    let page = String::from_utf8(ask("/api").await.body).unwrap();
    assert!(page.contains("http://visie.example:8443/api/v1"));
    assert_eq!(page.find("127.0.0.1").map(|at| &page[at - 100..at + 60]), None);
}

#[tokio::test]
async fn the_page_says_all_that_the_document_says() {
    let server = Server::klein();
    let document = server.get("/openapi.json").await.json();
    let page = server.ask(Request::get("/api").body(Body::empty()).unwrap()).await;
    let page = String::from_utf8(page.body).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(page.contains(&format!("{} {path}", method.to_uppercase())), "{path}");
            let id = operation["operationId"].as_str().unwrap();
            assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("id=\"vorm-{name}\"")), "{name}");
    }
    // Links within the page lead somewhere.
    for link in page.split("href=\"#").skip(1) {
        let target = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{target}\"")), "{target}");
    }
    assert!(!page.contains("<script>") && !page.contains(" style="));
}

/// Holds an answer to the schema of its status and form.
fn conforms(document: &Value, path: &str, method: &str, reply: &Reply) {
    let kind = reply.kind().split(';').next().unwrap();
    let operation = &document["paths"][path][method];
    let mut response = &operation["responses"][reply.status.as_u16().to_string()];
    if let Some(reference) = response["$ref"].as_str() {
        response = document.pointer(reference.trim_start_matches('#')).unwrap();
    }
    let schema = &response["content"][kind]["schema"];
    assert!(schema.is_object(), "{method} {path}: {} {kind} is not documented", reply.status);
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let answer = reply.json();
    let faults: Vec<String> = validator
        .iter_errors(&answer)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path))
        .collect();
    assert!(faults.is_empty(), "{method} {path}: {faults:#?}");
}

#[tokio::test]
async fn answers_are_as_described() {
    let server = Server::drenthe();
    let document = server.get("/openapi.json").await.json();
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let Some(operation) = methods.get("get") else {
            continue;
        };
        let mut address = path.clone();
        let mut query = String::from("?");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let Some(example) = parameter["example"].as_str() else {
                continue;
            };
            if parameter["in"] == "path" {
                address = address.replace(&format!("{{{name}}}"), example);
            } else if parameter["required"] == true || name == "punt" {
                query += &format!("{name}={}&", example.replace(' ', "+"));
            }
        }
        let address = if query.len() > 1 { address + query.trim_end_matches('&') } else { address };
        let address = address.replace("{id}", "provincie");
        conforms(&document, path, "get", &server.get(&address).await);
        conforms(
            &document,
            path,
            "get",
            &server.get(&format!("{address}{}onzin=1", if query.len() > 1 { "&" } else { "?" })).await,
        );
        asked += 1;
    }
    assert!(asked > 25, "{asked}");
    for one in server.get("/uitspraken?perPagina=5000").await.json()["uitspraken"]
        .as_array()
        .unwrap()
        .iter()
        .step_by(60)
    {
        let reply = server.get(&format!("/uitspraken/{}", one["id"].as_str().unwrap())).await;
        conforms(&document, "/uitspraken/{id}", "get", &reply);
    }
    let shapes = server.get_as("/waar?punt=6.56,52.99", "application/geo+json").await;
    conforms(&document, "/waar", "get", &shapes);
    let all = server.get("/normen?perPagina=5000").await;
    conforms(&document, "/normen", "get", &all);
    for plan in plans() {
        conforms(&document, "/toets", "post", &server.post("/toets?alles=true", &plan).await);
    }
    let question = json!({
        "activiteit": "zonnepark", "raster": 250, "binnen": ["gemeente-assen"], "tot": "strijdig",
    });
    conforms(&document, "/geschikt", "post", &server.post("/geschikt", &question).await);
}

/// The example plans of the project.
fn plans() -> Vec<Value> {
    let folder = crate::server::root().join("voorbeelden");
    let mut plans: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    plans.sort();
    assert!(plans.len() > 20);
    plans.iter().map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
}
