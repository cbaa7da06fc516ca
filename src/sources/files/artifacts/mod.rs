//! Finding artifacts: by globs under the repository, and in folders named on the command line.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::model::{Glob, archive_kind, within_archive};

use super::listing::{Listing, Unread, slashed};
use super::read::name_within;

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
/// file of `folders`. Archives are among them that a glob can match in. Each file once, sorted by
/// name; `.git` is left out, and a link is told as unread.
pub fn artifacts(root: &Path, globs: &[Glob], folders: &[ArtifactFolder]) -> Listing<ArtifactFile> {
    let mut found = Listing::default();
    for start in starts(globs) {
        let place = Place { root, prefix: "", wanted: Some(globs) };
        place.list(&root.join(start), &mut found);
    }
    for (folder, name) in folders.iter().zip(told_apart(folders)) {
        let place = Place { root: &folder.path, prefix: &name, wanted: None };
        place.list(&folder.path, &mut found);
    }
    found.files = each_once(found.files);
    found
}

/// A folder that artifacts are looked for in, and what its files are called.
struct Place<'p> {
    root: &'p Path,
    prefix: &'p str,
    wanted: Option<&'p [Glob]>,
}

impl Place<'_> {
    fn list(&self, start: &Path, found: &mut Listing<ArtifactFile>) {
        let walk = WalkDir::new(start).follow_links(false).follow_root_links(false).into_iter();
        for entry in walk.filter_entry(|entry| entry.file_name() != ".git") {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    found.files.extend(self.file(entry.path()))
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => found.unread.extend(self.no_file(&entry)),
                Err(fault) => found.unread.extend(self.fault(&fault)),
            }
        }
    }

    fn file(&self, path: &Path) -> Option<ArtifactFile> {
        let path = path.strip_prefix(self.root).ok()?.to_path_buf();
        let name = self.name(&path);
        let wanted = self.wanted.is_none_or(|globs| reaches(globs, &name));
        wanted.then(|| ArtifactFile { name, root: self.root.to_path_buf(), path })
    }

    /// A link, which is not followed, or a pipe: what it would give is not read.
    fn no_file(&self, entry: &DirEntry) -> Option<Unread> {
        let path = self.name(entry.path().strip_prefix(self.root).ok()?);
        if !entry.path_is_symlink() {
            let why = "it is no regular file".to_owned();
            return Some(Unread { path, why, leads_to: None, within: None });
        }
        let folder = std::fs::metadata(entry.path()).is_ok_and(|data| data.is_dir());
        let leads_to = name_within(self.root, &slashed(entry.path().strip_prefix(self.root).ok()?));
        let leads_to = leads_to.map(|target| self.name(Path::new(&target)));
        let within = folder.then(|| path.clone());
        Some(Unread { path, why: "links are not followed".to_owned(), leads_to, within })
    }

    /// A plain path that is not there matches nothing, which is no fault.
    fn fault(&self, fault: &walkdir::Error) -> Option<Unread> {
        let cause = fault.io_error()?;
        if cause.kind() == std::io::ErrorKind::NotFound {
            return None;
        }
        let path = fault.path()?.strip_prefix(self.root).ok()?;
        Some(Unread::folder(self.name(path), cause))
    }

    fn name(&self, path: &Path) -> String {
        match self.prefix {
            "" => slashed(path),
            prefix => format!("{prefix}/{}", slashed(path)),
        }
    }
}

/// Whether a file called `name` is wanted: itself, or as an archive for what may lie in it.
pub fn reaches(globs: &[Glob], name: &str) -> bool {
    let inside = archive_kind(name).map(|_| within_archive(name));
    globs.iter().any(|glob| {
        glob.matches(name) || inside.as_ref().is_some_and(|inside| glob.may_match_in(inside))
    })
}

/// The folders' names, a later one of the same name numbered.
fn told_apart(folders: &[ArtifactFolder]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, folder) in folders.iter().enumerate() {
        let before = &folders[..at];
        let namesakes: BTreeSet<&Path> = before
            .iter()
            .filter(|other| other.name == folder.name && other.path != folder.path)
            .map(|other| other.path.as_path())
            .collect();
        names.push(match namesakes.len() {
            0 => folder.name.clone(),
            others => format!("{}-{}", folder.name, others + 1),
        });
    }
    names
}

/// Where to begin: the longest prefix of each glob that names folders plainly, without those that
/// lie in another.
pub(super) fn starts(globs: &[Glob]) -> BTreeSet<PathBuf> {
    let all: BTreeSet<PathBuf> = globs.iter().filter_map(literal_prefix).collect();
    let within =
        |inner: &PathBuf| all.iter().any(|outer| outer != inner && inner.starts_with(outer));
    all.iter().filter(|start| !within(start)).cloned().collect()
}

/// `None` where the glob leads out of its root.
fn literal_prefix(glob: &Glob) -> Option<PathBuf> {
    let mut prefix = PathBuf::new();
    for part in glob.as_str().split('/').filter(|part| *part != ".") {
        if part.contains(['*', '?', '[', '{', '\\']) {
            break;
        }
        if let Some(archive) = part.strip_suffix('!').filter(|name| archive_kind(name).is_some()) {
            prefix.push(archive);
            break;
        }
        prefix.push(part);
    }
    let stays = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    (!glob.as_str().starts_with('/') && prefix.components().all(stays)).then_some(prefix)
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

#[cfg(test)]
mod tests;
