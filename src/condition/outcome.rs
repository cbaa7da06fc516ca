//! What evaluating a condition comes to, and what it read on the way.

use crate::facts::Value;
use crate::model::Rule;

/// The answer of a condition over the facts of one requirement's artifacts.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Whether it holds, or why that cannot be said.
    pub result: Result<bool, Undecided>,
    /// Every fact that was read, once, in the order of the text.
    pub read: Vec<Read>,
}

/// Why a condition is neither true nor false. Never a pass and never a fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecided {
    /// A fact, key, index, file or artifact that it asks for is not there.
    Missing {
        /// As a sentence: `The condition asks for coverage.branches; jacoco.xml has none.`
        why: String,
    },
    /// It would be decided by what proves nothing.
    Untrusted {
        /// Which rule of trust.
        rule: Rule,
        /// Why, as a sentence.
        why: String,
    },
    /// Only a part of the artifacts was given, and the rest could turn the answer.
    Partial,
}

/// A fact that was read, with the comparison it stood in.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// As the condition writes it: `tests.failed`, `artifact("a.json").findings.critical`.
    pub fact: String,
    /// Its value; `None` where it is not carried.
    pub value: Option<Value>,
    /// The comparison it stood in, with the fact on the left: `== 0`.
    pub bound: Option<String>,
    /// The value that it was compared with, where the condition computes or reads that.
    pub asked: Option<Value>,
    /// Whether that comparison held.
    pub holds: Option<bool>,
    /// Its bytes in the condition.
    pub at: std::ops::Range<usize>,
    /// The limit that the comparison reads from the tree, if it does.
    pub limit: Option<Limit>,
}

/// A number of the tree to which a comparison holds a fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// The files that say it.
    pub from: String,
    /// What they say.
    pub value: Value,
    /// Its bytes in the condition.
    pub at: std::ops::Range<usize>,
}
