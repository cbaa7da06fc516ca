//! TestNG's `testng-results.xml`.

use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag, Xml};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::Reading;

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
            vacuous: "0 test methods; all skipped; more failures in the root than methods that failed.",
            blank: Blanks::NONE,
            notes: &[
                "Methods of configuration (`is-config`) are no cases, but one that failed is an errored one: what it set up did not run.",
                "A method that ran again is a case each time, as TestNG writes it.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "testng-results"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        reading.tool = Some("TestNG".to_owned());
        let mut run = Run { tests: input.tests(), ..Run::default() };
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => run.open(&tag, &mut xml)?,
                Node::Close(end) if end.is("test-method") => run.close(),
                Node::Close(_) => {}
            }
        }
        let held = run.tests.failed + run.tests.errored;
        ran::failures_lost(&mut reading, run.declared, held);
        run.tests.suites = Some(run.suites);
        run.tests.duration_s = Some(run.seconds);
        ran::settle(&mut reading, run.tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Run {
    tests: Tests,
    suites: u64,
    seconds: f64,
    declared: Option<u64>,
    class: Option<String>,
    method: Option<Method>,
}

#[derive(Default)]
struct Method {
    name: String,
    status: String,
    configures: bool,
    seconds: Option<f64>,
    message: Option<String>,
}

impl Run {
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Broken> {
        match tag.name() {
            "testng-results" => {
                self.declared = tag.count("failed")?;
            }
            "suite" => self.suites += 1,
            "class" => self.class = tag.attribute("name")?,
            "test-method" => {
                let mut method = Method::default();
                tag.attributes(|key, value| match key {
                    "name" => method.name = value.into_owned(),
                    "status" => method.status = value.into_owned(),
                    "is-config" => method.configures = &*value == "true",
                    "duration-ms" => {
                        method.seconds = ran::seconds(&value).map(|millis| millis / 1000.0)
                    }
                    _ => {}
                })?;
                self.method = Some(method);
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

    fn close(&mut self) {
        let Some(method) = self.method.take() else { return };
        let outcome = match (method.status.as_str(), method.configures) {
            ("FAIL", true) => Outcome::Errored,
            (_, true) => return,
            ("PASS", false) => Outcome::Passed,
            ("FAIL", false) => Outcome::Failed,
            ("SKIP", false) => Outcome::Skipped,
            _ => Outcome::Errored,
        };
        self.seconds += method.seconds.unwrap_or(0.0);
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
