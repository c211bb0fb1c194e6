//! The laws of the assessment, on random plans against the package in the repository.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop"
)]

use brink_assess::{Assessment, Options, Outcome, Plan, assess};
use brink_policy::compiled::{Answer, Compiled, FactKind};
use brink_policy::feel::Variable;
use brink_policy::{Depth, SourceFile, load, read_folder};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::OnceLock;

fn files() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
    let files = read_folder(&folder).unwrap();
    files.into_iter().filter(|file| !file.name.starts_with("gevallen/")).collect()
}

fn package() -> &'static Compiled {
    static PACKAGE: OnceLock<Compiled> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let loaded = load(&files(), Depth::Use);
        assert_eq!(loaded.errors(), 0, "{:#?}", loaded.findings.first());
        loaded.compiled.unwrap()
    })
}

fn options() -> Options<'static> {
    Options { today: "2026-11-25".to_owned(), ..Options::default() }
}

fn answer(plan: &Value) -> Assessment<'static> {
    let plan = Plan::from_value(plan, package()).unwrap_or_else(|error| panic!("{error}\n{plan:#}"));
    assess(package(), &plan, &options())
}

/// The answers that make a difference for a fact, as JSON.
fn answers(fact: &str) -> Vec<Value> {
    let words = &package().vocabulary;
    let fact = words.fact(words.index.facts[fact]).unwrap();
    let to_json = |answer: &Answer| match (answer, &fact.kind) {
        (Answer::YesNo(value), _) => json!(value),
        (Answer::Number(_), FactKind::Date) => json!("2025-06-01"),
        (Answer::Number(number), _) => serde_json::from_str(&number.normalize().to_string()).unwrap(),
        (Answer::Choice(option), FactKind::Choice(options)) => json!(options[usize::from(*option)].0),
        _ => json!("tekst"),
    };
    fact.domain.answers.iter().map(to_json).collect()
}

/// A plan in the making.
#[derive(Debug, Clone)]
struct Draft {
    plan: Value,
}

impl Draft {
    fn set_fact(&mut self, id: &str, value: Value) {
        self.plan["gegevens"][id] = value;
    }

    fn set_area(&mut self, id: &str, inside: bool) {
        for list in ["binnen", "buiten", "onbekend"] {
            self.plan["gebieden"][list].as_array_mut().unwrap().retain(|area| area != id);
        }
        let list = if inside { "binnen" } else { "buiten" };
        self.plan["gebieden"][list].as_array_mut().unwrap().push(json!(id));
    }

    /// Whether the memberships can be read: a random area may contradict another.
    fn is_consistent(&self) -> bool {
        Plan::from_value(&self.plan, package()).is_ok()
    }
}

/// Facts and areas the norms of an activity look at.
fn looked_at(activity: &str) -> (Vec<&'static str>, Vec<&'static str>) {
    let package = package();
    let words = &package.vocabulary;
    let (mut facts, mut areas) = (Vec::new(), Vec::new());
    for id in package.norms_for(words.index.activities[activity]) {
        for variable in &package.norm(*id).unwrap().variables {
            match variable {
                Variable::Fact(fact) => facts.push(words.fact(*fact).unwrap().id.as_str()),
                Variable::Area(area) => areas.push(words.area(*area).unwrap().id.as_str()),
                _ => {}
            }
        }
    }
    for list in [&mut facts, &mut areas] {
        list.sort_unstable();
        list.dedup();
    }
    (facts, areas)
}

