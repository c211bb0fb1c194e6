//! The share of a place that is in any of some layers.

use crate::atlas::{Atlas, share};
use crate::index::{Index, Key};
use crate::layer::polygons;
use crate::place::Place;
use crate::shape::Shape;
use geo::{Area, BooleanOps, BoundingRect, Intersects, unary_union};
use geo_types::{Geometry, MultiPolygon, Rect};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A place, with what of layers is in it. That is found once for each layer, and each share once for the same layers.
pub struct Union<'a> {
    atlas: &'a Atlas,
    place: &'a Place,
    bounds: Option<Rect<f64>>,
    parts: RefCell<HashMap<usize, Rc<MultiPolygon<f64>>>>,
    shares: RefCell<HashMap<Vec<usize>, f64>>,
}

impl<'a> Union<'a> {
    /// Nothing is found yet.
    #[must_use]
    pub fn new(atlas: &'a Atlas, place: &'a Place) -> Self {
        let (parts, shares) = (RefCell::default(), RefCell::default());
        Self { atlas, place, bounds: place.geometry().bounding_rect(), parts, shares }
    }

    /// The share of the place that is in any of these layers.
    #[must_use]
    pub fn share(&self, layers: &[usize]) -> f64 {
        let mut key = layers.to_vec();
        key.sort_unstable();
        if let Some(known) = self.shares.borrow().get(&key) {
            return *known;
        }
        let parts: Vec<Rc<MultiPolygon<f64>>> = key.iter().map(|layer| self.part(*layer)).collect();
        let union = unary_union(parts.iter().flat_map(|part| part.iter()));
        let measure = self.place.shape().measure;
        let found = match self.place.geometry() {
            Geometry::Polygon(_) | Geometry::MultiPolygon(_) => union.unsigned_area() / measure,
            _ => along(self.place, union),
        };
        // Making them one works on a fine grid of its own: a hundredth of a square metre is rounding.
        let found = if (1.0 - found) * measure < 0.01 { 1.0 } else { found };
        self.shares.borrow_mut().insert(key, found);
        found
    }

    /// What of a layer is in the place; near it, for a place that is no surface.
    fn part(&self, layer: usize) -> Rc<MultiPolygon<f64>> {
        if let Some(known) = self.parts.borrow().get(&layer) {
            return Rc::clone(known);
        }
        let mut near =
            self.atlas.layers().get(layer).map(|layer| polygons(&layer.shapes)).unwrap_or_default();
        near.retain(|polygon| {
            let (own, bounds) = (polygon.bounding_rect(), self.bounds.as_ref());
            own.is_some_and(|own| bounds.is_some_and(|bounds| own.intersects(bounds)))
        });
        let near = MultiPolygon(near);
        let part = Rc::new(match self.place.geometry() {
            Geometry::Polygon(plan) => plan.intersection(&near),
            Geometry::MultiPolygon(plan) => plan.intersection(&near),
            _ => near,
        });
        self.parts.borrow_mut().insert(layer, Rc::clone(&part));
        part
    }
}

/// The share of a line, or of points, that is in a surface.
fn along(place: &Place, union: MultiPolygon<f64>) -> f64 {
    let shapes = Shape::of(&Geometry::MultiPolygon(union));
    let items: Vec<(Key, &Shape)> = shapes.iter().map(|shape| (0, shape)).collect();
    let overlaps = Index::new(&items).overlaps(place.shape());
    overlaps.first().map_or(0.0, |overlap| share(place.shape(), overlap))
}
