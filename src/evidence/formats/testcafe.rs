//! TestCafe's `json` reporter.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Testcafe;

impl Format for Testcafe {
    fn id(&self) -> &'static str {
        "testcafe"
    }

    fn about(&self) -> About {
        About {
            tool: "TestCafe",
            recognised: "`fixtures` beside `userAgents`, `passed` and `total`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`endTime`"),
            source: "https://testcafe.io/documentation/402830/guides/basic-guides/reporters",
            clean: "Tests are listed, and none has an entry in `errs`.",
            vacuous: "0 tests, or only skipped ones; no `endTime`: the run was cut off; more tests in `total` than are listed.",
            blank: Blanks::NONE,
            notes: &[
                "A test that is `unstable` passed on another attempt: it is flaky.",
                "A test of several browsers is one test: it failed where one of them did.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has_list("fixtures") && shape.has(&["userAgents", "passed", "total"])
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "TestCafe");
        let mut tests = input.tests();
        tests.suites = Some(report.fixtures.len() as u64);
        tests.flaky = Some(0);
        for fixture in &report.fixtures {
            fixture.tests.iter().for_each(|test| test.add_to(&mut tests, fixture));
        }
        reading.produced_at = text::said(&report.end_time).map(|at| ProducedAt::parse(&at));
        if reading.produced_at.is_none() {
            let why = "TestCafe tells no `endTime`: the run was cut off.";
            reading.doubt(Rule::ToolFailed, why);
        }
        let declared = report.total.saturating_sub(report.passed);
        ran::failures_lost(&mut reading, Some(declared), tests.failed);
        let of_header = report.total.saturating_add(tests.skipped);
        ran::compare(&mut reading, Some(of_header), "test", tests.total());
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    #[serde(borrow)]
    end_time: Option<Str<'a>>,
    passed: u64,
    /// Without those that are skipped.
    total: u64,
    fixtures: Vec<Fixture<'a>>,
}

#[derive(Deserialize)]
struct Fixture<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    path: Option<Str<'a>>,
    tests: Vec<Test<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    errs: Vec<Str<'a>>,
    #[serde(default)]
    duration_ms: Num,
    unstable: Option<bool>,
    skipped: Option<bool>,
}

impl Test<'_> {
    fn add_to(&self, tests: &mut Tests, fixture: &Fixture<'_>) {
        let outcome = match (self.errs.is_empty(), self.skipped) {
            (false, _) => Outcome::Failed,
            (true, Some(true)) => Outcome::Skipped,
            (true, _) => Outcome::Passed,
        };
        if outcome == Outcome::Passed && self.unstable == Some(true) {
            tests.add_flaky(1);
        }
        tests.add(outcome, || Case {
            name: text::said(&self.name).unwrap_or_default(),
            suite: text::said(&fixture.name),
            file: text::said(&fixture.path),
            outcome,
            duration_s: self.duration_ms.get().map(|millis| millis / 1000.0),
            message: self.errs.first().and_then(|error| text::excerpt(error)),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(total: u64, passed: u64, end: &str, tests: &[&str]) -> String {
        format!(
            r#"{{"startTime": "2026-11-20T08:00:00.000Z", "endTime": {end}, "userAgents": ["Chrome 140"],
            "passed": {passed}, "total": {total}, "skipped": 0, "fixtures": [{{"name": "Cart", "path": "/shop/cart.js",
            "tests": [{}]}}], "warnings": []}}"#,
            tests.join(",")
        )
    }

    const END: &str = r#""2026-11-20T08:00:10.000Z""#;
    const HELD: &str = r#"{"name": "a", "errs": [], "durationMs": 74000, "unstable": false}"#;
    const FLAKY: &str = r#"{"name": "b", "errs": [], "durationMs": 5, "unstable": true}"#;
    const FAILED: &str =
        r#"{"name": "c", "errs": ["1) no\nat x"], "durationMs": 5, "unstable": true}"#;

    #[test]
    fn a_test_fails_by_its_errors() {
        let text = report(3, 2, END, &[HELD, FLAKY, FAILED, r#"{"errs": [], "skipped": true}"#]);
        let tests = reading("testcafe", &text).facts.tests.unwrap();
        assert_eq!([tests.passed, tests.failed, tests.skipped], [2, 1, 1]);
        assert_eq!(tests.flaky, Some(1));
        proves(
            "testcafe",
            &[
                (&report(1, 1, END, &[HELD]), ""),
                (&report(1, 1, "null", &[HELD]), "no `endTime`"),
                (&report(2, 1, END, &[HELD]), "declares 1 failure; the report holds 0"),
                (&report(0, 0, END, &[]), "0 tests"),
            ],
        );
    }
}
