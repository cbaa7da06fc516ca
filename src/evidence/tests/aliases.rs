//! What a flaw is called besides: the other ids that a report tells of it.

use super::reading;

#[test]
fn the_other_ids_of_an_advisory_are_kept() {
    for (format, text, aliases) in [
        (
            "pip-audit",
            r#"{"dependencies": [{"name": "flask", "version": "0.5", "vulns": [{"id": "PYSEC-2019-179",
            "fix_versions": ["1.0"], "aliases": ["CVE-2019-1010083", "GHSA-5wv5-4vpf-pj6m"]}]}], "fixes": []}"#,
            &["CVE-2019-1010083", "GHSA-5wv5-4vpf-pj6m"][..],
        ),
        (
            "cargo-audit",
            r#"{"database": {"advisory-count": 9}, "lockfile": {"dependency-count": 3}, "settings": {},
            "vulnerabilities": {"found": true, "count": 1, "list": [{"advisory": {"id":
            "RUSTSEC-2020-0071", "aliases": ["CVE-2020-26235"]}, "package": {"name": "time"}}]},
            "warnings": {}}"#,
            &["CVE-2020-26235"],
        ),
        (
            "osv-scanner",
            r#"{"results": [{"source": {"path": "a"}, "packages": [{"package": {"name": "x",
            "version": "1", "ecosystem": "npm"}, "vulnerabilities": [{"id": "GHSA-aaaa-bbbb-cccc",
            "aliases": ["CVE-2026-1"]}, {"id": "GHSA-dddd-eeee-ffff"}], "groups": [{"ids":
            ["GHSA-aaaa-bbbb-cccc", "GHSA-dddd-eeee-ffff"], "max_severity": "9.8"}]}]}]}"#,
            &["CVE-2026-1", "GHSA-dddd-eeee-ffff"],
        ),
        (
            "grype",
            r#"{"matches": [{"vulnerability": {"id": "GHSA-jfh8-c2jp-5v3q", "severity": "Critical"},
            "relatedVulnerabilities": [{"id": "CVE-2021-44228"}], "artifact": {"name": "log4j-core"}}],
            "descriptor": {"name": "grype", "version": "0.90.0"}}"#,
            &["CVE-2021-44228"],
        ),
        (
            "npm-audit",
            r#"{"auditReportVersion": 2, "vulnerabilities": {"x": {"name": "x", "severity": "high",
            "via": [{"title": "a", "url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc"},
            {"title": "b", "url": "https://github.com/advisories/GHSA-dddd-eeee-ffff"}]}},
            "metadata": {"vulnerabilities": {"info": 0, "low": 0, "moderate": 0, "high": 1,
            "critical": 0, "total": 1}, "dependencies": {"total": 9}}}"#,
            &["GHSA-dddd-eeee-ffff"],
        ),
        (
            "golangci-lint",
            r#"{"Issues": [{"FromLinter": "gosec", "Text": "G104: Errors unhandled", "Severity": "",
            "Pos": {"Filename": "a.go", "Line": 3}}], "Report": {"Linters": [{"Name": "gosec", "Enabled": true}]}}"#,
            &["G104"],
        ),
        (
            "snyk",
            r#"{"vulnerabilities": [{"id": "SNYK-JS-X-1", "title": "a", "severity": "high",
            "CVSSv3": "x", "identifiers": {"CVE": ["CVE-2026-1"], "CWE": ["CWE-1"], "GHSA": null}}],
            "ok": false, "dependencyCount": 9, "packageManager": "npm"}"#,
            &["CVE-2026-1"],
        ),
    ] {
        let findings = reading(format, text).facts.findings.unwrap();
        assert_eq!(findings.list.entries()[0].aliases, aliases, "{format}");
    }
}
