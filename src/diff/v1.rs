//! The frozen wire types of `trueup/diff/1`: what became of the readiness between two snapshots.
//!
//! Fields are added within version 1, never renamed or taken away. Absent and `null` mean the same.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::{Detail, Kind};

/// The value of `schema`.
pub const SCHEMA: &str = "trueup/diff/1";

/// Everything that differs between two snapshots.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// Always `trueup/diff/1`.
    pub schema: String,
    /// The earlier side.
    pub from: Side,
    /// The later side.
    pub to: Side,
    /// The figures.
    pub summary: Summary,
    /// Regressions first, then by checklist and line. At most one row of a kind an item.
    pub changes: Vec<Change>,
    /// What the configuration asks of all items alike and differs; empty where a side does not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy: Vec<PolicyChange>,
}

/// A rule of the configuration, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyChange {
    /// `[defaults] ignore`, `[gate]`.
    pub what: String,
    /// Before; `null` where it was not there.
    pub from: Option<String>,
    /// After; `null` where it is not there.
    pub to: Option<String>,
    /// Whether less is asked than before, which is a regression too.
    pub weakening: bool,
}

/// One of the two snapshots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// As it was asked for: a tag, a revision, a file.
    pub name: String,
    /// The judged commit.
    pub commit: Option<String>,
    /// Whether a snapshot was recorded; else claims are read from git, and the evidence is what was
    /// committed there.
    pub recorded: bool,
    /// When the commit was made.
    #[serde(default)]
    pub time: Option<String>,
    /// The judge's clock.
    #[serde(default)]
    pub judged_at: String,
    /// Why its record may not tell what the release was, as clauses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
}

impl Side {
    /// Where what is told of it comes from: `recorded`, `not recorded`, or `judged now`.
    pub fn origin(&self) -> &'static str {
        match (self.recorded, self.name.as_str()) {
            (false, _) => "not recorded",
            (true, NOW) => "judged now",
            (true, _) => "recorded",
        }
    }
}

/// What the state that is judged is called, where it is no release.
pub const NOW: &str = "now";

/// The figures of a diff.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Rows that are regressions, and rules of the configuration that were weakened.
    pub regressions: u64,
    /// Rows that lower what is asked, and such rules.
    pub weakenings: u64,
    /// Items on both sides that have a regression or a worse status.
    pub worse: u64,
    /// Items on both sides that have a better status, and nothing worse.
    pub better: u64,
    /// Items on both sides without a row.
    pub unchanged: u64,
    /// All items.
    pub items: Figures,
    /// All but the cancelled.
    pub applicable: Figures,
    /// Ticked.
    pub claimed: Figures,
    /// Verified or ready.
    pub proven: Figures,
    /// Ticked and proven.
    pub both: Figures,
    /// The gate's result on either side: `go`, `no-go` or `none`.
    pub gate: Words,
    /// Rows by kind; every kind is there.
    pub by_kind: BTreeMap<String, u64>,
}

/// A figure before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Before.
    pub from: u64,
    /// After.
    pub to: u64,
}

/// A word before and after.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
}

/// One thing that became of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The checklist, as the later side has it; of a removed item the earlier.
    pub checklist: String,
    /// The item's id, as the later side has it; of a removed item the earlier.
    pub item: String,
    /// The item's text, as the later side has it; of a removed item the earlier.
    pub text: String,
    /// What kind of change.
    pub kind: Kind,
    /// What exactly, in one word.
    pub detail: Detail,
    /// Before; `null` where there was nothing.
    pub from: Option<String>,
    /// After; `null` where there is nothing.
    pub to: Option<String>,
    /// What was ticked, proven or asked before, and is no longer.
    pub regression: bool,
    /// Less is asked than before: a removed item or requirement, a looser one, a waiver.
    pub weakening: bool,
    /// Why, as a sentence or two.
    pub why: String,
    /// The titles of the headings above the item.
    #[serde(default)]
    pub section: Vec<String>,
    /// Where the item stands in its checklist.
    #[serde(default)]
    pub line: usize,
    /// The item's earlier address (`PATH#ID`), where it differs.
    #[serde(default)]
    pub was: Option<String>,
    /// Where the requirement or waiver is written (`trueup.toml:44`), on the later side if it is
    /// still there.
    #[serde(default)]
    pub place: Option<String>,
    /// The artifacts behind a change of evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artifacts: Vec<ArtifactChange>,
    /// The facts behind a change of evidence: those that the requirement reads first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactChange>,
}

/// An artifact that an item relies on, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ArtifactChange {
    /// Its path.
    pub path: String,
    /// The SHA-256 of its bytes before; `null` where it was not relied on.
    pub from: Option<String>,
    /// The SHA-256 of its bytes after; `null` where it is not relied on.
    pub to: Option<String>,
}

/// A fact, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactChange {
    /// `tests.failed`.
    pub fact: String,
    /// Its value before; `null` where it was not carried.
    pub from: serde_json::Value,
    /// Its value after; `null` where it is not carried.
    pub to: serde_json::Value,
}
