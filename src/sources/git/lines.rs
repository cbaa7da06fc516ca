//! Where another commit lies, seen from the line of work that ends at a commit.
//!
//! Many teams tag a release on a branch of its own, which is cut for it and never merged back: the
//! next one does not stand on it, and it is the release before all the same.

use git2::{ErrorCode, Oid};

use super::commit::{Commit, seconds};
use super::error::GitError;
use super::repository::Repository;

/// Where a commit lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The line stands on it, or ends at it.
    Before,
    /// It is older than the end of the line, on a branch that left it at the commit `forked`.
    Beside {
        /// The newest commit of both.
        forked: String,
    },
    /// It came later, has nothing in common with the line, or is not in this clone.
    Elsewhere,
}

impl Repository {
    /// Where the commit `id` lies, seen from `head`.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn place_of(&self, id: &str, head: &Commit) -> Result<Place, GitError> {
        let Some(id) = self.commit_named(id) else { return Ok(Place::Elsewhere) };
        let head = self.oid(head)?;
        if self.stands_on(head, id)? {
            return Ok(Place::Before);
        }
        Ok(match self.forked(id, head)? {
            Some(forked) => Place::Beside { forked: forked.to_string() },
            None => Place::Elsewhere,
        })
    }

    /// Whether the commit `id` and `head` differ in a path that is meant; so they do where `id` is not in
    /// this clone.
    ///
    /// # Errors
    /// Where a commit or a folder is missing or damaged.
    pub fn differ_in(
        &self,
        id: &str,
        head: &Commit,
        is_meant: &dyn Fn(&str) -> bool,
    ) -> Result<bool, GitError> {
        let Some(id) = self.commit_named(id) else { return Ok(true) };
        Ok(self.between(id, self.oid(head)?)?.iter().any(|path| is_meant(path)))
    }

    /// Where the branch of an older commit left the line that ends at `head`, which does not stand on it.
    pub(super) fn forked(&self, id: Oid, head: Oid) -> Result<Option<Oid>, GitError> {
        let time = |id: Oid| Ok::<_, GitError>(seconds(self.find(id)?.time()));
        if time(id)? > time(head)? || self.stands_on(id, head)? {
            return Ok(None);
        }
        match self.git.merge_base(id, head) {
            Ok(forked) => Ok(Some(forked)),
            Err(fault) if fault.code() == ErrorCode::NotFound => Ok(None),
            Err(fault) => Err(GitError::reading("the history", &fault)),
        }
    }
}
