//! What the configuration asks for beside the requirements, so that a diff can tell it weakened.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The rules that hold for all items alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Policy {
    /// `[defaults] max-age`, as written.
    #[serde(default)]
    pub max_age: Option<String>,
    /// `[defaults] ignore`.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// `artifacts`: where reports lie that a requirement does not name; `None` where the version that
    /// wrote the snapshot did not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifacts: Option<Vec<String>>,
    /// `[severities] unknown`: what a finding without a severity counts as.
    #[serde(default)]
    pub unknown_severity: Option<String>,
    /// `[deploy] environment`: whose deployment opens the time windows; `None` where the version that
    /// wrote the snapshot did not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// The rules of `[gate]`: `fail-on contradicted`, `min-proven 80 %`.
    #[serde(default)]
    pub gate: Vec<String>,
}
