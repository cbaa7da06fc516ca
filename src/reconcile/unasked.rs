//! Reports that plainly tell of failures and that no requirement asks: a second file of tests beside the
//! one that was named. They change no status, and nobody should overlook them.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Facts, Tally};
use crate::model::{Artifact, Code, Place, Problem, counted};

use super::case::{ArtifactIndex, Case};
use super::freshness::Freshness;
use super::judged::JudgedRequirements;
use super::retries::folder;
use super::scope::first_copy;
use super::witness::Since;

/// One problem for such artifacts of one folder and format, but for those that name another commit.
/// Nothing where no artifact is asked for anything.
pub(super) fn problems(
    case: &Case,
    judged: &JudgedRequirements,
    freshness: &Freshness<'_>,
) -> Vec<Problem> {
    let evidence = judged.iter().flat_map(|of| &of.evidence);
    let asked: BTreeSet<ArtifactIndex> = evidence.map(|of| of.artifact).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let known: Vec<&Artifact> = asked.iter().map(|&at| &case.artifact(at).artifact).collect();
    let paths: BTreeSet<&str> = known.iter().map(|of| of.path.as_str()).collect();
    let mut unasked: BTreeMap<(&str, &str), Vec<(&Artifact, String)>> = BTreeMap::new();
    for found in case.artifacts.iter().filter(|found| found.withheld.is_none()) {
        let artifact = &found.artifact;
        let Some(reading) = artifact.answer.reading() else { continue };
        let Some(told) = failures(&reading.facts) else { continue };
        let is_asked = paths.contains(artifact.path.as_str())
            || first_copy(artifact, known.iter().copied()).is_some();
        let is_of_another = || is_of_other_code(artifact, freshness);
        if !is_asked && !is_of_another() {
            let group = (folder(&artifact.path), reading.format);
            unasked.entry(group).or_default().push((artifact, told));
        }
    }
    unasked.values().filter_map(|of| problem(of)).collect()
}

fn problem(unasked: &[(&Artifact, String)]) -> Option<Problem> {
    let [(first, told), more @ ..] = unasked else { return None };
    let path = &first.path;
    let message = match more.len() as u64 {
        0 => format!("{path} tells of {told}, and no requirement asks it."),
        more => format!(
            "{path} tells of {told}, {} beside it of more, and no requirement asks them.",
            counted(more, "report")
        ),
    };
    let hint = "Widen the `artifacts` of a requirement to it, or put it elsewhere.";
    Some(Problem::new(Code::ReportUnasked, Place::file(first.file()), message).hint(hint))
}

fn is_of_other_code(artifact: &Artifact, freshness: &Freshness<'_>) -> bool {
    let is_the_same = |since: Since| matches!(since, Since::Changes(changes) if changes.is_empty());
    artifact.commit().is_some_and(|commit| !is_the_same(freshness.since_commit(artifact, commit)))
}

/// What a report says that failed, in words.
fn failures(facts: &Facts) -> Option<String> {
    let tests = facts.tests.as_ref().map_or(0, |tests| tests.failed + tests.errored);
    if tests > 0 {
        return Some(format!("{} that failed", counted(tests, "test")));
    }
    let crossed = |tally: &Option<Tally>| tally.as_ref().map_or(0, |tally| tally.failed);
    match (crossed(&facts.thresholds), crossed(&facts.checks)) {
        (0, 0) => {}
        (0, checks) => return Some(format!("{} that failed", counted(checks, "check"))),
        (thresholds, _) => return Some(format!("{} crossed", counted(thresholds, "threshold"))),
    }
    let run = facts.ci.as_ref()?;
    (run.conclusion.as_deref() == Some("failure")).then(|| "a CI run that failed".to_owned())
}
