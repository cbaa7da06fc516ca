//! Reports of findings whose header counts more than their list holds.

use crate::model::{Reading, Rule};

/// Doubts a reading of which `who` (`the summary`) counts more than the report lists: what is
/// missing would pass for nothing found.
pub(in crate::evidence) fn lost(reading: &mut Reading, who: &str, declared: u64, held: u64) {
    if declared > held {
        let why = format!("{who} counts {declared}; the report lists {held}. Some are lost.");
        reading.doubt(Rule::Unreadable, why);
    }
}

/// Doubts a report from which its tool was told to leave out what is less grave than `least`.
pub(in crate::evidence) fn from_severity(reading: &mut Reading, tool: &str, least: &str) {
    let why = format!("{tool} was told to leave out what is less than {least}.");
    reading.doubt(Rule::Unchecked, why);
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Level;

    #[test]
    fn what_only_the_header_counts_is_no_pass() {
        for (format, text, why) in [
            (
                "kubeconform",
                r#"{"resources": [], "summary": {"valid": 5, "invalid": 1, "errors": 0, "skipped": 0}}"#,
                "`summary` counts 1",
            ),
            (
                "valgrind",
                "<valgrindoutput><status><state>FINISHED</state></status><errorcounts><pair><count>3</count>\
                <unique>0x0</unique></pair></errorcounts></valgrindoutput>",
                "`errorcounts` counts 1",
            ),
            (
                "phpstan-json",
                r#"{"totals": {"errors": 1, "file_errors": 0}, "files": [], "errors": []}"#,
                "`totals.errors` counts 1",
            ),
            (
                "checkov",
                r#"{"check_type": "x", "results": {"passed_checks": [{}], "failed_checks": []},
                "summary": {"passed": 1, "failed": 2}}"#,
                "`summary` counts 2",
            ),
            (
                "dockle",
                r#"{"summary": {"fatal": 1, "warn": 0, "info": 1, "skip": 0, "pass": 9}, "details": []}"#,
                "`summary` counts 2",
            ),
            (
                "kube-bench",
                r#"{"Controls": [{"tests": [{"results": [{"status": "PASS"}]}]}],
                "Totals": {"total_pass": 1, "total_fail": 2}}"#,
                "`Totals` counts 2",
            ),
            (
                "kube-linter",
                r#"{"Checks": [{"name": "c"}], "Reports": null, "Summary": {"ChecksStatus": "Failed", "KubeLinterVersion": "1"}}"#,
                "says that checks failed",
            ),
            (
                "trivy",
                r#"{"SchemaVersion": 2, "ArtifactName": "a", "Results": [{"Target": "t",
                "MisconfSummary": {"Successes": 3, "Failures": 2}}]}"#,
                "`MisconfSummary` counts 2",
            ),
            (
                "snyk",
                r#"{"ok": false, "vulnerabilities": [], "dependencyCount": 9}"#,
                "`ok: false`, and lists nothing",
            ),
            (
                "snyk",
                r#"{"ok": true, "vulnerabilities": [], "dependencyCount": 9, "uniqueCount": 2}"#,
                "`uniqueCount` counts 2",
            ),
            (
                "spotbugs",
                r#"<BugCollection><FindBugsSummary total_classes="9" total_bugs="2"/></BugCollection>"#,
                "`FindBugsSummary` counts 2",
            ),
            (
                "stylelint-json",
                r#"[{"source": "a.css", "errored": true, "warnings": [], "parseErrors": []}]"#,
                "errored, and lists nothing",
            ),
            (
                "yarn-audit",
                "{\"type\": \"auditSummary\", \"data\": {\"vulnerabilities\": {\"high\": 2}, \"totalDependencies\": 9}}\n",
                "summary counts 2",
            ),
            (
                "eslint-json",
                r#"[{"filePath": "a.js", "messages": [], "errorCount": 1, "warningCount": 0}]"#,
                "`errorCount` counts 1",
            ),
            (
                "eslint-json",
                r#"[{"filePath": "a.js", "messages": [], "errorCount": 0, "warningCount": 4}]"#,
                "`warningCount` counts 4",
            ),
            (
                "eslint-json",
                r#"[{"filePath": "a.js", "messages": [], "fatalErrorCount": 1}]"#,
                "`errorCount` counts 1",
            ),
        ] {
            proves(format, &[(text, why)]);
        }
    }

    #[test]
    fn an_error_beside_an_empty_list_is_no_pass() {
        for (format, text, why) in [
            (
                "eslint-json",
                r#"[{"filePath": "a.js", "errorCount": 0, "warningCount": 1, "messages": [{"ruleId":
                null, "severity": 1, "message": "File ignored because of a matching pattern."}]}]"#,
                "it ignored all 1",
            ),
            (
                "stylelint-json",
                r#"[{"source": "a.css", "errored": false, "warnings": [], "ignored": true}]"#,
                "it ignored all 1",
            ),
            (
                "stylelint-json",
                r#"[{"source": "a.css", "errored": false, "warnings": [], "invalidOptionWarnings":
                [{"text": "Unknown rule x"}]}]"#,
                "Unknown rule x",
            ),
            (
                "pip-audit",
                r#"{"dependencies": [{"name": "a", "skip_reason": "x"}, {"name": "b"}]}"#,
                "0 packages",
            ),
            (
                "checkstyle",
                "<checkstyle><file name='a'><exception>x broke</exception></file></checkstyle>",
                "It says: x broke",
            ),
            (
                "dependency-check",
                r#"{"reportSchema": "1.1", "scanInfo": {"engineVersion": "1", "analysisExceptions":
                [{"exception": {}}]}, "projectInfo": {}, "dependencies": [{"fileName": "a"}]}"#,
                "an analysis failed",
            ),
            (
                "spotbugs",
                "<BugCollection><Errors errors='2'/><FindBugsSummary total_classes='9'/></BugCollection>",
                "reports 2 errors",
            ),
            (
                "gitlab-security",
                r#"{"version": "15.0.0", "vulnerabilities": [], "scan": {"type": "sast", "status":
                "success", "messages": [{"level": "fatal", "value": "no rules"}]}}"#,
                "It says: no rules",
            ),
            (
                "semgrep",
                r#"{"results": [], "errors": [{"level": "error", "message": "bad rule"}],
                "paths": {"scanned": ["a"]}}"#,
                "found nothing. The first says: bad rule",
            ),
            (
                "semgrep",
                r#"{"results": [], "errors": [{"level": "warn", "message": "partial"}],
                "paths": {"scanned": ["a"]}}"#,
                "",
            ),
            (
                "trufflehog",
                "{\"SourceMetadata\": {}, \"DetectorName\": \"X\"}\n{\"level\": \"error-0\", \"msg\": \"no access\"}\n",
                "It says: no access",
            ),
        ] {
            proves(format, &[(text, why)]);
        }
    }

    #[test]
    fn an_error_is_one_however_it_is_spelt() {
        for (format, text) in [
            (
                "sarif",
                r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results":
                [{"level": "Error"}]}]}"#,
            ),
            (
                "eslint-json",
                r#"[{"filePath": "a.js", "messages": [{"ruleId": "a", "severity": "Error"}]}]"#,
            ),
            (
                "eslint-json",
                r#"[{"filePath": "a.js", "messages": [{"ruleId": "a", "severity": 3}]}]"#,
            ),
            (
                "checkstyle",
                "<checkstyle><file name='a'><error severity='ERROR'/></file></checkstyle>",
            ),
            ("hadolint-json", r#"[{"code": "DL3006", "level": "Error", "file": "a", "line": 1}]"#),
            (
                "stylelint-json",
                r#"[{"source": "a", "errored": true, "warnings": [{"severity": "Error"}]}]"#,
            ),
        ] {
            let findings = reading(format, text).facts.findings.unwrap();
            assert_eq!(findings.levelled(Level::Error), 1, "{text}");
        }
    }
}
