//! The parameters of a request: each known, each once, each understood; otherwise the answer says what is wrong.

use super::filter::{self, Filter};
use super::reference;
use crate::error::Problem;
use brink_geo::crs::Crs;
use geo_types::{Coord, Geometry, Rect};

/// Most parameters.
const MOST: usize = 50;
/// Features of an answer: when not said, and at most.
const USUAL: usize = 100;
/// See [`USUAL`].
pub(crate) const LARGEST: usize = 10_000;

/// The parameters of a request.
#[derive(Debug, Clone)]
pub(crate) struct Parameters {
    all: Vec<(String, String)>,
    left: Vec<(String, String)>,
    known: Vec<&'static str>,
}

impl Parameters {
    pub(crate) fn read(query: Option<&str>) -> Result<Self, Problem> {
        let all: Vec<(String, String)> = serde_urlencoded::from_str(query.unwrap_or_default())
            .map_err(|_| Problem::bad_request("de parameters achter het vraagteken zijn niet te lezen"))?;
        if all.len() > MOST {
            return Err(Problem::bad_request(format!("er zijn meer dan {MOST} parameters")));
        }
        Ok(Self { left: all.clone(), all, known: Vec::new() })
    }

    /// The value of a parameter, if it is there.
    pub(crate) fn take(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.known.push(name);
        let mut values = self.left.extract_if(.., |(key, _)| key == name).map(|(_, value)| value);
        let value = values.next();
        if values.next().is_some() {
            return Err(Problem::bad_request(format!("parameter `{name}` staat er meer dan eens")));
        }
        Ok(value)
    }

    /// All parameters must have been taken by now.
    pub(crate) fn end(&self) -> Result<(), Problem> {
        let Some((name, _)) = self.left.first() else {
            return Ok(());
        };
        let name: String = name.chars().take(60).collect();
        Err(Problem::bad_request(format!(
            "parameter `{name}` is hier niet bekend; wel: {}",
            self.known.join(", ")
        )))
    }

    /// The query with one parameter set, or left out.
    pub(crate) fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut pairs: Vec<(&str, &str)> = self
            .all
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .filter(|(key, _)| *key != name)
            .collect();
        pairs.extend(value.map(|value| (name, value)));
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// The query as it was.
    pub(crate) fn query(&self) -> String {
        self.with("", None)
    }
}

