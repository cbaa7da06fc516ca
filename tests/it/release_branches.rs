//! Which release is the one before, where releases are tagged on branches of their own.

use crate::support::{Repo, at};

fn begun() -> Repo {
    Repo::new().file("LIST.md", "# Go\n\n- [x] Tests pass\n").commit("one", at("2026-01-01"))
}

/// A commit that changes one file.
fn step(repo: Repo, day: &str) -> Repo {
    repo.file("CHANGES", day).commit(day, at(day))
}

/// The release before the work tree.
fn previous(repo: &Repo) -> String {
    let told = repo.trueup(["diff", "previous"]).stdout();
    told.split_once(" →").map_or(told.clone(), |(name, _)| name.to_owned())
}

#[test]
fn a_release_on_a_branch_that_never_came_back_is_the_one_before() {
    let repo = step(begun().branch("release/1.0"), "2026-01-02").tag("v1.0.0");
    let repo = step(repo.check_out("main"), "2026-01-03");
    assert_eq!(previous(&repo), "v1.0.0");
    let repo =
        step(repo.branch("release/1.1"), "2026-01-04").tag("v1.1.0").check_out("release/1.0");
    // A hotfix of the older line, tagged last.
    let repo = step(step(repo, "2026-01-05").tag("v1.0.1"), "2026-01-06");
    assert_eq!(previous(&repo), "v1.0.1", "on its own line");
    let repo = step(repo.check_out("main"), "2026-01-07");
    assert_eq!(previous(&repo), "v1.1.0", "it left the line last");
}

#[test]
fn a_hotfix_of_an_older_line_that_was_merged_is_not_the_one_before() {
    let repo = begun().tag("v1.9.0").branch("hotfix").check_out("main");
    let repo = step(repo, "2026-01-03").tag("v1.10.0").check_out("hotfix");
    let repo = repo.file("FIX", "it").commit("fix", at("2026-01-05")).tag("v1.9.1");
    let repo = repo.check_out("main").file("FIX", "it").merge("hotfix", "back", at("2026-01-06"));
    assert_eq!(previous(&repo), "v1.10.0");
}

#[test]
fn a_release_of_the_line_itself_goes_before_a_hotfix_that_was_not_merged() {
    let repo = begun().tag("v1.0.0").branch("hotfix");
    let repo = step(repo, "2026-01-02").tag("v1.0.1").check_out("main");
    assert_eq!(previous(&step(repo, "2026-01-03")), "v1.0.0");
}

#[test]
fn a_release_that_came_later_is_not_before() {
    let repo = step(begun().branch("release/1.0"), "2026-01-02").tag("v1.0.0").check_out("main");
    repo.trueup(["diff", "previous"]).code(2);
    let repo = step(begun().branch("side"), "2026-01-05").tag("v1.0.0").check_out("main");
    step(repo, "2026-01-04").trueup(["diff", "previous"]).code(2);
}

#[test]
fn a_gate_does_not_pass_a_line_whose_release_is_recorded_on_another_branch() {
    let config = "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"r/junit.xml\"]\n\
                  condition = \"tests.failed == 0\"\n[gate]\nregression = \"previous\"\n";
    let repo = begun()
        .file("trueup.toml", config)
        .file(
            "r/junit.xml",
            r#"<testsuite name="s" timestamp="2026-01-02T10:00:00Z"><testcase name="a"/></testsuite>"#,
        )
        .file(".gitignore", "readiness/\nr/\n")
        .commit("config", at("2026-01-02"))
        .tag("v1.0.0")
        .branch("hotfix")
        .check_out("main");
    repo.trueup(["report", "--release", "v1.0.0", "--as-of", "2026-01-02T12:00:00Z"]).code(0);
    let record = repo.read(".trueup/releases/v1.0.0.json");
    let repo = repo.commit("record", at("2026-01-03")).check_out("hotfix");
    let repo = step(repo.remove("r/junit.xml"), "2026-01-04");
    let clock = ["--as-of", "2026-01-05T00:00:00Z"];
    let told = repo.trueup(["check", clock[0], clock[1]]).code(1).stdout();
    let said = "cannot be said: the record of v1.0.0 lies on the branch main and is not here \
                (`git checkout main -- .trueup/releases/v1.0.0.json` brings it).";
    assert!(told.contains(said), "{told}");
    assert!(told.contains("v1.0.0 was not recorded here, nor any release before it"), "{told}");
    repo.trueup(["report", clock[0], clock[1]]).code(0);
    repo.trueup(["verify", "readiness"]).code(0);
    let diff = repo.trueup(["diff", "previous", clock[0], clock[1]]).code(0).stdout();
    assert!(diff.contains("lies on the branch main"), "{diff}");
    let brought = repo.file(".trueup/releases/v1.0.0.json", record);
    let told = brought
        .commit("record", at("2026-01-06"))
        .trueup(["check", "--as-of", "2026-01-06T12:00:00Z"])
        .code(1)
        .stdout();
    assert!(told.contains("No-go. 1 item is worse than at v1.0.0: Tests pass."), "{told}");
}

