//! `trueup diff` and `trueup log` over repositories that each test writes.

use serde_json::Value;

use crate::support::{Repo, at};

const TOML: &str = "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"r/junit.xml\"]\n\
                    condition = \"tests.failed < LIMIT\"\npaths = [\"src\"]\n";

fn toml(limit: u32) -> String {
    TOML.replace("LIMIT", &limit.to_string())
}

fn junit(failed: usize) -> String {
    let case = "<testcase name=\"a\"><failure/></testcase>";
    format!("<testsuite name=\"s\"><testcase name=\"ok\"/>{}</testsuite>", case.repeat(failed))
}

/// v1 is verified with a limit of 1; v2 has the limit raised, a box gone and an item born ticked.
fn releases() -> Repo {
    Repo::new()
        .file("src/a.rs", "fn main() {}\n")
        .file("docs/LIST.md", "# Go\n\n- [x] Tests pass\n- [x] Keys rotated\n- [ ] Notes written\n")
        .file("trueup.toml", toml(1))
        .file("r/junit.xml", junit(0))
        .commit("one", at("2026-01-01"))
        .tag("v1")
        .file("docs/LIST.md", "# Go\n\n- [x] Tests pass\n- [ ] Keys rotated\n- [x] Backups kept\n- [ ] Notes written for users\n")
        .file("trueup.toml", toml(5))
        .commit("two", at("2026-01-02"))
        .tag("v2")
}

fn diff(repo: &Repo, args: &[&str]) -> Value {
    let all: Vec<&str> = [&["diff", "--format", "json"], args].concat();
    serde_json::from_str(&repo.trueup(all).code(0).stdout()).unwrap()
}

