//! Boost.Test's XML: the report of results, and the log.

mod log;
mod report;

use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Tests;
use crate::model::Reading;

pub(super) struct BoostTest;

impl Format for BoostTest {
    fn id(&self) -> &'static str {
        "boost-test"
    }

    fn about(&self) -> About {
        About {
            tool: "Boost.Test",
            recognised: "the root element `TestResult` or `TestLog`, with a `TestSuite` or messages in it",
            carries: &["tests"],
            tells: Tells::NOTHING.version("`boost` of `BuildInfo` in a log"),
            source: "https://www.boost.org/doc/libs/release/libs/test/doc/html/boost_test/test_output.html",
            clean: "At least 1 test case passed and none failed.",
            vacuous: "0 test cases, as a report of another level than `detailed` and a log of a level above `test_suite` have it; all skipped; errors that stand in no case; more failures in the root suite than cases that failed.",
            blank: Blanks::NONE,
            notes: &[
                "Give trueup the report (`--report_format=XML --report_level=detailed`) or the log (`--log_format=XML --log_level=test_suite`), not both: each holds every case.",
                "The report lists no case that is disabled: those that a suite counts beyond its own are skipped, and without a name.",
                "A case that aborted or timed out is errored. A case after one that aborted, which passed without an assertion, did not run, though the report says `passed`: it is skipped.",
                "A case that passed though assertions of it failed (`expected_failures`) is a failure that is put up with: it is skipped.",
                "What a log tells of `expected_failures` is not known: there a case with an error failed.",
                "A suite that the log skips whole counts as one skipped case, for it does not say of how many.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| match root.name.as_str() {
            "TestResult" => root.has_child("TestSuite"),
            "TestLog" => {
                let own = ["TestSuite", "BuildInfo", "Error", "FatalError", "Exception", "Message"];
                own.iter().any(|child| root.has_child(child))
            }
            _ => false,
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let reading = Reading::by(self.id(), "Boost.Test");
        match input.sniff.xml().is_some_and(|root| root.name == "TestLog") {
            true => log::read(input, reading),
            false => report::read(input, reading),
        }
    }
}

/// The suites that are open, and how many hold cases themselves.
#[derive(Default)]
struct Suites {
    open: Vec<(String, bool)>,
}

impl Suites {
    fn enter(&mut self, name: Option<String>) {
        self.open.push((name.unwrap_or_default(), false));
    }

    fn leave(&mut self) {
        self.open.pop();
    }

    /// Notes a case of the innermost suite.
    fn hold(&mut self, tests: &mut Tests) {
        if let Some((_, held @ false)) = self.open.last_mut() {
            *held = true;
            tests.suites = Some(tests.suites.unwrap_or(0) + 1);
        }
    }

    /// As Boost.Test names it: those within the module, parted by `/`.
    fn name(&self) -> Option<String> {
        let names: Vec<&str> = self.open.iter().map(|(name, _)| name.as_str()).collect();
        let own = names.get(1..).filter(|own| !own.is_empty()).unwrap_or(&names);
        Some(own.join("/")).filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn seen(text: &str) -> [u64; 4] {
        let tests = reading("boost-test", text).facts.tests.unwrap();
        [tests.passed, tests.failed, tests.errored, tests.skipped]
    }

    fn report(result: &str, counts: &str, cases: &str) -> String {
        format!(
            r#"<TestResult><TestSuite name="m" result="{result}" {counts}>{cases}</TestSuite></TestResult>"#
        )
    }

    fn case(result: &str, assertions: u64) -> String {
        format!(
            r#"<TestCase name="a" result="{result}" assertions_passed="{assertions}" assertions_failed="0"/>"#
        )
    }

    fn put_up_with(result: &str, failed: u64, expected: u64) -> String {
        format!(
            r#"<TestCase name="a" result="{result}" assertions_passed="1" assertions_failed="{failed}"
            expected_failures="{expected}"/>"#
        )
    }

    #[test]
    fn a_case_of_the_report_ends_as_it_says_unless_it_did_not_run() {
        let aborted = case("aborted", 1);
        for (cases, expected) in [
            (case("passed", 1), [1, 0, 0, 0]),
            (case("passed", 0), [1, 0, 0, 0]),
            (case("failed", 1), [0, 1, 0, 0]),
            (put_up_with("passed", 1, 1), [0, 0, 0, 1]),
            (put_up_with("passed", 0, 1), [1, 0, 0, 0]),
            (put_up_with("failed", 2, 1), [0, 1, 0, 0]),
            (case("timed-out", 1), [0, 0, 1, 0]),
            (case("skipped", 0), [0, 0, 0, 1]),
            (case("strange", 0), [0, 0, 1, 0]),
            (case("passed", 0) + &aborted + &case("passed", 0), [1, 0, 1, 1]),
            (aborted + &case("passed", 1), [1, 0, 1, 0]),
        ] {
            assert_eq!(seen(&report("failed", "", &cases)), expected, "{cases}");
        }
        let counted = report("passed", r#"test_cases_skipped="3""#, &case("passed", 1));
        assert_eq!(seen(&counted), [1, 0, 0, 3]);
    }

    #[test]
    fn what_no_case_tells_proves_nothing() {
        let log = |inside: &str| format!("<TestLog>{inside}</TestLog>");
        let failed = r#"test_cases_failed="2""#;
        proves(
            "boost-test",
            &[
                (&report("passed", "", &case("passed", 1)), ""),
                (&report("passed", r#"test_cases_passed="9""#, ""), "holds 0 tests"),
                (&report("failed", failed, &case("failed", 1)), "declares 2 failures"),
                (&report("failed", "", &case("passed", 1)), "no case of it failed"),
                (&report("passed", "", &case("skipped", 0)), "The only test was skipped"),
                (&log(r#"<Error file="a" line="1">x</Error>"#), "holds 1 error outside"),
                (
                    &log(
                        r#"<TestSuite name="m"><Exception>x</Exception><TestCase name="a"/></TestSuite>"#,
                    ),
                    "holds 1 error outside",
                ),
                (&log(r#"<TestSuite name="m"/>"#), "holds 0 tests"),
            ],
        );
    }

    #[test]
    fn a_case_of_the_log_passed_where_nothing_says_otherwise() {
        for (inside, expected) in [
            ("<Info>x</Info><Warning>x</Warning><Message>x</Message>", [1, 0, 0, 0]),
            ("<Error>x</Error>", [0, 1, 0, 0]),
            ("<FatalError>x</FatalError>", [0, 1, 0, 0]),
            ("<Error>x</Error><Exception>x</Exception>", [0, 0, 1, 0]),
        ] {
            let text = format!(
                r#"<TestLog><TestSuite name="m"><TestCase name="a">{inside}<TestingTime>9</TestingTime></TestCase>
                </TestSuite></TestLog>"#
            );
            assert_eq!(seen(&text), expected, "{inside}");
        }
        let skipped = r#"<TestLog><TestSuite name="m"><TestSuite name="s" skipped="yes"/><TestCase name="a"
            skipped="yes" reason="disabled"/><TestCase name="b"><TestingTime>9</TestingTime></TestCase>
            </TestSuite></TestLog>"#;
        assert_eq!(seen(skipped), [1, 0, 0, 2]);
    }
}
