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
fn a_copy_under_another_name_counts_once() {
    let repo = |condition: &str, other: &str| {
        let require = format!("artifacts = [\"reports/*.xml\"]\ncondition = '{condition}'");
        let repo = team(&require).file("reports/junit-copy.xml", other);
        repo.modified("reports/junit-copy.xml", at("2026-01-10T11:00:00Z"))
    };
    assert_eq!(judged(&repo("tests.total == 2", JUNIT)).0, "verified");
    let named = "tests.total == 2 && artifact(\"reports/junit-copy.xml\").tests.total == 2";
    let copied = repo(named, JUNIT);
    assert_eq!(judged(&copied).0, "verified");
    let evidence = &snapshot(&copied)["checklists"][0]["items"][0]["evidence"];
    let said: Vec<&str> =
        evidence.as_array().unwrap().iter().map(|of| of["reason"].as_str().unwrap()).collect();
    assert!(said.iter().any(|of| of.ends_with("byte for byte: it counts once.")), "{said:?}");
    let other = JUNIT.replace("\"a\"", "\"c\"");
    assert_eq!(judged(&repo("tests.total == 4", &other)).0, "verified");
}

#[test]
fn what_holds_of_any_evidence_is_no_proof() {
    for condition in [
        "tests.failed == 0 || true",
        "[tests.failed == 0, true].exists(x, x)",
        "tests.failed == 0 || tests.failed != 0",
    ] {
        let repo = team(&format!("condition = \"{condition}\""));
        let (status, reason, _) = judged(&repo);
        assert_eq!(status, "unproven", "{condition}");
        assert!(reason.contains("whatever the evidence says"), "{reason}");
        assert_eq!(problems(&repo, "condition-idle").len(), 1, "{condition}");
    }
}

#[test]
fn a_name_that_no_test_case_has_is_asked_of_nothing() {
    for (condition, status) in [
        ("tests.cases.all(c, c.name != 'z' || c.outcome == 'passed')", "unproven"),
        ("tests.cases.all(c, c.name == 'z' ? c.outcome == 'passed' : true)", "unproven"),
        ("!tests.cases.exists(c, c.name == 'z' && c.outcome != 'passed')", "unproven"),
        ("tests.cases.filter(c, c.name == 'z' && c.outcome != 'passed').size() == 0", "unproven"),
        ("tests.cases.all(c, c.name != 'a' || c.outcome == 'passed')", "verified"),
        ("!tests.cases.exists(c, c.outcome == 'failed')", "verified"),
        ("tests.cases.filter(c, c.outcome == 'failed').size() == 0", "verified"),
    ] {
        let (found, reason, _) = judged(&team(&format!("condition = \"{condition}\"")));
        assert_eq!(found, status, "{condition}: {reason}");
    }
}

