//! The XML of doctest, the testing framework of C++.

use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome};
use crate::model::{Reading, Rule, counted};

pub(super) struct Doctest;

impl Format for Doctest {
    fn id(&self) -> &'static str {
        "doctest"
    }

    fn about(&self) -> About {
        About {
            tool: "doctest",
            recognised: "the root element `doctest`",
            carries: &["tests"],
            tells: Tells::NOTHING.version("`version` of the root"),
            source: "https://github.com/doctest/doctest/blob/master/doc/markdown/reporters.md",
            clean: "At least 1 test case passed and none failed.",
            vacuous: "0 test cases; all skipped; no case that passed with an assertion; a list of them (`--list-test-cases`); more failures in the results than cases that failed.",
            blank: Blanks::NONE,
            notes: &[
                "A case without results of its own, or in which the program crashed, is errored. Cases behind a crash are not in the file.",
                "A case that threw is errored where none of its assertions failed.",
                "One marked `should_fail` that fails passes, as doctest has it; one marked `may_fail` that fails is skipped.",
                "A test program that calls `exit` leaves half a file, which is refused.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "doctest"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "doctest");
        let mut tests = input.tests();
        let mut suite = None;
        let mut open: Option<Open> = None;
        // Cases that passed and asserted nothing.
        let mut idle = 0;
        let (mut declared, mut odd) = (None, OddCounts::default());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    reading.tool_version = tag.attribute("version")?;
                }
                Node::Open(tag) if tag.is("TestSuite") => suite = tag.attribute("name")?,
                Node::Open(tag) if tag.is("TestCase") => {
                    open = Some(Open::new(&tag, suite.as_ref(), &mut odd)?);
                }
                Node::Open(tag) if tag.is("OverallResultsTestCases") => {
                    [declared] = tag.declared_counts(["failures"], &mut odd)?;
                }
                Node::Open(tag) => {
                    if let Some(case) = &mut open {
                        case.inside(&tag, &mut xml, &mut odd)?;
                    }
                }
                Node::Close(end) if end.is("TestSuite") => suite = None,
                Node::Close(end) if end.is("TestCase") => {
                    if let Some(case) = open.take() {
                        idle += u64::from(case.asserts == Some(0) && case.has_passed());
                        let case = case.close();
                        tests.add(case.outcome, || case);
                    }
                }
                Node::Close(_) => {}
            }
        }
        odd.settle(&mut reading);
        ran::failures_lost(&mut reading, declared, tests.failed + tests.errored);
        if idle > 0 {
            let cases = counted(idle, "test");
            if idle == tests.passed {
                let why = format!("None of {cases} that passed made an assertion.");
                reading.doubt(Rule::NothingRan, why);
            } else {
                reading.warn(format!("{cases} that passed made no assertion."));
            }
        }
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

/// A test case that has not ended.
struct Open {
    case: Case,
    may_fail: bool,
    should_fail: bool,
    /// How many assertions are to fail.
    to_fail: Option<u64>,
    /// How many assertions it made, where that is told.
    asserts: Option<u64>,
    /// Whether the program crashed in it.
    crashed: bool,
}

impl Open {
    fn new(tag: &Tag<'_>, suite: Option<&String>, odd: &mut OddCounts) -> Result<Open, Broken> {
        let [to_fail] = tag.declared_counts(["expected_failures"], odd)?;
        let mut case = Case {
            name: String::new(),
            suite: suite.filter(|name| !name.is_empty()).cloned(),
            file: None,
            outcome: Outcome::Errored,
            duration_s: None,
            message: None,
        };
        let (mut may_fail, mut should_fail) = (false, false);
        tag.attributes(|key, value| match key {
            "name" => case.name = value.into_owned(),
            "filename" => case.file = Some(value.into_owned()),
            // A list has it too, and says `false`: nothing ran there either.
            "skipped" => case.outcome = Outcome::Skipped,
            "may_fail" => may_fail = &*value == "true",
            "should_fail" => should_fail = &*value == "true",
            _ => {}
        })?;
        Ok(Open { case, may_fail, should_fail, to_fail, asserts: None, crashed: false })
    }

    fn inside(
        &mut self,
        tag: &Tag<'_>,
        xml: &mut Xml<'_>,
        odd: &mut OddCounts,
    ) -> Result<(), Broken> {
        match tag.name() {
            "OverallResultsAsserts" => self.result(tag, odd)?,
            "Exception" | "Expression" | "Message" => {
                let told = self.is_told_by(tag)?;
                let content = xml.content()?;
                told.then(|| self.tell(&content));
            }
            _ => {}
        }
        Ok(())
    }

    fn result(&mut self, tag: &Tag<'_>, odd: &mut OddCounts) -> Result<(), Broken> {
        let mut said = None;
        tag.attributes(|key, value| match key {
            "test_case_success" => said = Some(&*value == "true"),
            "duration" => self.case.duration_s = ran::seconds(&value),
            _ => {}
        })?;
        let [successes, failures] = tag.declared_counts(["successes", "failures"], odd)?;
        let failures = failures.unwrap_or_default();
        self.asserts = successes.map(|count| count.saturating_add(failures));
        let holds = said.unwrap_or_else(|| self.comes_out(failures));
        self.case.outcome = match holds {
            _ if self.crashed => Outcome::Errored,
            true if self.may_fail && (failures > 0 || self.case.message.is_some()) => {
                Outcome::Skipped
            }
            true => Outcome::Passed,
            false if failures == 0 && self.case.message.is_some() => Outcome::Errored,
            false => Outcome::Failed,
        };
        Ok(())
    }

