//! The last commit that changed a file.

use std::path::Path;

use git2::Oid;

use super::commit::{Commit, CommitRef, reference};
use super::error::GitError;
use super::repository::Repository;

impl Repository {
    /// The last commit that changed `path`, following those parents that hold it unchanged.
    /// `None` where `head` does not hold the path, or where a shallow clone cut off the answer.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn last_change(&self, path: &str, head: &Commit) -> Result<Option<CommitRef>, GitError> {
        let mut at = self.oid(head)?;
        let Some(held) = self.entry(at, path)? else { return Ok(None) };
        loop {
            if self.cut.contains(&at) {
                return Ok(None);
            }
            let mut same = None;
            for parent in self.parents(at)? {
                if self.entry(parent, path)?.as_ref() == Some(&held) {
                    same = Some(parent);
                    break;
                }
            }
            match same {
                Some(parent) => at = parent,
                None => return Ok(Some(reference(&self.find(at)?))),
            }
        }
    }

    /// The object and mode that a commit holds under `path`.
    fn entry(&self, commit: Oid, path: &str) -> Result<Option<(Oid, i32)>, GitError> {
        let reading = |fault: git2::Error| GitError::reading(path, &fault);
        let tree = self.find(commit)?.tree().map_err(reading)?;
        match tree.get_path(Path::new(path)) {
            Ok(entry) => Ok(Some((entry.id(), entry.filemode()))),
            Err(fault) if fault.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(fault) => Err(reading(fault)),
        }
    }
}
