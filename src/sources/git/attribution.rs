//! Which commit a difference between two trees comes from.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use git2::Oid;

use super::commit::{CommitRef, reference};
use super::error::GitError;
use super::repository::Repository;

/// How many commits are looked at for the one that changed a path. A name in a sentence is worth
/// that much and no more; without it the path is still told.
const REACH: usize = 2_000;

/// The newest commit of `head`'s history, and not of `base`'s, that changed each path.
pub(super) struct Attribution {
    newest: BTreeMap<String, CommitRef>,
}

impl Attribution {
    pub(super) fn of(
        repository: &Repository,
        paths: &BTreeSet<String>,
        base: Oid,
        head: Oid,
    ) -> Result<Attribution, GitError> {
        let mut newest = BTreeMap::new();
        let mut walk = Range::new(repository, base, head)?;
        for _ in 0..REACH {
            if newest.len() == paths.len() {
                break;
            }
            let Some(id) = walk.next()? else { break };
            if repository.cut.contains(&id) {
                continue;
            }
            let commit = repository.find(id)?;
            for path in repository.touched(id)?.iter().filter(|path| paths.contains(*path)) {
                newest.entry(path.clone()).or_insert_with(|| reference(&commit));
            }
        }
        Ok(Attribution { newest })
    }

    pub(super) fn of_path(&self, path: &str) -> Option<CommitRef> {
        self.newest.get(path).cloned()
    }
}

/// Walks the commits that `head` stands on and `base` does not, newest first. Both sides are walked
/// together, so that what they share is known as shared when its turn comes; only a clock that ran
/// wrong can let a shared commit through, and then a name is given where none was due.
struct Range<'r> {
    repository: &'r Repository,
    waiting: BinaryHeap<(i64, Oid)>,
    /// Commits met, and whether `base` stands on them.
    shared: BTreeMap<Oid, bool>,
    /// How many of those that wait are not shared.
    own: usize,
}

impl<'r> Range<'r> {
    fn new(repository: &'r Repository, base: Oid, head: Oid) -> Result<Range<'r>, GitError> {
        let mut range =
            Range { repository, waiting: BinaryHeap::new(), shared: BTreeMap::new(), own: 0 };
        range.meet(head, false)?;
        range.meet(base, true)?;
        Ok(range)
    }

    fn next(&mut self) -> Result<Option<Oid>, GitError> {
        while self.own > 0 {
            let Some((_, id)) = self.waiting.pop() else { break };
            let shared = self.shared.get(&id).copied().unwrap_or_default();
            if !shared {
                self.own -= 1;
            }
            for parent in self.repository.parents(id)? {
                self.meet(parent, shared)?;
            }
            if !shared {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    fn meet(&mut self, id: Oid, shared: bool) -> Result<(), GitError> {
        match self.shared.get_mut(&id) {
            None => {
                self.shared.insert(id, shared);
                self.waiting.push((self.repository.find(id)?.time().seconds(), id));
                self.own += usize::from(!shared);
            }
            Some(known) if shared && !*known => {
                *known = true;
                self.own = self.own.saturating_sub(1);
            }
            Some(_) => {}
        }
        Ok(())
    }
}
