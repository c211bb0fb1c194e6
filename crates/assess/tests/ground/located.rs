//! What follows from layers, case by case.

use crate::world::{
    area, field, ground, layer, layer_for, line, locate, options, package, point, rect, surface,
};
use brink_assess::{AreaPlace, Ground, Plan, assess, assess_inside};
use brink_geo::atlas::Relation;
use brink_geo::layer::{Coverage, Kind};
use brink_geo::place::Place;
use brink_policy::feel::Truth;
use serde_json::json;

const LEFT: [f64; 4] = [0.0, 0.0, 500.0, 1_000.0];
const RIGHT: [f64; 4] = [500.0, 0.0, 1_000.0, 1_000.0];

fn at(ground: &Ground, place: &Place, id: &str) -> AreaPlace {
    locate(ground, place).area(area(id))
}

fn truth(ground: &Ground, place: &Place, id: &str) -> Truth {
    at(ground, place, id).truth
}

#[test]
fn who_is_in_a_child_is_in_those_above_it() {
    let ground = ground([layer("stiltegebied", Kind::Echt, vec![rect(LEFT)])]);
    let inside = point(100.0, 100.0);
    for id in ["stiltegebied", "heide", "buitengebied"] {
        assert_eq!(truth(&ground, &inside, id), Truth::Yes, "{id}");
        assert_eq!(at(&ground, &inside, id).kind, Some(Kind::Echt), "{id}");
    }
    // Beside the child it may still be elsewhere in the parent: that has no map.
    let beside = point(700.0, 100.0);
    assert_eq!(truth(&ground, &beside, "stiltegebied"), Truth::No);
    assert_eq!(truth(&ground, &beside, "heide"), Truth::Unknown);
}

#[test]
fn the_share_of_a_parent_counts_what_children_share_once() {
    let ground = ground([
        layer("polder-oost", Kind::Echt, vec![rect([0.0, 0.0, 60.0, 100.0])]),
        layer("polder-west", Kind::Echt, vec![rect([40.0, 0.0, 80.0, 100.0])]),
    ]);
    let polder = at(&ground, &field([0.0, 0.0, 100.0, 100.0]), "polder");
    assert_eq!((polder.truth, polder.relation), (Truth::Yes, Relation::Deels));
    assert!((polder.share.unwrap() - 0.8).abs() < 1e-6, "{polder:?}");
    // Together they hold all of it, though neither does.
    let polder = at(&ground, &field([10.0, 10.0, 70.0, 20.0]), "polder");
    assert_eq!((polder.relation, polder.share), (Relation::Binnen, Some(1.0)));
}

#[test]
fn who_is_outside_a_parent_is_outside_its_children() {
    let ground = ground([layer("heide", Kind::Schets, vec![rect(LEFT)])]);
    let beside = point(700.0, 100.0);
    assert_eq!(truth(&ground, &beside, "heide"), Truth::No);
    assert_eq!(truth(&ground, &beside, "stiltegebied"), Truth::No);
    assert_eq!(truth(&ground, &point(100.0, 100.0), "stiltegebied"), Truth::Unknown);
}

#[test]
fn a_real_map_of_what_lies_above_overrules_a_drawing() {
    let child = |kind| layer("stiltegebied", kind, vec![rect([400.0, 0.0, 600.0, 1_000.0])]);
    let parent = |kind| layer("heide", kind, vec![rect(LEFT)]);
    let place = point(550.0, 500.0);
    let mixed = ground([child(Kind::Schets), parent(Kind::Echt)]);
    for id in ["stiltegebied", "heide"] {
        let place = at(&mixed, &place, id);
        assert_eq!((place.truth, place.kind), (Truth::No, Some(Kind::Echt)), "{id}");
    }
    // Between maps of one kind, or when the child is the real one, being in the child counts.
    for layers in [
        [child(Kind::Echt), parent(Kind::Schets)],
        [child(Kind::Schets), parent(Kind::Schets)],
        [child(Kind::Echt), parent(Kind::Echt)],
    ] {
        let ground = ground(layers);
        assert_eq!(truth(&ground, &place, "stiltegebied"), Truth::Yes);
        assert_eq!(truth(&ground, &place, "heide"), Truth::Yes);
    }
}

