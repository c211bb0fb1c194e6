//! Everything the page of an answer shows.

use super::keep::Kept;
use super::norms::{Group, Todo, checklist, groups};
use super::question::{self, Asked, Case, Control};
use crate::pages::place::{self, Choices};
use crate::pages::shell::Shell;
use crate::pages::words;
use crate::plan_query::{PlanQuery, Whereabouts};
use askama::Template;
use brink_assess::{Assessment, Fault, InterestVerdict, Outcome};

#[derive(Template)]
#[template(path = "toets/antwoord.html")]
pub(super) struct View<'a> {
    pub shell: Shell,
    pub query: &'a PlanQuery,
    pub answer: &'a Assessment<'a>,
    pub title: &'a str,
    /// What is wrong with what was asked.
    pub faults: Vec<Fault>,
    /// The place in words.
    pub place: Option<String>,
    /// A place that was typed and not understood.
    pub typed: String,
    /// The shape of the place (WKT) as it stands in the form; empty when it stands elsewhere.
    pub shape: String,
    /// The same for the map, also of a stored place.
    pub drawn: String,
    pub stored_place: String,
    pub areas: Vec<String>,
    pub choices: Vec<Choices>,
    /// Answers given earlier.
    pub before: Vec<Asked>,
    /// The last answers, which stay where they were.
    pub latest: Vec<Asked>,
    pub questions: Vec<Asked>,
    pub more_questions: usize,
    pub interests: Vec<&'a InterestVerdict<'a>>,
    pub groups: Vec<Group<'a>>,
    pub checklist: Vec<Todo<'a>>,
    pub uncertain: Vec<String>,
    /// The ten verdicts with what the range makes of them.
    pub scale: Vec<(Outcome, String)>,
    /// Areas to show on the map.
    pub layers: String,
    pub base: String,
    pub bounds: String,
    pub own_query: String,
    pub json: String,
    pub variant: String,
    pub comparison: Option<String>,
    pub beside: String,
    pub kept: Option<&'a Kept>,
    pub announcement: String,
}

/// The largest area that is shown on the map, as a share of the territory.
const LARGEST_SHOWN: f64 = 0.1;

/// How many answers stay among the questions.
const STAY: usize = 2;

pub(super) fn view<'a>(
    case: &Case<'a>,
    answer: &'a Assessment<'a>,
    faults: Vec<Fault>,
    beside: &str,
    typed: String,
    kept: Option<&'a Kept>,
) -> View<'a> {
    let Case { world, query, shape, .. } = *case;
    let (questions, more_questions) = question::open(case, answer);
    let mut before = question::answered(world, query);
    let latest = before.split_off(before.len().saturating_sub(STAY));
    let own_query = query.query();
    // An area that holds a large part of the territory only hides the others.
    let territory = world.package.info.territory.and_then(|area| world.ground.layer(area));
    let largest = territory.map_or(f64::MAX, |layer| layer.about.hectares * LARGEST_SHOWN);
    let on_map = answer
        .gebieden
        .iter()
        .filter(|area| matches!(area.relatie, "binnen" | "deels" | "raakt"))
        .filter(|area| {
            let id = world.package.vocabulary.index.areas.get(area.id);
            let layer = id.and_then(|id| world.ground.layer(*id));
            layer.is_some_and(|layer| layer.about.hectares <= largest)
        })
        .map(|area| area.id)
        .collect::<Vec<_>>()
        .join(",");
    let variant_pairs = serde_urlencoded::to_string([("naast", &own_query)]).unwrap_or_default();
    let comparison = (!beside.is_empty()).then(|| {
        format!(
            "/toets/vergelijk?{}",
            serde_urlencoded::to_string([("a", beside), ("b", &own_query)]).unwrap_or_default()
        )
    });
    View {
        shell: Shell::new(world, "toets"),
        title: answer.titel.as_deref().unwrap_or(answer.activiteit.naam),
        place: place::words(world, query, shape),
        typed,
        shape: match &query.place {
            Whereabouts::Shape(_) | Whereabouts::Point(_) => shape.unwrap_or_default().to_owned(),
            _ => String::new(),
        },
        drawn: shape.unwrap_or_default().to_owned(),
        stored_place: match &query.place {
            Whereabouts::Stored(id) => id.clone(),
            _ => String::new(),
        },
        areas: match &query.place {
            Whereabouts::Areas(areas) => areas.clone(),
            _ => Vec::new(),
        },
        choices: place::choices(world, query),
        interests: answer.belangen.iter().collect(),
        groups: groups(answer),
        checklist: checklist(answer),
        uncertain: uncertain(answer),
        scale: scale(answer),
        layers: on_map,
        base: crate::pages::map_base::base(world),
        bounds: crate::pages::map_base::bounds(world),
        json: format!("/toets.json?{own_query}"),
        variant: format!("/toets?{own_query}&{variant_pairs}"),
        comparison,
        beside: beside.to_owned(),
        announcement: format!("Oordeel: {}. {}", words::label(&answer.oordeel), questions_left(answer)),
        query,
        answer,
        faults,
        before,
        latest,
        questions,
        more_questions,
        own_query,
        kept,
    }
}

