//! Vector tiles: which there are, and the tiles. Where nothing is, a tile has no content (204).

use super::ROOT;
use super::answer::{Cell, Form, HTML, JSON, Link, ServicePage, json};
use super::asked::Asked;
use super::collections::{ALL, Collection};
use super::map::{AreaMap, Map};
use super::parameters::Parameters;
use super::reference::uri;
use crate::app::App;
use crate::error::Problem;
use crate::origin::origin;
use crate::world::World;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use brink_geo::tile::{Matrix, TileError};
use serde_json::{Value, json};

/// Vector tiles.
const MVT: &str = "application/vnd.mapbox-vector-tile";
/// A tile may be kept this long without asking: it changes only when the operator loads another map.
const KEPT: &str = "public, max-age=600";
/// Pixels across, as the tile matrix sets are registered.
const PIXELS: u32 = 256;

/// A matrix by its name in an address.
fn matrix(id: &str) -> Result<Matrix, Problem> {
    Matrix::parse(id).ok_or_else(|| {
        let id: String = id.chars().take(60).collect();
        let known = Matrix::ALL.map(Matrix::id).join(" en ");
        Problem::not_found(format!("tegelindeling `{id}` is er niet; wel {known}"))
    })
}

/// The address that names a matrix.
fn matrix_uri(matrix: Matrix) -> String {
    format!("http://www.opengis.net/def/tilematrixset/OGC/1.0/{}", matrix.id())
}

fn matrix_title(matrix: Matrix) -> &'static str {
    match matrix {
        Matrix::WebMercator => "Web-Mercator (EPSG:3857), wereldwijd gebruikelijk",
        Matrix::Rd => "Nederlandse richtlijn tiling, RD (EPSG:28992)",
    }
}

/// What tiles are asked of: a collection, or some of them.
struct Scope<'a> {
    areas: Vec<&'a AreaMap>,
    title: String,
    /// Where its tiles stand, without a slash at the end.
    path: String,
    bounds: Option<[f64; 4]>,
}

impl<'a> Scope<'a> {
    fn all(map: &'a Map) -> Self {
        Self {
            areas: map.areas.iter().collect(),
            title: "Alle gebieden".to_owned(),
            path: format!("{ROOT}/tiles"),
            bounds: Collection::All(map).bounds(),
        }
    }

    fn of(world: &'a World, id: &str) -> Result<Self, Problem> {
        let collection = Collection::find(world, id)?;
        let areas = match &collection {
            Collection::All(map) => map.areas.iter().collect(),
            Collection::Area(area) => vec![*area],
            Collection::Answers => {
                return Err(Problem::not_found("van deze verzameling zijn er geen tegels"));
            }
        };
        Ok(Self {
            areas,
            title: collection.title().to_owned(),
            path: format!("{ROOT}/collections/{}/tiles", collection.id()),
            bounds: collection.bounds(),
        })
    }

    fn tilesets(&self, origin: &str) -> Value {
        let one = |matrix: Matrix| {
            json!({
                "title": format!("{}, {}", self.title, matrix.id()),
                "dataType": "vector",
                "crs": uri(matrix.crs()),
                "tileMatrixSetURI": matrix_uri(matrix),
                "links": self.links(origin, matrix),
            })
        };
        let here = format!("{origin}{}", self.path);
        json!({
            "links": [
                Link::new("self", JSON, format!("{here}?f=json"), "Deze lijst"),
                Link::new("alternate", HTML, format!("{here}?f=html"), "Deze lijst als pagina"),
            ],
            "tilesets": Matrix::ALL.map(one),
        })
    }

