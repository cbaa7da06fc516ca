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
