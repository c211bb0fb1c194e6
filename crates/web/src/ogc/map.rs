//! What the OGC APIs keep of a world: its areas as features, its tiles, and the tiles that were asked before.

use super::filter::{Record, Scalar};
use crate::world::World;
use axum::body::Bytes;
use brink_geo::layer::Kind;
use brink_geo::tile::{Matrix, TileError, TileSet};
use geo::{Area, BoundingRect};
use geo_types::{Geometry, Rect};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::collections::HashMap;

/// What tiles that were asked before may take in memory, in bytes.
const REMEMBERED: u64 = 32 << 20;

/// See the module.
pub(crate) struct Map {
    pub tiles: TileSet,
    /// The areas that have a map, in the order of the layers.
    pub areas: Vec<AreaMap>,
    by_id: HashMap<String, usize>,
    known: Cache<Spot, Bytes, Size>,
}

/// The map of one area.
pub(crate) struct AreaMap {
    /// Number of its layer.
    pub layer: usize,
    pub id: String,
    pub name: String,
    pub sort: String,
    pub location: String,
    pub kind: &'static str,
    pub source: String,
    pub date: String,
    pub licence: String,
    pub interests: Vec<String>,
    /// Longitudes and latitudes from and to: west, south, east, north.
    pub bounds: Option<[f64; 4]>,
    shapes: Vec<About>,
}

/// What is asked often of a shape.
struct About {
    bounds: Option<Rect<f64>>,
    hectares: f64,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Spot {
    matrix: Matrix,
    at: (u8, u32, u32),
    layers: Box<[usize]>,
}

#[derive(Clone)]
struct Size;

impl Weighter<Spot, Bytes> for Size {
    fn weight(&self, spot: &Spot, tile: &Bytes) -> u64 {
        (size_of::<Spot>() + spot.layers.len() * size_of::<usize>() + tile.len() + 64) as u64
    }
}

impl Map {
    pub(crate) fn new(world: &World) -> Self {
        let (words, atlas) = (&world.package.vocabulary, world.ground.atlas());
        let tiles = TileSet::new(atlas.layers());
        let mut areas = Vec::new();
        for (number, layer) in atlas.layers().iter().enumerate() {
            let about = &layer.about;
            // Of two layers for one area the last counts, and of none without shapes anything can be shown.
            if atlas.layer_of(&about.area) != Some(number) || layer.shapes.is_empty() {
                continue;
            }
            let area = words.index.areas.get(&about.area).copied();
            let known = area.and_then(|id| words.area(id));
            let mut interests: Vec<String> = world
                .package
                .norms
                .iter()
                .filter(|norm| area.is_some_and(|area| norm.areas.contains(&area)))
                .flat_map(|norm| &norm.interests)
                .filter_map(|id| words.interest(*id))
                .map(|interest| interest.id.clone())
                .collect();
            interests.sort_unstable();
            interests.dedup();
            let bounds = tiles.bounds(number, Matrix::WebMercator).map(|bounds| {
                let ([west, south], [east, north]) = (lonlat(bounds.low), lonlat(bounds.high));
                [west, south, east, north]
            });
            areas.push(AreaMap {
                layer: number,
                id: about.area.clone(),
                name: known.map_or_else(|| about.name.clone(), |area| area.name.clone()),
                sort: known.map(|area| area.kind.clone()).unwrap_or_default(),
                location: known.and_then(|area| area.location.clone()).unwrap_or_default(),
                kind: match about.kind {
                    Kind::Echt => "echt",
                    Kind::Schets => "schets",
                },
                source: about.source.clone(),
                date: about.date.clone(),
                licence: about.licence.clone(),
                interests,
                bounds,
                shapes: layer
                    .shapes
                    .iter()
                    .map(|shape| About {
                        bounds: shape.bounding_rect(),
                        hectares: (shape.unsigned_area() / 10_000.0 * 1e4).round() / 1e4,
                    })
                    .collect(),
            });
        }
        let by_id = areas.iter().enumerate().map(|(n, area)| (area.id.clone(), n)).collect();
        let known = Cache::with_weighter(4_000, REMEMBERED, Size);
        Self { tiles, areas, by_id, known }
    }

    /// The area with this id, if it has a map.
    pub(crate) fn area(&self, id: &str) -> Option<&AreaMap> {
        self.areas.get(*self.by_id.get(id)?)
    }

