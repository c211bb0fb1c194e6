//! What of a layer is near enough to matter. A service of the whole country sends a hundred times what a place here can
//! lie in.

use crate::arguments::Cli;
use crate::error::CliError;
use crate::ground;
use crate::show::count;
use brink_geo::feature::{Features, Remark};
use brink_policy::Compiled;
use geo::BoundingRect;
use geo_types::{Coord, Geometry, Rect};

/// How far the border of a drawn territory may be from the real one, in metres; and more.
const DRAWN: f64 = 2_000.0;

/// Leaves out the shapes that are too far from the territory for any place in it, and says how many.
pub(crate) fn nearby(
    cli: &Cli,
    package: &Compiled,
    area: &str,
    mut features: Features,
) -> Result<Features, CliError> {
    let vocabulary = &package.vocabulary;
    let Some(territory) = package.info.territory.and_then(|area| vocabulary.area(area)) else {
        return Ok(features);
    };
    // What the territory is, its own map says.
    if territory.id == area {
        return Ok(features);
    }
    let layers = ground::layers_of(cli, package, &territory.id)?;
    let shapes = layers.iter().flat_map(|layer| &layer.shapes);
    let Some(bounds) = shapes.filter_map(Geometry::bounding_rect).reduce(both) else {
        return Ok(features);
    };
    // A strip round an area reaches further than the area.
    let strips = vocabulary.areas.iter().filter_map(|area| area.zone?.1).fold(0.0, f64::max);
    let wide = grown(bounds, DRAWN + strips);
    let had = features.features.len();
    let far: Vec<String> = features
        .features
        .extract_if(.., |feature| feature.geometry.bounding_rect().is_some_and(|rect| !meet(&rect, &wide)))
        .map(|feature| feature.id)
        .collect();
    if had > 0 && features.features.is_empty() {
        return Err(CliError::Map(format!(
            "geen van de {} ligt in of bij {}\n  is dit de goede kaart, en klopt het coördinatenstelsel?",
            count(had, "vorm", "vormen"),
            territory.name
        )));
    }
    if !far.is_empty() {
        features.remarks.retain(|remark| !far.contains(&remark.feature));
        let text = format!("{} ver buiten {} weggelaten", count(far.len(), "vorm", "vormen"), territory.name);
        features.remarks.push(Remark { feature: String::new(), text });
    }
    Ok(features)
}

fn both(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    let (low, high) = (a.min(), a.max());
    Rect::new(
        Coord { x: low.x.min(b.min().x), y: low.y.min(b.min().y) },
        Coord { x: high.x.max(b.max().x), y: high.y.max(b.max().y) },
    )
}

fn grown(rect: Rect<f64>, metres: f64) -> Rect<f64> {
    let by = Coord { x: metres, y: metres };
    Rect::new(rect.min() - by, rect.max() + by)
}

fn meet(a: &Rect<f64>, b: &Rect<f64>) -> bool {
    a.min().x <= b.max().x && a.max().x >= b.min().x && a.min().y <= b.max().y && a.max().y >= b.min().y
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, side: f64) -> Rect<f64> {
        Rect::new(Coord { x, y }, Coord { x: x + side, y: y + side })
    }

    #[test]
    fn bounds_meet_or_do_not() {
        let a = rect(0.0, 0.0, 10.0);
        assert!(meet(&a, &rect(10.0, 10.0, 5.0)) && meet(&a, &rect(2.0, 2.0, 1.0)));
        assert!(!meet(&a, &rect(10.5, 0.0, 5.0)) && !meet(&a, &rect(0.0, -6.0, 5.0)));
        assert!(meet(&grown(a, 1.0), &rect(10.5, 0.0, 5.0)));
        assert_eq!(
            both(a, rect(20.0, -5.0, 1.0)),
            Rect::new(Coord { x: 0.0, y: -5.0 }, Coord { x: 21.0, y: 10.0 })
        );
    }
}
