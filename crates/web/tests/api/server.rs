//! A server in process over a package of the project.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use brink_assess::{DRAWINGS, drawings};
use brink_policy::{Depth, load, read_folder};
use brink_web::{App, Example, Parts, PlaceName, Settings, Store, World, router};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tower::ServiceExt;

/// A server.
#[derive(Clone)]
pub struct Server(Router);

/// What it answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn kind(&self) -> &str {
        self.header("content-type")
    }
}

impl Server {
    /// Over the vision of Drenthe.
    pub fn drenthe() -> Self {
        static ONE: OnceLock<Server> = OnceLock::new();
        ONE.get_or_init(|| Self::over("policies/drenthe-2022", Settings::default())).clone()
    }

    /// Over the small made-up package, at a public address.
    pub fn klein() -> Self {
        let settings =
            Settings { openbaar_adres: Some("https://brink.example.nl".to_owned()), ..Settings::default() };
        Self::over("crates/policy/tests/fixtures/klein", settings)
    }

    fn over(folder: &str, settings: Settings) -> Self {
        let folder = root().join(folder);
        let files = read_folder(&folder).unwrap();
        let written = load(&files, Depth::Use).written;
        let used: Vec<_> = files.into_iter().filter(|file| !file.name.starts_with("gevallen/")).collect();
        let package = load(&used, Depth::Use).compiled.unwrap();
        let layers = match std::fs::read(folder.join(DRAWINGS)) {
            Ok(bytes) => drawings(&package, &bytes).unwrap(),
            Err(_) => Vec::new(),
        };
        let places = vec![PlaceName {
            name: "Brinkdorp".to_owned(),
            at: [6.75, 52.95],
            municipality: None,
            inhabitants: Some(1200.0),
        }];
        let activity = package.vocabulary.activities.iter().find(|activity| !activity.group).unwrap();
        let plan = json!({ "titel": "Een plan", "activiteit": activity.id });
        let examples = vec![Example { name: "een".to_owned(), plan }];
        let world = World::new(Parts { package, written, layers, places, examples, text: None });
        let store = Store::open(&settings).unwrap();
        Self(router(App::new(world, settings, store)))
    }

    pub async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Something under the API.
    pub async fn get(&self, path: &str) -> Reply {
        self.ask(Request::get(format!("/api/v1{path}")).body(Body::empty()).unwrap()).await
    }

    /// The same in another form.
    pub async fn get_as(&self, path: &str, form: &str) -> Reply {
        let request = Request::get(format!("/api/v1{path}")).header("accept", form);
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(path, "application/json", body.to_string()).await
    }

    pub async fn send(&self, path: &str, kind: &str, body: impl Into<Body>) -> Reply {
        let request = Request::post(format!("/api/v1{path}")).header("content-type", kind);
        self.ask(request.body(body.into()).unwrap()).await
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
