//! pytest-json-report.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::ran;
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct PytestJsonReport;

impl Format for PytestJsonReport {
    fn id(&self) -> &'static str {
        "pytest-json-report"
    }

    fn about(&self) -> About {
        About {
            tool: "pytest (pytest-json-report)",
            recognised: "`exitcode` beside `summary` and `created` or `root`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`created`"),
            source: "https://github.com/numirias/pytest-json-report#format",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; a collector that failed; an exit code that no failed test explains.",
            blank: Blanks::NONE,
            notes: &[
                "xfailed is skipped, xpassed is passed, an error in set-up or tear-down is errored.",
                "A test that passed with a set-up and without a `call` did not run (`--setup-only`, `--setup-plan`), and is skipped.",
                "Of a test with subtests the outcome is that of the last of them: how it ended is told by its phases. A subtest that failed before is told by the exit code alone, and a report of exit code 1 without a failure proves nothing.",
                "A collector that failed means tests that never ran; exit codes 2, 3 and 4 that pytest itself failed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["exitcode", "summary"]) && (shape.has(&["created"]) || shape.has(&["root"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { tests: input.tests(), ..Report::default() };
        input.members(&mut report)?;
        let mut reading = Reading::by(self.id(), "pytest");
        reading.produced_at = report.created.as_deref().map(when::epoch);
        report.tests.duration_s = report.duration;
        report.settle_reruns();
        let summary = report.summary.unwrap_or_default();
        ran::compare(&mut reading, summary.total, "test", report.tests.total());
        let held = report.tests.failed + report.tests.errored;
        let declared = ran::declared([summary.failed, summary.error, summary.subtests]);
        ran::failures_lost(&mut reading, declared, held);
        ran::suites_not_loaded(
            &mut reading,
            report.uncollected.len() as u64,
            report.uncollected.first().map(String::as_str),
        );
        let (asked, ran) = (summary.asked(), report.tests.total());
        if let Some(asked) = asked.filter(|asked| *asked > ran && ran > 0) {
            let why = format!("pytest collected {}, and ran {ran}.", counted(asked, "test"));
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        if let Some(left @ 1..) = summary.deselected {
            let tests = counted(left, "test");
            let why = format!("pytest was told to leave out {tests}: they are in no count.");
            reading.short = Some(why.clone());
            reading.warn(why);
        }
        // 1: tests failed. 5: none was collected, which the count tells.
        match report.exit_code {
            None | Some(0 | 5) => {}
            Some(1) if held > 0 || !report.uncollected.is_empty() => {}
            Some(code) => {
                reading.doubt(Rule::ToolFailed, format!("pytest ended with exit code {code}."));
            }
        }
        ran::settle(&mut reading, report.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report<'a> {
    tests: Tests,
    created: Option<Str<'a>>,
    duration: Option<f64>,
    exit_code: Option<u64>,
    summary: Option<Summary>,
    uncollected: Vec<String>,
    /// Tests that were run again, of which no other outcome is told.
    reruns: Vec<String>,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "tests" => {
                json::each(map, |test: Test<'de>| self.add(&test))?;
            }
            "collectors" => {
                json::each(map, |of: Collector<'de>| {
                    if of.outcome.as_deref() == Some("failed") {
                        self.uncollected.push(text::said(&of.nodeid).unwrap_or_default());
                    }
                })?;
            }
            "created" => self.created = map.next_value()?,
            "duration" => self.duration = map.next_value::<Num>()?.get(),
            "exitcode" => self.exit_code = map.next_value()?,
            "summary" => self.summary = map.next_value()?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Default, Deserialize)]
struct Summary {
    total: Option<u64>,
    failed: Option<u64>,
    error: Option<u64>,
    #[serde(rename = "subtests failed")]
    subtests: Option<u64>,
    collected: Option<u64>,
    deselected: Option<u64>,
}

impl Summary {
    /// How many tests were to run.
    fn asked(&self) -> Option<u64> {
        Some(self.collected?.saturating_sub(self.deselected.unwrap_or(0)))
    }
}

#[derive(Deserialize)]
struct Collector<'a> {
    #[serde(borrow)]
    nodeid: Option<Str<'a>>,
    outcome: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    nodeid: Option<Str<'a>>,
    outcome: Option<Str<'a>>,
    setup: Option<Phase<'a>>,
    call: Option<Phase<'a>>,
    teardown: Option<Phase<'a>>,
}

#[derive(Deserialize)]
struct Phase<'a> {
    #[serde(default)]
    duration: Num,
    #[serde(borrow)]
    outcome: Option<Str<'a>>,
    longrepr: Option<Str<'a>>,
}

