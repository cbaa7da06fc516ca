//! A bound that a line gives twice is none, and a linter passes as its own exit code says.

use super::{artifact, condition};

#[test]
fn of_two_bounds_none_is_asked_for() {
    let k6 = [artifact(
        "artifacts/k6.json",
        r#"{"metrics": {"http_req_duration": {"type": "trend", "values": {"avg": 9, "p(95)": 412}},
            "iterations": {"type": "counter", "values": {"count": 9}}}, "root_group": {}}"#,
    )];
    for line in [
        "p95 < 500 ms / 100 ms",
        "p95 < 500 ms (target 100 ms)",
        "p95 < 500 ms, 100 ms for checkout",
        "p95 < 500/100 ms",
    ] {
        assert_eq!(condition(line, &k6, &[]), None, "{line}");
    }
    let asked = condition("p95 < 500 ms", &k6, &[]);
    assert_eq!(asked.as_deref(), Some("metrics[\"http_req_duration\"].p95 < 500.0"));
}

#[test]
fn a_linter_passes_as_its_exit_code_says() {
    let rubocop = artifact(
        "reports/rubocop.json",
        r#"{"metadata": {"rubocop_version": "1.60"}, "files": [{"path": "a.rb", "offenses": []}],
            "summary": {"offense_count": 0, "target_file_count": 1, "inspected_file_count": 1}}"#,
    );
    let pylint = artifact(
        "reports/pylint.json",
        r#"[{"type": "warning", "module": "a", "obj": "", "line": 1, "column": 0, "path": "a.py",
            "symbol": "unused-import", "message": "Unused import os", "message-id": "W0611"}]"#,
    );
    let eslint = artifact(
        "reports/eslint.json",
        r#"[{"filePath": "/a.js", "messages": [], "errorCount": 0, "warningCount": 0}]"#,
    );
    let of = |line: &str, found: &[&crate::model::Artifact]| {
        let found: Vec<_> = found.iter().map(|of| (*of).clone()).collect();
        condition(line, &found, &[]).unwrap_or_default()
    };
    assert_eq!(of("RuboCop passes", &[&rubocop]), "findings.total == 0");
    assert_eq!(of("Pylint passes", &[&pylint]), "findings.total == 0");
    assert_eq!(of("ESLint passes", &[&eslint]), "findings.errors == 0");
    assert_eq!(of("Lint passes", &[&eslint]), "findings.errors == 0");
    assert_eq!(of("Lint passes", &[&pylint]), "findings.errors == 0 && findings.total == 0");
    assert_eq!(of("No lint errors", &[&pylint]), "findings.errors == 0");
    let mixed = "findings.errors == 0 && artifact(\"reports/rubocop.json\").findings.total == 0";
    assert_eq!(of("Lint passes", &[&eslint, &rubocop]), mixed);
}
