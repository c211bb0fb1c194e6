//! One statement: what it says, what it does, where, and what stands in the source.

use super::address;
use super::clause::Clause;
use super::quote::{Quoted, quoted};
use super::words::{self, Badge};
use crate::pages::words::capital;
use crate::reader::{Book, Group};
use brink_geo::layer::Kind;
use brink_policy::compiled::{Norm, Requirement, Term};
use brink_policy::feel::Expr;
use brink_policy::written::{Condition, Execution, Inconsistency, Statement};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// A name, perhaps with an address and a remark.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub address: Option<String>,
    pub name: String,
    pub note: String,
}

impl Link {
    pub(crate) fn to(address: String, name: impl Into<String>) -> Self {
        Self { address: Some(address), name: name.into(), note: String::new() }
    }

    fn plain(name: impl Into<String>) -> Self {
        Self { address: None, name: name.into(), note: String::new() }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// A list of links with a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub name: &'static str,
    pub links: Vec<Link>,
}

impl Row {
    /// Whether the links can stand behind each other: a few, or names only.
    pub(crate) fn short(&self) -> bool {
        let names = self.links.iter().all(|link| link.address.is_none());
        (names || self.links.len() <= 2)
            && self.links.iter().all(|link| link.note.is_empty() && !link.name.contains(','))
    }
}

/// A condition as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub text: String,
    /// When it is asked.
    pub when: Option<Clause>,
    /// When it is met.
    pub met: Option<Clause>,
    /// Of which one is enough.
    pub grounds: Vec<Asked>,
    /// Why nobody can tell.
    pub open: Option<String>,
    pub evidence: Vec<String>,
    /// What failing it means, when that differs.
    pub failing: Option<&'static str>,
}

/// A step of a preference order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub text: String,
    pub when: Option<Clause>,
    pub first: Option<String>,
}

/// An inconsistency in short.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clash {
    pub address: String,
    pub kind: String,
    pub text: String,
    pub reading: String,
}

/// A statement, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub id: String,
    pub address: String,
    pub summary: String,
    pub kind: &'static str,
    pub badge: Option<Badge>,
    pub lines: String,
    /// What it does in software.
    pub does: Vec<String>,
    /// The norm it went into, and as what.
    pub folded: Option<(Link, &'static str)>,
    pub when: Option<Clause>,
    pub conditions: Vec<Asked>,
    pub exceptions: Vec<(String, Option<Clause>)>,
    pub steps: Vec<Step>,
    /// Concepts with their meaning.
    pub concepts: Vec<(String, String)>,
    pub reason: Option<String>,
    pub explanation: Option<String>,
    pub opportunity: Option<String>,
    pub figures: Vec<String>,
    pub rows: Vec<Row>,
    pub clashes: Vec<Clash>,
    /// The expressions as they are computed, each with what it is.
    pub expressions: Vec<(String, String)>,
    pub quotes: Vec<Quoted>,
}

pub(crate) fn shown(book: Book<'_>, statement: &Statement) -> Shown {
    let words = &book.world.package.vocabulary;
    let info = &book.world.package.info;
    let norm = book.norm(&statement.id);
    let mut does = vec![execution(book, statement, norm)];
    if let Some(norm) = norm {
        does.push(reach(norm));
    }
    if norm.is_some()
        && let Some(binding) = statement.binding
    {
        does.push(words::binding(binding, &info.authority));
    }
    if statement.algemeen {
        does.push(
            "Deze regel zegt tegen vrijwel elk plan hetzelfde; antwoorden noemen hem daarom apart en kort."
                .to_owned(),
        );
    }
    Shown {
        id: statement.id.clone(),
        address: address::statement(&statement.id),
        summary: statement.samenvatting.clone(),
        kind: words::kind(statement.soort),
        badge: norm.map(|norm| words::badge(norm.effect)),
        lines: words::lines(statement.regels),
        does,
        folded: folded(book, statement),
        when: norm.and_then(|norm| Clause::of(&norm.when, words)),
        conditions: norm.map(|norm| conditions(book, norm)).unwrap_or_default(),
        exceptions: norm
            .map(|norm| {
                let each = norm.exceptions.iter();
                each.map(|exception| (exception.text.clone(), Clause::of(&exception.when, words))).collect()
            })
            .unwrap_or_default(),
        steps: norm
            .map(|norm| {
                let each = norm.steps.iter();
                each.map(|step| Step {
                    text: step.text.clone(),
                    when: Clause::of(&step.when, words),
                    first: step.first.clone(),
                })
                .collect()
            })
            .unwrap_or_default(),
        concepts: book
            .concepts(&statement.id)
            .into_iter()
            .map(|(name, meaning)| (name.to_owned(), meaning.to_owned()))
            .collect(),
        reason: statement.reden.clone(),
        explanation: statement.toelichting.clone(),
        opportunity: statement.kans.clone(),
        figures: statement.getallen.iter().map(figure).collect(),
        rows: rows(book, statement, norm),
        clashes: book.inconsistencies(&statement.id).into_iter().map(clash).collect(),
        expressions: if norm.is_some() { expressions(statement) } else { Vec::new() },
        quotes: quoted(book, statement),
    }
}

