//! What is asked of ticked items over time, and what is known of the releases.

use serde_json::Value;

use crate::support::{Repo, at};

const OPEN: &str = "# Go\n\n- [ ] Tests pass\n";
const TICKED: &str = "# Go\n\n- [x] Tests pass\n";

fn toml(condition: &str) -> String {
    format!(
        "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"r/junit.xml\"]\npaths = [\"src\"]\n\
         condition = \"{condition}\"\n"
    )
}

/// Ticked while fewer than two failures were allowed.
fn ticked() -> Repo {
    Repo::new()
        .file("src/a.rs", "fn main() {}\n")
        .file("r/junit.xml", "<testsuite name=\"s\"><testcase name=\"ok\"/></testsuite>")
        .file("LIST.md", OPEN)
        .file("trueup.toml", toml("tests.failed < 2"))
        .commit("one", at("2026-01-01"))
        .tag("v1")
        .file("LIST.md", TICKED)
        .commit("two", at("2026-01-02"))
        .tag("v2")
}

fn snapshot(repo: &Repo) -> Value {
    repo.trueup(["check", "--format", "json", "--exit-zero"]).code(0).json()
}

/// The problems about what is asked: code and message.
fn demands(repo: &Repo) -> Vec<String> {
    let problems = snapshot(repo)["problems"].as_array().unwrap().clone();
    let of_demands = problems
        .iter()
        .filter(|problem| problem["code"].as_str().unwrap().starts_with("requirement-"));
    of_demands.map(|of| format!("{} {}", of["code"], of["message"]).replace('"', "")).collect()
}

#[test]
fn a_looser_requirement_behind_a_new_id_is_told() {
    let list = |id: &str| format!("# Release\n\n- [x] Tests pass <!-- id: {id} -->\n");
    let config = |id: &str, least: u32| {
        format!("[[require]]\nitem = \"{id}\"\ncondition = \"tests.total >= {least}\"\n")
    };
    let told = |repo: &Repo| {
        let problems = repo.trueup(["check", "--format", "json"]).json()["problems"].clone();
        problems.as_array().unwrap().iter().any(|of| of["code"] == "requirement-loosened")
    };
    let of = |id: &str, least: u32| {
        Repo::new()
            .file("R.md", list("t"))
            .file("trueup.toml", config("t", 100))
            .commit("one", at("2026-01-01"))
            .file("R.md", list(id))
            .file("trueup.toml", config(id, least))
            .commit("two", at("2026-01-02"))
    };
    assert!(told(&of("t", 1)) && told(&of("t2", 1)));
    assert!(!told(&of("t2", 100)) && !told(&of("t2", 200)));
    let renewed = of("t2", 1)
        .file("R.md", list("t2").replace("[x]", "[ ]"))
        .commit("unticked", at("2026-01-03"))
        .file("R.md", list("t2"))
        .commit("ticked", at("2026-01-04"));
    assert!(!told(&renewed));
}

#[test]
fn a_requirement_that_was_loosened_since_the_tick_is_told_until_it_is_ticked_again() {
    let repo = ticked();
    assert_eq!(demands(&repo), Vec::<String>::new());
    let repo = repo.file("trueup.toml", toml("tests.failed < 9")).commit("3", at("2026-01-03"));
    let told = demands(&repo);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("requirement-loosened “Tests pass” was ticked on 2026-01-02 in "));
    assert!(told[0].ends_with("Since then: The limit went from 2 to 9."), "{told:?}");
    let repo = repo
        .file("LIST.md", OPEN)
        .commit("4", at("2026-01-04"))
        .file("LIST.md", TICKED)
        .commit("5", at("2026-01-05"));
    assert_eq!(demands(&repo), Vec::<String>::new(), "ticking again renews it");
}

#[test]
fn a_tighter_requirement_is_no_problem_and_another_one_is() {
    let repo = ticked().file("trueup.toml", toml("tests.failed < 1")).commit("3", at("2026-01-03"));
    assert_eq!(demands(&repo), Vec::<String>::new());
    let repo = repo.file("trueup.toml", toml("tests.total > 0")).commit("4", at("2026-01-04"));
    let told = demands(&repo);
    assert!(told.len() == 1 && told[0].starts_with("requirement-changed "), "{told:?}");
}

