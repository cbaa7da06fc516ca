//! Conditions over facts: parsed, checked against the catalogue, evaluated.

mod outcome;
mod scope;

pub use outcome::{Outcome, Read, Undecided};
pub use scope::{Found, Scope};

use std::collections::BTreeSet;
use std::ops::Range;

/// A condition that was parsed and checked: every fact exists, every type fits, it is boolean.
#[derive(Debug, Clone)]
pub struct Condition {
    source: String,
    reads: Reads,
}

/// What a condition will ask for, known before it is evaluated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// The groups of facts it reads without naming an artifact: `tests`, `data`.
    pub groups: BTreeSet<String>,
    /// The globs of `artifact("…")`, each with the groups read through it.
    pub artifacts: BTreeSet<(String, String)>,
    /// Facts read, by path without indexes: `tests.failed`, `ci.jobs`.
    pub facts: BTreeSet<String>,
    /// Whether it walks `tests.cases` or calls `passed`.
    pub cases: bool,
    /// Whether it walks `findings.list`.
    pub findings: bool,
    /// Whether it walks `components.list`.
    pub components: bool,
    /// Whether it asks the repository (`files`, `text`, `load`, `git`).
    pub repository: bool,
}

/// Something wrong with a condition, at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the condition's text.
    pub at: Range<usize>,
    /// What is wrong, as a fragment: ``unknown fact `tests.faild` ``.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}
