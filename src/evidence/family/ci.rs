//! What CI services say of runs and jobs, in the words of `ci`: their states as GitHub's two.

use std::collections::BTreeMap;

use crate::facts::{Job, Step};
use crate::model::{Reading, Rule};

/// A status and, once it is completed, a conclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::evidence) struct State(&'static str, Option<&'static str>);

impl State {
    pub(in crate::evidence) const SUCCESS: State = State("completed", Some("success"));
    pub(in crate::evidence) const FAILURE: State = State("completed", Some("failure"));
    pub(in crate::evidence) const CANCELLED: State = State("completed", Some("cancelled"));
    pub(in crate::evidence) const SKIPPED: State = State("completed", Some("skipped"));
    /// It ended, and nobody says how.
    pub(in crate::evidence) const ENDED: State = State("completed", None);
    pub(in crate::evidence) const RUNNING: State = State("in_progress", None);
    /// It waits for something.
    pub(in crate::evidence) const QUEUED: State = State("queued", None);

    /// The status and the conclusion by themselves.
    pub(in crate::evidence) fn told(self) -> (Option<String>, Option<String>) {
        (Some(self.0.to_owned()), self.1.map(str::to_owned))
    }

    /// A job in that state; of several of one name the latest attempt counts.
    pub(in crate::evidence) fn job(self, attempt: u64) -> Job {
        let (status, conclusion) = self.told();
        Job { status, conclusion, steps: BTreeMap::new(), attempt }
    }

    /// A step in that state.
    pub(in crate::evidence) fn step(self) -> Step {
        Step { conclusion: self.1.map(str::to_owned) }
    }

    /// Whether it ended well.
    pub(in crate::evidence) fn succeeded(self) -> bool {
        self == State::SUCCESS
    }
}

/// The run of a list that counts: the latest by `id`. Doubts a list of none, and one of runs that
/// differ in what they are `of`: in their pipelines, their branches.
pub(in crate::evidence) fn latest<'r, R, const N: usize>(
    reading: &mut Reading,
    runs: &'r [R],
    nouns: &str,
    id: impl Fn(&R) -> Option<u64>,
    of: impl Fn(&R) -> [(&'static str, Option<String>); N],
) -> Option<&'r R> {
    let Some(latest) = runs.iter().max_by_key(|run| id(run)) else {
        reading.doubt(Rule::NothingRan, format!("The list holds 0 {nouns}."));
        return None;
    };
    let mine = of(latest);
    let other = runs.iter().flat_map(&of).find(|told| !mine.contains(told));
    if let Some((what, _)) = other {
        let why = format!("The list holds {nouns} of several {what}.");
        reading.doubt(Rule::Conflicting, why);
    }
    Some(latest)
}
