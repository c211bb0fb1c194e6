//! The goals and service levels of the Drenthe package: the acceptance cases about them, and the sums of the source.

use brink_policy::feel::Truth;
use brink_policy::goal::{GoalStatus, Guarantee, Measured};
use brink_policy::written::{Case, CaseKind, Gauge, Goal, Number, ServiceLevel, Weekday};
use brink_policy::{Decimal, Depth, Loaded, SourceFile, load, read_folder};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

static PACKAGE: LazyLock<Loaded> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/drenthe-2022");
    load(&read_folder(&folder).unwrap(), Depth::Use)
});

fn goal(id: &str) -> &'static Goal {
    let found = PACKAGE.written.goals.iter().find(|goal| goal.id == id);
    found.unwrap_or_else(|| panic!("no goal {id}"))
}

fn service(id: &str) -> &'static ServiceLevel {
    let found = PACKAGE.written.services.iter().find(|service| service.id == id);
    found.unwrap_or_else(|| panic!("no service {id}"))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn facts(case: &Case) -> impl Fn(&str) -> Option<Value> + '_ {
    |id| {
        let facts = case.plan.get("gegevens").and_then(|facts| facts.get(id));
        facts.filter(|value| !value.is_null()).cloned()
    }
}

/// What a case measured, as the goal's own gauges say.
fn measured(gauges: &[Gauge], case: &Case) -> Option<Measured> {
    gauges.iter().find_map(|gauge| {
        let value = facts(case)(&gauge.gegeven)?;
        match value {
            Value::Bool(true) if gauge.weerlegt => Some(Measured::Ready(false)),
            Value::Bool(_) if gauge.weerlegt => None,
            Value::Bool(ready) => Some(Measured::Ready(ready)),
            Value::Number(number) => Some(Measured::Value(decimal(&number.to_string()))),
            _ => None,
        }
    })
}

/// The year a case is about: the year measured, or that of its reference date.
fn year(case: &Case) -> Option<u16> {
    let date = case.plan.get("peildatum").and_then(Value::as_str);
    let of_date = || date?.get(..4)?.parse().ok();
    facts(case)("peiljaar").and_then(|year| u16::try_from(year.as_u64()?).ok()).or_else(of_date)
}

fn yes_no(truth: Truth) -> Value {
    json!(match truth {
        Truth::Yes => "ja",
        Truth::No => "nee",
        Truth::Unknown => "onbekend",
    })
}

/// Cases write `nee` and `ja` bare or as text.
fn as_written(value: &Value) -> Value {
    match value {
        Value::Bool(value) => yes_no(Truth::from(*value)),
        value => value.clone(),
    }
}

