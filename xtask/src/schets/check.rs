//! What must be true of the facts and of the map drawn from them. Everything that is not is told at once.

use super::draw::Shapes;
use super::facts::Facts;
use super::join::together;
use super::map;
use super::metric;
use super::tree::Areas;
use geo::algorithm::{Contains, Distance, Euclidean, Validation};
use geo::{Area, BooleanOps, Intersects, MultiPolygon, Point};

/// The largest map file, in bytes.
const MAX_BYTES: usize = 400_000;
/// What may stick out of the province, in square metres: cutting leaves a sliver.
const SLIVER: f64 = 10_000.0;
/// How much rounding may change the size of an area.
const ROUNDING: f64 = 0.02;
/// How near two areas must come to be neighbours, in metres.
const TOUCH: f64 = 50.0;
/// The part of an area that must lie in what it lies in.
const MOST: f64 = 0.9;

/// All problems.
pub fn problems(facts: &Facts, areas: &Areas, shapes: &Shapes, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let check = Check { facts, areas, shapes };
    check.every_area_once(&mut found);
    check.places(&mut found);
    check.shapes(&mut found);
    check.pairs(&mut found);
    check.spots(&mut found);
    if text.len() > MAX_BYTES {
        found.push(format!("de kaart is {} bytes, meer dan {MAX_BYTES}", text.len()));
    }
    found
}

struct Check<'a> {
    facts: &'a Facts,
    areas: &'a Areas,
    shapes: &'a Shapes,
}

