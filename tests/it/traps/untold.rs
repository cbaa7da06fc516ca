//! `has` of what a report never tells: that it is not there says nothing.

use super::{judged, team};
use crate::support::at;

const NO_FIX: &str =
    r#"!findings.list.exists(f, f.severity in ["critical", "high", "unknown"] && has(f.fixed_in))"#;

/// The status and the rule of a condition over one report.
fn asked(name: &str, report: &str, condition: &str) -> (String, String) {
    let path = format!("scans/{name}");
    let require = format!("artifacts = [\"{path}\"]\ncondition = '''{condition}'''");
    let repo = team(&require).file(&path, report).modified(&path, at("2026-01-10T11:00:00Z"));
    let (status, reason, rule) = judged(&repo);
    assert!(rule != "not-carried" || reason.contains("it is not there says nothing"), "{reason}");
    (status, rule)
}

fn sarif(level: &str) -> String {
    format!(
        r#"{{"version": "2.1.0", "runs": [{{"tool": {{"driver": {{"name": "Trivy", "rules": [{{"id": "CVE-1",
        "properties": {{"security-severity": "9.8"}}}}]}}}}, "results": [{{"ruleId": "CVE-1", "level": "{level}",
        "message": {{"text": "Fixed Version: 2.15.0"}}}}]}}]}}"#
    )
}

fn npm(fix: &str) -> String {
    format!(
        r#"{{"auditReportVersion": 2, "vulnerabilities": {{"braces": {{"name": "braces", "severity": "high",
        "via": [], "range": "<3.0.3", "fixAvailable": {fix}}}}}, "metadata": {{"vulnerabilities":
        {{"high": 1, "total": 1}}, "dependencies": {{"total": 9}}}}}}"#
    )
}

fn pnpm(patched: &str) -> String {
    format!(
        r#"{{"advisories": {{"1": {{"id": 1, "module_name": "a", "severity": "high", "title": "t", "findings": []{patched}}}}},
        "metadata": {{"vulnerabilities": {{"info": 0, "low": 0, "moderate": 0, "high": 1, "critical": 0}},
        "totalDependencies": 9}}}}"#
    )
}

fn yarn(patched: &str) -> String {
    let advisory = format!(r#"{{"severity": "high", "title": "t", "module_name": "a"{patched}}}"#);
    let summary = r#"{"vulnerabilities": {"high": 1}, "totalDependencies": 9}"#;
    format!(
        "{{\"type\": \"auditAdvisory\", \"data\": {{\"resolution\": {{\"path\": \"a\"}}, \"advisory\": {advisory}}}}}\n\
         {{\"type\": \"auditSummary\", \"data\": {summary}}}\n"
    )
}

const YARN_4: &str = r#"{"value": "a", "children": {"ID": 1, "Issue": "t", "Severity": "high", "Tree Versions": ["1"]}}
"#;

fn osv(affected: &str) -> String {
    format!(
        r#"{{"results": [{{"source": {{"path": "a"}}, "packages": [{{"package": {{"name": "ghost"}},
        "vulnerabilities": [{{"id": "GHSA-1", {affected} "database_specific": {{"severity": "HIGH"}}}}]}}]}}]}}"#
    )
}

fn trivy(fixed: &str) -> String {
    format!(
        r#"{{"SchemaVersion": 2, "ArtifactName": "a", "Results": [{{"Target": "a", "Vulnerabilities":
        [{{"VulnerabilityID": "CVE-1", "PkgName": "a", "InstalledVersion": "1", {fixed} "Severity": "HIGH"}}]}}]}}"#
    )
}

fn grype(fix: &str) -> String {
    format!(
        r#"{{"matches": [{{"vulnerability": {{"id": "CVE-1", "severity": "High"{fix}}}, "artifact":
        {{"name": "a", "version": "1"}}}}], "descriptor": {{"name": "grype"}}, "source": {{"type": "image", "target": {{}}}}}}"#
    )
}

