//! The page that explains the API to people, made from the document for programs.

use super::{BASE, openapi};
use crate::app::App;
use crate::origin::origin;
use crate::pages::shell::Shell;
use crate::pages::{Page, page};
use crate::settings::Settings;
use crate::world::World;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use serde_json::Value;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/api", get(docs))
}

async fn docs(State(app): State<App>, headers: HeaderMap) -> Page {
    let settings = app.settings().clone();
    let origin = origin(&app, &headers);
    app.compute(move |world| page(&of(world, &settings, &origin))).await?
}

#[derive(Template)]
#[template(path = "api.html")]
struct Docs {
    shell: Shell,
    base: String,
    version: String,
    contact: [String; 3],
    about: Vec<Text>,
    tags: Vec<Tag>,
    schemas: Vec<Shape>,
}

/// A paragraph or a point of a list, in pieces.
struct Text {
    point: bool,
    pieces: Vec<Piece>,
}

/// A piece of text: plain, as code, or with stress.
struct Piece {
    kind: &'static str,
    text: String,
}

struct Tag {
    name: String,
    text: String,
    operations: Vec<Entry>,
}

struct Entry {
    id: String,
    method: String,
    path: String,
    summary: String,
    about: Vec<Text>,
    parameters: Vec<Row>,
    body: Option<Sent>,
    answers: Vec<Answered>,
    example: String,
}

/// A parameter or field.
struct Row {
    name: String,
    place: &'static str,
    required: bool,
    kind: Kind,
    text: Vec<Text>,
}

/// What something can be: words, and the shape they lead to.
struct Kind {
    text: String,
    link: Option<String>,
}

struct Sent {
    text: String,
    forms: Vec<(String, Kind)>,
    example: String,
}

struct Answered {
    status: String,
    text: Vec<Text>,
    forms: Vec<(String, Kind)>,
    headers: String,
}

struct Shape {
    name: String,
    about: String,
    kind: Option<Kind>,
    fields: Vec<Row>,
}

fn of(world: &World, settings: &Settings, origin: &str) -> Docs {
    let document = openapi::document(world, settings, origin);
    let base = format!("{origin}{BASE}");
    let mut tags: Vec<Tag> = list(document.get("tags"))
        .map(|tag| Tag {
            name: text(tag.get("name")),
            text: text(tag.get("description")),
            operations: Vec::new(),
        })
        .collect();
    for (path, methods) in fields(document.get("paths")) {
        for (method, operation) in fields(Some(methods)) {
            let name = text(operation.pointer("/tags/0"));
            if let Some(tag) = tags.iter_mut().find(|tag| tag.name == name) {
                tag.operations.push(entry(&document, &base, path, method, operation));
            }
        }
    }
    let shapes = fields(document.pointer("/components/schemas")).map(|(name, schema)| shape(name, schema));
    let info = |field: &str| text(document.pointer(&format!("/info/{field}")));
    Docs {
        shell: Shell::new(world, "api"),
        base,
        version: info("version"),
        contact: [info("contact/name"), info("contact/email"), info("contact/url")],
        about: texts(&info("description")),
        tags,
        schemas: shapes.collect(),
    }
}

