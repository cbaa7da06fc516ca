//! The rules on what a condition does not see: findings without a severity, what the tool could not
//! check, and facts that another one says are not whole.

use super::Evaluation;
use crate::condition::overlooked::{Graded, Hinge, Overlooked};
use crate::condition::{Found, Undecided};
use crate::facts::{Grade, Value};
use crate::model::{Rule, counted, plural};

impl Evaluation<'_> {
    /// True, unless something stands outside what the condition asks for.
    pub(super) fn overlooks_nothing(&mut self, left: &Overlooked) -> Result<bool, Undecided> {
        if self.holds(Rule::Unchecked) {
            left.unchecked.iter().try_for_each(|artifact| self.checked(artifact.as_deref()))?;
        }
        for (artifact, hinge) in &left.hinges {
            self.hangs(artifact.as_deref(), *hinge)?;
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

    /// Whether what `hinge` asks of tells all.
    fn hangs(&mut self, artifact: Option<&str>, hinge: Hinge) -> Result<(), Undecided> {
        let rule = match hinge {
            Hinge::Provenance => Rule::ToolFailed,
            Hinge::Rules | Hinge::Targets | Hinge::Tests | Hinge::Errors | Hinge::Thresholds => {
                Rule::Unchecked
            }
        };
        let Found::Value(group) = self.group(artifact, hinge.group()) else { return Ok(()) };
        match lacks(hinge, &group).filter(|_| self.holds(rule)) {
            Some(why) => Err(Undecided::Untrusted { rule, why }),
            None => Ok(()),
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

/// What a group lacks of all that was asked of it, and by which fact it is allowed for.
fn lacks(hinge: Hinge, group: &Value) -> Option<String> {
    let count = |name: &str| match group.member(name) {
        Some(Value::Int(count)) => u64::try_from(*count).unwrap_or_default(),
        _ => 0,
    };
    let few = |count: u64, noun: &str, lacks: &str, ask: &str| {
        let verb = plural(count, "was");
        let what = counted(count, noun);
        (count > 0).then(|| format!("{what} {verb} {lacks}. Ask for {ask} too, to allow for some."))
    };
    match hinge {
        Hinge::Thresholds => {
            let lacks = "not held against anything, for what it limits has no sample";
            few(count("unmeasured"), "threshold", lacks, "thresholds.unmeasured")
        }
        Hinge::Rules => few(count("unhealthy"), "rule", "not evaluated", "rules.unhealthy"),
        Hinge::Targets => {
            let unknown = count("total").saturating_sub(count("up")).saturating_sub(count("down"));
            few(unknown, "target", "not scraped yet", "targets.up")
        }
        Hinge::Tests => {
            let missing = count("shards_missing");
            let shards = counted(missing, "shard");
            let verb = plural(missing, "is");
            (missing > 0).then(|| {
                format!(
                    "{shards} of the run {verb} in no artifact. Ask for the reports of all, or \
                     for tests.shards_missing too, to allow for some."
                )
            })
        }
        Hinge::Errors => {
            let errored = count("errored");
            let tests = counted(errored, "test");
            (errored > 0).then(|| {
                format!(
                    "{tests} ended in an error. Ask for tests.failed + tests.errored, or for \
                     tests.errored too, to allow for some."
                )
            })
        }
        Hinge::Provenance => match group.member("result") {
            Some(Value::Text(result)) if !is_good(result) => Some(format!(
                "The statement says {result} of its subjects. Ask for provenance.result too, to \
                 allow for it."
            )),
            _ => None,
        },
    }
}

/// Whether a statement's word for what came of it is one for success.
fn is_good(result: &str) -> bool {
    ["PASSED", "PASS", "SUCCESS", "SUCCEEDED"].iter().any(|word| word.eq_ignore_ascii_case(result))
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
