//! What is written can be read: a GeoPackage by our own reader and by its standard, a picture by its pixels.
#![cfg(test)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use brink_geo::raster::Grid;
use brink_geo::read::{ReadOptions, read_bytes};
use brink_geo::write::{Cell, Class, Column, Kind, Mark, Picture, Row, Table, geopackage};
use geo::{Orient, orient::Direction};
use geo_types::{Geometry, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use rusqlite::Connection;

const COLUMNS: [Column<'_>; 4] = [
    Column { name: "rang", kind: Kind::Integer },
    Column { name: "oordeel", kind: Kind::Text },
    Column { name: "hectare", kind: Kind::Real },
    Column { name: "een \"naam\"", kind: Kind::Text },
];

fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
    LineString::from(vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)])
}

/// The surfaces of a shape that was read, in the direction the reader gives rings.
fn surfaces(geometry: &Geometry<f64>) -> MultiPolygon<f64> {
    match geometry {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon.clone()]),
        Geometry::MultiPolygon(polygons) => polygons.clone(),
        other => panic!("{other:?} is no surface"),
    }
    .orient(Direction::Default)
}

fn holed() -> MultiPolygon<f64> {
    MultiPolygon(vec![
        Polygon::new(square(233_000.0, 557_000.0, 100.0), vec![square(233_020.0, 557_020.0, 10.5)]),
        Polygon::new(square(240_000.0, 550_000.0, 0.25), Vec::new()),
    ])
}

fn table<'a>(rows: &'a [Row<'a>]) -> Table<'a> {
    Table {
        name: "zones",
        title: "Zones",
        description: "'indicatief'",
        date: "2026-11-25",
        columns: &COLUMNS,
        rows,
    }
}

fn cells(rank: i64) -> Vec<Cell> {
    vec![Cell::Integer(rank), Cell::Text("ja-mits; ë'\"".into()), Cell::Real(0.1), Cell::Empty]
}

/// The database in a file, as SQLite itself reads it.
fn database(bytes: &[u8]) -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.deserialize_read_exact("main", bytes, bytes.len(), true).unwrap();
    connection
}

#[test]
fn our_reader_reads_back_what_was_written() {
    let (one, empty) = (holed(), MultiPolygon(Vec::new()));
    let rows = [Row { shape: &one, cells: cells(1) }, Row { shape: &empty, cells: cells(2) }];
    let bytes = geopackage(&table(&rows)).unwrap();
    let read = read_bytes("zones.gpkg", &bytes, &ReadOptions::default()).unwrap();
    assert_eq!(read.features.len(), 1, "the empty one is left out: {:?}", read.remarks);
    let feature = &read.features[0];
    assert_eq!(surfaces(&feature.geometry), one.orient(Direction::Default));
    assert_eq!(feature.id, "1");
    assert_eq!(feature.properties["oordeel"], "ja-mits; ë'\"");
    assert_eq!(feature.properties["hectare"], "0.1");
    assert!(!feature.properties.contains_key("een \"naam\""));
}