pub(crate) fn clash(inconsistency: &Inconsistency) -> Clash {
    Clash {
        address: address::inconsistency(&inconsistency.id),
        kind: words::clash(&inconsistency.soort).to_owned(),
        text: inconsistency.botst.clone(),
        reading: inconsistency.lezing.clone(),
    }
}

fn execution(book: Book<'_>, statement: &Statement, norm: Option<&Norm>) -> String {
    if let Some(norm) = norm {
        let conditions = !norm.conditions.is_empty();
        return words::judges(norm.effect, norm.on_failure, conditions, &book.world.package.info.authority);
    }
    match (Group::of(statement), statement.uitvoering) {
        (Group::Folded, _) => "Telt mee als deel van een andere regel.",
        (_, Execution::Gebied) => "Zegt van een gebied wat het is of waar het ligt. Brink gebruikt dat om te bepalen wat ergens geldt.",
        (_, Execution::Doel) => "Is een meetbaar doel of een dienst; zie de doelen.",
        (_, Execution::Term) => "Zegt wat een woord betekent.",
        (_, Execution::Kennis) => "Is achtergrond: Brink beoordeelt er geen plannen mee.",
        (_, Execution::BronZwijgt) => "De visie kondigt hier een regel aan, maar geeft hem niet.",
        (_, Execution::Norm) => "Beoordeelt plannen.",
    }
    .to_owned()
}

/// For which plans a norm counts.
fn reach(norm: &Norm) -> String {
    let activities = match norm.activities.len() {
        0 => "elk plan",
        1 => "plannen over de activiteit hieronder",
        _ => "plannen over een van de activiteiten hieronder",
    };
    let areas = match norm.areas.len() {
        0 => "overal",
        1 => "in het gebied hieronder",
        _ => "in een van de gebieden hieronder",
    };
    let also = if norm.when == Expr::Constant(true) { "" } else { "; alleen als het volgende klopt" };
    format!("Geldt voor {activities}, {areas}{also}.")
}

/// The norm a statement went into, and as what.
fn folded(book: Book<'_>, statement: &Statement) -> Option<(Link, &'static str)> {
    let id = statement.verwerkt_in.as_deref()?;
    let norm = book.statement(id)?;
    let own = statement.id.as_str();
    let is = |condition: &Condition| condition.id == own;
    let role = if norm.voorwaarden.iter().any(is) {
        "als voorwaarde"
    } else if norm.voorwaarden.iter().any(|condition| condition.een_van.iter().any(is)) {
        "als een van de gronden"
    } else if norm.uitzonderingen.iter().any(|exception| exception.id.as_deref() == Some(own)) {
        "als uitzondering"
    } else if norm.volgorde.iter().any(|step| step.id == own) {
        "als trede"
    } else {
        "zonder eigen voorwaarde"
    };
    Some((Link::to(address::statement(id), id).note(norm.samenvatting.clone()), role))
}

