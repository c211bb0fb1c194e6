//! The ledger as a table in Markdown, which reads as text too.

use crate::proof::Proven;
use brink_policy::LedgerRow;
use brink_policy::written::Execution;
use std::fmt::Write;

/// The whole page.
pub(crate) fn page(title: &str, rows: &[LedgerRow], proven: Option<&Proven>) -> String {
    let mut out = format!("# Dekking: {title}\n\n");
    out.push_str(
        "Per onderdeel: hoeveel regels tekst in een uitspraak staan (koppen en bijschriften tellen niet mee), hoe de\n\
         uitspraken in de software leven, en hoeveel gevallen erover gaan. *Opgegaan* is een uitspraak die als voorwaarde,\n\
         uitzondering of herhaling in een andere norm zit. *Beslissend* zijn de normen (ook waar de bron zwijgt) zonder welke\n\
         een geval mislukt. Gemaakt met `brink controleer --dekking`.\n\n",
    );
    out.push_str("| onderdeel | regels | gedekt | norm | opgegaan | bron zwijgt | gebied | doel | term | kennis | gevallen | beslissend |\n");
    out.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for row in rows {
        let decisive = proven.and_then(|proven| proven.per_onderdeel.get(&row.onderdeel)).copied();
        line(&mut out, &format!("{} {}", row.onderdeel, row.titel), &[row], decisive.unwrap_or_default());
    }
    let all: Vec<&LedgerRow> = rows.iter().collect();
    line(&mut out, "**samen**", &all, proven.map_or(0, |proven| proven.beslissend));
    let open: Vec<String> = rows.iter().flat_map(|row| &row.ongedekt).map(u32::to_string).collect();
    let _ = if open.is_empty() {
        writeln!(out, "\nAlle regels tekst staan in een uitspraak.")
    } else {
        writeln!(out, "\nRegels tekst in geen uitspraak: {}.", open.join(", "))
    };
    if let Some(proven) = proven {
        cases(&mut out, proven);
    }
    out
}

/// What the cases prove.
fn cases(out: &mut String, proven: &Proven) {
    let _ = writeln!(
        out,
        "\n{} van de {} normen die oordelen zijn in minstens een geval beslissend. {} van de {} vergelijkingen met een\n\
         getal of datum hebben een geval vlak onder, op en vlak boven de grens dat op die vergelijking rust.",
        proven.beslissend, proven.normen, proven.grenzen_bewezen, proven.grenzen
    );
    if !proven.zonder_geval.is_empty() {
        out.push('\n');
    }
    for lack in &proven.zonder_geval {
        let why = lack.reden.as_ref().map_or(String::new(), |why| format!(": {}", why.trim()));
        let _ = writeln!(out, "* {}, {}{why}", lack.norm, lack.wat);
    }
}

fn line(out: &mut String, name: &str, rows: &[&LedgerRow], decisive: usize) {
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
        decisive,
    ];
    let cells: Vec<String> =
        cells.iter().map(|n| if *n == 0 { String::new() } else { n.to_string() }).collect();
    let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
}
