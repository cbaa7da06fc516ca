//! For each rule what it alone keeps from being `verified`.

use trueup::model::{Rule, Seal, Sealed};
use trueup::reconcile::{Change, ChangeState, Since};

use super::case::Case;
use super::reports::{
    BROKEN_OFF_PERL, CLEAN_ESLINT, CLEAN_SARIF, DROPPED_K6, FAILED_AUTOCANNON, GOOD_JUNIT,
    HALF_COLLECTED_PYTEST, HALF_LOADED_JEST, HALF_PARSED_CHECKOV, HALF_SCANNED_CLUSTER,
    SKIPPED_JOB, TIMED_OUT_FAILSAFE, k6,
};

pub(super) const GRAVE: &str = "findings.critical == 0 && findings.unknown == 0";
pub(super) const TESTS: &str = "tests.failed + tests.errored == 0";

fn changed(path: &str) -> Since {
    Since::Changes(vec![Change {
        path: path.to_owned(),
        commit: Some("4f2c9e1".to_owned()),
        time: None,
        state: ChangeState::Committed,
        encloses: false,
        no_code: false,
    }])
}

pub(super) fn junit(condition: &str, xml: impl Into<String>) -> Case {
    Case::new(condition, "[\"r/junit.xml\"]").file("r/junit.xml", xml)
}

fn run(conclusion: &str, status: &str) -> String {
    format!(
        r#"{{"id": 1, "name": "ci", "run_number": 7, "run_attempt": 1, "workflow_id": 3,
            "head_branch": "main", "head_sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "status": "{status}", "conclusion": {conclusion}, "event": "push",
            "html_url": "https://example.org/1", "created_at": "2026-11-22T08:00:00Z",
            "updated_at": "2026-11-22T08:30:00Z", "run_started_at": "2026-11-22T08:00:00Z"}}"#
    )
}