impl Test<'_> {
    /// How the last run of one that was run again ended, where its phases say.
    fn last_run(&self) -> Option<Outcome> {
        let said = |phase: &Option<Phase<'_>>| {
            phase.as_ref().and_then(|phase| phase.outcome.as_deref().map(str::to_owned))
        };
        let called = said(&self.call)?;
        let around = [said(&self.setup), said(&self.teardown)];
        let spoilt = around.iter().flatten().any(|outcome| outcome != "passed");
        match called.as_str() {
            "passed" if spoilt => Some(Outcome::Errored),
            "passed" => Some(Outcome::Passed),
            "failed" => Some(Outcome::Failed),
            "skipped" => Some(Outcome::Skipped),
            _ => None,
        }
    }

    fn was_only_set_up(&self) -> bool {
        self.setup.is_some() && self.call.is_none()
    }
}

impl Report<'_> {
    /// A test that was run again passed in the end where pytest ended well.
    fn settle_reruns(&mut self) {
        let ended_well = self.exit_code == Some(0);
        let outcome = if ended_well { Outcome::Passed } else { Outcome::Errored };
        let reruns = std::mem::take(&mut self.reruns);
        for id in &reruns {
            let (file, name) = parted(id);
            self.tests.add(outcome, || Case {
                name: name.to_owned(),
                suite: None,
                file: (!file.is_empty()).then(|| file.to_owned()),
                outcome,
                duration_s: None,
                message: None,
            });
        }
        if !reruns.is_empty() && ended_well {
            self.tests.add_flaky(reruns.len() as u64);
        }
    }

    fn add(&mut self, test: &Test<'_>) {
        let outcome = match test.outcome.as_deref() {
            Some("passed") if test.was_only_set_up() => Outcome::Skipped,
            Some("passed" | "xpassed") => Outcome::Passed,
            Some("failed" | "subtests failed") => Outcome::Failed,
            // The last subtest's: how the test itself ended is told by its phases.
            Some("subtests passed") => test.last_run().unwrap_or(Outcome::Passed),
            Some("subtests skipped") => test.last_run().unwrap_or(Outcome::Skipped),
            Some("skipped" | "xfailed") => Outcome::Skipped,
            // It ended as its last run did, which its phases tell of, or else the exit code alone.
            Some("rerun") => match test.last_run() {
                Some(outcome) => {
                    self.tests.add_flaky(u64::from(outcome == Outcome::Passed));
                    outcome
                }
                None => {
                    self.reruns.push(text::said(&test.nodeid).unwrap_or_default());
                    return;
                }
            },
            _ => Outcome::Errored,
        };
        self.tests.add(outcome, || {
            let id = test.nodeid.as_deref().unwrap_or_default();
            let (file, name) = parted(id);
            let phases = || [&test.setup, &test.call, &test.teardown].into_iter().flatten();
            Case {
                name: name.to_owned(),
                suite: None,
                file: (!file.is_empty()).then(|| file.to_owned()),
                outcome,
                duration_s: Some(phases().filter_map(|phase| phase.duration.get()).sum()),
                message: phases()
                    .find_map(|phase| phase.longrepr.as_deref())
                    .and_then(text::excerpt),
            }
        });
    }
}

