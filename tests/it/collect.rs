//! `trueup collect`, and what a later job believes of it.

use serde_json::Value as Json;

use crate::support::packed::{zip, zipped};
use crate::support::{Repo, at};

const TYPES: &str = "# Go\n\n- [x] No type errors <!-- evidence: findings.errors == 0 -->\n  <!-- artifacts: reports/tsc.log -->\n  <!-- format: tsc -->\n";
pub(crate) const TESTS: &str = "# Go\n\n- [x] Tests pass <!-- evidence: tests.failed + tests.errored == 0 -->\n  <!-- artifacts: reports/** -->\n";
const VITEST: &str = r#"{"numTotalTestSuites": 1, "numPassedTestSuites": 1, "numTotalTests": 1, "numPassedTests": 1,
    "numFailedTests": 0, "success": true, "startTime": 1767600000000, "snapshot": {}, "testResults": [{"name": "a.test.ts",
    "status": "passed", "startTime": 1767600000000, "endTime": 1767600001000, "assertionResults": [{"title": "a",
    "fullName": "a", "ancestorTitles": [], "status": "passed", "failureMessages": []}]}]}"#;
pub(crate) const JUNIT: &str =
    r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;

pub(crate) fn shop(checklist: &str) -> Repo {
    Repo::new()
        .file("CHECKLIST.md", checklist)
        .file("src/app.ts", "export {}\n")
        .file(".gitignore", "reports/\n*.zip\nout/\n")
        .commit("a checklist", at("2026-01-05"))
}

fn snapshot(repo: &Repo) -> Json {
    repo.trueup(["check", "--format", "json", "--no-history"]).json()
}

pub(crate) fn judged(repo: &Repo) -> (String, String, String) {
    let seen = snapshot(repo);
    let item = &seen["checklists"][0]["items"][0];
    let word = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
    (word("status"), word("rule"), word("reason"))
}

fn seal(repo: &Repo, name: &str) -> Json {
    serde_json::from_str(&repo.read(name)).unwrap()
}

#[test]
fn a_seal_is_a_statement_about_the_files_it_lies_beside() {
    let repo = shop(TESTS).file("reports/unit/junit.xml", JUNIT).file("reports/api.xml", JUNIT);
    repo.trueup(["collect", "reports", "--exit-code", "0", "--command", "npm test"]).code(0);
    let seal = seal(&repo, "reports/trueup.seal.json");
    assert_eq!(seal["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(seal["predicateType"], "urn:trueup:seal:1");
    assert_eq!(seal["subject"][0]["name"], "api.xml");
    assert_eq!(seal["subject"][1]["name"], "unit/junit.xml");
    assert_eq!(seal["subject"][0]["digest"]["sha256"].as_str().unwrap().len(), 64);
    let said = &seal["predicate"];
    assert_eq!(said["commit"], repo.id("HEAD").as_str());
    assert_eq!((&said["ref"], &said["dirty"]), (&Json::from("main"), &Json::from(false)));
    assert_eq!(said["exit_code"], 0);
    assert_eq!(said["command"], "npm test");
    assert_eq!(said["artifacts"][1]["facts"]["tests"]["total"], 2);
    assert!(said["artifacts"][1]["facts"]["tests"]["cases"].is_null());
}

#[test]
fn a_later_job_takes_time_and_commit_from_the_seal() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT);
    repo.trueup(["collect", "reports"]).code(0);
    let repo = repo.modified("reports/junit.xml", at("2020-01-01"));
    let seen = snapshot(&repo);
    let artifact = &seen["artifacts"][0];
    assert_eq!(seen["artifacts"].as_array().unwrap().len(), 1, "the seal is no artifact");
    assert_eq!(artifact["time_from"], "seal");
    assert_eq!(artifact["commit"], repo.id("HEAD").as_str());
    assert_eq!(artifact["seal"]["by"], "hand");
    assert_eq!(judged(&repo).0, "verified");
    let repo = repo.file("src/app.ts", "export { no }\n").commit("more", at("2026-01-06"));
    let (status, rule, reason) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{reason}");
}

