#![allow(clippy::panic)]

use crate::app::App;
use crate::router::router;
use crate::settings::Settings;
use crate::store::Store;
use crate::supply::Parts;
use crate::world::World;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_policy::{Depth, load, read_folder};
use geo_types::{Geometry, LineString, Polygon};
use http_body_util::BodyExt;
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;
use tower::ServiceExt;

fn square(x: f64, y: f64, side: f64) -> Geometry<f64> {
    let ring = vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
    Polygon::new(LineString::from(ring), Vec::new()).into()
}

fn layer(area: &str, kind: Kind, date: &str, shapes: Vec<Geometry<f64>>) -> Layer {
    let mut about = About::new(area, kind, area, "proef".to_owned());
    about.date = date.to_owned();
    if kind == Kind::Echt {
        about.licence = "CC0".to_owned();
    }
    Layer::new(about, Coverage::Everywhere, shapes)
}

/// A province of fifty kilometres, two nature areas in it and a row of fields.
fn app() -> App {
    static APP: OnceLock<App> = OnceLock::new();
    APP.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
        let loaded = load(&read_folder(&folder).unwrap(), Depth::Use);
        let fields = (0..25).map(|n| square(230_000.0 + 300.0 * f64::from(n), 540_000.0, 200.0)).collect();
        let layers = vec![
            layer(
                "provincie-drenthe",
                Kind::Echt,
                "2025-07-01",
                vec![square(210_000.0, 520_000.0, 50_000.0)],
            ),
            layer(
                "natura-2000",
                Kind::Echt,
                "2026-03-01",
                vec![square(233_000.0, 556_000.0, 1_000.0), square(240_000.0, 550_000.0, 2_000.0)],
            ),
            layer("beekdal", Kind::Schets, "", fields),
        ];
        let parts = Parts {
            package: loaded.compiled.unwrap(),
            written: loaded.written,
            layers,
            places: Vec::new(),
            examples: Vec::new(),
            text: None,
        };
        let settings = Settings { verzoeken_per_seconde: 0, ..Settings::default() };
        let store = Store::open(&settings).unwrap();
        let answer = r#"{"oordeel":"ja-mits"}"#;
        store.keep("activiteit=zonnepark&titel=Zon", answer, Some("POINT(6.55 52.99)"), true).unwrap();
        store.keep("activiteit=zonnepark&titel=Geheim", answer, None, false).unwrap();
        App::new(World::new(parts), settings, store)
    })
    .clone()
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn ask(path: &str, accept: &str) -> Answer {
    send(Method::GET, path, accept)
}

fn send(method: Method, path: &str, accept: &str) -> Answer {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, accept)
            .header(header::HOST, "brink.test");
        let response = router(app()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    })
}

fn get(path: &str) -> Answer {
    ask(path, "application/json")
}

fn ok(path: &str) -> Value {
    let answer = get(path);
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.body));
    answer.json()
}

