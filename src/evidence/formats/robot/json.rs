//! Robot Framework's output as JSON, since version 7.2.

use serde::Deserialize;

use super::errors::Errors;
use super::suites::{torn_down, why};
use super::{moment, outcome_of, ran as it_ran, settled, version};
use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{Broken, Input, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::Reading;

/// Reads `output.json`.
pub(super) fn read(input: &Input<'_>, mut reading: Reading) -> Result<Reading, Broken> {
    let output: Output<'_> = input.json()?;
    reading.tool_version = output.generator.as_deref().and_then(version);
    reading.produced_at = output.generated.as_deref().map(moment);
    let mut tests = input.tests();
    tests.suites = Some(0);
    output.suite.add(&mut tests, &[], None);
    tests.duration_s = output.suite.elapsed.get();
    let mut errors = Errors::default();
    let told = output.errors.iter().flatten();
    told.filter(|error| error.level.as_deref() == Some("ERROR"))
        .for_each(|error| errors.add(error.message.as_deref().unwrap_or_default()));
    errors.tell(&mut reading);
    ran::failures_lost(&mut reading, output.statistics.total.fail, tests.failed);
    ran::settle(&mut reading, tests);
    Ok(reading)
}

#[derive(Deserialize)]
struct Output<'a> {
    #[serde(borrow)]
    generator: Option<Str<'a>>,
    generated: Option<Str<'a>>,
    suite: Suite<'a>,
    statistics: Statistics,
    errors: Option<Vec<Message<'a>>>,
}

#[derive(Deserialize)]
struct Statistics {
    total: Total,
}

#[derive(Deserialize)]
struct Total {
    fail: Option<u64>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    level: Option<Str<'a>>,
    message: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Suite<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    suites: Option<Vec<Suite<'a>>>,
    tests: Option<Vec<Test<'a>>>,
    teardown: Option<Step<'a>>,
    message: Option<Str<'a>>,
    #[serde(default, rename = "elapsed_time")]
    elapsed: Num,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
    message: Option<Str<'a>>,
    #[serde(default, rename = "elapsed_time")]
    elapsed: Num,
    setup: Option<Step<'a>>,
    body: Option<Vec<Step<'a>>>,
    teardown: Option<Step<'a>>,
}

/// A keyword, a loop, a branch or a message.
#[derive(Deserialize)]
struct Step<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    status: Option<Str<'a>>,
    setup: Option<Box<Step<'a>>>,
    body: Option<Vec<Step<'a>>>,
    teardown: Option<Box<Step<'a>>>,
}

impl Suite<'_> {
    /// Adds its tests. `around` are the suites that it stands in, `lost` how the tear-down of one
    /// of them ended, and what that suite says of it.
    fn add(&self, tests: &mut Tests, around: &[&str], lost: Option<(Outcome, &str)>) {
        let mut path = around.to_vec();
        path.extend(self.name.as_deref());
        let status = self.teardown.as_ref().and_then(|step| step.status.as_deref());
        let own = status.and_then(torn_down).map(|teardown| {
            let said = self.message.as_deref().filter(|said| !said.is_empty());
            (teardown, said.unwrap_or(why(teardown)))
        });
        let lost = own.or(lost);
        let held = self.tests.iter().flatten();
        if held.clone().next().is_some() {
            tests.suites = tests.suites.map(|suites| suites + 1);
        }
        held.for_each(|test| test.add(tests, &path.join("."), lost));
        let inner = self.suites.iter().flatten();
        inner.for_each(|suite| suite.add(tests, &path, lost));
    }
}

impl Test<'_> {
    fn add(&self, tests: &mut Tests, suite: &str, lost: Option<(Outcome, &str)>) {
        let mut keywords = (0, 0);
        self.setup.iter().for_each(|step| step.count(&mut keywords));
        self.body.iter().flatten().for_each(|step| step.count(&mut keywords));
        self.teardown.iter().for_each(|step| step.count(&mut keywords));
        let told = outcome_of(self.status.as_deref().unwrap_or_default());
        let (outcome, said) = match (settled(told, keywords), lost) {
            (Outcome::Passed, Some((teardown, said))) => (teardown, Some(said)),
            (outcome, _) => (outcome, self.message.as_deref()),
        };
        tests.add(outcome, || Case {
            name: self.name.as_deref().unwrap_or_default().to_owned(),
            suite: Some(suite.to_owned()).filter(|suite| !suite.is_empty()),
            file: None,
            outcome,
            duration_s: self.elapsed.get(),
            message: said.filter(|_| outcome != Outcome::Passed).and_then(text::excerpt),
        });
    }
}

impl Step<'_> {
    /// Counts the keywords in it that hold no other, and those of them that ran.
    fn count(&self, keywords: &mut (u64, u64)) {
        let body = || self.body.iter().flatten().filter(|step| !step.is_message());
        let around = || self.setup.iter().chain(&self.teardown);
        if body().next().is_none() && around().next().is_none() && !self.is_message() {
            keywords.0 += 1;
            keywords.1 += u64::from(it_ran(self.status.as_deref()));
        }
        body().for_each(|step| step.count(keywords));
        around().for_each(|step| step.count(keywords));
    }

    fn is_message(&self) -> bool {
        self.kind.as_deref() == Some("MESSAGE")
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn output(suite: &str, failed: u64) -> String {
        format!(
            r#"{{"generator": "Robot 7.5 (Python 3.12 on linux)", "suite": {{"name": "S", {suite}}},
            "statistics": {{"total": {{"pass": 1, "fail": {failed}, "skip": 0}}}}, "errors": []}}"#
        )
    }

    fn test(body: &str) -> String {
        format!(r#""tests": [{{"name": "T", "body": [{body}], "status": "PASS"}}]"#)
    }

    fn step(inner: &str, status: &str) -> String {
        format!(r#"{{"name": "k", "body": [{inner}], "status": "{status}"}}"#)
    }

    #[test]
    fn a_dry_run_runs_no_test() {
        let idle = step("", "NOT RUN");
        let said = r#"{"type": "MESSAGE", "message": "x", "level": "INFO"}"#;
        let skipped = "The only test was skipped";
        for (body, why) in [
            (String::new(), ""),
            (step(said, "PASS"), ""),
            (idle.clone(), skipped),
            (step(&idle, "PASS"), skipped),
            (format!("{idle}, {}", step("", "PASS")), ""),
            (format!("{}, {}", step(&idle, "NOT RUN"), step("", "PASS")), ""),
        ] {
            proves("robot", &[(&output(&test(&body), 0), why)]);
        }
    }

    #[test]
    fn tests_of_a_suite_whose_tear_down_failed_failed() {
        let teardown = r#""teardown": {"name": "Fail", "status": "FAIL"}, "message": "gone", "#;
        let inner = format!(r#"{teardown}"suites": [{{"name": "I", {}}}]"#, test(""));
        let tests = reading("robot", &output(&inner, 1)).facts.tests.unwrap();
        assert_eq!((tests.passed, tests.failed), (0, 1));
        let case = &tests.cases.entries()[0];
        assert_eq!((case.suite.as_deref(), case.message.as_deref()), (Some("S.I"), Some("gone")));
        proves("robot", &[(&output(&test(""), 1), "declares 1 failure; the report holds 0")]);
    }
}