prop_compose! {
    /// A random plan: about something norms are about, some facts answered, in some areas, some unknown.
    fn draft()(
        activity in any::<Index>(),
        facts in prop::collection::vec((any::<Index>(), any::<Index>()), 0..14),
        inside in prop::collection::vec(any::<Index>(), 0..4),
        unknown in prop::collection::vec(any::<Index>(), 0..3),
        section in prop::option::of(any::<Index>()),
    ) -> Draft {
        let package = package();
        let words = &package.vocabulary;
        let chosen: Vec<&str> = words
            .activities
            .iter()
            .filter(|activity| !activity.group && !package.norms_for(words.index.activities[&activity.id]).is_empty())
            .map(|activity| activity.id.as_str())
            .collect();
        let activity = *activity.get(&chosen);
        let (asked, there) = looked_at(activity);
        let mut plan = json!({
            "activiteit": activity,
            "gebieden": { "binnen": [], "buiten": [], "onbekend": [] },
            "gegevens": {},
        });
        if let Some(section) = section {
            let covered = &package.info.covered;
            plan["onderdelen"] = json!([section.get(covered)]);
        }
        let mut draft = Draft { plan };
        if !asked.is_empty() {
            for (fact, value) in facts {
                let fact = *fact.get(&asked);
                draft.set_fact(fact, value.get(&answers(fact)).clone());
            }
        }
        if !there.is_empty() {
            for area in inside {
                let before = draft.clone();
                draft.set_area(area.get::<&str>(&there), true);
                if !draft.is_consistent() {
                    draft = before;
                }
            }
            for area in unknown {
                let before = draft.clone();
                let id = *area.get(&there);
                if !draft.plan["gebieden"]["binnen"].as_array().unwrap().contains(&json!(id)) {
                    draft.plan["gebieden"]["onbekend"].as_array_mut().unwrap().push(json!(id));
                }
                if !draft.is_consistent() {
                    draft = before;
                }
            }
        }
        draft
    }
}

/// Answers a question some way; areas that can't be inside or outside are left for another question.
fn reply(draft: &mut Draft, question: &brink_assess::Question<'_>, choice: Index) -> bool {
    if question.soort == "gegeven" {
        draft.set_fact(question.id, choice.get(&answers(question.id)).clone());
        return true;
    }
    for inside in [choice.index(2) == 0, choice.index(2) != 0] {
        let mut changed = draft.clone();
        changed.set_area(question.id, inside);
        if changed.is_consistent() {
            *draft = changed;
            return true;
        }
    }
    false
}

