//! Waivers of a finding and of a requirement, as a team uses them: what nobody waived still fails.

use crate::judgement::{LIST, codes, item, scanned, waiver};
use crate::support::{Repo, at};

#[test]
fn an_item_that_passes_only_without_a_finding_is_waived_and_the_finding_listed() {
    let both = waiver("finding = [\"CVE-2026-1\", \"cve-2026-2\"]", "2026-06-01");
    let repo = scanned(&both);
    let found = item(&repo, "dependencies-clean");
    assert_eq!(found["status"], "waived", "{}", found["reason"]);
    assert_eq!(found["verdict"], "fail");
    assert_eq!(found["waiver"]["findings"][0], "CVE-2026-1");
    let args = ["check", "--format", "json", "--as-of", "2026-01-10T12:00:00Z"];
    let snapshot = repo.trueup(args).code(0).json();
    assert_eq!(snapshot["artifacts"][0]["facts"]["findings"]["total"], 2);
}

#[test]
fn a_finding_is_waived_again_where_the_report_is_verified() {
    let both = waiver("finding = [\"CVE-2026-1\", \"CVE-2026-2\"]", "2026-06-01");
    let repo = scanned(&both);
    assert_eq!(item(&repo, "dependencies-clean")["status"], "waived");
    repo.trueup(["report", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
    let told = repo.trueup(["verify", "readiness"]).code(0);
    assert!(told.stdout().ends_with("Whole, as far as it was checked.\n"), "{}", told.stdout());
}

#[test]
fn a_finding_that_nobody_waived_still_fails() {
    let one = scanned(&waiver("finding = \"CVE-2026-1\"", "2026-06-01"));
    assert_eq!(item(&one, "dependencies-clean")["status"], "contradicted");
    let two = format!(
        "{}{}",
        waiver("finding = \"CVE-2026-1\"", "2026-06-01"),
        waiver("finding = \"CVE-2026-2\"", "2026-03-01")
    );
    let together = item(&scanned(&two), "dependencies-clean");
    assert_eq!(together["status"], "waived");
    assert_eq!(together["waiver"]["until"], "2026-03-01", "the first to end ends it");
}

#[test]
fn an_expired_exception_never_counts() {
    for scope in ["", "finding = [\"CVE-2026-1\", \"CVE-2026-2\"]", "requirement = \"audit\""] {
        let repo = scanned(&waiver(scope, "2026-01-09"));
        assert_eq!(item(&repo, "dependencies-clean")["status"], "contradicted", "{scope}");
        assert!(codes(&repo).contains(&"waiver-expired".to_owned()), "{scope}");
    }
}

#[test]
fn a_waiver_of_one_requirement_leaves_the_others() {
    let of = waiver("requirement = \"audit\"", "2026-06-01");
    assert_eq!(item(&scanned(&of), "dependencies-clean")["status"], "waived");
    let other = "[[require]]\nitem = \"security/dependencies-clean\"\n\
                 condition = 'text(\"GO.md\").contains(\"never\")'\n\n";
    let repo = scanned(&format!("{other}{of}"));
    assert_eq!(item(&repo, "dependencies-clean")["status"], "contradicted");
}

#[test]
fn a_waiver_of_a_finding_that_is_not_there_is_told() {
    let repo = scanned(&waiver("finding = \"CVE-1999-1\"", "2026-06-01"));
    assert_eq!(item(&repo, "dependencies-clean")["status"], "contradicted");
    assert!(codes(&repo).contains(&"waiver-unused".to_owned()));
    let soon = waiver("finding = [\"CVE-2026-1\", \"CVE-2026-2\"]", "2026-01-15");
    assert!(codes(&scanned(&soon)).contains(&"waiver-expiring".to_owned()));
}

#[test]
fn a_waiver_of_a_requirement_that_is_none_is_an_error() {
    let repo = scanned(&waiver("requirement = \"adit\"", "2026-06-01"));
    let said = repo.trueup(["check"]).code(2).stderr();
    assert!(said.contains("no [[require]] has the name `adit`"), "{said}");
    assert!(said.contains("`audit`"), "{said}");
}

/// `npm audit` of a package with the `advisories` and of one that needs it.
fn npm(advisories: &[&str]) -> String {
    let via: Vec<String> = advisories
        .iter()
        .map(|id| format!(r#"{{"title": "t", "url": "https://github.com/advisories/{id}"}}"#))
        .collect();
    format!(
        r#"{{"auditReportVersion": 2, "vulnerabilities": {{
        "minimist": {{"name": "minimist", "severity": "critical", "via": [{}]}},
        "mkdirp": {{"name": "mkdirp", "severity": "critical", "via": ["minimist"]}}}}}}"#,
        via.join(", ")
    )
}

#[test]
fn a_package_that_needs_a_vulnerable_one_is_waived_with_it_and_each_advisory_by_itself() {
    let audited = |report: String, waivers: &str| {
        let config = format!(
            "[[require]]\nitem = \"security/dependencies-clean\"\nartifacts = [\"reports/npm.json\"]\n\
             condition = \"findings.critical == 0 && findings.unknown == 0\"\n\n{waivers}"
        );
        Repo::new()
            .file("GO.md", LIST)
            .file("trueup.toml", config)
            .file("reports/npm.json", report)
            .commit("a checklist", at("2026-01-05"))
    };
    let status = |repo: &Repo| item(repo, "dependencies-clean")["status"].clone();
    let one = waiver("finding = \"GHSA-1\"", "2026-06-01");
    let other = waiver("finding = \"GHSA-2\"", "2026-06-01");
    let repo = audited(npm(&["GHSA-1"]), &one);
    assert_eq!(status(&repo), "waived");
    repo.trueup(["report", "--as-of", "2026-01-10T12:00:00Z"]).code(0);
    repo.trueup(["verify", "readiness"]).code(0);
    let two = audited(npm(&["GHSA-1", "GHSA-2"]), &one);
    assert_eq!(status(&two), "contradicted", "nobody waived the second");
    let reason = item(&two, "dependencies-clean")["reason"].to_string();
    assert!(reason.contains("The waiver of GHSA-1 alone does not let it pass"), "{reason}");
    assert!(!codes(&two).contains(&"waiver-unused".to_owned()));
    let both = audited(npm(&["GHSA-1", "GHSA-2"]), &format!("{one}{other}"));
    assert_eq!(status(&both), "waived");
    let needed = waiver("finding = \"GHSA-1\"\npackage = \"minimist\"", "2026-06-01");
    assert_eq!(status(&audited(npm(&["GHSA-1"]), &needed)), "contradicted");
}
