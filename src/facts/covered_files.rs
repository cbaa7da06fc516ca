//! The source files that a coverage report counts: by them it is told whether another counts the same,
//! for then their sums count lines twice.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Share;

/// The files of one report, or of several joined.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct CoveredFiles {
    files: Vec<File>,
    /// Whether a file is counted by more than one report.
    shared: bool,
    /// Whether reports that were joined differ in their files or in what they count of one: else they
    /// tell of one run, each in its own form.
    differ: bool,
    /// What each of several reports counts: lines, branches, functions, statements.
    pub(super) reports: Vec<[Option<Share>; 4]>,
}

/// A file by the digest of its path, and what is known of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct File {
    path: u64,
    /// Of the folder and the name alone: one report names `/home/ci/shop/src/a.js`, another `src/a.js`.
    end: u64,
    absolute: bool,
    total: u64,
    /// At least so many are covered, whatever the reports have in common.
    least: u64,
    /// And at most so many.
    most: u64,
}

impl CoveredFiles {
    /// Adds a file of one report.
    pub(super) fn add(&mut self, path: &str, share: Share) {
        let path = path.trim_start_matches("./");
        let absolute = path.starts_with(['/', '\\']) || path.get(1..2) == Some(":");
        let digest = |text: &str| {
            let mut hasher = DefaultHasher::new();
            let parts = text.split(['/', '\\']).filter(|part| !part.is_empty());
            parts.for_each(|part| part.hash(&mut hasher));
            hasher.finish()
        };
        let mut folders = path.rmatch_indices(['/', '\\']);
        let end = folders.nth(1).map_or(path, |(at, _)| path.get(at..).unwrap_or(path));
        self.files.push(File {
            path: digest(path),
            end: digest(end),
            absolute,
            total: share.total,
            least: share.covered,
            most: share.covered,
        });
    }

    /// Joins the files of another report.
    pub(super) fn join(&mut self, other: &CoveredFiles) {
        let mut by_path: HashMap<u64, usize> = HashMap::new();
        let mut by_end: HashMap<(u64, bool, u64), usize> = HashMap::new();
        for (at, file) in self.files.iter().enumerate() {
            by_path.insert(file.path, at);
            by_end.insert((file.end, file.absolute, file.total), at);
        }
        let same = |theirs: &File| {
            let end = (theirs.end, !theirs.absolute, theirs.total);
            by_path.get(&theirs.path).or_else(|| by_end.get(&end)).copied()
        };
        let places: Vec<Option<usize>> = other.files.iter().map(same).collect();
        let pairs = || other.files.iter().zip(&places);
        let alike = |(theirs, at): (&File, &Option<usize>)| {
            at.and_then(|at| self.files.get(at)).is_some_and(|ours| ours.counts_as(theirs))
        };
        let are_alike = self.files.len() == other.files.len() && pairs().all(alike);
        self.shared |= other.shared || places.iter().any(Option::is_some);
        self.differ |= other.differ || !are_alike;
        if are_alike {
            return;
        }
        for (theirs, at) in pairs() {
            match at.and_then(|at| self.files.get_mut(at)) {
                Some(ours) => ours.join(theirs),
                None => self.files.push(*theirs),
            }
        }
    }

    /// Whether the reports that were joined tell of one run.
    pub(super) fn are_of_one_run(&self) -> bool {
        !self.differ
    }

    /// Whether reports that were joined count the same files.
    pub(super) fn are_shared(&self) -> bool {
        self.shared
    }

    /// What is covered at least and at most, each file counted once.
    pub(super) fn once(&self) -> [Share; 2] {
        let mut once = [Share::default(); 2];
        for file in &self.files {
            for (share, covered) in once.iter_mut().zip([file.least, file.most]) {
                share.covered = share.covered.saturating_add(covered);
                share.total = share.total.saturating_add(file.total);
            }
        }
        once
    }
}

impl File {
    fn counts_as(&self, other: &File) -> bool {
        (self.total, self.least, self.most) == (other.total, other.least, other.most)
    }

    /// The same file by another report: what both touched may be the same lines, or others. Where
    /// they count its lines differently, the one that saw more of it stands.
    fn join(&mut self, other: &File) {
        let share = |of: &File| Share { covered: of.least, total: of.total }.pct();
        if self.total == other.total {
            self.least = self.least.max(other.least);
            self.most = self.most.saturating_add(other.most).min(self.total);
        } else {
            if share(other) > share(self) {
                *self = *other;
            }
            self.most = self.total;
        }
    }
}
