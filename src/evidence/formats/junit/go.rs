//! gotestsum, which lists each attempt at a test of Go, those that failed first.
//!
//! `--rerun-fails` and `-count=N` look alike. A retry is of what failed alone: then no test that had
//! passed stands twice, and some stand once. Under `-count=N` each stands N times, and a failure is one.

use std::collections::BTreeMap;

use crate::evidence::Broken;
use crate::evidence::xml::Tag;
use crate::facts::{Case, Outcome, Tests};

/// Whether a property of a suite is that by which gotestsum names the version of Go.
pub(super) fn is_property(tag: &Tag<'_>) -> Result<bool, Broken> {
    Ok(tag.attribute("name")?.as_deref() == Some("go.version"))
}

/// Whether what a failure prints tells that the test came to its end, and of no panic.
pub(super) fn ended(said: &str) -> bool {
    said.contains("--- FAIL: ") && !said.contains("panic: ")
}

/// A test by its package and name.
type Named = (Option<String>, String);

/// How often a test stands there, and how often it failed.
#[derive(Default)]
struct Tries {
    all: u64,
    failed: u64,
}

/// The cases of packages of Go, until all are known.
#[derive(Default)]
pub(super) struct GoTests {
    cases: Vec<Case>,
    tries: BTreeMap<Named, Tries>,
    /// Whether a test that failed did not come to its end: then gotestsum tries none again.
    broke_off: bool,
}

impl GoTests {
    /// Takes a case; `ended` says whether what its failure prints tells that it came to its end.
    pub(super) fn take(&mut self, case: Case, ended: bool) {
        let tries = self.tries.entry(named(&case)).or_default();
        tries.all += 1;
        if matches!(case.outcome, Outcome::Failed | Outcome::Errored) {
            tries.failed += 1;
            self.broke_off |= !ended;
        }
        self.cases.push(case);
    }

    /// Counts them; returns how many were attempts at a test that another followed.
    pub(super) fn settle(&mut self, tests: &mut Tests) -> u64 {
        let are_retries = self.are_retries();
        let mut attempts = 0;
        for case in std::mem::take(&mut self.cases) {
            // The last stands for all: those that failed come first.
            if are_retries && let Some(tries) = self.tries.get_mut(&named(&case)) {
                tries.all -= 1;
                if tries.all > 0 {
                    attempts += 1;
                    continue;
                }
                if case.outcome == Outcome::Passed && tries.failed > 0 {
                    tests.add_flaky(1);
                }
            }
            tests.add(case.outcome, || case);
        }
        attempts
    }

    /// Whether what stands twice was tried again because it had failed.
    fn are_retries(&self) -> bool {
        // A test passes again over its subtests, each of which is tried by itself.
        let mut roots = self.tries.iter().filter(|((_, name), _)| !name.contains('/'));
        let once = roots.clone().any(|(_, tries)| tries.all == 1 && tries.failed == 0);
        once && !self.broke_off && roots.all(|(_, tries)| tries.all == 1 || tries.failed > 0)
    }
}

fn named(case: &Case) -> Named {
    (case.suite.clone(), case.name.clone())
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    const STABLE: &str = r#"<testcase classname="m/fl" name="TestStable"/>"#;
    const PASSED: &str = r#"<testcase classname="m/fl" name="TestFlaky"/>"#;

    fn failed(said: &str) -> String {
        format!(
            r#"<testcase classname="m/fl" name="TestFlaky"><failure message="Failed">{said}</failure></testcase>"#
        )
    }

    fn report(property: &str, cases: &[&str]) -> String {
        format!(
            r#"<testsuites><testsuite name="m/fl"><properties><property name="{property}" value="go1.27"/></properties>
            {}</testsuite></testsuites>"#,
            cases.concat()
        )
    }

    fn counts(text: &str) -> (u64, u64, Option<u64>) {
        let tests = reading("junit", text).facts.tests.unwrap();
        (tests.passed, tests.failed, tests.flaky)
    }

    #[test]
    fn a_retry_is_no_further_case_and_what_passes_on_one_is_flaky() {
        let fails = failed("=== RUN TestFlaky\n--- FAIL: TestFlaky (0.00s)");
        for (cases, expected) in [
            (vec![&*fails, STABLE, PASSED], (2, 0, Some(1))),
            (vec![&fails, &fails, STABLE, PASSED], (2, 0, Some(1))),
            (vec![&fails, &fails, &fails, STABLE], (1, 1, None)),
            (vec![&fails, STABLE], (1, 1, None)),
            (vec![STABLE, PASSED], (2, 0, None)),
        ] {
            let text = report("go.version", &cases);
            assert_eq!(counts(&text), expected, "{cases:?}");
            proves("junit", &[(&text, "")]);
        }
        let other = report("other", &[&fails, STABLE, PASSED]);
        assert_eq!(counts(&other), (2, 1, None));
    }

    #[test]
    fn a_test_over_subtests_that_are_tried_again_passes_with_each() {
        let sub = |name: &str, inside: &str| {
            format!(r#"<testcase classname="m/fl" name="TestFlaky/{name}">{inside}</testcase>"#)
        };
        let fails = failed("--- FAIL: TestFlaky (0.00s)");
        let no = "<failure>    --- FAIL: TestFlaky/a (0.00s)</failure>";
        let cases = [
            &*fails,
            &sub("a", no),
            &sub("b", no),
            STABLE,
            PASSED,
            &sub("a", ""),
            PASSED,
            &sub("b", ""),
        ];
        assert_eq!(counts(&report("go.version", &cases)), (4, 0, Some(3)));
    }

    #[test]
    fn what_need_not_be_a_retry_hides_no_failure() {
        let fails = failed("--- FAIL: TestFlaky (0.00s)");
        let panics = failed("panic: no\n--- FAIL: TestFlaky (0.00s)");
        let exits = failed("=== RUN TestFlaky");
        for cases in [
            // -count=2, of two tests and of one.
            vec![&*fails, STABLE, STABLE, PASSED],
            vec![&fails, PASSED],
            // Of these gotestsum tries none again.
            vec![&panics, STABLE, PASSED],
            vec![&exits, STABLE, PASSED],
        ] {
            assert_eq!(counts(&report("go.version", &cases)).1, 1, "{cases:?}");
        }
    }
}
