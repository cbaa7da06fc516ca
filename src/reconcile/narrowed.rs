//! Reports of a call that left something out, held against what a condition asks of the findings.

use crate::condition::Reads;
use crate::model::{Artifact, Narrowed, Rule, listed};
use crate::policy::Requirement;

use super::ruling::Ruling;
use super::trust::Trust;

/// `trust` in an artifact, which can only refute where the sealed command left out what is asked.
pub(super) fn held(trust: Trust, artifact: &Artifact, requirement: &Requirement) -> Trust {
    match (&trust, left_out(artifact, requirement)) {
        (Trust::Full, Some(why)) => Trust::RefutesOnly(Ruling::invalid(Rule::Unchecked, why)),
        _ => trust,
    }
}

fn left_out(artifact: &Artifact, requirement: &Requirement) -> Option<String> {
    let seal = artifact.sealed.seal()?;
    let narrowed = seal.narrowed.as_ref()?;
    let reading = artifact.answer.reading().filter(|of| of.facts.findings.is_some())?;
    let tool = reading.tool.as_deref().map(str::to_lowercase);
    let is_its = match (&narrowed.program, &tool) {
        (Some(program), Some(tool)) => tool.contains(program.as_str()),
        _ => true,
    };
    let asked = requirement.condition.as_ref()?.reads();
    if !is_its || !asks_more(asked, narrowed) {
        return None;
    }
    let lead =
        format!("{} need not hold what is asked: the command in {}", artifact.path, seal.path);
    Some(match narrowed.kept.as_slice() {
        [] => format!("{lead} has `{}`, by which it looks at what changed alone.", narrowed.option),
        kept => format!(
            "{lead} has `{}`, so that the report tells {} alone.",
            narrowed.option,
            listed(kept, 5)
        ),
    })
}

/// Whether a count of findings is read that the report does not tell whole. The list may be asked for the
/// severities that are told.
fn asks_more(asked: &Reads, narrowed: &Narrowed) -> bool {
    let read = asked.facts.iter().filter_map(|fact| fact.strip_prefix("findings"));
    let mut counts = read.map(|name| name.trim_start_matches('.'));
    counts.any(|name| {
        let told = narrowed.kept.contains(&name);
        let by_severity = name == "list" && asked.severities && !narrowed.kept.is_empty();
        !told && !by_severity
    })
}
