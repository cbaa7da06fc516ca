//! Catch2's XML, of version 3 and of version 2.

use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome};
use crate::model::Reading;

pub(super) struct Catch2;

impl Format for Catch2 {
    fn id(&self) -> &'static str {
        "catch2"
    }

    fn about(&self) -> About {
        About {
            tool: "Catch2",
            recognised: "the root element `Catch2TestRun`, or `Catch`",
            carries: &["tests"],
            tells: Tells::NOTHING.version("`catch2-version` of the root"),
            source: "https://github.com/catchorg/Catch2/blob/devel/docs/reporters.md",
            clean: "At least 1 test case passed and none failed.",
            vacuous: "0 test cases; a list of them (`--list-tests`); all skipped; more failures in the results than cases that failed.",
            blank: Blanks::NONE,
            notes: &[
                "A case without an `OverallResult` crashed: it is errored.",
                "A case that must fail (`[!shouldfail]`), and does, passes, as Catch2 has it.",
                "A case that may fail (`[!mayfail]`), and does, is a failure that is put up with: it is skipped, as Catch2's own JUnit has it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff.xml().is_some_and(|root| matches!(root.name.as_str(), "Catch2TestRun" | "Catch")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Catch2");
        let mut tests = input.tests();
        let mut open: Option<Open> = None;
        let (mut declared, mut odd) = (None, OddCounts::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("catch2-version")?;
                }
                // A list of test cases, of which none ran.
                Node::Open(tag) if tag.is("MatchingTests") => xml.skip()?,
                Node::Open(tag) if tag.is("TestCase") => open = Some(Open::new(&tag, xml.depth())?),
                Node::Open(tag) if tag.is("OverallResultsCases") => {
                    [declared] = tag.declared_counts(["failures"], &mut odd)?;
                }
                Node::Open(tag) => {
                    if let Some(case) = &mut open {
                        case.inside(&tag, &mut xml, &mut odd)?;
                    }
                }
                Node::Close(end) if end.is("TestCase") => {
                    if let Some(case) = open.take() {
                        let case = case.close();
                        tests.add(case.outcome, || case);
                    }
                }
                Node::Close(_) => {}
            }
        }
        odd.settle(&mut reading);
        ran::failures_lost(&mut reading, declared, tests.failed + tests.errored);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

/// A test case that has not ended.
struct Open {
    case: Case,
    depth: usize,
    /// Whether a failure of it is put up with, and none is asked for.
    may_fail: bool,
    /// Whether something in it failed, whatever is made of that.
    failed: bool,
}

impl Open {
    fn new(tag: &Tag<'_>, depth: usize) -> Result<Open, Broken> {
        let tags = tag.attribute("tags")?.unwrap_or_default().to_ascii_lowercase();
        let case = Case {
            name: tag.attribute("name")?.unwrap_or_default(),
            suite: None,
            file: tag.attribute("filename")?,
            outcome: Outcome::Errored,
            duration_s: None,
            message: None,
        };
        let may_fail = tags.contains("[!mayfail]") && !tags.contains("[!shouldfail]");
        Ok(Open { case, depth, may_fail, failed: false })
    }

    fn inside(
        &mut self,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
        odd: &mut OddCounts,
    ) -> Result<(), Broken> {
        match tag.name() {
            "OverallResult" if xml.depth() == self.depth + 1 => self.result(tag, odd)?,
            // Of a section, in which its assertions are counted.
            "OverallResults" => {
                let [to_fail] = tag.declared_counts(["expectedFailures"], odd)?;
                self.failed |= to_fail.is_some_and(|count| count > 0);
            }
            "Expression" => {
                // A failed `CHECK_NOFAIL` is told and counts as none.
                let warns = tag.attribute("type")?.is_some_and(|kind| kind.contains("NOFAIL"));
                self.failed |= !warns && tag.attribute("success")?.as_deref() == Some("false");
            }
            "Expanded" => self.tell(&xml.content()?),
            "Exception" | "Failure" | "FatalErrorCondition" => {
                self.failed = true;
                self.tell(&xml.content()?);
            }
            _ => {}
        }
        Ok(())
    }

    fn tell(&mut self, content: &str) {
        self.case.message = self.case.message.take().or(text::excerpt(content));
    }

    fn result(&mut self, tag: &Tag<'_>, odd: &mut OddCounts) -> Result<(), Broken> {
        let [skips] = tag.declared_counts(["skips"], odd)?;
        let mut holds = false;
        tag.attributes(|key, value| match key {
            "success" => holds = &*value == "true",
            "durationInSeconds" => self.case.duration_s = ran::seconds(&value),
            _ => {}
        })?;
        self.case.outcome = match holds {
            true if skips.unwrap_or(0) > 0 || self.may_fail && self.failed => Outcome::Skipped,
            true => Outcome::Passed,
            false => Outcome::Failed,
        };
        Ok(())
    }

    fn close(mut self) -> Case {
        self.case.message = self.case.message.filter(|_| self.case.outcome != Outcome::Passed);
        self.case
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_list_of_test_cases_ran_none() {
        let text = r#"<Catch2TestRun name="t" catch2-version="3.5"><MatchingTests><TestCase><Name>a</Name>
            </TestCase></MatchingTests></Catch2TestRun>"#;
        proves("catch2", &[(text, "holds 0 tests")]);
        assert_eq!(reading("catch2", text).facts.tests.unwrap().total(), 0);
    }

    #[test]
    fn a_failure_that_is_put_up_with_is_no_pass() {
        let expression = |kind: &str| format!(r#"<Expression success="false" type="{kind}"/>"#);
        let section = r#"<Section name="s"><OverallResults successes="0" failures="0" expectedFailures="1"/></Section>"#;
        let [passed, skipped] = [[1, 0], [0, 1]];
        for (tags, inside, expected) in [
            ("[!mayfail]", expression("REQUIRE"), skipped),
            ("[refund][!mayfail]", "<Exception>boom</Exception>".to_owned(), skipped),
            ("[!mayfail]", "<Failure>no</Failure>".to_owned(), skipped),
            ("[!mayfail]", section.to_owned(), skipped),
            ("[!mayfail]", String::new(), passed),
            ("[!mayfail]", expression("CHECK_NOFAIL"), passed),
            ("[!shouldfail]", expression("REQUIRE"), passed),
            ("[!mayfail][!shouldfail]", expression("REQUIRE"), passed),
            ("[mayfail]", expression("CHECK_NOFAIL"), passed),
        ] {
            let text = format!(
                r#"<Catch2TestRun name="t" catch2-version="3.5"><TestCase name="a" tags="{tags}">{inside}
                <OverallResult success="true" skips="0"/></TestCase></Catch2TestRun>"#
            );
            let tests = reading("catch2", &text).facts.tests.unwrap();
            assert_eq!([tests.passed, tests.skipped], expected, "{text}");
        }
    }
}
