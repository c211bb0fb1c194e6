//! A chart of a goal, where its numbers allow one, and the same figures for a table.

use brink_policy::Decimal;
use brink_policy::goal_words::number;
use brink_policy::written::{Goal, Number};
use serde_json::{Value, json};

/// A bar chart, as the page needs it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chart {
    /// For the script.
    pub data: String,
    /// For who does not see it.
    pub label: String,
    pub unit: String,
    /// Names of the columns of the table, after the first.
    pub columns: Vec<String>,
    /// Name and figures.
    pub rows: Vec<(String, Vec<String>)>,
}

struct Series {
    name: &'static str,
    values: Vec<Option<Decimal>>,
}

impl Chart {
    pub(super) fn of(goal: &Goal) -> Option<Self> {
        let (labels, series) = if goal.delen.is_empty() { levels(goal)? } else { parts(goal) };
        let unit = goal.eenheid.clone().unwrap_or_default();
        let values = |series: &Series| -> Vec<Value> {
            series.values.iter().map(|value| value.map_or(Value::Null, Number::json)).collect()
        };
        let data = json!({
            "soort": "bar",
            "labels": labels,
            "reeksen": series.iter().map(|one| json!({ "naam": one.name, "waarden": values(one) })).collect::<Vec<_>>(),
            "eenheid": unit,
        });
        let rows = labels.iter().enumerate().map(|(n, label)| {
            let cells = series.iter().map(|one| one.values.get(n).copied().flatten());
            (label.clone(), cells.map(|value| value.map_or_else(|| "onbekend".to_owned(), number)).collect())
        });
        Some(Self {
            data: data.to_string(),
            label: format!("Staafdiagram van {}; dezelfde getallen staan in de tabel hieronder", goal.naam),
            columns: series.iter().map(|one| one.name.to_owned()).collect(),
            rows: rows.collect(),
            unit,
        })
    }
}

fn parts(goal: &Goal) -> (Vec<String>, Vec<Series>) {
    let parts = &goal.delen;
    let labels = parts.iter().map(|part| part.naam.clone()).collect();
    let all = [
        ("Bijdrage aan het doel", parts.iter().map(|part| Some(part.waarde.0)).collect::<Vec<_>>()),
        ("Gerealiseerd", parts.iter().map(|part| part.gerealiseerd.map(|value| value.0)).collect()),
        ("In aanbouw", parts.iter().map(|part| part.in_aanbouw.map(|value| value.0)).collect()),
    ];
    let known = all.into_iter().filter(|(_, values)| values.iter().any(Option::is_some));
    (labels, known.map(|(name, values)| Series { name, values }).collect())
}

/// What is compared with, what is there and what is wanted; at least two of those.
fn levels(goal: &Goal) -> Option<(Vec<String>, Vec<Series>)> {
    let year =
        |name: &str, year: Option<u16>| year.map_or_else(|| name.to_owned(), |year| format!("{name} {year}"));
    let baseline = goal.nulmeting.as_ref();
    let baseline = baseline.and_then(|base| Some((year("Nulmeting", base.jaar), base.waarde?.0)));
    let there = goal.realised().map(|value| ("Gerealiseerd".to_owned(), value));
    let target = (year("Streefwaarde", goal.streef.jaar), goal.streef.waarde?.0);
    let bars: Vec<(String, Decimal)> = baseline.into_iter().chain(there).chain([target]).collect();
    if bars.len() < 2 {
        return None;
    }
    let (labels, values) = bars.into_iter().map(|(label, value)| (label, Some(value))).unzip();
    Some((labels, vec![Series { name: "Waarde", values }]))
}
