//! Our expressions against another implementation of FEEL, on random expressions with everything known.
#![cfg(test)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop"
)]

use brink_policy::feel::{NameKind, Names, Situation, Truth, evaluate, lower, parse};
use brink_policy::written::FactType;
use brink_policy::{ActivityId, AreaId, FactId, ReadingId};
use proptest::prelude::*;
use rust_decimal::Decimal;

const BOOLEANS: [&str; 3] = ["is-ingepast", "in-balans", "or-kaan"];
const NUMBERS: [&str; 3] = ["bouwvlak-na-ha", "bouwvlak-nu-ha", "andere-ha"];
const OPTIONS: [&str; 3] = ["rood", "groen", "blauw"];
const CHOICE: &str = "kleur-van-dak";

#[derive(Debug, Clone)]
struct Values {
    booleans: [bool; 3],
    numbers: [Decimal; 3],
    choice: usize,
}

impl Names for Values {
    fn fact(&self, id: &str) -> Option<(FactId, FactType, Option<&str>)> {
        if let Some(n) = BOOLEANS.iter().position(|name| *name == id) {
            return Some((FactId::from_index(n), FactType::YesNo, None));
        }
        if let Some(n) = NUMBERS.iter().position(|name| *name == id) {
            return Some((FactId::from_index(3 + n), FactType::Number, Some("ha")));
        }
        (id == CHOICE).then_some((FactId(6), FactType::Choice, None))
    }
    fn option(&self, _: FactId, option: &str) -> Option<u16> {
        OPTIONS.iter().position(|name| *name == option).map(|n| u16::try_from(n).unwrap())
    }
    fn options(&self, _: FactId) -> Vec<&str> {
        OPTIONS.to_vec()
    }
    fn area(&self, _: &str) -> Option<AreaId> {
        None
    }
    fn activity(&self, _: &str) -> Option<ActivityId> {
        None
    }
    fn reading(&self, _: &str) -> Option<ReadingId> {
        None
    }
    fn reading_option(&self, _: ReadingId, _: &str) -> Option<u16> {
        None
    }
    fn all(&self, _: NameKind) -> Vec<&str> {
        Vec::new()
    }
}

impl Situation for Values {
    fn boolean(&self, fact: FactId) -> Truth {
        self.booleans[fact.index()].into()
    }
    fn number(&self, fact: FactId) -> Option<Decimal> {
        Some(self.numbers[fact.index() - 3])
    }
    fn choice(&self, _: FactId) -> Option<u16> {
        u16::try_from(self.choice).ok()
    }
    fn within(&self, _: AreaId) -> Truth {
        Truth::Unknown
    }
    fn distance(&self, _: AreaId) -> Option<Decimal> {
        None
    }
    fn share(&self, _: AreaId) -> Option<Decimal> {
        None
    }
    fn activity(&self, _: ActivityId) -> bool {
        false
    }
    fn reading(&self, _: ReadingId) -> u16 {
        0
    }
    fn today(&self) -> Decimal {
        Decimal::ZERO
    }
}

/// A number as text: a constant, a fact, or a sum of them.
fn number() -> impl Strategy<Value = String> {
    let constant = prop_oneof![
        (0_u32..12).prop_map(|n| n.to_string()),
        (0_u32..40).prop_map(|n| format!("{}.{}", n / 4, [0, 25, 5, 75][n as usize % 4])),
    ];
    let fact = prop::sample::select(&NUMBERS[..]).prop_map(str::to_owned);
    let sum = (
        prop::sample::select(&NUMBERS[..]),
        prop::sample::select(&["+", "-"][..]),
        prop::sample::select(&NUMBERS[..]),
    )
        .prop_map(|(a, operator, b)| format!("{a} {operator} {b}"));
    let product = (prop::sample::select(&NUMBERS[..]), 0_u32..5).prop_map(|(a, b)| format!("{a} * {b}"));
    let negative = prop::sample::select(&NUMBERS[..]).prop_map(|a| format!("-{a}"));
    prop_oneof![3 => constant, 3 => fact, 1 => sum, 1 => product, 1 => negative]
}

