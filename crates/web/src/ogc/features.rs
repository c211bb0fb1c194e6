//! Features: a page of them, and one.

use super::ROOT;
use super::answer::{Cell, Form, GEOJSON, HTML, JSON, Link, ServicePage, text};
use super::collections::{ALL, Collection};
use super::filter::{Record, Scalar};
use super::map::Item;
use super::parameters::{Parameters, Question};
use super::reference::{read, uri, write_geojson};
use crate::app::App;
use crate::error::Problem;
use crate::origin::origin;
use crate::store::Summary;
use crate::world::World;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use brink_geo::crs::Crs;
use geo::{BoundingRect, MapCoords};
use geo_types::{Coord, Geometry, Rect};
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};
use wkt::TryFromWkt;

/// Most vertices of one answer; what does not fit is on the next page.
const VERTICES: usize = 150_000;
/// How long features are looked through for one answer.
const LONGEST: Duration = Duration::from_secs(6);
/// Most public answers that are looked through.
const ANSWERS: usize = 10_000;

/// A feature of any collection.
enum Feature<'a> {
    Area(Item<'a>),
    Answer(Answer),
}

/// A public answer.
struct Answer {
    summary: Summary,
    made: String,
    activity: String,
    title: String,
    shape: Option<Geometry<f64>>,
}

impl Answer {
    fn new(summary: Summary) -> Self {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&summary.query).unwrap_or_default();
        let value = |name: &str| {
            pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let shape = summary.place.as_deref().and_then(|place| Geometry::<f64>::try_from_wkt_str(place).ok());
        let rd = |c: Coord<f64>| Crs::Crs84.to_rd([c.x, c.y]).map(|[x, y]| Coord { x, y });
        let shape = shape.and_then(|shape| shape.try_map_coords(rd).ok());
        let made = jiff::Timestamp::from_second(summary.made).map(|moment| moment.to_string());
        Self {
            made: made.unwrap_or_default(),
            activity: value("activiteit"),
            title: value("titel"),
            shape,
            summary,
        }
    }
}

impl Feature<'_> {
    /// Its id in the collection of all areas, or in its own.
    fn id(&self, all: bool) -> String {
        match self {
            Self::Area(item) if all => format!("{}.{}", item.area.id, item.number),
            Self::Area(item) => item.number.to_string(),
            Self::Answer(answer) => answer.summary.id.clone(),
        }
    }

    fn properties(&self, origin: &str) -> Value {
        match self {
            Self::Area(item) => item.properties(),
            Self::Answer(answer) => json!({
                "titel": answer.title, "activiteit": answer.activity, "oordeel": answer.summary.verdict,
                "gemaakt": answer.made, "adres": format!("{origin}/antwoord/{}", answer.summary.id),
            }),
        }
    }

    fn date(&self) -> &str {
        match self {
            Self::Area(item) => &item.area.date,
            Self::Answer(answer) => &answer.made,
        }
    }

    fn vertices(&self) -> usize {
        match self {
            Self::Area(item) => item.vertices(),
            Self::Answer(_) => 50,
        }
    }

    fn meets(&self, question: &Question) -> bool {
        let equal = |(name, value): &(&str, String)| match self.property(name) {
            Scalar::Text(own) => own == value.as_str(),
            Scalar::Number(own) => value.parse::<f64>().is_ok_and(|value| value == own),
            Scalar::Nothing => false,
        };
        question.equal.iter().all(equal)
            && question.days.as_ref().is_none_or(|days| days.hold(self.date()))
            && question.filters.iter().all(|filter| filter.holds(self))
    }

    /// As GeoJSON, with these links.
    fn write(&self, out: &mut String, all: bool, crs: Crs, origin: &str, links: &[Link]) {
        let _ = write!(out, "{{\"type\":\"Feature\",\"id\":{},\"geometry\":", json!(self.id(all)));
        match self.shape() {
            Some(shape) => write_geojson(out, shape, crs),
            None => out.push_str("null"),
        }
        let _ = write!(out, ",\"properties\":{}", self.properties(origin));
        if !links.is_empty() {
            let _ = write!(out, ",\"links\":{}", json!(links));
        }
        out.push('}');
    }
}

