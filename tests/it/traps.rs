//! Ways to be told `verified` of something that is not, each tried on the whole program.

use serde_json::Value;

use crate::support::{Repo, Run, at};

const JUNIT: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
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
