//! The files of a package, from a folder or from memory.

use crate::finding::Place;
use crate::yaml::{Node, Segment, Span};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The most files a package may have.
const MAX_FILES: usize = 2_000;

/// Why the files of a package could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The folder is not there.
    #[error("map `{0}` bestaat niet of is geen map")]
    NoFolder(PathBuf),
    /// A file or folder could not be read.
    #[error("`{path}` is niet te lezen: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something with the name of a file that is none.
    #[error("`{0}` is geen gewoon bestand")]
    NoFile(PathBuf),
    /// A file is not UTF-8.
    #[error("`{0}` is geen UTF-8-tekst")]
    NotText(PathBuf),
    /// Too many files.
    #[error("map `{0}` bevat meer dan {MAX_FILES} bestanden")]
    TooMany(PathBuf),
    /// A file is too large.
    #[error("`{path}` is {bytes} bytes, meer dan de toegestane {max}")]
    TooLarge {
        /// Which.
        path: PathBuf,
        /// How large.
        bytes: u64,
        /// How large it may be.
        max: usize,
    },
}

/// A file of a package.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Name relative to the package, with `/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Reads all `.yaml` files of a folder, sorted by name.
pub fn read_folder(folder: &Path) -> Result<Vec<SourceFile>, FilesError> {
    if !folder.is_dir() {
        return Err(FilesError::NoFolder(folder.to_owned()));
    }
    let mut files = Vec::new();
    collect(folder, folder, 0, &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn collect(root: &Path, folder: &Path, depth: usize, files: &mut Vec<SourceFile>) -> Result<(), FilesError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| FilesError::Unreadable { path, source }
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.is_dir() {
            if depth < 4 {
                collect(root, &path, depth + 1, files)?;
            }
            continue;
        }
        // A `.yml` is no part of a package either, but whoever made one thinks it is: it is read, and reported.
        if path.extension().is_none_or(|extension| extension != "yaml" && extension != "yml") {
            continue;
        }
        if files.len() >= MAX_FILES {
            return Err(FilesError::TooMany(root.to_owned()));
        }
        let max = crate::yaml::Limits::default().bytes;
        let metadata = std::fs::metadata(&path).map_err(unreadable(&path))?;
        // A pipe or device may have no end.
        if !metadata.is_file() {
            return Err(FilesError::NoFile(path));
        }
        let bytes = metadata.len();
        if usize::try_from(bytes).map_or(true, |bytes| bytes > max) {
            return Err(FilesError::TooLarge { path, bytes, max });
        }
        let content = std::fs::read(&path).map_err(unreadable(&path))?;
        let text = String::from_utf8(content).map_err(|_| FilesError::NotText(path.clone()))?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        files.push(SourceFile { name, text });
    }
    Ok(())
}

/// SHA-256 over the names and texts of all files, in order of name.
#[must_use]
pub fn hash(files: &[SourceFile]) -> String {
    let mut order: Vec<&SourceFile> = files.iter().collect();
    order.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hasher = Sha256::new();
    for file in order {
        hasher.update(file.name.as_bytes());
        hasher.update([0]);
        hasher.update(file.text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file and the tree it was read into.
#[derive(Debug)]
pub struct ParsedFile {
    /// Its name.
    pub name: String,
    /// Its tree, when it could be read.
    pub root: Option<Node>,
    /// Whether all of it could be read; what it does not say may have been lost otherwise.
    pub whole: bool,
}

/// Where a value was written: which file, and the way there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The place of the file in the list.
    pub file: usize,
    /// The way there.
    pub path: Vec<Segment>,
}

impl Origin {
    /// The place of something below this one.
    #[must_use]
    pub fn place(&self, files: &[ParsedFile], below: &[Segment]) -> Place {
        let (name, span) = match files.get(self.file) {
            Some(file) => {
                let path: Vec<Segment> = self.path.iter().chain(below).cloned().collect();
                (file.name.clone(), file.root.as_ref().map_or_else(Span::default, |root| root.at(&path).span))
            }
            None => (String::new(), Span::default()),
        };
        Place { file: name, span }
    }
}
