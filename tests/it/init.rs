//! `trueup init` as a user runs it: proposals from what is there, added and never overwritten.

use crate::support::{Repo, at};

const LIST: &str = "# Go\n\n## Code\n\n- [x] All tests passing\n- [ ] CSRF protection enabled\n\
                    - [ ] JWT secrets rotated\n- [ ] Load tests executed and passed\n- [ ] Buy milk\n\
                    - [ ] ~~Old~~ (N/A)\n";
const JUNIT: &str = r#"<testsuite name="s"><testcase name="rejects a bad csrf token"/><testcase name="b"/></testsuite>"#;

fn repo() -> Repo {
    Repo::new()
        .file("GO.md", LIST)
        .file(".gitignore", "artifacts/\n")
        .commit("a checklist", at("2026-01-05"))
        .file("artifacts/junit.xml", JUNIT)
}

#[test]
fn it_shows_what_it_binds_what_it_cannot_and_why() {
    let repo = repo();
    insta::assert_snapshot!("init", repo.trueup(["init"]).code(0).transcript());
    let written = repo.read("trueup.toml");
    insta::assert_snapshot!("init_written", written);
}

#[test]
fn a_dry_run_writes_nothing() {
    let repo = repo();
    let shown = repo.trueup(["init", "--dry-run"]).code(0).stdout();
    assert!(shown.contains("[[require]]"), "{shown}");
    assert!(!repo.dir().join("trueup.toml").exists());
}

#[test]
fn a_second_run_adds_and_never_overwrites() {
    let own = "# ours\n[people]\n\"@ops\" = [\"eli@example.org\"]\n\n[[require]] # keep\n\
               item = \"code/all-tests-passing\"\ncondition = \"tests.total > 0\"   # odd   spacing\n";
    let repo = repo().file("trueup.toml", own);
    let _ = repo.trueup(["init"]).code(0);
    let first = repo.read("trueup.toml");
    assert!(first.starts_with(own), "{first}");
    assert!(first.contains("csrf-protection-enabled"), "{first}");
    assert!(!first[own.len()..].contains("all-tests-passing"), "bound already: {first}");
    let again = repo.trueup(["init"]).code(0).stdout();
    assert!(again.contains("Nothing to add to trueup.toml."), "{again}");
    assert_eq!(repo.read("trueup.toml"), first);
}

#[test]
fn accepted_proposals_judge_the_items() {
    let repo = repo();
    let _ = repo.trueup(["init"]).code(0);
    let snapshot = repo.trueup(["check", "--format", "json"]).code(0).json();
    let statuses: Vec<(String, String)> = snapshot["checklists"][0]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            let text = |key: &str| item[key].as_str().unwrap().to_owned();
            (text("text"), text("status"))
        })
        .collect();
    let of = |wanted: &str| statuses.iter().find(|(text, _)| text == wanted).unwrap().1.clone();
    assert_eq!(of("All tests passing"), "verified");
    assert_eq!(of("CSRF protection enabled"), "ready");
    assert_eq!(of("JWT secrets rotated"), "open");
    assert_eq!(of("Load tests executed and passed"), "open");
}

#[test]
fn unbound_items_show_the_proposal_and_it_proves_nothing() {
    let repo = repo();
    let shown = repo.trueup(["check"]).code(0).stdout();
    assert!(shown.contains("proposed: tests.total > 0"), "{shown}");
    let item =
        repo.trueup(["explain", "code/jwt-secrets-rotated", "--format", "json"]).code(0).json();
    assert_eq!(item[0]["item"]["proposal"]["sign_off"], true);
    assert_eq!(item[0]["item"]["status"], "open");
}

#[test]
fn without_a_checklist_it_says_so_and_writes_nothing() {
    let repo = Repo::new().file("README.md", "# Hello\n").commit("a", at("2026-01-05"));
    let said = repo.trueup(["init"]).code(2).stderr();
    assert!(said.contains("no Markdown file here has a task item"), "{said}");
    assert!(!repo.dir().join("trueup.toml").exists());
}

#[test]
fn a_configuration_that_cannot_be_added_to_stays_as_it_is() {
    let own = "require = [{ item = \"code/buy-milk\", condition = \"tests.total > 0\" }]\n";
    let repo = repo().file("trueup.toml", own);
    let said = repo.trueup(["init"]).code(2).stderr();
    assert!(said.contains("cannot be added to"), "{said}");
    assert_eq!(repo.read("trueup.toml"), own);
}

/// On the day of `init` there is one report; the next package's comes a month later.
#[test]
fn a_report_that_comes_to_lie_beside_the_first_is_asked_as_well() {
    let failed = r#"<testsuite name="w"><testcase name="pays"><failure message="no"/></testcase></testsuite>"#;
    let repo = repo();
    let _ = repo.trueup(["init"]).code(0);
    let repo = repo.file("artifacts/web/junit-web.xml", failed);
    let shown = repo.trueup(["check"]).stdout();
    assert!(shown.contains("1 of 3 tests failed"), "{shown}");
}

