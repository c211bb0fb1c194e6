use super::*;
use brink_geo::crs::Crs;
use geo_types::{LineString, Polygon};
use proptest::prelude::*;

/// A square kilometre near Assen.
struct Field {
    shape: Geometry<f64>,
}

impl Record for Field {
    fn property(&self, name: &str) -> Scalar<'_> {
        match name {
            "naam" => Scalar::text("Natuurgebied De Hoek"),
            "kaartsoort" => Scalar::text("echt"),
            "datum" => Scalar::text("2026-03-01"),
            "hectare" => Scalar::Number(100.0),
            _ => Scalar::Nothing,
        }
    }

    fn shape(&self) -> Option<&Geometry<f64>> {
        Some(&self.shape)
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        self.shape.bounding_rect()
    }
}

const NAMES: [&str; 5] = ["naam", "kaartsoort", "datum", "hectare", "licentie"];

fn field() -> Field {
    let ring = vec![
        (233_000.0, 556_000.0),
        (234_000.0, 556_000.0),
        (234_000.0, 557_000.0),
        (233_000.0, 557_000.0),
        (233_000.0, 556_000.0),
    ];
    Field { shape: Polygon::new(LineString::from(ring), Vec::new()).into() }
}

fn holds(text: &str) -> bool {
    compile(text, Crs::RdNew, &NAMES).unwrap_or_else(|error| panic!("{text}: {error}")).holds(&field())
}

#[test]
fn comparisons() {
    for text in [
        "kaartsoort = 'echt'",
        "kaartsoort <> 'schets' AND hectare >= 100",
        "NOT kaartsoort = 'schets'",
        "hectare > 99.5 OR kaartsoort = 'schets'",
        "hectare BETWEEN 50 AND 150",
        "hectare NOT BETWEEN 150 AND 250",
        "kaartsoort IN ('schets', 'echt')",
        "kaartsoort NOT IN ('schets')",
        "naam LIKE 'Natuur%'",
        "naam NOT LIKE 'Dorp%'",
        "CASEI(naam) LIKE CASEI('NATUUR%')",
        "CASEI(naam) = CASEI('natuurgebied de hoek')",
        "licentie IS NULL",
        "naam IS NOT NULL",
        "geometry IS NOT NULL",
        "hectare * 2 + 1 = 201",
        "hectare - 10 - 20 = 70",
        "datum > DATE('2026-02-28')",
        "datum < TIMESTAMP('2026-03-02T00:00:00Z')",
        "TRUE",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        "kaartsoort = 'schets'",
        "hectare < 100",
        "naam LIKE 'natuur%'",
        "hectare / 0 = 1",
        "FALSE",
        "hectare = 'echt'",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn what_is_not_there_is_unknown_both_ways() {
    assert!(!holds("licentie = 'CC0'"));
    assert!(!holds("NOT licentie = 'CC0'"));
    assert!(holds("licentie = 'CC0' OR kaartsoort = 'echt'"));
    assert!(!holds("licentie = 'CC0' AND kaartsoort = 'echt'"));
    assert!(!holds("licentie IN ('CC0')"));
}

#[test]
fn places() {
    for text in [
        "S_INTERSECTS(geometry, POINT(233500 556500))",
        "S_INTERSECTS(geometry, BBOX(233900, 556900, 240000, 560000))",
        "S_DISJOINT(geometry, POINT(200000 500000))",
        "S_WITHIN(geometry, BBOX(230000, 550000, 240000, 560000))",
        "S_CONTAINS(BBOX(230000, 550000, 240000, 560000), geometry)",
        "S_CONTAINS(geometry, POINT(233500 556500))",
        "S_TOUCHES(geometry, BBOX(234000, 556000, 235000, 557000))",
        "S_OVERLAPS(geometry, BBOX(233500, 556500, 235000, 558000))",
        "S_CROSSES(LINESTRING(232000 556500, 233500 556500), geometry)",
        "S_EQUALS(geometry, POLYGON((233000 556000, 234000 556000, 234000 557000, 233000 557000, 233000 556000)))",
    ] {
        assert!(holds(text), "{text}");
    }
    assert!(!holds("S_INTERSECTS(geometry, POINT(100000 400000))"));
    assert!(!holds("S_EQUALS(geometry, BBOX(233000, 556000, 234000, 558000))"));
}

#[test]
fn shapes_are_read_in_the_order_of_the_system() {
    let holds = |text: &str, crs| compile(text, crs, &NAMES).unwrap().holds(&field());
    let [lon, lat] = Crs::Crs84.from_rd([233_500.0, 556_500.0]).unwrap();
    assert!(holds(&format!("S_INTERSECTS(geometry, POINT({lon} {lat}))"), Crs::Crs84));
    assert!(holds(&format!("S_INTERSECTS(geometry, POINT({lat} {lon}))"), Crs::Epsg4326));
    assert!(!holds(&format!("S_INTERSECTS(geometry, POINT({lat} {lon}))"), Crs::Crs84));
    assert!(holds("S_WITHIN(geometry, BBOX(-180, -90, 180, 90))", Crs::Crs84));
    assert!(!holds("S_CONTAINS(geometry, BBOX(-180, -90, 180, 90))", Crs::Crs84));
}

#[test]
fn faults_are_told_in_dutch() {
    for (text, told) in [
        ("kaartsoort = ", "geen CQL2-tekst"),
        ("soortje = 'x'", "`soortje` is er niet; wel: naam,"),
        ("naam", "geen vergelijking"),
        ("S_INTERSECTS(naam, POINT(1 1))", "vergelijk `geometry`"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 9 9, 9 0, 0 9, 0 0)))", "ongeldig"),
        ("S_INTERSECTS(geometry, BBOX(3, 3, 1, 1))", "laagste hoek"),
        ("T_AFTER(datum, DATE('2026-01-01'))", "niet begrepen"),
        ("datum = DATE('2026-13-01')", "DATE heeft een dag"),
        ("naam LIKE hectare", "na LIKE"),
        ("verzin(naam) = 'x'", "`verzin` wordt hier niet begrepen"),
    ] {
        let error = compile(text, Crs::Crs84, &NAMES).unwrap_err();
        assert!(error.contains(told), "{text}: {error}");
    }
}