    /// Whether so many failures are what was asked of the case: not every version says.
    fn comes_out(&self, failures: u64) -> bool {
        match (self.to_fail.filter(|count| *count > 0), self.should_fail) {
            (Some(expected), _) => failures == expected,
            (None, true) => failures > 0 || self.case.message.is_some(),
            (None, false) => self.may_fail || failures == 0 && self.case.message.is_none(),
        }
    }

    /// Whether an element says why the case failed: a warning does not.
    fn is_told_by(&mut self, tag: &Tag<'_>) -> Result<bool, Broken> {
        Ok(match tag.name() {
            "Exception" => {
                self.crashed |= tag.attribute("crash")?.as_deref() == Some("true");
                true
            }
            "Expression" => {
                let warns = tag.attribute("type")?.is_some_and(|kind| kind.contains("WARN"));
                !warns && tag.attribute("success")?.as_deref() == Some("false")
            }
            _ => tag.attribute("type")?.is_some_and(|kind| kind.contains("ERROR")),
        })
    }

    /// Takes what an element says, each line without what indents it.
    fn tell(&mut self, content: &str) {
        let lines = content.lines().map(str::trim).filter(|line| !line.is_empty());
        let said = text::excerpt(&lines.collect::<Vec<_>>().join("\n"));
        self.case.message = self.case.message.take().or(said);
    }

    fn has_passed(&self) -> bool {
        self.case.outcome == Outcome::Passed
    }

    fn close(mut self) -> Case {
        self.case.message = self.case.message.filter(|_| self.case.outcome != Outcome::Passed);
        self.case
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(case: &str, inside: &str, failures: u64) -> String {
        format!(
            r#"<doctest binary="t" version="2.4.9"><Options/><TestSuite name=""><TestCase name="a" {case}>{inside}
            </TestCase></TestSuite><OverallResultsTestCases successes="0" failures="{failures}"/></doctest>"#
        )
    }

    fn result(failures: u64, success: bool) -> String {
        format!(r#"<OverallResultsAsserts failures="{failures}" test_case_success="{success}"/>"#)
    }

    #[test]
    fn a_case_ends_as_doctest_says_and_no_better() {
        let threw = |crash: bool| format!(r#"<Exception crash="{crash}">boom</Exception>"#);
        let [passed, failed, errored, skipped] =
            [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
        for (case, inside, expected) in [
            ("", result(0, true), passed),
            ("", result(2, false), failed),
            ("", threw(false) + &result(0, false), errored),
            ("", threw(true) + &result(0, true), errored),
            ("", String::new(), errored),
            (r#"skipped="true""#, String::new(), skipped),
            (r#"should_fail="true""#, result(1, true), passed),
            (r#"should_fail="true""#, result(0, false), failed),
            (r#"may_fail="true""#, result(0, true), passed),
            ("", r#"<OverallResultsAsserts failures="0"/>"#.to_owned(), passed),
            ("", r#"<OverallResultsAsserts failures="1"/>"#.to_owned(), failed),
            ("", threw(false) + r#"<OverallResultsAsserts failures="0"/>"#, errored),
            (
                r#"expected_failures="1""#,
                r#"<OverallResultsAsserts failures="1"/>"#.to_owned(),
                passed,
            ),
            (
                r#"expected_failures="2""#,
                r#"<OverallResultsAsserts failures="1"/>"#.to_owned(),
                failed,
            ),
            (r#"may_fail="true""#, result(1, true), skipped),
            (r#"may_fail="true""#, threw(false) + &result(0, true), skipped),
            (
                "",
                r#"<Expression success="false" type="WARN"><Exception>x</Exception></Expression>"#
                    .to_owned()
                    + &result(0, false),
                failed,
            ),
        ] {
            let text = report(case, &inside, 0);
            let tests = reading("doctest", &text).facts.tests.unwrap();
            let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
            assert_eq!(seen, expected, "{text}");
        }
    }

    #[test]
    fn cases_that_assert_nothing_prove_nothing_together() {
        let case = |asserts: u64| {
            format!(
                r#"<TestCase name="a"><OverallResultsAsserts successes="{asserts}" failures="0"
                test_case_success="true"/></TestCase>"#
            )
        };
        let report = |cases: &[String]| {
            format!(r#"<doctest binary="t" version="2.4.11">{}</doctest>"#, cases.concat())
        };
        let none = "None of 2 tests that passed made an assertion";
        proves("doctest", &[(&report(&[case(0), case(0)]), none), (&report(&[case(1)]), "")]);
        let some = report(&[case(0), case(2)]);
        proves("doctest", &[(&some, "")]);
        assert_eq!(reading("doctest", &some).warnings.len(), 1);
    }

    #[test]
    fn lists_and_lost_failures_prove_nothing() {
        let listed = r#"<doctest binary="t" version="2.4.9"><Options/><TestCase name="a" testsuite=""
            skipped="false"/><OverallResultsTestCases unskipped="1"/></doctest>"#;
        let idle = r#"<doctest binary="t" version="2.4.9"><Options/></doctest>"#;
        proves(
            "doctest",
            &[
                (listed, "The only test was skipped"),
                (idle, "holds 0 tests"),
                (&report("", &result(0, true), 1), "declares 1 failure; the report holds 0"),
                (&report("", &result(0, true), 0), ""),
            ],
        );
    }
}
