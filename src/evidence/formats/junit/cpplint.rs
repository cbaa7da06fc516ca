//! cpplint, whose cases are files, and a line of one a finding.

/// What it is called.
pub(super) const TOOL: &str = "cpplint";

/// The case that it writes where it found nothing, and where it looked at nothing.
pub(super) const NOTHING: &str = "passed";

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(errors: u64, failures: u64, cases: &str) -> String {
        format!(
            r#"<testsuite errors="{errors}" failures="{failures}" name="cpplint" tests="1">{cases}</testsuite>"#
        )
    }

    #[test]
    fn what_cpplint_writes_is_no_test() {
        let none = report(0, 0, r#"<testcase name="passed" />"#);
        let two = "3: Missing space [whitespace/comma] [3]\n9: Tab found [whitespace/tab] [1]";
        let found =
            report(0, 2, &format!(r#"<testcase name="a.cc"><failure>{two}</failure></testcase>"#));
        proves("junit", &[(&none, "writes no case on success"), (&found, "")]);
        assert!(reading("junit", &none).facts.tests.is_none());
        assert_eq!(reading("junit", &found).facts.findings.unwrap().total(), 2);
        let failed = r#"<testcase name="errors"><error>Could not open a.cc</error></testcase>"#;
        let read = reading("junit", &report(1, 0, failed));
        assert_eq!(read.facts.findings.unwrap().total(), 1);
    }
}