/// Tests of a merge that a forge made to test it, sealed there; the commit is in no clone.
fn tested_merge(change: impl Fn(&mut Json)) -> Repo {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT);
    repo.trueup(["collect", "reports"]).code(0);
    let name = "reports/trueup.seal.json";
    let mut told = seal(&repo, name);
    told["predicate"]["commit"] = "a".repeat(40).into();
    change(&mut told["predicate"]);
    repo.file(name, told.to_string())
}

#[test]
fn a_commit_that_was_made_anew_of_the_same_files_is_the_same_code() {
    let repo = tested_merge(|_| ());
    assert_eq!(judged(&repo).0, "verified");
    repo.trueup(["report", "--quiet", "--out", "out"]).code(0);
    let told = repo.trueup(["verify", "out"]).code(0);
    assert!(told.stdout().contains("1 of 1 verdict derived again, the same"), "{}", told.stdout());

    let repo = repo.file("src/app.ts", "export { no }\n").commit("more", at("2026-01-06"));
    let (status, rule, reason) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{reason}");
    assert_eq!(
        reason,
        "reports/junit.xml was made at aaaaaaa. Since then the code differs in src/app.ts."
    );
}

#[test]
fn a_commit_that_is_not_here_is_known_by_no_other_files() {
    let cases: [fn(&mut Json); 4] = [
        |told| told["tree"] = Json::Null,
        |told| told["tree"] = "b".repeat(40).into(),
        |told| told["tree"] = told["tree"].as_str().unwrap()[..12].into(),
        |told| told["dirty"] = true.into(),
    ];
    for change in cases {
        let (status, rule, reason) = judged(&tested_merge(change));
        assert_eq!(status, "stale", "{reason}");
        assert!(["unknown-commit", "other-code"].contains(&rule.as_str()), "{reason}");
    }
}

/// A report of an earlier run lies here still, and what was rewritten since is sealed with it.
fn left_over(report: &str) -> Repo {
    shop(TESTS)
        .file("reports/junit.xml", report)
        .modified("reports/junit.xml", at("2026-01-06"))
        .file("src/app.ts", "export { no }\n")
        .commit("rewritten", at("2026-01-08"))
}

#[test]
fn a_report_that_an_earlier_run_left_is_made_no_younger_by_a_seal() {
    let dated = JUNIT.replace("name=\"s\"", "name=\"s\" timestamp=\"2026-01-06T00:00:00Z\"");
    for (report, from) in [(JUNIT, "seal"), (dated.as_str(), "content")] {
        let repo = left_over(report);
        let run = repo.trueup(["collect", "reports"]).code(0);
        assert!(run.stderr().contains("junit.xml was written before"), "{}", run.stderr());
        // On its way to the later job the file loses its own time.
        let repo = repo.modified("reports/junit.xml", at("2026-01-10"));
        let artifact = &snapshot(&repo)["artifacts"][0];
        assert_eq!(artifact["produced_at"], "2026-01-06T00:00:00Z");
        // It is of what was checked out when it was written.
        let earlier = Json::from(repo.id("HEAD~1"));
        assert_eq!((&artifact["time_from"], &artifact["commit"]), (&from.into(), &earlier));
        let (status, rule, reason) = judged(&repo);
        assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{reason}");
        assert!(reason.contains("src/app.ts"), "{reason}");
        repo.trueup(["report", "--out", "site"]).code(0);
        repo.trueup(["verify", "site"]).code(0);
    }
}

