//! Runbooks: their commands, and what those name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Procedure {
    /// Its heading.
    pub title: String,
    /// Where it begins.
    pub line: usize,
    /// `step`, `rollback` or `plan`.
    pub kind: String,
    /// Its commands.
    pub steps: Vec<Step>,
}

/// A command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Where it stands.
    pub line: usize,
    /// As written.
    pub command: String,
    /// The folder it runs in.
    pub cwd: String,
    /// What it names.
    pub names: Vec<Name>,
}

/// What a command names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// `file`, `script`, `target`, `image`, `host`, `placeholder` or `output`.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The file that should define it.
    #[serde(rename = "in")]
    pub within: Option<String>,
    /// Whether it is there; `null` where that cannot be told.
    pub exists: Option<bool>,
}
