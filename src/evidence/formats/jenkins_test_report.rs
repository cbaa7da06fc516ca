//! The test report of a Jenkins build, by its JSON API.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading};

pub(super) struct JenkinsTestReport;

impl Format for JenkinsTestReport {
    fn id(&self) -> &'static str {
        "jenkins-test-report"
    }

    fn about(&self) -> About {
        About {
            tool: "Jenkins (`/job/:name/:number/testReport/api/json`)",
            recognised: "`failCount` and `skipCount` beside `suites` or `childReports`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("the oldest `timestamp` of a suite"),
            source: "https://github.com/jenkinsci/junit-plugin/blob/master/src/main/java/hudson/tasks/junit/TestResult.java",
            clean: "At least 1 case passed and none failed.",
            vacuous: "0 cases, as `tree=` and `depth=` can leave it, whatever the counts say; all skipped; more failures counted than listed.",
            blank: Blanks::NONE,
            notes: &[
                "FIXED is passed, REGRESSION failed. Jenkins does not tell failures from errors: all are failed.",
                "Of a Maven job or a matrix the reports of its parts (`childReports`) are read together.",
                "Jenkins leaves out suites without a case: what never loaded may stand nowhere. Its JUnit files say more.",
                "Cases with `flakyFailures` passed on a retry; where no case has the member, `tests.flaky` is absent.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["failCount", "skipCount"])
                && (shape.has_list("suites") || shape.has_list("childReports"))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Jenkins");
        let mut run = Run { tests: input.tests(), ..Run::default() };
        run.tests.suites = Some(0);
        run.add(&report);
        reading.produced_at = run.oldest;
        run.tests.duration_s = report.duration.get();
        ran::compare(&mut reading, report.declared(), "test", run.tests.total());
        let failed = report.fail_count.max(run.declared);
        ran::failures_lost(&mut reading, Some(failed), run.tests.failed + run.tests.errored);
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    fail_count: u64,
    skip_count: u64,
    pass_count: Option<u64>,
    total_count: Option<u64>,
    #[serde(default)]
    duration: Num,
    #[serde(borrow)]
    suites: Option<Vec<Suite<'a>>>,
    child_reports: Option<Vec<Child<'a>>>,
}

#[derive(Deserialize)]
struct Child<'a> {
    #[serde(borrow)]
    result: Option<Report<'a>>,
}

#[derive(Deserialize)]
struct Suite<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    timestamp: Option<Str<'a>>,
    cases: Option<Vec<Entry<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    #[serde(borrow)]
    class_name: Option<Str<'a>>,
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    error_details: Option<Str<'a>>,
    error_stack_trace: Option<Str<'a>>,
    flaky_failures: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Default)]
struct Run {
    tests: Tests,
    oldest: Option<ProducedAt>,
    /// The failures that the parts count.
    declared: u64,
}

impl Report<'_> {
    /// How many tests it counts.
    fn declared(&self) -> Option<u64> {
        let sum =
            |passed: u64| passed.saturating_add(self.fail_count.saturating_add(self.skip_count));
        self.total_count.or(self.pass_count.map(sum))
    }
}

impl Run {
    fn add(&mut self, report: &Report<'_>) {
        for suite in report.suites.iter().flatten() {
            self.suite(suite);
        }
        for part in report.child_reports.iter().flatten().filter_map(|child| child.result.as_ref())
        {
            self.declared = self.declared.saturating_add(part.fail_count);
            self.add(part);
        }
    }

    fn suite(&mut self, suite: &Suite<'_>) {
        self.tests.suites = self.tests.suites.map(|suites| suites + 1);
        if let Some(made) = text::said(&suite.timestamp) {
            when::older(&mut self.oldest, ProducedAt::parse(&made));
        }
        for entry in suite.cases.iter().flatten() {
            let outcome = entry.outcome();
            if let Some(retries) = &entry.flaky_failures {
                let flaky = outcome == Outcome::Passed && !retries.is_empty();
                self.tests.add_flaky(u64::from(flaky));
            }
            let name = suite.name.as_deref();
            self.tests.add(outcome, || entry.case(outcome, name));
        }
    }
}

impl Entry<'_> {
    fn outcome(&self) -> Outcome {
        match self.status.as_deref() {
            Some("PASSED" | "FIXED") => Outcome::Passed,
            Some("FAILED" | "REGRESSION") => Outcome::Failed,
            Some("SKIPPED") => Outcome::Skipped,
            _ => Outcome::Errored,
        }
    }

    fn case(&self, outcome: Outcome, suite: Option<&str>) -> Case {
        let said = self.error_details.as_deref().or(self.error_stack_trace.as_deref());
        Case {
            name: self.name.as_deref().unwrap_or_default().to_owned(),
            suite: text::said(&self.class_name).or(suite.map(str::to_owned)),
            file: None,
            outcome,
            duration_s: self.duration.get(),
            message: said.filter(|_| outcome != Outcome::Passed).and_then(text::excerpt),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(failed: u64, cases: &str) -> String {
        format!(
            r#"{{"_class": "hudson.tasks.junit.TestResult", "failCount": {failed}, "passCount": 1, "skipCount": 0,
            "suites": [{{"name": "s", "timestamp": null, "cases": [{cases}]}}]}}"#
        )
    }

    fn case(status: &str) -> String {
        format!(r#"{{"className": "C", "name": "t", "status": "{status}", "duration": 0.5}}"#)
    }

    #[test]
    fn a_status_says_how_a_case_ended() {
        for (status, expected) in [
            ("PASSED", [1, 0, 0, 0]),
            ("FIXED", [1, 0, 0, 0]),
            ("FAILED", [0, 1, 0, 0]),
            ("REGRESSION", [0, 1, 0, 0]),
            ("SKIPPED", [0, 0, 0, 1]),
            ("STRANGE", [0, 0, 1, 0]),
        ] {
            let tests =
                reading("jenkins-test-report", &report(0, &case(status))).facts.tests.unwrap();
            let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
            assert_eq!((seen, tests.flaky), (expected, None), "{status}");
        }
        let flaky = case("PASSED").replace('}', r#", "flakyFailures": [{}]}"#);
        let tests = reading("jenkins-test-report", &report(0, &flaky)).facts.tests.unwrap();
        assert_eq!(tests.flaky, Some(1));
    }

    #[test]
    fn counts_without_their_cases_prove_nothing() {
        let part = |failed: u64| {
            let inner = report(failed, &case("PASSED"));
            format!(
                r#"{{"failCount": 0, "skipCount": 0, "totalCount": 1, "childReports": [{{"child": {{}},
                "result": {inner}}}]}}"#
            )
        };
        proves(
            "jenkins-test-report",
            &[
                (&report(0, &case("PASSED")), ""),
                (&report(0, ""), "holds 0 tests"),
                (&report(2, &case("FAILED")), "declares 2 failures; the report holds 1"),
                (&report(0, &case("SKIPPED")), "The only test was skipped"),
                (&part(0), ""),
                (&part(1), "declares 1 failure; the report holds 0"),
                (
                    r#"{"failCount": 0, "skipCount": 0, "totalCount": 9, "childReports": []}"#,
                    "holds 0 tests",
                ),
            ],
        );
    }
}
