//! What a commit's signature is worth, told without running git or a key tool.

use crate::model::Signature;

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