#[test]
fn a_plan_can_lie_in_an_area_and_in_its_complement() {
    let ground = ground([layer("bebouwd", Kind::Schets, vec![rect(LEFT)])]);
    let across = field([400.0, 0.0, 800.0, 100.0]);
    let (one, other) = (at(&ground, &across, "bebouwd"), at(&ground, &across, "buitengebied"));
    assert_eq!((one.truth, one.relation), (Truth::Yes, Relation::Deels));
    assert_eq!((other.truth, other.relation, other.kind), (Truth::Yes, Relation::Deels, Some(Kind::Schets)));
    assert!((one.share.unwrap() - 0.25).abs() < 1e-9 && (other.share.unwrap() - 0.75).abs() < 1e-9);
    for (place, inside) in [(point(100.0, 1.0), Truth::Yes), (point(600.0, 1.0), Truth::No)] {
        assert_eq!(truth(&ground, &place, "bebouwd"), inside);
        assert_eq!(truth(&ground, &place, "buitengebied"), !inside);
    }
}

#[test]
fn a_strip_is_as_wide_as_it_is_said_even_round_what_lies_outside() {
    // The vaart runs twenty metres outside the streek.
    let vaart = line(&[[1_020.0, -500.0], [1_020.0, 1_500.0]]);
    let ground = ground([layer_for("vaart", Kind::Echt, Coverage::Everywhere, vec![vaart])]);
    for (x, inside) in [(969.99, Truth::No), (970.01, Truth::Yes), (999.0, Truth::Yes), (900.0, Truth::No)] {
        assert_eq!(truth(&ground, &point(x, 500.0), "vaartstrook"), inside, "{x}");
    }
    let share = at(&ground, &field([960.0, 100.0, 1_000.0, 200.0]), "vaartstrook").share.unwrap();
    assert!((share - 0.75).abs() < 1e-9, "{share}");
}

#[test]
fn a_layer_of_its_own_goes_before_a_strip() {
    let ground = ground([
        layer("vaart", Kind::Echt, vec![line(&[[0.0, 0.0], [1_000.0, 0.0]])]),
        layer("vaartstrook", Kind::Echt, vec![rect([0.0, 0.0, 1_000.0, 10.0])]),
    ]);
    assert_eq!(truth(&ground, &point(500.0, 20.0), "vaartstrook"), Truth::No);
}

#[test]
fn outside_what_a_layer_speaks_for_nothing_is_known() {
    let left = Coverage::Shape(surface(LEFT));
    let ground = ground([layer_for("heide", Kind::Echt, left, vec![rect([0.0, 0.0, 100.0, 100.0])])]);
    assert_eq!(truth(&ground, &point(300.0, 300.0), "heide"), Truth::No);
    assert_eq!(truth(&ground, &point(700.0, 300.0), "heide"), Truth::Unknown);
    // Partly outside: what is in it is in, the rest is not known.
    let across = field([400.0, 0.0, 600.0, 100.0]);
    assert_eq!(truth(&ground, &across, "heide"), Truth::Unknown);
    let wide = at(&ground, &field([0.0, 0.0, 600.0, 50.0]), "heide");
    assert_eq!((wide.truth, wide.share), (Truth::Yes, None));
}

#[test]
fn without_a_layer_nothing_is_known() {
    let ground = ground([]);
    for id in ["heide", "stiltegebied", "bebouwd", "buitengebied", "lint", "vaart", "vaartstrook", "polder"] {
        assert_eq!(at(&ground, &point(1.0, 1.0), id).truth, Truth::Unknown, "{id}");
        assert_eq!(at(&ground, &point(1.0, 1.0), id).kind, None, "{id}");
    }
    assert_eq!(truth(&ground, &point(1.0, 1.0), "alles"), Truth::Yes);
}

#[test]
fn an_area_outside_the_territory_holds_nothing_in_it() {
    let with = ground([]);
    assert_eq!(truth(&with, &point(1.0, 1.0), "overkant"), Truth::No);
    assert_eq!(truth(&with, &field([-10.0, 0.0, 10.0, 10.0]), "overkant"), Truth::Unknown);
    let without = Ground::new(package(), Vec::new());
    assert_eq!(truth(&without, &point(1.0, 1.0), "overkant"), Truth::Unknown);
}

#[test]
fn what_is_nothing_but_its_parts_is_left_when_all_parts_are() {
    let oost = layer("polder-oost", Kind::Echt, vec![rect([0.0, 0.0, 100.0, 100.0])]);
    let west = layer("polder-west", Kind::Schets, vec![rect([100.0, 0.0, 200.0, 100.0])]);
    let place = point(500.0, 500.0);
    let both = ground([oost.clone(), west]);
    let polder = at(&both, &place, "polder");
    assert_eq!((polder.truth, polder.kind), (Truth::No, Some(Kind::Schets)));
    assert_eq!(truth(&ground([oost]), &place, "polder"), Truth::Unknown);
}

