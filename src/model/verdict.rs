//! What the evidence says of an item.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of the evidence alone, whatever the box says. Ordered from best to worst, in the
/// order in which one verdict wins over another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Valid, fresh evidence satisfies every requirement.
    Pass,
    /// No requirement is bound to the item.
    Unbound,
    /// Evidence that would decide, but is too old or of other code.
    Stale,
    /// A requirement, but nothing to judge it by.
    Missing,
    /// Evidence that cannot be trusted.
    Invalid,
    /// Valid, fresh evidence refutes a requirement.
    Fail,
}

impl Verdict {
    /// The word used in JSON, text and the site.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Unbound => "unbound",
            Verdict::Stale => "stale",
            Verdict::Missing => "missing",
            Verdict::Invalid => "invalid",
            Verdict::Fail => "fail",
        }
    }
}
