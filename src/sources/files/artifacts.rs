//! Finding artifacts: by globs under the repository, and in folders named on the command line.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use crate::model::Glob;

use super::repository::slashed;

/// A folder of artifacts given by `--artifacts DIR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactFolder {
    /// Where it is.
    path: PathBuf,
    /// What reports call it: relative to the repository, else its own last name.
    name: String,
}

impl ArtifactFolder {
    /// The folder `dir`, as a report on the repository at `root` calls it. Never by a path of this
    /// machine: a folder outside is called by its own name.
    ///
    /// # Errors
    /// A sentence, where there is no such folder.
    pub fn new(root: &Path, dir: &Path) -> Result<ArtifactFolder, String> {
        let missing = |why: String| format!("the folder of artifacts {} {why}", dir.display());
        let path =
            dir.canonicalize().map_err(|fault| missing(format!("cannot be read: {fault}")))?;
        if !path.is_dir() {
            return Err(missing("is no folder".to_owned()));
        }
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let name = match path.strip_prefix(&root) {
            Ok(inside) => slashed(inside),
            Err(_) => path
                .file_name()
                .map_or_else(|| "artifacts".to_owned(), |name| name.to_string_lossy().into_owned()),
        };
        Ok(ArtifactFolder { path, name })
    }
}

/// A file that may be an artifact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArtifactFile {
    /// What reports call it: relative to the repository, else `DIR/…`.
    pub name: String,
    /// The folder that it must not leave.
    pub root: PathBuf,
    /// Where it is under `root`.
    pub path: PathBuf,
}

/// The files under `root` that one of `globs` matches, whatever the ignore rules say, and every
/// file of `folders`. Each file once, sorted by name; `.git` and links are left out.
pub fn artifacts(root: &Path, globs: &[Glob], folders: &[ArtifactFolder]) -> Vec<ArtifactFile> {
    let mut found = Vec::new();
    for start in starts(globs) {
        for path in files_under(&root.join(&start)) {
            let Ok(inside) = path.strip_prefix(root) else { continue };
            let name = slashed(inside);
            if globs.iter().any(|glob| glob.matches(&name)) {
                found.push(ArtifactFile {
                    name,
                    root: root.to_path_buf(),
                    path: inside.to_path_buf(),
                });
            }
        }
    }
    for folder in folders {
        for path in files_under(&folder.path) {
            let Ok(inside) = path.strip_prefix(&folder.path) else { continue };
            let name = match folder.name.as_str() {
                "" => slashed(inside),
                prefix => format!("{prefix}/{}", slashed(inside)),
            };
            found.push(ArtifactFile {
                name,
                root: folder.path.clone(),
                path: inside.to_path_buf(),
            });
        }
    }
    each_once(found)
}

/// Where to begin: the longest prefix of each glob that names folders plainly, without those that
/// lie in another.
fn starts(globs: &[Glob]) -> BTreeSet<PathBuf> {
    let all: BTreeSet<PathBuf> = globs.iter().filter_map(literal_prefix).collect();
    let within =
        |inner: &PathBuf| all.iter().any(|outer| outer != inner && inner.starts_with(outer));
    all.iter().filter(|start| !within(start)).cloned().collect()
}

/// `None` where the glob leads out of its root.
fn literal_prefix(glob: &Glob) -> Option<PathBuf> {
    let mut prefix = PathBuf::new();
    for part in glob.as_str().split('/') {
        if part.contains(['*', '?', '[', '{', '\\']) {
            break;
        }
        prefix.push(part);
    }
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    (!glob.as_str().starts_with('/') && prefix.components().all(stays)).then_some(prefix)
}

fn files_under(start: &Path) -> impl Iterator<Item = PathBuf> {
    WalkDir::new(start)
        .follow_links(false)
        .follow_root_links(false)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != ".git")
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
}

/// One file found twice counts once, under the name that sorts first.
fn each_once(mut found: Vec<ArtifactFile>) -> Vec<ArtifactFile> {
    found.sort();
    let mut places = BTreeSet::new();
    found.retain(|file| {
        let place = file.root.join(&file.path);
        places.insert(place.canonicalize().unwrap_or(place))
    });
    found
}