#[test]
fn a_report_that_was_there_before_the_checkout_is_of_what_was_checked_out_then() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT);
    let repo = repo.modified("reports/junit.xml", at("2026-01-06"));
    repo.trueup(["collect", "reports"]).code(0);
    let sealed = |repo: Repo, written_on: Json| {
        let mut told = seal(&repo, "reports/trueup.seal.json");
        let said = &mut told["predicate"];
        // The commit was made before the report, and came to the runner after it.
        said["checked_out_at"] = "2026-01-08T00:00:00Z".into();
        said["artifacts"][0]["written_on"] = written_on;
        repo.file("reports/trueup.seal.json", told.to_string())
    };
    let repo = sealed(repo, Json::Null);
    let (status, rule, reason) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "unknown-commit"), "{reason}");
    assert!(reason.contains("was checked out where it was sealed"), "{reason}");
    let on = |commit: &str, since: &str| serde_json::json!({ "commit": commit, "checked_out_at": since });
    let head = repo.id("HEAD");
    let repo = sealed(repo, on(&head, "2026-01-05T00:00:00Z"));
    assert_eq!(judged(&repo).0, "verified", "it was checked out before as well");
    let repo = sealed(repo, on("4f2c9e14f2c9e14f2c9e14f2c9e14f2c9e14f2c9", "2026-01-05T00:00:00Z"));
    let (status, rule, _) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "unknown-commit"));
    let repo = sealed(repo, on(&head, "2026-01-07T00:00:00Z"));
    assert_eq!(judged(&repo).1, "unknown-commit", "it says itself that it is older than that");
}

#[test]
fn a_seal_that_does_not_tell_when_files_were_written_is_read_as_before() {
    let repo = left_over(JUNIT);
    repo.trueup(["collect", "reports"]).code(0);
    let mut old = seal(&repo, "reports/trueup.seal.json");
    let said = &mut old["predicate"];
    assert_eq!(said["checked_out_at"], "2026-01-08T00:00:00Z");
    assert_eq!(said["artifacts"][0]["written_at"], "2026-01-06T00:00:00Z");
    said.as_object_mut().unwrap().remove("checked_out_at");
    said["artifacts"][0].as_object_mut().unwrap().remove("written_at");
    let repo = repo.file("reports/trueup.seal.json", old.to_string());
    assert_eq!(judged(&repo).0, "verified");
}

#[test]
fn a_file_that_was_changed_since_it_was_sealed_proves_nothing() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT);
    repo.trueup(["collect", "reports"]).code(0);
    let repo = repo.file("reports/junit.xml", JUNIT.replace("name=\"a\"", "name=\"z\""));
    let (status, rule, reason) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "seal-broken"), "{reason}");
    assert!(reason.contains("reports/junit.xml is not what reports/trueup.seal.json sealed"));
}

#[test]
fn a_sealed_file_that_was_taken_away_is_missed() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT).file("reports/failed.xml", JUNIT);
    repo.trueup(["collect", "reports"]).code(0);
    let (status, _, reason) = judged(&repo.remove("reports/failed.xml"));
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("reports/trueup.seal.json names it, and it is not there"), "{reason}");
}

#[test]
fn one_exit_code_vouches_for_the_silence_of_one_tool() {
    let both = || shop(TYPES).file("reports/tsc.log", "").file("reports/ruff.json", "[]");
    let repo = both();
    repo.trueup(["collect", "reports", "--exit-code", "0"]).code(0);
    let (status, rule, reason) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "silent-tool"), "{reason}");
    assert!(reason.contains("covers reports/ruff.json as well"), "{reason}");
    let repo = both();
    for file in ["reports/tsc.log", "reports/ruff.json"] {
        repo.trueup(["collect", file, "--exit-code", "0"]).code(0);
    }
    assert_eq!(judged(&repo).0, "verified");
}

#[test]
fn a_command_vouches_for_the_silence_of_the_tool_that_it_names() {
    let vouched = |command: &'static str| {
        let repo = shop(TYPES).file("reports/tsc.log", "").file("reports/vitest.json", VITEST);
        repo.trueup(["collect", "reports", "--exit-code", "0", "--command", command]).code(0);
        judged(&repo)
    };
    let (status, rule, reason) = vouched("npx vitest run --reporter=json");
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "silent-tool"), "{reason}");
    for command in ["npx tsc --noEmit && npx vitest run", "npm run verify"] {
        assert_eq!(vouched(command).0, "verified", "{command}");
    }
}