impl Record for Feature<'_> {
    fn property(&self, name: &str) -> Scalar<'_> {
        match (self, name) {
            (Self::Area(item), name) => item.property(name),
            (Self::Answer(answer), "titel") => Scalar::text(&answer.title),
            (Self::Answer(answer), "activiteit") => Scalar::text(&answer.activity),
            (Self::Answer(answer), "oordeel") => Scalar::text(&answer.summary.verdict),
            (Self::Answer(answer), "gemaakt") => Scalar::text(&answer.made),
            (Self::Answer(_), _) => Scalar::Nothing,
        }
    }

    fn shape(&self) -> Option<&Geometry<f64>> {
        match self {
            Self::Area(item) => item.shape(),
            Self::Answer(answer) => answer.shape.as_ref(),
        }
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        match self {
            Self::Area(item) => item.bounds(),
            Self::Answer(answer) => answer.shape.as_ref()?.bounding_rect(),
        }
    }
}

/// The features of a collection, in their order.
fn all<'a>(
    app: &App,
    world: &'a World,
    collection: &Collection<'a>,
) -> Result<Box<dyn Iterator<Item = Feature<'a>> + 'a>, Problem> {
    let map = world.map();
    Ok(match collection {
        Collection::All(_) => Box::new(map.items(world, None).map(Feature::Area)),
        Collection::Area(area) => Box::new(map.items(world, Some(area)).map(Feature::Area)),
        Collection::Answers => {
            let answers = app.store().summaries(ANSWERS).map_err(|error| {
                tracing::error!(%error, "store");
                Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "de opslag is niet te lezen")
            })?;
            Box::new(answers.into_iter().map(|summary| Feature::Answer(Answer::new(summary))))
        }
    })
}

/// A page of features that were asked for.
struct Found<'a> {
    matched: usize,
    page: Vec<Feature<'a>>,
}

fn find<'a>(features: impl Iterator<Item = Feature<'a>>, question: &Question) -> Result<Found<'a>, Problem> {
    let begin = Instant::now();
    let (mut matched, mut vertices, mut full) = (0, 0, false);
    let mut page = Vec::new();
    for feature in features {
        if begin.elapsed() > LONGEST {
            return Err(Problem::bad_request(
                "het zoeken duurt te lang; vraag een kleinere bbox, een eenvoudiger vorm in het filter of een gebied apart",
            ));
        }
        if !feature.meets(question) {
            continue;
        }
        matched += 1;
        if matched <= question.offset || full {
            continue;
        }
        vertices += feature.vertices();
        full = page.len() >= question.limit || (vertices > VERTICES && !page.is_empty());
        if !full {
            page.push(feature);
        }
    }
    Ok(Found { matched, page })
}

