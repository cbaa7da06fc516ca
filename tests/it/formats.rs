//! `trueup inspect --formats`: the list of formats, for a person and for a program.

use crate::support::{Repo, at};

#[test]
fn the_formats_are_listed_with_how_they_are_known_and_where_their_origin_stands() {
    let repo = Repo::new();
    let listed = repo.trueup(["inspect", "--formats", "--format", "json"]).code(0).json();
    let listed = listed.as_array().unwrap();
    let text = repo.trueup(["inspect", "--formats"]).code(0).stdout();
    assert!(text.starts_with(&format!("{} formats,", listed.len())), "{text}");
    for format in listed {
        let id = format["id"].as_str().unwrap();
        assert!(text.contains(&format!("\n{id}: ")), "{id}");
        for key in ["tool", "recognised_by", "clean", "vacuous", "source"] {
            assert!(format[key].as_str().is_some_and(|told| !told.is_empty()), "{id}: {key}");
        }
        assert!(!format["carries"].as_array().unwrap().is_empty(), "{id}");
        for (origin, place) in format["origin"].as_object().unwrap() {
            assert!(["time", "version", "commit", "digest"].contains(&origin.as_str()), "{id}");
            assert!(text.contains(place.as_str().unwrap()), "{id}: {origin}");
        }
    }
    let sarif = listed.iter().find(|format| format["id"] == "sarif").unwrap();
    assert_eq!(sarif["origin"]["time"], "`endTimeUtc` of the oldest invocation");
    let eslint = listed.iter().find(|format| format["id"] == "eslint-json").unwrap();
    assert_eq!(eslint["blank"]["[]"], "vacuous");
}

/// The status and the reason of one item over reports of these contents.
fn judged(condition: &str, artifacts: &str, reports: &[(&str, &str)]) -> (String, String) {
    let list = format!(
        "# R\n\n- [x] It holds <!-- evidence: {condition} -->\n  <!-- artifacts: {artifacts} -->\n"
    );
    let repo = Repo::new()
        .file("CHECKLIST.md", list)
        .file(".gitignore", "reports/\n")
        .commit("a checklist", at("2026-01-05"));
    let repo = reports
        .iter()
        .fold(repo, |repo, (name, content)| repo.file(&format!("reports/{name}"), content));
    let seen = repo.trueup(["check", "--format", "json", "--no-history"]).json();
    let item = &seen["checklists"][0]["items"][0];
    let word = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
    (word("status"), word("reason"))
}

#[test]
fn the_summary_beside_the_reports_of_failsafe_adds_no_test_and_hides_none() {
    let cases = r#"<testsuite name="s"><testcase name="a"/><testcase name="b"/></testsuite>"#;
    let summary = r#"<failsafe-summary result="null" timeout="false"><completed>2</completed>
        <errors>0</errors><failures>0</failures><skipped>0</skipped></failsafe-summary>"#;
    let both = "tests.total == 2 && tests.failed + tests.errored == 0";
    let files = [("TEST-a.xml", cases), ("failsafe-summary.xml", summary)];
    let (status, reason) = judged(both, "reports/*.xml", &files);
    assert_eq!(status, "verified", "{reason}");
    let (status, reason) = judged(both, "reports/*.xml", &files[1..]);
    assert_eq!(status, "unproven", "{reason}");
    let late = summary.replace("false", "true");
    let files = [("TEST-a.xml", cases), ("failsafe-summary.xml", late.as_str())];
    let (status, reason) = judged(both, "reports/*.xml", &files);
    assert_eq!(status, "unproven");
    assert!(reason.contains("Failsafe ran out of time"), "{reason}");
}

#[test]
fn a_bill_of_materials_is_no_scan_and_spoils_none_beside_it() {
    let bill = r#"{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"name": "a"}],
        "metadata": {"tools": {"components": [{"name": "trivy"}]}}, "vulnerabilities": []}"#;
    let scan = r#"{"SchemaVersion": 2, "ArtifactName": "x", "ArtifactType": "filesystem",
        "Results": [{"Target": "package-lock.json", "Class": "lang-pkgs", "Type": "npm"}]}"#;
    let (status, reason) = judged("findings.total == 0", "reports/*.json", &[("a.json", bill)]);
    assert_eq!(status, "unproven", "{reason}");
    let both = [("a.json", bill), ("b.json", scan)];
    let (status, reason) = judged("findings.total == 0", "reports/*.json", &both);
    assert_eq!(status, "verified", "{reason}");
}

#[test]
fn a_number_beyond_a_double_is_a_told_fault_of_that_value_alone() {
    let modulus = format!("{{\"n\": {}, \"m\": 1}}", "9".repeat(617));
    for report in [r#"{"n": 1e400, "m": 1}"#, &modulus] {
        for (condition, status) in
            [("data.m == 1", "verified"), ("data.n > 5", "unproven"), ("data.n != 5", "unproven")]
        {
            let (seen, reason) = judged(condition, "reports/*.json", &[("a.json", report)]);
            assert_eq!(seen, status, "{condition}: {reason}");
            assert!(status == "verified" || reason.contains("data.n, which is a text"), "{reason}");
        }
    }
}

#[test]
fn the_timeline_of_a_build_tells_its_jobs_and_the_build_how_it_ended() {
    let build = r#"{"id": 31, "buildNumber": "1", "status": "completed", "result": "succeeded",
        "sourceBranch": "refs/heads/main", "sourceVersion": "", "definition": {"id": 4, "name": "shop"}}"#;
    let timeline = r#"{"records": [{"id": "j", "parentId": "p", "type": "Job", "name": "test", "state": "completed",
        "result": "succeeded"}], "url": "https://dev.azure.com/acme/shop/_apis/build/builds/31/Timeline/96"}"#;
    let files = [("build.json", build), ("timeline.json", timeline)];
    for (condition, reports, status) in [
        (r#"ci.conclusion == "success""#, &files[..1], "verified"),
        (r#"ci.jobs["test"].conclusion == "success""#, &files[1..], "verified"),
        (
            r#"ci.jobs["test"].conclusion == "success" && ci.conclusion == "success""#,
            &files[..],
            "verified",
        ),
        (r#"ci.conclusion == "success""#, &files[1..], "unproven"),
    ] {
        let (seen, reason) = judged(condition, "reports/*.json", reports);
        assert_eq!(seen, status, "{condition}: {reason}");
    }
}
