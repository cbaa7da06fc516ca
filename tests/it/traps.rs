//! Ways to be told `verified` of something that is not, each tried on the whole program.

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

#[test]
fn two_evidence_comments_are_refused_and_neither_is_lost() {
    let item = "- [x] It holds <!-- evidence: tests.failed == 0 --> \
                <!-- evidence: tests.total > 400 -->";
    refused(&of_item(item, ""), "the item has two `evidence` comments");
}

#[test]
fn a_misspelt_comment_beside_an_item_is_told() {
    let item =
        "- [x] It holds <!-- evidence: tests.failed == 0 -->\n  <!-- artifact: e2e/*.xml -->";
    let repo = of_item(item, "");
    let expected = "`artifact:` is no key of a comment, so this comment says nothing. | \
                    Did you mean `artifacts:`?";
    assert_eq!(problems(&repo, "directive-malformed"), [expected]);
    let elsewhere = "<!-- path: x -->\n\n- [x] It holds";
    assert_eq!(problems(&of_item(elsewhere, ""), "directive-malformed"), [""; 0]);
}

#[test]
fn an_evidence_comment_holds_a_condition_and_no_second_key() {
    for value in [
        "tests.failed == 0; max-age: 7d",
        "tests.failed == 0, artifacts: reports/*.xml",
        "tests.failed == 0\n  artifacts: reports/*.xml",
        "tests.failed == 0 max-age: 7d",
    ] {
        let item = format!("- [x] It holds <!-- evidence: {value} -->");
        refused(&of_item(&item, ""), "LIST.md:");
    }
}

const MADE_BEFORE: &str = "2026-01-06T11:00:00Z";

/// Evidence of the sixth, under `paths`, and a commit of the seventh that changes the backend.
fn later_change(paths: &str) -> Repo {
    team(&format!("{TESTS}\npaths = {paths}"))
        .remove("reports/junit.xml")
        .file("backend/src/a.rs", "fn b() {}\n")
        .commit("backend: another", at("2026-01-07"))
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at(MADE_BEFORE))
}

#[test]
fn a_folder_s_name_under_paths_means_all_that_lies_in_it() {
    for paths in ["backend", "backend/", "./backend", "backend/src", ".", "backend/src/a.rs"] {
        let (status, reason, rule) = judged(&later_change(&format!("[\"{paths}\"]")));
        assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{paths}: {reason}");
    }
}

#[test]
fn a_glob_of_paths_that_never_matched_is_refused_with_what_was_meant() {
    for (paths, hint) in [
        ("Backend/**", "upper and lower case count: backend/src/a.rs is there"),
        ("/backend/**", "write `backend/**`"),
        ("backend/*", "it names folders: write `backend/*/**`"),
        ("src/**", "write `**/src/**`"),
        ("bakcend/**", "write `backend/**`"),
        ("dist/**", "write a glob over the repository's files"),
    ] {
        let repo = team(&format!("{TESTS}\npaths = [\"LIST.md\", \"{paths}\"]"));
        let run = check(&repo).code(2);
        let said = run.stderr();
        assert!(said.contains("trueup.toml:1") && said.contains("matches no file"), "{said}");
        assert!(said.to_lowercase().contains(&hint.to_lowercase()), "{paths}: {said}");
    }
    let item = "- [x] It holds <!-- evidence: tests.failed == 0 --> <!-- paths: Backend/** -->";
    refused(&of_item(item, ""), "LIST.md:3");
}

#[test]
fn a_path_that_was_removed_has_changed_and_is_told() {
    let repo = later_change("[\"backend/**\"]")
        .remove("reports/junit.xml")
        .remove("backend/src/a.rs")
        .commit("backend: none", at("2026-01-08"))
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at(MADE_BEFORE));
    assert_eq!(judged(&repo).0, "stale");
    assert_eq!(problems(&repo, "paths-unmatched").len(), 1);
}

#[test]
fn a_new_file_that_no_commit_holds_is_a_later_change() {
    let repo = team(TESTS).file("backend/src/new.rs", "fn b() {}\n");
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "stale");
    assert!(reason.contains("backend/src/new.rs is in no commit and not ignored"), "{reason}");
    let under = team(&format!("{TESTS}\npaths = [\"backend\"]"));
    assert_eq!(judged(&under).0, "verified");
    assert_eq!(judged(&under.file("backend/src/new.rs", "fn b() {}\n")).0, "stale");
    let ignored = team(TESTS).file(".gitignore", "*.log\n").commit("ignore", at("2026-01-06"));
    let ignored = ignored.file("backend/run.log", "x").file("reports/junit.xml", JUNIT);
    let ignored = ignored.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
    assert_eq!(judged(&ignored).0, "verified");
}

