//! What GitLab's test reports tell, and what they leave out.

use crate::evidence::tests::{proves, reading};

fn report(failed: u64, error: &str, cases: &str) -> String {
    format!(
        r#"{{"total_time": 2.5, "total_count": 1, "success_count": 1, "failed_count": {failed}, "skipped_count": 0,
        "error_count": 0, "test_suites": [{{"name": "unit", "total_count": 1, "suite_error": {error},
        "test_cases": [{cases}]}}]}}"#
    )
}

fn case(status: &str, said: &str) -> String {
    format!(
        r#"{{"status": "{status}", "name": "t", "classname": "C", "file": "a.rb", "execution_time": 0.5,
        "system_output": {said}, "stack_trace": "at line 3"}}"#
    )
}

fn summary(counts: [u64; 5], failed: u64, error: &str) -> String {
    let [count, success, fails, skipped, errors] = counts;
    format!(
        r#"{{"total": {{"time": 7, "count": {count}, "success": {success}, "failed": {fails}, "skipped": {skipped},
        "error": {errors}, "suite_error": null}}, "test_suites": [{{"name": "unit", "total_count": 3,
        "success_count": {success}, "failed_count": {failed}, "skipped_count": {skipped}, "error_count": {errors},
        "build_ids": [1], "suite_error": {error}}}]}}"#
    )
}

#[test]
fn a_case_ends_as_its_status_says() {
    for (status, expected) in [
        ("success", [1, 0, 0, 0]),
        ("failed", [0, 1, 0, 0]),
        ("error", [0, 0, 1, 0]),
        ("skipped", [0, 0, 0, 1]),
        ("strange", [0, 0, 1, 0]),
    ] {
        let text = report(0, "null", &case(status, "null"));
        let tests = reading("gitlab-test-report", &text).facts.tests.unwrap();
        let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
        assert_eq!((seen, tests.duration_s), (expected, Some(2.5)), "{status}");
    }
}

#[test]
fn a_failed_case_says_why() {
    for (said, why) in [
        (r#""it broke""#, "it broke"),
        (r#"{"message": "it broke", "type": "E"}"#, "it broke"),
        (r#"[{"type": "E"}, "it broke"]"#, "it broke"),
        ("null", "at line 3"),
        ("7", "7"),
    ] {
        let read = reading("gitlab-test-report", &report(1, "null", &case("failed", said)));
        let tests = read.facts.tests.unwrap();
        let case = &tests.cases.entries()[0];
        assert_eq!(case.message.as_deref(), Some(why), "{said}");
        assert_eq!((case.suite.as_deref(), case.file.as_deref()), (Some("C"), Some("a.rb")));
    }
}

#[test]
fn a_summary_is_its_counts_by_job() {
    let tests = reading("gitlab-test-report", &summary([10, 4, 3, 2, 1], 3, "null"));
    let tests = tests.facts.tests.unwrap();
    assert_eq!([tests.passed, tests.failed, tests.errored, tests.skipped], [4, 3, 1, 2]);
    assert_eq!((tests.suites, tests.duration_s), (Some(1), Some(7.0)));
}

#[test]
fn a_report_that_lacks_something_proves_nothing() {
    let passed = case("success", "null");
    let unread = r#""JUnit XML parsing failed: 1:1: FATAL: Document is empty""#;
    proves(
        "gitlab-test-report",
        &[
            (&report(0, "null", &passed), ""),
            (&report(0, unread, &passed), "could not read a report of unit. It says: JUnit XML"),
            (&report(2, "null", &passed), "declares 2 failures; the report holds 0"),
            (&report(0, "null", ""), "holds 0 tests"),
            (&report(0, "null", &case("skipped", "null")), "The only test was skipped"),
            (&summary([3, 3, 0, 0, 0], 0, "null"), ""),
            (&summary([3, 3, 0, 0, 0], 0, unread), "could not read a report of unit"),
            (&summary([3, 2, 1, 0, 0], 0, "null"), "declares 1 failure; the report holds 0"),
            (&summary([0; 5], 0, "null"), "holds 0 tests"),
            (&summary([3, 0, 0, 3, 0], 0, "null"), "All 3 tests were skipped"),
        ],
    );
}
