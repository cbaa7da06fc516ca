//! Qt Test, whose set-up and tear-down stand among the test functions.

use super::attributes::Attributes;
use crate::evidence::Broken;
use crate::evidence::family::qt;
use crate::evidence::xml::Tag;
use crate::facts::Outcome;

/// Whether a property of a suite is that by which Qt tells its version.
pub(super) fn is_property(tag: &Tag<'_>) -> Result<bool, Broken> {
    Ok(tag.attribute("name")?.as_deref() == Some("QTestVersion"))
}

/// Whether a case of Qt's is what runs around the test functions, and held.
pub(super) fn is_around(of: &Attributes<'_>, outcome: Outcome) -> bool {
    outcome == Outcome::Passed && of.name.as_deref().is_some_and(qt::is_around)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_runs_around_the_test_functions_is_none() {
        let report = |cases: &str| {
            format!(
                r#"<testsuite name="tst_Pay" tests="3" failures="0" errors="0"><properties>
                <property name="QTestVersion" value="6.8.2"/></properties>{cases}
                <testcase name="cleanupTestCase" classname="tst_Pay"/></testsuite>"#
            )
        };
        let case = |name: &str, how: &str| {
            format!(r#"<testcase name="{name}" classname="tst_Pay">{how}</testcase>"#)
        };
        let (set_up, skipped) = (case("initTestCase", ""), "<skipped message='no'/>");
        let all_skipped = report(&(set_up.clone() + &case("pays", skipped)));
        let not_begun = report(&case("initTestCase", skipped));
        let good = report(&(set_up.clone() + &case("pays", "")));
        proves(
            "junit",
            &[
                (&all_skipped, "The only test was skipped."),
                (&not_begun, "The only test was skipped."),
                (&report(&set_up), "holds 0 tests"),
                (&good, ""),
            ],
        );
        let read = reading("junit", &good);
        assert_eq!((read.facts.tests.unwrap().passed, read.warnings.len()), (1, 0));
        let failed = report(&case("initTestCase", "<failure message='no'/>"));
        assert_eq!(reading("junit", &failed).facts.tests.unwrap().failed, 1);
        // Another's case of that name is one.
        proves("junit", &[(&all_skipped.replace("QTestVersion", "Version"), "")]);
    }
}