#[test]
fn a_first_requirement_is_no_change_and_one_in_a_comment_is_followed_too() {
    let beside = |limit: u32| {
        format!("# Go\n\n- [x] Tests pass <!-- evidence: files('src/*').size() >= {limit} -->\n")
    };
    let repo = Repo::new()
        .file("src/a.rs", "")
        .file("LIST.md", TICKED)
        .commit("one", at("2026-01-01"))
        .file("LIST.md", beside(1))
        .commit("two", at("2026-01-02"));
    assert_eq!(demands(&repo), Vec::<String>::new(), "nothing was asked before");
    let repo = Repo::new()
        .file("src/a.rs", "")
        .file("LIST.md", beside(2))
        .commit("one", at("2026-01-01"))
        .file("LIST.md", beside(1))
        .commit("two", at("2026-01-02"));
    let told = demands(&repo);
    assert!(told.len() == 1 && told[0].starts_with("requirement-loosened "), "{told:?}");
}

#[test]
fn a_check_can_fail_on_what_got_worse_since_a_release() {
    let repo = ticked();
    let args = ["check", "--fail-on", "regression", "--as-of", "2026-01-10"];
    repo.trueup(args).code(0);
    let repo = repo.file("LIST.md", OPEN).commit("three", at("2026-01-03"));
    let told = repo.trueup(args).code(1).stdout();
    assert!(told.contains("v2 → now") && told.contains("unticked"), "{told}");
    repo.trueup([&args[..], &["--against", "v1"]].concat()).code(0);
    repo.trueup([&args[..], &["--against", "nowhere"]].concat()).code(2);
    let json = repo.trueup([&args[..], &["--format", "json"]].concat()).code(1);
    assert_eq!(json.json()["schema"], "trueup/snapshot/1");
    assert!(json.stderr().contains("regression"), "{}", json.stderr());
}

#[test]
fn what_is_refuted_now_stops_where_nobody_recorded_what_was_proven_before() {
    let list = "# Go\n\n- [x] Tests pass\n- [x] Lint passes\n";
    let config = "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"r/junit.xml\"]\n\
                  condition = \"tests.total > 0 && tests.failed == 0\"\n";
    let repo = Repo::new()
        .file("LIST.md", list)
        .file("trueup.toml", config)
        .file(".gitignore", "r/\n")
        .commit("base", at("2026-01-01"))
        .tag("base")
        .file("a.rs", "broken")
        .commit("break", at("2026-01-02"));
    let args = ["diff", "base", "--fail-on", "regression", "--as-of", "2026-01-03"];
    repo.trueup(args).code(0);
    let junit = r#"<testsuite name="s"><testcase name="a"><failure/></testcase></testsuite>"#;
    let repo = repo.file("r/junit.xml", junit).modified("r/junit.xml", at("2026-01-03"));
    assert!(repo.trueup(args).code(1).stdout().contains("1 of 1 test failed"));
    let against = ["check", "--fail-on", "regression", "--against", "base"];
    let told = repo.trueup([&against[..], &["--as-of", "2026-01-03"]].concat()).code(1).stdout();
    assert!(told.contains("base → now"), "{told}");
    let repo = repo.file("r/junit.xml", junit.replace("<failure/>", ""));
    repo.modified("r/junit.xml", at("2026-01-03")).trueup(args).code(0);
}

#[test]
fn a_gate_compares_with_the_record_that_was_committed() {
    let repo = ticked();
    repo.trueup(["report", "--release", "v2", "--as-of", "2026-01-02T12:00:00Z"]).code(0);
    let record = ".trueup/releases/v2.json";
    let kept = repo.read(record);
    let repo = repo
        .commit("record", at("2026-01-03"))
        .file("LIST.md", OPEN)
        .file("trueup.toml", "[gate]\nregression = \"v2\"\n")
        .commit("unticked", at("2026-01-04"));
    let args = ["check", "--as-of", "2026-01-10"];
    assert!(repo.trueup(args).code(1).stdout().contains("worse than at v2: Tests pass"));
    let repo = repo.file(record, kept.replace("\"claim\": \"done\"", "\"claim\": \"open\""));
    assert!(repo.read(record) != kept);
    assert!(repo.trueup(args).code(1).stdout().contains("worse than at v2: Tests pass"));
}