#[test]
fn it_is_a_geopackage_as_the_standard_says() {
    let one = holed();
    let rows = [Row { shape: &one, cells: cells(1) }];
    let bytes = geopackage(&table(&rows)).unwrap();
    // Requirement 1 and 2: a SQLite 3 file that says it is a GeoPackage, of version 1.3.
    assert!(bytes.starts_with(b"SQLite format 3\0"));
    assert_eq!(&bytes[68..72], b"GPKG");
    assert_eq!(bytes[60..64], 10_300_u32.to_be_bytes());
    let database = database(&bytes);
    let text = |question: &str| database.query_row(question, [], |row| row.get::<_, String>(0)).unwrap();
    // Requirement 6 and 7: the database is whole.
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    let broken: i64 =
        database.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
    // Requirement 11: the three systems that must be there, and ours.
    assert_eq!(
        text("SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id)"),
        "-1,0,4326,28992"
    );
    assert_eq!(
        text(
            "SELECT data_type || ' ' || srs_id || ' ' || min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y || ' ' || last_change FROM gpkg_contents"
        ),
        "features 28992 233000.0 550000.0 240000.25 557100.0 2026-11-25T00:00:00.000Z"
    );
    assert_eq!(
        text(
            "SELECT table_name || column_name || geometry_type_name || srs_id || z || m FROM gpkg_geometry_columns"
        ),
        "zonesgeomMULTIPOLYGON2899200"
    );
    // Requirement 29: an integer primary key.
    assert_eq!(text("SELECT name || type FROM pragma_table_info('zones') WHERE pk = 1"), "fidINTEGER");
    // Requirement 19: the header of a shape, with its envelope.
    let blob: Vec<u8> = database.query_row("SELECT geom FROM zones", [], |row| row.get(0)).unwrap();
    assert_eq!(&blob[..4], b"GP\0\x03");
    assert_eq!(blob[4..8], 28_992_i32.to_le_bytes());
    let envelope: Vec<f64> =
        blob[8..40].chunks(8).map(|eight| f64::from_le_bytes(eight.try_into().unwrap())).collect();
    assert_eq!(envelope, [233_000.0, 240_000.25, 550_000.0, 557_100.0]);
}

#[test]
fn a_table_without_rows_is_a_file_too() {
    let bytes = geopackage(&table(&[])).unwrap();
    let count: i64 = database(&bytes).query_row("SELECT count(*) FROM zones", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 0);
}

#[test]
fn a_row_with_too_few_values_is_refused() {
    let one = holed();
    let rows = [Row { shape: &one, cells: cells(1) }, Row { shape: &one, cells: vec![Cell::Empty] }];
    let error = geopackage(&table(&rows)).unwrap_err().to_string();
    assert_eq!(error, "rij 2 heeft 1 waarden, en er zijn 4 kolommen");
}

proptest! {
    #[test]
    fn every_coordinate_comes_back_to_the_bit(
        corners in prop::collection::vec((20_000.0..270_000.0, 320_000.0..610_000.0, 1.0..900.0), 1..6),
        text in "[ -~é€]{0,40}",
    ) {
        let shapes: Vec<MultiPolygon<f64>> = corners
            .iter()
            .map(|(x, y, side)| MultiPolygon(vec![Polygon::new(square(*x, *y, *side), Vec::new())]))
            .collect();
        let columns = [Column { name: "tekst", kind: Kind::Text }];
        let rows: Vec<Row<'_>> =
            shapes.iter().map(|shape| Row { shape, cells: vec![Cell::Text(text.clone())] }).collect();
        let table = Table { columns: &columns, ..table(&rows) };
        let bytes = geopackage(&table).unwrap();
        prop_assert_eq!(&bytes, &geopackage(&table).unwrap());
        let read = read_bytes("x.gpkg", &bytes, &ReadOptions::default()).unwrap();
        prop_assert_eq!(read.features.len(), shapes.len());
        for (feature, shape) in read.features.iter().zip(shapes) {
            prop_assert_eq!(surfaces(&feature.geometry), shape.orient(Direction::Default));
            prop_assert_eq!(&feature.properties["tekst"], &text);
        }
    }
}

/// Width, height and pixels of a picture.
fn pixels(bytes: &[u8]) -> (usize, usize, Vec<[u8; 3]>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut buffer).unwrap();
    let pixels = buffer[..info.buffer_size()].chunks(3).map(|p| [p[0], p[1], p[2]]).collect();
    (info.width as usize, info.height as usize, pixels)
}

const BLUE: [u8; 3] = [10, 20, 200];
const PALE: [u8; 3] = [230, 230, 230];
const STRIPES: [u8; 3] = [120, 119, 118];