    fn links(&self, origin: &str, matrix: Matrix) -> Vec<Link> {
        let here = format!("{origin}{}/{}", self.path, matrix.id());
        let mut links = vec![
            Link::new("self", JSON, format!("{here}?f=json"), "Beschrijving van deze tegels"),
            Link::new(
                "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
                JSON,
                format!("{origin}{ROOT}/tileMatrixSets/{}", matrix.id()),
                "De tegelindeling",
            ),
        ];
        let href = format!("{here}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?f=mvt");
        let mut tiles = Link::new("item", MVT, href, "De tegels");
        tiles.templated = Some(true);
        links.push(tiles);
        if matrix == Matrix::WebMercator {
            links.push(Link::new("describedby", JSON, format!("{here}?f=tilejson"), "TileJSON"));
        }
        links
    }

    fn metadata(&self, origin: &str, matrix: Matrix) -> Value {
        let mut value = json!({
            "title": format!("{}, {}", self.title, matrix.id()),
            "dataType": "vector",
            "crs": uri(matrix.crs()),
            "tileMatrixSetURI": matrix_uri(matrix),
            "links": self.links(origin, matrix),
            "layers": self.areas.iter().map(|area| json!({
                "id": area.id, "title": area.name, "dataType": "vector",
                "minTileMatrix": "0", "maxTileMatrix": Matrix::MAX_ZOOM.to_string(),
                "propertiesSchema": { "type": "object", "properties": {
                    "naam": { "type": "string" }, "gebied": { "type": "string" },
                    "kaartsoort": { "type": "string", "enum": ["echt", "schets"] },
                } },
            })).collect::<Vec<_>>(),
        });
        if let (Some([west, south, east, north]), Some(object)) = (self.bounds, value.as_object_mut()) {
            object.insert(
                "boundingBox".to_owned(),
                json!({
                    "lowerLeft": [west, south], "upperRight": [east, north],
                    "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                }),
            );
        }
        value
    }

    fn tilejson(&self, origin: &str) -> Value {
        let sources: Vec<String> = self
            .areas
            .iter()
            .filter(|area| !area.licence.is_empty())
            .map(|area| format!("{} ({})", area.name, area.licence))
            .collect();
        let attribution = if sources.len() > 5 || sources.is_empty() {
            "Bronnen: zie de kenmerken van de gebieden".to_owned()
        } else {
            sources.join("; ")
        };
        let mut value = json!({
            "tilejson": "3.0.0",
            "name": self.title,
            "scheme": "xyz",
            "tiles": [format!("{origin}{}/{}/{{z}}/{{y}}/{{x}}?f=mvt", self.path, Matrix::WebMercator.id())],
            "minzoom": 0,
            "maxzoom": Matrix::MAX_ZOOM,
            "attribution": attribution,
            "vector_layers": self.areas.iter().map(|area| json!({
                "id": area.id, "description": area.name, "minzoom": 0, "maxzoom": Matrix::MAX_ZOOM,
                "fields": { "naam": "Naam van het gebied", "gebied": "Id van het gebied", "kaartsoort": "echt of schets" },
            })).collect::<Vec<_>>(),
        });
        if let (Some(bounds), Some(object)) = (self.bounds, value.as_object_mut()) {
            let [west, south, east, north] = bounds;
            object.insert("bounds".to_owned(), json!(bounds));
            object.insert("center".to_owned(), json!([(west + east) / 2.0, (south + north) / 2.0, 8]));
        }
        value
    }

    fn list_page(&self, world: &World) -> Result<Response, Problem> {
        ServicePage {
            heading: format!("Vectortegels: {}", self.title),
            lead:
                "Vectortegels zijn stukjes kaart die een webkaart zelf kleurt. Ze zijn er in twee indelingen."
                    .to_owned(),
            above: vec![(format!("{ROOT}?f=html"), "Kaartdiensten".to_owned())],
            caption: "Indelingen".to_owned(),
            columns: vec!["Indeling", "Wat het is"],
            rows: Matrix::ALL
                .map(|matrix| {
                    let href = format!("{}/{}?f=html", self.path, matrix.id());
                    vec![Cell::link(matrix.id(), href), Cell::text(matrix_title(matrix))]
                })
                .to_vec(),
            links: vec![(format!("{}?f=json", self.path), "Deze lijst als JSON".to_owned())],
            ..ServicePage::default()
        }
        .answer(world)
    }

    fn set_page(&self, world: &World, matrix: Matrix, origin: &str) -> Result<Response, Problem> {
        let here = format!("{}/{}", self.path, matrix.id());
        let mut links = vec![(format!("{here}?f=json"), "Deze beschrijving als JSON".to_owned())];
        if matrix == Matrix::WebMercator {
            links.push((
                format!("{here}?f=tilejson"),
                "TileJSON, voor MapLibre en andere webkaarten".to_owned(),
            ));
        }
        links.push((format!("{ROOT}/tileMatrixSets/{}?f=html", matrix.id()), "De tegelindeling".to_owned()));
        ServicePage {
            heading: format!("Vectortegels: {}, {}", self.title, matrix.id()),
            lead: matrix_title(matrix).to_owned(),
            above: vec![
                (format!("{ROOT}?f=html"), "Kaartdiensten".to_owned()),
                (format!("{}?f=html", self.path), "Vectortegels".to_owned()),
            ],
            facts: vec![
                (
                    "Adres van een tegel".to_owned(),
                    format!("{origin}{here}/{{zoomniveau}}/{{rij}}/{{kolom}}?f=mvt"),
                ),
                ("Zoomniveaus".to_owned(), format!("0 tot en met {}", Matrix::MAX_ZOOM)),
                (
                    "Formaat".to_owned(),
                    "Mapbox Vector Tile 2.1; waar niets ligt is een tegel leeg (204)".to_owned(),
                ),
            ],
            caption: "Lagen in een tegel".to_owned(),
            columns: vec!["Laag", "Gebied", "Soort kaart"],
            rows: self
                .areas
                .iter()
                .map(|area| {
                    let href = format!("{ROOT}/collections/{}?f=html", area.id);
                    vec![
                        Cell::link(area.id.clone(), href),
                        Cell::text(area.name.clone()),
                        Cell::text(area.kind),
                    ]
                })
                .collect(),
            links,
            ..ServicePage::default()
        }
        .answer(world)
    }
}

/// `/ogc/v1/tiles`
pub(super) async fn of_all(state: State<App>, asked: Asked) -> Result<Response, Problem> {
    tilesets(state, None, asked).await
}

/// `/ogc/v1/collections/{collection}/tiles`
pub(super) async fn of_collection(
    state: State<App>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    tilesets(state, Some(id), asked).await
}

async fn tilesets(State(app): State<App>, id: Option<String>, asked: Asked) -> Result<Response, Problem> {
    app.compute(move |world| {
        let scope = scope(world, id.as_deref())?;
        match asked.form {
            Form::Html => scope.list_page(world),
            Form::Json => Ok(json(JSON, &scope.tilesets(&asked.origin))),
        }
    })
    .await?
}

fn scope<'a>(world: &'a World, id: Option<&str>) -> Result<Scope<'a>, Problem> {
    match id {
        Some(id) => Scope::of(world, id),
        None => Ok(Scope::all(world.map())),
    }
}

