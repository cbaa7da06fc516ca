//! Tests that were retried, and what only looks like a retry.

use super::{judged, team};
use crate::support::Repo;

/// What tells an attempt from the next: its folder, the machine, the thread, the test, when it began
/// and ended in milliseconds of that minute, and how.
struct Attempt(&'static str, &'static str, &'static str, &'static str, [u64; 2], &'static str);

const FOLDER: &str = "allure-results";
const THREAD: &str = "7-MainThread";

/// One at the test `pays`, in one run.
fn paid(time: [u64; 2], status: &'static str) -> Attempt {
    Attempt(FOLDER, "vm", THREAD, "pays", time, status)
}

fn left(condition: &str, attempts: &[Attempt]) -> Repo {
    let glob = "artifacts = [\"reports/*/*.json\"]";
    let repo = team(&format!("{glob}\ncondition = '{condition}'"));
    let minute = 1_768_042_800_000;
    attempts.iter().enumerate().fold(repo, |repo, (place, attempt)| {
        let Attempt(folder, host, thread, test, [began, ended], status) = attempt;
        let result = serde_json::json!({
            "uuid": place, "historyId": test, "fullName": test, "name": test, "status": status,
            "stage": "finished", "start": minute + began, "stop": minute + ended,
            "labels": [{"name": "host", "value": host}, {"name": "thread", "value": thread}],
        });
        repo.file(&format!("reports/{folder}/{place}-result.json"), result.to_string())
    })
}

const HOLDS: &str = "tests.failed + tests.errored == 0";

#[track_caller]
fn expect(condition: &str, attempts: &[Attempt], status: &str) {
    let (is, reason, _) = judged(&left(condition, attempts));
    assert_eq!(is, status, "{reason}");
}

#[test]
fn a_test_counts_as_its_last_attempt_ended() {
    let passed = [paid([0, 5], "failed"), paid([5, 9], "broken"), paid([9, 12], "passed")];
    expect(HOLDS, &passed, "verified");
    expect("tests.total == 1 && tests.flaky == 1", &passed, "verified");
    expect("tests.flaky == 0", &passed, "contradicted");
    let named_first = [paid([9, 12], "passed"), paid([0, 5], "failed")];
    expect(HOLDS, &named_first, "verified");
    let failed = [paid([0, 5], "failed"), paid([5, 9], "failed")];
    expect(HOLDS, &failed, "contradicted");
    expect("tests.total == 1 && tests.failed == 1", &failed, "verified");
    expect(HOLDS, &[paid([0, 5], "passed"), paid([5, 9], "failed")], "contradicted");
    expect(HOLDS, &[paid([0, 5], "failed"), paid([5, 9], "skipped")], "contradicted");
}

#[test]
fn what_is_no_later_attempt_of_one_run_hides_no_failure() {
    let at = [5, 9];
    for other in [
        Attempt("other-results", "vm", THREAD, "pays", at, "passed"),
        Attempt(FOLDER, "vm2", THREAD, "pays", at, "passed"),
        Attempt(FOLDER, "vm", "8-MainThread", "pays", at, "passed"),
        Attempt(FOLDER, "vm", THREAD, "pays [2]", at, "passed"),
        // They ran at once, or nobody knows which ran first.
        paid([4, 9], "passed"),
        paid([0, 5], "passed"),
    ] {
        expect(HOLDS, &[paid([0, 5], "failed"), other], "contradicted");
    }
    let nameless = |status, time| Attempt(FOLDER, "vm", "1", "pays", time, status);
    expect(HOLDS, &[nameless("failed", [0, 5]), nameless("passed", [5, 9])], "contradicted");
}

#[test]
fn where_what_passed_was_run_again_there_was_more_than_one_run() {
    let refunds = |time| Attempt(FOLDER, "vm", THREAD, "refunds", time, "passed");
    let two_runs =
        [paid([0, 5], "failed"), refunds([5, 9]), paid([20, 25], "passed"), refunds([25, 29])];
    expect(HOLDS, &two_runs, "contradicted");
    expect(HOLDS, &[paid([0, 5], "failed"), refunds([5, 9]), paid([9, 12], "passed")], "verified");
}

#[test]
fn a_skipped_test_proves_nothing_alone_and_is_no_doubt_beside_others() {
    let skipped = |folder| Attempt(folder, "vm", THREAD, "exports", [0, 1], "skipped");
    expect(HOLDS, &[skipped(FOLDER)], "unproven");
    expect(HOLDS, &[skipped(FOLDER), paid([1, 2], "passed")], "verified");
    expect(HOLDS, &[skipped("other-results"), paid([1, 2], "passed")], "unproven");
    expect(HOLDS, &[skipped(FOLDER), paid([1, 2], "failed")], "contradicted");
}

#[test]
fn of_bazel_s_attempts_at_a_target_the_last_one_counts() {
    let report = |inside: &str| {
        let case = format!("<testcase name=\"app/pay_test\">{inside}</testcase>");
        format!(
            "<testsuites><testsuite name=\"app/pay_test\" timestamp=\"2026-01-10T11:00:00Z\">{case}</testsuite></testsuites>"
        )
    };
    let failed = report("<error message=\"exited with error code 1\"/>");
    let of = |files: &[(&str, &str)]| {
        let glob = "artifacts = [\"reports/**/*.xml\"]";
        let repo = team(&format!("{glob}\ncondition = 'tests.total > 0 && {HOLDS}'"));
        let put = |repo: Repo, (path, text): &(&str, &str)| {
            repo.file(&format!("reports/logs/{path}"), *text)
        };
        judged(&files.iter().fold(repo, put)).0
    };
    let passed = report("");
    let first = ("pay_test/test_attempts/attempt_1.xml", failed.as_str());
    assert_eq!(of(&[("pay_test/test.xml", &passed), first]), "verified");
    assert_eq!(of(&[("pay_test/test.xml", &failed), first]), "contradicted");
    assert_eq!(of(&[("cart_test/test.xml", &passed), first]), "contradicted");
    assert_eq!(of(&[("pay_test/junit.xml", &passed), first]), "contradicted");
    let other = ("pay_test/test_attempts/other.xml", failed.as_str());
    assert_eq!(of(&[("pay_test/test.xml", &passed), other]), "contradicted");
}
