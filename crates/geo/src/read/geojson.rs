//! GeoJSON (RFC 7946), also one feature a line and as a sequence (RFC 8142).
//!
//! The file is split into its features without looking into them; these are read in parallel, and their coordinates
//! straight from the text.

use super::ReadOptions;
use super::error::ReadFault;
use super::reference;
use super::shape::{Path, Place, Raw, RawFeature, Shape};
use crate::crs::Crs;
use geo_types::Coord;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

const FORMAT: &str = "GeoJSON";

/// What any object of GeoJSON may have that matters here.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    features: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    geometry: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometries: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    coordinates: Option<&'a RawValue>,
    #[serde(borrow, default)]
    properties: Option<BTreeMap<Cow<'a, str>, &'a RawValue>>,
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    crs: Option<&'a RawValue>,
    #[serde(borrow, default)]
    error: Option<&'a RawValue>,
}

/// The whole text, to tell where a piece of it is.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
}

impl<'a> Source<'a> {
    fn offset(self, piece: &str) -> usize {
        (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn line(self, offset: usize) -> usize {
        1 + self.text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count()
    }

    fn parse<T: Deserialize<'a>>(self, piece: &'a str) -> Result<T, ReadFault> {
        serde_json::from_str(piece).map_err(|error| self.fault(piece, &error))
    }

    fn fault(self, piece: &str, error: &serde_json::Error) -> ReadFault {
        let line = self.line(self.offset(piece)) + error.line().saturating_sub(1);
        if error.is_eof() {
            return ReadFault::Cut { format: FORMAT, place: format!("regel {line}") };
        }
        let place = format!("regel {line}, teken {}", error.column());
        // The parser says it in English, with a place of its own.
        let detail = error.to_string();
        let detail = detail.split(" at line ").next().unwrap_or_default();
        ReadFault::Syntax { format: FORMAT, place, detail: format!("de JSON klopt niet ({detail})") }
    }
}

/// Reads the bytes of a file.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Raw, ReadFault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let line = 1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
        ReadFault::NotUtf8 { line, offset }
    })?;
    let source = Source { text };
    let mut jobs = Vec::new();
    for value in values(source)? {
        collect(source, value, options, &mut jobs)?;
    }
    let mut line = 1;
    let mut counted = 0;
    for (number, job) in jobs.iter_mut().enumerate() {
        let offset = source.offset(job.text);
        let passed = source.text.as_bytes().get(counted..offset).unwrap_or_default();
        line += passed.iter().filter(|byte| **byte == b'\n').count();
        counted = offset.max(counted);
        job.line = line;
        job.number = number + 1;
    }
    let read: Vec<_> = jobs.par_iter().map(|job| feature(source, job, options)).collect();
    // Of several faults the first in the file, whichever was met first.
    let features = read.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(Raw { features, remarks: Vec::new(), anticlockwise: true })
}

/// The values of the file: one, or many that follow each other.
fn values(source: Source<'_>) -> Result<Vec<&str>, ReadFault> {
    let pieces = source.text.split('\u{1e}').filter(|piece| !piece.trim().is_empty());
    let mut values = Vec::new();
    for piece in pieces {
        let stream = serde_json::Deserializer::from_str(piece).into_iter::<&RawValue>();
        for value in stream {
            match value {
                Ok(value) => values.push(value.get()),
                // Without the place of the last good value the line would be told from its end.
                Err(error) => return Err(source.fault(piece, &error)),
            }
        }
    }
    if values.is_empty() {
        return Err(ReadFault::Empty);
    }
    Ok(values)
}

/// A feature, or a geometry by itself, still to be read.
struct Job<'a> {
    text: &'a str,
    crs: Crs,
    line: usize,
    number: usize,
}

