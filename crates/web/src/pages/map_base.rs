//! What every map of a page needs: the own base layer and where to look first.

use crate::world::World;
use brink_geo::crs::rd_to_lonlat;
use brink_geo::shape::Shape;

/// The areas of the own base layer: the municipalities of the places, and the territory.
pub(crate) fn base(world: &World) -> String {
    let words = &world.package.vocabulary;
    let mut areas: Vec<&str> =
        world.places.iter().filter_map(|place| place.municipality.as_deref()).collect();
    areas.sort_unstable();
    areas.dedup();
    let territory = world.package.info.territory.and_then(|id| words.area(id)).map(|area| area.id.as_str());
    areas.extend(territory);
    let drawn = |id: &&str| words.index.areas.get(*id).is_some_and(|id| world.ground.layer(*id).is_some());
    areas.into_iter().filter(drawn).collect::<Vec<_>>().join(",")
}

/// West, south, east and north of the territory, in degrees; empty when no map shows it.
pub(crate) fn bounds(world: &World) -> String {
    let Some(layer) = world.package.info.territory.and_then(|area| world.ground.layer(area)) else {
        return String::new();
    };
    let parts = layer.parts();
    let boxes = parts.iter().filter_map(Shape::bounds);
    let all = boxes.reduce(|(low, high), (a, b)| {
        ([low[0].min(a[0]), low[1].min(a[1])], [high[0].max(b[0]), high[1].max(b[1])])
    });
    let Some((low, high)) = all else {
        return String::new();
    };
    match (rd_to_lonlat(low[0], low[1]), rd_to_lonlat(high[0], high[1])) {
        (Ok([west, south]), Ok([east, north])) => format!("{west:.4},{south:.4},{east:.4},{north:.4}"),
        _ => String::new(),
    }
}