#[test]
fn that_no_fix_is_there_holds_where_the_report_would_tell_of_one() {
    let ranges = |event: &str| {
        format!(r#""affected": [{{"ranges": [{{"events": [{{"introduced": "0"}}{event}]}}]}}],"#)
    };
    for (name, report, status) in [
        ("trivy.json", trivy(""), "verified"),
        ("trivy.json", trivy(r#""FixedVersion": "2","#), "contradicted"),
        ("grype.json", grype(r#", "fix": {"versions": [], "state": "not-fixed"}"#), "verified"),
        ("grype.json", grype(r#", "fix": {"versions": ["2"], "state": "fixed"}"#), "contradicted"),
        ("grype.json", grype(""), "unproven"),
        ("npm.json", npm("false"), "verified"),
        ("npm.json", npm("true"), "contradicted"),
        ("npm.json", npm(r#"{"name": "a", "version": "2.0.0"}"#), "contradicted"),
        ("npm.json", npm("false").replace("fixAvailable", "x"), "unproven"),
        ("pnpm.json", pnpm(r#", "patched_versions": "<0.0.0""#), "verified"),
        ("pnpm.json", pnpm(r#", "patched_versions": ">=2.0.0""#), "contradicted"),
        ("pnpm.json", pnpm(""), "unproven"),
        ("yarn.json", yarn(r#", "patched_versions": "<0.0.0""#), "verified"),
        ("yarn.json", yarn(r#", "patched_versions": ">=2""#), "contradicted"),
        ("yarn.json", YARN_4.to_owned(), "unproven"),
        ("osv.json", osv(&ranges("")), "verified"),
        ("osv.json", osv(&ranges(r#", {"fixed": "2"}"#)), "contradicted"),
        ("osv.json", osv(""), "unproven"),
        ("a.sarif", sarif("error"), "unproven"),
    ] {
        let (said, rule) = asked(name, &report, NO_FIX);
        let expected = if status == "unproven" { "not-carried" } else { "" };
        assert_eq!((said.as_str(), rule.as_str()), (status, expected), "{report}");
    }
    // Of a finding that is left aside it need not be known.
    let grave = NO_FIX.replace("\"high\", \"unknown\"", "\"unknown\"");
    assert_eq!(asked("osv.json", &osv(""), &grave).0, "verified");
}

#[test]
fn what_no_entry_of_a_report_tells_is_not_ruled_out() {
    let bill = |licence: &str| {
        format!(
            r#"{{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
            {{"type": "library", "name": "a", "version": "1"{licence}}}, {{"type": "library", "name": "b"}}]}}"#
        )
    };
    let mit = r#", "licenses": [{"license": {"id": "MIT"}}]"#;
    let no_gpl = r#"!components.list.exists(c, has(c.licence) && c.licence.contains("GPL"))"#;
    let named = r#"!components.list.exists(c, "licence" in c && c.licence.contains("GPL"))"#;
    let slow = "!tests.cases.exists(c, has(c.duration_s) && c.duration_s > 1.0)";
    let cases = |time: &str| {
        format!(r#"<testsuite name="s"><testcase name="a"{time}/><testcase name="b"/></testsuite>"#)
    };
    let rules = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n";
    let firing = r#"!rules.list.exists(r, has(r.state) && r.state == "firing")"#;
    let lint = r#"[{"filePath": "/a.js", "messages": [{"ruleId": "x", "severity": 2, "message": "m", "line": 1}],
        "errorCount": 1, "fatalErrorCount": 0, "warningCount": 0, "fixableErrorCount": 0, "fixableWarningCount": 0}]"#;
    let lodash = r#"!findings.list.exists(f, has(f.package) && f.package == "lodash")"#;
    for (name, report, condition, status) in [
        ("bom.json", bill(""), no_gpl, "unproven"),
        ("bom.json", bill(mit), no_gpl, "verified"),
        ("bom.json", bill(""), named, "unproven"),
        ("bom.json", bill(mit), named, "verified"),
        ("junit.xml", cases(""), slow, "unproven"),
        ("junit.xml", cases(" time=\"0.5\""), slow, "verified"),
        ("rules.yaml", rules.to_owned(), firing, "unproven"),
        ("eslint.json", lint.to_owned(), lodash, "unproven"),
    ] {
        let (said, rule) = asked(name, &report, condition);
        assert_eq!(said, status, "{condition} of {report}");
        assert_eq!(rule == "not-carried", status == "unproven", "{condition} of {report}: {rule}");
    }
}
