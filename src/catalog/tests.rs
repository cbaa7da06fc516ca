//! What the catalog recognises, and that it proposes only what is there.

use crate::checklist::{self, Settings};
use crate::condition::Condition;
use crate::evidence::{self, Detail};
use crate::facts::{Keep, Value};
use crate::model::{Artifact, Digest, Item, Sealed};

use super::idea::{self, Means};
use super::{Around, Catalog, Proposal, planned};

fn item(text: &str) -> Item {
    let document = format!("# List\n\n- [ ] {text}\n");
    let read = checklist::read("LIST.md", document.as_bytes(), &Settings::default());
    read.items.into_iter().next().unwrap()
}

fn artifact(path: &str, text: &str) -> Artifact {
    let detail = Detail { cases: Keep::All, data: true, ..Detail::default() };
    Artifact {
        path: path.to_owned(),
        archive: None,
        sealed: Sealed::No,
        sha256: Digest([0; 32]),
        bytes: text.len() as u64,
        time: None,
        zoned: true,
        tracked: false,
        committed_in: None,
        arrived: None,
        checked_out: None,
        answer: evidence::read(path, text.as_bytes(), None, &detail),
    }
}

fn proposed(text: &str, artifacts: &[Artifact], files: &[(&str, &str)]) -> Option<Proposal> {
    let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    let text_of = |wanted: &str| {
        let found = files.iter().find(|(path, _)| *path == wanted)?;
        Some(found.1.to_owned())
    };
    let load = |path: &str| evidence::parse_document(path, text_of(path)?.as_bytes()).ok();
    let artifacts: Vec<&Artifact> = artifacts.iter().collect();
    let around = Around {
        artifacts: &artifacts,
        files: &paths,
        text: &text_of,
        load: &load,
        checklists: &[],
        planned: &[],
        signers: true,
    };
    Catalog::new(around).propose(&item(text))
}

fn condition(text: &str, artifacts: &[Artifact], files: &[(&str, &str)]) -> Option<String> {
    proposed(text, artifacts, files)?.draft?.condition
}

#[test]
fn items_are_recognised_by_what_they_say() {
    for (text, expected) in [
        ("Backend TypeScript errors resolved (22 → 0)", Some("type-errors")),
        ("All tests passing (5 passing, some integration tests blocked)", Some("all-tests-pass")),
        ("Load tests executed and passed", Some("load-tests-passed")),
        ("Security tests pass", None),
        ("Performance tests completed", Some("load-tests-passed")),
        ("Unit tests coverage > 80%", Some("coverage-limit")),
        ("Security vulnerabilities fixed (js-yaml)", Some("package-vulnerability-fixed")),
        ("API keys and secrets stored securely (not in code)", Some("no-secret-in-code")),
        ("Security scanning (npm audit, Trivy)", Some("security-scanning")),
        ("Static analysis finds nothing", Some("static-analysis-clean")),
        ("Static analysis is set up", Some("static-analysis")),
        ("Security scan passed", Some("security-scan-clean")),
        ("Dependency scan clean", Some("security-scan-clean")),
        ("Image scanning completed", Some("image-scanned")),
        ("Container scan passed", Some("image-scan-clean")),
        ("No known vulnerabilities in dependencies", Some("no-known-vulnerability")),
        ("No known critical vulnerabilities", Some("no-critical-vulnerability")),
        ("Lint passes with zero warnings", Some("no-lint-warnings")),
        ("All tests pass, none skipped", Some("no-test-skipped")),
        ("Rollback procedures tested", Some("rollback-rehearsed")),
        ("Rollback strategy in place", Some("rollback-plan")),
        ("Database migrations tested", Some("migrations-tested")),
        ("Run API key migration script", None),
        ("Response time < 200ms (p50)", Some("latency-limit")),
        ("Response times are nice", None),
        ("Incident response procedures", Some("incident-response")),
        ("Incident response tested", Some("incident-response-rehearsed")),
        ("Container images built and tested", Some("images-built")),
        ("Unit tests cover the majority of all components", None),
        ("Unit tests for critical services", None),
        ("Unit tests pass", Some("unit-tests")),
        ("Lint and typecheck without errors", Some("lint-and-type-check")),
        ("Remove old variables (do this after migration succeeds)", None),
        ("API key authentication works with new keys", None),
        ("Rollback plan reviewed and understood", Some("plan-understood")),
        ("Data is encrypted and passwords are hashed", None),
        ("Authentication failures - expected increase due to rate limiting", None),
        ("Environment variables configured in Railway", None),
        ("Buy milk", None),
    ] {
        let found = idea::of(&item(text)).map(|idea| idea.id.as_str());
        assert_eq!(found, expected, "{text}");
    }
}

