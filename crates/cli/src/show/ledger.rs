//! The ledger as a table in Markdown, which reads as text too.

use brink_policy::LedgerRow;
use brink_policy::written::Execution;
use std::fmt::Write;

/// The whole page.
pub(crate) fn page(title: &str, rows: &[LedgerRow]) -> String {
    let mut out = format!("# Dekking: {title}\n\n");
    out.push_str(
        "Per onderdeel: hoeveel regels tekst in een uitspraak staan (koppen en bijschriften tellen niet mee), hoe de\n\
         uitspraken in de software leven, en hoeveel gevallen erover gaan. *Opgegaan* is een uitspraak die als voorwaarde,\n\
         uitzondering of herhaling in een andere norm zit. Gemaakt met `brink controleer --dekking`.\n\n",
    );
    out.push_str("| onderdeel | regels | gedekt | norm | opgegaan | bron zwijgt | gebied | doel | term | kennis | gevallen |\n");
    out.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for row in rows {
        line(&mut out, &format!("{} {}", row.onderdeel, row.titel), &[row]);
    }
    let all: Vec<&LedgerRow> = rows.iter().collect();
    line(&mut out, "**samen**", &all);
    let open: Vec<String> = rows.iter().flat_map(|row| &row.ongedekt).map(u32::to_string).collect();
    let _ = if open.is_empty() {
        writeln!(out, "\nAlle regels tekst staan in een uitspraak.")
    } else {
        writeln!(out, "\nRegels tekst in geen uitspraak: {}.", open.join(", "))
    };
    out
}

fn line(out: &mut String, name: &str, rows: &[&LedgerRow]) {
    let sum = |of: &dyn Fn(&LedgerRow) -> usize| rows.iter().map(|row| of(row)).sum::<usize>();
    let per = |kind: Execution| sum(&|row| row.uitvoering.get(&kind).copied().unwrap_or_default());
    let cells = [
        sum(&|row| row.regels),
        sum(&|row| row.gedekt),
        per(Execution::Norm),
        sum(&|row| row.verwerkt),
        per(Execution::BronZwijgt),
        per(Execution::Gebied),
        per(Execution::Doel),
        per(Execution::Term),
        per(Execution::Kennis),
        sum(&|row| row.gevallen),
    ];
    let cells: Vec<String> =
        cells.iter().map(|n| if *n == 0 { String::new() } else { n.to_string() }).collect();
    let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
}