#[test]
fn what_tools_leave_behind_is_no_later_change() {
    let repo = team(TESTS)
        .file("artifacts/lint.json", "[]")
        .file("reports/html/index.html", "<p>")
        .file("downloads/unit/more.xml", JUNIT)
        .file(".trueup/cache/x", "x")
        .file("trueup.toml", format!("[[require]]\nitem = \"release/it-holds\"\n{TESTS}\n\n"));
    repo.trueup(["report", "--artifacts", "downloads", NOW[0], NOW[1]]).code(0);
    repo.trueup(["report", "--artifacts", "downloads", "--out", "public/site", NOW[0], NOW[1]])
        .code(0);
    let run =
        repo.trueup(["check", "--format", "json", "--artifacts", "downloads", NOW[0], NOW[1]]);
    let item = run.json()["checklists"][0]["items"][0].clone();
    assert_eq!(item["status"], "verified", "{}", item["reason"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_report_is_told_and_proves_nothing() {
    use std::os::unix::fs::symlink;
    let globs = "artifacts = [\"reports/**/*.xml\"]\ncondition = \"tests.failed == 0\"";
    let named = "artifacts = [\"reports/e2e/*.xml\"]\ncondition = \"tests.failed == 0\"";
    for require in [globs, named, "condition = \"tests.failed == 0\""] {
        let repo = team(require).file(".gitignore", "/build\n").commit("i", at("2026-01-06"));
        let repo = repo.file("build/e2e/junit.xml", JUNIT).file("reports/junit.xml", JUNIT);
        let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
        symlink("../build/e2e", repo.dir().join("reports/e2e")).unwrap();
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{require}");
        assert_eq!(reason, "Ticked. reports/e2e cannot be read: links are not followed.");
        assert_eq!(problems(&repo, "artifact-unread").len(), 1, "{require}");
    }
    let twice = team(globs);
    symlink("junit.xml", twice.dir().join("reports/same.xml")).unwrap();
    assert_eq!(judged(&twice).0, "verified", "what it leads to is read by its own name");
    let committed = team(globs);
    symlink("../e2e.xml", committed.dir().join("reports/e2e.xml")).unwrap();
    let committed = committed.file("e2e.xml", JUNIT).commit("all", at("2026-01-09"));
    let run = committed.trueup(["check", "--format", "json", "--at", "HEAD", NOW[0], NOW[1]]);
    let item = run.json()["checklists"][0]["items"][0].clone();
    assert_eq!(item["status"], "unproven", "{}", item["reason"]);
}

#[test]
fn what_asks_no_artifact_vouches_for_nothing() {
    for vouching in ["true", "1 < 2", "git.commit != \\\"\\\"", "files(\\\"**\\\").size() > 0"] {
        let tsc = format!(
            "artifacts = [{{ glob = \"reports/tsc.log\", format = \"tsc\", vouched-by = \"{vouching}\" }}]\n\
             condition = \"findings.errors == 0\""
        );
        let repo = team(&tsc).file("reports/tsc.log", "");
        refused(&repo, "this asks no artifact, so it vouches for nothing");
    }
}

#[test]
fn a_file_counts_once_however_often_it_is_named() {
    let counted = |artifacts: &str, total: u32| {
        judged(&team(&format!("artifacts = {artifacts}\ncondition = \"tests.total == {total}\"")))
    };
    let named = "{ glob = \"reports/junit.xml\", format = \"junit\" }";
    let twice = format!("[\"reports/*.xml\", {named}]");
    assert_eq!(counted(&twice, 2).0, "verified", "{}", counted(&twice, 2).1);
    assert_eq!(counted("[\"reports/*.xml\", \"reports/junit.xml\"]", 2).0, "verified");
    let both = "artifacts = [{ glob = \"reports/*.json\", format = \"jest-json\" }, \
                { glob = \"reports/j.json\", format = \"vitest-json\" }]";
    for total in [1, 2] {
        let repo = team(&format!("{both}\ncondition = \"tests.total == {total}\""))
            .file("reports/j.json", JEST)
            .modified("reports/j.json", at("2026-01-10T11:00:00Z"));
        let (status, reason, rule) = judged(&repo);
        assert_eq!((status.as_str(), rule.as_str()), ("unproven", "ambiguous"), "{reason}");
    }
}

#[test]
fn a_change_that_git_was_told_not_to_see_is_seen() {
    for flag in ["--assume-unchanged", "--skip-worktree"] {
        let repo = team(TESTS);
        let git = |args: &[&str]| {
            let ran = std::process::Command::new("git").args(args).current_dir(repo.dir()).status();
            assert!(ran.unwrap().success());
        };
        git(&["update-index", flag, "backend/src/a.rs"]);
        assert_eq!(judged(&repo).0, "verified", "{flag}: nothing changed");
        let repo = repo.file("backend/src/a.rs", "fn changed() {}\n");
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "stale", "{flag}: {reason}");
        let repo = repo.remove("backend/src/a.rs");
        assert_eq!(judged(&repo).0, "stale", "{flag}: removed");
    }
}
