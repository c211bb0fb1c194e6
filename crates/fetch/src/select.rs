//! Keeping the features with a certain attribute.
//!
//! A service may pass over a filter without a word, and send the whole country for one municipality. So what a filter
//! of properties asked for is looked for in what came.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use brink_geo::feature::{Feature, Features};

use crate::error::FetchError;
use crate::source::{Filter, Values};

/// Keeps the features that have every attribute with one of its values. A value that nothing has is an error: a
/// municipality that is silently missing makes a wrong area.
///
/// # Errors
/// When no feature has the attribute, or none has one of its values.
pub fn select(mut features: Features, select: &BTreeMap<String, Values>) -> Result<Features, FetchError> {
    if select.is_empty() {
        return Ok(features);
    }
    let mut gone = HashSet::new();
    for (name, values) in select {
        let present: BTreeSet<&str> = features
            .features
            .iter()
            .filter_map(|feature| feature.properties.get(name))
            .map(|v| v.trim())
            .collect();
        if present.is_empty() {
            let names: BTreeSet<&String> =
                features.features.iter().flat_map(|feature| feature.properties.keys()).collect();
            let present = names.into_iter().cloned().collect();
            return Err(FetchError::NoAttribute { name: name.clone(), present });
        }
        if let Some(value) = values.all().iter().find(|value| !present.contains(value.trim())) {
            let present = present.into_iter().map(ToOwned::to_owned).collect();
            return Err(FetchError::NoMatch { name: name.clone(), value: value.clone(), present });
        }
        let wanted: HashSet<&str> = values.all().iter().map(|value| value.trim()).collect();
        let is_wanted = |feature: &Feature| {
            feature.properties.get(name).is_some_and(|value| wanted.contains(value.trim()))
        };
        gone.extend(
            features.features.extract_if(.., |feature| !is_wanted(feature)).map(|feature| feature.id),
        );
    }
    // What is said of a feature that the reader left out stays: it may have been a wanted one.
    features.remarks.retain(|remark| !gone.contains(&remark.feature));
    Ok(features)
}

/// Keeps what the filter asked for, where the features tell: an attribute that none of them has can't be looked at.
pub(crate) fn filtered(features: Features, filter: Option<&Filter>) -> Result<Features, FetchError> {
    let Some(Filter::Properties(all)) = filter else { return Ok(features) };
    let told: BTreeMap<String, Values> = all
        .iter()
        .filter(|(name, _)| features.features.iter().any(|feature| feature.properties.contains_key(*name)))
        .map(|(name, values)| (name.clone(), values.clone()))
        .collect();
    select(features, &told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use brink_geo::feature::Remark;
    use geo_types::Point;

    fn places() -> Features {
        let feature = |id: &str, pairs: &[(&str, &str)]| Feature {
            id: id.to_owned(),
            geometry: Point::new(0.0, 0.0).into(),
            properties: pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        };
        Features {
            features: vec![
                feature("1", &[("naam", "Assen"), ("soort", "stad")]),
                feature("2", &[("naam", "Norg "), ("soort", "dorp")]),
                feature("3", &[("naam", "Zeijen"), ("soort", "dorp")]),
            ],
            remarks: vec![
                Remark { feature: "1".to_owned(), text: "hersteld".to_owned() },
                Remark { feature: String::new(), text: "bestand".to_owned() },
                Remark { feature: "4".to_owned(), text: "weggelaten".to_owned() },
            ],
        }
    }

    fn ids(json: &str) -> Result<Vec<String>, String> {
        let chosen: BTreeMap<String, Values> = serde_json::from_str(json).unwrap();
        let kept = select(places(), &chosen).map_err(|error| error.to_string())?;
        Ok(kept.features.into_iter().map(|feature| feature.id).collect())
    }

    #[test]
    fn keeps_what_has_all_attributes() {
        assert_eq!(ids("{}").unwrap().len(), 3);
        assert_eq!(ids(r#"{"naam": "Norg"}"#).unwrap(), ["2"]);
        assert_eq!(ids(r#"{"naam": ["Zeijen", "Assen"]}"#).unwrap(), ["1", "3"]);
        assert_eq!(ids(r#"{"naam": ["Zeijen", "Norg"], "soort": "dorp"}"#).unwrap(), ["2", "3"]);
    }

    #[test]
    fn a_value_that_nothing_has_is_named() {
        let error = ids(r#"{"naam": ["Assen", "Asen"]}"#).unwrap_err();
        assert!(error.contains("`Asen`") && error.contains("Assen, Norg, Zeijen"), "{error}");
        assert!(ids(r#"{"name": "Assen"}"#).unwrap_err().contains("wel: naam, soort"));
        assert!(ids(r#"{"naam": "Assen", "soort": "dorp"}"#).unwrap_err().contains("`dorp`"));
    }

    #[test]
    fn a_filter_the_service_passed_over_is_kept_to() {
        let filter = |json: &str| serde_json::from_str::<Filter>(json).unwrap();
        let ids = |json: &str| {
            let kept = filtered(places(), Some(&filter(json))).map_err(|error| error.to_string())?;
            Ok::<_, String>(kept.features.into_iter().map(|feature| feature.id).collect::<Vec<_>>())
        };
        assert_eq!(ids(r#"{"naam": "Norg"}"#).unwrap(), ["2"]);
        assert_eq!(ids(r#"{"naam": ["Norg", "Zeijen"], "soort": "dorp"}"#).unwrap(), ["2", "3"]);
        // What the service filtered on but does not send along.
        assert_eq!(ids(r#"{"provincie": 22}"#).unwrap().len(), 3);
        assert_eq!(ids(r#""naam = 'Norg'""#).unwrap().len(), 3);
        assert!(ids(r#"{"naam": ["Norg", "Nrog"]}"#).unwrap_err().contains("`Nrog`"));
        assert_eq!(filtered(places(), None).unwrap(), places());
    }

    #[test]
    fn remarks_go_with_their_feature() {
        let chosen = serde_json::from_str(r#"{"naam": "Norg"}"#).unwrap();
        let texts: Vec<_> = select(places(), &chosen).unwrap().remarks.into_iter().map(|r| r.text).collect();
        assert_eq!(texts, ["bestand", "weggelaten"]);
    }
}
