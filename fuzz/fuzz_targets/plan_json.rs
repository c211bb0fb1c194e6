//! A plan: what reads well is judged, twice to the same bytes, with the verdict in its range.

#![no_main]

use brink_assess::{Options, Plan, assess};
use brink_policy::compiled::Compiled;
use brink_policy::{Depth, load};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static PACKAGE: LazyLock<Compiled> = LazyLock::new(|| load(&brink_fuzz::files(), Depth::Use).compiled.unwrap());

fuzz_target!(|text: &str| {
    let plan = match Plan::from_json(text, &PACKAGE) {
        Ok(plan) => plan,
        Err(error) => {
            assert!(!error.faults.is_empty());
            assert!(error.faults.iter().all(|fault| !fault.melding.is_empty()));
            return;
        }
    };
    for all in [false, true] {
        let options = Options {
            today: "2026-11-01".to_owned(),
            all,
        };
        let answer = assess(&PACKAGE, &plan, &options);
        assert!(answer.bereik.mildst <= answer.bereik.strengst, "{text}");
        let bytes = serde_json::to_vec(&answer).unwrap();
        let again = serde_json::to_vec(&assess(&PACKAGE, &plan, &options)).unwrap();
        assert!(bytes == again, "{text}");
    }
});
