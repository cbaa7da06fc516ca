//! What judging may ask of the repository: a border, so that judging knows nothing of git or files.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::Value;
use crate::model::{Glob, Timestamp};

/// Answers about the judged state: the work tree, or one commit. Every answer is plain data, so
/// that it can be recorded and judged again later.
pub trait Witness {
    /// What changed between `commit` and the judged state, uncommitted changes included.
    fn since_commit(&self, commit: &str) -> Since;

    /// The same since a commit that is not here, by the id of its files.
    fn since_tree(&self, tree: &str) -> Since;

    /// What changed since what `commit` brought was made, uncommitted changes included.
    fn since_brought(&self, commit: &str) -> Since;

    /// What was committed after `time`, and what is not committed yet.
    fn since_time(&self, time: Timestamp) -> Since;

    /// The paths of the judged state's files that match, sorted.
    fn files(&self, glob: &Glob) -> Vec<String>;

    /// A link to a folder or a submodule in which more may match: nobody looks into it.
    fn unlisted(&self, glob: &Glob) -> Option<String>;

    /// Which of the `files` that match `glob` hold no byte.
    fn empty(&self, glob: &Glob, files: &[String]) -> Vec<String>;

    /// The text of a file of the judged state; `None` where it is not there.
    fn text(&self, path: &str) -> Option<Result<String, String>>;

    /// A file of the judged state as a value; `None` where it is not there.
    fn load(&self, path: &str) -> Option<Result<Value, String>>;

    /// Who changed what is under `paths` in the commits that `commit` stands on, itself among them,
    /// and that no earlier release holds.
    fn hands(&self, commit: &str, paths: &[Glob]) -> Hands;

    /// Which release before the judged state of what is under `about` `commit` first shipped in.
    fn shipped(&self, _commit: &str, _about: &[Glob]) -> Shipped {
        Shipped::Untold
    }

    /// The last such release that `commit` stands on and that was made after `time`: what is dated then
    /// was said before it.
    fn released_between(&self, _time: Timestamp, _commit: &str, _about: &[Glob]) -> Shipped {
        Shipped::NotYet
    }

    /// How many answers so far lacked bytes that are not at hand; only where a report is judged again.
    fn lacked(&self) -> usize {
        0
    }

    /// The group `git`; `None` without a repository or before its first commit.
    fn git(&self) -> Option<Value>;
}

/// What changed since an artifact was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Since {
    /// These paths, in the order of their names; none is "the same code".
    Changes(Vec<Change>),
    /// The commit is not in this history.
    UnknownCommit,
    /// The clone is shallow, and the answer lies in the missing part.
    Truncated,
    /// There is no repository, or it has no commit yet.
    NoHistory,
}

impl Since {
    /// What either found; what one of them cannot tell stays untold.
    pub fn and(self, other: Since) -> Since {
        match (self, other) {
            (Since::Changes(mut changes), Since::Changes(others)) => {
                changes.extend(others);
                changes
                    .sort_by(|a, b| (&a.path, a.time.is_none()).cmp(&(&b.path, b.time.is_none())));
                changes.dedup_by(|a, b| a.path == b.path);
                Since::Changes(changes)
            }
            (Since::Changes(_), untold) | (untold, _) => untold,
        }
    }
}

/// A path that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ChangedPath")]
pub struct Change {
    /// Relative to the repository.
    pub path: String,
    /// The newest commit that did it, abbreviated; `None` where that is not known or it is not
    /// committed.
    pub commit: Option<String>,
    /// When that commit was made.
    pub time: Option<Timestamp>,
    /// Whether it is committed, in the work tree, or a new file that git does not know.
    pub state: ChangeState,
    /// A submodule or a link to a folder: what changed in it is this one change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub encloses: bool,
    /// A file that was a checklist before, or one of a report that trueup wrote.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_code: bool,
}

/// How far a change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeState {
    /// In a commit.
    Committed,
    /// Of a tracked file, not committed.
    Uncommitted,
    /// A file that git does not track.
    Untracked,
}

/// The release that something first shipped in, before what is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shipped {
    /// In this one.
    In(String),
    /// In none so far.
    NotYet,
    /// No release is known here at all.
    Never,
    /// Something was tagged or recorded, and no tag here is a release by its name; or the clone holds none, and
    /// is shallow or was made without its tags.
    Untold,
}

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hands {
    /// These people.
    Known {
        /// The newest release before; `None` where there is none, and all commits count.
        since: Option<String>,
        /// Each person once, with their newest commit.
        hands: Vec<Hand>,
    },
    /// A part of the history is missing, or there is none.
    Truncated,
}

/// Somebody who changed a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hand {
    /// The author's address, or that of a co-author whom the message names.
    pub email: String,
    /// The name beside it; empty in witnesses of versions that did not tell it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Which person that is, where a report shows people by other names than their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<u32>,
    /// The full id of the commit.
    pub commit: String,
    /// One of the paths that it changed.
    pub path: String,
}
