//! ATOM feeds with downloads, as PDOK has them: a feed of data sets, for each a feed of files.

use std::collections::HashSet;

use brink_geo::crs::Crs;
use url::Url;

use super::file::{self, Format};
use crate::answer::xml::Element;
use crate::collect::{Layer, said_crs};
use crate::error::FetchError;
use crate::fetch::Validators;
use crate::http::Client;
use crate::source::Source;

const FEED: &str = "application/atom+xml, application/xml;q=0.8, */*;q=0.5";

/// Something to download.
struct Candidate {
    title: String,
    names: Vec<String>,
    crs: Option<Crs>,
    format: Format,
    /// One file, or the parts of one.
    files: Vec<Url>,
}

pub(crate) fn fetch(
    client: &mut Client<'_>,
    source: &Source,
    known: Option<&Validators>,
) -> Result<Option<Layer>, FetchError> {
    let said = said_crs(source)?;
    let mut url = super::address(source)?;
    let wanted = source.dataset.as_deref().map(str::trim);
    let mut chosen = false;
    let mut visited = HashSet::new();
    let candidates = loop {
        // A feed of feeds of files goes two deep; a link back to where we were goes nowhere.
        if !visited.insert(url.clone()) || visited.len() > 3 {
            return Err(FetchError::EndlessPaging { url: url.to_string(), page: visited.len() });
        }
        let (from, feed) = read(client, &url)?;
        let candidates = candidates(&from, &feed)?;
        if !candidates.is_empty() {
            break candidates;
        }
        let mut sets: Vec<(&Element, Url)> = Vec::new();
        for entry in feed.children("entry") {
            if let Some(link) = entry.children("link").find(|link| is_feed(link)) {
                sets.push((entry, Client::link(&from, link.attribute("href").unwrap_or_default())?));
            }
        }
        let offered: Vec<String> = sets.iter().map(|(entry, _)| title(entry)).collect();
        let matching: Vec<&(&Element, Url)> =
            sets.iter().filter(|(entry, _)| wanted.is_some_and(|wanted| goes_by(entry, wanted))).collect();
        url = match (matching.as_slice(), sets.as_slice()) {
            ([(_, url)], _) => {
                chosen = true;
                url.clone()
            }
            // What is wanted may stand in the feed below.
            ([], [(_, url)]) => url.clone(),
            ([], []) => return Err(FetchError::NoFormat { wanted: file::FORMATS, offered: types(&feed) }),
            _ => return Err(FetchError::Choose { field: "dataset", offered }),
        };
    };
    let candidate = choose(candidates, wanted, chosen, said)?;
    file::downloads(client, source, known, &candidate.files, Some(candidate.format))
}

fn read(client: &mut Client<'_>, url: &Url) -> Result<(Url, Element), FetchError> {
    let reply = client.describe(url, FEED)?;
    let malformed = |reason: String| FetchError::Malformed { url: url.to_string(), reason };
    let feed = Element::read(&reply.body).map_err(|error| malformed(format!("geen XML: {error}")))?;
    if feed.name != "feed" {
        return Err(malformed(format!("`{}` in plaats van een ATOM-feed", feed.name)));
    }
    Ok((reply.head.url, feed))
}

fn is_feed(link: &Element) -> bool {
    let is_atom = link.attribute("type").is_some_and(|kind| kind.starts_with("application/atom+xml"));
    is_atom && matches!(link.attribute("rel"), None | Some("alternate"))
}

fn candidates(from: &Url, feed: &Element) -> Result<Vec<Candidate>, FetchError> {
    let mut found = Vec::new();
    for entry in feed.children("entry") {
        let categories = entry.children("category");
        let crs = categories.flat_map(|one| [one.attribute("term"), one.attribute("label")]).flatten();
        let crs = crs.into_iter().find_map(|name| Crs::parse(name).ok());
        let mut parts: Vec<(Format, Url)> = Vec::new();
        for link in entry.children("link") {
            let (rel, href) = (link.attribute("rel").unwrap_or("alternate"), link.attribute("href"));
            let (true, Some(href)) = (matches!(rel, "alternate" | "enclosure" | "section"), href) else {
                continue;
            };
            if is_feed(link) {
                continue;
            }
            let Some(format) = Format::of(link.attribute("type").unwrap_or_default(), href) else { continue };
            let url = Client::link(from, href)?;
            if rel == "section" {
                parts.push((format, url));
            } else {
                found.push(Candidate {
                    title: title(entry),
                    names: names(entry),
                    crs,
                    format,
                    files: vec![url],
                });
            }
        }
        if let Some((format, _)) = parts.first() {
            let format = *format;
            let files = parts.into_iter().filter(|(other, _)| *other == format).map(|(_, url)| url).collect();
            found.push(Candidate { title: title(entry), names: names(entry), crs, format, files });
        }
    }
    Ok(found)
}

/// The best of them: of the wanted name, in the wanted system or else in RD, in the format that says most.
fn choose(
    mut candidates: Vec<Candidate>,
    wanted: Option<&str>,
    chosen: bool,
    said: Option<Crs>,
) -> Result<Candidate, FetchError> {
    let titles = |all: &[Candidate]| {
        let mut titles: Vec<String> = all.iter().map(|one| one.title.clone()).collect();
        titles.dedup();
        titles
    };
    let offered = titles(&candidates);
    if let Some(wanted) = wanted {
        let of_name = |one: &Candidate| one.names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
        if candidates.iter().any(of_name) {
            candidates.retain(of_name);
        } else if !chosen {
            return Err(FetchError::Choose { field: "dataset", offered });
        }
    }
    if let Some(said) = said
        && candidates.iter().any(|one| one.crs == Some(said))
    {
        candidates.retain(|one| one.crs == Some(said));
    }
    let rank = |one: &Candidate| {
        let crs = match one.crs {
            Some(Crs::RdNew) => 0,
            None => 1,
            Some(_) => 2,
        };
        (crs, one.format)
    };
    candidates.sort_by_key(rank);
    let best = candidates.first().map(rank);
    let ties = candidates.iter().filter(|one| Some(rank(one)) == best).count();
    if ties > 1 {
        candidates.truncate(ties);
        return Err(FetchError::Choose { field: "dataset", offered: titles(&candidates) });
    }
    candidates.into_iter().next().ok_or(FetchError::Choose { field: "dataset", offered })
}

fn title(entry: &Element) -> String {
    entry
        .child_text("title")
        .filter(|title| !title.is_empty())
        .or(entry.child_text("id"))
        .unwrap_or("?")
        .to_owned()
}

/// All names an entry goes by: title, id, code, and the last step of its id.
fn names(entry: &Element) -> Vec<String> {
    let ids = ["title", "id", "spatial_dataset_identifier_code"];
    let mut names: Vec<String> =
        ids.iter().filter_map(|name| entry.child_text(name)).map(ToOwned::to_owned).collect();
    if let Some(last) = entry.child_text("id").and_then(|id| id.rsplit('/').find(|step| !step.is_empty())) {
        names.push(last.to_owned());
    }
    names
}

fn goes_by(entry: &Element, wanted: &str) -> bool {
    names(entry).iter().any(|name| name.eq_ignore_ascii_case(wanted))
}

fn types(feed: &Element) -> Vec<String> {
    let mut types: Vec<String> =
        feed.all("link").filter_map(|link| link.attribute("type")).map(ToOwned::to_owned).collect();
    types.sort();
    types.dedup();
    types
}
