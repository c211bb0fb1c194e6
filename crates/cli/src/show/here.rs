//! What applies at a place, for people.

use super::{Styles, count, paragraph, paragraph_with};
use brink_assess::Here;
use std::fmt::Write as _;

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
    list(&mut out, "Hier niet", &here.niet_geraakt.iter().map(|area| area.naam).collect::<Vec<_>>(), all);
    list(
        &mut out,
        "Geen gegevens",
        &here.geen_gegevens.iter().map(|area| area.naam).collect::<Vec<_>>(),
        all,
    );
    out.push('\n');
    for remark in &here.meldingen {
        out.push_str(&paragraph(remark, 0));
    }
    out.push_str(&paragraph(here.voorbehoud, 0));
    out
}

fn list(out: &mut String, title: &str, names: &[&str], all: bool) {
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

/// A share in words, with a comma.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 0.1 { "minder dan 0,1%".to_owned() } else { format!("{percent:.1}%").replace('.', ",") }
}
