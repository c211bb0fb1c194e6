//! Keeping the features with a certain attribute.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use brink_geo::feature::{Feature, Features};

use crate::error::FetchError;
use crate::source::Values;

/// Keeps the features that have every attribute with one of its values. A value that nothing has is an error: a
/// municipality that is silently missing makes a wrong area.
pub(crate) fn select(
    mut features: Features,
    select: &BTreeMap<String, Values>,
) -> Result<Features, FetchError> {
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
    fn remarks_go_with_their_feature() {
        let chosen = serde_json::from_str(r#"{"naam": "Norg"}"#).unwrap();
        let texts: Vec<_> = select(places(), &chosen).unwrap().remarks.into_iter().map(|r| r.text).collect();
        assert_eq!(texts, ["bestand", "weggelaten"]);
    }
}