fn entry(document: &Value, base: &str, path: &str, method: &str, operation: &Value) -> Entry {
    let parameters: Vec<Row> = list(operation.get("parameters"))
        .map(|parameter| Row {
            name: text(parameter.get("name")),
            place: match parameter.get("in").and_then(Value::as_str) {
                Some("path") => "in het pad",
                Some("header") => "als kop",
                _ => "na het vraagteken",
            },
            required: parameter.get("required") == Some(&Value::Bool(true)),
            kind: kind(parameter.get("schema")),
            text: texts(&text(parameter.get("description"))),
        })
        .collect();
    let body = operation.get("requestBody").map(|body| {
        let example = fields(body.get("content"))
            .find_map(|(_, form)| form.get("example"))
            .map(|one| format!("{one:#}"));
        Sent {
            text: text(body.get("description")),
            forms: forms(body.get("content")),
            example: example.unwrap_or_default(),
        }
    });
    let answers = fields(operation.get("responses"))
        .map(|(status, response)| {
            let response = response
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| document.pointer(reference.trim_start_matches('#')))
                .unwrap_or(response);
            let headers: Vec<&str> = fields(response.get("headers")).map(|(name, _)| name).collect();
            Answered {
                status: status.to_owned(),
                text: texts(&text(response.get("description"))),
                forms: forms(response.get("content")),
                headers: headers.join(", "),
            }
        })
        .collect();
    let about = text(operation.get("description"));
    let summary = text(operation.get("summary"));
    Entry {
        id: text(operation.get("operationId")),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        about: if about == summary { Vec::new() } else { texts(&about) },
        summary,
        parameters,
        body,
        answers,
        example: curl(base, path, method, operation),
    }
}

/// The same question on a command line.
fn curl(base: &str, path: &str, method: &str, operation: &Value) -> String {
    let mut address = path.to_owned();
    let mut query = Vec::new();
    for parameter in list(operation.get("parameters")) {
        let name = text(parameter.get("name"));
        let value = match parameter.get("example") {
            Some(Value::Array(list)) => text(list.first()),
            other => text(other),
        };
        match parameter.get("in").and_then(Value::as_str) {
            Some("path") => {
                let value = if value.is_empty() { name.to_uppercase() } else { value };
                address = address.replace(&format!("{{{name}}}"), &value);
            }
            // Of parameters that need not be there, the first show how it goes.
            Some("query")
                if !value.is_empty()
                    && (parameter.get("required") == Some(&Value::Bool(true)) || query.len() < 2) =>
            {
                query.push((name, value));
            }
            _ => {}
        }
    }
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    let mut line = "curl".to_owned();
    if method == "delete" {
        line += " -X DELETE";
    }
    if let Some((media, form)) =
        fields(operation.pointer("/requestBody/content")).find(|(_, form)| form.get("example").is_some())
    {
        let example = form.get("example").map(ToString::to_string).unwrap_or_default().replace('\'', "'\\''");
        line += &format!(" -H 'Content-Type: {media}' \\\n  -d '{example}' \\\n ");
    }
    format!("{line} '{base}{address}{mark}{query}'")
}

fn shape(name: &str, schema: &Value) -> Shape {
    let required: Vec<&str> = list(schema.get("required")).filter_map(Value::as_str).collect();
    let parts = list(schema.get("allOf"));
    let above = parts.clone().find(|part| part.get("$ref").is_some());
    let own = std::iter::once(schema).chain(parts).flat_map(|part| fields(part.get("properties")));
    let rows: Vec<Row> = own
        .map(|(field, schema)| Row {
            name: field.to_owned(),
            place: "",
            required: required.contains(&field),
            kind: kind(Some(schema)),
            text: texts(&text(schema.get("description"))),
        })
        .collect();
    Shape {
        name: name.to_owned(),
        about: [text(schema.get("title")), text(schema.get("description"))]
            .join(". ")
            .trim_matches([' ', '.'])
            .to_owned(),
        kind: match above {
            Some(above) => Some(kind(Some(above))),
            None => rows.is_empty().then(|| kind(Some(schema))),
        },
        fields: rows,
    }
}

fn forms(content: Option<&Value>) -> Vec<(String, Kind)> {
    fields(content).map(|(media, form)| (media.to_owned(), kind(form.get("schema")))).collect()
}

