//! A seal as it is written: an in-toto Statement v1 (<https://in-toto.io/Statement/v1>).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `_type` of every statement.
pub const STATEMENT: &str = "https://in-toto.io/Statement/v1";

/// The type of our predicate: a name, at which nothing lives.
pub const PREDICATE: &str = "urn:trueup:seal:1";

/// A statement about files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement<P> {
    /// [`STATEMENT`].
    #[serde(rename = "_type")]
    pub kind: String,
    /// The files.
    pub subject: Vec<StatementSubject>,
    /// What `predicate` is.
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// What is said of them.
    pub predicate: P,
}

/// A file that a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementSubject {
    /// Relative to the statement's folder, with `/`.
    pub name: String,
    /// `sha256` and 64 hex digits.
    pub digest: BTreeMap<String, String>,
}

/// Which run made the files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Predicate {
    /// Who wrote the seal.
    pub tool: Tool,
    /// RFC 3339.
    pub sealed_at: String,
    /// The commit that was checked out.
    pub commit: Option<String>,
    /// The id of its files, by which a commit that was made anew of the same files is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<String>,
    /// Since when it was checked out; where git keeps no log of that, when it was committed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_out_at: Option<String>,
    /// Whether tracked files differed from that commit.
    pub dirty: bool,
    /// The branch or tag.
    #[serde(rename = "ref")]
    pub ref_name: Option<String>,
    /// The CI job; `null` outside of CI.
    pub ci: Option<Ci>,
    /// How the tool ended, as told by `--exit-code`.
    pub exit_code: Option<i64>,
    /// What was run, as told by `--command`.
    pub command: Option<String>,
    /// Which part of a run this job did, where several share it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// Whether npm was told to ask no registry; only where it was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub npm_offline: bool,
    /// What was read from each file: for people, never believed but for when it was written.
    #[serde(default)]
    pub artifacts: Vec<Noted>,
}

/// A part of a run that several jobs share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// Its own number, from 1.
    pub number: u64,
    /// How many there are.
    pub of: u64,
    /// Which of several such runs, as `--shard` names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<String>,
    /// The system and processor of the runner, where the CI system names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runner: Option<String>,
    /// Whether the CI system alone says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_system: bool,
}

/// A program and its version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// `trueup`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A CI job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ci {
    /// `github`, `gitlab`, `jenkins`, `buildkite`, `circleci`, `azure`.
    pub system: String,
    /// The commit that the run is for, as the system says.
    pub commit: Option<String>,
    /// The run's number or id.
    pub run_id: Option<String>,
    /// Where the run is shown.
    pub run_url: Option<String>,
    /// Which try of it.
    pub attempt: Option<String>,
    /// The workflow or pipeline.
    pub workflow: Option<String>,
    /// The job within it.
    pub job: Option<String>,
}

/// The commit that was checked out when a file was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrittenOn {
    /// Its id.
    pub commit: String,
    /// Since when it was.
    pub checked_out_at: String,
}

/// What was read from a file when it was sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Noted {
    /// As the subject.
    pub name: String,
    /// In bytes.
    pub bytes: u64,
    /// When it was last written, as the file system had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<String>,
    /// What was checked out then, where that was another commit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_on: Option<WrittenOn>,
    /// The format; `null` where it is of none.
    pub format: Option<String>,
    /// Why it proves nothing, if it does not.
    pub invalid: Option<String>,
    /// Its counts.
    pub facts: BTreeMap<String, serde_json::Value>,
}