/// A run that succeeded, and of its jobs one that failed and was allowed to.
pub(super) fn forgiven(condition: &str) -> Case {
    let job = |id: u64, name: &str, conclusion: &str| {
        format!(
            r#"{{"id": {id}, "run_id": 1, "run_attempt": 1, "workflow_name": "ci", "head_branch": "main",
            "run_url": "https://example.org/1", "head_sha": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "status": "completed", "conclusion": "{conclusion}", "name": "{name}", "steps": [],
            "started_at": "2026-11-22T08:00:00Z", "completed_at": "2026-11-22T08:30:00Z"}}"#
        )
    };
    let (lint, test) = (job(2, "lint", "success"), job(3, "test", "failure"));
    let whole = run("\"success\"", "completed").replacen(
        '{',
        &format!("{{\"jobs\": [{lint}, {test}], "),
        1,
    );
    if condition.contains("r/gh.json") {
        return Case::new(condition, "[\"r/gh.json\"]").file("r/gh.json", whole);
    }
    Case::new(condition, "[\"r/*.json\"]")
        .file("r/a.json", run("\"success\"", "completed"))
        .file("r/jobs.json", format!(r#"{{"total_count": 2, "jobs": [{lint}, {test}]}}"#))
}

/// For each rule, a case that it alone keeps from being `verified`. `None` where switching the
/// rule off cannot make a pass, because there is nothing to evaluate: then the verdict is asked.
pub(super) fn cases(rule: Rule) -> Vec<Case> {
    match rule {
        Rule::NothingRan => vec![
            junit(TESTS, r#"<testsuite name="s" tests="6" failures="0"></testsuite>"#),
            junit(
                TESTS,
                r#"<testsuite name="s"><testcase name="a"><skipped/></testcase></testsuite>"#,
            ),
        ],
        Rule::NothingLookedAt => vec![
            Case::new("findings.total == 0", "[\"r/a.sarif\"]")
                .file("r/a.sarif", r#"{"version": "2.1.0", "runs": []}"#),
            Case::new("findings.total == 0", "[\"r/a.json\"]").file(
                "r/a.json",
                r#"{"SchemaVersion": 2, "ArtifactName": "x:1", "ArtifactType": "container_image",
                    "Metadata": {"ImageID": "sha256:00"}}"#,
            ),
            Case::new("rules.firing == 0", "[\"r/a.json\"]")
                .file("r/a.json", r#"{"status": "success", "data": {"groups": []}}"#),
        ],
        Rule::ToolFailed => vec![Case::new("findings.total == 0", "[\"r/a.sarif\"]").file(
            "r/a.sarif",
            r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}},
                    "invocations": [{"executionSuccessful": false}], "results": []}]}"#,
        )],
        Rule::Unreadable => vec![
            Case::new(TESTS, "[\"r/*.xml\"]")
                .file("r/a.xml", GOOD_JUNIT)
                .file("r/b.xml", r#"<testsuite name="s"><testcase name="a"/>"#),
        ],
        Rule::Conflicting => vec![
            Case::new("ci.conclusion == \"success\"", "[\"r/*.json\"]")
                .file("r/a.json", run("\"success\"", "completed"))
                .file(
                    "r/b.json",
                    run("\"failure\"", "completed").replace("\"id\": 1", "\"id\": 2"),
                ),
            forgiven("ci.conclusion == \"success\""),
            forgiven("artifact(\"r/gh.json\").data.conclusion == \"success\""),
            forgiven("ci.conclusion == \"success\" && ci.jobs.lint.conclusion == \"success\""),
        ],
        Rule::Unfinished => vec![
            Case::new("ci.conclusion != \"failure\"", "[\"r/a.json\"]")
                .file("r/a.json", run("\"success\"", "in_progress")),
        ],
        Rule::NotRun => vec![
            Case::new("ci.conclusion != \"failure\"", "[\"r/a.json\"]")
                .file("r/a.json", run("\"cancelled\"", "completed")),
            Case::new("ci.conclusion != \"failure\"", "[\"r/a.json\"]")
                .file("r/a.json", run("\"skipped\"", "completed")),
            Case::new("[ci].all(r, r.conclusion != \"failure\")", "[\"r/a.json\"]")
                .file("r/a.json", run("\"cancelled\"", "completed")),
            Case::new("data.conclusion != \"failure\"", "[\"r/a.json\"]")
                .file("r/a.json", run("\"cancelled\"", "completed")),
            Case::new("ci.jobs[\"a \\\"b\\\"\"].conclusion != \"failure\"", "[\"r/a.json\"]")
                .file("r/a.json", SKIPPED_JOB),
        ],
        Rule::FromFuture => vec![junit(TESTS, GOOD_JUNIT).made("2026-11-22T10:06:00Z")],
        Rule::TooOld => {
            vec![junit(TESTS, GOOD_JUNIT).also("max-age = \"1d\"").made("2026-11-20T10:00:00Z")]
        }
        Rule::OtherCode => vec![
            junit(TESTS, GOOD_JUNIT).since(changed("src/a.rs")),
            junit(TESTS, GOOD_JUNIT).also("paths = [\"src/**\"]").since(changed("src/a.rs")),
            junit(TESTS, GOOD_JUNIT)
                .since(changed("src/a.rs"))
                .sealed_as("r/junit.xml", of_commit(false)),
            junit(TESTS, GOOD_JUNIT).sealed_as("r/junit.xml", of_commit(true)),
            junit(TESTS, GOOD_JUNIT).since(Since::Truncated),
            junit(TESTS, GOOD_JUNIT).since(Since::NoHistory),
        ],
        Rule::UnknownCommit => vec![
            Case::new("ci.conclusion == \"success\"", "[\"r/a.json\"]")
                .file("r/a.json", run("\"success\"", "completed"))
                .since(Since::UnknownCommit),
            junit(TESTS, GOOD_JUNIT)
                .since(Since::UnknownCommit)
                .sealed_as("r/junit.xml", of_commit(false)),
        ],
        Rule::OverNothing => vec![
            Case::new(
                "tests.cases.all(c, c.outcome == \"passed\" || c.name == \"z\") && \
                       tests.cases.filter(c, c.name == \"z\").all(c, c.outcome == \"passed\")",
                "[\"r/junit.xml\"]",
            )
            .file("r/junit.xml", GOOD_JUNIT),
            Case::new("thresholds.failed == 0", "[\"r/k6.json\"]").file(
                "r/k6.json",
                r#"{"root_group": {}, "metrics": {"http_reqs": {"count": 9, "rate": 1}}}"#,
            ),
        ],
        Rule::Ungraded => vec![Case::new("findings.critical == 0", "[\"r/a.sarif\"]").file(
            "r/a.sarif",
            r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}},
                    "results": [{"ruleId": "r", "message": {"text": "m"}}]}]}"#,
        )],
        Rule::Unchecked => vec![
            Case::new("findings.total == 0", "[\"r/a.json\"]")
                .file("r/a.json", HALF_PARSED_CHECKOV),
            Case::new("checks.failed == 0", "[\"r/a.json\"]").file("r/a.json", HALF_PARSED_CHECKOV),
            Case::new("findings.critical == 0 && findings.unknown == 0", "[\"r/a.json\"]")
                .file("r/a.json", HALF_SCANNED_CLUSTER),
            Case::new("findings.errors == 0", "[\"r/a.xml\"]").file(
                "r/a.xml",
                r#"<pmd version="7"><file name="a"><violation priority="5" rule="r"/></file>
                    <error filename="b" msg="m"/></pmd>"#,
            ),
        ],
        Rule::MostlyFailed => {
            let fast = "metrics['http_req_duration'].p95 < 500";
            let k6 = |condition: &str| {
                Case::new(condition, "[\"r/k6.json\"]").file("r/k6.json", k6(999))
            };
            let autocannon = Case::new("metrics.response_time_ms.avg < 500", "[\"r/a.json\"]");
            vec![
                k6(fast),
                k6(&format!("{fast} && has(metrics.http_req_failed.rate)")),
                k6(&format!("{fast} && metrics.iterations.count > 9")),
                autocannon.file("r/a.json", FAILED_AUTOCANNON),
                k6("data.metrics.http_req_duration['p(95)'] < 500"),
                Case::new("metrics.iteration_duration.p95 < 500", "[\"r/k6.json\"]")
                    .file("r/k6.json", DROPPED_K6),
            ]
        }
        Rule::SilentTool => {
            vec![silent(), silent().file("r/a.json", run("\"success\"", "completed"))]
        }
        Rule::ExitCode => vec![silent().sealed_as("r/tsc.log", ended(2))],
        Rule::SealBroken => {
            vec![
                junit(TESTS, GOOD_JUNIT)
                    .sealed_as("r/junit.xml", Sealed::Broken("It is not what was sealed.".into())),
            ]
        }
        Rule::NotVouched => vec![
            Case::new(
                "findings.errors == 0",
                "[{ glob = \"r/tsc.log\", format = \"tsc\", \
                 vouched-by = 'ci.conclusion == \"success\"' }, \"r/a.json\"]",
            )
            .file("r/tsc.log", "")
            .file("r/a.json", run("\"failure\"", "completed")),
        ],
        Rule::NoArtifact => {
            vec![Case::new(TESTS, "[\"r/*.xml\", \"e2e/*.xml\"]").file("r/a.xml", GOOD_JUNIT)]
        }
        Rule::Ambiguous => vec![
            Case::new("findings.total == 0", "[\"r/*\"]")
                .file("r/a.sarif", CLEAN_SARIF)
                .file("r/b.json", "[]"),
        ],
        Rule::UnknownFormat => vec![
            Case::new(TESTS, "[\"r/*\"]")
                .file("r/a.xml", GOOD_JUNIT)
                .file("r/b.txt", "All went well.\n"),
        ],
        Rule::NotANumber => {
            vec![Case::new("!(data.p95 > 500.0)", "[\"r/a.toml\"]").file("r/a.toml", "p95 = nan\n")]
        }
        Rule::FullPage => {
            let alert = r#"{"number": 1, "state": "open", "created_at": "2026-11-22T10:00:00Z",
                "most_recent_instance": {}, "rule": {"id": "a", "security_severity_level": "low"}}"#;
            let page = format!("[{}]", vec![alert; 30].join(","));
            let none_worse = "findings.critical + findings.high + findings.unknown == 0";
            vec![Case::new(none_worse, "[\"r/alerts.json\"]").file("r/alerts.json", &page)]
        }
        Rule::NotACount => vec![junit(
            TESTS,
            r#"<testsuite name="s" tests="1" failures="1,000"><testcase name="a"/></testsuite>"#,
        )],
        Rule::SuiteNotLoaded => {
            let fewer = "tests.passed > 0 && tests.errored <= 1";
            vec![
                Case::new(TESTS, "[\"r/a.json\"]").file("r/a.json", HALF_LOADED_JEST),
                Case::new(fewer, "[\"r/a.xml\"]").file("r/a.xml", HALF_COLLECTED_PYTEST),
                Case::new(TESTS, "[\"r/*.xml\"]")
                    .file("r/TEST-a.xml", GOOD_JUNIT)
                    .file("r/failsafe-summary.xml", TIMED_OUT_FAILSAFE),
                Case::new(TESTS, "[\"r/a.tap\"]").file("r/a.tap", BROKEN_OFF_PERL),
            ]
        }
        Rule::NotSigned => vec![Case::asking("sign-off = { by = [\"noor@example.org\"] }\n")],
        // Else nothing is there to evaluate: no rule stands between it and a pass.
        Rule::NotCarried => vec![
            Case::new(GRAVE, "").file("r/eslint.json", CLEAN_ESLINT),
            Case::new(GRAVE, "").file("r/a.sarif", CLEAN_SARIF),
            Case::new("findings.list.filter(f, f.severity in ['high', 'unknown']) == []", "")
                .file("r/eslint.json", CLEAN_ESLINT),
        ],
        Rule::StaleTick => vec![
            junit(TESTS, GOOD_JUNIT).ticked_as("it-may-hold", &[]),
            junit(TESTS, GOOD_JUNIT).ticked_as("it-holds", &["< 500 ms"]),
        ],
    }
}

/// An empty log of a tool that is silent on success.
pub(super) fn silent() -> Case {
    Case::new("findings.errors == 0", "[{ glob = \"r/tsc.log\", format = \"tsc\" }]")
        .file("r/tsc.log", "")
}

pub(super) fn ended(exit_code: i64) -> Sealed {
    Sealed::Yes(Box::new(Seal {
        written: None,
        checked_out: None,
        before: None,
        path: "r/types.seal.json".to_owned(),
        at: "2026-11-22T09:00:00Z".parse().unwrap(),
        commit: None,
        tree: None,
        dirty: false,
        ref_name: None,
        system: None,
        job: None,
        run_id: None,
        run_url: None,
        exit_code: Some(exit_code),
        command: None,
        hides: None,
        narrowed: None,
        runs_a_part: None,
        selected: None,
        part: None,
        npm_offline: false,
    }))
}

/// A seal that tells of a commit, with or without changes beside it.
fn of_commit(dirty: bool) -> Sealed {
    match ended(0) {
        Sealed::Yes(seal) => {
            Sealed::Yes(Box::new(Seal { commit: Some("4f2c9e1".to_owned()), dirty, ..*seal }))
        }
        other => other,
    }
}
