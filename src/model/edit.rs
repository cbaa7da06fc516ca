//! What an edit changes in a checklist, and what it leaves although something speaks for a change.

use schemars::JsonSchema;
use serde::Serialize;

/// One change beside one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edit {
    /// The checklist, relative to the repository.
    pub path: String,
    /// 1-based line of the item.
    pub line: usize,
    /// The item's id.
    pub item: String,
    /// The item's text.
    pub text: String,
    /// What is done.
    pub change: EditKind,
    /// What stands between the brackets; `None` where an id is added.
    pub from: Option<String>,
    /// What will stand there, or the id that is added.
    pub to: String,
    /// Why, as a sentence.
    pub why: String,
}

/// The kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// An open box that the evidence supports is ticked.
    Tick,
    /// A tick that the evidence contradicts is taken away.
    Untick,
    /// The item's id is written beside it.
    Id,
}

/// An item that stays as it is, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HeldBack {
    /// The checklist, relative to the repository.
    pub path: String,
    /// 1-based line of the item.
    pub line: usize,
    /// The item's id.
    pub item: String,
    /// Why, as a sentence.
    pub why: String,
}
