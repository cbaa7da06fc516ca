//! Changes of what is no code: checklists that were put away, and reports that trueup wrote.

use super::{JUNIT, NOW};
use crate::support::{Repo, at};

const LIST: &str = "# Release 1.0\n\n- [x] Tests pass\n- [ ] Notes are written\n";

#[test]
fn a_path_that_was_a_checklist_is_no_code_wherever_it_went() {
    let config = "checklists = [\"docs/*.md\"]\n[[require]]\nitem = \"**/tests-pass\"\n\
                  artifacts = [\"r/junit.xml\"]\ncondition = \"tests.total > 0 && tests.failed == 0\"\n";
    let tested = || {
        let repo = Repo::new().file("docs/1.0.md", LIST).file("trueup.toml", config);
        let repo = repo.file(".gitignore", "r/\n").file("src/guide.md", "# Guide\n");
        let repo = repo.file("docs/now.md", LIST).commit("all", at("2026-01-05"));
        let timed = JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-06T00:00:00Z\"");
        repo.file("r/junit.xml", timed)
    };
    let status = |repo: &Repo| {
        let told = repo.trueup(["check", "--format", "json", NOW[0], NOW[1]]).json();
        let lists = told["checklists"].as_array().unwrap();
        let list = lists.iter().find(|of| of["path"] == "docs/now.md").unwrap();
        let item = &list["items"][0];
        (item["status"].as_str().unwrap().to_owned(), item["reason"].to_string())
    };
    for change in [
        &(|repo: Repo| repo.remove("docs/1.0.md")) as &dyn Fn(Repo) -> Repo,
        &|repo: Repo| repo.remove("docs/1.0.md").file("docs/1.1.md", LIST),
        &|repo: Repo| repo.remove("docs/1.0.md").file("archive/1.0.md", LIST),
        &|repo: Repo| repo.file("docs/1.0.md", "# Release 1.0\n\nIt is out.\n"),
    ] {
        let repo = change(tested());
        assert_eq!(status(&repo).0, "verified", "not committed: {}", status(&repo).1);
        let repo = repo.commit("put away", at("2026-01-07"));
        assert_eq!(status(&repo).0, "verified", "{}", status(&repo).1);
    }
    for change in [
        &(|repo: Repo| repo.remove("src/guide.md")) as &dyn Fn(Repo) -> Repo,
        &|repo: Repo| repo.remove("docs/1.0.md").file("src/1.0.md", "# Else\n\n- [x] Tests pass\n"),
        &|repo: Repo| repo.file("src/1.0.md", LIST),
        &|repo: Repo| repo.remove("docs/1.0.md").file("src/1.0.py", LIST),
    ] {
        let repo = change(tested()).commit("code", at("2026-01-07"));
        assert_eq!(status(&repo).0, "stale", "{}", status(&repo).1);
    }
}

/// A repository that was tested, with its report, and what the item is called after a change to both.
fn after(change: impl Fn(Repo) -> Repo) -> String {
    let config = "[[require]]\nitem = \"*/tests-pass\"\nartifacts = [\"r/junit.xml\"]\n\
                  condition = \"tests.total > 0 && tests.failed == 0\"\n";
    let repo = Repo::new().file("LIST.md", LIST).file("trueup.toml", config);
    let repo = repo.file(".gitignore", "r/\n").commit("all", at("2026-01-05"));
    let timed = JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-06T00:00:00Z\"");
    let repo = repo.file("r/junit.xml", timed);
    repo.trueup(["report", NOW[0], NOW[1], "--out", "readiness"]).code(0);
    let repo = change(repo).commit("record", at("2026-01-07"));
    let told = repo.trueup(["check", "--format", "json", NOW[0], NOW[1]]).json();
    told["checklists"][0]["items"][0]["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_report_that_was_committed_is_no_code_and_what_lies_beside_it_is() {
    assert_eq!(after(|repo| repo), "verified");
    assert_eq!(after(|repo| repo.file("readiness/a.py", "1")), "stale");
    let altered = after(|repo| {
        let page = repo.read("readiness/index.html");
        repo.file("readiness/index.html", page + "<!-- -->")
    });
    assert_eq!(altered, "stale");
    let forged = after(|repo| {
        let manifest = repo.read("readiness/manifest.json");
        let entry = "\"files\": [\n    {\"path\": \"a.py\", \"sha256\": \"00\", \"bytes\": 1},";
        repo.file("readiness/manifest.json", manifest.replacen("\"files\": [", entry, 1))
    });
    assert_eq!(forged, "stale", "a manifest that names what no report has");
    let gone = after(|repo| {
        repo.commit("first", at("2026-01-06T12:00:00Z")).remove("readiness/search.html")
    });
    assert_eq!(gone, "verified", "a page that was");
}