/// Which features are asked for, and how.
pub(crate) struct Question {
    pub limit: usize,
    pub offset: usize,
    pub crs: Crs,
    /// All must hold.
    pub filters: Vec<Filter>,
    pub days: Option<Days>,
    /// Properties and the value they must have.
    pub equal: Vec<(&'static str, String)>,
}

impl Question {
    /// Reads it; `names` are the properties with their type.
    pub(crate) fn read(
        parameters: &mut Parameters,
        names: &[(&'static str, &'static str, &'static str)],
    ) -> Result<Self, Problem> {
        let number = |name: &str, text: &str| {
            text.parse::<usize>().map_err(|_| {
                Problem::bad_request(format!("`{name}` is `{}`, en moet een heel getal zijn", shown(text)))
            })
        };
        let limit = match parameters.take("limit")? {
            Some(text) => match number("limit", &text)? {
                0 => return Err(Problem::bad_request("`limit` is minstens 1")),
                limit => limit.min(LARGEST),
            },
            None => USUAL,
        };
        let offset = parameters.take("offset")?.map_or(Ok(0), |text| number("offset", &text))?;
        let mut crs = |name: &'static str| -> Result<Option<Crs>, Problem> {
            parameters
                .take(name)?
                .map(|value| reference::read(name, &value).map_err(Problem::bad_request))
                .transpose()
        };
        let (out, bbox_crs, filter_crs) = (crs("crs")?, crs("bbox-crs")?, crs("filter-crs")?);
        let mut filters = Vec::new();
        if let Some(text) = parameters.take("bbox")? {
            filters.push(bbox(&text, bbox_crs.unwrap_or(Crs::Crs84))?);
        }
        if let Some(language) = parameters.take("filter-lang")?
            && language != "cql2-text"
        {
            return Err(Problem::bad_request("`filter-lang` is hier altijd cql2-text"));
        }
        if let Some(text) = parameters.take("filter")? {
            let known: Vec<&str> = names.iter().map(|(name, ..)| *name).collect();
            let filter = filter::compile(&text, filter_crs.unwrap_or(Crs::Crs84), &known);
            filters.push(filter.map_err(Problem::bad_request)?);
        }
        let days = parameters.take("datetime")?.map(|text| Days::read(&text)).transpose()?;
        let mut equal = Vec::new();
        for (name, kind, _) in names {
            if let Some(value) = parameters.take(name)? {
                if *kind != "string" && value.parse::<f64>().is_err() {
                    return Err(Problem::bad_request(format!(
                        "`{name}` is `{}`, en moet een getal zijn",
                        shown(&value)
                    )));
                }
                equal.push((*name, value));
            }
        }
        Ok(Self { limit, offset, crs: out.unwrap_or(Crs::Crs84), filters, days, equal })
    }
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The features that meet a rectangle: four numbers, or six with heights that do not matter.
fn bbox(text: &str, crs: Crs) -> Result<Filter, Problem> {
    let wrong = |what: &str| {
        Problem::bad_request(format!(
            "`bbox` {what}; schrijf vier getallen met komma's ertussen, eerst de laagste hoek: 6.5,52.9,6.6,53.0"
        ))
    };
    let numbers: Vec<f64> = text
        .split(',')
        .map(|part| part.trim().parse::<f64>().ok().filter(|number| number.is_finite()))
        .collect::<Option<_>>()
        .ok_or_else(|| wrong("heeft iets dat geen getal is"))?;
    let (low, high) = match numbers.as_slice() {
        [a, b, c, d] => ([*a, *b], [*c, *d]),
        [a, b, _, c, d, _] => ([*a, *b], [*c, *d]),
        _ => return Err(wrong("heeft niet vier of zes getallen")),
    };
    // West of the date line and east of it: nowhere near, but a proper question.
    let turned = match crs {
        Crs::Crs84 => low[0] > high[0],
        Crs::Epsg4326 | Crs::Epsg4258 => low[1] > high[1],
        Crs::RdNew | Crs::WebMercator => false,
    };
    if !turned && (low[0] > high[0] || low[1] > high[1]) {
        return Err(wrong("heeft de hoeken in de verkeerde volgorde"));
    }
    let corner = |[x, y]: [f64; 2]| Coord { x, y };
    let shape: Geometry<f64> = if turned {
        let (mut first, mut second) = ((low, high), (low, high));
        let axis = usize::from(crs != Crs::Crs84);
        if let (Some(end), Some(start)) = (first.1.get_mut(axis), second.0.get_mut(axis)) {
            (*end, *start) = (180.0, -180.0);
        }
        let part = |(low, high): ([f64; 2], [f64; 2])| Rect::new(corner(low), corner(high)).to_polygon();
        Geometry::MultiPolygon(geo_types::MultiPolygon(vec![part(first), part(second)]))
    } else if low == high {
        Geometry::Point(corner(low).into())
    } else if low[0] == high[0] || low[1] == high[1] {
        Geometry::LineString(geo_types::LineString(vec![corner(low), corner(high)]))
    } else {
        Rect::new(corner(low), corner(high)).to_polygon().into()
    };
    reference::to_rd(&shape, crs).map(Filter::meets).map_err(|error| wrong(&format!("klopt niet: {error}")))
}

/// A day or a stretch of days; an open end is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Days {
    from: Option<String>,
    to: Option<String>,
}

impl Days {
    fn read(text: &str) -> Result<Self, Problem> {
        let wrong = || {
            Problem::bad_request(
                "`datetime` is een dag of tijdstip, of twee met een schuine streep ertussen: 2026-01-31 of 2026-01-01/..",
            )
        };
        let end = |text: &str| -> Result<Option<String>, Problem> {
            if matches!(text, "" | "..") {
                return Ok(None);
            }
            let day = match text.parse::<jiff::Timestamp>() {
                Ok(moment) => moment.to_zoned(jiff::tz::TimeZone::UTC).date(),
                Err(_) if text.len() == 10 => text.parse::<jiff::civil::Date>().map_err(|_| wrong())?,
                Err(_) => return Err(wrong()),
            };
            Ok(Some(day.to_string()))
        };
        let days = match text.split_once('/') {
            None => {
                let day = end(text)?.ok_or_else(wrong)?;
                Self { from: Some(day.clone()), to: Some(day) }
            }
            Some((from, to)) => Self { from: end(from)?, to: end(to)? },
        };
        match (&days.from, &days.to) {
            (Some(from), Some(to)) if from > to => Err(wrong()),
            _ => Ok(days),
        }
    }

