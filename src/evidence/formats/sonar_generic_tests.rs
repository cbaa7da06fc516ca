//! Executions of tests in SonarQube's generic format.

use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted, plural};

pub(super) struct SonarGenericTests;

impl Format for SonarGenericTests {
    fn id(&self) -> &'static str {
        "sonar-generic-tests"
    }

    fn about(&self) -> About {
        About {
            tool: "SonarQube's generic test execution (jest-sonar-reporter, and others)",
            recognised: "the root element `testExecutions`, or `unitTest` of old versions",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/test-coverage/generic-test-data",
            clean: "At least 1 case passed and none failed.",
            vacuous: "0 cases; all skipped, or none that took any time; a file without a case, which failed to load.",
            blank: Blanks::NONE,
            notes: &[
                "`duration` is in milliseconds.",
                "jest-sonar-reporter writes tests that were skipped, or are to do, as if they had passed in 0 ms, and nothing tells its files from those of others: a case that took no time is skipped, and told. Where none took any, not even a run of fast tests is proof: nothing in the file shows that they ran (jest-sonar writes tests to do so too, beside skipped ones that it marks). The test tool's own report is the better evidence.",
                "It writes a test file that failed to load as one without a case.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| match root.name.as_str() {
            "testExecutions" => true,
            "unitTest" => root.attribute("version") == Some("1") && root.has_child("file"),
            _ => false,
        }))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => run.open(&tag, &mut xml)?,
                Node::Close(end) if end.is("file") => run.close_file(),
                Node::Close(end) if end.is("testCase") => run.close_case(),
                Node::Close(_) => {}
            }
        }
        let mut reading = Reading::of(self.id());
        run.settle(&mut reading);
        Ok(reading)
    }
}

#[derive(Default)]
struct Run {
    tests: Tests,
    /// The open file, and how many cases it holds so far.
    file: (String, u64),
    case: Option<Case>,
    seconds: f64,
    /// Cases that took no time, of which nothing says that they ran.
    instant: u64,
    empty: Vec<String>,
}

impl Run {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        let outcome = match tag.name() {
            "file" => {
                self.file = (tag.attribute("path")?.unwrap_or_default(), 0);
                return Ok(());
            }
            "testCase" => {
                self.case = Some(self.case(tag)?);
                return Ok(());
            }
            "failure" => Outcome::Failed,
            "error" => Outcome::Errored,
            "skipped" => Outcome::Skipped,
            _ => return Ok(()),
        };
        let said = tag.attribute("message")?;
        let content = xml.content()?;
        if let Some(case) = &mut self.case {
            case.outcome = outcome;
            case.message = said.as_deref().and_then(text::excerpt).or(text::excerpt(&content));
        }
        Ok(())
    }

    fn case(&self, tag: &Tag<'_>) -> Result<Case, Broken> {
        let mut case = Case {
            name: String::new(),
            suite: None,
            file: Some(self.file.0.clone()).filter(|path| !path.is_empty()),
            outcome: Outcome::Passed,
            duration_s: None,
            message: None,
        };
        tag.attributes(|key, value| match key {
            "name" => case.name = value.into_owned(),
            "duration" => case.duration_s = ran::seconds(&value).map(|millis| millis / 1000.0),
            _ => {}
        })?;
        Ok(case)
    }

    fn close_case(&mut self) {
        let Some(mut case) = self.case.take() else { return };
        let seconds = case.duration_s.unwrap_or(0.0);
        self.file.1 += 1;
        self.seconds += seconds;
        if case.outcome == Outcome::Passed && seconds == 0.0 {
            self.instant += 1;
            case.outcome = Outcome::Skipped;
        }
        self.tests.add(case.outcome, || case);
    }

    fn close_file(&mut self) {
        let (path, cases) = std::mem::take(&mut self.file);
        if cases == 0 {
            self.empty.push(path);
        }
    }

    fn settle(mut self, reading: &mut Reading) {
        let first = self.empty.first().map(String::as_str);
        ran::suites_not_loaded(reading, self.empty.len() as u64, first);
        if self.instant > 0 {
            let cases = counted(self.instant, "case");
            let are = plural(self.instant, "is");
            reading.warn(format!(
                "{cases} that took no time {are} skipped: so reporters write what did not run (jest-sonar-reporter)."
            ));
        }
        self.tests.duration_s = Some(self.seconds);
        if self.instant > 0 && self.tests.total() == self.tests.skipped {
            let why = "Not one case took any time, and reporters write so what they skipped \
                       (jest-sonar-reporter): bind the test tool's own report.";
            reading.doubt(Rule::NothingRan, why);
        }
        ran::settle(reading, self.tests);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn report(cases: &str) -> String {
        format!(
            r#"<testExecutions version="1"><file path="a.test.js">{cases}</file></testExecutions>"#
        )
    }

    fn case(millis: u64, inside: &str) -> String {
        format!(r#"<testCase name="t" duration="{millis}">{inside}</testCase>"#)
    }

    #[test]
    fn what_stands_in_a_case_says_how_it_ended() {
        for (inside, expected) in [
            ("", [1, 0, 0, 0]),
            (r#"<failure message="short">trace</failure>"#, [0, 1, 0, 0]),
            (r#"<error message="short">trace</error>"#, [0, 0, 1, 0]),
            (r#"<skipped message="short"/>"#, [0, 0, 0, 1]),
        ] {
            let tests =
                reading("sonar-generic-tests", &report(&case(5, inside))).facts.tests.unwrap();
            let seen = [tests.passed, tests.failed, tests.errored, tests.skipped];
            assert_eq!((seen, tests.duration_s), (expected, Some(0.005)), "{inside}");
        }
    }

    #[test]
    fn cases_that_may_not_have_run_prove_nothing() {
        let ran = case(5, "");
        let two_files = format!(r#"{ran}</file><file path="b.test.js">"#);
        let skipped = case(0, r#"<skipped message="x"/>"#);
        proves(
            "sonar-generic-tests",
            &[
                (&report(&ran), ""),
                (&report(&format!("{ran}{}", case(0, ""))), ""),
                (&report(&format!("{ran}{skipped}")), ""),
                (&report(&case(0, "")), "Not one case took any time"),
                (&report(&format!("{}{skipped}", case(0, ""))), "Not one case took any time"),
                (&report(&skipped), "The only test was skipped"),
                (&report(&two_files), "1 suite failed to load, the first b.test.js"),
                (r#"<testExecutions version="1"/>"#, "holds 0 tests"),
                (
                    r#"<unitTest version="1"><file path="a"><testCase name="t" duration="5"/></file></unitTest>"#,
                    "",
                ),
            ],
        );
        let mixed = reading("sonar-generic-tests", &report(&format!("{ran}{}", case(0, ""))));
        assert!(mixed.warnings[0].starts_with("1 case that took no time"), "{:?}", mixed.warnings);
        let tests = mixed.facts.tests.unwrap();
        assert_eq!((tests.passed, tests.skipped), (1, 1));
    }
}
