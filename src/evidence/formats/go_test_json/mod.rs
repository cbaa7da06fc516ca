//! `go test -json`: events of tests and packages, with build output between.

mod package;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::package::Package;
use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::Case;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct GoTestJson;

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
                "Subtests and their parents each count.",
                "Of `-count=N` a test that failed once has failed, whatever its repetitions did. Where the package was run again for the tests that failed (gotestsum `--rerun-fails`), the last run counts, as flaky where that passed; not where what had passed was run again as well: those are two runs.",
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
            None => package.event(action, event.elapsed),
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
            if package.end.is_none() || package.was_cut {
                unended.push(name.clone());
            }
            let held = package.end == Some("pass");
            for (test, state) in &package.tests {
                if state.is_benchmark(test, held) {
                    continue;
                }
                let (outcome, on_a_retry) = package.outcome(state);
                if on_a_retry {
                    tests.add_flaky(1);
                }
                tests.add(outcome, || Case {
                    name: test.clone(),
                    suite: Some(name.clone()),
                    file: None,
                    outcome,
                    duration_s: state.seconds,
                    message: text::excerpt(&state.output),
                });
            }
            if package.was_lost || failed && tests.failed + tests.errored == before {
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
    fn a_repetition_hides_no_failure_and_a_retry_of_what_failed_does() {
        let (once, start) = (["start", "run TestA", "pass TestA"], "start");
        let first = [&once[..], &["run TestB", "fail TestB"]].concat();
        let retry = ["run TestB", "pass TestB", "pass"];
        let all = ["run TestA", "pass TestA", "run TestB", "pass TestB"];
        for (events, expected) in [
            // -count=2
            ([&first[..], &all, &["fail"]].concat(), (1, 1, 0, None)),
            ([&first[..], &["run TestA", "fail"]].concat(), (0, 1, 1, None)),
            (
                [&once[..], &["run TestA", "fail TestA", "run TestA", "skip TestA", "fail"]]
                    .concat(),
                (0, 1, 0, None),
            ),
            // gotestsum, of Go since 1.20 and before.
            ([&first[..], &["fail", start], &retry].concat(), (2, 0, 0, Some(1))),
            ([&first[..], &["fail"], &retry].concat(), (2, 0, 0, Some(1))),
            (
                [&first[..], &["fail", start, "run TestB", "fail TestB", "fail"]].concat(),
                (1, 1, 0, None),
            ),
            // Two runs of all.
            ([&first[..], &["fail", start], &all, &["pass"]].concat(), (1, 1, 0, None)),
        ] {
            let read = reading("go-test-json", &stream(&events));
            assert_eq!(read.doubts, [], "{events:?}");
            let tests = read.facts.tests.unwrap();
            let counts = (tests.passed, tests.failed, tests.errored, tests.flaky);
            assert_eq!(counts, expected, "{events:?}");
        }
    }

    #[test]
    fn a_former_run_that_was_lost_is_not_made_good_by_a_later_one() {
        let run = ["start", "run TestA", "pass TestA", "pass"];
        let again = |first: &[&str]| stream(&[first, &run[..]].concat());
        proves(
            "go-test-json",
            &[
                (&again(&run), ""),
                (&again(&["start", "fail"]), "1 suite failed to load, the first a"),
                (&again(&["start", "run TestA", "pass TestA"]), "ends before package a does"),
            ],
        );
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
