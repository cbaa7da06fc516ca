//! Which commit a difference between two trees comes from.

use std::collections::{BTreeMap, BTreeSet};

use git2::Oid;

use super::commit::{CommitRef, reference};
use super::error::GitError;
use super::repository::Repository;
use super::walk::NewestFirst;

/// How many commits are looked at for the one that changed a path. A name in a sentence is worth
/// that much and no more; without it the path is still told.
const REACH: usize = 1_000;

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
        let mut wanted: BTreeSet<&String> = paths.iter().collect();
        for commit in NewestFirst::from(repository, head)?.take(REACH) {
            if wanted.is_empty() {
                break;
            }
            let commit = commit?;
            if repository.cut.contains(&commit.id()) || commit.id() == base {
                continue;
            }
            let touched = repository.touched(commit.id())?;
            let hits: Vec<&String> =
                wanted.iter().copied().filter(|path| touched.contains(*path)).collect();
            if hits.is_empty() || repository.stands_on(base, commit.id())? {
                continue;
            }
            for path in hits {
                wanted.remove(path);
                newest.insert(path.clone(), reference(&commit));
            }
        }
        Ok(Attribution { newest })
    }

    pub(super) fn of_path(&self, path: &str) -> Option<CommitRef> {
        self.newest.get(path).cloned()
    }
}
