//! What is known of an item and of a file at one commit.

use std::sync::{Arc, OnceLock};

use crate::model::{BornTicked, Change, Claim, Timestamp, Wording};
use crate::sources::git::BlobId;

use super::version::{Placed, Version, Written};

/// Something that happened, as it is kept while the commits are gone through.
#[derive(Debug)]
pub(super) struct Record {
    /// The commit, by its place among the revisions.
    pub(super) revision: usize,
    /// What it did to the item; `None` where only what is said around it changed, such as the name of
    /// its heading. That is no event of the item, and tells what others saw who ticked it later.
    pub(super) change: Option<Change>,
    /// The item after it; of a removed one what it was.
    pub(super) written: Arc<Written>,
    pub(super) claim: Claim,
    /// How it was written ticked, where nobody ticked it.
    pub(super) born: Option<BornTicked>,
}

/// What an author saw at `authored` of the item with these `records`, `written` by the moments it gives:
/// nothing that stands on words which came later, for a rebase only puts it there.
pub(super) fn seen<'r>(
    records: impl Iterator<Item = &'r Record>,
    written: impl Fn(&Record) -> Option<Timestamp>,
    authored: Timestamp,
) -> Option<&'r Record> {
    let mut seen: Option<&Record> = None;
    for record in records {
        let was_there = written(record).is_some_and(|at| at <= authored);
        let other_words = seen.is_none_or(|seen| !seen.written.says_as(&record.written));
        match (was_there, other_words) {
            (true, _) => seen = Some(record),
            (false, true) => break,
            (false, false) => {}
        }
    }
    seen
}

/// What happened to one item up to some commit.
#[derive(Debug, Clone)]
pub(super) struct Trail {
    /// Tells the item from every other, on all branches.
    pub(super) item: usize,
    /// Its records, oldest first.
    pub(super) records: Arc<[usize]>,
    /// It was there at the cut of a shallow clone.
    pub(super) truncated: bool,
}

impl Trail {
    /// The same trail, one record longer.
    pub(super) fn then(&self, records: impl IntoIterator<Item = usize>) -> Trail {
        let longer = self.records.iter().copied().chain(records);
        Trail { records: longer.collect(), ..*self }
    }
}

/// A file as some commit left it.
#[derive(Debug, Clone, Default)]
pub(super) struct FileState {
    /// Tells this state from every other of any file; later ones have larger numbers.
    pub(super) id: usize,
    /// Its bytes; `None` where it is not there any more.
    pub(super) blob: Option<BlobId>,
    /// What it says.
    pub(super) version: Arc<Version>,
    /// For each of the version's items what happened to it.
    pub(super) trails: Vec<Trail>,
    /// The items that were removed, and have not come back.
    pub(super) gone: Vec<Gone>,
    /// It goes on under another name, with its items.
    pub(super) renamed: bool,
    /// The words of its boxes that stand ticked, or did until they were taken out, sorted: read when they
    /// are first asked for.
    pub(super) ticked: OnceLock<Box<[Wording]>>,
}

/// An item that was removed.
#[derive(Debug, Clone)]
pub(super) struct Gone {
    pub(super) written: Arc<Written>,
    /// The text of the item that enclosed it.
    pub(super) below: Option<Arc<str>>,
    pub(super) trail: Trail,
    /// Where its last version stands: the file's bytes, and its place among the items.
    pub(super) last: Option<(BlobId, usize)>,
}

impl FileState {
    pub(super) fn items(&self) -> &[Placed] {
        &self.version.items
    }
}
