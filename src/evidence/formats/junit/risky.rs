//! Tests that passed and asserted nothing, as PHPUnit counts it: of a run of such nothing was tested.

use super::attributes::Attributes;
use super::held::Held;
use crate::evidence::xml::Tag;
use crate::facts::Outcome;
use crate::model::{Reading, Rule, counted, plural};

/// Whether an element of a case is that by which PHPUnit up to 9 tells that a test is risky. It ends
/// with 0, unless it was told to fail then.
pub(super) fn is_risky(tag: &Tag<'_>, kind: &str) -> bool {
    tag.is("error")
        && ["PHPUnit\\Framework\\RiskyTestError", "PHPUnit_Framework_RiskyTestError"]
            .contains(&kind)
}

/// Cases that passed, by what they say of their assertions.
#[derive(Default)]
pub(super) struct Risky {
    /// That there were none.
    none: u64,
    /// That there were some, or nothing.
    other: u64,
    /// Those that PHPUnit calls risky.
    risky: u64,
}

impl Risky {
    pub(super) fn note(&mut self, of: &Attributes<'_>, held: &Held, outcome: Outcome) {
        self.risky += u64::from(held.risky && outcome == Outcome::Skipped);
        match (outcome, of.assertions) {
            (Outcome::Passed, Some(0)) => self.none += 1,
            (Outcome::Passed, _) => self.other += 1,
            _ => {}
        }
    }

    pub(super) fn settle(&self, reading: &mut Reading) {
        if self.risky > 0 {
            let (tests, are) = (counted(self.risky, "test"), plural(self.risky, "is"));
            reading.warn(format!("{tests} that PHPUnit calls risky {are} skipped."));
        }
        let none = counted(self.none, "test");
        match (self.none, self.other) {
            (0, _) => {}
            (_, 0) => {
                let why =
                    format!("None of {none} that passed made an assertion: nothing was tested.");
                reading.doubt(Rule::NothingRan, why);
            }
            _ => reading.warn(format!("{none} that passed made no assertion.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn tests_without_an_assertion_prove_nothing_together() {
        let case = |assertions: &str| format!(r#"<testcase name="a" assertions="{assertions}"/>"#);
        let skipped = r#"<testcase name="s" assertions="0"><skipped/></testcase>"#;
        let suite = |cases: &[&str]| format!("<testsuite name='s'>{}</testsuite>", cases.concat());
        let (none, some) = (case("0"), case("3"));
        proves(
            "junit",
            &[
                (&suite(&[&none, &none]), "None of 2 tests that passed made an assertion"),
                (&suite(&[&none, skipped]), "None of 1 test that passed made an assertion"),
                (&suite(&[&none, &some]), ""),
                (&suite(&[&some, skipped]), ""),
                (&suite(&[&none, r#"<testcase name="b"/>"#]), ""),
            ],
        );
        let told = reading("junit", &suite(&[&none, &some])).warnings;
        assert_eq!(told, ["1 test that passed made no assertion."]);
    }

    #[test]
    fn a_risky_test_of_phpunit_is_skipped() {
        let report = |kind: &str, more: &str| {
            format!(
                r#"<testsuites><testsuite name="PayTest" tests="2" errors="1"><testcase name="testPays" assertions="1"/>
                <testcase name="testRisky" assertions="0"><error type="{kind}">no assertions</error>{more}</testcase>
                </testsuite></testsuites>"#
            )
        };
        let counts = |text: &str| {
            let read = reading("junit", text);
            let tests = read.facts.tests.unwrap();
            (tests.errored, tests.skipped, read.warnings.len(), read.doubts.len())
        };
        let risky = r"PHPUnit\Framework\RiskyTestError";
        assert_eq!(counts(&report(risky, "")), (0, 1, 1, 0));
        assert_eq!(counts(&report("PHPUnit_Framework_RiskyTestError", "")), (0, 1, 1, 0));
        assert_eq!(counts(&report(risky, "<failure/>")), (1, 0, 0, 0));
        assert_eq!(counts(&report(r"PHPUnit\Framework\Exception", "")), (1, 0, 0, 0));
    }
}
