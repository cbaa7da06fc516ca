//! Ways to be told `verified` of something that is not, each tried on the whole program.

mod artifacts;
mod code;
mod comments;
mod committed;
mod conditions;
mod context;
mod deployed;
mod elsewhere;
mod locust;
mod no_code;
mod policy;
mod retries;
mod rewritten;
mod same_run;
mod sentences;
mod skipped;
mod swallowed;
mod untold;

use serde_json::Value;

use crate::support::{Repo, Run, at};

const JUNIT: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
const JEST: &str = r#"{"numTotalTests": 1, "numPassedTests": 1, "numFailedTests": 0,
    "numPendingTests": 0, "numTodoTests": 0, "numTotalTestSuites": 1, "numFailedTestSuites": 0,
    "numPassedTestSuites": 1, "success": true, "startTime": 1768042800000, "testResults": [
    {"name": "a.test.js", "status": "passed", "message": "", "startTime": 1768042800000,
     "endTime": 1768042801000, "assertionResults": [{"title": "a", "fullName": "a",
     "status": "passed", "ancestorTitles": [], "failureMessages": []}]}]}"#;
const NOW: [&str; 2] = ["--as-of", "2026-01-10T12:00:00Z"];

/// A repository with one ticked item, code, and a passing report that nobody committed.
fn team(require: &str) -> Repo {
    of_item("- [x] It holds", &format!("[[require]]\nitem = \"release/it-holds\"\n{require}\n"))
}

fn of_item(item: &str, config: &str) -> Repo {
    Repo::new()
        .file("LIST.md", format!("# Release\n\n{item}\n"))
        .file("trueup.toml", config)
        .file("backend/src/a.rs", "fn a() {}\n")
        .commit("all", at("2026-01-05"))
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at("2026-01-10T11:00:00Z"))
}

const TESTS: &str =
    "artifacts = [\"reports/junit.xml\"]\ncondition = \"tests.failed + tests.errored == 0\"";

fn check(repo: &Repo) -> Run {
    repo.trueup(["check", "--format", "json", NOW[0], NOW[1]])
}

fn snapshot(repo: &Repo) -> Value {
    check(repo).json()
}

/// The status, the reason and the rule of the one item.
fn judged(repo: &Repo) -> (String, String, String) {
    let snapshot = snapshot(repo);
    let item = &snapshot["checklists"][0]["items"][0];
    let word = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
    (word("status"), word("reason"), word("rule"))
}

/// The problems of a code, as `message | hint`.
fn problems(repo: &Repo, code: &str) -> Vec<String> {
    let snapshot = snapshot(repo);
    let problems = snapshot["problems"].as_array().unwrap().iter();
    let of_code = problems.filter(|problem| problem["code"] == code);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    of_code.map(|of| format!("{} | {}", text(&of["message"]), text(&of["hint"]))).collect()
}

#[track_caller]
fn refused(repo: &Repo, said: &str) {
    let run = check(repo).code(2);
    assert!(run.stderr().contains(said), "{}", run.stderr());
}

#[test]
fn honest_evidence_is_verified() {
    assert_eq!(judged(&team(TESTS)).0, "verified");
}