/// `tests/a.py::test_b` as its file and its name.
fn parted(id: &str) -> (&str, &str) {
    id.split_once("::").unwrap_or(("", id))
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(code: u64, collected: u64, outcomes: &[&str]) -> String {
        let tests: Vec<String> = outcomes
            .iter()
            .map(|outcome| format!(r#"{{"nodeid": "a.py::t", "outcome": "{outcome}"}}"#))
            .collect();
        let total = outcomes.len();
        format!(
            r#"{{"created": 1768042800.0, "root": "/r", "exitcode": {code}, "summary":
            {{"total": {total}, "collected": {collected}}}, "tests": [{}]}}"#,
            tests.join(",")
        )
    }

    #[test]
    fn a_test_that_was_run_again_ended_as_the_run_did() {
        let counts = |code: u64| {
            let text = report(code, 2, &["passed", "rerun"]);
            let tests = reading("pytest-json-report", &text).facts.tests.unwrap();
            (tests.passed, tests.errored, tests.flaky)
        };
        assert_eq!(counts(0), (2, 0, Some(1)));
        assert_eq!(counts(1), (1, 1, None));
    }

    #[test]
    fn a_test_that_was_run_again_ended_as_its_last_phases_did() {
        let again = |call: &str, teardown: &str| {
            let text = report(1, 1, &["rerun"]);
            let phases = format!(
                r#""outcome": "rerun", "call": {{"outcome": "{call}"}}, "teardown": {{"outcome": "{teardown}"}}"#
            );
            let text = text.replace(r#""outcome": "rerun""#, &phases);
            let tests = reading("pytest-json-report", &text).facts.tests.unwrap();
            (tests.passed, tests.failed, tests.errored, tests.flaky)
        };
        assert_eq!(again("passed", "passed"), (1, 0, 0, Some(1)));
        assert_eq!(again("failed", "passed"), (0, 1, 0, Some(0)));
        assert_eq!(again("passed", "failed"), (0, 0, 1, Some(0)));
    }

    #[test]
    fn a_test_that_was_only_set_up_did_not_run() {
        let passed = r#""outcome": "passed""#;
        let set_up = format!(r#"{passed}, "setup": {{"duration": 0.1, {passed}}}"#);
        let called = format!(r#"{set_up}, "call": {{"duration": 0.1, {passed}}}"#);
        let text = report(0, 1, &["passed"]);
        proves(
            "pytest-json-report",
            &[
                (&text.replace(passed, &set_up), "The only test was skipped"),
                (&text.replace(passed, &called), ""),
            ],
        );
    }

    #[test]
    fn tests_that_were_collected_and_not_run_are_lost() {
        proves(
            "pytest-json-report",
            &[
                (&report(0, 2, &["passed", "passed"]), ""),
                (&report(0, 3, &["passed", "passed"]), "collected 3 tests, and ran 2"),
            ],
        );
    }

    #[test]
    fn a_test_with_subtests_ended_as_its_own_call_did() {
        let with = |outcome: &str, call: &str, code: u64| {
            let phases = format!(
                r#""outcome": "subtests {outcome}", "setup": {{"outcome": "passed"}}, "call":
                {{"outcome": "{call}"}}, "teardown": {{"outcome": "passed"}}"#
            );
            report(code, 1, &["x"]).replace(r#""outcome": "x""#, &phases)
        };
        for (outcome, call, code, counts) in [
            ("passed", "passed", 0, (1, 0, 0)),
            ("passed", "failed", 1, (0, 1, 0)),
            ("skipped", "passed", 0, (1, 0, 0)),
            ("skipped", "skipped", 0, (0, 0, 1)),
            ("failed", "passed", 1, (0, 1, 0)),
        ] {
            let read = reading("pytest-json-report", &with(outcome, call, code));
            let tests = read.facts.tests.unwrap();
            assert_eq!((tests.passed, tests.failed, tests.skipped), counts, "{outcome} {call}");
        }
        let lost = with("passed", "passed", 1);
        proves("pytest-json-report", &[(&lost, "pytest ended with exit code 1")]);
    }
}
