//! Playwright's `json` reporter.

mod config;

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::MapAccess;

use self::config::Config;
use crate::evidence::family::ran;
use crate::evidence::json::{self, Members, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct PlaywrightJson;

/// How deep suites are followed; the parser's own limit is about this.
const DEPTH: usize = 100;

impl Format for PlaywrightJson {
    fn id(&self) -> &'static str {
        "playwright-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Playwright",
            recognised: "`suites` beside `config` with `rootDir` or `version`",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("`stats.startTime`")
                .version("`config.version`")
                .commit("`config.metadata`, where Playwright was told to look at git"),
            source: "https://playwright.dev/docs/test-reporters#json-reporter",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; all that passed failed as they were said to; `errors` outside tests; tests that were interrupted, or never came to run; a run that updated its snapshots; a difference to a commit, outside of CI.",
            blank: Blanks::NONE,
            notes: &[
                "A test is a spec in a project; one that passed on a retry is flaky and passed.",
                "A test that failed as it was said to (`test.fail()`) is counted as passed, as Playwright counts it; among the cases it is skipped, for what it is called by does not hold. Where nothing else passed, the report proves nothing.",
                "`errors` at the top are crashes outside tests: tests may never have run.",
                "A test without a result that nobody skipped never came to run: the run was interrupted, or what it depends on failed.",
                "`config.shard` says that it is one part of a run: the others are `tests.shards_missing`, until their reports stand beside it or all are merged. Runs of other projects (`config.filteredProjects`, a matrix of jobs) are sharded each for itself. Most versions do not tell it (1.60 does not, 1.65 does): there the projects of the tests tell two runs apart where both have a shard of one number.",
                "A run with `--update-snapshots` (`config.updateSnapshots` of `all` or `changed`) writes anew what its tests are held against: it proves nothing.",
                "`metadata.gitDiff` without `metadata.ci` is of changes that are in no commit, or of the last commit where there are none, and nothing tells which: it proves nothing. In CI it is of the pull request.",
                "Older files have no `stats`; the duration is then the sum of the results.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let specs = shape.first_of("suites").is_some_and(|suite| suite.has(&["specs"]));
        let config = shape.get("config").is_some_and(|config| {
            config.has(&["rootDir"])
                || config.has(&["version"]) && (specs || config.has(&["projects"]))
        });
        Fit::sure(config && (shape.has(&["suites"]) || sniff.partial))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut report = Report { tests: input.tests(), ..Report::default() };
        report.tests.add_flaky(0);
        input.members(&mut report)?;
        if !report.has {
            return Err(Broken::new("The report holds no `suites`."));
        }
        let mut reading = Reading::by(self.id(), "Playwright");
        if let Some(config) = &report.config {
            config.settle(&mut reading);
            report.tests.shards.extend(config.shard(&report.projects));
        }
        let stats = report.stats.as_ref();
        reading.produced_at = stats.and_then(|stats| stats.start.as_deref()).map(ProducedAt::parse);
        let ran_for = stats.and_then(|stats| stats.duration.get()).map(|millis| millis / 1000.0);
        report.tests.duration_s = ran_for.or(Some(report.seconds));
        if report.errors > 0 {
            let said = report
                .first_error
                .as_ref()
                .map_or_else(String::new, |said| format!(" The first says: {said}"));
            let why = format!(
                "Playwright reports {} outside its tests.{said}",
                counted(report.errors, "error")
            );
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        report.doubt_broken_off(&mut reading);
        ran::failed_as_said(&mut reading, &report.tests, report.failed_as_said);
        let failed = report.tests.failed + report.tests.errored;
        ran::failures_lost(&mut reading, stats.and_then(|stats| stats.unexpected), failed);
        ran::settle(&mut reading, report.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Report<'a> {
    tests: Tests,
    has: bool,
    seconds: f64,
    config: Option<Config<'a>>,
    /// The projects of its tests.
    projects: BTreeSet<String>,
    stats: Option<Stats<'a>>,
    /// Tests that were stopped, or that nobody skipped and that did not run.
    broken_off: u64,
    /// Tests that failed, and were said to.
    failed_as_said: u64,
    errors: u64,
    first_error: Option<String>,
}

impl<'de> Members<'de> for Report<'de> {
    fn member<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        match key {
            "suites" => {
                self.has = json::each(map, |suite: Suite<'de>| self.take(&suite, "", DEPTH))?
            }
            "config" => self.config = map.next_value()?,
            "stats" => self.stats = map.next_value()?,
            "errors" => {
                json::each(map, |error: Fault<'de>| {
                    self.errors += 1;
                    let said = error.message.as_deref().and_then(text::title);
                    self.first_error = self.first_error.take().or(said);
                })?;
            }
            _ => json::skip(map)?,
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Stats<'a> {
    #[serde(borrow, rename = "startTime")]
    start: Option<Str<'a>>,
    #[serde(default)]
    duration: Num,
    unexpected: Option<u64>,
}

#[derive(Deserialize)]
struct Suite<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    specs: Option<Vec<Spec<'a>>>,
    suites: Option<Vec<Suite<'a>>>,
}

#[derive(Deserialize)]
struct Spec<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    file: Option<Str<'a>>,
    tests: Option<Vec<Test<'a>>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    status: Option<Str<'a>>,
    #[serde(rename = "expectedStatus")]
    expected: Option<Str<'a>>,
    #[serde(rename = "projectName")]
    project: Option<Str<'a>>,
    results: Option<Vec<Attempt<'a>>>,
}

impl Test<'_> {
    /// Whether it was stopped, or never began though it was to run.
    fn is_broken_off(&self) -> bool {
        let was_to_run =
            self.status.as_deref() != Some("skipped") || self.expected.as_deref() == Some("passed");
        let idle = self.results.as_ref().is_some_and(Vec::is_empty) && was_to_run;
        let stopped = |of: &Attempt<'_>| of.status.as_deref() == Some("interrupted");
        idle || self.results.iter().flatten().any(stopped)
    }
}

#[derive(Deserialize)]
struct Attempt<'a> {
    #[serde(default)]
    duration: Num,
    #[serde(borrow)]
    status: Option<Str<'a>>,
    error: Option<Fault<'a>>,
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

impl Report<'_> {
    fn doubt_broken_off(&self, reading: &mut Reading) {
        if self.broken_off > 0 {
            let tests = counted(self.broken_off, "test");
            let why = format!("{tests} of Playwright did not come to an end: it was interrupted.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
    }

    fn take(&mut self, suite: &Suite<'_>, outer: &str, depth: usize) {
        let own = suite.title.as_deref().unwrap_or_default();
        let path = if outer.is_empty() { own.to_owned() } else { format!("{outer} > {own}") };
        for spec in suite.specs.iter().flatten() {
            for test in spec.tests.iter().flatten() {
                self.add(spec, test, &path);
            }
        }
        if depth > 0 {
            for inner in suite.suites.iter().flatten() {
                self.take(inner, &path, depth - 1);
            }
        }
    }

    fn add(&mut self, spec: &Spec<'_>, test: &Test<'_>, path: &str) {
        let outcome = match test.status.as_deref() {
            Some("expected") => Outcome::Passed,
            Some("flaky") => {
                self.tests.add_flaky(1);
                Outcome::Passed
            }
            Some("unexpected") => Outcome::Failed,
            Some("skipped") => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        // It failed as its author says (`test.fail()`): Playwright counts it as passed, and what it is
        // called by does not hold.
        let failed_as_said =
            outcome == Outcome::Passed && test.expected.as_deref() == Some("failed");
        self.failed_as_said += u64::from(failed_as_said);
        self.projects.extend(text::said(&test.project));
        self.broken_off += u64::from(test.is_broken_off());
        let millis: f64 = test.results.iter().flatten().filter_map(|of| of.duration.get()).sum();
        self.seconds += millis / 1000.0;
        let fault =
            test.results.iter().flatten().find_map(|of| of.error.as_ref()?.message.as_deref());
        self.tests.add(outcome, || Case {
            name: text::said(&spec.title).unwrap_or_default(),
            suite: (!path.is_empty()).then(|| path.to_owned()),
            file: text::said(&spec.file),
            outcome: if failed_as_said { Outcome::Skipped } else { outcome },
            duration_s: Some(millis / 1000.0),
            message: fault.and_then(text::excerpt),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::tests::{proves, reading};

    fn report(config: &str, second: &str) -> String {
        format!(
            r#"{{"config": {{"version": "1.50", "projects": []{config}}}, "suites": [{{"title": "a.ts",
            "specs": [{{"title": "t", "tests": [{{"status": "expected", "expectedStatus": "passed",
            "results": [{{"status": "passed"}}]}}]}}, {{"title": "u", "tests": [{second}]}}]}}]}}"#
        )
    }

    #[test]
    fn a_test_that_did_not_come_to_an_end_proves_nothing() {
        let test = |expected: &str, results: &str| {
            let status = r#""status": "skipped""#;
            report(
                "",
                &format!(r#"{{{status}, "expectedStatus": "{expected}", "results": [{results}]}}"#),
            )
        };
        let off = "1 test of Playwright did not come to an end";
        proves(
            "playwright-json",
            &[
                (&test("skipped", r#"{"status": "skipped"}"#), ""),
                (&test("passed", r#"{"status": "skipped"}"#), ""),
                (&test("skipped", ""), ""),
                (&test("passed", ""), off),
                (&test("passed", r#"{"status": "interrupted"}"#), off),
            ],
        );
    }

    #[test]
    fn a_test_that_fails_as_its_author_says_is_counted_as_playwright_does_and_holds_nothing() {
        for (expected, result, warnings, held) in
            [("failed", "failed", 1, 1), ("passed", "passed", 0, 2)]
        {
            let second = format!(
                r#"{{"status": "expected", "expectedStatus": "{expected}", "results": [{{"status": "{result}"}}]}}"#
            );
            let text = report("", &second);
            let read = reading("playwright-json", &text);
            assert_eq!((read.warnings.len(), read.doubts.len()), (warnings, 0), "{expected}");
            let tests = read.facts.tests.unwrap();
            assert_eq!((tests.passed, tests.skipped), (2, 0), "{expected}");
            let passed = |case: &&Case| case.outcome == Outcome::Passed;
            assert_eq!(tests.cases.entries().iter().filter(passed).count(), held, "{expected}");
            let said = format!(r#""expectedStatus": "{expected}""#);
            let alone = text.replace(r#""expectedStatus": "passed""#, &said);
            let why = if held == 1 { "none held" } else { "" };
            proves("playwright-json", &[(&alone, why)]);
        }
    }
}
