//! From files to a package: read, check, compile.

use crate::check;
use crate::compiled::{self, Compiled};
use crate::files::{self, Origin, ParsedFile, SourceFile};
use crate::finding::{Finding, Place, Severity};
use crate::nearest::nearest;
use crate::package::{Item, WrittenPackage};
use crate::yaml::{self, Node, Segment};
use serde::de::DeserializeOwned;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The result of reading a package: what it says, whether it can be used, and what was found.
#[derive(Debug)]
pub struct Loaded {
    /// What the files say, as far as they could be read.
    pub written: WrittenPackage,
    /// The package to work with; `None` when there are faults.
    pub compiled: Option<Compiled>,
    /// What was found, by file and line.
    pub findings: Vec<Finding>,
}

impl Loaded {
    /// How many faults there are.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity == Severity::Fout).count()
    }
}

/// How thoroughly to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Only what is needed to use the package safely.
    Use,
    /// Everything, for the one who edits it.
    All,
}

/// The files every package has.
const REQUIRED: [&str; 7] = [
    "pakket.yaml",
    "onderdelen.yaml",
    "belangen.yaml",
    "activiteiten.yaml",
    "gebieden.yaml",
    "gegevens.yaml",
    "termen.yaml",
];

/// Reads, checks and compiles a package.
#[must_use]
pub fn load(files: &[SourceFile], depth: Depth) -> Loaded {
    let mut reader = Reader::default();
    for (file, parsed) in files.iter().zip(parse(files)) {
        reader.read(file, parsed);
    }
    for name in REQUIRED {
        if !files.iter().any(|file| file.name == name) {
            reader.findings.push(
                Finding::error("P003", format!("bestand `{name}` ontbreekt in het pakket"))
                    .help("een pakket is een map met pakket.yaml, onderdelen.yaml, belangen.yaml, activiteiten.yaml, gebieden.yaml, gegevens.yaml, termen.yaml en normen/"),
            );
        }
    }
    let Reader { mut written, mut findings } = reader;
    findings.extend(check::structure(&written));
    written.truncate();
    let hash = files::hash(files);
    // Expressions are lowered while compiling; what is wrong in them is found even when other things are wrong too.
    let (candidate, problems) = compiled::compile(&written, hash);
    findings.extend(problems);
    let faulty = findings.iter().any(|finding| finding.severity == Severity::Fout);
    let compiled = if faulty { None } else { candidate };
    if let (Some(compiled), Depth::All) = (&compiled, depth) {
        findings.extend(check::meaning(&written, compiled));
    }
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.dedup();
    Loaded { written, compiled, findings }
}

/// Less than this is not worth a thread.
const WORTH_A_THREAD: usize = 64 << 10;

/// The trees of all files, in their order. Reading is most of the work of loading, so it is shared among the
/// processors; what is found does not depend on who reads what.
fn parse(files: &[SourceFile]) -> Vec<Result<Option<Node>, yaml::YamlError>> {
    let read = |file: &SourceFile| yaml::read(&file.text, yaml::Limits::default());
    let total: usize = files.iter().map(|file| file.text.len()).sum();
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let helpers = processors.min(total / WORTH_A_THREAD).min(8).saturating_sub(1);
    let next = AtomicUsize::new(0);
    let trees: Vec<OnceLock<_>> = files.iter().map(|_| OnceLock::new()).collect();
    let work = || {
        while let Some((file, tree)) = {
            let n = next.fetch_add(1, Ordering::Relaxed);
            files.get(n).zip(trees.get(n))
        } {
            tree.get_or_init(|| read(file));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..helpers {
            scope.spawn(work);
        }
        work();
    });
    trees.into_iter().zip(files).map(|(tree, file)| tree.into_inner().unwrap_or_else(|| read(file))).collect()
}

fn order(finding: &Finding) -> (Severity, &str, usize, usize, &str) {
    let place = finding.place.as_ref();
    (
        finding.severity,
        place.map_or("", |place| &place.file),
        place.map_or(0, |place| place.span.line),
        place.map_or(0, |place| place.span.column),
        &finding.message,
    )
}

