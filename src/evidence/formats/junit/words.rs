//! The words in which writers tell how a case ended.

use crate::evidence::text;
use crate::facts::Outcome;
use crate::model::{Reading, Rule, counted};

/// What a word says of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// That it ran, or that it held.
    Good,
    /// That it ended so.
    Ended(Outcome),
    /// Nothing that is known.
    Unknown,
}

impl Word {
    /// What `word` says, however it is spelled: `NOT_RUN`, `not run` and `notrun` are one.
    pub(super) fn of(word: &str) -> Word {
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        match plain.to_ascii_lowercase().as_str() {
            "" | "passed" | "pass" | "passing" | "success" | "successful" | "succeeded"
            | "succeed" | "ok" | "okay" | "good" | "green" | "run" | "ran" | "completed"
            | "complete" | "done" | "executed" | "finished" | "fixed" | "expected" | "flaky"
            | "true" => Word::Good,
            "failed" | "failure" | "fail" | "failing" | "unexpected" | "nok" | "notok"
            | "notpassed" | "red" | "regression" | "xpass" | "false" => {
                Word::Ended(Outcome::Failed)
            }
            "error" | "errored" | "errors" | "abort" | "aborted" | "broken" | "canceled"
            | "cancelled" | "crash" | "crashed" | "dnf" | "incomplete" | "interrupted"
            | "killed" | "ko" | "panicked" | "setupfailed" | "stopped" | "terminated"
            | "timeout" | "timedout" => Word::Ended(Outcome::Errored),
            "blocked" | "disabled" | "excluded" | "ignore" | "ignored" | "inconclusive"
            | "noresult" | "notexecuted" | "notrun" | "pending" | "skip" | "skipped"
            | "suppressed" | "todo" | "undefined" | "unknown" | "untested" | "xfail" | "bpass"
            | "bfail" | "bxpass" | "bxfail" => Word::Ended(Outcome::Skipped),
            _ => Word::Unknown,
        }
    }
}

/// Cases of which only a word tells how they ended, and none knows what it says.
#[derive(Default)]
pub(super) struct UnknownWords {
    first: Option<String>,
    cases: u64,
}

impl UnknownWords {
    /// Notes a case of that word.
    pub(super) fn note(&mut self, word: &str) {
        self.first.get_or_insert_with(|| text::bounded(word, 60).to_owned());
        self.cases += 1;
    }

    /// Doubts a report with such a case: whether it passed is not told.
    pub(super) fn settle(&self, reading: &mut Reading) {
        let Some(word) = &self.first else { return };
        let cases = counted(self.cases, "case");
        let it = if self.cases == 1 { "it" } else { "they" };
        let why = format!(
            "Of {cases} the status is no known word, as `{word}` is none: whether {it} passed is not told."
        );
        reading.doubt(Rule::SuiteNotLoaded, why);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    fn report(attributes: &str, inside: &str) -> String {
        format!(
            r#"<testsuite><testcase name="a" time="1"/><testcase name="b" {attributes}>{inside}</testcase></testsuite>"#
        )
    }

    #[test]
    fn a_word_is_one_however_it_is_spelled() {
        for word in ["NOT_RUN", "not run", "notRun", " not-run "] {
            assert_eq!(Word::of(word), Word::Ended(Outcome::Skipped), "{word}");
        }
        for word in ["PASSED", "ok", "Success", "completed", ""] {
            assert_eq!(Word::of(word), Word::Good, "{word}");
        }
        for word in ["RUNNING", "in_progress", "SETUP", "unstable", "WARNED", "approved", "0"] {
            assert_eq!(Word::of(word), Word::Unknown, "{word}");
        }
    }

    #[test]
    fn a_case_that_only_an_unknown_word_speaks_of_is_no_pass() {
        proves(
            "junit",
            &[
                (&report(r#"status="SUCCESS""#, ""), ""),
                (
                    &report(r#"status="RUNNING""#, ""),
                    "Of 1 case the status is no known word, as `RUNNING`",
                ),
                (&report(r#"status="run" result="warned""#, ""), "as `warned` is none"),
                (&report(r#"status="RUNNING""#, "<skipped/>"), ""),
            ],
        );
        // What failed still refutes, and an unknown word takes nothing from a failure.
        let failed = report(r#"status="unstable""#, "<failure/>");
        proves("junit", &[(&failed, "")]);
        let counts = |text: &str| {
            let tests = reading("junit", text).facts.tests.unwrap();
            (tests.passed, tests.failed, tests.skipped)
        };
        assert_eq!(counts(&failed), (1, 1, 0));
        assert_eq!(counts(&report(r#"status="unstable""#, "")), (1, 0, 1));
    }
}
