//! One plan in many places: a verdict a line, in the order of the file, on all cores.

use super::court::Court;
use super::typed;
use crate::Status;
use crate::arguments::Toets;
use crate::error::{CliError, reason};
use crate::input;
use crate::show::count;
use brink_assess::{Fault, Options, Spots, Verdict};
use brink_geo::crs::Crs;
use brink_geo::place::Place;
use brink_geo::read::{ReadOptions, read_file};
use geo_types::{Geometry, Point};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// How many places are read before they are judged.
const BATCH: usize = 8_192;

/// A place in the list.
struct Row {
    number: u64,
    id: String,
    place: Result<Place, Fault>,
}

pub(super) fn list(path: &Path, arguments: &Toets, court: &Court<'_>) -> Result<Status, CliError> {
    let plan = typed(&arguments.typed, court.package)?;
    let ground = court.ground()?;
    let options = Options { today: court.today().to_owned(), ground: Some(ground), ..Options::default() };
    let judges: Vec<Mutex<Spots<'_>>> = (0..rayon::current_num_threads().max(1))
        .map(|_| Mutex::new(Spots::new(court.package, ground, &plan, &options)))
        .collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut status = Status::Answered;
    let (mut rows, left_out) = rows(path)?;
    if left_out {
        status = Status::BadInput;
    }
    loop {
        let batch: Vec<Row> = rows.by_ref().filter(|row| row.number >= arguments.vanaf).take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let lines: Vec<(bool, String)> = batch
            .into_par_iter()
            .map(|row| {
                let worker = rayon::current_thread_index().unwrap_or_default() % judges.len();
                let verdict = row.place.and_then(|place| match judges.get(worker) {
                    Some(judge) => judge.lock().unwrap_or_else(PoisonError::into_inner).at(&place),
                    None => Err(Fault::new("", "er is geen rekenkern vrij".to_owned())),
                });
                match verdict {
                    Ok(verdict) => (true, line(court, row.number, &row.id, &verdict).to_string()),
                    Err(fault) => {
                        let line =
                            json!({ "nr": row.number, "id": row.id, "fout": { "meldingen": [fault] } });
                        (false, line.to_string())
                    }
                }
            })
            .collect();
        for (good, line) in lines {
            if !good {
                status = Status::BadInput;
            }
            writeln!(out, "{line}")?;
        }
        out.flush()?;
    }
    Ok(status)
}

fn line(court: &Court<'_>, number: u64, id: &str, verdict: &Verdict) -> Value {
    let norms: Vec<&str> =
        verdict.normen.iter().filter_map(|id| court.package.norm(*id)).map(|norm| norm.id.as_str()).collect();
    json!({
        "nr": number,
        "id": id,
        "oordeel": verdict.oordeel,
        "onzeker": verdict.bereik.is_open(),
        "bereik": verdict.bereik,
        "normen": norms,
    })
}

type Rows = Box<dyn Iterator<Item = Row>>;

/// The places in a file, one by one, and whether any were left out. A CSV is read as it goes, other files as a whole.
fn rows(path: &Path) -> Result<(Rows, bool), CliError> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    if matches!(extension.as_deref(), Some("csv" | "tsv" | "txt")) {
        return Ok((table(path, extension.as_deref() == Some("tsv"))?, false));
    }
    let read = read_file(path, &ReadOptions::default()).map_err(|error| CliError::Map(error.to_string()))?;
    let there = |id: &str| read.features.iter().any(|feature| feature.id == id);
    let mut left_out = false;
    for remark in &read.remarks {
        // What is said of one that is not there, is why it is not.
        left_out |= !remark.feature.is_empty() && !there(&remark.feature);
        let about = if remark.feature.is_empty() { String::new() } else { format!("{}: ", remark.feature) };
        eprintln!("{about}{}", remark.text);
    }
    let rows = read.features.into_iter().enumerate().map(|(n, feature)| Row {
        number: n as u64 + 1,
        id: feature.id,
        place: Place::in_crs(&feature.geometry, Crs::RdNew)
            .map_err(|error| Fault::new("", error.to_string())),
    });
    Ok((Box::new(rows), left_out))
}

/// A table with a column for each coordinate: lon and lat, or x and y in RD.
fn table(path: &Path, tabs: bool) -> Result<Rows, CliError> {
    let file = std::fs::File::open(path)
        .map_err(|error| CliError::Unreadable { path: path.to_owned(), reason: reason(&error) })?;
    let mut reader = std::io::BufReader::new(file);
    let head = match input::line(&mut reader, 1 << 16).map_err(CliError::from)? {
        Some(input::Line::Text(text)) => text,
        _ => return Err(CliError::Map(format!("{} heeft geen kopregel", input::name(path)))),
    };
    let mark = if tabs {
        b'\t'
    } else if head.matches(';').count() > head.matches(',').count() {
        b';'
    } else {
        b','
    };
    let names: Vec<String> = head
        .trim_start_matches('\u{feff}')
        .split(char::from(mark))
        .map(|name| name.trim().trim_matches('"').to_ascii_lowercase())
        .collect();
    let find = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    let degrees = find(&["lon", "lng", "longitude", "lengte", "lengtegraad"]).zip(find(&[
        "lat",
        "latitude",
        "breedte",
        "breedtegraad",
    ]));
    let metres = find(&["x", "rd_x", "x_rd"]).zip(find(&["y", "rd_y", "y_rd"]));
    let (columns, crs) = match (degrees, metres) {
        (Some(columns), _) => (columns, Crs::Crs84),
        (None, Some(columns)) => (columns, Crs::RdNew),
        (None, None) => {
            return Err(CliError::Map(format!(
                "{} heeft geen kolommen lon en lat, of x en y (RD)\n  er zijn: {}",
                input::name(path),
                names.join(", ")
            )));
        }
    };
    let id = find(&["id", "naam", "name"]);
    let table =
        csv::ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).from_reader(reader);
    Ok(Box::new(table.into_records().enumerate().map(move |(n, record)| {
        let number = n as u64 + 1;
        let wrong = |text: String| Fault::new("", text);
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let place = Err(wrong(format!("deze regel is niet te lezen: {error}")));
                return Row { number, id: String::new(), place };
            }
        };
        if record.len() <= columns.0.max(columns.1) {
            let (has, head) = (count(record.len(), "kolom", "kolommen"), names.len());
            let place = Err(wrong(format!("de rij heeft {has}, en de kop {head}")));
            return Row {
                number,
                id: id.and_then(|id| record.get(id)).unwrap_or_default().trim().to_owned(),
                place,
            };
        }
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let coordinate = |column: usize| {
            let text = cell(column);
            // A comma is a decimal sign to a Dutch hand, where commas do not part the columns.
            let text = if mark == b',' { text.to_owned() } else { text.replace(',', ".") };
            text.parse::<f64>()
                .map_err(|_| wrong(format!("`{}` is geen getal", text.chars().take(40).collect::<String>())))
        };
        let place = coordinate(columns.0).and_then(|x| Ok((x, coordinate(columns.1)?))).and_then(|(x, y)| {
            let place = match crs {
                Crs::Crs84 => Place::at(x, y),
                crs => Place::in_crs(&Geometry::Point(Point::new(x, y)), crs),
            };
            place.map_err(|error| wrong(error.to_string()))
        });
        Row { number, id: id.map_or_else(|| number.to_string(), |id| cell(id).to_owned()), place }
    })))
}
