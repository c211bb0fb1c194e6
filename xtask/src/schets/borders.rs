//! From stretches of border to one polygon per municipality, and one for the province.

use super::facts::{Borders, Facts};
use super::{join, metric};
use geo::MultiPolygon;
use geo::algorithm::Validation;
use indexmap::IndexMap;

/// The polygons of the province and the municipalities by area id, in metres; the province comes first.
pub fn assemble(facts: &Facts) -> Result<IndexMap<String, MultiPolygon>, String> {
    let borders = &facts.borders;
    let mut stretches = Vec::new();
    for border in &borders.grenzen {
        let points: Vec<[f64; 2]> =
            border.punten.iter().map(|point| facts.at(point)).collect::<Result<_, _>>()?;
        stretches.push((&border.tussen, points));
    }
    let inside = municipalities(borders);
    let outer = stretches.iter().filter(|([a, b], _)| inside.contains(&a) != inside.contains(&b));
    let mut shapes = IndexMap::new();
    shapes.insert(borders.provincie.clone(), polygon(&borders.provincie, outer.map(|(_, points)| points))?);
    for id in inside {
        let own = stretches.iter().filter(|(between, _)| between.contains(id));
        shapes.insert(id.clone(), polygon(id, own.map(|(_, points)| points))?);
    }
    Ok(shapes)
}

/// The municipalities, in the order in which the borders name them.
fn municipalities(borders: &Borders) -> Vec<&String> {
    let mut found = Vec::new();
    for border in &borders.grenzen {
        for id in &border.tussen {
            if borders.inside(id) && !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found
}

impl Borders {
    /// Whether this is one of the municipalities.
    pub fn is_municipality(&self, id: &str) -> bool {
        self.inside(id) && self.grenzen.iter().any(|border| border.tussen.iter().any(|side| side == id))
    }

    /// Whether this side of a border lies in the province.
    pub fn inside(&self, id: &str) -> bool {
        !self.buiten.iter().any(|neighbour| neighbour == id)
    }
}

/// Chains stretches into one closed ring.
fn polygon<'a>(id: &str, stretches: impl Iterator<Item = &'a Vec<[f64; 2]>>) -> Result<MultiPolygon, String> {
    let mut left: Vec<Vec<[f64; 2]>> = stretches.cloned().collect();
    let mut ring: Vec<[f64; 2]> = left.pop().unwrap_or_default();
    while let Some(end) = ring.last().copied() {
        let next = left.iter().position(|points| points.first() == Some(&end) || points.last() == Some(&end));
        let Some(next) = next else { break };
        let mut points = left.swap_remove(next);
        if points.first() != Some(&end) {
            points.reverse();
        }
        ring.extend(points.into_iter().skip(1));
    }
    if !left.is_empty() || ring.len() < 4 || ring.first() != ring.last() {
        let end = ring.last().map(|[lon, lat]| format!(" bij [{lon}, {lat}]")).unwrap_or_default();
        return Err(format!("de grens van `{id}` sluit niet{end}"));
    }
    let shape = join::polygon(metric::line(&ring)?);
    if !shape.is_valid() {
        return Err(format!("de grens van `{id}` snijdt zichzelf"));
    }
    Ok(join::together([&shape]))
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::small;
    use super::*;
    use geo::Area;

    #[test]
    fn municipalities_fill_the_province() {
        let shapes = assemble(&small("")).unwrap();
        let ids: Vec<_> = shapes.keys().map(String::as_str).collect();
        assert_eq!(ids, ["geheel", "links", "rechts"]);
        let [whole, left, right] = ["geheel", "links", "rechts"].map(|id| shapes[id].unsigned_area());
        // To a tenth of a hectare in some seven hundred thousand.
        assert!((whole - left - right).abs() < 1_000.0);
        assert!((left / right - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_gap_in_a_border_is_told() {
        let mut facts = small("");
        facts.borders.grenzen.pop();
        let problem = assemble(&facts).unwrap_err();
        assert!(problem.contains("de grens van `geheel` sluit niet bij"), "{problem}");
    }
}