#[test]
fn a_gate_holds_what_a_release_branch_proved() {
    let config = "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"r/junit.xml\"]\n\
                  condition = \"tests.failed == 0\"\n[gate]\nregression = \"previous\"\n";
    let junit = r#"<testsuite name="s"><testcase name="a"/></testsuite>"#;
    let repo = begun()
        .file("trueup.toml", config)
        .file("r/junit.xml", junit)
        .file(".gitignore", "readiness/\n")
        .commit("evidence", at("2026-01-02"))
        .branch("release/1.0")
        .file("VERSION", "1.0.0")
        .commit("version", at("2026-01-03"))
        .tag("v1.0.0");
    repo.trueup(["report", "--release", "v1.0.0", "--as-of", "2026-01-03T12:00:00Z"]).code(0);
    let record = repo.read(".trueup/releases/v1.0.0.json");
    let repo = repo
        .commit("record", at("2026-01-04"))
        .check_out("main")
        .file(".trueup/releases/v1.0.0.json", record)
        .remove("r/junit.xml")
        .commit("no tests any more", at("2026-01-05"));
    let told = repo.trueup(["check", "--as-of", "2026-01-10"]).code(1).stdout();
    assert!(told.contains("No-go. 1 item is worse than at v1.0.0: Tests pass."), "{told}");
    repo.trueup(["report", "--as-of", "2026-01-10"]).code(0);
    repo.trueup(["verify", "readiness"]).code(0);
}

#[test]
fn a_hotfix_of_an_older_line_goes_back_to_the_release_that_it_stands_on() {
    let record = |repo: Repo, name: &str, day: &str| {
        let clock = format!("{day}T12:00:00Z");
        repo.trueup(["report", "--release", name, "--as-of", &clock]).code(0);
        repo.commit("record", at(day))
    };
    let repo = begun().file(".gitignore", "readiness/\n");
    let repo = record(step(repo, "2026-01-02").tag("v1.9.0"), "v1.9.0", "2026-01-03");
    let repo = repo.branch("hot").check_out("main");
    let repo = record(step(repo, "2026-01-04").tag("v1.10.0"), "v1.10.0", "2026-01-05");
    let repo = step(repo.check_out("hot"), "2026-01-06");
    assert_eq!(previous(&repo), "v1.9.0", "cut from its record");
    assert_eq!(previous(&repo.tag("v1.9.1")), "v1.9.0");
    // Cut from a later commit, its own name alone tells of which line it is.
    let repo = step(begun().tag("v1.9.0"), "2026-01-02").branch("hot").check_out("main");
    let repo = step(repo, "2026-01-03").tag("v1.10.0").check_out("hot");
    let repo = step(repo, "2026-01-04");
    assert_eq!(previous(&repo), "v1.10.0");
    assert_eq!(previous(&repo.tag("v1.9.1")), "v1.9.0");
}

#[test]
fn a_candidate_of_the_first_release_is_none_before_it() {
    let config = "[[require]]\nitem = \"go/tests-pass\"\ncondition = \"text(\\\"V\\\") == \\\"1\\\"\"\n\
                  [gate]\nregression = \"previous\"\n";
    let tagged = |tags: &[&str]| {
        let repo =
            begun().file("trueup.toml", config).file("V", "1").commit("all", at("2026-01-02"));
        let each = |repo: Repo, tag: &&str| step(repo.tag(tag), "2026-01-03");
        tags.iter().fold(repo, each)
    };
    let first = tagged(&["v1.0.0-beta.1", "v1.0.0-rc.1"]);
    let told = first.trueup(["check"]).code(0).stdout();
    assert!(told.contains("no earlier release to compare with"), "{told}");
    first.tag("v1.0.0").trueup(["check"]).code(0);
    for others in [
        &["v1.0.0-beta.1", "v1.1.0-beta.1"][..],
        &["v1.0.0-rc.1", "shop-1.0.0"],
        &["nightly-2026-10-01"],
    ] {
        tagged(others).trueup(["check"]).code(1);
    }
    tagged(&["v1.0.0-beta.1"]).tag("v1.0.0-beta.2").trueup(["check"]).code(1);
    let recorded = tagged(&["v1.0.0-beta.1"]);
    recorded.trueup(["report", "--release", "v1.0.0-beta.1", "--at", "v1.0.0-beta.1"]).code(0);
    recorded.commit("record", at("2026-01-04")).trueup(["check"]).code(1);
}

#[test]
fn a_commit_of_several_tags_is_called_by_its_release() {
    let list = "# Go\n\n- [x] One <!-- evidence: git.tag == \"v1.5.0\" -->\n\
                - [x] Among <!-- evidence: \"v1.5.0\" in git.tags -->\n\
                - [x] None <!-- evidence: !has(git.tag) -->\n";
    let of = |tags: &[&str]| {
        let repo = Repo::new().file("LIST.md", list).commit("one", at("2026-01-01"));
        let repo = tags.iter().fold(repo, |repo, tag| repo.tag(tag));
        let told = repo.trueup(["check", "--format", "json"]).json();
        let items = told["checklists"][0]["items"].as_array().unwrap().clone();
        let status = |at: usize| items[at]["status"].as_str().unwrap().to_owned();
        let reason = items[0]["reason"].as_str().unwrap().to_owned();
        let release = told["release"].as_str().unwrap().to_owned();
        (release, [status(0), status(1), status(2)].join(" "), reason)
    };
    for others in [&["v1.5.0-rc.1"][..], &["v1.5.0-hotfix"], &["verified"], &["v1"]] {
        let (release, statuses, reason) = of(&[others, &["v1.5.0"]].concat());
        assert_eq!(
            (release.as_str(), statuses.as_str()),
            ("v1.5.0", "verified verified contradicted")
        );
        assert!(reason.contains("git.tag"), "{reason}");
    }
    let (release, statuses, reason) = of(&["v1.5.0", "v1.6.0"]);
    assert_eq!((release.as_str(), statuses.as_str()), ("v1.6.0", "unproven verified unproven"));
    assert!(reason.contains("more than one release is tagged at the commit: v1.5.0 and v1.6.0"));
}
