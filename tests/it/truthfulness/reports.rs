//! Reports for the cases of the rules: good ones, and such as look good.

/// A k6 run of 1,000 requests.
pub(super) fn k6(failed: u32) -> String {
    let share = f64::from(failed) / 1000.0;
    format!(
        r#"{{"root_group": {{}}, "metrics": {{"http_req_duration": {{"avg": 1, "max": 9, "p(95)": 2}},
            "iterations": {{"count": 1000, "rate": 9}}, "http_reqs": {{"count": 1000, "rate": 9}},
            "http_req_failed": {{"value": {share}, "passes": {failed}, "fails": {}}}}}}}"#,
        1000 - failed
    )
}

pub(super) const GOOD_JUNIT: &str =
    r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;

pub(super) const HALF_COLLECTED_PYTEST: &str = r#"<testsuite name="pytest" tests="2" errors="1"><testcase name="ok"/>
    <testcase classname="" name="tests.test_pay"><error message="collection failure">ImportError</error>
    </testcase></testsuite>"#;

pub(super) const TIMED_OUT_FAILSAFE: &str = r#"<failsafe-summary result="255" timeout="true"><completed>2</completed>
    <errors>0</errors><failures>0</failures><skipped>0</skipped></failsafe-summary>"#;

pub(super) const BROKEN_OFF_PERL: &str =
    "ok 1 - a\n1..1\n# Looks like your test exited with 2 just after 1.\n";

pub(super) const HALF_SCANNED_CLUSTER: &str = r#"{"ClusterName": "prod", "Resources": [
    {"Kind": "Deployment", "Name": "api", "Error": "scan error: unable to find the image"},
    {"Kind": "Pod", "Name": "b", "Results": [{"Target": "b", "Class": "os-pkgs", "Type": "debian"}]}]}"#;

pub(super) const DROPPED_K6: &str = r#"{"root_group": {}, "metrics": {"iteration_duration": {"avg": 1, "max": 9, "p(95)": 2},
    "iterations": {"count": 1000, "rate": 9}, "dropped_iterations": {"count": 9000, "rate": 90}}}"#;

pub(super) const FAILED_AUTOCANNON: &str = r#"{"latency": {"average": 3}, "requests": {"total": 100}, "errors": 0,
    "throughput": {}, "non2xx": 99}"#;

pub(super) const CLEAN_ESLINT: &str = r#"[{"filePath": "/a.js", "messages": [], "errorCount": 0, "warningCount": 0,
    "fatalErrorCount": 0, "fixableErrorCount": 0, "fixableWarningCount": 0}]"#;

pub(super) const CLEAN_SARIF: &str =
    r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": []}]}"#;

pub(super) const HALF_PARSED_CHECKOV: &str = r#"{"check_type": "terraform", "results": {"passed_checks": [{}],
    "failed_checks": [], "parsing_errors": ["a.tf"]}, "summary": {"passed": 1, "failed": 0}}"#;

pub(super) const SKIPPED_JOB: &str = r#"{"total_count": 1, "jobs": [{"id": 1, "run_id": 2, "run_attempt": 1,
    "workflow_name": "ci", "head_branch": "main", "run_url": "https://example.org/2",
    "head_sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "status": "completed",
    "conclusion": "skipped", "created_at": "2026-11-22T08:00:00Z",
    "started_at": "2026-11-22T08:00:00Z", "completed_at": "2026-11-22T08:30:00Z",
    "name": "a \"b\"", "steps": []}]}"#;

pub(super) const HALF_LOADED_JEST: &str = r#"{"numTotalTests": 1, "numPassedTests": 1, "numFailedTests": 0,
    "numPendingTests": 0, "numTodoTests": 0, "numTotalTestSuites": 2, "numFailedTestSuites": 1,
    "numRuntimeErrorTestSuites": 1, "success": false, "startTime": 1795338000000, "testResults": [
    {"name": "a.test.js", "status": "passed", "startTime": 1795338000000, "endTime": 1795338001000,
     "assertionResults": [{"title": "a", "fullName": "a", "status": "passed",
     "ancestorTitles": [], "failureMessages": []}]},
    {"name": "b.test.js", "status": "failed", "message": "Cannot find module", "startTime":
     1795338000000, "endTime": 1795338001000, "assertionResults": []}]}"#;