fn classes() -> Vec<Class> {
    vec![
        Class { label: "past".into(), remark: "12 ha".into(), colour: BLUE, hatch: None },
        Class { label: "onbekend".into(), remark: String::new(), colour: PALE, hatch: Some(STRIPES) },
    ]
}

#[test]
fn a_cell_is_drawn_where_it_is_and_north_is_up() {
    let grid = Grid { origin: [230_000.0, 550_000.0], step: 1_000.0, columns: 20, rows: 10 };
    let classes = classes();
    let picture = Picture { title: "Kaart", lines: &[], notes: &[], classes: &classes, marks: &[], grid };
    // The upper left quarter is blue, the lower right one hatched, the rest is outside.
    let bytes = picture
        .png(|row, column| match (row >= 5, column >= 10) {
            (true, false) => Some(0),
            (false, true) => Some(1),
            _ => None,
        })
        .unwrap();
    let (width, height, pixels) = pixels(&bytes);
    let places = |wanted: [u8; 3]| {
        // The legend is right of the map.
        (0..width * height)
            .filter(|n| pixels[*n] == wanted && n % width < 1_024)
            .map(|n| (n % width, n / width))
            .collect::<Vec<_>>()
    };
    let blue = places(BLUE);
    assert_eq!(blue.len(), 500 * 250, "a quarter of 1000 by 500 pixels");
    let (left, top) = blue[0];
    assert_eq!(left, 24);
    assert!(blue.iter().all(|(x, y)| *x < left + 500 && *y < top + 250));
    let stripes = places(STRIPES);
    assert!(stripes.iter().all(|(x, y)| *x >= left + 500 && *y >= top + 250));
    let share = stripes.len() as f64 / (500.0 * 250.0);
    assert!((0.25..0.45).contains(&share), "{share}");
    assert_eq!(stripes.len() + places(PALE).len(), 500 * 250);
    // What is outside has a black edge along what is in.
    assert_eq!(pixels[(top + 100) * width + left + 500], [0, 0, 0]);
    assert_eq!(pixels[(top + 100) * width + left + 502], [255, 255, 255]);
}

#[test]
fn words_and_marks_are_there() {
    let grid = Grid { origin: [230_000.0, 550_000.0], step: 25.0, columns: 400, rows: 300 };
    let classes = classes();
    let bare = Picture { title: "", lines: &[], notes: &[], classes: &[], marks: &[], grid };
    let black = |picture: &Picture<'_>| {
        let (width, height, pixels) = pixels(&picture.png(|_, _| Some(0)).unwrap());
        assert_eq!(pixels.len(), width * height);
        pixels.iter().filter(|pixel| **pixel == [0, 0, 0]).count()
    };
    let text = ["Datum 2026-11-25".to_owned()];
    let marks = [Mark { at: [235_000.0, 553_000.0], label: "1".into() }];
    let counts = [
        black(&bare),
        black(&Picture { title: "Zonnepark", ..bare.clone() }),
        black(&Picture { title: "Zonnepark", notes: &text, ..bare.clone() }),
        black(&Picture { title: "Zonnepark", notes: &text, classes: &classes, ..bare.clone() }),
        black(&Picture {
            title: "Zonnepark",
            notes: &text,
            classes: &classes,
            marks: &marks,
            ..bare.clone()
        }),
    ];
    assert!(counts.is_sorted_by(|a, b| a + 10 < *b), "{counts:?}");
}

#[test]
fn a_grid_of_one_cell_can_be_drawn() {
    let grid = Grid { origin: [0.0, 0.0], step: 10_000.0, columns: 1, rows: 1 };
    let classes = classes();
    let long = "Een heel lange titel die niet op een regel past. ".repeat(8);
    let picture = Picture { title: &long, lines: &[], notes: &[], classes: &classes, marks: &[], grid };
    let (width, height, _) = pixels(&picture.png(|_, _| Some(0)).unwrap());
    assert!(width > 1_000 && height > 1_000);
}