fn ids(value: &Value) -> Vec<String> {
    value["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

const GEBIEDEN: &str = "/ogc/v1/collections/gebieden/items";

#[test]
fn every_link_leads_somewhere() {
    let mut open = vec!["/ogc/v1".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(path) = open.pop() {
        if seen.contains(&path) {
            continue;
        }
        let answer = get(&path);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&answer.body));
        seen.push(path);
        if !answer.header(header::CONTENT_TYPE).contains("json") {
            continue;
        }
        let mut values = vec![answer.json()];
        while let Some(value) = values.pop() {
            if let Some(href) = value.get("href").and_then(Value::as_str) {
                let templated = value.get("templated").is_some();
                if let (false, Some(path)) = (templated, href.strip_prefix("http://brink.test")) {
                    open.push(path.to_owned());
                }
            }
            match value {
                Value::Array(items) => values.extend(items),
                Value::Object(items) => values.extend(items.into_iter().map(|(_, value)| value)),
                _ => {}
            }
        }
    }
    assert!(seen.len() > 40, "{seen:?}");
}

#[test]
fn the_landing_page_and_a_collection() {
    insta::assert_snapshot!("landing", pretty(&ok("/ogc/v1")));
    let mut collection = ok("/ogc/v1/collections/natura-2000");
    collection["description"] = "[…]".into();
    insta::assert_snapshot!("collection", pretty(&collection));
    insta::assert_snapshot!("queryables", pretty(&ok("/ogc/v1/collections/gebieden/queryables")));
    let all = ok("/ogc/v1/collections");
    let ids: Vec<_> =
        all["collections"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["gebieden", "antwoorden", "provincie-drenthe", "natura-2000", "beekdal"]);
}

#[test]
fn a_feature_in_each_system() {
    let path = "/ogc/v1/collections/natura-2000/items/1";
    let one = ok(path);
    let mut shown = one.clone();
    shown["properties"]["belangen"] = "[…]".into();
    insta::assert_snapshot!("feature", pretty(&shown));
    let corner = |crs: &str| {
        let answer = get(&format!("{path}?crs=http://www.opengis.net/def/crs/{crs}"));
        assert_eq!(
            answer.headers.get("content-crs").unwrap(),
            &format!("<http://www.opengis.net/def/crs/{crs}>")
        );
        let value = answer.json()["geometry"]["coordinates"][0][0].clone();
        [value[0].as_f64().unwrap(), value[1].as_f64().unwrap()]
    };
    let [lon, lat] = corner("OGC/1.3/CRS84");
    assert!((lon - 6.55).abs() < 0.05 && (lat - 52.99).abs() < 0.05);
    assert_eq!(corner("EPSG/0/4326"), [lat, lon]);
    assert_eq!(corner("EPSG/0/4258"), [lat, lon]);
    assert_eq!(corner("EPSG/0/28992"), [233_000.0, 556_000.0]);
    assert_eq!(ok("/ogc/v1/collections/gebieden/items/natura-2000.1")["geometry"], one["geometry"]);
    for missing in ["0", "3", "01", "+1", "x", "-1", "99999999999999999999"] {
        assert_eq!(get(&format!("/ogc/v1/collections/natura-2000/items/{missing}")).status, 404, "{missing}");
    }
}

#[test]
fn pages_follow_each_other_and_hold_each_feature_once() {
    let (mut path, mut all) = (format!("{GEBIEDEN}?limit=10"), Vec::new());
    loop {
        let page = ok(&path);
        assert_eq!(page["numberMatched"].as_u64(), Some(28));
        assert_eq!(page["numberReturned"].as_u64(), Some(ids(&page).len() as u64));
        all.extend(ids(&page));
        let next = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next");
        let Some(next) = next else { break };
        path = next["href"].as_str().unwrap().strip_prefix("http://brink.test").unwrap().to_owned();
    }
    assert_eq!(all.len(), 28);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 28);
    assert!(ids(&ok(&format!("{GEBIEDEN}?offset=1000"))).is_empty());
}

#[test]
fn features_are_chosen() {
    let count = |query: &str| ok(&format!("{GEBIEDEN}?{query}"))["numberMatched"].as_u64().unwrap();
    assert_eq!(count("kaartsoort=schets"), 25);
    assert_eq!(count("kaartsoort=echt&gebied=natura-2000"), 2);
    assert_eq!(count("hectare=100"), 1);
    assert_eq!(count("datetime=2026-03-01&kaartsoort=echt"), 1 + 1);
    assert_eq!(count("datetime=2026-01-01/..&kaartsoort=echt"), 2);
    assert_eq!(count("bbox=6.5,52.98,6.6,53.0"), 2);
    assert_eq!(count("bbox=52.98,6.5,53.0,6.6&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326"), 2);
    assert_eq!(
        count("bbox=232000,555000,233500,556500&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/28992"),
        2
    );
    assert_eq!(count("bbox=-180,-90,180,90"), 28);
    assert_eq!(count("bbox=100,0,110,10"), 0);
    assert_eq!(count("filter=hectare%20%3E%2050%20AND%20kaartsoort%20%3D%20%27echt%27"), 3);
    assert_eq!(count("filter=gebied%20LIKE%20%27natura%25%27&filter-lang=cql2-text"), 2);
    let inside = "filter=S_WITHIN(geometry,BBOX(229000,539000,231000,541000))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/28992";
    assert_eq!(count(inside), 3);
    assert_eq!(count("limit=1&naam=bestaat-niet"), 0);
}

