//! Lines that teams write of what their tools left behind, which have to be bound.

use super::{artifact, condition, proposed};
use crate::model::Artifact;

/// A report of two tests that does not say its tool.
fn junit(path: &str) -> Artifact {
    artifact(path, r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#)
}

#[test]
fn the_tests_of_a_runner_are_those_of_its_report_or_of_the_only_one() {
    let go_test = artifact(
        "reports/go-test.json",
        "{\"Time\":\"2026-01-05T10:00:00Z\",\"Action\":\"run\",\"Package\":\"a\",\"Test\":\"TestA\"}\n\
         {\"Time\":\"2026-01-05T10:00:01Z\",\"Action\":\"pass\",\"Package\":\"a\",\"Test\":\"TestA\",\"Elapsed\":0.1}\n\
         {\"Time\":\"2026-01-05T10:00:01Z\",\"Action\":\"pass\",\"Package\":\"a\",\"Elapsed\":0.1}\n",
    );
    let libtest = artifact(
        "reports/cargo-test.log",
        "\nrunning 1 test\ntest a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n",
    );
    let plain = junit("reports/junit.xml");
    let python = ("pyproject.toml", "[dependency-groups]\ndev = [\"pytest\"]\n");
    let vitest = ("package.json", r#"{"devDependencies": {"vitest": "1"}}"#);
    let both = ("package.json", r#"{"devDependencies": {"vitest": "1", "jest": "29"}}"#);
    let module = ("go.mod", "module example.org/shop\n");
    for (line, found, files, offered) in [
        ("go test passes", &go_test, &[][..], true),
        ("go test ./... passes", &go_test, &[], true),
        ("Go tests pass", &go_test, &[], true),
        ("go test -race passes", &go_test, &[], false),
        ("go test passes", &plain, &[module], true),
        ("go test passes", &plain, &[module, vitest], false),
        ("cargo test passes", &libtest, &[], true),
        ("cargo test passes", &plain, &[], false),
        ("pytest passes", &plain, &[], false),
        ("pytest passes", &plain, &[python], true),
        ("pytest passes", &plain, &[vitest, python], false),
        ("vitest passes", &plain, &[vitest], true),
        ("vitest passes", &plain, &[both], false),
        ("jest passes", &plain, &[vitest], false),
        ("vitest passes", &go_test, &[vitest], false),
    ] {
        let asked = condition(line, std::slice::from_ref(found), files);
        assert_eq!(asked.is_some(), offered, "{line}: {} {files:?}", found.path);
    }
}

#[test]
fn what_is_said_of_all_tests_is_asked_of_every_report() {
    let found = [junit("reports/junit.xml")];
    let of = |line: &str| condition(line, &found, &[]).unwrap_or_default();
    let none_failed =
        |total: &str| format!("tests.total {total} && tests.failed + tests.errored == 0");
    for line in ["No failing tests", "No failed tests", "0 tests fail", "No test failures"] {
        assert_eq!(of(line), none_failed("> 0"), "{line}");
    }
    assert_eq!(of("No skipped tests"), "tests.total > 0 && tests.skipped == 0");
    assert_eq!(of("2/2 tests pass"), none_failed(">= 2"));
    assert_eq!(of("All 2 of 2 tests pass"), none_failed(">= 2"));
    assert_eq!(of("1/2 tests pass"), "");
    assert_eq!(of("0/2 tests pass"), "");
    let failsafe = [junit("target/failsafe-reports/TEST-a.ATest.xml")];
    assert!(condition("Integration tests pass", &failsafe, &[]).is_some());
    assert_eq!(condition("Unit tests pass", &failsafe, &[]), None);
}

#[test]
fn kinds_of_tests_are_proven_by_jobs_of_that_name() {
    let of = |line: &str, job: &str| {
        let run = format!(
            r#"{{"total_count": 1, "jobs": [{{"id": 1, "run_id": 1, "name": "{job}", "status":
            "completed", "conclusion": "success", "steps": []}}]}}"#
        );
        condition(line, &[artifact("artifacts/ci-jobs.json", &run)], &[]).is_some()
    };
    for (line, job, offered) in [
        ("Unit tests pass", "unit", true),
        ("Unit tests pass", "unit-tests", true),
        ("Unit tests pass", "unit-flaky-only", false),
        ("Unit tests pass", "no-unit", false),
        ("All 20 unit tests pass", "unit", false),
        ("Integration tests pass", "integration", true),
        ("Integration tests pass", "integration-setup", false),
        ("E2E tests pass", "e2e", true),
        ("End-to-end tests pass", "e2e (1/1)", true),
        ("E2E tests pass", "e2e-dry-run", false),
        ("E2E tests pass", "skip-e2e", false),
        ("All tests pass", "unit", false),
    ] {
        assert_eq!(of(line, job), offered, "{line}: {job}");
    }
}

