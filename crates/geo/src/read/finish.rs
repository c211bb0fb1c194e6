//! From what a file holds to features: in RD, arcs drawn, mended or left out, with remarks.

use super::error::{ReadFault, ShapeError};
use super::reference::{self, Outside};
use super::repair::{self, Drawn};
use super::shape::{Raw, RawFeature, Shape};
use super::{ReadOptions, arc};
use crate::feature::{Feature, Features, Remark};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The same remark about more features than this becomes one about all of them.
const ALIKE: usize = 20;

/// Turns a file's shapes into features.
pub(super) fn finish(raw: Raw, options: &ReadOptions) -> Result<Features, ReadFault> {
    let limits = &options.limits;
    if raw.features.len() > limits.features {
        return Err(ReadFault::TooManyFeatures { limit: limits.features });
    }
    let vertices: usize =
        raw.features.iter().filter_map(|feature| feature.shape.as_ref()).map(Shape::vertices).sum();
    if vertices > limits.vertices {
        return Err(ReadFault::TooManyVertices { limit: limits.vertices });
    }
    let left = AtomicUsize::new(limits.vertices - vertices);
    let heights = raw.features.iter().filter(|f| f.shape.as_ref().is_some_and(|shape| shape.heights)).count();
    let anticlockwise = raw.anticlockwise;
    let all = raw.features.len();
    let read: Vec<Result<Outcome, ReadFault>> =
        raw.features.into_par_iter().map(|feature| one(feature, options, anticlockwise, &left)).collect();
    // Of several faults the first in the file, whichever was met first.
    let outcomes: Vec<Outcome> = read.into_iter().collect::<Result<_, _>>()?;
    let mut features = Vec::with_capacity(all);
    let mut remarks = raw.remarks;
    if heights > 0 {
        let text = format!("hoogten of meetwaarden weggelaten bij {}", vormen(heights));
        remarks.push(Remark { feature: String::new(), text });
    }
    let mut elsewhere = None;
    for outcome in outcomes {
        elsewhere = elsewhere.or(outcome.elsewhere);
        features.extend(outcome.feature);
        remarks.extend(outcome.remarks);
    }
    // One stray feature is left out; a file that lies wholly elsewhere is a mistake.
    if let (true, Some(fault)) = (features.is_empty(), elsewhere) {
        return Err(fault);
    }
    Ok(Features { features, remarks: gather(remarks) })
}

fn vormen(count: usize) -> String {
    if count == 1 { "1 vorm".to_owned() } else { format!("{count} vormen") }
}

#[derive(Default)]
struct Outcome {
    feature: Option<Feature>,
    remarks: Vec<Remark>,
    elsewhere: Option<ReadFault>,
}

impl Outcome {
    fn left_out(id: String, why: &str) -> Self {
        let remarks = vec![Remark { feature: id, text: format!("weggelaten: {why}") }];
        Self { remarks, ..Self::default() }
    }
}

fn one(
    feature: RawFeature,
    options: &ReadOptions,
    anticlockwise: bool,
    left: &AtomicUsize,
) -> Result<Outcome, ReadFault> {
    let RawFeature { id, place, crs, shape, properties } = feature;
    let refuse =
        |id: &str, source| ReadFault::Shape { feature: id.to_owned(), place: place.to_string(), source };
    let Some(mut shape) = shape.filter(|shape| shape.vertices() > 0) else {
        if options.strict {
            return Err(refuse(&id, ShapeError::Empty));
        }
        return Ok(Outcome::left_out(id, "de vorm is leeg"));
    };
    if shape.coords().any(|c| !c.x.is_finite() || !c.y.is_finite()) {
        if options.strict {
            return Err(refuse(&id, ShapeError::NotFinite));
        }
        return Ok(Outcome::left_out(id, "een coördinaat is geen getal"));
    }
    match reference::to_rd(&mut shape, crs) {
        Ok(()) => {}
        Err(Outside::Elsewhere(why)) if !options.strict => {
            let elsewhere = Some(reference::fault(&id, place, why.clone()));
            return Ok(Outcome { elsewhere, ..Outcome::left_out(id, &why) });
        }
        Err(Outside::Elsewhere(why) | Outside::Wrong(why)) => return Err(reference::fault(&id, place, why)),
    }
    let allow = |count| {
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(count)).is_ok()
    };
    let drawn = draw(shape, &allow).ok_or(ReadFault::TooManyVertices { limit: options.limits.vertices })?;
    if options.strict {
        let geometry = repair::strict(drawn).map_err(|source| refuse(&id, source))?;
        return Ok(Outcome { feature: Some(Feature { id, geometry, properties }), ..Outcome::default() });
    }
    let mended = repair::mend(drawn, anticlockwise);
    let text = mended.notes.join("; ");
    let Some(geometry) = mended.geometry else {
        return Ok(Outcome::left_out(id, if text.is_empty() { "de vorm is leeg" } else { &text }));
    };
    let remarks = if text.is_empty() { Vec::new() } else { vec![Remark { feature: id.clone(), text }] };
    Ok(Outcome { feature: Some(Feature { id, geometry, properties }), remarks, elsewhere: None })
}

fn draw(shape: Shape, allow: &dyn Fn(usize) -> bool) -> Option<Drawn> {
    let lines = shape.lines.into_iter().map(|path| arc::draw(path, allow)).collect::<Option<_>>()?;
    let rings = |rings: Vec<_>| rings.into_iter().map(|path| arc::draw(path, allow)).collect::<Option<_>>();
    let polygons = shape.polygons.into_iter().map(rings).collect::<Option<_>>()?;
    Some(Drawn { points: shape.points, lines, polygons })
}

/// Remarks that many features share become one that names the first of them.
fn gather(remarks: Vec<Remark>) -> Vec<Remark> {
    let mut alike: HashMap<&str, Vec<&str>> = HashMap::new();
    for remark in &remarks {
        alike.entry(&remark.text).or_default().push(&remark.feature);
    }
    let mut gathered = Vec::new();
    for remark in &remarks {
        match alike.get(remark.text.as_str()) {
            Some(ids) if ids.len() > ALIKE => {
                let first = ids.iter().take(5).copied().collect::<Vec<_>>().join(", ");
                let text = format!("{}: bij {} vormen (zoals {first})", remark.text, ids.len());
                if ids.first().is_some_and(|id| *id == remark.feature) {
                    gathered.push(Remark { feature: String::new(), text });
                }
            }
            _ => gathered.push(remark.clone()),
        }
    }
    gathered
}