#[test]
fn what_is_wrong_is_told() {
    for query in [
        "kaartsort=schets",
        "limit=0",
        "limit=veel",
        "bbox=1,2,3",
        "crs=EPSG:3857",
        "filter=kaartsoort%20%3D",
        "filter=onzin%20%3D%201",
        "filter-lang=cql2-json&filter=x",
        "datetime=gisteren",
        "hectare=veel",
        "f=xml",
        "limit=1&limit=2",
    ] {
        let answer = get(&format!("{GEBIEDEN}?{query}"));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{query}");
        assert!(answer.json()["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{query}");
    }
    for path in [
        "/ogc/v1/collections/atlantis",
        "/ogc/v1/collections/atlantis/items",
        "/ogc/v1/tiles/Onzin",
        "/ogc/v1/niets",
    ] {
        assert_eq!(get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get("/ogc/v1?x=1").status, StatusCode::BAD_REQUEST);
}

#[test]
fn reading_only() {
    let head = send(Method::HEAD, "/ogc/v1/collections", "*/*");
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    let post = send(Method::POST, "/ogc/v1/collections", "*/*");
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(post.header(header::ALLOW), "GET, HEAD");
    assert_eq!(post.header(header::CONTENT_TYPE), "application/problem+json");
}

#[test]
fn only_public_answers_are_shown() {
    let answers = ok("/ogc/v1/collections/antwoorden/items");
    assert_eq!(answers["numberMatched"].as_u64(), Some(1));
    let one = &answers["features"][0];
    assert_eq!(one["properties"]["titel"], "Zon");
    assert_eq!(one["properties"]["oordeel"], "ja-mits");
    assert_eq!(one["geometry"]["type"], "Point");
    let id = one["id"].as_str().unwrap();
    assert_eq!(ok(&format!("/ogc/v1/collections/antwoorden/items/{id}"))["id"], id);
    let chosen = ok(
        "/ogc/v1/collections/antwoorden/items?filter=S_INTERSECTS(geometry,BBOX(6,52,7,53))&oordeel=ja-mits",
    );
    assert_eq!(chosen["numberMatched"].as_u64(), Some(1));
}

#[test]
fn tiles() {
    use brink_geo::tile::Matrix;
    let at = |matrix: Matrix, zoom: u8| {
        let point = matrix.crs().from_rd([234_500.0, 548_000.0]).unwrap();
        let (row, column) = matrix.tile_of(zoom, point).unwrap();
        format!("tiles/{}/{zoom}/{row}/{column}", matrix.id())
    };
    let (mercator, dutch) = (at(Matrix::WebMercator, 8), at(Matrix::Rd, 4));
    let tile = get(&format!("/ogc/v1/{mercator}?collections=natura-2000,beekdal&f=mvt"));
    assert_eq!(tile.status, StatusCode::OK);
    assert_eq!(tile.header(header::CONTENT_TYPE), "application/vnd.mapbox-vector-tile");
    assert!(tile.header(header::CACHE_CONTROL).contains("max-age"));
    let names =
        |answer: &Answer| mvt_reader::Reader::new(answer.body.clone()).unwrap().get_layer_names().unwrap();
    assert_eq!(names(&tile), ["natura-2000", "beekdal"]);
    let same = get(&format!("/ogc/v1/{mercator}?collections=beekdal,natura-2000"));
    assert_eq!(same.body, tile.body);
    let one = get(&format!("/ogc/v1/collections/beekdal/{mercator}"));
    assert_eq!(names(&one), ["beekdal"]);
    let rd = get(&format!("/ogc/v1/{dutch}"));
    assert_eq!(rd.status, StatusCode::OK);
    assert!(names(&rd).contains(&"provincie-drenthe".to_owned()));
    let empty = get("/ogc/v1/tiles/WebMercatorQuad/9/0/0");
    assert_eq!((empty.status, empty.body.len()), (StatusCode::NO_CONTENT, 0));
    for missing in [
        "WebMercatorQuad/17/0/0",
        "WebMercatorQuad/3/8/0",
        "WebMercatorQuad/x/0/0",
        "WebMercatorQuad/3/-1/0",
        "WorldCRS84Quad/0/0/0",
    ] {
        assert_eq!(get(&format!("/ogc/v1/tiles/{missing}")).status, StatusCode::NOT_FOUND, "{missing}");
    }
    for wrong in ["?collections=atlantis", "?f=png", "?x=1"] {
        assert_eq!(get(&format!("/ogc/v1/{mercator}{wrong}")).status, 400, "{wrong}");
    }
    assert_eq!(get("/ogc/v1/collections/antwoorden/tiles").status, StatusCode::NOT_FOUND);
}

#[test]
fn tile_descriptions() {
    insta::assert_snapshot!(
        "tilejson",
        pretty(&ok("/ogc/v1/collections/natura-2000/tiles/WebMercatorQuad?f=tilejson"))
    );
    insta::assert_snapshot!(
        "tileset",
        pretty(&ok("/ogc/v1/collections/natura-2000/tiles/NetherlandsRDNewQuad"))
    );
    let set = ok("/ogc/v1/tileMatrixSets/NetherlandsRDNewQuad");
    assert_eq!(set["tileMatrices"][0]["pointOfOrigin"], serde_json::json!([-285401.92, 903401.92]));
    assert!((set["tileMatrices"][0]["cellSize"].as_f64().unwrap() - 3440.64).abs() < 1e-9);
    assert_eq!(get("/ogc/v1/tiles/NetherlandsRDNewQuad?f=tilejson").status, StatusCode::BAD_REQUEST);
}

#[test]
fn pages_for_people() {
    for path in [
        "/ogc/v1",
        "/ogc/v1/conformance",
        "/ogc/v1/api",
        "/ogc/v1/collections",
        "/ogc/v1/collections/natura-2000",
        "/ogc/v1/collections/natura-2000/queryables",
        "/ogc/v1/collections/natura-2000/items",
        "/ogc/v1/collections/natura-2000/items/1",
        "/ogc/v1/collections/antwoorden/items",
        "/ogc/v1/tiles",
        "/ogc/v1/tiles/WebMercatorQuad",
        "/ogc/v1/tileMatrixSets",
        "/ogc/v1/tileMatrixSets/WebMercatorQuad",
    ] {
        let page = ask(path, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        let html = String::from_utf8_lossy(&page.body);
        assert_eq!(page.status, StatusCode::OK, "{path}: {html}");
        assert!(page.header(header::CONTENT_TYPE).starts_with("text/html"), "{path}");
        assert!(html.contains("<h1") && html.contains("<main"), "{path}");
    }
    let page = ask("/ogc/v1/collections/beekdal/items?limit=10&offset=10", "text/html");
    let html = String::from_utf8_lossy(&page.body);
    assert!(html.contains("Volgende") && html.contains("Vorige") && html.contains("25 vormen"));
}

#[test]
fn the_description_names_every_route() {
    let document = ok("/ogc/v1/api");
    assert_eq!(document["openapi"], "3.0.3");
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 16);
    for (path, item) in paths {
        let parameters = item["get"]["parameters"].as_array().unwrap();
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            assert!(parameters.iter().any(|p| p["name"] == part && p["in"] == "path"), "{path} {part}");
        }
        assert!(parameters.iter().all(|p| p.is_object()), "{path}");
    }
}