fn questions_left(answer: &Assessment<'_>) -> String {
    match answer.vragen.iter().filter(|question| question.doorslaggevend).count() {
        0 => "Geen vraag kan dit nog veranderen.".to_owned(),
        1 => "Nog 1 vraag kan dit veranderen.".to_owned(),
        more => format!("Nog {more} vragen kunnen dit veranderen."),
    }
}

/// How many areas that are drawn by hand are named; the list of areas has them all.
const DRAWN_NAMED: usize = 8;

/// What a reader must not take for sure.
fn uncertain(answer: &Assessment<'_>) -> Vec<String> {
    let mut list: Vec<String> = answer.meldingen.clone();
    for reading in &answer.lezingen {
        let other: Vec<String> = reading
            .anders
            .iter()
            .map(|other| format!("{} ({})", words::label(&other.oordeel), other.naam))
            .collect();
        list.push(format!(
            "De visie is hier op meer manieren te lezen. {} Gelezen is: {}. Anders gelezen: {}.",
            reading.vraag,
            reading.naam,
            other.join("; ")
        ));
    }
    let drawn: Vec<&str> = answer
        .gebieden
        .iter()
        .filter(|area| area.kaartsoort == "schets" && matches!(area.relatie, "binnen" | "deels" | "raakt"))
        .map(|area| area.naam)
        .collect();
    if !drawn.is_empty() {
        let more = drawn.len().saturating_sub(DRAWN_NAMED);
        let rest = if more > 0 { format!(" en nog {more}") } else { String::new() };
        let names: Vec<&str> = drawn.into_iter().take(DRAWN_NAMED).collect();
        list.push(format!("Met de hand geschetst, dus ongeveer: {}{rest}.", names.join(", ")));
    }
    let unknown = answer.vragen.iter().filter(|question| question.soort == "gebied").count();
    if unknown > 0 {
        list.push(format!(
            "Van {} is niet bekend of het plan erin ligt.",
            words::count(unknown, "gebied", "gebieden")
        ));
    }
    let judged = answer.vragen.iter().filter(|question| question.oordeel_nodig).count();
    if judged > 0 {
        list.push(format!(
            "Bij {} moet iemand iets beoordelen, zoals of het landschappelijk past; Brink doet dat niet.",
            words::count(judged, "vraag", "vragen")
        ));
    }
    let silent = answer
        .normen
        .iter()
        .filter(|norm| norm.effect == "bron-zwijgt" && norm.van_toepassing != "nee")
        .count();
    if silent > 0 {
        list.push(format!(
            "Bij {} kondigt de visie een regel aan die zij niet geeft.",
            words::count(silent, "norm", "normen")
        ));
    }
    list
}

/// The ten verdicts, each with its place in the range.
fn scale(answer: &Assessment<'_>) -> Vec<(Outcome, String)> {
    let range = &answer.bereik;
    Outcome::ALL
        .iter()
        .map(|outcome| {
            let mut marks = String::new();
            if *outcome >= range.mildst && *outcome <= range.strengst {
                marks.push_str(" is-in");
            }
            for (is, mark) in [
                (*outcome == range.mildst, " is-mildst"),
                (*outcome == range.strengst, " is-strengst"),
                (*outcome == answer.oordeel, " is-nu"),
            ] {
                if is {
                    marks.push_str(mark);
                }
            }
            (*outcome, marks)
        })
        .collect()
}

/// How a condition stands, as people say it.
fn condition_state(state: &str) -> &'static str {
    match state {
        "voldaan" => "voldaan",
        "niet-voldaan" => "niet voldaan",
        _ => "nog niet bekend",
    }
}

fn maybe(maybe: &bool, text: &str) -> String {
    if *maybe { format!("Misschien: {text}") } else { words::capital(text) }
}

fn talk(talk: &brink_assess::Talk<'_>) -> String {
    maybe(&talk.misschien, &format!("{}, over {}", talk.naam, talk.waarover))
}

fn procedure(procedure: &brink_assess::Follow<'_>) -> String {
    let mut text = format!("{}: {}", procedure.naam, procedure.tekst.trim_end_matches('.'));
    if let Some(term) = procedure.termijn {
        text.push_str(&format!("; termijn {term}"));
    }
    if !procedure.wie.is_empty() {
        let names: Vec<&str> = procedure.wie.iter().map(|party| party.naam).collect();
        text.push_str(&format!("; bij {}", names.join(" en ")));
    }
    maybe(&procedure.misschien, &text)
}

fn instrument(one: &brink_assess::InstrumentUse<'_>) -> String {
    let until = one.tot.unwrap_or("onbekend");
    let time = match one.stand {
        "afgelopen" => format!("afgelopen, liep tot en met {until}"),
        "nog-niet" => format!("begint pas in {}", one.van.unwrap_or("de toekomst")),
        "loopt" => format!("loopt tot en met {until}"),
        _ => "de visie noemt geen einddatum".to_owned(),
    };
    format!("{}: {time}", one.naam)
}