#[test]
fn a_plan_across_the_border_of_the_territory_is_said_to_be() {
    let ground = ground([]);
    let plan = |place: &Place| Plan {
        place: Some(place.clone()),
        ..Plan::from_value(&json!({ "activiteit": "dorpsfeest" }), package()).unwrap()
    };
    let inside = field([10.0, 0.0, 20.0, 10.0]);
    assert_eq!(locate(&ground, &inside).in_territory, Some(1.0));
    let remarks = |place: &Place| {
        let mut remarks = assess(package(), &plan(place), &options(&ground)).meldingen;
        remarks.retain(|remark| !remark.starts_with("Dit pakket werkt nog niet de hele visie uit"));
        remarks
    };
    assert_eq!(remarks(&inside), [""; 0]);
    let across = field([-30.0, 0.0, 10.0, 10.0]);
    let share = locate(&ground, &across).in_territory.unwrap();
    assert!((share - 0.25).abs() < 1e-9, "{share}");
    assert_eq!(
        remarks(&across),
        ["Het plan ligt voor een deel buiten De streek. Over dat deel zegt deze visie niets."]
    );
    assert!(assess_inside(package(), &plan(&across), &options(&ground)).is_ok());
    let outside = field([-30.0, 0.0, -10.0, 10.0]);
    let fault = assess_inside(package(), &plan(&outside), &options(&ground)).unwrap_err();
    assert!(fault.melding.contains("buiten De streek"), "{}", fault.melding);
}

#[test]
fn a_point_on_a_border_is_in_on_both_sides() {
    let ground = ground([
        layer("polder-oost", Kind::Echt, vec![rect(LEFT)]),
        layer("polder-west", Kind::Echt, vec![rect(RIGHT)]),
        layer("vaart", Kind::Echt, vec![line(&[[500.0, 0.0], [500.0, 1_000.0]])]),
    ]);
    for place in [point(500.0, 500.0), point(500.0, 0.0), point(500.0, 1_000.0)] {
        for id in ["polder-oost", "polder-west", "vaart", "polder"] {
            let place = at(&ground, &place, id);
            assert_eq!((place.relation, place.share), (Relation::Binnen, Some(1.0)), "{id}");
        }
    }
}

#[test]
fn a_plan_that_only_meets_the_border_touches() {
    let ground = ground([layer("heide", Kind::Echt, vec![rect(LEFT)])]);
    // Less than a square metre is no more than touching.
    for bounds in [[500.0, 0.0, 600.0, 100.0], [499.995, 0.0, 600.0, 100.0]] {
        let heide = at(&ground, &field(bounds), "heide");
        assert_eq!((heide.truth, heide.relation), (Truth::No, Relation::Raakt), "{bounds:?}");
    }
    let heide = at(&ground, &field([499.98, 0.0, 600.0, 100.0]), "heide");
    assert_eq!((heide.truth, heide.relation), (Truth::Yes, Relation::Deels));
    let plan = Plan {
        place: Some(field([500.0, 0.0, 600.0, 100.0])),
        ..Plan::from_value(&json!({ "activiteit": "woning-bouwen" }), package()).unwrap()
    };
    let answer = assess(package(), &plan, &options(&ground));
    let heide = answer.gebieden.iter().find(|place| place.id == "heide").unwrap();
    assert_eq!((heide.relatie, heide.kaartsoort, heide.aandeel), ("raakt", "echt", None));
    assert!(!answer.normen.iter().any(|norm| norm.id == "2.2-01"));
}