#[derive(Default)]
struct Reader {
    written: WrittenPackage,
    findings: Vec<Finding>,
}

impl Reader {
    fn read(&mut self, file: &SourceFile, parsed: Result<Option<Node>, yaml::YamlError>) {
        let index = self.written.files.len();
        let mut whole = true;
        let root = match parsed {
            Ok(root) => root,
            Err(error) => {
                let mut finding = Finding::error("P001", error.message)
                    .at(Place { file: file.name.clone(), span: error.span });
                finding.help = error.help;
                self.findings.push(finding);
                whole = false;
                None
            }
        };
        self.written.files.push(ParsedFile { name: file.name.clone(), root: None, whole });
        if let Some(root) = root {
            self.values(index, file, &root);
            if let Some(file) = self.written.files.get_mut(index) {
                file.root = Some(root);
            }
        }
    }

    /// Reads what stands in the tree of a file.
    fn values(&mut self, index: usize, file: &SourceFile, root: &Node) {
        let name = file.name.as_str();
        match name {
            _ if name.ends_with(".yml") => self.findings.push(
                Finding::warning("P004", format!("bestand `{name}` wordt niet gelezen"))
                    .help("noem het .yaml")
                    .at(Place { file: file.name.clone(), span: root.span }),
            ),
            "pakket.yaml" => self.written.package = self.one(index, root, vec![]),
            "onderdelen.yaml" => self.written.sections = self.list(index, root, vec![]),
            "belangen.yaml" => self.written.interests = self.list(index, root, vec![]),
            "activiteiten.yaml" => self.written.activities = self.list(index, root, vec![]),
            "gebieden.yaml" => self.written.areas = self.list(index, root, vec![]),
            "gegevens.yaml" => self.written.facts = self.list(index, root, vec![]),
            "inconsistenties.yaml" => self.written.inconsistencies = self.list(index, root, vec![]),
            "termen.yaml" => self.terms(index, root),
            "doelen.yaml" => self.goals(index, root),
            _ if name.starts_with("normen/") => {
                let found = self.list(index, root, vec![]);
                self.written.statements.extend(found);
            }
            _ if name.starts_with("gevallen/") => {
                let found = self.list(index, root, vec![]);
                self.written.cases.extend(found);
            }
            "schets/plaatsen.yaml" => self.written.places = self.one(index, root, vec![]),
            // The facts of the schematic map: they say where areas lie, not what holds there.
            _ if name.starts_with("schets/") => {}
            _ => self.findings.push(
                Finding::warning(
                    "P004",
                    format!("bestand `{name}` hoort niet bij een pakket en wordt niet gelezen"),
                )
                .help("uitspraken staan in normen/, gevallen in gevallen/")
                .at(Place { file: file.name.clone(), span: root.span }),
            ),
        }
    }

    fn terms(&mut self, file: usize, root: &Node) {
        const PARTS: &[&str] = &["partijen", "documenten", "instrumenten", "begrippen"];
        let yaml::Kind::Mapping(entries) = &root.kind else {
            self.not_whole(file);
            self.findings.push(
                Finding::error("P002", "termen.yaml hoort uit de groepen partijen, documenten, instrumenten en begrippen te bestaan")
                    .at(Place { file: self.name(file), span: root.span }),
            );
            return;
        };
        for (key, node) in entries {
            let path = vec![Segment::Key(key.text.clone())];
            match key.text.as_str() {
                "partijen" => self.written.parties = self.list(file, node, path),
                "documenten" => self.written.documents = self.list(file, node, path),
                "instrumenten" => self.written.instruments = self.list(file, node, path),
                "begrippen" => self.written.concepts = self.list(file, node, path),
                other => {
                    let place = Place { file: self.name(file), span: key.span };
                    let mut finding = Finding::error("P002", format!("onbekende groep `{other}`")).at(place);
                    finding.help = Some(format!("er zijn: {}", PARTS.join(", ")));
                    self.findings.push(finding);
                }
            }
        }
    }

