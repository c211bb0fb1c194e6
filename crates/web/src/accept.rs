//! Which form of an answer somebody wants.

use crate::error::Problem;
use axum::http::{HeaderMap, StatusCode, header};

/// The form that is wanted most of what there is; of what is wanted as much, the first.
pub(crate) fn choose(headers: &HeaderMap, forms: &[&'static str]) -> Result<&'static str, Problem> {
    let Some(first) = forms.first().copied() else {
        return Ok("");
    };
    let wanted = wanted(headers);
    if wanted.trim().is_empty() {
        return Ok(first);
    }
    let mut best: Option<(&'static str, f32)> = None;
    for form in forms {
        let weight = weight(&wanted, form);
        if weight > best.map_or(0.0, |(_, best)| best) {
            best = Some((form, weight));
        }
    }
    // Whoever wants JSON may have JSON that says more exactly what it is.
    let special = |form: &&'static str| form.ends_with("+json") && weight(&wanted, "application/json") > 0.0;
    let best = best.map(|(form, _)| form).or_else(|| forms.iter().copied().find(special));
    best.ok_or_else(|| {
        Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            format!("dit antwoord is er alleen als {}", forms.join(" of ")),
        )
    })
}

/// All that somebody says of the forms they want, in lower case.
pub(crate) fn wanted(headers: &HeaderMap) -> String {
    let values = headers.get_all(header::ACCEPT).iter();
    let texts: Vec<String> =
        values.map(|value| value.to_str().map(str::to_ascii_lowercase).unwrap_or_default()).collect();
    texts.join(",")
}

/// How much a form is wanted, 0 to 1. What names it most exactly counts.
pub(crate) fn weight(wanted: &str, form: &str) -> f32 {
    let (kind, _) = form.split_once('/').unwrap_or((form, ""));
    let mut best = (0, 0.0);
    for range in wanted.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let exact = if name == form {
            3
        } else if name.strip_suffix("/*") == Some(kind) {
            2
        } else if name == "*/*" {
            1
        } else {
            continue;
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
        let quality = quality.filter(|q: &f32| (0.0..=1.0).contains(q)).unwrap_or(1.0);
        if exact > best.0 {
            best = (exact, quality);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        choose(&headers, &["application/json", "application/geo+json"]).ok()
    }

    #[test]
    fn the_most_wanted_form() {
        assert_eq!(choose(&HeaderMap::new(), &["application/json"]).unwrap(), "application/json");
        assert_eq!(chosen("*/*"), Some("application/json"));
        assert_eq!(chosen("application/geo+json"), Some("application/geo+json"));
        assert_eq!(chosen("application/*;q=0.5, application/geo+json"), Some("application/geo+json"));
        assert_eq!(chosen("application/json;q=0, */*"), Some("application/geo+json"));
        assert_eq!(chosen("text/html, application/xml;q=0.9, */*;q=0.1"), Some("application/json"));
        assert_eq!(chosen("text/csv"), None);
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, "application/json".parse().unwrap());
        assert_eq!(choose(&headers, &["application/geo+json"]).unwrap(), "application/geo+json");
    }
}
