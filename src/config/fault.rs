//! What is wrong in a configuration, and where in which file.

use crate::model::Span;

/// A fault of `trueup.toml` or of a comment beside an item: the run ends with exit code 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFault {
    /// The file, relative to the repository.
    pub path: String,
    /// Bytes of that file.
    pub at: Span,
    /// What is wrong, as a fragment: ``unknown key `conditon` ``.
    pub message: String,
    /// What to write instead, as a sentence.
    pub hint: Option<String>,
}
