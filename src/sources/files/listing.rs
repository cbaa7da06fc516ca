//! What looking through folders comes to: the files, and what could not be looked at.

use std::path::Path;

/// Files found, in order, and the folders that were closed to us. What was not looked at is told:
/// the one failing report may lie there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<F> {
    /// What was found, sorted, each once.
    pub files: Vec<F>,
    /// What could not be looked at.
    pub unread: Vec<Unread>,
}

/// A folder that could not be looked into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// What reports call it.
    pub path: String,
    /// The system's reason.
    pub why: String,
}

impl<F> Default for Listing<F> {
    fn default() -> Listing<F> {
        Listing { files: Vec::new(), unread: Vec::new() }
    }
}

/// A relative path with `/` between its parts; bytes that are not UTF-8 are replaced.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
