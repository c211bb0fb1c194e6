//! The collections: all areas together, each area, and the answers that their makers made public.

use super::ROOT;
use super::answer::{Cell, Form, GEOJSON, HTML, JSON, Link, ServicePage, json};
use super::asked::Asked;
use super::map::{AreaMap, Map, PROPERTIES};
use super::reference::{SPOKEN, STORED, uri};
use crate::app::App;
use crate::error::Problem;
use crate::world::World;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

/// The collection of all areas.
pub(super) const ALL: &str = "gebieden";
/// The collection of public answers.
const ANSWERS: &str = "antwoorden";

/// The properties of answers that can be asked after.
const OF_ANSWERS: [(&str, &str, &str); 4] = [
    ("titel", "string", "Titel van het plan."),
    ("activiteit", "string", "Activiteit van het plan."),
    ("oordeel", "string", "Wat de visie ervan vindt."),
    ("gemaakt", "string", "Wanneer het antwoord is gemaakt."),
];

/// A collection.
pub(super) enum Collection<'a> {
    All(&'a Map),
    Area(&'a AreaMap),
    Answers,
}

impl<'a> Collection<'a> {
    pub(super) fn find(world: &'a World, id: &str) -> Result<Self, Problem> {
        let map = world.map();
        match id {
            ALL => Ok(Self::All(map)),
            ANSWERS => Ok(Self::Answers),
            _ => map.area(id).map(Self::Area).ok_or_else(|| {
                let id: String = id.chars().take(60).collect();
                Problem::not_found(format!("verzameling `{id}` is er niet; {ROOT}/collections noemt ze alle"))
            }),
        }
    }

    pub(super) fn id(&self) -> &str {
        match self {
            Self::All(_) => ALL,
            Self::Area(area) => &area.id,
            Self::Answers => ANSWERS,
        }
    }

    pub(super) fn title(&self) -> &str {
        match self {
            Self::All(_) => "Alle gebieden",
            Self::Area(area) => &area.name,
            Self::Answers => "Openbare antwoorden",
        }
    }

    pub(super) fn description(&self) -> String {
        match self {
            Self::All(_) => {
                "Elk gebied dat een kaart heeft, met zijn belangen en waar de kaart uit komt.".to_owned()
            }
            Self::Area(area) => {
                let kind = match area.kind {
                    "schets" => "Met de hand getekend: ongeveer goed, zonder juridische waarde.",
                    _ => "Uit een bron die het weet.",
                };
                if area.location.is_empty() { kind.to_owned() } else { format!("{} {kind}", area.location) }
            }
            Self::Answers => {
                "Antwoorden die hun maker openbaar heeft gemaakt, met de plek van het plan.".to_owned()
            }
        }
    }

    pub(super) fn properties(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::All(_) | Self::Area(_) => &PROPERTIES,
            Self::Answers => &OF_ANSWERS,
        }
    }

    /// West, south, east and north.
    pub(super) fn bounds(&self) -> Option<[f64; 4]> {
        let join = |[a, b, c, d]: [f64; 4], [e, f, g, h]: [f64; 4]| [a.min(e), b.min(f), c.max(g), d.max(h)];
        match self {
            Self::All(map) => map.areas.iter().filter_map(|area| area.bounds).reduce(join),
            Self::Area(area) => area.bounds,
            Self::Answers => None,
        }
    }

    fn dates(&self) -> Option<[String; 2]> {
        let date = |area: &AreaMap| (area.date.len() == 10).then(|| format!("{}T00:00:00Z", area.date));
        let dates: Vec<String> = match self {
            Self::All(map) => map.areas.iter().filter_map(date).collect(),
            Self::Area(area) => date(area).into_iter().collect(),
            Self::Answers => Vec::new(),
        };
        Some([dates.iter().min()?.clone(), dates.iter().max()?.clone()])
    }

    pub(super) fn has_tiles(&self) -> bool {
        !matches!(self, Self::Answers)
    }

    /// As the standard describes it.
    fn description_json(&self, root: &str) -> Value {
        let here = format!("{root}/collections/{}", self.id());
        let mut links = vec![
            Link::new("self", JSON, format!("{here}?f=json"), "Deze verzameling"),
            Link::new("alternate", HTML, format!("{here}?f=html"), "Deze verzameling als pagina"),
            Link::new("items", GEOJSON, format!("{here}/items?f=json"), "De vormen als GeoJSON"),
            Link::new("items", HTML, format!("{here}/items?f=html"), "De vormen als pagina"),
            Link::new(
                "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                "application/schema+json",
                format!("{here}/queryables?f=json"),
                "Kenmerken om op te zoeken",
            ),
        ];
        if self.has_tiles() {
            let rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";
            links.push(Link::new(rel, JSON, format!("{here}/tiles"), "Vectortegels"));
        }
        let mut value = json!({
            "id": self.id(), "title": self.title(), "description": self.description(), "itemType": "feature",
            "crs": SPOKEN.map(uri), "storageCrs": uri(STORED), "links": links,
        });
        let mut extent = serde_json::Map::new();
        if let Some(bounds) = self.bounds() {
            extent.insert("spatial".to_owned(), json!({ "bbox": [bounds], "crs": uri(SPOKEN[0]) }));
        }
        if let Some(dates) = self.dates() {
            extent.insert(
                "temporal".to_owned(),
                json!({ "interval": [dates], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" }),
            );
        }
        if let (false, Some(object)) = (extent.is_empty(), value.as_object_mut()) {
            object.insert("extent".to_owned(), Value::Object(extent));
        }
        value
    }
}

/// `/ogc/v1/collections`
pub(super) async fn list(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let root = format!("{}{ROOT}", asked.origin);
    app.compute(move |world| {
        let map = world.map();
        let all = [Collection::All(map), Collection::Answers]
            .into_iter()
            .chain(map.areas.iter().map(Collection::Area));
        if asked.form == Form::Html {
            let rows = all
                .map(|one| {
                    let (kind, date) = match &one {
                        Collection::Area(area) => (area.kind.to_owned(), area.date.clone()),
                        _ => (String::new(), String::new()),
                    };
                    vec![
                        Cell::link(one.title(), format!("{ROOT}/collections/{}?f=html", one.id())),
                        Cell::text(kind),
                        Cell::text(date),
                    ]
                })
                .collect();
            return ServicePage {
                heading: "Gebieden met een kaart".to_owned(),
                lead: "Elke regel is een verzameling vormen die u kunt bekijken, doorzoeken en downloaden.".to_owned(),
                above: vec![(format!("{ROOT}?f=html"), "Kaartdiensten".to_owned())],
                caption: "Verzamelingen".to_owned(),
                columns: vec!["Naam", "Soort kaart", "Datum van de kaart"],
                rows,
                links: vec![(format!("{ROOT}/collections?f=json"), "Deze lijst als JSON".to_owned())],
                ..ServicePage::default()
            }
            .answer(world);
        }
        let collections: Vec<Value> = all.map(|one| one.description_json(&root)).collect();
        Ok(json(
            JSON,
            &json!({
                "links": [
                    Link::new("self", JSON, format!("{root}/collections?f=json"), "Deze lijst"),
                    Link::new("alternate", HTML, format!("{root}/collections?f=html"), "Deze lijst als pagina"),
                ],
                "crs": SPOKEN.map(uri),
                "collections": collections,
            }),
        ))
    })
    .await?
}

/// `/ogc/v1/collections/{collection}`
pub(super) async fn one(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let root = format!("{}{ROOT}", asked.origin);
    app.compute(move |world| {
        let collection = Collection::find(world, &id)?;
        if asked.form == Form::Json {
            return Ok(json(JSON, &collection.description_json(&root)));
        }
        let here = format!("{ROOT}/collections/{}", collection.id());
        let mut facts = Vec::new();
        let mut fact = |name: &str, value: &str| {
            if !value.is_empty() {
                facts.push((name.to_owned(), value.to_owned()));
            }
        };
        if let Collection::Area(area) = &collection {
            fact("Soort gebied", &area.sort);
            fact("Soort kaart", area.kind);
            fact("Bron van de kaart", &area.source);
            fact("Datum van de kaart", &area.date);
            fact("Licentie", &area.licence);
            let names: Vec<&str> = area
                .interests
                .iter()
                .filter_map(|id| world.package.vocabulary.index.interests.get(id))
                .filter_map(|id| world.package.vocabulary.interest(*id))
                .map(|interest| interest.name.as_str())
                .collect();
            fact("Belangen", &names.join(", "));
        }
        let mut links = vec![
            (format!("{here}/items?f=html"), "De vormen bekijken".to_owned()),
            (format!("{here}/items?f=json&limit=10000"), "De vormen als GeoJSON (WGS84)".to_owned()),
            (
                format!("{here}/items?f=json&limit=10000&crs={}", uri(STORED)),
                "De vormen als GeoJSON (RD, EPSG:28992)".to_owned(),
            ),
            (format!("{here}/queryables?f=html"), "Kenmerken om op te zoeken".to_owned()),
        ];
        if collection.has_tiles() {
            links.push((format!("{here}/tiles?f=html"), "Als vectortegels".to_owned()));
        }
        links.push((format!("{here}?f=json"), "Deze pagina als JSON".to_owned()));
        ServicePage {
            heading: collection.title().to_owned(),
            lead: collection.description(),
            above: vec![
                (format!("{ROOT}?f=html"), "Kaartdiensten".to_owned()),
                (format!("{ROOT}/collections?f=html"), "Gebieden".to_owned()),
            ],
            facts,
            links,
            ..ServicePage::default()
        }
        .answer(world)
    })
    .await?
}

/// `/ogc/v1/collections/{collection}/queryables`
pub(super) async fn queryables(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let root = format!("{}{ROOT}", asked.origin);
    app.compute(move |world| {
        let collection = Collection::find(world, &id)?;
        let here = format!("{root}/collections/{}", collection.id());
        if asked.form == Form::Html {
            let rows = collection.properties().iter().map(|(name, kind, meaning)| {
                let kind = if *kind == "string" { "tekst" } else { "getal" };
                vec![Cell::text(*name), Cell::text(kind), Cell::text(*meaning)]
            });
            let place = vec![Cell::text("geometry"), Cell::text("vorm"), Cell::text("Waar het ligt.")];
            return ServicePage {
                heading: "Kenmerken om op te zoeken".to_owned(),
                lead: "Met deze kenmerken kunt u vormen kiezen: als parameter (kaartsoort=echt) of in een filter (hectare > 10 AND kaartsoort = 'echt').".to_owned(),
                above: vec![
                    (format!("{ROOT}/collections?f=html"), "Gebieden".to_owned()),
                    (format!("{ROOT}/collections/{}?f=html", collection.id()), collection.title().to_owned()),
                ],
                caption: "Kenmerken".to_owned(),
                columns: vec!["Naam", "Soort", "Betekenis"],
                rows: rows.chain([place]).collect(),
                ..ServicePage::default()
            }
            .answer(world);
        }
        let mut properties = serde_json::Map::new();
        for (name, kind, meaning) in collection.properties() {
            let mut property = json!({ "title": name, "type": kind, "description": meaning });
            if let (true, Some(object)) = (*name == "kaartsoort", property.as_object_mut()) {
                object.insert("enum".to_owned(), json!(["echt", "schets"]));
            }
            properties.insert((*name).to_owned(), property);
        }
        properties.insert("geometry".to_owned(), json!({ "title": "geometry", "format": "geometry-any", "x-ogc-role": "primary-geometry" }));
        Ok(json(
            "application/schema+json",
            &json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": format!("{here}/queryables"),
                "type": "object",
                "title": collection.title(),
                "properties": properties,
                "additionalProperties": false,
            }),
        ))
    })
    .await?
}
