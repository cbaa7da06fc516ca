//! `trueup check` as a team meets it: the whole program over whole repositories.

use serde_json::Value;

use crate::support::{Repo, at};

const CHECKLIST: &str = "\
# Release

## 1. Quality

- [x] All tests passing
- [x] No type errors
- [ ] Security scan clean
- [x] Docs are written
- [ ] ~~Legacy import removed~~ gone in 1.2

## Success Criteria

- ✅ Response times < 500ms (p95)
";

const CONFIG: &str = "\
[[require]]
item = \"quality/all-tests-passing\"
artifacts = [\"reports/junit.xml\"]
condition = \"tests.total > 0 && tests.failed + tests.errored == 0\"

[[require]]
item = \"quality/no-type-errors\"
artifacts = [\"reports/tsc.log\"]
condition = \"findings.errors == 0\"
paths = [\"src/**\"]

[[require]]
item = \"quality/security-scan-clean\"
artifacts = [\"reports/npm-audit.json\"]
condition = \"findings.critical + findings.high == 0\"

[gate]
fail-on = [\"contradicted\"]
";

const PASSING: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
const FAILING: &str = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"><failure message="no"/></testcase></testsuite>"#;
const AUDIT: &str = r#"{"auditReportVersion": 2, "vulnerabilities": {},
  "metadata": {"vulnerabilities": {"info":0,"low":0,"moderate":0,"high":0,"critical":0,"total":0},
  "dependencies": {"prod": 4, "dev": 3, "optional": 0, "peer": 0, "peerOptional": 0, "total": 7}}}"#;
const NOW: [&str; 2] = ["--as-of", "2026-01-10T12:00:00Z"];

/// A team's repository with its artifacts in the work tree, untracked and ignored.
fn team(junit: &str) -> Repo {
    let made = at("2026-01-10T11:00:00Z");
    Repo::new()
        .file("docs/RELEASE.md", CHECKLIST)
        .file("trueup.toml", CONFIG)
        .file("src/a.ts", "let a = 1;\n")
        .file(".gitignore", "/reports\n")
        .commit("a checklist", at("2026-01-05"))
        .file("reports/junit.xml", junit)
        .file("reports/tsc.log", "src/a.ts(1,5): error TS2322: Type 'string' is not a number.\n")
        .file("reports/npm-audit.json", AUDIT)
        .modified("reports/junit.xml", made)
        .modified("reports/tsc.log", made)
        .modified("reports/npm-audit.json", made)
}

fn json(repo: &Repo, more: &[&str]) -> Value {
    let mut args = vec!["check", "--format", "json", "--exit-zero"];
    args.extend(NOW);
    args.extend(more);
    repo.trueup(args).code(0).json()
}

fn item<'s>(snapshot: &'s Value, id: &str) -> &'s Value {
    let lists = snapshot["checklists"].as_array().unwrap();
    let mut items = lists.iter().flat_map(|list| list["items"].as_array().unwrap());
    items.find(|item| item["id"] == id || item["address"] == id).unwrap_or_else(|| panic!("{id}"))
}

fn status(snapshot: &Value, id: &str) -> String {
    item(snapshot, id)["status"].as_str().unwrap().to_owned()
}

#[test]
fn each_claim_gets_the_status_that_its_evidence_gives_it() {
    let snapshot = json(&team(PASSING), &[]);
    assert_eq!(status(&snapshot, "quality/all-tests-passing"), "verified");
    assert_eq!(status(&snapshot, "quality/no-type-errors"), "contradicted");
    assert_eq!(status(&snapshot, "quality/security-scan-clean"), "ready");
    assert_eq!(status(&snapshot, "quality/docs-are-written"), "unproven");
    let summary = &snapshot["summary"];
    assert_eq!(summary["applicable"], 5);
    assert_eq!(summary["claimed"], 3);
    assert_eq!(summary["proven"], 2);
    assert_eq!(summary["both"], 1);
    assert_eq!(summary["claimed_not_proven"], 2);
    assert_eq!(summary["proven_not_claimed"], 1);
    assert_eq!(summary["gate"]["result"], "no-go");
    assert_eq!(summary["criteria"]["applicable"], 1);
}

#[test]
fn a_failed_test_contradicts_the_tick_and_the_gate_says_no() {
    let repo = team(FAILING);
    let run = repo.trueup(["check", NOW[0], NOW[1]]).code(1);
    insta::assert_snapshot!(run.transcript());
}

#[test]
fn a_later_change_of_the_code_makes_evidence_stale() {
    let repo = team(PASSING)
        .file("src/a.ts", "let a = 2;\n")
        .commit("src: two", at("2026-01-10T11:30:00Z"));
    let snapshot = json(&repo, &[]);
    assert_eq!(status(&snapshot, "quality/all-tests-passing"), "stale");
    let reason =
        item(&snapshot, "quality/all-tests-passing")["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("src/a.ts"), "{reason}");
    // What is stale refutes nothing either.
    assert_eq!(status(&snapshot, "quality/no-type-errors"), "stale");
}

#[test]
fn a_later_change_of_a_checklist_does_not() {
    let repo = team(PASSING)
        .file("docs/RELEASE.md", CHECKLIST.replace("Docs are", "The docs are"))
        .commit("docs: a word", at("2026-01-10T11:30:00Z"));
    assert_eq!(status(&json(&repo, &[]), "quality/all-tests-passing"), "verified");
}

#[test]
fn an_uncommitted_change_counts_as_a_later_one() {
    let repo = team(PASSING).file("src/a.ts", "let a = 3;\n");
    let snapshot = json(&repo, &[]);
    assert_eq!(status(&snapshot, "quality/all-tests-passing"), "stale");
    assert_eq!(snapshot["commit"]["dirty"], true);
}

#[test]
fn a_tracked_artifact_is_of_the_judged_commit() {
    let repo = Repo::new()
        .file("docs/RELEASE.md", "# R\n\n- [x] Tests <!-- evidence: tests.failed == 0 -->\n")
        .file("src/a.ts", "1")
        .file("reports/junit.xml", PASSING)
        .commit("all", at("2026-01-05"));
    assert_eq!(status(&json(&repo, &[]), "r/tests"), "verified");
    let at_head = json(&repo, &["--at", "HEAD"]);
    assert_eq!(status(&at_head, "r/tests"), "verified");
}

#[test]
fn a_revision_is_judged_from_its_own_files() {
    let repo = team(PASSING).tag("v1");
    let then = json(&repo, &["--at", "v1"]);
    // The artifacts are not in the commit, so nothing proves anything there.
    assert_eq!(status(&then, "quality/all-tests-passing"), "unproven");
    assert_eq!(then["release"], "v1");
}

#[test]
fn a_missing_artifact_is_missing_and_not_a_pass() {
    let repo = team(PASSING).remove("reports/junit.xml");
    let snapshot = json(&repo, &[]);
    let tests = item(&snapshot, "quality/all-tests-passing");
    assert_eq!((&tests["status"], &tests["verdict"]), (&"unproven".into(), &"missing".into()));
    assert_eq!(tests["reason"], "Ticked. No file matches reports/junit.xml.");
}

#[test]
fn a_broken_artifact_is_a_problem_and_the_rest_goes_on() {
    let repo = team("<testsuite name=\"s\"><testcase name=\"a\"/>");
    let snapshot = json(&repo, &[]);
    assert_eq!(status(&snapshot, "quality/all-tests-passing"), "unproven");
    assert_eq!(status(&snapshot, "quality/security-scan-clean"), "ready");
    let problems = snapshot["problems"].as_array().unwrap();
    assert!(problems.iter().any(|problem| {
        problem["code"] == "artifact-broken" && problem["path"] == "reports/junit.xml"
    }));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let repo = team(FAILING);
    let args = ["check", "--format", "json", NOW[0], NOW[1]];
    let (one, other) = (repo.trueup(args).code(1), repo.trueup(args).code(1));
    assert_eq!(one.raw_stdout(), other.raw_stdout());
}

#[test]
fn the_snapshot_is_as_its_schema_says() {
    let repo = team(FAILING);
    let schema = repo.trueup(["schema"]).code(0).json();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let snapshot = json(&repo, &[]);
    let faults: Vec<String> =
        validator.iter_errors(&snapshot).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn one_glob_narrows_what_is_shown() {
    let run = team(FAILING).trueup(["check", "quality/all-*", NOW[0], NOW[1]]).code(1);
    assert!(run.stdout().contains("All tests passing"));
    assert!(!run.stdout().contains("Docs are written"));
    team(FAILING).trueup(["check", "nothing/*"]).code(2);
}

#[test]
fn a_requirement_that_means_no_item_is_an_error() {
    let repo = team(PASSING)
        .file("trueup.toml", CONFIG.replace("quality/no-type-errors", "quality/no-typ-errors"));
    let run = repo.trueup(["check"]).code(2);
    assert!(run.stderr().contains("trueup.toml:6"), "{}", run.stderr());
    assert!(run.stderr().contains("quality/no-type-errors"), "{}", run.stderr());
}

#[test]
fn a_misspelt_fact_is_an_error_at_its_place_with_a_suggestion() {
    let repo = team(PASSING).file("trueup.toml", CONFIG.replace("tests.failed", "tests.faild"));
    insta::assert_snapshot!(repo.trueup(["check"]).code(2).transcript());
}

#[test]
fn a_waiver_hides_and_never_turns_green() {
    let waiver = "\n[[waiver]]\nitem = \"quality/no-type-errors\"\nby = \"Ana\"\n\
                  reason = \"the port ends in 1.3\"\nuntil = \"2026-02-01\"\n";
    let repo = team(PASSING).file("trueup.toml", format!("{CONFIG}{waiver}"));
    let snapshot = json(&repo, &[]);
    assert_eq!(status(&snapshot, "quality/no-type-errors"), "waived");
    assert_eq!(item(&snapshot, "quality/no-type-errors")["waiver"]["hides"], "contradicted");
    assert_eq!(snapshot["summary"]["gate"]["result"], "go");
    let later = repo
        .trueup(["check", "--format", "json", "--exit-zero", "--as-of", "2026-02-02T00:00:00Z"])
        .code(0)
        .json();
    assert_ne!(status(&later, "quality/no-type-errors"), "waived");
    let problems = later["problems"].as_array().unwrap();
    assert!(problems.iter().any(|problem| problem["code"] == "waiver-expired"));
}

#[test]
fn without_a_gate_nothing_is_decided() {
    let config = CONFIG.split("[gate]").next().unwrap();
    let repo = team(FAILING).file("trueup.toml", config);
    let run = repo.trueup(["check", NOW[0], NOW[1]]).code(0);
    assert!(run.stdout().contains("No gate is set"), "{}", run.stdout());
}

#[test]
fn explain_tells_the_whole_chain() {
    let run =
        team(FAILING).trueup(["explain", "quality/all-tests-passing", NOW[0], NOW[1]]).code(0);
    insta::assert_snapshot!(run.stdout());
}

#[test]
fn a_moment_before_the_judged_commit_is_told() {
    let repo =
        Repo::new().file("GO.md", "# Go\n\n- [x] Tests pass\n").commit("one", at("2026-01-05"));
    let codes = |moment: &str| {
        let told = repo.trueup(["check", "--format", "json", "--as-of", moment]).json()["problems"]
            .clone();
        told.as_array().unwrap().iter().map(|of| of["code"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes("2026-01-04"), ["\"judged-before-commit\""]);
    assert_eq!(codes("2026-01-05"), Vec::<String>::new());
    assert_eq!(codes("2026-01-06"), Vec::<String>::new());
}
