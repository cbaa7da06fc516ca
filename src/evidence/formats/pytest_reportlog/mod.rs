//! pytest-reportlog: what pytest reports while it runs, a line each.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule};

pub(super) struct PytestReportlog;

impl Format for PytestReportlog {
    fn id(&self) -> &'static str {
        "pytest-reportlog"
    }

    fn about(&self) -> About {
        About {
            tool: "pytest (pytest-reportlog)",
            recognised: "lines with a `$report_type`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("the first `start`").version("`pytest_version`"),
            source: "https://github.com/pytest-dev/pytest-reportlog#report-log",
            clean: "At least 1 test ran, none failed, and the session finished.",
            vacuous: "0 tests, as `--collect-only` leaves it; all skipped; a module that was not collected; a session that did not finish; an exit status that no failed test explains.",
            blank: Blanks::NONE,
            notes: &[
                "A test is its set-up, call and tear-down: an error in the first or last is errored, and so is a test that stopped between them, or whose worker crashed.",
                "A test with a subtest that failed failed, though unittest's report of it says `passed`; one of which subtests were skipped and none passed is skipped.",
                "xfail is skipped, a pass that was not expected passes; a module that skips itself is one skipped case.",
                "What pytest-rerunfailures ran again counts by its last run; one that passed then is flaky. Without a `rerun`, `tests.flaky` is absent.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        const TYPES: [&str; 6] = [
            "SessionStart",
            "CollectReport",
            "TestReport",
            "SubTestReport",
            "WarningMessage",
            "SessionFinish",
        ];
        let told = |shape: &Shape<'_>| {
            shape.text("$report_type").is_some_and(|kind| TYPES.contains(&kind))
        };
        Fit::sure(sniff.documents().iter().any(told))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "pytest");
        let mut log = Log { tests: input.tests(), ..Log::default() };
        let between = input.documents(|line: Line<'_>| log.take(&line))?;
        between.settle(&mut reading);
        log.end_session();
        reading.produced_at = log.began.map(|began| when::epoch(&began.to_string()));
        reading.tool_version = log.version.take();
        log.settle(&mut reading);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow, rename = "$report_type", alias = "_report_type")]
    kind: Option<Str<'a>>,
    pytest_version: Option<Str<'a>>,
    exitstatus: Option<u64>,
    nodeid: Option<Str<'a>>,
    outcome: Option<Str<'a>>,
    when: Option<Str<'a>>,
    longrepr: Option<Said<'a>>,
    #[serde(default)]
    duration: Num,
    #[serde(default)]
    start: Num,
    #[serde(default)]
    stop: Num,
}

/// Why a test failed, or was skipped.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said<'a> {
    Text(#[serde(borrow)] Str<'a>),
    Trace {
        #[serde(borrow)]
        reprcrash: Option<Crash<'a>>,
    },
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
struct Crash<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

impl Line<'_> {
    fn excerpt(&self) -> Option<String> {
        self.longrepr.as_ref().and_then(Said::excerpt)
    }
}

impl Said<'_> {
    fn excerpt(&self) -> Option<String> {
        match self {
            Said::Text(said) => text::excerpt(said),
            Said::Trace { reprcrash } => text::excerpt(reprcrash.as_ref()?.message.as_deref()?),
            Said::Other(_) => None,
        }
    }
}

#[derive(Default)]
struct Log {
    tests: Tests,
    version: Option<String>,
    /// The tests of the session, by the id of their node.
    nodes: BTreeMap<String, Node>,
    /// Sessions that started, and that finished.
    sessions: (u64, u64),
    /// The first exit status of a session that tells of more than its tests.
    exit: Option<u64>,
    /// Modules that could not be collected.
    uncollected: Vec<String>,
    retried: bool,
    flaky: u64,
    began: Option<f64>,
    ended: Option<f64>,
}

/// A test so far.
#[derive(Default)]
struct Node {
    setup: Option<Outcome>,
    call: Option<Outcome>,
    teardown: Option<Outcome>,
    subtest_failed: bool,
    subtest_passed: bool,
    subtest_skipped: bool,
    crashed: bool,
    retried: bool,
    seconds: f64,
    message: Option<String>,
}

impl Node {
    fn outcome(&self) -> Outcome {
        match (self.setup, self.call, self.teardown) {
            _ if self.crashed => Outcome::Errored,
            (_, Some(Outcome::Failed), _) => Outcome::Failed,
            _ if self.subtest_failed => Outcome::Failed,
            (Some(Outcome::Passed), Some(Outcome::Passed), Some(Outcome::Passed))
                if self.subtest_skipped && !self.subtest_passed =>
            {
                Outcome::Skipped
            }
            (Some(Outcome::Passed), Some(outcome), Some(Outcome::Passed)) => outcome,
            (Some(Outcome::Skipped), None, Some(Outcome::Passed)) => Outcome::Skipped,
            _ => Outcome::Errored,
        }
    }
}

