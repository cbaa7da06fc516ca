//! Tests that were retried, by tools that write a file for each attempt: of those files the last counts.
//!
//! A later result replaces an earlier one only within one run. That of another run, machine or set of
//! parameters hides no failure.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::facts::Outcome;
use crate::model::{Artifact, Attempt, AttemptAt};

/// What is known of the retries among some artifacts.
#[derive(Debug, Default)]
pub(super) struct Retries<'a> {
    /// By path, attempts that another followed, and the last of them.
    replaced: BTreeMap<&'a str, &'a str>,
    /// How many tests passed on a retry.
    pub(super) flaky: u64,
}

/// One attempt: the path of its file, when it was, and how it ended.
type Tried<'a> = (&'a str, &'a AttemptAt, Outcome);

impl<'a> Retries<'a> {
    /// Those among `artifacts`, of which none is a copy of another.
    pub(super) fn among(artifacts: impl Iterator<Item = &'a Artifact>) -> Retries<'a> {
        let artifacts: Vec<&Artifact> = artifacts.collect();
        let mut runs: BTreeMap<(&str, &str), BTreeMap<&str, Vec<Tried<'a>>>> = BTreeMap::new();
        for &artifact in &artifacts {
            let Some(Attempt { outcome, at: Some(at) }) = attempt(artifact) else { continue };
            let run = runs.entry((folder(&artifact.path), &at.run)).or_default();
            run.entry(&at.test).or_default().push((&artifact.path, at, *outcome));
        }
        let mut retries = Retries::default();
        for mut run in runs.into_values() {
            run.values_mut().for_each(|tries| tries.sort_by(by_time));
            // No tool retries what passed: a run in which that was run again is more than one.
            let retried = |tries: &Vec<Tried<'_>>| tries.iter().rev().skip(1).all(failed);
            if run.values().all(retried) {
                run.values().for_each(|tries| retries.take(tries));
            }
        }
        retries.take_of_bazel(&artifacts);
        retries
    }

    /// Takes the attempts that Bazel keeps in the folder `test_attempts` beside the last one's
    /// `test.xml`, and clears before it runs the target again.
    ///
    /// <https://bazel.build/reference/test-encyclopedia>
    fn take_of_bazel(&mut self, artifacts: &[&'a Artifact]) {
        let lasts: BTreeMap<&str, &str> = artifacts
            .iter()
            .filter(|artifact| artifact.path.ends_with("/test.xml"))
            .map(|artifact| (folder(&artifact.path), artifact.path.as_str()))
            .collect();
        for artifact in artifacts {
            let Some((target, name)) = artifact.path.rsplit_once("/test_attempts/") else {
                continue;
            };
            let number = name.strip_prefix("attempt_").and_then(|name| name.strip_suffix(".xml"));
            let is_attempt = number.is_some_and(|number| number.parse::<u32>().is_ok());
            if let (true, Some(last)) = (is_attempt, lasts.get(target)) {
                self.replaced.insert(&artifact.path, last);
            }
        }
    }

    /// Takes the attempts at one test, where each that began had the one before behind it.
    fn take(&mut self, tries: &[Tried<'a>]) {
        let [before @ .., (last, _, ended)] = tries else { return };
        let ordered = tries.windows(2).all(|two| match two {
            [(_, one, _), (_, next, _)] => one.ended <= next.began && one.began < next.ended,
            _ => true,
        });
        if before.is_empty() || !ordered || *ended == Outcome::Skipped {
            return;
        }
        self.replaced.extend(before.iter().map(|(path, ..)| (*path, *last)));
        self.flaky += u64::from(*ended == Outcome::Passed);
    }

    /// The last attempt at the test that `artifact` is an earlier one at.
    pub(super) fn replaced_by(&self, artifact: &Artifact) -> Option<&'a str> {
        self.replaced.get(artifact.path.as_str()).copied()
    }
}

/// The attempt that an artifact is of, where it is of one.
pub(super) fn attempt(artifact: &Artifact) -> Option<&Attempt> {
    artifact.answer.reading()?.attempt.as_ref()
}

/// Whether an artifact is one attempt at one test, or of something else than tests.
pub(super) fn tells_of_retries(artifact: &Artifact) -> bool {
    let reading = artifact.answer.reading();
    reading.is_none_or(|reading| reading.facts.tests.is_none() || reading.attempt.is_some())
}

/// The folder that a file lies in.
pub(super) fn folder(path: &str) -> &str {
    path.rfind('/').and_then(|end| path.get(..end)).unwrap_or_default()
}

fn by_time((_, one, _): &Tried<'_>, (_, other, _): &Tried<'_>) -> Ordering {
    one.began.total_cmp(&other.began).then(one.ended.total_cmp(&other.ended))
}

fn failed((_, _, outcome): &Tried<'_>) -> bool {
    matches!(outcome, Outcome::Failed | Outcome::Errored)
}
