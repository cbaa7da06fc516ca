//! Each rule of trust, by a case that would be `verified` without it.

mod case;
mod reports;
mod rules;

use trueup::model::{Rule, Rules, Status, Verdict};

use case::Case;
use reports::{CLEAN_ESLINT, CLEAN_SARIF, DROPPED_K6, GOOD_JUNIT, SKIPPED_JOB, k6};
use rules::{GRAVE, TESTS, cases, ended, forgiven, junit, silent};

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
fn a_job_that_may_fail_counts_where_the_condition_names_it() {
    let status = |condition: &str| forgiven(condition).judge(Rules::default()).status;
    let run = "ci.conclusion == \"success\"";
    for named in [
        "ci.jobs.test.conclusion in [\"success\", \"failure\"]",
        "keys(ci.jobs).exists(n, ci.jobs[n].conclusion == \"success\")",
    ] {
        assert_eq!(status(&format!("{run} && {named}")), Status::Verified, "{named}");
    }
    assert_eq!(status("ci.branch == \"main\""), Status::Verified);
    let kept = forgiven(run).judge(Rules::default());
    assert!(kept.reason.contains("job \"test\" of it failed"), "{}", kept.reason);
}

#[test]
fn what_was_skipped_counts_where_the_condition_names_it() {
    let status = |condition: &str| {
        let case = Case::new(condition, "[\"r/a.json\"]").file("r/a.json", SKIPPED_JOB);
        case.judge(Rules::default()).status
    };
    let job = "ci.jobs[\"a \\\"b\\\"\"].conclusion";
    assert_eq!(status(&format!("{job} in [\"success\", \"skipped\"]")), Status::Verified);
    for refused in [
        format!("{job} in [\"success\", \"neutral\"]"),
        format!("{job} == \"skipped\" || {job} != \"failure\""),
        format!(
            "{job} == \"skipped\" && keys(ci.jobs).filter(n, ci.jobs[n].conclusion == \"failure\").size() == 0"
        ),
        "keys(ci.jobs).all(n, ci.jobs[n].conclusion in [\"success\", \"skipped\"])".to_owned(),
    ] {
        assert_eq!(status(&refused), Status::Unproven, "{refused}");
    }
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