#[test]
fn a_command_of_another_tool_vouches_for_no_silence() {
    let vouched = |command: &'static str| {
        let repo = shop(TYPES).file("reports/tsc.log", "");
        repo.trueup(["collect", "reports", "--exit-code", "0", "--command", command]).code(0);
        judged(&repo)
    };
    let (status, _, reason) = vouched("npx eslint .");
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("is of a command that names eslint instead"), "{reason}");
    for command in
        ["npx vue-tsc --noEmit", "npm run types", "./check.sh", "npx eslint . && npx tsc"]
    {
        assert_eq!(vouched(command).0, "verified", "{command}");
    }
}

#[test]
fn a_report_of_a_run_of_what_failed_before_only_refutes() {
    let sealed = |command: &'static str, report: &'static str| {
        let repo = shop(TESTS).file("reports/junit.xml", report);
        repo.trueup(["collect", "reports", "--exit-code", "0", "--command", command]).code(0);
        judged(&repo)
    };
    let again = "pytest --junitxml=reports/junit.xml || pytest --lf --junitxml=reports/junit.xml";
    let (status, rule, reason) = sealed(again, JUNIT);
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "suite-not-loaded"), "{reason}");
    assert!(reason.contains("has `--lf`, which runs a part of them"), "{reason}");
    let failed = r#"<testsuite name="s"><testcase name="a"><failure/></testcase></testsuite>"#;
    assert_eq!(sealed(again, failed).0, "contradicted");
    assert_eq!(sealed("pytest --junitxml=reports/junit.xml", JUNIT).0, "verified");
}

#[test]
fn a_report_of_tests_that_a_command_chose_proves_what_names_them() {
    let sealed = |list: &'static str, command: &'static str| {
        let repo = shop(list).file("reports/junit.xml", JUNIT);
        repo.trueup(["collect", "reports", "--exit-code", "0", "--command", command]).code(0);
        judged(&repo)
    };
    for command in [
        "npx jest -t login",
        "pytest -k login",
        "pytest tests/test_login.py",
        "go test ./... -run TestLogin",
        "mvn test -Dtest=LoginTest",
        "./gradlew test --tests Login",
        "npx playwright test --grep login",
    ] {
        let (status, rule, reason) = sealed(TESTS, command);
        assert_eq!((status.as_str(), rule.as_str()), ("unproven", "suite-not-loaded"), "{command}");
        assert!(reason.contains("which chooses tests"), "{reason}");
        let named = "# Go\n\n- [x] Login tests pass <!-- evidence: tests.failed == 0 -->\n";
        assert_eq!(sealed(named, command).0, "verified", "{command}");
    }
    // Words of the condition, of the places of reports and of every item name no tests.
    for command in ["npx jest -t failed", "pytest -k reports", "npx jest -t pass"] {
        assert_eq!(sealed(TESTS, command).0, "unproven", "{command}");
    }
    assert_eq!(sealed(TESTS, "pytest --deselect tests/a.py::b").0, "unproven");
    assert_eq!(sealed(TESTS, "npx jest --json").0, "verified");
}