fn conditions(book: Book<'_>, norm: &Norm) -> Vec<Asked> {
    let words = &book.world.package.vocabulary;
    let names = |ids: &[String]| ids.iter().map(|id| term(&words.documents, id)).collect();
    norm.conditions
        .iter()
        .map(|condition| {
            let mut asked = Asked {
                text: condition.text.clone(),
                when: Clause::of(&condition.when, words),
                met: None,
                grounds: Vec::new(),
                open: None,
                evidence: names(&condition.evidence),
                failing: condition.on_failure.map(words::failing),
            };
            match &condition.requirement {
                Requirement::Expr(expr) => asked.met = Clause::of(expr, words),
                Requirement::Open(reason) => asked.open = Some(reason.clone()),
                Requirement::OneOf(grounds) => {
                    asked.grounds = grounds
                        .iter()
                        .map(|ground| Asked {
                            text: ground.text.clone(),
                            when: None,
                            met: ground.requirement.as_ref().and_then(|expr| Clause::of(expr, words)),
                            grounds: Vec::new(),
                            open: None,
                            evidence: names(&ground.evidence),
                            failing: None,
                        })
                        .collect();
                }
            }
            asked
        })
        .collect()
}

fn term(terms: &IndexMap<String, Term>, id: &str) -> String {
    terms.get(id).map_or_else(|| id.to_owned(), |term| term.name.clone())
}

fn rows(book: Book<'_>, statement: &Statement, norm: Option<&Norm>) -> Vec<Row> {
    let words = &book.world.package.vocabulary;
    let mut rows = Vec::new();
    let mut add = |name: &'static str, links: Vec<Link>| {
        if !links.is_empty() {
            rows.push(Row { name, links });
        }
    };
    add("Gebieden", areas(book, statement.gebieden.iter().map(String::as_str)));
    let activities =
        statement.activiteiten.iter().filter_map(|id| words.activity(*words.index.activities.get(id)?));
    add(
        "Activiteiten",
        activities.map(|activity| Link::to(address::activity(&activity.id), &activity.name)).collect(),
    );
    let interests =
        statement.belangen.iter().filter_map(|id| words.interest(*words.index.interests.get(id)?));
    add("Belangen", interests.map(|interest| Link::plain(&interest.name)).collect());
    if let Some(off) = &statement.schakelt_uit {
        let mut links: Vec<Link> = off.normen.iter().filter_map(|id| to_statement(book, id)).collect();
        links.extend(off.belangen.iter().filter_map(|id| {
            let interest = words.interest(*words.index.interests.get(id)?)?;
            Some(Link::plain(&interest.name).note("regels die alleen over dit belang gaan"))
        }));
        links.extend(off.onderdelen.iter().filter_map(|number| {
            let link = to_section(book, number)?;
            Some(link.note("alle regels van dit onderdeel"))
        }));
        links.extend(off.behalve.iter().filter_map(|id| {
            let link = to_statement(book, id)?;
            let note = format!("deze regel blijft gelden: {}", link.note);
            Some(link.note(note))
        }));
        add("Zet opzij", links);
    }
    if let Some(norm) = norm {
        let off = norm.switched_off_by.iter().filter_map(|id| book.world.package.norm(*id));
        add("Wordt opzijgezet door", off.filter_map(|norm| to_statement(book, &norm.id)).collect());
    }
    add("Documenten", statement.documenten.iter().map(|id| described(&words.documents, id)).collect());
    let talks = statement.overleg.iter();
    add(
        "Overleg",
        talks
            .map(|talk| Link::plain(term(&words.parties, &talk.partij)).note(talk.waarover.clone()))
            .collect(),
    );
    let procedures = statement.procedures.iter().map(|procedure| {
        let mut note = format!("{}.", capital(procedure.tekst.trim_end_matches('.')));
        if let Some(term) = &procedure.termijn {
            note.push_str(&format!(" Termijn: {term}."));
        }
        if !procedure.wie.is_empty() {
            let who: Vec<String> = procedure.wie.iter().map(|id| term(&words.parties, id)).collect();
            note.push_str(&format!(" Wie beslist: {}.", who.join(", ")));
        }
        Link::plain(term(&words.instruments, &procedure.instrument)).note(note)
    });
    add("Procedures", procedures.collect());
    add("Wie beslist", statement.bevoegd.iter().map(|id| Link::plain(term(&words.parties, id))).collect());
    add("Partijen", statement.partijen.iter().map(|id| Link::plain(term(&words.parties, id))).collect());
    add(
        "Instrumenten",
        statement.instrumenten.iter().map(|id| Link::plain(term(&words.instruments, id))).collect(),
    );
    let goals =
        book.goals(&statement.id).into_iter().map(|goal| Link::to(address::goal(&goal.id), &goal.naam));
    let services = book.services(&statement.id).into_iter();
    let services = services.map(|service| Link::to(address::goal(&service.id), &service.naam));
    add("Doelen", goals.chain(services).collect());
    let folded = book.folded(&statement.id).into_iter();
    add("Hierin verwerkt", folded.map(statement_link).collect());
    let targets = statement.verwijst_naar.iter();
    add(
        "Verwijst naar",
        targets.filter_map(|to| to_statement(book, to).or_else(|| to_section(book, to))).collect(),
    );
    add("Hiernaar verwijzen", book.referrers(&statement.id).into_iter().map(statement_link).collect());
    let cases = book.cases(&statement.id).into_iter().map(|case| Link {
        address: address::case(book.world, case),
        name: case.titel.clone(),
        note: String::new(),
    });
    add("Voorbeeldgevallen", cases.collect());
    rows
}