#[test]
fn what_is_said_overrules_the_map() {
    let ground = ground([layer("heide", Kind::Echt, vec![rect(LEFT)])]);
    let answer = |areas: serde_json::Value, place: Place| {
        let plan = Plan::from_value(&json!({ "activiteit": "woning-bouwen", "gebieden": areas, "gegevens": { "oppervlakte-m2": 90 } }), package()).unwrap();
        assess(package(), &Plan { place: Some(place), ..plan }, &options(&ground))
    };
    let prohibited = |answer: &brink_assess::Assessment<'_>| {
        answer.normen.iter().find(|norm| norm.id == "2.2-01").map(|norm| norm.van_toepassing)
    };
    let (inside, outside) = (point(100.0, 100.0), point(700.0, 100.0));
    assert_eq!(prohibited(&answer(json!({}), inside.clone())), Some("ja"));
    assert_eq!(prohibited(&answer(json!({ "buiten": ["heide"] }), inside.clone())), None);
    assert_eq!(prohibited(&answer(json!({ "onbekend": ["heide"] }), inside)), Some("onbekend"));
    assert_eq!(prohibited(&answer(json!({}), outside.clone())), None);
    let said = answer(json!({ "binnen": ["heide"] }), outside);
    assert_eq!(prohibited(&said), Some("ja"));
    let heide = said.gebieden.iter().find(|place| place.id == "heide").unwrap();
    assert_eq!((heide.relatie, heide.kaartsoort), ("binnen", "opgegeven"));
}

#[test]
fn the_last_of_two_layers_counts_and_a_stranger_is_left_out() {
    let ground = ground([
        layer("heide", Kind::Schets, vec![rect(LEFT)]),
        layer("heide", Kind::Echt, vec![rect(RIGHT)]),
        layer("maan", Kind::Echt, vec![rect(LEFT)]),
    ]);
    assert_eq!(truth(&ground, &point(100.0, 100.0), "heide"), Truth::No);
    assert_eq!(at(&ground, &point(700.0, 100.0), "heide").kind, Some(Kind::Echt));
    assert_eq!(ground.atlas().layers().len(), 2);
}

#[test]
fn somewhere_in_an_area_is_known_as_far_as_the_map_goes() {
    let ground = ground([
        layer("polder-west", Kind::Echt, vec![rect([0.0, 0.0, 400.0, 1_000.0])]),
        layer("polder-oost", Kind::Schets, vec![rect([600.0, 0.0, 1_000.0, 1_000.0])]),
        layer("stiltegebied", Kind::Echt, vec![rect([0.0, 0.0, 500.0, 1_000.0])]),
        layer("vaart", Kind::Echt, vec![line(&[[100.0, 0.0], [100.0, 900.0]])]),
    ]);
    let located = ground.somewhere_in(&package().vocabulary, &[area("polder-west")]);
    let at = |id: &str| located.area(area(id));
    // Itself, what lies above it, and what holds all of it.
    for id in ["polder-west", "polder", "stiltegebied", "heide", "streek"] {
        assert_eq!(at(id).truth, Truth::Yes, "{id}");
    }
    assert_eq!((at("polder-oost").truth, at("polder-oost").kind), (Truth::No, Some(Kind::Schets)));
    // A part of it lies along the water: the plan may be there.
    assert_eq!(at("vaartstrook").truth, Truth::Unknown);
    assert_eq!(located.in_territory, Some(1.0));
}

#[test]
fn a_plan_somewhere_in_an_area_has_the_map_in_its_receipt() {
    let ground = ground([layer("polder-west", Kind::Echt, vec![rect([0.0, 0.0, 400.0, 1_000.0])])]);
    let plan = json!({"activiteit": "bouwen", "gebieden": {"binnen": ["polder-west"]}});
    let closed = Plan::from_value(&plan, package()).unwrap();
    let somewhere = Plan { somewhere: true, ..closed.clone() };
    let layers = |plan: &Plan| assess(package(), plan, &options(&ground)).bewijs.lagen.len();
    assert_eq!((layers(&closed), layers(&somewhere)), (0, 2));
}

#[test]
fn a_drawing_adds_nothing_to_a_drawing_of_what_lies_above() {
    let ground = ground([
        layer("buitengebied", Kind::Schets, vec![rect([110.0, 30.0, 310.0, 240.0])]),
        layer("heide", Kind::Schets, vec![rect([0.0, 0.0, 330.0, 550.0])]),
        layer("stiltegebied", Kind::Echt, vec![rect([330.0, 0.0, 340.0, 10.0])]),
    ]);
    // The heath is drawn larger than the countryside it is part of; a real map of a part of the heath lies beside it.
    for bounds in [[90.0, 0.0, 120.0, 40.0], [90.0, 0.0, 340.0, 40.0]] {
        let located = locate(&ground, &field(bounds));
        assert_eq!(located.area(area("buitengebied")).relation, Relation::Deels, "{bounds:?}");
        assert!(located.area(area("bebouwd")).truth.is_yes(), "{bounds:?}");
    }
}
