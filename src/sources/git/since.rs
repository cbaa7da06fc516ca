//! What changed since a moment, for artifacts that name no commit.

use std::collections::BTreeMap;

use git2::Oid;

use crate::model::Timestamp;

use super::changes::{Change, Since};
use super::commit::{Commit, CommitRef, reference, seconds};
use super::error::GitError;
use super::repository::Repository;
use super::walk::NewestFirst;

/// How many older commits in a row end the search for younger ones. Clocks that ran behind put
/// old times in front of newer ones, so the first older commit does not.
const PATIENCE: usize = 512;

/// How many seconds lie between commits that one rebase made anew.
const ONE_REBASE: i64 = 30;

fn known(changed: BTreeMap<String, Option<CommitRef>>) -> Since {
    Since::Known(changed.into_iter().map(|(path, commit)| Change { path, commit }).collect())
}

impl Repository {
    /// Which paths changed after `time`: those that a commit with a later committer time touched,
    /// and those that differ from what the first-parent line held at `time`. The second finds work
    /// committed before and merged after.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn changes_since_time(&self, time: Timestamp, head: &Commit) -> Result<Since, GitError> {
        let head = self.oid(head)?;
        let Some(mut changed) = self.touched_after(time, head, &|_| true)? else {
            return Ok(Since::Truncated);
        };
        if let Some(then) = self.mainline_at(time, head)? {
            for path in self.between(then, head)?.iter() {
                changed.entry(path.clone()).or_insert(None);
            }
        }
        Ok(known(changed))
    }

    /// Which paths changed since what `commit` (an id) brings was made: those in which its tree and
    /// that of `head` differ, and where a rebase or an amendment made the commit later than its author
    /// wrote it, those that other commits touched in between. What was put beside it by the same
    /// rebase was there before.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn changes_since_written(&self, commit: &str, head: &Commit) -> Result<Since, GitError> {
        let since = self.changes_since_commit(commit, head)?;
        let (Since::Known(changes), Some(id)) = (&since, self.commit_named(commit)) else {
            return Ok(since);
        };
        let brought = self.find(id)?;
        let (made, written) = (brought.time().seconds(), seconds(brought.author().when()));
        if written >= seconds(brought.time()) {
            return Ok(since);
        }
        let is_other = |of: &git2::Commit<'_>| {
            let beside = (of.time().seconds() - made).abs() <= ONE_REBASE;
            of.id() != id && !(beside && seconds(of.author().when()) <= written)
        };
        let Some(mut changed) = self.touched_after(written, self.oid(head)?, &is_other)? else {
            return Ok(Since::Truncated);
        };
        for Change { path, commit } in changes {
            changed.entry(path.clone()).or_insert_with(|| commit.clone());
        }
        Ok(known(changed))
    }

    /// The id of the commit that `head` had on its first-parent line at `time`.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn checked_out_at(
        &self,
        time: Timestamp,
        head: &Commit,
    ) -> Result<Option<String>, GitError> {
        Ok(self.mainline_at(time, self.oid(head)?)?.map(|id| id.to_string()))
    }

    /// The newest wanted commit after `time` for each path that one touched; `None` where the walk meets
    /// the cut of a shallow clone before it is back at `time`.
    fn touched_after(
        &self,
        time: Timestamp,
        head: Oid,
        wanted: &dyn Fn(&git2::Commit<'_>) -> bool,
    ) -> Result<Option<BTreeMap<String, Option<CommitRef>>>, GitError> {
        let mut changed = BTreeMap::new();
        let mut older = 0;
        for commit in NewestFirst::from(self, head)? {
            let commit = commit?;
            if seconds(commit.time()) <= time {
                older += 1;
                if older == PATIENCE {
                    break;
                }
                continue;
            }
            older = 0;
            if self.cut.contains(&commit.id()) {
                return Ok(None);
            }
            if !wanted(&commit) {
                continue;
            }
            for path in self.touched(commit.id())?.iter() {
                changed.entry(path.clone()).or_insert_with(|| Some(reference(&commit)));
            }
        }
        Ok(Some(changed))
    }

    /// The newest commit of the first-parent line that is not later than `time`.
    fn mainline_at(&self, time: Timestamp, head: Oid) -> Result<Option<Oid>, GitError> {
        let mut at = head;
        loop {
            if seconds(self.find(at)?.time()) <= time {
                return Ok(Some(at));
            }
            match self.parents(at)?.first() {
                Some(parent) => at = *parent,
                None => return Ok(None),
            }
        }
    }
}
