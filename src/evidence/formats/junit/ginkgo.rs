//! Ginkgo, which says of a suite in its properties what no case of it tells.

use super::attributes::Attributes;
use super::suite::Suite;
use crate::evidence::xml::Tag;
use crate::evidence::{Broken, text};
use crate::facts::Outcome;
use crate::model::Rule;

/// What the properties of a suite say.
#[derive(Default)]
pub(super) struct Ginkgo {
    /// Whether it succeeded; Ginkgo alone says so.
    succeeded: Option<bool>,
    /// Whether its specs were listed and not run.
    dry: bool,
    /// Whether some are marked in the code to run alone.
    focused: bool,
    /// Why it failed, where that is none of its specs'.
    reason: Option<String>,
}

/// The kinds of what runs around the specs.
const AROUND: [&str; 7] = [
    "BeforeSuite",
    "AfterSuite",
    "SynchronizedBeforeSuite",
    "SynchronizedAfterSuite",
    "ReportBeforeSuite",
    "ReportAfterSuite",
    "DeferCleanup (Suite)",
];

impl Ginkgo {
    /// Takes a property of the suite.
    pub(super) fn property(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        let (mut name, mut value) = (String::new(), String::new());
        tag.attributes(|key, said| match key {
            "name" => name = said.into_owned(),
            "value" => value = said.into_owned(),
            _ => {}
        })?;
        match name.as_str() {
            "SuiteSucceeded" => self.succeeded = Some(value == "true"),
            "DryRun" => self.dry = value == "true",
            "SuiteHasProgrammaticFocus" => self.focused = value == "true",
            "SpecialSuiteFailureReason" => self.reason = text::title(&value),
            _ => {}
        }
        Ok(())
    }

    /// Whether a case is no spec, but what is set up before the specs or taken down after them, and
    /// held: the kind of what ran stands before its name in brackets.
    pub(super) fn is_set_up(&self, of: &Attributes<'_>, outcome: Outcome) -> bool {
        let name = of.name.as_deref().unwrap_or_default();
        let kind = name.strip_prefix('[').and_then(|name| name.split_once(']'));
        let around = kind.is_some_and(|(kind, _)| AROUND.contains(&kind));
        self.succeeded.is_some() && outcome == Outcome::Passed && around
    }

    /// What they say against `suite`, whose they are.
    pub(super) fn against(&self, suite: &Suite) -> Option<(Rule, String)> {
        let succeeded = self.succeeded?;
        let name = if suite.name.is_empty() { "a suite" } else { &suite.name };
        if self.dry {
            let why = format!("Ginkgo lists the specs of {name} in a dry run: none ran.");
            Some((Rule::NothingRan, why))
        } else if let Some(reason) = &self.reason {
            Some((Rule::SuiteNotLoaded, format!("Ginkgo says of {name}: {reason}")))
        } else if !succeeded && suite.trouble == 0 {
            let why = format!("Ginkgo says that {name} failed, and lists no spec that did.");
            Some((Rule::SuiteNotLoaded, why))
        } else if self.focused {
            let why = format!(
                "Specs of {name} are marked to run alone (`FIt`, `Focus`): the others did not run, and Ginkgo ends with 197."
            );
            Some((Rule::SuiteNotLoaded, why))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn suite(properties: &[(&str, &str)], cases: &str) -> String {
        let property = |(name, value): &(&str, &str)| {
            format!(r#"<property name="{name}" value="{value}"></property>"#)
        };
        let properties: String = properties.iter().map(property).collect();
        format!(
            r#"<testsuites><testsuite name="Cart Suite" package="/w/cart"><properties>{properties}</properties>{cases}
            </testsuite></testsuites>"#
        )
    }

    const PASSED: &str = r#"<testcase name="[It] adds" classname="Cart Suite" status="passed"/>"#;
    const FAILED: &str = r#"<testcase name="[It] adds" status="failed"><failure/></testcase>"#;
    const SKIPPED: &str = r#"<testcase name="[It] later" status="skipped"><skipped/></testcase>"#;
    const GOOD: (&str, &str) = ("SuiteSucceeded", "true");
    const BAD: (&str, &str) = ("SuiteSucceeded", "false");

    #[test]
    fn what_ginkgo_says_of_a_suite_speaks_against_it() {
        let reason = ("SpecialSuiteFailureReason", "Failed to compile pay:\nundefined: charge");
        let (focus, dry) = (("SuiteHasProgrammaticFocus", "true"), ("DryRun", "true"));
        let none = [("SpecialSuiteFailureReason", ""), ("DryRun", "false"), GOOD];
        let says = "Ginkgo says of Cart Suite: Failed to compile pay:";
        proves(
            "junit",
            &[
                (&suite(&none, PASSED), ""),
                (&suite(&[BAD, reason], PASSED), says),
                (&suite(&[BAD], PASSED), "says that Cart Suite failed, and lists no spec"),
                (&suite(&[GOOD, dry], PASSED), "in a dry run: none ran"),
                (&suite(&[GOOD, focus], &format!("{PASSED}{SKIPPED}")), "ends with 197"),
                (&suite(&[BAD], FAILED), ""),
                // Another's property of that name.
                (&suite(&[dry], PASSED), ""),
            ],
        );
        // What failed still refutes.
        let read = reading("junit", &suite(&[BAD, reason], FAILED));
        assert_eq!(read.facts.tests.unwrap().failed, 1);
    }

    #[test]
    fn what_is_set_up_around_the_specs_is_no_spec() {
        let set_up = |kind: &str, how: &str| {
            format!(r#"<testcase name="[{kind}]" status="passed">{how}</testcase>"#)
        };
        let total = |cases: &str| {
            let read = reading("junit", &suite(&[GOOD], cases));
            let tests = read.facts.tests.unwrap();
            (tests.total(), tests.failed)
        };
        for kind in ["BeforeSuite", "SynchronizedAfterSuite", "DeferCleanup (Suite)"] {
            let before = set_up(kind, "");
            assert_eq!(total(&format!("{before}{PASSED}")), (1, 0), "{kind}");
            assert_eq!(total(&format!("{}{PASSED}", set_up(kind, "<failure/>"))), (2, 1), "{kind}");
            let skipped = suite(&[GOOD], &format!("{before}{SKIPPED}"));
            proves("junit", &[(&skipped, "The only test was skipped.")]);
        }
        assert_eq!(total(&set_up("It", "")), (1, 0));
    }
}
