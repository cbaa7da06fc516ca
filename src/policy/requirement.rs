//! What would prove an item: artifacts, a condition over their facts, a person's word.

use crate::condition::Condition;
use crate::model::{Age, Glob, Place};

use super::Selector;

/// What would prove an item.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Where it is written.
    pub place: Place,
    /// Its name, by which a waiver can mean it.
    pub name: Option<String>,
    /// Which items.
    pub items: Selector,
    /// The artifacts it asks for; empty for the default places.
    pub artifacts: Vec<Wanted>,
    /// What must hold over their facts; `None` where a sign-off alone is asked for.
    pub condition: Option<Condition>,
    /// How old evidence may be.
    pub max_age: Option<MaxAge>,
    /// Globs whose later change makes the evidence stale; `None` where not said, empty where
    /// commits do not matter.
    pub paths: Option<Vec<Glob>>,
    /// A person's word.
    pub sign_off: Option<SignOff>,
}

/// Artifacts that a requirement asks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which files.
    pub glob: Glob,
    /// Their format, where it is named.
    pub format: Option<String>,
    /// What vouches for a tool that is silent on success: a condition over the requirement's other
    /// artifacts.
    pub vouched_by: Option<Condition>,
    /// Whether there may be none.
    pub optional: bool,
}

/// A sign-off that a requirement asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// Addresses and `@names`.
    pub by: Vec<String>,
    /// How many different people.
    pub count: u64,
    /// How old it may be.
    pub max_age: Option<MaxAge>,
    /// Only commits count whose signature is one of an allowed signer.
    pub signed: bool,
    /// Who ticked the item, worded it last, or changed something under the requirement's paths since
    /// the release before does not count.
    pub four_eyes: bool,
    /// The tick itself counts as its author's sign-off.
    pub tick: bool,
    /// What was signed before a release does not count after it.
    pub each_release: bool,
}

/// An age limit that remembers how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaxAge {
    /// The limit.
    pub age: Age,
    /// `7d`.
    pub written: String,
}
