//! Why: verdicts, norms and conditions in words.

use crate::answer::{ConditionVerdict, StepVerdict};
use crate::judge::{Bench, Judged, Judgement, ground_holds, met};
use crate::live::push;
use crate::outcome::{Outcome, Range};
use brink_policy::Known;
use brink_policy::compiled::{Compiled, Norm, NormEffect, Requirement};
use brink_policy::feel::{Expr, Truth, Variable, evaluate};
use brink_policy::written::Effect;

/// The verdict in a sentence or two.
pub(crate) fn summary(verdict: Outcome, range: Range, judged: &[Judged<'_>], questions: usize) -> String {
    let count = judged.iter().filter(|judged| judged.judgement.outcome == verdict).count();
    let rules = |one: &str, more: &str| {
        if count == 1 { one.to_owned() } else { format!("{count} {more}") }
    };
    let mut text = match verdict {
        Outcome::Strijdig => format!(
            "Dit plan past zo niet in de visie: {} in de weg.",
            rules("één regel staat", "regels staan")
        ),
        Outcome::NeeTenzij => format!(
            "De visie zegt hier nee, tenzij aan alle voorwaarden is voldaan ({}).",
            rules("één regel", "regels")
        ),
        Outcome::Onbekend if range.strengst <= Outcome::Aandacht && !range.begrensd => {
            "Hoe de visie dit weegt is nog niet precies te zeggen; meer dan aandacht vraagt zij er niet voor."
                .to_owned()
        }
        Outcome::Onbekend => "Of de visie dit toelaat is nog niet te zeggen.".to_owned(),
        Outcome::Onwenselijk => format!(
            "De provincie vindt dit plan zo ongewenst ({}); verboden is het niet.",
            rules("één regel", "regels")
        ),
        Outcome::JaMits => {
            format!("Dit kan, mits aan de voorwaarden is voldaan ({}).", rules("één regel", "regels"))
        }
        Outcome::Aandacht => {
            format!("Dit kan; de visie vraagt aandacht voor {}.", rules("één punt", "punten"))
        }
        Outcome::Past => "Dit plan past in de visie.".to_owned(),
        Outcome::Gewenst => "Dit plan is in de visie gewenst.".to_owned(),
        Outcome::Elders => "Hierover gaat niet de provincie, maar een ander.".to_owned(),
        Outcome::GeenBelang => {
            "De uitgewerkte onderdelen van de visie noemen hier geen provinciaal belang.".to_owned()
        }
    };
    if let Some(apart) = apart_from_general(verdict, judged) {
        text.push_str(&apart);
    }
    if range.is_open() && questions > 0 {
        let more = if questions == 1 {
            "het antwoord op één vraag".to_owned()
        } else {
            format!("de antwoorden op {questions} vragen")
        };
        text.push_str(&format!(
            " Met {more} kan het oordeel nog veranderen: van {} tot {}.",
            range.mildst, range.strengst
        ));
    }
    text
}

/// When only what holds for every plan makes the verdict: what it is apart from that.
fn apart_from_general(verdict: Outcome, judged: &[Judged<'_>]) -> Option<String> {
    let mut deciding = judged.iter().filter(|one| one.judgement.outcome == verdict).peekable();
    if verdict <= Outcome::Aandacht || deciding.peek().is_none() || !deciding.all(|one| one.norm.general) {
        return None;
    }
    let specific = judged.iter().filter(|one| !one.norm.general).map(|one| one.judgement.outcome);
    let rest = specific.max().unwrap_or(Outcome::GeenBelang);
    (rest < verdict).then(|| {
        format!(
            " Dat komt door regels die voor vrijwel elk plan gelden; zonder die regels is het oordeel {rest}."
        )
    })
}

/// How the conditions of a norm stand; those that are not asked are left out.
pub(crate) fn conditions<'p>(
    package: &'p Compiled,
    norm: &'p Norm,
    known: &Known<'p>,
) -> Vec<ConditionVerdict<'p>> {
    let mut list = Vec::new();
    for condition in &norm.conditions {
        if evaluate(&condition.when, known).is_no() {
            continue;
        }
        let mut facts = Vec::new();
        let mut open = None;
        match &condition.requirement {
            Requirement::Expr(expr) => names(package, expr, &mut facts),
            Requirement::OneOf(grounds) => {
                grounds
                    .iter()
                    .filter_map(|ground| ground.requirement.as_ref())
                    .for_each(|expr| names(package, expr, &mut facts));
            }
            Requirement::Open(reason) => open = Some(reason.as_str()),
        }
        list.push(ConditionVerdict {
            id: &condition.id,
            tekst: &condition.text,
            uitkomst: state(met(condition, known)),
            gegevens: facts,
            grond_van: None,
            open,
            bewijs: &condition.evidence,
        });
        if let Requirement::OneOf(grounds) = &condition.requirement {
            for ground in grounds {
                let mut facts = Vec::new();
                if let Some(expr) = &ground.requirement {
                    names(package, expr, &mut facts);
                }
                list.push(ConditionVerdict {
                    id: &ground.id,
                    tekst: &ground.text,
                    uitkomst: state(ground_holds(ground, known)),
                    gegevens: facts,
                    grond_van: Some(&condition.id),
                    open: None,
                    bewijs: &ground.evidence,
                });
            }
        }
    }
    list
}

fn state(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "voldaan",
        Truth::No => "niet-voldaan",
        Truth::Unknown => "onbekend",
    }
}