#[test]
fn a_report_that_a_command_narrowed_proves_what_it_tells_and_no_more() {
    let scan = |found: &str| {
        format!(
            r#"{{"SchemaVersion": 2, "ArtifactName": ".", "ArtifactType": "filesystem", "Results": [{{"Target":
            "package-lock.json", "Class": "lang-pkgs", "Type": "npm", "Vulnerabilities": [{found}]}}]}}"#
        )
    };
    let sealed = |condition: &str, command: &'static str, report: String| {
        let list = format!(
            "# Go\n\n- [x] No findings <!-- evidence: {condition} -->\n  <!-- artifacts: reports/** -->\n"
        );
        let repo = shop(&list).file("reports/trivy.json", report);
        repo.trueup(["collect", "reports", "--exit-code", "0", "--command", command]).code(0);
        judged(&repo)
    };
    let (all, narrow) = ("trivy fs . -f json", "trivy fs . --severity CRITICAL -f json");
    let high = "findings.critical + findings.high == 0";
    assert_eq!(sealed(high, all, scan("")).0, "verified");
    let (status, rule, reason) = sealed(high, narrow, scan(""));
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "unchecked"), "{reason}");
    assert!(reason.contains("has `--severity CRITICAL`"), "{reason}");
    assert_eq!(sealed("findings.critical == 0", narrow, scan("")).0, "verified");
    assert_eq!(sealed("findings.total == 0", narrow, scan("")).0, "unproven");
    assert_eq!(sealed(high, "npx eslint --quiet .", scan("")).0, "verified", "of another tool");
    let changed = "trivy fs $(git diff --name-only main) -f json";
    assert_eq!(sealed("findings.critical == 0", changed, scan("")).0, "unproven");
    let found = r#"{"VulnerabilityID": "CVE-2026-1", "PkgName": "a", "InstalledVersion": "1", "Severity": "CRITICAL"}"#;
    assert_eq!(sealed(high, narrow, scan(found)).0, "contradicted");
}

#[test]
fn an_exit_code_that_a_command_hides_vouches_for_nothing() {
    let vouched = |command: &'static str| {
        let repo = shop(TYPES).file("reports/tsc.log", "");
        repo.trueup(["collect", "reports", "--exit-code", "0", "--command", command]).code(0);
        judged(&repo)
    };
    for command in [
        "npx tsc --noEmit || true",
        "npx tsc --noEmit | tee reports/tsc.log",
        "npx tsc --noEmit > reports/tsc.log; true",
        "set +e\nnpx tsc --noEmit\necho done",
        "bash -c 'npx tsc --noEmit || :'",
    ] {
        let (status, rule, reason) = vouched(command);
        let told = (status.as_str(), rule.as_str());
        assert_eq!(told, ("unproven", "silent-tool"), "{command}: {reason}");
        assert!(reason.contains("need not be the tool's: its command has `"), "{reason}");
    }
    for command in [
        "set -o pipefail; npx tsc --noEmit | tee reports/tsc.log",
        "npx tsc --noEmit > reports/tsc.log || exit 2",
    ] {
        assert_eq!(vouched(command).0, "verified", "{command}");
    }
}

#[test]
fn what_the_commit_lacks_is_warned_of() {
    let said = |path: &str| {
        let repo = shop(TESTS).file("reports/junit.xml", JUNIT).file(path, "x");
        repo.trueup(["collect", "reports"]).code(0).stderr()
    };
    assert!(said("src/new.py").contains("src/new.py is in no commit and not ignored"));
    assert!(!said("reports/more.txt").contains("in no commit"));
}

#[test]
fn an_empty_log_is_clean_only_beside_exit_code_0_of_its_own_run() {
    let empty = || shop(TYPES).file("reports/tsc.log", "");
    assert_eq!(judged(&empty()).1, "silent-tool");
    for (exit, status, rule) in [("0", "verified", ""), ("2", "unproven", "exit-code")] {
        let repo = empty();
        repo.trueup(["collect", "reports/tsc.log", "--exit-code", exit]).code(0);
        let (is, by, reason) = judged(&repo);
        assert_eq!((is.as_str(), by.as_str()), (status, rule), "{reason}");
    }
    let repo = empty();
    repo.trueup(["collect", "reports"]).code(0);
    assert_eq!(judged(&repo).1, "silent-tool", "a seal without an exit code vouches for nothing");
    let repo = empty().file("reports/other.log", "");
    repo.trueup(["collect", "reports/other.log", "--exit-code", "0"]).code(0);
    assert_eq!(judged(&repo).1, "silent-tool", "the same bytes under another name");
}

