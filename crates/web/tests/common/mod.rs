//! A server in process, with the real package.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use brink_policy::{Depth, load, read_folder};
use brink_web::{App, Example, Parts, PlaceName, Settings, World, router};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tower::ServiceExt;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a server with the real package is made of.
pub fn parts() -> Parts {
    let folder = root().join("policies/drenthe-2022");
    let files = read_folder(&folder).unwrap();
    let judging: Vec<_> = files.iter().filter(|file| !file.name.starts_with("gevallen/")).cloned().collect();
    let package = load(&judging, Depth::Use).compiled.unwrap();
    let written = load(&files, Depth::Use).written;
    let map = std::fs::read(folder.join(brink_assess::DRAWINGS)).unwrap();
    let layers = brink_assess::drawings(&package, &map).unwrap();
    let places = written.places.as_ref().unwrap().iter().map(|(name, place)| PlaceName {
        name: name.clone(),
        at: place.op,
        municipality: place.gemeente.clone(),
        inhabitants: place.inwoners,
    });
    let places = places.collect();
    let mut examples = Vec::new();
    for entry in std::fs::read_dir(root().join("voorbeelden")).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let plan = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            examples.push(Example { name: path.file_stem().unwrap().to_string_lossy().into_owned(), plan });
        }
    }
    examples.sort_by(|a, b| a.name.cmp(&b.name));
    Parts { package, written, layers, places, examples, text: None }
}

/// A server with settings of its own.
pub fn app_with(settings: Settings) -> App {
    let store = brink_web::Store::open(&settings).unwrap();
    App::new(World::new(parts()), settings, store)
}

/// The server that most tests share.
pub fn app() -> App {
    static APP: OnceLock<App> = OnceLock::new();
    let settings = Settings { verzoeken_per_seconde: 0, ..Settings::default() };
    APP.get_or_init(|| app_with(settings)).clone()
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Asks this server.
pub async fn ask_of(app: &App, request: Request<Body>) -> Answer {
    let response = router(app.clone()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

/// Asks the shared server.
pub async fn ask(request: Request<Body>) -> Answer {
    ask_of(&app(), request).await
}

/// GET at the shared server.
pub async fn get(address: &str) -> Answer {
    ask(Request::get(address).body(Body::empty()).unwrap()).await
}

/// A form sent with POST.
pub async fn post_form(address: &str, pairs: &[(&str, &str)]) -> Answer {
    let body = serde_urlencoded::to_string(pairs).unwrap();
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    ask(request).await
}

/// A query string of these pairs.
pub fn query(pairs: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap()
}
