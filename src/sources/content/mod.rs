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
        files: BTreeMap<String, At>,
        unread: Vec<Unread>,
        /// Where what a sparse checkout left out is read from.
        repository: Option<&'r Repository>,
    },
    Commit {
        tree: Tree<'r>,
        files: BTreeMap<String, BlobId>,
    },
}

/// Where a file of a work tree is.
enum At {
    /// On disk, under the root.
    Disk(PathBuf),
    /// In git's objects alone: a sparse checkout left it out.
    LeftOut(BlobId),
}

impl<'r> Content<'r> {
    /// The files of a folder without git.
    pub fn of_folder(root: &Path) -> Content<'static> {
        let found = files::repository_files(root);
        let files = found.files.into_iter().map(|(name, path)| (name, At::Disk(path))).collect();
        let root = root.to_path_buf();
        Content(Kind::Disk { root, files, unread: found.unread, repository: None })
    }

    /// The files of a work tree: those that git knows or does not ignore, and those that a sparse
    /// checkout left out.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn of_work_tree(repository: &'r Repository) -> Result<Content<'r>, GitError> {
        let Content(mut kind) = Content::of_folder(repository.root());
        if let Kind::Disk { root, files, repository: of, .. } = &mut kind {
            *of = Some(repository);
            // A file can be tracked although a rule ignores it.
            for path in repository.tracked_files()? {
                let is_file =
                    |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_file());
                if !files.contains_key(&path) && is_file(&root.join(&path)) {
                    files.insert(path.clone(), At::Disk(PathBuf::from(path)));
                }
            }
            let left_out = repository.left_out()?.into_iter();
            files.extend(left_out.map(|(path, blob)| (path, At::LeftOut(blob))));
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
        let (disk, commit) = match &self.0 {
            Kind::Disk { files, .. } => (Some(files.keys()), None),
            Kind::Commit { files, .. } => (None, Some(files.keys())),
        };
        disk.into_iter().flatten().chain(commit.into_iter().flatten()).map(String::as_str)
    }

    /// The Markdown files outside vendored folders, sorted.
    pub fn markdown(&self) -> impl Iterator<Item = &str> {
        self.paths().filter(|path| is_markdown(path) && !is_vendored(path))
    }

    /// Whether there is a file at `path`, through links too.
    pub fn holds(&self, path: &str) -> bool {
        match &self.0 {
            Kind::Disk { .. } => self.place(path).is_some(),
            Kind::Commit { tree, .. } => tree.blob_at(path).is_some(),
        }
    }

    /// The bytes of the file at `path`.
    ///
    /// # Errors
    /// Where there is none (an ignored file is none), or it cannot be read or exceeds `limit`.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let missing = || ReadError::Missing { path: path.to_owned() };
        let refused =
            |fault: GitError| ReadError::Refused { path: path.to_owned(), why: fault.to_string() };
        let large = || ReadError::TooLarge { path: path.to_owned(), limit };
        match &self.0 {
            Kind::Disk { root, repository, .. } => match (self.place(path), repository) {
                (Some(At::Disk(place)), _) => files::read_path(root, place, path, limit),
                (Some(At::LeftOut(blob)), Some(repository)) => {
                    repository.blob(*blob, limit).map_err(refused)?.ok_or_else(large)
                }
                (Some(At::LeftOut(_)), None) | (None, _) => Err(missing()),
            },
            Kind::Commit { tree, .. } => {
                if tree.blob_at(path).is_none() {
                    return Err(missing());
                }
                tree.read(path, limit).map_err(refused)?.ok_or_else(large)
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

    /// Where a listed file is, asked for by its name or through links.
    fn place(&self, path: &str) -> Option<&At> {
        let Kind::Disk { root, files, .. } = &self.0 else { return None };
        let through_links = || files.get(&files::name_within(root, path)?);
        files.get(path).or_else(through_links)
    }
}

#[cfg(test)]
mod tests;