#[test]
fn a_record_of_another_commit_than_its_tag_is_told() {
    let repo =
        ticked().tag("v9").file("src/a.rs", "fn more() {}\n").commit("more", at("2026-01-03"));
    let args = |more: &'static str| ["report", "--release", "v9", "--as-of", "2026-01-10", more];
    assert!(repo.trueup(args("--no-cache")).code(0).stderr().contains("the tag v9 is at "));
    let repo = repo.file("src/a.rs", "fn other() {}\n");
    assert!(repo.trueup(args("--force")).stderr().contains("changes that are in no commit"));
}

/// One ticked item that is proven at v1, which was recorded; then its evidence is gone.
fn recorded() -> Repo {
    let repo = ticked()
        .file("trueup.toml", toml("tests.failed < 2") + "[gate]\nregression = \"previous\"\n");
    let repo =
        repo.file(".gitignore", "readiness/\n").commit("a gate", at("2026-01-03")).tag("v3.0");
    repo.trueup(["report", "--release", "v3.0", "--as-of", "2026-01-03T12:00:00Z"]).code(0);
    repo.commit("record", at("2026-01-04"))
        .remove("r/junit.xml")
        .commit("no tests", at("2026-01-05"))
}

const RECORD: &str = ".trueup/releases/v3.0.json";

fn gate(repo: &Repo) -> String {
    repo.trueup(["check", "--as-of", "2026-01-10"]).code(1).stdout()
}

#[test]
fn a_clone_without_tags_compares_with_what_was_recorded() {
    let repo = recorded();
    assert!(gate(&repo).contains("No-go. 1 item is worse than at v3.0"));
    let repo =
        repo.with(|git| ["v1", "v2", "v3.0"].iter().for_each(|tag| git.tag_delete(tag).unwrap()));
    assert!(gate(&repo).contains("No-go. 1 item is worse than at v3.0"));
}

#[test]
fn a_release_that_nobody_recorded_hides_nothing_that_was_proven() {
    let repo = recorded().tag("v3.1").file("README.md", "# Go\n").commit("on", at("2026-01-06"));
    let told = gate(&repo);
    let by = "v3.1 was not recorded: what was proven is compared with v3.0.";
    assert!(told.contains("No-go. 1 item is worse than at v3.0: Tests pass."), "{told}");
    assert!(told.contains(by), "{told}");
    repo.trueup(["report", "--as-of", "2026-01-10"]).code(0);
    let report: Value = serde_json::from_str(&repo.read("readiness/snapshot.json")).unwrap();
    let rule = &report["summary"]["gate"]["rules"].as_array().unwrap().last().unwrap();
    assert_eq!((rule["holds"].as_bool(), rule["compared"].as_str()), (Some(false), Some(by)));
    repo.trueup(["verify", "readiness"]).code(0);
    // Recorded as it is, it says itself that nothing was proven there.
    repo.trueup(["report", "--release", "v3.1", "--at", "v3.1", "--as-of", "2026-01-10"]).code(0);
    let repo = repo.commit("recorded", at("2026-01-07"));
    let told = repo.trueup(["check", "--as-of", "2026-01-10"]).code(0).stdout();
    assert!(!told.contains("was not recorded"), "{told}");
}

#[test]
fn the_record_of_what_is_judged_is_no_release_before_it() {
    let repo = recorded();
    assert!(gate(&repo).contains("No-go. 1 item is worse than at v3.0: Tests pass."));
    repo.trueup(["report", "--release", "v3.1", "--as-of", "2026-01-10"]).code(0);
    let repo = repo.commit("record v3.1", at("2026-01-06"));
    assert!(gate(&repo).contains("No-go. 1 item is worse than at v3.0: Tests pass."), "untagged");
    let repo = repo.file("src/a.rs", "fn more() {}\n").commit("on", at("2026-01-07"));
    let told = repo.trueup(["check", "--as-of", "2026-01-10"]).code(0).stdout();
    assert!(!told.contains("v3.0"), "{told}");
}