/// `/ogc/v1/tiles/{set}`
pub(super) async fn set_of_all(
    state: State<App>,
    Path(set): Path<String>,
    query: RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    tileset(state, None, &set, query, headers).await
}

/// `/ogc/v1/collections/{collection}/tiles/{set}`
pub(super) async fn set_of_collection(
    state: State<App>,
    Path((id, set)): Path<(String, String)>,
    query: RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    tileset(state, Some(id), &set, query, headers).await
}

async fn tileset(
    State(app): State<App>,
    id: Option<String>,
    set: &str,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let matrix = matrix(set)?;
    let mut parameters = Parameters::read(query.as_deref())?;
    let f = parameters.take("f")?;
    parameters.end()?;
    let origin = origin(&app, &headers);
    let tilejson = f.as_deref() == Some("tilejson");
    if tilejson && matrix != Matrix::WebMercator {
        return Err(Problem::bad_request("TileJSON is er alleen van WebMercatorQuad"));
    }
    let form = if tilejson { Form::Json } else { Form::of(f.as_deref(), &headers)? };
    app.compute(move |world| {
        let scope = scope(world, id.as_deref())?;
        match form {
            Form::Json if tilejson => Ok(json(JSON, &scope.tilejson(&origin))),
            Form::Json => Ok(json(JSON, &scope.metadata(&origin, matrix))),
            Form::Html => scope.set_page(world, matrix, &origin),
        }
    })
    .await?
}

