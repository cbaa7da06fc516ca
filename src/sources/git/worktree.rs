//! What lies in the work tree and not in the commit.

use std::collections::BTreeMap;

use git2::{
    Delta, DiffOptions, IndexEntry, Status, StatusOptions, SubmoduleIgnore, SubmoduleStatus,
};

use super::commit::lossy;
use super::error::GitError;
use super::repository::Repository;
use super::tree::BlobId;

/// The flag of `--assume-unchanged` in an index entry.
const ASSUME_UNCHANGED: u16 = 1 << 15;

/// The flag of `--skip-worktree` in an index entry's further flags.
const SKIP_WORKTREE: u16 = 1 << 14;

/// How the work tree differs from HEAD. Both lists are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorktreeChanges {
    /// Files of HEAD or of the index that differ from HEAD, staged or not, removed ones included.
    pub tracked: Vec<String>,
    /// Files that git neither knows nor ignores.
    pub untracked: Vec<String>,
}

impl Repository {
    /// Every file that the index names, sorted.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn tracked_files(&self) -> Result<Vec<String>, GitError> {
        let index = self.git.index().map_err(|fault| GitError::reading("the index", &fault))?;
        let mut paths: Vec<String> = index.iter().map(|entry| lossy(&entry.path)).collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// The files of the index that a sparse checkout left out of the work tree, with their bytes.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn left_out(&self) -> Result<BTreeMap<String, BlobId>, GitError> {
        const FILE: u32 = 0o100_000;
        const KIND: u32 = 0o170_000;
        let index = self.git.index().map_err(|fault| GitError::reading("the index", &fault))?;
        let skipped = index.iter().filter(|entry| entry.flags_extended & SKIP_WORKTREE != 0);
        let files = skipped.filter(|entry| entry.mode & KIND == FILE);
        let named = files.map(|entry| (lossy(&entry.path), BlobId(entry.id)));
        Ok(named.filter(|(path, _)| !self.root().join(path).exists()).collect())
    }

    /// What differs between HEAD and the work tree. The index is read and left as it is.
    ///
    /// # Errors
    /// Where the index or the work tree cannot be read.
    pub fn worktree_changes(&self) -> Result<WorktreeChanges, GitError> {
        let mut options = StatusOptions::new();
        options
            .include_untracked(true)
            .recurse_untracked_dirs(true)
            .include_ignored(false)
            .update_index(false);
        let statuses = self
            .git
            .statuses(Some(&mut options))
            .map_err(|fault| GitError::reading("the state of the work tree", &fault))?;
        let left_out = if self.is_sparse() { self.left_out()? } else { BTreeMap::new() };
        let mut changes = WorktreeChanges::default();
        for entry in statuses.iter() {
            let path = lossy(entry.path_bytes());
            match entry.status() {
                Status::CURRENT => {}
                Status::WT_DELETED if left_out.contains_key(&path) => {}
                Status::WT_NEW => changes.untracked.push(path),
                _ => changes.tracked.push(path),
            }
        }
        changes.tracked.extend(self.hidden_changes()?);
        changes.tracked.extend(self.changed_submodules()?);
        changes.tracked.sort();
        changes.tracked.dedup();
        changes.untracked.sort();
        Ok(changes)
    }

    fn is_sparse(&self) -> bool {
        let config = self.git.config();
        config.and_then(|config| config.get_bool("core.sparseCheckout")).unwrap_or(false)
    }

    /// Submodules that differ from what the index has of them, whatever `ignore` in `.gitmodules`
    /// says. One that is not checked out is not changed.
    fn changed_submodules(&self) -> Result<Vec<String>, GitError> {
        let reading = |fault: git2::Error| GitError::reading("the submodules", &fault);
        let changed = SubmoduleStatus::INDEX_ADDED
            | SubmoduleStatus::INDEX_DELETED
            | SubmoduleStatus::INDEX_MODIFIED
            | SubmoduleStatus::WD_MODIFIED
            | SubmoduleStatus::WD_INDEX_MODIFIED
            | SubmoduleStatus::WD_WD_MODIFIED
            | SubmoduleStatus::WD_UNTRACKED;
        let mut paths = Vec::new();
        for submodule in self.git.submodules().map_err(reading)? {
            let path = submodule.path().to_string_lossy().replace('\\', "/");
            // One that cannot be looked at may hold anything.
            let status = self.git.submodule_status(&path, SubmoduleIgnore::None);
            if status.map_or(true, |status| status.intersects(changed)) {
                paths.push(path);
            }
        }
        Ok(paths)
    }

    /// Files that differ from HEAD and whose index entries say that git need not look
    /// (`git update-index --assume-unchanged`, `--skip-worktree`). What a sparse checkout leaves out
    /// is not changed.
    fn hidden_changes(&self) -> Result<Vec<String>, GitError> {
        let reading = |fault: git2::Error| GitError::reading("the state of the work tree", &fault);
        let index = self.git.index().map_err(|fault| GitError::reading("the index", &fault))?;
        let skipped = |entry: &IndexEntry| entry.flags_extended & SKIP_WORKTREE != 0;
        let hidden: Vec<IndexEntry> = index
            .iter()
            .filter(|entry| entry.flags & ASSUME_UNCHANGED != 0 || skipped(entry))
            .collect();
        if hidden.is_empty() {
            return Ok(Vec::new());
        }
        let sparse = self.is_sparse();
        let left_out =
            |path: &[u8]| sparse && hidden.iter().any(|entry| entry.path == path && skipped(entry));
        let mut options = DiffOptions::new();
        options.disable_pathspec_match(true);
        for entry in &hidden {
            options.pathspec(entry.path.as_slice());
        }
        let head = self.git.head().and_then(|head| head.peel_to_tree()).map_err(reading)?;
        let diff =
            self.git.diff_tree_to_workdir(Some(&head), Some(&mut options)).map_err(reading)?;
        let changed = diff.deltas().filter_map(|delta| {
            let path = delta.old_file().path_bytes().or_else(|| delta.new_file().path_bytes())?;
            let gone = delta.status() == Delta::Deleted;
            (!gone || !left_out(path)).then(|| lossy(path))
        });
        Ok(changed.collect())
    }
}
