//! Names of coordinate reference systems: codes, urns, addresses and WKT.

use super::{Crs, CrsError};

/// How much of an unknown name is shown.
const SHOWN: usize = 60;

impl Crs {
    /// Reads a name of a system: `EPSG:28992`, `28992`, `OGC:CRS84`, `urn:ogc:def:crs:EPSG::28992`,
    /// `http://www.opengis.net/def/crs/OGC/1.3/CRS84`, `http://www.opengis.net/gml/srs/epsg.xml#28992`, the name of RD
    /// (`RD New`, `Amersfoort / RD New`, `Amersfoort_RD_New`), or the WKT of a .prj file, in the dialects of OGC
    /// (1 and 2) and ESRI. Case does not matter.
    ///
    /// The axis order is that of the enum: all forms with the code 4326 or 4258 have the latitude first. Only WKT says
    /// its order itself; a geographic system in WKT without axes, as in every .prj file, has the longitude first and
    /// reads as [`Crs::Crs84`].
    ///
    /// A name of any other system is an error, also of one that looks alike (RD Old, UTM, heights as a third axis).
    pub fn parse(text: &str) -> Result<Self, CrsError> {
        let name = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        let known = if name.contains('[') && !name.starts_with('[') {
            Wkt::parse(name).and_then(|wkt| wkt.crs())
        } else {
            from_code(name).or_else(|| projected(name))
        };
        known.ok_or_else(|| CrsError::Unknown { name: shown(name) })
    }
}

fn shown(name: &str) -> String {
    let mut beginning: String =
        name.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if name.chars().nth(SHOWN).is_some() {
        beginning.push('…');
    }
    beginning
}

/// From a code with or without its authority, in any of the usual wrappings.
fn from_code(name: &str) -> Option<Crs> {
    let name = name.to_ascii_lowercase();
    // The safe form of OGC API: [EPSG:28992].
    let name = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&name);
    if let Some(urn) =
        name.strip_prefix("urn:ogc:def:crs:").or_else(|| name.strip_prefix("urn:x-ogc:def:crs:"))
    {
        // authority:version:code; the version may be empty or, in old files, left out with its colon.
        return match urn.split(':').collect::<Vec<_>>()[..] {
            [authority, code] | [authority, _, code] => from_authority(authority, code),
            _ => None,
        };
    }
    if let Some(address) = name.strip_prefix("http://").or_else(|| name.strip_prefix("https://")) {
        let path =
            address.strip_prefix("www.opengis.net/").or_else(|| address.strip_prefix("opengis.net/"))?;
        if let Some(code) = path.strip_prefix("gml/srs/epsg.xml#") {
            return from_authority("epsg", code);
        }
        return match path.strip_prefix("def/crs/")?.trim_end_matches('/').split('/').collect::<Vec<_>>()[..] {
            [authority, _, code] => from_authority(authority, code),
            _ => None,
        };
    }
    match name.split(':').collect::<Vec<_>>()[..] {
        ["crs84"] | ["crs", "84"] => Some(Crs::Crs84),
        [code] => from_authority("epsg", code),
        [authority, code] | [authority, "", code] => from_authority(authority, code),
        _ => None,
    }
}

/// From a code and who gave it, in lower case.
fn from_authority(authority: &str, code: &str) -> Option<Crs> {
    match (authority, code) {
        ("epsg" | "esri", "28992") => Some(Crs::RdNew),
        ("epsg", "4326") => Some(Crs::Epsg4326),
        ("epsg", "4258") => Some(Crs::Epsg4258),
        // The others are older codes of the same system, still given by ArcGIS and old software.
        ("epsg" | "esri", "3857" | "900913" | "102100" | "102113" | "3785") => Some(Crs::WebMercator),
        ("ogc", "crs84") => Some(Crs::Crs84),
        _ => None,
    }
}

/// From the name of a projected system.
fn projected(name: &str) -> Option<Crs> {
    match plain(name).as_str() {
        "rd" | "rdnew" | "amersfoortrdnew" => Some(Crs::RdNew),
        "wgs84pseudomercator" | "wgs1984webmercatorauxiliarysphere" => Some(Crs::WebMercator),
        _ => None,
    }
}

