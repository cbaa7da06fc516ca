//! What one requirement's condition sees: the joined facts of some artifacts, and the repository.

use crate::condition::{Found, Limits, Listed, Part, Scope};
use crate::facts::{Conflict, Facts, Grade, Value};
use crate::model::{Artifact, Glob, Rule, Rules, listed};

use super::retries::{Retries, tells_of_retries};
use super::ruling::Ruling;
use super::same_run::SameRun;
use super::witness::Witness;

/// The facts of a requirement's artifacts, or of those among them that can be relied on.
pub(super) struct ArtifactScope<'a> {
    pub(super) artifacts: Vec<&'a Artifact>,
    /// Whether these are all artifacts of the requirement.
    pub(super) whole: bool,
    pub(super) witness: &'a dyn Witness,
    pub(super) rules: Rules,
    pub(super) unknown_severity: Option<Grade>,
    /// Why the group `ci` proves nothing here, if it does not.
    pub(super) ci_doubt: Option<&'a Ruling>,
    /// Whether what was skipped and is in no count is counted.
    pub(super) counts_skips: bool,
}

impl<'a> ArtifactScope<'a> {
    fn matching(&self, glob: &Glob) -> Vec<&'a Artifact> {
        let artifacts = self.artifacts.iter().copied();
        artifacts.filter(|artifact| glob.matches(&artifact.path)).collect()
    }

    /// Those that a fact is asked of.
    fn asked(&self, glob: Option<&str>) -> Option<Vec<&'a Artifact>> {
        match glob {
            Some(glob) => Some(self.matching(&Glob::new(glob).ok()?)),
            None => Some(self.artifacts.clone()),
        }
    }

    fn joined(&self, group: &str, of: &[&Artifact]) -> Found {
        if group == "git" {
            return match self.witness.git() {
                Some(value) => Found::Value(value),
                None => Found::Absent("There is no commit to ask.".to_owned()),
            };
        }
        if let (true, Some(doubt)) = (group == "ci", self.ci_doubt) {
            let rule = doubt.rule().unwrap_or(Rule::Unfinished);
            return Found::Untrusted { rule, why: doubt.clause().to_owned() };
        }
        let (mut joined, conflict) = merged(group, of);
        if let Some(conflict) = conflict.filter(|_| self.rules.holds(Rule::Conflicting)) {
            return conflicting(&conflict, group, of);
        }
        if let (Some(grade), Some(findings)) = (self.unknown_severity, joined.findings.as_mut()) {
            findings.place_unknown(grade);
        }
        if let (true, Some(tests)) = (self.counts_skips, joined.tests.as_mut()) {
            tests.count_skips();
        }
        match joined.value(group) {
            Some(value) => Found::Value(value),
            None => Found::Absent(not_carried(group, of)),
        }
    }
}

/// The facts of a group that artifacts have together, and what of them conflicts.
fn merged(group: &str, of: &[&Artifact]) -> (Facts, Option<Conflict>) {
    let (mut joined, mut conflict) = (Facts::default(), None);
    let is_first =
        |index: usize, artifact| first_copy(artifact, of.iter().take(index).copied()).is_none();
    let firsts = of.iter().copied().enumerate().filter(|(index, of)| is_first(*index, of));
    let firsts: Vec<&Artifact> = firsts.map(|(_, artifact)| artifact).collect();
    let retries = Retries::among(firsts.iter().copied().filter(|_| group == "tests"));
    let same_run = SameRun::among(firsts.iter().copied().filter(|_| group == "tests"));
    let counts = |artifact: &Artifact| same_run.told_by(artifact).is_none();
    for artifact in firsts.iter().filter(|artifact| counts(artifact)) {
        let Some(reading) = artifact.answer.reading() else { continue };
        if retries.replaced_by(artifact).is_none() {
            conflict = conflict.or(joined.merge_group(group, &reading.facts).err());
        }
    }
    if let Some(tests) = &mut joined.tests {
        same_run.tell_besides(tests);
    }
    let told = firsts.iter().all(|artifact| tells_of_retries(artifact));
    if let (Some(tests), true) = (&mut joined.tests, told && retries.flaky > 0) {
        tests.flaky = Some(retries.flaky);
    }
    if let Some(tests) = &mut joined.tests {
        tests.are_flaky_at_least(retries.flaky);
    }
    let conflict = conflict.or_else(|| joined.conflict(group));
    (joined, conflict)
}

/// Of those that come before it the first that `artifact` is a copy of: the same bytes count once, and
/// the same text in other bytes.
pub(super) fn first_copy<'a>(
    artifact: &Artifact,
    mut before: impl Iterator<Item = &'a Artifact>,
) -> Option<&'a Artifact> {
    // Two parts of a run may say the same.
    let part = |of: &Artifact| of.sealed.seal().and_then(|seal| seal.part.clone());
    before.find(|other| {
        if part(artifact) != part(other) {
            return false;
        }
        let format = |of: &Artifact| of.answer.reading().map(|reading| reading.format);
        artifact.is_copy_of(other) && format(artifact) == format(other) || artifact.says_what(other)
    })
}

