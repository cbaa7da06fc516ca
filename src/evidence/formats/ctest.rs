//! CTest's `Test.xml`, which it makes for a dashboard.

use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text, when};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct Ctest;

impl Format for Ctest {
    fn id(&self) -> &'static str {
        "ctest"
    }

    fn about(&self) -> About {
        About {
            tool: "CTest (`ctest -T Test`)",
            recognised: "the root element `Site` with `Testing` in it",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("`EndTestTime`, else `StartTestTime`")
                .version("`Generator` of the root"),
            source: "https://cmake.org/cmake/help/latest/manual/ctest.1.html#dashboard-client",
            clean: "At least 1 test passed and none failed.",
            vacuous: "0 tests; all skipped; tests in `TestList` that have no result.",
            blank: Blanks::NONE,
            notes: &[
                "A test that crashed or timed out is errored. So is one that is `notrun` for want of its program or of a fixture; one that skipped itself (`SKIP_…`), or is disabled, is skipped.",
                "One that must fail (`WILL_FAIL`), and does, passes, as CTest has it.",
                "Under `--repeat` the last attempt is told alone: `tests.flaky` is absent.",
                "What `--stop-on-failure` and `--stop-time` left out stands nowhere in the file.",
                "Long output is compressed, and left out of the messages.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "Site" && root.has_child("Testing")))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "CTest");
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    let generator = tag.attribute("Generator")?;
                    reading.tool_version =
                        generator.and_then(|name| name.strip_prefix("ctest-").map(str::to_owned));
                }
                Node::Open(tag) => run.open(&tag, &mut xml)?,
                Node::Close(end) if end.is("Test") => run.close(),
                Node::Close(_) => {}
            }
        }
        let [began, ended] = [&run.began, &run.ended];
        reading.produced_at = ended.as_deref().or(began.as_deref()).map(when::epoch);
        run.settle(&mut reading);
        Ok(reading)
    }
}

#[derive(Default)]
struct Run {
    tests: Tests,
    /// How many tests the list at the head names.
    listed: u64,
    open: Option<Open>,
    began: Option<String>,
    ended: Option<String>,
}

/// A test that has not ended.
#[derive(Default)]
struct Open {
    status: String,
    name: String,
    /// Which measurement the next value is of; empty for the output.
    measured: String,
    seconds: Option<f64>,
    /// Why it failed: `Failed`, `Timeout`, `SEGFAULT`.
    exit: String,
    /// How it ended: `Completed`, `Disabled`.
    completion: String,
    reason: Option<String>,
    output: Option<String>,
}

impl Run {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match (tag.name(), &mut self.open) {
            ("TestList", _) => self.listed += list(xml)?,
            ("StartTestTime", _) => self.began = Some(xml.content()?.into_owned()),
            ("EndTestTime", _) => self.ended = Some(xml.content()?.into_owned()),
            ("Test", _) => {
                let status = tag.attribute("Status")?.unwrap_or_default();
                self.open = Some(Open { status, ..Open::default() });
            }
            ("Name", Some(test)) => test.name = xml.content()?.into_owned(),
            ("NamedMeasurement", Some(test)) => {
                test.measured = tag.attribute("name")?.unwrap_or_default();
            }
            ("Measurement", Some(test)) => test.measured.clear(),
            ("Value", Some(test)) => {
                let packed = tag.attribute("encoding")?.is_some();
                let value = xml.content()?;
                if !packed {
                    test.take(value.trim());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) {
        let Some(test) = self.open.take() else { return };
        let outcome = test.outcome();
        self.tests.add(outcome, || Case {
            outcome,
            suite: None,
            file: None,
            duration_s: test.seconds,
            message: test.message().filter(|_| outcome != Outcome::Passed),
            name: test.name,
        });
    }

    fn settle(mut self, reading: &mut Reading) {
        let [began, ended] = [self.began, self.ended].map(|time| text::number(&time?));
        self.tests.duration_s =
            began.zip(ended).map(|(began, ended)| ended - began).filter(|took| *took >= 0.0);
        let held = self.tests.total();
        if self.listed > held {
            let listed = counted(self.listed, "test");
            let why = format!("`TestList` names {listed}; {held} have a result.");
            reading.doubt(Rule::SuiteNotLoaded, why);
        }
        ran::settle(reading, self.tests);
    }
}

/// The number of tests that the list at the head names.
fn list(xml: &mut Xml<'_>) -> Result<u64, Broken> {
    let depth = xml.depth();
    let mut listed = 0;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => listed += u64::from(tag.is("Test")),
            Node::Close(_) if xml.depth() < depth => break,
            Node::Close(_) => {}
        }
    }
    Ok(listed)
}

