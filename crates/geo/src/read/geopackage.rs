//! GeoPackage: a database of SQLite with tables of shapes.

use super::error::ReadFault;
use super::shape::{Place, Raw, RawFeature};
use super::{ReadOptions, reference, wkb};
use crate::crs::Crs;
use rayon::prelude::*;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use std::collections::BTreeMap;
use std::path::Path;

const FORMAT: &str = "GeoPackage";

/// The steps a database may take before it is taken to run for ever: a view may hold any question.
const STEPS: u64 = 20_000_000_000;
const STEPS_AT_ONCE: i32 = 1_000_000;

/// Reads from a file, which is never written to.
pub(super) fn read_file(path: &Path, options: &ReadOptions) -> Result<Raw, ReadFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(|error| fault(&error))?;
    match read(&mut connection, options) {
        // A write-ahead log, in a folder that may not be written: the file by itself is good enough.
        Err(ReadFault::Syntax { .. } | ReadFault::Open(_)) if is_wal(path) => {
            read_bytes(&std::fs::read(path)?, options)
        }
        result => result,
    }
}

fn is_wal(path: &Path) -> bool {
    use std::io::Read;
    let mut head = [0; 20];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head.get(18) == Some(&2)
}

/// Reads from memory.
pub(super) fn read_bytes(bytes: &[u8], options: &ReadOptions) -> Result<Raw, ReadFault> {
    let mut connection = Connection::open_in_memory().map_err(|error| fault(&error))?;
    // In memory there is no write-ahead log; bytes 18 and 19 say whether there is one.
    let mut copy = bytes.to_vec();
    for at in [18, 19] {
        if let Some(byte) = copy.get_mut(at).filter(|byte| **byte == 2) {
            *byte = 1;
        }
    }
    connection
        .deserialize_read_exact("main", copy.as_slice(), copy.len(), true)
        .map_err(|error| fault(&error))?;
    read(&mut connection, options)
}

fn fault(error: &rusqlite::Error) -> ReadFault {
    let place = "in de database".to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure) => {
            ReadFault::Cut { format: FORMAT, place }
        }
        Some(ErrorCode::OperationInterrupted) => ReadFault::Syntax {
            format: FORMAT,
            place,
            detail: "een tabel rekent te lang; dit is geen gewone kaart".into(),
        },
        _ => ReadFault::Syntax { format: FORMAT, place, detail: format!("SQLite zegt: {error}") },
    }
}

/// A table with shapes.
struct Table {
    name: String,
    column: String,
    srs_id: i32,
}

fn read(connection: &mut Connection, options: &ReadOptions) -> Result<Raw, ReadFault> {
    let mut read = || -> Result<Result<Raw, ReadFault>, rusqlite::Error> {
        harden(connection, options)?;
        let tables = match tables(connection)? {
            Ok(tables) => tables,
            Err(fault) => return Ok(Err(fault)),
        };
        match choose(tables, options) {
            Ok(table) => read_table(connection, &table, options),
            Err(fault) => Ok(Err(fault)),
        }
    };
    read().map_err(|error| fault(&error))?
}

fn harden(connection: &mut Connection, options: &ReadOptions) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    let longest = i32::try_from(options.limits.bytes).unwrap_or(i32::MAX).min(1_000_000_000);
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, longest)?;
    let mut left = STEPS / u64::from(STEPS_AT_ONCE.unsigned_abs());
    connection.progress_handler(
        STEPS_AT_ONCE,
        Some(move || {
            left = left.saturating_sub(1);
            left == 0
        }),
    )
}

fn tables(connection: &Connection) -> rusqlite::Result<Result<Vec<Table>, ReadFault>> {
    let there: i64 = connection.query_row(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('gpkg_contents', 'gpkg_geometry_columns')",
        [],
        |row| row.get(0),
    )?;
    if there < 2 {
        let what = "het is wel SQLite, maar er zijn geen tabellen met geometrie (gpkg_geometry_columns)";
        return Ok(Err(ReadFault::NoLayer(what.to_owned())));
    }
    let mut statement = connection.prepare(
        "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g \
         JOIN gpkg_contents c ON lower(c.table_name) = lower(g.table_name) \
         WHERE c.data_type = 'features' ORDER BY g.table_name",
    )?;
    let tables = statement
        .query_map([], |row| Ok(Table { name: row.get(0)?, column: row.get(1)?, srs_id: row.get(2)? }))?;
    Ok(Ok(tables.collect::<rusqlite::Result<_>>()?))
}

fn choose(mut tables: Vec<Table>, options: &ReadOptions) -> Result<Table, ReadFault> {
    let names = |tables: &[Table]| tables.iter().map(|table| table.name.clone()).collect();
    if let Some(asked) = &options.layer {
        return match tables.iter().position(|table| &table.name == asked) {
            Some(at) => Ok(tables.swap_remove(at)),
            None => Err(ReadFault::NoSuchLayer { asked: asked.clone(), layers: names(&tables) }),
        };
    }
    if tables.len() > 1 {
        return Err(ReadFault::ChooseLayer { layers: names(&tables) });
    }
    tables.pop().ok_or_else(|| ReadFault::NoLayer("de GeoPackage heeft geen tabel met vormen".to_owned()))
}

