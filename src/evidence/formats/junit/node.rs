//! What Node's own reporter says in comments at its end, and of files.

use super::attributes::Attributes;
use crate::evidence::count::OddCounts;
use crate::evidence::family::node;
use crate::facts::{Outcome, Tests};
use crate::model::{Reading, Rule, counted};

/// What is known of a report that Node wrote.
#[derive(Default)]
pub(super) struct Node {
    /// Tests that failed or were cancelled, as it counts them at its end.
    failed: u64,
    /// Suites that hold a failure: each may stand for a test that failed with its subtests.
    pub(super) failing_suites: u64,
    /// Files of which no test ended.
    files: u64,
}

impl Node {
    /// Takes a comment of the root.
    pub(super) fn comment(&mut self, said: &str, odd: &mut OddCounts) {
        if let Some(count) = node::count_of_failures(said.trim()) {
            let place = || format!("The count of failures in `<!-- {} -->`", said.trim());
            let count = odd.take(count, place).unwrap_or(0);
            self.failed = self.failed.saturating_add(count);
        }
    }

    /// Whether a case that stands in no suite is a file of which no test ended; it is noted.
    pub(super) fn is_file(&mut self, of: &Attributes<'_>, outcome: Outcome) -> bool {
        let name = of.name.as_deref().unwrap_or_default();
        let file = of.file.as_deref().unwrap_or(name);
        let is_file = outcome == Outcome::Passed
            && of.class.as_deref() == Some("test")
            && node::is_file(name)
            && file.ends_with(name);
        self.files += u64::from(is_file);
        is_file
    }

    /// Doubts a report whose end counts more failures than its cases and suites can stand for: a test
    /// with subtests is written as a suite, without its own failure.
    pub(super) fn settle(&self, reading: &mut Reading, tests: &Tests) {
        let held = tests.failed + tests.errored;
        if self.failed > held.saturating_add(self.failing_suites) {
            let failures = counted(self.failed, "failure");
            let why = format!(
                "The end of the report counts {failures}; its cases hold {held}. Node leaves out that of a test with subtests."
            );
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        node::files_without_tests(reading, self.files, tests.total());
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(cases: &str, fail: &str, cancelled: u64) -> String {
        format!(
            "<testsuites>{cases}<!-- tests 3 --><!-- fail {fail} --><!-- cancelled {cancelled} --></testsuites>"
        )
    }

    fn suite(failures: u64, case: &str) -> String {
        format!(r#"<testsuite name="checkout" tests="1" failures="{failures}">{case}</testsuite>"#)
    }

    #[test]
    fn a_failure_that_only_the_end_counts_is_no_pass() {
        let passed = r#"<testcase name="adds" classname="test"/>"#;
        let failed = r#"<testcase name="adds" classname="test"><failure/></testcase>"#;
        let (good, bad) = (suite(0, passed), suite(1, failed));
        let lost = "counts 1 failure; its cases hold 0";
        proves(
            "junit",
            &[
                (&report(&good, "0", 0), ""),
                (&report(&good, "1", 0), lost),
                (&report(&good, "0", 1), lost),
                (&report(&good, "0 of them", 0), ""),
                // The test that failed, and the one that it is a subtest of.
                (&report(&bad, "2", 0), ""),
                (&report(&bad, "3", 0), "counts 3 failures; its cases hold 1"),
                (&report(&good, "1x", 0), "`<!-- fail 1x -->`"),
                // A comment in a case is not Node's.
                (
                    &report(&suite(0, r#"<testcase name="a"><!-- fail 1 --></testcase>"#), "0", 0),
                    "",
                ),
            ],
        );
        // What failed still refutes.
        let both = reading("junit", &report(&bad, "3", 0));
        assert_eq!(both.facts.tests.unwrap().failed, 1);
    }

    #[test]
    fn a_test_that_is_called_as_a_script_is_none_of_node_s_files() {
        let case = |file: &str| {
            report(
                &format!(r#"<testcase name="index.js" classname="test" file="{file}"/>"#),
                "0",
                0,
            )
        };
        let none = "no test of it came to its end";
        proves("junit", &[(&case("/w/test/all.test.js"), ""), (&case("/w/test/index.js"), none)]);
        let named = |class: &str| {
            format!(r#"<testsuites><testcase name="a.js" classname="{class}"/></testsuites>"#)
        };
        proves("junit", &[(&named("a"), ""), (&named("test"), none)]);
    }
}
