//! The rule on findings without a severity: a condition on severities does not see them.

use super::Evaluation;
use crate::condition::grades::Graded;
use crate::condition::{Found, Undecided};
use crate::facts::{Grade, Value};
use crate::model::{Rule, counted, plural};

impl Evaluation<'_> {
    /// True, unless a finding stands outside the severities that the condition asks for.
    pub(super) fn graded(&mut self, grades: &[Graded]) -> Result<bool, Undecided> {
        if !self.holds(Rule::Ungraded) {
            return Ok(true);
        }
        for graded in grades {
            let Found::Value(findings) = self.group(graded.artifact.as_deref(), "findings") else {
                continue;
            };
            let counted_unknown = match findings.member(Grade::Unknown.word()) {
                Some(Value::Int(count)) => u64::try_from(*count).unwrap_or_default(),
                _ => 0,
            };
            let listed = if graded.list { ungraded_entries(&findings) } else { 0 };
            let unknown = counted_unknown.max(listed);
            if unknown > 0 {
                let why = format!(
                    "{} {} no severity, and the condition asks only for severities.",
                    counted(unknown, "finding"),
                    plural(unknown, "has")
                );
                return Err(Undecided::Untrusted { rule: Rule::Ungraded, why });
            }
        }
        Ok(true)
    }
}

/// The listed findings that no severity was given to, suppressed ones left out.
fn ungraded_entries(findings: &Value) -> u64 {
    let Some(Value::List(list)) = findings.member("list") else { return 0 };
    let is_ungraded = |finding: &&Value| {
        finding.member("severity") == Some(&Value::text(Grade::Unknown.word()))
            && finding.member("suppressed") != Some(&Value::Bool(true))
    };
    list.iter().filter(is_ungraded).count() as u64
}
