//! The norms of an answer, in the groups a reader looks for.

use brink_assess::{Assessment, NormVerdict, Outcome};

/// Norms that mean much the same for the plan.
pub(super) struct Group<'a> {
    /// Its id in the page.
    pub id: &'static str,
    pub title: &'static str,
    /// What it is, in a line.
    pub text: &'static str,
    /// Whether it is unfolded from the start.
    pub open: bool,
    pub norms: Vec<&'a NormVerdict<'a>>,
}

/// All groups that have norms, the weightiest first.
pub(super) fn groups<'a>(answer: &'a Assessment<'a>) -> Vec<Group<'a>> {
    let mut groups = [
        group(
            "in-de-weg",
            "Wat in de weg staat",
            "Deze normen houden het plan tegen, of zien het liever niet.",
            true,
        ),
        group(
            "voorwaarden",
            "Wat aan voorwaarden vastzit",
            "Het mag als aan deze voorwaarden is voldaan.",
            true,
        ),
        group(
            "visie-zwijgt",
            "Waar de visie geen antwoord geeft",
            "De visie kondigt hier een regel aan, maar geeft haar niet.",
            false,
        ),
        group(
            "aandacht",
            "Wat aandacht vraagt",
            "Geen voorwaarde, wel iets om rekening mee te houden.",
            false,
        ),
        group(
            "goed",
            "Wat goed gaat",
            "Aan deze normen voldoet het plan, of de visie ziet dit graag.",
            false,
        ),
        group(
            "elders",
            "Waar een ander over gaat",
            "Hierover beslist een andere overheid, of een andere regeling.",
            false,
        ),
        group("misschien", "Wat misschien ook geldt", "Dat hangt af van vragen die nog open staan.", false),
        group(
            "algemeen",
            "Wat voor vrijwel elk plan geldt",
            "Deze normen zeggen over bijna elk plan hetzelfde.",
            false,
        ),
        group("geldt-niet", "Wat niet geldt", "Deze normen gaan niet over dit plan.", false),
    ];
    let [against, conditions, silent, attention, fine, elsewhere, maybe, general, not] = &mut groups;
    for norm in &answer.normen {
        let group = match norm.uitkomst {
            _ if norm.van_toepassing == "nee" => &mut *not,
            Outcome::Strijdig => &mut *against,
            _ if norm.algemeen => &mut *general,
            _ if norm.van_toepassing == "onbekend" => &mut *maybe,
            Outcome::NeeTenzij | Outcome::Onwenselijk => &mut *against,
            Outcome::JaMits => &mut *conditions,
            Outcome::Onbekend => &mut *silent,
            Outcome::Aandacht => &mut *attention,
            Outcome::Past | Outcome::Gewenst => &mut *fine,
            Outcome::Elders | Outcome::GeenBelang => &mut *elsewhere,
        };
        group.norms.push(norm);
    }
    groups.into_iter().filter(|group| !group.norms.is_empty()).collect()
}

fn group<'a>(id: &'static str, title: &'static str, text: &'static str, open: bool) -> Group<'a> {
    Group { id, title, text, open, norms: Vec::new() }
}

/// A condition that is still open or not met, and the norm that asks it.
pub(super) struct Todo<'a> {
    pub norm: &'a NormVerdict<'a>,
    pub text: &'a str,
    pub state: &'a str,
    pub reason: Option<&'a str>,
}

/// The conditions of norms that surely apply and are about this plan, those that are not met first. What holds for
/// nearly every plan stands with its norm.
pub(super) fn checklist<'a>(answer: &'a Assessment<'a>) -> Vec<Todo<'a>> {
    let mut list: Vec<Todo<'a>> = answer
        .normen
        .iter()
        .filter(|norm| norm.van_toepassing == "ja" && !norm.algemeen)
        .flat_map(|norm| {
            let own = norm.voorwaarden.iter().filter(|condition| condition.grond_van.is_none());
            own.map(move |one| Todo { norm, text: one.tekst, state: one.uitkomst, reason: one.open })
        })
        .collect();
    list.sort_by_key(|todo| match todo.state {
        "niet-voldaan" => 0,
        "onbekend" => 1,
        _ => 2,
    });
    list
}
