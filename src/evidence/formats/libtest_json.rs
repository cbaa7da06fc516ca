//! The events of Rust's test harness, by `cargo test` and by nextest.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct LibtestJson;

impl Format for LibtestJson {
    fn id(&self) -> &'static str {
        "libtest-json"
    }

    fn about(&self) -> About {
        About {
            tool: "cargo test, cargo-nextest (`libtest-json`)",
            recognised: "lines of `type` and `event`, of type `suite`, `test` or `bench`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://doc.rust-lang.org/rustc/tests/index.html#--format-format",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all ignored; a suite or a test without an end; a suite that failed without a failed test.",
            blank: Blanks::NONE,
            notes: &[
                "A test that started and did not end (a crash, a time-out of the run) is errored.",
                "Each binary is a suite of its own; one that started and did not end failed to load.",
                "A benchmark that was measured is no test: it is in no count.",
                "Ignored tests are skipped; those filtered out are in no count. What cargo-nextest ran again counts by its last run, and is flaky where that passed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let event = |shape: &Shape<'_>| {
            shape.text("event").is_some()
                && matches!(shape.text("type"), Some("suite" | "test" | "bench"))
        };
        Fit::sure(sniff.documents().iter().any(event))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let between = input.documents(|line: Line<'_>| run.take(&line))?;
        let mut reading = Reading::by(self.id(), "cargo test");
        between.settle(&mut reading);
        let lost = run.open.len() as u64;
        for name in std::mem::take(&mut run.open) {
            run.add(Outcome::Errored, &name, None, None);
        }
        if lost > 0 {
            let why = format!("{} began and did not end.", counted(lost, "test"));
            reading.doubt(Rule::Unreadable, why);
        }
        ran::suites_not_loaded(&mut reading, run.started.saturating_sub(run.ended), None);
        ran::failures_lost(&mut reading, Some(run.declared), run.tests.failed + run.tests.errored);
        run.doubt_untold(&mut reading);
        if run.failed && run.tests.failed + run.tests.errored == 0 {
            reading.doubt(Rule::ToolFailed, "A suite ended as failed, though no test of it did.");
        }
        run.tests.suites = Some(run.started);
        run.tests.duration_s = run.seconds;
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Str<'a>>,
    event: Option<Str<'a>>,
    name: Option<Str<'a>>,
    #[serde(default)]
    exec_time: Num,
    stdout: Option<Str<'a>>,
    message: Option<Str<'a>>,
    failed: Option<u64>,
    ignored: Option<u64>,
    test_count: Option<u64>,
}

#[derive(Default)]
struct Run {
    tests: Tests,
    /// Tests that began and did not end yet.
    open: BTreeSet<String>,
    /// Ignored tests of the suite that is open.
    ignored: u64,
    started: u64,
    ended: u64,
    /// Whether a suite says that it failed.
    failed: bool,
    declared: u64,
    /// How many tests and benchmarks the suites said to run, and how many of them to ignore.
    said: u64,
    most_said: u64,
    /// Whether a test is named as by cargo itself: cargo-nextest parts a binary from its tests by `$`.
    by_cargo: bool,
    said_ignored: u64,
    benches: u64,
    seconds: Option<f64>,
}

impl Run {
    fn take(&mut self, line: &Line<'_>) {
        let name = line.name.as_deref().unwrap_or_default();
        let seconds = line.exec_time.get();
        let said = line.stdout.as_deref().or(line.message.as_deref());
        match (line.kind.as_deref(), line.event.as_deref().unwrap_or_default()) {
            (Some("suite"), "started") => {
                self.started += 1;
                self.ignored = 0;
                let said = line.test_count.unwrap_or(0);
                self.said = self.said.saturating_add(said);
                self.most_said = self.most_said.max(said);
            }
            (Some("suite"), how @ ("ok" | "failed")) => {
                self.ended += 1;
                self.failed |= how == "failed";
                self.end_ignored(line.ignored.unwrap_or(0));
                self.said_ignored =
                    self.said_ignored.saturating_add(line.ignored.unwrap_or(u64::MAX));
                self.declared = self.declared.saturating_add(line.failed.unwrap_or(0));
                self.seconds =
                    seconds.map(|seconds| seconds + self.seconds.unwrap_or(0.0)).or(self.seconds);
            }
            (Some("test"), "started") => {
                self.by_cargo |= !name.contains('$');
                self.open.insert(name.to_owned());
            }
            (Some("test"), "ok") => self.end(Outcome::Passed, name, seconds, None),
            (Some("test"), "failed") => self.end(Outcome::Failed, name, seconds, said),
            (Some("test"), "ignored") => {
                self.ignored += 1;
                self.end(Outcome::Skipped, name, seconds, None);
            }
            // `timeout` says that a test takes long; it goes on.
            (Some("bench"), _) => {
                self.benches += 1;
                self.open.remove(name);
            }
            _ => {}
        }
    }

    fn end(&mut self, outcome: Outcome, name: &str, seconds: Option<f64>, said: Option<&str>) {
        self.by_cargo |= !name.contains('$');
        if !self.open.remove(name)
            && let Some(first) = retried(name).filter(|first| self.open.remove(*first))
        {
            self.tests.add_flaky(u64::from(outcome == Outcome::Passed));
            return self.add(outcome, first, seconds, said);
        }
        self.add(outcome, name, seconds, said);
    }

    /// Ends what began in a suite that ends and counts just so many as `ignored`: cargo-nextest says no
    /// more of its ignored tests.
    fn end_ignored(&mut self, ignored: u64) {
        let is_all = self.open.len() as u64 == ignored.saturating_sub(self.ignored);
        if is_all && self.open.iter().all(|name| name.contains('$')) {
            for name in std::mem::take(&mut self.open) {
                self.add(Outcome::Skipped, &name, None, None);
            }
        }
    }

    /// Doubts a stream that tells of fewer tests than its suites said to run, or ignores more.
    fn doubt_untold(&self, reading: &mut Reading) {
        let told = self.tests.total().saturating_add(self.benches);
        // cargo-nextest tells of a suite in several parts, and of each that it is the whole.
        let said = if self.by_cargo { self.said } else { self.most_said };
        if told < said {
            let said = counted(said, "test");
            let why = format!("The suites said to run {said}; the output tells of {told}.");
            reading.doubt(Rule::Unreadable, why);
        }
        if self.tests.skipped > self.said_ignored {
            let ignored = counted(self.tests.skipped, "ignored test");
            let why =
                format!("The output tells of {ignored}; the suites count {}.", self.said_ignored);
            reading.doubt(Rule::Unreadable, why);
        }
    }

    fn add(&mut self, outcome: Outcome, name: &str, seconds: Option<f64>, said: Option<&str>) {
        self.tests.add(outcome, || {
            let (suite, own) = name.rsplit_once("::").unwrap_or(("", name));
            Case {
                name: own.to_owned(),
                suite: (!suite.is_empty()).then(|| suite.to_owned()),
                file: None,
                outcome,
                duration_s: seconds,
                message: said.and_then(text::excerpt),
            }
        });
    }
}

/// The test of which cargo-nextest ends a later attempt: `x::x$t::bad` of `x::x$t::bad#2`.
fn retried(name: &str) -> Option<&str> {
    let (first, attempt) = name.rsplit_once('#')?;
    attempt.parse::<u64>().ok().filter(|attempt| *attempt > 1).map(|_| first)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_nextest_ignores_or_runs_again_ends() {
        let stream = |ends: &str, ignored: u64| {
            [
                r#"{"type": "suite", "event": "started", "test_count": 2}"#,
                r#"{"type": "test", "event": "started", "name": "x::x$b"}"#,
                r#"{"type": "test", "event": "started", "name": "x::x$a"}"#,
                r#"{"type": "test", "event": "ok", "name": "x::x$b"}"#,
                ends,
                &format!(
                    r#"{{"type": "suite", "event": "ok", "passed": 1, "failed": 0, "ignored": {ignored}}}"#
                ),
            ]
            .join("\n")
        };
        let again = r#"{"type": "test", "event": "ok", "name": "x::x$a#2"}"#;
        let other = r#"{"type": "test", "event": "ok", "name": "x::x$c#2"}"#;
        proves(
            "libtest-json",
            &[
                (&stream(again, 0), ""),
                (&stream("", 1), ""),
                (&stream("", 0), "1 test began and did not end"),
                (&stream("", 2), "1 test began and did not end"),
                (&stream("", 1).replace('$', "::"), "1 test began and did not end"),
                (&stream(other, 0), "1 test began and did not end"),
            ],
        );
        let tests = |text: &str| {
            let tests = reading("libtest-json", text).facts.tests.unwrap();
            (tests.passed, tests.skipped, tests.flaky)
        };
        assert_eq!(tests(&stream(again, 0)), (2, 0, Some(1)));
        assert_eq!(tests(&stream("", 1)), (1, 1, None));
    }

    #[test]
    fn a_suite_that_failed_without_a_failed_test_proves_nothing() {
        let stream = |how: &str| {
            [
                r#"{"type": "suite", "event": "started", "test_count": 1}"#,
                r#"{"type": "test", "event": "ok", "name": "a"}"#,
                &format!(r#"{{"type": "suite", "event": "{how}", "passed": 1, "failed": 0}}"#),
            ]
            .join("\n")
        };
        proves("libtest-json", &[(&stream("ok"), ""), (&stream("failed"), "ended as failed")]);
    }

    #[test]
    fn a_test_that_nothing_is_told_of_is_not_passed_over() {
        let stream = |count: u64, second: &str, ignored: u64| {
            [
                &format!(r#"{{"type": "suite", "event": "started", "test_count": {count}}}"#),
                r#"{"type": "test", "event": "ok", "name": "a"}"#,
                &format!(r#"{{"type": "test", "event": "{second}", "name": "b"}}"#),
                &format!(
                    r#"{{"type": "suite", "event": "ok", "passed": 1, "failed": 0, "ignored": {ignored}}}"#
                ),
            ]
            .join("\n")
        };
        proves(
            "libtest-json",
            &[
                (&stream(2, "ignored", 1), ""),
                (&stream(1, "timeout", 0), ""),
                (&stream(2, "timeout", 0), "said to run 2 tests; the output tells of 1"),
                (&stream(2, "aborted", 0), "said to run 2 tests; the output tells of 1"),
                (&stream(2, "ignored", 0), "tells of 1 ignored test; the suites count 0"),
            ],
        );
    }

    #[test]
    fn a_benchmark_is_no_test() {
        let stream = |test: &str| {
            [
                r#"{"type": "suite", "event": "started", "test_count": 2}"#,
                &format!(r#"{{"type": "test", "event": "{test}", "name": "a"}}"#),
                r#"{"type": "test", "event": "started", "name": "b"}"#,
                r#"{"type": "bench", "name": "b", "median": 12.5, "deviation": 1.0}"#,
                r#"{"type": "suite", "event": "ok", "passed": 0, "failed": 0, "ignored": 1, "measured": 1}"#,
            ]
            .join("\n")
        };
        proves(
            "libtest-json",
            &[(&stream("ignored"), "only test was skipped"), (&stream("ok"), "")],
        );
        assert_eq!(reading("libtest-json", &stream("ok")).facts.tests.unwrap().total(), 1);
    }
}