#[test]
fn what_the_own_record_proved_is_held_against_what_is_proven_now() {
    let gated = toml("tests.failed < 2") + "[gate]\nregression = \"previous\"\n";
    let repo = Repo::new()
        .file("src/a.rs", "fn main() {}\n")
        .file("LIST.md", TICKED)
        .file("trueup.toml", gated)
        .file(".gitignore", "readiness/\nr/\n")
        .commit("evidence is ignored", at("2026-01-03"));
    let junit = r#"<testsuite name="s"><testcase name="a"/></testsuite>"#;
    let repo = repo.file("r/junit.xml", junit).modified("r/junit.xml", at("2026-01-03"));
    repo.trueup(["report", "--release", "v4.0", "--as-of", "2026-01-03T12:00:00Z"]).code(0);
    let repo = repo.commit("record", at("2026-01-04"));
    assert!(!repo.trueup(["check", "--as-of", "2026-01-10"]).stdout().contains("worse than"));
    let repo = repo.remove("r/junit.xml");
    let told = gate(&repo);
    assert!(told.contains("1 item is worse than at v4.0: Tests pass."), "{told}");
    repo.trueup(["report", "--as-of", "2026-01-10"]).code(0);
    repo.trueup(["verify", "readiness"]).code(0);
}

#[test]
fn a_record_that_was_edited_is_no_measure() {
    let repo = recorded();
    let kept = repo.read(RECORD);
    let edited = kept.replace("\"verified\"", "\"unproven\"").replace("\"pass\"", "\"missing\"");
    let repo = repo.file(RECORD, edited).commit("tidy up", at("2026-01-06"));
    let told = gate(&repo);
    assert!(told.contains("the record of v3.0 does not hold together: "), "{told}");
    assert!(told.contains("the record of v3.0 was changed or removed after it was made, in "));
    let diff = repo.trueup(["diff", "v3.0", "--as-of", "2026-01-10"]).stdout();
    assert!(diff.contains("In doubt: the record of v3.0 was changed"), "{diff}");
    repo.trueup(["report", "--as-of", "2026-01-10"]).code(0);
    let report: Value = serde_json::from_str(&repo.read("readiness/snapshot.json")).unwrap();
    let told = report["problems"].as_array().unwrap().iter();
    let told: Vec<_> = told.filter(|of| of["code"] == "release-doubted").collect();
    assert!(told.len() == 2 && told.iter().all(|of| of["path"] == RECORD), "{told:?}");
    repo.trueup(["verify", "readiness"]).code(0);
    let repo = repo.remove(RECORD).commit("gone", at("2026-01-07"));
    assert!(gate(&repo).contains("the record of v3.0 was changed or removed after it was made"));
    let laid_out: Value = serde_json::from_str(&kept).unwrap();
    let repo = repo.file(RECORD, laid_out.to_string()).commit("taken back", at("2026-01-08"));
    assert!(gate(&repo).contains("No-go. 1 item is worse than at v3.0"), "{}", gate(&repo));
}

#[test]
fn a_record_that_was_superseded_is_kept_beside_and_in_no_doubt() {
    let repo = recorded();
    repo.trueup(["report", "--release", "v3.0", "--at", "v3.0", "--force"]).code(0);
    let repo = repo.commit("recorded anew", at("2026-01-06"));
    assert!(!gate(&repo).contains("cannot be said"), "{}", gate(&repo));
    let repo = repo.remove(".trueup/releases/v3.0~1.json").commit("tidy up", at("2026-01-07"));
    assert!(gate(&repo).contains("cannot be said: the record of v3.0 was changed or removed"));
}

#[test]
fn a_record_of_another_commit_than_its_tag_is_no_measure_unless_only_the_record_came() {
    let repo = recorded();
    let moved = |commit: &str| {
        let commit = commit.to_owned();
        move |git: &git2::Repository| {
            let at = git.revparse_single(&commit).unwrap();
            git.tag_lightweight("v3.0", &at, true).unwrap();
        }
    };
    let repo = repo.with(moved("HEAD~1"));
    assert!(gate(&repo).contains("1 item is worse than at v3.0"), "{}", gate(&repo));
    let repo =
        repo.file("README.md", "# Go\n").commit("on", at("2026-01-06")).with(moved("HEAD~1"));
    assert!(gate(&repo).contains("cannot be said: the tag v3.0 is at "), "{}", gate(&repo));
}

