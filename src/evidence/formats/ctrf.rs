//! CTRF, the Common Test Report Format.

use serde::Deserialize;
use serde::de::MapAccess;

use crate::evidence::family::{mocha, ran};
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct Ctrf;

impl Format for Ctrf {
    fn id(&self) -> &'static str {
        "ctrf"
    }

    fn about(&self) -> About {
        About {
            tool: "CTRF (reporters for Playwright, Cypress, Jest, pytest, Go and others)",
            recognised: "`results` with `tool` and `summary`, or `reportFormat: CTRF`",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("`summary.stop`, or `start`")
                .version("`tool.version`")
                .commit("`environment.commit`"),
            source: "https://ctrf.io/docs/specification/overview",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; a test of status `other`, or of none that is known; of Mocha tests that all took 0 ms, as after `--dry-run`.",
            blank: Blanks::NONE,
            notes: &[
                "`pending` counts as skipped, and so does `other` where the tool's own word is `todo`; any other `other` is errored, so that the report can only refute, by its `data` too; a test marked flaky that passed is flaky; where none is marked either way, `tests.flaky` is absent.",
                "Of Mocha a dry run looks like a run of tests that take no time, so that neither proves anything: its reporter `json` tells the two apart.",
                "The duration is `stop` less `start`, else the sum of the tests.",
                "The tests are counted and compared with `summary`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let results = shape.get("results").is_some_and(|results| results.has(&["tool", "summary"]));
        Fit::sure(results || shape.text("reportFormat") == Some("CTRF"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { tests: input.tests(), ..Report::default() };
        input.members(&mut report)?;
        if !report.has_tests {
            return Err(Broken::new("The report holds no `tests`."));
        }
        let mut reading = Reading::of(self.id());
        let summary = report.summary.unwrap_or_default();
        if let Some(tool) = &report.tool {
            reading.tool = text::said(&tool.name);
            reading.tool_version = text::said(&tool.version);
        }
        reading.commit = report.environment.and_then(|of| text::said(&of.commit));
        let (start, stop) = (summary.start.get().unwrap_or(0.0), summary.stop.get().unwrap_or(0.0));
        reading.produced_at = when::millis(if stop > 0.0 { stop } else { start });
        let ran = (stop - start) / 1000.0;
        report.tests.duration_s =
            Some(if start > 0.0 && ran >= 0.0 { ran } else { report.seconds });
        ran::compare(&mut reading, summary.tests, "test", report.tests.total());
        // A `todo` is among the `other` of the summary, and stands for no failure.
        let to_do = report.to_do.min(summary.other.unwrap_or(0));
        let held = report.tests.failed + report.tests.errored + to_do;
        ran::failures_lost(&mut reading, ran::declared([summary.failed, summary.other]), held);
        if report.tests.errored > 0 {
            let tests = counted(report.tests.errored, "test");
            let why = format!("Of {tests} the status is neither passed, failed nor skipped.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        if reading.tool.as_deref() == Some("mocha") {
            mocha::dry(&mut reading, &report.tests, report.seconds > 0.0);
        }
        ran::settle(&mut reading, report.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report<'a> {
    tests: Tests,
    has_tests: bool,
    /// Tests of status `other` that are yet to be written.
    to_do: u64,
    seconds: f64,
    summary: Option<Summary>,
    tool: Option<Tool<'a>>,
    environment: Option<Environment<'a>>,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            // The root holds `results`, and that holds everything; no key of one is in the other.
            "results" => json::members(map, self)?,
            "tests" => self.has_tests = json::each(map, |test: Test<'de>| self.add(&test))?,
            "summary" => self.summary = map.next_value()?,
            "tool" => self.tool = map.next_value()?,
            "environment" => self.environment = map.next_value()?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Default, Deserialize)]
struct Summary {
    tests: Option<u64>,
    failed: Option<u64>,
    other: Option<u64>,
    #[serde(default)]
    start: Num,
    #[serde(default)]
    stop: Num,
}

#[derive(Deserialize)]
struct Tool<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Environment<'a> {
    #[serde(borrow)]
    commit: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    /// The tool's own word.
    #[serde(rename = "rawStatus")]
    raw: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    suite: Option<Suite<'a>>,
    #[serde(rename = "filePath")]
    file: Option<Str<'a>>,
    message: Option<Str<'a>>,
    flaky: Option<bool>,
}

/// A text, and since 0.1 a list of texts from the outside in.
#[derive(Deserialize)]
#[serde(untagged)]
enum Suite<'a> {
    Path(#[serde(borrow)] Vec<Str<'a>>),
    Name(#[serde(borrow)] Str<'a>),
}

impl Report<'_> {
    fn add(&mut self, test: &Test<'_>) {
        let outcome = match test.status.as_deref() {
            Some("passed") => Outcome::Passed,
            Some("failed") => Outcome::Failed,
            Some("skipped" | "pending") => Outcome::Skipped,
            Some("other") if test.raw.as_deref() == Some("todo") => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        let other = test.status.as_deref() == Some("other");
        self.to_do += u64::from(other && outcome == Outcome::Skipped);
        let seconds = test.duration.get().map(|millis| millis / 1000.0);
        self.seconds += seconds.unwrap_or(0.0);
        if let Some(flaky) = test.flaky {
            self.tests.add_flaky(u64::from(outcome == Outcome::Passed && flaky));
        }
        self.tests.add(outcome, || Case {
            name: text::said(&test.name).unwrap_or_default(),
            suite: test.suite.as_ref().map(|suite| match suite {
                Suite::Name(name) => name.to_string(),
                Suite::Path(path) => {
                    path.iter().map(|part| &**part).collect::<Vec<_>>().join(" > ")
                }
            }),
            file: text::said(&test.file),
            outcome,
            duration_s: seconds,
            message: test.message.as_deref().and_then(text::excerpt),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_is_yet_to_be_written_has_not_failed() {
        let counts = |raw: &str| {
            let text = format!(
                r#"{{"results": {{"tool": {{"name": "jest"}}, "summary": {{"tests": 1, "passed": 0,
                "failed": 0, "pending": 0, "skipped": 0, "other": 1, "start": 1, "stop": 2}},
                "tests": [{{"name": "pay", "status": "other", "rawStatus": "{raw}", "duration": 0}}]}}}}"#
            );
            let read = reading("ctrf", &text);
            assert!(read.doubts.iter().all(|doubt| !doubt.why.contains("declares")), "{raw}");
            let other =
                read.doubts.iter().any(|doubt| doubt.why.starts_with("Of 1 test the status"));
            assert_eq!(other, raw != "todo", "{raw}");
            let tests = read.facts.tests.unwrap();
            (tests.skipped, tests.errored)
        };
        assert_eq!(counts("todo"), (1, 0));
        assert_eq!(counts("interrupted"), (0, 1));
    }
}
