//! What the catalog recognises, and that it proposes only what is there.

mod bounds;
mod cases;
mod figures;
mod headings;
mod jobs;
mod obvious;
mod packages;
mod tools;
mod traces;
mod wording;

use crate::checklist::{self, Settings};
use crate::condition::Condition;
use crate::evidence::{self, Detail};
use crate::facts::{Keep, Value};
use crate::model::{Artifact, Checklist, Digest, Item, Sealed};

use super::idea::{Ideas, Means};
use super::{Around, Catalog, Documents, Manifests, NarrowedTo, Proposal, planned};

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
    let checklist = Checklist { path: "LIST.md".to_owned(), ..Checklist::default() };
    proposed_in(&checklist, &item(text), artifacts, files)
}

/// What is proposed for `item` of `checklist`.
fn proposed_in(
    checklist: &Checklist,
    item: &Item,
    artifacts: &[Artifact],
    files: &[(&str, &str)],
) -> Option<Proposal> {
    let text_of = |wanted: &str| {
        let found = files.iter().find(|(path, _)| *path == wanted)?;
        Some(found.1.to_owned())
    };
    let load = |path: &str| evidence::parse_document(path, text_of(path)?.as_bytes()).ok();
    let around = Around {
        artifacts: artifacts.iter().collect(),
        others: &[],
        files: files.iter().map(|(path, _)| *path).collect(),
        folder: None,
        documents: Documents::default(),
        manifests: Manifests::default(),
        text: &text_of,
        load: &load,
        checklists: &[],
        planned: &[],
        repository: None,
        signers: true,
        narrowed: NarrowedTo::default(),
    };
    Catalog::new(around).propose(checklist, item)
}

fn condition(text: &str, artifacts: &[Artifact], files: &[(&str, &str)]) -> Option<String> {
    proposed(text, artifacts, files)?.draft?.condition
}

#[test]
fn a_scan_beside_an_audit_is_asked_as_well_and_proves_nothing_alone() {
    let audit = artifact(
        "reports/npm-audit.json",
        r#"{"auditReportVersion": 2, "vulnerabilities": {},
            "metadata": {"vulnerabilities": {"total": 0}, "dependencies": {"total": 9}}}"#,
    );
    let scan = artifact(
        "reports/trivy-image.json",
        r#"{"SchemaVersion": 2, "ArtifactName": "shop", "ArtifactType": "container_image",
            "Results": [{"Target": "shop", "Class": "lang-pkgs", "Type": "node-pkg"}]}"#,
    );
    let globs = |text: &str, artifacts: &[Artifact]| -> Vec<String> {
        let draft = proposed(text, artifacts, &[]).and_then(|proposal| proposal.draft);
        let artifacts = draft.map(|draft| draft.artifacts).unwrap_or_default();
        artifacts.into_iter().map(|of| of.glob).collect()
    };
    let both = [audit.clone(), scan.clone()];
    let of_audit = "reports/**/*npm-audit*.json";
    for text in ["No critical vulnerabilities", "No known vulnerabilities"] {
        assert_eq!(globs(text, &both), [of_audit, "reports/**/*trivy*.json"], "{text}");
        assert!(globs(text, std::slice::from_ref(&scan)).is_empty(), "{text}");
    }
    assert_eq!(globs("npm audit is clean", &both), [of_audit]);
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
            ("{tests}", "> 0"),
            ("{ms}", "< 500.0"),
            ("{rate}", "> 500.0"),
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
    for idea in Ideas::load().all {
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
    for text in ["Response times < 500ms (p95)", "p95 latency < 500 ms", "API p95 < 500 ms"] {
        assert_eq!(of(text), Some(format!("{latency}.p95 < 500.0")), "{text}");
    }
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
    let asked = draft.sign_off.unwrap();
    assert_eq!((asked.max_age.as_str(), asked.each_release), ("90d", false));
    let approved = proposed("Release approved by the product owner", &[], &[]).unwrap();
    assert!(approved.draft.unwrap().sign_off.unwrap().each_release);
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

#[test]
fn a_share_of_the_coverage_is_asked_for_only_where_the_report_counts_it() {
    let lines = [artifact(
        "coverage/lcov.info",
        "TN:\nSF:src/a.js\nDA:1,1\nDA:2,1\nLF:2\nLH:2\nend_of_record\n",
    )];
    let of = |text| condition(text, &lines, &[]);
    assert_eq!(of("Coverage ≥ 80%"), Some("coverage.lines.pct >= 80.0".to_owned()));
    assert_eq!(of("Branch coverage ≥ 80%"), None);
}

#[test]
fn a_load_test_of_a_kind_is_proven_by_a_report_of_that_kind() {
    let k6 = r#"{"metrics": {"http_req_duration": {"type": "trend", "values": {"avg": 9, "max": 40,
        "p(95)": 12}, "thresholds": {"p(95)<500": {"ok": true}}}}, "root_group": {}}"#;
    let any = [artifact("artifacts/k6.json", k6)];
    let stress = [artifact("artifacts/k6-stress.json", k6)];
    assert!(condition("Load tests passed", &any, &[]).is_some());
    assert_eq!(condition("Stress tests passed", &any, &[]), None);
    assert!(condition("Stress tests passed", &stress, &[]).is_some());
}

