//! The repository's files as they are judged: those of the work tree, or of a commit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::{self, ReadError, Unread, is_markdown, is_vendored};
use super::git::{BlobId, GitError, Repository, Tree};

/// What the repository holds at the point that is judged. The two kinds answer alike: ignored
/// files and links are not listed, and a link that stays inside is read through.
pub struct Content<'r>(Kind<'r>);

enum Kind<'r> {
    Disk {
        root: PathBuf,
        files: BTreeMap<String, PathBuf>,
        unread: Vec<Unread>,
        /// What a sparse checkout left out of the work tree, read from git's objects.
        sparse: Option<Sparse<'r>>,
    },
    Commit {
        tree: Tree<'r>,
        files: BTreeMap<String, BlobId>,
    },
}

struct Sparse<'r> {
    repository: &'r Repository,
    files: BTreeMap<String, BlobId>,
}

impl Sparse<'_> {
    fn read(&self, path: &str, limit: u64) -> Option<Result<Vec<u8>, ReadError>> {
        let blob = *self.files.get(path)?;
        let path = path.to_owned();
        Some(match self.repository.blob(blob, limit) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(ReadError::TooLarge { path, limit }),
            Err(fault) => Err(ReadError::Refused { path, why: fault.to_string() }),
        })
    }
}

impl<'r> Content<'r> {
    /// The files of a folder without git.
    pub fn of_folder(root: &Path) -> Content<'static> {
        let found = files::repository_files(root);
        let files = found.files.into_iter().collect();
        let root = root.to_path_buf();
        Content(Kind::Disk { root, files, unread: found.unread, sparse: None })
    }

    /// The files of a work tree: those that git knows or does not ignore, and those that a sparse
    /// checkout left out.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn of_work_tree(repository: &'r Repository) -> Result<Content<'r>, GitError> {
        let Content(mut kind) = Content::of_folder(repository.root());
        if let Kind::Disk { root, files, sparse, .. } = &mut kind {
            // A file can be tracked although a rule ignores it.
            for path in repository.tracked_files()? {
                let is_file =
                    |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_file());
                if !files.contains_key(&path) && is_file(&root.join(&path)) {
                    files.insert(path.clone(), PathBuf::from(path));
                }
            }
            let left_out = repository.left_out()?;
            *sparse = (!left_out.is_empty()).then_some(Sparse { repository, files: left_out });
        }
        Ok(Content(kind))
    }

    /// The files of a commit.
    ///
    /// # Errors
    /// Where its tree cannot be read.
    pub fn of_commit(tree: Tree<'r>) -> Result<Content<'r>, GitError> {
        let files = tree.files()?.into_iter().collect();
        Ok(Content(Kind::Commit { tree, files }))
    }

    /// Every file, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let mut paths: Vec<&str> = match &self.0 {
            Kind::Disk { files, sparse, .. } => {
                let left_out = sparse.iter().flat_map(|sparse| sparse.files.keys());
                files.keys().chain(left_out).map(String::as_str).collect()
            }
            Kind::Commit { files, .. } => files.keys().map(String::as_str).collect(),
        };
        paths.sort_unstable();
        paths.into_iter()
    }

    /// The Markdown files outside vendored folders, sorted.
    pub fn markdown(&self) -> impl Iterator<Item = &str> {
        self.paths().filter(|path| is_markdown(path) && !is_vendored(path))
    }

    /// Whether there is a file at `path`, through links too.
    pub fn holds(&self, path: &str) -> bool {
        match &self.0 {
            Kind::Disk { sparse, .. } => {
                let left_out = || sparse.as_ref().is_some_and(|of| of.files.contains_key(path));
                self.disk_path(path).is_some() || left_out()
            }
            Kind::Commit { tree, .. } => tree.blob_at(path).is_some(),
        }
    }

    /// The bytes of the file at `path`.
    ///
    /// # Errors
    /// Where there is none (an ignored file is none), or it cannot be read or exceeds `limit`.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let missing = || ReadError::Missing { path: path.to_owned() };
        match &self.0 {
            Kind::Disk { root, sparse, .. } => match self.disk_path(path) {
                Some(place) => files::read_path(root, &place, path, limit),
                None => {
                    let left_out = sparse.as_ref().and_then(|sparse| sparse.read(path, limit));
                    left_out.unwrap_or_else(|| Err(missing()))
                }
            },
            Kind::Commit { tree, .. } => {
                if tree.blob_at(path).is_none() {
                    return Err(missing());
                }
                let refused = |fault: GitError| ReadError::Refused {
                    path: path.to_owned(),
                    why: fault.to_string(),
                };
                let bytes = tree.read(path, limit).map_err(refused)?;
                bytes.ok_or_else(|| ReadError::TooLarge { path: path.to_owned(), limit })
            }
        }
    }

    /// Folders that could not be looked into, and so are not part of this.
    pub fn unread(&self) -> &[Unread] {
        match &self.0 {
            Kind::Disk { unread, .. } => unread,
            Kind::Commit { .. } => &[],
        }
    }

    /// The path under the root of a listed file, asked for by its name or through links.
    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        let Kind::Disk { root, files, .. } = &self.0 else { return None };
        if let Some(place) = files.get(path) {
            return Some(place.clone());
        }
        files::name_within(root, path).and_then(|name| files.get(&name)).cloned()
    }
}

#[cfg(test)]
mod tests;
