//! Laws of the map, on random layers.

use crate::world::{area, field, ground, layer_for, line, locate, options, package, point, rect, surface};
use brink_assess::{Canvas, Ground, Options, Part, Plan, Spots, Verdicts, assess_inside};
use brink_geo::atlas::Relation;
use brink_geo::layer::{Coverage, Kind, Layer};
use brink_geo::place::Place;
use brink_policy::AreaId;
use brink_policy::compiled::FactKind;
use brink_policy::feel::Truth;
use geo_types::{Geometry, Point};
use proptest::prelude::*;
use proptest::sample::Index;

const MAPPED: [&str; 8] =
    ["bebouwd", "lint", "heide", "stiltegebied", "polder-oost", "polder-west", "buitengebied", "vaartstrook"];

/// Tens of metres, so that borders often run through the middles of cells and along each other.
fn bounds() -> impl Strategy<Value = [f64; 4]> {
    (0..100_i32, 0..100_i32, 1..60_i32, 1..60_i32)
        .prop_map(|(x, y, wide, high)| [x, y, x + wide, y + high].map(|tens| f64::from(tens) * 10.0 - 50.0))
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Echt), Just(Kind::Schets)]
}

fn coverage() -> impl Strategy<Value = Coverage> {
    prop_oneof![
        4 => Just(Coverage::Area("streek".to_owned())),
        1 => Just(Coverage::Everywhere),
        1 => bounds().prop_map(|bounds| Coverage::Shape(surface(bounds))),
    ]
}

prop_compose! {
    fn some_layer()(
        area in prop::sample::select(&MAPPED[..]),
        kind in kind(),
        coverage in coverage(),
        shapes in prop::collection::vec(bounds(), 1..4),
    ) -> Layer {
        layer_for(area, kind, coverage, shapes.into_iter().map(rect).collect())
    }
}

prop_compose! {
    fn vaart()(kind in kind(), bends in prop::collection::vec((0..100_i32, 0..100_i32), 2..5)) -> Layer {
        let bends: Vec<[f64; 2]> =
            bends.iter().map(|(x, y)| [f64::from(*x) * 10.0, f64::from(*y) * 10.0]).collect();
        layer_for("vaart", kind, Coverage::Everywhere, vec![line(&bends)])
    }
}

fn layers() -> impl Strategy<Value = Vec<Layer>> {
    (prop::collection::vec(some_layer(), 0..7), prop::option::of(vaart())).prop_map(|(mut layers, vaart)| {
        // The last layer of an area counts: two would make their order matter.
        layers.sort_by(|a, b| a.about.area.cmp(&b.about.area));
        layers.dedup_by(|a, b| a.about.area == b.about.area);
        layers.extend(vaart);
        layers
    })
}

prop_compose! {
    /// A plan with some facts, without a place.
    fn subject()(
        activity in any::<Index>(),
        facts in prop::collection::vec((any::<Index>(), any::<Index>()), 0..6),
        section in prop::option::weighted(0.2, Just("2.2")),
    ) -> Plan {
        let words = &package().vocabulary;
        let chosen: Vec<&str> =
            words.activities.iter().filter(|activity| !activity.group).map(|a| a.id.as_str()).collect();
        let mut plan = Plan::from_value(
            &serde_json::json!({ "activiteit": activity.get(&chosen), "onderdelen": section.into_iter().collect::<Vec<_>>() }),
            package(),
        )
        .unwrap();
        for (fact, answer) in facts {
            let n = fact.index(words.facts.len());
            let fact = &words.facts[n];
            let answers = &fact.domain.answers;
            let given = if answers.is_empty() || matches!(fact.kind, FactKind::Text) {
                None
            } else {
                Some(*answer.get(answers))
            };
            plan.facts.insert(brink_policy::FactId::from_index(n), given);
        }
        plan
    }
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![2 => Just(Part::All), 2 => Just(Part::ByPlace), 1 => Just(Part::Everywhere)]
}

fn of_part(ground: &Ground, part: Part) -> Options<'_> {
    Options { part, ..options(ground) }
}

