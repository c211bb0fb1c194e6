//! The map that goes with a piece of text.

use crate::pages::map_base::base;
use crate::world::World;
use brink_assess::Ground;
use brink_geo::crs::rd_to_lonlat;
use brink_geo::layer::{Kind, Layer};
use geo::BoundingRect;
use geo_types::{Coord, Geometry, Rect};
use std::collections::HashMap;

/// Most areas on one map.
const MOST: usize = 40;

/// Per layer where it lies: west, south, east, north.
pub(super) struct Boxes {
    boxes: HashMap<String, [f64; 4]>,
}

/// What the map of a piece of text shows, as its attributes say it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapBox {
    /// The areas, with commas between.
    pub layers: String,
    /// Those of them that are drawn by hand.
    pub drawn: String,
    /// What to show first.
    pub extent: String,
    /// What to draw when there is no base map.
    pub base: String,
}

impl Boxes {
    pub(super) fn of(ground: &Ground) -> Self {
        let layers = ground.atlas().layers().iter();
        let boxes = layers.filter_map(|layer| Some((layer.about.area.clone(), extent(layer)?)));
        Self { boxes: boxes.collect() }
    }

    pub(super) fn map<'i>(&self, world: &World, areas: impl IntoIterator<Item = &'i str>) -> Option<MapBox> {
        let index = &world.package.vocabulary.index.areas;
        let mut shown: Vec<(&str, &Layer, [f64; 4])> = Vec::new();
        for area in areas {
            let layer = index.get(area).and_then(|id| world.ground.layer(*id));
            if let (Some(layer), Some(place)) = (layer, self.boxes.get(area))
                && shown.iter().all(|(other, ..)| *other != area)
                && shown.len() < MOST
            {
                shown.push((area, layer, *place));
            }
        }
        let extent = shown.iter().map(|(.., place)| *place).reduce(both)?;
        let join = |ids: Vec<&str>| ids.join(",");
        let drawn = shown.iter().filter(|(_, layer, _)| layer.about.kind == Kind::Schets);
        Some(MapBox {
            layers: join(shown.iter().map(|(id, ..)| *id).collect()),
            drawn: join(drawn.map(|(id, ..)| *id).collect()),
            extent: extent.map(|degrees| format!("{degrees:.4}")).join(","),
            base: base(world),
        })
    }
}

fn both(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn extent(layer: &Layer) -> Option<[f64; 4]> {
    let rect: Rect<f64> = layer.shapes.iter().filter_map(Geometry::bounding_rect).reduce(|a, b| {
        let (a0, a1, b0, b1) = (a.min(), a.max(), b.min(), b.max());
        Rect::new(
            Coord { x: a0.x.min(b0.x), y: a0.y.min(b0.y) },
            Coord { x: a1.x.max(b1.x), y: a1.y.max(b1.y) },
        )
    })?;
    let corners = rect.to_polygon();
    let corners = corners.exterior().coords().filter_map(|at| rd_to_lonlat(at.x, at.y).ok());
    corners.map(|[lon, lat]| [lon, lat, lon, lat]).reduce(both)
}
