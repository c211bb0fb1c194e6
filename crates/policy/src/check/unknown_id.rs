//! P011: a reference to something that does not exist, with the nearest that does.

use crate::finding::Finding;
use crate::nearest::nearest;
use crate::package::{Item, WrittenPackage};
use crate::written::Statement;
use crate::yaml::Segment;
use std::collections::{HashMap, HashSet};

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let p = package;
    let activities = Known::new("activiteit", "activiteiten.yaml", p.activities.iter().map(|i| &i.id));
    let areas = Known::new("gebied", "gebieden.yaml", p.areas.iter().map(|i| &i.id));
    let facts = Known::new("gegeven", "gegevens.yaml", p.facts.iter().map(|i| &i.id));
    let interests = Known::new("belang", "belangen.yaml", p.interests.iter().map(|i| &i.id));
    let parties = Known::new("partij", "termen.yaml", p.parties.iter().map(|i| &i.id));
    let documents = Known::new("document", "termen.yaml", p.documents.iter().map(|i| &i.id));
    let instruments = Known::new("instrument", "termen.yaml", p.instruments.iter().map(|i| &i.id));
    let inconsistencies =
        Known::new("inconsistentie", "inconsistenties.yaml", p.inconsistencies.iter().map(|i| &i.id));
    let sections = Known::new("onderdeel", "onderdelen.yaml", p.sections.iter().map(|i| &i.nummer));
    let statements = Known::new("uitspraak", "normen/", p.statements.iter().map(|i| &i.id));
    let mut refs = References { package, findings: Vec::new() };

    for item in &p.interests {
        refs.many(item, "ouder", &item.ouder.0, &interests);
        refs.many(item, "ook_onder", &item.ook_onder, &interests);
        refs.many(item, "inconsistentie", &item.inconsistentie.0, &inconsistencies);
        refs.many(item, "uitwerking", &item.uitwerking, &sections);
    }
    for item in &p.activities {
        refs.many(item, "ouder", &item.ouder.0, &activities);
    }
    for item in &p.areas {
        refs.many(item, "ouder", &item.ouder.0, &areas);
        refs.many(item, "complement_van", &item.complement_van, &areas);
        refs.many(item, "onderdelen", &item.onderdelen, &sections);
        if let Some(zone) = &item.zone {
            refs.one(item, vec!["zone".into(), "van".into()], &zone.van, &areas);
        }
    }
    for item in &p.facts {
        refs.many(item, "bewijs", &item.bewijs, &documents);
        refs.many(item, "gebieden", &item.gebieden, &areas);
        for (n, follows) in item.volgt_uit.iter().enumerate() {
            refs.one(
                item,
                vec!["volgt_uit".into(), n.into(), "activiteit".into()],
                &follows.activiteit,
                &activities,
            );
        }
    }
    for item in &p.parties {
        refs.many(item, "ouder", &item.ouder.0, &parties);
        refs.many(item, "leden", &item.leden, &parties);
    }
    for item in &p.documents {
        refs.many(item, "opsteller", &item.opsteller, &parties);
        refs.many(item, "deel_van", &item.deel_van, &documents);
    }
    for item in &p.instruments {
        refs.many(item, "eigenaar", &item.eigenaar, &parties);
        refs.many(item, "onderdeel_van", &item.onderdeel_van.0, &instruments);
    }
    for item in &p.concepts {
        refs.either(item, "uitspraak", item.uitspraak.as_slice(), &sections, &statements);
    }
    for item in &p.inconsistencies {
        refs.many(item, "secties", &item.secties, &sections);
    }
    if let Some(item) = &p.package {
        refs.many(item, "uitgewerkt", &item.uitgewerkt, &sections);
        refs.many(item, "grondgebied", &item.grondgebied, &areas);
        for (n, reading) in item.lezingen.iter().enumerate() {
            if let Some(id) = &reading.inconsistentie {
                refs.one(
                    item,
                    vec!["lezingen".into(), n.into(), "inconsistentie".into()],
                    id,
                    &inconsistencies,
                );
            }
        }
    }
    for item in &p.statements {
        refs.many(item, "onderdeel", std::slice::from_ref(&item.onderdeel), &sections);
        refs.many(item, "belangen", &item.belangen, &interests);
        refs.many(item, "activiteiten", &item.activiteiten, &activities);
        refs.many(item, "gebieden", &item.gebieden, &areas);
        refs.many(item, "partijen", &item.partijen, &parties);
        refs.many(item, "bevoegd", &item.bevoegd, &parties);
        refs.many(item, "instrumenten", &item.instrumenten, &instruments);
        refs.many(item, "documenten", &item.documenten, &documents);
        refs.many(item, "verwerkt_in", &item.verwerkt_in, &statements);
        refs.either(item, "verwijst_naar", &item.verwijst_naar, &sections, &statements);
        for (n, condition) in item.voorwaarden.iter().enumerate() {
            for (m, id) in condition.bewijs.iter().enumerate() {
                refs.one(
                    item,
                    vec!["voorwaarden".into(), n.into(), "bewijs".into(), m.into()],
                    id,
                    &documents,
                );
            }
            for (g, ground) in condition.een_van.iter().enumerate() {
                for (m, id) in ground.bewijs.iter().enumerate() {
                    let path = [
                        "voorwaarden".into(),
                        n.into(),
                        "een_van".into(),
                        g.into(),
                        "bewijs".into(),
                        m.into(),
                    ];
                    refs.one(item, path.to_vec(), id, &documents);
                }
            }
        }
        for (n, consultation) in item.overleg.iter().enumerate() {
            refs.one(item, vec!["overleg".into(), n.into(), "partij".into()], &consultation.partij, &parties);
        }
        for (n, procedure) in item.procedures.iter().enumerate() {
            let path = vec!["procedures".into(), n.into(), "instrument".into()];
            refs.one(item, path, &procedure.instrument, &instruments);
            for (m, id) in procedure.wie.iter().enumerate() {
                refs.one(item, vec!["procedures".into(), n.into(), "wie".into(), m.into()], id, &parties);
            }
        }
        if let Some(off) = &item.schakelt_uit {
            for (key, ids, known) in [
                ("normen", &off.normen, &statements),
                ("behalve", &off.behalve, &statements),
                ("belangen", &off.belangen, &interests),
                ("onderdelen", &off.onderdelen, &sections),
            ] {
                for (m, id) in ids.iter().enumerate() {
                    refs.one(item, vec!["schakelt_uit".into(), key.into(), m.into()], id, known);
                }
            }
        }
    }
    let goals = Known::new("doel", "doelen.yaml", p.goals.iter().map(|i| &i.id));
    for item in &p.goals {
        refs.one(item, vec!["thema".into()], &item.thema, &interests);
        refs.many(item, "uitspraken", &item.uitspraken, &statements);
        refs.many(item, "gebieden", &item.gebieden, &areas);
        refs.many(item, "inconsistenties", &item.inconsistenties, &inconsistencies);
        for (n, gauge) in item.meting.iter().enumerate() {
            refs.one(item, vec!["meting".into(), n.into(), "gegeven".into()], &gauge.gegeven, &facts);
        }
        for (n, measure) in item.maten.iter().enumerate() {
            if let Some(id) = &measure.gegeven {
                refs.one(item, vec!["maten".into(), n.into(), "gegeven".into()], id, &facts);
            }
        }
        for (n, difference) in item.verschil_verklaard.iter().enumerate() {
            let path = vec!["verschil_verklaard".into(), n.into(), "inconsistentie".into()];
            refs.one(item, path, &difference.inconsistentie, &inconsistencies);
        }
        for (n, part) in item.delen.iter().enumerate() {
            let path = |key: &str| vec!["delen".into(), n.into(), key.into()];
            if let Some(id) = &part.doel {
                refs.one(item, path("doel"), id, &goals);
            }
            if let Some(id) = &part.gegeven {
                refs.one(item, path("gegeven"), id, &facts);
            }
            for (m, id) in part.uitspraken.iter().enumerate() {
                let mut path = path("uitspraken");
                path.push(m.into());
                refs.one(item, path, id, &statements);
            }
        }
    }
    for item in &p.services {
        refs.one(item, vec!["thema".into()], &item.thema, &interests);
        refs.many(item, "uitspraken", &item.uitspraken, &statements);
        refs.many(item, "gebieden", &item.gebieden, &areas);
        refs.many(item, "inconsistenties", &item.inconsistenties, &inconsistencies);
        for (n, gauge) in item.meting.iter().enumerate() {
            refs.one(item, vec!["meting".into(), n.into(), "gegeven".into()], &gauge.gegeven, &facts);
        }
        if let Some(id) = item.geldt_boven.as_ref().and_then(|above| above.gegeven.as_ref()) {
            refs.one(item, vec!["geldt_boven".into(), "gegeven".into()], id, &facts);
        }
        for (n, line) in item.bediening.iter().enumerate() {
            for (m, id) in line.uitspraken.iter().enumerate() {
                let path = vec!["bediening".into(), n.into(), "uitspraken".into(), m.into()];
                refs.one(item, path, id, &statements);
            }
        }
    }
    // An answer names statements, and the conditions, exceptions and steps inside them.
    let citable = Known::new("uitspraak", "normen/", p.statements.iter().flat_map(|i| inside(&i.value)));
    let written = p.package.iter().flat_map(|item| &item.lezingen);
    let readings = Known::new("lezing", "pakket.yaml", written.clone().map(|reading| &reading.id));
    let options: HashMap<&str, Known<'_>> = written
        .map(|reading| {
            let ids = reading.opties.iter().map(|option| &option.id);
            (reading.id.as_str(), Known::new("optie", "pakket.yaml", ids))
        })
        .collect();
    for item in &p.cases {
        let plan = &item.plan;
        let texts = |value: Option<&serde_json::Value>| -> Vec<String> {
            let list = value.and_then(serde_json::Value::as_array);
            list.into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
        };
        if let Some(id) = plan.get("activiteit").and_then(serde_json::Value::as_str) {
            refs.one(item, vec!["plan".into(), "activiteit".into()], id, &activities);
        }
        for key in plan
            .get("gegevens")
            .and_then(serde_json::Value::as_object)
            .into_iter()
            .flat_map(|map| map.keys())
            .filter(|key| *key != "peildatum")
        {
            refs.one(item, vec!["plan".into(), "gegevens".into(), key.as_str().into()], key, &facts);
        }
        for list in ["binnen", "buiten", "onbekend"] {
            let ids = texts(plan.get("gebieden").and_then(|areas| areas.get(list)));
            for (n, id) in ids.iter().enumerate() {
                refs.one(item, vec!["plan".into(), "gebieden".into(), list.into(), n.into()], id, &areas);
            }
        }
        for (n, id) in texts(plan.get("onderdelen")).iter().enumerate() {
            refs.one(item, vec!["plan".into(), "onderdelen".into(), n.into()], id, &sections);
        }
        let chosen = plan.get("lezingen").and_then(serde_json::Value::as_object);
        for (id, option) in chosen.into_iter().flatten() {
            let path = vec!["plan".into(), "lezingen".into(), id.as_str().into()];
            refs.one(item, path.clone(), id, &readings);
            if let (Some(own), Some(option)) = (options.get(id.as_str()), option.as_str()) {
                refs.one(item, path, option, own);
            }
        }
        if let Some(id) = &item.lezing {
            refs.one(item, vec!["lezing".into()], id, &readings);
        }
        let expected = &item.verwacht;
        for (key, ids, known) in [
            ("normen", &expected.normen, &citable),
            ("niet_van_toepassing", &expected.niet_van_toepassing, &citable),
            ("berust_op", &expected.berust_op, &citable),
            ("documenten", &expected.documenten, &documents),
            ("overleg", &expected.overleg, &parties),
        ] {
            for (n, id) in ids.iter().enumerate() {
                refs.one(item, vec!["verwacht".into(), key.into(), n.into()], id, known);
            }
        }
        for id in expected.uitkomst.keys() {
            refs.one(item, vec!["verwacht".into(), "uitkomst".into(), id.as_str().into()], id, &citable);
        }
    }
    refs.findings
}

