//! GML of several makers.

use crate::support::*;
use brink_geo::read::CHORD_ERROR;
use geo::algorithm::area::Area;
use geo_types::Geometry;

const RD: &str = "urn:ogc:def:crs:EPSG::28992";

fn one(inner: &str) -> Geometry<f64> {
    let read = text("x.gml", &gml(inner));
    assert_eq!(read.features.len(), 1, "{read:?}");
    assert_eq!(read.features[0].properties["naam"], "Aa & Hunze");
    read.features[0].geometry.clone()
}

#[test]
fn a_stop_gio() {
    let read = text(
        "gio.gml",
        &format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<geo:GeoInformatieObjectVaststelling xmlns:geo="https://standaarden.overheid.nl/stop/imop/geo/"
  xmlns:basisgeo="http://www.geostandaarden.nl/basisgeometrie/1.0" xmlns:gml="http://www.opengis.net/gml/3.2">
 <geo:vastgesteldeVersie><geo:GeoInformatieObjectVersie><geo:FRBRWork>/join/id/regdata/x</geo:FRBRWork>
  <geo:locaties><geo:Locatie><geo:naam>stiltegebied</geo:naam><geo:geometrie>
   <basisgeo:Geometrie gml:id="g1"><basisgeo:id>6B1F-aa</basisgeo:id><basisgeo:geometrie>
    <gml:MultiSurface srsName="{RD}" gml:id="g2"><gml:surfaceMember><gml:Surface><gml:patches><gml:PolygonPatch>
     <gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments>
      <gml:LineStringSegment><gml:posList>233000 556000 233200 556000</gml:posList></gml:LineStringSegment>
      <gml:Arc><gml:posList>233200 556000 233100 556100 233000 556000</gml:posList></gml:Arc>
     </gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior>
    </gml:PolygonPatch></gml:patches></gml:Surface></gml:surfaceMember></gml:MultiSurface>
   </basisgeo:geometrie></basisgeo:Geometrie></geo:geometrie></geo:Locatie></geo:locaties>
 </geo:GeoInformatieObjectVersie></geo:vastgesteldeVersie></geo:GeoInformatieObjectVaststelling>"#
        ),
    );
    let feature = &read.features[0];
    assert_eq!((feature.id.as_str(), feature.properties["naam"].as_str()), ("6B1F-aa", "stiltegebied"));
    let half = std::f64::consts::PI * 100.0 * 100.0 / 2.0;
    assert!((0.0..=CHORD_ERROR * 315.0).contains(&(half - feature.geometry.unsigned_area())));
    assert_eq!(read.remarks, []);
}

