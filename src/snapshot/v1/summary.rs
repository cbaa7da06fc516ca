//! The headline: what is claimed, what is proven, and the decision.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The headline figures over everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// The two sets over all items.
    #[serde(flatten)]
    pub overall: Sets,
    /// How many items have each status; every status is there.
    pub by_status: BTreeMap<String, u64>,
    /// The decision.
    pub gate: Gate,
    /// The two sets over boxes alone.
    pub tasks: Sets,
    /// Goals, which claim nothing.
    pub criteria: Criteria,
    /// Time windows after the deployment.
    pub windows: Windows,
}

/// Claimed and proven, as sets: their overlap and both overhangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Sets {
    /// All.
    pub items: u64,
    /// All but the cancelled.
    pub applicable: u64,
    /// Ticked.
    pub claimed: u64,
    /// Proven: verified or ready.
    pub proven: u64,
    /// Ticked and proven.
    pub both: u64,
    /// Ticked, not proven.
    pub claimed_not_proven: u64,
    /// Proven, not ticked.
    pub proven_not_claimed: u64,
}

/// Goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Criteria {
    /// All but the cancelled.
    pub applicable: u64,
    /// Met.
    pub proven: u64,
}

/// Items by the state of their window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Windows {
    /// Not open yet.
    pub not_yet_due: u64,
    /// Open.
    pub due: u64,
    /// Closed, not proven.
    pub overdue: u64,
    /// Proven.
    pub met: u64,
}

/// The decision and its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Gate {
    /// `go`, `no-go`, or `none` where no gate is set or nothing is bound.
    pub result: String,
    /// Why, a sentence each, worst first.
    pub reasons: Vec<String>,
    /// The decision in one sentence, as the site's first line has it.
    #[serde(default)]
    pub sentence: String,
    /// Addresses (`PATH#ID`) of the items that stand in the way.
    #[serde(default)]
    pub blocking: Vec<String>,
    /// Each rule of the gate, as written, with what came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<GateRule>,
}

/// A rule of the gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GateRule {
    /// `fail-on contradicted`, `require security/** verified`.
    pub rule: String,
    /// Whether it holds.
    pub holds: bool,
    /// Why it does not, a sentence each.
    #[serde(default)]
    pub against: Vec<String>,
    /// Of a rule that compares: which releases were compared with, where the newest was not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<String>,
}