/// What the package answers to an expectation of a case; `None` when the expectation is for the reader only.
fn answer(case: &Case, key: &str) -> Option<Value> {
    let expected = &case.verwacht;
    let about = |statements: &[String]| {
        expected.normen.is_empty() || statements.iter().any(|id| expected.normen.contains(id))
    };
    let goal = || {
        let mut goals = PACKAGE.written.goals.iter();
        let found = goals.find(|goal| about(&goal.uitspraken) && measured(&goal.meting, case).is_some());
        &found.unwrap_or_else(|| panic!("no goal for case {}", case.id)).value
    };
    let level = || {
        let mut services = PACKAGE.written.services.iter();
        let found = services.find(|service| {
            about(&service.uitspraken)
                && service.meting.iter().any(|gauge| facts(case)(&gauge.gegeven).is_some())
        });
        &found.unwrap_or_else(|| panic!("no service for case {}", case.id)).value
    };
    let value = |value: Option<Decimal>| value.map_or(Value::Null, Number::json);
    Some(match key {
        "doel_gehaald" => yes_no(goal().met(measured(&goal().meting, case).unwrap())),
        "status" => json!(goal().status(measured(&goal().meting, case).unwrap(), year(case))),
        "streefwaarde" => value(goal().streef.waarde.map(|value| value.0)),
        "streefjaar" => goal().streef.jaar.map_or(json!("onbekend"), |year| json!(year)),
        "bandbreedte" => json!(goal().streef.band().unwrap().map(Number::json)),
        "resterend_mw" => match measured(&goal().meting, case) {
            Some(Measured::Value(there)) => value(goal().remaining(there)),
            _ => Value::Null,
        },
        "voldaan" => yes_no(level().met(measured(&level().meting, case).unwrap())),
        "minimum_per_uur" => {
            let text = |id: &str| facts(case)(id).unwrap().as_str().unwrap().to_owned();
            let day: Weekday = serde_json::from_value(json!(text("weekdag"))).unwrap();
            let hour = decimal(&facts(case)("tijdstip-uur").unwrap().to_string());
            assert_eq!(level().guaranteed_in(year(case).unwrap()), Truth::Yes);
            match level().minimum(&text("lijntype"), day, hour) {
                Guarantee::PerHour(times) => json!(times),
                Guarantee::Unknown => json!("onbekend"),
            }
        }
        "veertig_procent_twh" | "twintig_pj_twh" | "genoemd_twh" => {
            let goal = self::goal("hernieuwbare-productie-2030");
            let unit = |unit: &str| goal.maten.iter().find(|measure| measure.eenheid == unit).unwrap();
            let total = facts(case)("energiegebruik-totaal-twh").map(|total| decimal(&total.to_string()));
            value(match key {
                "veertig_procent_twh" => unit("%").converted_with(total),
                "twintig_pj_twh" => unit("PJ").converted().map(|value| value.round_dp(3)),
                _ => goal.streef.waarde.map(|value| value.0),
            })
        }
        "grens_verkeersbewegingen" | "plandrempel_db" | "boven_plandrempel" | "actieplan_geldt" => {
            let level = service("plandrempel-provinciale-wegen");
            let above = level.geldt_boven.as_ref().unwrap();
            match key {
                "grens_verkeersbewegingen" => value(Some(above.waarde.0)),
                "plandrempel_db" => value(level.streef.waarde.map(|value| value.0)),
                "boven_plandrempel" => yes_no(!level.met(measured(&level.meting, case).unwrap())),
                _ => {
                    let traffic = facts(case)(above.gegeven.as_ref().unwrap());
                    yes_no(level.applies(traffic.map(|number| decimal(&number.to_string()))))
                }
            }
        }
        _ => return None,
    })
}

#[test]
fn the_acceptance_cases_get_the_numbers_they_expect() {
    let mut checked = 0;
    let mut cases = 0;
    for case in &PACKAGE.written.cases {
        let about = matches!(case.soort, CaseKind::Doel | CaseKind::Dienst);
        let noise =
            case.id.starts_with("4.4.2.1-") && case.verwacht.overig.contains_key("grens_verkeersbewegingen");
        if !about && !noise {
            continue;
        }
        cases += 1;
        let mut answered = 0;
        for (key, expected) in &case.verwacht.overig {
            match answer(case, key) {
                Some(given) => {
                    answered += 1;
                    assert_eq!(given, as_written(expected), "{}: {key}", case.id);
                }
                None => assert!(!about, "{}: nobody answers `{key}`", case.id),
            }
        }
        assert!(answered > 0, "{} is not checked at all", case.id);
        checked += answered;
    }
    assert!(cases >= 22 && checked >= 40, "{cases} cases, {checked} expectations");
}

