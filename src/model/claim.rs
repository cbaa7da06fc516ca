//! What a document says of an item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the checklist itself asserts, before any evidence is looked at.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Claim {
    /// An empty box: not yet true.
    Open,
    /// A box that the team's markers call begun (`[/]`, `[~]`).
    InProgress,
    /// A ticked box: said to be true.
    Done,
    /// Struck or not applicable: out of the denominator.
    Cancelled,
    /// A criterion: a goal, which claims nothing.
    None,
}

impl Claim {
    /// The word used in JSON, text and the site.
    pub fn word(self) -> &'static str {
        match self {
            Claim::Open => "open",
            Claim::InProgress => "in-progress",
            Claim::Done => "done",
            Claim::Cancelled => "cancelled",
            Claim::None => "none",
        }
    }
}
