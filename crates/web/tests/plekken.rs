//! The map, what applies at a place, and where an activity fits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use axum::http::StatusCode;
use brink_assess::{Outcome, Plan, assess, assess_inside};
use brink_geo::crs::{Crs, rd_to_lonlat};
use brink_geo::tile::Matrix;
use common::{app, get, query};
use serde_json::json;

/// An activity of the package that norms see through areas only.
const ACTIVITY: &str = "zonnepark";
/// A place in the middle of the territory.
const INSIDE: &str = "6.6,52.9";
/// A place far outside it.
const OUTSIDE: &str = "5.1,52.1";

#[tokio::test]
async fn the_map_lists_every_layer_once() {
    let page = get("/kaart").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    let world = app().world();
    for layer in world.ground.atlas().layers() {
        let field = format!("name=\"laag\" value=\"{}\"", layer.about.area);
        assert_eq!(text.matches(&field).count(), 1, "{field}");
    }
    assert!(text.contains("data-kaart=\"kaart\""));
    assert!(!text.contains(" checked"), "nothing is on when nothing was asked");
}

#[tokio::test]
async fn the_map_keeps_what_is_on_whatever_the_filter() {
    let world = app().world();
    let area = world.ground.atlas().layers()[0].about.area.clone();
    let text =
        get(&format!("/kaart?{}", query(&[("laag", &area), ("filter", "geen laag heet zo")]))).await.text();
    assert_eq!(text.matches("name=\"laag\"").count(), 1);
    assert!(text.contains(&format!("value=\"{area}\"")) && text.contains(" checked"));
}

#[tokio::test]
async fn a_place_says_what_applies_there() {
    let text = get(&format!("/waar?punt={INSIDE}")).await.text();
    assert!(text.contains("data-live-deel=\"waar\"") && text.contains("Wat hier geldt"));
    assert!(text.contains("/visie/uitspraak/"));
    // The map page says the same.
    let map = get(&format!("/kaart?punt={INSIDE}")).await.text();
    assert!(map.contains("Wat hier geldt"));
    let inside = "vorm=POLYGON((6.5 52.9, 6.6 52.9, 6.6 52.95, 6.5 52.9))".replace(' ', "%20");
    assert!(get(&format!("/waar?{inside}")).await.text().contains("Een vlak van"));
}