#[test]
fn a_tool_that_was_killed_or_failed_for_no_reason_that_it_shows_proves_nothing() {
    const FAILED: &str = "<testsuite name='s'><testcase name='x'><failure/></testcase></testsuite>";
    for (exit, status) in [("0", "verified"), ("137", "unproven"), ("1", "unproven")] {
        let repo = shop(TESTS).file("reports/junit.xml", JUNIT);
        repo.trueup(["collect", "reports", "--exit-code", exit]).code(0);
        let (is, rule, reason) = judged(&repo);
        assert_eq!(is, status, "{exit}: {reason}");
        assert_eq!(rule == "exit-code", status == "unproven", "{exit}: {rule}");
    }
    // What the same run left beside it may show why it failed.
    let repo = shop(&TESTS.replace("reports/**", "reports/junit.xml"))
        .file("reports/junit.xml", JUNIT)
        .file("reports/other.xml", FAILED);
    repo.trueup(["collect", "reports", "--exit-code", "1"]).code(0);
    let (status, _, reason) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    // What another tool found is no reason for tests to fail.
    let repo = shop(&TESTS.replace("reports/**", "reports/junit.xml"))
        .file("reports/junit.xml", JUNIT)
        .file("reports/tsc.log", "src/a.ts(1,2): error TS2304: Cannot find name 'x'.\n");
    repo.trueup(["collect", "reports", "--exit-code", "1"]).code(0);
    let (status, rule, reason) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("unproven", "exit-code"), "{reason}");
}

#[test]
fn a_seal_that_cannot_be_read_may_have_named_what_is_gone() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT);
    repo.trueup(["collect", "reports"]).code(0);
    let (status, _, reason) = judged(&repo.file("reports/trueup.seal.json", "{\"_type\":"));
    assert_eq!(status, "unproven", "{reason}");
    assert!(reason.contains("may have been taken away"), "{reason}");
    // One at the root may have named files of any folder.
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT).file("all.seal.json", "{");
    assert_eq!(judged(&repo).0, "unproven");
}

#[test]
fn an_unsealed_copy_beside_a_sealed_file_is_not_sealed() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT).file("reports/copy.xml", JUNIT);
    repo.trueup(["collect", "reports/junit.xml"]).code(0);
    let seen = snapshot(&repo);
    let by = |name: &str| {
        let artifacts = seen["artifacts"].as_array().unwrap();
        artifacts.iter().find(|of| of["path"] == name).unwrap()["time_from"].clone()
    };
    assert_eq!(by("reports/junit.xml"), "seal");
    assert_eq!(by("reports/copy.xml"), "file");
}

#[test]
fn what_each_tool_made_is_sealed_apart_and_sealing_again_replaces() {
    let repo = shop(TYPES).file("reports/tsc.log", "").file("reports/junit.xml", JUNIT);
    repo.trueup(["collect", "reports/tsc.log", "--exit-code", "0"]).code(0);
    repo.trueup(["collect", "reports/junit.xml", "--exit-code", "1"]).code(0);
    assert_eq!(seal(&repo, "reports/trueup.seal.json")["predicate"]["exit_code"], 0);
    assert_eq!(seal(&repo, "reports/trueup-2.seal.json")["predicate"]["exit_code"], 1);
    repo.trueup(["collect", "reports/tsc.log", "--exit-code", "2"]).code(0);
    assert_eq!(seal(&repo, "reports/trueup.seal.json")["predicate"]["exit_code"], 2);
}

#[test]
fn a_bundle_carries_files_and_seal_and_is_judged_as_they_are() {
    let repo = shop(TYPES.replace("reports/tsc.log", "*.zip!/tsc.log").as_str())
        .file("reports/tsc.log", "");
    let bundle = ["collect", "reports", "--exit-code", "0", "--bundle", "ci.zip"];
    repo.trueup(bundle).code(0);
    let (status, _, reason) = judged(&repo);
    assert_eq!(status, "verified", "{reason}");
    let stripped = zip(&[zipped("tsc.log", "")]);
    assert_eq!(judged(&repo.file("ci.zip", stripped)).1, "silent-tool");
}