/// Whether a name is that of WGS84 or ETRS89, without height.
fn is_geographic(name: &str) -> bool {
    matches!(
        plain(name).as_str(),
        "wgs84" | "gcswgs1984" | "wgs1984" | "wgs84crs84" | "etrs89" | "gcsetrs1989" | "etrs1989"
    )
}

/// Letters and digits alone, in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// What of a WKT text tells which system it is: its outermost element and what stands directly in it.
struct Wkt<'a> {
    /// The outermost word, in lower case.
    keyword: String,
    /// The name of the system.
    name: &'a str,
    /// Who gave the code, in lower case, and the code.
    id: Option<(String, String)>,
    /// The directions of the axes, in lower case, as they stand.
    axes: Vec<String>,
}

impl<'a> Wkt<'a> {
    /// Reads it; `None` when brackets or quotes do not match.
    fn parse(text: &'a str) -> Option<Self> {
        let (keyword, _) = text.split_once('[')?;
        let mut wkt =
            Wkt { keyword: keyword.trim().to_ascii_lowercase(), name: "", id: None, axes: Vec::new() };
        let mut scan = Scan { rest: text };
        // The words and values of an element directly in the outermost one, such as AUTHORITY, EPSG, 28992.
        let mut element: Vec<&str> = Vec::new();
        let mut depth = 0_usize;
        loop {
            match scan.next()? {
                Token::Open => depth += 1,
                Token::Value(value) if depth == 1 && wkt.name.is_empty() => wkt.name = value,
                Token::Value(value) if depth == 1 => element = vec![value],
                Token::Value(value) if depth == 2 => element.push(value),
                Token::Value(_) => {}
                Token::Close => {
                    if depth == 2 {
                        wkt.take(&element);
                    }
                    depth = depth.checked_sub(1)?;
                    if depth == 0 {
                        return scan.rest.trim().is_empty().then_some(wkt);
                    }
                }
            }
        }
    }

    fn take(&mut self, element: &[&str]) {
        let lower = |word: &&str| word.to_ascii_lowercase();
        match element {
            [word, authority, code, ..] if is(word, "authority") || is(word, "id") => {
                self.id = Some((lower(authority), lower(code)));
            }
            [word, _, direction, ..] if is(word, "axis") => self.axes.push(lower(direction)),
            _ => {}
        }
    }