fn rows(diff: &Value) -> Vec<String> {
    let row = |change: &Value| {
        let word = |key: &str| change[key].as_str().unwrap_or_default().to_owned();
        let worse = if change["regression"] == true { "!" } else { "" };
        format!("{worse}{} {} {}", word("kind"), word("detail"), word("item"))
    };
    diff["changes"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn two_tags_are_compared_with_what_was_loosened_and_unticked() {
    let repo = releases();
    let told = diff(&repo, &["v1", "v2"]);
    let rows = rows(&told);
    let expected = [
        "!requirement loosened tests-pass",
        "!claim unticked keys-rotated",
        "status aside keys-rotated",
        "added born-ticked backups-kept",
        "reworded text notes-written-for-users",
    ];
    assert_eq!(rows, expected, "regressions come first");
    assert_eq!(told["schema"], "trueup/diff/1");
    assert_eq!((&told["from"]["recorded"], &told["to"]["name"]), (&false.into(), &"v2".into()));
}

/// The rows and the sentences of what became of a `condition` whose limits stand in files of `v1` and `v2`.
fn limits(condition: &str, was: &str, is: &str) -> Vec<String> {
    let load = |limit: &str| format!("{{\"tests\": {{\"most\": {limit}}}}}\n");
    let repo = Repo::new()
        .file("docs/LIST.md", "# Go\n\n- [x] Tests pass\n")
        .file("trueup.toml", TOML.replace("\"tests.failed < LIMIT\"", &format!("'{condition}'")))
        .file("r/junit.xml", junit(1))
        .file("most.txt", was)
        .file("package.json", load(was))
        .commit("one", at("2026-01-01"))
        .tag("v1")
        .file("most.txt", is)
        .file("package.json", load(is))
        .commit("two", at("2026-01-02"))
        .tag("v2");
    let told = diff(&repo, &["v1", "v2"]);
    let asked = |change: &&Value| change["kind"] == "requirement";
    let changes = told["changes"].as_array().unwrap().iter().filter(asked);
    let said = changes.map(|change| {
        assert_eq!(change["weakening"], change["regression"]);
        let text = |key: &str| change[key].as_str().unwrap().to_owned();
        let worse = if change["weakening"] == true { "!" } else { "" };
        format!("{worse}{}: {} → {}", text("detail"), text("from"), text("to"))
    });
    said.collect()
}

#[test]
fn a_limit_that_a_file_of_the_tree_says_is_compared_as_if_it_stood_in_the_condition() {
    let (text, load) = ("number(text(\"most.txt\"))", "load(\"package.json\").tests.most");
    for (limit, file) in [(text, "most.txt"), (load, "package.json")] {
        for condition in [
            format!("tests.failed < {limit}"),
            format!("{limit} > tests.failed"),
            format!("tests.total > 0 && !(tests.failed >= {limit})"),
        ] {
            let told = |word: &str, was: &str, is: &str| {
                [format!("{word}: limit read from {file}: {was} → {is}")]
            };
            assert_eq!(limits(&condition, "5", "9"), told("!loosened", "5", "9"), "{condition}");
            assert_eq!(limits(&condition, "9", "5"), told("tightened", "9", "5"), "{condition}");
            assert_eq!(limits(&condition, "9", "9"), [""; 0], "{condition}");
        }
    }
    let equal = "tests.failed == number(text(\"most.txt\"))";
    assert_eq!(limits(equal, "1", "2"), ["changed: limit read from most.txt: 1 → 2"]);
}

#[test]
fn a_limit_that_moves_to_a_file_or_from_one_is_compared_by_its_number() {
    let (text, load) = ("number(text(\"most.txt\"))", "load(\"package.json\").tests.most");
    let moved = |was: &str, is: &str, most: &str| -> Vec<String> {
        let asking = |limit: &str| {
            TOML.replace("\"tests.failed < LIMIT\"", &format!("'tests.failed < {limit}'"))
        };
        let repo = Repo::new()
            .file("docs/LIST.md", "# Go\n\n- [x] Tests pass\n")
            .file("trueup.toml", asking(was))
            .file("r/junit.xml", junit(1))
            .file("most.txt", most)
            .file("package.json", format!("{{\"tests\": {{\"most\": {most}, \"many\": 30}}}}\n"))
            .commit("one", at("2026-01-01"))
            .tag("v1")
            .file("trueup.toml", asking(is))
            .commit("two", at("2026-01-02"))
            .tag("v2");
        let told = diff(&repo, &["v1", "v2"]);
        let changes = told["changes"].as_array().unwrap().iter();
        let asked = changes.filter(|change| change["kind"] == "requirement");
        asked.map(|of| format!("{}: {}", of["detail"], of["why"]).replace('"', "")).collect()
    };
    let many = "load(\"package.json\").tests.many";
    for file in [text, load] {
        let told = |detail: &str, was: &str, is: &str| {
            [format!("{detail}: The limit went from {was} to {is}.")]
        };
        assert_eq!(moved("5", file, "9"), told("loosened", "5", "9"), "{file}");
        assert_eq!(moved("9", file, "5"), told("tightened", "9", "5"), "{file}");
        assert_eq!(moved("9", file, "9"), [""; 0], "{file}");
        assert_eq!(moved(file, "9", "5"), told("loosened", "5", "9"), "{file}");
        assert_eq!(moved(file, "5", "9"), told("tightened", "9", "5"), "{file}");
        assert_eq!(moved(file, "9", "9"), [""; 0], "{file}");
        assert_eq!(moved(file, many, "9"), told("loosened", "9", "30"), "{file}");
        assert_eq!(moved(many, file, "9"), told("tightened", "30", "9"), "{file}");
    }
    assert_eq!(moved(text, load, "9"), [""; 0]);
}

#[test]
fn a_lowered_priority_is_less_that_is_asked() {
    let gate = "[gate]\nrequire = [{ priority = \"P0\", status = \"verified\" }]\n";
    let rows = |was: &str, is: &str, gate: &str| -> Vec<String> {
        let list = |body: &str| format!("# Go\n\n{body}\n");
        let repo = Repo::new()
            .file("docs/LIST.md", list(was))
            .file("trueup.toml", gate)
            .commit("one", at("2026-01-01"))
            .tag("v1")
            .file("docs/LIST.md", list(is))
            .commit("two", at("2026-01-02"))
            .tag("v2");
        let told = diff(&repo, &["v1", "v2"]);
        let changes = told["changes"].as_array().unwrap().iter();
        let rows = changes.filter(|change| change["kind"] == "reworded");
        let said = |of: &Value| {
            assert_eq!(of["weakening"], of["detail"] == "lowered", "{of}");
            let worse = if of["regression"] == true { "!" } else { "" };
            format!("{worse}{}: {}", of["detail"].as_str().unwrap(), of["why"].as_str().unwrap())
        };
        rows.map(said).collect()
    };
    let (p0, p1, none) =
        ("- [ ] Keys rotated (P0)", "- [ ] Keys rotated (P1)", "- [ ] Keys rotated");
    let no_more = "what the gate asked of P0 it asks of it no more.";
    assert_eq!(
        rows(p0, p1, gate),
        [format!("!lowered: Its priority went from P0 to P1: {no_more}")]
    );
    let gone = format!("!lowered: Its priority was P0, and it has none now: {no_more}");
    assert_eq!(rows(p0, none, gate), [&*gone]);
    let below = |level: &str| format!("## {level} – keys\n\n- [ ] Rotated");
    assert_eq!(
        rows(&below("P0"), &below("P1"), gate),
        [format!("!lowered: Its priority went from P0 to P1: {no_more}")]
    );
    assert_eq!(rows(p0, p1, ""), ["lowered: Its priority went from P0 to P1."]);
    assert_eq!(rows(p1, p0, gate), ["figures: Only figures differ."]);
}

#[test]
fn a_longer_window_is_less_that_is_asked() {
    let rows = |was: &str, is: &str, asked: bool| -> Vec<String> {
        let list = |heading: &str| format!("# Release\n\n## {heading}\n\n- [ ] Keys rotated\n");
        let config = match asked {
            true => {
                "[[require]]\nitem = \"**/keys-rotated\"\ncondition = 'files(\"*.md\").size() > 0'\n"
            }
            false => "",
        };
        let repo = Repo::new().file("LIST.md", list(was)).file("trueup.toml", config);
        let repo = repo.commit("one", at("2026-01-01")).tag("v1").file("LIST.md", list(is));
        let told = diff(&repo.commit("two", at("2026-01-02")).tag("v2"), &["v1", "v2"]);
        let changes = told["changes"].as_array().unwrap().iter();
        let said = |of: &Value| {
            let mark = |is: bool, mark: &'static str| if is { mark } else { "" };
            let worse = mark(of["regression"] == true, "!");
            let weaker = mark(of["weakening"] == true, "-");
            format!("{worse}{weaker}{}", of["detail"].as_str().unwrap())
        };
        changes.filter(|change| change["kind"] == "moved").map(said).collect()
    };
    let (hour, month) = ("First hour after the deployment", "First month after the deployment");
    assert_eq!(rows(hour, month, true), ["!-postponed"]);
    assert_eq!(rows(hour, month, false), ["-postponed"]);
    assert_eq!(rows(month, hour, true), ["section"]);
    assert_eq!(rows(hour, "First 60 minutes after the deployment", true), ["section"]);
}

#[test]
fn what_the_tree_says_of_itself_is_no_limit() {
    let of_itself = "tests.total > 0 && number(text(\"most.txt\")) <= 300.0";
    assert_eq!(limits(of_itself, "290", "250"), [""; 0]);
    let of_both =
        "tests.total > 0 && load(\"package.json\").tests.most == number(text(\"most.txt\"))";
    assert_eq!(limits(of_both, "5", "6"), [""; 0]);
}

#[test]
fn a_lowered_floor_fails_the_build_and_a_record_without_limits_is_read() {
    let config = "artifacts = [\"r/**\"]\n[[require]]\nitem = \"go/tests-pass\"\n\
                  artifacts = [\"r/junit.xml\"]\n\
                  condition = 'tests.failed <= number(text(\"most.txt\"))'\n\
                  [gate]\nregression = \"previous\"\n";
    let repo = Repo::new()
        .file("LIST.md", "# Go\n\n- [x] Tests pass\n")
        .file("trueup.toml", config)
        .file("r/junit.xml", junit(1))
        .file("most.txt", "1\n")
        .commit("one", at("2026-01-01"));
    repo.trueup(["report", "--quiet", "--release", "v1", "--as-of", "2026-01-01T12:00:00Z"])
        .code(0);
    let repo = repo.commit("record", at("2026-01-01T13:00:00Z")).tag("v1");
    let repo = repo.file("most.txt", "3\n").commit("less is asked", at("2026-01-02"));
    let clock = ["--as-of", "2026-01-02T12:00:00Z"];
    let told = repo.trueup(["diff", "v1", "--fail-on", "regression", clock[0], clock[1]]).code(1);
    let weaker = "weaker: requirement loosened: limit read from most.txt: 1 → 3";
    assert!(told.stdout().contains(weaker), "{}", told.stdout());
    repo.trueup(["check", clock[0], clock[1]]).code(1);

    let mut older: Value = serde_json::from_str(&repo.read("readiness/snapshot.json")).unwrap();
    let read = &mut older["checklists"][0]["items"][0]["requirement"]["read"];
    for read in read.as_array_mut().unwrap() {
        read.as_object_mut().unwrap().remove("limit");
    }
    let repo = repo.file("older.json", older.to_string());
    let told = repo.trueup(["diff", "older.json", clock[0], clock[1]]).code(0).stdout();
    assert!(!told.contains("weaker"), "{told}");
}

#[test]
fn a_side_may_be_previous_the_work_tree_or_a_file() {
    let repo = releases();
    let told = diff(&repo, &["previous", "v2"]);
    assert_eq!(told["from"]["name"], "v1");
    let now = diff(&repo, &["v2"]);
    assert_eq!((&now["to"]["name"], rows(&now)), (&"now".into(), Vec::new()));
    let snapshot = repo.trueup(["check", "--format", "json", "--exit-zero"]).code(0).stdout();
    let repo = repo.file("kept.json", snapshot);
    let path = repo.dir().join("kept.json");
    let of_file = diff(&repo, &[path.to_str().unwrap(), path.to_str().unwrap()]);
    assert_eq!((&of_file["from"]["recorded"], rows(&of_file)), (&true.into(), Vec::new()));
}

#[test]
fn a_regression_can_fail_the_build() {
    let repo = releases();
    repo.trueup(["diff", "v1", "v2", "--fail-on", "regression"]).code(1);
    repo.trueup(["diff", "v2", "v2", "--fail-on", "regression"]).code(0);
    repo.trueup(["diff", "v1", "nowhere"]).code(2);
    repo.trueup(["diff", "docs/LIST.md", "v1"]).code(2);
}

#[test]
fn a_fault_in_a_past_configuration_is_a_problem_of_that_side() {
    let repo = Repo::new()
        .file("LIST.md", "# Go\n\n- [x] Tests pass\n")
        .file("trueup.toml", "[[require]]\nitme = \"x\"\n")
        .commit("one", at("2026-01-01"))
        .tag("v1")
        .file("trueup.toml", "")
        .commit("two", at("2026-01-02"));
    let told = diff(&repo, &["v1", "HEAD"]);
    assert_eq!(rows(&told), Vec::<String>::new());
    repo.trueup(["check", "--at", "v1"]).code(2);
}

#[test]
fn the_log_tells_one_item_or_one_file_in_text() {
    let repo = releases();
    let text = repo.trueup(["log", "go/keys-*"]).code(0).stdout();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert!(lines[2].starts_with("born ticked") && lines[4].starts_with("unticked"), "{text}");
    let json: Value = serde_json::from_str(
        &repo.trueup(["log", "--format", "json", "docs/LIST.md"]).code(0).stdout(),
    )
    .unwrap();
    assert_eq!(json["checklists"][0]["path"], "docs/LIST.md");
    repo.trueup(["log", "no-such-item"]).code(2);
    repo.trueup(["log", "never.md"]).code(2);
}

#[test]
fn a_release_is_recorded_once_and_kept_when_it_is_superseded() {
    let repo = releases();
    let report = ["report", "--release", "v2", "--as-of", "2026-01-03"];
    repo.trueup(report).code(0);
    repo.trueup(report).code(0);
    let told = diff(&repo, &["v1", "v2"]);
    assert_eq!(told["to"]["recorded"], true);
    let later = ["report", "--release", "v2", "--as-of", "2026-01-04"];
    let before = repo.read(".trueup/releases/v2.json");
    repo.trueup(later).code(2);
    assert_eq!(repo.read(".trueup/releases/v2.json"), before);
    repo.trueup([&later[..], &["--force"]].concat()).code(0);
    assert_eq!(repo.read(".trueup/releases/v2~1.json"), before);
    assert_ne!(repo.read(".trueup/releases/v2.json"), before);
    repo.trueup(["report", "--force"]).code(2);
}

#[test]
fn a_change_that_brings_the_waiver_that_lets_it_pass_is_named() {
    let waiver = |finding: &str| {
        format!(
            "\n[[waiver]]\nitem = \"go/tests-pass\"\n{finding}reason = \"later\"\nby = \"@ana\"\n\
             until = \"2026-12-31\"\n"
        )
    };
    let known = toml(1) + &waiver("finding = \"CVE-1\"\n");
    let repo = releases().file("trueup.toml", &known).commit("known", at("2026-01-03"));
    let weakenings = |repo: &Repo| {
        let diff = diff(repo, &["HEAD", "--as-of", "2026-01-04"]);
        let rows = diff["changes"].as_array().unwrap().clone().into_iter();
        let of = rows.filter(|row| row["kind"] == "waiver" && row["weakening"] == true);
        of.map(|row| row["why"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(weakenings(&repo), none);
    let further = "A waiver reaches further than before. It hides nothing now.";
    let beside =
        known.clone() + &waiver("finding = \"CVE-2\"\n").replace("2026-12-31", "2026-06-30");
    let repo = repo.file("trueup.toml", beside);
    assert_eq!(weakenings(&repo), [further]);
    let wider = repo.file("trueup.toml", known.replace("\"CVE-1\"", "[\"CVE-1\", \"CVE-2\"]"));
    assert_eq!(weakenings(&wider), [further]);
    let fresh = wider.file("trueup.toml", toml(1)).commit("none", at("2026-01-03T12:00:00Z"));
    let fresh =
        fresh.file("trueup.toml", toml(1) + &waiver("").replace("tests-pass", "keys-rotated"));
    assert_eq!(weakenings(&fresh), ["A new waiver. It hides: open."]);
}

/// A release by these requirements, recorded; then the same project by others: how `diff previous` tells
/// it, and `check` with `regression = "previous"` ends.
fn after_release(before: &str, after: &str) -> (String, i32) {
    let gate = "[gate]\nregression = \"previous\"\n";
    let repo = Repo::new()
        .file("LIST.md", "# Go\n\n- [x] Tests pass\n- [x] Keys rotated\n")
        .file("trueup.toml", format!("{before}{gate}"))
        .file("r/junit.xml", junit(1))
        .commit("one", at("2026-01-01"))
        .tag("v1");
    repo.trueup(["report", "--quiet", "--release", "v1", "--as-of", "2026-01-01T12:00:00Z"]);
    let repo = repo.commit("record", at("2026-01-01T13:00:00Z"));
    let repo = repo.file("trueup.toml", format!("{after}{gate}"));
    let repo = repo.commit("other requirements", at("2026-01-02"));
    let clock = ["--as-of", "2026-01-02T12:00:00Z"];
    let told = repo.trueup(["diff", "previous", clock[0], clock[1]]).stdout();
    let is_go =
        repo.trueup(["check", "--format", "json", "--exit-zero", clock[0], clock[1]]).json();
    (told, i32::from(is_go["summary"]["gate"]["result"] == "no-go"))
}

#[test]
fn a_condition_that_is_split_or_joined_asks_the_same() {
    let of = |conditions: &[&str]| -> String {
        let asked = |condition: &&str| {
            format!(
                "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"r/junit.xml\"]\n\
                 condition = \"{condition}\"\npaths = []\n"
            )
        };
        conditions.iter().map(asked).collect()
    };
    let whole = of(&["tests.total > 0 && tests.failed < 5 && tests.skipped == 0"]);
    let split = of(&["tests.total > 0 && tests.skipped == 0", "tests.failed < 5"]);
    for (before, after) in [(&whole, &split), (&split, &whole)] {
        let (told, code) = after_release(before, after);
        assert!(told.contains("Nothing changed.") && code == 0, "{told}");
    }
    for loosened in [
        of(&["tests.total > 0 && tests.skipped == 0", "tests.failed < 9"]),
        of(&["tests.total > 0", "tests.failed < 5"]),
        split.replacen("r/junit.xml", "r/*.xml", 1),
    ] {
        let (told, code) = after_release(&whole, &loosened);
        assert!(told.contains("weaker: requirement loosened") && code == 1, "{told}");
    }
}

#[test]
fn another_member_of_a_group_is_named() {
    let of = |members: &str| {
        format!(
            "[people]\n\"@sec\" = [{members}]\n[[require]]\nitem = \"go/keys-rotated\"\n\
             sign-off = {{ by = [\"@sec\"], max-age = \"90d\" }}\n"
        )
    };
    let (ana, both) = (of("\"ana@example.org\""), of("\"ana@example.org\", \"bob@example.org\""));
    let (told, code) = after_release(&ana, &both);
    let came = "Other people's sign-offs do. May sign off now: bob@example.org.";
    assert!(told.contains(came) && code == 1, "{told}");
    let (told, _) = after_release(&both, &ana);
    assert!(told.contains("Fewer people may sign off. No longer may: bob@example.org."), "{told}");
    let unnamed = |members: &str| format!("{}[site]\npeople = \"none\"\n", of(members));
    let (told, _) = after_release(&unnamed("\"ana@example.org\""), &unnamed("\"bob@example.org\""));
    assert!(!told.contains("example.org"), "{told}");
}

/// A list whose one item was proven in v1.0.0 below a heading, and is open below another since.
fn reopened(before: &str, after: &str) -> Repo {
    let list = |version: &str, heading: &str, mark: &str| {
        format!(
            "# Release\n\n**Version:** {version}\n\n## {heading}\n\n- [{mark}] Errors are few\n"
        )
    };
    let config = "[[require]]\nitem = \"**/errors-are-few\"\nartifacts = [\"r/err.json\"]\n\
                  condition = \"data.rate < 0.01\"\nmax-age = \"7d\"\n\
                  [gate]\nregression = \"previous\"\n";
    let repo = Repo::new()
        .file("LIST.md", list("1.0", before, "x"))
        .file("trueup.toml", config)
        .file(".gitignore", "r/\nreadiness/\n")
        .commit("one", at("2026-01-01"))
        .tag("v1.0.0")
        .file("r/err.json", "{\"rate\": 0.001}")
        .modified("r/err.json", at("2026-01-02"));
    let args = ["report", "--release", "v1.0.0", "--as-of", "2026-01-03T00:00:00Z"];
    repo.trueup(args.iter().chain(&["--deployed-at", "2026-01-01T12:00:00Z"])).code(0);
    let repo = repo.commit("record", at("2026-01-03")).remove("r/err.json");
    repo.file("LIST.md", list("1.1", after, " ")).commit("next", at("2026-01-05"))
}

#[test]
fn what_waits_for_the_next_deployment_is_no_regression_until_it_is_overdue() {
    let gate = |repo: &Repo, more: &[&str]| {
        let args = ["check", "--format", "json", "--as-of", "2026-01-08T00:00:00Z"];
        let told = repo.trueup(args.iter().chain(more)).json();
        told["summary"]["gate"]["result"].as_str().unwrap().to_owned()
    };
    let repo = reopened("First Hour", "First Hour");
    assert_eq!(gate(&repo, &[]), "go");
    let told = diff(&repo, &["previous"]);
    assert_eq!(
        rows(&told)[..2],
        ["status aside first-hour/errors-are-few", "claim unticked first-hour/errors-are-few"]
    );
    let why = told["changes"][0]["why"].as_str().unwrap();
    assert!(why.starts_with("Not yet due: "), "{why}");
    assert_eq!(gate(&repo, &["--deployed-at", "2026-01-07T00:00:00Z"]), "no-go", "overdue");
    // What waited for nothing does not begin to, and what comes before the deployment is due.
    for (before, after) in [("Checks", "First Hour"), ("First Hour", "1 week before launch")] {
        assert_eq!(gate(&reopened(before, after), &[]), "no-go", "{before} → {after}");
    }
    let both = "1 week before launch";
    assert_eq!(gate(&reopened(both, both), &[]), "no-go");
}

#[test]
fn a_limit_that_a_side_is_computed_with_is_held_to_be_one() {
    let config = "[[require]]\nitem = \"go/tests-pass\"\nartifacts = [\"r/junit.xml\"]\n\
                  condition = 'tests.passed * 100 >= tests.total * load(\"b.json\").share'\n\
                  paths = [\"src\"]\n";
    let share = |share: u32| format!("{{\"share\": {share}}}");
    let repo = Repo::new()
        .file("LIST.md", "# Go\n\n- [x] Tests pass\n")
        .file("src/a.rs", "fn main() {}\n")
        .file("trueup.toml", config)
        .file("r/junit.xml", junit(0))
        .file("b.json", share(80))
        .commit("one", at("2026-01-01"))
        .tag("v1")
        .file("b.json", share(50))
        .commit("two", at("2026-01-02"))
        .tag("v2")
        .file("b.json", share(90))
        .commit("three", at("2026-01-03"))
        .tag("v3");
    assert_eq!(rows(&diff(&repo, &["v1", "v2"])), ["!requirement loosened tests-pass"]);
    assert_eq!(rows(&diff(&repo, &["v2", "v3"])), ["requirement tightened tests-pass"]);
}
