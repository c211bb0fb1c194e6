//! A request to the server: a first line with method and address, lines with headers, an empty line, and a body. Whatever is
//! asked, the server answers, and never with a fault of its own.

#![no_main]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_policy::{Depth, load};
use brink_web::{App, Parts, PlaceName, Settings, Store, World, router};
use geo_types::{Geometry, Rect, coord};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().enable_all().build().unwrap());
static SERVER: LazyLock<Router> = LazyLock::new(|| {
    let _inside = RUNTIME.enter();
    router(app())
});

/// The small package with a map of two areas.
fn app() -> App {
    let read = load(&brink_fuzz::files(), Depth::Use);
    let layer = |area: &str, x: f64| {
        let low = coord! { x: 230_000.0 + x, y: 550_000.0 };
        let square = Rect::new(low, coord! { x: low.x + 500.0, y: low.y + 500.0 });
        let shape = Geometry::Polygon(square.to_polygon());
        Layer::new(About::new(area, Kind::Schets, area, String::new()), Coverage::Everywhere, vec![shape])
    };
    let world = World::new(Parts {
        package: read.compiled.unwrap(),
        written: read.written,
        layers: vec![layer("heide", 0.0), layer("bebouwd", 400.0)],
        places: vec![PlaceName { name: "Dorp".to_owned(), at: [6.77, 52.92], municipality: None, inhabitants: None }],
        examples: Vec::new(),
        text: None,
    });
    let settings = Settings { verzoeken_per_seconde: 0, ..Settings::default() };
    let store = Store::open(&settings).unwrap();
    App::new(world, settings, store)
}

/// The request that these bytes spell, when they do.
fn request(data: &[u8]) -> Option<Request<Body>> {
    let end = data.windows(2).position(|two| two == b"\n\n").unwrap_or(data.len());
    let (head, body) = (std::str::from_utf8(data.get(..end)?).ok()?, data.get(end + 2..).unwrap_or_default());
    let mut lines = head.lines();
    let (method, address) = lines.next()?.split_once(' ')?;
    let mut request = Request::builder().method(method).uri(address);
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        request = request.header(name, value);
    }
    request.body(Body::from(body.to_vec())).ok()
}

fuzz_target!(|data: &[u8]| {
    let Some(request) = request(data) else {
        return;
    };
    let server = SERVER.clone();
    RUNTIME.block_on(async {
        let response = server.oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        assert!(head.status.as_u16() != 500, "{}", String::from_utf8_lossy(&bytes));
    });
});