impl Check<'_> {
    /// Every area is drawn, follows from others, or has a reason why not; and only one of the three.
    fn every_area_once(&self, found: &mut Vec<String>) {
        let facts = self.facts;
        let undrawn: Vec<&String> =
            facts.drawings.geen_schets.iter().flat_map(|group| &group.gebieden).collect();
        let drawn = || facts.drawings.tekeningen.keys();
        for id in drawn().chain(undrawn.iter().copied()) {
            if !self.areas.has(id) {
                found.push(format!("tekeningen.yaml: gebied `{id}` staat niet in gebieden.yaml"));
            }
        }
        for (n, id) in undrawn.iter().enumerate() {
            if drawn().any(|other| other == *id) {
                found.push(format!("tekeningen.yaml: `{id}` heeft een tekening en staat onder geen_schets"));
            }
            if undrawn.iter().skip(n + 1).any(|other| other == id) {
                found.push(format!("tekeningen.yaml: `{id}` staat twee keer onder geen_schets"));
            }
        }
        for (id, drawing) in &facts.drawings.tekeningen {
            if drawing.zekerheid.is_none() {
                found.push(format!("tekeningen.yaml: `{id}` zonder `zekerheid` (plaatsnamen of globaal)"));
            }
        }
        for group in facts.drawings.geen_schets.iter().filter(|group| group.reden.trim().is_empty()) {
            found.push(format!(
                "tekeningen.yaml: geen reden bij geen_schets van {}",
                group.gebieden.join(", ")
            ));
        }
        for border in &facts.borders.grenzen {
            for id in border.tussen.iter().filter(|id| facts.borders.inside(id)) {
                if !self.areas.has(id) {
                    found.push(format!("grenzen.yaml: gemeente `{id}` staat niet in gebieden.yaml"));
                }
            }
        }
        for (id, _) in self.areas.iter() {
            if !undrawn.contains(&id) && !self.shapes.contains_key(id) && !self.follows(id) {
                found.push(format!(
                    "tekeningen.yaml: gebied `{id}` heeft geen tekening en volgt niet uit andere; teken het of zet het \
                     met de reden onder geen_schets"
                ));
            }
        }
    }

    /// Whether the place of an area follows from other areas, or that of one that lies in it does.
    fn follows(&self, id: &str) -> bool {
        self.areas.with_children(id).into_iter().any(|child| {
            self.shapes.contains_key(child)
                || self.areas.get(child).is_some_and(|node| {
                    node.everywhere || node.outside.is_some() || matches!(node.zone, Some((_, Some(_))))
                })
        })
    }

    fn places(&self, found: &mut Vec<String>) {
        for (name, place) in &self.facts.places {
            let at = match metric::to_metres(place.op) {
                Ok(at) => Point(at),
                Err(problem) => {
                    found.push(format!("plaatsen.yaml: {name}: {problem}"));
                    continue;
                }
            };
            let home = self
                .shapes
                .iter()
                .filter(|(id, _)| self.facts.borders.is_municipality(id))
                .find(|(_, shape)| shape.contains(&at))
                .map(|(id, _)| id);
            if home != place.gemeente.as_ref() {
                let told =
                    |id: Option<&String>| id.map_or("geen gemeente".to_owned(), |id| format!("`{id}`"));
                found.push(format!(
                    "plaatsen.yaml: {name} hoort in {}, maar ligt op de kaart in {}",
                    told(place.gemeente.as_ref()),
                    told(home)
                ));
            }
        }
    }

    fn shapes(&self, found: &mut Vec<String>) {
        let Some(province) = self.shapes.get(&self.facts.borders.provincie) else { return };
        for (id, shape) in self.shapes {
            let outside = shape.difference(province).unsigned_area();
            if outside > SLIVER {
                found.push(format!("`{id}` ligt voor {:.1} ha buiten de provincie", outside / 10_000.0));
            }
            match (map::rounded(shape), metric::in_degrees(shape)) {
                (Ok(written), Ok(meant)) => {
                    if !written.is_valid() {
                        found.push(format!("`{id}` snijdt zichzelf"));
                    }
                    let change = written.unsigned_area() / meant.unsigned_area() - 1.0;
                    if change.abs() > ROUNDING {
                        found.push(format!("`{id}` wordt door afronden {:.0}% anders", change * 100.0));
                    }
                }
                (Err(problem), _) | (_, Err(problem)) => found.push(format!("`{id}`: {problem}")),
            }
        }
    }

    fn pairs(&self, found: &mut Vec<String>) {
        for [a, b] in &self.facts.trials.buren {
            let (Some(first), Some(second)) = (self.whole(a, found), self.whole(b, found)) else { continue };
            let apart = if first.intersects(&second) { 0.0 } else { Euclidean.distance(&first, &second) };
            if apart > TOUCH {
                found.push(format!("proeven.yaml: `{a}` en `{b}` zijn geen buren: {apart:.0} m uit elkaar"));
            }
        }
        for [a, b] in &self.facts.trials.ligt_in {
            let (Some(inner), Some(outer)) = (self.whole(a, found), self.whole(b, found)) else { continue };
            let part = inner.intersection(&outer).unsigned_area() / inner.unsigned_area();
            if part < MOST {
                found.push(format!("proeven.yaml: `{a}` ligt maar voor {:.0}% in `{b}`", part * 100.0));
            }
        }
    }

    fn spots(&self, found: &mut Vec<String>) {
        for spot in &self.facts.trials.plekken {
            let at = match self.facts.at(&spot.op).and_then(metric::to_metres) {
                Ok(at) => Point(at),
                Err(problem) => {
                    found.push(format!("proeven.yaml: {}: {problem}", spot.plek));
                    continue;
                }
            };
            let asked = spot.wel.iter().map(|id| (id, true)).chain(spot.niet.iter().map(|id| (id, false)));
            for (id, wanted) in asked {
                match self.lies_in(at, id, 0) {
                    None => found.push(format!("proeven.yaml: {}: `{id}` is niet getekend", spot.plek)),
                    Some(is) if is == wanted => {}
                    Some(true) => found.push(format!("proeven.yaml: {} ligt in `{id}`", spot.plek)),
                    Some(false) => found.push(format!("proeven.yaml: {} ligt niet in `{id}`", spot.plek)),
                }
            }
        }
    }

    /// Whether a spot lies in an area: in its shape or a child's, in the strip, or outside what it is outside of.
    fn lies_in(&self, at: Point, id: &str, depth: u8) -> Option<bool> {
        let node = self.areas.get(id).filter(|_| depth < 8)?;
        if node.everywhere {
            return Some(true);
        }
        let mut known = None;
        for child in self.areas.with_children(id) {
            let child_node = self.areas.get(child)?;
            let answer = if let Some(shape) = self.shapes.get(child) {
                Some(shape.intersects(&at))
            } else if let Some(other) = &child_node.outside {
                self.lies_in(at, other, depth + 1).map(|inside| !inside)
            } else if let Some((of, Some(metres))) = &child_node.zone {
                let shape = self.whole(of, &mut Vec::new())?;
                Some(shape.intersects(&at) || Euclidean.distance(&at, &shape) <= *metres)
            } else {
                None
            };
            if answer == Some(true) {
                return answer;
            }
            known = known.or(answer);
        }
        known
    }

    /// An area with its children.
    fn whole(&self, id: &str, found: &mut Vec<String>) -> Option<MultiPolygon> {
        let parts: Vec<&MultiPolygon> =
            self.areas.with_children(id).into_iter().filter_map(|id| self.shapes.get(id)).collect();
        if parts.is_empty() {
            found.push(format!("proeven.yaml: `{id}` is niet getekend"));
            return None;
        }
        Some(together(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{draw, facts};
    use super::*;

    const AREAS: [(&str, &[&str]); 5] =
        [("geheel", &[]), ("links", &["geheel"]), ("rechts", &["geheel"]), ("a", &[]), ("b", &["a"])];

    fn found(change: impl Fn(&mut Facts)) -> Vec<String> {
        let mut facts = facts::tests::small(
            "  a: {zekerheid: globaal, cirkels: [Links], straal_m: 1000}\n  \
             b: {zekerheid: globaal, cirkels: [Rechts], straal_m: 1000}",
        );
        change(&mut facts);
        let areas = Areas::of(AREAS);
        let mut problems = Vec::new();
        let shapes = draw::shapes(&facts, &areas, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        let text = map::text(&facts, &areas, &shapes).unwrap();
        super::problems(&facts, &areas, &shapes, &text)
    }

    fn spot(at: [f64; 2], inside: &[&str], outside: &[&str]) -> facts::Spot {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        facts::Spot {
            plek: "hier".to_owned(),
            op: super::super::point::Point::At(at),
            wel: words(inside),
            niet: words(outside),
        }
    }

    #[test]
    fn good_facts_have_no_problems() {
        let none: [String; 0] = [];
        let found = found(|facts| {
            facts.trials.plekken.push(spot([6.25, 52.5], &["a", "links", "geheel"], &["b", "rechts"]));
            // What lies in the child lies in the parent.
            facts.trials.plekken.push(spot([6.75, 52.5], &["a", "b"], &["links"]));
            facts.trials.buren.push(["links".to_owned(), "rechts".to_owned()]);
            facts.trials.ligt_in.push(["b".to_owned(), "rechts".to_owned()]);
        });
        assert_eq!(found, none);
    }

    #[test]
    fn a_place_in_the_wrong_municipality_is_told() {
        let found = found(|facts| facts.places[0].gemeente = Some("rechts".to_owned()));
        assert_eq!(found, ["plaatsen.yaml: Links hoort in `rechts`, maar ligt op de kaart in `links`"]);
    }

    #[test]
    fn wrong_spots_and_pairs_are_told() {
        let found = found(|facts| {
            facts.trials.plekken.push(spot([6.25, 52.5], &["b"], &["a"]));
            facts.trials.buren.push(["b".to_owned(), "links".to_owned()]);
            facts.trials.ligt_in.push(["rechts".to_owned(), "links".to_owned()]);
        });
        assert_eq!(
            found,
            [
                "proeven.yaml: `b` en `links` zijn geen buren: 15978 m uit elkaar",
                "proeven.yaml: `rechts` ligt maar voor 0% in `links`",
                "proeven.yaml: hier ligt niet in `b`",
                "proeven.yaml: hier ligt in `a`",
            ]
        );
    }

    #[test]
    fn an_area_without_shape_and_without_reason_is_told() {
        let without = |reason: bool| {
            found(|facts| {
                facts.drawings.tekeningen.shift_remove("b");
                if reason {
                    facts.drawings.geen_schets.push(facts::Undrawn {
                        reden: "niet bekend".to_owned(),
                        gebieden: vec!["b".to_owned(), "weg".to_owned()],
                    });
                }
            })
        };
        assert!(without(false)[0].contains("gebied `b` heeft geen tekening en volgt niet uit andere"));
        assert_eq!(without(true), ["tekeningen.yaml: gebied `weg` staat niet in gebieden.yaml"]);
    }
}