impl Open {
    fn take(&mut self, value: &str) {
        match self.measured.as_str() {
            "Execution Time" => self.seconds = ran::seconds(value),
            "Exit Code" => self.exit = value.to_owned(),
            "Completion Status" => self.completion = value.to_owned(),
            "Fail Reason" => self.reason = text::excerpt(value),
            "" => self.output = text::excerpt(value),
            _ => {}
        }
    }

    fn outcome(&self) -> Outcome {
        match self.status.as_str() {
            "passed" => Outcome::Passed,
            "failed" if self.exit == "Failed" => Outcome::Failed,
            "notrun" if self.completion == "Disabled" || self.completion.starts_with("SKIP_") => {
                Outcome::Skipped
            }
            _ => Outcome::Errored,
        }
    }

    /// What it says, most telling first.
    fn message(&self) -> Option<String> {
        let exit = Some(&self.exit).filter(|exit| !exit.is_empty() && *exit != "Failed");
        let completion = Some(&self.completion).filter(|word| *word != "Completed");
        [self.reason.as_ref(), exit, self.output.as_ref(), completion]
            .into_iter()
            .flatten()
            .find(|said| !said.is_empty())
            .cloned()
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn site(listed: &str, tests: &str) -> String {
        format!(
            r#"<Site Generator="ctest-3.25.1"><Testing><StartTestTime>1795692499</StartTestTime>
            <TestList>{listed}</TestList>{tests}<EndTestTime>1795692501</EndTestTime></Testing></Site>"#
        )
    }

    fn test(status: &str, exit: &str, completion: &str) -> String {
        format!(
            r#"<Test Status="{status}"><Name>a</Name><Results>
            <NamedMeasurement name="Exit Code"><Value>{exit}</Value></NamedMeasurement>
            <NamedMeasurement name="Completion Status"><Value>{completion}</Value></NamedMeasurement>
            <Measurement><Value encoding="base64" compression="gzip">eJw=</Value></Measurement></Results></Test>"#
        )
    }

    #[test]
    fn a_test_that_could_not_run_is_errored_and_one_that_was_skipped_is_not() {
        for (status, exit, completion, expected) in [
            ("passed", "", "Completed", [1, 0, 0, 0]),
            ("passed", "Completed", "Completed", [1, 0, 0, 0]),
            ("failed", "Failed", "Completed", [0, 1, 0, 0]),
            ("failed", "SEGFAULT", "Completed", [0, 0, 1, 0]),
            ("failed", "Timeout", "Completed", [0, 0, 1, 0]),
            ("notrun", "", "Unable to find executable", [0, 0, 1, 0]),
            ("notrun", "", "Fixture dependency failed", [0, 0, 1, 0]),
            ("notrun", "", "", [0, 0, 1, 0]),
            ("notrun", "", "Disabled", [0, 0, 0, 1]),
            ("notrun", "", "SKIP_RETURN_CODE=77", [0, 0, 0, 1]),
            ("notrun", "", "SKIP_REGULAR_EXPRESSION_MATCHED", [0, 0, 0, 1]),
            ("", "", "Completed", [0, 0, 1, 0]),
        ] {
            let text = site("<Test>./a</Test>", &test(status, exit, completion));
            let tests = reading("ctest", &text).facts.tests.unwrap();
            let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
            assert_eq!(seen, expected, "{text}");
            let said = tests.cases.entries()[0].message.as_deref();
            assert!(said.is_none_or(|said| !said.contains("eJw")), "{said:?}");
        }
    }

    #[test]
    fn tests_without_a_result_prove_nothing() {
        let two = "<Test>./a</Test><Test>./b</Test>";
        let passed = test("passed", "", "Completed");
        proves(
            "ctest",
            &[
                (&site("", ""), "holds 0 tests"),
                (&site(two, &passed), "names 2 tests; 1 have a result"),
                (&site(two, &passed.repeat(2)), ""),
                (&site("", &test("notrun", "", "Disabled")), "The only test was skipped"),
            ],
        );
    }
}