#[test]
fn a_record_of_what_was_ticked_after_the_tag_is_the_releases() {
    let all = format!("{TICKED}- [ ] Smoke test by hand\n");
    let more = |list: &str| {
        let repo = ticked()
            .file("trueup.toml", toml("tests.failed < 2") + "[gate]\nregression = \"previous\"\n");
        let repo = repo
            .file(".gitignore", "readiness/\n")
            .file("LIST.md", &all)
            .commit("a gate", at("2026-01-03"))
            .tag("v3.0")
            .file("LIST.md", list)
            .commit("after the deployment", at("2026-01-04"));
        let record = ["report", "--release", "v3.0", "--as-of", "2026-01-04T12:00:00Z"];
        let told = repo.trueup(record).code(0).stderr();
        let repo = repo.commit("record", at("2026-01-05")).remove("r/junit.xml");
        let repo = repo.file("src/a.rs", "fn b() {}\n").commit("on", at("2026-01-06"));
        (gate(&repo), told)
    };
    let (of, told) = more(TICKED);
    assert!(of.contains("cannot be said: the tag v3.0 is at "), "an item was taken out: {of}");
    assert!(told.contains("--at v3.0 --artifacts FOLDER --force"), "{told}");
    let (of, told) = more(&(all.replace("[ ] Smoke", "[x] Smoke") + "- [x] Announced\n"));
    assert!(
        of.contains("1 item is worse than at v3.0") && !told.contains("the tag"),
        "{of} {told}"
    );
}

#[test]
fn a_tag_may_stand_on_the_commit_that_brought_the_record_with_its_report() {
    let tagged = |change: &dyn Fn(Repo) -> Repo| {
        let repo = ticked()
            .file("trueup.toml", toml("tests.failed < 2") + "[gate]\nregression = \"previous\"\n");
        let repo = repo.commit("a gate", at("2026-01-03"));
        repo.trueup(["report", "--release", "v3.0", "--as-of", "2026-01-03T12:00:00Z"]).code(0);
        let repo = change(repo).commit("record", at("2026-01-04")).tag("v3.0");
        let repo = repo.remove("r/junit.xml").file("src/a.rs", "fn b() {}\n");
        gate(&repo.commit("on", at("2026-01-06")))
    };
    let told = tagged(&|repo| repo);
    assert!(told.contains("1 item is worse than at v3.0"), "{told}");
    let in_doubt = "cannot be said: the tag v3.0 is at ";
    for change in [
        &(|repo: Repo| repo.file("src/a.rs", "fn other() {}\n")) as &dyn Fn(Repo) -> Repo,
        &|repo: Repo| repo.file("readiness/a.rs", "fn other() {}\n"),
        &|repo: Repo| repo.file("readiness/index.html", "<script>let a = 1;</script>"),
        &|repo: Repo| repo.file(".trueup/ci/build.sh", "make\n"),
        &|repo: Repo| repo.file(".trueup/releases/x.rs", "fn other() {}\n"),
    ] {
        let told = tagged(change);
        assert!(told.contains(in_doubt), "{told}");
    }
}

#[test]
fn a_record_in_which_less_is_proven_than_in_the_one_it_replaces_is_told() {
    let repo = recorded();
    let again = ["report", "--release", "v3.0", "--as-of", "2026-01-10", "--force"];
    let told = repo.trueup(again).code(0).stderr();
    assert!(told.contains("0 items proven in this record of v3.0, and 1 in the one"), "{told}");
}

#[test]
fn no_release_to_compare_with_is_no_pass() {
    let repo = Repo::new().file("LIST.md", TICKED).commit("one", at("2026-01-01"));
    repo.trueup(["check", "--fail-on", "regression"]).code(2);
}