#[tokio::test]
async fn a_place_outside_the_territory_is_told() {
    for page in ["waar", "kaart"] {
        let answer = get(&format!("/{page}?punt={OUTSIDE}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains("daar gaat deze visie niet over"));
        assert!(!answer.text().contains("Wat hier geldt"));
    }
    let why = get(&format!("/geschikt/plek?activiteit={ACTIVITY}&punt={OUTSIDE}")).await;
    assert!(why.text().contains("daar gaat deze visie niet over"));
}

#[tokio::test]
async fn a_place_can_be_typed() {
    let place = app().world().places[0].name.clone();
    for page in ["waar", "kaart"] {
        let answer = get(&format!("/{page}?{}", query(&[("waar", &place)]))).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
        assert!(
            answer.header("location").starts_with(&format!("/{page}?punt=")),
            "{}",
            answer.header("location")
        );
    }
    let unknown = get("/waar?waar=Nergenshuizen").await.text();
    assert!(unknown.contains("is hier geen bekende plaats") && unknown.contains("value=\"Nergenshuizen\""));
    for wrong in ["/waar?punt=x", "/waar?vorm=POLYGON((", "/waar?plek=geen", "/kaart?punt=NaN,1"] {
        assert_eq!(get(wrong).await.status, StatusCode::OK, "{wrong}");
    }
}

#[tokio::test]
async fn the_search_has_its_parts() {
    let page = get(&format!("/geschikt?activiteit={ACTIVITY}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    for part in ["verdeling", "gegevens", "zones", "plek"] {
        assert!(text.contains(&format!("data-live-deel=\"{part}\"")), "{part}");
    }
    assert!(text.contains("data-kaart=\"geschikt\"") && text.contains("<noscript>"));
    assert!(text.contains(&format!("/geschikt.gpkg?activiteit={ACTIVITY}")));
}

#[tokio::test]
async fn the_page_says_what_it_cannot_read_and_files_refuse_it() {
    let wrong = format!("activiteit={ACTIVITY}&g.bestaat-niet=3&tot=misschien&minimaal=-1&binnen=nergens");
    let page = get(&format!("/geschikt?{wrong}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.text().matches("Dit telt nu niet mee").count(), 4);
    for file in ["/geschikt.png", "/geschikt.geojson", "/geschikt.gpkg", "/geschikt/tegels/8/132/83"] {
        assert_eq!(get(&format!("{file}?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{file}");
        assert_eq!(get(file).await.status, StatusCode::BAD_REQUEST, "{file}");
    }
    for tile in ["/geschikt/tegels/99/0/0", "/geschikt/tegels/3/8/0", "/geschikt/tegels/a/b/c"] {
        let answer = get(&format!("{tile}?activiteit={ACTIVITY}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{tile}");
    }
    assert!(
        get("/geschikt?activiteit=bestaat-niet").await.text().contains("geen activiteit die deze visie kent")
    );
}

#[tokio::test]
async fn what_is_the_same_everywhere_can_be_left_out() {
    let table = |page: &str| {
        let from = page.find("<tbody").unwrap();
        page[from..from + page[from..].find("</tbody>").unwrap()].to_owned()
    };
    let all = get(&format!("/geschikt?activiteit={ACTIVITY}")).await.text();
    assert!(!all.contains("Niet meegeteld is wat overal hetzelfde is"));
    let asked = format!("activiteit={ACTIVITY}&plaatsgebonden=ja&punt=6.76,52.92");
    let by_place = get(&format!("/geschikt?{asked}")).await.text();
    assert!(by_place.contains("Niet meegeteld is wat overal hetzelfde is"));
    assert!(by_place.contains("Zonder wat overal hetzelfde is; de volledige toets telt dat wel mee."));
    assert_ne!(table(&all), table(&by_place));
    // Files and tiles go with the page; the assessment of a spot counts all.
    assert!(by_place.contains(&format!("/geschikt.gpkg?activiteit={ACTIVITY}&#38;plaatsgebonden=ja")));
    assert!(
        !by_place.contains("/toets?plaatsgebonden") && !by_place.contains("&#38;plaatsgebonden=ja&#38;punt")
    );
    let tile = async |query: &str| {
        get(&format!("/geschikt/tegels/8/132/83?activiteit={ACTIVITY}{query}")).await.bytes
    };
    assert_ne!(tile("").await, tile("&plaatsgebonden=ja").await);
}

#[tokio::test]
async fn zones_as_files() {
    let within = "binnen=bestaand-stedelijk-gebied&tot=nee-tenzij";
    let asked = format!("activiteit={ACTIVITY}&{within}");
    let shapes = get(&format!("/geschikt.geojson?{asked}")).await;
    assert_eq!(shapes.header("content-type"), "application/geo+json");
    let shapes = shapes.json();
    let zones = shapes["features"].as_array().unwrap();
    assert!(!zones.is_empty());
    let page = get(&format!("/geschikt?{asked}")).await.text();
    assert_eq!(page.matches("id=\"zone-").count(), zones.len());
    let table = get(&format!("/geschikt.gpkg?{asked}")).await;
    assert!(table.bytes.starts_with(b"SQLite format 3\0"));
    let picture = get(&format!("/geschikt.png?{asked}")).await;
    assert!(picture.bytes.starts_with(b"\x89PNG"));
}

/// The colour of each verdict, as the pages have it: `--brink-<word>: #rrggbb`.
fn colours() -> Vec<(Outcome, [u8; 3])> {
    let css = std::fs::read_to_string(common::root().join("web/src/css/tokens.css")).unwrap();
    let of = |outcome: &Outcome| {
        let name = format!("--brink-{}: #", outcome.word());
        let at = css.find(&name).unwrap_or_else(|| panic!("{name}")) + name.len();
        let digits = &css[at..at + 6];
        [0, 2, 4].map(|n| u8::from_str_radix(&digits[n..n + 2], 16).unwrap())
    };
    Outcome::ALL.iter().map(|outcome| (*outcome, of(outcome))).collect()
}

#[test]
fn pages_and_maps_have_the_same_colours() {
    for (outcome, colour) in colours() {
        assert_eq!(colour, brink_reply::colour(outcome), "{outcome}");
    }
}

/// Red, green, blue and opacity of the pixels of a PNG.
fn decoded(bytes: Vec<u8>) -> (u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    (reader.info().width, pixels)
}

/// The law of the map: a pixel has the colour of the verdict at its place.
#[tokio::test]
async fn a_pixel_has_the_colour_of_the_verdict_there() {
    const ZOOM: u8 = 14;
    let world = app().world();
    let grid = *world.canvas().grid();
    let colours = colours();
    let (mut seed, mut seen, mut outside) = (0x2545_f491_4f6c_dd1d_u64, Vec::new(), 0);
    let mut next = |most: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % most as u64) as usize
    };
    let bare = Plan::from_value(&json!({ "activiteit": ACTIVITY }), &world.package).unwrap();
    let asked = assess(&world.package, &bare, &world.options());
    let facts: Vec<&str> = asked
        .vragen
        .iter()
        .filter(|one| one.soort == "gegeven" && one.kind == "ja-nee")
        .map(|one| one.id)
        .collect();
    assert!(facts.len() > 3);
    // Without facts, and with a yes to every question but one.
    for given in [&[], facts.get(1..).unwrap()] {
        let values: serde_json::Map<_, _> = given.iter().map(|id| ((*id).to_owned(), json!(true))).collect();
        let plan = json!({ "activiteit": ACTIVITY, "gegevens": values });
        let plan = Plan::from_value(&plan, &world.package).unwrap();
        let fact: String = given.iter().map(|id| format!("&g.{id}=ja")).collect();
        for _ in 0..40 {
            // A pixel of this zoom is a few metres: the one in the middle of a cell of 25 metres is of that cell.
            let at = grid.middle(next(grid.rows), next(grid.columns));
            let [x, y] = Crs::WebMercator.from_rd(at).unwrap();
            let (row, column) = Matrix::WebMercator.tile_of(ZOOM, [x, y]).unwrap();
            let tile =
                get(&format!("/geschikt/tegels/{ZOOM}/{column}/{row}?activiteit={ACTIVITY}{fact}")).await;
            assert_eq!(tile.status, StatusCode::OK);
            let (side, pixels) = decoded(tile.bytes);
            let bounds = Matrix::WebMercator.bounds(ZOOM, row, column).unwrap();
            let wide = bounds.high[0] - bounds.low[0];
            let place = |share: f64| (share * f64::from(side)) as usize;
            let (right, down) = (place((x - bounds.low[0]) / wide), place((bounds.high[1] - y) / wide));
            let pixel = &pixels[(down * side as usize + right) * 4..][..4];
            let [longitude, latitude] = rd_to_lonlat(at[0], at[1]).unwrap();
            let spot = json!({ "type": "Point", "coordinates": [longitude, latitude] });
            let spot = brink_geo::place::Place::from_geojson(&spot).unwrap();
            let plan = Plan { place: Some(spot), ..plan.clone() };
            match assess_inside(&world.package, &plan, &world.options()) {
                Ok(answer) if answer.oordeel == Outcome::Onbekend => {
                    let own = colours.iter().find(|(outcome, _)| *outcome == Outcome::Onbekend).unwrap().1;
                    assert!(pixel[..3] == own || pixel[..3] == brink_reply::STRIPES, "{at:?}");
                }
                Ok(answer) => {
                    let own = colours.iter().find(|(outcome, _)| *outcome == answer.oordeel).unwrap().1;
                    assert_eq!(pixel, [own[0], own[1], own[2], 255], "{at:?}: {}", answer.oordeel);
                    if !seen.contains(&answer.oordeel) {
                        seen.push(answer.oordeel);
                    }
                }
                Err(_) => {
                    assert_eq!(pixel[3], 0, "{at:?} is outside");
                    outside += 1;
                }
            }
        }
    }
    assert!(seen.len() > 1 && outside > 5, "{seen:?}, {outside} outside");
}