/// The first report lies in a folder of its own, and the next job's or package's in one beside it.
#[test]
fn a_report_in_the_next_folder_is_asked_as_well() {
    let failed = r#"<testsuite name="w"><testcase name="pays"><failure message="no"/></testcase></testsuite>"#;
    for (first, next) in [
        ("artifacts/unit/junit.xml", "artifacts/e2e/junit.xml"),
        ("packages/api/reports/junit.xml", "packages/web/reports/junit.xml"),
    ] {
        let repo = repo().remove("artifacts/junit.xml").file(first, JUNIT);
        let _ = repo.trueup(["init"]).code(0);
        let repo = repo.file(next, failed);
        let shown = repo.trueup(["check"]).stdout();
        assert!(shown.contains("1 of 3 tests failed"), "{first}: {shown}");
    }
}

/// Another file in the folder that is no test report keeps its glob from being taken.
#[test]
fn a_glob_matches_nothing_that_is_something_else() {
    let bom = r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"><components/></bom>"#;
    let repo = repo().file("artifacts/bom.xml", bom);
    let _ = repo.trueup(["init"]).code(0);
    let written = repo.read("trueup.toml");
    assert!(written.contains(r#"{ glob = "artifacts/**/*junit*.xml" }"#), "{written}");
}

#[test]
fn a_line_of_two_claims_is_bound_to_both_and_judged_by_both() {
    let of = |covered: u32| {
        let lines: String =
            (1..=10).map(|at| format!("DA:{at},{}\n", u32::from(at <= covered))).collect();
        let lcov = format!("SF:a.rs\n{lines}end_of_record\n");
        let repo = Repo::new()
            .file("GO.md", "# Go\n\n- [x] Tests pass and coverage ≥ 80%\n")
            .file(".gitignore", "artifacts/\n")
            .commit("a checklist", at("2026-01-05"))
            .file("artifacts/junit.xml", JUNIT)
            .file("artifacts/lcov.info", lcov);
        let _ = repo.trueup(["init"]).code(0);
        repo.trueup(["check", "--format", "json", "--exit-zero"]).json()["checklists"][0]["items"]
            [0]["status"]
            .clone()
    };
    assert_eq!((of(9), of(7)), ("verified".into(), "contradicted".into()));
}

/// A second Deployment in the file of the first: that the file names a probe says nothing of it.
#[test]
fn probes_are_asked_of_each_document() {
    let document = |name: &str, probes: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n  template:\n    \
             spec:\n      containers:\n      - name: {name}\n        image: {name}\n{probes}"
        )
    };
    let probes = "        livenessProbe: { httpGet: { path: /live } }\n        \
                  readinessProbe: { httpGet: { path: /ready } }\n";
    let service = "apiVersion: v1\nkind: Service\nmetadata: { name: api }\n";
    for (second, status) in [
        (document("web", probes), "verified"),
        (document("web", ""), "contradicted"),
        (
            document("web", probes).replace("kind: D", "kind: \"D").replace("nt\n", "nt\"\n"),
            "verified",
        ),
        (String::new(), "verified"),
        ("apiVersion: v1\nkind: List\nitems:\n- { kind: Deployment }\n".to_owned(), "unproven"),
    ] {
        let all = format!("{}---\n{service}---\n{second}", document("api", probes));
        let list = "# Go\n\n- [x] Liveness probes configured\n- [x] Readiness probes configured\n\
                    - [x] Liveness and readiness probes configured\n";
        let repo = Repo::new()
            .file("GO.md", list)
            .file("k8s/all.yaml", all.clone())
            .commit("a checklist", at("2026-01-05"));
        let _ = repo.trueup(["init"]).code(0);
        let told = repo.trueup(["check", "--format", "json", "--exit-zero"]).json();
        let items = told["checklists"][0]["items"].as_array().unwrap();
        let said: Vec<_> = items.iter().map(|item| item["status"].as_str().unwrap()).collect();
        assert_eq!(said, [status; 3], "{all} {}", items[0]["reason"]);
    }
}

