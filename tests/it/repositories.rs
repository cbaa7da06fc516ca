//! Repositories of every kind, and folders that are none, as the whole program meets them.

use std::fs;

use serde_json::Value;

use crate::support::{Repo, Run, at, trueup_in};

const NOW: [&str; 2] = ["--as-of", "2026-01-20T12:00:00Z"];
const CHECKLIST: &str = "# Go\n\n- [x] Tests pass <!-- id: tests -->\n";
const CONFIG: &str = "[[require]]\nitem = \"tests\"\nartifacts = [\"reports/*.xml\"]\n\
                      condition = \"tests.total > 0 && tests.failed == 0\"\n";
const PASSING: &str =
    "<testsuite name=\"s\" timestamp=\"2026-01-12T10:00:00Z\"><testcase name=\"a\"/></testsuite>\n";

/// Code on day 5, a report made on day 12 that git ignores.
fn team() -> Repo {
    Repo::new()
        .file("docs/GO.md", CHECKLIST)
        .file("trueup.toml", CONFIG)
        .file(".gitignore", "/reports\n")
        .file("src/a.ts", "let a = 1;\n")
        .commit("code", at("2026-01-05"))
        .file("reports/junit.xml", PASSING)
}

fn checked(repo: &Repo, more: &[&str]) -> Value {
    let mut args = vec!["check", "--format", "json"];
    args.extend(NOW);
    args.extend(more);
    repo.trueup(args).code(0).json()
}

/// `status: reason` of the one item.
fn told(snapshot: &Value) -> String {
    let item = &snapshot["checklists"][0]["items"][0];
    format!("{}: {}", item["status"].as_str().unwrap(), item["reason"].as_str().unwrap())
}

fn codes(snapshot: &Value) -> Vec<&str> {
    let problems = snapshot["problems"].as_array().unwrap();
    problems.iter().map(|problem| problem["code"].as_str().unwrap()).collect()
}

/// Makes the repository as shallow as `actions/checkout` leaves it: HEAD alone.
fn cut_at_head(git: &git2::Repository) {
    let head = git.head().unwrap().target().unwrap();
    let parents: Vec<_> = git.find_commit(head).unwrap().parent_ids().collect();
    fs::write(git.path().join("shallow"), format!("{head}\n")).unwrap();
    for parent in parents {
        let id = parent.to_string();
        fs::remove_file(git.path().join("objects").join(&id[..2]).join(&id[2..])).unwrap();
    }
}

#[test]
fn evidence_made_after_the_last_change_is_of_this_code() {
    let told = told(&checked(&team(), &[]));
    assert!(told.starts_with("verified: "), "{told}");
}

#[test]
fn a_commit_after_the_report_makes_it_stale_and_is_named() {
    let repo = team().file("src/a.ts", "let a = 2;\n").commit("later", at("2026-01-13"));
    let told = told(&checked(&repo, &[]));
    assert!(told.starts_with("stale: ") && told.contains("src/a.ts"), "{told}");
}

#[test]
fn work_committed_before_and_merged_after_the_report_makes_it_stale() {
    let repo = team().branch("side").file("src/b.ts", "b").commit("side", at("2026-01-11"));
    let repo = repo.check_out("main").file("reports/junit.xml", PASSING);
    assert!(told(&checked(&repo, &[])).starts_with("verified: "));
    let repo = repo.file("src/b.ts", "b").merge("side", "merge", at("2026-01-14"));
    let told = told(&checked(&repo, &[]));
    assert!(told.starts_with("stale: ") && told.contains("src/b.ts"), "{told}");
}

#[test]
fn a_new_file_that_git_does_not_know_counts_unless_paths_lead_elsewhere() {
    let repo = team().file("src/new.ts", "let b = 1;\n");
    let anywhere = told(&checked(&repo, &[]));
    assert!(anywhere.starts_with("stale: ") && anywhere.contains("src/new.ts"), "{anywhere}");
    let repo = repo.file("trueup.toml", format!("{CONFIG}paths = [\"src/**\"]\n"));
    let asked = told(&checked(&repo, &[]));
    assert!(asked.starts_with("stale: ") && asked.contains("src/new.ts"), "{asked}");
    let repo = repo.file("trueup.toml", format!("{CONFIG}paths = [\"docs/**\"]\n"));
    let elsewhere = told(&checked(&repo, &[]));
    assert!(elsewhere.starts_with("verified: "), "{elsewhere}");
}

#[test]
fn where_the_clone_is_cut_nothing_is_taken_for_unchanged() {
    let repo = team()
        .file("src/a.ts", "let a = 2;\n")
        .commit("later", at("2026-01-13"))
        .file("src/a.ts", "let a = 3;\n")
        .commit("last", at("2026-01-14"))
        .with(cut_at_head);
    let snapshot = checked(&repo, &[]);
    let told = told(&snapshot);
    assert!(told.starts_with("stale: ") && told.contains("shallow"), "{told}");
    assert!(codes(&snapshot).contains(&"history-truncated"), "{:?}", codes(&snapshot));
    assert_eq!(snapshot["commit"]["truncated"], true);
}

