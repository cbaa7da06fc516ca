//! The frozen wire types of `trueup/snapshot/1`: what is published, apart from how we think of it.
//!
//! Fields are added within version 1, never renamed or taken away. Absent and `null` mean the
//! same. Times are RFC 3339 in UTC, paths are relative to the repository with `/`, lines 1-based.

mod history;
mod policy;
mod procedure;
mod release;
mod said;
mod seal;
mod summary;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::Published;
use crate::model::{Claim, ItemKind, Obligation, Rendered, Severity, Status, Verdict};

pub use history::{Attestation, By, Event, History};
pub use policy::Policy;
pub use procedure::{Name, Procedure, Step};
pub use release::Release;
pub use said::{Given, ItemWaiver, Proposal, SignOff, Waiver};
pub use seal::Seal;
pub use summary::{Criteria, Gate, GateRule, Sets, Summary, Windows};

/// The value of `schema`.
pub const SCHEMA: &str = "trueup/snapshot/1";

/// Everything trueup knows of one commit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Snapshot {
    /// Always `trueup/snapshot/1`.
    pub schema: String,
    /// What made this.
    pub tool: Tool,
    /// The project's name: the remote's, else the folder's.
    pub project: String,
    /// The tag at the commit, or the name given.
    pub release: Option<String>,
    /// The judged commit; `null` without a repository or before the first commit.
    pub commit: Option<Commit>,
    /// The judge's clock.
    pub judged_at: String,
    /// When this was written (`SOURCE_DATE_EPOCH` where set).
    pub generated_at: String,
    /// The headline figures.
    pub summary: Summary,
    /// By path.
    pub checklists: Vec<Checklist>,
    /// By path: everything in the default places, and what a requirement names.
    pub artifacts: Vec<Artifact>,
    /// In the order of the configuration, then of the documents.
    pub waivers: Vec<Waiver>,
    /// Worst first, then by place.
    pub problems: Vec<Problem>,
    /// What is asked of all items alike; absent in snapshots of versions that did not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// The `trueup.toml` that held; absent where there was none, and in snapshots of versions that did
    /// not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<ConfigFile>,
    /// The releases up to this one, the oldest first; left out where only the verdicts were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub releases: Vec<Release>,
}

/// A configuration's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConfigFile {
    /// Relative to the repository.
    pub path: String,
    /// Of its bytes.
    pub sha256: String,
}

/// The program that made the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `trueup`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Commit {
    /// The full id.
    pub id: String,
    /// When it was committed.
    pub time: String,
    /// Whether tracked files differ from it.
    pub dirty: bool,
    /// The branch that is checked out.
    pub branch: Option<String>,
    /// The first line of its message.
    pub subject: Option<String>,
    /// Whether the clone is shallow.
    pub truncated: bool,
}

/// A checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Checklist {
    /// Relative to the repository.
    pub path: String,
    /// Its first heading.
    pub title: Option<String>,
    /// What the document says of itself.
    pub metadata: BTreeMap<String, String>,
    /// Its headings in order.
    pub sections: Vec<Section>,
    /// Its items in order.
    pub items: Vec<Item>,
    /// Its runbooks.
    pub procedures: Vec<Procedure>,
    /// What its notes ask for without a box.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
    /// All open, with placeholders: a template.
    #[serde(default)]
    pub template: bool,
    /// The document as written; left out where only the verdicts were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Rendered>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Its text.
    pub title: String,
    /// Its address, unique in the document.
    pub slug: String,
    /// 1 to 6.
    pub level: u8,
    /// Where it stands.
    pub line: usize,
}

/// An item and everything that is known of it. A release has a hundred thousand of them: what most of
/// them lack lies apart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Unique in its checklist.
    pub id: String,
    /// `section-slug/id`.
    pub address: String,
    /// Its first paragraph as plain text.
    pub text: String,
    /// The titles of the headings above it.
    pub section: Arc<[String]>,
    /// The slug of the innermost heading.
    #[serde(default)]
    pub section_slug: Arc<str>,
    /// Where it stands.
    pub line: usize,
    /// What it claims.
    pub claim: Claim,
    /// What kind of item it is.
    pub kind: ItemKind,
    /// The text between the brackets.
    pub marker: Option<Cow<'static, str>>,
    /// 0 is the outermost list.
    pub depth: usize,
    /// The id of the item that encloses it.
    pub parent: Option<String>,
    /// A trailing remark.
    pub note: Option<String>,
    /// `AUDIT-001`.
    pub label: Option<String>,
    /// `P0`.
    pub priority: Option<String>,
    /// `@ana`.
    pub owner: Option<String>,
    /// A due date, as written.
    pub due: Option<String>,
    /// Marked as optional.
    pub optional: bool,
    /// Marked as required.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Its first line as it stands in the file.
    pub source: String,
    /// What the evidence says.
    pub verdict: Verdict,
    /// Claim × verdict.
    pub status: Status,
    /// Why, as a sentence or two.
    pub reason: Cow<'static, str>,
    /// The rule of trust that decided, if one did.
    pub rule: Option<Cow<'static, str>>,
    /// What to do next, as a sentence.
    pub next: Option<Cow<'static, str>>,
    /// The requirement that decided; `null` where none is bound.
    pub requirement: Option<Box<Requirement>>,
    /// Every other requirement bound to the item.
    #[serde(default)]
    pub requirements: Vec<Requirement>,
    /// The evidence, the deciding first.
    pub evidence: Vec<Evidence>,
    /// Until when the verdict holds, where age decides.
    pub valid_until: Option<String>,
    /// Figures in the text, compared.
    pub figures: Vec<Figure>,
    /// The time window it stands in.
    pub window: Option<Box<ItemWindow>>,
    /// Who did what to it; `null` where history was not read.
    pub history: Option<Box<History>>,
    /// The exception in force, and what it hides.
    pub waiver: Option<Box<ItemWaiver>>,
    /// What would prove it, as the catalog proposes it; only where nothing is bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Arc<Proposal>>,
}

