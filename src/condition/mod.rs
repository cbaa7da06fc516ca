//! Conditions over facts: parsed, checked against the catalogue, evaluated.

mod certain;
mod change;
mod check;
mod ci;
mod evaluate;
mod explain;
mod imagine;
mod limits;
mod measured;
mod of_tree;
mod outcome;
mod overlooked;
mod parse;
mod presence;
mod print;
mod reads;
mod scope;
mod shape;
mod syntax;
mod texts;
mod tree;
mod warnings;

#[cfg(test)]
mod tests;

pub use change::Change;
pub use ci::{CiPart, CiRead};
pub use outcome::{Limit, Outcome, Read, Undecided};
pub use scope::{Found, Limits, Listed, Part, Scope};

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use self::overlooked::Overlooked;
use self::tree::Node;

/// What can be called in a condition, as it is written.
pub fn functions() -> Vec<&'static str> {
    let free = tree::Function::ALL.into_iter().filter(|function| function.is_free());
    free.map(tree::Function::word).chain(["has", "artifact"]).collect()
}

/// What can be asked of a list in a condition, as it is written.
pub fn walks() -> [&'static str; 6] {
    use tree::How;
    let word = |how: How| how.word();
    [
        word(How::All),
        word(How::Exists),
        word(How::ExistsOne),
        word(How::Filter),
        word(How::Map),
        tree::Function::Size.word(),
    ]
}

/// A condition that was parsed and checked: every fact exists, every type fits, it is boolean.
#[derive(Debug, Clone)]
pub struct Condition {
    source: String,
    root: Arc<Node>,
    reads: Reads,
    overlooked: Overlooked,
    warnings: Vec<Fault>,
    idle: Vec<Fault>,
    certain: bool,
}

impl Condition {
    /// Parses and checks `source`; every fault is found, each with its place.
    pub fn parse(source: &str) -> Result<Condition, Vec<Fault>> {
        let expr = parse::parse(source)?;
        let root = check::check(&expr)?;
        if let Some((first, second)) = limits::exclusive(&root, &root) {
            let message = format!("this can never hold beside `{first}`");
            return Err(vec![Fault { at: second.at.clone(), message, hint: None }]);
        }
        let reads = reads::reads(&root);
        let warnings = warnings::warnings(&root);
        let certain = certain::asks_no_outcome(&root) || !imagine::can_fail(&root);
        let idle = warnings::idle(&root, certain);
        let overlooked = overlooked::overlooked(&root);
        let source = source.to_owned();
        Ok(Condition { source, root: Arc::new(root), reads, overlooked, warnings, idle, certain })
    }

    /// As it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What it will ask for.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// What is legal and probably not meant.
    pub fn warnings(&self) -> &[Fault] {
        &self.warnings
    }

    /// What holds in it whatever the facts are.
    pub fn idle(&self) -> &[Fault] {
        &self.idle
    }

    /// Whether it holds whatever the facts are, so that it proves nothing.
    pub fn is_certain(&self) -> bool {
        self.certain
    }

    /// Whether it only asks which facts there are: those of a job that failed are there too.
    pub fn asks_presence_alone(&self) -> bool {
        self.root.asks_presence_alone()
    }

    /// Whether it asks of CI, and not how that ended: a job that failed is completed, too.
    pub fn asks_no_outcome(&self) -> bool {
        !self.reads.ci.is_empty() && !self.root.asks_a_conclusion()
    }

    /// How it differs from an older revision of itself.
    pub fn change_from(&self, old: &Condition) -> Change {
        match change::change(&old.root, &self.root) {
            Change::Changed => imagine::change(&old.root, &self.root),
            plain => plain,
        }
    }

    /// The pieces of this condition and of `other` that cannot both hold, where there are such.
    pub fn excludes(&self, other: &Condition) -> Option<(String, String)> {
        let (ours, theirs) = limits::exclusive(&self.root, &other.root)?;
        Some((ours.to_string(), theirs.to_string()))
    }

    /// Evaluates it over the facts that `scope` gives.
    pub fn evaluate(&self, scope: &dyn Scope) -> Outcome {
        evaluate::evaluate(&self.root, &self.overlooked, scope)
    }
}

/// What a condition will ask for, known before it is evaluated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// The groups of facts it reads without naming an artifact: `tests`, `data`.
    pub groups: BTreeSet<String>,
    /// The globs of `artifact("…")`, each with the groups read through it.
    pub artifacts: BTreeSet<(String, String)>,
    /// Facts read, by path without indexes: `tests.failed`, `ci.jobs`.
    pub facts: BTreeSet<String>,
    /// The CI runs, jobs and steps that it asks.
    pub ci: BTreeSet<CiRead>,
    /// Whether it says of what was skipped that it may be: `in ["success", "skipped"]`.
    pub takes_skipped: bool,
    /// Whether it asks how something ended: a `conclusion`.
    pub concludes: bool,
    /// Whether it walks `tests.cases` or calls `passed`.
    pub cases: bool,
    /// Whether it walks `findings.list`.
    pub findings: bool,
    /// Whether it asks how grave findings are, `critical` to `low`, without naming an artifact.
    pub severities: bool,
    /// Whether it walks `components.list`.
    pub components: bool,
    /// What it asks of load runs.
    pub measured: Measured,
    /// Whether it asks the repository (`files`, `text`, `load`, `git`).
    pub repository: bool,
}

impl Reads {
    /// Whether it asks for a fact of an artifact, rather than of the repository or of nothing.
    pub fn asks_an_artifact(&self) -> bool {
        !self.artifacts.is_empty() || self.groups.iter().any(|group| group != "git")
    }
}

/// What a condition asks of load runs, by the glob of `artifact("…")`; `None` for all artifacts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// The metrics that it uses but for how many there were, by name; `None` for a computed name.
    pub figures: BTreeSet<(Option<String>, Option<String>)>,
    /// The artifacts of which it asks how much failed.
    pub failures: BTreeSet<Option<String>>,
    /// The artifacts of which it asks how much was tried: at what rate, or how much was dropped.
    pub load: BTreeSet<Option<String>>,
}

/// Something wrong with a condition, at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the condition's text.
    pub at: Range<usize>,
    /// What is wrong, as a fragment: ``unknown fact `tests.faild` ``.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}