/// A truth as text.
fn truth() -> impl Strategy<Value = String> {
    let fact = prop::sample::select(&BOOLEANS[..]).prop_map(str::to_owned);
    let equals = (prop::sample::select(&BOOLEANS[..]), any::<bool>())
        .prop_map(|(fact, value)| format!("{fact} = {value}"));
    let compare = (number(), prop::sample::select(&["=", "!=", "<", "<=", ">", ">="][..]), number())
        .prop_map(|(a, operator, b)| format!("{a} {operator} {b}"));
    let between =
        (number(), 0_u32..6, 0_u32..12).prop_map(|(a, low, high)| format!("{a} between {low} and {high}"));
    let range = (
        prop::sample::select(&NUMBERS[..]),
        prop::sample::select(&["[", "(", "]"][..]),
        0_u32..6,
        0_u32..12,
        prop::sample::select(&["]", ")", "["][..]),
    )
        .prop_map(|(a, open, low, more, close)| format!("{a} in {open}{low}..{}{close}", low + more));
    let choice = (prop::sample::select(&["=", "!="][..]), prop::sample::select(&OPTIONS[..]))
        .prop_map(|(operator, option)| format!("{CHOICE} {operator} \"{option}\""));
    let one_of = (prop::sample::select(&OPTIONS[..]), prop::sample::select(&OPTIONS[..]))
        .prop_map(|(a, b)| format!("{CHOICE} in (\"{a}\", \"{b}\")"));
    let leaf =
        prop_oneof![3 => fact, 1 => equals, 4 => compare, 1 => between, 2 => range, 1 => choice, 1 => one_of];
    leaf.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} and {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} or {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.prop_map(|a| format!("not({a})")),
        ]
    })
}

fn values() -> impl Strategy<Value = Values> {
    (any::<[bool; 3]>(), prop::array::uniform3(0_i64..48), 0_usize..3).prop_map(
        |(booleans, quarters, choice)| Values {
            booleans,
            numbers: quarters.map(|n| Decimal::new(n * 25, 2)),
            choice,
        },
    )
}

/// What the other implementation makes of it. It reads a hyphen as a minus, so names get underscores.
fn oracle(text: &str, values: &Values) -> Option<bool> {
    let mut text = text.to_owned();
    for name in BOOLEANS.iter().chain(&NUMBERS).chain([&CHOICE]) {
        text = text.replace(name, &name.replace('-', "_"));
    }
    let mut context = String::from("{");
    for (name, value) in BOOLEANS.iter().zip(values.booleans) {
        context.push_str(&format!("{}: {value}, ", name.replace('-', "_")));
    }
    for (name, value) in NUMBERS.iter().zip(values.numbers) {
        context.push_str(&format!("{}: {value}, ", name.replace('-', "_")));
    }
    context.push_str(&format!("{}: \"{}\"}}", CHOICE.replace('-', "_"), OPTIONS[values.choice]));
    let scope = dsntk_feel::FeelScope::default();
    let context = dsntk_feel_evaluator::evaluate_context(&scope, &context).expect("the context is right");
    scope.push(context);
    let node = dsntk_feel_parser::parse_expression(&scope, &text, false).ok()?;
    match dsntk_feel_evaluator::evaluate(&scope, &node) {
        dsntk_feel::values::Value::Boolean(value) => Some(value),
        other => panic!("{text}: {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn says_what_another_feel_says(text in truth(), values in values()) {
        let expr = parse(&text).and_then(|ast| lower(&ast, &values)).unwrap_or_else(|error| panic!("{text}: {error}"));
        let ours = evaluate(&expr, &values).known();
        prop_assert!(ours.is_some(), "{text} is unknown with everything known");
        prop_assert_eq!(ours, oracle(&text, &values), "{} with {:?}", text, values);
    }
}