#[test]
fn coverage_of_go_is_of_its_statements() {
    let go = [artifact(
        "reports/coverage.out",
        "mode: set\na/main.go:5.13,7.2 9 1\na/main.go:8.13,9.2 1 0\n",
    )];
    let lcov = [artifact("coverage/lcov.info", "SF:a.rs\nDA:1,1\nLF:1\nLH:1\nend_of_record\n")];
    for (line, found, asked) in [
        ("Coverage ≥ 85%", &go, Some("coverage.statements.pct >= 85.0")),
        ("Coverage ≥ 85%", &lcov, Some("coverage.lines.pct >= 85.0")),
        ("Branch coverage ≥ 85%", &go, None),
        ("Coverage 100%", &lcov, Some("coverage.lines.pct >= 100.0")),
        ("100% test coverage", &lcov, Some("coverage.lines.pct >= 100.0")),
        ("Coverage 100%", &go, Some("coverage.statements.pct >= 100.0")),
        ("Coverage 95%", &lcov, None),
        ("100% branch coverage", &lcov, None),
    ] {
        assert_eq!(condition(line, found, &[]).as_deref(), asked, "{line}: {}", found[0].path);
    }
}

#[test]
fn no_vulnerability_is_asked_of_every_scanner() {
    let audit = artifact(
        "reports/npm-audit.json",
        r#"{"auditReportVersion": 2, "vulnerabilities": {},
            "metadata": {"vulnerabilities": {"total": 0}, "dependencies": {"total": 9}}}"#,
    );
    let trivy = artifact(
        "reports/trivy.json",
        r#"{"SchemaVersion": 2, "ArtifactName": "shop", "ArtifactType": "container_image",
            "Results": [{"Target": "shop", "Class": "lang-pkgs", "Type": "node-pkg"}]}"#,
    );
    let both = [audit.clone(), trivy.clone()];
    for line in ["No vulnerabilities", "No known CVEs", "No CVEs"] {
        let draft = proposed(line, &both, &[]).unwrap().draft.unwrap();
        assert_eq!(
            (draft.condition.as_deref(), draft.artifacts.len()),
            (Some("findings.total == 0"), 2)
        );
    }
    let of = |line: &str, found: &Artifact| condition(line, std::slice::from_ref(found), &[]);
    assert_eq!(of("No vulnerabilities", &trivy), None);
    assert_eq!(of("Trivy scan passes", &trivy).as_deref(), Some("findings.total == 0"));
    assert_eq!(of("Trivy scan passes", &audit), None);
    assert_eq!(of("Trivy filesystem scan passes", &trivy), None);
}

#[test]
fn averages_and_throughput_are_read_as_each_tool_measures_them() {
    let k6 = artifact(
        "reports/k6.json",
        r#"{"metrics": {"http_req_duration": {"type": "trend", "values": {"avg": 9, "p(95)": 12}},
            "http_reqs": {"type": "counter", "values": {"count": 900, "rate": 150}},
            "iterations": {"type": "counter", "values": {"count": 9}}}, "root_group": {}}"#,
    );
    let jmeter = artifact(
        "reports/statistics.json",
        r#"{"Total": {"transaction": "Total", "sampleCount": 100, "errorCount": 0, "errorPct": 0.0,
            "meanResTime": 20.0, "medianResTime": 18.0, "minResTime": 1.0, "maxResTime": 90.0,
            "pct1ResTime": 40.0, "pct2ResTime": 50.0, "pct3ResTime": 80.0, "throughput": 120.0,
            "receivedKBytesPerSec": 1.0, "sentKBytesPerSec": 1.0}}"#,
    );
    for (line, found, asked) in [
        ("Average response time < 50ms", &k6, "metrics[\"http_req_duration\"].avg < 50.0"),
        ("Average response time < 50ms", &jmeter, "metrics[\"response_time_ms\"].avg < 50.0"),
        ("Throughput > 100 rps", &k6, "metrics[\"http_reqs\"].rate > 100.0"),
        ("Throughput ≥ 100 req/s", &jmeter, "metrics[\"requests\"].rate >= 100.0"),
        ("Average database response time < 50ms", &k6, ""),
        ("Throughput > 100 rps per node", &k6, ""),
        ("Throughput > 100 tps", &k6, ""),
    ] {
        let asked_for = condition(line, std::slice::from_ref(found), &[]).unwrap_or_default();
        assert_eq!(asked_for, asked, "{line}: {}", found.path);
    }
}

#[test]
fn shellcheck_and_hadolint_find_nothing() {
    let shellcheck = artifact(
        "reports/shellcheck.json",
        r#"{"comments": [{"file": "a.sh", "line": 1, "endLine": 1, "column": 1, "endColumn": 2,
            "level": "info", "code": 2086, "message": "m", "fix": null}]}"#,
    );
    let hadolint = artifact(
        "reports/hadolint.json",
        r#"[{"code": "DL3008", "column": 1, "file": "Dockerfile", "level": "warning", "line": 2,
            "message": "Pin versions"}]"#,
    );
    for (line, found, offered) in [
        ("ShellCheck passes", &shellcheck, true),
        ("ShellCheck passes", &hadolint, false),
        ("Hadolint passes", &hadolint, true),
        ("Dockerfile lint passes", &hadolint, true),
        ("Hadolint passes", &shellcheck, false),
        ("Lint passes", &shellcheck, false),
    ] {
        let asked = condition(line, std::slice::from_ref(found), &[]);
        let expected = offered.then_some("findings.total == 0");
        assert_eq!(asked.as_deref(), expected, "{line}: {}", found.path);
    }
}