    fn goals(&mut self, file: usize, root: &Node) {
        const PARTS: &[&str] = &["doelen", "diensten"];
        let yaml::Kind::Mapping(entries) = &root.kind else {
            self.not_whole(file);
            self.findings.push(
                Finding::error("P002", "doelen.yaml hoort uit de groepen doelen en diensten te bestaan")
                    .at(Place { file: self.name(file), span: root.span }),
            );
            return;
        };
        for (key, node) in entries {
            let path = vec![Segment::Key(key.text.clone())];
            match key.text.as_str() {
                "doelen" => self.written.goals = self.list(file, node, path),
                "diensten" => self.written.services = self.list(file, node, path),
                other => {
                    let place = Place { file: self.name(file), span: key.span };
                    let mut finding = Finding::error("P002", format!("onbekende groep `{other}`")).at(place);
                    finding.help = Some(format!("er zijn: {}", PARTS.join(", ")));
                    self.findings.push(finding);
                }
            }
        }
    }

    fn not_whole(&mut self, file: usize) {
        if let Some(file) = self.written.files.get_mut(file) {
            file.whole = false;
        }
    }

    fn name(&self, file: usize) -> String {
        self.written.files.get(file).map(|file| file.name.clone()).unwrap_or_default()
    }

    fn list<T: DeserializeOwned>(&mut self, file: usize, root: &Node, path: Vec<Segment>) -> Vec<Item<T>> {
        if !matches!(root.kind, yaml::Kind::Sequence(_)) {
            self.not_whole(file);
            self.findings.push(
                Finding::error("P002", "hier hoort een lijst (regels die met `- ` beginnen)")
                    .at(Place { file: self.name(file), span: root.span }),
            );
            return Vec::new();
        }
        let mut found = Vec::new();
        for (index, node) in root.items().iter().enumerate() {
            let path = path.iter().cloned().chain([Segment::Index(index)]).collect();
            let item = self.one(file, node, path);
            if item.is_none() {
                let id = node.get("id").or_else(|| node.get("nummer")).and_then(Node::text);
                self.written.lost.extend(id.map(str::to_owned));
            }
            found.extend(item);
        }
        found
    }

    /// Reads one value. After a fault the part that is wrong is taken out and reading goes on, so that all faults
    /// are found; a value that had faults is kept only to check the rest of the package against its id.
    fn one<T: DeserializeOwned>(&mut self, file: usize, node: &Node, path: Vec<Segment>) -> Option<Item<T>> {
        let first = match yaml::from_node::<T>(node) {
            Ok(value) => {
                return Some(Item { value, origin: Origin { file, path } });
            }
            Err(error) => error,
        };
        let mut rest = node.clone();
        let mut error = first;
        let mut removed: Vec<Vec<Segment>> = Vec::new();
        for _ in 0..50 {
            // What is missing only because it was taken out has been reported already.
            let subject: Vec<Segment> =
                error.path.iter().cloned().chain(error.missing.map(Segment::from)).collect();
            if !removed.iter().any(|path| path.starts_with(&subject)) {
                let place = Place {
                    file: self.name(file),
                    span: error.span.as_deref().copied().unwrap_or(node.span),
                };
                let mut finding = Finding::error("P002", describe(&error)).at(place);
                finding.help = help(&error);
                self.findings.push(finding);
            }
            if error.path.is_empty() || !rest.remove(&error.path) {
                return None;
            }
            removed.push(error.path.clone());
            match yaml::from_node::<T>(&rest) {
                Ok(value) => {
                    return Some(Item { value, origin: Origin { file, path } });
                }
                Err(next) => error = next,
            }
        }
        None
    }
}

fn help(error: &yaml::DeError) -> Option<String> {
    if let Some(key) = error.missing {
        return Some(format!("voeg `{key}: ...` toe"));
    }
    let found = error.found.as_ref()?;
    let near = nearest(found, error.expected.iter().copied(), 1);
    near.first().map(|near| format!("bedoeld: `{near}`?"))
}

fn describe(error: &yaml::DeError) -> String {
    let path: Vec<String> = error
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Key(key) => key.clone(),
            Segment::Index(index) => (index + 1).to_string(),
        })
        .collect();
    if path.is_empty() {
        error.message.clone()
    } else {
        format!("bij `{}`: {}", path.join("."), error.message)
    }
}
