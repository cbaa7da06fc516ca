//! Load runs in which more failed than succeeded, or more was dropped than made: errors are fast, and so
//! is a service that nobody asks, so that how fast such a run was says nothing to one who asks no more.

use std::collections::BTreeSet;

use crate::condition::Condition;
use crate::model::{Artifact, Attempts, Glob, Reading, Rule, grouped};

use super::ruling::Ruling;

/// The ruling on a condition that uses what such a run measured, among `artifacts`.
pub(super) fn doubt(condition: &Condition, artifacts: &[&Artifact]) -> Option<Ruling> {
    let measured = &condition.reads().measured;
    let is_of = |glob: &Option<String>, artifact: &Artifact| match glob {
        Some(glob) => Glob::new(glob).is_ok_and(|glob| glob.matches(&artifact.path)),
        None => true,
    };
    let uses = |artifact: &Artifact| {
        let reading = artifact.answer.reading();
        let known = reading.and_then(|reading| reading.facts.metrics.as_ref());
        measured.figures.iter().any(|(glob, name)| {
            let has = |name: &String| known.is_some_and(|of| of.by_name.contains_key(name));
            is_of(glob, artifact) && name.as_ref().is_none_or(has)
        })
    };
    let asks = |of: &BTreeSet<Option<String>>, artifact: &Artifact| {
        of.iter().any(|glob| is_of(glob, artifact))
    };
    artifacts.iter().filter(|artifact| uses(artifact)).find_map(|artifact| {
        let reading = artifact.answer.reading()?;
        let unasked = |tried: Option<Attempts>, of: &BTreeSet<Option<String>>| {
            tried.filter(|tried| tried.mostly_failed() && !asks(of, artifact))
        };
        let why = match unasked(reading.attempts, &measured.failures) {
            Some(failed) => told(reading, failed, "failed", "failures", "those that failed"),
            None => {
                let dropped = unasked(reading.planned, &measured.load)?;
                told(reading, dropped, "were dropped", "the load", "those that were dropped")
            }
        };
        Some(Ruling::invalid(Rule::MostlyFailed, why))
    })
}

/// What came of most of a run, and what to ask for.
fn told(reading: &Reading, tried: Attempts, what: &str, of: &str, ask: &str) -> String {
    let Attempts { made, failed, noun } = tried;
    let tool = reading.tool.as_deref().unwrap_or(reading.format);
    let (failed, made) = (grouped(failed), grouped(made));
    format!(
        "{failed} of {made} {noun}s of {tool} {what}, and the condition asks nothing of {of}: how fast \
         such a run was proves nothing. Ask for {ask} too."
    )
}