#[test]
fn every_statement_that_lives_as_a_goal_is_in_one() {
    let written = &PACKAGE.written;
    let goals = written.goals.iter().flat_map(|goal| &goal.uitspraken);
    let services = written.services.iter().flat_map(|service| &service.uitspraken);
    let held: HashSet<&String> = goals.chain(services).collect();
    let missing: Vec<&str> = written
        .statements
        .iter()
        .filter(|statement| {
            statement.uitvoering == brink_policy::written::Execution::Doel && !held.contains(&statement.id)
        })
        .map(|statement| statement.id.as_str())
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn lines_are_those_of_the_statements() {
    let written = &PACKAGE.written;
    let goals = written.goals.iter().map(|goal| (&goal.id, &goal.uitspraken, &goal.regels));
    let services = written.services.iter().map(|service| (&service.id, &service.uitspraken, &service.regels));
    for (id, statements, lines) in goals.chain(services) {
        let mut of_statements: Vec<[u32; 2]> = written
            .statements
            .iter()
            .filter(|statement| statements.contains(&statement.id))
            .map(|statement| statement.regels)
            .collect();
        of_statements.sort_unstable();
        of_statements.dedup();
        assert_eq!(lines, &of_statements, "{id}");
    }
}

#[test]
fn the_sums_that_do_not_add_up_are_known_with_both_readings() {
    let mut wrong: Vec<String> = Vec::new();
    for goal in &PACKAGE.written.goals {
        for sum in goal.sums().iter().filter(|sum| !sum.adds_up()) {
            let difference = sum.explained.unwrap_or_else(|| panic!("{} is not explained", goal.id));
            wrong.push(format!("{} {} {}", goal.id, difference.genoemd.0, difference.berekend.0));
        }
    }
    assert_eq!(
        wrong,
        [
            "hernieuwbare-productie-2030 5.5 5.45",
            "hernieuwbare-productie-2030 5.5 5.556",
            "hernieuwbare-productie-2030 5.5 5.4",
            "res-bijdrage 3.45 3.499",
            "res-bijdrage 3.45 3.265",
            "wind-op-land 285.5 311",
            "wind-op-land 285.5 315.75",
            "wind-emmen 95.5 95.4",
        ]
    );
    assert!(!PACKAGE.findings.iter().any(|finding| finding.code == "P050"));
}

#[test]
fn wind_that_is_there_and_that_is_left() {
    let wind = goal("wind-op-land");
    let there = wind.realised().unwrap();
    assert_eq!(there, decimal("220.25"));
    assert_eq!(wind.remaining(there), Some(decimal("65.25")));
    let soon = there + wind.under_construction().unwrap();
    assert_eq!(soon, decimal("270.65"));
    assert_eq!(wind.remaining(soon), Some(decimal("14.85")));
    // The year has passed without a new one: not missed, and no ceiling.
    assert_eq!(wind.status(there, Some(2026)), GoalStatus::Loopt);
    assert_eq!(wind.status(decimal("300"), Some(2026)), GoalStatus::Gehaald);
    assert_eq!(wind.remaining(decimal("300")), Some(Decimal::ZERO));
}

#[test]
fn just_below_on_and_above_each_target() {
    let step = decimal("0.001");
    for goal in &PACKAGE.written.goals {
        let Some(Number(value)) = goal.streef.waarde else {
            continue;
        };
        let at = [value - step, value, value + step].map(|value| goal.met(value));
        let wanted = if goal.niet_te_bepalen.is_some() {
            [Truth::Unknown; 3]
        } else if goal.streef.vergelijking == brink_policy::written::Comparison::Minstens {
            [Truth::No, Truth::Yes, Truth::Yes]
        } else {
            [Truth::Yes, Truth::Yes, Truth::No]
        };
        assert_eq!(at, wanted, "{}", goal.id);
    }
}

#[test]
fn a_milestone_in_before_and_after_its_year() {
    let link = goal("verbinding-dwingelderveld-grolloo");
    assert_eq!(link.status(false, Some(2039)), GoalStatus::Loopt);
    assert_eq!(link.status(false, Some(2040)), GoalStatus::Loopt);
    assert_eq!(link.status(false, Some(2041)), GoalStatus::Gemist);
    assert_eq!(link.status(false, None), GoalStatus::NietTeBepalen);
    assert_eq!(link.status(true, None), GoalStatus::Gehaald);
    assert_eq!(link.met(40), Truth::Unknown, "a number says nothing about a milestone");
    assert_eq!(goal("woningen").met(true), Truth::Unknown);
    assert_eq!(goal("woningen").status(9_999, Some(2050)), GoalStatus::Loopt);
}

#[test]
fn public_transport_by_line_day_and_hour() {
    let network = service("basisnetwerk-ov");
    let at = |line: &str, day: Weekday, hour: &str| network.minimum(line, day, decimal(hour));
    for line in ["regionale-trein", "hov-bus"] {
        for (hour, times) in
            [("0", 0), ("5.99", 0), ("6", 1), ("6.99", 1), ("7", 2), ("18.99", 2), ("19", 1), ("23.99", 1)]
        {
            assert_eq!(at(line, Weekday::Vr, hour), Guarantee::PerHour(times), "{line} {hour}");
        }
        assert_eq!(at(line, Weekday::Za, "12"), Guarantee::Unknown);
        assert_eq!(at(line, Weekday::Zo, "12"), Guarantee::Unknown);
    }
    for day in Weekday::ALL {
        for (hour, times) in [("6.99", 0), ("7", 1), ("12", 1), ("23.99", 1)] {
            assert_eq!(at("basislijn", day, hour), Guarantee::PerHour(times), "{day:?} {hour}");
        }
    }
    assert_eq!(at("basislijn", Weekday::Ma, "24"), Guarantee::Unknown);
    assert_eq!(at("veerpont", Weekday::Ma, "12"), Guarantee::Unknown);
    let years = [2028, 2029, 2030].map(|year| network.guaranteed_in(year));
    assert_eq!(years, [Truth::Yes, Truth::Unknown, Truth::No]);
}

#[test]
fn noise_hours_and_days() {
    for (id, last_good) in [
        ("stilte-leq-richtwaarde", 35),
        ("stilte-lmax-richtwaarde", 40),
        ("stilte-leq-streefwaarde", 30),
        ("stilte-lmax-streefwaarde", 35),
        ("plandrempel-provinciale-wegen", 63),
        ("motorsport-uren", 8),
        ("tt-twaalfdagenregeling", 12),
        ("tt-type-2-dagen", 27),
        ("koopstromenonderzoek", 4),
        ("geluidkaart-en-actieplan", 5),
        ("beslistermijn-omgevingsvergunning", 8),
    ] {
        let level = service(id);
        assert_eq!(level.met(last_good), Truth::Yes, "{id}");
        assert_eq!(level.met(last_good + 1), Truth::No, "{id}");
    }
    let road = service("plandrempel-provinciale-wegen");
    let busy = [2_999_999, 3_000_000, 3_000_001].map(|cars| road.applies(Some(Decimal::from(cars))));
    assert_eq!(busy, [Truth::No, Truth::No, Truth::Yes]);
    assert_eq!(road.applies(None), Truth::Unknown);
}

/// A small package with one file of goals, and what P002, P011 and P050 say about it.
fn findings(goals: &str) -> Vec<String> {
    let file = |name: &str, text: &str| SourceFile { name: name.to_owned(), text: text.to_owned() };
    let files = [
        file("belangen.yaml", "- {id: energie, naam: Energie, soort: belang, omschrijving: Stroom.}\n"),
        file(
            "normen/1.yaml",
            "- {id: 1-01, onderdeel: \"1\", regels: [1, 2], soort: doel, samenvatting: Een doel., uitvoering: doel}\n",
        ),
        file(
            "inconsistenties.yaml",
            "- {id: som, soort: tegenspraak, botst: Zo., lezing: Zo., verandert_oordeel: \"nee\"}\n",
        ),
        file("doelen.yaml", goals),
    ];
    let found = load(&files, Depth::Use).findings;
    found
        .iter()
        .filter(|finding| finding.place.as_ref().is_some_and(|place| place.file == "doelen.yaml"))
        .map(|finding| {
            let place = finding.place.as_ref().unwrap();
            format!("{}:{} {} {}", place.span.line, place.span.column, finding.code, finding.message)
        })
        .collect()
}

const START: &str =
    "doelen:\n- {id: a, naam: A, thema: energie, eenheid: MW, uitspraken: [1-01], regels: [[1, 2]], ";

#[test]
fn sums_that_add_up_or_are_explained_pass() {
    for rest in [
        "streef: {waarde: 0.3}, delen: [{naam: x, waarde: 0.1}, {naam: y, waarde: 0.2}]}",
        "streef: {waarde: 3}, delen: [{naam: x, waarde: 1}, {naam: y, waarde: 1}], verschil_verklaard: [{genoemd: 3, berekend: 2, inconsistentie: som, uitleg: Zo.}]}",
        "streef: {waarde: 5.5}, maten: [{waarde: 20, eenheid: PJ, deel_door: 3.6}], verschil_verklaard: [{genoemd: 5.5, berekend: 5.556, inconsistentie: som, uitleg: Zo.}]}",
        "streef: {waarde: 5}, maten: [{waarde: 50, eenheid: \"%\", procent_van: 10}]}",
        "streef: {waarde: 3}, verschil_verklaard: [{genoemd: 3, berekend: 4, van: [2, 2], inconsistentie: som, uitleg: Zo.}]}",
    ] {
        assert_eq!(findings(&format!("{START}{rest}\n")), [""; 0], "{rest}");
    }
}

#[test]
fn sums_that_do_not_add_up_are_found() {
    for (rest, message) in [
        (
            "streef: {waarde: 3}, delen: [{naam: x, waarde: 1}, {naam: y, waarde: 1}]}",
            "de delen zijn samen 2, de streefwaarde van `a` is 3",
        ),
        (
            "streef: {waarde: 5.5}, maten: [{waarde: 20, eenheid: PJ, deel_door: 3.6}]}",
            "20 PJ is 5.555556, de streefwaarde van `a` is 5.5",
        ),
        (
            "streef: {waarde: 3}, verschil_verklaard: [{genoemd: 3, berekend: 5, van: [2, 2], inconsistentie: som, uitleg: Zo.}]}",
            "`a` heeft geen som die 3 noemt en op 5 uitkomt",
        ),
        (
            "streef: {waarde: 2}, delen: [{naam: x, waarde: 2}], verschil_verklaard: [{genoemd: 2, berekend: 2, inconsistentie: som, uitleg: Zo.}]}",
            "2 en 2 verschillen niet",
        ),
        ("streef: {waarde: 3, bovenkant: 2}}", "bovenkant 2 ligt onder streefwaarde 3"),
        (
            "streef: {waarde: 3}, delen: [{naam: zelf, waarde: 3, doel: a}]}\n- {id: b, naam: B, thema: energie, uitspraken: [1-01], regels: [[1, 2]], streef: {waarde: 4}, delen: [{naam: zelf, waarde: 4, doel: a}]}",
            "deel `zelf` is hier 4, het doel `a` is 3",
        ),
    ] {
        let found = findings(&format!("{START}{rest}\n"));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].ends_with(&format!("P050 {message}")), "{}", found[0]);
    }
    let found = findings(
        "diensten:\n- {id: a, naam: A, thema: energie, uitspraken: [1-01], regels: [[1, 2]], bediening: [{lijntype: bus, dagen: [ma], tijdvakken: [{van: 7, tot: 19, per_uur: 2}, {van: 18, tot: 24, per_uur: 1}]}]}\n",
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("P050 tijdvakken van `bus`"), "{}", found[0]);
}