fn is_open_verdict(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Onbekend | Outcome::JaMits | Outcome::NeeTenzij | Outcome::Aandacht | Outcome::Gewenst
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_verdict_lies_in_its_range(draft in draft()) {
        let found = answer(&draft.plan);
        let (verdict, range) = (found.oordeel, found.bereik);
        prop_assert!(range.mildst <= range.strengst);
        prop_assert_eq!(found.onzeker, range.mildst != range.strengst);
        let inside = range.mildst <= verdict && verdict <= range.strengst;
        if range.is_open() || range.begrensd {
            // An open verdict stands for its range; it need not be one of the values.
            prop_assert!(inside || is_open_verdict(verdict), "{verdict} in {range:?}");
        } else {
            prop_assert_eq!(verdict, range.mildst);
        }
        for interest in &found.belangen {
            prop_assert!(interest.oordeel <= verdict || !range.is_open(), "{} {}", interest.id, interest.oordeel);
        }
    }

    #[test]
    fn a_known_fact_never_widens_the_range(draft in draft(), which in any::<Index>(), value in any::<Index>()) {
        let before = answer(&draft.plan);
        prop_assume!(!before.vragen.is_empty());
        let mut after = draft.clone();
        prop_assume!(reply(&mut after, which.get(&before.vragen), value));
        let after = answer(&after.plan);
        prop_assert!(after.bereik.mildst >= before.bereik.mildst, "{:?} {:?}", before.bereik, after.bereik);
        prop_assert!(after.bereik.strengst <= before.bereik.strengst, "{:?} {:?}", before.bereik, after.bereik);
    }

    #[test]
    fn any_fact_at_all_never_widens_the_range(draft in draft(), which in any::<Index>(), value in any::<Index>()) {
        let (facts, _) = looked_at(draft.plan["activiteit"].as_str().unwrap());
        prop_assume!(!facts.is_empty());
        let fact = *which.get(&facts);
        prop_assume!(draft.plan["gegevens"].get(fact).is_none());
        // What the activity already says about it would be overruled, not filled in.
        let words = &package().vocabulary;
        let activity = words.index.activities[draft.plan["activiteit"].as_str().unwrap()];
        let known = words.fact(words.index.facts[fact]).unwrap();
        prop_assume!(!known.follows.iter().any(|(from, _)| words.is_a(activity, *from)));
        let before = answer(&draft.plan);
        let mut after = draft.clone();
        after.set_fact(fact, value.get(&answers(fact)).clone());
        let after = answer(&after.plan);
        prop_assert!(after.bereik.mildst >= before.bereik.mildst);
        prop_assert!(after.bereik.strengst <= before.bereik.strengst);
    }

    #[test]
    fn the_questions_in_order_end_in_one_verdict(draft in draft(), choices in prop::collection::vec(any::<Index>(), 80)) {
        let mut draft = draft;
        let mut found = answer(&draft.plan);
        let mut steps = 0;
        while let Some(question) = found.vragen.iter().find(|question| question.doorslaggevend) {
            prop_assert!(steps < 400, "no end: {:?}", question.id);
            let question = question.clone();
            prop_assert!(reply(&mut draft, &question, choices[steps % choices.len()]), "{} cannot be answered", question.id);
            found = answer(&draft.plan);
            steps += 1;
        }
        prop_assert!(!found.bereik.is_open(), "still open: {:?}", found.bereik);
        prop_assert_eq!(found.oordeel, found.bereik.mildst);
    }

    #[test]
    fn what_is_not_asked_does_not_matter(
        draft in draft(),
        choices in prop::collection::vec(any::<Index>(), 80),
        extra in prop::collection::vec((any::<Index>(), any::<Index>()), 1..6),
    ) {
        let mut draft = draft;
        let mut found = answer(&draft.plan);
        let mut steps = 0;
        while let Some(question) = found.vragen.iter().find(|question| question.doorslaggevend).cloned() {
            prop_assume!(steps < 400 && reply(&mut draft, &question, choices[steps % choices.len()]));
            found = answer(&draft.plan);
            steps += 1;
        }
        let verdict = found.oordeel;
        let (facts, _) = looked_at(draft.plan["activiteit"].as_str().unwrap());
        prop_assume!(!facts.is_empty());
        let words = &package().vocabulary;
        let activity = words.index.activities[draft.plan["activiteit"].as_str().unwrap()];
        for (fact, value) in extra {
            let fact = *fact.get(&facts);
            let follows = &words.fact(words.index.facts[fact]).unwrap().follows;
            let said = follows.iter().any(|(from, _)| words.is_a(activity, *from));
            if draft.plan["gegevens"].get(fact).is_none() && !said {
                draft.set_fact(fact, value.get(&answers(fact)).clone());
            }
        }
        prop_assert_eq!(answer(&draft.plan).oordeel, verdict);
    }

    #[test]
    fn the_order_of_facts_and_areas_is_irrelevant(draft in draft()) {
        let straight = answer(&draft.plan);
        let mut turned = draft.plan.clone();
        let facts: Map<String, Value> = turned["gegevens"].as_object().unwrap().clone().into_iter().rev().collect();
        turned["gegevens"] = Value::Object(facts);
        for list in ["binnen", "onbekend"] {
            turned["gebieden"][list].as_array_mut().unwrap().reverse();
        }
        let turned = answer(&turned);
        prop_assert_eq!(serde_json::to_string(&straight).unwrap(), serde_json::to_string(&turned).unwrap());
    }

    #[test]
    fn assessing_twice_gives_the_same_bytes(draft in draft()) {
        let bytes = || serde_json::to_vec(&answer(&draft.plan)).unwrap();
        prop_assert_eq!(bytes(), bytes());
    }
}

