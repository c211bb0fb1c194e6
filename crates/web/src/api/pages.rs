//! Long lists in pages. What there is besides stands in headers, so that a list is the same as on the command line.

use super::call::Call;
use super::operation::{Kind, Parameter};
use crate::error::Problem;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// Most on a page.
pub(super) const MOST: u64 = 5_000;
/// On a page when nothing is said.
const USUAL: u64 = 100;

/// Headers of an answer in pages.
pub(super) const HEADERS: &[(&str, &str)] = &[
    (
        "Link",
        "Adressen van de eerste, vorige, volgende en laatste pagina (RFC 8288: first, prev, next, last).",
    ),
    ("X-Total-Count", "Hoeveel er in totaal zijn."),
];

const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    number: u64,
    size: u64,
}

pub(super) fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::query(
            "pagina",
            Kind::Whole { least: 1, most: 100_000, default: 1 },
            "Welke pagina, vanaf 1. Een pagina na de laatste is leeg.",
        ),
        Parameter::query(
            "perPagina",
            Kind::Whole { least: 1, most: MOST, default: USUAL },
            "Hoeveel er op een pagina staan.",
        ),
    ]
}

impl Page {
    pub(super) fn of(call: &Call) -> Self {
        Self { number: call.query.number("pagina", 1), size: call.query.number("perPagina", USUAL) }
    }

    /// What is on it; and how many there are in all.
    pub(super) fn cut<T>(self, list: &mut Vec<T>) -> u64 {
        let total = list.len();
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let from = place((self.number - 1).saturating_mul(self.size)).min(total);
        list.drain(..from);
        list.truncate(place(self.size));
        total as u64
    }

    /// The addresses of other pages.
    fn links(self, call_address: &str, pairs: &[(String, String)], total: u64) -> String {
        let last = total.div_ceil(self.size).max(1);
        let link = |number: u64, relation: &str| {
            let others = pairs.iter().filter(|(key, _)| key != "pagina");
            let mut all: Vec<(&str, String)> =
                others.map(|(key, value)| (key.as_str(), value.clone())).collect();
            all.push(("pagina", number.to_string()));
            let query = serde_urlencoded::to_string(all).unwrap_or_default();
            format!("<{call_address}?{query}>; rel=\"{relation}\"")
        };
        let mut links = vec![link(1, "first")];
        if self.number > 1 {
            links.push(link((self.number - 1).min(last), "prev"));
        }
        if self.number < last {
            links.push(link(self.number + 1, "next"));
        }
        links.push(link(last, "last"));
        links.join(", ")
    }
}

/// Answers with a page: `work` gives the bytes and how many there are in all.
pub(super) async fn reply(
    call: Call,
    work: impl FnOnce(&crate::world::World, &Call, Page) -> Result<(Vec<u8>, u64), Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let (app, form) = (call.app.clone(), call.form);
    let page = Page::of(&call);
    let (bytes, links, total) = app
        .compute(move |world| {
            let (bytes, total) = work(world, &call, page)?;
            Ok::<_, Problem>((bytes, page.links(&call.address, call.query.pairs(), total), total))
        })
        .await??;
    let mut response = super::call::with(form, bytes);
    if let Ok(links) = HeaderValue::from_str(&links) {
        response.headers_mut().insert(header::LINK, links);
    }
    response.headers_mut().insert(TOTAL, HeaderValue::from(total));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_cut_and_linked() {
        let page = Page { number: 2, size: 3 };
        let mut list: Vec<u32> = (0..7).collect();
        assert_eq!(page.cut(&mut list), 7);
        assert_eq!(list, [3, 4, 5]);
        let pairs = [("onderdeel".to_owned(), "5.6".to_owned()), ("pagina".to_owned(), "2".to_owned())];
        assert_eq!(
            page.links("/api/v1/normen", &pairs, 7),
            "</api/v1/normen?onderdeel=5.6&pagina=1>; rel=\"first\", </api/v1/normen?onderdeel=5.6&pagina=1>; rel=\"prev\", \
             </api/v1/normen?onderdeel=5.6&pagina=3>; rel=\"next\", </api/v1/normen?onderdeel=5.6&pagina=3>; rel=\"last\""
        );
    }

    #[test]
    fn a_page_past_the_end_is_empty() {
        let page = Page { number: 9, size: 100 };
        let mut list = vec![1, 2];
        assert_eq!((page.cut(&mut list), list.len()), (2, 0));
        assert!(page.links("/x", &[], 2).contains("</x?pagina=1>; rel=\"prev\""));
        assert!(Page { number: 1, size: 1 }.links("/x", &[], 0).ends_with("</x?pagina=1>; rel=\"last\""));
    }
}
