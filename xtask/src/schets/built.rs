//! The built-up area of a village or town, from its number of inhabitants.

use super::draw::circle;
use super::facts::Facts;
use super::metric;
use geo::MultiPolygon;
use std::f64::consts::PI;

/// Inhabitants of a hectare, from this number of inhabitants on: the larger the place, the denser.
const DENSITY: [(f64, f64); 4] = [(0.0, 14.0), (1_000.0, 18.0), (3_000.0, 23.0), (10_000.0, 26.0)];

/// A circle around the middle of a place, as large as its inhabitants need.
pub fn built_up(facts: &Facts, name: &str, corners: u32) -> Result<MultiPolygon, String> {
    let place =
        facts.places.get(name).ok_or_else(|| format!("plaats `{name}` staat niet in plaatsen.yaml"))?;
    let people =
        place.inwoners.ok_or_else(|| format!("plaats `{name}` heeft geen `inwoners` in plaatsen.yaml"))?;
    Ok(circle(metric::to_metres(place.op)?, radius(people), corners))
}

/// The radius in metres of the built-up area of a place.
fn radius(people: f64) -> f64 {
    let density =
        DENSITY.iter().rev().find(|(from, _)| people >= *from).map_or(14.0, |(_, density)| *density);
    (people / density * 10_000.0 / PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_is_a_few_hundred_metres_across_and_a_city_some_kilometres() {
        assert!((230.0..300.0).contains(&radius(300.0)), "{}", radius(300.0));
        assert!((2_600.0..3_000.0).contains(&radius(66_000.0)), "{}", radius(66_000.0));
    }
}