/// A template that the checker refuses would be left out in silence.
#[test]
fn every_template_is_a_condition() {
    let filled = |template: &str| {
        let mut text = template.to_owned();
        for (place, value) in [
            ("{of}", "artifact(\"a.json\")."),
            ("{metric}", "metrics[\"m\"]"),
            ("{percentile}", "p95"),
            ("{p95}", ""),
            ("{ms}", "< 500.0"),
            ("{s}", "< 0.5"),
            ("{pct}", "< 1.0"),
            ("{share}", "< 0.01"),
            ("{rule}", "r\"(?i)x\""),
            ("{package}", "\"x\""),
            ("{path}", "\"x.json\""),
            ("{glob}", "\"*.json\""),
        ] {
            text = text.replace(place, value);
        }
        text
    };
    for idea in idea::all() {
        for means in &idea.by {
            let template = match means {
                Means::Report(report) => report.condition.clone(),
                Means::Files { condition, .. } => condition.clone(),
                Means::Cases { named, .. } => format!("passed(r\"(?i){named}\")"),
                _ => continue,
            };
            let text = filled(&template);
            let parsed = Condition::parse(&text);
            assert!(parsed.is_ok(), "{}: {text}: {parsed:?}", idea.id);
            assert!(parsed.unwrap().idle().is_empty(), "{}: {text}", idea.id);
        }
    }
}

#[test]
fn a_limit_is_read_from_the_text() {
    let k6 = artifact(
        "artifacts/k6.json",
        r#"{"metrics": {"http_req_duration": {"type": "trend", "values": {"avg": 9, "p(95)": 412}},
            "http_req_failed": {"type": "rate", "values": {"rate": 0.004}},
            "iterations": {"type": "counter", "values": {"count": 9}}}, "root_group": {}}"#,
    );
    let k6 = [k6];
    let of = |text| condition(text, &k6, &[]);
    let latency = "metrics[\"http_req_duration\"]";
    assert_eq!(of("Response times < 500ms (p95)"), Some(format!("{latency}.p95 < 500.0")));
    assert_eq!(of("Response time < 0.2s (p50)"), Some(format!("{latency}.p50 < 200.0")));
    let failed = "metrics[\"http_req_failed\"].rate_pct < 0.1";
    assert_eq!(of("Error rate < 0.1%"), Some(failed.to_owned()));
    assert_eq!(of("Load tests executed and passed"), None, "it has no thresholds");
}

#[test]
fn nothing_is_proposed_that_is_not_there() {
    let junit = artifact(
        "artifacts/junit.xml",
        r#"<testsuite name="s"><testcase name="CSRF token is asked for"/></testsuite>"#,
    );
    let junit = [junit];
    assert!(condition("CSRF protection enabled", &junit, &[]).is_some());
    assert!(condition("XSS protection enabled", &junit, &[]).is_none());
    assert!(condition("Load tests executed and passed", &junit, &[]).is_none());
    let lacks = proposed("XSS protection enabled", &junit, &[]).unwrap().lacks;
    assert!(lacks[0].starts_with("a test case named like"), "{lacks:?}");
}

#[test]
fn one_half_of_a_product_is_not_proven_by_the_other() {
    let front = [artifact("artifacts/tsc-frontend.log", "a.ts(1,2): error TS2322: No.\n")];
    assert!(condition("Frontend TypeScript errors resolved", &front, &[]).is_some());
    assert!(condition("Backend TypeScript errors resolved", &front, &[]).is_none());
}

/// That no finding is of a package that never was would hold for ever.
#[test]
fn a_remark_is_a_package_only_where_a_lock_file_has_it() {
    let audit = [artifact(
        "artifacts/npm-audit.json",
        r#"{"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {"vulnerabilities":
            {"total": 0}, "dependencies": {"total": 7}}}"#,
    )];
    let lock = [("package-lock.json", r#"{"packages": {"node_modules/js-yaml": {}}}"#)];
    assert!(condition("Vulnerabilities fixed (js-yaml)", &audit, &lock).is_some());
    assert!(condition("Vulnerabilities fixed (finally)", &audit, &lock).is_none());
}

#[test]
fn a_person_s_word_is_proposed_for_what_no_tool_can_prove() {
    let draft = proposed("JWT secrets rotated and secure", &[], &[]).unwrap().draft.unwrap();
    assert_eq!(draft.condition, None);
    assert_eq!(draft.sign_off.unwrap().max_age, "90d");
}

#[test]
fn what_ci_leaves_behind_is_read_from_its_own_files() {
    let paths = |file: &str, text: &str| -> Vec<String> {
        let data: Option<Value> = evidence::parse_document(file, text.as_bytes()).ok();
        planned(file, data.as_ref(), text).into_iter().map(|of| of.path).collect()
    };
    let github = "jobs:\n  test:\n    steps:\n      - uses: actions/upload-artifact@v4\n        with:\n          path: |\n            ./reports/junit.xml\n            ${{ env.X }}/a.json\n";
    assert_eq!(paths(".github/workflows/ci.yml", github), ["reports/junit.xml"]);
    let gitlab = "test:\n  artifacts:\n    paths: [dist/]\n    reports:\n      junit: [rspec.xml]\n      coverage_report:\n        coverage_format: cobertura\n        path: coverage.xml\n";
    assert_eq!(paths(".gitlab-ci.yml", gitlab), ["coverage.xml", "dist/", "rspec.xml"]);
    let jenkins = "post {\n  always {\n    junit 'build/test-results/*.xml'\n  }\n}\n";
    assert_eq!(paths("Jenkinsfile", jenkins), ["build/test-results/*.xml"]);
}
