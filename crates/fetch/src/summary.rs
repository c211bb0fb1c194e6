//! What a layer amounts to, and what changed.

use std::fmt;

use brink_geo::feature::Features;
use geo::{Area, Euclidean, Length};
use geo_types::Geometry;
use serde::{Deserialize, Serialize};

/// What a layer amounts to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Features.
    #[serde(rename = "objecten")]
    pub features: u64,
    /// Area of all polygons; what two of them share counts twice.
    pub hectares: f64,
    /// Length of all lines.
    #[serde(rename = "kilometers")]
    pub kilometres: f64,
    /// Points.
    #[serde(rename = "punten")]
    pub points: u64,
}

impl Summary {
    /// Of these features.
    #[must_use]
    pub fn of(features: &Features) -> Self {
        Self::of_shapes(features.features.iter().map(|feature| &feature.geometry))
    }

    /// Of these shapes, one a feature.
    #[must_use]
    pub fn of_shapes<'g>(shapes: impl IntoIterator<Item = &'g Geometry<f64>>) -> Self {
        let mut summary = Self::default();
        for shape in shapes {
            summary.features += 1;
            summary.add(shape);
        }
        summary
    }

    fn add(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(_) => self.points += 1,
            Geometry::MultiPoint(points) => self.points += points.0.len() as u64,
            Geometry::Line(line) => self.kilometres += Euclidean.length(line) / 1000.0,
            Geometry::LineString(line) => self.kilometres += Euclidean.length(line) / 1000.0,
            Geometry::MultiLineString(lines) => self.kilometres += Euclidean.length(lines) / 1000.0,
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.add(part)),
            Geometry::Polygon(_) | Geometry::MultiPolygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {
                self.hectares += geometry.unsigned_area() / 10_000.0;
            }
        }
    }
}

/// What changed between two fetches.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// Before.
    #[serde(rename = "voor")]
    pub before: Summary,
    /// After.
    #[serde(rename = "na")]
    pub after: Summary,
}

/// What of a layer is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Area of polygons, in hectares.
    Hectares,
    /// Length of lines, in kilometres.
    Kilometres,
    /// Number of points.
    Points,
    /// Number of features, when they have no size at all.
    Features,
}

impl Measure {
    const ALL: [Self; 4] = [Self::Hectares, Self::Kilometres, Self::Points, Self::Features];

    fn of(self, summary: &Summary) -> f64 {
        match self {
            Self::Hectares => summary.hectares,
            Self::Kilometres => summary.kilometres,
            Self::Points => summary.points as f64,
            Self::Features => summary.features as f64,
        }
    }

    fn told(self, value: f64) -> String {
        match self {
            Self::Hectares => format!("{} ha", number(value)),
            Self::Kilometres => format!("{} km", number(value)),
            Self::Points => format!("{} punten", number(value)),
            Self::Features => format!("{} objecten", number(value)),
        }
    }
}

/// A layer that would lose more than half of itself; not to be replaced unless somebody insists.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "de laag zou meer dan de helft verliezen: van {} naar {}; vervang hem alleen als dat klopt, met --forceer",
    measure.told(*before),
    measure.told(*after)
)]
pub struct LostMost {
    /// What of it.
    pub measure: Measure,
    /// How much there was.
    pub before: f64,
    /// How much there would be.
    pub after: f64,
}

/// What changes when the new layer replaces the old one.
#[must_use]
pub fn compare(old: &Summary, new: &Summary) -> Change {
    Change { before: *old, after: *new }
}

impl Change {
    /// The measure in which the layer loses more than half, if any. The number of features counts only when the layer
    /// had no size: a service may well join polygons.
    #[must_use]
    pub fn lost_most(&self) -> Option<LostMost> {
        let sized = Measure::ALL.iter().any(|m| *m != Measure::Features && m.of(&self.before) > 0.0);
        Measure::ALL
            .into_iter()
            .filter(|measure| *measure != Measure::Features || !sized)
            .map(|measure| LostMost {
                measure,
                before: measure.of(&self.before),
                after: measure.of(&self.after),
            })
            // Not a number is a loss as well.
            .find(|loss| loss.before > 0.0 && (loss.after.is_nan() || loss.after < loss.before / 2.0))
    }

