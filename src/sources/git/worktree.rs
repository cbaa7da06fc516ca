//! What lies in the work tree and not in the commit.

use git2::{Status, StatusOptions};

use super::commit::lossy;
use super::error::GitError;
use super::repository::Repository;

/// How the work tree differs from HEAD. Both lists are sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorktreeChanges {
    /// Files of HEAD or of the index that differ from HEAD, staged or not, removed ones included.
    pub tracked: Vec<String>,
    /// Files that git neither knows nor ignores.
    pub untracked: Vec<String>,
}

impl WorktreeChanges {
    /// Whether a file of the commit differs. Untracked files alone leave a tree clean, as
    /// `git describe --dirty` has it.
    pub fn is_dirty(&self) -> bool {
        !self.tracked.is_empty()
    }
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
        let mut changes = WorktreeChanges::default();
        for entry in statuses.iter() {
            let path = lossy(entry.path_bytes());
            match entry.status() {
                Status::CURRENT => {}
                Status::WT_NEW => changes.untracked.push(path),
                _ => changes.tracked.push(path),
            }
        }
        changes.tracked.sort();
        changes.untracked.sort();
        Ok(changes)
    }
}