fn collect<'a>(
    source: Source<'a>,
    value: &'a str,
    options: &ReadOptions,
    jobs: &mut Vec<Job<'a>>,
) -> Result<(), ReadFault> {
    let place = || format!("regel {}", source.line(source.offset(value)));
    let syntax = |detail: String| ReadFault::Syntax { format: FORMAT, place: place(), detail };
    if !value.starts_with('{') {
        return Err(syntax("hier hoort een object met een `type` te staan".to_owned()));
    }
    let top: Object<'a> = source.parse(value)?;
    if let (None, Some(error)) = (&top.kind, top.error) {
        return Err(ReadFault::Service(service_error(error.get())));
    }
    let crs = match (options.crs, top.crs) {
        (Some(crs), _) => crs.x_first(),
        (None, Some(named)) => named_crs(source, named.get())?,
        (None, None) => Crs::Crs84,
    };
    let mut add = |text| {
        if jobs.len() >= options.limits.features {
            return Err(ReadFault::TooManyFeatures { limit: options.limits.features });
        }
        jobs.push(Job { text, crs, line: 0, number: 0 });
        Ok(())
    };
    match top.kind.as_deref() {
        Some("FeatureCollection") => match top.features {
            Some(features) => features.into_iter().try_for_each(|feature| add(feature.get())),
            None => Err(syntax("de FeatureCollection heeft geen `features`".to_owned())),
        },
        Some("Topology") => Err(syntax("dit is TopoJSON; zet het om naar GeoJSON".to_owned())),
        Some(_) => add(value),
        None => Err(syntax("er is geen `type`; dit is wel JSON, maar geen GeoJSON".to_owned())),
    }
}

/// The message of an ArcGIS server, which sends its errors as if all went well.
fn service_error(error: &str) -> String {
    #[derive(Deserialize)]
    struct Error {
        #[serde(default)]
        code: Option<i64>,
        #[serde(default)]
        message: Option<String>,
    }
    let shown: String = match serde_json::from_str::<Error>(error) {
        Ok(Error { code: Some(code), message: Some(message) }) => format!("{message} (code {code})"),
        Ok(Error { message: Some(message), .. }) => message,
        _ => error.to_owned(),
    };
    shown.chars().take(200).collect()
}

/// The `crs` member of old.
fn named_crs(source: Source<'_>, member: &str) -> Result<Crs, ReadFault> {
    #[derive(Deserialize, Default)]
    struct Properties {
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        code: Option<u32>,
    }
    #[derive(Deserialize)]
    struct Named {
        #[serde(default)]
        properties: Properties,
    }
    let named: Named = serde_json::from_str(member).map_err(|error| source.fault(member, &error))?;
    match named.properties {
        Properties { name: Some(name), .. } => Ok(reference::parse(&name)?.x_first()),
        Properties { code: Some(code), .. } => Ok(reference::parse(&format!("EPSG:{code}"))?.x_first()),
        Properties { .. } => Err(ReadFault::Crs(
            "de `crs` van het bestand noemt geen stelsel bij naam; haal `crs` weg of geef het stelsel op"
                .to_owned(),
        )),
    }
}

fn feature(source: Source<'_>, job: &Job<'_>, options: &ReadOptions) -> Result<RawFeature, ReadFault> {
    let place = Place::Line(job.line);
    let object: Object<'_> = source.parse(job.text)?;
    let id = object.id.and_then(|id| value_text(id.get())).unwrap_or_else(|| job.number.to_string());
    let fault = |detail: String| RawFeature::fault(&id, place, detail);
    let mut shape = Shape::default();
    let mut reader = Reader { source, depth: options.limits.depth, place };
    let (shape, properties) = match object.kind.as_deref() {
        Some("Feature") => {
            let shape = match object.geometry {
                Some(geometry) => {
                    let geometry: Object<'_> = source.parse(geometry.get())?;
                    reader.geometry(&geometry, 0, &mut shape, &fault)?;
                    Some(shape)
                }
                None => None,
            };
            let texts = object.properties.unwrap_or_default().into_iter();
            let texts = texts.filter_map(|(key, value)| Some((key.into_owned(), value_text(value.get())?)));
            (shape, texts.collect())
        }
        Some(_) => {
            reader.geometry(&object, 0, &mut shape, &fault)?;
            (Some(shape), BTreeMap::new())
        }
        None => return Err(fault("heeft geen `type`".to_owned())),
    };
    Ok(RawFeature { id, place, crs: job.crs, shape, properties })
}

/// A value as people would write it; nothing for null.
fn value_text(json: &str) -> Option<String> {
    match json.as_bytes().first() {
        Some(b'"') => serde_json::from_str(json).ok(),
        Some(b'n') | None => None,
        Some(_) => Some(json.to_owned()),
    }
}

