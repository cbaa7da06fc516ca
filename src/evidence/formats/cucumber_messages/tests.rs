//! What Cucumber's messages tell of scenarios and of runs.

use crate::evidence::tests::{proves, reading};

const META: &str = r#"{"meta": {"protocolVersion": "32.0.0", "implementation": {"name": "cucumber-js",
    "version": "12.9.0"}, "ci": {"git": {"revision": "99684bcacf01d95875834d87903dcb072306c9ad"}}}}"#;
const PICKLE: &str =
    r#"{"pickle": {"id": "p", "uri": "a.feature", "name": "pays", "astNodeIds": []}}"#;
const START: &str = r#"{"testRunStarted": {"timestamp": {"seconds": 1700000000, "nanos": 0}}}"#;
const CASE: &str = r#"{"testCase": {"id": "c", "pickleId": "p", "testSteps": [{"id": "h"},
    {"id": "s", "pickleStepId": "ps"}]}}"#;

fn end(success: bool) -> String {
    format!(
        r#"{{"testRunFinished": {{"success": {success}, "timestamp": {{"seconds": 1700000009}}}}}}"#
    )
}

/// An attempt whose hook and step ended so.
fn attempt(id: u32, ended: &[(&str, &str)], retried: bool) -> String {
    let mut lines = vec![format!(r#"{{"testCaseStarted": {{"id": "{id}", "testCaseId": "c"}}}}"#)];
    lines.extend(ended.iter().map(|(step, status)| {
        format!(
            r#"{{"testStepFinished": {{"testCaseStartedId": "{id}", "testStepId": "{step}", "testStepResult":
            {{"status": "{status}", "message": "it says so", "duration": {{"seconds": 1, "nanos": 500000000}}}}}}}}"#
        )
    }));
    lines.push(format!(
        r#"{{"testCaseFinished": {{"testCaseStartedId": "{id}", "willBeRetried": {retried}}}}}"#
    ));
    lines.join("\n")
}

fn messages(lines: &[&str], success: bool) -> String {
    let end = end(success);
    [&[META, PICKLE, START, CASE], lines, &[&end]].concat().join("\n")
}

fn ended(hook: &str, step: &str) -> String {
    attempt(1, &[("h", hook), ("s", step)], false)
}

#[test]
fn a_scenario_is_the_worst_of_its_steps() {
    let [passed, failed, errored, skipped] =
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
    let begun = r#"{"testCaseStarted": {"id": "1", "testCaseId": "c"}}"#;
    for (lines, expected) in [
        (ended("PASSED", "PASSED"), passed),
        (ended("PASSED", "FAILED"), failed),
        (ended("FAILED", "SKIPPED"), failed),
        (ended("SKIPPED", "SKIPPED"), skipped),
        (ended("SKIPPED", "PASSED"), skipped),
        (ended("PASSED", "UNDEFINED"), errored),
        (ended("PASSED", "AMBIGUOUS"), errored),
        (ended("PASSED", "PENDING"), errored),
        (ended("PASSED", "UNKNOWN"), errored),
        (attempt(1, &[("h", "PASSED")], false), errored),
        (attempt(1, &[], false), errored),
        (begun.to_owned(), errored),
        (String::new(), skipped),
    ] {
        let text = messages(&[&lines], expected == passed || expected == skipped);
        let tests = reading("cucumber-messages", &text).facts.tests.unwrap();
        assert_eq!([tests.passed, tests.failed, tests.errored, tests.skipped], expected, "{text}");
    }
}

#[test]
fn a_scenario_counts_by_its_last_attempt() {
    let first = attempt(1, &[("s", "FAILED")], true);
    for (second, expected) in [
        (attempt(2, &[("s", "PASSED")], false), [1, 0, 0, 1]),
        (attempt(2, &[("s", "FAILED")], false), [0, 1, 0, 0]),
        (String::new(), [0, 1, 0, 0]),
    ] {
        let text = messages(&[&first, &second], expected[0] == 1);
        let tests = reading("cucumber-messages", &text).facts.tests.unwrap();
        let flaky = tests.flaky.unwrap();
        assert_eq!([tests.passed, tests.failed, tests.errored, flaky], expected, "{text}");
    }
}

#[test]
fn a_message_tells_where_it_is_from() {
    let read = reading("cucumber-messages", &messages(&[&ended("PASSED", "FAILED")], false));
    assert_eq!(read.tool.as_deref(), Some("cucumber-js"));
    assert_eq!(read.tool_version.as_deref(), Some("12.9.0"));
    assert_eq!(read.commit.as_deref(), Some("99684bcacf01d95875834d87903dcb072306c9ad"));
    assert_eq!(read.produced_at.unwrap().at.unwrap().epoch(), 1_700_000_000);
    let tests = read.facts.tests.unwrap();
    assert_eq!((tests.duration_s, tests.suites), (Some(9.0), Some(1)));
    let case = &tests.cases.entries()[0];
    assert_eq!((case.name.as_str(), case.file.as_deref()), ("pays", Some("a.feature")));
    assert_eq!((case.message.as_deref(), case.duration_s), (Some("it says so"), Some(3.0)));
}

#[test]
fn a_run_that_did_not_end_well_proves_nothing() {
    let passed = ended("PASSED", "PASSED");
    let whole = messages(&[&passed], true);
    let cut = whole.rsplit_once('\n').unwrap().0.to_owned() + "\n";
    let hook = |status: &str| {
        format!(
            r#"{{"testRunHookFinished": {{"result": {{"status": "{status}", "message": "no queue"}}}}}}"#
        )
    };
    let unparsed =
        r#"{"parseError": {"source": {"uri": "b.feature"}, "message": "(2:1): expected"}}"#;
    let crashed = r#"{"testRunFinished": {"success": false, "message": "Whoops!"}}"#;
    proves(
        "cucumber-messages",
        &[
            (&whole, ""),
            (&format!("{whole}\n{whole}"), ""),
            (&messages(&[&hook("PASSED"), &passed], true), ""),
            (&messages(&[&ended("PASSED", "FAILED")], false), ""),
            (&cut, "did not finish"),
            (&format!("{whole}\n{cut}"), "did not finish"),
            (&messages(&[&passed], false), "without success"),
            (&format!("{META}\n{START}\n{crashed}"), "Whoops!"),
            (
                &messages(&[&hook("FAILED"), &passed], false),
                "hook of the run failed. It says: no queue",
            ),
            (&messages(&[unparsed, &passed], false), "1 suite failed to load, the first b.feature"),
            (&messages(&[&ended("SKIPPED", "SKIPPED")], true), "The only test was skipped"),
            (&format!("{META}\n{START}\n{}", end(true)), "0 tests"),
        ],
    );
}
