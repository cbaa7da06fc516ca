//! Xcode: `xcresulttool get test-results summary` and `… tests`.

use serde::Deserialize;

use crate::evidence::family::ran;
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule};

pub(super) struct Xcresult;

impl Format for Xcresult {
    fn id(&self) -> &'static str {
        "xcresult"
    }

    fn about(&self) -> About {
        About {
            tool: "Xcode (`xcresulttool get test-results`)",
            recognised: "`totalTestCount` beside `passedTests` and `result`; `testNodes` with `nodeType`",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`finishTime` of the summary"),
            source: "https://developer.apple.com/documentation/xcode/running-tests-and-interpreting-results",
            clean: "`result` is `Passed`, and tests are counted.",
            vacuous: "0 tests; only skipped ones; a `result` of `Failed` or `unknown` without a test that failed.",
            blank: Blanks::NONE,
            notes: &[
                "An expected failure has passed, and is told; a run of nothing else proves nothing.",
                "The summary lists the failed tests alone. Of `tests` each test case counts once, whatever its devices, arguments and repetitions.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.json().is_some_and(|shape| {
            shape.has(&["totalTestCount", "passedTests", "result"])
                || shape.first_of("testNodes").is_some_and(|node| node.has(&["nodeType"]))
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Xcode");
        let mut tests = input.tests();
        let mut as_said = 0;
        if input.sniff.json().is_some_and(|shape| shape.has(&["testNodes"])) {
            let tree: Tree<'_> = input.json()?;
            let mut failed_above = false;
            for node in &tree.test_nodes {
                failed_above |= node.is_failed();
                node.add_to(&mut tests, &mut as_said, None);
            }
            failed_without_a_test(&mut reading, failed_above, &tests);
        } else {
            let summary: Summary<'_> = input.json()?;
            as_said = summary.expected_failures;
            summary.add_to(&mut tests, &mut reading);
            reading.produced_at =
                summary.finish_time.get().and_then(|seconds| when::millis(seconds * 1000.0));
        }
        ran::failed_as_said(&mut reading, &tests, as_said);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

/// Doubts a run that failed, and of which no test did: it crashed, or could not begin.
fn failed_without_a_test(reading: &mut Reading, failed: bool, tests: &Tests) {
    if failed && ran::none_failed(tests) {
        let why = "The run did not pass, and no test of it failed: it may have crashed.";
        reading.doubt(Rule::SuiteNotLoaded, why);
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'a> {
    #[serde(borrow)]
    result: Option<Str<'a>>,
    total_test_count: u64,
    passed_tests: u64,
    failed_tests: u64,
    skipped_tests: u64,
    #[serde(default)]
    expected_failures: u64,
    #[serde(default)]
    finish_time: Num,
    test_failures: Option<Vec<Failure<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    #[serde(borrow)]
    test_name: Option<Str<'a>>,
    target_name: Option<Str<'a>>,
    test_identifier_string: Option<Str<'a>>,
    failure_text: Option<Str<'a>>,
}

impl Summary<'_> {
    fn add_to(&self, tests: &mut Tests, reading: &mut Reading) {
        let mut last = None;
        for failure in self.test_failures.iter().flatten() {
            // A test that failed at several places is listed with each.
            let id = failure.test_identifier_string.as_deref().or(failure.test_name.as_deref());
            if tests.failed < self.failed_tests && (id.is_none() || id != last) {
                tests.add(Outcome::Failed, || failure.case());
            }
            last = id;
        }
        tests.failed = self.failed_tests;
        tests.passed = self.passed_tests.saturating_add(self.expected_failures);
        tests.skipped = self.skipped_tests;
        if tests.total() != self.total_test_count {
            let why = format!(
                "`totalTestCount` is {}; passed, failed, skipped and expected failures are {}.",
                self.total_test_count,
                tests.total()
            );
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        let result = self.result.as_deref();
        let held = matches!(result, Some("Passed" | "Skipped" | "Expected Failure"));
        failed_without_a_test(reading, !held, tests);
    }
}

impl Failure<'_> {
    fn case(&self) -> Case {
        Case {
            name: text::said(&self.test_name).unwrap_or_default(),
            suite: text::said(&self.target_name),
            file: None,
            outcome: Outcome::Failed,
            duration_s: None,
            message: self.failure_text.as_deref().and_then(text::excerpt),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tree<'a> {
    #[serde(borrow)]
    test_nodes: Vec<Node<'a>>,
}

/// A plan, a bundle, a suite, a case, or what is told of a case.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    node_type: Option<Str<'a>>,
    result: Option<Str<'a>>,
    #[serde(default)]
    duration_in_seconds: Num,
    children: Option<Vec<Node<'a>>>,
}

impl Node<'_> {
    fn is(&self, kind: &str) -> bool {
        self.node_type.as_deref() == Some(kind)
    }

    fn is_failed(&self) -> bool {
        self.result.as_deref() == Some("Failed")
    }

    fn add_to(&self, tests: &mut Tests, as_said: &mut u64, suite: Option<&str>) {
        if !self.is("Test Case") {
            let own = self.is("Test Suite").then_some(self.name.as_deref()).flatten();
            let children = self.children.iter().flatten();
            children.for_each(|child| child.add_to(tests, as_said, own.or(suite)));
            return;
        }
        let outcome = match self.result.as_deref() {
            Some("Passed") => Outcome::Passed,
            Some("Expected Failure") => {
                *as_said += 1;
                Outcome::Passed
            }
            Some("Failed") => Outcome::Failed,
            Some("Skipped") => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        tests.add(outcome, || Case {
            name: text::said(&self.name).unwrap_or_default(),
            suite: suite.map(str::to_owned),
            file: None,
            outcome,
            duration_s: self.duration_in_seconds.get(),
            message: self.message(),
        });
    }

    /// The first message of its failure, however deep.
    fn message(&self) -> Option<String> {
        self.children.iter().flatten().find_map(|child| match child.is("Failure Message") {
            true => child.name.as_deref().and_then(text::excerpt),
            false => child.message(),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn summary(result: &str, [total, passed, failed, skipped, expected]: [u64; 5]) -> String {
        format!(
            r#"{{"result": "{result}", "totalTestCount": {total}, "passedTests": {passed}, "failedTests": {failed},
            "skippedTests": {skipped}, "expectedFailures": {expected}, "finishTime": 1795846406.5, "testFailures": [
            {{"testName": "total()", "targetName": "ShopTests", "failureText": "1 is not 2",
            "testIdentifierString": "CartTests/total()"}}, {{"testName": "total()", "failureText": "again",
            "testIdentifierString": "CartTests/total()"}}]}}"#
        )
    }

    #[test]
    fn the_summary_s_counts_count() {
        let read = reading("xcresult", &summary("Failed", [6, 2, 2, 1, 1]));
        let tests = read.facts.tests.unwrap();
        assert_eq!([tests.passed, tests.failed, tests.skipped], [3, 2, 1]);
        let cases = tests.cases.entries();
        assert_eq!((cases.len(), cases[0].message.as_deref()), (1, Some("1 is not 2")));
        assert!(read.produced_at.unwrap().at.is_some());
        proves(
            "xcresult",
            &[
                (&summary("Passed", [2, 2, 0, 0, 0]), ""),
                (&summary("Failed", [2, 2, 0, 0, 0]), "may have crashed"),
                (&summary("unknown", [2, 2, 0, 0, 0]), "may have crashed"),
                (&summary("Passed", [3, 2, 0, 0, 0]), "`totalTestCount` is 3"),
                (&summary("Expected Failure", [1, 0, 0, 0, 1]), "none held"),
                (&summary("Skipped", [1, 0, 0, 1, 0]), "The only test was skipped"),
                (&summary("Passed", [0, 0, 0, 0, 0]), "0 tests"),
            ],
        );
    }

    #[test]
    fn each_test_case_of_a_tree_counts_once() {
        let tree = |cases: &str, result: &str| {
            format!(
                r#"{{"testNodes": [{{"nodeType": "Test Plan", "name": "Shop", "result": "{result}", "children": [
                {{"nodeType": "Unit test bundle", "name": "ShopTests", "children": [{{"nodeType": "Test Suite",
                "name": "CartTests", "children": [{cases}]}}]}}]}}]}}"#
            )
        };
        let case = |name: &str, result: &str| {
            format!(
                r#"{{"nodeType": "Test Case", "name": "{name}", "result": "{result}", "durationInSeconds": 0.5,
                "children": [{{"nodeType": "Device", "name": "iPhone", "result": "{result}", "children": [
                {{"nodeType": "Failure Message", "name": "Cart.swift:4: no"}}]}}]}}"#
            )
        };
        let cases =
            [case("a()", "Passed"), case("b()", "Failed"), case("c()", "unknown")].join(",");
        let tests = reading("xcresult", &tree(&cases, "Failed")).facts.tests.unwrap();
        assert_eq!([tests.passed, tests.failed, tests.errored], [1, 1, 1]);
        let failed = &tests.cases.entries()[1];
        assert_eq!(failed.suite.as_deref(), Some("CartTests"));
        assert_eq!(failed.message.as_deref(), Some("Cart.swift:4: no"));
        let passed = case("a()", "Passed");
        proves(
            "xcresult",
            &[(&tree(&passed, "Passed"), ""), (&tree(&passed, "Failed"), "may have crashed")],
        );
    }
}
