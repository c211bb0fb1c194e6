//! The place of a plan on the page: how it is named, and reading what somebody typed.

use crate::pages::finder::find_spots;
use crate::plan_query::{PlanQuery, Whereabouts, place, point};
use crate::world::World;
use brink_assess::Fault;
use brink_geo::crs::rd_to_lonlat;
use brink_geo::shape::Dimension;

/// An area one can choose.
pub(crate) struct Choice {
    pub id: String,
    pub name: String,
}

/// Areas by kind, those with a map.
pub(crate) struct Choices {
    pub kind: String,
    pub areas: Vec<Choice>,
}

/// What is typed as a place: a name, coordinates (WGS84 or RD), or WKT.
pub(crate) fn typed(world: &World, text: &str) -> Result<Whereabouts, Fault> {
    let text = text.trim();
    if text.contains('(') {
        place("waar", text)?;
        return Ok(Whereabouts::Shape(text.to_owned()));
    }
    let numbers = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | ';' | '-'));
    if numbers && text.chars().any(|c| c.is_ascii_digit()) {
        let [x, y] = point(text)?;
        // Metres: the national grid.
        let [longitude, latitude] = if x.abs() > 180.0 || y.abs() > 90.0 {
            rd_to_lonlat(x, y).map_err(|error| Fault::new("waar", error.to_string()))?
        } else {
            [x, y]
        };
        let shape = format!("POINT({} {})", round(longitude), round(latitude));
        place("waar", &shape)?;
        return Ok(Whereabouts::Shape(shape));
    }
    let mut spots = find_spots(world, text).into_iter();
    match spots.next() {
        Some(spot) => Ok(match spot.place {
            Whereabouts::Point(text) => {
                let [longitude, latitude] = point(&text)?;
                Whereabouts::Shape(format!("POINT({longitude} {latitude})"))
            }
            other => other,
        }),
        None => {
            let near = nearest(world, text);
            let help = if near.is_empty() {
                "typ een plaats of gebied uit de provincie, of coördinaten zoals 6.56,52.99".to_owned()
            } else {
                format!("bedoelt u {}?", near.join(", "))
            };
            let short: String = text.chars().take(60).collect();
            Err(Fault::new("waar", format!("`{short}` is hier geen bekende plaats")).help(help))
        }
    }
}

fn nearest(world: &World, text: &str) -> Vec<String> {
    let names = world.places.iter().map(|place| place.name.as_str());
    let lower: Vec<String> = names.clone().map(str::to_lowercase).collect();
    let near = brink_policy::nearest(&text.to_lowercase(), lower.iter().map(String::as_str), 3);
    names.filter(|name| near.contains(&name.to_lowercase().as_str())).map(str::to_owned).collect()
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// The place in words.
pub(crate) fn words(world: &World, query: &PlanQuery, shape: Option<&str>) -> Option<String> {
    if let Whereabouts::Areas(areas) = &query.place {
        let names: Vec<&str> = areas
            .iter()
            .filter_map(|id| world.package.vocabulary.index.areas.get(id))
            .filter_map(|id| world.package.vocabulary.area(*id))
            .map(|area| area.name.as_str())
            .collect();
        let rest = if query.closed { "; andere gebieden spelen niet mee" } else { "" };
        return Some(format!("ergens in {}{rest}", names.join(" en ")));
    }
    let drawn = place("vorm", shape?).ok()?;
    let measure = drawn.shape().measure;
    let number = |value: f64| match value {
        0.0..1_000.0 => format!("{value:.1}").replace('.', ","),
        _ => brink_reply::thousands(value),
    };
    let what = match drawn.dimension() {
        Dimension::Surface => format!("een vlak van {} hectare", number(measure / 10_000.0)),
        Dimension::Lines if measure >= 1_000.0 => {
            format!("een lijn van {} kilometer", number(measure / 1_000.0))
        }
        Dimension::Lines => format!("een lijn van {measure:.0} meter"),
        Dimension::Points => "een punt".to_owned(),
    };
    Some(match near(world, shape?) {
        Some(name) => format!("{what} bij {name}"),
        None => what,
    })
}

/// The place name nearest to the first point of a shape.
fn near(world: &World, shape: &str) -> Option<String> {
    let begin = shape.find(|c: char| c.is_ascii_digit() || c == '-')?;
    let text: String = shape.get(begin..)?.chars().take_while(|c| !matches!(c, ',' | ')')).collect();
    near_point(world, point(&text).ok()?)
}

/// The place name nearest to a point, when one is near.
pub(crate) fn near_point(world: &World, [x, y]: [f64; 2]) -> Option<String> {
    let far = |at: [f64; 2]| ((at[0] - x) * 0.6).powi(2) + (at[1] - y).powi(2);
    let nearest = world.places.iter().min_by(|a, b| far(a.at).total_cmp(&far(b.at)))?;
    // Within some five kilometres.
    (far(nearest.at) < 0.045_f64.powi(2)).then(|| nearest.name.clone())
}

/// The areas one can choose, by kind.
pub(crate) fn choices(world: &World, query: &PlanQuery) -> Vec<Choices> {
    let words = &world.package.vocabulary;
    let chosen =
        |id: &str| matches!(&query.place, Whereabouts::Areas(areas) if areas.iter().any(|area| area == id));
    let mut kinds: Vec<Choices> = Vec::new();
    for (id, number) in &words.index.areas {
        let Some(area) = words.area(*number) else {
            continue;
        };
        if world.ground.layer(*number).is_none() && !chosen(id) {
            continue;
        }
        let choice = Choice { id: id.clone(), name: area.name.clone() };
        match kinds.iter_mut().find(|known| known.kind == area.kind) {
            Some(known) => known.areas.push(choice),
            None => kinds.push(Choices { kind: area.kind.clone(), areas: vec![choice] }),
        }
    }
    for kind in &mut kinds {
        kind.areas.sort_by(|a, b| a.name.cmp(&b.name));
    }
    // Municipalities are what people know.
    kinds.sort_by(|a, b| (a.kind != "bestuurlijk", &a.kind).cmp(&(b.kind != "bestuurlijk", &b.kind)));
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_keep_a_decimetre() {
        assert_eq!(round(6.123_456_78), 6.123_457);
    }
}
