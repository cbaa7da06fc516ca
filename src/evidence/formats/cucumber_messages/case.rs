//! A scenario that is to run, and what its attempts came to.

use std::collections::BTreeSet;

use super::envelope::{Ended, Moment, TestStep};
use crate::facts::Outcome;

/// A scenario, and its last attempt.
pub(super) struct TestCase {
    pub name: String,
    pub suite: Option<String>,
    pub file: Option<String>,
    /// The ids of its own steps: those of hooks are not among them.
    steps: Vec<String>,
    pub attempt: Option<Attempt>,
    pub retried: bool,
}

/// One run of a scenario.
#[derive(Default)]
pub(super) struct Attempt {
    /// The steps that ended.
    ended: BTreeSet<String>,
    worst: Option<Outcome>,
    pub message: Option<String>,
    pub seconds: f64,
    pub finished: bool,
    pub will_be_retried: bool,
}

impl TestCase {
    /// A scenario that has not begun.
    pub(super) fn new(
        name: String,
        suite: Option<String>,
        file: Option<String>,
        steps: Vec<TestStep<'_>>,
    ) -> TestCase {
        let own = steps.into_iter().filter(|step| step.pickle_step_id.is_some());
        let steps = own.map(|step| step.id.into_owned()).collect();
        TestCase { name, suite, file, steps, attempt: None, retried: false }
    }

    /// Begins an attempt; what one before it came to is of no account.
    pub(super) fn begin(&mut self) {
        self.retried |= self.attempt.is_some();
        self.attempt = Some(Attempt::default());
    }

    /// What the last attempt came to. One that was to be followed by another, did not end, or
    /// passed without each of its steps, could not run to its end.
    pub(super) fn outcome(&self) -> Outcome {
        let Some(attempt) = &self.attempt else { return Outcome::Skipped };
        let whole = attempt.finished
            && !attempt.will_be_retried
            && self.steps.iter().all(|step| attempt.ended.contains(step));
        match attempt.worst {
            Some(outcome @ (Outcome::Failed | Outcome::Errored)) => outcome,
            _ if !whole => Outcome::Errored,
            _ if self.steps.is_empty() => Outcome::Skipped,
            worst => worst.unwrap_or(Outcome::Skipped),
        }
    }
}

impl Attempt {
    /// Takes how a step or a hook ended.
    pub(super) fn step(&mut self, step: Option<&str>, result: Option<&Ended<'_>>) {
        let outcome = outcome_of(result.and_then(|result| result.status.as_deref()));
        let weight = |outcome| match outcome {
            Outcome::Passed => 0,
            Outcome::Skipped => 1,
            Outcome::Errored => 2,
            Outcome::Failed => 3,
        };
        self.worst = self.worst.into_iter().chain([outcome]).max_by_key(|one| weight(*one));
        self.ended.extend(step.map(str::to_owned));
        let Some(result) = result else { return };
        self.seconds += result.duration.map_or(0.0, Moment::as_seconds);
        self.will_be_retried |= result.will_be_retried == Some(true);
        if outcome != Outcome::Passed && self.message.is_none() {
            self.message = result.excerpt();
        }
    }
}

/// A step that is undefined, ambiguous, pending or of no known status did not run to its end.
pub(super) fn outcome_of(status: Option<&str>) -> Outcome {
    match status {
        Some("PASSED") => Outcome::Passed,
        Some("FAILED") => Outcome::Failed,
        Some("SKIPPED") => Outcome::Skipped,
        _ => Outcome::Errored,
    }
}