#[test]
fn what_is_missing_of_stale_evidence_is_told_once() {
    let next = |repo: &Repo| snapshot(repo)["checklists"][0]["items"][0]["next"].clone();
    let new = team(TESTS).file("backend/src/new.rs", "fn b() {}\n");
    assert_eq!(next(&new), Value::Null, "its reason says to commit or ignore");
    assert_eq!(next(&later_change("[\"backend\"]")), "Run it again at this commit.");
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

#[test]
fn a_waiver_ends_on_a_day_and_nothing_else() {
    for until in ["+12026-01-01", "2026-3-2", "2026-13-01", "2026-12-31T10:00:00Z", " 2026-12-31"] {
        let waiver = format!(
            "[[waiver]]\nitem = \"**\"\nreason = \"r\"\nby = \"@a\"\nuntil = \"{until}\"\n"
        );
        refused(&of_item("- [x] It holds", &waiver), "is no date");
    }
    let beside = "- [x] It holds <!-- waiver: by @ana until +12026-01-01 because so -->";
    refused(&of_item(beside, ""), "is no date");
}

#[test]
fn a_gate_over_nothing_applicable_is_no_go() {
    let gate = "[gate]\nrequire = [{ items = \"release/*\", status = \"verified\" }]\n\
                [[require]]\nitem = \"goals/*\"\ncondition = \"tests.failed == 0\"\n";
    let repo = of_item("- [x] ~~It holds~~\n\n## Goals\n\n- [x] Tests pass", gate);
    check(&repo).code(1);
    let gate = &snapshot(&repo)["summary"]["gate"];
    assert_eq!(
        gate["sentence"],
        "No-go. 0 items of release/* are applicable, so none of them holds."
    );
}

#[test]
fn the_nearest_configuration_counts_and_the_others_are_told() {
    let repo = team(TESTS)
        .file(
            "backend/trueup.toml",
            "[gate]\nfail-on = [\"unproven\"]\n\
            [[require]]\nitem = \"release/it-holds\"\ncondition = \"tests.total > 400\"\n",
        )
        .file("backend/Trueup.toml", "")
        .file("trueup.tml", "")
        .remove("reports/junit.xml")
        .commit("more of them", at("2026-01-06"))
        .file("reports/junit.xml", JUNIT)
        .modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
    let run = repo.trueup(["check", "--format", "json", "-C", "backend/src", NOW[0], NOW[1]]);
    let snapshot = run.json();
    assert_eq!(snapshot["checklists"][0]["items"][0]["status"], "contradicted");
    let told: Vec<String> = snapshot["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["code"] == "config-unread")
        .map(|problem| {
            format!(
                "{}: {}",
                problem["path"].as_str().unwrap(),
                problem["message"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "backend/Trueup.toml: Trueup.toml is no configuration, so it is not read.",
            "trueup.tml: trueup.tml is no configuration, so it is not read.",
            "trueup.toml: backend/trueup.toml is used.",
        ]
    );
    assert_eq!(problems(&repo, "config-unread").len(), 1, "from the root only trueup.tml");
}

#[test]
fn the_sentence_of_a_pass_says_what_holds() {
    for (condition, said) in [
        ("git.dirty == false", "git.dirty is false."),
        ("!git.dirty", "git.dirty is false."),
        ("tests.failed == 0", "2 tests ran, none failed, 1 hour before this report."),
        (
            "tests.failed == 0 && !git.dirty",
            "2 tests ran, none failed, and git.dirty is false, 1 hour before this report.",
        ),
        (
            "tests.cases.exists(c, c.name == 'a')",
            "tests.cases.exists(c, c.name == \"a\") holds, 1 hour before this report.",
        ),
        (
            "tests.cases.filter(c, c.name == 'z').size() == 0 || tests.total > 0",
            "tests.cases.filter(c, c.name == \"z\").size() was 0, 1 hour before this report.",
        ),
    ] {
        let repo = team(&format!("paths = []\ncondition = \"\"\"{condition}\"\"\""));
        assert_eq!(judged(&repo).1, said, "{condition}");
    }
    let refuted = judged(&team("condition = \"git.dirty == true\"")).1;
    assert_eq!(refuted, "Ticked, but git.dirty is false; it must be true.");
}

#[test]
fn a_skipped_test_is_not_told_to_have_run() {
    let half =
        JUNIT.replace("<testcase name=\"b\"/>", "<testcase name=\"b\"><skipped/></testcase>");
    let repo = team(TESTS).file("reports/junit.xml", half);
    let repo = repo.modified("reports/junit.xml", at("2026-01-10T11:00:00Z"));
    let said = "1 test ran, none failed, 1 was skipped, 1 hour before this report.";
    assert_eq!(judged(&repo).1, said);
}

#[test]
fn the_reason_of_a_waived_item_reads_as_a_sentence() {
    let waiver = "[[waiver]]\nitem = \"**\"\nreason = \"r\"\nby = \"@a\"\nuntil = \"2026-12-31\"\n\
                  [[require]]\nitem = \"**\"\ncondition = \"tests.total > 400\"";
    let (status, reason, _) = judged(&of_item("- [x] It holds", waiver));
    assert_eq!(status, "waived");
    let said = "Waived by @a until 2026-12-31: \"r\". Without that it is contradicted. \
                2 tests ran; it must be more than 400.";
    assert_eq!(reason, said);
}

#[test]
fn nothing_that_a_terminal_obeys_reaches_it() {
    let repo = of_item("- [x] It \u{202e}sdloh\u{2066} \u{1b}[31mred", "")
        .file("trueup.toml", "[[require]]\nitem = \"\u{202e}x\"\ncondition = \"tests.total > 1\"");
    for args in [vec!["check", NOW[0], NOW[1]], vec!["inspect", "LIST.md"]] {
        let run = repo.trueup(&args);
        let text = format!("{}{}", run.raw_stdout(), run.stderr());
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{1b}']), "{text:?}");
    }
    let faulty = of_item("- [x] It", "[[require]]\nitem = \"x\"\n\"\u{202e}y\" = 1\n");
    let said = check(&faulty).code(2).stderr();
    assert!(!said.contains('\u{202e}'), "{said:?}");
}

#[test]
fn what_was_made_of_later_code_says_nothing_of_a_release() {
    let anywhere = "condition = \"tests.failed + tests.errored == 0\"";
    let repo = team(anywhere).remove("reports/junit.xml").tag("v1");
    let repo = repo.file("backend/src/a.rs", "fn b() {}\n").commit("later", at("2026-01-08"));
    std::fs::create_dir(repo.outside().join("results")).unwrap();
    let made = |when: &str| {
        let results = repo.outside().join("results/junit.xml");
        std::fs::write(&results, JUNIT).unwrap();
        let time = std::time::UNIX_EPOCH
            + std::time::Duration::from_secs(u64::try_from(at(when).epoch()).unwrap());
        std::fs::File::options().write(true).open(results).unwrap().set_modified(time).unwrap();
        let args = ["check", "--format", "json", "--at", "v1", "--artifacts", "../results"];
        let run = repo.trueup(args.into_iter().chain(NOW));
        run.json()["checklists"][0]["items"][0].clone()
    };
    let then = made("2026-01-06");
    assert_eq!(then["status"], "verified", "{}", then["reason"]);
    let later = made("2026-01-09");
    assert_eq!(later["status"], "stale", "{}", later["reason"]);
}

#[test]
fn a_submodule_that_gitmodules_ignores_is_looked_at() {
    let repo = team(TESTS);
    let git = |dir: &std::path::Path, args: &[&str]| {
        let who = ["-c", "user.name=A", "-c", "user.email=a@b", "-c", "protocol.file.allow=always"];
        let mut git = std::process::Command::new("git");
        git.env("GIT_COMMITTER_DATE", "2026-01-06T00:00:00Z");
        let ran = git.args(who).args(args).current_dir(dir).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    let lib = repo.outside().join("lib");
    std::fs::create_dir(&lib).unwrap();
    git(&lib, &["init", "-q", "."]);
    std::fs::write(lib.join("f"), "1").unwrap();
    git(&lib, &["add", "f"]);
    git(&lib, &["commit", "-qm", "f"]);
    git(&repo.dir(), &["submodule", "add", "-q", "../lib", "vendor/lib"]);
    git(&repo.dir(), &["config", "-f", ".gitmodules", "submodule.vendor/lib.ignore", "all"]);
    git(&repo.dir(), &["add", ".gitmodules", "vendor/lib"]);
    git(&repo.dir(), &["commit", "-qm", "lib"]);
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    let repo = repo.file("vendor/lib/f", "2");
    let (status, reason, _) = judged(&repo);
    assert_eq!(status, "stale", "{reason}");
    assert!(reason.contains("vendor/lib"), "{reason}");
}