#[test]
fn the_trend_says_what_git_knows_and_what_was_recorded() {
    let repo = ticked();
    repo.trueup(["report", "--release", "v2", "--as-of", "2026-01-02T12:00:00Z"]).code(0);
    let repo = repo
        .file("LIST.md", "# Go\n\n- [x] Tests pass\n- [x] Docs written\n- [ ] ~~Old~~\n")
        .commit("three", at("2026-01-03"))
        .file(".trueup/releases/v0.json", "{}");
    repo.trueup(["report", "--as-of", "2026-01-04", "--out", "site"]).code(0);
    let snapshot: Value = serde_json::from_str(&repo.read("site/snapshot.json")).unwrap();
    let told: Vec<String> = snapshot["releases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| {
            let word = |key: &str| of[key].to_string().replace('"', "");
            ["name", "recorded", "items", "applicable", "claimed", "proven"].map(word).join(" ")
        })
        .collect();
    assert_eq!(
        told,
        ["v1 false 1 1 0 null", "v2 true 1 1 1 1", "now true 3 2 2 1"],
        "what was proven at v1 nobody recorded"
    );
    let unread = snapshot["problems"].as_array().unwrap().iter().any(|problem| {
        problem["code"] == "release-unread" && problem["path"] == ".trueup/releases/v0.json"
    });
    assert!(unread, "{}", snapshot["problems"]);
    let index = repo.read("site/releases/index.html");
    assert!(index.contains("1 release was not recorded"), "{index}");
    let pages: Vec<String> = std::fs::read_dir(repo.dir().join("site/releases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(pages.iter().filter(|name| name.ends_with(".json")).count(), 2, "{pages:?}");
}

#[test]
fn what_a_release_claimed_is_counted_of_what_is_a_checklist_to_anyone() {
    // A file is a checklist by GFM's boxes and the built-in ones, whatever a team's own words are.
    let repo = Repo::new()
        .file("trueup.toml", "[markers]\n\"!\" = \"done\"\n\"-\" = \"\"\n")
        .file("LIST.md", "# Go\n\n- [!] Tests pass\n- [ ] Docs written\n")
        .file("OWN.md", "# Own\n\n- [!] In words of a team alone\n")
        .file("OFF.md", "# Off\n\n- [-] No box to the team\n\n- \u{2705} Errors < 1%\n")
        .commit("one", at("2026-01-01"))
        .tag("v1")
        .file("a", "1")
        .commit("two", at("2026-01-02"));
    repo.trueup(["report", "--as-of", "2026-01-03", "--out", "site"]).code(0);
    let snapshot: Value = serde_json::from_str(&repo.read("site/snapshot.json")).unwrap();
    let of = |name: &str| {
        let releases = snapshot["releases"].as_array().unwrap();
        let of = releases.iter().find(|of| of["name"] == name).unwrap();
        ["items", "claimed"].map(|key| of[key].as_u64().unwrap())
    };
    assert_eq!(of("v1"), [2, 1]);
    assert_eq!(of("v1"), of("now"), "both read the same files");
}

#[test]
fn conditions_see_the_trailers_of_all_commits_unless_the_history_is_cut() {
    let condition =
        "git.trailers['Reviewed-by'].exists(t, t.email == 'ben@example.org' && t.age_s <= 864000)";
    let list = format!("# Go\n\n- [x] Reviewed <!-- evidence: {condition} -->\n");
    let status = |repo: &Repo, args: &[&str]| {
        let all = [&["check", "--format", "json", "--exit-zero"], args].concat();
        repo.trueup(all).code(0).json()["checklists"][0]["items"][0]["status"].clone()
    };
    let repo = Repo::new().file("LIST.md", &list).commit("one", at("2026-01-01"));
    assert_eq!(status(&repo, &[]), "unproven");
    let repo = repo
        .author("Ben", "ben@example.org")
        .commit("two\n\nreviewed-BY: Ben <ben@example.org>\n", at("2026-01-02"));
    assert_eq!(status(&repo, &["--as-of", "2026-01-05"]), "verified");
    assert_eq!(status(&repo, &["--as-of", "2026-02-05"]), "contradicted", "too long ago");
    let head = repo.id("HEAD");
    let repo = repo.with(|git| std::fs::write(git.path().join("shallow"), head + "\n").unwrap());
    assert_eq!(status(&repo, &["--as-of", "2026-01-05"]), "unproven", "a cut history");
}

/// What `diff` calls weaker where the configuration `before` of a recorded release became `after`.
fn weaker(before: &str, after: &str) -> Vec<String> {
    let repo = Repo::new()
        .file("src/a.rs", "fn main() {}\n")
        .file("r/junit.xml", "<testsuite name=\"s\"><testcase name=\"ok\"/></testsuite>")
        .file("LIST.md", "# Go\n\n## Checks\n\n- [x] Tests pass\n- [x] Tests fast\n")
        .file("trueup.toml", before)
        .commit("one", at("2026-01-02"))
        .tag("v1");
    repo.trueup(["report", "--release", "v1", "--as-of", "2026-01-03"]).code(0);
    let repo = repo.commit("record", at("2026-01-04"));
    let repo = repo.file("trueup.toml", after).commit("rules", at("2026-01-05"));
    let diff = repo.trueup(["diff", "previous", "--as-of", "2026-01-06", "--format", "json"]);
    let diff = diff.code(0).json();
    let of = |rows: &str, name: &str| {
        let rows = diff[rows].as_array().cloned().unwrap_or_default().into_iter();
        let weaker = rows.filter(|row| row["weakening"] == true);
        weaker.map(|row| row[name].to_string()).collect::<Vec<String>>()
    };
    [of("policy", "what"), of("changes", "why")].concat()
}

/// `[defaults]`, what each of two requirements says beside its condition, `[gate]`.
fn rules(defaults: &str, each: &str, gate: &str) -> String {
    let one = |item: &str| {
        format!(
            "[[require]]\nitem = \"checks/{item}\"\nartifacts = [\"r/junit.xml\"]\n\
             condition = \"tests.failed < 2\"\n{each}\n"
        )
    };
    let both = one("tests-pass") + &one("tests-fast");
    format!("[defaults]\n{defaults}\n{both}[gate]\n{gate}\n")
}

#[test]
fn rules_that_ask_more_or_the_same_in_other_words_are_not_weaker() {
    let gate = |require: &str| format!("fail-on = [\"stale\"]\nrequire = [{require}]");
    let one = |items: &str, status: &str| format!("{{ items = \"{items}\", status = {status} }}");
    let before = gate(&one("checks/*", "[\"verified\", \"ready\"]"));
    for after in [
        one("**", "[\"verified\", \"ready\"]"),
        one("checks/*", "\"verified\""),
        one("checks/*", "[\"ready\", \"verified\"]"),
        one("checks/tests-pass", "\"verified\"") + ", " + &one("checks/tests-f*", "\"verified\""),
        "{ section = \"Checks\", status = [\"verified\", \"ready\"] }".to_owned(),
    ] {
        let told = weaker(&rules("", "", &before), &rules("", "", &gate(&after)));
        assert_eq!(told, Vec::<String>::new(), "{after}");
    }
    for after in [
        one("checks/*", "[\"verified\", \"ready\", \"waived\"]"),
        one("checks/tests-pass", "\"verified\""),
    ] {
        let told = weaker(&rules("", "", &before), &rules("", "", &gate(&after)));
        assert_eq!(told, ["\"[gate]\""], "{after}");
    }
}

#[test]
fn ages_paths_and_what_is_ignored_are_compared_by_what_they_ask() {
    let stale = "fail-on = [\"stale\"]";
    let of = |defaults: &str, each: &str| rules(defaults, each, stale);
    let age = |days: &str| format!("max-age = \"{days}\"");
    let ignored = |globs: &str| format!("ignore = [{globs}]");
    let docs = ignored("\"docs/**\", \"site/**\"");
    for (before, after) in [
        (of("", &age("20d")), of(&age("20d"), "")),
        (of(&age("20d"), ""), of("", &age("20d"))),
        (of(&age("20d"), ""), of("", &age("10d"))),
        (of(&docs, ""), of(&ignored("\"docs/guide/**\", \"site\""), "")),
        (of("", "paths = [\"src\"]"), of("", "paths = [\"src/**\"]")),
    ] {
        assert_eq!(weaker(&before, &after), Vec::<String>::new(), "{before} -> {after}");
    }
    for (before, after) in [
        (of("", &age("20d")), of(&age("30d"), "")),
        (of(&age("20d"), ""), of("", &age("30d"))),
        (of(&age("20d"), ""), of("", "")),
        (of(&age("20d"), ""), of(&age("30d"), "")),
        (of("", ""), of(&age("30d"), "")),
        (of(&ignored("\"docs/guide/**\""), ""), of(&docs, "")),
        (of("", "paths = [\"**\"]"), of("", "paths = [\"src/**\"]")),
    ] {
        assert_ne!(weaker(&before, &after), Vec::<String>::new(), "{before} -> {after}");
    }
}
