//! The questions of an answer: the few that matter most, and how many more.

use super::assessment::title;
use super::{Styles, count, paragraph, paragraph_with};
use brink_assess::{Assessment, Outcome, Question};

/// How many questions are shown before the rest is folded.
const SHOWN: usize = 5;

/// The questions that are shown, in order. Those that only settle an interest are shown with all, and where there are
/// weightier ones so are those that can at most ask attention; when none are weightier, what every plan is asked.
pub(super) fn shown<'a>(answer: &'a Assessment<'a>, all: bool) -> Vec<&'a Question<'a>> {
    let heavy = |question: &Question<'_>| question.kan_leiden_tot > Outcome::Aandacht;
    let any_heavy = answer.vragen.iter().any(|question| question.doorslaggevend && heavy(question));
    let matters = |question: &Question<'_>| {
        question.doorslaggevend && if any_heavy { heavy(question) } else { !question.algemeen }
    };
    let list = answer.vragen.iter().filter(|question| all || matters(question));
    list.take(if all { usize::MAX } else { SHOWN }).collect()
}

/// The questions.
pub(super) fn questions(out: &mut String, answer: &Assessment<'_>, all: bool) {
    if answer.vragen.is_empty() {
        return;
    }
    let shown = shown(answer, all);
    let rest = answer.vragen.len() - shown.len();
    if shown.is_empty() {
        let decisive = answer.vragen.iter().any(|question| question.doorslaggevend);
        let text = if rest == 1 {
            format!(
                "Er is nog één vraag open; {} (--alles).",
                if decisive {
                    "meer dan aandacht kan er niet uit komen"
                } else {
                    "zij verandert alleen het oordeel voor een belang"
                }
            )
        } else {
            format!(
                "Er zijn nog {rest} vragen open; {} (--alles).",
                if decisive {
                    "meer dan aandacht kan er niet uit komen"
                } else {
                    "zij veranderen alleen het oordeel voor een belang"
                }
            )
        };
        out.push('\n');
        out.push_str(&paragraph(&text, 0));
        return;
    }
    let heading = match (rest, shown.len()) {
        (0, _) => "Wat nog te weten is",
        (_, 1) => "De belangrijkste vraag",
        _ => "De belangrijkste vragen",
    };
    title(out, heading);
    for (n, question) in shown.iter().enumerate() {
        let number = format!("{:>2}. ", n + 1);
        out.push_str(&paragraph_with(&question.vraag, &format!("  {number}"), "      "));
        let quiet = Styles::QUIET;
        out.push_str(&paragraph(&format!("{quiet}({}){quiet:#}", about(question)), 6));
    }
    if rest > 0 {
        let text = format!("En nog {}; met --alles staan ze er alle.", count(rest, "vraag", "vragen"));
        out.push_str(&paragraph(&text, 2));
    }
}

/// Its id, what an answer looks like, and what may come of it.
fn about(question: &Question<'_>) -> String {
    let mut parts: Vec<String> = vec![question.id.to_owned()];
    if !question.mogelijkheden.is_empty() {
        let names: Vec<&str> = question.mogelijkheden.iter().map(|option| option.id).collect();
        parts.push(names.join(" | "));
    }
    if let Some(unit) = question.eenheid {
        parts.push(format!("in {unit}"));
    }
    if question.oordeel_nodig {
        parts.push("vraagt een oordeel".to_owned());
    }
    parts.push(if question.doorslaggevend {
        format!("kan leiden tot {}", question.kan_leiden_tot)
    } else {
        "telt alleen voor een belang".to_owned()
    });
    parts.join("; ")
}
