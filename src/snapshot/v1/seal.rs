//! The seal of an artifact, as published.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `trueup collect` wrote down of the run that made an artifact. It is not signed: whoever can
/// write the artifact can write this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Seal {
    /// Its file.
    pub path: String,
    /// `job unit, run 7`.
    pub by: String,
    /// When it was sealed.
    pub at: String,
    /// When the file was last written then; `null` where the seal does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<String>,
    /// Since when `commit` was checked out; `null` where the seal does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_out_at: Option<String>,
    /// The commit that was checked out.
    pub commit: Option<String>,
    /// Whether tracked files differed from that commit.
    pub dirty: bool,
    /// The branch or tag.
    #[serde(rename = "ref")]
    pub ref_name: Option<String>,
    /// Where the run is shown.
    pub run_url: Option<String>,
    /// How the tool ended.
    pub exit_code: Option<i64>,
    /// What was run.
    pub command: Option<String>,
}