/// `/ogc/v1/tiles/{set}/{zoom}/{row}/{column}`
pub(super) async fn tile_of_all(
    state: State<App>,
    Path((set, zoom, row, column)): Path<(String, String, String, String)>,
    query: RawQuery,
) -> Result<Response, Problem> {
    tile(state, None, &set, [zoom, row, column], query).await
}

/// `/ogc/v1/collections/{collection}/tiles/{set}/{zoom}/{row}/{column}`
pub(super) async fn tile_of_collection(
    state: State<App>,
    Path((id, set, zoom, row, column)): Path<(String, String, String, String, String)>,
    query: RawQuery,
) -> Result<Response, Problem> {
    tile(state, Some(id), &set, [zoom, row, column], query).await
}

async fn tile(
    State(app): State<App>,
    id: Option<String>,
    set: &str,
    [zoom, row, column]: [String; 3],
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let matrix = matrix(set)?;
    let mut parameters = Parameters::read(query.as_deref())?;
    if parameters.take("f")?.is_some_and(|f| f != "mvt") {
        return Err(Problem::bad_request("`f` is hier altijd mvt"));
    }
    let asked = if id.is_none() { parameters.take("collections")? } else { None };
    parameters.end()?;
    let outside = || {
        Problem::not_found(format!(
            "deze tegel is er niet; zoomniveau, rij en kolom zijn gehele getallen, en zoomniveau is 0 tot en met {}",
            Matrix::MAX_ZOOM
        ))
    };
    let (Ok(zoom), Ok(row), Ok(column)) = (zoom.parse::<u8>(), row.parse::<u32>(), column.parse::<u32>())
    else {
        return Err(outside());
    };
    app.compute(move |world| {
        let map = world.map();
        let layers: Vec<usize> = match asked {
            Some(asked) => {
                let mut layers = Vec::new();
                for one in asked.split(',').map(str::trim).filter(|one| !one.is_empty()) {
                    if one == ALL {
                        layers.extend(map.areas.iter().map(|area| area.layer));
                        continue;
                    }
                    let area = map.area(one).ok_or_else(|| {
                        let one: String = one.chars().take(60).collect();
                        Problem::bad_request(format!("`collections` noemt `{one}`, en dat is er niet"))
                    })?;
                    layers.push(area.layer);
                }
                layers.sort_unstable();
                layers.dedup();
                layers
            }
            None => scope(world, id.as_deref())?.areas.iter().map(|area| area.layer).collect(),
        };
        let tile = map.tile(&layers, matrix, zoom, row, column).map_err(|error| match error {
            TileError::Outside { .. } => outside(),
            other => {
                tracing::error!(%other, "tile");
                Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "de tegel kon niet worden gemaakt")
            }
        })?;
        let mut response = if tile.is_empty() {
            StatusCode::NO_CONTENT.into_response()
        } else {
            let mut response = tile.into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MVT));
            response
        };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
        Ok(response)
    })
    .await?
}

