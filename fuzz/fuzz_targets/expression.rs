//! A condition in FEEL: it parses or says where it does not; what parses gets a type or a fault; what has a type has a
//! truth value, and knowing more never turns a known truth.

#![no_main]

use brink_policy::compiled::{Answer, Compiled};
use brink_policy::feel::{Truth, evaluate, lower, parse};
use brink_policy::{Depth, FactId, Known, load};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static PACKAGE: LazyLock<Compiled> = LazyLock::new(|| load(&brink_fuzz::files(), Depth::Use).compiled.unwrap());

fuzz_target!(|text: &str| {
    let length = text.chars().count();
    let ast = match parse(text) {
        Ok(ast) => ast,
        Err(error) => {
            assert!(error.span.start <= length, "{error:?}");
            return;
        }
    };
    let expr = match lower(&ast, &PACKAGE.vocabulary) {
        Ok(expr) => expr,
        Err(error) => {
            assert!(error.span.start <= error.span.end && error.span.end <= length, "{error:?}");
            return;
        }
    };
    let today = 20_000.into();
    let mut known = Known::new(&PACKAGE, None, today);
    let mut last = evaluate(&expr, &known);
    // Fill in the facts one by one.
    for (n, fact) in PACKAGE.vocabulary.facts.iter().enumerate() {
        let answer = fact.domain.answers.get(length % fact.domain.answers.len().max(1));
        known.state_fact(FactId::from_index(n), answer.copied().unwrap_or(Answer::Text));
        let now = evaluate(&expr, &known);
        assert!(last == Truth::Unknown || last == now, "{text}");
        last = now;
    }
});
