//! What somebody means who types an activity, a place or both.

use crate::pages::words;
use crate::plan_query::{PlanQuery, Whereabouts};
use crate::world::World;
use brink_policy::find::find_activities;

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// Whether the activities are what was meant, or only the nearest.
    pub sure: bool,
    /// Plans to assess: an activity, at the place when one was named.
    pub plans: Vec<Hit>,
    /// Places and areas.
    pub places: Vec<Hit>,
}

/// Something that was found.
#[derive(Debug, PartialEq)]
pub(crate) struct Hit {
    pub name: String,
    pub text: String,
    pub address: String,
}

impl Found {
    pub(crate) fn nothing(&self) -> bool {
        self.plans.is_empty() && self.places.is_empty()
    }
}

/// A place or area by name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    pub name: String,
    /// What kind of place.
    pub text: String,
    pub place: Whereabouts,
    /// How many words of the question it took.
    words: usize,
}

/// Words that stand between an activity and a place.
const BETWEEN: [&str; 12] =
    ["bij", "in", "te", "nabij", "rond", "ten", "van", "vlakbij", "buiten", "de", "het", "gemeente"];
/// Most characters of a question.
const LONGEST: usize = 200;

/// Finds what a question may mean.
pub(crate) fn find(world: &World, question: &str) -> Found {
    let question: String = question.chars().take(LONGEST).collect();
    let words: Vec<&str> = question.split_whitespace().collect();
    let spots = spots(world, &words);
    let rest = without_place(&words, spots.first().map_or(0, |spot| spot.words));
    let mut found = Found::default();
    if !rest.is_empty() {
        let activities = find_activities(&world.package.vocabulary, &rest, 8);
        // With a place named, what is barely an activity is none.
        if activities.sure || spots.is_empty() {
            found.sure = activities.sure;
            for hit in activities.matches {
                let Some(activity) = world.package.vocabulary.activity(hit.activity) else {
                    continue;
                };
                let spot = spots.first();
                let query = PlanQuery {
                    activity: activity.id.clone(),
                    place: spot.map(|spot| spot.place.clone()).unwrap_or_default(),
                    ..PlanQuery::default()
                };
                let name = match spot {
                    Some(spot) => format!("{} bij {}", activity.name, spot.name),
                    None => activity.name.clone(),
                };
                found.plans.push(Hit {
                    name,
                    text: activity.description.clone(),
                    address: format!("/toets?{}", query.query()),
                });
            }
        }
    }
    for spot in spots {
        let address = match &spot.place {
            Whereabouts::Point(point) => format!("/waar?punt={point}"),
            _ => {
                format!("/toets?{}", PlanQuery { place: spot.place.clone(), ..PlanQuery::default() }.query())
            }
        };
        found.places.push(Hit { name: spot.name, text: spot.text, address });
    }
    found
}

/// Places and areas by name, for a field where only those count.
pub(crate) fn find_spots(world: &World, question: &str) -> Vec<Spot> {
    let question: String = question.chars().take(LONGEST).collect();
    spots(world, &question.split_whitespace().collect::<Vec<_>>())
}

/// The places that the end of the question names, the longest name first.
fn spots(world: &World, words: &[&str]) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for count in (1..=words.len().min(5)).rev() {
        for start in 0..=words.len() - count {
            let Some(part) = words.get(start..start + count) else {
                continue;
            };
            let name = folded(&part.join(" "));
            // A name in the middle of the question is part of something else.
            if start + count != words.len() && start != 0 {
                continue;
            }
            for place in world.places.iter().filter(|place| folded(&place.name) == name) {
                let spot = Spot {
                    name: place.name.clone(),
                    text: municipality(world, place.municipality.as_deref()),
                    place: Whereabouts::Point(format!("{},{}", place.at[0], place.at[1])),
                    words: if start + count == words.len() { count } else { 0 },
                };
                if !spots.iter().any(|known| known.place == spot.place) {
                    spots.push(spot);
                }
            }
            for area in &world.package.vocabulary.areas {
                let bare = folded(&area.name);
                let same = bare == name || bare.strip_prefix("gemeente ") == Some(name.as_str());
                if same {
                    let spot = Spot {
                        name: area.name.clone(),
                        text: format!("{}: ergens in dit gebied", words::capital(&area.kind)),
                        place: Whereabouts::Areas(vec![area.id.clone()]),
                        words: if start + count == words.len() { count } else { 0 },
                    };
                    if !spots.iter().any(|known| known.place == spot.place) {
                        spots.push(spot);
                    }
                }
            }
        }
        if !spots.is_empty() {
            break;
        }
    }
    spots.truncate(10);
    spots
}

fn municipality(world: &World, id: Option<&str>) -> String {
    let words = &world.package.vocabulary;
    let area = id.and_then(|id| words.index.areas.get(id)).and_then(|id| words.area(*id));
    area.map_or_else(
        || "Plaats".to_owned(),
        |area| format!("Plaats in {}", area.name.replacen("Gemeente", "gemeente", 1)),
    )
}

/// The question without the place at its end and the words that lead up to it.
fn without_place(words: &[&str], taken: usize) -> String {
    let mut rest = words.get(..words.len().saturating_sub(taken)).unwrap_or_default();
    while taken > 0
        && let Some((last, before)) = rest.split_last()
        && BETWEEN.contains(&last.to_lowercase().as_str())
    {
        rest = before;
    }
    rest.join(" ")
}

/// Lower case, without accents and hyphens: as people type names.
fn folded(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'ë' | 'é' | 'è' | 'ê' => 'e',
            'ï' | 'í' => 'i',
            'ö' | 'ó' => 'o',
            'ü' | 'ú' | 'û' => 'u',
            'ä' | 'á' | 'à' | 'â' => 'a',
            '-' | '\'' | '’' => ' ',
            other => other,
        })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