impl Log {
    fn take(&mut self, line: &Line<'_>) {
        let failed = line.outcome.as_deref() == Some("failed");
        let id = || line.nodeid.as_deref().unwrap_or_default().to_owned();
        match line.kind.as_deref().unwrap_or_default() {
            "SessionStart" => {
                self.end_session();
                self.sessions.0 += 1;
                self.version = text::said(&line.pytest_version);
            }
            "SessionFinish" => {
                self.sessions.1 += 1;
                self.end_session();
                self.take_exit(line.exitstatus);
            }
            "CollectReport" if failed => self.uncollected.push(id()),
            "CollectReport" if line.outcome.as_deref() == Some("skipped") => {
                self.add(&id(), Outcome::Skipped, None, None);
            }
            "TestReport" => self.phase(line, id()),
            // A subtest, or what a plugin reports of a test.
            _ if failed => {
                let node = self.nodes.entry(id()).or_default();
                node.subtest_failed = true;
                node.message = node.message.take().or(line.excerpt());
            }
            "SubTestReport" => {
                let node = self.nodes.entry(id()).or_default();
                node.subtest_passed |= line.outcome.as_deref() == Some("passed");
                node.subtest_skipped |= line.outcome.as_deref() == Some("skipped");
            }
            _ => {}
        }
    }

    fn phase(&mut self, line: &Line<'_>, id: String) {
        let node = self.nodes.entry(id).or_default();
        node.seconds += line.duration.get().unwrap_or(0.0);
        let outcome = match line.outcome.as_deref() {
            Some("passed") => Outcome::Passed,
            Some("failed") => Outcome::Failed,
            Some("skipped") => Outcome::Skipped,
            Some("rerun") => {
                *node = Node { retried: true, ..Node::default() };
                self.retried = true;
                return;
            }
            _ => Outcome::Errored,
        };
        if outcome != Outcome::Passed {
            node.message = node.message.take().or(line.excerpt());
        }
        match line.when.as_deref() {
            Some("setup") => (node.setup, node.call, node.teardown) = (Some(outcome), None, None),
            Some("call") => node.call = Some(outcome),
            Some("teardown") => node.teardown = Some(outcome),
            // pytest-xdist tells so of a worker that died in the test.
            _ => node.crashed = true,
        }
        let start = line.start.get().filter(|start| *start > 0.0);
        self.began = [self.began, start].into_iter().flatten().reduce(f64::min);
        self.ended = [self.ended, line.stop.get()].into_iter().flatten().reduce(f64::max);
    }

    fn end_session(&mut self) {
        for (id, node) in std::mem::take(&mut self.nodes) {
            let outcome = node.outcome();
            self.flaky += u64::from(node.retried && outcome == Outcome::Passed);
            let message = node.message.filter(|_| outcome != Outcome::Passed);
            self.add(&id, outcome, Some(node.seconds), message);
        }
    }

    /// Notes an exit status: 1 is that tests failed, 5 that none was collected, which the count tells.
    fn take_exit(&mut self, status: Option<u64>) {
        let held = self.tests.failed + self.tests.errored;
        let explained = match status {
            None | Some(0 | 5) => true,
            Some(1) => held > 0 || !self.uncollected.is_empty(),
            Some(_) => false,
        };
        if !explained {
            self.exit = self.exit.or(status);
        }
    }

    fn add(&mut self, id: &str, outcome: Outcome, seconds: Option<f64>, message: Option<String>) {
        let (file, name) = id.split_once("::").unwrap_or((id, id));
        self.tests.add(outcome, || Case {
            name: name.to_owned(),
            suite: None,
            file: (!file.is_empty()).then(|| file.to_owned()),
            outcome,
            duration_s: seconds,
            message,
        });
    }

    fn settle(mut self, reading: &mut Reading) {
        let uncollected = self.uncollected.len() as u64;
        ran::suites_not_loaded(reading, uncollected, self.uncollected.first().map(String::as_str));
        let (started, finished) = self.sessions;
        if started != finished || started == 0 {
            let why = "The session did not finish: pytest was ended, or the log was cut.";
            reading.doubt(Rule::ToolFailed, why);
        }
        if let Some(status) = self.exit {
            reading.doubt(Rule::ToolFailed, format!("pytest ended with exit code {status}."));
        }
        if self.retried {
            self.tests.add_flaky(self.flaky);
        }
        self.tests.duration_s = self.began.zip(self.ended).map(|(began, ended)| ended - began);
        ran::settle(reading, self.tests);
    }
}

#[cfg(test)]
mod tests;
