//! An example plan as the query of an address.

use crate::plan_query::{Membership, PlanQuery, Whereabouts};
use geo_types::Geometry;
use serde_json::Value;
use wkt::ToWkt;

/// The plan (JSON, or a Feature with the plan as properties) as a query; `None` when it is no plan.
pub(crate) fn query(plan: &Value) -> Option<PlanQuery> {
    let feature = plan.get("type").and_then(Value::as_str) == Some("Feature");
    let (properties, geometry) =
        if feature { (plan.get("properties")?, plan.get("geometry")) } else { (plan, plan.get("locatie")) };
    let text = |key: &str| properties.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |key: &str| -> Vec<String> {
        let items = properties.pointer(key).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let inside = list("/gebieden/binnen");
    let shape = geometry.filter(|geometry| !geometry.is_null()).and_then(shape);
    let mut memberships: Vec<(String, Membership)> =
        list("/gebieden/buiten").into_iter().map(|area| (area, Membership::Outside)).collect();
    memberships.extend(list("/gebieden/onbekend").into_iter().map(|area| (area, Membership::Unknown)));
    let place = match shape {
        Some(shape) => {
            memberships.extend(inside.into_iter().map(|area| (area, Membership::Inside)));
            Whereabouts::Shape(shape)
        }
        None if inside.is_empty() => Whereabouts::Nowhere,
        None => Whereabouts::Areas(inside),
    };
    // Without a place on the map, areas that are not named do not count.
    let closed = matches!(place, Whereabouts::Areas(_));
    let facts = properties.get("gegevens").and_then(Value::as_object).into_iter().flatten();
    let facts = facts.filter_map(|(id, value)| Some((id.clone(), answer(value)?))).collect();
    Some(PlanQuery {
        title: text("titel"),
        activity: text("activiteit"),
        place,
        facts,
        memberships,
        closed,
        sections: list("/onderdelen"),
        date: text("peildatum"),
        ..PlanQuery::default()
    })
}

fn shape(geometry: &Value) -> Option<String> {
    let geometry: geojson::Geometry = serde_json::from_value(geometry.clone()).ok()?;
    let geometry = Geometry::<f64>::try_from(geometry).ok()?;
    Some(geometry.to_wkt().to_string())
}

fn answer(value: &Value) -> Option<String> {
    match value {
        Value::Bool(true) => Some("ja".to_owned()),
        Value::Bool(false) => Some("nee".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_plan_becomes_an_address() {
        let plan = json!({"activiteit": "zonnepark", "locatie": {"type": "Point", "coordinates": [6.7, 52.9]},
            "gegevens": {"a": true, "b": 12.5, "c": null}, "gebieden": {"buiten": ["x"]}});
        let query = query(&plan).unwrap();
        assert_eq!(query.place, Whereabouts::Shape("POINT(6.7 52.9)".to_owned()));
        assert_eq!(query.query(), "activiteit=zonnepark&vorm=POINT%286.7+52.9%29&g.a=ja&g.b=12.5&m.x=buiten");
    }
}
