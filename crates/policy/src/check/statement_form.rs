//! P015: a statement that can't work as it is written.

use crate::finding::Finding;
use crate::package::{Item, WrittenPackage};
use crate::written::{Condition, Effect, Execution, Statement};
use crate::yaml::Segment;
use std::collections::{HashMap, HashSet};

pub(super) fn check(package: &WrittenPackage) -> Vec<Finding> {
    let by_id: HashMap<&str, &Statement> =
        package.statements.iter().map(|item| (item.id.as_str(), &item.value)).collect();
    let mut form = Form { package, findings: Vec::new() };
    for item in &package.statements {
        form.statement(item, &by_id);
    }
    form.findings
}

struct Form<'a> {
    package: &'a WrittenPackage,
    findings: Vec<Finding>,
}

impl Form<'_> {
    fn fault(&mut self, item: &Item<Statement>, path: &[Segment], message: String, help: &str) {
        self.findings.push(Finding::error("P015", message).help(help).at(self.package.place(item, path)));
    }

    fn statement(&mut self, item: &Item<Statement>, by_id: &HashMap<&str, &Statement>) {
        let id = &item.id;
        if item.samenvatting.trim().is_empty() {
            self.fault(
                item,
                &["samenvatting".into()],
                format!("{id} heeft geen samenvatting"),
                "zeg in eigen woorden wat de bron zegt",
            );
        }
        self.reason(item, &[], item.geen_geval.as_deref());
        for (n, condition) in item.voorwaarden.iter().enumerate() {
            self.reason(item, &["voorwaarden".into(), n.into()], condition.geen_geval.as_deref());
        }
        if let Some(target) = &item.verwerkt_in {
            self.folded(item, target, by_id);
            return;
        }
        match item.uitvoering {
            Execution::Norm => self.norm(item),
            Execution::BronZwijgt => {
                if item.reden.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
                    self.fault(
                        item,
                        &["uitvoering".into()],
                        format!("{id}: bij `bron-zwijgt` hoort een `reden`"),
                        "zeg wat ontbreekt en waar een lezer verder kan zoeken",
                    );
                }
                if item.effect.is_some() || !item.voorwaarden.is_empty() {
                    self.fault(
                        item,
                        &["effect".into()],
                        format!("{id}: waar de bron zwijgt is geen effect of voorwaarde te geven"),
                        "haal effect en voorwaarden weg, of maak er een norm van",
                    );
                }
            }
            _ => self.no_norm(item),
        }
    }

    /// Without a reason `geen_geval` explains nothing.
    fn reason(&mut self, item: &Item<Statement>, path: &[Segment], reason: Option<&str>) {
        if reason.is_some_and(|reason| reason.trim().is_empty()) {
            let path: Vec<Segment> = path.iter().cloned().chain(["geen_geval".into()]).collect();
            self.fault(
                item,
                &path,
                format!("{}: `geen_geval` zegt niet waarom", item.id),
                "zeg waarom geen geval dit kan bewijzen, of schrijf een geval",
            );
        }
    }

    fn folded(&mut self, item: &Item<Statement>, target: &str, by_id: &HashMap<&str, &Statement>) {
        let path = ["verwerkt_in".into()];
        if target == item.id {
            self.fault(item, &path, format!("{target} is in zichzelf verwerkt"), "noem een andere norm");
        } else if let Some(other) = by_id.get(target)
            && (other.verwerkt_in.is_some()
                || !matches!(other.uitvoering, Execution::Norm | Execution::BronZwijgt))
        {
            self.fault(
                item,
                &path,
                format!("{target} is geen norm die oordeelt"),
                "noem de norm waarin de uitspraak is opgegaan, niet een die zelf weer in een andere zit",
            );
        }
        if item.geen_geval.is_some() {
            self.fault(
                item,
                &["geen_geval".into()],
                format!("{} is verwerkt in {target} en heeft zelf geen geval nodig", item.id),
                "zet `geen_geval` bij die andere norm",
            );
        }
        if item.effect.is_some() || !item.voorwaarden.is_empty() || item.als.is_some() {
            self.fault(
                item,
                &["effect".into()],
                format!("{} is verwerkt in {target} en kan zelf niet ook nog oordelen", item.id),
                "zet `als`, `effect` en `voorwaarden` in die andere norm",
            );
        }
    }

    fn no_norm(&mut self, item: &Item<Statement>) {
        let judging = [
            ("effect", item.effect.is_some()),
            ("als", item.als.is_some()),
            ("voorwaarden", !item.voorwaarden.is_empty()),
            ("uitzonderingen", !item.uitzonderingen.is_empty()),
            ("schakelt_uit", item.schakelt_uit.is_some()),
            ("volgorde", !item.volgorde.is_empty()),
            ("geen_geval", item.geen_geval.is_some()),
        ];
        for (key, _) in judging.iter().filter(|(_, there)| *there) {
            self.fault(
                item,
                &[(*key).into()],
                format!("{} is geen norm, maar heeft wel `{key}`", item.id),
                "maak er `uitvoering: norm` van of haal de sleutel weg",
            );
        }
    }

    fn norm(&mut self, item: &Item<Statement>) {
        let id = &item.id;
        let Some(effect) = item.effect else {
            if self.package.writes(item, "effect") {
                return;
            }
            let help =
                "kies verbod, nee-tenzij, ja-mits, toegestaan, gewenst, onwenselijk, aandacht of elders";
            self.fault(item, &["uitvoering".into()], format!("norm {id} heeft geen effect"), help);
            return;
        };
        let without = matches!(effect, Effect::Verbod | Effect::Onwenselijk | Effect::Elders);
        if without && !item.voorwaarden.is_empty() {
            self.fault(
                item,
                &["voorwaarden".into()],
                format!("norm {id}: bij `{}` horen geen voorwaarden", effect.dutch()),
                "zet wat de norm buiten werking stelt in `uitzonderingen`, of neem nee-tenzij",
            );
        }
        if matches!(effect, Effect::NeeTenzij | Effect::JaMits) && item.voorwaarden.is_empty() {
            self.fault(
                item,
                &["effect".into()],
                format!("norm {id}: bij `{}` hoort minstens een voorwaarde", effect.dutch()),
                "zonder voorwaarde is het een verbod of toegestaan",
            );
        }
        if item.bij_niet_voldoen.is_some() && !matches!(effect, Effect::JaMits | Effect::Toegestaan) {
            self.fault(
                item,
                &["bij_niet_voldoen".into()],
                format!("norm {id}: `bij_niet_voldoen` doet bij `{}` niets", effect.dutch()),
                "het telt alleen bij ja-mits en toegestaan",
            );
        }
        let mut seen = HashSet::new();
        for (n, condition) in item.voorwaarden.iter().enumerate() {
            self.condition(item, condition, &["voorwaarden".into(), n.into()], true);
            for id in std::iter::once(&condition.id).chain(condition.een_van.iter().map(|ground| &ground.id))
            {
                if !seen.insert(id) {
                    self.fault(
                        item,
                        &["voorwaarden".into(), n.into(), "id".into()],
                        format!("voorwaarde `{id}` staat twee keer in {}", item.id),
                        "geef elke voorwaarde een eigen id",
                    );
                }
            }
        }
    }

    fn condition(&mut self, item: &Item<Statement>, condition: &Condition, path: &[Segment], top: bool) {
        let given = [condition.eis.is_some(), !condition.een_van.is_empty(), condition.open.is_some()];
        if given.iter().filter(|there| **there).count() != 1 {
            self.fault(
                item,
                path,
                format!("voorwaarde `{}` heeft precies een nodig van: eis, een_van, open", condition.id),
                "`eis` is een uitdrukking, `een_van` een lijst gronden, `open` zegt waarom niemand het kan vaststellen",
            );
        }
        if !top
            && (!condition.een_van.is_empty()
                || condition.als.is_some()
                || condition.bij_niet_voldoen.is_some()
                || condition.geen_geval.is_some())
        {
            self.fault(
                item,
                path,
                format!("grond `{}` kan alleen tekst, eis, open en bewijs hebben", condition.id),
                "zet `als`, `bij_niet_voldoen` en `geen_geval` bij de voorwaarde erboven",
            );
        }
        for (n, ground) in condition.een_van.iter().enumerate() {
            let below: Vec<Segment> = path.iter().cloned().chain(["een_van".into(), n.into()]).collect();
            self.condition(item, ground, &below, false);
        }
    }
}
