//! Git as a witness: who added, ticked, unticked, reworded, moved and removed each item, and when.
//!
//! The commits come from one walk ([`crate::sources::git::history`]). Here each version of a
//! checklist is read once, held against the one before, and every item gets its trail. What a
//! merge took over from a parent belongs to that parent's commits.

mod attested;
mod changes;
mod items;
mod likeness;
pub mod log;
mod merge;
mod pairing;
mod trace;
mod trail;
mod version;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::checklist::Settings;
use crate::model::{Authorship, Trailer};
use crate::sources::git::history::Sought;
use crate::sources::git::{Commit, GitError, Repository};

use attested::Said;
use trail::{FileState, Record};
use versions::Versions;

/// The history of some checklists, up to one commit.
#[derive(Debug, Default)]
pub struct History {
    /// A shallow clone cut it off: older commits are missing.
    pub truncated: bool,
    /// The trailers that mean no item of their commit, oldest first.
    pub lost: Vec<Trailer>,
    /// Checklists with a version that was too large to be read; its changes show in the next one.
    pub unread: Vec<String>,
    revisions: Vec<Arc<Authorship>>,
    records: Vec<Record>,
    files: BTreeMap<String, Arc<FileState>>,
    /// What trailers say of each item, by the number of its trail.
    said: BTreeMap<usize, Said>,
    /// The names that each file had before, newest first.
    former: BTreeMap<String, Vec<String>>,
}

impl History {
    /// Whether a commit held such a file, under this name.
    pub fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}

/// Reads the history of the checklists that `sought` names, as far as `head` stands on it; they are
/// followed through their renames. A path that is gone at `head` has its history too.
///
/// # Errors
/// Where git's objects are missing (a partial clone) or damaged.
pub fn of_checklists(
    repository: &Repository,
    head: &Commit,
    sought: &Sought<'_>,
    settings: &Settings,
) -> Result<History, GitError> {
    let walked = repository.file_history(head, sought)?;
    let mut versions = Versions::new(repository, settings);
    let keep = attested::revisions(&walked);
    let traced = trace::trace(&walked, &keep, &mut versions)?;
    let attested = attested::attested(&walked, &traced.kept, &mut versions)?;
    let name = |path: usize| walked.paths[path].to_string();
    let mut unread: Vec<String> = traced.unread.into_iter().map(name).collect();
    unread.sort();
    unread.dedup();
    let files = sought
        .paths
        .iter()
        .zip(traced.files)
        .filter_map(|(path, state)| Some((path.clone(), state?)))
        .collect();
    Ok(History {
        truncated: walked.truncated,
        former: former(&walked),
        lost: attested.lost,
        said: attested.items,
        unread,
        revisions: walked.revisions.into_iter().map(|revision| revision.by).collect(),
        records: traced.records,
        files,
    })
}

/// For each path the names that led to it, newest first.
fn former(walked: &crate::sources::git::history::FileHistory) -> BTreeMap<String, Vec<String>> {
    let mut former: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for change in walked.revisions.iter().flat_map(|revision| &revision.changes) {
        for before in change.before.iter().flatten() {
            if before.path != change.path {
                let mut names = vec![before.path];
                names.extend(former.get(&before.path).into_iter().flatten());
                let known = former.entry(change.path).or_default();
                names.retain(|name| !known.contains(name) && *name != change.path);
                known.splice(0..0, names);
            }
        }
    }
    let name = |path: usize| walked.paths[path].to_string();
    former
        .into_iter()
        .map(|(path, names)| (name(path), names.into_iter().map(name).collect()))
        .collect()
}
