//! The report that Jest made and Vitest writes too.

use serde::Deserialize;
use serde::de::MapAccess;

use super::ran;
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{Broken, Input, Shape, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

/// Whether the keys are those of this report.
pub(in crate::evidence) fn is_report(shape: &Shape<'_>) -> bool {
    shape.has(&["numTotalTests"]) && shape.has(&["numTotalTestSuites"])
}

/// Whether Jest wrote it: Vitest leaves out what only Jest knows.
pub(in crate::evidence) fn is_jest(shape: &Shape<'_>) -> bool {
    ["openHandles", "numRuntimeErrorTestSuites", "wasInterrupted"]
        .iter()
        .any(|key| shape.has(&[key]))
}

/// Reads the report.
pub(in crate::evidence) fn read(
    input: &Input<'_>,
    format: &'static str,
    tool: &str,
) -> Result<Reading, Broken> {
    let mut report = Report { tests: input.tests(), ..Report::default() };
    input.members(&mut report)?;
    if !report.has_results {
        return Err(Broken::new("The report holds no `testResults`."));
    }
    let mut reading = Reading::of(format);
    reading.tool = Some(tool.to_owned());
    reading.produced_at = report.start.and_then(when::millis);
    report.tests.suites = Some(report.files);
    report.tests.duration_s = report.start.zip(report.end).map(|(a, b)| (b - a).max(0.0) / 1000.0);
    let tests = report.tests;
    ran::compare(&mut reading, report.declared, "test", tests.total());
    let failing = tests.failed + tests.errored > 0;
    let [broken, lost] = [report.broken, report.not_loaded];
    let errors = report.runtime_errors.unwrap_or(0);
    let not_loaded = lost.count.max(errors.saturating_sub(broken.count));
    ran::suites_not_loaded(&mut reading, not_loaded, lost.first.as_deref());
    if let Some(first) = broken.first {
        let suites = counted(broken.count, "suite");
        let why = format!("{suites} failed outside of all tests, the first {first}.");
        reading.doubt(Rule::ToolFailed, why);
    }
    let not_loaded = not_loaded + broken.count;
    if not_loaded == 0 {
        ran::failures_lost(&mut reading, report.declared_failed, tests.failed + tests.errored);
    }
    if report.interrupted == Some(true) {
        reading.doubt(Rule::ToolFailed, format!("{tool} was interrupted."));
    }
    if report.success == Some(false) && !failing && not_loaded == 0 && tests.total() > 0 {
        let why = format!("{tool} reports `success: false`, though no test failed.");
        reading.doubt(Rule::ToolFailed, why);
    }
    if let Some(Snapshots { may_update: true, updated: updated @ 1.. }) = report.snapshots {
        let updated = counted(updated, "snapshot");
        let why = format!("{tool} wrote {updated} anew: what they would have failed is gone.");
        reading.doubt(Rule::OtherCode, why);
    }
    ran::failed_as_said(&mut reading, &tests, report.failed_as_said);
    ran::settle(&mut reading, tests);
    Ok(reading)
}

#[derive(Default)]
struct Report {
    tests: Tests,
    has_results: bool,
    files: u64,
    not_loaded: Suites,
    /// Those whose tests ran, and that failed in none of them.
    broken: Suites,
    start: Option<f64>,
    end: Option<f64>,
    declared: Option<u64>,
    declared_failed: Option<u64>,
    /// Suites that did not load, as the header counts them.
    runtime_errors: Option<u64>,
    interrupted: Option<bool>,
    success: Option<bool>,
    snapshots: Option<Snapshots>,
    /// Tests that failed, and were said to.
    failed_as_said: u64,
}

/// So many suites, and which is the first.
#[derive(Default)]
struct Suites {
    count: u64,
    first: Option<String>,
}

/// What became of the snapshots that tests are held against.
#[derive(Deserialize)]
struct Snapshots {
    #[serde(default, rename = "didUpdate")]
    may_update: bool,
    #[serde(default)]
    updated: u64,
}

impl<'de> Members<'de> for Report {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "testResults" => self.has_results = json::each(map, |file: File<'de>| self.add(&file))?,
            "startTime" => self.start = map.next_value::<Num>()?.get(),
            "numTotalTests" => self.declared = map.next_value()?,
            "numFailedTests" => self.declared_failed = map.next_value()?,
            "numRuntimeErrorTestSuites" => self.runtime_errors = map.next_value()?,
            "wasInterrupted" => self.interrupted = map.next_value()?,
            "success" => self.success = map.next_value()?,
            "snapshot" => self.snapshots = map.next_value()?,
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    message: Option<Str<'a>>,
    #[serde(default, rename = "endTime")]
    end: Num,
    #[serde(rename = "assertionResults")]
    assertions: Option<Vec<Assertion<'a>>>,
    /// What kept the file from running, in reports of Jest's own API.
    #[serde(rename = "testExecError")]
    exec_error: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Assertion<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    #[serde(rename = "ancestorTitles")]
    ancestors: Option<Vec<Str<'a>>>,
    #[serde(rename = "fullName")]
    full_name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    #[serde(rename = "failureMessages")]
    messages: Option<Vec<Option<Str<'a>>>>,
    /// Whether it is marked as one that fails, and passes where it does (`test.failing`).
    failing: Option<bool>,
}

impl Report {
    fn add(&mut self, file: &File<'_>) {
        self.files += 1;
        self.end = [self.end, file.end.get()].into_iter().flatten().reduce(f64::max);
        let assertions = file.assertions.as_deref().unwrap_or_default();
        let mut failed = false;
        for assertion in assertions {
            let outcome = assertion.outcome();
            failed |= matches!(outcome, Outcome::Failed | Outcome::Errored);
            // Jest counts it as passed; what it is called by does not hold.
            let as_said = outcome == Outcome::Passed && assertion.failing == Some(true);
            self.failed_as_said += u64::from(as_said);
            let shown = if as_said { Outcome::Skipped } else { outcome };
            self.tests.add(outcome, || assertion.case(shown, file));
        }
        // A file that says it failed while none of its tests did never loaded, or broke in a hook.
        if file.exec_error.is_some() || file.status.as_deref() == Some("failed") && !failed {
            let suites =
                if assertions.is_empty() { &mut self.not_loaded } else { &mut self.broken };
            suites.count += 1;
            let name = file.name.as_deref().map(short);
            suites.first.get_or_insert_with(|| {
                match file.message.as_deref().and_then(text::title) {
                    Some(said) => format!("{} ({said})", name.unwrap_or("unnamed")),
                    None => name.unwrap_or("unnamed").to_owned(),
                }
            });
        }
    }
}

/// The last parts of a path, which on a CI machine begins with where it was checked out.
fn short(path: &str) -> &str {
    let cut = path.rmatch_indices('/').nth(2).map_or(0, |(at, _)| at + 1);
    &path[cut..]
}

impl Assertion<'_> {
    fn outcome(&self) -> Outcome {
        match self.status.as_deref().unwrap_or_default() {
            "passed" => Outcome::Passed,
            "failed" => Outcome::Failed,
            "pending" | "skipped" | "todo" | "disabled" | "focused" => Outcome::Skipped,
            _ => Outcome::Errored,
        }
    }

    fn case(&self, outcome: Outcome, file: &File<'_>) -> Case {
        let titles: Vec<&str> = self.ancestors.iter().flatten().map(|title| &**title).collect();
        let message = self.messages.iter().flatten().flatten().next();
        Case {
            name: text::said(&self.title)
                .or_else(|| text::said(&self.full_name))
                .unwrap_or_default(),
            suite: (!titles.is_empty()).then(|| titles.join(" ")),
            file: text::said(&file.name),
            outcome,
            duration_s: self.duration.get().map(|millis| millis / 1000.0),
            message: message.and_then(|message| text::excerpt(message)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Outcome;

    #[test]
    fn a_run_that_broke_off_is_no_pass() {
        let report = |header: &str, file: &str| {
            format!(
                r#"{{"numTotalTests": 1, "numTotalTestSuites": 1, "openHandles": [],
                "success": true{header}, "testResults": [{{"name": "a.test.ts",
                "status": "passed"{file}, "assertionResults": [{{"status": "passed"}}]}}]}}"#
            )
        };
        let hook = r#", "numRuntimeErrorTestSuites": 1"#;
        let broken =
            report(hook, "").replace(r#""status": "passed", "a"#, r#""status": "failed", "a"#);
        proves(
            "jest-json",
            &[
                (&report(r#", "wasInterrupted": false, "numRuntimeErrorTestSuites": 0"#, ""), ""),
                (&report("", r#", "testExecError": null"#), ""),
                (&report(r#", "wasInterrupted": true"#, ""), "Jest was interrupted."),
                (&report(r#", "snapshot": {"didUpdate": true, "updated": 0}"#, ""), ""),
                (&report(r#", "snapshot": {"didUpdate": false, "updated": 0}"#, ""), ""),
                (
                    &report(r#", "snapshot": {"didUpdate": true, "updated": 3}"#, ""),
                    "wrote 3 snapshots anew",
                ),
                (&report(r#", "numRuntimeErrorTestSuites": 1"#, ""), "1 suite failed to load"),
                (
                    &report("", r#", "testExecError": {"message": "x"}"#),
                    "1 suite failed outside of all tests, the first a.test.ts.",
                ),
                (&broken.replace(r#"[{"status": "passed"}]"#, "[]"), "1 suite failed to load"),
                (&broken, "1 suite failed outside of all tests"),
                (&report(r#", "numFailedTests": 2"#, ""), "declares 2 failures"),
            ],
        );
    }

    #[test]
    fn a_test_that_fails_as_its_author_says_is_counted_as_jest_does_and_holds_nothing() {
        let report = |failing: [bool; 2]| {
            let test = |failing: &bool| {
                format!(r#"{{"title": "refunds", "status": "passed", "failing": {failing}}}"#)
            };
            let [one, other] = [test(&failing[0]), test(&failing[1])];
            format!(
                r#"{{"numTotalTests": 2, "numTotalTestSuites": 1, "openHandles": [], "success": true, "testResults": [
                {{"name": "a.test.ts", "status": "passed", "assertionResults": [{one}, {other}]}}]}}"#
            )
        };
        proves(
            "jest-json",
            &[
                (&report([false, false]), ""),
                (&report([true, false]), ""),
                (&report([true, true]), "2 tests failed as they were said to, and none held"),
            ],
        );
        let tests = reading("jest-json", &report([true, false])).facts.tests.unwrap();
        let outcomes: Vec<Outcome> = tests.cases.entries().iter().map(|of| of.outcome).collect();
        assert_eq!((tests.passed, outcomes), (2, vec![Outcome::Skipped, Outcome::Passed]));
    }
}
