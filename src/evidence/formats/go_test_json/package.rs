//! The tests of a package, and what became of each over its runs.
//!
//! `-count=N` runs each test N times within one run of the package: one that failed once has failed.
//! gotestsum runs the package again for the tests that failed: there the last run counts.

use std::collections::BTreeMap;

use crate::evidence::json::Num;
use crate::facts::Outcome;

/// How much of a test's output is kept while it runs.
const OUTPUT: usize = 4_000;

/// A test over the runs of its package.
#[derive(Default)]
pub(super) struct Test {
    /// How it ended in the first run of the package, and in its own last.
    first: Option<Outcome>,
    last: Option<Outcome>,
    /// The run in which it ended last.
    run: u64,
    /// Whether it failed in any run.
    failed: bool,
    /// Whether it began and did not end.
    running: bool,
    /// Whether it is a benchmark that ended, as Go says of it until version 1.19.
    ended: bool,
    pub seconds: Option<f64>,
    pub output: String,
}

impl Test {
    /// Whether it is a benchmark that did not fail: no test, and since version 1.20 without an end
    /// of its own (golang/go#61767). That of its package, which `held`, stands for it.
    pub(super) fn is_benchmark(&self, name: &str, held: bool) -> bool {
        self.last.is_none() && name.starts_with("Benchmark") && (self.ended || held)
    }

    fn end(&mut self, outcome: Outcome, run: u64) {
        let again = self.last.filter(|last| self.run == run && *last == Outcome::Failed);
        self.last = again.or(Some(outcome));
        self.run = run;
        self.failed |= outcome == Outcome::Failed;
        self.running = false;
        if run == 0 {
            self.first = self.last;
        }
        if self.last != Some(Outcome::Failed) {
            self.output = String::new();
        }
    }
}

/// A package, and its tests.
#[derive(Default)]
pub(super) struct Package {
    pub tests: BTreeMap<String, Test>,
    pub end: Option<&'static str>,
    pub seconds: f64,
    /// How often it was run before.
    run: u64,
    /// Whether a test failed in the present run.
    fails: bool,
    /// Whether a former run did not come to its end, or failed without a failed test.
    pub was_cut: bool,
    pub was_lost: bool,
    /// Whether what had passed was run again, which no tool does that tries failed tests again.
    repeated: bool,
}

impl Package {
    /// Takes an event of a test.
    pub(super) fn test(&mut self, name: &str, action: &str, elapsed: Num, output: Option<&str>) {
        // Go says that a package starts since version 1.20.
        if action == "run" && self.end.is_some() {
            self.start();
        }
        let test = match self.tests.get_mut(name) {
            Some(test) => test,
            None => self.tests.entry(name.to_owned()).or_default(),
        };
        test.ended |= action == "bench";
        let outcome = match action {
            "pass" => Outcome::Passed,
            "fail" => Outcome::Failed,
            "skip" => Outcome::Skipped,
            "run" => {
                test.running = true;
                let passed = test.first == Some(Outcome::Passed) && !name.contains('/');
                self.repeated |= self.run > 0 && passed;
                return;
            }
            "output" => {
                let said = output.unwrap_or_default();
                if !said.starts_with("===")
                    && !said.trim_start().starts_with("---")
                    && test.output.len() < OUTPUT
                {
                    test.output.push_str(said);
                }
                return;
            }
            _ => return,
        };
        test.end(outcome, self.run);
        test.seconds = elapsed.get();
        self.fails |= outcome == Outcome::Failed;
    }

    /// Takes an event of the package itself.
    pub(super) fn event(&mut self, action: &str, elapsed: Num) {
        self.end = match action {
            "start" if self.end.is_some() || !self.tests.is_empty() => return self.start(),
            "pass" => Some("pass"),
            "skip" => Some("skip"),
            "fail" | "build-fail" => Some("fail"),
            _ => return,
        };
        self.seconds += elapsed.get().unwrap_or(0.0);
    }

    /// It is run again.
    fn start(&mut self) {
        self.was_cut |= self.end.is_none();
        self.was_lost |= self.end == Some("fail") && !self.fails;
        (self.end, self.fails) = (None, false);
        self.run += 1;
    }

    /// How one of its tests ended, and whether it passed on a retry.
    pub(super) fn outcome(&self, test: &Test) -> (Outcome, bool) {
        let last = test.last.filter(|_| !test.running).unwrap_or(Outcome::Errored);
        let was_retried = last == Outcome::Passed && test.failed;
        match self.repeated && was_retried {
            true => (Outcome::Failed, false),
            false => (last, was_retried),
        }
    }
}
