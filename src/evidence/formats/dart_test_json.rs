//! `dart test --reporter json` and `flutter test --machine`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct DartTestJson;

impl Format for DartTestJson {
    fn id(&self) -> &'static str {
        "dart-test-json"
    }

    fn about(&self) -> About {
        About {
            tool: "dart test, flutter test (`--machine`)",
            recognised: "lines of `type` and `time`, the first with `protocolVersion` and `runnerVersion`",
            carries: &["tests"],
            tells: Tells::NOTHING.version("`runnerVersion`"),
            source: "https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md",
            clean: "`done` says `success: true`, at least 1 test passed and none failed.",
            vacuous: "No `done`: cut off; 0 tests; all skipped; `success: false` without a failed test.",
            blank: Blanks::NONE,
            notes: &[
                "Hidden tests (loading, set-up) are no cases; one that failed is a suite that failed to load.",
                "`failure` is failed, `error` is errored. A test that started and did not end is errored.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let known = |shape: &Shape<'_>| {
            shape.has(&["type", "protocolVersion"]) || shape.has(&["testID", "hidden", "skipped"])
        };
        Fit::sure(sniff.documents().iter().any(known))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let between = input.documents(|event: Event<'_>| run.take(event))?;
        let mut reading = Reading::by(self.id(), "dart test");
        between.settle(&mut reading);
        reading.tool_version = run.version.take();
        let open = run.open.len() as u64;
        for (_, name) in std::mem::take(&mut run.open) {
            run.add(Outcome::Errored, name, None, None);
        }
        ran::suites_not_loaded(&mut reading, run.not_loaded, None);
        let failing = run.tests.failed + run.tests.errored + run.not_loaded > 0;
        match run.done {
            None => reading.doubt(Rule::Unreadable, "The stream ends before `done`."),
            Some(false) if !failing => {
                reading.doubt(Rule::ToolFailed, "The run did not succeed, though no test failed.");
            }
            Some(_) if open > 0 => {
                reading.warn(format!("{} began and did not end.", counted(open, "test")));
            }
            Some(_) => {}
        }
        run.tests.suites = Some(run.suites);
        run.tests.duration_s = run.millis.map(|millis| millis / 1000.0);
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    #[serde(default)]
    time: Num,
    #[serde(rename = "runnerVersion")]
    version: Option<Str<'a>>,
    test: Option<Test<'a>>,
    #[serde(rename = "testID")]
    id: Option<u64>,
    result: Option<Str<'a>>,
    hidden: Option<bool>,
    skipped: Option<bool>,
    success: Option<bool>,
    error: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    id: u64,
    #[serde(borrow)]
    name: Option<Str<'a>>,
}

#[derive(Default)]
struct Run {
    tests: Tests,
    version: Option<String>,
    /// Names of the tests that began and did not end yet, and what went wrong in them.
    open: BTreeMap<u64, String>,
    said: BTreeMap<u64, String>,
    suites: u64,
    not_loaded: u64,
    done: Option<bool>,
    millis: Option<f64>,
}

impl Run {
    fn take(&mut self, event: Event<'_>) {
        match event.kind.as_deref().unwrap_or_default() {
            "start" => self.version = text::said(&event.version),
            "suite" => self.suites += 1,
            "testStart" => {
                if let Some(test) = event.test {
                    self.open.insert(test.id, text::said(&test.name).unwrap_or_default());
                }
            }
            "error" => {
                if let (Some(id), Some(said)) =
                    (event.id, event.error.as_deref().and_then(text::excerpt))
                {
                    self.said.entry(id).or_insert(said);
                }
            }
            "testDone" => self.end(&event),
            "done" => {
                self.done = Some(event.success == Some(true));
                self.millis = event.time.get();
            }
            _ => {}
        }
    }

    fn end(&mut self, event: &Event<'_>) {
        let id = event.id.unwrap_or(u64::MAX);
        let name = self.open.remove(&id).unwrap_or_default();
        let said = self.said.remove(&id);
        let passed = event.result.as_deref() == Some("success");
        match event.hidden {
            Some(true) => self.not_loaded += u64::from(!passed),
            _ => {
                let outcome = match event.result.as_deref() {
                    _ if event.skipped == Some(true) => Outcome::Skipped,
                    Some("success") => Outcome::Passed,
                    Some("failure") => Outcome::Failed,
                    _ => Outcome::Errored,
                };
                self.add(outcome, name, None, said);
            }
        }
    }

    fn add(
        &mut self,
        outcome: Outcome,
        name: String,
        seconds: Option<f64>,
        message: Option<String>,
    ) {
        self.tests.add(outcome, || Case {
            name,
            suite: None,
            file: None,
            outcome,
            duration_s: seconds,
            message,
        });
    }
}