    /// Whether a date, that may be a year or a month, falls in it. What has no date always does.
    pub(crate) fn hold(&self, date: &str) -> bool {
        // "2026" begins before and ends after all days of that year.
        let starts_late = self.to.as_ref().is_some_and(|to| date.get(..10).unwrap_or(date) > to.as_str());
        let ends_early = self.from.as_ref().is_some_and(|from| {
            let own = date.get(..10).unwrap_or(date);
            from.get(..own.len()).is_some_and(|from| own < from)
        });
        date.is_empty() || !(starts_late || ends_early)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(query: &str) -> Result<Question, Problem> {
        let mut parameters = Parameters::read(Some(query))?;
        let question = Question::read(&mut parameters, &super::super::map::PROPERTIES)?;
        parameters.end()?;
        Ok(question)
    }

    #[test]
    fn limits() {
        assert_eq!(question("").unwrap().limit, USUAL);
        assert_eq!(question("limit=99999999").unwrap().limit, LARGEST);
        for wrong in ["limit=0", "limit=-1", "limit=x", "limit=", "limit=1&limit=2", "offset=x", "limiet=3"] {
            assert_eq!(question(wrong).err().unwrap().status, 400, "{wrong}");
        }
    }

    #[test]
    fn rectangles() {
        for right in [
            "bbox=6,52,7,53",
            "bbox=6,52,-10,7,53,10",
            "bbox=-180,-90,180,90",
            "bbox=170,50,-170,60",
            "bbox=6.5,52.9,6.5,52.9",
            "bbox=52,6,53,7&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
            "bbox=230000,550000,240000,560000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/28992",
        ] {
            assert!(question(right).is_ok(), "{right}: {:?}", question(right).err());
        }
        for wrong in
            ["bbox=", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=6,53,7,52", "bbox=6,52,7,inf", "bbox=6,52,7,NaN"]
        {
            assert_eq!(question(wrong).err().unwrap().status, 400, "{wrong}");
        }
    }

    #[test]
    fn days() {
        let days = |text: &str| question(&format!("datetime={text}")).map(|question| question.days.unwrap());
        assert!(days("2026-01-31").unwrap().hold("2026-01-31"));
        assert!(!days("2026-01-31").unwrap().hold("2026-02-01"));
        assert!(days("2026-01-31").unwrap().hold("2026"));
        assert!(days("2026-01-31T23:00:00Z").unwrap().hold("2026-01"));
        assert!(!days("2026-03-31").unwrap().hold("2026-01"));
        assert!(
            days("../2026-01-01").unwrap().hold("2022") && !days("../2026-01-01").unwrap().hold("2026-02-01")
        );
        assert!(days("2026-01-01/..").unwrap().hold("2026") && !days("2026-01-01/").unwrap().hold("2025-12"));
        assert!(days("2026-01-01/2026-02-01").unwrap().hold(""));
        for wrong in ["", "x", "2026", "2026-13-01", "2026-02-01/2026-01-01", ".."] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_query_is_written_again() {
        let parameters = Parameters::read(Some("limit=5&naam=de%20hoek")).unwrap();
        assert_eq!(parameters.with("offset", Some("5")), "?limit=5&naam=de+hoek&offset=5");
        assert_eq!(parameters.with("limit", None), "?naam=de+hoek");
        assert_eq!(Parameters::read(None).unwrap().query(), "");
    }

    #[test]
    fn what_is_unknown_is_named_with_what_is_known() {
        let detail = question("kaartsort=schets").err().unwrap().detail.unwrap();
        assert!(detail.contains("`kaartsort`") && detail.contains("kaartsoort"), "{detail}");
    }
}