/// `/ogc/v1/collections/{collection}/items`
pub(super) async fn items(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut parameters = Parameters::read(query.as_deref())?;
    let form = Form::of(parameters.take("f")?.as_deref(), &headers)?;
    let origin = origin(&app, &headers);
    let state = app.clone();
    app.compute(move |world| {
        let collection = Collection::find(world, &id)?;
        let question = Question::read(&mut parameters, collection.properties())?;
        parameters.end()?;
        let found = find(all(&state, world, &collection)?, &question)?;
        let here = format!("{ROOT}/collections/{}/items", collection.id());
        let end = question.offset + found.page.len();
        let next = (end < found.matched && !found.page.is_empty())
            .then(|| format!("{here}{}", parameters.with("offset", Some(&end.to_string()))));
        let previous = (question.offset > 0).then(|| {
            let start = question.offset.saturating_sub(question.limit);
            let start = (start > 0).then(|| start.to_string());
            format!("{here}{}", parameters.with("offset", start.as_deref()))
        });
        if form == Form::Html {
            let mut links = vec![(format!("{here}{}", parameters.with("f", Some("json"))), "Deze vormen als GeoJSON".to_owned())];
            links.push((format!("{ROOT}/collections/{}/queryables?f=html", collection.id()), "Kenmerken om op te zoeken".to_owned()));
            return table(world, &collection, &found, previous, next, links);
        }
        let mut out = String::with_capacity(256 * found.page.len() + 1024);
        let mut links = vec![
            Link::new("self", GEOJSON, format!("{origin}{here}{}", parameters.query()), "Dit antwoord"),
            Link::new("alternate", HTML, format!("{origin}{here}{}", parameters.with("f", Some("html"))), "Dit antwoord als pagina"),
            Link::new("collection", JSON, format!("{origin}{ROOT}/collections/{}", collection.id()), collection.title()),
        ];
        links.extend(next.map(|href| Link::new("next", GEOJSON, format!("{origin}{href}"), "Volgende")));
        links.extend(previous.map(|href| Link::new("prev", GEOJSON, format!("{origin}{href}"), "Vorige")));
        let _ = write!(
            out,
            "{{\"type\":\"FeatureCollection\",\"numberMatched\":{},\"numberReturned\":{},\"timeStamp\":\"{}\",\"links\":{},\"features\":[",
            found.matched,
            found.page.len(),
            jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            json!(links),
        );
        let in_all = collection.id() == ALL;
        for (n, feature) in found.page.iter().enumerate() {
            if n > 0 {
                out.push(',');
            }
            feature.write(&mut out, in_all, question.crs, &origin, &[]);
        }
        out.push_str("]}");
        Ok(in_crs(text(GEOJSON, out), question.crs))
    })
    .await?
}

/// Says in which system the coordinates of an answer are.
fn in_crs(mut response: Response, crs: Crs) -> Response {
    if let Ok(value) = HeaderValue::from_str(&format!("<{}>", uri(crs))) {
        response.headers_mut().insert(HeaderName::from_static("content-crs"), value);
    }
    response
}

fn table(
    world: &World,
    collection: &Collection<'_>,
    found: &Found<'_>,
    before: Option<String>,
    after: Option<String>,
    links: Vec<(String, String)>,
) -> Result<Response, Problem> {
    let in_all = collection.id() == ALL;
    let shown: Vec<&'static str> = if matches!(collection, Collection::Answers) {
        vec!["titel", "activiteit", "oordeel", "gemaakt"]
    } else {
        vec!["naam", "kaartsoort", "datum", "hectare"]
    };
    let rows = found.page.iter().map(|feature| {
        let id = feature.id(in_all);
        let link =
            Cell::link(id.clone(), format!("{ROOT}/collections/{}/items/{id}?f=html", collection.id()));
        std::iter::once(link)
            .chain(shown.iter().map(|name| {
                Cell::text(match feature.property(name) {
                    Scalar::Text(text) => text.into_owned(),
                    Scalar::Number(number) => number.to_string().replace('.', ","),
                    Scalar::Nothing => String::new(),
                })
            }))
            .collect()
    });
    let lead = match (found.matched, found.page.len()) {
        (0, _) => "Er zijn geen vormen die aan de vraag voldoen.".to_owned(),
        (1, _) => "Er is één vorm.".to_owned(),
        (matched, shown) if shown < matched => format!("Er zijn {matched} vormen; hier staan er {shown}."),
        (matched, _) => format!("Er zijn {matched} vormen."),
    };
    let columns = ["Vorm"].into_iter().chain(shown.iter().map(|name| match *name {
        "naam" => "Naam",
        "kaartsoort" => "Soort kaart",
        "datum" => "Datum van de kaart",
        "hectare" => "Hectare",
        "titel" => "Titel",
        "activiteit" => "Activiteit",
        "oordeel" => "Oordeel",
        _ => "Gemaakt",
    }));
    ServicePage {
        heading: format!("Vormen: {}", collection.title()),
        lead,
        above: vec![
            (format!("{ROOT}?f=html"), "Kaartdiensten".to_owned()),
            (format!("{ROOT}/collections?f=html"), "Gebieden".to_owned()),
            (format!("{ROOT}/collections/{}?f=html", collection.id()), collection.title().to_owned()),
        ],
        caption: "Vormen".to_owned(),
        columns: columns.collect(),
        rows: rows.collect(),
        links,
        before,
        after,
        ..ServicePage::default()
    }
    .answer(world)
}

