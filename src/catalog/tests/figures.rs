//! That the load and the number of tests that a line names are asked for, and that a document's name says
//! no more than the line does.

use super::{artifact, condition};

#[test]
fn the_load_that_a_limit_is_to_hold_under_is_asked_for() {
    let k6 = |reqs: &str| {
        [artifact(
            "artifacts/k6.json",
            &format!(
                r#"{{"metrics": {{"http_req_duration": {{"type": "trend", "values": {{"p(95)": 12}}}},
                "http_req_failed": {{"type": "rate", "values": {{"rate": 0.004}}}},{reqs}
                "iterations": {{"type": "counter", "values": {{"count": 9}}}}}}, "root_group": {{}}}}"#
            ),
        )]
    };
    let rated = k6(r#""http_reqs": {"type": "counter", "values": {"count": 900, "rate": 50}},"#);
    let line = "p95 latency under 300ms at 500 rps";
    let asked =
        "metrics[\"http_req_duration\"].p95 < 300.0 && metrics[\"http_reqs\"].rate >= 500.0";
    assert_eq!(condition(line, &rated, &[]).as_deref(), Some(asked));
    assert_eq!(condition(line, &k6(""), &[]), None);
    for line in [
        "p95 latency under 300ms at 500 rps per node",
        "p95 latency under 300ms at 500 rps for 10 minutes",
        "p95 latency under 300ms at 500 users",
    ] {
        assert_eq!(condition(line, &rated, &[]), None, "{line}");
    }
}

#[test]
fn so_many_tests_as_a_line_counts_are_asked_for() {
    let junit = [artifact(
        "artifacts/junit.xml",
        r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#,
    )];
    for (line, total) in [
        ("All 20 tests pass", "tests.total >= 20"),
        ("All 1,240 tests pass", "tests.total >= 1240"),
        ("All tests pass", "tests.total > 0"),
    ] {
        let asked = format!("{total} && tests.failed + tests.errored == 0");
        assert_eq!(condition(line, &junit, &[]), Some(asked), "{line}");
    }
}

#[test]
fn a_document_answers_where_its_name_says_no_more_than_the_line() {
    let text = "# A\n\nThis is what we do, and in which order, when it comes to that.\n";
    let of = |line: &str, paths: &[&str]| {
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, text)).collect();
        condition(line, &[], &files)
    };
    let both = ["docs/deployment.md", "docs/operations.md"];
    for (line, paths, path) in [
        ("Operations manual complete", both.as_slice(), Some("docs/operations.md")),
        ("Operations manual complete", &["docs/deployment.md"], None),
        ("Deployment guide complete", &both, Some("docs/deployment.md")),
        ("Incident response plan in place", &["docs/incident-2026-03.md"], None),
        (
            "Incident response plan in place",
            &["docs/incident-response.md"],
            Some("docs/incident-response.md"),
        ),
        ("Rollback plan documented", &["docs/rollback-analytics.md"], None),
        ("API documentation written", &["packages/api/README.md", "packages/api/src/a.ts"], None),
        ("API documentation written", &["docs/api/README.md"], Some("docs/api/README.md")),
        ("API documentation written", &["docs/api-keys.md"], None),
        ("Deployment runbook written", &["docs/runbooks/operations-runbook.md"], None),
    ] {
        let found = of(line, paths);
        let named = path.map(|path| format!("text({path:?}).size() > 40"));
        assert_eq!(found.is_some(), named.is_some(), "{line}: {paths:?}");
        assert!(named.is_none_or(|named| found.unwrap().starts_with(&named)), "{line}");
    }
}

#[test]
fn a_heading_answers_where_something_stands_below_it() {
    let of = |text: &str| condition("Rollback plan documented", &[], &[("docs/release.md", text)]);
    assert!(of("# Release\n\n## Rollback\n\nPress the button.\n").is_some());
    assert!(of("# Release\n\n## No rollback is possible\n\nSo look twice.\n").is_none());
    let draft = of("# Release\n\n## Rollback\n\nTBD\n").unwrap();
    assert!(draft.contains("(TODO|TBD|"), "{draft}");
}

/// Kinds of tests that a report of all tests does not tell apart.
#[test]
fn tests_of_a_kind_are_not_all_tests() {
    let junit = [artifact(
        "artifacts/junit.xml",
        r#"<testsuite name="s"><testcase name="a"/></testsuite>"#,
    )];
    for line in ["System tests pass", "Functional tests pass", "Core tests pass", "Jest tests pass"]
    {
        assert_eq!(condition(line, &junit, &[]), None, "{line}");
    }
    assert!(condition("All tests pass", &junit, &[]).is_some());
}