struct Reader<'a> {
    source: Source<'a>,
    depth: usize,
    place: Place,
}

impl Reader<'_> {
    fn geometry(
        &mut self,
        object: &Object<'_>,
        depth: usize,
        shape: &mut Shape,
        fault: &dyn Fn(String) -> ReadFault,
    ) -> Result<(), ReadFault> {
        if depth > self.depth {
            return Err(ReadFault::TooDeep { place: self.place.to_string(), limit: self.depth });
        }
        let kind = object.kind.as_deref().unwrap_or_default();
        if kind == "GeometryCollection" {
            let parts = object.geometries.as_deref();
            for part in
                parts.ok_or_else(|| fault("de GeometryCollection heeft geen `geometries`".to_owned()))?
            {
                let part: Object<'_> =
                    serde_json::from_str(part.get()).map_err(|e| self.source.fault(part.get(), &e))?;
                self.geometry(&part, depth + 1, shape, fault)?;
            }
            return Ok(());
        }
        let text = match object.coordinates {
            Some(coordinates) => coordinates.get(),
            None => return Err(fault(format!("de geometrie ({kind}) heeft geen `coordinates`"))),
        };
        let mut scan = Scan { rest: text.as_bytes(), heights: false };
        let read = match kind {
            "Point" => scan.position_or_nothing().map(|point| shape.points.extend(point)),
            "MultiPoint" => scan.positions().map(|mut points| shape.points.append(&mut points)),
            "LineString" => scan.positions().map(|points| shape.lines.push(Path::straight(points))),
            "MultiLineString" => scan.lines().map(|mut lines| shape.lines.append(&mut lines)),
            "Polygon" => scan.lines().map(|rings| shape.polygons.push(rings)),
            "MultiPolygon" => scan.list(Scan::lines).map(|mut polygons| shape.polygons.append(&mut polygons)),
            _ => return Err(fault(format!("`{kind}` is geen soort geometrie"))),
        };
        shape.heights |= scan.heights;
        if read.is_none() || !scan.rest.is_empty() {
            let at = self.source.offset(text) + (text.len() - scan.rest.len());
            let line = self.source.line(at);
            return Err(fault(format!("de coördinaten passen niet bij {kind} (regel {line}, byte {at})")));
        }
        Ok(())
    }
}

/// Reads coordinates from text that is JSON; `None` for what are no coordinates of that kind.
struct Scan<'a> {
    rest: &'a [u8],
    heights: bool,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_ascii_start();
        self.rest.first().copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.next() == Some(byte);
        if let (true, [_, rest @ ..]) = (found, self.rest) {
            self.rest = rest;
        }
        found
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        if !self.take(b'[') {
            return None;
        }
        if self.take(b']') {
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            if !self.take(b',') {
                break;
            }
        }
        self.take(b']').then_some(items)
    }

    fn lines(&mut self) -> Option<Vec<Path>> {
        self.list(|scan| scan.positions().map(Path::straight))
    }

    fn positions(&mut self) -> Option<Vec<Coord<f64>>> {
        self.list(Self::position)
    }

    /// A point may be empty: `[]`.
    fn position_or_nothing(&mut self) -> Option<Option<Coord<f64>>> {
        if self.rest.trim_ascii() == b"[]" {
            self.rest = &[];
            return Some(None);
        }
        self.position().map(Some)
    }

    fn position(&mut self) -> Option<Coord<f64>> {
        if !self.take(b'[') {
            return None;
        }
        let x = self.number()?;
        if !self.take(b',') {
            return None;
        }
        let y = self.number()?;
        while self.take(b',') {
            self.number()?;
            self.heights = true;
        }
        self.take(b']').then_some(Coord { x, y })
    }

    /// A number; null is none, and told later.
    fn number(&mut self) -> Option<f64> {
        self.next()?;
        let end = self
            .rest
            .iter()
            .position(|byte| matches!(byte, b',' | b']' | b'[' | b' ' | b'\n' | b'\r' | b'\t'));
        let (number, rest) = self.rest.split_at_checked(end?)?;
        self.rest = rest;
        if number == b"null" {
            return Some(f64::NAN);
        }
        std::str::from_utf8(number).ok()?.parse().ok()
    }
}
