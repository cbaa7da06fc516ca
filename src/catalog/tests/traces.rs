//! What answers a line by the names and words that its tool really gives.

use super::{artifact, condition};

/// Reports under the names that tools give them.
#[test]
fn a_report_is_known_by_what_its_tool_writes() {
    let tests = |path: &str, name: &str, count: usize| {
        let cases: String = (0..count).map(|at| format!("<testcase name=\"{at}\"/>")).collect();
        artifact(
            path,
            &format!(
                "<testsuites name=\"{name}\"><testsuite name=\"s\">{cases}</testsuite></testsuites>"
            ),
        )
    };
    let pytest = [tests("reports/junit.xml", "pytest tests", 12)];
    let surefire = [tests("target/surefire-reports/TEST-a.ATest.xml", "", 24)];
    let gradle = [tests("app/build/test-results/test/TEST-a.ATest.xml", "", 24)];
    let jest = [tests("junit.xml", "jest tests", 24)];
    for (line, found, offered) in [
        ("pytest passes", &pytest, true),
        ("pytest passes", &jest, false),
        ("Jest tests pass", &jest, true),
        ("Jest tests pass", &pytest, false),
        ("JUnit tests pass", &surefire, true),
        ("JUnit tests pass", &gradle, true),
        ("JUnit tests pass", &jest, false),
        ("JUnit tests pass", &pytest, false),
    ] {
        assert_eq!(condition(line, found, &[]).is_some(), offered, "{line}: {}", found[0].path);
    }
    let asked = condition("All 20 unit tests pass", &surefire, &[]).unwrap();
    assert!(asked.starts_with("tests.total >= 20 && "), "{asked}");
    for line in ["All 20 backend unit tests pass", "All 1,200 core unit tests pass"] {
        let side = [tests("backend/target/surefire-reports/TEST-a.xml", "", 24)];
        let asked = condition(line, &side, &[]);
        assert!(asked.is_none_or(|asked| asked.starts_with("tests.total >= ")), "{line}");
    }
}

#[test]
fn a_clean_linter_found_nothing_at_all() {
    let sarif = |tool: &str| {
        let text = format!(
            r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "{tool}"}}}}, "results": []}}]}}"#
        );
        [artifact("reports/lint.sarif", &text)]
    };
    let asked = Some("findings.total == 0".to_owned());
    assert_eq!(condition("Ruff clean", &sarif("ruff"), &[]), asked);
    assert_eq!(condition("Ruff clean", &sarif("Pylint"), &[]), None);
    assert_eq!(condition("Checkov passes", &sarif("Checkov"), &[]), asked);
}

#[test]
fn a_guide_for_contributors_is_a_document_of_that_name() {
    let of = |path: &str| condition("Contributing guidelines written", &[], &[(path, "# Hello\n")]);
    assert!(of("CONTRIBUTING.md").is_some() && of(".github/CONTRIBUTING.md").is_some());
    assert!(
        of("docs/contributors.md").is_none() && of("docs/contributing-translations.md").is_none()
    );
}
