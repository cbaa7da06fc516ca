//! Common Test of Erlang, whose configuration functions stand among the test cases.

use super::attributes::Attributes;
use crate::facts::Outcome;

/// Whether a case is a configuration function: Common Test gives no case a class, and counts none of
/// these.
fn is_configuration(of: &Attributes<'_>) -> bool {
    const AROUND: [&str; 4] =
        ["init_per_suite", "end_per_suite", "init_per_group", "end_per_group"];
    of.class.is_none() && of.name.as_deref().is_some_and(|name| AROUND.contains(&name))
}

/// Whether a case is no test: one that runs around the tests, and held.
pub(super) fn is_around(of: &Attributes<'_>, outcome: Outcome) -> bool {
    outcome == Outcome::Passed && is_configuration(of)
}

/// How a case ended: a configuration function that failed is no test that did.
pub(super) fn outcome(of: &Attributes<'_>, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Failed if is_configuration(of) => Outcome::Errored,
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn suite(tests: u64, cases: &[(&str, &str)]) -> String {
        let case = |(name, how): &(&str, &str)| {
            format!(r#"<testcase name="{name}" time="1">{how}</testcase>"#)
        };
        let cases: String = cases.iter().map(case).collect();
        format!(
            r#"<testsuites><testsuite name="pay_SUITE" time="1.3" errors="0" failures="0" skipped="0"
            tests="{tests}" log="suite.log.html">{cases}</testsuite></testsuites>"#
        )
    }

    #[test]
    fn what_is_configured_around_the_tests_is_none() {
        let skipped = r#"<skipped type="skip" message="no">{tc_user_skip,"no"}</skipped>"#;
        let (first, last) = (("init_per_suite", ""), ("end_per_suite", ""));
        let group = [("init_per_group", ""), ("in_group", ""), ("end_per_group", "")];
        let good = suite(2, &[&[first, ("pays", "")][..], &group, &[last]].concat());
        proves(
            "junit",
            &[
                (&suite(1, &[first, ("pays", skipped), last]), "The only test was skipped."),
                (&suite(0, &[first, last]), "holds 0 tests"),
                (&good, ""),
            ],
        );
        let read = reading("junit", &good);
        assert_eq!((read.facts.tests.unwrap().passed, read.warnings.len()), (2, 0));
        let auto = r#"<skipped type="auto_skip" message="no"/>"#;
        let failed = suite(1, &[("init_per_suite", "<failure>no</failure>"), ("pays", auto)]);
        let tests = reading("junit", &failed).facts.tests.unwrap();
        assert_eq!((tests.errored, tests.failed, tests.skipped), (1, 0, 1));
        let classed = suite(1, &[first]).replace("<testcase", r#"<testcase classname="t""#);
        assert_eq!(reading("junit", &classed).facts.tests.unwrap().passed, 1);
    }
}
