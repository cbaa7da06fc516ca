//! A person's word for an item, given in a trailer of a commit message.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Approved, Authorship, Timestamp};

/// The trailer that signs an item off.
pub const SIGNED_OFF_FOR: &str = "Signed-off-for";

/// The trailer that names the item for which a commit brings evidence; it proves nothing alone.
pub const EVIDENCE_FOR: &str = "Evidence-for";

/// A trailer of a commit message (`Evidence-for: load-tests`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trailer {
    /// The key, as it was asked for.
    pub key: String,
    /// The text after the colon.
    pub value: String,
    /// Who wrote it, when, in which commit.
    pub by: Arc<Authorship>,
}

/// An entry of a file of sign-offs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignOffEntry {
    /// The id or glob of the items.
    pub item: String,
    /// Whom it names: an address, or an `@name`.
    pub by: String,
    /// Since when it is given; of a day alone its beginning, UTC.
    pub at: Timestamp,
    /// Whether the date knows its zone.
    pub zoned: bool,
    /// The date as written.
    pub dated: String,
    /// What is said besides.
    pub note: Option<String>,
    /// Where it stands in its file, 1-based.
    pub line: usize,
}

impl SignOffEntry {
    /// Whether both are one entry, wherever it stands.
    pub fn says_the_same(&self, other: &SignOffEntry) -> bool {
        let said = |of: &SignOffEntry| {
            (of.item.clone(), of.by.clone(), of.at, of.dated.clone(), of.note.clone())
        };
        said(self) == said(other)
    }
}

/// What a commit's trailer, or an entry that it brought, says of one item, and what that item said at the time. The commit's
/// author is the one who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attestation {
    /// Who, when, in which commit, signed or not.
    pub by: Arc<Authorship>,
    /// The ids and globs of the trailer, as written.
    pub written: String,
    /// The item's text at that commit.
    pub text: Arc<str>,
    /// The meaning of that text, as [`super::Item::meaning`] has it.
    pub meaning: String,
    /// The limits in that text, as [`super::Item::thresholds`] has them.
    pub thresholds: Vec<String>,
    /// What stood above it, as [`super::Item::context`] has it; `None` where an older version kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// What else was approved around it; `None` where an older version kept it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
    /// The commit that took it back, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_back_in: Option<String>,
    /// The entry of a file of sign-offs, and that file; `None` for a trailer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<(String, SignOffEntry)>,
}