/// What a schema says something can be, in words.
fn kind(schema: Option<&Value>) -> Kind {
    let words = |text: String| Kind { text, link: None };
    let Some(Value::Object(fields)) = schema else {
        return words("van alles".to_owned());
    };
    if let Some(name) = fields.get("$ref").and_then(Value::as_str).and_then(|at| at.rsplit('/').next()) {
        return Kind { text: name.to_owned(), link: Some(name.to_owned()) };
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(Value::Array(all)) = fields.get(choice) {
            let all: Vec<Kind> = all.iter().map(|one| kind(Some(one))).collect();
            let link = all.iter().find_map(|one| one.link.clone());
            let text = all.into_iter().map(|one| one.text).collect::<Vec<_>>().join(" of ");
            return Kind { text, link };
        }
    }
    if let Some(Value::Array(choices)) = fields.get("enum") {
        let choices: Vec<String> = choices
            .iter()
            .map(|one| if one.is_null() { "niets".to_owned() } else { format!("`{}`", text(Some(one))) })
            .collect();
        return words(choices.join(", ").replace('`', ""));
    }
    let types: Vec<&str> = match fields.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut link = None;
    let spoken: Vec<String> = types
        .into_iter()
        .map(|one| match one {
            "string" => match fields.get("format").and_then(Value::as_str) {
                Some("date") => "datum".to_owned(),
                Some("date-time") => "datum en tijd".to_owned(),
                _ => "tekst".to_owned(),
            },
            "integer" => "geheel getal".to_owned() + &bounds(fields),
            "number" => "getal".to_owned() + &bounds(fields),
            "boolean" => "true of false".to_owned(),
            "null" => "niets".to_owned(),
            "array" => {
                let inner = kind(fields.get("items").or_else(|| fields.get("prefixItems")?.get(0)));
                link.clone_from(&inner.link);
                format!("lijst van {}", inner.text)
            }
            _ => "object".to_owned(),
        })
        .collect();
    Kind { text: if spoken.is_empty() { "van alles".to_owned() } else { spoken.join(" of ") }, link }
}

fn bounds(fields: &serde_json::Map<String, Value>) -> String {
    let end = |name: &str| fields.get(name).filter(|end| end.is_number());
    match (end("minimum"), end("maximum")) {
        (Some(low), Some(high)) => format!(" van {low} tot en met {high}"),
        (Some(low), None) if low.as_u64() != Some(0) => format!(" vanaf {low}"),
        _ => String::new(),
    }
}

/// Paragraphs and points of Markdown as this API writes it.
fn texts(markdown: &str) -> Vec<Text> {
    let lines = markdown.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (point, line) = line.strip_prefix("- ").map_or((false, line), |rest| (true, rest));
            let mut pieces = Vec::new();
            for (n, part) in line.split("**").enumerate() {
                if n % 2 == 1 {
                    pieces.push(Piece { kind: "sterk", text: part.to_owned() });
                    continue;
                }
                for (n, part) in part.split('`').enumerate() {
                    let kind = if n % 2 == 1 { "code" } else { "" };
                    pieces.push(Piece { kind, text: part.to_owned() });
                }
            }
            pieces.retain(|piece| !piece.text.is_empty());
            Text { point, pieces }
        })
        .collect()
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> + Clone {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn fields(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shapes_in_words() {
        let spoken = |schema: Value| kind(Some(&schema)).text;
        assert_eq!(spoken(json!({ "type": ["string", "null"] })), "tekst of niets");
        assert_eq!(
            spoken(json!({ "type": "array", "items": { "$ref": "#/components/schemas/Norm" } })),
            "lijst van Norm"
        );
        assert_eq!(
            spoken(json!({ "type": "integer", "minimum": 1, "maximum": 9 })),
            "geheel getal van 1 tot en met 9"
        );
        assert_eq!(spoken(json!({ "enum": ["ja", null] })), "ja, niets");
        assert_eq!(spoken(json!({})), "van alles");
    }

    #[test]
    fn markdown_in_pieces() {
        let made = texts("Een `b` en **c**.\n\n- punt");
        let kinds: Vec<&str> = made[0].pieces.iter().map(|piece| piece.kind).collect();
        assert_eq!(kinds, ["", "code", "", "sterk", ""]);
        assert!(made[1].point);
    }
}