#[test]
fn no_text_brings_it_down() {
    let deep = |open: &str, close: &str, n: usize| format!("{}naam = 'x'{}", open.repeat(n), close.repeat(n));
    for text in [
        deep("(", ")", 3_900),
        deep("(", "", 3_900),
        deep("NOT ", "", 1_900),
        deep("NOT (", ")", 1_200),
        format!("hectare = {}1", "-".repeat(7_900)),
        format!("hectare = {}1", "1 + ".repeat(1_900)),
        format!("{}naam", "f(".repeat(3_900)),
        format!("a{}", " = a".repeat(1_900)),
        "x".repeat(9_000),
        String::new(),
        "\0".to_owned(),
        "S_INTERSECTS(geometry, POLYGON EMPTY)".to_owned(),
        "S_INTERSECTS(geometry, POLYGON((0 0)))".to_owned(),
        "S_INTERSECTS(geometry, POINT(1e999 1))".to_owned(),
        "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 1), POINT(2 2)))".to_owned(),
    ] {
        let start = std::time::Instant::now();
        let _ = compile(&text, Crs::Crs84, &NAMES).map(|filter| filter.holds(&field()));
        assert!(
            start.elapsed().as_secs() < 10,
            "{}: {:?}",
            text.get(..20).unwrap_or_default(),
            start.elapsed()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_in_any_order_do_no_harm(tokens in prop::collection::vec(prop::sample::select(vec![
        "naam", "hectare", "geometry", "'x'", "1", "-", "(", ")", ",", "=", "<", "AND", "OR", "NOT", "IN", "LIKE", "BETWEEN",
        "IS", "NULL", "S_INTERSECTS(", "POINT(6.5 52.9)", "BBOX(6,52,7,53)", "CASEI(", "DATE('2026-01-01')", "+", "*", "TRUE",
    ]), 1..14)) {
        let text = tokens.join(" ");
        if let Ok(filter) = compile(&text, Crs::Crs84, &NAMES) {
            let _ = filter.holds(&field());
        }
    }
}