/// The ids by which an answer can name a statement or a part of it.
fn inside(statement: &Statement) -> impl Iterator<Item = &String> {
    let conditions = statement.voorwaarden.iter().flat_map(|c| std::iter::once(c).chain(&c.een_van));
    std::iter::once(&statement.id)
        .chain(conditions.map(|condition| &condition.id))
        .chain(statement.uitzonderingen.iter().filter_map(|exception| exception.id.as_ref()))
        .chain(statement.volgorde.iter().map(|step| &step.id))
}

struct Known<'a> {
    what: &'static str,
    /// Where these are written.
    file: &'static str,
    ids: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn new(what: &'static str, file: &'static str, ids: impl Iterator<Item = &'a String>) -> Self {
        Self { what, file, ids: ids.map(String::as_str).collect() }
    }
}

struct References<'a> {
    package: &'a WrittenPackage,
    findings: Vec<Finding>,
}

impl References<'_> {
    fn many<'i, T>(
        &mut self,
        item: &Item<T>,
        key: &str,
        ids: impl IntoIterator<Item = &'i String>,
        known: &Known<'_>,
    ) {
        for (n, id) in ids.into_iter().enumerate() {
            self.one(item, vec![key.into(), n.into()], id, known);
        }
    }

    fn either<T>(
        &mut self,
        item: &Item<T>,
        key: &str,
        ids: &[String],
        first: &Known<'_>,
        second: &Known<'_>,
    ) {
        for (n, id) in ids.iter().enumerate() {
            if !first.ids.contains(id.as_str()) {
                let known = if id.contains('-') { second } else { first };
                // A package that covers part of a source may refer to statements it does not have yet.
                let section = id.split('-').next().unwrap_or_default();
                if !(id.contains('-') && first.ids.contains(section)) {
                    self.one(item, vec![key.into(), n.into()], id, known);
                }
            }
        }
    }

    fn one<T>(&mut self, item: &Item<T>, path: Vec<Segment>, id: &str, known: &Known<'_>) {
        if known.ids.contains(id) || self.package.may_hold(known.file, id) {
            return;
        }
        let mut finding = Finding::error("P011", format!("{} `{id}` bestaat niet", known.what))
            .at(self.package.place(item, &path));
        let near = nearest(id, known.ids.iter().copied(), 3);
        finding.help = Some(if near.is_empty() {
            "voeg het toe aan de woordenlijst of kies een bestaand id".to_owned()
        } else {
            format!("bedoeld: {}?", near.join(", "))
        });
        self.findings.push(finding);
    }
}
