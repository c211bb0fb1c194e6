//! The package as a book: what stands where, and what says something about what.

mod boxes;
mod group;
mod search;

pub(crate) use boxes::MapBox;
pub(crate) use group::{Group, Tally};
pub(crate) use search::Found;

use crate::world::World;
use boxes::Boxes;
use brink_policy::compiled::within_section;
use brink_policy::written::{Case, Goal, Inconsistency, Section, ServiceLevel, Statement};
use brink_policy::{Compiled, WrittenPackage};
use search::Search;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// Places in the lists of a written package, by what they are about. It holds numbers only: the world has the things.
pub(crate) struct Reader {
    /// Statements by id.
    statements: HashMap<String, usize>,
    /// Sections by number.
    sections: HashMap<String, usize>,
    /// Per section its statements, in the order of the source.
    of_section: Vec<Vec<usize>>,
    /// Per section the one it is part of.
    parents: Vec<Option<usize>>,
    /// Per section those directly in it.
    children: Vec<Vec<usize>>,
    /// Per section how many statements there are of each group, those in the sections in it as well.
    tallies: Vec<Tally>,
    /// Norms by the id of their statement.
    norms: HashMap<String, usize>,
    /// Per norm the statements that went into it.
    folded: HashMap<String, Vec<usize>>,
    /// Cases by the statements they name.
    cases: HashMap<String, Vec<usize>>,
    /// Inconsistencies by the statements and sections they are about.
    inconsistencies: HashMap<String, Vec<usize>>,
    /// Goals by their statements.
    goals: HashMap<String, Vec<usize>>,
    /// Service levels by their statements.
    services: HashMap<String, Vec<usize>>,
    /// Concepts by the statement that gives them.
    concepts: HashMap<String, Vec<usize>>,
    /// Statements by what they refer to.
    referrers: HashMap<String, Vec<usize>>,
    boxes: OnceLock<Boxes>,
    search: OnceLock<Option<Search>>,
}

type Lists = HashMap<String, Vec<usize>>;

fn put(lists: &mut Lists, key: &str, place: usize) {
    let list = lists.entry(key.to_owned()).or_default();
    if !list.contains(&place) {
        list.push(place);
    }
}

impl Reader {
    pub(crate) fn new(package: &Compiled, written: &WrittenPackage) -> Self {
        let sections: HashMap<String, usize> =
            written.sections.iter().enumerate().map(|(n, section)| (section.nummer.clone(), n)).collect();
        let mut of_section = vec![Vec::new(); written.sections.len()];
        let (mut folded, mut referrers) = (Lists::new(), Lists::new());
        let mut statements = HashMap::new();
        for (n, statement) in written.statements.iter().enumerate() {
            statements.insert(statement.id.clone(), n);
            if let Some(list) =
                sections.get(&statement.onderdeel).and_then(|section| of_section.get_mut(*section))
            {
                list.push(n);
            }
            if let Some(norm) = &statement.verwerkt_in {
                put(&mut folded, norm, n);
            }
            for target in &statement.verwijst_naar {
                put(&mut referrers, target, n);
            }
        }
        for list in &mut of_section {
            list.sort_by_key(|n| written.statements.get(*n).map(|statement| (statement.regels, *n)));
        }
        let parents: Vec<Option<usize>> =
            written.sections.iter().map(|section| parent(&sections, &section.nummer)).collect();
        let mut children = vec![Vec::new(); parents.len()];
        for (n, parent) in parents.iter().enumerate() {
            if let Some(list) = parent.and_then(|parent| children.get_mut(parent)) {
                list.push(n);
            }
        }
        let tallies = written
            .sections
            .iter()
            .map(|section| {
                let within =
                    written.statements.iter().filter(|s| within_section(&s.onderdeel, &section.nummer));
                Tally::of(within.map(|statement| &statement.value))
            })
            .collect();
        let mut reader = Self {
            statements,
            sections,
            of_section,
            parents,
            children,
            tallies,
            norms: package.norms.iter().enumerate().map(|(n, norm)| (norm.id.clone(), n)).collect(),
            folded,
            cases: Lists::new(),
            inconsistencies: Lists::new(),
            goals: Lists::new(),
            services: Lists::new(),
            concepts: Lists::new(),
            referrers,
            boxes: OnceLock::new(),
            search: OnceLock::new(),
        };
        reader.relate(written);
        reader
    }

    fn relate(&mut self, written: &WrittenPackage) {
        for (n, case) in written.cases.iter().enumerate() {
            for id in named(case) {
                put(&mut self.cases, id, n);
            }
        }
        for (n, inconsistency) in written.inconsistencies.iter().enumerate() {
            for key in inconsistency.normen.iter().chain(&inconsistency.secties) {
                put(&mut self.inconsistencies, key, n);
            }
        }
        for (n, goal) in written.goals.iter().enumerate() {
            let parts = goal.delen.iter().flat_map(|part| &part.uitspraken);
            for id in goal.uitspraken.iter().chain(parts) {
                put(&mut self.goals, id, n);
            }
        }
        for (n, service) in written.services.iter().enumerate() {
            let lines = service.bediening.iter().flat_map(|line| &line.uitspraken);
            for id in service.uitspraken.iter().chain(lines) {
                put(&mut self.services, id, n);
            }
        }
        for (n, concept) in written.concepts.iter().enumerate() {
            if let Some(id) = &concept.uitspraak {
                put(&mut self.concepts, id, n);
            }
        }
    }
}

/// The statements a case names.
fn named(case: &Case) -> BTreeSet<&str> {
    let expected = &case.verwacht;
    let lists = [&expected.normen, &expected.niet_van_toepassing, &expected.berust_op];
    lists.into_iter().flatten().chain(expected.uitkomst.keys()).map(String::as_str).collect()
}

