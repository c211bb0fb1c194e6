//! The fast path for many places says what a full assessment says, on random plans and places.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop"
)]

use brink_assess::{Options, Plan, Verdicts, assess, memberships};
use brink_policy::compiled::{Answer, Compiled};
use brink_policy::feel::Variable;
use brink_policy::{AreaId, Depth, FactId, load, read_folder};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

fn package() -> &'static Compiled {
    static PACKAGE: OnceLock<Compiled> = OnceLock::new();
    PACKAGE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
        let files =
            read_folder(&folder).unwrap().into_iter().filter(|file| !file.name.starts_with("gevallen/"));
        load(&files.collect::<Vec<_>>(), Depth::Use).compiled.unwrap()
    })
}

/// Facts and areas the norms of a plan look at.
fn looked_at(plan: &Plan) -> (Vec<FactId>, Vec<AreaId>) {
    let (mut facts, mut areas) = (Vec::new(), Vec::new());
    for id in package().norms_for(plan.activity) {
        for variable in &package().norm(*id).unwrap().variables {
            match variable {
                Variable::Fact(fact) => facts.push(*fact),
                Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => areas.push(*area),
            }
        }
    }
    facts.sort();
    facts.dedup();
    areas.sort();
    areas.dedup();
    (facts, areas)
}

fn plan(activity: &str) -> Plan {
    Plan::from_value(&serde_json::json!({ "activiteit": activity }), package()).unwrap()
}

/// The plan in a place, by area id; `None` when the areas contradict each other.
fn placed(plan: &Plan, lists: [&[AreaId]; 3]) -> Option<Plan> {
    let words = &package().vocabulary;
    let names =
        |list: &[AreaId]| list.iter().map(|area| words.area(*area).unwrap().id.clone()).collect::<Vec<_>>();
    let value = serde_json::json!({
        "activiteit": words.activity(plan.activity).unwrap().id,
        "gebieden": { "binnen": names(lists[0]), "buiten": names(lists[1]), "onbekend": names(lists[2]) },
    });
    let read = Plan::from_value(&value, package()).ok()?;
    Some(Plan { areas: read.areas, ..plan.clone() })
}

type Spot = (Vec<Index>, Vec<Index>, Vec<Index>);

prop_compose! {
    fn subject()(
        activity in any::<Index>(),
        answers in prop::collection::vec((any::<Index>(), any::<Index>()), 0..14),
        section in prop::option::of(any::<Index>()),
    ) -> Plan {
        let words = &package().vocabulary;
        let chosen: Vec<&str> =
            words.activities.iter().filter(|activity| !activity.group).map(|activity| activity.id.as_str()).collect();
        let mut plan = plan(activity.get::<&str>(&chosen));
        let (facts, _) = looked_at(&plan);
        let mut given: BTreeMap<FactId, Option<Answer>> = BTreeMap::new();
        for (fact, answer) in answers {
            if !facts.is_empty() {
                let fact = *fact.get(&facts);
                given.insert(fact, Some(*answer.get(&words.fact(fact).unwrap().domain.answers)));
            }
        }
        plan.facts = given;
        if let Some(section) = section {
            let numbers: Vec<_> = (0..words.sections.len()).map(brink_policy::SectionId::from_index).collect();
            plan.sections = vec![*section.get(&numbers)];
        }
        plan
    }
}

fn spots() -> impl Strategy<Value = Vec<Spot>> {
    let areas = |most| prop::collection::vec(any::<Index>(), 0..most);
    prop::collection::vec((areas(6), areas(3), areas(4)), 1..8)
}

fn same(verdicts: &mut Verdicts<'_>, plan: &Plan) -> Result<(), TestCaseError> {
    let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
    let truths = memberships(package(), plan);
    let fast = verdicts.verdict(|area| truths[area.index()]);
    let full = assess(package(), plan, &options);
    prop_assert_eq!((fast.oordeel, fast.bereik), (full.oordeel, full.bereik));
    // An answer has its own order: what matters most first.
    let mut ids: Vec<&str> = fast.normen.iter().map(|id| package().norm(*id).unwrap().id.as_str()).collect();
    let mut expected: Vec<&str> =
        full.normen.iter().filter(|norm| norm.uitkomst == full.oordeel).map(|norm| norm.id).collect();
    ids.sort_unstable();
    expected.sort_unstable();
    prop_assert_eq!(ids, expected);
    Ok(())
}

fn try_all(plan: &Plan, spots: &[Spot], open: bool) -> Result<(), TestCaseError> {
    let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
    let mut verdicts = Verdicts::new(package(), plan, &options);
    let (_, areas) = looked_at(plan);
    let pick = |list: &[Index]| -> Vec<AreaId> {
        if areas.is_empty() { Vec::new() } else { list.iter().map(|index| *index.get(&areas)).collect() }
    };
    // Twice: the second time everything is remembered.
    for (inside, outside, unknown) in spots.iter().chain(spots) {
        let (inside, mut outside, mut unknown) = (pick(inside), pick(outside), pick(unknown));
        outside.retain(|area| !inside.contains(area));
        unknown.retain(|area| open && !inside.contains(area) && !outside.contains(area));
        if let Some(placed) = placed(plan, [&inside, &outside, &unknown]) {
            same(&mut verdicts, &placed)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_known_place(plan in subject(), spots in spots()) {
        try_all(&plan, &spots, false)?;
    }

    #[test]
    fn a_place_of_which_not_all_is_known(plan in subject(), spots in spots()) {
        try_all(&plan, &spots, true)?;
    }

    #[test]
    fn areas_that_are_not_relevant_make_no_difference(plan in subject(), spots in spots()) {
        let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
        let verdicts = Verdicts::new(package(), &plan, &options);
        let relevant = verdicts.relevant_areas().to_vec();
        let everywhere: Vec<AreaId> =
            (0..package().vocabulary.areas.len()).map(AreaId::from_index).collect();
        let mut seen: Vec<(Vec<brink_policy::feel::Truth>, brink_assess::Outcome)> = Vec::new();
        for (inside, ..) in &spots {
            let inside: Vec<AreaId> = inside.iter().map(|index| *index.get(&everywhere)).collect();
            let Some(placed) = placed(&plan, [&inside, &[], &[]]) else { continue };
            let truths = memberships(package(), &placed);
            let key: Vec<_> = relevant.iter().map(|area| truths[area.index()]).collect();
            let verdict = assess(package(), &placed, &options).oordeel;
            if let Some((_, earlier)) = seen.iter().find(|(other, _)| *other == key) {
                prop_assert_eq!(*earlier, verdict);
            }
            seen.push((key, verdict));
        }
    }
}

#[test]
fn without_any_place() {
    for activity in ["woningbouw", "zonnepark", "intensieve-veehouderij-uitbreiden"] {
        let plan = plan(activity);
        let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
        let mut verdicts = Verdicts::new(package(), &plan, &options);
        assert!(!verdicts.relevant_areas().is_empty());
        same(&mut verdicts, &plan).unwrap();
    }
}
