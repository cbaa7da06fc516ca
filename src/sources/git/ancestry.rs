//! The commits that a commit stands on.

use std::sync::Arc;

use git2::Oid;

use crate::model::map::HashSet;

use super::commit::Commit;
use super::error::GitError;
use super::repository::Repository;

/// A commit and all that it stands on, as far as a clone holds them.
#[derive(Debug, Clone, Default)]
pub struct Ancestry {
    ids: Arc<HashSet<Oid>>,
}

/// What was asked for last: the commit, and those that it stands on.
pub(super) type Last = Option<(Oid, Ancestry)>;

impl Ancestry {
    /// Whether the commit of that id is among them.
    pub fn contains(&self, id: &str) -> bool {
        Oid::from_str(id).is_ok_and(|id| self.ids.contains(&id))
    }
}

impl Repository {
    /// `commit` and all that it stands on, as far as this clone holds them. Where the last that was
    /// asked for is among them, only what came after it is walked.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn ancestry(&self, commit: &Commit) -> Result<Ancestry, GitError> {
        let head = self.oid(commit)?;
        let known = match self.ancestry.take() {
            Some((last, known)) if self.stands_on(head, last)? => Some((last, known)),
            _ => None,
        };
        let mut ancestry = self.beyond(head, known.as_ref().map(|(last, _)| *last))?;
        if let Some((_, mut known)) = known {
            Arc::make_mut(&mut known.ids).extend(ancestry.ids.iter().copied());
            ancestry = known;
        }
        self.ancestry.replace(Some((head, ancestry.clone())));
        Ok(ancestry)
    }

    /// What `head` stands on and `known` does not.
    fn beyond(&self, head: Oid, known: Option<Oid>) -> Result<Ancestry, GitError> {
        let reading = |fault: git2::Error| GitError::reading("the history", &fault);
        // A handle of its own: what libgit2 remembers of each commit is given back at its end.
        let own = git2::Repository::open(self.git.path()).map_err(reading)?;
        let mut walk = own.revwalk().map_err(reading)?;
        walk.push(head).map_err(reading)?;
        known.map_or(Ok(()), |known| walk.hide(known)).map_err(reading)?;
        let ids: Result<HashSet<Oid>, git2::Error> = walk.collect();
        Ok(Ancestry { ids: Arc::new(ids.map_err(reading)?) })
    }
}
