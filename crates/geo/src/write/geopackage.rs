//! A table of surfaces as a GeoPackage (OGC 12-128r18, version 1.3).

use super::error::WriteError;
use super::wkb;
use geo::BoundingRect;
use geo_types::MultiPolygon;
use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, params, params_from_iter};

/// "GPKG", where SQLite keeps what kind of file it is.
const APPLICATION: i32 = 0x4750_4B47;
/// Version 1.3.0.
const VERSION: i32 = 10_300;
const RD_NEW: i32 = 28_992;

const RD_NEW_WKT: &str = r#"PROJCS["Amersfoort / RD New",GEOGCS["Amersfoort",DATUM["Amersfoort",SPHEROID["Bessel 1841",6377397.155,299.1528128,AUTHORITY["EPSG","7004"]],AUTHORITY["EPSG","6289"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4289"]],PROJECTION["Oblique_Stereographic"],PARAMETER["latitude_of_origin",52.1561605555556],PARAMETER["central_meridian",5.38763888888889],PARAMETER["scale_factor",0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","28992"]]"#;
const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#;

/// The tables every GeoPackage has, as annex C of the standard gives them.
const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL,
  description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY,
  data_type TEXT NOT NULL,
  identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE,
  min_y DOUBLE,
  max_x DOUBLE,
  max_y DOUBLE,
  srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL,
  m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Real,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it holds.
    pub kind: Kind,
}

/// A value in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Nothing.
    Empty,
}

/// A surface with what is known of it.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Its shape, in RD New.
    pub shape: &'a MultiPolygon<f64>,
    /// A value for each column.
    pub cells: Vec<Cell>,
}

/// A table of surfaces in RD New.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// Its name: letters, digits and underscores do best.
    pub name: &'a str,
    /// What people call it.
    pub title: &'a str,
    /// What a reader must know of it.
    pub description: &'a str,
    /// The day it was made, as 2026-01-31.
    pub date: &'a str,
    /// Its columns, besides the number and the shape.
    pub columns: &'a [Column<'a>],
    /// Its rows.
    pub rows: &'a [Row<'a>],
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(text) => text.to_sql(),
            Self::Integer(number) => number.to_sql(),
            Self::Real(number) => number.to_sql(),
            Self::Empty => None::<i64>.to_sql(),
        }
    }
}

/// The file of a GeoPackage with one table. The same table always gives the same bytes.
pub fn geopackage(table: &Table<'_>) -> Result<Vec<u8>, WriteError> {
    let columns = table.columns.len();
    if let Some((n, row)) = table.rows.iter().enumerate().find(|(_, row)| row.cells.len() != columns) {
        return Err(WriteError::Row { row: n + 1, values: row.cells.len(), columns });
    }
    let mut connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    let work = connection.transaction()?;
    work.execute_batch(TABLES)?;
    systems(&work)?;
    contents(&work, table)?;
    rows(&work, table)?;
    work.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

/// The systems every GeoPackage has, and RD New.
fn systems(connection: &Connection) -> Result<(), WriteError> {
    let mut insert =
        connection.prepare("INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    insert.execute(params!["Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None::<&str>])?;
    insert.execute(params!["Undefined geographic SRS", 0, "NONE", 0, "undefined", None::<&str>])?;
    insert.execute(params!["WGS 84 geodetic", 4326, "EPSG", 4326, WGS84_WKT, None::<&str>])?;
    insert.execute(params!["Amersfoort / RD New", RD_NEW, "EPSG", RD_NEW, RD_NEW_WKT, None::<&str>])?;
    Ok(())
}

fn contents(connection: &Connection, table: &Table<'_>) -> Result<(), WriteError> {
    let bounds = table.rows.iter().filter_map(|row| row.shape.bounding_rect()).reduce(|a, b| {
        let (low, high) = (a.min(), a.max());
        let (other_low, other_high) = (b.min(), b.max());
        geo_types::Rect::new(
            (low.x.min(other_low.x), low.y.min(other_low.y)),
            (high.x.max(other_high.x), high.y.max(other_high.y)),
        )
    });
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            table.name,
            table.title,
            table.description,
            format!("{}T00:00:00.000Z", table.date),
            bounds.map(|bounds| bounds.min().x),
            bounds.map(|bounds| bounds.min().y),
            bounds.map(|bounds| bounds.max().x),
            bounds.map(|bounds| bounds.max().y),
            RD_NEW,
        ],
    )?;
    Ok(())
}

fn rows(connection: &Connection, table: &Table<'_>) -> Result<(), WriteError> {
    let mut columns = String::new();
    let mut places = String::new();
    for (n, column) in table.columns.iter().enumerate() {
        let kind = match column.kind {
            Kind::Text => "TEXT",
            Kind::Integer => "INTEGER",
            Kind::Real => "REAL",
        };
        columns.push_str(&format!(", {} {kind}", quoted(column.name)));
        places.push_str(&format!(", ?{}", n + 3));
    }
    let name = quoted(table.name);
    connection.execute_batch(&format!(
        "CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON{columns})"
    ))?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'MULTIPOLYGON', ?2, 0, 0)",
        params![table.name, RD_NEW],
    )?;
    let mut insert = connection.prepare(&format!("INSERT INTO {name} VALUES (?1, ?2{places})"))?;
    for (n, row) in (1_i64..).zip(table.rows) {
        let first = [Box::new(n) as Box<dyn ToSql>, Box::new(wkb::blob(row.shape, RD_NEW))];
        let rest = row.cells.iter().map(|cell| Box::new(cell) as Box<dyn ToSql>);
        insert.execute(params_from_iter(first.into_iter().chain(rest)))?;
    }
    Ok(())
}

/// A name in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
