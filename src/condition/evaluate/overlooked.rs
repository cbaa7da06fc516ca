//! The rules on what a condition over findings does not see: findings without a severity, and what
//! the tool could not check.

use super::Evaluation;
use crate::condition::overlooked::{Graded, Overlooked};
use crate::condition::{Found, Undecided};
use crate::facts::{Grade, Value};
use crate::model::{Rule, counted, plural};

impl Evaluation<'_> {
    /// True, unless something stands outside what the condition asks for.
    pub(super) fn overlooks_nothing(&mut self, left: &Overlooked) -> Result<bool, Undecided> {
        if self.holds(Rule::Unchecked) {
            left.unchecked.iter().try_for_each(|artifact| self.checked(artifact.as_deref()))?;
        }
        if self.holds(Rule::Ungraded) {
            left.grades.iter().try_for_each(|graded| self.graded(graded))?;
        }
        Ok(true)
    }

    /// Whether the tool could check all that it was given.
    fn checked(&mut self, artifact: Option<&str>) -> Result<(), Undecided> {
        let Found::Value(findings) = self.group(artifact, "findings") else { return Ok(()) };
        match findings.member("unchecked") {
            Some(Value::Int(count)) if *count > 0 => {
                let what = match count {
                    1 => "1 file, package, rule or result is".to_owned(),
                    _ => format!("{count} files, packages, rules or results are"),
                };
                let why = format!(
                    "{what} left unchecked. Ask for findings.unchecked too, to allow for some."
                );
                Err(Undecided::Untrusted { rule: Rule::Unchecked, why })
            }
            _ => Ok(()),
        }
    }

    /// Whether each finding has a severity.
    fn graded(&mut self, graded: &Graded) -> Result<(), Undecided> {
        let Found::Value(findings) = self.group(graded.artifact.as_deref(), "findings") else {
            return Ok(());
        };
        let counted_unknown = match findings.member(Grade::Unknown.word()) {
            Some(Value::Int(count)) => u64::try_from(*count).unwrap_or_default(),
            _ => 0,
        };
        let listed = if graded.list { ungraded_entries(&findings) } else { 0 };
        let unknown = counted_unknown.max(listed);
        if unknown == 0 {
            return Ok(());
        }
        let why = format!(
            "{} {} no severity, and the condition asks only for severities. Ask for \
             findings.unknown too, or place them by [severities].",
            counted(unknown, "finding"),
            plural(unknown, "has")
        );
        Err(Undecided::Untrusted { rule: Rule::Ungraded, why })
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
