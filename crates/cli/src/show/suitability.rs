//! Where a plan would fit, for people.

use super::{Styles, paragraph, paragraph_with};
use brink_reply::{EverywhereReply, Suitable, thousands};
use std::fmt::Write as _;

/// How many reasons of a zone are named.
const REASONS: usize = 3;

/// How the territory divides over the verdicts, and the zones found.
pub(crate) fn text(answer: &Suitable<'_>) -> String {
    let mut out = String::new();
    let (heading, quiet) = (Styles::HEADING, Styles::QUIET);
    let total: f64 = answer.verdeling.iter().map(|share| share.hectare).sum();
    let _ = writeln!(out, "{heading}Zo ligt de provincie erbij{heading:#}");
    for share in &answer.verdeling {
        let percent = if total > 0.0 { share.hectare / total * 100.0 } else { 0.0 };
        let (word, hectares) = (share.oordeel.word(), thousands(share.hectare));
        let _ = writeln!(out, "  {word:<12} {hectares:>10} ha {percent:>5.1}%");
    }
    if let Some(everywhere) = &answer.overal {
        out.push('\n');
        out.push_str(&paragraph(&left_out(everywhere), 0));
        for reason in &everywhere.redenen {
            let line = format!("[{}] {}", reason.id, reason.samenvatting);
            out.push_str(&paragraph_with(&line, "  - ", "    "));
        }
    }
    let _ = writeln!(out, "\n{heading}De beste zones{heading:#}");
    if answer.zones.is_empty() {
        out.push_str(&paragraph("Geen zone is zo groot en valt onder dit oordeel.", 2));
    }
    for zone in &answer.zones {
        let spot = match zone.plek {
            Some([longitude, latitude]) => format!(" rond {longitude},{latitude}"),
            None => String::new(),
        };
        let about = if zone.grens == "raster" { ", grens volgens het raster" } else { "" };
        let line =
            format!("{}. {}: {} ha{spot}{about}", zone.rang, zone.oordeel.word(), thousands(zone.hectare));
        out.push_str(&paragraph_with(&line, "  ", "     "));
        for reason in zone.redenen.iter().take(REASONS) {
            let line = format!("[{}] {}", reason.id, reason.samenvatting);
            out.push_str(&paragraph_with(&line, "     - ", "       "));
        }
        if zone.redenen.len() > REASONS {
            let _ = writeln!(
                out,
                "     {quiet}en nog {}{quiet:#}",
                super::count(zone.redenen.len() - REASONS, "norm", "normen")
            );
        }
    }
    out.push('\n');
    for remark in &answer.meldingen {
        out.push_str(&paragraph(remark, 0));
    }
    out.push_str(&paragraph(
        "Waarom een andere plek niet: `brink toets --punt LON,LAT` met dezelfde gegevens.",
        0,
    ));
    out.push_str(&paragraph(answer.voorbehoud, 0));
    out
}

/// What does not count since it is the same everywhere.
fn left_out(everywhere: &EverywhereReply<'_>) -> String {
    let count = super::count(everywhere.aantal, "norm", "normen");
    match everywhere.redenen.as_slice() {
        [] => format!("Niet meegeteld is wat overal hetzelfde is: {count}."),
        _ => format!(
            "Niet meegeteld is wat overal hetzelfde is: {count}, samen met het oordeel {}. Dat komt door:",
            everywhere.oordeel.word()
        ),
    }
}
