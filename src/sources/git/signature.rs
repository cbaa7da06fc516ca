//! A commit's signature: whether there is one, and what it was made over.

use std::path::PathBuf;

use crate::model::Signature;
use crate::sources::ssh::SignedCommit;

use super::commit::seconds;
use super::repository::Repository;

impl Repository {
    /// The signature of the commit `id` and what it was made over; `None` where it carries none or
    /// cannot be read.
    pub fn signed_commit(&self, id: &str) -> Option<SignedCommit> {
        let id = git2::Oid::from_str(id).ok()?;
        let commit = self.find(id).ok()?;
        let (signature, payload) = self.git.extract_signature(&id, None).ok()?;
        Some(SignedCommit {
            payload: payload.to_vec(),
            signature: signature.to_vec(),
            time: seconds(commit.time()),
        })
    }

    /// The files of allowed signers and of revoked keys that git's configuration names.
    pub fn signers_of_git(&self) -> (Option<PathBuf>, Option<PathBuf>) {
        let config = self.git.config().and_then(|mut config| config.snapshot());
        let path = |key: &str| config.as_ref().ok()?.get_path(key).ok();
        (path("gpg.ssh.allowedSignersFile"), path("gpg.ssh.revocationFile"))
    }
}

/// Whether `commit` carries a signature. No key is at hand here, so none is checked.
pub(super) fn of(commit: &git2::Commit<'_>) -> Signature {
    // One field for SHA-1, one for SHA-256 repositories.
    let carries = |field| commit.header_field_bytes(field).is_ok();
    if carries("gpgsig") || carries("gpgsig-sha256") {
        Signature::Unchecked
    } else {
        Signature::Absent
    }
}
