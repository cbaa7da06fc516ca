//! The files of a commit.

use std::fmt;
use std::path::Path;

use git2::{ObjectType, Oid};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::commit::{Commit, lossy};
use super::error::{GitError, GitErrorKind};
use super::repository::Repository;

/// More files than a repository has: the bound against trees that contain each other.
const MOST_FILES: usize = 2_000_000;

/// How many links are followed from one to the next.
const MOST_LINKS: usize = 8;

const MODE_LINK: i32 = 0o120_000;

/// The id by which git knows a file's bytes: the same bytes have the same id everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobId(pub(super) Oid);

impl BlobId {
    /// The id under which git would know `bytes` as they are. Where it is that of a commit's file,
    /// the bytes are that file's, whatever the index says of it.
    pub fn of(bytes: &[u8]) -> Option<BlobId> {
        Oid::hash_object(ObjectType::Blob, bytes).ok().map(BlobId)
    }
}

/// As it stands in git's own folders: its bytes.
impl Serialize for BlobId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_bytes())
    }
}

impl<'de> Deserialize<'de> for BlobId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<BlobId, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        Oid::from_bytes(bytes).map(BlobId).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The files that one commit holds.
pub struct Tree<'r> {
    repository: &'r Repository,
    root: git2::Tree<'r>,
}

impl Repository {
    /// The files of `commit`.
    ///
    /// # Errors
    /// Where its tree cannot be read.
    pub fn tree(&self, commit: &Commit) -> Result<Tree<'_>, GitError> {
        let root = self
            .find(self.oid(commit)?)?
            .tree()
            .map_err(|fault| GitError::reading("the files of the commit", &fault))?;
        Ok(Tree { repository: self, root })
    }

    /// The id of the files of `commit`: the same files have the same id, whatever commit holds them.
    ///
    /// # Errors
    /// Where its tree cannot be read.
    pub fn tree_id(&self, commit: &Commit) -> Result<String, GitError> {
        Ok(self.tree(commit)?.root.id().to_string())
    }

    /// The files that lay at `path` in the commits that the commit `id` (in full) was made on; none where
    /// they are not here.
    pub fn blobs_before(&self, id: &str, path: &str) -> Vec<BlobId> {
        let commit = Oid::from_str(id).ok().and_then(|id| self.git.find_commit(id).ok());
        let blob = |parent: git2::Commit<'_>| {
            Tree { repository: self, root: parent.tree().ok()? }.blob_at(path)
        };
        commit.iter().flat_map(git2::Commit::parents).filter_map(blob).collect()
    }

    /// The bytes of a blob; `None` where they are more than `limit`.
    ///
    /// # Errors
    /// Where the object is missing or damaged.
    pub fn blob(&self, id: BlobId, limit: u64) -> Result<Option<Vec<u8>>, GitError> {
        let reading = |fault: git2::Error| GitError::reading("a file of the history", &fault);
        let objects = self.git.odb().map_err(reading)?;
        let (size, _) = objects.read_header(id.0).map_err(reading)?;
        if size as u64 > limit {
            return Ok(None);
        }
        Ok(Some(self.git.find_blob(id.0).map_err(reading)?.content().to_vec()))
    }
}

impl Tree<'_> {
    /// Every regular file with the id of its bytes, sorted by path. Links and submodules are none.
    ///
    /// # Errors
    /// Where a folder cannot be read, or there are absurdly many files.
    pub fn files(&self) -> Result<Vec<(String, BlobId)>, GitError> {
        let mut files = Vec::new();
        let mut folders = vec![(String::new(), self.root.id())];
        while let Some((prefix, id)) = folders.pop() {
            let folder = self
                .repository
                .git
                .find_tree(id)
                .map_err(|fault| GitError::reading(&format!("folder {prefix}"), &fault))?;
            for entry in &folder {
                let path = format!("{prefix}{}", lossy(entry.name_bytes()));
                match entry.kind() {
                    Some(ObjectType::Tree) => folders.push((path + "/", entry.id())),
                    Some(ObjectType::Blob) if entry.filemode() != MODE_LINK => {
                        files.push((path, BlobId(entry.id())));
                    }
                    _ => {}
                }
            }
            if files.len() + folders.len() > MOST_FILES {
                return Err(GitError::new(
                    GitErrorKind::Other,
                    format!("the commit holds more than {MOST_FILES} files"),
                ));
            }
        }
        files.sort();
        Ok(files)
    }

    /// The id of the file at `path`, through links that stay within the repository; `None` where
    /// there is no such file.
    pub fn blob_at(&self, path: &str) -> Option<BlobId> {
        let mut path = path.to_owned();
        for _ in 0..=MOST_LINKS {
            match self.step(&path)? {
                Step::File(id) => return Some(id),
                Step::Link(target) => path = target,
            }
        }
        None
    }

    /// The bytes of the file at `path`; `None` where there is none or it is larger than `limit`.
    ///
    /// # Errors
    /// Where its object is missing or damaged.
    pub fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, GitError> {
        match self.blob_at(path) {
            Some(id) => self.repository.blob(id, limit),
            None => Ok(None),
        }
    }

    /// Whether `path` is a submodule, or a link that leads to no file.
    pub fn encloses(&self, path: &str) -> bool {
        let Ok(entry) = self.root.get_path(Path::new(path)) else { return false };
        match entry.kind() {
            Some(ObjectType::Commit) => true,
            Some(ObjectType::Blob) => entry.filemode() == MODE_LINK && self.blob_at(path).is_none(),
            _ => false,
        }
    }

    /// The names of what lies in the folder `path`; none where there is no such folder.
    pub fn names(&self, path: &str) -> Vec<String> {
        let entry = self.root.get_path(Path::new(path)).ok();
        let folder = entry.and_then(|entry| self.repository.git.find_tree(entry.id()).ok());
        folder.iter().flat_map(|folder| folder.iter()).map(|of| lossy(of.name_bytes())).collect()
    }

    /// Goes down `path` to a file, or to the first link and where that leads.
    fn step(&self, path: &str) -> Option<Step> {
        let mut folder = self.root.clone();
        let mut behind: Vec<&str> = Vec::new();
        let mut ahead = path.split('/');
        while let Some(name) = ahead.next() {
            let entry = folder.get_name(name)?;
            match entry.kind()? {
                ObjectType::Tree => {
                    let next = self.repository.git.find_tree(entry.id()).ok()?;
                    drop(entry);
                    folder = next;
                    behind.push(name);
                }
                ObjectType::Blob if entry.filemode() == MODE_LINK => {
                    let link = self.repository.git.find_blob(entry.id()).ok()?;
                    let target = std::str::from_utf8(link.content()).ok()?;
                    return join(&behind, target, ahead).map(Step::Link);
                }
                ObjectType::Blob if ahead.next().is_none() => {
                    return Some(Step::File(BlobId(entry.id())));
                }
                _ => return None,
            }
        }
        None
    }
}

enum Step {
    File(BlobId),
    Link(String),
}

/// Where a link leads that stands in the folder `behind`; `None` where it leaves the repository.
fn join<'p>(
    behind: &[&str],
    target: &'p str,
    ahead: impl Iterator<Item = &'p str>,
) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = behind.to_vec();
    for part in target.split('/').chain(ahead) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