    /// Whether the new layer may replace the old one.
    ///
    /// # Errors
    /// When it lost most of itself and nobody insists.
    pub fn accept(&self, forced: bool) -> Result<(), LostMost> {
        match self.lost_most() {
            Some(loss) if !forced => Err(loss),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for measure in [Measure::Features, Measure::Hectares, Measure::Kilometres, Measure::Points] {
            let (before, after) = (measure.of(&self.before), measure.of(&self.after));
            let told = measure.told(after);
            if before == 0.0 && after == 0.0 {
                continue;
            }
            // What rounds to the same is the same to people.
            if measure.told(before) == told {
                parts.push(told);
            } else {
                parts.push(format!("{told} (was {})", number(before)));
            }
        }
        f.write_str(&if parts.is_empty() { "leeg".to_owned() } else { parts.join(", ") })
    }
}

/// As people here write numbers: a dot between thousands, a comma before one decimal below a hundred.
fn number(value: f64) -> String {
    let text = if value.abs() < 100.0 && value.fract() != 0.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.0}")
    };
    let (whole, part) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    match part {
        Some(part) => format!("{grouped},{part}"),
        None => grouped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use brink_geo::feature::Feature;
    use geo_types::{GeometryCollection, MultiPoint, line_string, polygon};
    use proptest::prelude::*;

    fn summary(features: u64, hectares: f64, kilometres: f64, points: u64) -> Summary {
        Summary { features, hectares, kilometres, points }
    }

    #[test]
    fn measures_all_shapes() {
        let square = polygon![
            exterior: [(x: 0.0, y: 0.0), (x: 0.0, y: 300.0), (x: 300.0, y: 300.0), (x: 300.0, y: 0.0)],
            interiors: [[(x: 100.0, y: 100.0), (x: 200.0, y: 100.0), (x: 200.0, y: 200.0), (x: 100.0, y: 200.0)]],
        ];
        let line = line_string![(x: 0.0, y: 0.0), (x: 3000.0, y: 4000.0)];
        let points = MultiPoint::from(vec![(1.0, 1.0), (2.0, 2.0)]);
        let all = GeometryCollection::from(vec![Geometry::from(line), Geometry::from(points)]);
        let features = [Geometry::from(square), Geometry::GeometryCollection(all)].map(|geometry| Feature {
            id: String::new(),
            geometry,
            properties: Default::default(),
        });
        let found = Summary::of(&Features { features: features.into(), remarks: Vec::new() });
        assert_eq!(found, summary(2, 8.0, 5.0, 2));
    }

    #[test]
    fn refuses_a_layer_that_lost_most() {
        let loss = |old, new| compare(&old, &new).lost_most().map(|loss| loss.measure);
        assert_eq!(loss(summary(10, 100.0, 0.0, 0), summary(1, 50.0, 0.0, 0)), None);
        assert_eq!(loss(summary(10, 100.0, 0.0, 0), summary(10, 49.9, 0.0, 0)), Some(Measure::Hectares));
        assert_eq!(loss(summary(2, 0.0, 8.0, 0), summary(2, 5.0, 3.9, 0)), Some(Measure::Kilometres));
        assert_eq!(loss(summary(3, 1.0, 0.0, 3), summary(3, 1.0, 0.0, 1)), Some(Measure::Points));
        assert_eq!(loss(summary(3, 0.0, 0.0, 0), summary(1, 0.0, 0.0, 0)), Some(Measure::Features));
        assert_eq!(loss(Summary::default(), summary(1, 1.0, 0.0, 0)), None);
        assert_eq!(loss(summary(1, 1.0, 0.0, 0), summary(1, f64::NAN, 0.0, 0)), Some(Measure::Hectares));
        let change = compare(&summary(10, 12_345.6, 0.0, 0), &summary(1, 7.25, 0.0, 0));
        let refusal = change.accept(false).unwrap_err().to_string();
        assert!(refusal.contains("van 12.346 ha naar 7,2 ha") && refusal.contains("--forceer"), "{refusal}");
        assert_eq!(change.accept(true), Ok(()));
    }

    #[test]
    fn says_what_changed() {
        let change = compare(&summary(12, 1234.0, 0.0, 0), &summary(14, 1_250_000.0, 0.0, 2));
        assert_eq!(change.to_string(), "14 objecten (was 12), 1.250.000 ha (was 1.234), 2 punten (was 0)");
        let same = summary(3, 10.04, 0.0, 0);
        assert_eq!(compare(&same, &summary(3, 10.01, 0.0, 0)).to_string(), "3 objecten, 10,0 ha");
        assert_eq!(compare(&Summary::default(), &Summary::default()).to_string(), "leeg");
    }

    proptest! {
        #[test]
        fn growing_is_never_a_loss(features in 0u64..1000, hectares in 0.0..1e6f64, more in 1.0..10.0f64) {
            let old = summary(features, hectares, hectares / 3.0, features);
            let new = summary(features, hectares * more, hectares / 3.0 * more, features);
            prop_assert_eq!(compare(&old, &new).lost_most(), None);
        }

        #[test]
        fn halving_twice_is_a_loss(hectares in 0.01..1e6f64) {
            let change = compare(&summary(1, hectares, 0.0, 0), &summary(1, hectares / 4.0, 0.0, 0));
            prop_assert!(change.lost_most().is_some());
        }
    }
}
