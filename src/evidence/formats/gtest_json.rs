//! GoogleTest's `--gtest_output=json`.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading};

pub(super) struct GtestJson;

impl Format for GtestJson {
    fn id(&self) -> &'static str {
        "gtest-json"
    }

    fn about(&self) -> About {
        About {
            tool: "GoogleTest",
            recognised: "`testsuites` of `testsuite`, beside `failures` and `disabled`, or beside `name: AllTests`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`timestamp`"),
            source: "https://google.github.io/googletest/advanced.html#generating-a-json-report",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all disabled or skipped; a suite whose set-up failed; more failures in the header than tests that failed.",
            blank: Blanks::NONE,
            notes: &[
                "NOTRUN, SUPPRESSED and SKIPPED are skipped. A failed test has `failures`, whatever its `result`.",
                "GoogleTest skips the tests of a suite whose `SetUpTestSuite` failed, and tells of no failure: a test of `RUN` and `SKIPPED` without a time (1970-01-01) never began, and its suite failed to load. A test that should skip for itself does so in its body or in `SetUp`, for what skips in `SetUpTestSuite` can look the same.",
                "A list of tests (`--gtest_list_tests`) says of none how it ended: they are skipped.",
                "`time` is a text of seconds; the time of the run is local or UTC, as the version has it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            let ran = shape.has(&["failures", "disabled"]);
            // A list of tests, of which none ran.
            shape.has_list("testsuites") && (ran || shape.text("name") == Some("AllTests"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "GoogleTest");
        reading.produced_at = report.timestamp.as_deref().map(ProducedAt::parse);
        let mut tests = input.tests();
        let (mut not_begun, mut first) = (0, None);
        for suite in &report.testsuites {
            suite.testsuite.iter().for_each(|test| test.add(&mut tests, &suite.name));
            let held = suite.testsuite.iter().filter(|test| test.never_began()).count() as u64;
            not_begun += held;
            first = first.or(suite.name.as_deref().filter(|_| held > 0));
        }
        ran::never_begun(&mut reading, not_begun, first);
        tests.suites = Some(report.testsuites.len() as u64);
        tests.duration_s = report.time.as_deref().and_then(seconds);
        ran::compare(&mut reading, report.tests, "test", tests.total());
        ran::failures_lost(
            &mut reading,
            ran::declared([report.failures, report.errors]),
            tests.failed + tests.errored,
        );
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

/// `0.012s`.
fn seconds(text: &str) -> Option<f64> {
    ran::seconds(text.trim_end_matches('s'))
}

#[derive(Deserialize)]
struct Report<'a> {
    tests: Option<u64>,
    failures: Option<u64>,
    errors: Option<u64>,
    #[serde(borrow)]
    timestamp: Option<Str<'a>>,
    time: Option<Str<'a>>,
    testsuites: Vec<Suite<'a>>,
}

#[derive(Deserialize)]
struct Suite<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    testsuite: Vec<Test<'a>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    file: Option<Str<'a>>,
    status: Option<Str<'a>>,
    result: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    time: Option<Str<'a>>,
    failures: Option<Vec<Failure<'a>>>,
}

#[derive(Deserialize)]
struct Failure<'a> {
    #[serde(borrow)]
    failure: Option<Str<'a>>,
}

impl Test<'_> {
    fn never_began(&self) -> bool {
        ran::never_began(self.status.as_deref(), self.result.as_deref(), self.timestamp.as_deref())
    }

    fn add(&self, tests: &mut Tests, suite: &Option<Str<'_>>) {
        let failure = self.failures.iter().flatten().next();
        let outcome = match (failure, self.status.as_deref(), self.result.as_deref()) {
            (Some(_), _, _) => Outcome::Failed,
            (None, Some("NOTRUN"), _) | (None, _, Some("SKIPPED" | "SUPPRESSED")) => {
                Outcome::Skipped
            }
            (None, Some("RUN"), Some("COMPLETED") | None) => Outcome::Passed,
            (None, None, None) => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        tests.add(outcome, || Case {
            name: text::said(&self.name).unwrap_or_default(),
            suite: text::said(suite),
            file: text::said(&self.file),
            outcome,
            duration_s: self.time.as_deref().and_then(seconds),
            message: failure.and_then(|failure| text::excerpt(failure.failure.as_deref()?)),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_list_of_tests_ran_none() {
        let text = r#"{"tests": 1, "name": "AllTests", "testsuites": [{"name": "B", "tests": 1,
            "testsuite": [{"name": "I", "file": "a.cc", "line": 4}]}]}"#;
        proves("gtest-json", &[(text, "The only test was skipped")]);
        assert_eq!(reading("gtest-json", text).facts.tests.unwrap().skipped, 1);
    }
}
