//! Each rule of trust, by a case that would be `verified` without it.

mod reports;

use std::collections::BTreeSet;

use trueup::checklist::{self, Settings};
use trueup::config;
use trueup::evidence::{self, Detail};
use trueup::facts::{Keep, Value};
use trueup::model::{
    Answer, Artifact, Authorship, Change as ItemChange, Claim, Digest, Document, Documents, Event,
    Glob, ItemHistory, Rule, Rules, Seal, Sealed, Signature, Status, Tick, TimeFrom, Timestamp,
    Verdict,
};
use trueup::policy::Requirement;
use trueup::reconcile::{
    self, Change, ChangeState, FoundArtifact, Hands, Inputs, JudgedItem, Since, Witness, requests,
};

use self::reports::{
    BROKEN_OFF_PERL, CLEAN_ESLINT, CLEAN_SARIF, DROPPED_K6, FAILED_AUTOCANNON, GOOD_JUNIT,
    HALF_COLLECTED_PYTEST, HALF_LOADED_JEST, HALF_PARSED_CHECKOV, HALF_SCANNED_CLUSTER,
    SKIPPED_JOB, TIMED_OUT_FAILSAFE, k6,
};

const CLOCK: &str = "2026-11-22T10:00:00Z";
const GRAVE: &str = "findings.critical == 0 && findings.unknown == 0";
const TESTS: &str = "tests.failed + tests.errored == 0";