#[test]
fn unknown_ids_and_wrong_words_are_found_in_their_place() {
    assert_eq!(
        findings(
            "doelen:\n- id: a\n  naam: A\n  thema: energy\n  uitspraken: [1-02]\n  regels: [[1, 2]]\n  delen: [{naam: x, waarde: 1, doel: b}]\n  streef: {waarde: 1, jaar: 2030, termijn: ooit}\n"
        ),
        [
            "4:10 P011 belang `energy` bestaat niet",
            "5:16 P011 uitspraak `1-02` bestaat niet",
            "7:38 P011 doel `b` bestaat niet",
            "8:44 P002 bij `streef.termijn`: `ooit` bestaat hier niet; kies uit `eind`, `medio`, `voor`, `verstreken`, `onbepaald`",
        ]
    );
    assert_eq!(
        findings("- id: a\n"),
        ["1:1 P002 doelen.yaml hoort uit de groepen doelen en diensten te bestaan"]
    );
    assert_eq!(findings("streven: []\n"), ["1:1 P002 onbekende groep `streven`"]);
}

#[test]
fn numbers_too_large_to_add_do_no_harm() {
    let large = "79228162514264337593543950335";
    let goals = format!(
        "{START}streef: {{waarde: {large}}}, delen: [{{naam: x, waarde: {large}}}, {{naam: y, waarde: {large}}}], maten: [{{waarde: 1, eenheid: GW, deel_door: 0}}, {{waarde: {large}, eenheid: GW, procent_van: {large}}}]}}\n"
    );
    let found = findings(&goals);
    assert!(found.iter().all(|finding| finding.contains("P050") || finding.contains("P002")), "{found:#?}");
}