/// Every way to fill in the questions of a plan; `None` when they are too many.
fn completions(draft: &Draft, left: &mut usize, verdicts: &mut Vec<Outcome>) -> Option<()> {
    *left = left.checked_sub(1)?;
    let found = answer(&draft.plan);
    // Every unknown the norms look at, not only what is asked.
    let (facts, areas) = looked_at(draft.plan["activiteit"].as_str().unwrap());
    let open = facts.iter().find(|fact| {
        found.normen.iter().any(|norm| {
            let words = &package().vocabulary;
            let norm = package().norms.iter().find(|other| other.id == norm.id).unwrap();
            norm.variables.contains(&Variable::Fact(words.index.facts[**fact]))
        }) && draft.plan["gegevens"].get(**fact).is_none()
            && !follows(draft, fact)
    });
    if let Some(fact) = open {
        for value in answers(fact) {
            let mut next = draft.clone();
            next.set_fact(fact, value);
            completions(&next, left, verdicts)?;
        }
        return Some(());
    }
    let unknown: Vec<String> = draft.plan["gebieden"]["onbekend"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| area.as_str().unwrap().to_owned())
        .filter(|area| areas.contains(&area.as_str()))
        .collect();
    if let Some(area) = unknown.first() {
        for inside in [true, false] {
            let mut next = draft.clone();
            next.set_area(area, inside);
            if next.is_consistent() {
                completions(&next, left, verdicts)?;
            }
        }
        return Some(());
    }
    verdicts.push(found.oordeel);
    Some(())
}

fn follows(draft: &Draft, fact: &str) -> bool {
    let words = &package().vocabulary;
    let activity = words.index.activities[draft.plan["activiteit"].as_str().unwrap()];
    let known = words.fact(words.index.facts[fact]).unwrap();
    known.follows.iter().any(|(from, _)| words.is_a(activity, *from))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 100, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn the_range_is_that_of_all_completions(draft in draft(), section in any::<Index>()) {
        let mut draft = draft;
        draft.plan["onderdelen"] = json!([section.get(&package().info.covered)]);
        // Unknown parents of an unknown area are unknown too: keep to plans in which each unknown stands alone.
        draft.plan["gebieden"]["onbekend"] = json!([]);
        let mut verdicts = Vec::new();
        let mut left = 1_000;
        prop_assume!(completions(&draft, &mut left, &mut verdicts).is_some());
        let found = answer(&draft.plan);
        prop_assert!(!found.bereik.begrensd);
        prop_assert_eq!(Some(found.bereik.mildst), verdicts.iter().min().copied());
        prop_assert_eq!(Some(found.bereik.strengst), verdicts.iter().max().copied());
    }
}

#[test]
fn the_order_of_norms_and_files_is_irrelevant() {
    let mut files = files();
    files.reverse();
    let turned = load(&files, Depth::Use).compiled.unwrap();
    for activity in ["woningbouw", "zonnepark", "bodemingreep", "intensieve-veehouderij-uitbreiden"] {
        let value = json!({ "activiteit": activity, "gebieden": { "binnen": ["beekdal"] } });
        let bytes = |package: &Compiled| {
            let plan = Plan::from_value(&value, package).unwrap();
            serde_json::to_string(&assess(package, &plan, &options())).unwrap()
        };
        assert_eq!(bytes(package()), bytes(&turned), "{activity}");
    }
}

#[test]
fn without_any_place_the_range_is_still_exact_or_says_so() {
    for activity in ["woningbouw", "zonnepark", "evenement"] {
        let found = answer(&json!({ "activiteit": activity }));
        assert!(found.onzeker);
        assert!(found.meldingen.iter().any(|remark| remark.contains("geen plek")), "{:?}", found.meldingen);
    }
}

/// Outside a contour is in its complement and in what lies above that; where the contour is unknown, so are those.
#[test]
fn an_unknown_contour_leaves_open_what_lies_above_its_complement() {
    let within = |relation: &str| {
        answer(&json!({
            "activiteit": "klimaatadaptatiemaatregel",
            "gebieden": { "binnen": ["landschap-kolonien-van-weldadigheid"], relation: ["bestaand-stedelijk-gebied"] },
            "gegevens": {},
        }))
    };
    let (unknown, outside) = (within("onbekend"), within("buiten"));
    assert_eq!(outside.bereik.strengst, Outcome::Onwenselijk);
    assert_eq!(unknown.bereik.strengst, Outcome::Onwenselijk);
    let above = unknown.gebieden.iter().find(|place| place.id == "landelijk-gebied").unwrap();
    assert_eq!(above.relatie, "onbekend");
}