/// A name in a question to SQLite.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The system a number in the file stands for; `None` for the numbers that say it is not known.
fn system(connection: &Connection, srs_id: i32) -> rusqlite::Result<Result<Option<Crs>, ReadFault>> {
    if srs_id == 0 || srs_id == -1 {
        return Ok(Ok(None));
    }
    let row: Option<(String, i64, Option<String>)> = connection
        .query_row(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [srs_id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((organization, code, definition)) = row else {
        let unknown = format!("de GeoPackage zegt niet wat stelsel {srs_id} is; geef het stelsel op");
        return Ok(Err(ReadFault::Crs(unknown)));
    };
    let named = Crs::parse(&format!("{organization}:{code}"));
    let named = named.or_else(|error| definition.map_or(Err(error), |definition| Crs::parse(&definition)));
    Ok(named.map(|crs| Some(crs.x_first())).map_err(|error| ReadFault::Crs(error.to_string())))
}

/// A row, its blob not yet read.
struct Row {
    id: String,
    place: Place,
    blob: Option<Vec<u8>>,
    properties: BTreeMap<String, String>,
}

fn read_table(
    connection: &Connection,
    table: &Table,
    options: &ReadOptions,
) -> rusqlite::Result<Result<Raw, ReadFault>> {
    let crs = match options.crs {
        Some(crs) => Some(crs.x_first()),
        None => match system(connection, table.srs_id)? {
            Ok(crs) => crs,
            Err(fault) => return Ok(Err(fault)),
        },
    };
    let rows = match rows(connection, table, options)? {
        Ok(rows) => rows,
        Err(fault) => return Ok(Err(fault)),
    };
    let read = |row: Row| {
        let shape = match row.blob.map(|blob| wkb::read_blob(&blob, &options.limits)) {
            None => None,
            Some(Ok(blob)) => {
                let differs = ![table.srs_id, 0, -1].contains(&blob.srs_id) && options.crs.is_none();
                if differs {
                    let detail = format!(
                        "zegt in stelsel {} te staan, en de tabel `{}` in {}; geef het stelsel op",
                        blob.srs_id, table.name, table.srs_id
                    );
                    return Err(RawFeature::fault(&row.id, row.place, detail));
                }
                Some(blob.shape)
            }
            Some(Err(detail)) => return Err(RawFeature::fault(&row.id, row.place, detail)),
        };
        Ok(RawFeature { id: row.id, place: row.place, crs: Crs::RdNew, shape, properties: row.properties })
    };
    let read: Vec<Result<RawFeature, ReadFault>> = rows.into_par_iter().map(read).collect();
    // Of several faults the first in the file, whichever was met first.
    let features: Result<Vec<RawFeature>, ReadFault> = read.into_iter().collect();
    Ok(features.and_then(|mut features| {
        let shapes: Vec<_> = features.iter().filter_map(|feature| feature.shape.as_ref()).collect();
        let crs = crs.ok_or_else(|| reference::nameless(&shapes))?;
        for feature in &mut features {
            feature.crs = crs;
        }
        Ok(Raw { features, ..Raw::default() })
    }))
}

fn rows(
    connection: &Connection,
    table: &Table,
    options: &ReadOptions,
) -> rusqlite::Result<Result<Vec<Row>, ReadFault>> {
    let key = connection
        .query_row("SELECT name FROM pragma_table_info(?1) WHERE pk = 1", [&table.name], |row| {
            row.get::<_, String>(0)
        })
        .optional()?;
    let mut statement = connection.prepare(&format!("SELECT * FROM {}", quoted(&table.name)))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    if !names.contains(&table.column) {
        let what = format!("tabel `{}` heeft geen kolom `{}`", table.name, table.column);
        return Ok(Err(ReadFault::NoLayer(what)));
    }
    let mut found = Vec::new();
    let mut bytes = 0u64;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if found.len() >= options.limits.features {
            return Ok(Err(ReadFault::TooManyFeatures { limit: options.limits.features }));
        }
        let number = found.len() + 1;
        let (mut id, mut blob) = (None, None);
        let mut properties = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            let value = row.get_ref(at)?;
            if *name == table.column {
                if let ValueRef::Blob(shape) = value {
                    bytes += shape.len() as u64;
                    blob = Some(shape.to_vec());
                }
            } else if let Some(text) = text(value) {
                bytes += text.len() as u64;
                if Some(name) == key.as_ref() {
                    id = Some(text);
                } else {
                    properties.insert(name.clone(), text);
                }
            }
        }
        // A view can give more than the file holds.
        if bytes > options.limits.bytes {
            return Ok(Err(ReadFault::TooLarge { size: bytes, limit: options.limits.bytes }));
        }
        let id = id.unwrap_or_else(|| number.to_string());
        found.push(Row {
            id,
            place: Place::Row(i64::try_from(number).unwrap_or(i64::MAX)),
            blob,
            properties,
        });
    }
    Ok(Ok(found))
}

/// A value as text; nothing for null, and for bytes, which say nothing to people.
fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
    }
}