/// What a full assessment says of a plan at a place; nothing outside the territory.
fn full(plan: &Plan, options: &Options<'_>, place: Place) -> Option<(String, String)> {
    let plan = Plan { place: Some(place), ..plan.clone() };
    let answer = assess_inside(package(), &plan, options).ok()?;
    Some((answer.oordeel.to_string(), serde_json::to_string(&answer.bereik).unwrap()))
}

fn said(verdict: &brink_assess::Verdict) -> (String, String) {
    (verdict.oordeel.to_string(), serde_json::to_string(&verdict.bereik).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, max_global_rejects: 1_000_000, ..ProptestConfig::default() })]

    #[test]
    fn a_cell_says_what_a_full_assessment_says_at_its_middle(
        layers in layers(),
        plan in subject(),
        part in part(),
        step in prop::sample::select(&[20.0, 100.0, 130.0][..]),
        cells in prop::collection::vec((any::<Index>(), any::<Index>()), 12),
    ) {
        let ground = ground(layers);
        let canvas = Canvas::new(package(), &ground, step);
        let options = of_part(&ground, part);
        let suitability = canvas.judge(package(), &plan, &options);
        let mut spots = Spots::new(package(), &ground, &plan, &options);
        for (row, column) in cells {
            let (row, column) = (row.index(canvas.grid().rows), column.index(canvas.grid().columns));
            let [x, y] = canvas.grid().middle(row, column);
            let place = Place::new(Geometry::Point(Point::new(x, y))).unwrap();
            let cell = suitability.at(row, column).map(said);
            prop_assert_eq!(&cell, &full(&plan, &options, place.clone()), "{} {}", x, y);
            let spot = spots.at(&place).ok().map(|verdict| said(&verdict));
            prop_assert_eq!(&spot, &cell);
        }
    }

    #[test]
    fn a_row_of_a_list_says_what_a_full_assessment_says_of_its_surface(
        layers in layers(),
        plan in subject(),
        part in part(),
        fields in prop::collection::vec(bounds(), 4),
    ) {
        let ground = ground(layers);
        let options = of_part(&ground, part);
        let mut spots = Spots::new(package(), &ground, &plan, &options);
        for bounds in fields {
            let spot = spots.at(&field(bounds)).ok().map(|verdict| said(&verdict));
            prop_assert_eq!(spot, full(&plan, &options, field(bounds)), "{:?}", bounds);
        }
    }

    #[test]
    fn what_differs_by_place_and_what_holds_everywhere_is_all(
        layers in layers(),
        plan in subject(),
        fields in prop::collection::vec(bounds(), 3),
    ) {
        let ground = ground(layers);
        let judge = |part| Verdicts::new(package(), &plan, &of_part(&ground, part));
        let [all, by_place, everywhere] = [Part::All, Part::ByPlace, Part::Everywhere].map(|part| judge(part).norms());
        let mut both = [by_place, everywhere].concat();
        both.sort_unstable();
        let mut all = all;
        all.sort_unstable();
        prop_assert_eq!(both, all);
        let anywhere = judge(Part::Everywhere).verdict(|_| Truth::Unknown);
        for bounds in fields {
            let here = |part| {
                let plan = Plan { place: Some(field(bounds)), ..plan.clone() };
                let answer = assess_inside(package(), &plan, &of_part(&ground, part)).ok()?;
                Some((answer.oordeel, answer.bereik))
            };
            let (Some(all), Some(by_place), Some(everywhere)) =
                (here(Part::All), here(Part::ByPlace), here(Part::Everywhere))
            else {
                continue;
            };
            prop_assert_eq!(everywhere, (anywhere.oordeel, anywhere.bereik));
            prop_assert!(all.1.strengst <= by_place.1.strengst.max(everywhere.1.strengst));
            prop_assert!(all.1.mildst >= by_place.1.mildst.max(everywhere.1.mildst));
        }
    }

    #[test]
    fn what_is_certain_somewhere_in_an_area_holds_wherever_in_it(
        layers in layers(),
        named in prop::sample::select(&MAPPED[..]),
        fields in prop::collection::vec(bounds(), 24),
    ) {
        // Maps of both an area and its complement may both leave a place out: of that nothing follows.
        let both = ["bebouwd", "buitengebied"].map(|id| layers.iter().any(|layer| layer.about.area == id));
        prop_assume!(both != [true, true]);
        let ground = ground(layers);
        let named = area(named);
        let certain = ground.somewhere_in(&package().vocabulary, &[named]);
        for bounds in fields {
            let located = locate(&ground, &field(bounds));
            // Somewhere in the area and in the territory: of what lies elsewhere the vision says nothing.
            if located.area(named).relation != Relation::Binnen || located.in_territory != Some(1.0) {
                continue;
            }
            for (n, (certain, here)) in certain.areas.iter().zip(&located.areas).enumerate() {
                let id = &package().vocabulary.areas[n].id;
                match certain.truth {
                    Truth::Yes => prop_assert_eq!(here.truth, Truth::Yes, "{}", id),
                    Truth::No => prop_assert_ne!(here.truth, Truth::Yes, "{}", id),
                    Truth::Unknown => {}
                }
            }
        }
    }

    #[test]
    fn the_order_of_layers_and_of_features_makes_no_difference(
        layers in layers().prop_shuffle(),
        bounds in bounds(),
        at in (0..100_i32, 0..100_i32),
    ) {
        let turned: Vec<Layer> = layers
            .iter()
            .rev()
            .map(|layer| {
                let shapes = layer.shapes.iter().rev().cloned().collect();
                Layer::new(layer.about.clone(), layer.coverage.clone(), shapes)
            })
            .collect();
        let one = ground(layers);
        let other = Ground::new(package(), turned.into_iter().chain([crate::world::streek()]).collect());
        for place in [field(bounds), point(f64::from(at.0) * 10.0, f64::from(at.1) * 10.0)] {
            let (a, b) = (locate(&one, &place), locate(&other, &place));
            for (n, (a, b)) in a.areas.iter().zip(&b.areas).enumerate() {
                let id = &package().vocabulary.areas[n].id;
                prop_assert_eq!((a.truth, a.relation, a.kind), (b.truth, b.relation, b.kind), "{}", id);
                let apart = match (a.share, b.share) {
                    (Some(a), Some(b)) => (a - b).abs(),
                    (a, b) => f64::from(u8::from(a != b)),
                };
                prop_assert!(apart < 1e-9, "{} {:?} {:?}", id, a, b);
            }
        }
    }

    #[test]
    fn what_is_found_does_not_contradict_itself(
        layers in layers(),
        bounds in bounds(),
        at in (0..100_i32, 0..100_i32),
    ) {
        let ground = ground(layers);
        for place in [field(bounds), point(f64::from(at.0) * 10.0, f64::from(at.1) * 10.0)] {
            let located = locate(&ground, &place);
            for (n, entry) in package().vocabulary.areas.iter().enumerate() {
                let own = located.area(AreaId::from_index(n));
                for id in &entry.ancestors {
                    let above = located.area(*id);
                    prop_assert!(
                        !own.truth.is_yes() || above.truth.is_yes(),
                        "in {} but not above: {:?} {:?}", entry.id, own, above
                    );
                    prop_assert!(
                        !above.truth.is_no() || own.truth.is_no(),
                        "out above {} but not out: {:?} {:?}", entry.id, own, above
                    );
                    // A map of its own may draw what lies above smaller than what lies below.
                    if let (Some(own), Some(above)) = (own.share, above.share)
                        && ground.layer(*id).is_none()
                    {
                        prop_assert!(own <= above + 1e-6, "{}: {} of {}", entry.id, own, above);
                    }
                }
                if let Some(share) = own.share {
                    prop_assert!((0.0..=1.0).contains(&share), "{} {}", entry.id, share);
                    prop_assert!(own.truth.is_yes() || share * 1e6 < 1e4, "{} {:?}", entry.id, own);
                }
            }
            // Two maps may both leave a place out; a complement that follows may not.
            if ground.layer(area("buitengebied")).is_none() {
                let (one, other) = (located.area(area("bebouwd")), located.area(area("buitengebied")));
                prop_assert!(!one.truth.is_no() || other.truth.is_yes(), "{:?} {:?}", one, other);
            }
        }
    }
}