fn statement_link(statement: &Statement) -> Link {
    Link::to(address::statement(&statement.id), &statement.id).note(statement.samenvatting.clone())
}

fn to_statement(book: Book<'_>, id: &str) -> Option<Link> {
    book.statement(id).map(statement_link)
}

fn to_section(book: Book<'_>, number: &str) -> Option<Link> {
    let section = book.section(number)?.section;
    Some(Link::to(address::section(number), format!("{number} {}", section.titel)))
}

fn described(terms: &IndexMap<String, Term>, id: &str) -> Link {
    let note = terms.get(id).and_then(|term| term.description.clone()).unwrap_or_default();
    Link::plain(term(terms, id)).note(note)
}

/// `maximum: 1,5 ha`
fn figure(figure: &brink_policy::written::Figure) -> String {
    let value = match &figure.waarde {
        serde_json::Value::Number(number) => match number.to_string().parse() {
            Ok(value) => brink_policy::goal_words::with_unit(value, figure.eenheid.as_deref()),
            Err(_) => number.to_string(),
        },
        serde_json::Value::String(text) => match &figure.eenheid {
            Some(unit) => format!("{text} {unit}"),
            None => text.clone(),
        },
        other => other.to_string(),
    };
    match &figure.wat {
        Some(what) => format!("{what}: {value}"),
        None => value,
    }
}

/// The areas, each once: those with a map first, with its address.
pub(crate) fn areas<'i>(book: Book<'_>, ids: impl IntoIterator<Item = &'i str>) -> Vec<Link> {
    let words = &book.world.package.vocabulary;
    let mut seen = BTreeSet::new();
    let known = ids.into_iter().filter_map(|id| words.index.areas.get(id).copied());
    let areas = known.filter(|id| seen.insert(*id)).filter_map(|id| Some((id, words.area(id)?)));
    let mut links: Vec<Link> = areas
        .map(|(id, area)| match book.world.ground.layer(id).map(|layer| layer.about.kind) {
            Some(Kind::Echt) => Link::to(address::area(&area.id), &area.name),
            Some(Kind::Schets) => Link::to(address::area(&area.id), &area.name).note("schets"),
            None => Link::plain(&area.name).note("zonder kaart"),
        })
        .collect();
    links.sort_by_key(|link| link.address.is_none());
    links
}

/// The expressions as written, each with what it is.
fn expressions(statement: &Statement) -> Vec<(String, String)> {
    let mut list: Vec<(String, String)> = Vec::new();
    list.extend(statement.als.iter().map(|text| ("geldt als".to_owned(), text.clone())));
    for condition in &statement.voorwaarden {
        expressions_of(condition, "voorwaarde", &mut list);
        condition.een_van.iter().for_each(|ground| expressions_of(ground, "grond", &mut list));
    }
    for (n, exception) in statement.uitzonderingen.iter().enumerate() {
        let name = exception.id.clone().unwrap_or_else(|| (n + 1).to_string());
        list.push((format!("uitzondering {name}"), exception.als.clone()));
    }
    list.extend(statement.volgorde.iter().map(|step| (format!("trede {}", step.id), step.als.clone())));
    list
}

fn expressions_of(condition: &Condition, what: &str, list: &mut Vec<(String, String)>) {
    for (part, expression) in [("gevraagd als", &condition.als), ("voldaan als", &condition.eis)] {
        list.extend(expression.iter().map(|text| (format!("{what} {}, {part}", condition.id), text.clone())));
    }
}
