//! An invented layer: squares of one hectare in a row.

use std::ops::Range;

use serde_json::{Value, json};

pub const RD: &str = "http://www.opengis.net/def/crs/EPSG/0/28992";

fn corners(number: u64) -> [[f64; 2]; 5] {
    let (x, y) = (230_000.0 + number as f64 * 200.0, 550_000.0);
    [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]]
}

fn name(number: u64) -> &'static str {
    if number.is_multiple_of(2) { "even" } else { "oneven" }
}

/// A square in RD.
pub fn square(number: u64) -> Value {
    json!({
        "type": "Feature",
        "id": format!("vak.{number}"),
        "properties": {"soort": name(number), "nummer": number},
        "geometry": {"type": "Polygon", "coordinates": [corners(number)]},
    })
}

/// The same, somewhere near Assen in degrees.
pub fn square_in_degrees(number: u64) -> Value {
    let mut square = square(number);
    let (lon, lat) = (6.5 + number as f64 * 0.01, 53.0);
    square["geometry"]["coordinates"] =
        json!([[[lon, lat], [lon + 0.001, lat], [lon + 0.001, lat + 0.001], [lon, lat + 0.001], [lon, lat]]]);
    square
}

/// A collection of squares.
pub fn collection(numbers: Range<u64>) -> Value {
    json!({"type": "FeatureCollection", "features": numbers.map(square).collect::<Vec<_>>()})
}

/// A page of WFS in GML 3.2.
pub fn gml(numbers: Range<u64>, matched: &str) -> String {
    let count = numbers.end.saturating_sub(numbers.start);
    let members: String = numbers
        .map(|number| {
            let list: Vec<String> = corners(number).iter().map(|[x, y]| format!("{x} {y}")).collect();
            format!(
                r#"<wfs:member><t:vak gml:id="vak.{number}"><t:soort>{}</t:soort><t:vorm><gml:Polygon gml:id="v.{number}"
                srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList>
                </gml:LinearRing></gml:exterior></gml:Polygon></t:vorm></t:vak></wfs:member>"#,
                name(number),
                list.join(" ")
            )
        })
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
  xmlns:t="urn:test" numberMatched="{matched}" numberReturned="{count}" timeStamp="2026-01-01T00:00:00Z">{members}</wfs:FeatureCollection>"#
    )
}
