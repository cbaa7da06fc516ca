//! Load runs in which more failed than succeeded: errors are fast, so that how fast such a run was says
//! nothing to one who asks nothing of failures.

use crate::condition::Condition;
use crate::model::{Artifact, Attempts, Glob, Rule, grouped};

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
    let asks = |artifact: &Artifact| measured.failures.iter().any(|glob| is_of(glob, artifact));
    artifacts.iter().filter(|artifact| uses(artifact) && !asks(artifact)).find_map(|artifact| {
        let reading = artifact.answer.reading()?;
        let Attempts { made, failed, noun } = reading.attempts.filter(Attempts::mostly_failed)?;
        let tool = reading.tool.as_deref().unwrap_or(reading.format);
        let (failed, made) = (grouped(failed), grouped(made));
        let why = format!(
            "{failed} of {made} {noun}s of {tool} failed, and the condition asks nothing of failures: how \
             fast such a run was proves nothing. Ask for those that failed too."
        );
        Some(Ruling::invalid(Rule::MostlyFailed, why))
    })
}