    fn crs(&self) -> Option<Crs> {
        let id = self.id.as_ref().map(|(authority, code)| from_authority(authority, code));
        match self.keyword.as_str() {
            "projcs" | "projcrs" | "projectedcrs" => {
                let crs = id.unwrap_or_else(|| projected(self.name))?;
                // A westing or southing, or y before x, would need more than the name.
                let usual = self.axes.is_empty() || self.axes == ["east", "north"];
                (matches!(crs, Crs::RdNew | Crs::WebMercator) && usual).then_some(crs)
            }
            "geogcs" | "geogcrs" | "geographiccrs" | "geodcrs" | "geodeticcrs" => {
                let crs = match id {
                    Some(crs) => crs?,
                    None if !is_geographic(self.name) => return None,
                    None if plain(self.name).contains("etrs") => Crs::Epsg4258,
                    None => Crs::Epsg4326,
                };
                let axes: Vec<&str> = self.axes.iter().map(String::as_str).collect();
                match (crs, &axes[..]) {
                    (Crs::RdNew | Crs::WebMercator, _) => None,
                    (_, [] | ["east", "north"]) => Some(Crs::Crs84),
                    (Crs::Crs84, ["north", "east"]) => Some(Crs::Epsg4326),
                    (_, ["north", "east"]) => Some(crs),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

fn is(word: &str, other: &str) -> bool {
    word.eq_ignore_ascii_case(other)
}

/// A piece of WKT.
enum Token<'a> {
    Open,
    Close,
    /// A word, a number, or a text without its quotes.
    Value(&'a str),
}

/// Cuts WKT into pieces.
struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    /// The next piece; `None` at the end and at an open quote.
    fn next(&mut self) -> Option<Token<'a>> {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let first = self.rest.chars().next()?;
        let after = self.rest.get(first.len_utf8()..)?;
        match first {
            '[' | '(' => {
                self.rest = after;
                Some(Token::Open)
            }
            ']' | ')' => {
                self.rest = after;
                Some(Token::Close)
            }
            '"' => {
                let (value, rest) = after.split_once('"')?;
                self.rest = rest;
                Some(Token::Value(value))
            }
            _ => {
                let end = self
                    .rest
                    .find(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '(' | ')' | '"'))
                    .unwrap_or(self.rest.len());
                let (value, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest;
                Some(Token::Value(value))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RD_PRJ: &str = r#"PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Double_Stereographic"],PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],PARAMETER["Central_Meridian",5.38763888888889],PARAMETER["Scale_Factor",0.9999079],PARAMETER["Latitude_Of_Origin",52.15616055555555],UNIT["Meter",1.0]]"#;
    const RD_WKT1: &str = r#"PROJCS["Amersfoort / RD New",
    GEOGCS["Amersfoort",
        DATUM["Amersfoort",
            SPHEROID["Bessel 1841",6377397.155,299.1528128, AUTHORITY["EPSG","7004"]],
            AUTHORITY["EPSG","6289"]],
        PRIMEM["Greenwich",0, AUTHORITY["EPSG","8901"]],
        UNIT["degree",0.0174532925199433, AUTHORITY["EPSG","9122"]],
        AUTHORITY["EPSG","4289"]],
    PROJECTION["Oblique_Stereographic"],
    PARAMETER["latitude_of_origin",52.1561605555556],
    UNIT["metre",1, AUTHORITY["EPSG","9001"]],
    AXIS["Easting",EAST],
    AXIS["Northing",NORTH],
    AUTHORITY["EPSG","28992"]]"#;
    const RD_WKT2: &str = r#"PROJCRS["Amersfoort / RD New",BASEGEOGCRS["Amersfoort",DATUM["Amersfoort",ELLIPSOID["Bessel 1841",6377397.155,299.1528128,LENGTHUNIT["metre",1]]],ID["EPSG",4289]],CONVERSION["RD New",METHOD["Oblique Stereographic",ID["EPSG",9809]]],CS[Cartesian,2],AXIS["easting (X)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["northing (Y)",north,ORDER[2],LENGTHUNIT["metre",1]],USAGE[SCOPE["unknown"],AREA["Netherlands [onshore]"],BBOX[50.75,3.2,53.7,7.22]],ID["EPSG",28992]]"#;
    const WGS_PRJ: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const WGS_WKT1: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]"#;
    const WGS_NO_AXES: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]"#;
    const CRS84_WKT2: &str = r#"GEOGCRS["WGS 84 (CRS84)",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563]],CS[ellipsoidal,2],AXIS["geodetic longitude (Lon)",east,ORDER[1]],AXIS["geodetic latitude (Lat)",north,ORDER[2]],ID["OGC","CRS84"]]"#;
    const ETRS_WKT2: &str = r#"GEOGCRS["ETRS89",DATUM["European Terrestrial Reference System 1989",ELLIPSOID["GRS 1980",6378137,298.257222101]],CS[ellipsoidal,2],AXIS["geodetic latitude (Lat)",north],AXIS["geodetic longitude (Lon)",east],ID["EPSG",4258]]"#;
    const ETRS_PRJ: &str = r#"GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const MERCATOR_PRJ: &str = r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],UNIT["Meter",1.0]]"#;

    #[test]
    fn many_spellings_are_known() {
        let known: [(Crs, &[&str]); 5] = [
            (
                Crs::RdNew,
                &[
                    "EPSG:28992",
                    "epsg:28992",
                    "  EPSG:28992\n",
                    "EPSG::28992",
                    "[EPSG:28992]",
                    "28992",
                    "ESRI:28992",
                    "urn:ogc:def:crs:EPSG::28992",
                    "urn:ogc:def:crs:EPSG:9.9.1:28992",
                    "urn:ogc:def:crs:EPSG:28992",
                    "urn:x-ogc:def:crs:EPSG:28992",
                    "URN:OGC:DEF:CRS:EPSG::28992",
                    "http://www.opengis.net/def/crs/EPSG/0/28992",
                    "https://www.opengis.net/def/crs/EPSG/0/28992",
                    "http://www.opengis.net/def/crs/EPSG/9.9.1/28992/",
                    "http://www.opengis.net/gml/srs/epsg.xml#28992",
                    "RD New",
                    "RD_New",
                    "Amersfoort / RD New",
                    "Amersfoort_RD_New",
                    RD_PRJ,
                    RD_WKT1,
                    RD_WKT2,
                ],
            ),
            (
                Crs::Crs84,
                &[
                    "CRS84",
                    "OGC:CRS84",
                    "CRS:84",
                    "urn:ogc:def:crs:OGC:1.3:CRS84",
                    "urn:ogc:def:crs:OGC::CRS84",
                    "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                    "https://www.opengis.net/def/crs/OGC/0/CRS84",
                    WGS_PRJ,
                    WGS_NO_AXES,
                    CRS84_WKT2,
                    ETRS_PRJ,
                ],
            ),
            (
                Crs::Epsg4326,
                &[
                    "EPSG:4326",
                    "4326",
                    "urn:ogc:def:crs:EPSG::4326",
                    "http://www.opengis.net/def/crs/EPSG/0/4326",
                    WGS_WKT1,
                ],
            ),
            (Crs::Epsg4258, &["EPSG:4258", "urn:ogc:def:crs:EPSG::4258", ETRS_WKT2]),
            (Crs::WebMercator, &["EPSG:3857", "3857", "ESRI:102100", "102100", "EPSG:900913", MERCATOR_PRJ]),
        ];
        for (crs, names) in known {
            for name in names {
                assert_eq!(Crs::parse(name).as_ref(), Ok(&crs), "{name}");
                assert_eq!(Crs::parse(&format!("\u{feff}{name}\0\r\n")).as_ref(), Ok(&crs), "{name}");
            }
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let utm = r#"PROJCS["WGS 84 / UTM zone 31N",GEOGCS["WGS 84",AUTHORITY["EPSG","4326"]],AUTHORITY["EPSG","32631"]]"#;
        let southwest = RD_WKT2.replace(",east,", ",west,");
        for name in [
            "",
            "EPSG:",
            "EPSG:28991",
            "EPSG:7415",
            "EPSG:4979",
            "EPSG:4289",
            "EPSG:32631",
            "EPSG:25831",
            "EPSG:289920",
            "OGC:28992",
            "FOO:4326",
            "urn:ogc:def:crs:EPSG::",
            "urn:ogc:def:crs:EPSG:1:2:28992",
            "http://example.org/def/crs/EPSG/0/28992",
            "http://www.opengis.net/def/crs/EPSG/28992",
            "RD Old",
            "WGS84",
            "+proj=sterea +lat_0=52.156",
            "Nederland",
            utm,
            &southwest,
            &RD_WKT1.replace("28992", "28991"),
            &RD_PRJ.replace("RD_New", "RD_Old"),
            &WGS_PRJ.replace("GCS_WGS_1984", "GCS_WGS_1972"),
            &RD_PRJ.replace("PROJCS", "COMPD_CS"),
            &WGS_WKT1.replace(r#"AXIS["Latitude",NORTH],"#, r#"AXIS["Height",UP],"#),
            RD_WKT1.strip_suffix(']').unwrap(),
            RD_WKT1.split_at(100).0,
            "PROJCS[",
            "PROJCS[]]",
            "]",
        ] {
            let error = Crs::parse(name).unwrap_err().to_string();
            assert!(error.contains("niet bekend") && error.contains("EPSG:28992"), "{name}: {error}");
        }
    }

    #[test]
    fn a_long_name_is_shown_in_part() {
        let error = Crs::parse(&format!("lang\u{1b}[31m{}", "é".repeat(1000))).unwrap_err().to_string();
        assert!(error.contains("`lang [31m") && error.contains("é…`") && error.len() < 600, "{error}");
    }

    proptest! {
        #[test]
        fn any_text_is_known_or_refused(text in "\\PC{0,80}") {
            let _ = Crs::parse(&text);
        }

        #[test]
        fn a_cut_text_of_wkt_is_refused(cut in 1..RD_WKT1.len()) {
            prop_assert!(Crs::parse(RD_WKT1.split_at(cut).0).is_err());
        }
    }
}
