//! Where a plan would fit, for people.

use super::{Styles, paragraph, paragraph_with};
use serde_json::Value;
use std::fmt::Write as _;

/// How many reasons of a zone are named.
const REASONS: usize = 3;

/// How the territory divides over the verdicts, and the zones found.
pub(crate) fn text(answer: &Value) -> String {
    let mut out = String::new();
    let (heading, quiet) = (Styles::HEADING, Styles::QUIET);
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let shares = list(&answer["verdeling"]);
    let total: f64 = shares.iter().filter_map(|share| share["hectare"].as_f64()).sum();
    let _ = writeln!(out, "{heading}Zo ligt de provincie erbij{heading:#}");
    for share in &shares {
        let hectares = share["hectare"].as_f64().unwrap_or_default();
        let percent = if total > 0.0 { hectares / total * 100.0 } else { 0.0 };
        let _ = writeln!(
            out,
            "  {:<12} {:>10} ha {:>5.1}%",
            word(&share["oordeel"]),
            thousands(hectares),
            percent
        );
    }
    let zones = list(&answer["zones"]);
    let _ = writeln!(out, "\n{heading}De beste zones{heading:#}");
    if zones.is_empty() {
        out.push_str(&paragraph("Geen zone is zo groot en valt onder dit oordeel.", 2));
    }
    for zone in &zones {
        let spot = match zone["plek"].as_array().map(Vec::as_slice) {
            Some([longitude, latitude]) => format!(" rond {longitude},{latitude}"),
            _ => String::new(),
        };
        let about = if zone["grens"] == "raster" { ", grens volgens het raster" } else { "" };
        let hectares = zone["hectare"].as_f64().unwrap_or_default();
        let line =
            format!("{}. {}: {} ha{spot}{about}", zone["rang"], word(&zone["oordeel"]), thousands(hectares),);
        out.push_str(&paragraph_with(&line, "  ", "     "));
        let reasons = list(&zone["redenen"]);
        for reason in reasons.iter().take(REASONS) {
            let line = format!("[{}] {}", word(&reason["id"]), word(&reason["samenvatting"]));
            out.push_str(&paragraph_with(&line, "     - ", "       "));
        }
        if reasons.len() > REASONS {
            let _ = writeln!(
                out,
                "     {quiet}en nog {}{quiet:#}",
                super::count(reasons.len() - REASONS, "norm", "normen")
            );
        }
    }
    out.push('\n');
    for remark in list(&answer["meldingen"]) {
        out.push_str(&paragraph(&word(&remark), 0));
    }
    out.push_str(&paragraph(
        "Waarom een andere plek niet: `brink toets --punt LON,LAT` met dezelfde gegevens.",
        0,
    ));
    out.push_str(&paragraph(&word(&answer["voorbehoud"]), 0));
    out
}

/// A number with dots between thousands.
pub(crate) fn thousands(number: f64) -> String {
    let digits =
        if number < 10.0 { return format!("{number:.1}").replace('.', ",") } else { format!("{number:.0}") };
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            text.push('.');
        }
        text.push(digit);
    }
    text
}
