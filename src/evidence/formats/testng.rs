//! TestNG's `testng-results.xml`.

use std::collections::BTreeSet;

use crate::evidence::count::OddCounts;
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{Reading, Rule, counted};

pub(super) struct Testng;

impl Format for Testng {
    fn id(&self) -> &'static str {
        "testng"
    }

    fn about(&self) -> About {
        About {
            tool: "TestNG",
            recognised: "the root element `testng-results`",
            carries: &["tests"],
            tells: Tells::NOTHING,
            source: "https://testng.org/testng-results.xml.html",
            clean: "At least 1 method passed and none failed.",
            vacuous: "0 test methods; all skipped; methods that all took 0 ms, as in a dry run; more failures in the root than methods that failed.",
            blank: Blanks::NONE,
            notes: &[
                "Methods of configuration (`is-config`) are no cases, but one that failed is an errored one: what it set up did not run.",
                "A dry run (`-Dtestng.mode.dryrun=true`) lists each method as passed, and calls none: all of them took 0 ms, and so may a few fast ones; neither proves anything.",
                "An attempt that is marked as retried is no case: the method counts as its last attempt ended, as flaky where that passed, and as errored where none followed.",
                "Methods that are disabled are counted by the root (`ignored`) and not listed: `tests.skipped` is not told then.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "testng-results"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "TestNG");
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => run.open(&tag, &mut xml)?,
                Node::Close(end) if end.is("test-method") => run.close(),
                Node::Close(_) => {}
            }
        }
        run.never_tried_again();
        std::mem::take(&mut run.odd).settle(&mut reading);
        let held = run.tests.failed + run.tests.errored;
        ran::failures_lost(&mut reading, run.declared, held);
        if run.tests.passed > 0 && held == 0 && run.seconds.unwrap_or(0.0) == 0.0 {
            let why = "No method took any time, as after a dry run (`testng.mode.dryrun`), which calls none.";
            reading.doubt(Rule::NothingRan, why);
        }
        run.tests.skips_uncounted = run.ignored.unwrap_or(0);
        if run.tests.skips_uncounted > 0 {
            let ignored = counted(run.tests.skips_uncounted, "method");
            reading.warn(format!("{ignored} ignored and not listed: `tests.skipped` is not told."));
        }
        run.tests.suites = Some(run.suites);
        run.tests.duration_s = run.whole.or(run.seconds);
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Run {
    tests: Tests,
    suites: u64,
    /// Of the methods; `None` where none tells its time.
    seconds: Option<f64>,
    /// Of the suites, with what lies between their methods.
    whole: Option<f64>,
    declared: Option<u64>,
    /// Methods that are disabled, which the report counts and does not list.
    ignored: Option<u64>,
    odd: OddCounts,
    class: Option<String>,
    /// Class, and name with parameters, of what was tried and is to be tried again.
    retried: BTreeSet<(Option<String>, String)>,
    method: Option<Method>,
}

#[derive(Default)]
struct Method {
    name: String,
    /// What a data provider gave it.
    parameters: String,
    status: String,
    configures: bool,
    retried: bool,
    seconds: Option<f64>,
    message: Option<String>,
}

impl Run {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match tag.name() {
            "testng-results" => {
                let told = tag.declared_counts(["failed", "ignored"], &mut self.odd)?;
                [self.declared, self.ignored] = told;
            }
            "suite" => {
                self.suites += 1;
                let told = tag.attribute("duration-ms")?;
                if let Some(millis) = told.as_deref().and_then(ran::seconds) {
                    self.whole = Some(self.whole.unwrap_or(0.0) + millis / 1000.0);
                }
            }
            "class" => self.class = tag.attribute("name")?,
            "test-method" => {
                let mut method = Method::default();
                tag.attributes(|key, value| match key {
                    "name" => method.name = value.into_owned(),
                    "status" => method.status = value.into_owned(),
                    "retried" => method.retried = &*value == "true",
                    "is-config" => method.configures = &*value == "true",
                    "duration-ms" => {
                        method.seconds = ran::seconds(&value).map(|millis| millis / 1000.0)
                    }
                    _ => {}
                })?;
                self.method = Some(method);
            }
            "value" => {
                let said = xml.content()?;
                if let Some(method) = &mut self.method {
                    method.parameters.push_str(said.trim());
                    method.parameters.push(',');
                }
            }
            "message" => {
                let said = text::excerpt(&xml.content()?);
                if let Some(method) = &mut self.method {
                    method.message = method.message.take().or(said);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn never_tried_again(&mut self) {
        for (suite, name) in std::mem::take(&mut self.retried) {
            let (file, outcome, duration_s) = (None, Outcome::Errored, None);
            let message = Some("It was to be tried again, and was not.".to_owned());
            self.tests.add(outcome, || Case { name, suite, file, outcome, duration_s, message });
        }
    }

    fn close(&mut self) {
        let Some(method) = self.method.take() else { return };
        let name = (self.class.clone(), format!("{}({})", method.name, method.parameters));
        if method.retried {
            self.retried.insert(name);
            return;
        }
        let outcome = match (method.status.as_str(), method.configures) {
            ("FAIL", true) => Outcome::Errored,
            (_, true) => return,
            ("PASS", false) => Outcome::Passed,
            ("FAIL", false) => Outcome::Failed,
            ("SKIP", false) => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        if self.retried.remove(&name) && outcome == Outcome::Passed {
            self.tests.add_flaky(1);
        }
        if let Some(seconds) = method.seconds {
            self.seconds = Some(self.seconds.unwrap_or(0.0) + seconds);
        }
        self.tests.add(outcome, || Case {
            name: method.name,
            suite: self.class.clone(),
            file: None,
            outcome,
            duration_s: method.seconds,
            message: method.message,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn an_attempt_that_was_tried_again_is_no_case() {
        let attempt = |more: &str| format!(r#"<test-method name="pays" duration-ms="1" {more}/>"#);
        let [retried, passed, failed] =
            [r#"retried="true" status="SKIP""#, r#"status="PASS""#, r#"status="FAIL""#]
                .map(attempt);
        for (attempts, expected) in [
            (vec![&retried, &passed], (1, 0, 0, 0, Some(1))),
            (vec![&retried, &retried, &failed], (0, 1, 0, 0, None)),
            (vec![&retried], (0, 0, 1, 0, None)),
            (vec![&passed], (1, 0, 0, 0, None)),
        ] {
            let inside: String = attempts.into_iter().map(String::as_str).collect();
            let text = format!(
                r#"<testng-results><suite name="s"><test name="t"><class name="c">{inside}</class></test></suite></testng-results>"#
            );
            let tests = reading("testng", &text).facts.tests.unwrap();
            let counts = (tests.passed, tests.failed, tests.errored, tests.skipped, tests.flaky);
            assert_eq!(counts, expected, "{text}");
        }
    }

    #[test]
    fn methods_that_took_no_time_may_have_been_listed_by_a_dry_run() {
        let report = |millis: [u64; 2], status: &str| {
            let method = |millis: u64| {
                format!(r#"<test-method name="pays" duration-ms="{millis}" status="{status}"/>"#)
            };
            format!(
                r#"<testng-results><suite name="s"><test name="t"><class name="c">{}</class></test></suite></testng-results>"#,
                millis.map(method).concat()
            )
        };
        proves(
            "testng",
            &[
                (&report([0, 0], "PASS"), "as after a dry run"),
                (&report([0, 1], "PASS"), ""),
                (&report([0, 0], "FAIL"), ""),
            ],
        );
    }

    #[test]
    fn methods_that_are_ignored_are_told_though_none_is_listed() {
        let of = |ignored: &str| {
            let method = r#"<test-method name="pays" status="PASS" duration-ms="20"/>"#;
            let text = format!(
                r#"<testng-results{ignored}><suite name="a"><test><class name="C">{method}</class></test></suite></testng-results>"#
            );
            let read = reading("testng", &text);
            (read.facts.tests.unwrap().skips_uncounted, read.warnings.len())
        };
        assert_eq!(of(r#" ignored="5" total="6""#), (5, 1));
        assert_eq!(of(r#" ignored="0" total="1""#), (0, 0));
        assert_eq!(of(""), (0, 0));
    }

    #[test]
    fn a_suite_tells_its_own_time() {
        let of = |suite: &str| {
            let method = r#"<test-method name="pays" status="PASS" duration-ms="20"/>"#;
            let text = format!(
                r#"<testng-results><suite name="a"{suite}><test><class name="C">{method}</class></test></suite></testng-results>"#
            );
            reading("testng", &text).facts.tests.unwrap().duration_s
        };
        assert_eq!(of(r#" duration-ms="51""#), Some(0.051));
        assert_eq!(of(""), Some(0.02));
    }
}