/// `/ogc/v1/tileMatrixSets`
pub(super) async fn matrix_sets(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    if asked.form == Form::Html {
        return ServicePage {
            heading: "Tegelindelingen".to_owned(),
            lead: "Een tegelindeling zegt waar elke tegel ligt en hoe groot zij is.".to_owned(),
            above: vec![(format!("{ROOT}?f=html"), "Kaartdiensten".to_owned())],
            caption: "Indelingen".to_owned(),
            columns: vec!["Naam", "Wat het is"],
            rows: Matrix::ALL
                .map(|matrix| {
                    let href = format!("{ROOT}/tileMatrixSets/{}?f=html", matrix.id());
                    vec![Cell::link(matrix.id(), href), Cell::text(matrix_title(matrix))]
                })
                .to_vec(),
            links: vec![(format!("{ROOT}/tileMatrixSets?f=json"), "Deze lijst als JSON".to_owned())],
            ..ServicePage::default()
        }
        .answer(&app.world());
    }
    let root = format!("{}{ROOT}", asked.origin);
    Ok(json(
        JSON,
        &json!({
            "tileMatrixSets": Matrix::ALL.map(|matrix| json!({
                "id": matrix.id(), "title": matrix_title(matrix), "uri": matrix_uri(matrix), "crs": uri(matrix.crs()),
                "links": [Link::new("self", JSON, format!("{root}/tileMatrixSets/{}", matrix.id()), matrix.id())],
            })),
        }),
    ))
}

/// `/ogc/v1/tileMatrixSets/{set}`
pub(super) async fn matrix_set(
    State(app): State<App>,
    Path(set): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let matrix = matrix(&set)?;
    let cell = |zoom: u8| matrix.span(zoom) / f64::from(PIXELS);
    // By the pixel of 0.28 mm of the standard.
    let scale = |zoom: u8| cell(zoom) / 0.000_28;
    if asked.form == Form::Html {
        let round = |value: f64| format!("{value:.2}").replace('.', ",");
        return ServicePage {
            heading: matrix.id().to_owned(),
            lead: matrix_title(matrix).to_owned(),
            above: vec![
                (format!("{ROOT}?f=html"), "Kaartdiensten".to_owned()),
                (format!("{ROOT}/tileMatrixSets?f=html"), "Tegelindelingen".to_owned()),
            ],
            caption: "Zoomniveaus".to_owned(),
            columns: vec!["Zoomniveau", "Tegels naast elkaar", "Meter per pixel", "Schaal 1 op"],
            rows: (0..=Matrix::MAX_ZOOM)
                .map(|zoom| {
                    vec![
                        Cell::text(zoom.to_string()),
                        Cell::text(Matrix::across(zoom).unwrap_or_default().to_string()),
                        Cell::text(round(cell(zoom))),
                        Cell::text(format!("{:.0}", scale(zoom))),
                    ]
                })
                .collect(),
            links: vec![(
                format!("{ROOT}/tileMatrixSets/{}?f=json", matrix.id()),
                "Deze indeling als JSON".to_owned(),
            )],
            ..ServicePage::default()
        }
        .answer(&app.world());
    }
    let mut value = json!({
        "id": matrix.id(),
        "title": matrix_title(matrix),
        "uri": matrix_uri(matrix),
        "crs": uri(matrix.crs()),
        "orderedAxes": ["X", "Y"],
        "tileMatrices": (0..=Matrix::MAX_ZOOM).map(|zoom| json!({
            "id": zoom.to_string(), "scaleDenominator": scale(zoom), "cellSize": cell(zoom),
            "cornerOfOrigin": "topLeft", "pointOfOrigin": matrix.origin(),
            "tileWidth": PIXELS, "tileHeight": PIXELS,
            "matrixWidth": Matrix::across(zoom), "matrixHeight": Matrix::across(zoom),
        })).collect::<Vec<_>>(),
    });
    if let (Matrix::WebMercator, Some(object)) = (matrix, value.as_object_mut()) {
        let well_known = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";
        object.insert("wellKnownScaleSet".to_owned(), Value::from(well_known));
    }
    Ok(json(JSON, &value))
}