/// A person says the whole of it; a job says its name.
#[test]
fn what_a_job_leaves_unsaid_is_left_to_a_person() {
    let jobs = [artifact(
        "artifacts/ci-jobs.json",
        r#"{"total_count": 1, "jobs": [{"id": 1, "run_id": 1, "name": "rollback", "status":
            "completed", "conclusion": "success", "steps": []}]}"#,
    )];
    let draft = |text| proposed(text, &jobs, &[]).unwrap().draft.unwrap();
    assert!(draft("Rollback tested").condition.is_some());
    let staging = draft("Rollback tested in staging");
    assert!(staging.condition.is_none() && staging.sign_off.is_some());
}

#[test]
fn limits_of_containers_are_asked_of_every_one_or_not_at_all() {
    let pod = |before: &str| {
        format!(
            "kind: Deployment\nspec:\n  template:\n    spec:\n{before}      containers:\n        \
             - {{name: a, resources: {{limits: {{cpu: 1, memory: 1Gi}}}}}}\n"
        )
    };
    let (plain, cron) = (pod(""), "kind: CronJob\nspec: {jobTemplate: {}}\n");
    let of = |files: &[(&str, &str)]| condition("Containers have resource limits", &[], files);
    let alone = of(&[("k8s/app.yaml", &plain), ("k8s/web/service.yml", "kind: Service\n")]);
    assert!(alone.is_some_and(|text| text.contains("initContainers.all")));
    assert_eq!(of(&[("k8s/app.yaml", &plain), ("k8s/jobs/cron.yaml", cron)]), None);
}

/// A job that is called by another name may run another tool.
#[test]
fn a_job_answers_for_the_tool_that_the_text_names() {
    let jobs = [artifact(
        "artifacts/ci-jobs.json",
        r#"{"total_count": 1, "jobs": [{"id": 1, "run_id": 1, "name": "lint", "status":
            "completed", "conclusion": "success", "steps": []}]}"#,
    )];
    let config = ("eslint.config.js", "export default []\n");
    let (with_eslint, with_python) = ([config], [config, ("pyproject.toml", "")]);
    for (text, offered, at_home, beside_python) in [
        ("Lint passes", true, true, true),
        ("Linting passes with no errors", true, true, true),
        ("ESLint passes", false, true, false),
        ("No ESLint errors", false, true, false),
        ("Stylelint passes", false, false, false),
        ("Ruff passes", false, false, false),
    ] {
        assert_eq!(condition(text, &jobs, &[]).is_some(), offered, "{text}");
        assert_eq!(condition(text, &jobs, &with_eslint).is_some(), at_home, "{text}");
        assert_eq!(condition(text, &jobs, &with_python).is_some(), beside_python, "{text}");
    }
}

/// A job that tests another thing than the code.
#[test]
fn a_job_of_another_kind_of_test_answers_for_no_tests() {
    let jobs = |name: &str| {
        let text = format!(
            r#"{{"total_count": 1, "jobs": [{{"id": 1, "run_id": 1, "name": "{name}", "status":
            "completed", "conclusion": "success", "steps": []}}]}}"#
        );
        [artifact("artifacts/ci-jobs.json", &text)]
    };
    for (text, name, offered) in [
        ("Tests run in CI", "unit-tests", true),
        ("Tests run in CI", "rollback-test", false),
        ("Tests run in CI", "image-test", false),
        ("Database migrations tested", "migrate", true),
        ("Database migrations tested", "migrate-dry-run", false),
    ] {
        assert_eq!(condition(text, &jobs(name), &[]).is_some(), offered, "{text}: {name}");
    }
}

