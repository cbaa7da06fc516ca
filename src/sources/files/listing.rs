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

/// A folder that could not be looked into, or something in one that is no file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// What reports call it.
    pub path: String,
    /// The reason, as it stands behind "cannot be read: ".
    pub why: String,
    /// Of a link within the root, what it leads to.
    pub leads_to: Option<String>,
    /// The name under which other files may lie in it, where it is no plain file.
    pub within: Option<String>,
}

impl Unread {
    /// A folder that the system keeps closed.
    pub(super) fn folder(path: String, why: &std::io::Error) -> Unread {
        Unread { why: why.to_string(), leads_to: None, within: Some(path.clone()), path }
    }
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