/// The facts and areas an expression looks at, by id.
fn names<'p>(package: &'p Compiled, expr: &Expr, found: &mut Vec<&'p str>) {
    expr.variables(&mut |variable| {
        let name = match variable {
            Variable::Fact(fact) => package.vocabulary.fact(fact).map(|fact| fact.id.as_str()),
            Variable::Area(area) | Variable::Distance(area) | Variable::Share(area) => {
                package.vocabulary.area(area).map(|area| area.id.as_str())
            }
        };
        if let Some(name) = name
            && !found.contains(&name)
        {
            found.push(name);
        }
    });
}

/// Why a norm comes out as it does.
pub(crate) fn why(
    bench: &Bench<'_>,
    norm: &Norm,
    judgement: Judgement,
    known: &Known<'_>,
    conditions: &[ConditionVerdict<'_>],
) -> String {
    match judgement.applies {
        Truth::No => return "Geldt niet voor dit plan.".to_owned(),
        Truth::Unknown => {
            let mut text = open_points(bench, norm, known);
            if let Some(reason) = &norm.reason {
                text.push_str(&format!(" {reason}"));
            }
            return text;
        }
        Truth::Yes => {}
    }
    let NormEffect::Judges(effect) = norm.effect else {
        return norm.reason.clone().unwrap_or_else(|| "De visie geeft hier geen regel.".to_owned());
    };
    let top = || conditions.iter().filter(|condition| condition.grond_van.is_none());
    let texts =
        |state: &str| -> Vec<&str> { top().filter(|c| c.uitkomst == state).map(|c| c.tekst).collect() };
    let (failed, open) = (texts("niet-voldaan"), texts("onbekend"));
    match effect {
        Effect::Verbod => "De visie sluit dit uit.".to_owned(),
        Effect::Onwenselijk => "De visie wil dit liever niet.".to_owned(),
        Effect::Elders => "Hierover gaat een ander dan de provincie.".to_owned(),
        _ if conditions.is_empty() && !norm.conditions.is_empty() => {
            "Wat hier kan worden gevraagd, geldt niet voor dit plan.".to_owned()
        }
        _ if conditions.is_empty() => match effect {
            Effect::Toegestaan => "De visie laat dit toe.".to_owned(),
            Effect::Gewenst => "De visie wil dit graag.".to_owned(),
            _ => "Houd hier rekening mee.".to_owned(),
        },
        _ if !failed.is_empty() => {
            let rest = if open.is_empty() { String::new() } else { format!(" Nog open: {}.", join(&open)) };
            format!("Niet voldaan: {}.{rest}", join(&failed))
        }
        _ if !open.is_empty() => format!("Nog open: {}.", join(&open)),
        _ => "Aan alle voorwaarden is voldaan.".to_owned(),
    }
}

fn join(texts: &[&str]) -> String {
    texts.iter().map(|text| text.trim_end_matches('.')).collect::<Vec<_>>().join("; ")
}

fn to_ask(bench: &Bench<'_>, variables: &[Variable]) -> Vec<Variable> {
    let mut list = Vec::new();
    for variable in variables {
        bench.to_ask(*variable, &mut |variable| push(variable, &mut list));
    }
    list
}

/// The unknown facts and areas that decide whether a norm applies, in words.
fn open_points(bench: &Bench<'_>, norm: &Norm, known: &Known<'_>) -> String {
    let package = bench.package;
    let mut facts: Vec<&str> = Vec::new();
    let mut areas: Vec<&str> = Vec::new();
    for variable in &to_ask(bench, &bench.deciding(norm, known)) {
        match variable {
            Variable::Fact(id) => {
                facts.extend(package.vocabulary.fact(*id).map(|fact| fact.question.as_str()))
            }
            Variable::Area(id) | Variable::Distance(id) | Variable::Share(id) => {
                areas.extend(package.vocabulary.area(*id).map(|area| area.name.as_str()));
            }
        }
    }
    areas.dedup();
    let mut parts: Vec<String> = Vec::new();
    if !areas.is_empty() {
        let shown: Vec<String> = areas.iter().take(3).map(|name| format!("'{name}'")).collect();
        let more = if areas.len() > 3 {
            format!(" of een van {} andere gebieden", areas.len() - 3)
        } else {
            String::new()
        };
        parts.push(format!("Ligt het plan in het gebied {}{more}?", shown.join(" of ")));
    }
    parts.extend(facts.iter().take(3).map(|question| (*question).to_owned()));
    if parts.is_empty() {
        "Of dit geldt is uit de visie niet op te maken.".to_owned()
    } else {
        format!("Of dit geldt is nog niet bekend. {}", parts.join(" "))
    }
}

/// The step of a preference order the plan is on: the first that holds, if none before it is unknown.
pub(crate) fn step<'p>(norm: &'p Norm, known: &Known<'_>) -> Option<StepVerdict<'p>> {
    for (n, step) in norm.steps.iter().enumerate() {
        match evaluate(&step.when, known) {
            Truth::No => {}
            Truth::Unknown => return None,
            Truth::Yes => {
                return Some(StepVerdict {
                    nummer: n + 1,
                    van: norm.steps.len(),
                    id: &step.id,
                    tekst: &step.text,
                    eerst: norm.steps.iter().take(n).filter_map(|step| step.first.as_deref()).collect(),
                });
            }
        }
    }
    None
}
