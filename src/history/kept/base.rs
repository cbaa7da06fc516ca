//! What a history goes on from: what another file keeps whole, so that the next needs to hold only
//! what came since.

use std::sync::Arc;

use crate::history::row::Row;
use crate::history::trail::FileState;
use crate::history::version::Written;
use crate::model::Digest;

use super::form::{Number, Whole};

/// What is kept whole of a history, as its next file names it.
#[derive(Debug)]
pub(in crate::history) struct Base {
    /// The commit that it is of.
    pub(super) commit: String,
    pub(super) digest: Digest,
    /// How many bytes it takes.
    pub(super) size: usize,
    /// How many there are in each of its tables.
    pub(super) texts: Number,
    pub(super) commits: Number,
    pub(super) revisions: usize,
    pub(super) records: usize,
    /// In the order of their numbers.
    pub(super) wordings: Vec<Arc<Written>>,
    /// What each path holds; `None` where that was replaced since.
    pub(super) row: Row,
    /// What its commits shipped with since that had not shipped.
    pub(super) released: Option<String>,
}

impl Base {
    /// That file of `commit`; the rest is found when it is read.
    pub(super) fn of(commit: &str, digest: Digest, size: usize) -> Base {
        Base {
            commit: commit.to_owned(),
            digest,
            size,
            texts: 0,
            commits: 0,
            revisions: 0,
            records: 0,
            wordings: Vec::new(),
            row: Row::default(),
            released: None,
        }
    }

    /// Its commits that had not shipped have done so with `release`.
    pub(in crate::history) fn shipped(&mut self, release: &str) {
        self.released.get_or_insert_with(|| release.to_owned());
    }

    pub(super) fn count(&mut self, whole: &Whole<'_>) {
        self.texts = whole.texts.len();
        self.commits = whole.commits.len();
        self.revisions = whole.revisions.len();
        self.records = whole.records.len();
    }

    /// Whether the file has this state of the path already.
    pub(super) fn holds(&self, path: usize, state: Option<&Arc<FileState>>) -> bool {
        match (self.row.get(path), state) {
            (Some(known), Some(state)) => Arc::ptr_eq(known, state),
            _ => false,
        }
    }
}
