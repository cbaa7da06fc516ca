//! Severities that no report gives: a linter knows no critical finding, so that it found none says
//! nothing of a question for them.

use crate::condition::Condition;
use crate::model::{Rule, listed};
use crate::policy::Requirement;

use super::candidate::Candidate;
use super::ruling::Ruling;

/// The ruling on a requirement that names no artifact and asks for severities, where no tool behind
/// what carries findings gives any. Who names the report knows what it holds.
pub(super) fn not_given(requirement: &Requirement, candidates: &[Candidate<'_>]) -> Option<Ruling> {
    let asked = requirement.condition.as_ref().map(Condition::reads);
    asked.filter(|reads| requirement.artifacts.is_empty() && reads.severities)?;
    if candidates.iter().any(|of| of.withheld.is_some()) {
        return None;
    }
    let (mut tools, mut paths) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let Some(reading) = candidate.artifact.answer.reading() else { continue };
        let Some(findings) = &reading.facts.findings else { continue };
        if findings.grades {
            return None;
        }
        tools.push(reading.tool.as_deref().unwrap_or(reading.format));
        paths.push(candidate.artifact.path.as_str());
    }
    tools.dedup();
    let why = format!(
        "the condition asks for severities, and none are given by {} ({}). Name the report by \
         `artifacts`, if that is what is meant.",
        listed(&tools, 3),
        listed(&paths, 3),
    );
    (!tools.is_empty()).then(|| Ruling::missing(Rule::NotCarried, why))
}