fn conflicting(conflict: &Conflict, group: &str, of: &[&Artifact]) -> Found {
    let carriers = listed(&carriers(group, of), 3);
    let why = match conflict {
        Conflict::Values { fact } => format!(
            "{carriers} each give {fact} a value of their own. Ask one by artifact(\"…\").{group}."
        ),
        Conflict::Image { built } => format!(
            "{carriers} are not of one image: no scan among them is of {built}, which was built. \
             Scan that one, or ask one by artifact(\"…\").{group}."
        ),
    };
    Found::Untrusted { rule: Rule::Conflicting, why }
}

/// The paths of those that have facts of `group`.
fn carriers<'a>(group: &str, of: &[&'a Artifact]) -> Vec<&'a str> {
    let carriers = of.iter().filter(|artifact| carries(artifact, group));
    carriers.map(|artifact| artifact.path.as_str()).collect()
}

/// Whether an artifact has facts of `group`.
pub(super) fn carries(artifact: &Artifact, group: &str) -> bool {
    artifact.answer.reading().is_some_and(|reading| reading.facts.value(group).is_some())
}

fn not_carried(group: &str, of: &[&Artifact]) -> String {
    let paths: Vec<&str> = of.iter().map(|artifact| artifact.path.as_str()).collect();
    match paths.as_slice() {
        [] => format!("the condition asks for {group}; no artifact carries it."),
        [only] => format!("the condition asks for {group}; {only} has none."),
        _ => format!("the condition asks for {group}; none of {} carries it.", listed(&paths, 3)),
    }
}

impl Scope for ArtifactScope<'_> {
    fn group(&self, group: &str) -> Found {
        self.joined(group, &self.artifacts)
    }

    fn artifact_group(&self, glob: &str, group: &str) -> Found {
        let Ok(glob) = Glob::new(glob) else {
            return Found::Absent(format!("`{glob}` is no glob."));
        };
        let of = self.matching(&glob);
        if of.is_empty() {
            return Found::Absent(format!("no artifact of the requirement matches {glob}."));
        }
        self.joined(group, &of)
    }

    fn limits(&self, glob: Option<&str>, path: &[String]) -> Option<Limits> {
        let group = path.first().filter(|group| *group == "coverage")?;
        let of = self.asked(glob)?;
        let (joined, _) = merged(group, &of);
        let (low, high) = joined.limits(path)?;
        let why = format!(
            "{} count the same source files, so that {} lies between {low} and {high}. Have the \
             tool merge them, or ask one by artifact(\"…\").{group}.",
            listed(&carriers(group, &of), 3),
            path.join("."),
        );
        Some(Limits { low, high, why })
    }

    fn part(&self, glob: Option<&str>, path: &[String]) -> Option<Part> {
        let group = path.first()?;
        let of = self.asked(glob)?;
        let (low, high) = merged(group, &of).0.part(path)?;
        Some(Part { low, high, why: self.silent(glob, path) })
    }

    fn silent(&self, glob: Option<&str>, path: &[String]) -> Option<String> {
        let [group, figure, ..] = path else { return None };
        let of = self.asked(glob)?;
        let leaves_out = |of: &&&Artifact| {
            let value = of.answer.reading().and_then(|reading| reading.facts.value(group));
            value.is_some_and(|value| value.member(figure).is_none())
        };
        let silent: Vec<&str> = of.iter().filter(leaves_out).map(|of| of.path.as_str()).collect();
        let all = carriers(group, &of).len();
        let verb = if silent.len() == 1 { "does" } else { "do" };
        (!silent.is_empty() && silent.len() < all).then(|| {
            format!(
                "The condition asks for {group}.{figure}; {} {verb} not tell it. Ask one that does \
                 by artifact(\"…\").{group}.",
                listed(&silent, 3),
            )
        })
    }

    fn files(&self, glob: &str) -> Result<Listed, String> {
        let glob = Glob::new(glob).map_err(|fault| fault.to_string())?;
        let unlisted = self.witness.unlisted(&glob).filter(|_| self.rules.holds(Rule::Unreadable));
        let paths = self.witness.files(&glob);
        Ok(Listed { empty: self.witness.empty(&glob, &paths), paths, unlisted })
    }

    fn text(&self, path: &str) -> Option<Result<String, String>> {
        self.witness.text(path)
    }

    fn load(&self, path: &str) -> Option<Result<Value, String>> {
        self.witness.load(path)
    }

    fn is_whole(&self) -> bool {
        self.whole
    }

    fn holds(&self, rule: Rule) -> bool {
        self.rules.holds(rule)
    }
}