impl Item {
    /// Every requirement bound to it, the deciding first.
    pub fn asked(&self) -> impl Iterator<Item = &Requirement> {
        self.requirement.as_deref().into_iter().chain(&self.requirements)
    }
}

/// A requirement as judged for one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Requirement {
    /// The file it stands in.
    pub path: String,
    /// Where in it.
    pub line: Option<usize>,
    /// The condition as written.
    pub condition: Option<String>,
    /// The artifacts it asks for; empty for the default places.
    pub artifacts: Vec<Wanted>,
    /// How old evidence may be, as written.
    pub max_age: Option<String>,
    /// Paths whose later change makes the evidence stale; `null` where not said.
    pub paths: Option<Vec<String>>,
    /// A person's word that it asks for.
    pub sign_off: Option<SignOff>,
    /// What its evidence says.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// The rule of trust that decided, if one did.
    pub rule: Option<String>,
    /// What the condition read, in order, with the limits.
    pub read: Vec<Read>,
}

/// Artifacts that a requirement asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Wanted {
    /// Which files.
    pub glob: String,
    /// Their format, where it is named.
    pub format: Option<String>,
    /// Whether there may be none.
    pub optional: bool,
    /// What vouches for a silent tool.
    pub vouched_by: Option<String>,
}

/// A fact that a condition read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Read {
    /// `tests.failed`.
    pub fact: String,
    /// Its value; `null` where it is not carried.
    pub value: serde_json::Value,
    /// The comparison it stood in: `== 0`.
    pub bound: Option<String>,
    /// The value that it was compared with, where the condition computes or reads that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<serde_json::Value>,
    /// Whether the comparison held.
    pub holds: Option<bool>,
    /// Where it stands in the condition: its first byte, and the byte after its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<(usize, usize)>,
    /// The limit that the comparison reads from the tree, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// A number of the tree to which a comparison holds a fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Limit {
    /// The files that say it: `coverage-floor.txt`.
    pub from: String,
    /// What they say.
    pub value: f64,
    /// Where it stands in the condition: its first byte, and the byte after its last.
    pub at: (usize, usize),
}

/// An artifact in the light of one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The artifact's path.
    pub artifact: String,
    /// Of its bytes.
    pub sha256: String,
    /// Its format.
    pub format: Option<String>,
    /// The tool that wrote it.
    pub tool: Option<String>,
    /// When it was made.
    pub produced_at: Option<String>,
    /// What says so: `content`, `seal`, `commit`, `ci-run`, `file`.
    pub time_from: Option<String>,
    /// The commit it is of.
    pub commit: Option<String>,
    /// `pass` where it can be trusted and is fresh; `stale`, `invalid` where not; `fail` where it
    /// refutes the condition.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// The rule of trust it falls under.
    pub rule: Option<String>,
}

/// A figure in an item's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// As written.
    pub text: String,
    /// As understood.
    pub value: f64,
    /// Of what.
    pub unit: Option<String>,
    /// The fact it was compared with.
    pub fact: Option<String>,
    /// That fact's value.
    pub evidence: Option<f64>,
    /// `agrees`, `drift` or `not-compared`.
    pub verdict: String,
}

/// The time window of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemWindow {
    /// The heading.
    pub name: String,
    /// When it opens, where the deployment's time is known.
    pub opens: Option<String>,
    /// When it ends, where the deployment's time is known.
    pub due: Option<String>,
    /// How many seconds after the deployment it ends, negative before it; `null` where the version that
    /// wrote it did not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_after_s: Option<i64>,
    /// `not-yet-due`, `due`, `overdue` or `met`.
    pub state: String,
    /// Whether it lies before the deployment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before: bool,
}

/// An artifact as read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Artifact {
    /// Relative to the repository, or `DIR/…`.
    pub path: String,
    /// Of its bytes.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
    /// Its format; `null` where it is of none.
    pub format: Option<String>,
    /// The tool that wrote it.
    pub tool: Option<String>,
    /// That tool's version.
    pub tool_version: Option<String>,
    /// When it was made.
    pub produced_at: Option<String>,
    /// What says so.
    pub time_from: Option<String>,
    /// The commit it says it is of.
    pub commit: Option<String>,
    /// The normalised facts: counts, and failing cases and findings up to 200 each.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub facts: Published,
    /// What was odd.
    pub warnings: Vec<String>,
    /// Why it proves nothing, or could not be read.
    pub invalid: Option<String>,
    /// The seal beside it that is of its bytes.
    #[serde(default)]
    pub seal: Option<Seal>,
    /// Whether it may hold secrets that its tool found: then its bytes are not kept unless asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secrets: bool,
    /// `PATH#ID` of the items that rely on it.
    pub used_by: Vec<String>,
}

/// A problem of one input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// One of a closed list.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The file.
    pub path: String,
    /// Where in it.
    pub line: Option<usize>,
    /// The item it concerns.
    pub item: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}