/// One ticked item, one requirement, some files.
struct Case {
    /// Lines of the `[[require]]` besides `item`.
    require: String,
    files: Vec<(&'static str, String)>,
    /// What changed since any artifact was made.
    since: Since,
    /// When the files were made, as the file system says.
    made: &'static str,
    /// How one of the files stands to its seal.
    sealed: Option<(&'static str, Sealed)>,
    /// The meaning and the limits of the text that was ticked, where history tells them.
    ticked_as: Option<(&'static str, &'static [&'static str])>,
}

impl Case {
    /// `artifacts` as TOML; empty for those of the default places.
    fn new(condition: &str, artifacts: &str) -> Case {
        let artifacts = match artifacts {
            "" => String::new(),
            named => format!("artifacts = {named}\n"),
        };
        Case {
            require: format!("{artifacts}condition = '''{condition}'''\n"),
            files: Vec::new(),
            since: Since::Changes(Vec::new()),
            made: "2026-11-22T09:00:00Z",
            sealed: None,
            ticked_as: None,
        }
    }

    fn file(mut self, path: &'static str, bytes: impl Into<String>) -> Case {
        self.files.push((path, bytes.into()));
        self
    }

    fn also(mut self, line: &str) -> Case {
        self.require.push_str(line);
        self.require.push('\n');
        self
    }

    fn since(mut self, since: Since) -> Case {
        self.since = since;
        self
    }

    fn made(mut self, made: &'static str) -> Case {
        self.made = made;
        self
    }

    fn sealed_as(mut self, path: &'static str, sealed: Sealed) -> Case {
        self.sealed = Some((path, sealed));
        self
    }

    fn ticked_as(mut self, meaning: &'static str, thresholds: &'static [&'static str]) -> Case {
        self.ticked_as = Some((meaning, thresholds));
        self
    }

    fn history(&self) -> ItemHistory {
        let ticked = self.ticked_as.map(|(meaning, thresholds)| Tick {
            event: Event {
                by: Authorship {
                    authored: None,
                    commit: "4f2c9e1".to_owned(),
                    time: self.made.parse().unwrap(),
                    author: "Ana".to_owned(),
                    email: "ana@example.org".to_owned(),
                    person: None,
                    subject: "go through the list".to_owned(),
                    signature: Signature::Absent,
                    release: None,
                }
                .into(),
                change: ItemChange::Ticked,
                text: meaning.into(),
                claim: Claim::Done,
            },
            meaning: meaning.to_owned(),
            thresholds: thresholds.iter().map(|&limit| limit.to_owned()).collect(),
            context: None,
        });
        ItemHistory { ticked, ..ItemHistory::default() }
    }

    fn judge(&self, rules: Rules) -> JudgedItem {
        let toml = format!("[[require]]\nitem = \"release/it-holds\"\n{}", self.require);
        let config = config::read("trueup.toml", &toml, &evidence::format_ids())
            .unwrap_or_else(|faults| panic!("{faults:?}\n{toml}"));
        let markdown = b"# Release\n\n- [x] It holds\n";
        let list = checklist::read("CHECKLIST.md", markdown, &Settings::default());
        let mut document = Document::new(list, markdown.to_vec());
        document.histories = Some(vec![self.history()]);
        let case = reconcile::Case {
            documents: Documents::from_iter([document]),
            requirements: config.requirements.clone(),
            waivers: Vec::new(),
            artifacts: self.found(&config.requirements),
            lost: Vec::new(),
            problems: Vec::new(),
            clock: CLOCK.parse().unwrap(),
            deployed: None,
            rules,
            config,
        };
        let witness = Repository { since: self.since.clone() };
        let could_carry = &evidence::could_carry;
        let judgement =
            reconcile::reconcile(&Inputs { case: &case, witness: &witness, could_carry });
        judgement.items.values().next().unwrap().clone()
    }

    fn found(&self, requirements: &[Requirement]) -> Vec<FoundArtifact> {
        let paths: BTreeSet<String> = self.files.iter().map(|(path, _)| (*path).into()).collect();
        let asks_all = requirements.iter().all(|of| of.artifacts.is_empty());
        let default_paths = if asks_all { paths.clone() } else { BTreeSet::new() };
        let wanted = requests(requirements, &paths, &default_paths).into_iter();
        let found = wanted.map(|(request, depth)| {
            let (_, bytes) = self.files.iter().find(|(path, _)| *path == request.path).unwrap();
            let keep = |all| if all { Keep::All } else { Keep::Shown };
            let detail = Detail {
                cases: keep(depth.cases),
                findings: keep(depth.findings),
                components: keep(depth.components),
                data: depth.data,
            };
            let format = request.format.as_deref();
            let answer = evidence::read(&request.path, bytes.as_bytes(), format, &detail);
            FoundArtifact {
                artifact: self.artifact(&request.path, bytes, answer),
                named: request.format,
                in_default_place: asks_all,
                withheld: None,
            }
        });
        found.collect()
    }

    fn sealed(&self, path: &str) -> Sealed {
        let Some((sealed, state)) = &self.sealed else { return Sealed::No };
        if *sealed == path { state.clone() } else { Sealed::No }
    }

    fn artifact(&self, path: &str, bytes: &str, answer: Answer) -> Artifact {
        let content = answer.reading().and_then(|reading| reading.produced_at.clone());
        let stated = content.as_ref().and_then(|made| made.at);
        let made: Timestamp = self.made.parse().unwrap();
        Artifact {
            path: path.to_owned(),
            archive: None,
            sha256: Digest([0; 32]),
            bytes: bytes.len() as u64,
            time: Some(stated.map_or((made, TimeFrom::File), |at| (at, TimeFrom::Content))),
            zoned: content.is_none_or(|made| made.zoned),
            tracked: false,
            committed_in: None,
            arrived: None,
            checked_out: None,
            sealed: self.sealed(path),
            answer,
        }
    }
}

struct Repository {
    since: Since,
}

impl Witness for Repository {
    fn since_commit(&self, _: &str) -> Since {
        self.since.clone()
    }
    fn since_brought(&self, _: &str) -> Since {
        self.since.clone()
    }
    fn since_time(&self, _: Timestamp) -> Since {
        self.since.clone()
    }
    fn files(&self, _: &Glob) -> Vec<String> {
        Vec::new()
    }
    fn unlisted(&self, _: &Glob) -> Option<String> {
        None
    }
    fn text(&self, _: &str) -> Option<Result<String, String>> {
        None
    }
    fn load(&self, _: &str) -> Option<Result<Value, String>> {
        None
    }
    fn hands(&self, _: &str, _: &[Glob]) -> Hands {
        Hands::Truncated
    }
    fn git(&self) -> Option<Value> {
        None
    }
}

fn changed(path: &str) -> Since {
    Since::Changes(vec![Change {
        path: path.to_owned(),
        commit: Some("4f2c9e1".to_owned()),
        time: None,
        state: ChangeState::Committed,
    }])
}

fn junit(condition: &str, xml: impl Into<String>) -> Case {
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

/// For each rule, a case that it alone keeps from being `verified`. `None` where switching the
/// rule off cannot make a pass, because there is nothing to evaluate: then the verdict is asked.
fn cases(rule: Rule) -> Vec<Case> {
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
        Rule::NotSigned => vec![Case {
            require: "sign-off = { by = [\"noor@example.org\"] }\n".to_owned(),
            ..Case::new("", "")
        }],
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
fn silent() -> Case {
    Case::new("findings.errors == 0", "[{ glob = \"r/tsc.log\", format = \"tsc\" }]")
        .file("r/tsc.log", "")
}

fn ended(exit_code: i64) -> Sealed {
    Sealed::Yes(Box::new(Seal {
        written: None,
        checked_out: None,
        path: "r/types.seal.json".to_owned(),
        at: "2026-11-22T09:00:00Z".parse().unwrap(),
        commit: None,
        dirty: false,
        ref_name: None,
        system: None,
        job: None,
        run_id: None,
        run_url: None,
        exit_code: Some(exit_code),
        command: None,
        hides: None,
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

#[test]
fn each_rule_prevents_a_false_verified() {
    for &rule in Rule::ALL {
        for (index, case) in cases(rule).iter().enumerate() {
            let kept = case.judge(Rules::default());
            assert_ne!(kept.status, Status::Verified, "{} #{index}: {}", rule.word(), kept.reason);
            assert_ne!(kept.verdict, Verdict::Fail, "{} #{index}: {}", rule.word(), kept.reason);
            assert_eq!(kept.rule, Some(rule), "{} #{index}: {}", rule.word(), kept.reason);
            let off = case.judge(Rules::default().without(rule));
            assert_eq!(
                off.status,
                Status::Verified,
                "{} #{index} is prevented by something else: {} ({:?})",
                rule.word(),
                off.reason,
                off.rule
            );
        }
    }
}

#[test]
fn honest_evidence_is_verified() {
    let kept = junit(TESTS, GOOD_JUNIT).judge(Rules::default());
    assert_eq!((kept.status, kept.rule), (Status::Verified, None), "{}", kept.reason);
    assert_eq!(kept.reason, "2 tests ran, none failed, 1 hour before this report.");
    let kept = silent().sealed_as("r/tsc.log", ended(0)).judge(Rules::default());
    assert_eq!((kept.status, kept.rule), (Status::Verified, None), "{}", kept.reason);
    let kept = junit(TESTS, GOOD_JUNIT).ticked_as("it-holds", &[]).judge(Rules::default());
    assert_eq!((kept.status, kept.rule), (Status::Verified, None), "{}", kept.reason);
}

#[test]
fn severities_are_told_by_who_gives_them_or_is_named() {
    let scored = CLEAN_SARIF.replace(
        r#""name": "x""#,
        r#""name": "x", "rules": [{"id": "r", "properties": {"security-severity": "9.1"}}]"#,
    );
    let trivy = CLEAN_SARIF.replace(r#""name": "x""#, r#""name": "Trivy""#);
    for case in [
        Case::new(GRAVE, "").file("r/eslint.json", CLEAN_ESLINT).file("r/a.sarif", scored),
        Case::new(GRAVE, "").file("r/a.sarif", trivy),
        Case::new(GRAVE, "[\"r/eslint.json\"]").file("r/eslint.json", CLEAN_ESLINT),
        Case::new("artifact('r/e*').findings.high == 0", "").file("r/e.json", CLEAN_ESLINT),
        Case::new("findings.errors == 0", "").file("r/eslint.json", CLEAN_ESLINT),
    ] {
        let kept = case.judge(Rules::default());
        assert_eq!(kept.status, Status::Verified, "{}: {}", case.require, kept.reason);
    }
    // What a linter found refutes as before.
    let found = CLEAN_SARIF.replace("[]", r#"[{"ruleId": "r", "message": {"text": "m"}}]"#);
    let kept = Case::new(GRAVE, "").file("r/a.sarif", found).judge(Rules::default());
    assert_eq!(kept.status, Status::Contradicted, "{}", kept.reason);
}

#[test]
fn who_asks_for_failures_is_answered_as_written() {
    let fast = "metrics['http_req_duration'].p95 < 500";
    let judged = |condition: &str, failed| {
        let case = Case::new(condition, "[\"r/k6.json\"]").file("r/k6.json", k6(failed));
        case.judge(Rules::default())
    };
    let half = judged(fast, 500);
    assert_eq!(half.status, Status::Verified, "{}", half.reason);
    let allowed = judged(&format!("{fast} && metrics.http_req_failed.rate_pct < 99.95"), 999);
    assert_eq!(allowed.status, Status::Verified, "{}", allowed.reason);
    let refuted = judged(&format!("{fast} && metrics.http_req_failed.rate_pct < 1"), 999);
    assert_eq!(refuted.status, Status::Contradicted, "{}", refuted.reason);
    let ran = judged("metrics.iterations.count > 0", 999);
    assert_eq!(ran.status, Status::Verified, "{}", ran.reason);
    let dropped = "metrics.iteration_duration.p95 < 500 && metrics.dropped_iterations.rate < 95.0";
    let case = Case::new(dropped, "[\"r/k6.json\"]").file("r/k6.json", DROPPED_K6);
    assert_eq!(case.judge(Rules::default()).status, Status::Verified, "who asks for the load");
    let told = judged(fast, 999).reason;
    assert!(told.contains("999 of 1,000 requests of k6 failed"), "{told}");
}