/// `/ogc/v1/collections/{collection}/items/{item}`
pub(super) async fn item(
    State(app): State<App>,
    Path((id, item)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut parameters = Parameters::read(query.as_deref())?;
    let form = Form::of(parameters.take("f")?.as_deref(), &headers)?;
    let crs =
        parameters.take("crs")?.map(|value| read("crs", &value)).transpose().map_err(Problem::bad_request)?;
    parameters.end()?;
    let crs = crs.unwrap_or(Crs::Crs84);
    let origin = origin(&app, &headers);
    let state = app.clone();
    app.compute(move |world| {
        let collection = Collection::find(world, &id)?;
        let missing = || {
            let item: String = item.chars().take(60).collect();
            Problem::not_found(format!("vorm `{item}` is er niet in `{}`", collection.id()))
        };
        let in_all = collection.id() == ALL;
        let feature = match &collection {
            // An area by its name and a number: no need to look at all.
            Collection::All(map) => {
                let (area, number) = item.rsplit_once('.').ok_or_else(missing)?;
                let area = map.area(area).ok_or_else(missing)?;
                numbered(number).and_then(|n| map.items(world, Some(area)).nth(n)).map(Feature::Area)
            }
            Collection::Area(area) => {
                numbered(&item).and_then(|n| world.map().items(world, Some(area)).nth(n)).map(Feature::Area)
            }
            Collection::Answers => all(&state, world, &collection)?.find(|feature| feature.id(false) == item),
        }
        .ok_or_else(missing)?;
        let here = format!("{ROOT}/collections/{}/items/{}", collection.id(), feature.id(in_all));
        let list = format!("{ROOT}/collections/{}", collection.id());
        if form == Form::Html {
            let properties = feature.properties(&origin);
            let facts = properties.as_object().into_iter().flatten().filter_map(|(name, value)| {
                let value = match value {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string().replace('.', ","),
                    Value::Array(items) => {
                        items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
                    }
                    _ => return None,
                };
                Some((name.clone(), value))
            });
            let mut links = vec![
                (format!("{here}?f=json"), "Deze vorm als GeoJSON (WGS84)".to_owned()),
                (
                    format!("{here}?f=json&crs={}", uri(Crs::RdNew)),
                    "Deze vorm als GeoJSON (RD, EPSG:28992)".to_owned(),
                ),
            ];
            if let Feature::Answer(answer) = &feature {
                links
                    .insert(0, (format!("/antwoord/{}", answer.summary.id), "Het antwoord lezen".to_owned()));
            }
            return ServicePage {
                heading: format!("{}, vorm {}", collection.title(), feature.id(in_all)),
                lead: "De kenmerken van deze vorm. Deze pagina heeft een vast adres.".to_owned(),
                above: vec![
                    (format!("{ROOT}/collections?f=html"), "Gebieden".to_owned()),
                    (format!("{list}?f=html"), collection.title().to_owned()),
                    (format!("{list}/items?f=html"), "Vormen".to_owned()),
                ],
                facts: facts.collect(),
                links,
                ..ServicePage::default()
            }
            .answer(world);
        }
        let links = [
            Link::new("self", GEOJSON, format!("{origin}{here}{}", parameters.query()), "Deze vorm"),
            Link::new("alternate", HTML, format!("{origin}{here}?f=html"), "Deze vorm als pagina"),
            Link::new("collection", JSON, format!("{origin}{list}"), collection.title()),
        ];
        let mut out = String::new();
        feature.write(&mut out, in_all, crs, &origin, &links);
        Ok(in_crs(text(GEOJSON, out), crs))
    })
    .await?
}

/// A number from 1, as a place from 0.
fn numbered(text: &str) -> Option<usize> {
    let plain = !text.starts_with(['0', '+']);
    plain.then(|| text.parse::<usize>().ok()?.checked_sub(1)).flatten()
}
