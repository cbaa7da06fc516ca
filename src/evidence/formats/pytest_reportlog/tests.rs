//! What pytest-reportlog tells of tests and of sessions.

use crate::evidence::tests::{proves, reading};

const START: &str = r#"{"pytest_version": "9.2.0", "$report_type": "SessionStart"}"#;

fn log(exit: u64, lines: &[String]) -> String {
    let finish = format!(r#"{{"exitstatus": {exit}, "$report_type": "SessionFinish"}}"#);
    format!("{START}\n{}\n{finish}\n", lines.join("\n"))
}

fn phase(when: &str, outcome: &str) -> String {
    format!(
        r#"{{"nodeid": "a.py::t", "when": "{when}", "outcome": "{outcome}", "$report_type": "TestReport"}}"#
    )
}

fn subtest(outcome: &str) -> String {
    phase("call", outcome).replace("TestReport", "SubTestReport")
}

fn whole(call: &str) -> Vec<String> {
    vec![phase("setup", "passed"), phase("call", call), phase("teardown", "passed")]
}

#[test]
fn a_test_is_what_its_phases_come_to() {
    let [passed, failed, errored, skipped] =
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
    let of = |phases: &[(&str, &str)]| -> Vec<String> {
        phases.iter().map(|(when, outcome)| phase(when, outcome)).collect()
    };
    for (lines, expected) in [
        (whole("passed"), passed),
        (whole("failed"), failed),
        (whole("skipped"), skipped),
        (whole("strange"), errored),
        (of(&[("setup", "failed"), ("teardown", "passed")]), errored),
        (of(&[("setup", "skipped"), ("teardown", "passed")]), skipped),
        (of(&[("setup", "skipped"), ("teardown", "failed")]), errored),
        (of(&[("setup", "passed"), ("call", "passed"), ("teardown", "failed")]), errored),
        (of(&[("setup", "passed"), ("call", "skipped"), ("teardown", "failed")]), errored),
        (of(&[("setup", "passed"), ("call", "failed"), ("teardown", "failed")]), failed),
        (of(&[("setup", "passed"), ("call", "passed")]), errored),
        (of(&[("setup", "passed")]), errored),
        (of(&[("setup", "passed"), ("???", "failed")]), errored),
        ([vec![subtest("failed")], whole("passed")].concat(), failed),
        ([vec![subtest("passed")], whole("passed")].concat(), passed),
        ([vec![subtest("skipped")], whole("passed")].concat(), skipped),
        ([vec![subtest("skipped"), subtest("passed")], whole("passed")].concat(), passed),
        ([vec![subtest("failed").replace("SubTest", "Other")], whole("passed")].concat(), failed),
    ] {
        let text = log(u64::from(expected != passed), &lines);
        let tests = reading("pytest-reportlog", &text).facts.tests.unwrap();
        assert_eq!([tests.passed, tests.failed, tests.errored, tests.skipped], expected, "{text}");
        assert_eq!(tests.flaky, None);
    }
}

#[test]
fn a_test_that_was_run_again_counts_by_its_last_run() {
    for (last, expected) in [("passed", (1, 0, Some(1))), ("failed", (0, 1, Some(0)))] {
        let lines = [vec![subtest("failed")], whole("rerun"), whole(last)].concat();
        let tests = reading("pytest-reportlog", &log(1, &lines)).facts.tests.unwrap();
        assert_eq!((tests.passed, tests.failed, tests.flaky), expected);
    }
}

#[test]
fn a_session_that_did_not_end_well_proves_nothing() {
    let collect = |outcome: &str| {
        format!(r#"{{"nodeid": "b.py", "outcome": "{outcome}", "$report_type": "CollectReport"}}"#)
    };
    let with = |line: String| [vec![line], whole("passed")].concat();
    let passed = log(0, &whole("passed"));
    let unfinished = passed.lines().take(4).collect::<Vec<_>>().join("\n") + "\n";
    let headless = passed.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n";
    proves(
        "pytest-reportlog",
        &[
            (&passed, ""),
            (&format!("{passed}{passed}"), ""),
            (&log(0, &with(collect("passed"))), ""),
            (&log(0, &with(collect("skipped"))), ""),
            (&log(2, &with(collect("failed"))), "1 suite failed to load, the first b.py"),
            (&log(0, &[]), "holds 0 tests"),
            (&log(5, &[collect("passed")]), "holds 0 tests"),
            (&log(0, &whole("skipped")), "The only test was skipped"),
            (&log(2, &whole("passed")), "exit code 2"),
            (&log(3, &whole("failed")), "exit code 3"),
            (&log(1, &whole("passed")), "exit code 1"),
            (&log(1, &whole("failed")), ""),
            (&unfinished, "did not finish"),
            (&headless, "did not finish"),
        ],
    );
}