    /// The features of an area, or of all.
    pub(crate) fn items<'a>(
        &'a self,
        world: &'a World,
        area: Option<&'a AreaMap>,
    ) -> impl Iterator<Item = Item<'a>> {
        let (one, all) = match area {
            Some(area) => (Some(area), &[][..]),
            None => (None, &self.areas[..]),
        };
        one.into_iter().chain(all).flat_map(|area| {
            let shapes = world.ground.atlas().layers().get(area.layer).map_or(&[][..], |layer| &layer.shapes);
            shapes.iter().zip(&area.shapes).enumerate().map(move |(n, (shape, about))| Item {
                area,
                number: n + 1,
                shape,
                about,
            })
        })
    }

    /// A tile of these layers, remembered when it was asked before.
    pub(crate) fn tile(
        &self,
        layers: &[usize],
        matrix: Matrix,
        zoom: u8,
        row: u32,
        column: u32,
    ) -> Result<Bytes, TileError> {
        let spot = Spot { matrix, at: (zoom, row, column), layers: layers.into() };
        if let Some(tile) = self.known.get(&spot) {
            return Ok(tile);
        }
        let tile = Bytes::from(self.tiles.tile(layers, matrix, zoom, row, column)?);
        self.known.insert(spot, tile.clone());
        Ok(tile)
    }
}

/// Web Mercator to degrees.
fn lonlat([x, y]: [f64; 2]) -> [f64; 2] {
    let radius = 6_378_137.0;
    let lat = 2.0 * (y / radius).exp().atan() - std::f64::consts::FRAC_PI_2;
    [(x / radius).to_degrees(), lat.to_degrees()].map(|degrees| (degrees * 1e5).round() / 1e5)
}

/// One shape of an area.
pub(crate) struct Item<'a> {
    pub area: &'a AreaMap,
    /// Its number within the area, from 1.
    pub number: usize,
    pub shape: &'a Geometry<f64>,
    about: &'a About,
}

/// The properties of features that can be asked after, with their type and meaning.
pub(crate) const PROPERTIES: [(&str, &str, &str); 9] = [
    ("gebied", "string", "Naam van het gebied in adressen en in het pakket."),
    ("naam", "string", "Naam van het gebied."),
    ("nummer", "integer", "Nummer van het vlak, de lijn of de punten binnen het gebied."),
    ("soort", "string", "Soort gebied."),
    ("kaartsoort", "string", "echt: uit een bron die het weet; schets: met de hand getekend, ongeveer goed."),
    ("bron", "string", "Bestand of dienst waar de kaart uit komt."),
    ("datum", "string", "Wanneer de kaart is gemaakt of opgehaald."),
    ("licentie", "string", "Waaronder de kaart mag worden gebruikt."),
    ("hectare", "number", "Oppervlakte in hectare; 0 voor lijnen en punten."),
];

impl Item<'_> {
    /// Its properties as JSON.
    pub(crate) fn properties(&self) -> serde_json::Value {
        let area = self.area;
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        serde_json::json!({
            "gebied": area.id, "naam": area.name, "nummer": self.number, "soort": text(&area.sort),
            "kaartsoort": area.kind, "bron": text(&area.source), "datum": text(&area.date),
            "licentie": text(&area.licence), "hectare": self.about.hectares, "belangen": area.interests,
        })
    }

    /// Vertices, about: to keep answers within bounds.
    pub(crate) fn vertices(&self) -> usize {
        geo::CoordsIter::coords_count(self.shape)
    }
}

impl Record for Item<'_> {
    fn property(&self, name: &str) -> Scalar<'_> {
        let area = self.area;
        match name {
            "gebied" => Scalar::text(&area.id),
            "naam" => Scalar::text(&area.name),
            "nummer" => Scalar::Number(self.number as f64),
            "soort" => Scalar::text(&area.sort),
            "kaartsoort" => Scalar::text(area.kind),
            "bron" => Scalar::text(&area.source),
            "datum" => Scalar::text(&area.date),
            "licentie" => Scalar::text(&area.licence),
            "hectare" => Scalar::Number(self.about.hectares),
            _ => Scalar::Nothing,
        }
    }

    fn shape(&self) -> Option<&Geometry<f64>> {
        Some(self.shape)
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        self.about.bounds
    }
}