#[test]
fn every_kind_of_line_and_surface() {
    let at = format!(r#"srsName="{RD}""#);
    let square = "0 0 10 0 10 10 0 10 0 0".split(' ').collect::<Vec<_>>();
    let square: Vec<String> = square
        .chunks(2)
        .map(|c| {
            format!("{} {}", 233_000 + c[0].parse::<i32>().unwrap(), 556_000 + c[1].parse::<i32>().unwrap())
        })
        .collect();
    let list = square.join(" ");
    let pos: String = square.iter().map(|pos| format!("<gml:pos>{pos}</gml:pos>")).collect();
    let commas = square.iter().map(|pos| pos.replace(' ', ",")).collect::<Vec<_>>().join(" ");
    let high = square.iter().map(|pos| format!("{pos} 5")).collect::<Vec<_>>().join(" ");
    for ring in [
        format!("<gml:LinearRing><gml:posList>{list}</gml:posList></gml:LinearRing>"),
        format!("<gml:LinearRing>{pos}</gml:LinearRing>"),
        format!("<gml:LinearRing><gml:coordinates>{commas}</gml:coordinates></gml:LinearRing>"),
        format!(r#"<gml:LinearRing srsDimension="3"><gml:posList>{high}</gml:posList></gml:LinearRing>"#),
        format!(
            "<gml:Ring><gml:curveMember><gml:OrientableCurve orientation=\"-\"><gml:baseCurve><gml:LineString><gml:posList>{list}</gml:posList></gml:LineString></gml:baseCurve></gml:OrientableCurve></gml:curveMember></gml:Ring>"
        ),
        format!(
            "<gml:Ring><gml:curveMember><gml:CompositeCurve><gml:curveMember><gml:LineString><gml:posList>{} {}</gml:posList></gml:LineString></gml:curveMember><gml:curveMember><gml:LineString><gml:posList>{}</gml:posList></gml:LineString></gml:curveMember></gml:CompositeCurve></gml:curveMember></gml:Ring>",
            square[0],
            square[1],
            square[1..].join(" ")
        ),
    ] {
        let polygon = one(&format!("<gml:Polygon {at}><gml:exterior>{ring}</gml:exterior></gml:Polygon>"));
        assert_eq!(polygon.unsigned_area(), 100.0, "{ring}");
        assert_eq!(coords(&polygon).len(), 5);
    }
    let circle = "<gml:Curve><gml:segments><gml:Circle><gml:posList>233010 556000 233000 556010 232990 556000</gml:posList></gml:Circle></gml:segments></gml:Curve>";
    let by_centre = r#"<gml:Curve><gml:segments><gml:CircleByCenterPoint><gml:pos>233000 556000</gml:pos><gml:radius uom="m">10</gml:radius></gml:CircleByCenterPoint></gml:segments></gml:Curve>"#;
    let string = "<gml:Curve><gml:segments><gml:ArcString><gml:posList>233010 556000 233000 556010 232990 556000 233000 555990 233010 556000</gml:posList></gml:ArcString></gml:segments></gml:Curve>";
    for curve in [circle, by_centre, string] {
        let polygon = one(&format!(
            "<gml:Polygon {at}><gml:exterior><gml:Ring><gml:curveMember>{curve}</gml:curveMember></gml:Ring></gml:exterior></gml:Polygon>"
        ));
        let lost = std::f64::consts::PI * 100.0 - polygon.unsigned_area();
        assert!((0.0..=CHORD_ERROR * 63.0).contains(&lost), "{curve} {lost}");
    }
    let line = one(&format!(
        "<gml:MultiCurve {at}><gml:curveMember><gml:LineString><gml:posList>{list}</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve>"
    ));
    assert!(matches!(line, Geometry::LineString(_)));
    let points = one(&format!(
        "<gml:MultiPoint {at}><gml:pointMember><gml:Point><gml:pos>233000 556000</gml:pos></gml:Point></gml:pointMember><gml:pointMembers><gml:Point><gml:pos>233001 556000</gml:pos></gml:Point></gml:pointMembers></gml:MultiPoint>"
    ));
    assert!(matches!(points, Geometry::MultiPoint(_)));
}

#[test]
fn the_order_of_the_axes_is_that_of_the_name() {
    let [lon, lat] = brink_geo::crs::rd_to_lonlat(233_000.0, 556_000.0).unwrap();
    for (name, pos) in [
        ("urn:ogc:def:crs:EPSG::4258", format!("{lat} {lon}")),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", format!("{lat} {lon}")),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", format!("{lon} {lat}")),
        ("EPSG:4326", format!("{lon} {lat}")),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", format!("{lon} {lat}")),
        ("urn:ogc:def:crs:EPSG::7415", "233000 556000 12.5".to_owned()),
        (RD, "233000 556000".to_owned()),
    ] {
        let point = one(&format!(r#"<gml:Point srsName="{name}"><gml:pos>{pos}</gml:pos></gml:Point>"#));
        let at = coords(&point)[0];
        assert!((at.x - 233_000.0).hypot(at.y - 556_000.0) < 1e-3, "{name}");
    }
    let swapped = gml(&format!(
        r#"<gml:Point srsName="urn:ogc:def:crs:EPSG::4258"><gml:pos>{lon} {lat}</gml:pos></gml:Point>"#
    ));
    assert!(error("x.gml", swapped).contains("verwisseld"));
}

#[test]
fn wfs_answers_and_bare_shapes() {
    let point = format!(r#"<gml:Point srsName="{RD}"><gml:pos>233000 556000</gml:pos></gml:Point>"#);
    let spaces = r#"xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:wfs="http://www.opengis.net/wfs/2.0""#;
    let nested = format!(
        "<wfs:FeatureCollection {spaces}><wfs:member><wfs:FeatureCollection><wfs:member><a gml:id='q'><g>{point}</g></a></wfs:member></wfs:FeatureCollection></wfs:member></wfs:FeatureCollection>"
    );
    assert_eq!(text("x.gml", &nested).features[0].id, "q");
    let bare = point.replacen("<gml:Point", &format!("<gml:Point {spaces}"), 1);
    assert_eq!(text("x.gml", &bare).features.len(), 1);
    let envelope = format!(
        "<wfs:FeatureCollection {spaces}><gml:boundedBy><gml:Envelope srsName='{RD}'/></gml:boundedBy><wfs:member><a><g><gml:Point><gml:pos>233000 556000</gml:pos></gml:Point></g></a></wfs:member></wfs:FeatureCollection>"
    );
    assert_eq!(text("x.gml", &envelope).features.len(), 1);
    let nothing = format!("<wfs:FeatureCollection {spaces}/>");
    assert_eq!(text("x.gml", &nothing).features, []);
    // Latin-1, as the declaration says.
    let mut latin = b"<?xml version='1.0' encoding='ISO-8859-1'?>".to_vec();
    latin.extend(
        nested.replace("<a gml:id='q'>", "<a gml:id='q'><n>Zuidlaard\u{e9}r</n>").chars().map(|c| c as u8),
    );
    let read = brink_geo::read::read_bytes("x.gml", &latin, &Default::default()).unwrap();
    assert_eq!(read.features[0].properties["n"], "Zuidlaardér");
}

#[test]
fn dangerous_and_broken_xml_is_refused() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    assert!(error("x.gml", bomb).contains("DTD"));
    assert!(error("x.gml", gml("&b;")).contains("entiteiten"));
    assert!(error("x.gml", "<a><b></a>").contains("gesloten"));
    assert!(error("x.gml", "<a>".repeat(1000)).contains("genest"));
    let exception = r#"<ows:ExceptionReport xmlns:ows="o"><ows:Exception><ows:ExceptionText>te druk</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"#;
    assert!(error("x.gml", exception).contains("foutmelding van een dienst, geen kaart: te druk"));
    let point =
        |pos: &str| gml(&format!(r#"<gml:Point srsName="{RD}"><gml:pos>{pos}</gml:pos></gml:Point>"#));
    assert!(error("x.gml", point("233000 zes")).contains("geen getal"));
    assert!(
        error("x.gml", gml("<gml:Point><gml:pos>233000 556000</gml:pos></gml:Point>")).contains("stelsel")
    );
    assert!(error("x.gml", gml(&format!(r#"<gml:Solid srsName="{RD}"/>"#))).contains("Solid"));
    assert!(error("x.gml", point("233000 556000").replace("28992", "31370")).contains("31370"));
}