fn monorepo() -> Repo {
    let list = |of: &str| {
        format!(
            "# Release of {of}\n\n- [ ] All tests pass\n- [ ] Security headers set\n\
             - [ ] Coverage above 70%\n- [ ] Rollback plan documented\n"
        )
    };
    let coverage = |hit: u32| {
        let lines: String =
            (1..=20).map(|line| format!("DA:{line},{}\n", u32::from(line <= hit))).collect();
        format!("SF:a.js\n{lines}LF:20\nLH:{hit}\nend_of_record\n")
    };
    Repo::new()
        .file("packages/api/RELEASE.md", list("api"))
        .file("packages/web/RELEASE.md", list("web"))
        .file("packages/api/package.json", "{\"dependencies\": {\"helmet\": \"7\"}}")
        .file("packages/web/package.json", "{\"dependencies\": {}}")
        .file("packages/api/src/a.js", "app.use(helmet())\n")
        .file(
            "packages/api/docs/rollback.md",
            "# Rollback\n\nRoll back with the button of the console.\n",
        )
        .file(".gitignore", "coverage/\nreports/\n")
        .commit("two packages", at("2026-01-05"))
        .file("packages/api/coverage/lcov.info", coverage(19))
        .file("packages/web/coverage/lcov.info", coverage(12))
        .file("packages/api/reports/junit.xml", JUNIT)
        .file("packages/web/reports/junit.xml", JUNIT)
}

/// What lies in another package says nothing of this one.
#[test]
fn a_checklist_of_a_package_is_bound_to_what_lies_in_its_folder() {
    let repo = monorepo();
    let found = repo.trueup(["init", "--dry-run", "--format", "json"]).code(0).json();
    let items = found["items"].as_array().unwrap();
    let of = |package: &str| {
        let own = format!("packages/{package}/RELEASE.md");
        items.iter().filter(move |item| item["checklist"] == own.as_str())
    };
    let states = |package: &str| -> Vec<String> {
        of(package).map(|item| item["state"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(states("api"), ["proposed"; 4]);
    assert_eq!(states("web"), ["proposed", "lacking", "proposed", "lacking"]);
    for item in of("web") {
        let told = format!("{} {}", item["condition"], item["artifacts"]);
        assert!(!told.contains("api"), "{told}");
    }
}

#[test]
fn a_checklist_of_the_whole_takes_what_lies_in_its_packages() {
    let repo = monorepo().file("RELEASE.md", "# Go\n\n- [ ] Security headers set\n");
    let found = repo.trueup(["init", "--dry-run", "--format", "json"]).code(0).json();
    let item = found["items"].as_array().unwrap().iter().find(|of| of["checklist"] == "RELEASE.md");
    assert_eq!(item.unwrap()["state"], "proposed");
}

#[test]
fn a_package_begins_a_configuration_of_its_own() {
    let root = "checklists = [\"**/RELEASE.md\"]\n";
    let repo = monorepo().file("trueup.toml", root);
    let told = repo.trueup(["init", "-C", "packages/web"]).code(0).stdout();
    assert!(told.contains("Written to packages/web/trueup.toml"), "{told}");
    assert_eq!(repo.read("trueup.toml"), root);
    let written = repo.read("packages/web/trueup.toml");
    assert!(written.contains("checklists = [\"packages/web/**/*.md\"]"), "{written}");
    assert!(!written.contains("packages/api"), "{written}");
    let snapshot = repo.trueup(["check", "-C", "packages/web", "--format", "json"]).code(0).json();
    assert_eq!(snapshot["checklists"].as_array().unwrap().len(), 1);
    assert_eq!(snapshot["checklists"][0]["items"][0]["status"], "ready");
    assert_eq!(snapshot["checklists"][0]["items"][2]["status"], "failing");
    let again = repo.trueup(["init", "-C", "packages/web"]).code(0).stdout();
    assert!(again.contains("Nothing to add to packages/web/trueup.toml."), "{again}");
}

/// What lies beside a report and is none would be read with it, and spoil it.
#[test]
fn a_glob_matches_nothing_that_was_passed_over() {
    let resultset = r#"{"RSpec": {"coverage": {"/app/a.rb": {"lines": [1, 1, 1, null]}}, "timestamp": 1767600000}}"#;
    let repo = Repo::new()
        .file("GO.md", "# Go\n\n- [ ] Test coverage ≥ 80%\n- [ ] JUnit tests pass\n")
        .file(".gitignore", "coverage/\ntarget/\n")
        .commit("a checklist", at("2026-01-05"))
        .file("coverage/.resultset.json", resultset)
        .file("coverage/.last_run.json", r#"{"result": {"line": 100.0}}"#)
        .file("target/surefire-reports/TEST-a.ATest.xml", JUNIT);
    let _ = repo.trueup(["init"]).code(0);
    let shown = repo.trueup(["check"]).stdout();
    assert!(!shown.contains(".last_run.json"), "{shown}");
    let failed =
        r#"<testsuite name="b"><testcase name="c"><failure message="no"/></testcase></testsuite>"#;
    let repo = repo.file("target/surefire-reports/TEST-b.BTest.xml", failed);
    let shown = repo.trueup(["check"]).stdout();
    assert!(shown.contains("1 of 3 tests failed"), "{shown}");
}
