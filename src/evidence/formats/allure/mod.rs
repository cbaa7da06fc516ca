//! Allure: a test's `*-result.json`, and the report's `widgets/summary.json`.

mod attempt;
mod beside;

use serde::Deserialize;

use self::beside::Beside;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading};

pub(super) struct Allure;

impl Format for Allure {
    fn id(&self) -> &'static str {
        "allure"
    }

    fn about(&self) -> About {
        About {
            tool: "Allure (allure-pytest, allure-junit5, allure-playwright and others)",
            recognised: "`uuid` and `status` beside `historyId`, `stage` or `labels`; of a report `statistic` with `broken`; beside the tests fixtures, errors, executor and categories",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`stop`, or `start`; of a summary those of `time`"),
            source: "https://allurereport.org/docs/how-it-works-test-result-file/",
            clean: "The test passed; a summary of which nothing failed or broke.",
            vacuous: "A test that was skipped; a summary of 0 tests, or all skipped.",
            blank: Blanks::NONE,
            notes: &[
                "A file is one test; the folder of results holds a file for each, and one for each attempt where a test was retried. There a test counts as its last attempt ended, as flaky where that passed after others failed.",
                "Attempts are of one test where they lie in one folder and agree in `historyId`, `fullName`, `name`, `parameters` and the process that ran them (`host` and the process in `thread`), each but the last failed, and each began when the one before had ended. Whatever else stands twice counts twice: Allure's own report takes the later of two runs or of two machines for a retry, and shows only that.",
                "A test that was skipped proves nothing alone, and takes nothing from one that passed in the same folder.",
                "`broken` is errored, and so is `unknown` and a test without a status.",
                "A fixture that broke (`*-container.json`) and an error outside of tests (`*-globals.json`) leave tests out that no result tells of: with one, what lies beside it can only refute. Both, `executor.json` and `categories.json` carry no test.",
                "The report's summary counts each test once, by its last retry; read it or the results, not both.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let of_allure =
            ["historyId", "stage", "labels"].iter().filter(|key| shape.has(&[key])).count();
        let result = shape.has(&["uuid", "status"]) && of_allure >= 2;
        Fit::sure(result || is_summary(shape) || Beside::of(shape).is_some())
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Allure");
        if let Some(beside) = input.sniff.json().and_then(Beside::of) {
            return beside.read(input, reading);
        }
        let mut tests = input.tests();
        if input.sniff.json().is_some_and(is_summary) {
            let Summary { statistic, time } = input.json()?;
            reading.produced_at = time.made();
            statistic.count(&mut tests);
            tests.duration_s = time.seconds();
        } else {
            let result: Of<'_> = input.json()?;
            let time = Time { start: result.start, stop: result.stop };
            reading.produced_at = time.made();
            tests.duration_s = time.seconds();
            result.add(&mut tests);
            reading.attempt = Some(result.attempt());
        }
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

fn is_summary(shape: &Shape<'_>) -> bool {
    shape.at(&["statistic", "broken"]).is_some() && shape.at(&["statistic", "total"]).is_some()
}

#[derive(Deserialize)]
struct Of<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    #[serde(rename = "fullName")]
    full_name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    #[serde(rename = "statusDetails")]
    details: Option<Details<'a>>,
    #[serde(default)]
    start: Num,
    #[serde(default)]
    stop: Num,
    #[serde(rename = "historyId")]
    history: Option<Str<'a>>,
    parameters: Option<Vec<Parameter<'a>>>,
    labels: Option<Vec<Label<'a>>>,
}

#[derive(Deserialize)]
struct Parameter<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    value: Option<Str<'a>>,
    excluded: Option<bool>,
}

#[derive(Deserialize)]
struct Label<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    value: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Details<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Summary {
    statistic: Statistic,
    #[serde(default)]
    time: Time,
}

/// Milliseconds since 1970.
#[derive(Default, Deserialize)]
struct Time {
    #[serde(default)]
    start: Num,
    #[serde(default)]
    stop: Num,
}

#[derive(Deserialize)]
struct Statistic {
    #[serde(default)]
    failed: u64,
    #[serde(default)]
    broken: u64,
    #[serde(default)]
    skipped: u64,
    #[serde(default)]
    passed: u64,
    #[serde(default)]
    unknown: u64,
}

impl Time {
    fn made(&self) -> Option<ProducedAt> {
        self.stop.get().or(self.start.get()).and_then(when::millis)
    }

    fn seconds(&self) -> Option<f64> {
        let (start, stop) = (self.start.get()?, self.stop.get()?);
        (stop >= start).then_some((stop - start) / 1000.0)
    }
}

impl Statistic {
    fn count(&self, tests: &mut Tests) {
        tests.passed = self.passed;
        tests.failed = self.failed;
        tests.skipped = self.skipped;
        tests.errored = self.broken.saturating_add(self.unknown);
    }
}

impl Of<'_> {
    fn outcome(&self) -> Outcome {
        match self.status.as_deref() {
            Some("passed") => Outcome::Passed,
            Some("failed") => Outcome::Failed,
            Some("skipped") => Outcome::Skipped,
            _ => Outcome::Errored,
        }
    }

    fn add(&self, tests: &mut Tests) {
        let outcome = self.outcome();
        let duration_s = tests.duration_s;
        tests.add(outcome, || Case {
            name: text::said(&self.name)
                .or_else(|| text::said(&self.full_name))
                .unwrap_or_default(),
            suite: text::said(&self.full_name),
            file: None,
            outcome,
            duration_s,
            message: self
                .details
                .as_ref()
                .and_then(|details| text::excerpt(details.message.as_deref()?)),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_broke_is_errored() {
        for (status, expected) in [
            ("passed", [1, 0, 0, 0]),
            ("failed", [0, 1, 0, 0]),
            ("broken", [0, 0, 1, 0]),
            ("unknown", [0, 0, 1, 0]),
            ("skipped", [0, 0, 0, 1]),
        ] {
            let text = format!(
                r#"{{"uuid": "a", "historyId": "b", "labels": [], "name": "pays", "status": "{status}", "stage": "finished"}}"#
            );
            let tests = reading("allure", &text).facts.tests.unwrap();
            assert_eq!(
                [tests.passed, tests.failed, tests.errored, tests.skipped],
                expected,
                "{status}"
            );
        }
    }
}
