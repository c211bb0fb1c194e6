//! What applies at a place, for people.

use super::{Styles, count, paragraph, paragraph_with};
use brink_assess::{AreaAway, Here};
use std::fmt::Write as _;

/// How many of the nearest areas are named when the list is folded.
const NEAR: usize = 3;
/// How many norms of an area are named before the rest is folded.
const NORMS: usize = 3;

/// The three lists: affected, not affected, no data. `all` folds nothing.
pub(crate) fn text(here: &Here<'_>, all: bool) -> String {
    let mut out = String::new();
    let (heading, quiet) = (Styles::HEADING, Styles::QUIET);
    let stake: Vec<_> = here.belangen.iter().filter(|interest| interest.stand == "geraakt").collect();
    let open: Vec<_> = here.belangen.iter().filter(|interest| interest.stand == "geen-gegevens").collect();
    let _ = writeln!(out, "{heading}Provinciale belangen op deze plek{heading:#}");
    if stake.is_empty() {
        out.push_str(&paragraph("Volgens de kaarten geen.", 2));
    }
    for interest in &stake {
        let norms = count(interest.normen.len(), "norm", "normen");
        out.push_str(&paragraph_with(&format!("{} ({norms})", interest.naam), "  - ", "    "));
    }
    if !open.is_empty() {
        let names: Vec<&str> = open.iter().map(|interest| interest.naam).collect();
        out.push_str(&paragraph(&format!("Zonder kaart niet te zeggen: {}.", names.join(", ")), 2));
    }
    let everywhere = count(here.normen_overal, "norm geldt", "normen gelden");
    out.push_str(&paragraph(&format!("Daarnaast {everywhere} overal, waar een plan ook ligt."), 2));

    let _ = writeln!(out, "\n{heading}Hier ligt{heading:#}");
    for area in &here.geraakt {
        let mut words = vec![area.relatie.to_owned()];
        if let (Some(share), "deels") = (area.aandeel, area.relatie) {
            words.push(percent(share));
        }
        if area.kaartsoort == "schets" {
            words.push("schets".to_owned());
        }
        out.push_str(&paragraph_with(&format!("{} ({})", area.naam, words.join(", ")), "  ", "    "));
        let shown = if all { area.normen.len() } else { NORMS.min(area.normen.len()) };
        for norm in area.normen.iter().take(shown) {
            let text = format!("{} [{}] {}", norm.effect, norm.id, norm.samenvatting);
            out.push_str(&paragraph_with(&text, "    - ", "      "));
        }
        if area.normen.len() > shown {
            let _ = writeln!(
                out,
                "    {quiet}en nog {}{quiet:#}",
                count(area.normen.len() - shown, "norm", "normen")
            );
        }
    }
    let outside: Vec<String> = here.niet_geraakt.iter().map(|area| told(area.naam, away(area))).collect();
    list(&mut out, "Hier niet", &outside, all);
    let weigh = here.niet_geraakt.iter().filter(|area| area.normen > 0 && !all);
    let near: Vec<String> =
        weigh.filter_map(|area| away(area).map(|away| told(area.naam, Some(away)))).take(NEAR).collect();
    if !near.is_empty() {
        out.push_str(&paragraph(&format!("Het dichtst bij: {}.", near.join(", ")), 2));
    }
    let unknown: Vec<String> = here.geen_gegevens.iter().map(|area| area.naam.to_owned()).collect();
    list(&mut out, "Geen gegevens", &unknown, all);
    out.push('\n');
    for remark in &here.meldingen {
        out.push_str(&paragraph(remark, 0));
    }
    out.push_str(&paragraph(here.voorbehoud, 0));
    out
}

fn list(out: &mut String, title: &str, names: &[String], all: bool) {
    let heading = Styles::HEADING;
    let _ = writeln!(out, "\n{heading}{title}: {}{heading:#}", count(names.len(), "gebied", "gebieden"));
    if all {
        for name in names {
            out.push_str(&paragraph_with(name, "  - ", "    "));
        }
    } else if !names.is_empty() {
        out.push_str(&paragraph("`--alles` noemt ze.", 2));
    }
}

/// A name, with what is to be said of it.
fn told(name: &str, about: Option<String>) -> String {
    match about {
        Some(about) => format!("{name} ({about})"),
        None => name.to_owned(),
    }
}

/// How far away an area is, in words, when that is known.
fn away(area: &AreaAway<'_>) -> Option<String> {
    let metres = area.afstand?;
    let distance = if metres < 1_000.0 {
        format!("{metres:.0} m")
    } else {
        format!("{:.1} km", metres / 1_000.0).replace('.', ",")
    };
    Some(if area.kaartsoort == "schets" { format!("{distance}, schets") } else { distance })
}

/// A share in words, with a comma.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 0.1 { "minder dan 0,1%".to_owned() } else { format!("{percent:.1}%").replace('.', ",") }
}
