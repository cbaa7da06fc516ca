//! What a condition is evaluated over: the facts of some artifacts, and the repository.

use crate::facts::Value;
use crate::model::Rule;

/// The world as one requirement sees it. Implemented by `reconcile`.
pub trait Scope {
    /// A group of facts (`tests`), merged over the requirement's artifacts.
    fn group(&self, group: &str) -> Found;

    /// A group of facts of those artifacts whose path matches `glob`, merged.
    fn artifact_group(&self, glob: &str, group: &str) -> Found;

    /// Between what a figure lies that the artifacts, those whose path matches `glob` or all, do not
    /// tell exactly, and why; `None` where they do.
    fn limits(&self, glob: Option<&str>, path: &[String]) -> Option<Limits>;

    /// What is known of a figure that not each of those artifacts tells; `None` where none does.
    fn part(&self, _glob: Option<&str>, _path: &[String]) -> Option<Part> {
        None
    }

    /// Which of those artifacts do not tell a figure that others among them tell, as a sentence.
    fn silent(&self, _glob: Option<&str>, _path: &[String]) -> Option<String> {
        None
    }

    /// The repository's files whose paths match `glob`.
    fn files(&self, glob: &str) -> Result<Listed, String>;

    /// The text of a file of the repository; `None` where it is not there.
    fn text(&self, path: &str) -> Option<Result<String, String>>;

    /// The parsed JSON, YAML, TOML or dotenv of a file of the repository; `None` where it is not
    /// there.
    fn load(&self, path: &str) -> Option<Result<Value, String>>;

    /// Whether the scope holds every artifact of the requirement. Where it does not, a count is
    /// only a lower bound, and a list may be longer than it seems.
    fn is_whole(&self) -> bool;

    /// Whether a rule of trust is in force (all are, but in tests).
    fn holds(&self, rule: Rule) -> bool;
}

/// Between what a figure lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// At least.
    pub low: Value,
    /// At most.
    pub high: Value,
    /// Why it is not told exactly, as a sentence.
    pub why: String,
}

/// What some artifacts tell of a figure that others beside them leave out. It can refute, and proves
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// At least, whatever the others would add.
    pub low: Option<Value>,
    /// At most.
    pub high: Option<Value>,
    /// Which leave it out, as a sentence; `None` where all do.
    pub why: Option<String>,
}

/// Files, as far as they could be listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listed {
    /// Their paths, sorted.
    pub paths: Vec<String>,
    /// Those of them in which nothing stands.
    pub empty: Vec<String>,
    /// A link to a folder or a submodule in which there may be more.
    pub unlisted: Option<String>,
}

/// What was found under a name.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A value.
    Value(Value),
    /// Nothing carries it; the sentence says what was looked at.
    Absent(String),
    /// Something carries it, but not so that it can be relied on (two artifacts conflict).
    Untrusted {
        /// Which rule of trust.
        rule: Rule,
        /// Why, as a sentence.
        why: String,
    },
}
