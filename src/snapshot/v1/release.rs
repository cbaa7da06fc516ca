//! A release among others, as published.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The figures of one release, as far as they are known. What was not recorded when it was released
/// is `null`: git keeps what was claimed, and not what was proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Release {
    /// The tag, or the name that its snapshot was recorded under.
    pub name: String,
    /// The commit.
    pub commit: Option<String>,
    /// When that commit was made; of a release without one, when it was judged.
    pub time: String,
    /// Whether a snapshot was recorded, or is this very one.
    pub recorded: bool,
    /// All items.
    pub items: u64,
    /// All but the cancelled.
    pub applicable: u64,
    /// Ticked.
    pub claimed: u64,
    /// Verified or ready.
    pub proven: Option<u64>,
    /// Ticked and proven.
    pub both: Option<u64>,
    /// Ticked and refuted.
    pub contradicted: Option<u64>,
    /// Ticked on evidence that is too old or of other code.
    pub stale: Option<u64>,
    /// `go`, `no-go` or `none`.
    pub gate: Option<String>,
}