/// The section with the longest number this number starts with.
fn parent(sections: &HashMap<String, usize>, number: &str) -> Option<usize> {
    let mut rest = number;
    while let Some((head, _)) = rest.rsplit_once('.') {
        if let Some(section) = sections.get(head) {
            return Some(*section);
        }
        rest = head;
    }
    None
}

/// The world with its reader: what the pages read from.
#[derive(Clone, Copy)]
pub(crate) struct Book<'w> {
    pub world: &'w World,
    reader: &'w Reader,
}

/// A section and its number in the list.
#[derive(Clone, Copy)]
pub(crate) struct SectionAt<'w> {
    pub place: usize,
    pub section: &'w Section,
}

impl<'w> Book<'w> {
    pub(crate) fn of(world: &'w World) -> Self {
        Self { world, reader: world.reader() }
    }

    pub(crate) fn section(&self, number: &str) -> Option<SectionAt<'w>> {
        self.section_at(*self.reader.sections.get(number)?)
    }

    pub(crate) fn section_at(&self, place: usize) -> Option<SectionAt<'w>> {
        let section = self.world.written.sections.get(place)?;
        Some(SectionAt { place, section: &section.value })
    }

    /// The sections that lie in no other.
    pub(crate) fn chapters(&self) -> Vec<SectionAt<'w>> {
        let parents = self.reader.parents.iter().enumerate();
        parents.filter(|(_, parent)| parent.is_none()).filter_map(|(n, _)| self.section_at(n)).collect()
    }

    pub(crate) fn children(&self, place: usize) -> Vec<SectionAt<'w>> {
        let children = self.reader.children.get(place).into_iter().flatten();
        children.filter_map(|n| self.section_at(*n)).collect()
    }

    /// The sections a section lies in, the outermost first.
    pub(crate) fn path(&self, place: usize) -> Vec<SectionAt<'w>> {
        let above = |n: &usize| self.reader.parents.get(*n).copied().flatten();
        let mut path: Vec<usize> = std::iter::successors(above(&place), above).collect();
        path.reverse();
        path.into_iter().filter_map(|n| self.section_at(n)).collect()
    }

    pub(crate) fn tally(&self, place: usize) -> Tally {
        self.reader.tallies.get(place).copied().unwrap_or_default()
    }

    /// The statements of a section itself, in the order of the source.
    pub(crate) fn statements(&self, place: usize) -> Vec<&'w Statement> {
        self.statements_at(self.reader.of_section.get(place))
    }

    pub(crate) fn statement(&self, id: &str) -> Option<&'w Statement> {
        let place = self.reader.statements.get(id)?;
        self.world.written.statements.get(*place).map(|item| &item.value)
    }

    pub(crate) fn norm(&self, id: &str) -> Option<&'w brink_policy::compiled::Norm> {
        self.world.package.norms.get(*self.reader.norms.get(id)?)
    }

    /// The statements that went into a norm.
    pub(crate) fn folded(&self, norm: &str) -> Vec<&'w Statement> {
        self.statements_at(self.reader.folded.get(norm))
    }

    /// The statements that refer to a statement or section.
    pub(crate) fn referrers(&self, target: &str) -> Vec<&'w Statement> {
        self.statements_at(self.reader.referrers.get(target))
    }

    fn statements_at(&self, places: Option<&Vec<usize>>) -> Vec<&'w Statement> {
        let all = &self.world.written.statements;
        places.into_iter().flatten().filter_map(|n| all.get(*n)).map(|item| &item.value).collect()
    }

    pub(crate) fn cases(&self, statement: &str) -> Vec<&'w Case> {
        let places = self.reader.cases.get(statement).into_iter().flatten();
        places.filter_map(|n| self.world.written.cases.get(*n)).map(|item| &item.value).collect()
    }

    /// The inconsistencies that are about a statement or a section.
    pub(crate) fn inconsistencies(&self, key: &str) -> Vec<&'w Inconsistency> {
        let places = self.reader.inconsistencies.get(key).into_iter().flatten();
        places.filter_map(|n| self.world.written.inconsistencies.get(*n)).map(|item| &item.value).collect()
    }

    pub(crate) fn goals(&self, statement: &str) -> Vec<&'w Goal> {
        let places = self.reader.goals.get(statement).into_iter().flatten();
        places.filter_map(|n| self.world.written.goals.get(*n)).map(|item| &item.value).collect()
    }

    pub(crate) fn services(&self, statement: &str) -> Vec<&'w ServiceLevel> {
        let places = self.reader.services.get(statement).into_iter().flatten();
        places.filter_map(|n| self.world.written.services.get(*n)).map(|item| &item.value).collect()
    }

    /// Names and meanings of the concepts a statement gives.
    pub(crate) fn concepts(&self, statement: &str) -> Vec<(&'w str, &'w str)> {
        let places = self.reader.concepts.get(statement).into_iter().flatten();
        let concepts = places.filter_map(|n| self.world.written.concepts.get(*n));
        concepts.map(|concept| (concept.naam.as_str(), concept.betekenis.as_str())).collect()
    }

    /// A map of those of these areas that have one.
    pub(crate) fn map<'i>(&self, areas: impl IntoIterator<Item = &'i str>) -> Option<MapBox> {
        self.reader.boxes.get_or_init(|| Boxes::of(&self.world.ground)).map(self.world, areas)
    }

    /// What is found for a question; nothing when it holds no words.
    pub(crate) fn search(&self, question: &str) -> Found {
        let search = self.reader.search.get_or_init(|| {
            Search::of(*self).inspect_err(|error| tracing::error!(%error, "search index")).ok()
        });
        search.as_ref().map_or_else(Found::default, |search| search.find(*self, question))
    }
}
