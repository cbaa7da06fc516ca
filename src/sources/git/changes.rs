//! What changed since a commit.

use git2::Oid;

use super::attribution::Attribution;
use super::commit::{Commit, CommitRef};
use super::error::GitError;
use super::repository::Repository;

/// What changed since some point of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// Everything that did, sorted by path.
    Known(Vec<Change>),
    /// The commit named is not in this repository, or its id fits several.
    UnknownCommit,
    /// The clone is shallow, and what would tell was cut off.
    Truncated,
}

/// A path that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Relative to the repository, with `/`. A renamed file is two changes.
    pub path: String,
    /// The newest commit that changed it, where one within reach did.
    pub commit: Option<CommitRef>,
}

impl Repository {
    /// Which paths differ between the tree of `base` (an id, whole or abbreviated to seven digits
    /// or more) and that of `head`. `base` need not be an ancestor: what counts is the difference.
    ///
    /// # Errors
    /// Where an object that both stand on cannot be read.
    pub fn changes_since_commit(&self, base: &str, head: &Commit) -> Result<Since, GitError> {
        let Some(base) = self.commit_named(base) else {
            return Ok(if self.is_shallow() { Since::Truncated } else { Since::UnknownCommit });
        };
        let head = self.oid(head)?;
        let paths = self.between(base, head)?;
        let newest = Attribution::of(self, &paths, base, head)?;
        let changes = paths
            .iter()
            .map(|path| Change { path: path.clone(), commit: newest.of_path(path) })
            .collect();
        Ok(Since::Known(changes))
    }

    /// The same of the tree of a commit that is not here: a merge that a forge made only to test it, or
    /// what a squash made anew.
    ///
    /// # Errors
    /// Where an object that both stand on cannot be read.
    pub fn changes_since_tree(&self, tree: &str, head: &Commit) -> Result<Since, GitError> {
        let whole = Oid::from_str(tree).ok().filter(|id| id.to_string() == tree);
        let Some(base) = whole.and_then(|id| self.git.find_tree(id).ok()) else {
            return Ok(Since::UnknownCommit);
        };
        let paths = self.apart(Some(&base), self.oid(head)?)?;
        Ok(Since::Known(paths.into_iter().map(|path| Change { path, commit: None }).collect()))
    }
}
