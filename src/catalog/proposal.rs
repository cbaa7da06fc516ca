//! A proposal: a requirement that a person has yet to accept, or what is lacking for one.

use crate::condition::Condition;

/// What the catalog says of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The idea that recognised the item.
    pub idea: String,
    /// What its evidence would say, as a sentence.
    pub why: String,
    /// The requirement, where what it reads is there.
    pub draft: Option<Draft>,
    /// Else what would have to be there, as sentences, the best evidence first.
    pub lacks: Vec<String>,
}

/// A requirement as it would be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The artifacts it reads.
    pub artifacts: Vec<DraftArtifact>,
    /// What must hold of them; `None` for a sign-off alone.
    pub condition: Option<String>,
    /// `30d`.
    pub max_age: Option<String>,
    /// Globs whose later change makes the evidence stale.
    pub paths: Vec<String>,
    /// A person's word.
    pub sign_off: Option<DraftSignOff>,
}

/// An artifact that a draft reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftArtifact {
    /// Its path as a glob, or one for its neighbours too.
    pub glob: String,
    /// Its format; `None` where the content tells.
    pub format: Option<String>,
    /// What vouches for a tool that is silent on success.
    pub vouched_by: Option<String>,
}

/// A sign-off that a draft asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSignOff {
    /// How old it may be.
    pub max_age: String,
    /// What was signed before a release does not count after it.
    pub each_release: bool,
}

/// A path as a glob that matches nothing else.
pub fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[' | ']' | '{' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

impl Draft {
    /// Whether every condition in it can be understood.
    pub(super) fn is_sound(&self) -> bool {
        let vouching = self.artifacts.iter().filter_map(|of| of.vouched_by.as_ref());
        self.condition.iter().chain(vouching).all(|text| Condition::parse(text).is_ok())
    }
}