#[test]
fn a_document_that_is_still_to_be_written_is_none() {
    let asked = condition("Rollback plan documented", &[], &[("docs/rollback.md", "# Rollback\n")]);
    let asked = asked.unwrap();
    assert!(asked.contains("size() > 40") && asked.contains("coming soon"), "{asked}");
}

#[test]
fn a_health_document_is_asked_for_its_parts_too() {
    let of = |json: &str| {
        condition("Health checks pass", &[artifact("artifacts/health.json", json)], &[])
    };
    let plain = of(r#"{"status": "ok"}"#).unwrap();
    assert!(!plain.contains("keys("), "{plain}");
    let texts = of(r#"{"status": "ok", "checks": {"db": "down"}}"#).unwrap();
    assert!(texts.contains("&& keys(data.checks).all(k, data.checks[k] in ["), "{texts}");
    let maps = of(r#"{"status": "UP", "components": {"db": {"status": "UP"}}}"#).unwrap();
    assert!(maps.contains("data.components[k].status in ["), "{maps}");
    assert_eq!(of(r#"{"status": "ok", "checks": [{"db": "down"}]}"#), None);
}

#[test]
fn what_is_started_in_development_alone_is_not_offered() {
    let manifest = r#"{"dependencies": {"@sentry/node": "8"}}"#;
    let of = |code: &str| {
        condition(
            "Error tracking (Sentry)",
            &[],
            &[("package.json", manifest), ("src/app.js", code)],
        )
    };
    assert!(of("Sentry.init({ environment: process.env.NODE_ENV });\n").is_some());
    assert!(of("const env = process.env.NODE_ENV;\nSentry.init({});\n").is_some());
    let before = "if (process.env.NODE_ENV !== 'production') {\n  log();\n}\nSentry.init({});\n";
    assert!(of(before).is_some());
    for code in [
        "if (process.env.NODE_ENV !== 'production') {\n  Sentry.init({});\n}\n",
        "process.env.NODE_ENV === 'development' && Sentry.init({});\n",
        "if (import.meta.env.DEV) Sentry.init({});\n",
        "if (process.env.NODE_ENV === 'development')\n  Sentry.init({});\n",
    ] {
        assert_eq!(of(code), None, "{code}");
    }
}

#[test]
fn probes_are_asked_of_every_container() {
    let with = "kind: Deployment\nspec:\n  containers:\n  - livenessProbe: {}\n";
    let asked = condition("Liveness probes configured", &[], &[("k8s/a.yaml", with)]).unwrap();
    assert!(asked.contains(".containers.all(c, has(c.livenessProbe))"), "{asked}");
    assert!(!asked.contains("readinessProbe"), "{asked}");
}

/// Two claims that are each known whole are asked for at once; what cannot be, is not offered.
#[test]
fn a_line_of_two_known_claims_is_asked_for_both() {
    let junit = r#"<testsuite name="s"><testcase name="a"/></testsuite>"#;
    let artifacts = [
        artifact("reports/junit.xml", junit),
        artifact("coverage/lcov.info", "SF:a.rs\nDA:1,1\nLF:1\nLH:1\nend_of_record\n"),
    ];
    for text in ["Tests pass and coverage ≥ 80%", "Tests pass, coverage ≥ 80%"] {
        let draft = proposed(text, &artifacts, &[]).unwrap().draft.unwrap();
        let asked =
            "tests.total > 0 && tests.failed + tests.errored == 0 && coverage.lines.pct >= 80.0";
        assert_eq!(draft.condition.as_deref(), Some(asked), "{text}");
        let globs: Vec<&str> = draft.artifacts.iter().map(|of| of.glob.as_str()).collect();
        assert_eq!(globs, ["reports/**/*.xml", "coverage/**/*.info"], "{text}");
    }
    let one = proposed("Tests pass and coverage ≥ 80%", &artifacts[..1], &[]).unwrap();
    assert_eq!((one.draft, one.lacks.len()), (None, 2));
    for text in [
        "Tests pass and coverage ≥ 80% on main",
        "Tests pass and coverage ≥ 80% (both packages)",
        "Backend tests pass and coverage ≥ 80%",
        "Tests pass or coverage ≥ 80%",
        "Tests pass and logs are kept",
        "Tests pass and integration tests pass",
    ] {
        let draft = proposed(text, &artifacts, &[]).and_then(|of| of.draft);
        assert_eq!(draft, None, "{text}");
    }
}
