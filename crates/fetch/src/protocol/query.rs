//! Addresses with questions in them.

use url::Url;

/// The address with these parameters; what it had under the same names, in whatever case, goes.
pub(super) fn with(url: &Url, pairs: &[(&str, &str)]) -> Url {
    let names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
    let mut url = without(url, &names);
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url
}

/// The address without parameters of these names, in whatever case.
pub(super) fn without(url: &Url, names: &[&str]) -> Url {
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !names.iter().any(|gone| gone.eq_ignore_ascii_case(name)))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut url = url.clone();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    url
}

/// The address with more steps in its path.
pub(super) fn below(url: &Url, steps: &[&str]) -> Url {
    let mut url = url.clone();
    // Only an address without a path, such as `mailto:`, has no steps; those are refused before.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(steps);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_not_set() {
        let url = Url::parse("https://x.nl/wfs?map=a%20b&REQUEST=GetCapabilities").unwrap();
        assert_eq!(
            with(&url, &[("request", "GetFeature"), ("x", "é&")]).as_str(),
            "https://x.nl/wfs?map=a+b&request=GetFeature&x=%C3%A9%26"
        );
        assert_eq!(without(&url, &["request"]).as_str(), "https://x.nl/wfs?map=a+b");
        assert_eq!(without(&url, &["request", "MAP"]).as_str(), "https://x.nl/wfs");
        let url = Url::parse("https://x.nl/api/?k=1").unwrap();
        assert_eq!(
            below(&url, &["collections", "a/b c"]).as_str(),
            "https://x.nl/api/collections/a%2Fb%20c?k=1"
        );
    }
}
