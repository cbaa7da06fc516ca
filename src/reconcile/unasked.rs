//! Reports that plainly tell of failures and that no requirement asks: a second file of tests beside the
//! one that was named. They change no status, and nobody should overlook them.

use std::collections::BTreeSet;

use crate::facts::{Facts, Tally};
use crate::model::{Artifact, Code, Place, Problem, counted};

use super::case::{ArtifactIndex, Case, numbered};
use super::freshness::Freshness;
use super::judged::JudgedRequirements;
use super::scope::first_copy;
use super::witness::Since;

/// Of each such artifact of the judged commit one problem. Nothing where no artifact is asked for
/// anything.
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
    let files: BTreeSet<&str> =
        asked.iter().map(|&at| case.artifact(at).artifact.path.as_str()).collect();
    let known: Vec<&Artifact> = asked.iter().map(|&at| &case.artifact(at).artifact).collect();
    let unasked = numbered(&case.artifacts).filter_map(|(_, found)| {
        let artifact = &found.artifact;
        let is_copy = || first_copy(artifact, known.iter().copied()).is_some();
        let is_of_another = || artifact.commit().is_some_and(|of| is_of_other_code(of, freshness));
        let told = failures(&artifact.answer.reading()?.facts)?;
        let is_asked = files.contains(artifact.path.as_str()) || is_copy();
        if is_asked || found.withheld.is_some() || is_of_another() {
            return None;
        }
        let message = format!("{} tells of {told}, and no requirement asks it.", artifact.path);
        let hint = "Widen the `artifacts` of a requirement to it, or put it elsewhere.";
        let place = Place::file(artifact.file());
        Some(Problem::new(Code::ReportUnasked, place, message).hint(hint))
    });
    unasked.collect()
}

fn is_of_other_code(commit: &str, freshness: &Freshness<'_>) -> bool {
    !matches!(freshness.witness.since_commit(commit), Since::Changes(changes) if changes.is_empty())
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