#[test]
fn a_report_that_names_a_commit_beyond_the_cut_is_stale() {
    let repo = team().file("src/a.ts", "let a = 2;\n").commit("later", at("2026-01-06"));
    let behind = repo.id("HEAD~1");
    let run = format!(
        r#"{{"id": 1, "name": "CI", "head_branch": "main", "head_sha": "{behind}",
            "run_number": 3, "event": "push", "status": "completed", "conclusion": "success",
            "workflow_id": 7, "created_at": "2026-01-05T10:00:00Z",
            "updated_at": "2026-01-05T10:05:00Z", "run_attempt": 1}}"#
    );
    let config = "[[require]]\nitem = \"tests\"\nartifacts = [\"reports/run.json\"]\n\
                  condition = \"ci.conclusion == \\\"success\\\"\"\n";
    let repo = repo.file("reports/run.json", run).file("trueup.toml", config);
    let whole = told(&checked(&repo, &[]));
    assert!(whole.starts_with("stale: ") && whole.contains("src/a.ts"), "{whole}");
    let cut = told(&checked(&repo.with(cut_at_head), &[]));
    assert!(cut.starts_with("stale: "), "{cut}");
}

#[test]
fn before_the_first_commit_there_is_no_commit_and_no_verified() {
    let repo = Repo::new()
        .file("docs/GO.md", CHECKLIST)
        .file("trueup.toml", CONFIG)
        .file("reports/junit.xml", PASSING);
    let snapshot = checked(&repo, &[]);
    assert_eq!(snapshot["commit"], Value::Null);
    assert!(told(&snapshot).starts_with("stale: "), "{}", told(&snapshot));
}

#[test]
fn a_folder_without_git_is_judged_by_what_needs_no_history() {
    let repo = team();
    let dir = repo.outside().join("plain");
    fs::create_dir_all(dir.join("reports")).unwrap();
    for (path, text) in
        [("GO.md", CHECKLIST), ("trueup.toml", CONFIG), ("reports/junit.xml", PASSING)]
    {
        fs::write(dir.join(path), text).unwrap();
    }
    let check = |dir: &std::path::Path| -> Run {
        trueup_in(dir, repo.outside(), ["check", "--format", "json", NOW[0], NOW[1]])
    };
    let stale = told(&check(&dir).code(0).json());
    assert!(stale.starts_with("stale: "), "{stale}");
    fs::write(dir.join("trueup.toml"), format!("{CONFIG}max-age = \"30d\"\n")).unwrap();
    let verified = told(&check(&dir).code(0).json());
    assert!(verified.starts_with("verified: "), "{verified}");
}

#[test]
fn from_a_folder_within_the_answer_is_the_same() {
    let repo = team();
    let from = |args: &[&str]| {
        let all = ["check", "--format", "json", NOW[0], NOW[1]].iter().chain(args);
        repo.trueup(all).code(0).raw_stdout().to_owned()
    };
    assert_eq!(from(&["-C", "src"]), from(&[]));
}

#[test]
fn a_bare_repository_is_refused_with_a_way_out() {
    let repo = team();
    let bare = repo.outside().join("bare.git");
    git2::Repository::init_bare(&bare).unwrap();
    let run = trueup_in(&bare, repo.outside(), ["check"]).code(3);
    assert!(run.stderr().contains("bare") && run.stderr().contains("Clone it"), "{}", run.stderr());
}

#[test]
fn an_unknown_revision_is_asked_wrongly_and_not_a_verdict() {
    let run = team().trueup(["check", "--at", "v9"]).code(2);
    assert!(run.stderr().contains("`v9` names no commit"), "{}", run.stderr());
    assert_eq!(run.stdout(), "");
}

#[test]
fn a_folder_of_artifacts_outside_is_named_by_its_own_name() {
    let repo = team();
    let out = repo.outside().join("download/ci-out");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("junit.xml"), PASSING).unwrap();
    let config = CONFIG.replace("reports/*.xml", "ci-out/*.xml");
    let repo = repo.file("trueup.toml", config);
    let snapshot = checked(&repo, &["--artifacts", out.to_str().unwrap()]);
    assert_eq!(snapshot["artifacts"][0]["path"], "ci-out/junit.xml");
    assert!(told(&snapshot).starts_with("verified: "), "{}", told(&snapshot));
    let text = snapshot.to_string();
    assert!(!text.contains(repo.outside().to_str().unwrap()), "a path of this machine is shown");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_report_elsewhere_is_no_artifact() {
    let repo = team().remove("reports/junit.xml");
    let elsewhere = repo.outside().join("passing.xml");
    fs::write(&elsewhere, PASSING).unwrap();
    std::os::unix::fs::symlink(&elsewhere, repo.dir().join("reports/junit.xml")).unwrap();
    let told = told(&checked(&repo, &[]));
    assert!(told.starts_with("unproven: "), "{told}");
}

#[test]
fn a_message_that_is_not_utf8_is_shown_with_replacements() {
    let repo = team().with(|git| {
        let head = git.head().unwrap().peel_to_commit().unwrap();
        let mut object = git.odb().unwrap().read(head.id()).unwrap().data().to_vec();
        let at = object.windows(2).position(|pair| pair == b"\n\n").unwrap();
        object.splice(at + 2.., *b"caf\xe9\n");
        let id = git.odb().unwrap().write(git2::ObjectType::Commit, &object).unwrap();
        git.reference("refs/heads/main", id, true, "").unwrap();
    });
    assert_eq!(checked(&repo, &[])["commit"]["subject"], "caf\u{fffd}");
}