#[test]
fn changes_that_are_in_no_commit_make_it_other_code() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT).file("src/app.ts", "changed\n");
    let run = repo.trueup(["collect", "reports"]).code(0);
    assert!(run.stderr().contains("Tracked files differ from the commit"), "{}", run.stderr());
    let repo = repo.file("src/app.ts", "export {}\n");
    let (status, rule, reason) = judged(&repo);
    assert_eq!((status.as_str(), rule.as_str()), ("stale", "other-code"), "{reason}");
}

#[test]
fn what_cannot_be_sealed_is_said() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT).file("other/a.xml", JUNIT);
    for (args, why) in [
        (&["collect", "none"][..], "none cannot be read"),
        (&["collect", "reports", "--out", "seal.json"], "is no name for a seal"),
        (&["collect", "reports", "--out", "other/a.seal.json"], "do not lie in the folder"),
        (&["collect", "reports", "--bundle", "x.rar"], "is no name for a bundle"),
    ] {
        let run = repo.trueup(args).code(2);
        assert!(run.stderr().contains(why), "{}", run.stderr());
    }
    let none = shop(TESTS).trueup(["collect"]).code(2);
    assert!(none.stderr().contains("there is nothing to seal"), "{}", none.stderr());
    let repo = repo.file("reports/a.seal.json", "{}");
    let seen = snapshot(&repo);
    assert_eq!(seen["problems"][0]["code"], "seal-unread", "{}", seen["problems"]);
}

#[test]
fn a_run_is_told_as_it_is_printed() {
    let repo = shop(TESTS).file("reports/junit.xml", JUNIT).file("reports/cut.xml", "<testsuite>");
    let told = repo.trueup(["collect", "reports"]).transcript().replace(&repo.id("HEAD"), "[ID]");
    insta::assert_snapshot!(told);
}

const AUDIT: &str = r#"{"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {"vulnerabilities":
    {"info": 0, "low": 0, "moderate": 0, "high": 0, "critical": 0, "total": 0}, "dependencies":
    {"prod": 4, "dev": 3, "optional": 0, "peer": 0, "peerOptional": 0, "total": 7}}}"#;

#[test]
fn an_audit_that_npm_made_offline_asked_nobody() {
    let list = "# Go\n\n- [x] No vulnerability <!-- evidence: findings.total == 0 -->\n";
    let sealed = |settings: &str, command: &[&str], variables: &[(&str, &str)]| {
        let repo = shop(list).file(".npmrc", settings).file("reports/audit.json", AUDIT);
        let repo = repo.commit("settings", at("2026-01-06"));
        let args = [&["collect", "reports", "--exit-code", "0"], command].concat();
        let told = repo.trueup_among(args, variables).code(0).stderr();
        let (status, rule, reason) = judged(&repo);
        assert_eq!(told.contains("npm is offline here"), status == "unproven", "{told}");
        (status, rule, reason)
    };
    let variable = [("npm_config_offline", "true")];
    for (settings, command, variables) in [
        ("registry=https://example.org\noffline=true\n", &[][..], &[][..]),
        ("", &["--command", "npm audit --json --offline"], &[]),
        ("", &[], &variable),
    ] {
        let (status, rule, reason) = sealed(settings, command, variables);
        assert_eq!((status.as_str(), rule.as_str()), ("unproven", "nothing-looked-at"), "{reason}");
        assert!(reason.contains("its audit asked nobody"), "{reason}");
    }
    for (settings, command) in [
        ("prefer-offline=true\n", &[][..]),
        ("offline=true\n", &["--command", "npm audit --json --no-offline"]),
    ] {
        let (status, _, reason) = sealed(settings, command, &[]);
        assert_eq!(status, "verified", "{reason}");
    }
}
