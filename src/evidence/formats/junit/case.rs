//! A case that is open, and how it ended.

use std::sync::LazyLock;

use super::attributes::Attributes;
use super::held::Held;
use crate::evidence::xml::{Tag, Xml};
use crate::evidence::{Broken, text};
use crate::facts::{Case, Outcome};

/// The case that is open.
pub(super) struct OpenCase<'a> {
    pub attributes: Attributes<'a>,
    /// Most cases hold nothing.
    held: Option<Box<Held>>,
}

static NOTHING: LazyLock<Held> = LazyLock::new(Held::default);

impl<'a> OpenCase<'a> {
    pub(super) fn new(attributes: Attributes<'a>) -> OpenCase<'a> {
        OpenCase { attributes, held: None }
    }

    /// What stands in it.
    pub(super) fn held(&self) -> &Held {
        self.held.as_deref().unwrap_or(&NOTHING)
    }

    /// Takes an element that stands in it, to its end.
    pub(super) fn holds(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        self.held.get_or_insert_default().take(tag, xml)
    }

    /// Notes that attempts before it failed.
    pub(super) fn passed_on_a_retry(&mut self) {
        self.held.get_or_insert_default().retried = true;
    }

    /// How it ended.
    pub(super) fn outcome(&mut self) -> Outcome {
        let told = self.attributes.told();
        if self.could_not_run() {
            let held = self.held.get_or_insert_default();
            held.errored = true;
            held.message = held.message.take().or(held.idle.as_deref().and_then(text::excerpt));
        }
        if self.is_a_warning() {
            let held = self.held.get_or_insert_default();
            held.errored = true;
            held.message = held.message.take().or(held.warning.clone());
        }
        if !self.held().failed && !self.attributes.named {
            let held = self.held.get_or_insert_default();
            held.errored = true;
            held.message
                .get_or_insert_with(|| "It has no name: it did not come to its end.".to_owned());
        }
        let held = self.held();
        if held.todo || held.risky && held.trouble == 1 && told.is_none() {
            Outcome::Skipped
        } else if held.errored || told == Some(Outcome::Errored) {
            Outcome::Errored
        } else if held.failed || told == Some(Outcome::Failed) {
            Outcome::Failed
        } else if held.skipped || told == Some(Outcome::Skipped) {
            Outcome::Skipped
        } else {
            Outcome::Passed
        }
    }

    /// The case, as it ended.
    pub(super) fn case(self, outcome: Outcome, suite: Option<&str>) -> Case {
        let message = self.held.and_then(|held| held.message);
        self.attributes.case(outcome, suite, message)
    }

    /// Whether it was skipped and nothing says by whose choice.
    pub(super) fn is_idle_unasked(&self) -> bool {
        self.held().skipped && !self.held().by_choice
    }

    /// Whether GoogleTest skipped it before it began.
    pub(super) fn never_began(&self) -> bool {
        self.held().skipped && self.attributes.never_began()
    }

    /// Whether it stands for tests that never ran: a module that pytest could not collect, or that
    /// unittest could not import.
    pub(super) fn stands_for_a_suite(&self) -> bool {
        const LOADERS: [&str; 2] =
            ["unittest.loader._FailedTest", "unittest.loader.ModuleImportFailure"];
        let class = self.attributes.class.as_deref();
        let held = self.held();
        let is_of_loader = class.is_some_and(|class| LOADERS.contains(&class));
        held.errored && (held.uncollected || is_of_loader || self.is_a_warning())
    }

    /// Whether PHPUnit made it up for tests that it could not make: a provider that threw, a method
    /// that is not public. Of a class without tests it is just skipped.
    fn is_a_warning(&self) -> bool {
        let class = self.attributes.class.as_deref();
        let held = self.held();
        class.is_some_and(|class| class.ends_with("WarningTestCase"))
            && held.warning.is_some()
            && !held.skipped
    }

    /// Whether CTest, which gives a case its own name for a class, could not run it. What is skipped
    /// by choice says so in a word of its own.
    fn could_not_run(&self) -> bool {
        let Some(why) = &self.held().idle else { return false };
        if why.is_empty() || why == "Disabled" || why.starts_with("SKIP_") {
            return false;
        }
        let of = &self.attributes;
        of.status.as_deref() == Some("notrun") && of.name == of.class
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn counts(case: &str) -> (u64, u64) {
        let text = format!(r#"<testsuite name="s">{case}<testcase name="a"/></testsuite>"#);
        let tests = reading("junit", &text).facts.tests.unwrap();
        (tests.errored, tests.skipped)
    }

    #[test]
    fn what_passed_and_was_to_fail_fails_the_run_of_nose2() {
        let of = |why: &str| {
            let case = format!(
                r#"<testsuite name="nose2-junit"><testcase name="a"><skipped message="{why}"/></testcase></testsuite>"#
            );
            let tests = reading("junit", &case).facts.tests.unwrap();
            (tests.failed, tests.skipped)
        };
        assert_eq!(of("test passes unexpectedly"), (1, 0));
        assert_eq!(of("xfail-marked test passes unexpectedly"), (0, 1), "pytest goes on");
    }

    #[test]
    fn what_ctest_could_not_run_is_errored_and_what_was_skipped_is_not() {
        let case = |class: &str, status: &str, message: &str| {
            format!(
                r#"<testcase name="pay" classname="{class}" time="0" status="{status}">
                <skipped message="{message}"/></testcase>"#
            )
        };
        for (class, status, message, expected) in [
            ("pay", "notrun", "Unable to find executable: /b/pay", (1, 0)),
            ("pay", "notrun", "Fixture dependency failed", (1, 0)),
            ("pay", "notrun", "SKIP_RETURN_CODE=77", (0, 1)),
            ("pay", "notrun", "SKIP_REGULAR_EXPRESSION_MATCHED", (0, 1)),
            ("pay", "notrun", "Disabled", (0, 1)),
            ("pay", "disabled", "", (0, 1)),
            ("Suite", "notrun", "not today", (0, 1)),
            ("pay", "run", "GTEST_SKIP", (0, 1)),
        ] {
            assert_eq!(counts(&case(class, status, message)), expected, "{status} {message}");
        }
        assert_eq!(counts(r#"<testcase name="pay" classname="pay" status="disabled"/>"#), (0, 1));
        let to_do = |kind: &str| {
            format!(r#"<testcase name="pay"><skipped type="{kind}"/><error>no</error></testcase>"#)
        };
        assert_eq!(counts(&to_do("todo")), (0, 1));
        assert_eq!(counts(&to_do("skipped")), (1, 0));
        let warned =
            |said: &str| format!("<testcase name=\"Warning\"><warning>{said}</warning></testcase>");
        let of_case = |said: &str| {
            let class = "classname=\"PHPUnit.Framework.WarningTestCase\"";
            format!("<testcase name=\"Warning\" {class}><warning>{said}</warning></testcase>")
        };
        assert_eq!(counts(&of_case("The data provider specified for PayTest is invalid.")), (1, 0));
        assert_eq!(counts(&of_case("No tests found in class \"PayTest\".")), (0, 1));
        assert_eq!(counts(&warned("No tests found in class \"PayTest\".")), (0, 1));
        assert_eq!(counts(&warned("A matcher is deprecated.")), (0, 0));
    }

    #[test]
    fn a_module_that_was_not_collected_is_a_suite_that_did_not_load() {
        let report = |class: &str, message: &str| {
            format!(
                r#"<testsuite name="pytest" errors="1" tests="2"><testcase classname="t.a" name="ok"/>
                <testcase classname="{class}" name="tests.test_pay"><error message="{message}">ImportError</error>
                </testcase></testsuite>"#
            )
        };
        let lost = "1 suite failed to load, the first tests.test_pay";
        for (class, message, why) in [
            ("", "collection failure", lost),
            ("unittest.loader._FailedTest", "No module named x", lost),
            ("tests.test_pay.TestPay", "failed on setup", ""),
        ] {
            let text = report(class, message);
            proves("junit", &[(&text, why)]);
            assert_eq!(reading("junit", &text).facts.tests.unwrap().errored, 1, "{message}");
        }
    }
}
