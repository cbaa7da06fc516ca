//! pylint-junit, which calls its suites as the modules are called, and the class of each case `pylint`.

use super::attributes::Attributes;

/// What it reports on.
pub(super) const TOOL: &str = "Pylint";

/// Whether it wrote a case: it names the module, the line and the column.
pub(super) fn wrote(of: &Attributes<'_>) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let name = of.name.as_deref().unwrap_or_default();
    let mut parts = name.rsplitn(3, ':');
    let is_placed = parts.by_ref().take(2).filter(|part| is_number(part)).count() == 2;
    of.class.as_deref() == Some("pylint") && is_placed && parts.next().is_some()
}

/// Whether a case is of its own options, and of no file.
pub(super) fn is_of_no_file(name: &str) -> bool {
    name.starts_with("Command line or configuration file:")
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Level;

    fn suite(name: &str, place: &str, inside: &str) -> String {
        format!(
            r#"<testsuite disabled="0" errors="0" name="{name}" skipped="0" tests="1" time="0">
            <testcase name="{name}:{place}" classname="pylint">{inside}</testcase></testsuite>"#
        )
    }

    #[test]
    fn what_pylint_writes_is_no_test() {
        let options = suite("Command line or configuration file", "0:0", "");
        let report = |suites: &str| format!("<testsuites>{options}{suites}</testsuites>");
        let good = report(&suite("pay", "0:0", ""));
        let found = report(&suite("pay", "3:4", r#"<failure message="no-member">E1101</failure>"#));
        let tested = suite("pay", "3:4", "").replace(r#"classname="pylint""#, "");
        proves("junit", &[(&good, ""), (&report(""), "writes no case on success"), (&found, "")]);
        assert!(reading("junit", &good).facts.tests.is_none());
        let findings = reading("junit", &found).facts.findings.unwrap();
        assert_eq!((findings.total(), findings.levelled(Level::Error)), (1, 1));
        let beside = reading("junit", &report(&tested)).facts;
        assert_eq!((beside.tests.unwrap().passed, beside.findings.unwrap().total()), (1, 0));
        let plain = reading("junit", &good.replace(":0:0", "")).facts;
        assert_eq!(plain.tests.unwrap().passed, 2);
    }
}
