//! A case that is open: what stands in it, and how it ended.

use super::attributes::Attributes;
use super::bats;
use crate::evidence::xml::{Tag, Xml};
use crate::evidence::{Broken, text};
use crate::facts::Outcome;

/// The case that is open.
pub(super) struct OpenCase<'a> {
    pub attributes: Attributes<'a>,
    failed: bool,
    errored: bool,
    skipped: bool,
    /// Whether it is still to do, so that it may fail.
    todo: bool,
    pub retried: bool,
    /// How many elements tell of a failure, of a retry's too.
    pub trouble: u64,
    /// How many of those are errors by their name.
    pub errors: u64,
    pub message: Option<String>,
    /// What its first failure says in its attribute.
    pub said: String,
    /// How many lines of its first failure are errors of mypy, which writes all into one case.
    pub errors_of_mypy: u64,
    /// Why it was skipped.
    idle: Option<String>,
    /// Whether it is one that pytest made up for a module.
    uncollected: bool,
    /// What Bats says of tests that it did not come to.
    pub lost_by_bats: Option<String>,
    /// Whether a property says that it was skipped by choice, as Playwright writes it.
    by_choice: bool,
}

impl<'a> OpenCase<'a> {
    pub(super) fn new(attributes: Attributes<'a>) -> OpenCase<'a> {
        OpenCase {
            attributes,
            failed: false,
            errored: false,
            skipped: false,
            todo: false,
            retried: false,
            trouble: 0,
            errors: 0,
            message: None,
            said: String::new(),
            errors_of_mypy: 0,
            idle: None,
            uncollected: false,
            lost_by_bats: None,
            by_choice: false,
        }
    }

    /// Takes an element that stands in it, to its end.
    pub(super) fn holds(&mut self, tag: &Tag<'_>, xml: &mut Xml<'a>) -> Result<(), Broken> {
        self.trouble += 1;
        match tag.name() {
            "failure" => self.failed = true,
            "error" | "aborted" | "incomplete" | "timeout" => {
                self.errored = true;
                self.errors += 1;
            }
            "flakyFailure" | "flakyError" | "rerunFailure" | "rerunError" => self.retried = true,
            name => {
                self.skipped |= name == "skipped";
                self.trouble -= 1;
            }
        }
        match tag.name() {
            // What stands in it comes next.
            "properties" => return Ok(()),
            "property" => {
                let name = tag.attribute("name")?;
                self.by_choice |= matches!(name.as_deref(), Some("skip" | "fixme"));
            }
            "skipped" => {
                self.todo |= tag.attribute("type")?.as_deref() == Some("todo");
                self.idle = self.idle.take().or(tag.attribute("message")?);
            }
            "system-out" => {
                let said = xml.content()?;
                self.lost_by_bats =
                    self.lost_by_bats.take().or(bats::lost(&said).and_then(text::title));
                return Ok(());
            }
            // PHPUnit up to 9 makes up a case for a class in which it found no test.
            "warning" => {
                self.skipped |= xml.content()?.contains("No tests found in class");
                return Ok(());
            }
            "failure" | "error" if self.message.is_none() => {
                let said = tag.attribute("message")?.unwrap_or_default();
                self.uncollected |= said == "collection failure";
                let content = xml.content()?;
                let errors = content.lines().filter(|line| line.contains(": error:"));
                self.errors_of_mypy = errors.count() as u64;
                self.message = text::excerpt(&content).or_else(|| text::excerpt(&said));
                self.said = said;
                return Ok(());
            }
            _ => {}
        }
        xml.skip()
    }

    /// How it ended.
    pub(super) fn outcome(&mut self) -> Outcome {
        let told = self.attributes.told();
        if self.could_not_run() {
            self.errored = true;
            self.message = self.message.take().or(self.idle.as_deref().and_then(text::excerpt));
        }
        if !self.failed && !self.attributes.named {
            self.errored = true;
            self.message
                .get_or_insert_with(|| "It has no name: it did not come to its end.".to_owned());
        }
        if self.todo {
            Outcome::Skipped
        } else if self.errored || told == Some(Outcome::Errored) {
            Outcome::Errored
        } else if self.failed || told == Some(Outcome::Failed) {
            Outcome::Failed
        } else if self.skipped || told == Some(Outcome::Skipped) {
            Outcome::Skipped
        } else {
            Outcome::Passed
        }
    }

    /// Whether it was skipped and nothing says by whose choice.
    pub(super) fn is_idle_unasked(&self) -> bool {
        self.skipped && !self.by_choice
    }

    /// Whether GoogleTest skipped it before it began.
    pub(super) fn never_began(&self) -> bool {
        self.skipped && self.attributes.never_began()
    }

    /// Whether it stands for tests that never ran: a module that pytest could not collect, or that
    /// unittest could not import.
    pub(super) fn stands_for_a_suite(&self) -> bool {
        const LOADERS: [&str; 2] =
            ["unittest.loader._FailedTest", "unittest.loader.ModuleImportFailure"];
        let class = self.attributes.class.as_deref();
        self.errored && (self.uncollected || class.is_some_and(|class| LOADERS.contains(&class)))
    }

    /// Whether CTest, which gives a case its own name for a class, could not run it. What is skipped
    /// by choice says so in a word of its own.
    fn could_not_run(&self) -> bool {
        let Some(why) = &self.idle else { return false };
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
