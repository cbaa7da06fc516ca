//! Reports that are committed, and outlived by the code that they were made of.

use super::{judged, problems};
use crate::support::{Repo, at};

/// What a requirement asks besides its condition.
const ANY: &str = "";

/// A repository whose report states that it was made on 2 January, and is not committed yet.
fn reported(require: &str) -> Repo {
    let config = format!(
        "[[require]]\nitem = \"release/tests-pass\"\nartifacts = [\"reports/junit.xml\"]\n\
         condition = \"tests.total > 0 && tests.failed == 0\"\n{require}\n"
    );
    Repo::new()
        .file("LIST.md", "# Release\n\n- [x] Tests pass\n")
        .file("trueup.toml", config)
        .file("src/a.rs", "a")
        .commit("begin", at("2026-01-01"))
        .file("reports/junit.xml", junit(" timestamp=\"2026-01-02T10:00:00Z\""))
}

fn junit(time: &str) -> String {
    format!("<testsuite{time}><testcase name=\"a\"/></testsuite>")
}

/// What is told of the report beside its item, which stays verified.
fn told(repo: &Repo) -> Option<String> {
    let (status, reason, _) = judged(repo);
    assert_eq!(status, "verified", "{reason}");
    let mut told = problems(repo, "committed-report-old");
    assert!(told.len() < 2, "{told:?}");
    told.pop()
}

#[test]
fn a_report_that_came_with_its_code_is_not_told() {
    let repo = reported(ANY).file("src/a.rs", "b").commit("all", at("2026-01-02T11:00:00Z"));
    assert_eq!(told(&repo), None);
    let config = repo.read("trueup.toml") + "\n# No code.\n";
    let beside = repo.file("reports/note.txt", "n").file("trueup.toml", config);
    assert_eq!(told(&beside.commit("beside", at("2026-01-03"))), None);
}

#[test]
fn what_was_committed_after_the_time_that_it_states_is_told() {
    let after = reported(ANY)
        .commit("the report", at("2026-01-02T11:00:00Z"))
        .file("src/a.rs", "b")
        .commit("after", at("2026-01-05"));
    let said = told(&after).unwrap();
    let expected = "“Tests pass” stands on reports/junit.xml, which was made 2026-01-02 10:00 UTC and \
                    committed. Since then 1 commit changed src/a.rs.";
    assert!(said.starts_with(expected), "{said}");
    let report = junit(" timestamp=\"2026-01-02T10:00:00Z\"");
    let between = |paths: &str| {
        reported(paths)
            .remove("reports/junit.xml")
            .file("src/a.rs", "b")
            .commit("between", at("2026-01-03"))
            .file("reports/junit.xml", &report)
            .commit("the report", at("2026-01-04"))
    };
    assert!(told(&between(ANY)).unwrap().contains("1 commit changed src/a.rs"));
    assert!(told(&between("paths = [\"src/**\"]")).unwrap().contains("src/a.rs"));
    for decides in ["paths = []", "max-age = \"30d\"", "paths = [\"LIST.md\"]"] {
        assert_eq!(told(&between(decides)), None, "{decides}");
    }
}

#[test]
fn what_came_with_it_counts_where_it_was_long_ago() {
    let soon = reported(ANY).file("src/a.rs", "b").commit("all", at("2026-01-09"));
    assert_eq!(told(&soon), None);
    let repo = reported(ANY).file("src/a.rs", "b").commit("all", at("2026-03-09"));
    let args = ["check", "--format", "json", "--as-of", "2026-03-10T12:00:00Z"];
    let snapshot = repo.trueup(args).json();
    let problems = snapshot["problems"].as_array().unwrap();
    assert!(problems.iter().any(|of| of["code"] == "committed-report-old"), "{problems:?}");
}

#[test]
fn one_without_a_time_is_as_old_as_its_commit() {
    let repo = reported(ANY).file("reports/junit.xml", junit(""));
    let repo = repo.file("src/a.rs", "b").commit("all", at("2026-01-03"));
    assert_eq!(told(&repo), None);
    let said = told(&repo.file("src/a.rs", "c").commit("after", at("2026-01-05"))).unwrap();
    assert!(said.contains("which was committed. Since then 1 commit changed src/a.rs"), "{said}");
}
