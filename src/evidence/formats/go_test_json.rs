//! `go test -json`: events of tests and packages, with build output between.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Case, Outcome};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GoTestJson;

/// How much of a test's output is kept while it runs.
const OUTPUT: usize = 4_000;

impl Format for GoTestJson {
    fn id(&self) -> &'static str {
        "go-test-json"
    }

    fn about(&self) -> About {
        About {
            tool: "go test -json",
            recognised: "JSON Lines of `Action` beside `Package` or `ImportPath`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`Time` of the first event"),
            source: "https://pkg.go.dev/cmd/test2json",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; a package that failed without a failed test; a stream that ends early.",
            blank: Blanks::NONE,
            notes: &[
                "Subtests and their parents each count; the last end of a test is its outcome.",
                "A test without an end (a panic, a time-out) is errored.",
                "A benchmark is no test: it is in no count, unless it failed.",
                "A package that failed while none of its tests did was not built: its tests never ran.",
                "Lines that are no JSON are passed over.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let event = |shape: &Shape<'_>| {
            shape.has(&["Action"]) && (shape.has(&["Package"]) || shape.has(&["ImportPath"]))
        };
        Fit::sure(sniff.documents().iter().any(event))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run::default();
        let skipped = input.documents(|event: Event<'_>| run.take(event))?;
        let mut reading = Reading::by(self.id(), "go test");
        reading.produced_at = run.began.as_deref().map(ProducedAt::parse);
        skipped.settle(&mut reading);
        run.settle(input, &mut reading);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Event<'a> {
    #[serde(borrow)]
    action: Option<Str<'a>>,
    package: Option<Str<'a>>,
    import_path: Option<Str<'a>>,
    test: Option<Str<'a>>,
    #[serde(default)]
    elapsed: Num,
    time: Option<Str<'a>>,
    output: Option<Str<'a>>,
}

#[derive(Default)]
struct Test {
    outcome: Option<Outcome>,
    /// Whether it is a benchmark that ended, as Go says of it until version 1.19.
    ended: bool,
    seconds: Option<f64>,
    output: String,
}

#[derive(Default)]
struct Package {
    tests: BTreeMap<String, Test>,
    end: Option<&'static str>,
    seconds: f64,
}

#[derive(Default)]
struct Run {
    packages: BTreeMap<String, Package>,
    began: Option<String>,
}

impl Run {
    fn take(&mut self, event: Event<'_>) {
        if self.began.is_none() {
            self.began = event.time.map(Str::into_owned);
        }
        let action = event.action.as_deref().unwrap_or_default();
        // Build events name the package by its import path, with the variant in brackets.
        let path = event.import_path.as_deref().and_then(|path| path.split(" [").next());
        let Some(name) = event.package.as_deref().or(path.filter(|_| action == "build-fail"))
        else {
            return;
        };
        let package = match self.packages.get_mut(name) {
            Some(package) => package,
            None => self.packages.entry(name.to_owned()).or_default(),
        };
        match &event.test {
            Some(test) => package.test(test, action, event.elapsed, event.output.as_deref()),
            None => package.end(action, event.elapsed),
        }
    }

    fn settle(self, input: &Input<'_>, reading: &mut Reading) {
        let mut tests = input.tests();
        let (mut not_built, mut unended) = (Vec::new(), Vec::new());
        let mut seconds = 0.0;
        tests.suites = Some(self.packages.len() as u64);
        for (name, package) in self.packages {
            seconds += package.seconds;
            let before = tests.failed + tests.errored;
            let failed = package.end == Some("fail");
            if package.end.is_none() {
                unended.push(name.clone());
            }
            let held = package.end == Some("pass");
            for (test, state) in package.tests {
                if state.is_benchmark(&test, held) {
                    continue;
                }
                let outcome = state.outcome.unwrap_or(Outcome::Errored);
                tests.add(outcome, || Case {
                    name: test,
                    suite: Some(name.clone()),
                    file: None,
                    outcome,
                    duration_s: state.seconds,
                    message: text::excerpt(&state.output),
                });
            }
            if failed && tests.failed + tests.errored == before {
                not_built.push(name);
            }
        }
        tests.duration_s = Some(seconds);
        ran::suites_not_loaded(
            reading,
            not_built.len() as u64,
            not_built.first().map(String::as_str),
        );
        if let Some(first) = unended.first().filter(|_| tests.total() > 0) {
            let why = format!("The stream ends before package {first} does.");
            reading.doubt(Rule::Unreadable, why);
        }
        ran::settle(reading, tests);
    }
}

impl Test {
    /// Whether it is a benchmark that did not fail: no test, and since version 1.20 without an end
    /// of its own (golang/go#61767). That of its package, which `held`, stands for it.
    fn is_benchmark(&self, name: &str, held: bool) -> bool {
        self.outcome.is_none() && name.starts_with("Benchmark") && (self.ended || held)
    }
}

impl Package {
    fn test(&mut self, name: &str, action: &str, elapsed: Num, output: Option<&str>) {
        let test = match self.tests.get_mut(name) {
            Some(test) => test,
            None => self.tests.entry(name.to_owned()).or_default(),
        };
        test.ended |= action == "bench";
        let outcome = match action {
            "pass" => Outcome::Passed,
            "fail" => Outcome::Failed,
            "skip" => Outcome::Skipped,
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
        test.outcome = Some(outcome);
        test.seconds = elapsed.get();
        if outcome != Outcome::Failed {
            test.output = String::new();
        }
    }

    fn end(&mut self, action: &str, elapsed: Num) {
        self.end = match action {
            "pass" => Some("pass"),
            "skip" => Some("skip"),
            "fail" | "build-fail" => Some("fail"),
            _ => return,
        };
        self.seconds += elapsed.get().unwrap_or(0.0);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn stream(events: &[&str]) -> String {
        let event = |event: &&str| match event.split_once(' ') {
            Some((action, test)) => {
                format!(r#"{{"Action": "{action}", "Package": "a", "Test": "{test}"}}"#)
            }
            None => format!(r#"{{"Action": "{event}", "Package": "a"}}"#),
        };
        events.iter().map(event).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_benchmark_is_no_test_and_needs_no_end() {
        let test = ["start", "run TestA", "pass TestA"];
        for (more, counts) in [
            (vec!["run BenchmarkF", "output BenchmarkF", "pass"], (1, 0, 0)),
            (vec!["run BenchmarkF", "bench BenchmarkF", "pass"], (1, 0, 0)),
            (vec!["run BenchmarkF", "fail BenchmarkF", "fail"], (1, 1, 0)),
            (vec!["run BenchmarkF", "fail"], (1, 0, 1)),
            (vec!["run TestB", "pass"], (1, 0, 1)),
        ] {
            let text = stream(&[&test[..], &more].concat());
            let tests = reading("go-test-json", &text).facts.tests.unwrap();
            assert_eq!((tests.passed, tests.failed, tests.errored), counts, "{more:?}");
        }
        let alone = stream(&["start", "run BenchmarkF", "pass"]);
        proves("go-test-json", &[(&alone, "holds 0 tests")]);
    }
}
