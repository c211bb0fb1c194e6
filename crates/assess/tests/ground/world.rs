//! The small package with some areas more, and layers made here. Coordinates are metres from the lower left corner of a
//! square kilometre.

use brink_assess::{Ground, Located, Options};
use brink_geo::index::Desk;
use brink_geo::layer::{About, Coverage, Kind, Layer};
use brink_geo::place::Place;
use brink_policy::compiled::Compiled;
use brink_policy::{AreaId, Depth, load, read_folder};
use geo_types::{Geometry, LineString, MultiPolygon, Point, Polygon};
use std::path::Path;
use std::sync::OnceLock;

const ORIGIN: [f64; 2] = [230_000.0, 550_000.0];

const AREAS: &str = r#"
- {id: streek, naam: De streek, soort: deelgebied, geometrie: vlak, begrensd: "ja", bepaling: kaart}
- {id: vaartstrook, naam: Langs de vaart, soort: zone, geometrie: vlak, begrensd: "ja", bepaling: afgeleid, zone: {van: vaart, meter: 50}}
- {id: polder, naam: De polder, soort: deelgebied, geometrie: vlak, begrensd: "ja", bepaling: afgeleid}
- {id: polder-oost, naam: Oost, ouder: polder, soort: deelgebied, geometrie: vlak, begrensd: "ja", bepaling: kaart}
- {id: polder-west, naam: West, ouder: polder, soort: deelgebied, geometrie: vlak, begrensd: "ja", bepaling: kaart}
- {id: overkant, naam: De overkant, soort: deelgebied, geometrie: vlak, begrensd: "ja", bepaling: buiten}
- {id: alles, naam: Overal, soort: deelgebied, geometrie: vlak, begrensd: "ja", bepaling: overal}
"#;

const NORMS: &str = r#"
- {id: 2.2-91, onderdeel: "2.2", regels: [101, 101], soort: regel, samenvatting: Langs de vaart wordt niet gebouwd., belangen: [leefomgeving], activiteiten: [bouwen], gebieden: [vaartstrook], uitvoering: norm, effect: onwenselijk}
- {id: 2.2-92, onderdeel: "2.2", regels: [102, 102], soort: regel, samenvatting: In de polder is een evenement welkom., belangen: [leefomgeving], activiteiten: [evenement], gebieden: [polder], uitvoering: norm, als: 'not(binnen("lint"))', effect: gewenst}
- {id: 2.2-93, onderdeel: "2.2", regels: [102, 102], soort: regel, samenvatting: Wat voor de helft in het oosten ligt vraagt aandacht., belangen: [leefomgeving], uitvoering: norm, als: 'aandeel("polder-oost") > 0.5', effect: aandacht}
- {id: 2.2-94, onderdeel: "2.2", regels: [102, 102], soort: regel, samenvatting: In het buitengebied wordt niet gebouwd., belangen: [leefomgeving], activiteiten: [bouwen], gebieden: [buitengebied], uitvoering: norm, als: 'not(binnen("polder-west"))', effect: nee-tenzij, voorwaarden: [{id: 2.2-94-v1, tekst: het is klein, eis: oppervlakte-m2 < 100}]}
"#;

pub fn package() -> &'static Compiled {
    static PACKAGE: OnceLock<Compiled> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy/tests/fixtures/klein");
        let mut files = read_folder(&folder).unwrap();
        files.retain(|file| !file.name.starts_with("gevallen/"));
        for file in &mut files {
            match file.name.as_str() {
                "gebieden.yaml" => file.text.push_str(AREAS),
                // What a distance decides differs within a class of cells; `afstand` has tests of its own.
                "normen/2.yaml" => {
                    file.text = file.text.replace("afstand(\"vaart\") <= 50", "binnen(\"vaart\")");
                    file.text.push_str(NORMS);
                }
                "pakket.yaml" => file.text.push_str("\ngrondgebied: streek\n"),
                _ => {}
            }
        }
        let loaded = load(&files, Depth::Use);
        let Some(package) = loaded.compiled else { panic!("{:#?}", loaded.findings) };
        assert_eq!(package.norms.iter().filter(|norm| norm.id.starts_with("2.2-9")).count(), 4);
        package
    })
}

pub fn area(id: &str) -> AreaId {
    package().vocabulary.index.areas[id]
}

/// A rectangle: left, bottom, right, top.
pub fn rect([left, bottom, right, top]: [f64; 4]) -> Geometry<f64> {
    let corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)];
    let ring = corners.map(|(x, y)| (ORIGIN[0] + x, ORIGIN[1] + y)).to_vec();
    Geometry::Polygon(Polygon::new(LineString::from(ring), Vec::new()))
}

pub fn surface(bounds: [f64; 4]) -> MultiPolygon<f64> {
    match rect(bounds) {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        _ => unreachable!(),
    }
}

pub fn line(points: &[[f64; 2]]) -> Geometry<f64> {
    let points: Vec<_> = points.iter().map(|[x, y]| (ORIGIN[0] + x, ORIGIN[1] + y)).collect();
    Geometry::LineString(LineString::from(points))
}

/// A layer that speaks for the whole streek.
pub fn layer(area: &str, kind: Kind, shapes: Vec<Geometry<f64>>) -> Layer {
    layer_for(area, kind, Coverage::Area("streek".to_owned()), shapes)
}

pub fn layer_for(area: &str, kind: Kind, coverage: Coverage, shapes: Vec<Geometry<f64>>) -> Layer {
    Layer::new(About::new(area, kind, area, "proef".to_owned()), coverage, shapes)
}

/// The square kilometre.
pub fn streek() -> Layer {
    layer_for("streek", Kind::Echt, Coverage::Everywhere, vec![rect([0.0, 0.0, 1_000.0, 1_000.0])])
}

/// A map of the streek and these.
pub fn ground(layers: impl IntoIterator<Item = Layer>) -> Ground {
    Ground::new(package(), std::iter::once(streek()).chain(layers).collect())
}

pub fn point(x: f64, y: f64) -> Place {
    Place::new(Geometry::Point(Point::new(ORIGIN[0] + x, ORIGIN[1] + y))).unwrap()
}

pub fn field(bounds: [f64; 4]) -> Place {
    Place::new(rect(bounds)).unwrap()
}

pub fn locate(ground: &Ground, place: &Place) -> Located {
    ground.locate(&package().vocabulary, place, &mut Desk::default())
}

pub fn options(ground: &Ground) -> Options<'_> {
    Options { today: "2026-11-25".to_owned(), ground: Some(ground), ..Options::default() }
}
