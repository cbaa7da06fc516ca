//! What Bandit says of an issue in the text of a case.

use crate::evidence::text;
use crate::facts::{Finding, Grade};

/// The issue that a message tells of: `Test ID: B602 Severity: LOW Confidence: HIGH`, its CWE, what it
/// is, and `Location ./a.py:4`. `None` where it is another message.
pub(super) fn issue(message: &str) -> Option<Finding> {
    let mut lines = message.lines().map(str::trim);
    let (id, rest) = lines.next()?.strip_prefix("Test ID: ")?.split_once(" Severity: ")?;
    let (severity, _) = rest.split_once(" Confidence: ")?;
    let mut finding = Finding::graded(Grade::from_word(severity));
    for line in lines {
        if let Some((path, number)) =
            line.strip_prefix("Location ").and_then(|place| place.rsplit_once(':'))
        {
            finding.path = Some(path.to_owned());
            finding.line = number.parse().ok();
        } else if finding.title.is_none() && !line.starts_with("CWE: ") {
            // These quote a password.
            let quotes = matches!(id, "B105" | "B106" | "B107");
            let said = if quotes { line.split(':').next().unwrap_or_default() } else { line };
            finding.title = text::title(said);
        }
    }
    finding.rule = Some(id.to_owned());
    Some(finding)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;
    use crate::facts::{Finding, Grade};

    #[test]
    fn an_issue_of_bandit_has_its_severity_and_place() {
        let found = |id: &str, severity: &str, said: &str| -> Finding {
            let text = format!(
                "<testsuite name='bandit' tests='1'><testcase classname='./src/pay.py' name='blacklist'>\
                <error type='{severity}' message='{said}'>Test ID: {id} Severity: {severity} Confidence: HIGH\n\
                CWE: CWE-78 (https://cwe.mitre.org/data/definitions/78.html)\n{said}\nLocation ./src/pay.py:4\
                </error></testcase></testsuite>"
            );
            let findings = reading("junit", &text).facts.findings.unwrap();
            assert_eq!(findings.grades, severity != "UNDEFINED");
            findings.list.entries()[0].clone()
        };
        let one = found("B307", "MEDIUM", "Use of possibly insecure function");
        assert_eq!(
            (one.rule.as_deref(), one.grade, one.line),
            (Some("B307"), Grade::Medium, Some(4))
        );
        assert_eq!(one.path.as_deref(), Some("src/pay.py"));
        assert_eq!(one.title.as_deref(), Some("Use of possibly insecure function"));
        let quoted = found("B105", "LOW", "Possible hardcoded password: hunter2");
        assert_eq!(quoted.title.as_deref(), Some("Possible hardcoded password"));
        assert_eq!(found("B999", "UNDEFINED", "x").grade, Grade::Unknown);
    }
}
